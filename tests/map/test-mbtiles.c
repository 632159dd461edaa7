/* test-mbtiles.c: maps in files, and files that are none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-mbtiles.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "map-test-files.h"
#include "reunion-tile-image.h"
#include "tile-test-files.h"

/* --- files that are none -------------------------------------------------------- */

static void
make_nothing (const char *path)
{
}

static void
make_empty (const char *path)
{
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

static void
make_zeros (const char *path)
{
  g_autofree char *zeros = g_malloc0 (65536);

  g_assert_true (g_file_set_contents (path, zeros, 65536, NULL));
}

static void
make_text (const char *path)
{
  g_assert_true (g_file_set_contents (path, "This is no map.\n", -1, NULL));
}

static void
make_folder (const char *path)
{
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
make_unreadable (const char *path)
{
  tile_test_write_small (path);
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
}

static void
make_dangling_link (const char *path)
{
  g_assert_cmpint (symlink ("/nonexistent/map.mbtiles", path), ==, 0);
}

static void
make_looping_link (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  g_assert_cmpint (symlink (name, path), ==, 0);
}

static void
make_pipe (const char *path)
{
  g_autofree char *command = g_strdup_printf ("mkfifo '%s'", path);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
}

/* Small files changed by SQL. */
static const struct
{
  const char *name;
  int code;
  const char *sql;
} edits[] = {
  { "other-database", REUNION_TILE_ERROR_FORMAT,
    "DROP TABLE tiles; DROP TABLE metadata; CREATE TABLE t (a); INSERT INTO t VALUES (1)" },
  { "no-metadata", REUNION_TILE_ERROR_FORMAT, "DROP TABLE metadata" },
  { "no-tiles-table", REUNION_TILE_ERROR_FORMAT, "DROP TABLE tiles" },
  { "no-tiles", REUNION_TILE_ERROR_FORMAT, "DELETE FROM tiles" },
  { "vector-tiles", REUNION_TILE_ERROR_FORMAT,
    "UPDATE metadata SET value = 'pbf' WHERE name = 'format'" },
  { "unknown-format", REUNION_TILE_ERROR_FORMAT,
    "UPDATE metadata SET value = 'exe' WHERE name = 'format'" },
  { "no-format-and-no-pictures", REUNION_TILE_ERROR_FORMAT,
    "DELETE FROM metadata WHERE name = 'format'; UPDATE tiles SET tile_data = 'hello'" },
  { "metadata-without-columns", REUNION_TILE_ERROR_FORMAT,
    "DROP TABLE metadata; CREATE TABLE metadata (a, b)" },
  { "tiles-without-columns", REUNION_TILE_ERROR_FORMAT,
    "DROP TABLE tiles; CREATE TABLE tiles (a); INSERT INTO tiles VALUES (1)" },
  { "endless-view", REUNION_TILE_ERROR_FORMAT,
    "DROP TABLE tiles; CREATE VIEW tiles AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i"
    " + 1 FROM n) SELECT i AS zoom_level, 0 AS tile_column, 0 AS tile_row, x'00' AS tile_data"
    " FROM n WHERE i < 0" },
  { "endless-metadata", REUNION_TILE_ERROR_FORMAT,
    "DROP TABLE metadata; CREATE VIEW metadata AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
    " SELECT i + 1 FROM n) SELECT 'x' || i AS name, i AS value FROM n" },
  { "view-of-itself", REUNION_TILE_ERROR_FORMAT,
    "DROP TABLE tiles; CREATE VIEW tiles AS SELECT * FROM other; CREATE VIEW other AS SELECT *"
    " FROM tiles" },
  { "view-of-all-with-all", REUNION_TILE_ERROR_FORMAT,
    "ALTER TABLE tiles RENAME TO t; CREATE VIEW tiles AS SELECT a.* FROM t a, t b, t c, t d, t e,"
    " t f, t g, t h WHERE b.tile_row + c.tile_row + d.tile_row + e.tile_row + f.tile_row +"
    " g.tile_row + h.tile_row < 0" },
  { "view-that-eats-memory", REUNION_TILE_ERROR_FORMAT,
    "DROP TABLE tiles; CREATE VIEW tiles AS SELECT 0 AS zoom_level, 0 AS tile_column, 0 AS"
    " tile_row, zeroblob (2000000000) AS tile_data" },
  { "view-that-sorts-for-ever", REUNION_TILE_ERROR_FORMAT,
    "DROP TABLE tiles; CREATE VIEW tiles AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i"
    " + 1 FROM n) SELECT 0 AS zoom_level, 0 AS tile_column, 0 AS tile_row, randomblob (1000) AS"
    " tile_data FROM n ORDER BY tile_data" },
  { "view-with-dangerous-function", REUNION_TILE_ERROR_FORMAT,
    "DROP TABLE tiles; CREATE VIEW tiles AS SELECT 0 AS zoom_level, 0 AS tile_column, 0 AS"
    " tile_row, load_extension ('evil') AS tile_data" },
  { "full-text-table", REUNION_TILE_ERROR_FORMAT, "CREATE VIRTUAL TABLE words USING fts5 (a)" },
  { "first-tile-too-large", REUNION_TILE_ERROR_FORMAT,
    "UPDATE tiles SET tile_data = zeroblob (6000000) WHERE rowid = 1" },
  { "broken-schema", REUNION_TILE_ERROR_FORMAT,
    "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = 'CREATE TABLE tiles (' WHERE name"
    " = 'tiles'" },
  { "root-page-past-the-end", REUNION_TILE_ERROR_FORMAT,
    "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET rootpage = 99999 WHERE name = 'tiles'" },
};

static const struct
{
  const char *name;
  int code;
  void (*make) (const char *path);
} files[] = {
  { "absent", REUNION_TILE_ERROR_OPEN, make_nothing },
  { "empty", REUNION_TILE_ERROR_FORMAT, make_empty },
  { "zeros", REUNION_TILE_ERROR_FORMAT, make_zeros },
  { "text", REUNION_TILE_ERROR_FORMAT, make_text },
  { "folder", REUNION_TILE_ERROR_OPEN, make_folder },
  { "unreadable", REUNION_TILE_ERROR_OPEN, make_unreadable },
  { "dangling-link", REUNION_TILE_ERROR_OPEN, make_dangling_link },
  { "looping-link", REUNION_TILE_ERROR_OPEN, make_looping_link },
  { "pipe", REUNION_TILE_ERROR_OPEN, make_pipe },
};

/* A sentence names the file and ends as one. */
static void
check_sentence (const GError *error, int code)
{
  g_assert_error (error, REUNION_TILE_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "map.mbtiles"));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_file (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.mbtiles", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionMbtiles) map = NULL;

  if (files[i].make == make_unreadable && geteuid () == 0)
    g_test_skip ("the superuser may read everything");
  else
    {
      files[i].make (path);
      map = reunion_mbtiles_open (path, &error);
      g_assert_null (map);
      check_sentence (error, files[i].code);
    }
  map_test_remove_folder (folder);
}

static void
test_edit (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.mbtiles", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionMbtiles) map = NULL;

  tile_test_write_small (path);
  map_test_run_sql (path, edits[i].sql);
  map = reunion_mbtiles_open (path, &error);
  g_assert_null (map);
  check_sentence (error, edits[i].code);
  map_test_remove_folder (folder);
}

/* Cut after every hundred bytes or so: a map or a sentence, and a tile or a
 * sentence. */
static void
test_truncated (void)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.mbtiles", NULL);
  g_autofree char *sound = NULL;
  gsize length;
  guint n_opened = 0;

  tile_test_write_small (path);
  g_assert_true (g_file_get_contents (path, &sound, &length, NULL));
  for (gsize keep = 0; keep < length; keep += keep < 4096 ? 97 : 1531)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ReunionMbtiles) map = NULL;

      g_assert_true (g_file_set_contents (path, sound, (gssize) keep, NULL));
      map = reunion_mbtiles_open (path, &error);
      g_assert_true ((map == NULL) == (error != NULL));
      n_opened += map != NULL;
      for (guint zoom = 0; map != NULL && zoom <= 3; zoom++)
        {
          g_autoptr (GError) tile_error = NULL;
          g_autoptr (GBytes) bytes = reunion_mbtiles_read_tile (map, zoom, 0, 0, &tile_error);

          g_assert_true ((bytes == NULL) == (tile_error != NULL));
        }
    }
  g_test_message ("%u of the cut files could be opened", n_opened);
  map_test_remove_folder (folder);
}

