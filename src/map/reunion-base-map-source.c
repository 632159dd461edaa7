/* reunion-base-map-source.c: the base map as a source of tiles for libshumate
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-base-map-source.h"

#include "reunion-area-names.h"
#include "reunion-label-plan.h"
#include "reunion-mercator.h"
#include "reunion-pixels.h"
#include "reunion-tile-painter.h"

#define N_ZOOMS (REUNION_BASE_MAP_SOURCE_LAST_ZOOM + 1)
#define MAX_WORKERS 3

struct _ReunionBaseMapSource
{
  ShumateMapSource parent_instance;

  char *path;
  char *attribution;
  char *problem;
  GPtrArray *places;
  gboolean dark;
  gboolean latin;
  guint scale;
  guint n_awaited;

  GThreadPool *workers;
  /* Readers that no worker is using. */
  GAsyncQueue *readers;

  GMutex plans_lock;
  ReunionLabelPlan *plans[2][N_ZOOMS];
};

G_DEFINE_FINAL_TYPE (ReunionBaseMapSource, reunion_base_map_source, SHUMATE_TYPE_MAP_SOURCE)

enum
{
  SIGNAL_REPAINT,
  SIGNAL_DAMAGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A tile on its way through a worker. */
typedef struct
{
  GTask *task;
  GMainContext *context;
  ReunionTileJob job;
  cairo_surface_t *surface;
  char *problem;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_clear_pointer (&errand->surface, cairo_surface_destroy);
  g_clear_pointer (&errand->problem, g_free);
  g_clear_pointer (&errand->context, g_main_context_unref);
  g_clear_object (&errand->task);
  g_free (errand);
}

static ReunionLabelPlan *
make_plan (ReunionBaseMapSource *self, ReunionBaseMap *map, guint zoom, gboolean latin)
{
  g_autoptr (GPtrArray) places = NULL;

  if (map == NULL || zoom < REUNION_AREA_NAMES_FIRST_ZOOM || zoom > REUNION_AREA_NAMES_LAST_ZOOM)
    return reunion_label_plan_new (self->places, zoom, latin);
  places = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_place_unref);
  for (guint i = 0; i < self->places->len; i++)
    g_ptr_array_add (places, reunion_place_ref (g_ptr_array_index (self->places, i)));
  reunion_area_names_add (places, map, zoom);
  return reunion_label_plan_new (places, zoom, latin);
}

static ReunionLabelPlan *
get_plan (ReunionBaseMapSource *self, ReunionBaseMap *map, guint zoom, gboolean latin)
{
  ReunionLabelPlan **plan = &self->plans[latin ? 1 : 0][MIN (zoom, N_ZOOMS - 1)];

  if (self->places == NULL || zoom >= N_ZOOMS)
    return NULL;
  g_mutex_lock (&self->plans_lock);
  if (*plan == NULL)
    *plan = make_plan (self, map, zoom, latin);
  g_mutex_unlock (&self->plans_lock);
  return *plan;
}

static cairo_surface_t *
paint (ReunionBaseMapSource *self, const ReunionTileJob *job, GError **error)
{
  cairo_surface_t *surface;
  ReunionBaseMap *map = NULL;

  if (self->path != NULL)
    {
      map = g_async_queue_try_pop (self->readers);
      if (map == NULL)
        map = reunion_base_map_open (self->path, error);
    }
  surface = reunion_tile_painter_paint (job, map, get_plan (self, map, job->zoom, job->latin),
                                        error != NULL && *error == NULL ? error : NULL);
  if (map != NULL)
    g_async_queue_push (self->readers, map);
  return surface;
}

/* Back in the thread that asked: the only one that may touch the tile. */
static gboolean
deliver_cb (gpointer data)
{
  Errand *errand = data;
  ShumateTile *tile = g_task_get_task_data (errand->task);
  ReunionBaseMapSource *self = g_task_get_source_object (errand->task);

  self->n_awaited--;
  if (errand->problem != NULL && self->problem == NULL)
    {
      self->problem = g_steal_pointer (&errand->problem);
      g_warning ("%s", self->problem);
      g_signal_emit (self, signals[SIGNAL_DAMAGED], 0);
    }
  if (g_task_return_error_if_cancelled (errand->task))
    return G_SOURCE_REMOVE;
  if (errand->surface != NULL)
    {
      g_autoptr (ReunionPixels) pixels
          = reunion_pixels_new (cairo_surface_reference (errand->surface));

      shumate_tile_set_paintable (tile, GDK_PAINTABLE (pixels));
      /* libshumate's fade would repaint the whole map for a fifth of a second
       * after each tile, which software rendering can't keep up with. */
      shumate_tile_set_fade_in (tile, FALSE);
    }
  shumate_tile_set_state (tile, SHUMATE_STATE_DONE);
  g_task_return_boolean (errand->task, TRUE);
  return G_SOURCE_REMOVE;
}

