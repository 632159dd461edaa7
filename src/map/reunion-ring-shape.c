/* reunion-ring-shape.c: a geodesic circle as a polygon on the Mercator map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-ring-shape.h"

#include <math.h>

static void
measure_bounds (ReunionRingShape *self)
{
  self->min_x = self->min_y = G_MAXDOUBLE;
  self->max_x = self->max_y = -G_MAXDOUBLE;
  for (gsize i = 0; i < self->n_points; i++)
    {
      self->min_x = MIN (self->min_x, self->points[i].x);
      self->max_x = MAX (self->max_x, self->points[i].x);
      self->min_y = MIN (self->min_y, self->points[i].y);
      self->max_y = MAX (self->max_y, self->points[i].y);
    }
}

/* Repeats the first vertex a turn on, then goes to the edge and back along it. */
static void
close_round_pole (ReunionRingShape *self)
{
  ReunionMercator first = self->points[0];
  double turn = self->points[self->n_vertices - 1].x > first.x ? 1.0 : -1.0;
  double edge = self->pole > 0 ? 0.0 : 1.0;

  for (gsize i = 0; i < self->n_vertices; i++)
    edge = self->pole > 0 ? MIN (edge, self->points[i].y) : MAX (edge, self->points[i].y);
  self->points[self->n_vertices] = (ReunionMercator){ first.x + turn, first.y };
  self->n_vertices++;
  self->points[self->n_vertices] = (ReunionMercator){ first.x + turn, edge };
  self->points[self->n_vertices + 1] = (ReunionMercator){ first.x, edge };
  self->n_points = self->n_vertices + 2;
}

ReunionRingShape *
reunion_ring_shape_new (ReunionPoint centre, double radius_km, gsize n_vertices)
{
  ReunionRingShape *self;
  g_autofree ReunionPoint *vertices = NULL;

  g_return_val_if_fail (reunion_point_is_valid (centre), NULL);
  g_return_val_if_fail (radius_km > 0.0 && radius_km <= 20000.0, NULL);
  g_return_val_if_fail (n_vertices >= 360, NULL);

  vertices = g_new (ReunionPoint, n_vertices);
  reunion_geodesy_circle (centre, radius_km, vertices, n_vertices);

  self = g_new0 (ReunionRingShape, 1);
  self->points = g_new (ReunionMercator, n_vertices + 3);
  self->n_vertices = self->n_points = n_vertices;
  for (gsize i = 0; i < n_vertices; i++)
    self->points[i] = reunion_mercator_project (vertices[i]);
  self->pole = reunion_geodesy_circle_holds_pole (centre, radius_km);
  /* A circle that reaches round both poles has no simple polygon; the one
   * that its line bounds is drawn. */
  if (self->pole != 0 && fabs (self->points[n_vertices - 1].x - self->points[0].x) > 0.5)
    close_round_pole (self);
  measure_bounds (self);
  return self;
}

void
reunion_ring_shape_free (ReunionRingShape *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->points);
  g_free (self);
}
