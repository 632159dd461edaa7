/* test-map-view.c: the map in a real window
 *
 * Needs a display without a window manager, so that the window's corner is the
 * screen's, and xdotool to move the pointer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-map-view.h"

#include <math.h>
#include <string.h>

#include "map-test-files.h"

#define WIDTH 900
#define HEIGHT 640

static const ReunionPoint zhijin = { 26.667, 105.768 };
static const ReunionRing national[] = {
  { 100.0, "100 km", TRUE },
  { 200.0, "200 km", TRUE },
  { 300.0, "300 km", FALSE },
  { 500.0, "500 km", FALSE },
};

typedef struct
{
  GtkWidget *window;
  ReunionMapView *view;
  guint n_picked;
  ReunionPoint picked;
  char *activated;
} Fixture;

static void
picked_cb (Fixture *fixture, double lat_deg, double lon_deg)
{
  fixture->n_picked++;
  fixture->picked = (ReunionPoint){ lat_deg, lon_deg };
}

static void
activated_cb (Fixture *fixture, const char *id)
{
  g_free (fixture->activated);
  fixture->activated = g_strdup (id);
}

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
iterate (guint msec)
{
  gboolean over = FALSE;

  g_timeout_add_full (G_PRIORITY_LOW, msec, wake_cb, &over, NULL);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static ShumateMap *
find_map (GtkWidget *widget)
{
  if (SHUMATE_IS_MAP (widget))
    return SHUMATE_MAP (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      ShumateMap *map = find_map (child);

      if (map != NULL)
        return map;
    }
  return NULL;
}

/* All zero before the first frame. */
static guint32 *
take_pixels (ReunionMapView *view)
{
  GtkWidget *widget = GTK_WIDGET (view);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guint32 *pixels = g_new0 (guint32, WIDTH * HEIGHT);

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return pixels;
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT));
  gdk_texture_download (texture, (guchar *)pixels, WIDTH * 4);
  return pixels;
}

static gsize
count_differences (const guint32 *a, const guint32 *b)
{
  gsize n = 0;

  for (gsize i = 0; i < WIDTH * HEIGHT; i++)
    n += a[i] != b[i];
  return n;
}

/* Until tiles are in and the map stands still: several frames are alike. */
static void
settle_view (ReunionMapView *view)
{
  g_autofree guint32 *last = NULL;
  guint n_alike = 0;

  while (n_alike < 3)
    {
      g_autofree guint32 *now = NULL;

      iterate (60);
      now = take_pixels (view);
      n_alike = last != NULL && now[0] != 0 && count_differences (last, now) == 0 ? n_alike + 1 : 0;
      g_free (last);
      last = g_steal_pointer (&now);
    }
}

static void
settle (Fixture *fixture)
{
  settle_view (fixture->view);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = map_test_shipped ();

  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH, HEIGHT);
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  fixture->view = reunion_map_view_new (path);
  g_signal_connect_swapped (fixture->view, "place-picked", G_CALLBACK (picked_cb), fixture);
  g_signal_connect_swapped (fixture->view, "tip-activated", G_CALLBACK (activated_cb), fixture);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (gtk_widget_get_width (GTK_WIDGET (fixture->view)) == 0)
    g_main_context_iteration (NULL, TRUE);
  settle (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_free (fixture->activated);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static guint
count_colours (const guint32 *pixels)
{
  g_autoptr (GHashTable) colours = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i < WIDTH * HEIGHT; i++)
    g_hash_table_add (colours, GUINT_TO_POINTER (pixels[i]));
  return g_hash_table_size (colours);
}

static double
mean_brightness (const guint32 *pixels)
{
  double sum = 0.0;

  for (gsize i = 0; i < WIDTH * HEIGHT; i++)
    sum += (pixels[i] & 0xff) + (pixels[i] >> 8 & 0xff) + (pixels[i] >> 16 & 0xff);
  return sum / 3.0 / (WIDTH * HEIGHT);
}

