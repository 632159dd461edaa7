/* reunion-central-circles.c: which notices are out, where, and who was told how far
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-circles.h"

#include "reunion-central-store-private.h"

#include <math.h>

#define SPHERE_KM 6371.0
/* A geodesic differs from the arc on that sphere by less than this share. */
#define MARGIN 0.007
#define RADIANS(degrees) ((degrees) *G_PI / 180.0)
#define DEGREES(radians) ((radians) *180.0 / G_PI)
/* Less is the same place, rounded. A degree is 111 km. */
#define SAME_DEG 1e-5

void
reunion_circle_free (ReunionCircle *self)
{
  g_free (self->case_id);
  g_free (self);
}

gboolean
reunion_central_store_put_circle (ReunionCentralStore *self,
                                  ReunionCase *case_,
                                  double radius_km,
                                  GError **error)
{
  ReunionDb *db;
  ReunionPoint centre;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && REUNION_IS_CASE (case_), FALSE);

  db = reunion_central_store_get_db (self);
  if (radius_km <= 0.0 || !reunion_report_get_point (reunion_case_get_report (case_), &centre)
      || !reunion_point_is_valid (centre))
    return reunion_db_run (db, error, "DELETE FROM circles WHERE case_id = $1", "t",
                           reunion_case_get_id (case_));
  return reunion_db_run (
      db, error,
      "INSERT INTO circles (case_id, latitude, longitude, radius_km, band, published_usec)"
      " VALUES ($1, $2, $3, $4, $5, $6)"
      " ON CONFLICT (case_id) DO UPDATE SET latitude = excluded.latitude,"
      " longitude = excluded.longitude, radius_km = excluded.radius_km, band = excluded.band,"
      " published_usec = excluded.published_usec",
      "tdddii", reunion_case_get_id (case_), centre.lat_deg, centre.lon_deg, radius_km,
      (gint64) floor (centre.lat_deg), reunion_case_get_published_usec (case_));
}

double
reunion_central_store_get_circle_radius_km (ReunionCentralStore *self,
                                            const char *case_id,
                                            GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, -1.0);

  stmt = reunion_db_query (reunion_central_store_get_db (self), &local_error,
                           "SELECT radius_km FROM circles WHERE case_id = $1", "t", case_id);
  if (stmt != NULL && reunion_stmt_next (stmt, &local_error))
    return reunion_stmt_get_double (stmt, 0);
  if (local_error == NULL)
    return 0.0;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return -1.0;
}

gboolean
reunion_central_store_make_circles_due (ReunionCentralStore *self, gint64 now_usec, GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "UPDATE cases SET next_change_usec = $1"
                         " WHERE id IN (SELECT case_id FROM circles)",
                         "i", now_usec);
}

gboolean
reunion_central_store_delay_change (ReunionCentralStore *self,
                                    const char *case_id,
                                    gint64 until_usec,
                                    GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "UPDATE cases SET next_change_usec = $2 WHERE id = $1", "ti", case_id,
                         until_usec);
}

/* --- which circles hold a point -------------------------------------------------- */

typedef struct
{
  ReunionDb *db;
  ReunionPoint point;
  GPtrArray *found; /* ReunionCircle */
} Search;

/* Half the width, in degrees of longitude, of what is within @radius_km. */
static double
get_half_width_deg (ReunionPoint point, double radius_km)
{
  double angle = radius_km * (1.0 + MARGIN) / SPHERE_KM;
  double ratio;

  if (angle >= G_PI / 2.0)
    return 180.0;
  ratio = sin (angle) / cos (RADIANS (point.lat_deg));
  /* A pole lies inside. */
  return ratio >= 1.0 || ratio < 0.0 ? 180.0 : DEGREES (asin (ratio));
}

static double
arc_km (ReunionPoint a, ReunionPoint b)
{
  double lat = sin (RADIANS (b.lat_deg - a.lat_deg) / 2.0);
  double lon = sin (RADIANS (b.lon_deg - a.lon_deg) / 2.0);
  double h = lat * lat + cos (RADIANS (a.lat_deg)) * cos (RADIANS (b.lat_deg)) * lon * lon;

  return 2.0 * SPHERE_KM * asin (sqrt (MIN (h, 1.0)));
}

static gboolean
holds (ReunionPoint centre, double radius_km, ReunionPoint point)
{
  double km = arc_km (centre, point);

  if (km * (1.0 + MARGIN) < radius_km)
    return TRUE;
  return km * (1.0 - MARGIN) <= radius_km
         && reunion_geodesy_distance_km (centre, point) <= radius_km;
}

