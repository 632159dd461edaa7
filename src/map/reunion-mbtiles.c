/* reunion-mbtiles.c: a map in a file: MBTiles 1.3 with pictures for tiles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-mbtiles.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "reunion-tile-image.h"

/* How long one question may take, and how often that is looked at. */
#define PATIENCE_USEC G_USEC_PER_SEC
#define STEPS_BETWEEN_LOOKS 1000
#define MAX_TEXT_BYTES 2000

struct _ReunionMbtiles
{
  GObject parent_instance;

  char *path;
  char *file_name; /* for people */
  char *name;
  char *attribution;
  guint min_zoom;
  guint max_zoom;
  double bounds_deg[4];
  gboolean has_bounds;

  GMutex lock; /* over what follows */
  sqlite3 *db;
  sqlite3_stmt *tile;
  gint64 deadline_usec;
};

static void reunion_mbtiles_fetcher_init (ReunionTileFetcherInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ReunionMbtiles,
                               reunion_mbtiles,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (REUNION_TYPE_TILE_FETCHER,
                                                      reunion_mbtiles_fetcher_init))

/* --- errors ------------------------------------------------------------------ */

static void
set_not_opened (ReunionMbtiles *self, GError **error)
{
  g_set_error (error, REUNION_TILE_ERROR, REUNION_TILE_ERROR_OPEN,
               /* Translators: name of a file. */
               _ ("The map file “%s” can’t be opened. Check that it is there and may be read."),
               self->file_name);
}

static void
set_not_mbtiles (ReunionMbtiles *self, GError **error)
{
  g_set_error (error, REUNION_TILE_ERROR, REUNION_TILE_ERROR_FORMAT,
               /* Translators: name of a file. */
               _ ("“%s” is no MBTiles file, or a damaged one. Choose another, or copy it anew."),
               self->file_name);
}

static void
set_too_slow (ReunionMbtiles *self, GError **error)
{
  g_set_error (error, REUNION_TILE_ERROR, REUNION_TILE_ERROR_FORMAT,
               /* Translators: name of a file. */
               _ ("The map file “%s” takes too long to read: it has no index, or does harm. Choose "
                  "another."),
               self->file_name);
}

static void
set_from_code (ReunionMbtiles *self, int code, GError **error)
{
  switch (code & 0xff)
    {
    case SQLITE_INTERRUPT:
      set_too_slow (self, error);
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_READONLY:
      set_not_opened (self, error);
      break;
    default:
      set_not_mbtiles (self, error);
    }
}

/* --- questions --------------------------------------------------------------- */

static int
progress_cb (gpointer data)
{
  ReunionMbtiles *self = data;

  return g_get_monotonic_time () > self->deadline_usec;
}

static void
start_clock (ReunionMbtiles *self)
{
  self->deadline_usec = g_get_monotonic_time () + PATIENCE_USEC;
}

/* SQLITE_ROW, SQLITE_DONE or a failure. */
static int
ask (ReunionMbtiles *self, const char *sql, sqlite3_stmt **statement)
{
  int code;

  start_clock (self);
  code = sqlite3_prepare_v2 (self->db, sql, -1, statement, NULL);
  return code == SQLITE_OK ? sqlite3_step (*statement) : code;
}

/* Text that a person may be shown: valid, of one line, without HTML. */
static char *
to_plain_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *plain = g_string_new (NULL);
  gboolean is_tag = FALSE;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '<' || (c == '>' && is_tag))
        is_tag = c == '<';
      else if (!is_tag)
        g_string_append_unichar (plain, g_unichar_iscntrl (c) ? ' ' : c);
    }
  g_string_replace (plain, "&copy;", "©", 0);
  g_string_replace (plain, "&amp;", "&", 0);
  return g_strstrip (g_string_free (plain, FALSE));
}

