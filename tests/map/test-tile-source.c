/* test-tile-source.c: a station's own map as tiles, where it has them, and in
 * its right place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tile-source.h"

#include <math.h>
#include <string.h>

#include "map-test-files.h"
#include "reunion-mbtiles.h"
#include "reunion-mercator.h"
#include "reunion-pixels.h"
#include "tile-test-files.h"

#define SIDE 256

typedef struct
{
  gboolean is_done;
  gboolean is_filled;
  GError *error;
} Fill;

static void
filled_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Fill *fill = user_data;

  fill->is_filled
      = shumate_map_source_fill_tile_finish (SHUMATE_MAP_SOURCE (object), result, &fill->error);
  fill->is_done = TRUE;
}

/* The tile's pixels, SIDE by SIDE; NULL when it stayed clear. */
static guint32 *
fill_tile (ReunionTileSource *source, guint zoom, guint x, guint y)
{
  g_autoptr (ShumateTile) tile
      = g_object_ref_sink (shumate_tile_new_full ((int) x, (int) y, SIDE, (int) zoom));
  Fill fill = { 0 };
  GdkPaintable *paintable;
  guint32 *pixels;

  shumate_map_source_fill_tile_async (SHUMATE_MAP_SOURCE (source), tile, NULL, filled_cb, &fill);
  while (!fill.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (fill.error);
  g_assert_true (fill.is_filled);
  g_assert_cmpint (shumate_tile_get_state (tile), ==, SHUMATE_STATE_DONE);
  paintable = shumate_tile_get_paintable (tile);
  if (paintable == NULL)
    return NULL;
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (paintable), ==, SIDE);
  pixels = g_new0 (guint32, SIDE * SIDE);
  gdk_texture_download (reunion_pixels_get_texture (REUNION_PIXELS (paintable)), (guchar *) pixels,
                        4 * SIDE);
  return pixels;
}

static ReunionTileSource *
open_source (const char *path, ReunionDatum datum)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionMbtiles) map = reunion_mbtiles_open (path, &error);

  g_assert_no_error (error);
  return reunion_tile_source_new (REUNION_TILE_FETCHER (map), datum,
                                  reunion_mbtiles_get_min_zoom (map),
                                  reunion_mbtiles_get_max_zoom (map), "Test");
}

/* --- where the crosses are ------------------------------------------------------- */

/* Three in each tile, far enough apart, and from its edges, to be told apart. */
static const double crosses[][2] = { { 50.3, 70.8 }, { 128.0, 128.5 }, { 201.7, 188.2 } };

static const struct
{
  const char *name;
  ReunionPoint point;
} places[] = {
  { "zhijin", { 26.663, 105.768 } },   { "beijing", { 39.905, 116.391 } },
  { "urumqi", { 43.825, 87.617 } },    { "mohe", { 53.480, 122.370 } },
  { "sanya", { 18.253, 109.512 } },    { "lhasa", { 29.650, 91.117 } },
  { "shanghai", { 31.230, 121.474 } }, { "tokyo", { 35.690, 139.692 } },
  { "hanoi", { 21.028, 105.834 } },
};

typedef struct
{
  cairo_surface_t *surface;
  cairo_t *cr;
} Sheet;

static void
sheet_free (gpointer data)
{
  Sheet *sheet = data;

  cairo_destroy (sheet->cr);
  cairo_surface_destroy (sheet->surface);
  g_free (sheet);
}

static Sheet *
get_sheet (GHashTable *sheets, guint x, guint y)
{
  gint64 key = (gint64) x << 32 | y;
  Sheet *sheet = g_hash_table_lookup (sheets, &key);

  if (sheet == NULL)
    {
      sheet = g_new0 (Sheet, 1);
      sheet->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE);
      sheet->cr = cairo_create (sheet->surface);
      cairo_set_source_rgb (sheet->cr, 1, 1, 1);
      cairo_paint (sheet->cr);
      cairo_set_source_rgb (sheet->cr, 0, 0, 0);
      cairo_set_line_width (sheet->cr, 2.0);
      g_hash_table_insert (sheets, g_memdup2 (&key, sizeof key), sheet);
    }
  return sheet;
}

