/* reunion-map-sheet.h: the station's own map, as it lies over the built-in one
 *
 * Its layer of tiles, how deep the map may then be zoomed, and the note that
 * says what is wrong with it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

#include "reunion-tile-source.h"

G_BEGIN_DECLS

typedef struct _ReunionMapSheet ReunionMapSheet;

/* Of @map, under its layer @above; the note goes on @overlay. All three have to
 * live as long as the sheet. */
ReunionMapSheet *reunion_map_sheet_new (ShumateMap *map, ShumateLayer *above, GtkOverlay *overlay);
void reunion_map_sheet_free (ReunionMapSheet *self);

/* @source may be NULL, for no map of the station's own. @problem is noted until
 * then, NULL for what the source itself says. */
void reunion_map_sheet_set (ReunionMapSheet *self, ReunionTileSource *source, const char *problem);

void reunion_map_sheet_set_dark (ReunionMapSheet *self, gboolean dark);

/* Sets how deep the map can be zoomed; to be called after the viewport was given
 * a map source, which sets it too. */
void reunion_map_sheet_update_zooms (ReunionMapSheet *self);

/* What the built-in map has to lie behind. Transfer none. */
/* A sentence about the built-in map, shown as long as nothing has to be said of the
 * station's own; NULL for none. */
void reunion_map_sheet_set_base_problem (ReunionMapSheet *self, const char *problem);
const char *reunion_map_sheet_get_base_problem (ReunionMapSheet *self);

ShumateLayer *reunion_map_sheet_get_lowest_layer (ReunionMapSheet *self);
/* "" for none. Transfer none. */
const char *reunion_map_sheet_get_attribution (ReunionMapSheet *self);

G_END_DECLS
