/* desk-amend-panel.h: what an amendment will send, and why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-amendment.h"

G_BEGIN_DECLS

#define DESK_TYPE_AMEND_PANEL (desk_amend_panel_get_type ())
G_DECLARE_FINAL_TYPE (DeskAmendPanel, desk_amend_panel, DESK, AMEND_PANEL, GtkBox)

/* Shows @amendment and edits its reason in place; hidden for NULL.
 *
 * DeskAmendPanel::edited (): a person has changed the reason.
 * DeskAmendPanel::activated (): a person pressed Enter in it. */
void desk_amend_panel_set_amendment (DeskAmendPanel *self, DeskAmendment *amendment);
/* The amendment says something else now. */
void desk_amend_panel_update (DeskAmendPanel *self);

/* Whether there is something to send, and a reason; else @sentence says what is
 * missing (transfer full), and the reason has the keyboard when it is that. */
gboolean desk_amend_panel_check (DeskAmendPanel *self, char **sentence);

G_END_DECLS
