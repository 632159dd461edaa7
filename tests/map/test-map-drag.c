/* test-map-drag.c: the place of loss is moved by hand, in a real window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-map-view.h"

#include <math.h>

#include "map-test-files.h"
#include "map-test-window.h"

#define MIDDLE_X (MAP_TEST_WIDTH / 2)
#define MIDDLE_Y (MAP_TEST_HEIGHT / 2)
/* On the head of the pin. */
#define HEAD_Y (MIDDLE_Y - 18)

static const ReunionPoint zhijin = { 26.667, 105.768 };
static const ReunionRing national[] = {
  { 100.0, "100 km", TRUE },
  { 200.0, "200 km", FALSE },
};

static guint n_dragged;
static ReunionPoint dragged;

static void
dragged_cb (ReunionMapView *view, double lat_deg, double lon_deg)
{
  n_dragged++;
  dragged = (ReunionPoint){ lat_deg, lon_deg };
}

static void
prepare (MapTestWindow *fixture)
{
  n_dragged = 0;
  g_signal_connect (fixture->view, "centre-dragged", G_CALLBACK (dragged_cb), NULL);
  reunion_map_view_go_to (fixture->view, zhijin, 7.0);
  reunion_map_view_set_centre_and_rings (fixture->view, zhijin, national, 2);
  reunion_map_view_set_centre_draggable (fixture->view, TRUE);
  map_test_window_settle (fixture);
}

static void
ended_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL);
  *(gboolean *) user_data = TRUE;
}

static void
point (MapTestWindow *fixture, const char *steps)
{
  g_autofree char *command = g_strdup_printf ("xdotool %s", steps);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) pointer = NULL;
  gboolean is_over = FALSE;

  g_assert_true (g_shell_parse_argv (command, NULL, &argv, NULL));
  pointer
      = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_async (pointer, NULL, ended_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_subprocess_get_successful (pointer));
  map_test_window_settle (fixture);
}

/* Within what half a pixel is at this zoom. */
static void
assert_near (ReunionPoint expected, ReunionPoint came)
{
  double off_km = reunion_geodesy_distance_km (expected, came);

  if (off_km > 1.5)
    g_error ("expected %.5f %.5f, came %.5f %.5f, %.3f km off", expected.lat_deg, expected.lon_deg,
             came.lat_deg, came.lon_deg, off_km);
}

static void
test_dropped (MapTestWindow *fixture, gconstpointer data)
{
  ReunionPoint centre;
  ReunionPoint expected;
  g_autofree guint32 *before = NULL;
  g_autofree guint32 *after = NULL;
  g_autofree guint32 *anew = NULL;

  prepare (fixture);
  centre = reunion_map_view_get_centre (fixture->view);
  before = map_test_take_pixels (fixture->view);
  expected = map_test_window_point_at (fixture, MIDDLE_X + 85, MIDDLE_Y);
  map_test_window_click (fixture, MIDDLE_X, HEAD_Y, 80);
  g_assert_cmpuint (n_dragged, ==, 1);
  assert_near (expected, dragged);
  /* The map stands where it stood. */
  g_assert_cmpfloat (
      reunion_geodesy_distance_km (centre, reunion_map_view_get_centre (fixture->view)), <, 1e-6);
  /* Pin and circles are where they would have been drawn there. */
  point (fixture, "mousemove 5 5");
  after = map_test_take_pixels (fixture->view);
  g_assert_cmpuint (map_test_count_differences (before, after), >, 2000);
  reunion_map_view_set_centre_and_rings (fixture->view, dragged, national, 2);
  map_test_window_settle (fixture);
  anew = map_test_take_pixels (fixture->view);
  g_assert_cmpuint (map_test_count_differences (after, anew), ==, 0);
}

/* The circles go along while the pin is held, whatever the clock says meanwhile;
 * Escape puts it back. */
static void
test_escaped (MapTestWindow *fixture, gconstpointer data)
{
  g_autofree guint32 *before = NULL;
  g_autofree guint32 *held = NULL;
  g_autofree guint32 *still_held = NULL;
  g_autofree guint32 *after = NULL;

  prepare (fixture);
  point (fixture, "mousemove 5 5");
  before = map_test_take_pixels (fixture->view);
  point (fixture, "mousemove 450 302 sleep 0.1 mousedown 1 sleep 0.1 mousemove_relative 60 40"
                  " sleep 0.1 mousemove_relative 20 0");
  held = map_test_take_pixels (fixture->view);
  g_assert_cmpuint (map_test_count_differences (before, held), >, 2000);
  reunion_map_view_set_centre_and_rings (fixture->view, zhijin, national, 2);
  map_test_window_settle (fixture);
  still_held = map_test_take_pixels (fixture->view);
  g_assert_cmpuint (map_test_count_differences (held, still_held), ==, 0);
  point (fixture, "key Escape sleep 0.1 mousemove_relative 20 0 sleep 0.1 mouseup 1"
                  " sleep 0.1 mousemove 5 5");
  after = map_test_take_pixels (fixture->view);
  g_assert_cmpuint (map_test_count_differences (before, after), ==, 0);
  g_assert_cmpuint (n_dragged, ==, 0);
}

