/* reunion-tile-client.c: tiles of a map service, by the pattern of its address
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tile-client.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "reunion-client.h"
#include "reunion-tile-cache.h"

#define TIMEOUT_S 10
/* However steadily an answer drips in. */
#define PATIENCE_USEC (20 * G_USEC_PER_SEC)
/* After a failure nothing is asked of the network for this long: a screenful of
 * tiles would each wait for its own timeout. */
#define PAUSE_USEC G_USEC_PER_SEC
#define MAX_CONNECTIONS 4
#define MAX_TILE_BYTES (4 * 1024 * 1024)
#define CHUNK_BYTES (64 * 1024)
#define CACHE_BYTES (128 * 1024 * 1024)
#define FRESH_S (7 * 24 * 3600)
#define MAX_PATTERN_BYTES 2000
#define STATUS_TOO_MANY_REQUESTS 429

struct _ReunionTileClient
{
  GObject parent_instance;

  SoupSession *session;
  ReunionTileCache *cache;
  char *pattern;
  gint64 paused_until_usec;
};

G_DEFINE_FINAL_TYPE (ReunionTileClient, reunion_tile_client, G_TYPE_OBJECT)

typedef struct
{
  char *url;
  ReunionTileCache *cache;
  GBytes *kept; /* from the cache, fresh or not */
  gint64 kept_age_s;
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *answer;
  gint64 started_usec;
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_free (fetch->url);
  g_clear_pointer (&fetch->cache, reunion_tile_cache_unref);
  g_clear_pointer (&fetch->kept, g_bytes_unref);
  g_clear_object (&fetch->message);
  g_clear_object (&fetch->stream);
  g_byte_array_unref (fetch->answer);
  g_free (fetch);
}

/* --- the pattern -------------------------------------------------------------- */

static char *
fill_in (const char *pattern, guint zoom, guint x, guint y)
{
  GString *url = g_string_new (pattern);
  g_autofree char *z_text = g_strdup_printf ("%u", zoom);
  g_autofree char *x_text = g_strdup_printf ("%u", x);
  g_autofree char *y_text = g_strdup_printf ("%u", y);
  g_autofree char *south_text = g_strdup_printf ("%u", (1u << zoom) - 1 - y);
  const char letter[] = { "abc"[(x + y) % 3], '\0' };

  g_string_replace (url, "{z}", z_text, 0);
  g_string_replace (url, "{x}", x_text, 0);
  g_string_replace (url, "{y}", y_text, 0);
  g_string_replace (url, "{-y}", south_text, 0);
  g_string_replace (url, "{s}", letter, 0);
  return g_string_free (url, FALSE);
}

static gboolean
is_address (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  return uri != NULL && strpbrk (url, " \t\r\n<>\"") == NULL && g_uri_get_host (uri) != NULL
         && *g_uri_get_host (uri) != '\0'
         && (g_strcmp0 (g_uri_get_scheme (uri), "http") == 0
             || g_strcmp0 (g_uri_get_scheme (uri), "https") == 0);
}

gboolean
reunion_tile_client_check_pattern (const char *pattern, GError **error)
{
  g_autofree char *sample = NULL;

  g_return_val_if_fail (pattern != NULL, FALSE);

  if (strlen (pattern) > MAX_PATTERN_BYTES || !g_utf8_validate (pattern, -1, NULL))
    {
      g_set_error_literal (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_REFUSED,
                           _("This is too long for an address."));
      return FALSE;
    }
  if (strstr (pattern, "{z}") == NULL || strstr (pattern, "{x}") == NULL
      || (strstr (pattern, "{y}") == NULL && strstr (pattern, "{-y}") == NULL))
    {
      g_set_error_literal (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_REFUSED,
                           _("The address has to say where a tile's numbers go: {z} for the zoom "
                             "level, {x} for the column, {y} for the row."));
      return FALSE;
    }
  sample = fill_in (pattern, 5, 25, 13);
  if (strpbrk (sample, "{}") != NULL)
    {
      g_set_error_literal (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_REFUSED,
                           _("Between braces only {z}, {x}, {y}, {-y} and {s} are known. Write "
                             "the service's key itself into the address."));
      return FALSE;
    }
  if (!is_address (sample))
    {
      g_set_error_literal (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_REFUSED,
                           _("This is no address of a service. Write it like "
                             "https://tiles.example/{z}/{x}/{y}.png."));
      return FALSE;
    }
  return TRUE;
}

/* --- the answer --------------------------------------------------------------- */

static gboolean
is_picture (const guint8 *data, gsize length)
{
  return length > 16
         && (memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0 || memcmp (data, "\xff\xd8\xff", 3) == 0
             || (memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0));
}

