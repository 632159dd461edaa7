/* reunion-central-waiting.h: reports that wait for a decision, and who has one in
 * hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-central-store.h"

G_BEGIN_DECLS

/**
 * ReunionWaiting:
 * @region: of the station, six digits
 * @since_usec: when the report came, or came again
 * @level: how many digits of the region are asked for
 * @level_usec: since when
 * @rises_usec: when fewer will be; -1 for never
 * @holder: account that has it in hand; NULL for none. Whether it still has is for
 *   who asks: see @held_until_usec
 */
typedef struct
{
  char *case_id;
  char *region;
  gint64 lost_usec;
  gint64 since_usec;
  guint level;
  gint64 level_usec;
  gint64 rises_usec;
  char *holder;
  char *holder_name;
  gint64 held_until_usec;
} ReunionWaiting;

void reunion_waiting_free (ReunionWaiting *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionWaiting, reunion_waiting_free)

/* Whether somebody has it in hand at @now_usec. A clock that was set back does
 * not make it longer than @longest_usec. */
gboolean reunion_waiting_is_held (const ReunionWaiting *self, gint64 now_usec, gint64 longest_usec);

/* Writes all but who has it in hand. Within a transaction. */
gboolean reunion_central_store_put_waiting (ReunionCentralStore *self,
                                            const ReunionWaiting *waiting,
                                            GError **error);
gboolean
reunion_central_store_drop_waiting (ReunionCentralStore *self, const char *case_id, GError **error);
ReunionWaiting *
reunion_central_store_find_waiting (ReunionCentralStore *self, const char *case_id, GError **error);
/* @holder NULL for nobody. FALSE without error when the report waits no more. */
gboolean reunion_central_store_set_holder (ReunionCentralStore *self,
                                           const char *case_id,
                                           const char *holder,
                                           const char *holder_name,
                                           gint64 held_until_usec,
                                           GError **error);

/* ReunionWaiting whose region begins with @region: first those lost after
 * @window_usec, the earliest lost first; then the others, the latest lost first.
 * At most @limit; *@n_waiting says how many there are. Transfer full. */
GPtrArray *reunion_central_store_list_waiting (ReunionCentralStore *self,
                                               const char *region,
                                               gint64 window_usec,
                                               guint limit,
                                               gint64 *n_waiting,
                                               GError **error);
/* ReunionWaiting that rise at or before @now_usec, or that seem to have begun to
 * wait only after @future_usec, for the clock was set back. Transfer full. */
GPtrArray *reunion_central_store_list_rising (ReunionCentralStore *self,
                                              gint64 now_usec,
                                              gint64 future_usec,
                                              guint limit,
                                              GError **error);
gint64 reunion_central_store_get_next_rise_usec (ReunionCentralStore *self);

/* The longest region, of at most @n_digits, for which a reviewer answers who
 * covers @region; -1 when there is none, or with @error set. */
int reunion_central_store_find_reviewer_level (ReunionCentralStore *self,
                                               const char *region,
                                               guint n_digits,
                                               GError **error);

/* Adds an entry to the feed that says that more reviewers are asked. */
gboolean reunion_central_store_add_ring (ReunionCentralStore *self,
                                         const char *case_id,
                                         guint from_level,
                                         guint level,
                                         gint64 now_usec,
                                         GError **error);

G_END_DECLS
