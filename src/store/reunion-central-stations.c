/* reunion-central-stations.c: stations, and the codes that enrol them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-stations.h"

#include "reunion-central-store-private.h"

void
reunion_station_free (ReunionStation *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->code);
  g_free (self->name);
  g_free (self->phone);
  g_free (self);
}

void
reunion_enrolment_free (ReunionEnrolment *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->station);
  g_free (self->credential_hash);
  g_free (self);
}

/* NULL without error at the end. */
static ReunionStation *
read_station (ReunionStmt *stmt, GError **error)
{
  ReunionStation *station;

  if (!reunion_stmt_next (stmt, error))
    return NULL;
  station = g_new0 (ReunionStation, 1);
  station->code = g_strdup (reunion_stmt_get_text (stmt, 0));
  station->name = g_strdup (reunion_stmt_get_text (stmt, 1));
  station->phone = g_strdup (reunion_stmt_get_text (stmt, 2));
  return station;
}

ReunionStation *
reunion_central_store_find_station (ReunionCentralStore *self, const char *code, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && code != NULL, NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT code, name, phone FROM stations WHERE code = $1", "t", code);
  return stmt != NULL ? read_station (stmt, error) : NULL;
}

GPtrArray *
reunion_central_store_list_stations (ReunionCentralStore *self,
                                     const char *region,
                                     const char *after,
                                     guint limit,
                                     GError **error)
{
  g_autoptr (GPtrArray) stations
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_station_free);
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;
  ReunionStation *station;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && region != NULL && after != NULL, NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), &local_error,
                           "SELECT code, name, phone FROM stations"
                           " WHERE substr (code, 1, length (CAST ($1 AS TEXT))) = CAST ($1 AS TEXT)"
                           " AND code > $2 ORDER BY code LIMIT $3",
                           "tti", region, after, (gint64) limit);
  while (stmt != NULL && (station = read_station (stmt, &local_error)) != NULL)
    g_ptr_array_add (stations, station);
  if (local_error == NULL)
    return g_steal_pointer (&stations);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

gboolean
reunion_central_store_put_enrolment (ReunionCentralStore *self,
                                     const char *code_hash,
                                     const char *station,
                                     const char *made_by,
                                     gint64 expires_usec,
                                     GError **error)
{
  ReunionDb *db;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && code_hash != NULL, FALSE);

  db = reunion_central_store_get_db (self);
  return reunion_db_run (db, error,
                         "DELETE FROM enrolments WHERE station = $1 AND used_usec IS NULL"
                         " AND code_hash <> $2",
                         "tt", station, code_hash)
         && reunion_db_run (db, error,
                            "INSERT INTO enrolments (code_hash, station, made_by, expires_usec)"
                            " VALUES ($1, $2, $3, $4) ON CONFLICT (code_hash) DO NOTHING",
                            "ttti", code_hash, station, made_by, expires_usec);
}

ReunionEnrolment *
reunion_central_store_find_enrolment (ReunionCentralStore *self,
                                      const char *code_hash,
                                      GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  ReunionEnrolment *enrolment;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && code_hash != NULL, NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT station, expires_usec, credential_hash FROM enrolments"
                           " WHERE code_hash = $1",
                           "t", code_hash);
  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return NULL;
  enrolment = g_new0 (ReunionEnrolment, 1);
  enrolment->station = g_strdup (reunion_stmt_get_text (stmt, 0));
  enrolment->expires_usec = reunion_stmt_get_int (stmt, 1);
  enrolment->credential_hash = g_strdup (reunion_stmt_get_text (stmt, 2));
  return enrolment;
}

gboolean
reunion_central_store_spend_enrolment (ReunionCentralStore *self,
                                       const char *code_hash,
                                       const char *credential_hash,
                                       gint64 now_usec,
                                       gboolean *is_first,
                                       GError **error)
{
  ReunionDb *db;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && is_first != NULL, FALSE);

  db = reunion_central_store_get_db (self);
  if (!reunion_db_run (db, error,
                       "UPDATE enrolments SET used_usec = $3, credential_hash = $2"
                       " WHERE code_hash = $1 AND used_usec IS NULL",
                       "tti", code_hash, credential_hash, now_usec))
    return FALSE;
  *is_first = reunion_db_get_n_changed (db) == 1;
  return TRUE;
}

ReunionStation *
reunion_central_store_find_credential (ReunionCentralStore *self,
                                       const char *credential_hash,
                                       GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && credential_hash != NULL, NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT s.code, s.name, s.phone FROM enrolments e"
                           " JOIN stations s ON s.code = e.station WHERE e.credential_hash = $1",
                           "t", credential_hash);
  return stmt != NULL ? read_station (stmt, error) : NULL;
}
