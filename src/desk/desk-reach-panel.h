/* desk-reach-panel.h: what the circle of a case reaches, stage by stage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_REACH_PANEL (desk_reach_panel_get_type ())
G_DECLARE_FINAL_TYPE (DeskReachPanel, desk_reach_panel, DESK, REACH_PANEL, GtkWidget)

/* Property: "expanded" (gboolean), whether provinces are listed from the start. */

/* To be called once. */
void desk_reach_panel_set_session (DeskReachPanel *self, DeskSession *session);

/* Shows @case_ as it is, saved or not; NULL for none. The stage is that of the
 * clock until another is chosen, and again with another case. Cheap where the
 * place hasn't changed. Takes a reference. */
void desk_reach_panel_set_case (DeskReachPanel *self, ReunionCase *case_);

/* While a point is being dragged: shows @point in place of the case's own, until
 * the case is set anew. Takes a few milliseconds. */
void desk_reach_panel_preview (DeskReachPanel *self, ReunionPoint point);

G_END_DECLS
