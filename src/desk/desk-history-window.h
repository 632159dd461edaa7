/* desk-history-window.h: who changed what in a case, and when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_HISTORY_WINDOW (desk_history_window_get_type ())
G_DECLARE_FINAL_TYPE (DeskHistoryWindow, desk_history_window, DESK, HISTORY_WINDOW, AdwWindow)

/* Shows what this PC knows of the history of @case_, asks the service for it, and
 * follows what comes. Over @parent; floating, to be presented. */
GtkWidget *desk_history_window_new (GtkWindow *parent, DeskSession *session, ReunionCase *case_);

G_END_DECLS
