/* reunion-mercator.h: the square Mercator map of the tiles
 *
 * The whole map is the unit square: x runs east from 180 W, y south from
 * 85.0511 N. Spherical formulas on the geodetic latitude, as every tile
 * service has them ("Web Mercator", EPSG:3857). Points past the square's edges
 * are legal: x past 0..1 is another turn round the world, y past 0..1 is
 * nearer to a pole than the tiles go.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-geodesy.h"

G_BEGIN_DECLS

/* Latitude of the square's edge, in degrees. */
#define REUNION_MERCATOR_EDGE_DEG 85.0511287798066

/* Tile side at scale 1, in pixels. */
#define REUNION_TILE_SIZE 256

typedef struct
{
  double x;
  double y;
} ReunionMercator;

/* Latitudes within a ten-thousandth of a degree of a pole, whose image lies at
 * infinity, are taken as that far from it. */
ReunionMercator reunion_mercator_project (ReunionPoint point);

/* Longitude as unrolled as @at.x is. */
ReunionPoint reunion_mercator_unproject (ReunionMercator at);

G_END_DECLS