/* What was fetched before, however long ago, is better than nothing. */
static void
fail (GTask *task, GError *error)
{
  ReunionTileClient *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);

  if (g_error_matches (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_OFFLINE))
    self->paused_until_usec = g_get_monotonic_time () + PAUSE_USEC;
  if (fetch->kept != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_pointer (task, g_bytes_ref (fetch->kept), (GDestroyNotify) g_bytes_unref);
      g_error_free (error);
    }
  else
    g_task_return_error (task, error);
}

static void
fail_offline (GTask *task)
{
  fail (task, g_error_new_literal (REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_OFFLINE,
                                   _("The map service doesn’t answer; the built-in map is "
                                     "shown.")));
}

static void
fail_nonsense (GTask *task)
{
  fail (task, g_error_new_literal (REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_NONSENSE,
                                   _("What the map service sends is no picture; the built-in map "
                                     "is shown. Check its address in Preferences.")));
}

static void
fail_on_stream (GTask *task, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (task, g_error_copy (error));
  else if (error->domain == G_TLS_ERROR)
    fail (task, g_error_new_literal (REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_OFFLINE,
                                     _("The map service can’t prove who it is, so nothing is "
                                       "taken from it; the built-in map is shown.")));
  else if (g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_TOO_MANY_REDIRECTS)
           || g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_REDIRECT_BAD_URI)
           || g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_REDIRECT_NO_LOCATION))
    fail_nonsense (task);
  else
    fail_offline (task);
}

/* NULL when the status is that of a tile. Transfer full. */
static GError *
error_from_status (guint status)
{
  if (status == SOUP_STATUS_OK)
    return NULL;
  if (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_NO_CONTENT
      || status == SOUP_STATUS_GONE)
    return g_error_new_literal (REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_ABSENT,
                                _("The map service has no tile there."));
  if (status == SOUP_STATUS_REQUEST_TIMEOUT || status == STATUS_TOO_MANY_REQUESTS
      || SOUP_STATUS_IS_SERVER_ERROR (status))
    return g_error_new (REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_UNAVAILABLE,
                        /* Translators: a number, the HTTP status. */
                        _("The map service can’t answer just now (%u); the built-in map is shown."),
                        status);
  if (SOUP_STATUS_IS_CLIENT_ERROR (status))
    return g_error_new (REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_REFUSED,
                        /* Translators: a number, the HTTP status. */
                        _("The map service refuses to answer (%u); the built-in map is shown. "
                          "Check its address and key in Preferences."),
                        status);
  return g_error_new (REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_NONSENSE,
                      /* Translators: a number, the HTTP status. */
                      _("What answers is no map service (%u); the built-in map is shown. Check its "
                        "address in Preferences."),
                      status);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Fetch *fetch = data;

  reunion_tile_cache_save (fetch->cache, fetch->url, fetch->kept);
  g_task_return_boolean (task, TRUE);
}

/* The tile doesn't wait for the disk. */
static void
save (ReunionTileClient *self, const char *url, GBytes *bytes)
{
  g_autoptr (GTask) task = NULL;
  Fetch *fetch;

  if (self->cache == NULL)
    return;
  fetch = g_new0 (Fetch, 1);
  fetch->url = g_strdup (url);
  fetch->cache = reunion_tile_cache_ref (self->cache);
  fetch->kept = g_bytes_ref (bytes);
  fetch->answer = g_byte_array_new ();
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (task, fetch, fetch_free);
  g_task_run_in_thread (task, save_in_thread);
}