/* Moves the real pointer, presses and lets go. */
static void
click_at (Fixture *fixture, int x, int y, int drag_px)
{
  g_autofree char *from = g_strdup_printf ("%d %d", x, y);
  g_autofree char *command
      = drag_px == 0 ? g_strdup_printf ("xdotool mousemove %s sleep 0.1 click 1", from)
                     : g_strdup_printf ("xdotool mousemove %s sleep 0.1 mousedown 1 sleep 0.1"
                                        " mousemove_relative %d 0 sleep 0.1 mousemove_relative 5 0"
                                        " sleep 0.1 mouseup 1",
                                        from, drag_px);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) pointer = NULL;

  g_assert_true (g_shell_parse_argv (command, NULL, &argv, NULL));
  pointer
      = g_subprocess_newv ((const char *const *)argv, G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  while (g_subprocess_get_identifier (pointer) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_subprocess_get_successful (pointer));
  settle (fixture);
}

/* Where a click at @x, @y of the view has to be, on the map's own formulas. */
static ReunionPoint
point_at (Fixture *fixture, double x, double y)
{
  ReunionMercator middle = reunion_mercator_project (reunion_map_view_get_centre (fixture->view));
  double world_px = REUNION_TILE_SIZE * exp2 (reunion_map_view_get_zoom (fixture->view));

  return reunion_mercator_unproject ((ReunionMercator){ middle.x + (x - WIDTH / 2.0) / world_px,
                                                        middle.y + (y - HEIGHT / 2.0) / world_px });
}

static void
test_tiles_come_up_painted (Fixture *fixture, gconstpointer data)
{
  g_autofree guint32 *pixels = NULL;
  guint n_quarters = 0;

  reunion_map_view_go_to (fixture->view, zhijin, 6.0);
  settle (fixture);
  pixels = take_pixels (fixture->view);
  g_assert_cmpuint (count_colours (pixels), >, 100);
  /* In every quarter of the view, not in one tile only. */
  for (int quarter = 0; quarter < 4; quarter++)
    {
      g_autoptr (GHashTable) colours = g_hash_table_new (NULL, NULL);

      for (int y = 0; y < HEIGHT / 2; y++)
        for (int x = 0; x < WIDTH / 2; x++)
          g_hash_table_add (
              colours,
              GUINT_TO_POINTER (
                  pixels[(y + quarter / 2 * HEIGHT / 2) * WIDTH + x + quarter % 2 * WIDTH / 2]));
      n_quarters += g_hash_table_size (colours) > 40;
    }
  g_assert_cmpuint (n_quarters, ==, 4);
}

static void
test_rings (Fixture *fixture, gconstpointer data)
{
  g_autofree guint32 *bare = NULL;
  g_autofree guint32 *ringed = NULL;
  g_autofree guint32 *cleared = NULL;

  reunion_map_view_fit_circle (fixture->view, zhijin, 500.0);
  settle (fixture);
  bare = take_pixels (fixture->view);
  reunion_map_view_set_centre_and_rings (fixture->view, zhijin, national, 4);
  settle (fixture);
  ringed = take_pixels (fixture->view);
  reunion_map_view_clear_rings (fixture->view);
  settle (fixture);
  cleared = take_pixels (fixture->view);
  g_assert_cmpuint (count_differences (bare, ringed), >, 5000);
  g_assert_cmpuint (count_differences (bare, cleared), ==, 0);
}

