/* bench-map.c: what the map costs: rings, tiles, frames, and the first picture
 *
 *   bench-map rings | tiles | frames | first [TIPS]
 *
 * Prints tables. "frames" and "first" need a display; Xvfb will do.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bench-figures.h"

#include "reunion-map-view.h"
#include "reunion-pixels.h"
#include "reunion-policy.h"
#include "reunion-ring-shape.h"
#include "reunion-tip-layer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define WIDTH_PX 1366
#define HEIGHT_PX 768
#define N_TIPS 100000
#define N_MARKERS 2000
#define N_FRAMES 300
#define N_STEPS 2000
#define SEED 20160515
#define FRAMES_CHILD "frames-child"
#define FIRST_CHILD "first-child"

static char *
find_base_map (void)
{
  return g_build_filename (BENCH_SOURCE_ROOT, "data", "basemap", "basemap.sqlite", NULL);
}

/* --- rings: all stages of the rule, for each step of a drag ------------------------- */

static void
measure_rings (void)
{
  ReunionPolicy *policy = reunion_policy_get_national ();
  g_autoptr (BenchFigures) figures = bench_figures_new ();

  for (guint step = 0; step < N_STEPS; step++)
    {
      ReunionPoint centre = { 20.0 + 25.0 * step / N_STEPS, 90.0 + 35.0 * step / N_STEPS };
      gint64 start_usec = g_get_monotonic_time ();

      for (gsize i = 0; i < reunion_policy_get_n_stages (policy); i++)
        reunion_ring_shape_free (reunion_ring_shape_new (
            centre, reunion_policy_get_stage (policy, i)->radius_km, REUNION_RING_VERTICES));
      bench_figures_add (figures, start_usec);
    }
  bench_figures_print (figures, "four rings, one step of a drag");
}

/* --- tiles: every one painted from the file, in one thread --------------------------- */

/* The tiles that hold China at @zoom, or a part of them that is spread evenly. */
static void
measure_zoom (ReunionBaseMapSource *source, guint zoom, BenchFigures *all)
{
  g_autoptr (BenchFigures) figures = bench_figures_new ();
  g_autofree char *label = g_strdup_printf ("zoom %u", zoom);
  guint side = 1u << zoom;
  guint first_x = (guint) (side * (73.0 + 180.0) / 360.0);
  guint last_x = (guint) (side * (135.0 + 180.0) / 360.0);
  guint first_y = (guint) (side * 0.34);
  guint last_y = (guint) (side * 0.46);
  guint step = MAX (1, (last_x - first_x) / 12);

  for (guint x = first_x; x <= last_x; x += step)
    for (guint y = first_y; y <= last_y; y += step)
      {
        gint64 start_usec = g_get_monotonic_time ();
        g_autoptr (GError) error = NULL;
        cairo_surface_t *surface = reunion_base_map_source_paint (source, zoom, x, y, &error);

        if (surface == NULL)
          g_error ("%s", error->message);
        bench_figures_add (figures, start_usec);
        bench_figures_add (all, start_usec);
        cairo_surface_destroy (surface);
      }
  bench_figures_print (figures, label);
}

static void
measure_tiles (void)
{
  g_autofree char *path = find_base_map ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionBaseMapSource) source = reunion_base_map_source_new (path, &error);
  g_autoptr (BenchFigures) all = bench_figures_new ();

  if (!reunion_base_map_source_has_map (source))
    g_error ("%s", error->message);
  for (guint zoom = 3; zoom <= REUNION_BASE_MAP_SOURCE_MAX_ZOOM; zoom++)
    measure_zoom (source, zoom, all);
  bench_figures_print (all, "a tile of the base map");
}

/* --- frames ------------------------------------------------------------------------ */

/* Towns with many points around them, and some anywhere, as tips come in. */
static ReunionPoint *
make_points (guint n)
{
  ReunionPoint *points = g_new (ReunionPoint, n);
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  ReunionPoint town = { 35.0, 104.0 };

  for (guint i = 0; i < n; i++)
    {
      double spread_deg = 0.6 * sqrt (g_rand_double (rand));
      double angle = 2.0 * G_PI * g_rand_double (rand);

      if (i % 40 == 0)
        town = (ReunionPoint){ g_rand_double_range (rand, 22.0, 45.0),
                               g_rand_double_range (rand, 90.0, 125.0) };
      points[i] = (ReunionPoint){ town.lat_deg + spread_deg * sin (angle),
                                  town.lon_deg + spread_deg * cos (angle) };
    }
  return points;
}

