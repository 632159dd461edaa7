/* desk-refused-window.h: an amendment that the service refused, beside what the
 * service has now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_REFUSED_WINDOW (desk_refused_window_get_type ())
G_DECLARE_FINAL_TYPE (DeskRefusedWindow, desk_refused_window, DESK, REFUSED_WINDOW, AdwWindow)

/* Lets the officer take fields of the refused amendment of @case_ into a new one,
 * through the window's action "win.amend-case", or drop them all. Follows the
 * case as the store changes. NULL when none was refused. Over @parent; floating, to be presented.
 */
GtkWidget *desk_refused_window_new (GtkWindow *parent, DeskSession *session, ReunionCase *case_);

G_END_DECLS
