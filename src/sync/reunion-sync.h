/* reunion-sync.h: keeps the station's store and the service in step
 *
 * Sends what waits in the outbox, one item at a time and in order for each
 * case; takes in the change feed, and follows the event stream so that a tip
 * is there within a second. Needs nothing but the store and the client, and
 * never loses a step: the outbox and the cursor are both in the store.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-client.h"
#include "reunion-station-store.h"

G_BEGIN_DECLS

/**
 * ReunionSyncStatus:
 * @REUNION_SYNC_SIGNED_OUT: nobody is signed in
 * @REUNION_SYNC_CONNECTING: on the way
 * @REUNION_SYNC_ONLINE: the event stream is open
 * @REUNION_SYNC_OFFLINE: the service can't be reached; tried again by itself
 */
typedef enum
{
  REUNION_SYNC_SIGNED_OUT,
  REUNION_SYNC_CONNECTING,
  REUNION_SYNC_ONLINE,
  REUNION_SYNC_OFFLINE,
} ReunionSyncStatus;

#define REUNION_TYPE_SYNC (reunion_sync_get_type ())
G_DECLARE_FINAL_TYPE (ReunionSync, reunion_sync, REUNION, SYNC, GObject)

/* Takes a reference to both. Does nothing until started. Transfer full.
 *
 * Properties, with notify: "status" (int, ReunionSyncStatus), "problem"
 * (string: the sentence for OFFLINE and SIGNED_OUT, or NULL). */
ReunionSync *reunion_sync_new (ReunionStationStore *store, ReunionClient *client);

/* Signs in as @account and starts to send and to listen. Keeps trying until
 * reunion_sync_stop(). A wrong password ends it as SIGNED_OUT with a problem. */
void reunion_sync_start (ReunionSync *self, const char *account, const char *password);
void reunion_sync_stop (ReunionSync *self);

ReunionSyncStatus reunion_sync_get_status (ReunionSync *self);
/* Transfer none; NULL when all is well. */
const char *reunion_sync_get_problem (ReunionSync *self);
ReunionClient *reunion_sync_get_client (ReunionSync *self);

/* Tries everything that waits at once. */
void reunion_sync_retry_now (ReunionSync *self);

/* Fetches the history of a case into the store, now or when the service can be
 * reached; reunion_station_store_list_history() has it once the store tells of
 * a change, and the store tells nothing when it is what it was. Passed over
 * while nobody is signed in. */
void reunion_sync_request_history (ReunionSync *self, const char *case_id);

G_END_DECLS