typedef struct
{
  ShumateMap *map;
  GMainLoop *loop;
  BenchFigures *figures;
  BenchFigures *work; /* by the main thread's processor */
  gint64 start_usec;
  gint64 start_cpu_usec;
  gint64 shown_usec; /* when the window was asked for */
  gint64 first_usec; /* until its first frame was done */
  guint n_frames;
  gboolean zooms;
} Pan;

/* Cores that others use stretch the clock's time, and not this one. */
static gint64
get_cpu_usec (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
before_paint_cb (GdkFrameClock *clock, Pan *pan)
{
  pan->start_usec = g_get_monotonic_time ();
  pan->start_cpu_usec = get_cpu_usec ();
}

static void
after_paint_cb (GdkFrameClock *clock, Pan *pan)
{
  if (pan->first_usec == 0)
    {
      pan->first_usec = g_get_monotonic_time () - pan->shown_usec;
      return;
    }
  bench_figures_add (pan->figures, pan->start_usec);
  bench_figures_add_ms (pan->work, (double) (get_cpu_usec () - pan->start_cpu_usec) / 1000.0);
}

/* There and back across the country; the first half second is for tiles to come in. */
static gboolean
step_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Pan *pan = user_data;
  ShumateViewport *viewport = shumate_map_get_viewport (pan->map);
  double turn = 2.0 * G_PI * pan->n_frames / N_FRAMES;

  if (pan->n_frames++ == N_FRAMES)
    {
      g_main_loop_quit (pan->loop);
      return G_SOURCE_REMOVE;
    }
  if (pan->zooms)
    shumate_viewport_set_zoom_level (viewport, 6.5 - 2.5 * cos (turn));
  shumate_location_set_location (SHUMATE_LOCATION (viewport), 33.0 + 4.0 * sin (turn),
                                 108.0 + 12.0 * sin (turn));
  return G_SOURCE_CONTINUE;
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

static void
measure_frames (GtkWidget *view, gboolean zooms, const char *label)
{
  GtkWidget *window = gtk_window_new ();
  g_autoptr (BenchFigures) figures = bench_figures_new ();
  g_autoptr (BenchFigures) work = bench_figures_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Pan pan = { find_map (view), loop, figures, work, 0, 0, 0, 0, 0, zooms };
  GdkFrameClock *clock;

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH_PX, HEIGHT_PX);
  gtk_window_set_child (GTK_WINDOW (window), view);
  pan.shown_usec = g_get_monotonic_time ();
  gtk_window_present (GTK_WINDOW (window));
  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &pan);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &pan);
  gtk_widget_add_tick_callback (window, step_cb, &pan, NULL);
  g_main_loop_run (loop);
  g_signal_handlers_disconnect_by_data (clock, &pan);
  printf ("| %-44s | %8.1f | %8.1f | %8.1f | %8.1f | %8.0f |\n", label,
          bench_figures_get_ms (figures, 0.5), bench_figures_get_ms (figures, 0.99),
          bench_figures_get_ms (work, 0.5), bench_figures_get_ms (work, 0.99),
          (double) pan.first_usec / 1000.0);
  fflush (stdout);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Transfer container: the ids are @ids'. */
static ReunionTipSpot *
make_spots (const ReunionPoint *points, guint n, GPtrArray *ids)
{
  ReunionTipSpot *spots = g_new0 (ReunionTipSpot, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (ids, g_strdup_printf ("t-%u", i));
      spots[i] = (ReunionTipSpot){ .id = ids->pdata[i],
                                   .point = points[i],
                                   .mark = (ReunionTipMark) (i % REUNION_N_TIP_MARKS) };
    }
  return spots;
}

static void
tips_changed_cb (gpointer object, gboolean *shown)
{
  *shown = TRUE;
}

