/* reunion-geodesy.c: distances and circles on WGS-84
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-geodesy.h"

#include <geodesic.h>
#include <math.h>

#define WGS84_EQUATORIAL_RADIUS_M 6378137.0
#define WGS84_FLATTENING (1.0 / 298.257223563)

static const struct geod_geodesic *
wgs84 (void)
{
  static struct geod_geodesic geodesic;
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      geod_init (&geodesic, WGS84_EQUATORIAL_RADIUS_M, WGS84_FLATTENING);
      g_once_init_leave (&ready, 1);
    }
  return &geodesic;
}

gboolean
reunion_point_is_valid (ReunionPoint point)
{
  return isfinite (point.lat_deg) && isfinite (point.lon_deg) && fabs (point.lat_deg) <= 90.0
         && fabs (point.lon_deg) <= 180.0;
}

double
reunion_geodesy_wrap_longitude (double lon_deg)
{
  double wrapped = remainder (lon_deg, 360.0);

  return wrapped >= 180.0 ? wrapped - 360.0 : wrapped;
}

double
reunion_geodesy_distance_km (ReunionPoint from, ReunionPoint to)
{
  double metres;

  geod_inverse (wgs84 (), from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg, &metres, NULL, NULL);
  return metres / 1000.0;
}

double
reunion_geodesy_bearing_deg (ReunionPoint from, ReunionPoint to)
{
  double azimuth;

  geod_inverse (wgs84 (), from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg, NULL, &azimuth, NULL);
  /* The sum of 360 and less than its rounding is 360. */
  if (azimuth < 0.0)
    azimuth += 360.0;
  return azimuth >= 360.0 ? 0.0 : azimuth;
}

ReunionPoint
reunion_geodesy_destination (ReunionPoint from, double bearing_deg, double distance_km)
{
  ReunionPoint to;

  geod_direct (wgs84 (), from.lat_deg, from.lon_deg, bearing_deg, distance_km * 1000.0, &to.lat_deg,
               &to.lon_deg, NULL);
  to.lon_deg = reunion_geodesy_wrap_longitude (to.lon_deg);
  return to;
}

/* Vertices from north clockwise to south, both included, unrolled. */
static void
trace_east (ReunionPoint centre, double radius_km, ReunionPoint *points, gsize n_points, gsize n)
{
  double previous_deg = centre.lon_deg;

  for (gsize i = 0; i < n; i++)
    {
      double bearing_deg = 360.0 * (double) i / (double) n_points;

      points[i] = reunion_geodesy_destination (centre, bearing_deg, radius_km);
      points[i].lon_deg = previous_deg + remainder (points[i].lon_deg - previous_deg, 360.0);
      previous_deg = points[i].lon_deg;
    }
}

void
reunion_geodesy_circle (ReunionPoint centre, double radius_km, ReunionPoint *points, gsize n_points)
{
  gsize half = n_points / 2;
  double axis_deg;

  g_return_if_fail (points != NULL && n_points >= 3);
  g_return_if_fail (radius_km > 0.0);

  if (n_points % 2 != 0)
    {
      trace_east (centre, radius_km, points, n_points, n_points);
      return;
    }
  /* The west is the east in the mirror of the centre's meridian, which the south
   * vertex lies on, this side of a pole or beyond it. */
  trace_east (centre, radius_km, points, n_points, half + 1);
  axis_deg = centre.lon_deg + 180.0 * round ((points[half].lon_deg - centre.lon_deg) / 180.0);
  for (gsize i = half + 1; i < n_points; i++)
    points[i] = (ReunionPoint){ points[n_points - i].lat_deg,
                                2.0 * axis_deg - points[n_points - i].lon_deg };
}

int
reunion_geodesy_circle_holds_pole (ReunionPoint centre, double radius_km)
{
  const ReunionPoint north = { 90.0, 0.0 };
  const ReunionPoint south = { -90.0, 0.0 };

  if (reunion_geodesy_distance_km (centre, north) <= radius_km)
    return 1;
  if (reunion_geodesy_distance_km (centre, south) <= radius_km)
    return -1;
  return 0;
}
