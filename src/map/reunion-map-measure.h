/* reunion-map-measure.h: measuring between two points of the map
 *
 * A click starts, the line follows the pointer, a click ends; by keyboard, Space
 * or Enter takes the middle of the map, which a cross marks. Escape ends it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

#include "reunion-line-layer.h"

G_BEGIN_DECLS

typedef struct _ReunionMapMeasure ReunionMapMeasure;

/* Called when measuring has begun or ended. */
typedef void (*ReunionMapMeasureFunc) (gpointer user_data, gboolean is_active);

ReunionMapMeasure *reunion_map_measure_new (GtkOverlay *overlay,
                                            ShumateMap *map,
                                            ReunionLineLayer *lines,
                                            ReunionMapMeasureFunc changed,
                                            gpointer user_data);
void reunion_map_measure_free (ReunionMapMeasure *self);

gboolean reunion_map_measure_is_active (ReunionMapMeasure *self);
/* @from: where to measure from, or NULL to have it pointed at. */
void reunion_map_measure_start (ReunionMapMeasure *self, const ReunionPoint *from);
void reunion_map_measure_stop (ReunionMapMeasure *self);
/* Sets the start, else the end, in the middle of the map. */
void reunion_map_measure_set_middle (ReunionMapMeasure *self);

/* What is on the plate at the top of the map, NULL when it is hidden. */
const char *reunion_map_measure_get_text (ReunionMapMeasure *self);
/* Shows @text on it for a while when nothing is being measured. */
void reunion_map_measure_note (ReunionMapMeasure *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionMapMeasure, reunion_map_measure_free)

G_END_DECLS