/* On every tile around, so that none is cut at an edge. */
static void
draw_cross (GHashTable *sheets, guint zoom, ReunionPoint point)
{
  ReunionMercator at = reunion_mercator_project (point);
  double u = at.x * exp2 (zoom);
  double v = at.y * exp2 (zoom);
  int n = 1 << zoom;

  for (int y = (int) v - 1; y <= (int) v + 1; y++)
    for (int x = (int) u - 1; x <= (int) u + 1; x++)
      {
        Sheet *sheet;
        double left = (u - x) * SIDE;
        double top = (v - y) * SIDE;

        if (y < 0 || y >= n)
          continue;
        sheet = get_sheet (sheets, (guint) ((x + n) % n), (guint) y);
        cairo_move_to (sheet->cr, left - 9.0, top);
        cairo_line_to (sheet->cr, left + 9.0, top);
        cairo_move_to (sheet->cr, left, top - 9.0);
        cairo_line_to (sheet->cr, left, top + 9.0);
        cairo_stroke (sheet->cr);
      }
}

static ReunionPoint
point_on_tile (guint zoom, guint x, guint y, double left_px, double top_px)
{
  double n = exp2 (zoom);

  return reunion_mercator_unproject (
      (ReunionMercator){ (x + left_px / SIDE) / n, (y + top_px / SIDE) / n });
}

/* Writes a file with the crosses where a map in @datum has them. */
static void
write_crosses (const char *path, ReunionDatum datum, guint zoom, guint x, guint y)
{
  g_autoptr (GHashTable) sheets
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, sheet_free);
  TileTestFile *file = tile_test_file_new (path);
  GHashTableIter iter;
  gpointer key, value;

  for (gsize i = 0; i < G_N_ELEMENTS (crosses); i++)
    draw_cross (sheets, zoom,
                reunion_datum_convert (point_on_tile (zoom, x, y, crosses[i][0], crosses[i][1]),
                                       REUNION_DATUM_WGS84, datum));
  tile_test_file_set (file, "format", "png");
  g_hash_table_iter_init (&iter, sheets);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_autoptr (GBytes) bytes = tile_test_png (((Sheet *) value)->surface);

      tile_test_file_add (file, zoom, (guint) (*(gint64 *) key >> 32),
                          (guint) (*(gint64 *) key & 0xffffffff), bytes);
    }
  tile_test_file_close (file);
}

/* How far the middle of the cross lies from where it should, in pixels. */
static double
measure (const guint32 *pixels, const double *cross)
{
  double sum = 0.0, sum_x = 0.0, sum_y = 0.0;

  for (int y = (int) cross[1] - 18; y <= (int) cross[1] + 18; y++)
    for (int x = (int) cross[0] - 18; x <= (int) cross[0] + 18; x++)
      {
        double ink = 255.0 - (pixels[y * SIDE + x] & 0xff);

        sum += ink;
        sum_x += ink * (x + 0.5);
        sum_y += ink * (y + 0.5);
      }
  /* Two lines of 18 by 2 pixels. */
  g_assert_cmpfloat (sum, >, 40 * 255.0);
  return hypot (sum_x / sum - cross[0], sum_y / sum - cross[1]);
}

static double
metres_per_px (guint zoom, double lat_deg)
{
  return 40075016.686 * cos (lat_deg * G_PI / 180.0) / SIDE / exp2 (zoom);
}

/* To a metre where a pixel is no more, else to half a pixel. */
static void
test_crosses (gconstpointer data)
{
  ReunionDatum datum = (ReunionDatum) GPOINTER_TO_UINT (data);
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.mbtiles", NULL);
  double worst_px = 0.0, worst_deep_m = 0.0;

  for (guint zoom = 5; zoom <= 19; zoom++)
    {
      double zoom_px = 0.0, zoom_m = 0.0;

      for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
        {
          ReunionMercator at = reunion_mercator_project (places[i].point);
          guint x = (guint) (at.x * exp2 (zoom));
          guint y = (guint) (at.y * exp2 (zoom));
          double scale = metres_per_px (zoom, places[i].point.lat_deg);
          g_autoptr (ReunionTileSource) source = NULL;
          g_autofree guint32 *pixels = NULL;

          write_crosses (path, datum, zoom, x, y);
          source = open_source (path, datum);
          pixels = fill_tile (source, zoom, x, y);
          g_assert_nonnull (pixels);
          for (gsize k = 0; k < G_N_ELEMENTS (crosses); k++)
            {
              double off_px = measure (pixels, crosses[k]);
              double most_px = scale <= 1.0 ? 1.0 / scale : 0.5;

              if (off_px > most_px)
                g_error ("%s, zoom %u: expected at most %.2f px off, found %.2f px (%.2f m)",
                         places[i].name, zoom, most_px, off_px, off_px * scale);
              zoom_px = MAX (zoom_px, off_px);
              zoom_m = MAX (zoom_m, off_px * scale);
            }
        }
      worst_px = MAX (worst_px, zoom_px);
      if (zoom >= 17)
        worst_deep_m = MAX (worst_deep_m, zoom_m);
    }
  g_test_message ("%s: at most %.3f px off; %.3f m from zoom 17 on", reunion_datum_to_name (datum),
                  worst_px, worst_deep_m);
  map_test_remove_folder (folder);
}

