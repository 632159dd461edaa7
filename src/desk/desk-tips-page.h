/* desk-tips-page.h: what the public has seen, and what came of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_TIPS_PAGE (desk_tips_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskTipsPage, desk_tips_page, DESK, TIPS_PAGE, GtkWidget)

/* To be called once. */
void desk_tips_page_set_session (DeskTipsPage *self, DeskSession *session);
void desk_tips_page_show_tip (DeskTipsPage *self, const char *tip_id);

G_END_DECLS
