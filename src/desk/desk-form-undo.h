/* desk-form-undo.h: undo and redo over all entries of the form
 *
 * Watches what the entries and the draft hold, and puts them back; which entry to go
 * to, and what else shows the report, is the form's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-draft.h"
#include "desk-form-layout.h"
#include "desk-undo.h"

G_BEGIN_DECLS

typedef struct _DeskFormUndo DeskFormUndo;

/* The buttons are sensitive while there is something to take or to bring back, and
 * say what. @layout and the buttons have to outlive it. Transfer full. */
DeskFormUndo *desk_form_undo_new (DeskFormLayout *layout, GtkWidget *undo, GtkWidget *redo);
void desk_form_undo_free (DeskFormUndo *self);

/* Another draft, which the entries show by now; NULL for none. What was known of the
 * one before is forgotten. */
void desk_form_undo_set_draft (DeskFormUndo *self, DeskDraft *draft);
/* A person changed the entry. */
void desk_form_undo_typed (DeskFormUndo *self, DeskFieldRow *row);
/* The draft has changed: see desk_undo_settle(). */
void desk_form_undo_settle (DeskFormUndo *self,
                            const gboolean pending[REUNION_N_FIELDS],
                            gboolean is_reading);
/* Takes back or brings back one step, in the draft and in the entries, which must
 * have been read. FALSE when there is none; else @where it happened, and where the
 * caret belongs, or -1. */
gboolean
desk_form_undo_go (DeskFormUndo *self, gboolean is_back, gint64 now_usec, guint *where, int *caret);

/* Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y wherever the keyboard is in the window of @scope,
 * while @scope shows; @undo and @redo are called with @scope, and return whether the
 * key was theirs. */
void desk_form_undo_take_keys (GtkWidget *scope, GtkShortcutFunc undo, GtkShortcutFunc redo);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskFormUndo, desk_form_undo_free)

G_END_DECLS
