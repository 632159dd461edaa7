/* desk-case-card.h: one case at a glance, and what can be done about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_CASE_CARD (desk_case_card_get_type ())
G_DECLARE_FINAL_TYPE (DeskCaseCard, desk_case_card, DESK, CASE_CARD, GtkWidget)

/* To be called once.
 *
 * DeskCaseCard::edit-requested (): a person wants to go on with the report. */
void desk_case_card_set_session (DeskCaseCard *self, DeskSession *session);
/* NULL for none. */
void desk_case_card_set_case (DeskCaseCard *self, ReunionCase *case_);
/* The moment whose elapsed time and circle are shown, microseconds since the epoch;
 * 0 to follow the clock. */
void desk_case_card_set_moment_usec (DeskCaseCard *self, gint64 usec);
/* What holds the rows of its tips: see desk_tip_link_join(). Transfer none. */
GtkWidget *desk_case_card_get_tips (DeskCaseCard *self);

G_END_DECLS
