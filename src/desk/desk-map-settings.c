/* desk-map-settings.c: which map this PC shows, and that map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-map-settings.h"

#include "desk-tile-fetcher.h"
#include "reunion-mbtiles.h"
#include "reunion-mercator.h"
#include "reunion-tile-image.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define SETTING_KIND "map-kind"
#define SETTING_FILE "map-file"
#define SETTING_SERVICE "map-service"
#define SETTING_DATUM "map-datum"
#define SETTING_ATTRIBUTION "map-attribution"

/* Deeper than most services go; those that don't say they have no tile. */
#define SERVICE_MAX_ZOOM 18

/* Where a service is tried: the middle of China, with some twenty cities. */
#define TRIAL_ZOOM 5u
#define TRIAL_X 25u
#define TRIAL_Y 12u

struct _DeskMapSettings
{
  GObject parent_instance;

  ReunionStationStore *store;
  DeskMapChoice *choice;
  ReunionTileSource *source;
  char *problem;
  GCancellable *opening; /* while a file is being opened */
};

G_DEFINE_FINAL_TYPE (DeskMapSettings, desk_map_settings, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *const kind_names[DESK_N_MAPS] = { "built-in", "file", "service" };

/* --- the choice ---------------------------------------------------------------- */

static char *
read_text (DeskMapSettings *self, const char *key)
{
  char *text = reunion_station_store_get_setting (self->store, key);

  return text != NULL ? text : g_strdup ("");
}

static DeskMapChoice *
read_choice (DeskMapSettings *self)
{
  DeskMapChoice *choice = g_new0 (DeskMapChoice, 1);
  g_autofree char *kind = read_text (self, SETTING_KIND);
  g_autofree char *datum = read_text (self, SETTING_DATUM);

  for (guint i = 0; i < DESK_N_MAPS; i++)
    if (g_strcmp0 (kind, kind_names[i]) == 0)
      choice->kind = (DeskMapKind) i;
  reunion_datum_from_name (datum, &choice->datum);
  choice->file = read_text (self, SETTING_FILE);
  choice->service = read_text (self, SETTING_SERVICE);
  choice->attribution = read_text (self, SETTING_ATTRIBUTION);
  return choice;
}

static gboolean
write_choice (DeskMapSettings *self, const DeskMapChoice *choice, GError **error)
{
  const char *const values[][2] = {
    { SETTING_KIND, kind_names[choice->kind] },
    { SETTING_FILE, choice->file },
    { SETTING_SERVICE, choice->service },
    { SETTING_DATUM, reunion_datum_to_name (choice->datum) },
    { SETTING_ATTRIBUTION, choice->attribution },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    if (!reunion_station_store_set_setting (self->store, values[i][0], values[i][1], error))
      return FALSE;
  return TRUE;
}

/* --- putting it to use ----------------------------------------------------------- */

static void
take (DeskMapSettings *self, ReunionTileSource *source, const char *problem)
{
  if (self->source != NULL)
    reunion_tile_source_stop (self->source);
  g_set_object (&self->source, source);
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  ReunionMbtiles *file = reunion_mbtiles_open (data, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_error (task, error);
}

/* The task holds nothing that must not be finalized in the thread. */
static void
open_file (const char *path,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, open_in_thread);
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskMapSettings) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionMbtiles) file = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (ReunionTileSource) source = NULL;
  g_autofree char *problem = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->opening);
  if (file != NULL)
    source = reunion_tile_source_new (
        REUNION_TILE_FETCHER (file), self->choice->datum, reunion_mbtiles_get_min_zoom (file),
        reunion_mbtiles_get_max_zoom (file),
        *self->choice->attribution != '\0' ? self->choice->attribution
                                           : reunion_mbtiles_get_attribution (file));
  else
    /* Translators: a sentence that says what is wrong with the map file. */
    problem = g_strdup_printf (_("%s The built-in map is shown."), error->message);
  take (self, source, problem);
}

static DeskTileFetcher *
make_fetcher (const char *pattern, gboolean with_cache)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "reunion", "tiles", NULL);
  g_autoptr (ReunionTileClient) client
      = reunion_tile_client_new (pattern, with_cache ? folder : NULL);

  return desk_tile_fetcher_new (client);
}

static void
use_service (DeskMapSettings *self)
{
  g_autoptr (DeskTileFetcher) fetcher = NULL;
  g_autoptr (ReunionTileSource) source = NULL;
  g_autoptr (GError) error = NULL;

  if (*self->choice->service == '\0')
    take (self, NULL, NULL);
  else if (!reunion_tile_client_check_pattern (self->choice->service, &error))
    take (self, NULL, error->message);
  else
    {
      fetcher = make_fetcher (self->choice->service, TRUE);
      source = reunion_tile_source_new (REUNION_TILE_FETCHER (fetcher), self->choice->datum, 0,
                                        SERVICE_MAX_ZOOM, self->choice->attribution);
      take (self, source, NULL);
    }
}

static void
apply (DeskMapSettings *self)
{
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  switch (self->choice->kind)
    {
    case DESK_MAP_FILE:
      if (*self->choice->file == '\0')
        take (self, NULL, NULL);
      else
        {
          self->opening = g_cancellable_new ();
          open_file (self->choice->file, self->opening, opened_cb, g_object_ref (self));
        }
      break;
    case DESK_MAP_SERVICE:
      use_service (self);
      break;
    case DESK_MAP_BUILT_IN:
    default:
      take (self, NULL, NULL);
    }
}

