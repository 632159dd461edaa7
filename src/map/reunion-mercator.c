/* reunion-mercator.c: the square Mercator map of the tiles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-mercator.h"

#include <math.h>

#define LAST_LATITUDE_DEG 89.9999

ReunionMercator
reunion_mercator_project (ReunionPoint point)
{
  double lat_deg = CLAMP (point.lat_deg, -LAST_LATITUDE_DEG, LAST_LATITUDE_DEG);

  return (ReunionMercator){
    .x = (point.lon_deg + 180.0) / 360.0,
    .y = 0.5 - asinh (tan (lat_deg * G_PI / 180.0)) / (2.0 * G_PI),
  };
}

ReunionPoint
reunion_mercator_unproject (ReunionMercator at)
{
  return (ReunionPoint){
    .lat_deg = atan (sinh ((0.5 - at.y) * 2.0 * G_PI)) * 180.0 / G_PI,
    .lon_deg = at.x * 360.0 - 180.0,
  };
}