/* The whole map view with @n tips: base map, layer, controls. */
static GtkWidget *
make_mapped_view (guint n)
{
  g_autofree char *path = find_base_map ();
  ReunionMapView *view = reunion_map_view_new (path);
  g_autofree ReunionPoint *points = make_points (n);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree ReunionTipSpot *spots = make_spots (points, n, ids);
  gint64 start_usec = g_get_monotonic_time ();

  reunion_map_view_set_tips (view, spots, n);
  reunion_map_view_go_to (view, (ReunionPoint){ 33.0, 108.0 }, 6.0);
  /* They are clustered in a thread. */
  while (n > 0 && g_get_monotonic_time () - start_usec < G_TIME_SPAN_SECOND)
    g_main_context_iteration (NULL, FALSE);
  return GTK_WIDGET (view);
}

/* A map of nothing, to compare layers on. */
static ShumateMap *
make_empty_map (void)
{
  ShumateMap *map = shumate_map_new ();
  ShumateViewport *viewport = shumate_map_get_viewport (map);
  g_autoptr (ReunionBaseMapSource) source = reunion_base_map_source_new (NULL, NULL);

  shumate_viewport_set_reference_map_source (viewport, SHUMATE_MAP_SOURCE (source));
  shumate_viewport_set_zoom_level (viewport, 6.0);
  shumate_map_center_on (map, 33.0, 108.0);
  return map;
}

/* What comes with libshumate: a widget for each. */
static GtkWidget *
make_markers (guint n)
{
  ShumateMap *map = make_empty_map ();
  ShumateMarkerLayer *layer = shumate_marker_layer_new (shumate_map_get_viewport (map));
  g_autofree ReunionPoint *points = make_points (n);

  for (guint i = 0; i < n; i++)
    {
      ShumateMarker *marker = shumate_marker_new ();

      shumate_marker_set_child (marker, gtk_image_new_from_icon_name ("mark-location-symbolic"));
      shumate_location_set_location (SHUMATE_LOCATION (marker), points[i].lat_deg,
                                     points[i].lon_deg);
      shumate_marker_layer_add_marker (layer, marker);
    }
  shumate_map_add_layer (map, SHUMATE_LAYER (layer));
  return GTK_WIDGET (map);
}

/* The tip layer where the markers' would be. */
static GtkWidget *
make_layer (guint n)
{
  ShumateMap *map = make_empty_map ();
  ShumateViewport *viewport = shumate_map_get_viewport (map);
  ReunionTipLayer *layer = reunion_tip_layer_new (viewport);
  g_autofree ReunionPoint *points = make_points (n);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree ReunionTipSpot *spots = make_spots (points, n, ids);
  gboolean shown = FALSE;

  reunion_pixels_watch (GTK_WIDGET (map), viewport);
  shumate_map_add_layer (map, SHUMATE_LAYER (layer));
  g_signal_connect (layer, "tips-changed", G_CALLBACK (tips_changed_cb), &shown);
  reunion_tip_layer_set_tips (layer, spots, n);
  while (!shown)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (layer, &shown);
  return GTK_WIDGET (map);
}

typedef struct
{
  const char *label; /* with the number in it */
  GtkWidget *(*make) (guint n);
  gboolean is_of_tips;
  gboolean zooms;
} FrameCase;

static const FrameCase frame_cases[] = {
  { "panning, tip layer with %u", make_layer, TRUE, FALSE },
  { "panning, ShumateMarkerLayer with %u", make_markers, FALSE, FALSE },
  { "zooming, tip layer with %u", make_layer, TRUE, TRUE },
  { "zooming, ShumateMarkerLayer with %u", make_markers, FALSE, TRUE },
  { "panning, whole view without tips", make_mapped_view, FALSE, FALSE },
  { "panning, whole view with %u tips", make_mapped_view, TRUE, FALSE },
  { "zooming, whole view with %u tips", make_mapped_view, TRUE, TRUE },
};

/* Each in a process of its own, so that none profits from another's memory. */
static void
measure_all_frames (const char *program, guint n_tips)
{
  printf (
      "| frames, %u each, %d x %d px                | p50 ms | p99 ms | p50 CPU ms | p99 CPU ms | "
      "first frame ms |\n|---|---|---|---|---|---|\n",
      N_FRAMES, WIDTH_PX, HEIGHT_PX);
  fflush (stdout);
  for (guint i = 0; i < G_N_ELEMENTS (frame_cases); i++)
    {
      g_autofree char *which = g_strdup_printf ("%u", i);
      g_autofree char *n = g_strdup_printf ("%u", frame_cases[i].is_of_tips ? n_tips : N_MARKERS);
      const char *const command[] = { program, FRAMES_CHILD, which, n, NULL };
      int status = 1;
      g_autoptr (GError) error = NULL;

      if (!g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL,
                         NULL, NULL, &status, &error)
          || !g_spawn_check_wait_status (status, &error))
        g_error ("%s: %s", program, error->message);
    }
}

