/* reunion-station-tips.c: tips at the desk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-store-private.h"

#include "reunion-wire.h"

gboolean
reunion_station_store_put_tip (ReunionStationStore *self,
                               ReunionTip *tip,
                               gboolean is_dirty,
                               GError **error)
{
  g_autofree char *record = reunion_wire_tip_to_json (tip);

  return reunion_db_run (
      reunion_station_store_get_db (self), error,
      "INSERT INTO tips (id, case_id, state, received_usec, is_dirty, record)"
      " VALUES ($1, $2, $3, $4, $5, $6)"
      " ON CONFLICT (id) DO UPDATE SET state = excluded.state, is_dirty = excluded.is_dirty,"
      " record = excluded.record",
      "tttiit", reunion_tip_get_id (tip), reunion_tip_get_case_id (tip),
      reunion_tip_state_to_key (reunion_tip_get_state (tip)), reunion_tip_get_received_usec (tip),
      (gint64) is_dirty, record);
}

ReunionTip *
reunion_station_store_find_tip (ReunionStationStore *self,
                                const char *tip_id,
                                gboolean *is_dirty,
                                GError **error)
{
  g_autoptr (ReunionStmt) stmt
      = reunion_db_query (reunion_station_store_get_db (self), error,
                          "SELECT record, is_dirty FROM tips WHERE id = $1", "t", tip_id);

  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return NULL;
  *is_dirty = reunion_stmt_get_int (stmt, 1) != 0;
  return reunion_wire_tip_from_json (reunion_stmt_get_text (stmt, 0), -1, error);
}

gboolean
reunion_station_store_take_tip (ReunionStationStore *self, ReunionTip *tip, GError **error)
{
  g_autoptr (ReunionTip) own = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean is_dirty = FALSE;

  /* There was one: that is all that is left of it. */
  if (reunion_station_store_has_expired (self, reunion_tip_get_case_id (tip)))
    return TRUE;
  own = reunion_station_store_find_tip (self, reunion_tip_get_id (tip), &is_dirty, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (own != NULL && is_dirty)
    return TRUE;
  return reunion_station_store_put_tip (self, tip, FALSE, error);
}

gboolean
reunion_station_store_settle_tip (ReunionStationStore *self, const char *tip_id, GError **error)
{
  return reunion_db_run (reunion_station_store_get_db (self), error,
                         "UPDATE tips SET is_dirty = 0 WHERE id = $1 AND NOT EXISTS"
                         " (SELECT 1 FROM outbox WHERE case_id = tips.case_id AND kind = $2"
                         " AND state <> 2 AND state <> 3 AND instr (body, $1) > 0)",
                         "tt", tip_id, reunion_outbox_kind_to_key (REUNION_OUTBOX_TIP_STATE));
}

GPtrArray *
reunion_station_store_list_tips (ReunionStationStore *self, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) tips = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), NULL);

  if (case_id != NULL)
    stmt = reunion_db_query (
        reunion_station_store_get_db (self), error,
        "SELECT record FROM tips WHERE case_id = $1 ORDER BY received_usec DESC, id", "t", case_id);
  else
    stmt = reunion_db_query (reunion_station_store_get_db (self), error,
                             "SELECT record FROM tips ORDER BY received_usec DESC, id", "");
  if (stmt == NULL)
    return NULL;
  while (reunion_stmt_next (stmt, &local_error))
    {
      g_autoptr (GError) record_error = NULL;
      ReunionTip *tip
          = reunion_wire_tip_from_json (reunion_stmt_get_text (stmt, 0), -1, &record_error);

      if (tip != NULL)
        g_ptr_array_add (tips, tip);
      else
        g_warning ("A tip in the store can't be read: %s", record_error->message);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_steal_pointer (&tips);
}

guint
reunion_station_store_count_tips (ReunionStationStore *self,
                                  const char *case_id,
                                  ReunionTipState state)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), 0);

  stmt = reunion_db_query (reunion_station_store_get_db (self), NULL,
                           "SELECT count(*) FROM tips "
                           "WHERE ($1 IS NULL OR case_id = $1) AND state = $2",
                           "tt", case_id, reunion_tip_state_to_key (state));
  return stmt != NULL && reunion_stmt_next (stmt, NULL) ? (guint) reunion_stmt_get_int (stmt, 0)
                                                        : 0;
}
