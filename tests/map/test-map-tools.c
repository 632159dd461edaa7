/* test-map-tools.c: tips, keys, measuring, coordinates and pictures in a real window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "map-test-window.h"
#include "reunion-coordinates.h"
#include "reunion-line-layer.h"
#include "reunion-line-shape.h"
#include "reunion-map-picture.h"
#include "reunion-map-words.h"
#include "reunion-tip-card.h"
#include "reunion-tip-fan.h"

static const ReunionPoint zhijin = { 26.667, 105.768 };
static const ReunionRing circle = { 100.0, "100 km", TRUE };

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

/* Not in the order of time; the last has none. */
static const ReunionTipSpot four[] = {
  { "second",
    { 26.667, 106.4 },
    REUNION_TIP_MARK_CREDIBLE,
    "East",
    2 * HOUR,
    "Blue coat\nand more" },
  { "third", { 26.2, 105.768 }, REUNION_TIP_MARK_FOUND, "South", 3 * HOUR, NULL },
  { "first", { 26.667, 105.1 }, REUNION_TIP_MARK_CREDIBLE, "West", 1 * HOUR, NULL },
  { "never", { 27.1, 105.768 }, REUNION_TIP_MARK_NEW, NULL, 0, NULL },
};

static GtkWidget *
find (GtkWidget *parent, GType type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (child), type) ? child : find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
show_four (MapTestWindow *fixture)
{
  reunion_map_view_set_centre_and_rings (fixture->view, zhijin, &circle, 1);
  reunion_map_view_set_tips (fixture->view, four, G_N_ELEMENTS (four));
  reunion_map_view_go_to (fixture->view, zhijin, 8.0);
  gtk_widget_grab_focus (GTK_WIDGET (map_test_find_map (GTK_WIDGET (fixture->view))));
  map_test_window_settle (fixture);
}

static void
test_keys_from_tip_to_tip (MapTestWindow *fixture, gconstpointer data)
{
  static const struct
  {
    const char *keys;
    const char *expected;
  } steps[] = {
    { "key n", "never" },         { "key n", "first" },   { "key n", "second" },
    { "key n", "third" },         { "key p", "second" },  { "key ctrl+Left", "first" },
    { "key ctrl+Down", "first" }, { "key Escape", NULL }, { "key ctrl+Right", "second" },
  };

  show_four (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      map_test_window_xdotool (fixture, steps[i].keys);
      g_assert_cmpstr (reunion_map_view_get_selected_tip (fixture->view), ==, steps[i].expected);
    }
  g_assert_null (fixture->activated);
  map_test_window_xdotool (fixture, "key Return");
  g_assert_cmpstr (fixture->activated, ==, "second");
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (map_test_find_map (GTK_WIDGET (fixture->view))),
      GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Tip 3 of 4: Credible, East, 1970-01-01 10:00, 63 km from the place of loss");
}

/* With the pointer at rest on the tip, and only then; the keyboard stays. */
static void
test_hover_card (MapTestWindow *fixture, gconstpointer data)
{
  GtkWidget *card = find (GTK_WIDGET (fixture->view), REUNION_TYPE_TIP_CARD);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  const ReunionTipSpot one = { "a", zhijin, REUNION_TIP_MARK_CREDIBLE, "Zhijin", HOUR, "Seen" };

  g_assert_nonnull (card);
  reunion_map_view_set_tips (fixture->view, &one, 1);
  reunion_map_view_go_to (fixture->view, zhijin, 8.0);
  map_test_window_xdotool (fixture, "mousemove 200 200 sleep 0.1 mousemove 210 200 sleep 0.4");
  g_assert_false (gtk_widget_get_visible (card));
  map_test_window_xdotool (fixture, "mousemove 440 318 sleep 0.05 mousemove 450 320 sleep 0.5");
  g_assert_true (gtk_widget_get_visible (card));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == focus);
  map_test_window_xdotool (fixture, "mousemove 300 200 sleep 0.2");
  g_assert_false (gtk_widget_get_visible (card));
}

