/* test-map-view.c: the map in a real window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-map-view.h"

#include <math.h>
#include <string.h>

#include "map-test-files.h"
#include "map-test-window.h"
#include "reunion-map-palette.h"

static const ReunionPoint zhijin = { 26.667, 105.768 };
static const ReunionRing national[] = {
  { 100.0, "100 km", TRUE },
  { 200.0, "200 km", TRUE },
  { 300.0, "300 km", FALSE },
  { 500.0, "500 km", FALSE },
};

static void
test_tiles_come_up_painted (MapTestWindow *fixture, gconstpointer data)
{
  g_autofree guint32 *pixels = NULL;
  guint n_quarters = 0;

  reunion_map_view_go_to (fixture->view, zhijin, 6.0);
  map_test_window_settle (fixture);
  pixels = map_test_take_pixels (fixture->view);
  g_assert_cmpuint (map_test_count_colours (pixels), >, 100);
  /* In every quarter of the view, not in one tile only. */
  for (int quarter = 0; quarter < 4; quarter++)
    {
      g_autoptr (GHashTable) colours = g_hash_table_new (NULL, NULL);

      for (int y = 0; y < MAP_TEST_HEIGHT / 2; y++)
        for (int x = 0; x < MAP_TEST_WIDTH / 2; x++)
          g_hash_table_add (
              colours,
              GUINT_TO_POINTER (pixels[(y + quarter / 2 * MAP_TEST_HEIGHT / 2) * MAP_TEST_WIDTH + x
                                       + quarter % 2 * MAP_TEST_WIDTH / 2]));
      n_quarters += g_hash_table_size (colours) > 40;
    }
  g_assert_cmpuint (n_quarters, ==, 4);
}

static void
test_rings (MapTestWindow *fixture, gconstpointer data)
{
  g_autofree guint32 *bare = NULL;
  g_autofree guint32 *ringed = NULL;
  g_autofree guint32 *cleared = NULL;

  reunion_map_view_fit_circle (fixture->view, zhijin, 500.0);
  map_test_window_settle (fixture);
  bare = map_test_take_pixels (fixture->view);
  reunion_map_view_set_centre_and_rings (fixture->view, zhijin, national, 4);
  map_test_window_settle (fixture);
  ringed = map_test_take_pixels (fixture->view);
  reunion_map_view_clear_rings (fixture->view);
  map_test_window_settle (fixture);
  cleared = map_test_take_pixels (fixture->view);
  g_assert_cmpuint (map_test_count_differences (bare, ringed), >, 5000);
  g_assert_cmpuint (map_test_count_differences (bare, cleared), ==, 0);
}

/* The line crosses the screen where the geodesic says. */
static void
test_ring_on_the_screen (MapTestWindow *fixture, gconstpointer data)
{
  const ReunionRing one = { 200.0, NULL, TRUE };
  g_autofree guint32 *bare = NULL;
  g_autofree guint32 *ringed = NULL;
  double world_px;
  ReunionMercator middle;

  reunion_map_view_fit_circle (fixture->view, zhijin, 200.0);
  map_test_window_settle (fixture);
  bare = map_test_take_pixels (fixture->view);
  reunion_map_view_set_centre_and_rings (fixture->view, zhijin, &one, 1);
  map_test_window_settle (fixture);
  ringed = map_test_take_pixels (fixture->view);
  middle = reunion_mercator_project (reunion_map_view_get_centre (fixture->view));
  world_px = REUNION_TILE_SIZE * exp2 (reunion_map_view_get_zoom (fixture->view));
  for (double bearing = 0.0; bearing < 360.0; bearing += 15.0)
    for (double off_km = -8.0; off_km <= 8.0; off_km += 8.0)
      {
        ReunionMercator at = reunion_mercator_project (
            reunion_geodesy_destination (zhijin, bearing, 200.0 + off_km));
        int x = (int) floor ((at.x - middle.x) * world_px + MAP_TEST_WIDTH / 2.0);
        int y = (int) floor ((at.y - middle.y) * world_px + MAP_TEST_HEIGHT / 2.0);
        gsize i = (gsize) y * MAP_TEST_WIDTH + (gsize) x;

        g_assert_cmpint (x, >=, 0);
        g_assert_cmpint (x, <, MAP_TEST_WIDTH);
        /* Outside nothing, inside the fill, on the line the line. */
        if (off_km > 0.0)
          g_assert_cmphex (ringed[i], ==, bare[i]);
        else
          g_assert_cmphex (ringed[i], !=, bare[i]);
      }
}

