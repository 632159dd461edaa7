/* desk-case-map.h: the map of one case: its circles by the clock, and its tips
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"
#include "desk-time-bar.h"

#include "reunion-map-view.h"

G_BEGIN_DECLS

#define DESK_TYPE_CASE_MAP (desk_case_map_get_type ())
G_DECLARE_FINAL_TYPE (DeskCaseMap, desk_case_map, DESK, CASE_MAP, GtkWidget)

/* DeskCaseMap::moved (): another moment is shown; see the time bar. */

/* To be called once. */
void desk_case_map_set_session (DeskCaseMap *self, DeskSession *session);

/* Shows @case_ as it is, saved or not; NULL for none. With @fit the map moves
 * to it. Takes a reference. */
void desk_case_map_set_case (DeskCaseMap *self, ReunionCase *case_, gboolean fit);
/* Reads the case anew, after its report was edited. */
void desk_case_map_refresh (DeskCaseMap *self);

/* Its map, for what pages do with it alone: picking a place, selecting a tip.
 * Transfer none. */
ReunionMapView *desk_case_map_get_view (DeskCaseMap *self);
/* The line that moves it through time. Transfer none. */
DeskTimeBar *desk_case_map_get_time_bar (DeskCaseMap *self);

G_END_DECLS