static void
test_measure (MapTestWindow *fixture, gconstpointer data)
{
  ReunionPoint from, to;
  g_autofree char *expected = NULL;
  g_autofree char *start = NULL;

  show_four (fixture);
  from = map_test_window_point_at (fixture, 300, 300);
  to = map_test_window_point_at (fixture, 600, 200);
  expected = reunion_map_words_measure (from, to);
  map_test_window_xdotool (fixture, "key m");
  start = g_strdup (reunion_map_view_get_note (fixture->view));
  g_assert_nonnull (start);
  map_test_window_click (fixture, 300, 300, 0);
  /* No way of no length has a direction: what to do next is said instead. */
  g_assert_true (g_str_has_prefix (reunion_map_view_get_note (fixture->view), "Click where"));
  g_assert_cmpstr (reunion_map_view_get_note (fixture->view), !=, start);
  map_test_window_xdotool (fixture, "mousemove 500 250 sleep 0.1 mousemove 600 200 sleep 0.1");
  g_assert_cmpstr (reunion_map_view_get_note (fixture->view), ==, expected);
  map_test_window_click (fixture, 600, 200, 0);
  map_test_window_xdotool (fixture, "mousemove 100 100");
  g_assert_cmpstr (reunion_map_view_get_note (fixture->view), ==, expected);
  g_assert_null (fixture->activated);
  map_test_window_xdotool (fixture, "key Escape");
  g_assert_null (reunion_map_view_get_note (fixture->view));

  /* By keyboard, from the middle to the middle. */
  map_test_window_xdotool (fixture, "key m key space");
  from = reunion_map_view_get_centre (fixture->view);
  map_test_window_xdotool (fixture, "key Right key Right key space");
  to = reunion_map_view_get_centre (fixture->view);
  g_assert_cmpfloat (to.lon_deg, >, from.lon_deg + 0.1);
  g_free (expected);
  expected = reunion_map_words_measure (from, to);
  g_assert_cmpstr (reunion_map_view_get_note (fixture->view), ==, expected);
}