/* The dice are loaded: every run throws the same. */
static void
test_flipped (gconstpointer data)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.mbtiles", NULL);
  g_autofree char *sound = NULL;
  g_autoptr (GRand) dice = g_rand_new_with_seed (GPOINTER_TO_UINT (data));
  gsize length;
  guint n_opened = 0, n_tiles = 0, n_pictures = 0;

  tile_test_write_small (path);
  g_assert_true (g_file_get_contents (path, &sound, &length, NULL));
  for (guint round = 0; round < 150; round++)
    {
      g_autofree char *bytes = g_memdup2 (sound, length);
      g_autoptr (ReunionMbtiles) map = NULL;
      guint n_flips = (guint) g_rand_int_range (dice, 1, 20);

      /* The first pages hold what the rest hangs on. */
      for (guint i = 0; i < n_flips; i++)
        bytes[g_rand_int_range (dice, 0, (gint32) (i % 2 == 0 ? 4096 : length))]
            ^= (char) (1 << g_rand_int_range (dice, 0, 8));
      g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
      map = reunion_mbtiles_open (path, NULL);
      n_opened += map != NULL;
      for (guint zoom = 0; map != NULL && zoom <= 3; zoom++)
        for (guint x = 0; x < 1u << zoom; x++)
          {
            g_autoptr (GBytes) tile = reunion_mbtiles_read_tile (map, zoom, x, 0, NULL);
            g_autoptr (GdkTexture) texture
                = tile != NULL ? reunion_tile_image_decode (tile, NULL) : NULL;

            n_tiles += tile != NULL;
            n_pictures += texture != NULL;
          }
    }
  g_test_message ("of 150 files %u opened, with %u tiles, %u of them pictures", n_opened, n_tiles,
                  n_pictures);
  map_test_remove_folder (folder);
}