/* That the measure can fail: read as WGS-84, the same map lies hundreds of metres
 * off. */
static void
test_wrong_datum (void)
{
  const guint zoom = 15;
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.mbtiles", NULL);
  ReunionMercator at = reunion_mercator_project (places[0].point);
  guint x = (guint) (at.x * exp2 (zoom));
  guint y = (guint) (at.y * exp2 (zoom));
  g_autoptr (ReunionTileSource) source = NULL;
  g_autofree guint32 *pixels = NULL;
  double ink = 0.0;

  write_crosses (path, REUNION_DATUM_GCJ02, zoom, x, y);
  source = open_source (path, REUNION_DATUM_WGS84);
  pixels = fill_tile (source, zoom, x, y);
  for (int row = 118; pixels != NULL && row < 138; row++)
    for (int column = 118; column < 138; column++)
      ink += 255.0 - (pixels[row * SIDE + column] & 0xff);
  g_assert_cmpfloat (ink, <, 255.0);
  map_test_remove_folder (folder);
}

/* At the edge of China's box the shift begins at once. */
static void
test_edge_of_the_box (void)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.mbtiles", NULL);
  const ReunionPoint edge = { 45.0, 72.004 };

  for (guint zoom = 3; zoom <= 18; zoom += 3)
    {
      ReunionMercator at = reunion_mercator_project (edge);
      guint x = (guint) (at.x * exp2 (zoom));
      guint y = (guint) (at.y * exp2 (zoom));
      g_autoptr (ReunionTileSource) source = NULL;
      g_autofree guint32 *pixels = NULL;

      write_crosses (path, REUNION_DATUM_GCJ02, zoom, x, y);
      source = open_source (path, REUNION_DATUM_GCJ02);
      pixels = fill_tile (source, zoom, x, y);
    }
  map_test_remove_folder (folder);
}

/* --- which tiles there are ---------------------------------------------------------- */

static void
test_zooms (void)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.mbtiles", NULL);
  g_autoptr (ReunionTileSource) source = NULL;

  tile_test_write_small (path);
  map_test_run_sql (path, "UPDATE metadata SET value = 1 WHERE name = 'minzoom';"
                          "DELETE FROM tiles WHERE zoom_level = 2 AND tile_column = 1");
  source = open_source (path, REUNION_DATUM_WGS84);
  /* 5 and 9 are enlarged out of 3. */
  for (guint zoom = 1; zoom <= 9; zoom += zoom == 3 ? 2 : 1)
    {
      g_autofree guint32 *pixels = fill_tile (source, zoom, 0, 0);

      g_assert_nonnull (pixels);
      g_assert_cmphex (pixels[SIDE * 100 + 100], ==,
                       0xff000000 | tile_test_zoom_colour (MIN (zoom, 3)));
    }
  g_assert_null (fill_tile (source, 0, 0, 0));
  g_assert_null (fill_tile (source, 2, 1, 0));
  g_assert_null (reunion_tile_source_get_problem (source));
  map_test_remove_folder (folder);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_dark (void)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.mbtiles", NULL);
  g_autoptr (ReunionTileSource) source = NULL;
  g_autofree guint32 *pixels = NULL;
  guint n_repaints = 0;

  tile_test_write_small (path);
  source = open_source (path, REUNION_DATUM_WGS84);
  g_signal_connect_swapped (source, "repaint", G_CALLBACK (count_cb), &n_repaints);
  reunion_tile_source_set_dark (source, TRUE);
  reunion_tile_source_set_dark (source, TRUE);
  g_assert_cmpuint (n_repaints, ==, 1);
  pixels = fill_tile (source, 0, 0, 0);
  g_assert_cmpuint (pixels[0] >> 24, ==, 0xff);
  g_assert_cmpuint (pixels[0] >> 16 & 0xff, >, 0x80);
  g_assert_cmpuint (pixels[0] >> 16 & 0xff, <, 0xd0);
  map_test_remove_folder (folder);
}

