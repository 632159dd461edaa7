/* reunion-central-store.c: opening, accounts, answers and audit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-store.h"

#include "reunion-central-audit.h"
#include "reunion-central-schema.h"
#include "reunion-central-store-private.h"

/* Finds are written as one query and one row at most. */
#define ACCOUNT_COLUMNS                                                                            \
  "a.account, a.name, a.role, a.station, s.name, s.phone, a.region, a.password_hash"

struct _ReunionCentralStore
{
  GObject parent_instance;

  ReunionDb *db;
};

G_DEFINE_FINAL_TYPE (ReunionCentralStore, reunion_central_store, G_TYPE_OBJECT)

static void
reunion_central_store_finalize (GObject *object)
{
  ReunionCentralStore *self = REUNION_CENTRAL_STORE (object);

  g_clear_pointer (&self->db, reunion_db_close);
  G_OBJECT_CLASS (reunion_central_store_parent_class)->finalize (object);
}

static void
reunion_central_store_class_init (ReunionCentralStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reunion_central_store_finalize;
}

static void
reunion_central_store_init (ReunionCentralStore *self)
{
}

ReunionCentralStore *
reunion_central_store_new (const char *path, GError **error)
{
  g_autoptr (ReunionCentralStore) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (REUNION_TYPE_CENTRAL_STORE, NULL);
  self->db
      = reunion_db_open (path, reunion_central_migrations, reunion_n_central_migrations, error);
  return self->db != NULL ? g_steal_pointer (&self) : NULL;
}

ReunionDb *
reunion_central_store_get_db (ReunionCentralStore *self)
{
  g_assert (REUNION_IS_CENTRAL_STORE (self));

  return self->db;
}

gboolean
reunion_central_store_begin (ReunionCentralStore *self, GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), FALSE);

  return reunion_db_begin (self->db, error);
}

gboolean
reunion_central_store_commit (ReunionCentralStore *self, GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), FALSE);

  return reunion_db_commit (self->db, error);
}

void
reunion_central_store_rollback (ReunionCentralStore *self)
{
  g_return_if_fail (REUNION_IS_CENTRAL_STORE (self));

  reunion_db_rollback (self->db);
}

void
reunion_central_account_free (ReunionCentralAccount *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->account);
  g_free (self->name);
  g_free (self->station);
  g_free (self->station_name);
  g_free (self->station_phone);
  g_free (self->region);
  g_free (self->password_hash);
  g_free (self);
}

void
reunion_stored_answer_free (ReunionStoredAnswer *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->request_hash);
  g_free (self->body);
  g_free (self);
}

gboolean
reunion_central_store_put_station (ReunionCentralStore *self,
                                   const char *code,
                                   const char *name,
                                   const char *phone,
                                   GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && code != NULL && name != NULL, FALSE);

  return reunion_db_run (self->db, error,
                         "INSERT INTO stations (code, name, phone) VALUES ($1, $2, $3)"
                         " ON CONFLICT (code) DO UPDATE SET name = excluded.name,"
                         " phone = excluded.phone",
                         "ttt", code, name, phone);
}

gboolean
reunion_central_store_put_account (ReunionCentralStore *self,
                                   const ReunionCentralAccount *account,
                                   GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && account != NULL, FALSE);

  return reunion_db_run (
      self->db, error,
      "INSERT INTO accounts (account, name, role, station, region, password_hash)"
      " VALUES ($1, $2, $3, $4, $5, $6)"
      " ON CONFLICT (account) DO UPDATE SET name = excluded.name, role = excluded.role,"
      " station = excluded.station, region = excluded.region,"
      " password_hash = excluded.password_hash",
      "tttttt", account->account, account->name, reunion_role_to_key (account->role),
      account->station, account->region, account->password_hash);
}

static ReunionCentralAccount *
read_account (ReunionStmt *stmt, GError **error)
{
  g_autoptr (ReunionCentralAccount) account = NULL;

  if (!reunion_stmt_next (stmt, error))
    return NULL;
  account = g_new0 (ReunionCentralAccount, 1);
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
  return g_steal_pointer (&account);
}

ReunionCentralAccount *
reunion_central_store_find_account (ReunionCentralStore *self, const char *account, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && account != NULL, NULL);

  stmt = reunion_db_query (self->db, error,
                           "SELECT " ACCOUNT_COLUMNS " FROM accounts a"
                           " LEFT JOIN stations s ON s.code = a.station WHERE a.account = $1",
                           "t", account);
  return stmt != NULL ? read_account (stmt, error) : NULL;
}

gboolean
reunion_central_store_put_session (ReunionCentralStore *self,
                                   const char *token_hash,
                                   const char *account,
                                   gint64 expires_usec,
                                   GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), FALSE);

  return reunion_db_run (self->db, error,
                         "INSERT INTO sessions (token_hash, account, expires_usec)"
                         " VALUES ($1, $2, $3)",
                         "tti", token_hash, account, expires_usec);
}

ReunionCentralAccount *
reunion_central_store_find_session (ReunionCentralStore *self,
                                    const char *token_hash,
                                    gint64 now_usec,
                                    GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && token_hash != NULL, NULL);

  stmt = reunion_db_query (self->db, error,
                           "SELECT " ACCOUNT_COLUMNS " FROM sessions t"
                           " JOIN accounts a ON a.account = t.account"
                           " LEFT JOIN stations s ON s.code = a.station"
                           " WHERE t.token_hash = $1 AND t.expires_usec > $2"
                           " AND a.locked = 0",
                           "ti", token_hash, now_usec);
  return stmt != NULL ? read_account (stmt, error) : NULL;
}

ReunionStoredAnswer *
reunion_central_store_find_answer (ReunionCentralStore *self,
                                   const char *account,
                                   const char *key,
                                   GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  ReunionStoredAnswer *answer;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  stmt = reunion_db_query (self->db, error,
                           "SELECT request_hash, status, body FROM answers"
                           " WHERE account = $1 AND key = $2",
                           "tt", account, key);
  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return NULL;
  answer = g_new0 (ReunionStoredAnswer, 1);
  answer->request_hash = g_strdup (reunion_stmt_get_text (stmt, 0));
  answer->status = (guint) reunion_stmt_get_int (stmt, 1);
  answer->body = g_strdup (reunion_stmt_get_text (stmt, 2));
  return answer;
}

gboolean
reunion_central_store_put_answer (ReunionCentralStore *self,
                                  const char *account,
                                  const char *key,
                                  const ReunionStoredAnswer *answer,
                                  gint64 now_usec,
                                  GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && answer != NULL, FALSE);

  return reunion_db_run (self->db, error,
                         "INSERT INTO answers (account, key, request_hash, status, body, at_usec)"
                         " VALUES ($1, $2, $3, $4, $5, $6)",
                         "tttiti", account, key, answer->request_hash, (gint64) answer->status,
                         answer->body, now_usec);
}

gboolean
reunion_central_store_add_audit (ReunionCentralStore *self,
                                 const char *who,
                                 const char *what,
                                 const char *case_id,
                                 gint64 now_usec,
                                 GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), FALSE);

  return reunion_central_store_append_audit (
      self,
      &(ReunionAuditEntry){ .at_usec = now_usec, .who = who, .what = what, .case_id = case_id },
      error);
}
