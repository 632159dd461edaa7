/* desk-case-revise.h: what can be changed in a case, and what has been
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_CASE_REVISE (desk_case_revise_get_type ())
G_DECLARE_FINAL_TYPE (DeskCaseRevise, desk_case_revise, DESK, CASE_REVISE, GtkBox)

/* Offers for @case_ what there is: to amend it, through the window's action
 * "win.amend-case", to look at an amendment that was refused, and the history. */
void desk_case_revise_set_case (DeskCaseRevise *self, DeskSession *session, ReunionCase *case_);

G_END_DECLS
