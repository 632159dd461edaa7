/* test-base-map-source.c: the base map as painted tiles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-base-map-source.h"

#include <math.h>
#include <string.h>

#include "map-test-files.h"
#include "reunion-map-palette.h"
#include "reunion-mercator.h"

static ReunionBaseMapSource *
new_shipped (void)
{
  g_autofree char *path = map_test_shipped ();
  g_autoptr (GError) error = NULL;
  ReunionBaseMapSource *source = reunion_base_map_source_new (path, &error);

  g_assert_no_error (error);
  g_assert_true (reunion_base_map_source_has_map (source));
  reunion_base_map_source_set_latin (source, FALSE);
  return source;
}

static cairo_surface_t *
paint_at (ReunionBaseMapSource *source, guint zoom, ReunionPoint point)
{
  ReunionMercator at = reunion_mercator_project (point);
  double n = exp2 (zoom);
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface = reunion_base_map_source_paint (source, zoom, (guint) (at.x * n),
                                                            (guint) (at.y * n), &error);

  g_assert_no_error (error);
  return surface;
}

static guint32
pixel (cairo_surface_t *surface, int x, int y)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  guint32 value;

  memcpy (&value, data + y * cairo_image_surface_get_stride (surface) + 4 * x, sizeof value);
  return value;
}

/* How many of the pixels around @point have the colour. */
static guint
count_around (ReunionBaseMapSource *source, guint zoom, ReunionPoint point, guint32 colour)
{
  ReunionMercator at = reunion_mercator_project (point);
  double n = exp2 (zoom);
  cairo_surface_t *surface = paint_at (source, zoom, point);
  int left = (int) ((at.x * n - floor (at.x * n)) * REUNION_TILE_SIZE);
  int top = (int) ((at.y * n - floor (at.y * n)) * REUNION_TILE_SIZE);
  guint count = 0;

  for (int y = MAX (top - 5, 0); y <= MIN (top + 5, REUNION_TILE_SIZE - 1); y++)
    for (int x = MAX (left - 5, 0); x <= MIN (left + 5, REUNION_TILE_SIZE - 1); x++)
      count += pixel (surface, x, y) == colour;
  cairo_surface_destroy (surface);
  return count;
}

static guint32
colour_value (ReunionColour colour)
{
  return 0xff000000u | (guint32) lround (colour.r * 255.0) << 16
         | (guint32) lround (colour.g * 255.0) << 8 | (guint32) lround (colour.b * 255.0);
}

static gboolean
surfaces_equal (cairo_surface_t *a, cairo_surface_t *b)
{
  return cairo_image_surface_get_height (a) == cairo_image_surface_get_height (b)
         && cairo_image_surface_get_stride (a) == cairo_image_surface_get_stride (b)
         && memcmp (cairo_image_surface_get_data (a), cairo_image_surface_get_data (b),
                    (gsize) cairo_image_surface_get_stride (a)
                        * (gsize) cairo_image_surface_get_height (a))
                == 0;
}

static guint
count_colours (cairo_surface_t *surface)
{
  g_autoptr (GHashTable) colours = g_hash_table_new (NULL, NULL);

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      g_hash_table_add (colours, GUINT_TO_POINTER (pixel (surface, x, y)));
  return g_hash_table_size (colours);
}

/* Well inside land or water. */
static const struct
{
  const char *name;
  ReunionPoint point;
  gboolean land;
} grounds[] = {
  { "guizhou", { 26.4, 105.4 }, TRUE },
  { "hebei", { 37.4, 115.0 }, TRUE },
  { "hainan", { 19.1, 109.8 }, TRUE },
  { "taiwan", { 24.2, 120.95 }, TRUE },
  { "siberia", { 66.5, 100.5 }, TRUE },
  { "yakutia", { 68.5, 140.2 }, TRUE },
  { "chukotka-east-of-180", { 67.0, -178.2 }, TRUE },
  { "chukotka-west-of-180", { 67.0, 178.2 }, TRUE },
  { "chukotka-on-180", { 67.5, -179.99 }, TRUE },
  { "antarctica", { -80.0, 20.2 }, TRUE },
  { "caspian-sea", { 40.1, 51.0 }, FALSE },
  { "east-china-sea", { 29.2, 126.3 }, FALSE },
  { "south-china-sea", { 12.3, 113.1 }, FALSE },
  { "bering-strait-of-the-arctic", { 73.2, -170.3 }, FALSE },
  { "chukchi-sea", { 71.6, 171.3 }, FALSE },
  { "bering-sea", { 58.2, 175.2 }, FALSE },
  { "pacific-on-180", { 40.2, 179.9 }, FALSE },
  { "north-of-fiji", { -12.3, 179.6 }, FALSE },
};

