/* desk-tip-link.h: rows of tips and the map select together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-map-view.h"

G_BEGIN_DECLS

/* Says which tip @row is about. */
void desk_tip_link_add_row (GtkWidget *row, const char *tip_id);

/* A row within @rows that the keyboard or the pointer comes to selects its tip on
 * @view; a tip that is selected there marks its row. To be called once; lasts as
 * long as both. */
void desk_tip_link_join (GtkWidget *rows, ReunionMapView *view);

G_END_DECLS
