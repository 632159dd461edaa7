/* desk-tip-model.h: what the window says of a tip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "reunion-case.h"
#include "reunion-tip.h"

G_BEGIN_DECLS

/* Translated texts, transfer full. The place, with its distance from the place
 * of loss of @case_ (may be NULL) where both are known; what was seen, how long
 * ago, and who passed it on. */
char *desk_tip_model_format_place (ReunionTip *tip, ReunionCase *case_);
char *desk_tip_model_format_summary (ReunionTip *tip, gint64 now_usec);

/* The tone that goes with the state: see desk_widgets_set_tone(). */
const char *desk_tip_model_get_tone (ReunionTipState state);
/* The shape that the map draws for the state, as an icon. Transfer floating. */
GtkWidget *desk_tip_model_make_mark (ReunionTipState state);

G_END_DECLS
