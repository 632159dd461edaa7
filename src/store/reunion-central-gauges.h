/* reunion-central-gauges.h: what is looked at to see whether the service keeps up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-central-store.h"

G_BEGIN_DECLS

/**
 * ReunionQueueGauge:
 * @oldest_usec: since when the oldest of the waiting ones waits; 0 when none does
 */
typedef struct
{
  char *partner;
  gint64 n_waiting;
  gint64 n_dead;
  gint64 oldest_usec;
} ReunionQueueGauge;

/* ReunionQueueGauge of each partner, by its id. Transfer full. */
GPtrArray *reunion_central_store_list_queues (ReunionCentralStore *self, GError **error);

/* Since when the delivery is due that has waited longest without being tried, of
 * partners for which nothing that waits was ever tried: what a partner that is down
 * holds up does not count. -1 when there is none; 0 with @error set. */
gint64
reunion_central_store_get_untried_usec (ReunionCentralStore *self, gint64 now_usec, GError **error);

/* Number of cases (gint64 *) by the key of their state (char *). Transfer full. */
GHashTable *reunion_central_store_count_by_state (ReunionCentralStore *self, GError **error);

/* What the store takes on the disk, its log not counted; 0 when not known. */
gint64 reunion_central_store_get_size_bytes (ReunionCentralStore *self);
/* The file of the store; NULL when it is none of this machine. Transfer full. */
char *reunion_central_store_get_file (ReunionCentralStore *self);

G_END_DECLS