static void
work_cb (gpointer data, gpointer user_data)
{
  Errand *errand = data;
  GMainContext *context = g_main_context_ref (errand->context);
  GCancellable *cancellable = g_task_get_cancellable (errand->task);
  GSource *source;
  g_autoptr (GError) error = NULL;

  /* Tiles that were scrolled away while they stood in line. */
  if (!g_cancellable_is_cancelled (cancellable))
    errand->surface = paint (g_task_get_source_object (errand->task), &errand->job, &error);
  if (error != NULL)
    errand->problem = g_strdup (error->message);

  /* The errand goes with its last reference to the source, which must not be
   * finalized here: that would wait for this very thread. For the same reason
   * not g_main_context_invoke(), which may run the callback on the spot. */
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, errand, errand_free);
  g_source_attach (source, context);
  g_source_unref (source);
  g_main_context_unref (context);
}

static void
reunion_base_map_source_fill_tile_async (ShumateMapSource *source,
                                         ShumateTile *tile,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  ReunionBaseMapSource *self = REUNION_BASE_MAP_SOURCE (source);
  Errand *errand = g_new0 (Errand, 1);

  errand->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (errand->task, reunion_base_map_source_fill_tile_async);
  g_task_set_task_data (errand->task, g_object_ref (tile), g_object_unref);
  errand->context = g_main_context_ref_thread_default ();
  errand->job = (ReunionTileJob){
    .zoom = shumate_tile_get_zoom_level (tile),
    .x = shumate_tile_get_x (tile),
    .y = shumate_tile_get_y (tile),
    .scale = self->scale,
    .latin = self->latin,
    .palette = reunion_map_palette_get (self->dark),
  };
  shumate_tile_set_state (tile, SHUMATE_STATE_LOADING);
  self->n_awaited++;
  g_thread_pool_push (self->workers, errand, NULL);
}

static gboolean
reunion_base_map_source_fill_tile_finish (ShumateMapSource *source,
                                          GAsyncResult *result,
                                          GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
reunion_base_map_source_finalize (GObject *object)
{
  ReunionBaseMapSource *self = REUNION_BASE_MAP_SOURCE (object);

  /* Every errand holds the source, so none is left and the workers are idle. */
  g_thread_pool_free (self->workers, FALSE, TRUE);
  g_clear_pointer (&self->readers, g_async_queue_unref);
  for (guint zoom = 0; zoom < N_ZOOMS; zoom++)
    for (guint i = 0; i < 2; i++)
      g_clear_pointer (&self->plans[i][zoom], reunion_label_plan_free);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->attribution, g_free);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->path, g_free);
  g_mutex_clear (&self->plans_lock);

  G_OBJECT_CLASS (reunion_base_map_source_parent_class)->finalize (object);
}

