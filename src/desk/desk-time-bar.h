/* desk-time-bar.h: the line under the map that moves it through time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_TIME_BAR (desk_time_bar_get_type ())
G_DECLARE_FINAL_TYPE (DeskTimeBar, desk_time_bar, DESK, TIME_BAR, GtkWidget)

/* DeskTimeBar::moved (): another moment is wanted; not emitted for the clock. */

/* To be called once. Hidden until there is a case. */
void desk_time_bar_set_session (DeskTimeBar *self, DeskSession *session);
/* NULL for none. Another case is shown as it is now; the same one, edited or not,
 * at the moment that was chosen. */
void desk_time_bar_set_case (DeskTimeBar *self, ReunionCase *case_);

/* Whether the map follows the clock. */
gboolean desk_time_bar_get_is_live (DeskTimeBar *self);
/* What the map is to show: now, or the moment chosen; microseconds since the
 * epoch. */
gint64 desk_time_bar_get_moment_usec (DeskTimeBar *self);
/* Leaves the clock, and stays at @usec. */
void desk_time_bar_set_moment_usec (DeskTimeBar *self, gint64 usec);

G_END_DECLS
