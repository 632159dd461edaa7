/* reunion-central-expiry.h: erasing what is personal when a case has expired
 *
 * What of a case stands in which table is listed in reunion-central-expiry.c: a new
 * table with anything of a person in it gets its line there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-central-store.h"

G_BEGIN_DECLS

/* Ids of cases (char *) that were to be erased at or before @now_usec, at most
 * @limit. Transfer full. */
GPtrArray *reunion_central_store_list_expiring (ReunionCentralStore *self,
                                                gint64 now_usec,
                                                guint limit,
                                                GError **error);
/* When the next one is to be erased; -1 when none is. */
gint64 reunion_central_store_get_next_expiry_usec (ReunionCentralStore *self);
/* Ids of the cases (char *) that were erased at or after @since_usec. Transfer
 * full. */
GPtrArray *
reunion_central_store_list_erased (ReunionCentralStore *self, gint64 since_usec, GError **error);

/* Leaves of the case, its tips, photos, answers, deliveries and history what
 * statistics count, raises its revision and tells the feed. Nothing happens where
 * there is no such case, or it is erased already. Within a transaction; scrub()
 * comes after it. */
gboolean reunion_central_store_erase_case (ReunionCentralStore *self,
                                           const char *case_id,
                                           gint64 now_usec,
                                           GError **error);

/* Photos that no case names although @keep_usec has passed since this first saw
 * them, answers as old as that, and sessions that have run out. Within a
 * transaction. */
gboolean reunion_central_store_erase_strays (ReunionCentralStore *self,
                                             gint64 now_usec,
                                             gint64 keep_usec,
                                             GError **error);

/* Ids of cases (char *) that were written before the store noted what expiry has to
 * know; writing them once more notes it. At most @limit. Transfer full. */
GPtrArray *
reunion_central_store_list_untraced (ReunionCentralStore *self, guint limit, GError **error);

/* Notes that the photo belongs to the case, so that it goes when the case does. The
 * photos that a record names are noted by put_case(). */
gboolean reunion_central_store_note_photo (ReunionCentralStore *self,
                                           const char *case_id,
                                           const char *sha256,
                                           GError **error);

/* reunion_db_scrub() for this store. */
gboolean
reunion_central_store_scrub (ReunionCentralStore *self, gboolean is_thorough, GError **error);

G_END_DECLS
