/* reunion-central-facts.h: what is counted of a case, and stays when what is
 * personal is erased
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-central-store.h"
#include "reunion-measure.h"

G_BEGIN_DECLS

/* Takes what is counted from the case; of an expired one only that it is, unless
 * it was never counted. reunion_central_store_put_case() does this. Within a
 * transaction. */
gboolean
reunion_central_store_put_facts (ReunionCentralStore *self, ReunionCase *case_, GError **error);
/* For a case whose tips are not in the store: whether it was found by one. */
gboolean reunion_central_store_set_found_by_tip (ReunionCentralStore *self,
                                                 const char *case_id,
                                                 gboolean found_by_tip,
                                                 GError **error);
/* reunion_central_store_put_tip() does this. */
gboolean
reunion_central_store_count_tip (ReunionCentralStore *self, ReunionTip *tip, GError **error);

/* Cases of before there were these tables: at most @limit ids. Transfer full. */
GPtrArray *
reunion_central_store_list_unindexed (ReunionCentralStore *self, guint limit, GError **error);
/* Counts the tips of the case, and takes it off that list. */
gboolean
reunion_central_store_set_indexed (ReunionCentralStore *self, const char *case_id, GError **error);

/* Adds the notices that were issued from @from_usec, inside it, to @to_usec, not,
 * and not withdrawn as unfounded. @region: the digits that their region begins
 * with, "" for all. @also, if not NULL, has the same added. */
gboolean reunion_central_store_measure (ReunionCentralStore *self,
                                        gint64 from_usec,
                                        gint64 to_usec,
                                        const char *region,
                                        ReunionMeasures *measures,
                                        ReunionMeasures *also,
                                        GError **error);

/* What the service notes for itself; NULL when there is no such note. Transfer
 * full. */
char *reunion_central_store_find_note (ReunionCentralStore *self, const char *key, GError **error);
gboolean reunion_central_store_put_note (ReunionCentralStore *self,
                                         const char *key,
                                         const char *value,
                                         GError **error);

G_END_DECLS