static void
test_tips (MapTestWindow *fixture, gconstpointer data)
{
  const ReunionTipSpot tips[] = {
    { "a", { 26.667, 105.768 }, REUNION_TIP_MARK_NEW, "A" },
    { "b", { 26.59, 106.7 }, REUNION_TIP_MARK_CREDIBLE, "B" },
    { "nowhere", { 126.0, 105.0 }, REUNION_TIP_MARK_NEW, "N" },
  };
  g_autofree guint32 *bare = NULL;
  g_autofree guint32 *with_tips = NULL;
  g_autofree guint32 *selected = NULL;
  g_autofree char *property = NULL;

  reunion_map_view_go_to (fixture->view, zhijin, 8.0);
  map_test_window_settle (fixture);
  bare = map_test_take_pixels (fixture->view);
  reunion_map_view_set_tips (fixture->view, tips, G_N_ELEMENTS (tips));
  map_test_window_settle (fixture);
  with_tips = map_test_take_pixels (fixture->view);
  g_assert_cmpuint (map_test_count_differences (bare, with_tips), >, 100);
  reunion_map_view_set_selected_tip (fixture->view, "b");
  g_assert_cmpstr (reunion_map_view_get_selected_tip (fixture->view), ==, "b");
  g_object_get (fixture->view, "selected-tip", &property, NULL);
  g_assert_cmpstr (property, ==, "b");
  map_test_window_settle (fixture);
  selected = map_test_take_pixels (fixture->view);
  g_assert_cmpuint (map_test_count_differences (with_tips, selected), >, 100);

  /* A click on a tip tells which. */
  map_test_window_click (fixture, MAP_TEST_WIDTH / 2, MAP_TEST_HEIGHT / 2, 0);
  g_assert_cmpstr (fixture->activated, ==, "a");
  reunion_map_view_set_tips (fixture->view, NULL, 0);
  g_clear_pointer (&fixture->activated, g_free);
  map_test_window_click (fixture, MAP_TEST_WIDTH / 2, MAP_TEST_HEIGHT / 2, 0);
  g_assert_null (fixture->activated);
  g_assert_cmpuint (fixture->n_picked, ==, 0);
}

static void
test_cluster_comes_nearer (MapTestWindow *fixture, gconstpointer data)
{
  ReunionTipSpot tips[40];
  double zoom;

  for (gsize i = 0; i < G_N_ELEMENTS (tips); i++)
    tips[i] = (ReunionTipSpot){
      "t", { zhijin.lat_deg + 0.002 * (double) i, zhijin.lon_deg }, REUNION_TIP_MARK_NEW, NULL
    };
  reunion_map_view_go_to (fixture->view, zhijin, 7.0);
  reunion_map_view_set_tips (fixture->view, tips, G_N_ELEMENTS (tips));
  map_test_window_settle (fixture);
  zoom = reunion_map_view_get_zoom (fixture->view);
  map_test_window_click (fixture, MAP_TEST_WIDTH / 2, MAP_TEST_HEIGHT / 2, 0);
  g_assert_null (fixture->activated);
  g_assert_cmpfloat (reunion_map_view_get_zoom (fixture->view), ==, zoom + 2.0);
}

