/* reunion-central-users.c: accounts, as who runs the service sees them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-users.h"

#include "reunion-central-store-private.h"

/* Before the hash of an account that is locked; no hash begins with it. */
#define LOCK "!"

GPtrArray *
reunion_central_store_list_accounts (ReunionCentralStore *self, GError **error)
{
  g_autoptr (GPtrArray) accounts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_central_account_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT account FROM accounts ORDER BY account", "");
  if (stmt == NULL)
    return NULL;
  while (reunion_stmt_next (stmt, &local_error))
    g_ptr_array_add (names, g_strdup (reunion_stmt_get_text (stmt, 0)));
  for (guint i = 0; local_error == NULL && i < names->len; i++)
    {
      ReunionCentralAccount *account
          = reunion_central_store_find_account (self, names->pdata[i], &local_error);

      if (account != NULL)
        g_ptr_array_add (accounts, account);
    }
  if (local_error == NULL)
    return g_steal_pointer (&accounts);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

gboolean
reunion_central_account_is_locked (const ReunionCentralAccount *account)
{
  g_return_val_if_fail (account != NULL, FALSE);

  return g_str_has_prefix (account->password_hash, LOCK);
}

gboolean
reunion_central_store_lock_account (ReunionCentralStore *self,
                                    const char *account,
                                    gboolean lock,
                                    GError **error)
{
  g_autoptr (ReunionCentralAccount) row = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && account != NULL, FALSE);

  row = reunion_central_store_find_account (self, account, &local_error);
  if (row == NULL)
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_NOT_FOUND,
                     "There is no account “%s”.", account);
      return FALSE;
    }
  if (reunion_central_account_is_locked (row) != lock)
    {
      hash
          = lock ? g_strconcat (LOCK, row->password_hash, NULL) : g_strdup (row->password_hash + 1);
      if (!reunion_db_run (reunion_central_store_get_db (self), error,
                           "UPDATE accounts SET password_hash = $2 WHERE account = $1", "tt",
                           account, hash))
        return FALSE;
    }
  return !lock
         || reunion_db_run (reunion_central_store_get_db (self), error,
                            "DELETE FROM sessions WHERE account = $1", "t", account);
}

gboolean
reunion_central_store_has_station (ReunionCentralStore *self, const char *code)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && code != NULL, FALSE);

  stmt = reunion_db_query (reunion_central_store_get_db (self), NULL,
                           "SELECT 1 FROM stations WHERE code = $1", "t", code);
  return stmt != NULL && reunion_stmt_next (stmt, NULL);
}
