/* reunion-central-waiting.c: reports that wait for a decision
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-waiting.h"

#include "reunion-central-store-private.h"

#define WAITING_COLUMNS                                                                            \
  "case_id, region, lost_usec, since_usec, level, level_usec, coalesce (rises_usec, -1), holder,"  \
  " holder_name, held_until_usec"

void
reunion_waiting_free (ReunionWaiting *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->case_id);
  g_free (self->region);
  g_free (self->holder);
  g_free (self->holder_name);
  g_free (self);
}

gboolean
reunion_waiting_is_held (const ReunionWaiting *self, gint64 now_usec, gint64 longest_usec)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->holder != NULL && self->held_until_usec > now_usec
         && self->held_until_usec - now_usec <= longest_usec;
}

gboolean
reunion_central_store_put_waiting (ReunionCentralStore *self,
                                   const ReunionWaiting *waiting,
                                   GError **error)
{
  g_autofree char *rises = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && waiting != NULL, FALSE);

  /* Text, so that "never" can be null; the column makes it a number. */
  if (waiting->rises_usec >= 0)
    rises = g_strdup_printf ("%" G_GINT64_FORMAT, waiting->rises_usec);
  return reunion_db_run (
      reunion_central_store_get_db (self), error,
      "INSERT INTO waiting (case_id, region, lost_usec, since_usec, level, level_usec, rises_usec,"
      " held_until_usec) VALUES ($1, $2, $3, $4, $5, $6, CAST ($7 AS BIGINT), 0)"
      " ON CONFLICT (case_id) DO UPDATE SET region = excluded.region,"
      " lost_usec = excluded.lost_usec, since_usec = excluded.since_usec, level = excluded.level,"
      " level_usec = excluded.level_usec, rises_usec = excluded.rises_usec",
      "ttiiiit", waiting->case_id, waiting->region, waiting->lost_usec, waiting->since_usec,
      (gint64) waiting->level, waiting->level_usec, rises);
}

gboolean
reunion_central_store_drop_waiting (ReunionCentralStore *self, const char *case_id, GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "DELETE FROM waiting WHERE case_id = $1", "t", case_id);
}

static ReunionWaiting *
read_waiting (ReunionStmt *stmt)
{
  ReunionWaiting *waiting = g_new0 (ReunionWaiting, 1);

  waiting->case_id = g_strdup (reunion_stmt_get_text (stmt, 0));
  waiting->region = g_strdup (reunion_stmt_get_text (stmt, 1));
  waiting->lost_usec = reunion_stmt_get_int (stmt, 2);
  waiting->since_usec = reunion_stmt_get_int (stmt, 3);
  waiting->level = (guint) reunion_stmt_get_int (stmt, 4);
  waiting->level_usec = reunion_stmt_get_int (stmt, 5);
  waiting->rises_usec = reunion_stmt_get_int (stmt, 6);
  waiting->holder = g_strdup (reunion_stmt_get_text (stmt, 7));
  waiting->holder_name = g_strdup (reunion_stmt_get_text (stmt, 8));
  waiting->held_until_usec = reunion_stmt_get_int (stmt, 9);
  return waiting;
}

/* Takes @stmt; NULL with @error set. */
static GPtrArray *
collect (ReunionStmt *stmt, GError **error)
{
  g_autoptr (ReunionStmt) owned = stmt;
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_waiting_free);
  g_autoptr (GError) local_error = NULL;

  if (stmt == NULL)
    return NULL;
  while (reunion_stmt_next (stmt, &local_error))
    g_ptr_array_add (rows, read_waiting (stmt));
  if (local_error == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

ReunionWaiting *
reunion_central_store_find_waiting (ReunionCentralStore *self, const char *case_id, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT " WAITING_COLUMNS " FROM waiting WHERE case_id = $1", "t",
                           case_id);
  return stmt != NULL && reunion_stmt_next (stmt, error) ? read_waiting (stmt) : NULL;
}

