/* desk-connection-bar.h: says that the service can't be reached, and what waits
 *
 * Nothing shows while all is well.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_CONNECTION_BAR (desk_connection_bar_get_type ())
G_DECLARE_FINAL_TYPE (DeskConnectionBar, desk_connection_bar, DESK, CONNECTION_BAR, GtkWidget)

/* To be called once. */
void desk_connection_bar_set_session (DeskConnectionBar *self, DeskSession *session);

G_END_DECLS
