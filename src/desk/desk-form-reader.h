/* desk-form-reader.h: what is typed into the form, read into the report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An entry is read once a person has paused, or goes on to another entry, or when
 * somebody asks. What can't be right yet stays with the draft as it was typed.
 */

#pragma once

#include "desk-draft.h"
#include "desk-form-layout.h"
#include "desk-form-undo.h"
#include "desk-place-finder.h"
#include "desk-revising.h"

G_BEGIN_DECLS

/* What of the form hears of an entry that was read; all of it outlives the reader. */
typedef struct
{
  DeskFormLayout *layout;
  DeskFormUndo *undo;
  DeskPlaceFinder *finder;
  DeskRevising *revising;
} DeskFormReaderParts;

/* The report says what the entries say. */
typedef void (*DeskFormReaderFunc) (gpointer user_data);

typedef struct _DeskFormReader DeskFormReader;

/* @session outlives it. Transfer full. */
DeskFormReader *desk_form_reader_new (DeskSession *session,
                                      const DeskFormReaderParts *parts,
                                      DeskFormReaderFunc changed,
                                      gpointer user_data);
void desk_form_reader_free (DeskFormReader *self);

/* Another draft, or the same with another report in it; NULL for none. What was not
 * read is forgotten. */
void desk_form_reader_set_draft (DeskFormReader *self, DeskDraft *draft);
/* A person changed the entry. */
void desk_form_reader_edited (DeskFormReader *self, DeskFieldRow *row);
/* Reads all that was edited, at once. */
void desk_form_reader_read (DeskFormReader *self);
/* Puts what the draft could not read of @field into its entry, with the sentence. */
void desk_form_reader_show_unread (DeskFormReader *self, ReunionField field);
/* What was not read yet won't be. */
void desk_form_reader_forget (DeskFormReader *self);
/* REUNION_N_FIELDS values: which entries were edited and not read yet. Transfer none. */
const gboolean *desk_form_reader_get_pending (DeskFormReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskFormReader, desk_form_reader_free)

G_END_DECLS
