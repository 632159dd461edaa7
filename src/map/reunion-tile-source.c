/* reunion-tile-source.c: a station's own map as a source of tiles for libshumate
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tile-source.h"

#include "reunion-mercator.h"
#include "reunion-pixels.h"
#include "reunion-tile-image.h"
#include "reunion-tile-warp.h"

/* Fetched or made pictures of at the same time; the others stand in line, those
 * asked for last first: they are what is looked at. */
#define MAX_RUNNING 6
#define KEPT_BYTES (48 * 1024 * 1024)
#define FIRST_RETRY_MS 5000
#define LAST_RETRY_MS 60000
#define DARK_BRIGHTNESS 0.72

struct _ReunionTileSource
{
  ShumateMapSource parent_instance;

  ReunionTileFetcher *fetcher;
  ReunionDatum datum;
  guint min_zoom;
  guint max_zoom;
  char *attribution;
  gboolean dark;

  GHashTable *kept; /* Kept by key */
  GQueue recent;    /* the same, the latest used first */
  gsize kept_bytes;

  GHashTable *loads; /* Load by key: running or in line */
  GQueue line;       /* Load */
  guint n_running;
  GCancellable *cancellable;

  char *problem;
  gint64 failed_key;
  guint retry_id;
  guint first_retry_ms;
  guint retry_ms;
};

G_DEFINE_FINAL_TYPE (ReunionTileSource, reunion_tile_source, SHUMATE_TYPE_MAP_SOURCE)

enum
{
  PROP_0,
  PROP_PROBLEM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_REPAINT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A tile of the source that is kept; without a texture when it is known that
 * there is none. */
typedef struct
{
  gint64 key;
  GdkTexture *texture;
  GList link;
} Kept;

/* A tile of the map that is being filled. */
typedef struct
{
  GTask *task; /* its data is the tile */
  ReunionTileWarp warp;
  GPtrArray *textures; /* of the source's tiles, or NULL for each */
  guint n_missing;     /* still to come */
  double brightness;
} Errand;

typedef struct
{
  Errand *errand;
  guint slot;
} Wish;

/* A tile of the source that is being fetched. */
typedef struct
{
  ReunionTileSource *source;
  gint64 key;
  GArray *wishes;
  gboolean is_retry;
  GBytes *bytes;
} Load;

static void run_line (ReunionTileSource *self);

static gint64
make_key (guint zoom, guint x, guint y)
{
  return (gint64) zoom << 50 | (gint64) x << 25 | y;
}

static gsize
texture_bytes (GdkTexture *texture)
{
  return texture == NULL ? 64
                         : 4 * (gsize) gdk_texture_get_width (texture)
                               * (gsize) gdk_texture_get_height (texture);
}

/* --- what is kept ------------------------------------------------------------- */

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_clear_object (&kept->texture);
  g_free (kept);
}

static void
keep (ReunionTileSource *self, gint64 key, GdkTexture *texture)
{
  Kept *kept;

  if (g_hash_table_contains (self->kept, &key))
    return;
  kept = g_new0 (Kept, 1);
  kept->key = key;
  kept->texture = texture != NULL ? g_object_ref (texture) : NULL;
  kept->link.data = kept;
  g_hash_table_insert (self->kept, &kept->key, kept);
  g_queue_push_head_link (&self->recent, &kept->link);
  self->kept_bytes += texture_bytes (texture);
  while (self->kept_bytes > KEPT_BYTES && self->recent.length > 1)
    {
      Kept *oldest = self->recent.tail->data;

      g_queue_unlink (&self->recent, &oldest->link);
      self->kept_bytes -= texture_bytes (oldest->texture);
      g_hash_table_remove (self->kept, &oldest->key);
    }
}

static Kept *
find_kept (ReunionTileSource *self, gint64 key)
{
  Kept *kept = g_hash_table_lookup (self->kept, &key);

  if (kept != NULL)
    {
      g_queue_unlink (&self->recent, &kept->link);
      g_queue_push_head_link (&self->recent, &kept->link);
    }
  return kept;
}

/* --- errands: the map's tiles ------------------------------------------------- */

static void
clear_texture (gpointer data)
{
  if (data != NULL)
    g_object_unref (data);
}

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_clear_object (&errand->task);
  g_clear_pointer (&errand->textures, g_ptr_array_unref);
  g_free (errand);
}