static gboolean
search_band (Search *search,
             double radius_km,
             int band,
             double from_lon_deg,
             double to_lon_deg,
             GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  stmt = reunion_db_query (search->db, error,
                           "SELECT latitude, longitude, published_usec, case_id FROM circles"
                           " WHERE radius_km = $1 AND band = $2 AND longitude >= $3"
                           " AND longitude <= $4",
                           "didd", radius_km, (gint64) band, from_lon_deg, to_lon_deg);
  if (stmt == NULL)
    return FALSE;
  while (reunion_stmt_next (stmt, &local_error))
    {
      ReunionPoint centre
          = { reunion_stmt_get_double (stmt, 0), reunion_stmt_get_double (stmt, 1) };
      ReunionCircle *alert;

      if (!holds (centre, radius_km, search->point))
        continue;
      alert = g_new0 (ReunionCircle, 1);
      alert->case_id = g_strdup (reunion_stmt_get_text (stmt, 3));
      alert->centre = centre;
      alert->radius_km = radius_km;
      alert->published_usec = reunion_stmt_get_int (stmt, 2);
      g_ptr_array_add (search->found, alert);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
search_radius (Search *search, double radius_km, GError **error)
{
  double half_height_deg = DEGREES (radius_km * (1.0 + MARGIN) / SPHERE_KM);
  double half_width_deg = get_half_width_deg (search->point, radius_km);
  int from = (int) floor (MAX (-90.0, search->point.lat_deg - half_height_deg));
  int to = (int) floor (MIN (90.0, search->point.lat_deg + half_height_deg));
  double west = search->point.lon_deg - half_width_deg;
  double east = search->point.lon_deg + half_width_deg;

  for (int band = from; band <= to; band++)
    {
      gboolean ok;

      if (half_width_deg >= 180.0)
        ok = search_band (search, radius_km, band, -180.0, 180.0, error);
      else
        ok = search_band (search, radius_km, band, MAX (west, -180.0), MIN (east, 180.0), error)
             && (west >= -180.0
                 || search_band (search, radius_km, band, west + 360.0, 180.0, error))
             && (east <= 180.0
                 || search_band (search, radius_km, band, -180.0, east - 360.0, error));
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

/* The next larger radius that there is; -1 after the last, or with @error set. */
static double
get_next_radius_km (ReunionDb *db, double radius_km, GError **error)
{
  g_autoptr (ReunionStmt) stmt = reunion_db_query (
      db, error, "SELECT radius_km FROM circles WHERE radius_km > $1 ORDER BY radius_km LIMIT 1",
      "d", radius_km);

  return stmt != NULL && reunion_stmt_next (stmt, error) ? reunion_stmt_get_double (stmt, 0) : -1.0;
}

static int
compare_alerts (gconstpointer a, gconstpointer b)
{
  const ReunionCircle *left = *(ReunionCircle *const *) a;
  const ReunionCircle *right = *(ReunionCircle *const *) b;

  if (left->published_usec != right->published_usec)
    return left->published_usec > right->published_usec ? -1 : 1;
  return g_strcmp0 (left->case_id, right->case_id);
}

GPtrArray *
reunion_central_store_list_circles_at (ReunionCentralStore *self,
                                       ReunionPoint point,
                                       guint limit,
                                       guint *n_alerts,
                                       GError **error)
{
  g_autoptr (GPtrArray) found
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_circle_free);
  g_autoptr (GError) local_error = NULL;
  Search search = { .point = point, .found = found };
  double radius_km = 0.0;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);
  g_return_val_if_fail (reunion_point_is_valid (point), NULL);

  search.db = reunion_central_store_get_db (self);
  while ((radius_km = get_next_radius_km (search.db, radius_km, &local_error)) > 0.0)
    if (!search_radius (&search, radius_km, &local_error))
      break;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (n_alerts != NULL)
    *n_alerts = found->len;
  g_ptr_array_sort (found, compare_alerts);
  if (found->len > limit)
    g_ptr_array_set_size (found, (int) limit);
  for (guint i = 0; i < found->len; i++)
    {
      ReunionCircle *alert = found->pdata[i];

      alert->distance_km = reunion_geodesy_distance_km (alert->centre, point);
    }
  return g_steal_pointer (&found);
}

/* --- who was told how far ----------------------------------------------------------- */

gboolean
reunion_central_store_add_told_circle (ReunionCentralStore *self,
                                       const ReunionDelivery *delivery,
                                       ReunionPoint centre,
                                       double radius_km,
                                       GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && delivery != NULL, FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "INSERT INTO told_circles"
                         " (case_id, partner, delivery, latitude, longitude, radius_km)"
                         " SELECT CAST ($1 AS TEXT), CAST ($2 AS TEXT), id, $4, $5, $6"
                         " FROM deliveries WHERE id = $3",
                         "tttddd", delivery->case_id, delivery->partner, delivery->id,
                         centre.lat_deg, centre.lon_deg, radius_km);
}

double
reunion_central_store_get_told_radius_km (ReunionCentralStore *self,
                                          const char *case_id,
                                          const char *partner,
                                          ReunionPoint centre,
                                          GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, -1.0);

  /* 2: dead. */
  stmt = reunion_db_query (reunion_central_store_get_db (self), &local_error,
                           "SELECT coalesce (max (t.radius_km), 0.0) FROM told_circles t"
                           " JOIN deliveries d ON d.id = t.delivery"
                           " WHERE t.case_id = $1 AND t.partner = $2 AND d.state <> 2"
                           " AND abs (t.latitude - $3) < $5 AND abs (t.longitude - $4) < $5",
                           "ttddd", case_id, partner, centre.lat_deg, centre.lon_deg, SAME_DEG);
  if (stmt != NULL && reunion_stmt_next (stmt, &local_error))
    return reunion_stmt_get_double (stmt, 0);
  if (local_error == NULL)
    return 0.0;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return -1.0;
}
