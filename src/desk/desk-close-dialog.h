/* desk-close-dialog.h: how a case ended
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

/* Asks how the case ended, and closes it. @parent is any widget of the window. */
void desk_close_dialog_show (GtkWidget *parent, DeskSession *session, ReunionCase *case_);

G_END_DECLS