/* The line crosses the screen where the geodesic says. */
static void
test_ring_on_the_screen (Fixture *fixture, gconstpointer data)
{
  const ReunionRing one = { 200.0, NULL, TRUE };
  g_autofree guint32 *bare = NULL;
  g_autofree guint32 *ringed = NULL;
  double world_px;
  ReunionMercator middle;

  reunion_map_view_fit_circle (fixture->view, zhijin, 200.0);
  settle (fixture);
  bare = take_pixels (fixture->view);
  reunion_map_view_set_centre_and_rings (fixture->view, zhijin, &one, 1);
  settle (fixture);
  ringed = take_pixels (fixture->view);
  middle = reunion_mercator_project (reunion_map_view_get_centre (fixture->view));
  world_px = REUNION_TILE_SIZE * exp2 (reunion_map_view_get_zoom (fixture->view));
  for (double bearing = 0.0; bearing < 360.0; bearing += 15.0)
    for (double off_km = -8.0; off_km <= 8.0; off_km += 8.0)
      {
        ReunionMercator at = reunion_mercator_project (
            reunion_geodesy_destination (zhijin, bearing, 200.0 + off_km));
        int x = (int)floor ((at.x - middle.x) * world_px + WIDTH / 2.0);
        int y = (int)floor ((at.y - middle.y) * world_px + HEIGHT / 2.0);
        gsize i = (gsize)y * WIDTH + (gsize)x;

        g_assert_cmpint (x, >=, 0);
        g_assert_cmpint (x, <, WIDTH);
        /* Outside nothing, inside the fill, on the line the line. */
        if (off_km > 0.0)
          g_assert_cmphex (ringed[i], ==, bare[i]);
        else
          g_assert_cmphex (ringed[i], !=, bare[i]);
      }
}

static void
test_tips (Fixture *fixture, gconstpointer data)
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
  settle (fixture);
  bare = take_pixels (fixture->view);
  reunion_map_view_set_tips (fixture->view, tips, G_N_ELEMENTS (tips));
  settle (fixture);
  with_tips = take_pixels (fixture->view);
  g_assert_cmpuint (count_differences (bare, with_tips), >, 100);
  reunion_map_view_set_selected_tip (fixture->view, "b");
  g_assert_cmpstr (reunion_map_view_get_selected_tip (fixture->view), ==, "b");
  g_object_get (fixture->view, "selected-tip", &property, NULL);
  g_assert_cmpstr (property, ==, "b");
  settle (fixture);
  selected = take_pixels (fixture->view);
  g_assert_cmpuint (count_differences (with_tips, selected), >, 100);

  /* A click on a tip tells which. */
  click_at (fixture, WIDTH / 2, HEIGHT / 2, 0);
  g_assert_cmpstr (fixture->activated, ==, "a");
  reunion_map_view_set_tips (fixture->view, NULL, 0);
  g_clear_pointer (&fixture->activated, g_free);
  click_at (fixture, WIDTH / 2, HEIGHT / 2, 0);
  g_assert_null (fixture->activated);
  g_assert_cmpuint (fixture->n_picked, ==, 0);
}

static void
test_cluster_comes_nearer (Fixture *fixture, gconstpointer data)
{
  ReunionTipSpot tips[40];
  double zoom;

  for (gsize i = 0; i < G_N_ELEMENTS (tips); i++)
    tips[i] = (ReunionTipSpot){
      "t", { zhijin.lat_deg + 0.0001 * (double)i, zhijin.lon_deg }, REUNION_TIP_MARK_NEW, NULL
    };
  reunion_map_view_go_to (fixture->view, zhijin, 7.0);
  reunion_map_view_set_tips (fixture->view, tips, G_N_ELEMENTS (tips));
  settle (fixture);
  zoom = reunion_map_view_get_zoom (fixture->view);
  click_at (fixture, WIDTH / 2, HEIGHT / 2, 0);
  g_assert_null (fixture->activated);
  g_assert_cmpfloat (reunion_map_view_get_zoom (fixture->view), ==, zoom + 2.0);
}

static void
test_pick (Fixture *fixture, gconstpointer data)
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
      settle (fixture);
      expected = point_at (fixture, clicks[i].x, clicks[i].y);
      expected.lon_deg = reunion_geodesy_wrap_longitude (expected.lon_deg);
      click_at (fixture, clicks[i].x, clicks[i].y, 0);
      g_assert_cmpuint (fixture->n_picked, ==, i + 1);
      km_per_px = 40075.017 / (REUNION_TILE_SIZE * exp2 (clicks[i].zoom));
      g_assert_true (reunion_point_is_valid (fixture->picked));
      g_assert_cmpfloat (reunion_geodesy_distance_km (fixture->picked, expected), <,
                         1.5 * km_per_px);
    }
}