static void
finish (GTask *task)
{
  ReunionTileClient *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);
  GBytes *bytes;

  if (!is_picture (fetch->answer->data, fetch->answer->len))
    {
      fail_nonsense (task);
      return;
    }
  bytes = g_bytes_new (fetch->answer->data, fetch->answer->len);
  self->paused_until_usec = 0;
  save (self, fetch->url, bytes);
  g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length = 0;
  const guint8 *data = NULL;

  if (chunk == NULL)
    {
      fail_on_stream (task, error);
      return;
    }
  data = g_bytes_get_data (chunk, &length);
  if (length == 0)
    {
      finish (task);
      return;
    }
  g_byte_array_append (fetch->answer, data, (guint) length);
  if (fetch->answer->len > MAX_TILE_BYTES)
    fail_nonsense (task);
  else if (g_get_monotonic_time () - fetch->started_usec > PATIENCE_USEC)
    fail_offline (task);
  else
    g_input_stream_read_bytes_async (fetch->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                     g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

/* From a service that was asked under cover, nothing is taken in the open. */
static gboolean
was_uncovered (Fetch *fetch)
{
  GUri *uri = soup_message_get_uri (fetch->message);

  return g_str_has_prefix (fetch->url, "https:") && strcmp (g_uri_get_scheme (uri), "https") != 0;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;

  fetch->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (fetch->stream == NULL)
    {
      fail_on_stream (task, error);
      g_error_free (error);
      return;
    }
  error = error_from_status (soup_message_get_status (fetch->message));
  if (error != NULL)
    fail (task, error);
  else if (was_uncovered (fetch))
    fail_nonsense (task);
  else
    g_input_stream_read_bytes_async (fetch->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                     g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

static void
send (ReunionTileClient *self, GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (g_get_monotonic_time () < self->paused_until_usec)
    {
      gint64 until_usec = self->paused_until_usec;

      fail_offline (task);
      self->paused_until_usec = until_usec;
      return;
    }
  fetch->message = soup_message_new ("GET", fetch->url);
  if (fetch->message == NULL)
    {
      fail_nonsense (task);
      return;
    }
  soup_message_headers_replace (soup_message_get_request_headers (fetch->message), "Accept",
                                "image/png,image/jpeg,image/webp");
  fetch->started_usec = g_get_monotonic_time ();
  soup_session_send_async (self->session, fetch->message, G_PRIORITY_DEFAULT,
                           g_task_get_cancellable (task), sent_cb, g_object_ref (task));
}

/* --- the cache ---------------------------------------------------------------- */

static void
look_up_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Fetch *fetch = data;

  fetch->kept = reunion_tile_cache_load (fetch->cache, fetch->url, &fetch->kept_age_s);
  g_task_return_boolean (task, TRUE);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (fetch->kept != NULL && fetch->kept_age_s < FRESH_S)
    g_task_return_pointer (task, g_bytes_ref (fetch->kept), (GDestroyNotify) g_bytes_unref);
  else
    send (g_task_get_source_object (task), task);
}

static void
reunion_tile_client_finalize (GObject *object)
{
  ReunionTileClient *self = REUNION_TILE_CLIENT (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->cache, reunion_tile_cache_unref);
  g_free (self->pattern);
  G_OBJECT_CLASS (reunion_tile_client_parent_class)->finalize (object);
}

static void
reunion_tile_client_class_init (ReunionTileClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reunion_tile_client_finalize;
}

static void
reunion_tile_client_init (ReunionTileClient *self)
{
  self->session = soup_session_new_with_options ("timeout", TIMEOUT_S, "max-conns-per-host",
                                                 MAX_CONNECTIONS, "max-conns", MAX_CONNECTIONS,
                                                 "user-agent", "Reunion/" REUNION_VERSION, NULL);
}

ReunionTileClient *
reunion_tile_client_new (const char *pattern, const char *cache_folder)
{
  ReunionTileClient *self;

  g_return_val_if_fail (pattern != NULL, NULL);

  self = g_object_new (REUNION_TYPE_TILE_CLIENT, NULL);
  self->pattern = g_strdup (pattern);
  if (cache_folder != NULL)
    self->cache = reunion_tile_cache_new (cache_folder, CACHE_BYTES);
  return self;
}

char *
reunion_tile_client_format_url (ReunionTileClient *self, guint zoom, guint x, guint y)
{
  g_return_val_if_fail (REUNION_IS_TILE_CLIENT (self), NULL);
  g_return_val_if_fail (zoom <= 30, NULL);

  return fill_in (self->pattern, zoom, x, y);
}

void
reunion_tile_client_fetch_async (ReunionTileClient *self,
                                 guint zoom,
                                 guint x,
                                 guint y,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) looking = NULL;
  Fetch *fetch;

  g_return_if_fail (REUNION_IS_TILE_CLIENT (self) && zoom <= 30);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reunion_tile_client_fetch_async);
  fetch = g_new0 (Fetch, 1);
  fetch->url = reunion_tile_client_format_url (self, zoom, x, y);
  fetch->answer = g_byte_array_new ();
  g_task_set_task_data (task, fetch, fetch_free);
  if (self->cache == NULL)
    {
      send (self, task);
      return;
    }
  fetch->cache = reunion_tile_cache_ref (self->cache);
  /* Holds no client, which must not be finalized in a thread. */
  looking = g_task_new (NULL, NULL, looked_up_cb, g_object_ref (task));
  g_task_set_task_data (looking, fetch, NULL);
  g_task_run_in_thread (looking, look_up_in_thread);
}

GBytes *
reunion_tile_client_fetch_finish (ReunionTileClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (REUNION_IS_TILE_CLIENT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