static void
reunion_base_map_source_class_init (ReunionBaseMapSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  ShumateMapSourceClass *source_class = SHUMATE_MAP_SOURCE_CLASS (klass);

  object_class->finalize = reunion_base_map_source_finalize;
  source_class->fill_tile_async = reunion_base_map_source_fill_tile_async;
  source_class->fill_tile_finish = reunion_base_map_source_fill_tile_finish;

  /**
   * ReunionBaseMapSource::repaint:
   *
   * The look has changed; tiles painted before are out of date.
   */
  signals[SIGNAL_REPAINT] = g_signal_new ("repaint", REUNION_TYPE_BASE_MAP_SOURCE,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * ReunionBaseMapSource::damaged:
   *
   * There is a problem to be told of.
   */
  signals[SIGNAL_DAMAGED] = g_signal_new ("damaged", REUNION_TYPE_BASE_MAP_SOURCE,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static gboolean
user_reads_chinese (void)
{
  const char *const *languages = g_get_language_names ();

  return languages[0] != NULL && g_str_has_prefix (languages[0], "zh");
}

static void
reunion_base_map_source_init (ReunionBaseMapSource *self)
{
  /* Threads of its own, kept alive: each holds Pango's font map, which is
   * dear to set up. One core is left to the interface. */
  int n_workers = CLAMP ((int) g_get_num_processors () - 1, 1, MAX_WORKERS);

  g_mutex_init (&self->plans_lock);
  self->readers = g_async_queue_new_full (g_object_unref);
  self->workers = g_thread_pool_new (work_cb, NULL, n_workers, TRUE, NULL);
  self->latin = !user_reads_chinese ();
  self->scale = 1;
}

ReunionBaseMapSource *
reunion_base_map_source_new (const char *path, GError **error)
{
  ReunionBaseMapSource *self;
  g_autoptr (ReunionBaseMap) map = NULL;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_object_new (REUNION_TYPE_BASE_MAP_SOURCE, "id", "reunion-base-map", "name", "Reunion",
                       "min-zoom-level", REUNION_BASE_MAP_SOURCE_MIN_ZOOM, "max-zoom-level",
                       REUNION_BASE_MAP_SOURCE_MAX_ZOOM, "tile-size", REUNION_TILE_SIZE,
                       "projection", SHUMATE_MAP_PROJECTION_MERCATOR, NULL);
  if (path == NULL)
    return self;
  map = reunion_base_map_open (path, error);
  if (map != NULL)
    self->places = reunion_base_map_read_places (map, error);
  if (self->places == NULL)
    return self;
  self->path = g_strdup (path);
  self->attribution = g_strdup (reunion_base_map_get_attribution (map));
  shumate_map_source_set_license (SHUMATE_MAP_SOURCE (self), self->attribution);
  g_async_queue_push (self->readers, g_steal_pointer (&map));
  return self;
}

gboolean
reunion_base_map_source_has_map (ReunionBaseMapSource *self)
{
  g_return_val_if_fail (REUNION_IS_BASE_MAP_SOURCE (self), FALSE);

  return self->path != NULL;
}

const char *
reunion_base_map_source_get_problem (ReunionBaseMapSource *self)
{
  g_return_val_if_fail (REUNION_IS_BASE_MAP_SOURCE (self), NULL);

  return self->problem;
}

const char *
reunion_base_map_source_get_attribution (ReunionBaseMapSource *self)
{
  g_return_val_if_fail (REUNION_IS_BASE_MAP_SOURCE (self), NULL);

  return self->attribution != NULL ? self->attribution : "";
}

gboolean
reunion_base_map_source_get_dark (ReunionBaseMapSource *self)
{
  g_return_val_if_fail (REUNION_IS_BASE_MAP_SOURCE (self), FALSE);

  return self->dark;
}

void
reunion_base_map_source_set_dark (ReunionBaseMapSource *self, gboolean dark)
{
  g_return_if_fail (REUNION_IS_BASE_MAP_SOURCE (self));

  dark = !!dark;
  if (self->dark == dark)
    return;
  self->dark = dark;
  g_signal_emit (self, signals[SIGNAL_REPAINT], 0);
}

gboolean
reunion_base_map_source_get_latin (ReunionBaseMapSource *self)
{
  g_return_val_if_fail (REUNION_IS_BASE_MAP_SOURCE (self), FALSE);

  return self->latin;
}

void
reunion_base_map_source_set_latin (ReunionBaseMapSource *self, gboolean latin)
{
  g_return_if_fail (REUNION_IS_BASE_MAP_SOURCE (self));

  latin = !!latin;
  if (self->latin == latin)
    return;
  self->latin = latin;
  g_signal_emit (self, signals[SIGNAL_REPAINT], 0);
}

void
reunion_base_map_source_set_scale (ReunionBaseMapSource *self, guint scale)
{
  g_return_if_fail (REUNION_IS_BASE_MAP_SOURCE (self));

  scale = CLAMP (scale, 1, 4);
  if (self->scale == scale)
    return;
  self->scale = scale;
  g_signal_emit (self, signals[SIGNAL_REPAINT], 0);
}

guint
reunion_base_map_source_get_n_awaited (ReunionBaseMapSource *self)
{
  g_return_val_if_fail (REUNION_IS_BASE_MAP_SOURCE (self), 0);

  return self->n_awaited;
}

cairo_surface_t *
reunion_base_map_source_paint (ReunionBaseMapSource *self,
                               guint zoom,
                               guint x,
                               guint y,
                               GError **error)
{
  ReunionTileJob job;

  g_return_val_if_fail (REUNION_IS_BASE_MAP_SOURCE (self), NULL);
  g_return_val_if_fail (zoom < N_ZOOMS, NULL);

  job = (ReunionTileJob){
    .zoom = zoom,
    .x = x,
    .y = y,
    .scale = self->scale,
    .latin = self->latin,
    .palette = reunion_map_palette_get (self->dark),
  };
  return paint (self, &job, error);
}
