/* desk-map-settings.h: which map this PC shows, and that map
 *
 * Kept in the store, as what else is set: it needs no schema to be installed,
 * and a desk with a folder of its own has settings of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-station-store.h"
#include "reunion-tile-source.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_MAP_BUILT_IN,
  DESK_MAP_FILE,
  DESK_MAP_SERVICE,
  DESK_N_MAPS,
} DeskMapKind;

/**
 * DeskMapChoice:
 * @kind: which map
 * @file: path of the MBTiles file, "" for none
 * @service: pattern of the service's address, "" for none
 * @datum: what the tiles of file or service are drawn in
 * @attribution: whom that map is owed to; "" for what the file says
 *
 * What is not used now is kept for when it is chosen again.
 */
typedef struct
{
  DeskMapKind kind;
  char *file;
  char *service;
  ReunionDatum datum;
  char *attribution;
} DeskMapChoice;

DeskMapChoice *desk_map_choice_copy (const DeskMapChoice *choice);
void desk_map_choice_free (DeskMapChoice *choice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskMapChoice, desk_map_choice_free)

#define DESK_TYPE_MAP_SETTINGS (desk_map_settings_get_type ())
G_DECLARE_FINAL_TYPE (DeskMapSettings, desk_map_settings, DESK, MAP_SETTINGS, GObject)

/* Reads the choice, and opens what it names, for which it takes a moment.
 * Transfer full.
 *
 * DeskMapSettings::changed (): there is another source, or another problem. */
DeskMapSettings *desk_map_settings_new (ReunionStationStore *store);

/* Transfer none. */
const DeskMapChoice *desk_map_settings_get_choice (DeskMapSettings *self);
/* Kept and put to use. FALSE with @error when it can't be kept. */
gboolean
desk_map_settings_set_choice (DeskMapSettings *self, const DeskMapChoice *choice, GError **error);

/* NULL for the built-in map alone; the problem says why, NULL when that is what
 * was chosen. Transfer none. */
ReunionTileSource *desk_map_settings_get_source (DeskMapSettings *self);
const char *desk_map_settings_get_problem (DeskMapSettings *self);

/* Fetches one tile of what @choice names, past any cache. */
void desk_map_settings_try_async (DeskMapSettings *self,
                                  const DeskMapChoice *choice,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* The tile as a picture. NULL with a sentence when there is none. Transfer full. */
GdkTexture *
desk_map_settings_try_finish (DeskMapSettings *self, GAsyncResult *result, GError **error);

G_END_DECLS
