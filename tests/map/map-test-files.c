/* map-test-files.c: base map files for the tests, sound and otherwise
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "map-test-files.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "reunion-base-map.h"
#include "reunion-mercator.h"

/* Guizhou and what lies around it. */
#define NORTH_DEG 27.6
#define SOUTH_DEG 26.0
#define WEST_DEG 105.0
#define EAST_DEG 107.2

static char *
source_path (const char *name)
{
  return g_build_filename (g_getenv ("REUNION_SOURCE_ROOT"), "data", "basemap", name, NULL);
}

char *
map_test_shipped (void)
{
  return source_path ("basemap.sqlite");
}

char *
map_test_new_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("reunion-map-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
map_test_remove_folder (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

void
map_test_run_sql (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  /* Nothing here has to outlive a power cut. */
  sqlite3_exec (db, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", path, message);
  sqlite3_close (db);
}

char *
map_test_write_small (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *shipped = map_test_shipped ();
  g_autofree char *schema_path = source_path ("schema.sql");
  g_autofree char *schema = NULL;
  g_autofree char *copy = NULL;
  ReunionMercator north_west = reunion_mercator_project ((ReunionPoint){ NORTH_DEG, WEST_DEG });
  ReunionMercator south_east = reunion_mercator_project ((ReunionPoint){ SOUTH_DEG, EAST_DEG });

  g_assert_true (g_file_get_contents (schema_path, &schema, NULL, NULL));
  g_remove (path);
  map_test_run_sql (path, schema);
  copy = g_strdup_printf (
      "PRAGMA application_id = %d; PRAGMA user_version = %d; ATTACH '%s' AS whole;"
      "INSERT INTO meta SELECT * FROM whole.meta; INSERT INTO band SELECT * FROM whole.band;"
      "INSERT INTO feature_bounds SELECT * FROM whole.feature_bounds WHERE max_x >= %d"
      " AND min_x <= %d AND max_y >= %d AND min_y <= %d;"
      "INSERT INTO feature SELECT * FROM whole.feature WHERE id IN (SELECT id FROM feature_bounds);"
      "INSERT INTO area SELECT * FROM whole.area WHERE province_zh = '贵州';"
      "INSERT INTO area_bounds SELECT * FROM whole.area_bounds WHERE id IN (SELECT id FROM area);"
      "INSERT INTO place SELECT * FROM whole.place WHERE lat BETWEEN %f AND %f"
      " AND lon BETWEEN %f AND %f;",
      REUNION_BASE_MAP_APPLICATION_ID, REUNION_BASE_MAP_SCHEMA, shipped,
      (int) (north_west.x * REUNION_BASE_MAP_WORLD), (int) (south_east.x * REUNION_BASE_MAP_WORLD),
      (int) (north_west.y * REUNION_BASE_MAP_WORLD), (int) (south_east.y * REUNION_BASE_MAP_WORLD),
      SOUTH_DEG, NORTH_DEG, WEST_DEG, EAST_DEG);
  map_test_run_sql (path, copy);
  return g_steal_pointer (&path);
}

static void
write_small_at (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *written = map_test_write_small (folder, name);
}

static void
set_contents (const char *path, const char *data, gsize length)
{
  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
}

static void
keep_bytes (const char *path, gsize numerator, gsize denominator)
{
  g_autofree char *data = NULL;
  gsize length;

  write_small_at (path);
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  set_contents (path, data, length * numerator / denominator);
}

static void
make_missing (const char *path)
{
}

static void
make_directory (const char *path)
{
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
make_empty (const char *path)
{
  set_contents (path, "", 0);
}

static void
make_text (const char *path)
{
  g_autofree char *text = g_strnfill (9000, 'x');

  set_contents (path, text, strlen (text));
}

static void
make_header_only (const char *path)
{
  set_contents (path, "SQLite format 3", 16);
}

static void
make_cut_short (const char *path)
{
  keep_bytes (path, 1, 2);
}

static void
make_cut_off_the_end (const char *path)
{
  keep_bytes (path, 19, 20);
}

static void
make_first_page (const char *path)
{
  keep_bytes (path, 1, 40);
}

static void
make_other_database (const char *path)
{
  map_test_run_sql (path, "CREATE TABLE notes (text)");
}

static void
make_other_application (const char *path)
{
  write_small_at (path);
  map_test_run_sql (path, "PRAGMA application_id = 1196444487");
}

static void
make_older_schema (const char *path)
{
  write_small_at (path);
  map_test_run_sql (path, "PRAGMA user_version = 0");
}

static void
make_newer_schema (const char *path)
{
  write_small_at (path);
  map_test_run_sql (path, "PRAGMA user_version = 2");
}

static void
make_no_bands (const char *path)
{
  write_small_at (path);
  map_test_run_sql (path, "DELETE FROM band");
}

static void
make_wild_bands (const char *path)
{
  write_small_at (path);
  map_test_run_sql (path, "UPDATE band SET shift = 77 WHERE band = 2");
}

static void
make_too_many_bands (const char *path)
{
  write_small_at (path);
  map_test_run_sql (path, "WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n"
                          " WHERE i < 40) INSERT INTO band SELECT i, 12, 4 FROM n");
}

static void
make_no_attribution (const char *path)
{
  write_small_at (path);
  map_test_run_sql (path, "DELETE FROM meta WHERE key = 'attribution'");
}

static void
make_no_features (const char *path)
{
  write_small_at (path);
  map_test_run_sql (path, "DROP TABLE feature");
}

static void
make_no_places (const char *path)
{
  write_small_at (path);
  map_test_run_sql (path, "DROP TABLE place");
}

const MapTestDamage map_test_damages[] = {
  { "missing", REUNION_BASE_MAP_ERROR_ABSENT, make_missing },
  { "directory", REUNION_BASE_MAP_ERROR_ABSENT, make_directory },
  { "empty", REUNION_BASE_MAP_ERROR_FORMAT, make_empty },
  { "text", REUNION_BASE_MAP_ERROR_FORMAT, make_text },
  { "header-only", REUNION_BASE_MAP_ERROR_FORMAT, make_header_only },
  { "first-page", REUNION_BASE_MAP_ERROR_FORMAT, make_first_page },
  { "cut-short", REUNION_BASE_MAP_ERROR_FORMAT, make_cut_short },
  { "cut-off-the-end", REUNION_BASE_MAP_ERROR_FORMAT, make_cut_off_the_end },
  { "other-database", REUNION_BASE_MAP_ERROR_FORMAT, make_other_database },
  { "other-application", REUNION_BASE_MAP_ERROR_FORMAT, make_other_application },
  { "older-schema", REUNION_BASE_MAP_ERROR_VERSION, make_older_schema },
  { "newer-schema", REUNION_BASE_MAP_ERROR_VERSION, make_newer_schema },
  { "no-bands", REUNION_BASE_MAP_ERROR_FORMAT, make_no_bands },
  { "wild-bands", REUNION_BASE_MAP_ERROR_FORMAT, make_wild_bands },
  { "too-many-bands", REUNION_BASE_MAP_ERROR_FORMAT, make_too_many_bands },
  { "no-attribution", REUNION_BASE_MAP_ERROR_FORMAT, make_no_attribution },
  { "no-features", REUNION_BASE_MAP_ERROR_FORMAT, make_no_features },
  { "no-places", REUNION_BASE_MAP_ERROR_FORMAT, make_no_places },
};
const gsize map_test_n_damages = G_N_ELEMENTS (map_test_damages);
