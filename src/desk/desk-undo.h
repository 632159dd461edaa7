/* desk-undo.h: what a report was like before each change to it
 *
 * Knows no widget and no store. Typing into one entry is one step up to a pause, a
 * new word or another place; every other change is a step of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-case.h"

G_BEGIN_DECLS

/* Where a step happened: a ReunionField, or the photos. */
#define DESK_UNDO_PHOTOS REUNION_N_FIELDS
/* The oldest steps are forgotten beyond so many. */
#define DESK_UNDO_MAX_STEPS 1000

/**
 * DeskUndoState:
 * @report: never written to
 * @photos: ReunionPhoto, the lead first; never written to
 * @texts: what stands in the entry, a GRefString; NULL for what is no entry
 * @is_raw: the report does not hold what the text says: it has not been read yet,
 *   or can't be
 *
 * A report at one moment, as the form shows it.
 */
typedef struct
{
  ReunionReport *report;
  GPtrArray *photos;
  char *texts[REUNION_N_FIELDS];
  gboolean is_raw[REUNION_N_FIELDS];
} DeskUndoState;

/* Report and photos of @case_, which are copied, without texts. Transfer full. */
DeskUndoState *desk_undo_state_new (ReunionCase *case_);
void desk_undo_state_free (DeskUndoState *self);
void desk_undo_state_set_text (DeskUndoState *self,
                               ReunionField field,
                               const char *text,
                               gboolean is_raw);
/* Whether the entry of @field shows something else in one than in the other. */
gboolean
desk_undo_state_differs (const DeskUndoState *a, const DeskUndoState *b, ReunionField field);
gboolean desk_undo_state_has_other_photos (const DeskUndoState *a, const DeskUndoState *b);
/* Where the text of @field in @to ceases to differ from that in @from, in
 * characters: there the caret belongs. */
int
desk_undo_state_find_caret (const DeskUndoState *from, const DeskUndoState *to, ReunionField field);

typedef struct _DeskUndo DeskUndo;

/* Takes @state over. Transfer full. */
DeskUndo *desk_undo_new (DeskUndoState *state);
void desk_undo_free (DeskUndo *self);

/* The entry of @field now says @text; NULL for what is no entry, and whose value
 * settle() tells. @now_usec: of any clock that only goes on. */
void desk_undo_type (DeskUndo *self, ReunionField field, const char *text, gint64 now_usec);
/* The report is as @state says, which is taken over, but for the fields that are
 * @pending: their texts have still to be read. Where @is_reading, what is other than
 * before came of reading what was typed, and belongs to that; else it is a step. */
void desk_undo_settle (DeskUndo *self,
                       DeskUndoState *state,
                       const gboolean pending[REUNION_N_FIELDS],
                       gboolean is_reading);

/* Whether a step can be taken back, or for @is_back FALSE brought back, and where it
 * happened. */
gboolean desk_undo_can (DeskUndo *self, gboolean is_back, guint *where);
/* Takes or brings it back: @from was the case, @to is from now on. Both stay the
 * undo's, and are valid until its next call. FALSE when there is none. */
gboolean desk_undo_go (DeskUndo *self,
                       gboolean is_back,
                       guint *where,
                       const DeskUndoState **from,
                       const DeskUndoState **to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskUndoState, desk_undo_state_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskUndo, desk_undo_free)

G_END_DECLS