static void
test_pick_under_a_tip (Fixture *fixture, gconstpointer data)
{
  const ReunionTipSpot tip = { "a", zhijin, REUNION_TIP_MARK_NEW, "A" };

  reunion_map_view_go_to (fixture->view, zhijin, 9.0);
  reunion_map_view_set_tips (fixture->view, &tip, 1);
  reunion_map_view_set_pick_mode (fixture->view, TRUE);
  settle (fixture);
  click_at (fixture, WIDTH / 2, HEIGHT / 2, 0);
  g_assert_cmpuint (fixture->n_picked, ==, 1);
  g_assert_null (fixture->activated);
}

static void
test_drag_picks_nothing (Fixture *fixture, gconstpointer data)
{
  ReunionPoint before;

  reunion_map_view_go_to (fixture->view, zhijin, 8.0);
  reunion_map_view_set_pick_mode (fixture->view, TRUE);
  settle (fixture);
  before = reunion_map_view_get_centre (fixture->view);
  click_at (fixture, 300, 300, 80);
  g_assert_cmpuint (fixture->n_picked, ==, 0);
  g_assert_cmpfloat (reunion_map_view_get_centre (fixture->view).lon_deg, <, before.lon_deg);

  reunion_map_view_set_pick_mode (fixture->view, FALSE);
  click_at (fixture, 300, 300, 0);
  g_assert_cmpuint (fixture->n_picked, ==, 0);
}

static void
test_description (Fixture *fixture, gconstpointer data)
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
test_fit (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fits); i++)
    {
      ReunionMercator middle;
      double world_px;
      double reach = 0.0;

      reunion_map_view_fit_circle (fixture->view, fits[i].centre, fits[i].radius_km);
      settle (fixture);
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

          g_assert_cmpfloat (fabs (x), <=, WIDTH / 2.0);
          g_assert_cmpfloat (fabs (y), <=, HEIGHT / 2.0);
          reach = MAX (reach, MAX (fabs (x) / (WIDTH / 2.0), fabs (y) / (HEIGHT / 2.0)));
        }
      /* Whole, and as near as a whole zoom level allows. */
      g_assert_cmpfloat (reach, >, 0.4);
    }
}

