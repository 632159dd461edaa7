/* desk-form-layout.h: which entry of the form stands where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-field-row.h"
#include "desk-message-row.h"
#include "desk-place-finder.h"

G_BEGIN_DECLS

typedef struct _DeskFormLayout DeskFormLayout;

/* Makes the entries in groups and appends them to @box; the rows of @finder
 * follow the entry of the place. Transfer full. */
DeskFormLayout *desk_form_layout_new (GtkBox *box, DeskPlaceFinder *finder);
void desk_form_layout_free (DeskFormLayout *self);

/* Scrolls to what is said of the field below its entry, and to the entry. */
void desk_form_layout_show_spoken (DeskFormLayout *self, ReunionField field);
/* What the field is called for who is missing. */
const char *desk_form_layout_get_label (DeskFormLayout *self, ReunionField field);
/* NULL for the two coordinates, which have no entry. Transfer none. */
DeskFieldRow *desk_form_layout_get_row (DeskFormLayout *self, ReunionField field);
/* Where others say something of the field, under its entry and its message; hidden
 * until then. NULL for the two coordinates. Transfer none. */
DeskMessageRow *desk_form_layout_get_note (DeskFormLayout *self, ReunionField field);
/* The entry that follows in the conversation, of those that are not folded away;
 * NULL after the last. Transfer none. */
DeskFieldRow *desk_form_layout_get_next (DeskFormLayout *self, ReunionField field);
/* Unfolds what hides the entry. */
void desk_form_layout_reveal (DeskFormLayout *self, ReunionField field);
/* Arranges and names the entries for the person who is missing in @report, and says
 * where that person can't have the age of the report at @now_usec. What was typed, and
 * the keyboard, stay where they are. */
void desk_form_layout_adapt (DeskFormLayout *self, ReunionReport *report, gint64 now_usec);
void desk_form_layout_set_visible (DeskFormLayout *self, ReunionField field, gboolean is_visible);

/* The fields that have an entry, in the order of the conversation; @index below
 * the number of them. */
gsize desk_form_layout_get_n_fields (void);
ReunionField desk_form_layout_get_field (gsize index);

/* Which groups are unfolded, which entry has the keyboard, and where its caret
 * stands, as a text that restore_view() understands. Transfer full. */
char *desk_form_layout_describe_view (DeskFormLayout *self);
/* Folds and unfolds as @view says; all is folded for NULL. TRUE when it also names
 * the entry and the caret to go back to. */
gboolean desk_form_layout_restore_view (DeskFormLayout *self,
                                        const char *view,
                                        ReunionField *field,
                                        int *caret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskFormLayout, desk_form_layout_free)

G_END_DECLS