static void
test_pick (MapTestWindow *fixture, gconstpointer data)
{
  static const struct
  {
    ReunionPoint middle;
    double zoom;
    int x, y;
  } clicks[] = {
    { { 26.667, 105.768 }, 8.0, 450, 320 }, { { 26.667, 105.768 }, 11.0, 100, 500 },
    { { 37.74, 115.69 }, 9.0, 700, 90 },    { { 45.0, 179.9 }, 6.0, 800, 320 },
    { { -30.0, -179.9 }, 5.0, 60, 200 },
  };

  reunion_map_view_set_pick_mode (fixture->view, TRUE);
  g_assert_true (reunion_map_view_get_pick_mode (fixture->view));
  for (gsize i = 0; i < G_N_ELEMENTS (clicks); i++)
    {
      ReunionPoint expected;
      double km_per_px;

      reunion_map_view_go_to (fixture->view, clicks[i].middle, clicks[i].zoom);
      map_test_window_settle (fixture);
      expected = map_test_window_point_at (fixture, clicks[i].x, clicks[i].y);
      expected.lon_deg = reunion_geodesy_wrap_longitude (expected.lon_deg);
      map_test_window_click (fixture, clicks[i].x, clicks[i].y, 0);
      g_assert_cmpuint (fixture->n_picked, ==, i + 1);
      km_per_px = 40075.017 / (REUNION_TILE_SIZE * exp2 (clicks[i].zoom));
      g_assert_true (reunion_point_is_valid (fixture->picked));
      g_assert_cmpfloat (reunion_geodesy_distance_km (fixture->picked, expected), <,
                         1.5 * km_per_px);
    }
}

static void
test_pick_under_a_tip (MapTestWindow *fixture, gconstpointer data)
{
  const ReunionTipSpot tip = { "a", zhijin, REUNION_TIP_MARK_NEW, "A" };

  reunion_map_view_go_to (fixture->view, zhijin, 9.0);
  reunion_map_view_set_tips (fixture->view, &tip, 1);
  reunion_map_view_set_pick_mode (fixture->view, TRUE);
  map_test_window_settle (fixture);
  map_test_window_click (fixture, MAP_TEST_WIDTH / 2, MAP_TEST_HEIGHT / 2, 0);
  g_assert_cmpuint (fixture->n_picked, ==, 1);
  g_assert_null (fixture->activated);
}

static void
test_drag_picks_nothing (MapTestWindow *fixture, gconstpointer data)
{
  ReunionPoint before;

  reunion_map_view_go_to (fixture->view, zhijin, 8.0);
  reunion_map_view_set_pick_mode (fixture->view, TRUE);
  map_test_window_settle (fixture);
  before = reunion_map_view_get_centre (fixture->view);
  map_test_window_click (fixture, 300, 300, 80);
  g_assert_cmpuint (fixture->n_picked, ==, 0);
  g_assert_cmpfloat (reunion_map_view_get_centre (fixture->view).lon_deg, <, before.lon_deg);

  reunion_map_view_set_pick_mode (fixture->view, FALSE);
  map_test_window_click (fixture, 300, 300, 0);
  g_assert_cmpuint (fixture->n_picked, ==, 0);
}

static void
test_description (MapTestWindow *fixture, gconstpointer data)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (fixture->view);

  g_assert_cmpint (gtk_accessible_get_accessible_role (accessible), ==, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "Map");
  reunion_map_view_set_description (fixture->view, "Zhijin; 200 km reached; 3 tips");
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Zhijin; 200 km reached; 3 tips");
  reunion_map_view_set_description (fixture->view, NULL);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");
}

static const struct
{
  const char *name;
  ReunionPoint centre;
  double radius_km;
} fits[] = {
  { "100", { 26.667, 105.768 }, 100.0 }, { "500", { 26.667, 105.768 }, 500.0 },
  { "north", { 53.0, 122.0 }, 500.0 },   { "across-180", { 60.0, 179.5 }, 500.0 },
  { "equator", { 0.0, -179.9 }, 300.0 },
};

