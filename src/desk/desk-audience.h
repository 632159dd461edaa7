/* desk-audience.h: which entries go out to the public, and which stay
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "reunion-case.h"

G_BEGIN_DECLS

/* An eye for what is seen, a lock for what is kept: told apart by their shape. */
#define DESK_AUDIENCE_ICON_PUBLIC "view-reveal-symbolic"
#define DESK_AUDIENCE_ICON_POLICE "changes-prevent-symbolic"

/* Whether @field of @report goes out, as a translated sentence; before a report is
 * known, of an empty one. Transfer none. */
const char *desk_audience_describe (ReunionField field, ReunionReport *report);

/* A small sign that says the same, to be put beside an entry. */
GtkWidget *desk_audience_mark_new (ReunionField field);
void desk_audience_mark_update (GtkWidget *mark, ReunionField field, ReunionReport *report);

/* The names of what @case_ holds and the public sees (@is_public), or does not see, one
 * after another; NULL for nothing. Transfer full. */
char *desk_audience_list (ReunionCase *case_, gboolean is_public);

G_END_DECLS