/* Without a texture the tile stays clear, and the built-in map shows. */
static void
deliver (Errand *errand, GdkTexture *texture)
{
  ShumateTile *tile = g_task_get_task_data (errand->task);
  g_autoptr (ReunionPixels) pixels
      = texture != NULL ? reunion_pixels_new_for_texture (texture) : NULL;

  if (!g_task_return_error_if_cancelled (errand->task))
    {
      shumate_tile_set_fade_in (tile, FALSE);
      shumate_tile_set_paintable (tile, pixels != NULL ? GDK_PAINTABLE (pixels) : NULL);
      shumate_tile_set_state (tile, SHUMATE_STATE_DONE);
      g_task_return_boolean (errand->task, TRUE);
    }
}

static void
paint_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Errand *errand = data;

  g_task_return_pointer (task,
                         reunion_tile_warp_paint (&errand->warp,
                                                  (GdkTexture *const *) errand->textures->pdata,
                                                  errand->brightness),
                         g_object_unref);
}

static void
painted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), NULL);

  deliver (errand, texture);
  errand_free (errand);
}

static void
finish_errand (ReunionTileSource *self, Errand *errand)
{
  g_autoptr (GTask) painting = NULL;
  gboolean is_empty = TRUE;

  for (guint i = 0; i < errand->textures->len; i++)
    is_empty = is_empty && errand->textures->pdata[i] == NULL;
  if (is_empty || g_cancellable_is_cancelled (g_task_get_cancellable (errand->task))
      || (reunion_tile_warp_is_plain (&errand->warp) && errand->brightness >= 1.0))
    {
      deliver (errand, errand->textures->len > 0 ? errand->textures->pdata[0] : NULL);
      errand_free (errand);
      return;
    }
  /* Holds nothing that must not be finalized in the thread, where its last
   * reference may be dropped. */
  painting = g_task_new (NULL, NULL, painted_cb, errand);
  g_task_set_task_data (painting, errand, NULL);
  g_task_run_in_thread (painting, paint_in_thread);
}

static void
grant (ReunionTileSource *self, const Wish *wish, GdkTexture *texture)
{
  Errand *errand = wish->errand;

  errand->textures->pdata[wish->slot] = texture != NULL ? g_object_ref (texture) : NULL;
  if (--errand->n_missing == 0)
    finish_errand (self, errand);
}

/* --- what is wrong ------------------------------------------------------------ */

static void
set_problem (ReunionTileSource *self, const char *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static Load *add_load (ReunionTileSource *self, gint64 key);

/* One tile is asked for; when it comes the others are worth asking for too. */
static gboolean
retry_cb (gpointer user_data)
{
  ReunionTileSource *self = user_data;
  Load *load = g_hash_table_lookup (self->loads, &self->failed_key);

  self->retry_id = 0;
  self->retry_ms = MIN (self->retry_ms * 2, LAST_RETRY_MS);
  if (load == NULL)
    load = add_load (self, self->failed_key);
  load->is_retry = TRUE;
  run_line (self);
  return G_SOURCE_REMOVE;
}

static void
note_failure (ReunionTileSource *self, Load *load, const GError *error)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (self->problem == NULL || load->is_retry)
    {
      self->failed_key = load->key;
      set_problem (self, error->message);
    }
  if (self->retry_id == 0)
    self->retry_id = g_timeout_add (self->retry_ms, retry_cb, self);
}

static void
note_success (ReunionTileSource *self, Load *load)
{
  if (self->problem == NULL || (!load->is_retry && load->key != self->failed_key))
    return;
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->retry_ms = self->first_retry_ms;
  set_problem (self, NULL);
  g_signal_emit (self, signals[SIGNAL_REPAINT], 0);
}

/* --- loads: the source's tiles ------------------------------------------------ */

static void
load_free (Load *load)
{
  g_clear_pointer (&load->bytes, g_bytes_unref);
  g_array_unref (load->wishes);
  g_object_unref (load->source);
  g_free (load);
}

static void
finish_load (Load *load, GdkTexture *texture, const GError *error)
{
  g_autoptr (ReunionTileSource) self = g_object_ref (load->source);

  g_hash_table_remove (self->loads, &load->key);
  self->n_running--;
  if (error == NULL || g_error_matches (error, REUNION_TILE_ERROR, REUNION_TILE_ERROR_ABSENT))
    {
      keep (self, load->key, texture);
      note_success (self, load);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    note_failure (self, load, error);
  for (guint i = 0; i < load->wishes->len; i++)
    grant (self, &g_array_index (load->wishes, Wish, i), texture);
  load_free (load);
  run_line (self);
}

static void
decode_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Load *load = data;
  GError *error = NULL;
  GdkTexture *texture = reunion_tile_image_decode (load->bytes, &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Load *load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);

  finish_load (load, texture, error);
}

