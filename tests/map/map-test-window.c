/* map-test-window.c: the map in a real window, and what can be seen of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "map-test-window.h"

#include <math.h>

#include "map-test-files.h"

static void
picked_cb (MapTestWindow *fixture, double lat_deg, double lon_deg)
{
  fixture->n_picked++;
  fixture->picked = (ReunionPoint){ lat_deg, lon_deg };
}

static void
activated_cb (MapTestWindow *fixture, const char *id)
{
  g_free (fixture->activated);
  fixture->activated = g_strdup (id);
}

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
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

ShumateMap *
map_test_find_map (GtkWidget *widget)
{
  if (SHUMATE_IS_MAP (widget))
    return SHUMATE_MAP (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      ShumateMap *map = map_test_find_map (child);

      if (map != NULL)
        return map;
    }
  return NULL;
}

guint32 *
map_test_take_pixels (ReunionMapView *view)
{
  GtkWidget *widget = GTK_WIDGET (view);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guint32 *pixels = g_new0 (guint32, MAP_TEST_WIDTH * MAP_TEST_HEIGHT);

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return pixels;
  texture = gsk_renderer_render_texture (
      renderer, node, &GRAPHENE_RECT_INIT (0, 0, MAP_TEST_WIDTH, MAP_TEST_HEIGHT));
  gdk_texture_download (texture, (guchar *) pixels, MAP_TEST_WIDTH * 4);
  return pixels;
}

gsize
map_test_count_differences (const guint32 *a, const guint32 *b)
{
  gsize n = 0;

  for (gsize i = 0; i < MAP_TEST_WIDTH * MAP_TEST_HEIGHT; i++)
    n += a[i] != b[i];
  return n;
}

/* Alike for a while is not enough: on a busy machine the tiles take longer. */
void
map_test_settle_view (ReunionMapView *view)
{
  ReunionBaseMapSource *source;
  g_autofree guint32 *last = NULL;
  guint n_alike = 0;

  while (n_alike < 3)
    {
      g_autofree guint32 *now = NULL;

      iterate (60);
      now = map_test_take_pixels (view);
      source = reunion_map_view_get_source (view);
      n_alike = last != NULL && now[0] != 0 && reunion_base_map_source_get_n_awaited (source) == 0
                        && map_test_count_differences (last, now) == 0
                    ? n_alike + 1
                    : 0;
      g_free (last);
      last = g_steal_pointer (&now);
    }
}

void
map_test_window_settle (MapTestWindow *fixture)
{
  map_test_settle_view (fixture->view);
}

void
map_test_window_set_up (MapTestWindow *fixture, gconstpointer data)
{
  g_autofree char *path = map_test_shipped ();

  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), MAP_TEST_WIDTH, MAP_TEST_HEIGHT);
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  fixture->view = reunion_map_view_new (path);
  g_signal_connect_swapped (fixture->view, "place-picked", G_CALLBACK (picked_cb), fixture);
  g_signal_connect_swapped (fixture->view, "tip-activated", G_CALLBACK (activated_cb), fixture);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (gtk_widget_get_width (GTK_WIDGET (fixture->view)) == 0)
    g_main_context_iteration (NULL, TRUE);
  map_test_window_settle (fixture);
}

void
map_test_window_tear_down (MapTestWindow *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_free (fixture->activated);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

guint
map_test_count_colours (const guint32 *pixels)
{
  g_autoptr (GHashTable) colours = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i < MAP_TEST_WIDTH * MAP_TEST_HEIGHT; i++)
    g_hash_table_add (colours, GUINT_TO_POINTER (pixels[i]));
  return g_hash_table_size (colours);
}

double
map_test_mean_brightness (const guint32 *pixels)
{
  double sum = 0.0;

  for (gsize i = 0; i < MAP_TEST_WIDTH * MAP_TEST_HEIGHT; i++)
    sum += (pixels[i] & 0xff) + (pixels[i] >> 8 & 0xff) + (pixels[i] >> 16 & 0xff);
  return sum / 3.0 / (MAP_TEST_WIDTH * MAP_TEST_HEIGHT);
}

void
map_test_window_click (MapTestWindow *fixture, int x, int y, int drag_px)
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
      = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  while (g_subprocess_get_identifier (pointer) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_subprocess_get_successful (pointer));
  map_test_window_settle (fixture);
}

ReunionPoint
map_test_window_point_at (MapTestWindow *fixture, double x, double y)
{
  ReunionMercator middle = reunion_mercator_project (reunion_map_view_get_centre (fixture->view));
  double world_px = REUNION_TILE_SIZE * exp2 (reunion_map_view_get_zoom (fixture->view));

  return reunion_mercator_unproject (
      (ReunionMercator){ middle.x + (x - MAP_TEST_WIDTH / 2.0) / world_px,
                         middle.y + (y - MAP_TEST_HEIGHT / 2.0) / world_px });
}