/* NULL when there is none. FALSE when the table can't be read. */
static gboolean
read_metadata (ReunionMbtiles *self, const char *key, char **value, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int code;

  *value = NULL;
  start_clock (self);
  code = sqlite3_prepare_v2 (self->db, "SELECT value FROM metadata WHERE name = ?1 LIMIT 1", -1,
                             &statement, NULL);
  if (code == SQLITE_OK)
    {
      sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
      code = sqlite3_step (statement);
    }
  if (code == SQLITE_ROW && sqlite3_column_type (statement, 0) != SQLITE_NULL)
    {
      const char *text = (const char *) sqlite3_column_text (statement, 0);
      g_autofree char *start = g_strndup (text != NULL ? text : "", MAX_TEXT_BYTES);

      *value = to_plain_text (start);
    }
  sqlite3_finalize (statement);
  if (code == SQLITE_ROW || code == SQLITE_DONE)
    return TRUE;
  set_from_code (self, code, error);
  return FALSE;
}

static gboolean
parse_zoom (const char *text, guint *zoom)
{
  guint64 value;

  if (text == NULL
      || !g_ascii_string_to_unsigned (text, 10, 0, REUNION_MBTILES_MAX_ZOOM, &value, NULL))
    return FALSE;
  *zoom = (guint) value;
  return TRUE;
}

/* --- opening ----------------------------------------------------------------- */