/* --- files that are maps ---------------------------------------------------------- */

static void
check_colour (ReunionMbtiles *map, guint zoom, guint x, guint y, guint32 colour)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = reunion_mbtiles_read_tile (map, zoom, x, y, &error);
  g_autoptr (GdkTexture) texture = NULL;
  guint32 pixels[256 * 256];

  g_assert_no_error (error);
  texture = reunion_tile_image_decode (bytes, &error);
  g_assert_no_error (error);
  gdk_texture_download (texture, (guchar *) pixels, 4 * 256);
  g_assert_cmphex (pixels[300], ==, 0xff000000 | colour);
}

static void
test_sound (void)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.mbtiles", NULL);
  g_autofree char *link_path = g_build_filename (folder, "link.mbtiles", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionMbtiles) map = NULL;
  g_autoptr (ReunionMbtiles) linked = NULL;
  double bounds[4];

  tile_test_write_small (path);
  map = reunion_mbtiles_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reunion_mbtiles_get_name (map), ==, "Small");
  g_assert_cmpstr (reunion_mbtiles_get_attribution (map), ==, "© Makers & Co");
  g_assert_cmpuint (reunion_mbtiles_get_min_zoom (map), ==, 0);
  g_assert_cmpuint (reunion_mbtiles_get_max_zoom (map), ==, 3);
  g_assert_true (reunion_mbtiles_get_bounds (map, &bounds[0], &bounds[1], &bounds[2], &bounds[3]));
  g_assert_cmpfloat (bounds[1], ==, -85.0);
  for (guint zoom = 0; zoom <= 3; zoom++)
    check_colour (map, zoom, 0, (1u << zoom) - 1, tile_test_zoom_colour (zoom));
  g_assert_null (reunion_mbtiles_read_tile (map, 4, 0, 0, &error));
  g_assert_error (error, REUNION_TILE_ERROR, REUNION_TILE_ERROR_ABSENT);

  g_assert_cmpint (symlink ("map.mbtiles", link_path), ==, 0);
  linked = reunion_mbtiles_open (link_path, NULL);
  g_assert_nonnull (linked);
  map_test_remove_folder (folder);
}

