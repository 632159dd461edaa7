/* test-tile-client.c: tiles of a service that answers well, ill or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tile-client.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "reunion-tile-cache.h"
#include "sync-test-utils.h"

#define TILE "GET /t/5/25/12"
/* It begins as a PNG does; nobody looks further here. */
#define PNG "\x89PNG\r\n\x1a\nand what comes after it"

typedef struct
{
  gboolean is_done;
  GBytes *bytes;
  GError *error;
} Fetched;

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fetched *fetched = user_data;

  fetched->bytes
      = reunion_tile_client_fetch_finish (REUNION_TILE_CLIENT (source), result, &fetched->error);
  fetched->is_done = TRUE;
}

static GBytes *
fetch (ReunionTileClient *client, GError **error)
{
  Fetched fetched = { 0 };

  reunion_tile_client_fetch_async (client, 5, 25, 12, NULL, fetched_cb, &fetched);
  sync_test_wait (fetched.is_done);
  g_assert_true ((fetched.bytes == NULL) == (fetched.error != NULL));
  if (fetched.error != NULL)
    g_propagate_error (error, fetched.error);
  return fetched.bytes;
}

static ReunionTileClient *
new_client (SyncTestServer *server, const char *cache)
{
  g_autofree char *pattern
      = g_strconcat (sync_test_server_get_url (server), "/t/{z}/{x}/{y}", NULL);

  return reunion_tile_client_new (pattern, cache);
}

/* --- patterns ------------------------------------------------------------------ */

static void
test_patterns (void)
{
  static const struct
  {
    const char *pattern;
    gboolean fits;
  } cases[] = {
    { "https://tiles.example/{z}/{x}/{y}.png", TRUE },
    { "http://127.0.0.1:8080/{z}/{x}/{-y}", TRUE },
    { "https://{s}.tiles.example/{z}/{x}/{y}.jpg?key=abc%20d", TRUE },
    { "https://t0.tiles.example/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=k", TRUE },
    { "https://[::1]/{z}/{x}/{y}", TRUE },
    { "", FALSE },
    { "https://tiles.example/", FALSE },
    { "https://tiles.example/{z}/{x}", FALSE },
    { "https://tiles.example/{x}/{y}", FALSE },
    { "https://tiles.example/{z}/{x}/{y}?key={key}", FALSE },
    { "https://tiles.example/{z}/{x}/{y}}", FALSE },
    { "file:///etc/{z}/{x}/{y}", FALSE },
    { "ftp://tiles.example/{z}/{x}/{y}", FALSE },
    { "javascript:{z}{x}{y}", FALSE },
    { "/{z}/{x}/{y}", FALSE },
    { "https:///{z}/{x}/{y}", FALSE },
    { "https://two words.example/{z}/{x}/{y}", FALSE },
    { "https://tiles.example/{z}/{x}/{y}\r\nHost: other", FALSE },
    { "\xff\xfe{z}{x}{y}", FALSE },
  };
  g_autofree char *many = g_strnfill (3000, 'a');
  g_autofree char *too_long = g_strconcat ("https://x.example/{z}/{x}/{y}?", many, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      if (reunion_tile_client_check_pattern (cases[i].pattern, &error) != cases[i].fits)
        g_error ("%s: expected to be %s", cases[i].pattern, cases[i].fits ? "taken" : "refused");
      g_assert_true ((error == NULL) == cases[i].fits);
    }
  g_assert_false (reunion_tile_client_check_pattern (too_long, NULL));
}

static void
test_urls (void)
{
  g_autoptr (ReunionTileClient) client
      = reunion_tile_client_new ("https://{s}.x.example/{z}/{x}/{y}/{-y}?y={y}", NULL);
  g_autofree char *first = reunion_tile_client_format_url (client, 3, 1, 2);
  g_autofree char *second = reunion_tile_client_format_url (client, 3, 2, 2);

  g_assert_cmpstr (first, ==, "https://a.x.example/3/1/2/5?y=2");
  g_assert_cmpstr (second, ==, "https://b.x.example/3/2/2/5?y=2");
}

/* --- answers ------------------------------------------------------------------- */

