/* desk-place-finder.h: rows that turn the name of a place into a point
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_PLACE_FINDER (desk_place_finder_get_type ())
G_DECLARE_FINAL_TYPE (DeskPlaceFinder, desk_place_finder, DESK, PLACE_FINDER, GObject)

/* DeskPlaceFinder::chosen (const char *name, double lat_deg, double lon_deg):
 * a person chose one of the places found.
 * DeskPlaceFinder::pick-toggled (gboolean): the map is to be clicked, or not. */
DeskPlaceFinder *desk_place_finder_new (DeskSession *session);

/* Rows for a list box: places found, and the point with its button. Transfer
 * none. */
GtkWidget *desk_place_finder_get_results_row (DeskPlaceFinder *self);
GtkWidget *desk_place_finder_get_point_row (DeskPlaceFinder *self);

/* Looks for @text, a name or a pair of coordinates; "" or NULL hides what was
 * found. */
void desk_place_finder_search (DeskPlaceFinder *self, const char *text);
/* Takes the first of what was found, as Enter in the entry does; FALSE when there
 * is nothing to take. */
gboolean desk_place_finder_choose_first (DeskPlaceFinder *self);
/* Says where the report's point lies. */
void desk_place_finder_show_point (DeskPlaceFinder *self, ReunionReport *report);
void desk_place_finder_set_picking (DeskPlaceFinder *self, gboolean is_picking);

/* What to call a point: "Zhijin, Guizhou" or "贵州织金"; NULL when nothing near
 * has a name. Transfer full. */
char *desk_place_finder_name_point (DeskSession *session, ReunionPoint point);

/* "Zhijin, Guizhou" or "贵州织金"; and the same with the other script's name
 * behind it. Transfer full. */
char *desk_place_finder_format_place (const ReunionPlace *place);
char *desk_place_finder_format_result (const ReunionPlace *place);

G_END_DECLS