static void
test_ground (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ReunionBaseMapSource) source = new_shipped ();

  for (guint dark = 0; dark < 2; dark++)
    {
      const ReunionMapPalette *palette = reunion_map_palette_get (dark);
      guint32 right = colour_value (grounds[i].land ? palette->land : palette->sea);
      guint32 wrong = colour_value (grounds[i].land ? palette->sea : palette->land);

      reunion_base_map_source_set_dark (source, dark);
      /* One zoom of each band. A name or a shore may be near. */
      for (guint zoom = 3; zoom <= 9; zoom += 2)
        {
          guint n_right = count_around (source, zoom, grounds[i].point, right);
          guint n_wrong = count_around (source, zoom, grounds[i].point, wrong);

          if (n_right <= 4 * n_wrong)
            g_error ("zoom %u: %u pixels as expected, %u of the other", zoom, n_right, n_wrong);
        }
    }
}

static void
test_looks_differ (void)
{
  g_autoptr (ReunionBaseMapSource) source = new_shipped ();
  const ReunionPoint guizhou = { 26.6, 106.0 };
  cairo_surface_t *day = paint_at (source, 7, guizhou);
  cairo_surface_t *again = paint_at (source, 7, guizhou);
  cairo_surface_t *night, *latin, *sharp;

  g_assert_cmpint (cairo_image_surface_get_format (day), ==, CAIRO_FORMAT_ARGB32);
  g_assert_cmpint (cairo_image_surface_get_width (day), ==, REUNION_TILE_SIZE);
  g_assert_cmpint (cairo_image_surface_get_height (day), ==, REUNION_TILE_SIZE);
  g_assert_cmpuint (count_colours (day), >, 20);
  g_assert_true (surfaces_equal (day, again));

  reunion_base_map_source_set_latin (source, TRUE);
  g_assert_true (reunion_base_map_source_get_latin (source));
  latin = paint_at (source, 7, guizhou);
  g_assert_false (surfaces_equal (day, latin));

  reunion_base_map_source_set_dark (source, TRUE);
  g_assert_true (reunion_base_map_source_get_dark (source));
  night = paint_at (source, 7, guizhou);
  g_assert_false (surfaces_equal (latin, night));

  reunion_base_map_source_set_scale (source, 2);
  sharp = paint_at (source, 7, guizhou);
  g_assert_cmpint (cairo_image_surface_get_width (sharp), ==, 2 * REUNION_TILE_SIZE);
  g_assert_cmpuint (count_colours (sharp), >, 20);
  cairo_surface_destroy (day);
  cairo_surface_destroy (again);
  cairo_surface_destroy (latin);
  cairo_surface_destroy (night);
  cairo_surface_destroy (sharp);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_repaint_on_change_only (void)
{
  g_autoptr (ReunionBaseMapSource) source = new_shipped ();
  guint count = 0;

  g_signal_connect_swapped (source, "repaint", G_CALLBACK (count_cb), &count);
  reunion_base_map_source_set_dark (source, FALSE);
  reunion_base_map_source_set_latin (source, FALSE);
  reunion_base_map_source_set_scale (source, 1);
  g_assert_cmpuint (count, ==, 0);
  reunion_base_map_source_set_dark (source, TRUE);
  reunion_base_map_source_set_latin (source, TRUE);
  reunion_base_map_source_set_scale (source, 3);
  reunion_base_map_source_set_scale (source, 4);
  reunion_base_map_source_set_scale (source, 99);
  g_assert_cmpuint (count, ==, 4);
}

/* Every tile of the low zooms, and the corners of the high ones. */
static void
test_every_tile_paints (void)
{
  g_autoptr (ReunionBaseMapSource) source = new_shipped ();

  for (guint zoom = 0; zoom <= REUNION_BASE_MAP_SOURCE_MAX_ZOOM; zoom++)
    {
      guint last = (1u << zoom) - 1;
      guint step = zoom <= 3 ? 1 : last;

      for (guint y = 0; y <= last; y += step)
        for (guint x = 0; x <= last; x += step)
          {
            g_autoptr (GError) error = NULL;
            cairo_surface_t *surface = reunion_base_map_source_paint (source, zoom, x, y, &error);

            g_assert_no_error (error);
            g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
            cairo_surface_destroy (surface);
          }
    }
}

static void
check_plain (ReunionBaseMapSource *source)
{
  g_autoptr (ReunionBaseMapSource) plain = reunion_base_map_source_new (NULL, NULL);

  g_assert_false (reunion_base_map_source_has_map (source));
  g_assert_cmpstr (reunion_base_map_source_get_attribution (source), ==, "");
  for (guint zoom = 2; zoom <= 12; zoom += 5)
    {
      cairo_surface_t *here = paint_at (source, zoom, (ReunionPoint){ 26.6, 106.0 });
      cairo_surface_t *there = paint_at (plain, zoom, (ReunionPoint){ 26.6, 106.0 });

      g_assert_true (surfaces_equal (here, there));
      g_assert_cmpuint (pixel (here, 200, 128) & 0xff000000u, ==, 0xff000000u);
      cairo_surface_destroy (here);
      cairo_surface_destroy (there);
    }
}

static void
test_no_map (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionBaseMapSource) source = reunion_base_map_source_new (NULL, &error);

  g_assert_no_error (error);
  check_plain (source);
}

