/* desk-window.h: the window: sign-in, and the four pages under one header
 *
 * Pages speak to it through its actions: see desk-window-actions.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_WINDOW (desk_window_get_type ())
G_DECLARE_FINAL_TYPE (DeskWindow, desk_window, DESK, WINDOW, AdwApplicationWindow)

/* Transfer floating. */
DeskWindow *desk_window_new (AdwApplication *application, DeskSession *session);

G_END_DECLS
