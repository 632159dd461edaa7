/* reunion-history-fetcher.h: the histories that somebody asked for, fetched into
 * the store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-client.h"
#include "reunion-station-store.h"

G_BEGIN_DECLS

#define REUNION_TYPE_HISTORY_FETCHER (reunion_history_fetcher_get_type ())
G_DECLARE_FINAL_TYPE (ReunionHistoryFetcher,
                      reunion_history_fetcher,
                      REUNION,
                      HISTORY_FETCHER,
                      GObject)

/* Takes a reference to both. Asks for nothing until started. Transfer full. */
ReunionHistoryFetcher *reunion_history_fetcher_new (ReunionStationStore *store,
                                                    ReunionClient *client);

/* Asks for it as soon as the line allows; once however often it is called
 * before that. What the service refuses is not asked for again by itself. */
void reunion_history_fetcher_request (ReunionHistoryFetcher *self, const char *case_id);

/* The line is good, for the first time or again. */
void reunion_history_fetcher_start (ReunionHistoryFetcher *self);
/* Forgets what was asked for: somebody else may sign in next. */
void reunion_history_fetcher_stop (ReunionHistoryFetcher *self);

G_END_DECLS
