/* reunion-line-shape.c: geodesics as lines on the map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-line-shape.h"

#include <math.h>

#define STEP_KM 50.0

GArray *
reunion_line_shape_new (ReunionPoint from, ReunionPoint to)
{
  GArray *line = g_array_new (FALSE, FALSE, sizeof (ReunionMercator));
  double distance_km;
  double bearing_deg;
  guint n;
  double last_x = reunion_mercator_project (from).x;

  g_return_val_if_fail (reunion_point_is_valid (from) && reunion_point_is_valid (to), line);

  distance_km = reunion_geodesy_distance_km (from, to);
  bearing_deg = reunion_geodesy_bearing_deg (from, to);
  n = (guint) ceil (distance_km / STEP_KM);
  n = MAX (n, 1);
  for (guint i = 0; i <= n; i++)
    {
      ReunionMercator at = reunion_mercator_project (
          i == 0   ? from
          : i == n ? to
                   : reunion_geodesy_destination (from, bearing_deg, distance_km * i / n));

      at.x -= round (at.x - last_x);
      last_x = at.x;
      g_array_append_val (line, at);
    }
  return line;
}