static void
test_fit (MapTestWindow *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fits); i++)
    {
      ReunionMercator middle;
      double world_px;
      double reach = 0.0;

      reunion_map_view_fit_circle (fixture->view, fits[i].centre, fits[i].radius_km);
      map_test_window_settle (fixture);
      middle = reunion_mercator_project (reunion_map_view_get_centre (fixture->view));
      world_px = REUNION_TILE_SIZE * exp2 (reunion_map_view_get_zoom (fixture->view));
      g_assert_cmpfloat (reunion_map_view_get_zoom (fixture->view), ==,
                         floor (reunion_map_view_get_zoom (fixture->view)));
      for (double bearing = 0.0; bearing < 360.0; bearing += 10.0)
        {
          ReunionMercator at = reunion_mercator_project (
              reunion_geodesy_destination (fits[i].centre, bearing, fits[i].radius_km));
          double x = remainder (at.x - middle.x, 1.0) * world_px;
          double y = (at.y - middle.y) * world_px;

          g_assert_cmpfloat (fabs (x), <=, MAP_TEST_WIDTH / 2.0);
          g_assert_cmpfloat (fabs (y), <=, MAP_TEST_HEIGHT / 2.0);
          reach = MAX (reach,
                       MAX (fabs (x) / (MAP_TEST_WIDTH / 2.0), fabs (y) / (MAP_TEST_HEIGHT / 2.0)));
        }
      /* Whole, and as near as a whole zoom level allows. */
      g_assert_cmpfloat (reach, >, 0.4);
    }
}

static void
test_fit_points (MapTestWindow *fixture, gconstpointer data)
{
  const ReunionPoint points[] = { { 52.0, 179.0 }, { 55.0, -178.0 }, { 53.0, -179.5 } };
  ReunionPoint centre;

  reunion_map_view_fit_points (fixture->view, points, G_N_ELEMENTS (points));
  map_test_window_settle (fixture);
  centre = reunion_map_view_get_centre (fixture->view);
  g_assert_cmpfloat (fabs (centre.lon_deg), >, 178.0);
  g_assert_cmpfloat (reunion_map_view_get_zoom (fixture->view), >=, 6.0);
  reunion_map_view_fit_points (fixture->view, NULL, 0);
  g_assert_cmpfloat (reunion_map_view_get_centre (fixture->view).lat_deg, ==, centre.lat_deg);
}