static void
test_damage (gconstpointer data)
{
  const MapTestDamage *damage = data;
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionBaseMapSource) source = NULL;

  damage->make (path);
  source = reunion_base_map_source_new (path, &error);
  g_assert_error (error, REUNION_BASE_MAP_ERROR, damage->code);
  g_assert_nonnull (source);
  check_plain (source);
  map_test_remove_folder (folder);
}

/* Damage that only painting comes upon. */
static void
test_file_goes_bad (void)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = map_test_write_small (folder, "map.sqlite");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionBaseMapSource) source = NULL;
  cairo_surface_t *surface;

  map_test_run_sql (path, "UPDATE feature SET shape = x'01ff'");
  source = reunion_base_map_source_new (path, &error);
  g_assert_no_error (error);
  surface = reunion_base_map_source_paint (source, 7, 101, 54, &error);
  g_assert_error (error, REUNION_BASE_MAP_ERROR, REUNION_BASE_MAP_ERROR_FORMAT);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  map_test_remove_folder (folder);
}

static void
damage_bytes (guint8 *data, gsize *length, GRand *rand)
{
  guint how = (guint) g_rand_int_range (rand, 0, 5);
  guint n = (guint) g_rand_int_range (rand, 1, 12);

  if (how == 0)
    *length = (gsize) g_rand_int_range (rand, 0, (gint32) *length);
  for (guint i = 0; how > 0 && i < n; i++)
    {
      gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) *length);
      gsize run = (gsize) g_rand_int_range (rand, 1, 600);

      run = MIN (run, *length - at);
      if (how == 1)
        data[at] ^= (guint8) (1u << g_rand_int_range (rand, 0, 8));
      else if (how == 2)
        data[at] = (guint8) g_rand_int_range (rand, 0, 256);
      else if (how == 3)
        for (gsize k = 0; k < run; k++)
          data[at + k] = (guint8) g_rand_int_range (rand, 0, 256);
      else
        memset (data + at, i % 2 == 0 ? 0 : 0xff, run);
    }
}

/* Whatever comes of it is a map or a sentence, never a crash. The dice are
 * loaded: every run throws the same. */
static void
test_mutations (gconstpointer data)
{
  const guint n_rounds = 60;
  char *folder = map_test_new_folder ();
  g_autofree char *path = map_test_write_small (folder, "sound.sqlite");
  g_autofree char *broken = g_build_filename (folder, "broken.sqlite", NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data));
  g_autofree char *sound = NULL;
  gsize sound_length;

  g_assert_true (g_file_get_contents (path, &sound, &sound_length, NULL));
  for (guint round = 0; round < n_rounds; round++)
    {
      g_autofree guint8 *bytes = g_memdup2 (sound, sound_length);
      gsize length = sound_length;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) open_error = NULL;
      g_autoptr (ReunionBaseMapSource) source = NULL;
      g_autoptr (ReunionBaseMap) map = NULL;

      damage_bytes (bytes, &length, rand);
      g_assert_true (g_file_set_contents (broken, (const char *) bytes, (gssize) length, NULL));
      source = reunion_base_map_source_new (broken, &error);
      g_assert_nonnull (source);
      g_assert_true (reunion_base_map_source_has_map (source) == (error == NULL));
      if (error != NULL)
        g_assert_true (error->domain == REUNION_BASE_MAP_ERROR);
      for (guint zoom = 3; zoom <= 9; zoom += 3)
        {
          ReunionMercator at = reunion_mercator_project ((ReunionPoint){ 26.6, 106.0 });
          g_autoptr (GError) paint_error = NULL;
          cairo_surface_t *surface
              = reunion_base_map_source_paint (source, zoom, (guint) (at.x * exp2 (zoom)),
                                               (guint) (at.y * exp2 (zoom)), &paint_error);

          g_assert_nonnull (surface);
          if (paint_error != NULL)
            g_assert_true (paint_error->domain == REUNION_BASE_MAP_ERROR);
          cairo_surface_destroy (surface);
        }
      map = reunion_base_map_open (broken, &open_error);
      if (map != NULL)
        {
          g_autofree char *area = NULL;
          g_autoptr (GError) area_error = NULL;

          if (!reunion_base_map_area_at (map, (ReunionPoint){ 26.6, 106.0 }, &area, NULL, NULL,
                                         NULL, &area_error))
            g_assert_null (area);
        }
    }
  map_test_remove_folder (folder);
}

