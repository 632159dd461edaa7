/* reunion-central-places.c: where the stations are, for the service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-places.h"

#include "reunion-central-store-private.h"

#include <math.h>

/* A degree of latitude is never shorter (110.574 km at the equator). */
#define DEGREE_KM 110.5
#define FIRST_KM 25.0
#define GROWTH 4.0
/* Beyond, a box runs around a pole or the whole earth. */
#define MAX_BOX_DEG 60.0

gboolean
reunion_central_store_set_station_point (ReunionCentralStore *self,
                                         const char *code,
                                         ReunionPoint point,
                                         GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && code != NULL, FALSE);
  g_return_val_if_fail (reunion_point_is_valid (point), FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "UPDATE stations SET lat = $2, lon = $3 WHERE code = $1", "tdd", code,
                         point.lat_deg, point.lon_deg);
}

gboolean
reunion_central_store_find_station_point (ReunionCentralStore *self,
                                          const char *code,
                                          ReunionPoint *point,
                                          gboolean *has_point,
                                          GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && code != NULL, FALSE);

  *has_point = FALSE;
  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT lat, lon FROM stations"
                           " WHERE code = $1 AND lat IS NOT NULL AND lon IS NOT NULL",
                           "t", code);
  if (stmt == NULL)
    return FALSE;
  if (reunion_stmt_next (stmt, &local_error))
    {
      *has_point = TRUE;
      point->lat_deg = reunion_stmt_get_double (stmt, 0);
      point->lon_deg = reunion_stmt_get_double (stmt, 1);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* The nearest in a box of which every side is at least @reach_km away. */
static char *
find_in_box (ReunionCentralStore *self,
             ReunionPoint point,
             double reach_km,
             double *distance_km,
             GError **error)
{
  double lat_reach_deg = reach_km / DEGREE_KM;
  double far_lat_deg = MIN (fabs (point.lat_deg) + lat_reach_deg, 89.0);
  double lon_reach_deg = lat_reach_deg / cos (far_lat_deg * G_PI / 180.0);
  gboolean is_all = lat_reach_deg > MAX_BOX_DEG || lon_reach_deg > MAX_BOX_DEG
                    || fabs (point.lon_deg) + lon_reach_deg > 180.0;
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *code = NULL;

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT code, lat, lon FROM stations"
                           " WHERE lat IS NOT NULL AND lat BETWEEN $1 AND $2"
                           " AND lon BETWEEN $3 AND $4 ORDER BY code",
                           "dddd", is_all ? -90.0 : point.lat_deg - lat_reach_deg,
                           is_all ? 90.0 : point.lat_deg + lat_reach_deg,
                           is_all ? -180.0 : point.lon_deg - lon_reach_deg,
                           is_all ? 180.0 : point.lon_deg + lon_reach_deg);
  if (stmt == NULL)
    return NULL;
  *distance_km = INFINITY;
  while (reunion_stmt_next (stmt, &local_error))
    {
      ReunionPoint place = { reunion_stmt_get_double (stmt, 1), reunion_stmt_get_double (stmt, 2) };
      double km = reunion_geodesy_distance_km (point, place);

      if (km >= *distance_km)
        continue;
      *distance_km = km;
      g_free (code);
      code = g_strdup (reunion_stmt_get_text (stmt, 0));
    }
  if (local_error == NULL)
    return g_steal_pointer (&code);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

char *
reunion_central_store_find_nearest_station (ReunionCentralStore *self,
                                            ReunionPoint point,
                                            double max_km,
                                            double *distance_km,
                                            GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && distance_km != NULL, NULL);
  g_return_val_if_fail (reunion_point_is_valid (point), NULL);

  /* Boxes that grow: most tips are seen near a station, of which there may be tens of
   * thousands. */
  for (double reach_km = MIN (FIRST_KM, max_km);; reach_km = MIN (reach_km * GROWTH, max_km))
    {
      g_autoptr (GError) local_error = NULL;
      g_autofree char *code = find_in_box (self, point, reach_km, distance_km, &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      /* One in a corner of the box may be further than one outside. */
      if (code != NULL && *distance_km <= reach_km)
        return g_steal_pointer (&code);
      if (reach_km >= max_km)
        return NULL;
    }
}

char *
reunion_central_store_keep_key (ReunionCentralStore *self,
                                const char *name,
                                const char *value,
                                GError **error)
{
  ReunionDb *db;
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && name != NULL && value != NULL, NULL);

  db = reunion_central_store_get_db (self);
  /* Another process may be the first. */
  if (!reunion_db_run (db, error,
                       "INSERT INTO keys (name, value) VALUES ($1, $2)"
                       " ON CONFLICT (name) DO NOTHING",
                       "tt", name, value))
    return NULL;
  stmt = reunion_db_query (db, error, "SELECT value FROM keys WHERE name = $1", "t", name);
  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return NULL;
  return g_strdup (reunion_stmt_get_text (stmt, 0));
}