static void
fetched_cb (GObject *fetcher, GAsyncResult *result, gpointer user_data)
{
  Load *load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) decoding = NULL;

  load->bytes = reunion_tile_fetcher_fetch_finish (REUNION_TILE_FETCHER (fetcher), result, &error);
  if (load->bytes == NULL)
    {
      finish_load (load, NULL, error);
      return;
    }
  decoding = g_task_new (NULL, NULL, decoded_cb, load);
  g_task_set_task_data (decoding, load, NULL);
  g_task_run_in_thread (decoding, decode_in_thread);
}

/* Scrolled away while it stood in line. */
static gboolean
is_unwanted (Load *load)
{
  if (load->is_retry)
    return FALSE;
  for (guint i = 0; i < load->wishes->len; i++)
    {
      Errand *errand = g_array_index (load->wishes, Wish, i).errand;

      if (!g_cancellable_is_cancelled (g_task_get_cancellable (errand->task)))
        return FALSE;
    }
  return TRUE;
}

static void
run_line (ReunionTileSource *self)
{
  while (self->n_running < MAX_RUNNING && !g_queue_is_empty (&self->line))
    {
      Load *load = g_queue_pop_head (&self->line);

      self->n_running++;
      if (is_unwanted (load) || g_cancellable_is_cancelled (self->cancellable))
        {
          g_autoptr (GError) error
              = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "No longer wanted.");

          finish_load (load, NULL, error);
          return; /* which has run what is left of the line */
        }
      reunion_tile_fetcher_fetch_async (
          self->fetcher, (guint) (load->key >> 50), (guint) (load->key >> 25 & 0x1ffffff),
          (guint) (load->key & 0x1ffffff), self->cancellable, fetched_cb, load);
    }
}

static Load *
add_load (ReunionTileSource *self, gint64 key)
{
  Load *load = g_new0 (Load, 1);

  load->source = g_object_ref (self);
  load->key = key;
  load->wishes = g_array_new (FALSE, FALSE, sizeof (Wish));
  g_hash_table_insert (self->loads, &load->key, load);
  g_queue_push_head (&self->line, load);
  return load;
}

static void
wish_for (ReunionTileSource *self, Errand *errand, guint slot, gint64 key)
{
  Kept *kept = find_kept (self, key);
  Load *load;

  if (kept != NULL)
    {
      errand->textures->pdata[slot] = kept->texture != NULL ? g_object_ref (kept->texture) : NULL;
      return;
    }
  load = g_hash_table_lookup (self->loads, &key);
  if (load == NULL)
    load = add_load (self, key);
  g_array_append_val (load->wishes, ((Wish){ errand, slot }));
  errand->n_missing++;
}

static void
reunion_tile_source_fill_tile_async (ShumateMapSource *source,
                                     ShumateTile *tile,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  ReunionTileSource *self = REUNION_TILE_SOURCE (source);
  Errand *errand = g_new0 (Errand, 1);
  guint zoom = shumate_tile_get_zoom_level (tile);
  int n;

  errand->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (errand->task, reunion_tile_source_fill_tile_async);
  g_task_set_task_data (errand->task, g_object_ref (tile), g_object_unref);
  errand->brightness = self->dark ? DARK_BRIGHTNESS : 1.0;
  errand->textures = g_ptr_array_new_with_free_func (clear_texture);
  if (zoom >= self->min_zoom && zoom <= 24)
    errand->warp = reunion_tile_warp_plan (self->datum, zoom, shumate_tile_get_x (tile),
                                           shumate_tile_get_y (tile), self->max_zoom);
  n = 1 << errand->warp.zoom;
  g_ptr_array_set_size (errand->textures, errand->warp.n_columns * errand->warp.n_rows);
  shumate_tile_set_state (tile, SHUMATE_STATE_LOADING);
  for (int i = 0; i < (int) errand->textures->len; i++)
    wish_for (self, errand, (guint) i,
              make_key (errand->warp.zoom,
                        (guint) (((errand->warp.column + i % errand->warp.n_columns) % n + n) % n),
                        (guint) (errand->warp.row + i / errand->warp.n_columns)));
  if (errand->n_missing == 0)
    finish_errand (self, errand);
  else
    run_line (self);
}