static void
measure_frame_case (guint which, guint n)
{
  const FrameCase *one = &frame_cases[which % G_N_ELEMENTS (frame_cases)];
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_auto (GStrv) parts = g_strsplit (one->label, "%u", 2);
  g_autofree char *label = g_strjoinv (number, parts);

  measure_frames (one->make (one->is_of_tips || one->make == make_markers ? n : 0), one->zooms,
                  label);
}

/* --- the first picture ------------------------------------------------------------------ */

/* A map whose tiles are in asks for no more frames. */
#define QUIET_USEC (600 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  gint64 first_usec;
  gint64 last_usec;
} Frames;

static void
frame_done_cb (GdkFrameClock *clock, Frames *frames)
{
  frames->last_usec = g_get_monotonic_time ();
  if (frames->first_usec == 0)
    frames->first_usec = frames->last_usec;
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* In a process of its own, begun at @start_usec: from there to the first frame of
 * all, and to the last that brought a tile. */
static void
show_first (gint64 start_usec)
{
  GtkWidget *window = gtk_window_new ();
  guint wake_id = g_timeout_add (20, wake_cb, NULL);
  Frames frames = { 0, 0 };

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH_PX, HEIGHT_PX);
  gtk_window_set_child (GTK_WINDOW (window), make_mapped_view (0));
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (frame_done_cb),
                    &frames);
  while (frames.last_usec == 0 || g_get_monotonic_time () - frames.last_usec < QUIET_USEC)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake_id);
  printf ("%.1f %.1f\n", (double) (frames.first_usec - start_usec) / 1000.0,
          (double) (frames.last_usec - start_usec) / 1000.0);
}

static void
measure_first (const char *program)
{
  g_autoptr (BenchFigures) first = bench_figures_new ();
  g_autoptr (BenchFigures) whole = bench_figures_new ();

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
      const char *const command[] = { program, FIRST_CHILD, start, NULL };
      g_autofree char *output = NULL;
      g_autoptr (GError) error = NULL;
      double first_ms, whole_ms;

      if (!g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL,
                         NULL, &error)
          || sscanf (output, "%lf %lf", &first_ms, &whole_ms) != 2)
        g_error ("%s: %s", program, error != NULL ? error->message : output);
      bench_figures_add_ms (first, first_ms);
      bench_figures_add_ms (whole, whole_ms);
    }
  bench_figures_print (first, "from the program's start to its first frame");
  bench_figures_print (whole, "to the map with all its tiles");
}

int
main (int argc, char *argv[])
{
  const char *what = argc > 1 ? argv[1] : "rings";

  if (strcmp (what, "rings") != 0 && strcmp (what, "tiles") != 0 && !gtk_init_check ())
    {
      g_printerr ("bench-map: “%s” needs a display; run it under xvfb-run.\n", what);
      return 1;
    }
  if (strcmp (what, FIRST_CHILD) == 0)
    {
      show_first (argc > 2 ? g_ascii_strtoll (argv[2], NULL, 10) : 0);
      return 0;
    }
  if (strcmp (what, FRAMES_CHILD) == 0 && argc == 4)
    {
      measure_frame_case ((guint) atoi (argv[2]), (guint) atoi (argv[3]));
      return 0;
    }
  if (strcmp (what, "frames") != 0)
    bench_figures_print_head (what);
  if (strcmp (what, "rings") == 0)
    measure_rings ();
  else if (strcmp (what, "tiles") == 0)
    measure_tiles ();
  else if (strcmp (what, "frames") == 0)
    measure_all_frames (argv[0], argc > 2 ? (guint) atoi (argv[2]) : N_TIPS);
  else if (strcmp (what, "first") == 0)
    measure_first (argv[0]);
  else
    {
      g_printerr ("bench-map: there is no “%s”: rings, tiles, frames or first.\n", what);
      return 2;
    }
  return 0;
}