static void
test_cancelled (void)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.mbtiles", NULL);
  ReunionTileSource *source;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Fill fills[60] = { 0 };

  tile_test_write_small (path);
  source = open_source (path, REUNION_DATUM_GCJ02);
  for (guint i = 0; i < G_N_ELEMENTS (fills); i++)
    {
      g_autoptr (ShumateTile) tile
          = g_object_ref_sink (shumate_tile_new_full ((int) (i % 8), (int) (i / 8), SIDE, 3));

      shumate_map_source_fill_tile_async (SHUMATE_MAP_SOURCE (source), tile,
                                          i % 3 == 0 ? cancellable : NULL, filled_cb, &fills[i]);
    }
  g_cancellable_cancel (cancellable);
  /* It lives as long as what it was asked for. */
  g_object_add_weak_pointer (G_OBJECT (source), (gpointer *) &source);
  g_object_unref (source);
  while (source != NULL)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  for (guint i = 0; i < G_N_ELEMENTS (fills); i++)
    {
      g_assert_true (fills[i].is_done);
      if (i % 3 == 0)
        g_assert_error (fills[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_true (fills[i].is_filled);
      g_clear_error (&fills[i].error);
    }
  map_test_remove_folder (folder);
}

/* --- what goes wrong, and comes right ------------------------------------------------- */

/* A tile that is no picture is said; when the file is mended it shows by itself. */
static void
test_recovers (void)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.mbtiles", NULL);
  g_autoptr (ReunionTileSource) source = NULL;
  g_autofree guint32 *mended = NULL;
  guint n_repaints = 0;

  tile_test_write_small (path);
  map_test_run_sql (path, "CREATE TABLE kept AS SELECT * FROM tiles;"
                          "UPDATE tiles SET tile_data = 'none' WHERE zoom_level = 1");
  source = open_source (path, REUNION_DATUM_WGS84);
  g_signal_connect_swapped (source, "repaint", G_CALLBACK (count_cb), &n_repaints);
  reunion_tile_source_set_retry_ms (source, 20);
  g_assert_null (fill_tile (source, 1, 0, 0));
  g_assert_nonnull (reunion_tile_source_get_problem (source));
  g_assert_null (fill_tile (source, 1, 1, 0));
  for (guint i = 0; i < 3; i++)
    {
      g_autofree guint32 *sound = fill_tile (source, 2, i, 0);

      g_assert_nonnull (sound);
    }
  g_assert_nonnull (reunion_tile_source_get_problem (source));
  g_assert_cmpuint (n_repaints, ==, 0);

  map_test_run_sql (path, "UPDATE tiles SET tile_data = (SELECT tile_data FROM kept WHERE"
                          " zoom_level = 1 LIMIT 1) WHERE zoom_level = 1");
  while (reunion_tile_source_get_problem (source) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_repaints, ==, 1);
  mended = fill_tile (source, 1, 0, 0);
  g_assert_nonnull (mended);
  map_test_remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/tile-source/crosses/wgs84", GUINT_TO_POINTER (REUNION_DATUM_WGS84),
                        test_crosses);
  g_test_add_data_func ("/tile-source/crosses/gcj02", GUINT_TO_POINTER (REUNION_DATUM_GCJ02),
                        test_crosses);
  g_test_add_data_func ("/tile-source/crosses/bd09", GUINT_TO_POINTER (REUNION_DATUM_BD09),
                        test_crosses);
  g_test_add_func ("/tile-source/wrong-datum", test_wrong_datum);
  g_test_add_func ("/tile-source/edge-of-the-box", test_edge_of_the_box);
  g_test_add_func ("/tile-source/zooms", test_zooms);
  g_test_add_func ("/tile-source/dark", test_dark);
  g_test_add_func ("/tile-source/cancelled", test_cancelled);
  g_test_add_func ("/tile-source/recovers", test_recovers);
  return g_test_run ();
}
