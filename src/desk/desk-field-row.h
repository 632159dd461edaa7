/* desk-field-row.h: the entry for one field of a report, with its message
 *
 * Makes the widget that fits the field's kind, and reads what was typed into
 * the report. What can't be read stays in the entry, with a sentence under it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-mnemonics.h"

#include "reunion-report.h"

G_BEGIN_DECLS

#define DESK_TYPE_FIELD_ROW (desk_field_row_get_type ())
G_DECLARE_FINAL_TYPE (DeskFieldRow, desk_field_row, DESK, FIELD_ROW, GObject)

/* Any field but the two coordinates, with letters from @mnemonics. Transfer full.
 *
 * DeskFieldRow::edited (): a person changed it.
 * DeskFieldRow::activated (): a person pressed Enter in the entry. */
DeskFieldRow *desk_field_row_new (ReunionField field, DeskMnemonics *mnemonics);

ReunionField desk_field_row_get_field (DeskFieldRow *self);
/* Rows for a list box, in this order. Transfer none. */
GtkWidget *desk_field_row_get_widget (DeskFieldRow *self);
GtkWidget *desk_field_row_get_message_widget (DeskFieldRow *self);
void desk_field_row_grab_focus (DeskFieldRow *self);
gboolean desk_field_row_has_focus (DeskFieldRow *self);
/* Where the caret stands, in characters; 0 for what has none. */
int desk_field_row_get_caret (DeskFieldRow *self);
void desk_field_row_set_caret (DeskFieldRow *self, int caret);

/* Calls it by other words, under the letter that it has. */
void desk_field_row_set_words (DeskFieldRow *self, const char *label, const char *hint);
/* Puts a small widget at its end. */
void desk_field_row_add_mark (DeskFieldRow *self, GtkWidget *mark);
/* What a screen reader says besides the name. */
void desk_field_row_set_description (DeskFieldRow *self, const char *description);
/* What it says before that of what somebody else has noted; NULL for nothing. */
void desk_field_row_set_note (DeskFieldRow *self, const char *note);

/* Shows what the report holds. */
void desk_field_row_show (DeskFieldRow *self, ReunionReport *report);
/* What stands in the entry, "" for other widgets. Transfer none. */
const char *desk_field_row_get_text (DeskFieldRow *self);
void desk_field_row_set_text (DeskFieldRow *self, const char *text);

/* Writes what was typed into @report, and shows a sentence when it does not
 * fit; the field is then unset, and FALSE returned. A time is read at
 * @now_usec in the local zone, and shown back in full. */
gboolean desk_field_row_apply (DeskFieldRow *self, ReunionReport *report, gint64 now_usec);
/* Brings the echo of a time up to date. */
void desk_field_row_tick (DeskFieldRow *self, ReunionReport *report, gint64 now_usec);
/* See desk_message_row_set(). */
void desk_field_row_set_message (DeskFieldRow *self, const char *text, const char *tone);

G_END_DECLS