static void
test_measure_words (void)
{
  static const struct
  {
    ReunionPoint from, to;
    const char *expected;
  } cases[] = {
    { { 0.0, 0.0 }, { 0.0, 1.0 }, "111.3 km, 90° east" },
    { { 0.0, 179.5 }, { 0.0, -179.5 }, "111.3 km, 90° east" },
    { { 1.0, 0.0 }, { 0.0, 0.0 }, "110.6 km, 180° south" },
    { { 26.667, 105.768 }, { 26.667, 105.769 }, "100 m, 90° east" },
    { { 10.0, 10.0 }, { 10.1, 10.1 }, "15.6 km, 45° north-east" },
    { { 10.0, 10.0 }, { 11.0, 9.999 }, "110.6 km, 0° north" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = reunion_map_words_measure (cases[i].from, cases[i].to);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* What is copied reads back as the point, in every datum and part of the world. */
static void
test_copied_text (void)
{
  const ReunionPoint points[]
      = { zhijin,         { 39.9, 116.4 }, { -33.9, 151.2 },  { 40.7, -74.0 }, { 64.1, -21.9 },
          { 5.0, 100.0 }, { 70.0, 30.0 },  { -89.9, 179.99 }, { 0.0, 0.0 },    { 80.0, 40.0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (points); i++)
    for (int datum = REUNION_DATUM_WGS84; datum <= REUNION_DATUM_BD09; datum++)
      {
        g_autofree char *text = reunion_map_words_coordinates (points[i], (ReunionDatum) datum);
        g_autoptr (GError) error = NULL;
        ReunionPoint read;

        g_assert_true (reunion_coordinates_parse (text, &read, &error));
        g_assert_no_error (error);
        read = reunion_datum_convert (read, (ReunionDatum) datum, REUNION_DATUM_WGS84);
        g_assert_cmpfloat (reunion_geodesy_distance_km (read, points[i]), <, 0.0005);
      }
}

static void
got_text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copy_key (MapTestWindow *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  ReunionPoint read;

  show_four (fixture);
  reunion_map_view_set_selected_tip (fixture->view, "second");
  map_test_window_xdotool (fixture, "key c");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (fixture->window), NULL, got_text_cb,
                                 &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (reunion_coordinates_parse (text, &read, NULL));
  g_assert_cmpfloat (reunion_geodesy_distance_km (read, four[0].point), <, 0.0005);
}

static void
test_home_and_end (MapTestWindow *fixture, gconstpointer data)
{
  show_four (fixture);
  reunion_map_view_go_to (fixture->view, (ReunionPoint){ 40.0, 116.0 }, 7.0);
  map_test_window_xdotool (fixture, "key Home");
  g_assert_cmpfloat (
      reunion_geodesy_distance_km (reunion_map_view_get_centre (fixture->view), zhijin), <, 1.0);
  reunion_map_view_go_to (fixture->view, (ReunionPoint){ 40.0, 116.0 }, 7.0);
  map_test_window_xdotool (fixture, "key End");
  g_assert_cmpfloat (
      reunion_geodesy_distance_km (reunion_map_view_get_centre (fixture->view), zhijin), <, 20.0);
  g_assert_cmpfloat (reunion_map_view_get_zoom (fixture->view), ==, 8.0);
}

static void
test_line (MapTestWindow *fixture, gconstpointer data)
{
  ReunionLineLayer *lines
      = REUNION_LINE_LAYER (find (GTK_WIDGET (fixture->view), REUNION_TYPE_LINE_LAYER));

  show_four (fixture);
  g_assert_cmpuint (reunion_line_layer_get_n_legs (lines), ==, 0);
  map_test_window_xdotool (fixture, "key l");
  g_assert_cmpuint (reunion_line_layer_get_n_legs (lines), ==, 2);
  g_assert_null (reunion_map_view_get_note (fixture->view));
  map_test_window_xdotool (fixture, "key l");
  g_assert_cmpuint (reunion_line_layer_get_n_legs (lines), ==, 0);

  /* One alone joins nothing, which is said. */
  reunion_map_view_set_tips (fixture->view, four, 1);
  map_test_window_xdotool (fixture, "key l");
  g_assert_nonnull (strstr (reunion_map_view_get_note (fixture->view), "fewer than two"));
}

/* After its menu the map has the keyboard again. */
static void
test_menu (MapTestWindow *fixture, gconstpointer data)
{
  GtkWidget *map = GTK_WIDGET (map_test_find_map (GTK_WIDGET (fixture->view)));
  GtkWidget *menu = find (GTK_WIDGET (fixture->view), GTK_TYPE_POPOVER_MENU);

  show_four (fixture);
  map_test_window_xdotool (fixture, "key shift+F10");
  g_assert_true (gtk_widget_get_visible (menu));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) != map);
  map_test_window_xdotool (fixture, "key Down key Return");
  g_assert_false (gtk_widget_get_visible (menu));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == map);
  g_assert_nonnull (strstr (reunion_map_view_get_note (fixture->view), "GCJ-02"));
}

static void
test_line_shape (void)
{
  const ReunionPoint from = { 52.0, 175.0 };
  const ReunionPoint to = { 55.0, -165.0 };
  g_autoptr (GArray) line = reunion_line_shape_new (from, to);
  double sum_km = 0.0;

  for (guint i = 1; i < line->len; i++)
    {
      ReunionMercator a = g_array_index (line, ReunionMercator, i - 1);
      ReunionMercator b = g_array_index (line, ReunionMercator, i);

      g_assert_cmpfloat (b.x, >, a.x);
      g_assert_cmpfloat (b.x - a.x, <, 0.01);
      sum_km += reunion_geodesy_distance_km (reunion_mercator_unproject (a),
                                             reunion_mercator_unproject (b));
    }
  g_assert_cmpfloat_with_epsilon (sum_km, reunion_geodesy_distance_km (from, to), 0.001);
}

/* Forty of one place, at the deepest zoom: a press takes them apart. */
static void
test_one_place (MapTestWindow *fixture, gconstpointer data)
{
  ReunionTipSpot tips[6];
  static const char *const ids[] = { "0", "1", "2", "3", "4", "5" };
  graphene_point_t offset;
  g_autofree char *first = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (tips); i++)
    tips[i] = (ReunionTipSpot){ ids[i], zhijin, REUNION_TIP_MARK_NEW, NULL, 0, NULL };
  reunion_map_view_set_tips (fixture->view, tips, G_N_ELEMENTS (tips));
  reunion_map_view_go_to (fixture->view, zhijin, 12.0);
  map_test_window_settle (fixture);
  map_test_window_click (fixture, MAP_TEST_WIDTH / 2, MAP_TEST_HEIGHT / 2, 0);
  g_assert_null (fixture->activated);
  for (guint i = 0; i < G_N_ELEMENTS (tips); i++)
    {
      offset = reunion_tip_fan_offset (i, G_N_ELEMENTS (tips));
      /* Down and up at once, as a touchpad taps: see reunion-map-click.h. */
      map_test_window_click (fixture, MAP_TEST_WIDTH / 2 + (int) offset.x,
                             MAP_TEST_HEIGHT / 2 + (int) offset.y, 0);
      g_assert_cmpstr (fixture->activated, ==, ids[i]);
    }
}