static void
test_click_is_no_drag (MapTestWindow *fixture, gconstpointer data)
{
  ReunionPoint centre;

  prepare (fixture);
  centre = reunion_map_view_get_centre (fixture->view);
  point (fixture, "mousemove 450 302 sleep 0.1 click 1");
  point (fixture, "mousemove 450 302 sleep 0.1 mousedown 1 sleep 0.1 mousemove_relative 3 2"
                  " sleep 0.1 mouseup 1");
  g_assert_cmpuint (n_dragged, ==, 0);
  g_assert_cmpfloat (
      reunion_geodesy_distance_km (centre, reunion_map_view_get_centre (fixture->view)), <, 1e-6);
}

/* Beside the pin, or where it is fixed, the map is what moves; in pick mode too. */
static void
test_map_moves (MapTestWindow *fixture, gconstpointer data)
{
  static const struct
  {
    int y;
    gboolean draggable;
    gboolean pick_mode;
  } rows[] = {
    { HEAD_Y + 80, TRUE, FALSE },
    { HEAD_Y - 40, TRUE, FALSE },
    { HEAD_Y, FALSE, FALSE },
    { HEAD_Y, TRUE, TRUE },
  };

  prepare (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ReunionPoint centre;

      reunion_map_view_go_to (fixture->view, zhijin, 7.0);
      reunion_map_view_set_centre_draggable (fixture->view, rows[i].draggable);
      reunion_map_view_set_pick_mode (fixture->view, rows[i].pick_mode);
      map_test_window_settle (fixture);
      centre = reunion_map_view_get_centre (fixture->view);
      map_test_window_click (fixture, MIDDLE_X, rows[i].y, 80);
      g_assert_cmpuint (n_dragged, ==, 0);
      g_assert_cmpfloat (
          reunion_geodesy_distance_km (centre, reunion_map_view_get_centre (fixture->view)), >,
          10.0);
    }
}

static void
test_keys (MapTestWindow *fixture, gconstpointer data)
{
  static const struct
  {
    const char *key;
    int right, down;
  } rows[] = {
    { "alt+Right", 4, 0 }, { "alt+Left", -4, 0 },        { "alt+Up", 0, -4 },
    { "alt+Down", 0, 4 },  { "alt+shift+Right", 40, 0 }, { "alt+shift+Down", 0, 40 },
  };

  prepare (fixture);
  gtk_widget_grab_focus (GTK_WIDGET (map_test_find_map (GTK_WIDGET (fixture->view))));
  point (fixture, "mousemove 20 20");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *steps = g_strconcat ("key ", rows[i].key, NULL);

      n_dragged = 0;
      reunion_map_view_set_centre_and_rings (fixture->view, zhijin, national, 2);
      point (fixture, steps);
      g_assert_cmpuint (n_dragged, ==, 1);
      assert_near (
          map_test_window_point_at (fixture, MIDDLE_X + rows[i].right, MIDDLE_Y + rows[i].down),
          dragged);
    }
}

/* What can be seen, for the search of cases. */
static void
test_box (MapTestWindow *fixture, gconstpointer data)
{
  ReunionPoint south_west, north_east;

  reunion_map_view_go_to (fixture->view, zhijin, 7.0);
  map_test_window_settle (fixture);
  g_assert_true (reunion_map_view_get_box (fixture->view, &south_west, &north_east));
  assert_near (map_test_window_point_at (fixture, 0, MAP_TEST_HEIGHT), south_west);
  assert_near (map_test_window_point_at (fixture, MAP_TEST_WIDTH, 0), north_east);
  /* Across 180 degrees. */
  reunion_map_view_go_to (fixture->view, (ReunionPoint){ 0.0, 179.0 }, 7.0);
  map_test_window_settle (fixture);
  g_assert_true (reunion_map_view_get_box (fixture->view, &south_west, &north_east));
  g_assert_cmpfloat (south_west.lon_deg, >, 170.0);
  g_assert_cmpfloat (north_east.lon_deg, <, -170.0);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/map-drag/" name, MapTestWindow, NULL, map_test_window_set_up, func,                \
              map_test_window_tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  ADD ("dropped", test_dropped);
  ADD ("escaped", test_escaped);
  ADD ("click-is-no-drag", test_click_is_no_drag);
  ADD ("map-moves", test_map_moves);
  ADD ("keys", test_keys);
  ADD ("box", test_box);
  return g_test_run ();
}
