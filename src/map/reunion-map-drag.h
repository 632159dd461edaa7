/* reunion-map-drag.h: moving the place of loss by hand
 *
 * The pin can be taken and put down elsewhere, with the pointer or, while the map
 * has the keyboard, with an arrow key together with Alt. A press that goes
 * no further than a click moves nothing, and Escape puts the pin back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

#include "reunion-geodesy.h"

G_BEGIN_DECLS

typedef struct _ReunionMapDrag ReunionMapDrag;

/* @point: where the pin is now, longitude wrapped. @is_down: it was put down
 * there; else it is still held, or has just gone back to where it was. */
typedef void (*ReunionMapDragFunc) (gpointer user_data, ReunionPoint point, gboolean is_down);

/* For @map, which has to outlive it. */
ReunionMapDrag *
reunion_map_drag_new (ShumateMap *map, ReunionMapDragFunc moved, gpointer user_data);
void reunion_map_drag_free (ReunionMapDrag *self);

/* What can be taken, or NULL for nothing; ends a drag when that is what changes.
 * While the pin is held, where it stood before is what it goes back to. */
void reunion_map_drag_set_pin (ReunionMapDrag *self, const ReunionPoint *pin);
/* Where the pin is held; FALSE, and @point untouched, while it is not. */
gboolean reunion_map_drag_get_held (ReunionMapDrag *self, ReunionPoint *point);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionMapDrag, reunion_map_drag_free)

G_END_DECLS
