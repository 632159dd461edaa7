/* desk-place-filter.h: which part of the country a list of cases is about
 *
 * A button that opens a search for towns, and turns into what was chosen, with a
 * second button to take it away again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

#include "reunion-map-view.h"

G_BEGIN_DECLS

#define DESK_TYPE_PLACE_FILTER (desk_place_filter_get_type ())
G_DECLARE_FINAL_TYPE (DeskPlaceFilter, desk_place_filter, DESK, PLACE_FILTER, GtkBox)

/* To be called once.
 *
 * DeskPlaceFilter::changed (): something else is asked for. */
void desk_place_filter_set_session (DeskPlaceFilter *self, DeskSession *session);
/* The map whose view can be asked for; it has to live as long. */
void desk_place_filter_set_map (DeskPlaceFilter *self, ReunionMapView *map);

/* Adds the place to @query; nothing when none is chosen. */
void desk_place_filter_apply (DeskPlaceFilter *self, ReunionCaseQuery *query);
/* "Within 50 km of Zhijin, Guizhou"; NULL while no place is chosen. Transfer none. */
const char *desk_place_filter_get_label (DeskPlaceFilter *self);
void desk_place_filter_clear (DeskPlaceFilter *self);

G_END_DECLS
