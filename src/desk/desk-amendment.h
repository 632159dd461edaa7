/* desk-amendment.h: the amendment of a published case while it is being written
 *
 * Edits a copy, kept beside the case in the store; the case itself stays as it is
 * until the amendment is sent. What others change meanwhile is taken in where the
 * officer has changed nothing, and told where both have.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-session.h"

#include "reunion-history.h"

G_BEGIN_DECLS

#define DESK_TYPE_AMENDMENT (desk_amendment_get_type ())
G_DECLARE_FINAL_TYPE (DeskAmendment, desk_amendment, DESK, AMENDMENT, GObject)

/* Goes on with what is kept of an amendment of @case_, or begins one. Transfer
 * full. */
DeskAmendment *desk_amendment_open (DeskSession *session, ReunionCase *case_);

/* To be edited in place. Transfer none. */
ReunionCase *desk_amendment_get_case (DeskAmendment *self);
/* Why it is amended; "" when nothing was written yet. */
const char *desk_amendment_get_reason (DeskAmendment *self);
void desk_amendment_set_reason (DeskAmendment *self, const char *reason);

/* ReunionHistoryChange: what would be sent now. Transfer full. */
GPtrArray *desk_amendment_list_changes (DeskAmendment *self);
/* A translated sentence on whom these changes reach. Transfer full. */
char *desk_amendment_describe_reach (DeskAmendment *self);

/* Whether the store has another version than the one that is being amended. */
gboolean desk_amendment_is_behind (DeskAmendment *self);
/* Takes in what the store has now; the case is edited where the officer has not
 * changed it. FALSE when there was nothing to take in but the revision. */
gboolean desk_amendment_catch_up (DeskAmendment *self);
/* Whether the case has ended meanwhile: then nothing can be sent. */
gboolean desk_amendment_is_over (DeskAmendment *self);
/* What others have done to @key (see reunion-history.h) since this was opened: a
 * translated sentence, or NULL. Transfer none. */
const char *desk_amendment_get_news (DeskAmendment *self, const char *key);

/* Takes over from @other what it says under @key. */
void desk_amendment_take (DeskAmendment *self, ReunionCase *other, const char *key);

/* Writes it to the store, or nothing when nothing was changed. */
gboolean desk_amendment_keep (DeskAmendment *self, GError **error);
/* Writes the case and its row in the outbox. */
gboolean desk_amendment_send (DeskAmendment *self, GError **error);
/* Throws it away. */
gboolean desk_amendment_drop (DeskAmendment *self, GError **error);

G_END_DECLS
