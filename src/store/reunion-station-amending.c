/* reunion-station-amending.c: the amendment of a published case while it is being
 * written
 *
 * The record stays as it is until the amendment is sent: what is published, and
 * what a list or a map shows, is not what somebody is still typing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-store-private.h"

#include "reunion-wire.h"

gboolean
reunion_station_store_save_amending (ReunionStationStore *self,
                                     ReunionCase *base,
                                     ReunionCase *written,
                                     const char *reason,
                                     GError **error)
{
  const char *id;
  g_autofree char *base_record = NULL;
  g_autofree char *record = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), FALSE);
  g_return_val_if_fail (REUNION_IS_CASE (base) && REUNION_IS_CASE (written), FALSE);

  id = reunion_case_get_id (written);
  base_record = reunion_wire_case_to_json (base);
  record = reunion_wire_case_to_json (written);
  if (!reunion_station_store_check_can_be_read_back (written, error)
      || !reunion_db_begin (reunion_station_store_get_db (self), error))
    return FALSE;
  return reunion_station_store_finish (
      self,
      reunion_db_run (reunion_station_store_get_db (self), error,
                      "INSERT INTO amending (case_id, base, record, reason)"
                      " VALUES ($1, $2, $3, $4)"
                      " ON CONFLICT (case_id) DO UPDATE SET base = excluded.base,"
                      " record = excluded.record, reason = excluded.reason",
                      "tttt", id, base_record, record, reason),
      id, error);
}

ReunionCase *
reunion_station_store_get_amending (ReunionStationStore *self,
                                    const char *case_id,
                                    ReunionCase **base,
                                    char **reason,
                                    GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (ReunionCase) written = NULL;
  g_autoptr (ReunionCase) before = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && case_id != NULL, NULL);

  stmt = reunion_db_query (reunion_station_store_get_db (self), error,
                           "SELECT base, record, reason FROM amending WHERE case_id = $1", "t",
                           case_id);
  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return NULL;
  before = reunion_wire_case_from_json (reunion_stmt_get_text (stmt, 0), -1, error);
  if (before == NULL)
    return NULL;
  written = reunion_wire_case_from_json (reunion_stmt_get_text (stmt, 1), -1, error);
  if (written == NULL)
    return NULL;
  if (base != NULL)
    *base = g_steal_pointer (&before);
  if (reason != NULL)
    *reason = g_strdup (reunion_stmt_get_text (stmt, 2));
  return g_steal_pointer (&written);
}

gboolean
reunion_station_store_has_amending (ReunionStationStore *self, const char *case_id)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && case_id != NULL, FALSE);

  stmt = reunion_db_query (reunion_station_store_get_db (self), NULL,
                           "SELECT 1 FROM amending WHERE case_id = $1", "t", case_id);
  return stmt != NULL && reunion_stmt_next (stmt, NULL);
}

gboolean
reunion_station_store_forget_amending (ReunionStationStore *self,
                                       const char *case_id,
                                       GError **error)
{
  return reunion_db_run (reunion_station_store_get_db (self), error,
                         "DELETE FROM amending WHERE case_id = $1", "t", case_id);
}

gboolean
reunion_station_store_drop_amending (ReunionStationStore *self, const char *case_id, GError **error)
{
  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && case_id != NULL, FALSE);

  if (!reunion_db_begin (reunion_station_store_get_db (self), error))
    return FALSE;
  return reunion_station_store_finish (
      self, reunion_station_store_forget_amending (self, case_id, error), case_id, error);
}