static void
test_fan_offsets (void)
{
  for (guint n = 2; n <= REUNION_TIP_FAN_MAX; n++)
    for (guint i = 0; i < n; i++)
      for (guint k = 0; k < i; k++)
        {
          graphene_point_t a = reunion_tip_fan_offset (i, n);
          graphene_point_t b = reunion_tip_fan_offset (k, n);

          g_assert_cmpfloat (hypot (a.x - b.x, a.y - b.y), >, 22.0);
        }
}

static void
test_picture (MapTestWindow *fixture, gconstpointer data)
{
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GdkTexture) bare = NULL;
  g_autofree guint32 *pixels = g_new (guint32, MAP_TEST_WIDTH * MAP_TEST_HEIGHT);
  g_autofree guint32 *bare_pixels = g_new (guint32, MAP_TEST_WIDTH * MAP_TEST_HEIGHT);

  show_four (fixture);
  texture = reunion_map_picture_take (fixture->view, "Ma Xiaotiao\n2026-11-25 08:00");
  bare = reunion_map_picture_take (fixture->view, NULL);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, MAP_TEST_WIDTH);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, MAP_TEST_HEIGHT);
  gdk_texture_download (texture, (guchar *) pixels, MAP_TEST_WIDTH * 4);
  gdk_texture_download (bare, (guchar *) bare_pixels, MAP_TEST_WIDTH * 4);
  g_assert_cmpuint (map_test_count_colours (pixels), >, 100);
  g_assert_cmpuint (map_test_count_differences (pixels, bare_pixels), >, 500);
}

static void
count_tips_cb (ReunionMapView *view, guint *n_tips)
{
  *n_tips = reunion_tip_set_get_n (reunion_map_view_get_tip_set (view));
}

static void
test_many (MapTestWindow *fixture, gconstpointer data)
{
  const gsize n = 100000;
  g_autofree ReunionTipSpot *tips = g_new0 (ReunionTipSpot, n);
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  guint n_told = 0;

  g_signal_connect (fixture->view, "tips-changed", G_CALLBACK (count_tips_cb), &n_told);
  for (gsize i = 0; i < n; i++)
    tips[i] = (ReunionTipSpot){ "x",
                                { 26.0 + g_rand_double (rand), 105.0 + g_rand_double (rand) },
                                (ReunionTipMark) (i % REUNION_N_TIP_MARKS),
                                NULL,
                                (gint64) i,
                                NULL };
  reunion_map_view_go_to (fixture->view, zhijin, 8.0);
  reunion_map_view_set_tips (fixture->view, tips, n);
  while (reunion_tip_set_get_n (reunion_map_view_get_tip_set (fixture->view)) != n)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_told, ==, n);
  map_test_window_settle (fixture);
  map_test_window_click (fixture, MAP_TEST_WIDTH / 2, MAP_TEST_HEIGHT / 2, 0);
  /* Superseded before it is built. */
  reunion_map_view_set_tips (fixture->view, tips, n);
  reunion_map_view_set_tips (fixture->view, four, G_N_ELEMENTS (four));
  map_test_window_settle (fixture);
  g_assert_cmpuint (reunion_tip_set_get_n (reunion_map_view_get_tip_set (fixture->view)), ==, 4);
  g_assert_cmpuint (n_told, ==, 4);
  g_signal_handlers_disconnect_by_data (fixture->view, &n_told);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/map-tools/" name, MapTestWindow, NULL, map_test_window_set_up, function,           \
              map_test_window_tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map-tools/measure-words", test_measure_words);
  g_test_add_func ("/map-tools/copied-text", test_copied_text);
  g_test_add_func ("/map-tools/line-shape", test_line_shape);
  g_test_add_func ("/map-tools/fan-offsets", test_fan_offsets);
  ADD ("keys-from-tip-to-tip", test_keys_from_tip_to_tip);
  ADD ("hover-card", test_hover_card);
  ADD ("measure", test_measure);
  ADD ("copy-key", test_copy_key);
  ADD ("home-and-end", test_home_and_end);
  ADD ("line", test_line);
  ADD ("menu", test_menu);
  ADD ("one-place", test_one_place);
  ADD ("picture", test_picture);
  ADD ("many", test_many);
  return g_test_run ();
}
