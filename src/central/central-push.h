/* central-push.h: notices to partners, through a queue that outlives us
 *
 * Deliveries are written in the transaction of what they tell of; the pusher
 * takes them to the partners. One at a time for each partner, all partners at
 * once; what fails is tried again for a day, with growing pauses.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-service.h"

G_BEGIN_DECLS

/* Queues a message of @kind for every partner with a URL, at the stage that
 * the case stands at; @told_radius_km is what the public was told before. Each
 * partner's ring begins where its own last one ended: see central-told.h. For
 * REUNION_PUSH_WITHDRAWN and _UPDATED: for every partner that was ever told.
 * Within a transaction, after the case was recorded. */
gboolean central_push_enqueue (CentralService *service,
                               ReunionCase *case_,
                               ReunionPushKind kind,
                               double told_radius_km,
                               GError **error);

/* Whether a message of the two versions, stage for stage, would say the same:
 * then nothing public has changed between them. */
gboolean
central_push_says_the_same (CentralService *service, ReunionCase *before, ReunionCase *after);

#define CENTRAL_TYPE_PUSHER (central_pusher_get_type ())
G_DECLARE_FINAL_TYPE (CentralPusher, central_pusher, CENTRAL, PUSHER, GObject)

/* Starts at once, and wakes with each commit. Transfer full. */
CentralPusher *central_pusher_new (CentralService *service);
/* Cancels what is on its way; it goes out again, under the same id, later. */
void central_pusher_stop (CentralPusher *self);

/* Pause after @n_attempts failed ones, in microseconds: doubling from 1 s to
 * an hour. @random, 0..1, spreads it by a quarter either way. */
gint64 central_push_get_backoff_usec (guint n_attempts, double random);

G_END_DECLS
