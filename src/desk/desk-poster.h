/* desk-poster.h: the button that makes a poster of a case
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_POSTER (desk_poster_get_type ())
G_DECLARE_FINAL_TYPE (DeskPoster, desk_poster, DESK, POSTER, GtkWidget)

/* @case_ is one that the public sees: whoever places the button shows it for no
 * other. */
void desk_poster_set_case (DeskPoster *self, DeskSession *session, ReunionCase *case_);

G_END_DECLS
