/* tile-test-files.c: MBTiles files for the tests, drawn here
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tile-test-files.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

struct _TileTestFile
{
  sqlite3 *db;
  sqlite3_stmt *metadata;
  sqlite3_stmt *tile;
};

static void
run (sqlite3 *db, const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s", message);
}

static void
finish_row (sqlite3_stmt *statement)
{
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_reset (statement);
}

TileTestFile *
tile_test_file_new (const char *path)
{
  TileTestFile *self = g_new0 (TileTestFile, 1);

  g_remove (path);
  g_assert_cmpint (sqlite3_open (path, &self->db), ==, SQLITE_OK);
  run (self->db, "PRAGMA synchronous = OFF; BEGIN;"
                 "CREATE TABLE metadata (name text, value text);"
                 "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer,"
                 " tile_data blob);"
                 "CREATE UNIQUE INDEX tile_index on tiles (zoom_level, tile_column, tile_row);");
  g_assert_cmpint (sqlite3_prepare_v2 (self->db, "INSERT INTO metadata VALUES (?1, ?2)", -1,
                                       &self->metadata, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (self->db,
                                       "INSERT OR REPLACE INTO tiles VALUES (?1, ?2, ?3, ?4)", -1,
                                       &self->tile, NULL),
                   ==, SQLITE_OK);
  return self;
}

void
tile_test_file_set (TileTestFile *self, const char *key, const char *value)
{
  sqlite3_bind_text (self->metadata, 1, key, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (self->metadata, 2, value, -1, SQLITE_TRANSIENT);
  finish_row (self->metadata);
}

void
tile_test_file_add (TileTestFile *self, guint zoom, guint x, guint y, GBytes *bytes)
{
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  sqlite3_bind_int (self->tile, 1, (int) zoom);
  sqlite3_bind_int64 (self->tile, 2, x);
  sqlite3_bind_int64 (self->tile, 3, (1u << zoom) - 1 - y);
  sqlite3_bind_blob (self->tile, 4, data, (int) length, SQLITE_TRANSIENT);
  finish_row (self->tile);
}

void
tile_test_file_close (TileTestFile *self)
{
  sqlite3_finalize (self->metadata);
  sqlite3_finalize (self->tile);
  run (self->db, "COMMIT");
  sqlite3_close (self->db);
  g_free (self);
}

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
tile_test_png (cairo_surface_t *surface)
{
  GByteArray *bytes = g_byte_array_new ();

  g_assert_cmpint (cairo_surface_write_to_png_stream (surface, append_cb, bytes), ==,
                   CAIRO_STATUS_SUCCESS);
  return g_byte_array_free_to_bytes (bytes);
}

GBytes *
tile_test_plain_png (guint side_px, guint32 colour)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) side_px, (int) side_px);
  cairo_t *cr = cairo_create (surface);
  GBytes *bytes;

  cairo_set_source_rgb (cr, (colour >> 16 & 0xff) / 255.0, (colour >> 8 & 0xff) / 255.0,
                        (colour & 0xff) / 255.0);
  cairo_paint (cr);
  cairo_destroy (cr);
  bytes = tile_test_png (surface);
  cairo_surface_destroy (surface);
  return bytes;
}

guint32
tile_test_zoom_colour (guint zoom)
{
  static const guint32 colours[] = { 0xff0000, 0x00ff00, 0x0000ff, 0x808000 };

  return colours[zoom % G_N_ELEMENTS (colours)];
}

void
tile_test_write_small (const char *path)
{
  TileTestFile *file = tile_test_file_new (path);

  tile_test_file_set (file, "name", "Small");
  tile_test_file_set (file, "format", "png");
  tile_test_file_set (file, "minzoom", "0");
  tile_test_file_set (file, "maxzoom", "3");
  tile_test_file_set (file, "bounds", "-180,-85,180,85");
  tile_test_file_set (file, "attribution",
                      "<a href=\"https://x.example\">&copy; Makers &amp; Co</a>");
  for (guint zoom = 0; zoom <= 3; zoom++)
    {
      g_autoptr (GBytes) bytes = tile_test_plain_png (256, tile_test_zoom_colour (zoom));

      for (guint y = 0; y < 1u << zoom; y++)
        for (guint x = 0; x < 1u << zoom; x++)
          tile_test_file_add (file, zoom, x, y, bytes);
    }
  tile_test_file_close (file);
}
