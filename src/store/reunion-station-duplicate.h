/* reunion-station-duplicate.h: open cases that may be about the same person
 *
 * Every case that is on this PC counts, drafts and what waits to be sent too. The
 * store keeps the number and the names of open cases in a table of their own, so
 * that an answer takes the same however many cases there are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-duplicate.h"
#include "reunion-station-store.h"

G_BEGIN_DECLS

/* No more are handed out: who has to look at more looks at none. */
#define REUNION_STATION_MAX_DUPLICATES 20

/**
 * ReunionStationDuplicate:
 * @case_: the other case
 * @kind: never REUNION_DUPLICATE_NONE
 * @distance_km: between the places of loss; -1 where one of them is not known
 */
typedef struct
{
  ReunionCase *case_;
  ReunionDuplicateKind kind;
  double distance_km;
} ReunionStationDuplicate;

void reunion_station_duplicate_free (ReunionStationDuplicate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionStationDuplicate, reunion_station_duplicate_free)

/* ReunionStationDuplicate, those with the same number first, then the nearest;
 * without @case_ itself, which need not be in the store, and without those told
 * apart from it. Transfer full. */
GPtrArray *reunion_station_store_find_duplicates (ReunionStationStore *self,
                                                  ReunionCase *case_,
                                                  gint64 now_usec,
                                                  GError **error);
/* A person has looked: these two cases are about two people. Nobody is asked
 * again, on this PC. */
gboolean reunion_station_store_tell_apart (ReunionStationStore *self,
                                           const char *case_id,
                                           const char *other_id,
                                           GError **error);

G_END_DECLS
