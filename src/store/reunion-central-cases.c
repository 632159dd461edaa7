/* reunion-central-cases.c: cases and photos at the service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-store-private.h"

#include "reunion-central-facts.h"
#include "reunion-wire.h"

#define REGION_DIGITS 6

ReunionCase *
reunion_central_store_find_case (ReunionCentralStore *self, const char *case_id, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT record FROM cases WHERE id = $1", "t", case_id);
  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return NULL;
  return reunion_wire_case_from_json (reunion_stmt_get_text (stmt, 0), -1, error);
}

gboolean
reunion_central_store_put_case (ReunionCentralStore *self,
                                ReunionCase *case_,
                                gint64 next_change_usec,
                                GError **error)
{
  g_autofree char *record = NULL;
  g_autofree char *region = NULL;
  g_autofree char *next_change = NULL;
  const char *station;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && REUNION_IS_CASE (case_), FALSE);

  record = reunion_wire_case_to_json (case_);
  station = reunion_case_get_station (case_);
  region = g_strndup (station != NULL ? station : "", REGION_DIGITS);
  /* Text, so that "never" can be null; the column makes it a number. */
  if (next_change_usec >= 0)
    next_change = g_strdup_printf ("%" G_GINT64_FORMAT, next_change_usec);
  if (!reunion_db_run (
          reunion_central_store_get_db (self), error,
          "INSERT INTO cases (id, state, region, outcome, revision, published_usec,"
          " next_change_usec, record) VALUES ($1, $2, $3, $4, $5, $6, CAST ($7 AS BIGINT), $8)"
          " ON CONFLICT (id) DO UPDATE SET state = excluded.state, region = excluded.region,"
          " outcome = excluded.outcome, revision = excluded.revision,"
          " published_usec = excluded.published_usec, next_change_usec = excluded.next_change_usec,"
          " record = excluded.record",
          "ttttiitt", reunion_case_get_id (case_),
          reunion_case_state_to_key (reunion_case_get_state (case_)), region,
          reunion_outcome_to_key (reunion_case_get_outcome (case_)),
          reunion_case_get_revision (case_), reunion_case_get_published_usec (case_), next_change,
          record))
    return FALSE;
  return reunion_central_store_trace_case (self, case_, error)
         && reunion_central_store_put_facts (self, case_, error);
}

gint64
reunion_central_store_count_cases (ReunionCentralStore *self)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), 0);

  stmt = reunion_db_query (reunion_central_store_get_db (self), NULL, "SELECT count(*) FROM cases",
                           "");
  return stmt != NULL && reunion_stmt_next (stmt, NULL) ? reunion_stmt_get_int (stmt, 0) : 0;
}

GPtrArray *
reunion_central_store_list_due_cases (ReunionCentralStore *self,
                                      gint64 now_usec,
                                      guint limit,
                                      GError **error)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT record FROM cases WHERE next_change_usec <= $1"
                           " ORDER BY next_change_usec LIMIT $2",
                           "ii", now_usec, (gint64) limit);
  if (stmt == NULL)
    return NULL;
  while (reunion_stmt_next (stmt, &local_error))
    {
      ReunionCase *case_
          = reunion_wire_case_from_json (reunion_stmt_get_text (stmt, 0), -1, &local_error);

      if (case_ == NULL)
        break;
      g_ptr_array_add (cases, case_);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_steal_pointer (&cases);
}

gint64
reunion_central_store_get_next_change_usec (ReunionCentralStore *self)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), -1);

  stmt = reunion_db_query (reunion_central_store_get_db (self), NULL,
                           "SELECT next_change_usec FROM cases WHERE next_change_usec IS NOT NULL"
                           " ORDER BY next_change_usec LIMIT 1",
                           "");
  return stmt != NULL && reunion_stmt_next (stmt, NULL) ? reunion_stmt_get_int (stmt, 0) : -1;
}

gboolean
reunion_central_store_put_photo (ReunionCentralStore *self,
                                 const char *sha256,
                                 const char *media_type,
                                 GBytes *bytes,
                                 gboolean *is_new,
                                 GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), FALSE);

  if (!reunion_db_run (reunion_central_store_get_db (self), error,
                       "INSERT INTO photos (sha256, media_type, bytes) VALUES ($1, $2, $3)"
                       " ON CONFLICT (sha256) DO NOTHING",
                       "ttb", sha256, media_type, bytes))
    return FALSE;
  if (is_new != NULL)
    *is_new = reunion_db_get_n_changed (reunion_central_store_get_db (self)) > 0;
  return TRUE;
}

GBytes *
reunion_central_store_find_photo (ReunionCentralStore *self,
                                  const char *sha256,
                                  char **media_type,
                                  GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && sha256 != NULL, NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT bytes, media_type FROM photos WHERE sha256 = $1", "t", sha256);
  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return NULL;
  if (media_type != NULL)
    *media_type = g_strdup (reunion_stmt_get_text (stmt, 1));
  return reunion_stmt_get_bytes (stmt, 0);
}

gboolean
reunion_central_store_has_photo (ReunionCentralStore *self, const char *sha256)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && sha256 != NULL, FALSE);

  stmt = reunion_db_query (reunion_central_store_get_db (self), NULL,
                           "SELECT 1 FROM photos WHERE sha256 = $1", "t", sha256);
  return stmt != NULL && reunion_stmt_next (stmt, NULL);
}
