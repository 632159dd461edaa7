/* desk-return-dialog.h: a report goes back, with reasons at the fields concerned
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks what is missing or unclear, overall and at any number of fields of @case_,
 * and returns it with that. Transfer none: the dialog. */
GtkWidget *desk_return_dialog_show (GtkWidget *parent, DeskSession *session, ReunionCase *case_);

G_END_DECLS
