/* reunion-station-theirs.c: the service's version of a case, beside the own one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-store-private.h"

#include "reunion-wire.h"

gboolean
reunion_station_store_set_theirs (ReunionStationStore *self,
                                  const char *case_id,
                                  ReunionCase *theirs,
                                  GError **error)
{
  g_autofree char *record = theirs != NULL ? reunion_wire_case_to_json (theirs) : NULL;

  return reunion_db_run (reunion_station_store_get_db (self), error,
                         "UPDATE cases SET theirs = $2 WHERE id = $1", "tt", case_id, record);
}

ReunionCase *
reunion_station_store_find_theirs (ReunionStationStore *self, const char *case_id, GError **error)
{
  g_autoptr (ReunionStmt) stmt = reunion_db_query (
      reunion_station_store_get_db (self), error,
      "SELECT theirs FROM cases WHERE id = $1 AND theirs IS NOT NULL", "t", case_id);

  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return NULL;
  return reunion_wire_case_from_json (reunion_stmt_get_text (stmt, 0), -1, error);
}

gboolean
reunion_station_store_settle_on (ReunionStationStore *self, ReunionCase *theirs, GError **error)
{
  return reunion_station_store_put_case (self, theirs, FALSE, error)
         && reunion_station_store_set_theirs (self, reunion_case_get_id (theirs), NULL, error);
}

gboolean
reunion_station_store_keep_amended (ReunionStationStore *self,
                                    ReunionCase *own,
                                    ReunionCase *theirs,
                                    gint64 revision,
                                    GError **error)
{
  g_autoptr (ReunionCase) merged = reunion_case_copy (theirs);

  reunion_case_take_content (merged, own);
  reunion_case_set_revision (merged, revision);
  return reunion_station_store_put_case (self, merged, TRUE, error)
         && reunion_station_store_set_theirs (self, reunion_case_get_id (own), theirs, error);
}

ReunionCase *
reunion_station_store_find_own (ReunionStationStore *self,
                                const char *case_id,
                                gboolean *is_dirty,
                                GError **error)
{
  g_autoptr (ReunionStmt) stmt
      = reunion_db_query (reunion_station_store_get_db (self), error,
                          "SELECT record, is_dirty FROM cases WHERE id = $1", "t", case_id);

  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return NULL;
  *is_dirty = reunion_stmt_get_int (stmt, 1) != 0;
  return reunion_wire_case_from_json (reunion_stmt_get_text (stmt, 0), -1, error);
}

static gboolean
take_while_amended (ReunionStationStore *self,
                    ReunionCase *own,
                    ReunionCase *theirs,
                    GError **error)
{
  g_autoptr (ReunionCase) known = NULL;
  g_autoptr (GError) local_error = NULL;

  known = reunion_station_store_find_theirs (self, reunion_case_get_id (own), &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (known != NULL && reunion_case_get_revision (theirs) < reunion_case_get_revision (known))
    return TRUE;
  /* It has ended: there is nothing to amend any more. */
  if (!reunion_case_state_is_public (reunion_case_get_state (theirs)))
    return reunion_station_store_settle_on (self, theirs, error);
  return reunion_station_store_keep_amended (self, own, theirs, reunion_case_get_revision (own),
                                             error);
}

gboolean
reunion_station_store_take_case (ReunionStationStore *self, ReunionCase *theirs, GError **error)
{
  g_autoptr (ReunionCase) own = NULL;
  g_autoptr (ReunionCase) merged = NULL;
  g_autoptr (GError) local_error = NULL;
  const char *id = reunion_case_get_id (theirs);
  gboolean is_dirty = FALSE;

  own = reunion_station_store_find_own (self, id, &is_dirty, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (own == NULL)
    return reunion_station_store_put_case (self, theirs, FALSE, error);
  if (reunion_case_get_revision (theirs) < reunion_case_get_revision (own))
    return TRUE;
  /* What the submission on its way was based on is no news. A newer revision
   * is: the submission arrived and its answer was lost, or the answer that is
   * repeated under its key will be older than this. */
  if (reunion_case_get_revision (theirs) == reunion_case_get_revision (own)
      && reunion_case_get_state (own) == REUNION_CASE_STATE_QUEUED
      && reunion_station_store_is_going_out (self, id, REUNION_OUTBOX_SUBMIT))
    return TRUE;
  /* What the officer is writing on a returned case stays as it is; where the
   * case stands is the service's to say. */
  if (is_dirty && reunion_case_get_state (theirs) == REUNION_CASE_STATE_RETURNED)
    {
      merged = reunion_case_copy (theirs);
      reunion_case_take_content (merged, own);
      return reunion_station_store_put_case (self, merged, TRUE, error);
    }
  if (is_dirty && reunion_station_store_is_going_out (self, id, REUNION_OUTBOX_AMEND))
    return take_while_amended (self, own, theirs, error);
  return reunion_station_store_put_case (self, theirs, FALSE, error);
}
