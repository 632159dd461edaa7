/* reunion-station-history.c: what the service told of the course of a case
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-store-private.h"

#include "reunion-wire-history.h"

/* As it was told; NULL when it never was. Transfer full. */
static char *
find_record (ReunionStationStore *self, const char *case_id, GError **error)
{
  g_autoptr (ReunionStmt) stmt
      = reunion_db_query (reunion_station_store_get_db (self), error,
                          "SELECT record FROM history WHERE case_id = $1", "t", case_id);

  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return NULL;
  return g_strdup (reunion_stmt_get_text (stmt, 0));
}

GPtrArray *
reunion_station_store_list_history (ReunionStationStore *self, const char *case_id, GError **error)
{
  g_autofree char *record = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && case_id != NULL, NULL);

  record = find_record (self, case_id, &local_error);
  if (record != NULL)
    return reunion_wire_history_from_json (record, -1, error);
  if (local_error == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

gboolean
reunion_station_store_set_history (ReunionStationStore *self,
                                   const char *case_id,
                                   GPtrArray *entries,
                                   GError **error)
{
  g_autofree char *record = NULL;
  g_autofree char *before = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && case_id != NULL, FALSE);
  g_return_val_if_fail (entries != NULL, FALSE);

  record = reunion_wire_history_to_json (entries);
  before = find_record (self, case_id, NULL);
  /* Or a page that asks at each change would ask for ever. */
  if (g_strcmp0 (before, record) == 0)
    return TRUE;
  if (!reunion_db_run (reunion_station_store_get_db (self), error,
                       "INSERT INTO history (case_id, record) VALUES ($1, $2)"
                       " ON CONFLICT (case_id) DO UPDATE SET record = excluded.record",
                       "tt", case_id, record))
    return FALSE;
  reunion_station_store_emit_changed (self, case_id);
  return TRUE;
}