/* A fit that is asked for before there is a size, and a place, and both. */
static void
test_before_a_size (void)
{
  g_autofree char *path = map_test_shipped ();

  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *window = gtk_window_new ();
      ReunionMapView *view = g_object_new (REUNION_TYPE_MAP_VIEW, NULL);

      if (i != 1)
        reunion_map_view_fit_circle (view, zhijin, 100.0);
      if (i != 0)
        reunion_map_view_go_to (view, (ReunionPoint){ 37.74, 115.69 }, 9.0);
      g_assert_true (reunion_map_view_set_base_map (view, path, NULL));
      gtk_window_set_default_size (GTK_WINDOW (window), MAP_TEST_WIDTH, MAP_TEST_HEIGHT);
      gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
      gtk_window_present (GTK_WINDOW (window));
      map_test_settle_view (view);
      g_assert_cmpfloat_with_epsilon (reunion_map_view_get_centre (view).lat_deg,
                                      i == 0 ? zhijin.lat_deg : 37.74, 0.01);
      if (i != 0)
        g_assert_cmpfloat (reunion_map_view_get_zoom (view), ==, 9.0);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
test_dark (MapTestWindow *fixture, gconstpointer data)
{
  g_autofree guint32 *day = NULL;
  g_autofree guint32 *night = NULL;
  g_autofree guint32 *day_again = NULL;
  gboolean dark = FALSE;

  reunion_map_view_go_to (fixture->view, zhijin, 5.0);
  map_test_window_settle (fixture);
  day = map_test_take_pixels (fixture->view);
  g_object_set (fixture->view, "dark", TRUE, NULL);
  g_object_get (fixture->view, "dark", &dark, NULL);
  g_assert_true (dark);
  g_assert_true (reunion_base_map_source_get_dark (reunion_map_view_get_source (fixture->view)));
  map_test_window_settle (fixture);
  night = map_test_take_pixels (fixture->view);
  reunion_map_view_set_dark (fixture->view, FALSE);
  map_test_window_settle (fixture);
  day_again = map_test_take_pixels (fixture->view);
  g_assert_cmpfloat (map_test_mean_brightness (day), >, 190.0);
  g_assert_cmpfloat (map_test_mean_brightness (night), <, 80.0);
  g_assert_cmpuint (map_test_count_colours (night), >, 100);
  g_assert_cmpuint (map_test_count_differences (day, day_again), ==, 0);
}

/* What is on the screen is what is in the tiles, pixel by pixel: between whole
 * pixels a line shows along every edge. */
static void
check_against_tiles (MapTestWindow *fixture)
{
  ReunionMapView *view = fixture->view;
  g_autofree guint32 *pixels = map_test_take_pixels (fixture->view);
  ReunionMercator middle = reunion_mercator_project (reunion_map_view_get_centre (view));
  guint zoom = (guint) reunion_map_view_get_zoom (view);
  double world_px = REUNION_TILE_SIZE * exp2 (zoom);
  gint64 left = (gint64) round (middle.x * world_px - MAP_TEST_WIDTH / 2.0);
  gint64 top = (gint64) round (middle.y * world_px - MAP_TEST_HEIGHT / 2.0);
  gsize n_wrong = 0;

  for (gint64 ty = top / REUNION_TILE_SIZE; ty <= (top + MAP_TEST_HEIGHT - 1) / REUNION_TILE_SIZE;
       ty++)
    for (gint64 tx = left / REUNION_TILE_SIZE;
         tx <= (left + MAP_TEST_WIDTH - 1) / REUNION_TILE_SIZE; tx++)
      {
        cairo_surface_t *tile = reunion_base_map_source_paint (reunion_map_view_get_source (view),
                                                               zoom, (guint) tx, (guint) ty, NULL);
        const guint8 *data = cairo_image_surface_get_data (tile);
        int stride = cairo_image_surface_get_stride (tile);

        for (int y = 0; y < REUNION_TILE_SIZE; y++)
          for (int x = 0; x < REUNION_TILE_SIZE; x++)
            {
              gint64 sx = tx * REUNION_TILE_SIZE + x - left;
              gint64 sy = ty * REUNION_TILE_SIZE + y - top;

              /* Clear of the buttons, the scale and the small print. */
              if (sx < 0 || sy < 0 || sx >= MAP_TEST_WIDTH - 80 || sy >= MAP_TEST_HEIGHT - 60)
                continue;
              n_wrong
                  += memcmp (data + y * stride + 4 * x, &pixels[sy * MAP_TEST_WIDTH + sx], 4) != 0;
            }
        cairo_surface_destroy (tile);
      }
  g_assert_cmpuint (n_wrong, ==, 0);
}

static void
test_no_seams (MapTestWindow *fixture, gconstpointer data)
{
  static const ReunionPoint spots[] = { { 41.3, 90.7 }, { 18.4, 132.37 }, { 65.123, 110.456 } };

  reunion_map_view_set_dark (fixture->view, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (spots); i++)
    {
      reunion_map_view_go_to (fixture->view, spots[i], 9.0);
      map_test_window_settle (fixture);
      check_against_tiles (fixture);
    }
  /* Nor where the map was left by the hand, or another zoom. */
  shumate_map_center_on (map_test_find_map (GTK_WIDGET (fixture->view)), 30.00123, 110.00321);
  map_test_window_settle (fixture);
  check_against_tiles (fixture);
  shumate_viewport_set_zoom_level (
      shumate_map_get_viewport (map_test_find_map (GTK_WIDGET (fixture->view))), 7.0);
  map_test_window_settle (fixture);
  check_against_tiles (fixture);
}

/* The world ends in the north with sea, in the south with land: libshumate
 * would go on with the other end. */
static void
test_edges (MapTestWindow *fixture, gconstpointer data)
{
  const ReunionMapPalette *palette = reunion_map_palette_get (FALSE);
  const struct
  {
    double lat_deg;
    int y;
    ReunionColour colour;
  } edges[] = {
    { 84.9, 40, palette->sea },
    { -84.9, MAP_TEST_HEIGHT - 80, palette->land },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      g_autofree guint32 *pixels = NULL;
      guint32 expected = 0xff000000u | (guint32) lround (edges[i].colour.r * 255.0) << 16
                         | (guint32) lround (edges[i].colour.g * 255.0) << 8
                         | (guint32) lround (edges[i].colour.b * 255.0);

      reunion_map_view_go_to (fixture->view, (ReunionPoint){ edges[i].lat_deg, 30.0 }, 4.0);
      map_test_window_settle (fixture);
      pixels = map_test_take_pixels (fixture->view);
      for (gsize x = 0; x < MAP_TEST_WIDTH - 80; x++)
        g_assert_cmphex (pixels[(gsize) edges[i].y * MAP_TEST_WIDTH + x], ==, expected);
    }
}

static void
test_without_a_map (void)
{
  GtkWidget *window = gtk_window_new ();
  ReunionMapView *view = reunion_map_view_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = map_test_shipped ();

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
  gtk_window_present (GTK_WINDOW (window));
  map_test_settle_view (view);
  g_assert_false (reunion_base_map_source_has_map (reunion_map_view_get_source (view)));
  reunion_map_view_set_centre_and_rings (view, zhijin, national, 4);
  map_test_settle_view (view);
  g_assert_false (reunion_map_view_set_base_map (view, "/nonexistent/map.sqlite", &error));
  g_assert_error (error, REUNION_BASE_MAP_ERROR, REUNION_BASE_MAP_ERROR_ABSENT);
  g_clear_error (&error);
  /* One that works takes over, and leaves the view where it was. */
  reunion_map_view_go_to (view, zhijin, 8.0);
  g_assert_true (reunion_map_view_set_base_map (view, path, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (reunion_map_view_get_zoom (view), ==, 8.0);
  map_test_settle_view (view);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_find_base_map (void)
{
  g_autofree char *shipped = map_test_shipped ();
  const char *const paths[] = { "/nonexistent/map.sqlite", shipped, NULL };
  g_autofree char *found = NULL;
  g_autofree char *chosen = NULL;

  g_unsetenv (REUNION_BASE_MAP_ENV);
  found = reunion_map_view_find_base_map (paths);
  g_assert_cmpstr (found, ==, shipped);
  g_assert_null (reunion_map_view_find_base_map (NULL));
  g_setenv (REUNION_BASE_MAP_ENV, "/another/map.sqlite", TRUE);
  chosen = reunion_map_view_find_base_map (paths);
  g_assert_cmpstr (chosen, ==, "/another/map.sqlite");
  g_unsetenv (REUNION_BASE_MAP_ENV);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/map-view/" name, MapTestWindow, NULL, map_test_window_set_up, func,                \
              map_test_window_tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  ADD ("tiles-come-up-painted", test_tiles_come_up_painted);
  ADD ("rings", test_rings);
  ADD ("ring-on-the-screen", test_ring_on_the_screen);
  ADD ("tips", test_tips);
  ADD ("cluster-comes-nearer", test_cluster_comes_nearer);
  ADD ("pick", test_pick);
  ADD ("pick-under-a-tip", test_pick_under_a_tip);
  ADD ("drag-picks-nothing", test_drag_picks_nothing);
  ADD ("description", test_description);
  ADD ("fit", test_fit);
  ADD ("fit-points", test_fit_points);
  ADD ("dark", test_dark);
  ADD ("no-seams", test_no_seams);
  ADD ("edges", test_edges);
  g_test_add_func ("/map-view/before-a-size", test_before_a_size);
  g_test_add_func ("/map-view/without-a-map", test_without_a_map);
  g_test_add_func ("/map-view/find-base-map", test_find_base_map);
  return g_test_run ();
}
