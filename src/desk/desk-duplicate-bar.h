/* desk-duplicate-bar.h: says that somebody may be reported already
 *
 * Hidden while there is nothing to say. It asks the store whenever it is told of
 * the report, and when the store was written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-compat.h"
#include "desk-session.h"

#include "reunion-station-duplicate.h"

G_BEGIN_DECLS

#define DESK_TYPE_DUPLICATE_BAR (desk_duplicate_bar_get_type ())
G_DECLARE_FINAL_TYPE (DeskDuplicateBar, desk_duplicate_bar, DESK, DUPLICATE_BAR, GtkBox)

/* To be called once.
 *
 * DeskDuplicateBar::show-beside (): a person wants to see the other case.
 * DeskDuplicateBar::changed (): what is said is about another case now, or about
 * none. */
void desk_duplicate_bar_set_session (DeskDuplicateBar *self, DeskSession *session);
/* The report that is looked at, or NULL; to be called after each change. Takes a
 * reference. */
void desk_duplicate_bar_set_case (DeskDuplicateBar *self, ReunionCase *case_);

/* The report, and the other case that is spoken of; NULL while there is none.
 * Transfer none, valid until the bar changes. */
ReunionCase *desk_duplicate_bar_get_case (DeskDuplicateBar *self);
const ReunionStationDuplicate *desk_duplicate_bar_get_duplicate (DeskDuplicateBar *self);

/* A person has looked: the two are not the same. */
void desk_duplicate_bar_tell_apart (DeskDuplicateBar *self);

/* FALSE when there is nothing to ask. Else asks whether to submit all the same;
 * @sure is called with @object, a GObject, when the person wants that. */
gboolean
desk_duplicate_bar_ask_to_submit (DeskDuplicateBar *self, DeskAnswerFunc sure, gpointer object);

G_END_DECLS
