/* desk-tip-travel.h: whether the person can have come to where somebody saw them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "reunion-case.h"
#include "reunion-tip.h"
#include "reunion-travel.h"

G_BEGIN_DECLS

/* FALSE when there is no point or time to tell by. Times are the earliest that
 * the person can have gone, and when it was seen or, where that isn't said, taken
 * in. */
gboolean desk_tip_travel_judge (ReunionTip *tip, ReunionCase *case_, ReunionTravelVerdict *verdict);

/* "412 km in 1 h 05 min: faster than any train"; NULL when it can't be told.
 * Translated, transfer full. */
char *desk_tip_travel_format (ReunionTip *tip, ReunionCase *case_);

/* The same with an icon, which tells what can't be from what can; NULL when it
 * can't be told. Transfer floating. */
GtkWidget *desk_tip_travel_make_line (ReunionTip *tip, ReunionCase *case_);

G_END_DECLS
