/* reunion-central-accounts.h: accounts of the service's store, for who administers
 * them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-central-store.h"

G_BEGIN_DECLS

/**
 * ReunionAccountEntry:
 * @is_locked: can't sign in, and no token of it is good
 * @revision: from 1, one more with each change
 */
typedef struct
{
  ReunionCentralAccount *account;
  gboolean is_locked;
  gint64 revision;
} ReunionAccountEntry;

void reunion_account_entry_free (ReunionAccountEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionAccountEntry, reunion_account_entry_free)

/* NULL without error when there is none. Transfer full. */
ReunionAccountEntry *reunion_central_store_find_account_entry (ReunionCentralStore *self,
                                                               const char *account,
                                                               GError **error);
/* ReunionAccountEntry whose region begins with @region, by name, after @after (""
 * from the first), at most @limit; those that answer for the nation only with "".
 * Transfer full. */
GPtrArray *reunion_central_store_list_account_entries (ReunionCentralStore *self,
                                                       const char *region,
                                                       const char *after,
                                                       guint limit,
                                                       GError **error);
/* Writes all of it but the name it is found by, raises its revision. */
gboolean reunion_central_store_change_account (ReunionCentralStore *self,
                                               const ReunionCentralAccount *account,
                                               gboolean is_locked,
                                               GError **error);

G_END_DECLS