static const struct
{
  const char *name;
  guint status;
  const char *media_type;
  const char *body;
  int code; /* -1: a tile */
} answers[] = {
  { "png", 200, "image/png", PNG, -1 },
  { "jpeg-called-text", 200, "text/plain", "\xff\xd8\xff\xe0 and what comes after it", -1 },
  { "page", 200, "text/html", "<html><body>Welcome to the hotel's network</body></html>",
    REUNION_SYNC_ERROR_NONSENSE },
  { "page-called-png", 200, "image/png", "<html><body>Welcome</body></html>",
    REUNION_SYNC_ERROR_NONSENSE },
  { "nothing", 200, "image/png", "", REUNION_SYNC_ERROR_NONSENSE },
  { "no-tile", 404, "text/html", "Not Found", REUNION_SYNC_ERROR_ABSENT },
  { "no-content", 204, "image/png", "", REUNION_SYNC_ERROR_ABSENT },
  { "no-key", 401, "text/plain", "key?", REUNION_SYNC_ERROR_REFUSED },
  { "forbidden", 403, "text/plain", "no", REUNION_SYNC_ERROR_REFUSED },
  { "too-many", 429, "text/plain", "slower", REUNION_SYNC_ERROR_UNAVAILABLE },
  { "broken", 500, "text/plain", "core dumped", REUNION_SYNC_ERROR_UNAVAILABLE },
  { "away", 503, "text/plain", "soon", REUNION_SYNC_ERROR_UNAVAILABLE },
};

static void
test_answer (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (SyncTestServer) server = sync_test_server_new ();
  g_autoptr (ReunionTileClient) client = new_client (server, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  sync_test_server_push (server, TILE, answers[i].status, answers[i].media_type, answers[i].body);
  bytes = fetch (client, &error);
  if (answers[i].code == -1)
    {
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), answers[i].body,
                       strlen (answers[i].body));
    }
  else
    g_assert_error (error, REUNION_SYNC_ERROR, answers[i].code);
  g_assert_cmpuint (sync_test_server_count (server, TILE), ==, 1);
}

static void
test_redirected_to_a_file (void)
{
  g_autoptr (SyncTestServer) server = sync_test_server_new ();
  g_autoptr (ReunionTileClient) client = new_client (server, NULL);
  g_autoptr (GError) error = NULL;

  sync_test_server_push_raw (server, TILE,
                             "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n"
                             "Content-Length: 0\r\n\r\n");
  g_assert_null (fetch (client, &error));
  g_assert_error (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_NONSENSE);
}

static void
test_too_large (void)
{
  g_autoptr (SyncTestServer) server = sync_test_server_new ();
  g_autoptr (ReunionTileClient) client = new_client (server, NULL);
  g_autofree char *many = g_strnfill (5 * 1024 * 1024, 'a');
  g_autofree char *body = g_strconcat (PNG, many, NULL);
  g_autoptr (GError) error = NULL;

  sync_test_server_push (server, TILE, 200, "image/png", body);
  g_assert_null (fetch (client, &error));
  g_assert_error (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_NONSENSE);
}

/* After a failure the rest of the screenful doesn't wait each for its own; and
 * the service is asked again by and by. */
static void
test_down_and_up (void)
{
  g_autoptr (SyncTestServer) server = sync_test_server_new ();
  g_autoptr (ReunionTileClient) client = new_client (server, NULL);
  g_autoptr (GBytes) bytes = NULL;

  sync_test_server_push_raw (server, TILE, "no HTTP at all\r\n\r\n");
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (fetch (client, &error));
      g_assert_error (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_OFFLINE);
    }
  g_assert_cmpuint (sync_test_server_count (server, TILE), ==, 1);
  sync_test_server_push (server, TILE, 200, "image/png", PNG);
  while (bytes == NULL)
    bytes = fetch (client, NULL);
}

