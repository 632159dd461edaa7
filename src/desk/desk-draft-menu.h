/* desk-draft-menu.h: from one unfinished report to another
 *
 * Turns a menu button into one that lists the drafts and returned reports of this PC
 * but for the one that is open; chosen, they are opened by the action win.open-draft.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

typedef void (*DeskDraftMenuFunc) (gpointer user_data);

/* To be called once. @arrow is seen while there is another report to go to; without
 * one the button is a mere title. @opening is called before the menu takes the
 * keyboard; @user_data outlives the button. */
void desk_draft_menu_set_up (GtkMenuButton *button,
                             GtkWidget *arrow,
                             DeskSession *session,
                             DeskDraftMenuFunc opening,
                             gpointer user_data);
/* Which report is open; NULL for none. */
void desk_draft_menu_set_current (GtkMenuButton *button, const char *case_id);

G_END_DECLS