/* --- trying ---------------------------------------------------------------------- */

static void
trial_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes
      = reunion_tile_fetcher_fetch_finish (REUNION_TILE_FETCHER (source), result, &error);
  GdkTexture *texture = bytes != NULL ? reunion_tile_image_decode (bytes, &error) : NULL;

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
trial_opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (ReunionMbtiles) file = g_task_propagate_pointer (G_TASK (result), &error);
  double west_deg = 104.0, south_deg = 35.0, east_deg = 104.0, north_deg = 35.0;
  ReunionMercator at;
  double n;

  if (file == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* The middle of what it covers, where there most likely is something. */
  reunion_mbtiles_get_bounds (file, &west_deg, &south_deg, &east_deg, &north_deg);
  at = reunion_mercator_project (
      (ReunionPoint){ (south_deg + north_deg) / 2.0, (west_deg + east_deg) / 2.0 });
  n = exp2 (reunion_mbtiles_get_min_zoom (file));
  reunion_tile_fetcher_fetch_async (
      REUNION_TILE_FETCHER (file), reunion_mbtiles_get_min_zoom (file),
      (guint) (CLAMP (at.x, 0.0, 0.999999999) * n), (guint) (CLAMP (at.y, 0.0, 0.999999999) * n),
      g_task_get_cancellable (task), trial_fetched_cb, g_object_ref (task));
}

/* --- the object ------------------------------------------------------------------- */

static void
desk_map_settings_dispose (GObject *object)
{
  DeskMapSettings *self = DESK_MAP_SETTINGS (object);

  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  if (self->source != NULL)
    reunion_tile_source_stop (self->source);
  g_clear_object (&self->source);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (desk_map_settings_parent_class)->dispose (object);
}

static void
desk_map_settings_finalize (GObject *object)
{
  DeskMapSettings *self = DESK_MAP_SETTINGS (object);

  g_clear_pointer (&self->choice, desk_map_choice_free);
  g_free (self->problem);

  G_OBJECT_CLASS (desk_map_settings_parent_class)->finalize (object);
}

static void
desk_map_settings_class_init (DeskMapSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_map_settings_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_map_settings_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", DESK_TYPE_MAP_SETTINGS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_map_settings_init (DeskMapSettings *self)
{
}

DeskMapChoice *
desk_map_choice_copy (const DeskMapChoice *choice)
{
  DeskMapChoice *copy = g_memdup2 (choice, sizeof *choice);

  copy->file = g_strdup (choice->file);
  copy->service = g_strdup (choice->service);
  copy->attribution = g_strdup (choice->attribution);
  return copy;
}

void
desk_map_choice_free (DeskMapChoice *choice)
{
  g_free (choice->file);
  g_free (choice->service);
  g_free (choice->attribution);
  g_free (choice);
}

DeskMapSettings *
desk_map_settings_new (ReunionStationStore *store)
{
  DeskMapSettings *self;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (store), NULL);

  self = g_object_new (DESK_TYPE_MAP_SETTINGS, NULL);
  self->store = g_object_ref (store);
  self->choice = read_choice (self);
  apply (self);
  return self;
}

const DeskMapChoice *
desk_map_settings_get_choice (DeskMapSettings *self)
{
  g_return_val_if_fail (DESK_IS_MAP_SETTINGS (self), NULL);

  return self->choice;
}

gboolean
desk_map_settings_set_choice (DeskMapSettings *self, const DeskMapChoice *choice, GError **error)
{
  DeskMapChoice *copy;

  g_return_val_if_fail (DESK_IS_MAP_SETTINGS (self), FALSE);
  g_return_val_if_fail (choice != NULL && choice->kind < DESK_N_MAPS, FALSE);

  copy = desk_map_choice_copy (choice);
  desk_map_choice_free (self->choice);
  self->choice = copy;
  apply (self);
  return write_choice (self, self->choice, error);
}

ReunionTileSource *
desk_map_settings_get_source (DeskMapSettings *self)
{
  g_return_val_if_fail (DESK_IS_MAP_SETTINGS (self), NULL);

  return self->source;
}

const char *
desk_map_settings_get_problem (DeskMapSettings *self)
{
  g_return_val_if_fail (DESK_IS_MAP_SETTINGS (self), NULL);

  return self->problem;
}

void
desk_map_settings_try_async (DeskMapSettings *self,
                             const DeskMapChoice *choice,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (DeskTileFetcher) fetcher = NULL;
  GError *error = NULL;

  g_return_if_fail (DESK_IS_MAP_SETTINGS (self) && choice != NULL);
  g_return_if_fail (choice->kind != DESK_MAP_BUILT_IN);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, desk_map_settings_try_async);
  if (choice->kind == DESK_MAP_FILE)
    open_file (choice->file, cancellable, trial_opened_cb, g_object_ref (task));
  else if (!reunion_tile_client_check_pattern (choice->service, &error))
    g_task_return_error (task, error);
  else
    {
      fetcher = make_fetcher (choice->service, FALSE);
      reunion_tile_fetcher_fetch_async (REUNION_TILE_FETCHER (fetcher), TRIAL_ZOOM, TRIAL_X,
                                        TRIAL_Y, cancellable, trial_fetched_cb,
                                        g_object_ref (task));
    }
}

GdkTexture *
desk_map_settings_try_finish (DeskMapSettings *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
