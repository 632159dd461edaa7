/* reunion-ring-shape.h: a geodesic circle as a polygon on the Mercator map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-mercator.h"

G_BEGIN_DECLS

/* Vertices of a ring that is to be drawn: two a degree. The straight line
 * between two is within 5 m of the circle at 500 km, which is a fifth of a
 * pixel at the last zoom. */
#define REUNION_RING_VERTICES 720

/**
 * ReunionRingShape:
 * @points: the polygon, not closed, its x unrolled so that neighbours are less
 *   than half a turn apart
 * @n_points: number of points
 * @n_vertices: how many of them, from the first, lie on the circle; the rest
 *   close the polygon along the map's edge
 * @pole: 1 when the circle holds the north pole, -1 the south pole, 0 neither
 * @min_x: bounds of the polygon
 * @max_x: the same
 * @min_y: the same
 * @max_y: the same
 *
 * A circle that holds a pole runs once round the world: its line is open and
 * spans exactly one turn, and two corners on the pole's side of the map make
 * the area of it. Copies of the polygon a turn apart fill the whole cap.
 */
typedef struct
{
  ReunionMercator *points;
  gsize n_points;
  gsize n_vertices;
  int pole;
  double min_x, max_x;
  double min_y, max_y;
} ReunionRingShape;

/* The circle of @radius_km (0..20000) around @centre through @n_vertices
 * vertices, at least 360. Transfer full. */
ReunionRingShape *reunion_ring_shape_new (ReunionPoint centre, double radius_km, gsize n_vertices);
void reunion_ring_shape_free (ReunionRingShape *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionRingShape, reunion_ring_shape_free)

G_END_DECLS
