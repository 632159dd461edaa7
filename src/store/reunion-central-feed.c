/* reunion-central-feed.c: tips and the change feed at the service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-store-private.h"

#include "reunion-central-facts.h"
#include "reunion-wire.h"

static ReunionTip *
read_tip (ReunionStmt *stmt, GError **error)
{
  if (!reunion_stmt_next (stmt, error))
    return NULL;
  return reunion_wire_tip_from_json (reunion_stmt_get_text (stmt, 0), -1, error);
}

ReunionTip *
reunion_central_store_find_tip (ReunionCentralStore *self, const char *tip_id, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && tip_id != NULL, NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT record FROM tips WHERE id = $1", "t", tip_id);
  return stmt != NULL ? read_tip (stmt, error) : NULL;
}

ReunionTip *
reunion_central_store_find_partner_tip (ReunionCentralStore *self,
                                        const char *partner,
                                        const char *partner_tip_id,
                                        GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT record FROM tips WHERE partner = $1 AND partner_tip_id = $2",
                           "tt", partner, partner_tip_id);
  return stmt != NULL ? read_tip (stmt, error) : NULL;
}

gboolean
reunion_central_store_put_tip (ReunionCentralStore *self, ReunionTip *tip, GError **error)
{
  g_autofree char *record = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && REUNION_IS_TIP (tip), FALSE);

  record = reunion_wire_tip_to_json (tip);
  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "INSERT INTO tips (id, case_id, partner, partner_tip_id, record)"
                         " VALUES ($1, $2, $3, $4, $5)"
                         " ON CONFLICT (id) DO UPDATE SET record = excluded.record",
                         "ttttt", reunion_tip_get_id (tip), reunion_tip_get_case_id (tip),
                         reunion_tip_get_partner (tip), reunion_tip_get_partner_tip_id (tip),
                         record)
         && reunion_central_store_count_tip (self, tip, error);
}

gboolean
reunion_central_store_add_change (ReunionCentralStore *self,
                                  const char *case_id,
                                  const char *tip_id,
                                  gint64 now_usec,
                                  GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "INSERT INTO changes (case_id, tip_id, at_usec) VALUES ($1, $2, $3)",
                         "tti", case_id, tip_id, now_usec);
}

static void
change_free (ReunionCentralChange *change)
{
  g_clear_object (&change->case_);
  g_clear_object (&change->tip);
  g_free (change);
}

GPtrArray *
reunion_central_store_list_changes (ReunionCentralStore *self,
                                    gint64 after,
                                    guint limit,
                                    GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT c.sequence, k.record, t.record, coalesce (c.level, -1),"
                           " coalesce (c.from_level, -1) FROM changes c"
                           " JOIN cases k ON k.id = c.case_id"
                           " LEFT JOIN tips t ON t.id = c.tip_id"
                           " WHERE c.sequence > $1 ORDER BY c.sequence LIMIT $2",
                           "ii", after, (gint64) limit);
  if (stmt == NULL)
    return NULL;
  while (local_error == NULL && reunion_stmt_next (stmt, &local_error))
    {
      ReunionCentralChange *change = g_new0 (ReunionCentralChange, 1);
      const char *tip_record = reunion_stmt_get_text (stmt, 2);

      g_ptr_array_add (changes, change);
      change->sequence = reunion_stmt_get_int (stmt, 0);
      change->level = (int) reunion_stmt_get_int (stmt, 3);
      change->from_level = (int) reunion_stmt_get_int (stmt, 4);
      change->case_
          = reunion_wire_case_from_json (reunion_stmt_get_text (stmt, 1), -1, &local_error);
      if (local_error == NULL && tip_record != NULL)
        change->tip = reunion_wire_tip_from_json (tip_record, -1, &local_error);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_steal_pointer (&changes);
}
