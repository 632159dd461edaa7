/* reunion-central-sessions.c: families of tokens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-sessions.h"

#include "reunion-central-store-private.h"

void
reunion_refresh_free (ReunionRefresh *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->family);
  g_free (self->account);
  g_free (self->next_hash);
  g_free (self);
}

gboolean
reunion_central_store_start_family (ReunionCentralStore *self,
                                    const char *family,
                                    const char *account,
                                    gint64 now_usec,
                                    GError **error)
{
  ReunionDb *db;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && family != NULL, FALSE);

  db = reunion_central_store_get_db (self);
  return reunion_db_run (db, error, "DELETE FROM sessions WHERE expires_usec <= $1", "i", now_usec)
         && reunion_db_run (db, error, "DELETE FROM families WHERE expires_usec <= $1", "i",
                            now_usec)
         && reunion_db_run (db, error,
                            "INSERT INTO families (id, account, started_usec, expires_usec)"
                            " VALUES ($1, $2, $3, $3)",
                            "tti", family, account, now_usec);
}

gboolean
reunion_central_store_put_tokens (ReunionCentralStore *self,
                                  const char *family,
                                  const char *account,
                                  const ReunionTokens *tokens,
                                  GError **error)
{
  ReunionDb *db;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && tokens != NULL, FALSE);

  db = reunion_central_store_get_db (self);
  return reunion_db_run (db, error,
                         "INSERT INTO sessions (token_hash, account, expires_usec, family)"
                         " VALUES ($1, $2, $3, $4)",
                         "ttit", tokens->access_hash, account, tokens->access_expires_usec, family)
         && reunion_db_run (db, error,
                            "INSERT INTO refreshes (token_hash, family, expires_usec)"
                            " VALUES ($1, $2, $3)",
                            "tti", tokens->refresh_hash, family, tokens->refresh_expires_usec)
         && reunion_db_run (db, error, "UPDATE families SET expires_usec = $2 WHERE id = $1", "ti",
                            family, tokens->refresh_expires_usec);
}

ReunionRefresh *
reunion_central_store_find_refresh (ReunionCentralStore *self, const char *hash, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  ReunionRefresh *refresh;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && hash != NULL, NULL);

  stmt
      = reunion_db_query (reunion_central_store_get_db (self), error,
                          "SELECT r.family, f.account, f.started_usec, r.expires_usec, r.next_hash,"
                          " CASE WHEN n.used_usec IS NULL THEN 0 ELSE 1 END,"
                          " CASE WHEN f.ended_usec IS NULL THEN 0 ELSE 1 END"
                          " FROM refreshes r JOIN families f ON f.id = r.family"
                          " LEFT JOIN refreshes n ON n.token_hash = r.next_hash"
                          " WHERE r.token_hash = $1",
                          "t", hash);
  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return NULL;
  refresh = g_new0 (ReunionRefresh, 1);
  refresh->family = g_strdup (reunion_stmt_get_text (stmt, 0));
  refresh->account = g_strdup (reunion_stmt_get_text (stmt, 1));
  refresh->started_usec = reunion_stmt_get_int (stmt, 2);
  refresh->expires_usec = reunion_stmt_get_int (stmt, 3);
  refresh->next_hash = g_strdup (reunion_stmt_get_text (stmt, 4));
  refresh->is_next_used = reunion_stmt_get_int (stmt, 5) != 0;
  refresh->is_ended = reunion_stmt_get_int (stmt, 6) != 0;
  return refresh;
}

gboolean
reunion_central_store_use_refresh (ReunionCentralStore *self,
                                   const char *hash,
                                   const char *next_hash,
                                   gint64 now_usec,
                                   gboolean *is_first,
                                   GError **error)
{
  ReunionDb *db;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && is_first != NULL, FALSE);

  db = reunion_central_store_get_db (self);
  if (!reunion_db_run (db, error,
                       "UPDATE refreshes SET used_usec = $3, next_hash = $2"
                       " WHERE token_hash = $1 AND used_usec IS NULL",
                       "tti", hash, next_hash, now_usec))
    return FALSE;
  *is_first = reunion_db_get_n_changed (db) == 1;
  return TRUE;
}

char *
reunion_central_store_find_family (ReunionCentralStore *self, const char *hash, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && hash != NULL, NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT family FROM sessions WHERE token_hash = $1", "t", hash);
  return stmt != NULL && reunion_stmt_next (stmt, error)
             ? g_strdup (reunion_stmt_get_text (stmt, 0))
             : NULL;
}

gboolean
reunion_central_store_end_family (ReunionCentralStore *self,
                                  const char *family,
                                  gint64 now_usec,
                                  GError **error)
{
  ReunionDb *db;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && family != NULL, FALSE);

  db = reunion_central_store_get_db (self);
  return reunion_db_run (db, error, "DELETE FROM sessions WHERE family = $1", "t", family)
         && reunion_db_run (db, error,
                            "UPDATE families SET ended_usec = $2"
                            " WHERE id = $1 AND ended_usec IS NULL",
                            "ti", family, now_usec);
}

gboolean
reunion_central_store_end_session (ReunionCentralStore *self, const char *hash, GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && hash != NULL, FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "DELETE FROM sessions WHERE token_hash = $1", "t", hash);
}

gboolean
reunion_central_store_end_sessions_of (ReunionCentralStore *self,
                                       const char *account,
                                       gint64 now_usec,
                                       GError **error)
{
  ReunionDb *db;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && account != NULL, FALSE);

  db = reunion_central_store_get_db (self);
  return reunion_db_run (db, error, "DELETE FROM sessions WHERE account = $1", "t", account)
         && reunion_db_run (db, error,
                            "UPDATE families SET ended_usec = $2"
                            " WHERE account = $1 AND ended_usec IS NULL",
                            "ti", account, now_usec);
}

GHashTable *
reunion_central_store_list_ended_families (ReunionCentralStore *self, gint64 since_usec)
{
  g_autoptr (GHashTable) families = NULL;
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  families = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  stmt = reunion_db_query (reunion_central_store_get_db (self), NULL,
                           "SELECT id FROM families WHERE ended_usec >= $1", "i", since_usec);
  while (stmt != NULL && reunion_stmt_next (stmt, NULL))
    g_hash_table_add (families, g_strdup (reunion_stmt_get_text (stmt, 0)));
  return g_steal_pointer (&families);
}

gint64
reunion_central_store_get_fresh_until_usec (ReunionCentralStore *self,
                                            const char *family,
                                            const char *hash)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && hash != NULL, 0);

  if (family != NULL)
    stmt = reunion_db_query (reunion_central_store_get_db (self), NULL,
                             "SELECT coalesce (max (expires_usec), 0) FROM sessions"
                             " WHERE family = $1",
                             "t", family);
  else
    stmt = reunion_db_query (reunion_central_store_get_db (self), NULL,
                             "SELECT coalesce (max (expires_usec), 0) FROM sessions"
                             " WHERE token_hash = $1",
                             "t", hash);
  return stmt != NULL && reunion_stmt_next (stmt, NULL) ? reunion_stmt_get_int (stmt, 0) : 0;
}
