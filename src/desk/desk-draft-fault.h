/* desk-draft-fault.h: what keeps a report from being submitted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-draft.h"
#include "desk-form-layout.h"

G_BEGIN_DECLS

/* The first entry that can't be read, or what the standard lacks: TRUE, the field to go
 * to, and a sentence that calls it as @layout does, transfer full. FALSE where there is
 * nothing. */
gboolean desk_draft_find_fault (DeskDraft *self,
                                DeskFormLayout *layout,
                                gint64 now_usec,
                                ReunionField *field,
                                char **sentence);

G_END_DECLS
