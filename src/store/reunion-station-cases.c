/* reunion-station-cases.c: cases at the desk, as records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-index-private.h"
#include "reunion-station-store-private.h"

#include "reunion-wire.h"

#include <glib/gi18n-lib.h>

gboolean
reunion_station_store_put_case (ReunionStationStore *self,
                                ReunionCase *case_,
                                gboolean is_dirty,
                                GError **error)
{
  ReunionDb *db = reunion_station_store_get_db (self);
  g_autofree char *record = reunion_wire_case_to_json (case_);
  const char *id = reunion_case_get_id (case_);
  ReunionCaseState state = reunion_case_get_state (case_);

  if (!reunion_db_run (
          db, error,
          "INSERT INTO cases (id, state, place_in_list, last_seen_usec, revision, is_dirty, record)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7)"
          " ON CONFLICT (id) DO UPDATE SET state = excluded.state,"
          " place_in_list = excluded.place_in_list, last_seen_usec = excluded.last_seen_usec,"
          " revision = excluded.revision, is_dirty = excluded.is_dirty, record = excluded.record",
          "ttiiiit", id, reunion_case_state_to_key (state), (gint64) reunion_index_place_of (state),
          reunion_report_get_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN, 0),
          reunion_case_get_revision (case_), (gint64) is_dirty, record)
      /* What is erased everywhere must not stay here, sent or not. */
      || (state == REUNION_CASE_STATE_EXPIRED
          && !reunion_station_store_erase_case (self, id, error))
      || !reunion_db_run (db, error, "DELETE FROM case_photos WHERE case_id = $1", "t", id))
    return FALSE;
  for (guint i = 0; i < reunion_case_get_n_photos (case_); i++)
    if (!reunion_db_run (
            db, error, "INSERT INTO case_photos (case_id, position, sha256) VALUES ($1, $2, $3)",
            "tit", id, (gint64) i, reunion_photo_get_sha256 (reunion_case_get_photo (case_, i))))
      return FALSE;
  return reunion_station_store_index_case (self, case_, error);
}

/* One damaged record must not hide the others. */
static GPtrArray *
collect_cases (ReunionStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local_error = NULL;

  while (reunion_stmt_next (stmt, &local_error))
    {
      g_autoptr (GError) record_error = NULL;
      ReunionCase *case_
          = reunion_wire_case_from_json (reunion_stmt_get_text (stmt, 0), -1, &record_error);

      if (case_ != NULL)
        g_ptr_array_add (cases, case_);
      else
        g_warning ("A case in the store can't be read: %s", record_error->message);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_steal_pointer (&cases);
}

GPtrArray *
reunion_station_store_list_cases (ReunionStationStore *self, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), NULL);

  stmt = reunion_db_query (reunion_station_store_get_db (self), error,
                           "SELECT record FROM cases ORDER BY place_in_list, last_seen_usec DESC,"
                           " id",
                           "");
  return stmt != NULL ? collect_cases (stmt, error) : NULL;
}

GPtrArray *
reunion_station_store_list_review_queue (ReunionStationStore *self, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), NULL);

  stmt = reunion_db_query (reunion_station_store_get_db (self), error,
                           "SELECT record FROM cases WHERE state = $1 ORDER BY last_seen_usec, id",
                           "t", reunion_case_state_to_key (REUNION_CASE_STATE_SUBMITTED));
  return stmt != NULL ? collect_cases (stmt, error) : NULL;
}

ReunionCase *
reunion_station_store_get_case (ReunionStationStore *self, const char *case_id, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && case_id != NULL, NULL);

  stmt = reunion_db_query (reunion_station_store_get_db (self), error,
                           "SELECT record FROM cases WHERE id = $1", "t", case_id);
  if (stmt == NULL)
    return NULL;
  if (reunion_stmt_next (stmt, &local_error))
    return reunion_wire_case_from_json (reunion_stmt_get_text (stmt, 0), -1, error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_NOT_FOUND,
                         _ ("This case is not on this PC."));
  return NULL;
}

ReunionCase *
reunion_station_store_bring_up_to_date (ReunionStationStore *self,
                                        ReunionCase *case_,
                                        GError **error)
{
  g_autoptr (ReunionCase) stored = NULL;
  g_autoptr (GError) local_error = NULL;
  ReunionCase *current;

  stored = reunion_station_store_get_case (self, reunion_case_get_id (case_), &local_error);
  if (local_error != NULL
      && !g_error_matches (local_error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  current = reunion_case_copy (case_);
  if (stored == NULL)
    {
      reunion_case_set_state (current, REUNION_CASE_STATE_DRAFT);
      return current;
    }
  reunion_case_set_state (current, reunion_case_get_state (stored));
  reunion_case_set_revision (current, reunion_case_get_revision (stored));
  reunion_case_set_submitted_usec (current, reunion_case_get_submitted_usec (stored));
  reunion_case_set_review_reason (current, reunion_case_get_review_reason (stored));
  reunion_case_copy_field_reasons (current, stored);
  return current;
}

gboolean
reunion_station_store_save_case (ReunionStationStore *self, ReunionCase *case_, GError **error)
{
  g_autoptr (ReunionCase) current = NULL;
  ReunionCaseState ignored;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && REUNION_IS_CASE (case_), FALSE);

  current = reunion_station_store_bring_up_to_date (self, case_, error);
  if (current == NULL
      || !reunion_case_state_apply (reunion_case_get_state (current), REUNION_CASE_ACTION_QUEUE,
                                    REUNION_ROLE_OFFICER, &ignored, error)
      || !reunion_station_store_check_can_be_read_back (current, error)
      || !reunion_db_begin (reunion_station_store_get_db (self), error))
    return FALSE;
  return reunion_station_store_finish (self,
                                       reunion_station_store_put_case (self, current, TRUE, error),
                                       reunion_case_get_id (case_), error);
}

gboolean
reunion_station_store_discard_draft (ReunionStationStore *self, const char *case_id, GError **error)
{
  g_autoptr (ReunionCase) case_ = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), FALSE);

  case_ = reunion_station_store_get_case (self, case_id, error);
  if (case_ == NULL)
    return FALSE;
  if (reunion_case_get_state (case_) != REUNION_CASE_STATE_DRAFT)
    {
      g_set_error_literal (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION,
                           _ ("Only a draft can be thrown away."));
      return FALSE;
    }
  if (!reunion_db_begin (reunion_station_store_get_db (self), error))
    return FALSE;
  return reunion_station_store_finish (
      self,
      reunion_db_run (reunion_station_store_get_db (self), error,
                      "DELETE FROM outbox WHERE case_id = $1", "t", case_id)
          && reunion_station_store_unindex_case (self, case_id, error)
          && reunion_db_run (reunion_station_store_get_db (self), error,
                             "DELETE FROM cases WHERE id = $1", "t", case_id),
      NULL, error);
}
