/* central-waiting.h: reports that wait for a decision: in which order, before whom,
 * and who has one in hand
 *
 * Order. The first hours decide, so those reports come first whose circle has not
 * yet grown to its last stage, the longest clock first: they have the least of
 * that time left. After them those whose clock has run past it, the latest lost
 * first, for the trail of an older one has cooled longer and an hour more changes
 * less.
 *
 * Levels. A report is put before the reviewers nearest to its station; where
 * nobody answers for so small a region, before the next. Whoever answers for more
 * sees it and may decide from the start. When it has waited as long as the policy
 * says, the next level is asked too: it rises. A rise is a step in the history of
 * the case, taken by the service, and an entry in the change feed that those who
 * are newly asked receive: a ring, once for each level, kept like every other
 * entry.
 *
 * Locks. A reviewer can take a report in hand for a few minutes; nobody else can
 * decide on it meanwhile. What nobody has in hand anybody may decide on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-request.h"
#include "reunion-central-waiting.h"

G_BEGIN_DECLS

#define CENTRAL_WAITING_LOCK_USEC (5 * G_TIME_SPAN_MINUTE)

/* Puts the report into the queue, or takes it out, as its state says. Within a
 * transaction. */
gboolean central_waiting_plan (CentralService *service, ReunionCase *case_, GError **error);
/* The same for all that wait, after the policy was changed. */
gboolean central_waiting_plan_all (CentralService *service, GError **error);

/* Lets those rise that have waited long enough; each in a transaction of its own.
 * *@n_risen may be NULL. */
gboolean central_waiting_run (CentralService *service, guint *n_risen, GError **error);

/* Whether @account may decide: CENTRAL_ERROR_CONFLICT says who has it in hand. */
gboolean central_waiting_check_lock (CentralService *service,
                                     const ReunionCentralAccount *account,
                                     const char *case_id,
                                     GError **error);
/* Takes the report in hand, or keeps it so; until when, or -1 with @error set. */
gint64 central_waiting_lock (CentralService *service,
                             const ReunionCentralAccount *account,
                             const char *case_id,
                             GError **error);
/* Gives it back; nothing happens when nobody has it. */
gboolean central_waiting_unlock (CentralService *service,
                                 const ReunionCentralAccount *account,
                                 const char *case_id,
                                 GError **error);

/* Whether a report of @region at @level is @account's to decide now. */
gboolean
central_waiting_asks (const ReunionCentralAccount *account, const char *region, guint level);

/* A ring in the feed, for those newly asked by it; NULL for everybody else.
 * Transfer full. */
char *central_waiting_render_ring (const ReunionCentralAccount *account,
                                   const ReunionCentralChange *change);

/* GET /v1/review?limit= */
void central_waiting_handle_get (CentralRequest *request);
/* POST and DELETE /v1/cases/<id>/lock */
void central_waiting_handle_lock (CentralRequest *request);
void central_waiting_handle_unlock (CentralRequest *request);

G_END_DECLS
