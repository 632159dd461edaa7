/* desk-window-actions.h: what menu, keys and pages ask of the window
 *
 * win.toast (s), win.show-tip (s), win.show-case (s), win.show-page (s),
 * win.new-report, win.find, win.retry, win.switch-user, win.about.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-window.h"

G_BEGIN_DECLS

/* To be called once for a window. */
void desk_window_actions_add (DeskWindow *window);
void desk_window_actions_set_keys (GtkApplication *application);

G_END_DECLS