static gboolean
reunion_tile_source_fill_tile_finish (ShumateMapSource *source,
                                      GAsyncResult *result,
                                      GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
reunion_tile_source_get_property (GObject *object,
                                  guint property_id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  ReunionTileSource *self = REUNION_TILE_SOURCE (object);

  switch (property_id)
    {
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
reunion_tile_source_finalize (GObject *object)
{
  ReunionTileSource *self = REUNION_TILE_SOURCE (object);

  /* Every load holds the source, so none is left. */
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_pointer (&self->loads, g_hash_table_unref);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->fetcher);
  g_free (self->attribution);
  g_free (self->problem);

  G_OBJECT_CLASS (reunion_tile_source_parent_class)->finalize (object);
}

static void
reunion_tile_source_class_init (ReunionTileSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  ShumateMapSourceClass *source_class = SHUMATE_MAP_SOURCE_CLASS (klass);

  object_class->get_property = reunion_tile_source_get_property;
  object_class->finalize = reunion_tile_source_finalize;
  source_class->fill_tile_async = reunion_tile_source_fill_tile_async;
  source_class->fill_tile_finish = reunion_tile_source_fill_tile_finish;

  properties[PROP_PROBLEM]
      = g_param_spec_string ("problem", NULL, NULL, NULL,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_REPAINT] = g_signal_new ("repaint", REUNION_TYPE_TILE_SOURCE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reunion_tile_source_init (ReunionTileSource *self)
{
  self->kept = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, kept_free);
  self->loads = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->cancellable = g_cancellable_new ();
  self->first_retry_ms = self->retry_ms = FIRST_RETRY_MS;
}

ReunionTileSource *
reunion_tile_source_new (ReunionTileFetcher *fetcher,
                         ReunionDatum datum,
                         guint min_zoom,
                         guint max_zoom,
                         const char *attribution)
{
  ReunionTileSource *self;

  g_return_val_if_fail (REUNION_IS_TILE_FETCHER (fetcher), NULL);
  g_return_val_if_fail (min_zoom <= max_zoom && max_zoom <= 24, NULL);

  self = g_object_new (REUNION_TYPE_TILE_SOURCE, "id", "reunion-station-map", "name", "Station",
                       "min-zoom-level", 0, "max-zoom-level", REUNION_TILE_SOURCE_MAX_ZOOM,
                       "tile-size", REUNION_TILE_SIZE, "projection",
                       SHUMATE_MAP_PROJECTION_MERCATOR, NULL);
  self->fetcher = g_object_ref (fetcher);
  self->datum = datum;
  self->min_zoom = min_zoom;
  self->max_zoom = max_zoom;
  self->attribution = g_strdup (attribution != NULL ? attribution : "");
  return self;
}

const char *
reunion_tile_source_get_attribution (ReunionTileSource *self)
{
  g_return_val_if_fail (REUNION_IS_TILE_SOURCE (self), "");

  return self->attribution;
}

guint
reunion_tile_source_get_max_zoom (ReunionTileSource *self)
{
  g_return_val_if_fail (REUNION_IS_TILE_SOURCE (self), 0);

  return MIN (self->max_zoom, REUNION_TILE_SOURCE_MAX_ZOOM);
}

const char *
reunion_tile_source_get_problem (ReunionTileSource *self)
{
  g_return_val_if_fail (REUNION_IS_TILE_SOURCE (self), NULL);

  return self->problem;
}

void
reunion_tile_source_set_dark (ReunionTileSource *self, gboolean dark)
{
  g_return_if_fail (REUNION_IS_TILE_SOURCE (self));

  dark = !!dark;
  if (self->dark == dark)
    return;
  self->dark = dark;
  g_signal_emit (self, signals[SIGNAL_REPAINT], 0);
}

void
reunion_tile_source_set_retry_ms (ReunionTileSource *self, guint retry_ms)
{
  g_return_if_fail (REUNION_IS_TILE_SOURCE (self) && retry_ms > 0);

  self->first_retry_ms = self->retry_ms = retry_ms;
}

void
reunion_tile_source_stop (ReunionTileSource *self)
{
  g_return_if_fail (REUNION_IS_TILE_SOURCE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->retry_id, g_source_remove);
}
