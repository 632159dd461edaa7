/* map-screenshot.c: writes a picture of the map view, to be looked at
 *
 * Not a test and not installed. Needs a display; Xvfb will do.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdlib.h>

#include "reunion-map-view.h"

static double lat_deg = 35.5;
static double lon_deg = 104.0;
static double zoom = 4.0;
static double fit_km = 0.0;
static int width = 1000;
static int height = 700;
static int n_tips = 0;
static gboolean dark = FALSE;
static gboolean latin = FALSE;
static gboolean rings = FALSE;
static gboolean contrast = FALSE;
static char *keys = NULL;
static char *base_map = NULL;
static char *output = NULL;

static const GOptionEntry options[]
    = { { "lat", 0, 0, G_OPTION_ARG_DOUBLE, &lat_deg, "Latitude of the middle", "DEG" },
        { "lon", 0, 0, G_OPTION_ARG_DOUBLE, &lon_deg, "Longitude of the middle", "DEG" },
        { "zoom", 0, 0, G_OPTION_ARG_DOUBLE, &zoom, "Zoom level", "Z" },
        { "fit", 0, 0, G_OPTION_ARG_DOUBLE, &fit_km, "Fit a circle instead of a zoom level", "KM" },
        { "width", 0, 0, G_OPTION_ARG_INT, &width, "Width", "PX" },
        { "height", 0, 0, G_OPTION_ARG_INT, &height, "Height", "PX" },
        { "tips", 0, 0, G_OPTION_ARG_INT, &n_tips, "Scatter this many tips", "N" },
        { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Colours of the night", NULL },
        { "latin", 0, 0, G_OPTION_ARG_NONE, &latin, "Latin names", NULL },
        { "rings", 0, 0, G_OPTION_ARG_NONE, &rings,
          "The national rule's circles, two of them reached", NULL },
        { "contrast", 0, 0, G_OPTION_ARG_NONE, &contrast, "High contrast", NULL },
        { "keys", 0, 0, G_OPTION_ARG_STRING, &keys,
          "What to do, in the words of xdotool, before the picture is taken", "WORDS" },
        { "base-map", 0, 0, G_OPTION_ARG_FILENAME, &base_map, "The base map's file", "FILE" },
        { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "The picture", "FILE" },
        { NULL } };

static void
add_tips (ReunionMapView *view)
{
  g_autofree ReunionTipSpot *tips = g_new0 (ReunionTipSpot, (gsize) n_tips);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < n_tips; i++)
    {
      double distance_km = 3.0 + 400.0 * g_rand_double (rand) * g_rand_double (rand);

      g_ptr_array_add (ids, g_strdup_printf ("tip-%d", i));
      tips[i].id = g_ptr_array_index (ids, (guint) i);
      tips[i].point = reunion_geodesy_destination (
          (ReunionPoint){ lat_deg, lon_deg }, g_rand_double_range (rand, 0.0, 360.0), distance_km);
      tips[i].mark = (ReunionTipMark) (i % REUNION_N_TIP_MARKS);
      tips[i].label = latin ? "Guiyang bus station" : "贵阳汽车站";
      tips[i].seen_usec = G_GINT64_CONSTANT (1795000000000000) + (gint64) i * G_USEC_PER_SEC * 600;
      tips[i].text = latin ? "A boy in a blue coat bought a ticket." : "穿蓝外套的男孩买了一张票。";
    }
  reunion_map_view_set_tips (view, tips, (gsize) n_tips);
  reunion_map_view_set_selected_tip (view, "tip-1");
}

static void
add_rings (ReunionMapView *view)
{
  const ReunionRing national[] = {
    { 100.0, latin ? "100 km" : "100 公里", TRUE },
    { 200.0, latin ? "200 km" : "200 公里", TRUE },
    { 300.0, latin ? "300 km · at 14:20" : "300 公里 · 14:20", FALSE },
    { 500.0, latin ? "500 km · at 15:20" : "500 公里 · 15:20", FALSE },
  };

  reunion_map_view_set_centre_and_rings (view, (ReunionPoint){ lat_deg, lon_deg }, national,
                                         G_N_ELEMENTS (national));
}

static gboolean
keys_cb (gpointer data)
{
  g_autofree char *command = g_strdup_printf ("xdotool %s", keys);

  g_spawn_command_line_async (command, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
save_cb (gpointer data)
{
  GtkWidget *view = data;
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (view);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (view));

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (renderer, node, NULL);
  gdk_texture_save_to_png (texture, output);
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (view)));
  return G_SOURCE_REMOVE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  ReunionMapView *view;
  GtkWidget *window;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || output == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "--output is missing");
      return EXIT_FAILURE;
    }
  gtk_init ();
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  view = reunion_map_view_new (base_map);
  reunion_base_map_source_set_latin (reunion_map_view_get_source (view), latin);
  reunion_map_view_set_dark (view, dark);
  reunion_map_view_set_contrast (view, contrast);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
  if (rings)
    add_rings (view);
  if (n_tips > 0)
    add_tips (view);
  if (fit_km > 0.0)
    reunion_map_view_fit_circle (view, (ReunionPoint){ lat_deg, lon_deg }, fit_km);
  else
    reunion_map_view_go_to (view, (ReunionPoint){ lat_deg, lon_deg }, zoom);
  gtk_window_present (GTK_WINDOW (window));
  if (keys != NULL)
    g_timeout_add (1500, keys_cb, view);
  g_timeout_add (keys != NULL ? 5000 : 2000, save_cb, view);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return EXIT_SUCCESS;
}