static void
test_cancelled (void)
{
  g_autoptr (SyncTestServer) server = sync_test_server_new ();
  g_autoptr (ReunionTileClient) client = new_client (server, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Fetched fetched = { 0 };

  sync_test_server_push_hang (server, TILE);
  reunion_tile_client_fetch_async (client, 5, 25, 12, cancellable, fetched_cb, &fetched);
  sync_test_wait (sync_test_server_count (server, TILE) == 1);
  g_assert_false (fetched.is_done);
  g_cancellable_cancel (cancellable);
  sync_test_wait (fetched.is_done);
  g_assert_error (fetched.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&fetched.error);
}

/* --- the cache ----------------------------------------------------------------- */

static guint
count_files (const char *folder, gint64 make_older_s)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct utimbuf times;

      /* Half-way written. */
      if (strchr (name, '.') != NULL)
        continue;
      times.actime = times.modtime = (time_t) (g_get_real_time () / G_USEC_PER_SEC - make_older_s);
      n++;
      if (make_older_s > 0)
        g_assert_cmpint (utime (path, &times), ==, 0);
    }
  return n;
}

static void
test_kept (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autofree char *root = g_dir_make_tmp ("reunion-tiles-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (root, "tiles", NULL);
  g_autoptr (ReunionTileClient) client = new_client (test->server, folder);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GBytes) stale = NULL;
  g_autoptr (GBytes) renewed = NULL;
  GStatBuf status;

  sync_test_server_push (test->server, TILE, 200, "image/png", PNG);
  first = fetch (client, NULL);
  g_assert_nonnull (first);
  sync_test_wait (count_files (folder, 0) == 1);
  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0700);
  second = fetch (client, NULL);
  g_assert_true (g_bytes_equal (first, second));
  g_assert_cmpuint (sync_test_server_count (test->server, TILE), ==, 1);

  /* A month old: asked for again, but better than nothing. */
  count_files (folder, 30 * 24 * 3600);
  sync_test_server_push (test->server, TILE, 500, "text/plain", "broken");
  stale = fetch (client, NULL);
  g_assert_true (g_bytes_equal (first, stale));
  g_assert_cmpuint (sync_test_server_count (test->server, TILE), ==, 2);
  sync_test_server_push (test->server, TILE, 200, "image/png", PNG " anew");
  renewed = fetch (client, NULL);
  g_assert_false (g_bytes_equal (first, renewed));
}

static void
test_full (void)
{
  g_autofree char *root = g_dir_make_tmp ("reunion-tiles-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (root, "tiles", NULL);
  g_autoptr (ReunionTileCache) cache = reunion_tile_cache_new (folder, 10000);
  g_autofree char *text = g_strnfill (1000, 'a');
  g_autoptr (GBytes) bytes = g_bytes_new (text, 1000);
  g_autoptr (GBytes) last = NULL;
  gint64 age_s;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *key = g_strdup_printf ("key %u", i);

      reunion_tile_cache_save (cache, key, bytes);
      g_assert_cmpuint (count_files (folder, 0), <=, 10);
    }
  g_assert_cmpuint (count_files (folder, 0), >=, 8);
  last = reunion_tile_cache_load (cache, "never saved", &age_s);
  g_assert_null (last);
}

/* A folder that can't be made is no reason to fail. */
static void
test_no_room (void)
{
  g_autoptr (ReunionTileCache) cache = reunion_tile_cache_new ("/dev/null/tiles", 10000);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a", 1);
  gint64 age_s;

  reunion_tile_cache_save (cache, "key", bytes);
  g_assert_null (reunion_tile_cache_load (cache, "key", &age_s));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tile-client/patterns", test_patterns);
  g_test_add_func ("/tile-client/urls", test_urls);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *path = g_strconcat ("/tile-client/answer/", answers[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_answer);
    }
  g_test_add_func ("/tile-client/redirected-to-a-file", test_redirected_to_a_file);
  g_test_add_func ("/tile-client/too-large", test_too_large);
  g_test_add_func ("/tile-client/down-and-up", test_down_and_up);
  g_test_add_func ("/tile-client/cancelled", test_cancelled);
  g_test_add_func ("/tile-client/kept", test_kept);
  g_test_add_func ("/tile-client/full", test_full);
  g_test_add_func ("/tile-client/no-room", test_no_room);
  return g_test_run ();
}