gboolean
reunion_central_store_set_holder (ReunionCentralStore *self,
                                  const char *case_id,
                                  const char *holder,
                                  const char *holder_name,
                                  gint64 held_until_usec,
                                  GError **error)
{
  ReunionDb *db;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, FALSE);

  db = reunion_central_store_get_db (self);
  return reunion_db_run (db, error,
                         "UPDATE waiting SET holder = $2, holder_name = $3, held_until_usec = $4"
                         " WHERE case_id = $1",
                         "ttti", case_id, holder, holder_name, held_until_usec)
         && reunion_db_get_n_changed (db) > 0;
}

GPtrArray *
reunion_central_store_list_waiting (ReunionCentralStore *self,
                                    const char *region,
                                    gint64 window_usec,
                                    guint limit,
                                    gint64 *n_waiting,
                                    GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && region != NULL, NULL);

  if (n_waiting != NULL)
    {
      g_autoptr (ReunionStmt) stmt = reunion_db_query (
          reunion_central_store_get_db (self), error,
          "SELECT count(*) FROM waiting WHERE substr (region, 1, length ($1)) = $1", "t", region);

      if (stmt == NULL || !reunion_stmt_next (stmt, error))
        return NULL;
      *n_waiting = reunion_stmt_get_int (stmt, 0);
    }
  return collect (reunion_db_query (reunion_central_store_get_db (self), error,
                                    "SELECT " WAITING_COLUMNS " FROM waiting"
                                    " WHERE substr (region, 1, length ($1)) = $1"
                                    " ORDER BY CASE WHEN lost_usec > $2 THEN 0 ELSE 1 END,"
                                    " CASE WHEN lost_usec > $2 THEN lost_usec ELSE -lost_usec END,"
                                    " since_usec, case_id LIMIT $3",
                                    "tii", region, window_usec, (gint64) limit),
                  error);
}

GPtrArray *
reunion_central_store_list_rising (ReunionCentralStore *self,
                                   gint64 now_usec,
                                   gint64 future_usec,
                                   guint limit,
                                   GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  return collect (reunion_db_query (reunion_central_store_get_db (self), error,
                                    "SELECT " WAITING_COLUMNS " FROM waiting"
                                    " WHERE rises_usec IS NOT NULL"
                                    " AND (rises_usec <= $1 OR level_usec > $2)"
                                    " ORDER BY rises_usec LIMIT $3",
                                    "iii", now_usec, future_usec, (gint64) limit),
                  error);
}

gint64
reunion_central_store_get_next_rise_usec (ReunionCentralStore *self)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), -1);

  stmt = reunion_db_query (reunion_central_store_get_db (self), NULL,
                           "SELECT rises_usec FROM waiting WHERE rises_usec IS NOT NULL"
                           " ORDER BY rises_usec LIMIT 1",
                           "");
  return stmt != NULL && reunion_stmt_next (stmt, NULL) ? reunion_stmt_get_int (stmt, 0) : -1;
}

int
reunion_central_store_find_reviewer_level (ReunionCentralStore *self,
                                           const char *region,
                                           guint n_digits,
                                           GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && region != NULL, -1);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT coalesce (max (length (region)), -1) FROM accounts"
                           " WHERE role = 'reviewer' AND length (region) <= $2"
                           " AND substr ($1, 1, length (region)) = region",
                           "ti", region, (gint64) n_digits);
  return stmt != NULL && reunion_stmt_next (stmt, error) ? (int) reunion_stmt_get_int (stmt, 0)
                                                         : -1;
}

gboolean
reunion_central_store_add_ring (ReunionCentralStore *self,
                                const char *case_id,
                                guint from_level,
                                guint level,
                                gint64 now_usec,
                                GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "INSERT INTO changes (case_id, at_usec, from_level, level)"
                         " VALUES ($1, $2, $3, $4)",
                         "tiii", case_id, now_usec, (gint64) from_level, (gint64) level);
}
