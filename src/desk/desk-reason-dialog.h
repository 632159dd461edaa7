/* desk-reason-dialog.h: a question that is answered with a reason
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*DeskReasonFunc) (const char *reason, gpointer user_data);

/* Asks for a reason under @label; @given is called with @widget and the reason,
 * which is not empty, when @accept is pressed. */
void desk_reason_dialog_show (GtkWidget *widget,
                              const char *heading,
                              const char *body,
                              const char *label,
                              const char *accept,
                              gboolean is_destructive,
                              DeskReasonFunc given);

G_END_DECLS