/* Rows are counted from the south in the file. */
static void
test_rows (void)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.mbtiles", NULL);
  g_autoptr (GBytes) north = tile_test_plain_png (256, 0x123456);
  g_autoptr (GBytes) south = tile_test_plain_png (256, 0xabcdef);
  g_autoptr (ReunionMbtiles) map = NULL;
  TileTestFile *file = tile_test_file_new (path);

  tile_test_file_add (file, 1, 0, 0, north);
  tile_test_file_add (file, 1, 0, 1, south);
  tile_test_file_close (file);
  map_test_run_sql (path, "SELECT 1 / (count (*) = 1) FROM tiles WHERE tile_row = 1");
  /* Neither format nor zooms: read off the tiles. */
  map = reunion_mbtiles_open (path, NULL);
  g_assert_nonnull (map);
  g_assert_cmpuint (reunion_mbtiles_get_min_zoom (map), ==, 1);
  g_assert_cmpuint (reunion_mbtiles_get_max_zoom (map), ==, 1);
  check_colour (map, 1, 0, 0, 0x123456);
  check_colour (map, 1, 0, 1, 0xabcdef);
  map_test_remove_folder (folder);
}

/* Odd, but maps all the same. */
static const struct
{
  const char *name;
  const char *sql;
} oddities[] = {
  { "view", "ALTER TABLE tiles RENAME TO t; CREATE VIEW tiles AS SELECT * FROM t" },
  { "lying-zooms", "UPDATE metadata SET value = '99' WHERE name = 'maxzoom'" },
  { "zooms-the-wrong-way", "UPDATE metadata SET value = '7' WHERE name = 'minzoom'" },
  { "numbers-for-text",
    "UPDATE metadata SET value = 3 WHERE name IN ('minzoom', 'maxzoom', 'name')" },
  { "bounds-of-words", "UPDATE metadata SET value = 'a,b,c,d' WHERE name = 'bounds'" },
  { "bounds-not-numbers",
    "UPDATE metadata SET value = 'nan,inf,-inf,1e999' WHERE name = 'bounds'" },
  { "blob-for-name", "UPDATE metadata SET value = x'fffe00ff' WHERE name = 'name'" },
  { "nulls", "UPDATE metadata SET value = NULL WHERE name <> 'format'" },
  { "trigger", "CREATE TRIGGER t AFTER INSERT ON tiles BEGIN DELETE FROM tiles; END" },
  { "write-ahead-log", "PRAGMA journal_mode = WAL" },
};

static void
test_oddity (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.mbtiles", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionMbtiles) map = NULL;

  tile_test_write_small (path);
  map_test_run_sql (path, oddities[i].sql);
  map = reunion_mbtiles_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reunion_mbtiles_get_max_zoom (map), ==, 3);
  g_assert_cmpuint (reunion_mbtiles_get_min_zoom (map), <=, 3);
  g_assert_true (g_utf8_validate (reunion_mbtiles_get_name (map), -1, NULL));
  check_colour (map, 2, 1, 1, tile_test_zoom_colour (2));
  g_clear_object (&map);
  map_test_remove_folder (folder);
}

/* Tiles that are none, in a file that is sound besides. */
static void
test_bad_tiles (void)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.mbtiles", NULL);
  g_autoptr (ReunionMbtiles) map = NULL;
  static const struct
  {
    const char *value;
    int code;
  } tiles[] = {
    { "NULL", REUNION_TILE_ERROR_ABSENT },
    { "'text'", REUNION_TILE_ERROR_FORMAT },
    { "7", REUNION_TILE_ERROR_FORMAT },
    { "x''", REUNION_TILE_ERROR_FORMAT },
    { "zeroblob (4194305)", REUNION_TILE_ERROR_FORMAT },
    { "zeroblob (5000000)", REUNION_TILE_ERROR_FORMAT },
  };

  tile_test_write_small (path);
  for (guint i = 0; i < G_N_ELEMENTS (tiles); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "UPDATE tiles SET tile_data = %s WHERE zoom_level = 3 AND tile_column = %u AND tile_row"
          " = 0",
          tiles[i].value, i);

      map_test_run_sql (path, sql);
    }
  map = reunion_mbtiles_open (path, NULL);
  g_assert_nonnull (map);
  for (guint i = 0; i < G_N_ELEMENTS (tiles); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (reunion_mbtiles_read_tile (map, 3, i, 7, &error));
      g_assert_error (error, REUNION_TILE_ERROR, tiles[i].code);
    }
  /* The rest is not the worse for it. */
  check_colour (map, 3, 7, 7, tile_test_zoom_colour (3));
  map_test_remove_folder (folder);
}

