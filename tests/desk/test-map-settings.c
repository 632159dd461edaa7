/* test-map-settings.c: the choice of a map, kept and put to use; a service that
 * fails and comes back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-map-settings.h"

#include "desk-test-utils.h"

#include <string.h>

typedef struct
{
  gboolean is_done;
  GdkTexture *texture;
  GError *error;
} Trial;

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Trial *trial = user_data;

  trial->texture = desk_map_settings_try_finish (DESK_MAP_SETTINGS (source), result, &trial->error);
  trial->is_done = TRUE;
}

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (shumate_map_source_fill_tile_finish (SHUMATE_MAP_SOURCE (source), result, NULL));
  *(gboolean *) user_data = TRUE;
}

/* Whether there is a tile; where there is none the built-in map shows. */
static gboolean
fill (ReunionTileSource *source, int x)
{
  g_autoptr (ShumateTile) tile = g_object_ref_sink (shumate_tile_new_full (x, 12, 256, 5));
  gboolean is_done = FALSE;

  shumate_map_source_fill_tile_async (SHUMATE_MAP_SOURCE (source), tile, NULL, filled_cb, &is_done);
  sync_test_wait (is_done);
  return shumate_tile_get_paintable (tile) != NULL;
}

static char *
get_pattern (SyncTest *test)
{
  return g_strconcat (sync_test_server_get_url (test->server), "/m/{z}/{x}/{y}", NULL);
}

static void
test_kept (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autoptr (DeskMapSettings) settings = desk_map_settings_new (test->store);
  g_autoptr (DeskMapSettings) again = NULL;
  DeskMapChoice choice
      = { DESK_MAP_FILE, (char *) "/nonexistent/map.mbtiles",
          (char *) "https://x.example/{z}/{x}/{y}", REUNION_DATUM_BD09, (char *) "测绘院" };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (desk_map_settings_get_choice (settings)->kind, ==, DESK_MAP_BUILT_IN);
  g_assert_null (desk_map_settings_get_source (settings));
  g_assert_true (desk_map_settings_set_choice (settings, &choice, &error));
  g_assert_no_error (error);
  again = desk_map_settings_new (test->store);
  g_assert_cmpint (desk_map_settings_get_choice (again)->kind, ==, DESK_MAP_FILE);
  g_assert_cmpstr (desk_map_settings_get_choice (again)->file, ==, choice.file);
  g_assert_cmpstr (desk_map_settings_get_choice (again)->service, ==, choice.service);
  g_assert_cmpint (desk_map_settings_get_choice (again)->datum, ==, REUNION_DATUM_BD09);
  g_assert_cmpstr (desk_map_settings_get_choice (again)->attribution, ==, choice.attribution);
  /* A file that isn't there is said, in its own time. */
  sync_test_wait (desk_map_settings_get_problem (again) != NULL);
  g_assert_nonnull (strstr (desk_map_settings_get_problem (again), "map.mbtiles"));
  g_assert_null (desk_map_settings_get_source (again));
}

static void
test_service (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autoptr (DeskMapSettings) settings = desk_map_settings_new (test->store);
  g_autofree char *pattern = get_pattern (test);
  DeskMapChoice choice
      = { DESK_MAP_SERVICE, (char *) "", pattern, REUNION_DATUM_WGS84, (char *) "Makers" };
  ReunionTileSource *source;

  g_assert_true (desk_map_settings_set_choice (settings, &choice, NULL));
  source = desk_map_settings_get_source (settings);
  g_assert_nonnull (source);
  g_assert_cmpstr (reunion_tile_source_get_attribution (source), ==, "Makers");
  reunion_tile_source_set_retry_ms (source, 50);
  sync_test_server_push (test->server, "GET /m/5/25/12", 404, "text/plain", "none");
  g_assert_false (fill (source, 25));
  g_assert_null (reunion_tile_source_get_problem (source));

  sync_test_server_push (test->server, "GET /m/5/26/12", 200, "text/html", "<html>Welcome</html>");
  g_assert_false (fill (source, 26));
  g_assert_nonnull (reunion_tile_source_get_problem (source));
  /* Asked again by itself: now it says that there is none, and all is well. */
  sync_test_server_push (test->server, "GET /m/5/26/12", 500, "text/plain", "broken");
  sync_test_server_push (test->server, "GET /m/5/26/12", 404, "text/plain", "none");
  sync_test_wait (reunion_tile_source_get_problem (source) == NULL);
  g_assert_cmpuint (sync_test_server_count (test->server, "GET /m/5/26/12"), >=, 3);

  /* The network fails and comes back. */
  sync_test_server_go_down (test->server);
  g_assert_false (fill (source, 27));
  g_assert_nonnull (reunion_tile_source_get_problem (source));
  sync_test_server_come_up (test->server);
  sync_test_wait (reunion_tile_source_get_problem (source) == NULL);
}

static void
test_trials (void)
{
  static const struct
  {
    const char *pattern; /* NULL: the server's */
    const char *raw;
    const char *sentence;
  } cases[] = {
    { "nonsense", NULL, "{z}" },
    { NULL, "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", "403" },
    { NULL, "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", "no tile" },
    { NULL, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n<html>Welcome</html>", "no picture" },
    { NULL, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n\x89PNG", "doesn’t answer" },
  };
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autoptr (DeskMapSettings) settings = desk_map_settings_new (test->store);
  g_autofree char *pattern = get_pattern (test);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskMapChoice choice = { DESK_MAP_SERVICE, (char *) "",
                               cases[i].pattern != NULL ? (char *) cases[i].pattern : pattern,
                               REUNION_DATUM_WGS84, (char *) "" };
      Trial trial = { 0 };

      if (cases[i].raw != NULL)
        sync_test_server_push_raw (test->server, "GET /m/*", cases[i].raw);
      desk_map_settings_try_async (settings, &choice, NULL, tried_cb, &trial);
      sync_test_wait (trial.is_done);
      g_assert_null (trial.texture);
      if (strstr (trial.error->message, cases[i].sentence) == NULL)
        g_error ("expected something of “%s”, found: %s", cases[i].sentence, trial.error->message);
      g_clear_error (&trial.error);
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *cache = g_dir_make_tmp ("reunion-cache-XXXXXX", NULL);

  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map-settings/kept", test_kept);
  g_test_add_func ("/map-settings/service", test_service);
  g_test_add_func ("/map-settings/trials", test_trials);
  return g_test_run ();
}
