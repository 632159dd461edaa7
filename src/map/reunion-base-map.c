/* reunion-base-map.c: reader of the base map's file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-base-map.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "reunion-mercator.h"

#define MAX_BANDS 8

struct _ReunionBaseMap
{
  GObject parent_instance;

  char *path;
  char *attribution;
  sqlite3 *db;
  sqlite3_stmt *shapes;
  sqlite3_stmt *areas;
  GArray *points;
  struct
  {
    guint last_zoom;
    guint shift;
  } bands[MAX_BANDS];
  guint n_bands;
};

G_DEFINE_FINAL_TYPE (ReunionBaseMap, reunion_base_map, G_TYPE_OBJECT)

/* A blob that is being read. */
typedef struct
{
  const guint8 *at;
  const guint8 *end;
  gint32 x;
  gint32 y;
} Reader;

static gboolean
read_varint (Reader *reader, guint32 *value)
{
  guint32 result = 0;

  for (guint shift = 0; shift < 32 && reader->at < reader->end; shift += 7)
    {
      guint8 byte = *reader->at++;

      result |= (guint32) (byte & 0x7f) << shift;
      if ((byte & 0x80) == 0)
        {
          *value = result;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
read_delta (Reader *reader, gint32 *sum)
{
  guint32 value;

  if (!read_varint (reader, &value))
    return FALSE;
  *sum = (gint32) ((guint32) *sum + ((value >> 1) ^ (0u - (value & 1))));
  return TRUE;
}

/* Reads one part into @points, in world units. */
static gboolean
read_part (Reader *reader, guint shift, GArray *points)
{
  guint32 n_points;

  /* A point takes two bytes at the least, which bounds what a damaged count
   * can make us allocate. */
  if (!read_varint (reader, &n_points) || n_points > (gsize) (reader->end - reader->at) / 2)
    return FALSE;
  g_array_set_size (points, n_points * 2);
  for (guint32 i = 0; i < n_points; i++)
    {
      if (!read_delta (reader, &reader->x) || !read_delta (reader, &reader->y))
        return FALSE;
      g_array_index (points, gint32, 2 * i) = (gint32) ((guint32) reader->x << shift);
      g_array_index (points, gint32, 2 * i + 1) = (gint32) ((guint32) reader->y << shift);
    }
  return TRUE;
}

static void
set_damaged (ReunionBaseMap *self, const char *detail, GError **error)
{
  /* SQLite quotes what it could not read. */
  g_autofree char *legible = g_utf8_make_valid (detail, -1);

  g_debug ("Base map %s: %s", self->path, legible);
  g_set_error (error, REUNION_BASE_MAP_ERROR, REUNION_BASE_MAP_ERROR_FORMAT,
               /* Translators: %s is the path of a file. */
               _ ("The base map “%s” is damaged or is not a base map."), self->path);
}

static gboolean
prepare (ReunionBaseMap *self, const char *sql, sqlite3_stmt **statement, GError **error)
{
  if (sqlite3_prepare_v2 (self->db, sql, -1, statement, NULL) == SQLITE_OK)
    return TRUE;
  set_damaged (self, sqlite3_errmsg (self->db), error);
  return FALSE;
}

static gboolean
read_pragma (ReunionBaseMap *self, const char *sql, int *value, GError **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean found;

  if (!prepare (self, sql, &statement, error))
    return FALSE;
  found = sqlite3_step (statement) == SQLITE_ROW;
  if (found)
    *value = sqlite3_column_int (statement, 0);
  else
    set_damaged (self, sqlite3_errmsg (self->db), error);
  sqlite3_finalize (statement);
  return found;
}

static gboolean
read_bands (ReunionBaseMap *self, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int code;

  if (!prepare (self, "SELECT last_zoom, shift FROM band ORDER BY band", &statement, error))
    return FALSE;
  while ((code = sqlite3_step (statement)) == SQLITE_ROW && self->n_bands < MAX_BANDS)
    {
      int last_zoom = sqlite3_column_int (statement, 0);
      int shift = sqlite3_column_int (statement, 1);

      if (last_zoom < 0 || last_zoom > 30 || shift < 0 || shift > 24)
        break;
      self->bands[self->n_bands].last_zoom = (guint) last_zoom;
      self->bands[self->n_bands].shift = (guint) shift;
      self->n_bands++;
    }
  sqlite3_finalize (statement);
  if (code == SQLITE_DONE && self->n_bands > 0)
    return TRUE;
  set_damaged (self, "no bands", error);
  return FALSE;
}

/* SQLite hands out whatever bytes a damaged file has for text. */
static char *
dup_column (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

static gboolean
read_attribution (ReunionBaseMap *self, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (!prepare (self, "SELECT value FROM meta WHERE key = 'attribution'", &statement, error))
    return FALSE;
  if (sqlite3_step (statement) == SQLITE_ROW)
    self->attribution = dup_column (statement, 0);
  sqlite3_finalize (statement);
  if (self->attribution != NULL)
    return TRUE;
  set_damaged (self, "no attribution", error);
  return FALSE;
}

static gboolean
check_identity (ReunionBaseMap *self, GError **error)
{
  int application_id = 0;
  int version = 0;

  if (!read_pragma (self, "PRAGMA application_id", &application_id, error)
      || !read_pragma (self, "PRAGMA user_version", &version, error))
    return FALSE;
  if (application_id != REUNION_BASE_MAP_APPLICATION_ID)
    {
      set_damaged (self, "another application's file", error);
      return FALSE;
    }
  if (version != REUNION_BASE_MAP_SCHEMA)
    {
      g_set_error (error, REUNION_BASE_MAP_ERROR, REUNION_BASE_MAP_ERROR_VERSION,
                   /* Translators: %s is the path of a file. */
                   _ ("The base map “%s” was made for another version of the program."),
                   self->path);
      return FALSE;
    }
  return TRUE;
}

static gboolean
connect_file (ReunionBaseMap *self, GError **error)
{
  g_autofree char *escaped
      = g_uri_escape_string (self->path, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, TRUE);
  /* With an authority, if an empty one: else that is what SQLite takes the
   * first part of a path with two slashes for. */
  g_autofree char *uri = g_strdup_printf ("file:%s%s?mode=ro&immutable=1",
                                          g_path_is_absolute (self->path) ? "//" : "", escaped);
  const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;

  /* immutable=1: no lock files beside a file of the system's, and none of the
   * look-ups for a journal. */
  if (!g_file_test (self->path, G_FILE_TEST_IS_REGULAR)
      || sqlite3_open_v2 (uri, &self->db, flags, NULL) != SQLITE_OK)
    {
      g_set_error (error, REUNION_BASE_MAP_ERROR, REUNION_BASE_MAP_ERROR_ABSENT,
                   /* Translators: %s is the path of a file. */
                   _ ("The base map “%s” can’t be opened."), self->path);
      return FALSE;
    }
  return TRUE;
}

static gboolean
prepare_all (ReunionBaseMap *self, GError **error)
{
  return prepare (self,
                  "SELECT f.kind, f.shape FROM feature_bounds AS b JOIN feature AS f ON f.id = b.id"
                  " WHERE b.max_x >= ?1 AND b.min_x <= ?2 AND b.max_y >= ?3 AND b.min_y <= ?4"
                  " AND b.min_band = ?5 ORDER BY f.kind, f.id",
                  &self->shapes, error)
         && prepare (self,
                     "SELECT a.shape, a.zh, a.latin, a.province_zh, a.province_latin"
                     " FROM area_bounds AS b JOIN area AS a ON a.id = b.id"
                     " WHERE b.min_x <= ?1 AND b.max_x >= ?1 AND b.min_y <= ?2 AND b.max_y >= ?2"
                     " ORDER BY a.id",
                     &self->areas, error);
}

static guint
band_for_zoom (ReunionBaseMap *self, guint zoom)
{
  guint band = 0;

  while (band + 1 < self->n_bands && zoom > self->bands[band].last_zoom)
    band++;
  return band;
}

static gboolean
emit_shape (ReunionBaseMap *self, guint shift, ReunionShapeFunc func, gpointer user_data)
{
  int kind = sqlite3_column_int (self->shapes, 0);
  const guint8 *blob = sqlite3_column_blob (self->shapes, 1);
  Reader reader = { .at = blob, .end = blob + sqlite3_column_bytes (self->shapes, 1) };
  guint32 n_parts;
  gboolean starts = TRUE;

  if (kind < 0 || blob == NULL || !read_varint (&reader, &n_parts))
    return FALSE;
  /* Kinds that a newer file may have are passed over. */
  if (kind >= REUNION_N_SHAPES)
    return TRUE;
  for (guint32 i = 0; i < n_parts; i++)
    {
      if (!read_part (&reader, shift, self->points))
        return FALSE;
      if (self->points->len >= 4)
        func ((ReunionShapeKind) kind, (const gint32 *) (gpointer) self->points->data,
              self->points->len / 2, starts, user_data);
      starts = FALSE;
    }
  return TRUE;
}

static ReunionPlace *
place_from_row (sqlite3_stmt *row)
{
  ReunionPlace *place = g_atomic_rc_box_new0 (ReunionPlace);

  place->kind = (ReunionPlaceKind) CLAMP (sqlite3_column_int (row, 0), 0, REUNION_PLACE_WATERS);
  place->name_zh = dup_column (row, 1);
  place->name_latin = dup_column (row, 2);
  place->province_zh = dup_column (row, 3);
  place->province_latin = dup_column (row, 4);
  place->country = dup_column (row, 5);
  place->point.lat_deg = sqlite3_column_double (row, 6);
  place->point.lon_deg = sqlite3_column_double (row, 7);
  place->population = sqlite3_column_int64 (row, 8);
  place->first_zoom = (guint) CLAMP (sqlite3_column_int (row, 9), 0, 30);
  place->last_zoom = (guint) CLAMP (sqlite3_column_int (row, 10), 0, 30);
  if (place->name_latin == NULL)
    place->name_latin = g_strdup ("");
  return place;
}

static gboolean
ring_crosses (GArray *points, gint32 x, gint32 y)
{
  gboolean odd = FALSE;
  gsize n = points->len / 2;

  for (gsize i = 0, j = n - 1; i < n; j = i++)
    {
      double ax = g_array_index (points, gint32, 2 * i);
      double ay = g_array_index (points, gint32, 2 * i + 1);
      double bx = g_array_index (points, gint32, 2 * j);
      double by = g_array_index (points, gint32, 2 * j + 1);

      if ((ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax)
        odd = !odd;
    }
  return odd;
}

/* 1 when the row's shape holds the point, 0 when not, -1 when it is damaged. */
static int
area_holds (ReunionBaseMap *self, guint shift, gint32 x, gint32 y)
{
  const guint8 *blob = sqlite3_column_blob (self->areas, 0);
  Reader reader = { .at = blob, .end = blob + sqlite3_column_bytes (self->areas, 0) };
  guint32 n_parts;
  gboolean odd = FALSE;

  if (blob == NULL || !read_varint (&reader, &n_parts))
    return -1;
  for (guint32 i = 0; i < n_parts; i++)
    {
      if (!read_part (&reader, shift, self->points))
        return -1;
      if (self->points->len > 0 && ring_crosses (self->points, x, y))
        odd = !odd;
    }
  return odd;
}

static const char *
column_or_empty (sqlite3_stmt *row, int column)
{
  const char *text = (const char *) sqlite3_column_text (row, column);

  return text != NULL && g_utf8_validate (text, -1, NULL) ? text : "";
}

static gboolean
emit_area (ReunionBaseMap *self, sqlite3_stmt *row, ReunionAreaFunc func, gpointer user_data)
{
  const guint8 *blob = sqlite3_column_blob (row, 0);
  Reader reader = { .at = blob, .end = blob + sqlite3_column_bytes (row, 0) };
  ReunionMapArea area
      = { column_or_empty (row, 1), column_or_empty (row, 2), column_or_empty (row, 3),
          column_or_empty (row, 4), column_or_empty (row, 5) };
  guint shift = self->bands[MIN (2, self->n_bands - 1)].shift;
  gboolean starts = TRUE;
  guint32 n_parts;

  if (blob == NULL || !read_varint (&reader, &n_parts))
    return FALSE;
  for (guint32 i = 0; i < n_parts; i++)
    {
      if (!read_part (&reader, shift, self->points))
        return FALSE;
      if (self->points->len < 6)
        continue;
      func (&area, (const gint32 *) (gpointer) self->points->data, self->points->len / 2, starts,
            user_data);
      starts = FALSE;
    }
  return TRUE;
}

static void
reunion_base_map_finalize (GObject *object)
{
  ReunionBaseMap *self = REUNION_BASE_MAP (object);

  g_clear_pointer (&self->shapes, sqlite3_finalize);
  g_clear_pointer (&self->areas, sqlite3_finalize);
  g_clear_pointer (&self->db, sqlite3_close);
  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->attribution, g_free);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (reunion_base_map_parent_class)->finalize (object);
}

static void
reunion_base_map_class_init (ReunionBaseMapClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reunion_base_map_finalize;
}

static void
reunion_base_map_init (ReunionBaseMap *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (gint32));
}

GQuark
reunion_base_map_error_quark (void)
{
  return g_quark_from_static_string ("reunion-base-map-error-quark");
}

ReunionBaseMap *
reunion_base_map_open (const char *path, GError **error)
{
  g_autoptr (ReunionBaseMap) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_object_new (REUNION_TYPE_BASE_MAP, NULL);
  self->path = g_strdup (path);
  if (!connect_file (self, error) || !check_identity (self, error) || !read_bands (self, error)
      || !read_attribution (self, error) || !prepare_all (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

const char *
reunion_base_map_get_attribution (ReunionBaseMap *self)
{
  g_return_val_if_fail (REUNION_IS_BASE_MAP (self), NULL);

  return self->attribution;
}

gboolean
reunion_base_map_foreach_shape (ReunionBaseMap *self,
                                guint zoom,
                                gint32 min_x,
                                gint32 min_y,
                                gint32 max_x,
                                gint32 max_y,
                                ReunionShapeFunc func,
                                gpointer user_data,
                                GError **error)
{
  guint band;
  int code;
  gboolean sound = TRUE;

  g_return_val_if_fail (REUNION_IS_BASE_MAP (self), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  band = band_for_zoom (self, zoom);
  sqlite3_bind_int (self->shapes, 1, min_x);
  sqlite3_bind_int (self->shapes, 2, max_x);
  sqlite3_bind_int (self->shapes, 3, min_y);
  sqlite3_bind_int (self->shapes, 4, max_y);
  sqlite3_bind_int (self->shapes, 5, (int) band);
  while ((code = sqlite3_step (self->shapes)) == SQLITE_ROW && sound)
    sound = emit_shape (self, self->bands[band].shift, func, user_data);
  if (!sound || code != SQLITE_DONE)
    {
      sound = FALSE;
      set_damaged (self, sqlite3_errmsg (self->db), error);
    }
  sqlite3_reset (self->shapes);
  return sound;
}

GPtrArray *
reunion_base_map_read_places (ReunionBaseMap *self, GError **error)
{
  g_autoptr (GPtrArray) places = NULL;
  sqlite3_stmt *statement = NULL;
  int code;

  g_return_val_if_fail (REUNION_IS_BASE_MAP (self), NULL);

  if (!prepare (self,
                "SELECT kind, zh, latin, province_zh, province_latin, country, lat, lon,"
                " population, first_zoom, last_zoom FROM place ORDER BY id",
                &statement, error))
    return NULL;
  places = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_place_unref);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      ReunionPlace *place = place_from_row (statement);

      if (reunion_point_is_valid (place->point))
        g_ptr_array_add (places, place);
      else
        reunion_place_unref (place);
    }
  sqlite3_finalize (statement);
  if (code != SQLITE_DONE)
    {
      set_damaged (self, sqlite3_errmsg (self->db), error);
      return NULL;
    }
  return g_steal_pointer (&places);
}

gboolean
reunion_base_map_foreach_area (ReunionBaseMap *self,
                               ReunionAreaFunc func,
                               gpointer user_data,
                               GError **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean sound = TRUE;
  int code;

  g_return_val_if_fail (REUNION_IS_BASE_MAP (self), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  if (!prepare (self,
                "SELECT shape, code, zh, latin, province_zh, province_latin FROM area"
                " ORDER BY code",
                &statement, error))
    return FALSE;
  while ((code = sqlite3_step (statement)) == SQLITE_ROW && sound)
    sound = emit_area (self, statement, func, user_data);
  sound = sound && code == SQLITE_DONE;
  if (!sound)
    set_damaged (self, sqlite3_errmsg (self->db), error);
  sqlite3_finalize (statement);
  return sound;
}

gboolean
reunion_base_map_area_at (ReunionBaseMap *self,
                          ReunionPoint point,
                          char **area_zh,
                          char **area_latin,
                          char **province_zh,
                          char **province_latin,
                          GError **error)
{
  char **const names[] = { area_zh, area_latin, province_zh, province_latin };
  ReunionMercator at;
  gint32 x;
  gint32 y;
  int code;
  int holds = 0;

  g_return_val_if_fail (REUNION_IS_BASE_MAP (self), FALSE);
  g_return_val_if_fail (reunion_point_is_valid (point), FALSE);

  at = reunion_mercator_project (point);
  x = (gint32) lround (at.x * REUNION_BASE_MAP_WORLD);
  y = (gint32) lround (CLAMP (at.y, 0.0, 1.0) * REUNION_BASE_MAP_WORLD);
  sqlite3_bind_int (self->areas, 1, x);
  sqlite3_bind_int (self->areas, 2, y);
  while ((code = sqlite3_step (self->areas)) == SQLITE_ROW && holds == 0)
    {
      /* The areas are kept at the third band's detail. */
      holds = area_holds (self, self->bands[MIN (2, self->n_bands - 1)].shift, x, y);
      if (holds == 1)
        for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
          if (names[i] != NULL)
            *names[i] = dup_column (self->areas, (int) i + 1);
      if (holds != 0)
        break;
    }
  if (holds < 0 || (code != SQLITE_DONE && code != SQLITE_ROW))
    set_damaged (self, sqlite3_errmsg (self->db), error);
  sqlite3_reset (self->areas);
  return holds == 1;
}

static void
place_clear (gpointer data)
{
  ReunionPlace *place = data;

  g_free (place->name_zh);
  g_free (place->name_latin);
  g_free (place->province_zh);
  g_free (place->province_latin);
  g_free (place->country);
}

ReunionPlace *
reunion_place_ref (ReunionPlace *place)
{
  g_return_val_if_fail (place != NULL, NULL);

  return g_atomic_rc_box_acquire (place);
}

void
reunion_place_unref (ReunionPlace *place)
{
  g_return_if_fail (place != NULL);

  g_atomic_rc_box_release_full (place, place_clear);
}

gboolean
reunion_place_is_town (const ReunionPlace *place)
{
  g_return_val_if_fail (place != NULL, FALSE);

  return place->kind >= REUNION_PLACE_CAPITAL && place->kind <= REUNION_PLACE_COUNTY_SEAT;
}