/* --- pictures ----------------------------------------------------------------------- */

static GBytes *
png_of_claimed_size (guint32 width_px, guint32 height_px)
{
  g_autoptr (GBytes) sound = tile_test_plain_png (16, 0xff0000);
  gsize length;
  guint8 *data = g_memdup2 (g_bytes_get_data (sound, &length), g_bytes_get_size (sound));
  guint32 size[2] = { GUINT32_TO_BE (width_px), GUINT32_TO_BE (height_px) };

  memcpy (data + 16, size, sizeof size);
  return g_bytes_new_take (data, length);
}

static void
test_picture_bombs (void)
{
  static const guint sizes[][2]
      = { { 100000, 100000 }, { 1025, 16 }, { 16, 1025 }, { 0xffffffff, 1 },
          { 0x7fffffff, 2 },  { 0, 0 },     { 16, 0 },    { 1024, 1024 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) bytes = png_of_claimed_size (sizes[i][0], sizes[i][1]);
      g_autoptr (GError) error = NULL;

      g_assert_null (reunion_tile_image_decode (bytes, &error));
      g_assert_error (error, REUNION_TILE_ERROR, REUNION_TILE_ERROR_FORMAT);
    }
}

static void
test_pictures_that_are_none (void)
{
  static const char *const texts[] = {
    "",
    "x",
    "\x89PNG\r\n\x1a\n",
    "\xff\xd8\xff",
    "\xff\xd8\xff\xe0\xff\xff",
    "RIFF\x10\xff\xff\xffWEBP",
    "RIFF\x10\xff\xff\xffWEBPVP8X\x10\xff\xff\xff\x10\xff\xff\xff\x10\xff\xff\xff\x10\xff\xff",
    "<svg xmlns='http://www.w3.org/2000/svg' width='16' height='16'><rect width='9'/></svg>",
    "<html><body>Welcome to the hotel's network</body></html>",
    "GIF89a\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (reunion_tile_image_decode (bytes, &error));
      g_assert_error (error, REUNION_TILE_ERROR, REUNION_TILE_ERROR_FORMAT);
    }
}

/* Cut anywhere: a picture or a sentence. */
static void
test_pictures_cut (void)
{
  g_autoptr (GBytes) sound = tile_test_plain_png (64, 0x336699);

  for (gsize keep = 0; keep < g_bytes_get_size (sound); keep++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (sound, 0, keep);
      g_autoptr (GError) error = NULL;
      g_autoptr (GdkTexture) texture = reunion_tile_image_decode (bytes, &error);

      g_assert_true ((texture == NULL) == (error != NULL));
    }
}

static void
add_case (const char *group, const char *name, gconstpointer data, GTestDataFunc func)
{
  g_autofree char *path = g_strdup_printf ("/mbtiles/%s/%s", group, name);

  g_test_add_data_func (path, data, func);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    add_case ("file", files[i].name, GSIZE_TO_POINTER (i), test_file);
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    add_case ("edit", edits[i].name, GSIZE_TO_POINTER (i), test_edit);
  for (gsize i = 0; i < G_N_ELEMENTS (oddities); i++)
    add_case ("oddity", oddities[i].name, GSIZE_TO_POINTER (i), test_oddity);
  g_test_add_func ("/mbtiles/truncated", test_truncated);
  for (guint seed = 1; seed <= 4; seed++)
    {
      g_autofree char *name = g_strdup_printf ("%u", seed);

      add_case ("flipped", name, GUINT_TO_POINTER (seed), test_flipped);
    }
  g_test_add_func ("/mbtiles/sound", test_sound);
  g_test_add_func ("/mbtiles/rows", test_rows);
  g_test_add_func ("/mbtiles/bad-tiles", test_bad_tiles);
  g_test_add_func ("/mbtiles/picture-bombs", test_picture_bombs);
  g_test_add_func ("/mbtiles/pictures-that-are-none", test_pictures_that_are_none);
  g_test_add_func ("/mbtiles/pictures-cut", test_pictures_cut);
  return g_test_run ();
}