static void
test_fit_points (Fixture *fixture, gconstpointer data)
{
  const ReunionPoint points[] = { { 52.0, 179.0 }, { 55.0, -178.0 }, { 53.0, -179.5 } };
  ReunionPoint centre;

  reunion_map_view_fit_points (fixture->view, points, G_N_ELEMENTS (points));
  settle (fixture);
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
      gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
      gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
      gtk_window_present (GTK_WINDOW (window));
      settle_view (view);
      g_assert_cmpfloat_with_epsilon (reunion_map_view_get_centre (view).lat_deg,
                                      i == 0 ? zhijin.lat_deg : 37.74, 0.01);
      if (i != 0)
        g_assert_cmpfloat (reunion_map_view_get_zoom (view), ==, 9.0);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
test_dark (Fixture *fixture, gconstpointer data)
{
  g_autofree guint32 *day = NULL;
  g_autofree guint32 *night = NULL;
  g_autofree guint32 *day_again = NULL;
  gboolean dark = FALSE;

  reunion_map_view_go_to (fixture->view, zhijin, 5.0);
  settle (fixture);
  day = take_pixels (fixture->view);
  g_object_set (fixture->view, "dark", TRUE, NULL);
  g_object_get (fixture->view, "dark", &dark, NULL);
  g_assert_true (dark);
  g_assert_true (reunion_base_map_source_get_dark (reunion_map_view_get_source (fixture->view)));
  settle (fixture);
  night = take_pixels (fixture->view);
  reunion_map_view_set_dark (fixture->view, FALSE);
  settle (fixture);
  day_again = take_pixels (fixture->view);
  g_assert_cmpfloat (mean_brightness (day), >, 190.0);
  g_assert_cmpfloat (mean_brightness (night), <, 80.0);
  g_assert_cmpuint (count_colours (night), >, 100);
  g_assert_cmpuint (count_differences (day, day_again), ==, 0);
}

/* What is on the screen is what is in the tiles, pixel by pixel: between whole
 * pixels a line shows along every edge. */
static void
check_against_tiles (Fixture *fixture)
{
  ReunionMapView *view = fixture->view;
  g_autofree guint32 *pixels = take_pixels (fixture->view);
  ReunionMercator middle = reunion_mercator_project (reunion_map_view_get_centre (view));
  guint zoom = (guint)reunion_map_view_get_zoom (view);
  double world_px = REUNION_TILE_SIZE * exp2 (zoom);
  gint64 left = (gint64)round (middle.x * world_px - WIDTH / 2.0);
  gint64 top = (gint64)round (middle.y * world_px - HEIGHT / 2.0);
  gsize n_wrong = 0;

  for (gint64 ty = top / REUNION_TILE_SIZE; ty <= (top + HEIGHT - 1) / REUNION_TILE_SIZE; ty++)
    for (gint64 tx = left / REUNION_TILE_SIZE; tx <= (left + WIDTH - 1) / REUNION_TILE_SIZE; tx++)
      {
        cairo_surface_t *tile = reunion_base_map_source_paint (reunion_map_view_get_source (view),
                                                               zoom, (guint)tx, (guint)ty, NULL);
        const guint8 *data = cairo_image_surface_get_data (tile);
        int stride = cairo_image_surface_get_stride (tile);

        for (int y = 0; y < REUNION_TILE_SIZE; y++)
          for (int x = 0; x < REUNION_TILE_SIZE; x++)
            {
              gint64 sx = tx * REUNION_TILE_SIZE + x - left;
              gint64 sy = ty * REUNION_TILE_SIZE + y - top;

              /* Clear of the buttons, the scale and the small print. */
              if (sx < 0 || sy < 0 || sx >= WIDTH - 80 || sy >= HEIGHT - 60)
                continue;
              n_wrong += memcmp (data + y * stride + 4 * x, &pixels[sy * WIDTH + sx], 4) != 0;
            }
        cairo_surface_destroy (tile);
      }
  g_assert_cmpuint (n_wrong, ==, 0);
}

static void
test_no_seams (Fixture *fixture, gconstpointer data)
{
  static const ReunionPoint spots[] = { { 41.3, 90.7 }, { 18.4, 132.37 }, { 65.123, 110.456 } };

  reunion_map_view_set_dark (fixture->view, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (spots); i++)
    {
      reunion_map_view_go_to (fixture->view, spots[i], 9.0);
      settle (fixture);
      check_against_tiles (fixture);
    }
  /* Nor where the map was left by the hand, or another zoom. */
  shumate_map_center_on (find_map (GTK_WIDGET (fixture->view)), 30.00123, 110.00321);
  settle (fixture);
  check_against_tiles (fixture);
  shumate_viewport_set_zoom_level (shumate_map_get_viewport (find_map (GTK_WIDGET (fixture->view))),
                                   7.0);
  settle (fixture);
  check_against_tiles (fixture);
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
  settle_view (view);
  g_assert_false (reunion_base_map_source_has_map (reunion_map_view_get_source (view)));
  reunion_map_view_set_centre_and_rings (view, zhijin, national, 4);
  settle_view (view);
  g_assert_false (reunion_map_view_set_base_map (view, "/nonexistent/map.sqlite", &error));
  g_assert_error (error, REUNION_BASE_MAP_ERROR, REUNION_BASE_MAP_ERROR_ABSENT);
  g_clear_error (&error);
  /* One that works takes over, and leaves the view where it was. */
  reunion_map_view_go_to (view, zhijin, 8.0);
  g_assert_true (reunion_map_view_set_base_map (view, path, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (reunion_map_view_get_zoom (view), ==, 8.0);
  settle_view (view);
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

#define ADD(name, func) g_test_add ("/map-view/" name, Fixture, NULL, set_up, func, tear_down)

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
  g_test_add_func ("/map-view/before-a-size", test_before_a_size);
  g_test_add_func ("/map-view/without-a-map", test_without_a_map);
  g_test_add_func ("/map-view/find-base-map", test_find_base_map);
  return g_test_run ();
}
