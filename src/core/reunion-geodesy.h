/* reunion-geodesy.h: distances and circles on WGS-84
 *
 * Geodesics by C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87,
 * 43-55 (2013), through PROJ's geodesic.h. All angles in degrees, latitude
 * -90..90 (north positive), longitude east positive; all lengths in
 * kilometres.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReunionPoint:
 * @lat_deg: latitude, -90..90
 * @lon_deg: longitude. -180..180 where a function says "wrapped"; continuous
 *   (it may run past 180) where it says "unrolled"
 *
 * A point on WGS-84.
 */
typedef struct
{
  double lat_deg;
  double lon_deg;
} ReunionPoint;

/* TRUE when both are finite, latitude within -90..90, longitude -180..180. */
gboolean reunion_point_is_valid (ReunionPoint point);

/* Length of the shortest geodesic between two points, in kilometres. */
double reunion_geodesy_distance_km (ReunionPoint from, ReunionPoint to);

/* Bearing at @from of the geodesic to @to, in degrees clockwise from north,
 * 0 <= b < 360. */
double reunion_geodesy_bearing_deg (ReunionPoint from, ReunionPoint to);

/* The point @distance_km from @from along @bearing_deg. Longitude wrapped. */
ReunionPoint
reunion_geodesy_destination (ReunionPoint from, double bearing_deg, double distance_km);

/* Fills @points with @n_points vertices (at least 3) of the geodesic circle of
 * @radius_km around @centre, clockwise from north, not closed. Longitudes are
 * unrolled: neighbours never differ by more than 180 degrees, so that a ring
 * across 180 E is one unbroken line. Around a pole the longitudes run through
 * a whole turn; see reunion_geodesy_circle_holds_pole(). */
void reunion_geodesy_circle (ReunionPoint centre,
                             double radius_km,
                             ReunionPoint *points,
                             gsize n_points);

/* 1 if the circle holds the north pole, -1 for the south pole, 0 for neither. */
int reunion_geodesy_circle_holds_pole (ReunionPoint centre, double radius_km);

/* @lon_deg brought into -180 <= lon < 180. */
double reunion_geodesy_wrap_longitude (double lon_deg);

G_END_DECLS