static void
harden (ReunionMbtiles *self)
{
  static const struct
  {
    int id;
    int most;
  } limits[] = {
    { SQLITE_LIMIT_LENGTH, REUNION_TILE_MAX_BYTES + 65536 },
    { SQLITE_LIMIT_SQL_LENGTH, 100000 },
    { SQLITE_LIMIT_COLUMN, 200 },
    { SQLITE_LIMIT_EXPR_DEPTH, 50 },
    { SQLITE_LIMIT_COMPOUND_SELECT, 20 },
    { SQLITE_LIMIT_VDBE_OP, 25000 },
    { SQLITE_LIMIT_FUNCTION_ARG, 8 },
    { SQLITE_LIMIT_ATTACHED, 0 },
    { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50 },
    { SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
    { SQLITE_LIMIT_WORKER_THREADS, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    sqlite3_limit (self->db, limits[i].id, limits[i].most);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_progress_handler (self->db, STEPS_BETWEEN_LOOKS, progress_cb, self);
  sqlite3_busy_timeout (self->db, 500);
  sqlite3_exec (self->db, "PRAGMA query_only = 1; PRAGMA cell_size_check = 1", NULL, NULL, NULL);
}

/* @query: what stands behind the path. SQLITE_OK when the schema could be read. */
static int
connect_with (ReunionMbtiles *self, const char *query)
{
  g_autofree char *escaped
      = g_uri_escape_string (self->path, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, TRUE);
  g_autofree char *uri = g_strdup_printf (
      "file:%s%s?%s", g_path_is_absolute (self->path) ? "//" : "", escaped, query);
  const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
  sqlite3_stmt *statement = NULL;
  int code;

  g_clear_pointer (&self->db, sqlite3_close);
  code = sqlite3_open_v2 (uri, &self->db, flags, NULL);
  if (code != SQLITE_OK)
    return code;
  harden (self);
  code = ask (self, "SELECT count (*) FROM sqlite_schema", &statement);
  sqlite3_finalize (statement);
  return code == SQLITE_ROW ? SQLITE_OK : code;
}

static gboolean
connect_file (ReunionMbtiles *self, GError **error)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  int code;

  if (!g_file_test (self->path, G_FILE_TEST_IS_REGULAR))
    {
      set_not_opened (self, error);
      return FALSE;
    }
  code = connect_with (self, "mode=ro");
  /* A file with a write-ahead log wants to make files beside it, which a folder
   * that can't be written, or a sandbox, forbids. Without a log lying there
   * nobody is writing it. */
  if (((code & 0xff) == SQLITE_CANTOPEN || (code & 0xff) == SQLITE_READONLY)
      && !g_file_test (log, G_FILE_TEST_EXISTS))
    code = connect_with (self, "mode=ro&immutable=1");
  if (code == SQLITE_OK)
    return TRUE;
  set_from_code (self, code, error);
  return FALSE;
}

/* Tables that run code of their own kind have no place in a map. */
static gboolean
check_schema (ReunionMbtiles *self, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int code = ask (self,
                  "SELECT sum (name = 'tiles' AND type IN ('table', 'view')),"
                  " sum (name = 'metadata' AND type IN ('table', 'view')),"
                  " sum (type = 'table' AND (rootpage IS NULL OR rootpage = 0))"
                  " FROM sqlite_schema",
                  &statement);
  gboolean fits = code == SQLITE_ROW && sqlite3_column_int (statement, 0) == 1
                  && sqlite3_column_int (statement, 1) == 1
                  && sqlite3_column_int (statement, 2) == 0;

  sqlite3_finalize (statement);
  if (code != SQLITE_ROW)
    set_from_code (self, code, error);
  else if (!fits)
    set_not_mbtiles (self, error);
  return fits;
}

/* The first tile's bytes tell what a file holds that doesn't say. */
static gboolean
check_first_tile (ReunionMbtiles *self, gboolean check_format, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int code = ask (self, "SELECT tile_data FROM tiles LIMIT 1", &statement);
  gboolean fits = TRUE;

  if (code == SQLITE_DONE)
    {
      g_set_error (error, REUNION_TILE_ERROR, REUNION_TILE_ERROR_FORMAT,
                   /* Translators: name of a file. */
                   _ ("The map file “%s” holds no tiles. Choose another."), self->file_name);
      fits = FALSE;
    }
  else if (code != SQLITE_ROW)
    {
      set_from_code (self, code, error);
      fits = FALSE;
    }
  else if (check_format)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (sqlite3_column_blob (statement, 0),
                                              (gsize) MAX (sqlite3_column_bytes (statement, 0), 0));
      guint width_px, height_px;

      fits = reunion_tile_image_sniff (bytes, &width_px, &height_px) != REUNION_TILE_IMAGE_UNKNOWN;
      if (!fits)
        set_not_mbtiles (self, error);
    }
  sqlite3_finalize (statement);
  return fits;
}

static gboolean
check_format (ReunionMbtiles *self, GError **error)
{
  static const char *const known[] = { "png", "jpg", "jpeg", "webp", NULL };
  g_autofree char *format = NULL;
  g_autofree char *lower = NULL;

  if (!read_metadata (self, "format", &format, error))
    return FALSE;
  lower = g_ascii_strdown (format != NULL ? format : "", -1);
  if (g_str_has_prefix (lower, "image/"))
    memmove (lower, lower + 6, strlen (lower + 6) + 1);
  if (*lower == '\0')
    return check_first_tile (self, TRUE, error);
  if (g_strv_contains (known, lower))
    return check_first_tile (self, FALSE, error);
  if (strcmp (lower, "pbf") == 0 || strcmp (lower, "mvt") == 0)
    g_set_error (error, REUNION_TILE_ERROR, REUNION_TILE_ERROR_FORMAT,
                 /* Translators: name of a file. */
                 _ ("The map file “%s” holds vector tiles, which can’t be shown. Choose one with "
                    "pictures: PNG, JPEG or WebP."),
                 self->file_name);
  else
    {
      g_autofree char *kind = g_utf8_substring (lower, 0, MIN (g_utf8_strlen (lower, -1), 20));

      g_set_error (error, REUNION_TILE_ERROR, REUNION_TILE_ERROR_FORMAT,
                   /* Translators: name of a file, what it says its tiles are. */
                   _ ("The map file “%s” holds tiles of the kind “%s”, which can’t be shown. "
                      "Choose one with pictures: PNG, JPEG or WebP."),
                   self->file_name, kind);
    }
  return FALSE;
}

static gboolean
read_zooms (ReunionMbtiles *self, GError **error)
{
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;
  sqlite3_stmt *statement = NULL;
  int code;

  if (!read_metadata (self, "minzoom", &least, error)
      || !read_metadata (self, "maxzoom", &most, error))
    return FALSE;
  if (parse_zoom (least, &self->min_zoom) && parse_zoom (most, &self->max_zoom)
      && self->min_zoom <= self->max_zoom)
    return TRUE;
  code = ask (self, "SELECT min (zoom_level), max (zoom_level) FROM tiles", &statement);
  if (code == SQLITE_ROW)
    {
      self->min_zoom
          = (guint) CLAMP (sqlite3_column_int (statement, 0), 0, REUNION_MBTILES_MAX_ZOOM);
      self->max_zoom = (guint) CLAMP (sqlite3_column_int (statement, 1), (int) self->min_zoom,
                                      REUNION_MBTILES_MAX_ZOOM);
    }
  else
    set_from_code (self, code, error);
  sqlite3_finalize (statement);
  return code == SQLITE_ROW;
}

static gboolean
read_names (ReunionMbtiles *self, GError **error)
{
  g_autofree char *bounds = NULL;
  g_auto (GStrv) parts = NULL;

  if (!read_metadata (self, "name", &self->name, error)
      || !read_metadata (self, "attribution", &self->attribution, error)
      || !read_metadata (self, "bounds", &bounds, error))
    return FALSE;
  parts = g_strsplit (bounds != NULL ? bounds : "", ",", 5);
  self->has_bounds = g_strv_length (parts) == 4;
  for (gsize i = 0; i < 4 && self->has_bounds; i++)
    {
      char *end = NULL;

      self->bounds_deg[i] = g_ascii_strtod (parts[i], &end);
      self->has_bounds = end != parts[i] && isfinite (self->bounds_deg[i])
                         && fabs (self->bounds_deg[i]) <= 360.0;
    }
  return TRUE;
}

static gboolean
prepare_tile (ReunionMbtiles *self, GError **error)
{
  int code;

  start_clock (self);
  code = sqlite3_prepare_v3 (self->db,
                             "SELECT tile_data FROM tiles WHERE zoom_level = ?1 AND tile_column ="
                             " ?2 AND tile_row = ?3 LIMIT 1",
                             -1, SQLITE_PREPARE_PERSISTENT, &self->tile, NULL);
  if (code == SQLITE_OK)
    return TRUE;
  set_from_code (self, code, error);
  return FALSE;
}

/* --- as a fetcher ------------------------------------------------------------- */

typedef struct
{
  guint zoom, x, y;
} Wanted;

static void
fetch_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Wanted *wanted = data;
  GError *error = NULL;
  GBytes *bytes = reunion_mbtiles_read_tile (source, wanted->zoom, wanted->x, wanted->y, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
reunion_mbtiles_fetch_async (ReunionTileFetcher *fetcher,
                             guint zoom,
                             guint x,
                             guint y,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (fetcher, cancellable, callback, user_data);
  Wanted *wanted = g_new (Wanted, 1);

  *wanted = (Wanted){ zoom, x, y };
  g_task_set_source_tag (task, reunion_mbtiles_fetch_async);
  g_task_set_task_data (task, wanted, g_free);
  g_task_run_in_thread (task, fetch_in_thread);
}

static GBytes *
reunion_mbtiles_fetch_finish (ReunionTileFetcher *fetcher, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, fetcher), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
reunion_mbtiles_fetcher_init (ReunionTileFetcherInterface *iface)
{
  iface->fetch_async = reunion_mbtiles_fetch_async;
  iface->fetch_finish = reunion_mbtiles_fetch_finish;
}

/* --- the object ---------------------------------------------------------------- */

static void
reunion_mbtiles_finalize (GObject *object)
{
  ReunionMbtiles *self = REUNION_MBTILES (object);

  sqlite3_finalize (self->tile);
  sqlite3_close (self->db);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  g_free (self->file_name);
  g_free (self->name);
  g_free (self->attribution);

  G_OBJECT_CLASS (reunion_mbtiles_parent_class)->finalize (object);
}

static void
reunion_mbtiles_class_init (ReunionMbtilesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reunion_mbtiles_finalize;
}

static void
reunion_mbtiles_init (ReunionMbtiles *self)
{
  g_mutex_init (&self->lock);
}

ReunionMbtiles *
reunion_mbtiles_open (const char *path, GError **error)
{
  g_autoptr (ReunionMbtiles) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_object_new (REUNION_TYPE_MBTILES, NULL);
  self->path = g_strdup (path);
  self->file_name = g_filename_display_basename (path);
  if (!connect_file (self, error) || !check_schema (self, error) || !check_format (self, error)
      || !read_zooms (self, error) || !read_names (self, error) || !prepare_tile (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

const char *
reunion_mbtiles_get_name (ReunionMbtiles *self)
{
  g_return_val_if_fail (REUNION_IS_MBTILES (self), "");

  return self->name != NULL ? self->name : "";
}

const char *
reunion_mbtiles_get_attribution (ReunionMbtiles *self)
{
  g_return_val_if_fail (REUNION_IS_MBTILES (self), "");

  return self->attribution != NULL ? self->attribution : "";
}

guint
reunion_mbtiles_get_min_zoom (ReunionMbtiles *self)
{
  g_return_val_if_fail (REUNION_IS_MBTILES (self), 0);

  return self->min_zoom;
}

guint
reunion_mbtiles_get_max_zoom (ReunionMbtiles *self)
{
  g_return_val_if_fail (REUNION_IS_MBTILES (self), 0);

  return self->max_zoom;
}

gboolean
reunion_mbtiles_get_bounds (ReunionMbtiles *self,
                            double *west_deg,
                            double *south_deg,
                            double *east_deg,
                            double *north_deg)
{
  g_return_val_if_fail (REUNION_IS_MBTILES (self), FALSE);

  if (!self->has_bounds)
    return FALSE;
  *west_deg = self->bounds_deg[0];
  *south_deg = self->bounds_deg[1];
  *east_deg = self->bounds_deg[2];
  *north_deg = self->bounds_deg[3];
  return TRUE;
}

GBytes *
reunion_mbtiles_read_tile (ReunionMbtiles *self, guint zoom, guint x, guint y, GError **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  GBytes *bytes = NULL;
  int code;

  g_return_val_if_fail (REUNION_IS_MBTILES (self), NULL);
  g_return_val_if_fail (zoom <= 30 && x < 1u << zoom && y < 1u << zoom, NULL);

  locker = g_mutex_locker_new (&self->lock);
  start_clock (self);
  sqlite3_bind_int (self->tile, 1, (int) zoom);
  sqlite3_bind_int64 (self->tile, 2, x);
  sqlite3_bind_int64 (self->tile, 3, (1u << zoom) - 1 - y);
  code = sqlite3_step (self->tile);
  if (code == SQLITE_ROW && sqlite3_column_type (self->tile, 0) == SQLITE_BLOB
      && sqlite3_column_bytes (self->tile, 0) > 0
      && sqlite3_column_bytes (self->tile, 0) <= REUNION_TILE_MAX_BYTES)
    bytes = g_bytes_new (sqlite3_column_blob (self->tile, 0),
                         (gsize) sqlite3_column_bytes (self->tile, 0));
  else if (code == SQLITE_DONE
           || (code == SQLITE_ROW && sqlite3_column_type (self->tile, 0) == SQLITE_NULL))
    g_set_error_literal (error, REUNION_TILE_ERROR, REUNION_TILE_ERROR_ABSENT, "No tile here.");
  else if (code == SQLITE_ROW)
    set_not_mbtiles (self, error);
  else
    set_from_code (self, code, error);
  sqlite3_reset (self->tile);
  return bytes;
}
