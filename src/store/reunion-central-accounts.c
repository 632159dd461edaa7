/* reunion-central-accounts.c: accounts of the service's store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-accounts.h"

#include "reunion-central-store-private.h"

#define COLUMNS                                                                                    \
  "a.account, a.name, a.role, a.station, s.name, s.phone, a.region, a.password_hash, a.locked,"    \
  " a.revision"

void
reunion_account_entry_free (ReunionAccountEntry *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->account, reunion_central_account_free);
  g_free (self);
}

/* NULL without error at the end. */
static ReunionAccountEntry *
read_entry (ReunionStmt *stmt, GError **error)
{
  g_autoptr (ReunionAccountEntry) entry = NULL;
  ReunionCentralAccount *account;

  if (!reunion_stmt_next (stmt, error))
    return NULL;
  entry = g_new0 (ReunionAccountEntry, 1);
  account = entry->account = g_new0 (ReunionCentralAccount, 1);
  if (!reunion_role_from_key (reunion_stmt_get_text (stmt, 2), &account->role))
    {
      g_set_error_literal (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_FAILED,
                           "The account has a role that this version does not know.");
      return NULL;
    }
  account->account = g_strdup (reunion_stmt_get_text (stmt, 0));
  account->name = g_strdup (reunion_stmt_get_text (stmt, 1));
  account->station = g_strdup (reunion_stmt_get_text (stmt, 3));
  account->station_name = g_strdup (reunion_stmt_get_text (stmt, 4));
  account->station_phone = g_strdup (reunion_stmt_get_text (stmt, 5));
  account->region = g_strdup (reunion_stmt_get_text (stmt, 6));
  account->password_hash = g_strdup (reunion_stmt_get_text (stmt, 7));
  entry->is_locked = reunion_stmt_get_int (stmt, 8) != 0;
  entry->revision = reunion_stmt_get_int (stmt, 9);
  return g_steal_pointer (&entry);
}

ReunionAccountEntry *
reunion_central_store_find_account_entry (ReunionCentralStore *self,
                                          const char *account,
                                          GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && account != NULL, NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT " COLUMNS " FROM accounts a"
                           " LEFT JOIN stations s ON s.code = a.station WHERE a.account = $1",
                           "t", account);
  return stmt != NULL ? read_entry (stmt, error) : NULL;
}

GPtrArray *
reunion_central_store_list_account_entries (ReunionCentralStore *self,
                                            const char *region,
                                            const char *after,
                                            guint limit,
                                            GError **error)
{
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_account_entry_free);
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;
  ReunionAccountEntry *entry;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && region != NULL && after != NULL, NULL);

  stmt = reunion_db_query (
      reunion_central_store_get_db (self), &local_error,
      "SELECT " COLUMNS " FROM accounts a LEFT JOIN stations s ON s.code = a.station"
      " WHERE substr (a.region, 1, length (CAST ($1 AS TEXT))) = CAST ($1 AS TEXT)"
      " AND a.account > $2 ORDER BY a.account LIMIT $3",
      "tti", region, after, (gint64) limit);
  while (stmt != NULL && (entry = read_entry (stmt, &local_error)) != NULL)
    g_ptr_array_add (entries, entry);
  if (local_error == NULL)
    return g_steal_pointer (&entries);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

gboolean
reunion_central_store_change_account (ReunionCentralStore *self,
                                      const ReunionCentralAccount *account,
                                      gboolean is_locked,
                                      GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && account != NULL, FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "UPDATE accounts SET name = $2, role = $3, station = $4, region = $5,"
                         " password_hash = $6, locked = $7, revision = revision + 1"
                         " WHERE account = $1",
                         "ttttt"
                         "ti",
                         account->account, account->name, reunion_role_to_key (account->role),
                         account->station, account->region, account->password_hash,
                         (gint64) (is_locked ? 1 : 0));
}
