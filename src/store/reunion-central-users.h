/* reunion-central-users.h: accounts, as who runs the service sees them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-central-store.h"

G_BEGIN_DECLS

/* ReunionCentralAccount, by name. Transfer full. */
GPtrArray *reunion_central_store_list_accounts (ReunionCentralStore *self, GError **error);

/* A locked account has a hash that no password fits, and no session. */
gboolean reunion_central_account_is_locked (const ReunionCentralAccount *account);
/* Locks it and ends its sessions, or lets it in again with the password it had.
 * REUNION_STORE_ERROR_NOT_FOUND when there is no such account. */
gboolean reunion_central_store_lock_account (ReunionCentralStore *self,
                                             const char *account,
                                             gboolean lock,
                                             GError **error);

/* Whether a station of this code was put in. */
gboolean reunion_central_store_has_station (ReunionCentralStore *self, const char *code);

G_END_DECLS
