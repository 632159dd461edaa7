/* desk-draft.h: a report while it is being written
 *
 * Keeps the report in the store within half a second of each change, together
 * with what was typed and can't be read yet, so that nothing typed is lost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-amendment.h"

G_BEGIN_DECLS

#define DESK_TYPE_DRAFT (desk_draft_get_type ())
G_DECLARE_FINAL_TYPE (DeskDraft, desk_draft, DESK, DRAFT, GObject)

/* A new report, signed by the station and the officer; it is not kept before
 * the first change. Transfer full.
 *
 * DeskDraft::kept (const char *problem): it was written to the store, or could
 * not be: then @problem says why; else it is NULL. */
DeskDraft *desk_draft_new (DeskSession *session);
/* Goes on with a draft or a returned case: a copy is edited. Transfer full. */
DeskDraft *desk_draft_open (DeskSession *session, ReunionCase *case_);

/* Amends a published case, or goes on with that. Transfer full. */
DeskDraft *desk_draft_amend (DeskSession *session, ReunionCase *case_);
/* NULL unless a published case is amended. Transfer none. */
DeskAmendment *desk_draft_get_amendment (DeskDraft *self);

/* To be edited in place; call desk_draft_touch() then. Transfer none. */
ReunionCase *desk_draft_get_case (DeskDraft *self);
void desk_draft_touch (DeskDraft *self);

/* What was typed for @field and does not fit it; NULL when it does. */
const char *desk_draft_get_unread (DeskDraft *self, ReunionField field);
void desk_draft_set_unread (DeskDraft *self, ReunionField field, const char *text);

/* Writes what has not been written yet; FALSE when it could not be. */
gboolean desk_draft_keep (DeskDraft *self);
/* Writes the case and its rows in the outbox together: of a report, or of an
 * amendment. */
gboolean desk_draft_submit (DeskDraft *self, GError **error);
/* Throws it away for good. */
gboolean desk_draft_discard (DeskDraft *self, GError **error);

/* How the form looked when it was last seen: see desk_form_layout_describe_view().
 * get: NULL when it was never said; transfer full. set: written at once when it is
 * new; FALSE when it is not kept, before anything was entered or for a failure, which
 * is logged, for nothing that was typed depends on it. */
char *desk_draft_get_view (DeskDraft *self);
gboolean desk_draft_set_view (DeskDraft *self, const char *view);

G_END_DECLS
