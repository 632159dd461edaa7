/* central-history.h: who changed what in a case, and when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-request.h"

G_BEGIN_DECLS

/* A step that @account takes now, with what was said with it, which may be
 * NULL. Transfer full. */
ReunionHistoryEntry *central_history_new_step (CentralService *service,
                                               const ReunionCentralAccount *account,
                                               ReunionHistoryAction action,
                                               const char *reason);
/* The step of the service itself that lets the circle grow. Transfer full. */
ReunionHistoryEntry *central_history_new_stage (CentralService *service, guint before, guint after);
/* The step of the service itself that puts a report before the reviewers of a larger
 * region: digits of it that are asked for. Transfer full. */
ReunionHistoryEntry *central_history_new_rise (gint64 at_usec, guint before, guint after);
/* Adds what differs between the two versions. */
void
central_history_add_difference (ReunionHistoryEntry *step, ReunionCase *before, ReunionCase *after);

/* Answers GET /v1/cases/:/history: whole for who sees the case whole, and for
 * who sees the notice alone what the notice tells. */
void central_history_handle_get (CentralRequest *request);

G_END_DECLS
