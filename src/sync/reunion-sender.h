/* reunion-sender.h: takes rows from the outbox to the service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-client.h"
#include "reunion-station-store.h"

G_BEGIN_DECLS

#define REUNION_TYPE_SENDER (reunion_sender_get_type ())
G_DECLARE_FINAL_TYPE (ReunionSender, reunion_sender, REUNION, SENDER, GObject)

/* Transfer full.
 *
 * ReunionSender::got-through (): the service has answered an item. */
ReunionSender *reunion_sender_new (ReunionStationStore *store, ReunionClient *client);

/* From now on sends what is due, one at a time, whenever the store changes or
 * a later try falls due; until stop(). */
void reunion_sender_start (ReunionSender *self);
/* What is on its way is cancelled and goes back to waiting. */
void reunion_sender_stop (ReunionSender *self);

/* How long to wait after @n_attempts failed ones, in microseconds: doubling
 * from 2 s to 5 min. @random, 0..1, spreads it by a quarter either way. */
gint64 reunion_sender_get_backoff_usec (guint n_attempts, double random);

G_END_DECLS