typedef struct
{
  guint n_done;
  guint n_filled;
  guint n_cancelled;
} Fills;

static void
filled_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Fills *fills = user_data;
  g_autoptr (GError) error = NULL;

  if (shumate_map_source_fill_tile_finish (SHUMATE_MAP_SOURCE (object), result, &error))
    fills->n_filled++;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fills->n_cancelled++;
  fills->n_done++;
}

static void
test_workers (void)
{
  const guint n_tiles = 48;
  ReunionBaseMapSource *source = new_shipped ();
  g_autoptr (GPtrArray) tiles = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Fills fills = { 0 };

  for (guint i = 0; i < n_tiles; i++)
    {
      ShumateTile *tile
          = shumate_tile_new_full (48 + (int) (i % 8), 24 + (int) (i / 8), REUNION_TILE_SIZE, 6);

      g_object_ref_sink (tile);
      g_ptr_array_add (tiles, tile);
      shumate_map_source_fill_tile_async (SHUMATE_MAP_SOURCE (source), tile,
                                          i % 4 == 3 ? cancellable : NULL, filled_cb, &fills);
    }
  g_cancellable_cancel (cancellable);
  /* Nobody else holds it: it lives as long as its errands do. */
  g_object_add_weak_pointer (G_OBJECT (source), (gpointer *) &source);
  g_object_unref (source);
  while (fills.n_done < n_tiles)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fills.n_filled, ==, n_tiles - n_tiles / 4);
  g_assert_cmpuint (fills.n_cancelled, ==, n_tiles / 4);
  for (guint i = 0; i < n_tiles; i++)
    {
      ShumateTile *tile = g_ptr_array_index (tiles, i);
      GdkPaintable *paintable = shumate_tile_get_paintable (tile);

      if (i % 4 == 3)
        continue;
      g_assert_cmpint (shumate_tile_get_state (tile), ==, SHUMATE_STATE_DONE);
      g_assert_cmpint (gdk_paintable_get_intrinsic_width (paintable), ==, REUNION_TILE_SIZE);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (source);
}

static void
add_case (const char *group, const char *name, gconstpointer data, GTestDataFunc func)
{
  g_autofree char *path = g_strdup_printf ("/base-map-source/%s/%s", group, name);

  g_test_add_data_func (path, data, func);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (grounds); i++)
    add_case ("ground", grounds[i].name, GSIZE_TO_POINTER (i), test_ground);
  g_test_add_func ("/base-map-source/looks-differ", test_looks_differ);
  g_test_add_func ("/base-map-source/repaint-on-change-only", test_repaint_on_change_only);
  g_test_add_func ("/base-map-source/every-tile-paints", test_every_tile_paints);
  g_test_add_func ("/base-map-source/no-map", test_no_map);
  for (gsize i = 0; i < map_test_n_damages; i++)
    add_case ("damage", map_test_damages[i].name, &map_test_damages[i], test_damage);
  g_test_add_func ("/base-map-source/file-goes-bad", test_file_goes_bad);
  for (guint seed = 1; seed <= 5; seed++)
    {
      g_autofree char *name = g_strdup_printf ("%u", seed);

      add_case ("mutations", name, GUINT_TO_POINTER (seed), test_mutations);
    }
  g_test_add_func ("/base-map-source/workers", test_workers);
  return g_test_run ();
}
