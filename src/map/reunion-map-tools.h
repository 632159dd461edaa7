/* reunion-map-tools.h: what can be done with a map besides moving it
 *
 * Round buttons, keys and a menu for: the place of loss, everything, measuring,
 * the line through the tips, coordinates, a picture; and the keyboard's way from
 * tip to tip. Keys, while the map has the keyboard:
 *
 *   Home             place of loss          End    circle and tips
 *   N, P             next and previous tip in order of time
 *   Ctrl and arrow   nearest tip in that direction
 *   Enter            open the tip           Esc    end measuring, or let the tip go
 *   M                measure                L      line through the tips
 *   C                copy coordinates       Menu   menu
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-line-layer.h"
#include "reunion-map-aim.h"
#include "reunion-map-measure.h"
#include "reunion-tip-hover.h"

G_BEGIN_DECLS

typedef struct _ReunionMapTools ReunionMapTools;

/* @view: the widget on which the actions are and whose "selected-tip" is set and
 * ::tip-activated and ::picture-requested emitted; @box gets the buttons in front
 * of what it holds. Everything passed has to outlive the tools. */
ReunionMapTools *reunion_map_tools_new (GtkWidget *view,
                                        GtkOverlay *overlay,
                                        GtkBox *box,
                                        ShumateMap *map,
                                        ReunionMapAim *aim,
                                        ReunionTipLayer *tips,
                                        ReunionLineLayer *lines);
void reunion_map_tools_free (ReunionMapTools *self);

/* Place of loss and the radius of the circle that goes with it, 0 for none; NULL
 * for no place. */
void reunion_map_tools_set_lost (ReunionMapTools *self, const ReunionPoint *lost, double radius_km);
/* To be called when tips or selection have changed. */
void reunion_map_tools_update (ReunionMapTools *self);
/* The right button belongs to the picking of a place. */
void reunion_map_tools_set_picking (ReunionMapTools *self, gboolean is_picking);

ReunionMapMeasure *reunion_map_tools_get_measure (ReunionMapTools *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionMapTools, reunion_map_tools_free)

G_END_DECLS
