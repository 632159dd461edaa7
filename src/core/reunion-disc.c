/* reunion-disc.c: how much of an outline lies inside a geodesic circle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-disc.h"

#include <math.h>

#define N REUNION_DISC_VERTICES
#define EQUATORIAL_RADIUS_KM 6378.137
#define FLATTENING (1.0 / 298.257223563)

struct _ReunionDisc
{
  ReunionPoint centre;
  double radius_km;
  ReunionNormal middle;
  ReunionNormal east;
  ReunionNormal north;
  double sure_rad;
  double limit_rad;
  double area_km2;
  /* Anticlockwise, with the first again at the end. */
  ReunionPlanePoint vertices[N + 1];
};

static double
dot (ReunionNormal a, ReunionNormal b)
{
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

static double
cross (ReunionPlanePoint a, ReunionPlanePoint b)
{
  return a.x * b.y - a.y * b.x;
}

static ReunionPlanePoint
between (ReunionPlanePoint a, ReunionPlanePoint b, double t)
{
  return (ReunionPlanePoint){ a.x + t * (b.x - a.x), a.y + t * (b.y - a.y) };
}

/* Snyder's q of formula 3-12. */
static double
authalic_q (double sin_lat)
{
  const double e2 = FLATTENING * (2.0 - FLATTENING);
  const double e = sqrt (e2);

  return (1.0 - e2) * (sin_lat / (1.0 - e2 * sin_lat * sin_lat) + atanh (e * sin_lat) / e);
}

static void
set_axes (ReunionDisc *self)
{
  double lon = self->centre.lon_deg * G_PI / 180.0;

  /* At a pole the longitude still tells which way east is meant to be. */
  self->middle = reunion_disc_normal (self->centre);
  self->east = (ReunionNormal){ -sin (lon), cos (lon), 0.0 };
  self->north = (ReunionNormal){ -self->middle.z * self->east.y, self->middle.z * self->east.x,
                                 self->middle.x * self->east.y - self->middle.y * self->east.x };
}

/* Chords cut off a little of the circle: pushed out, they give as much back. */
static void
set_vertices (ReunionDisc *self)
{
  const double step = 2.0 * G_PI / N;
  const double push = sqrt (step / sin (step));
  ReunionPoint circle[N];
  ReunionNormal normals[N];
  double least = G_PI;
  double most = 0.0;

  reunion_geodesy_circle (self->centre, self->radius_km, circle, N);
  for (gsize i = 0; i < N; i++)
    {
      /* Bearings run clockwise. */
      normals[N - 1 - i] = reunion_disc_normal (circle[i]);
      least = MIN (least, reunion_disc_angle_rad (self, normals[N - 1 - i]));
      most = MAX (most, reunion_disc_angle_rad (self, normals[N - 1 - i]));
    }
  reunion_disc_project (self, normals, self->vertices, N);
  for (gsize i = 0; i < N; i++)
    {
      self->vertices[i].x *= push;
      self->vertices[i].y *= push;
    }
  self->vertices[N] = self->vertices[0];
  /* Wider than chords and pushing can move the line. */
  self->sure_rad = least * 0.9999;
  self->limit_rad = MIN (most * 1.0001, G_PI);
}

static gsize
find_sector (const ReunionDisc *self, ReunionPlanePoint p)
{
  double turn = atan2 (p.y, p.x) - atan2 (self->vertices[0].y, self->vertices[0].x);
  gsize k = (gsize) ((turn < 0.0 ? turn + 2.0 * G_PI : turn) * N / (2.0 * G_PI)) % N;

  /* The vertices are not quite evenly spread on this sphere. */
  for (gsize i = 0; i < N && cross (self->vertices[k], p) < 0.0; i++)
    k = (k + N - 1) % N;
  for (gsize i = 0; i < N && cross (self->vertices[k + 1], p) >= 0.0; i++)
    k = (k + 1) % N;
  return k;
}

/* Twice the area of the triangle of the middle, @a and @b on the middle's side
 * of the chord. Both lie in sector @k, @b anticlockwise from @a. */
static double
inside_sector (const ReunionDisc *self, gsize k, ReunionPlanePoint a, ReunionPlanePoint b)
{
  const ReunionPlanePoint from = self->vertices[k];
  const ReunionPlanePoint along
      = { self->vertices[k + 1].x - from.x, self->vertices[k + 1].y - from.y };
  const ReunionPlanePoint origin = { 0.0, 0.0 };
  double depth = cross (from, self->vertices[k + 1]);
  double depth_a = cross (along, (ReunionPlanePoint){ a.x - from.x, a.y - from.y });
  double depth_b = cross (along, (ReunionPlanePoint){ b.x - from.x, b.y - from.y });
  gboolean crosses = (depth_a < 0.0) != (depth_b < 0.0);
  ReunionPlanePoint meets = crosses ? between (a, b, depth_a / (depth_a - depth_b)) : a;

  /* What lies beyond the chord counts as far as the chord. */
  if (depth_a < 0.0)
    a = between (origin, a, depth / (depth - depth_a));
  if (depth_b < 0.0)
    b = between (origin, b, depth / (depth - depth_b));
  return crosses ? cross (a, meets) + cross (meets, b) : cross (a, b);
}

/* The same for any @b less than half a turn anticlockwise from @a. */
static double
inside_circle (const ReunionDisc *self, ReunionPlanePoint a, ReunionPlanePoint b)
{
  gsize k = find_sector (self, a);
  double sum = 0.0;

  for (gsize i = 0; i < N; i++)
    {
      ReunionPlanePoint ray = self->vertices[k + 1];
      double before = cross (a, ray);
      double after = cross (b, ray);

      if (after >= 0.0)
        return sum + inside_sector (self, k, a, b);
      /* Unless it stands on the ray already. */
      if (before > 0.0)
        {
          ReunionPlanePoint leaves = between (a, b, before / (before - after));

          sum += inside_sector (self, k, a, leaves);
          a = leaves;
        }
      k = (k + 1) % N;
    }
  return sum;
}

double
reunion_disc_sphere_radius_km (void)
{
  return EQUATORIAL_RADIUS_KM * sqrt (authalic_q (1.0) / 2.0);
}

ReunionNormal
reunion_disc_normal (ReunionPoint point)
{
  double lon = point.lon_deg * G_PI / 180.0;
  double sin_authalic = authalic_q (sin (point.lat_deg * G_PI / 180.0)) / authalic_q (1.0);
  double across = sqrt (MAX (1.0 - sin_authalic * sin_authalic, 0.0));

  return (ReunionNormal){ across * cos (lon), across * sin (lon), sin_authalic };
}

ReunionDisc *
reunion_disc_new (ReunionPoint centre, double radius_km)
{
  ReunionDisc *self;

  g_return_val_if_fail (reunion_point_is_valid (centre), NULL);
  g_return_val_if_fail (radius_km > 0.0 && radius_km <= REUNION_DISC_MAX_KM, NULL);

  self = g_new0 (ReunionDisc, 1);
  self->centre = centre;
  self->radius_km = radius_km;
  set_axes (self);
  set_vertices (self);
  self->area_km2 = reunion_disc_ring_area_km2 (self->vertices, N);
  return self;
}

void
reunion_disc_free (ReunionDisc *self)
{
  g_free (self);
}

double
reunion_disc_get_area_km2 (const ReunionDisc *self)
{
  g_return_val_if_fail (self != NULL, 0.0);

  return self->area_km2;
}

double
reunion_disc_get_sure_rad (const ReunionDisc *self)
{
  g_return_val_if_fail (self != NULL, 0.0);

  return self->sure_rad;
}

double
reunion_disc_get_limit_rad (const ReunionDisc *self)
{
  g_return_val_if_fail (self != NULL, 0.0);

  return self->limit_rad;
}

double
reunion_disc_angle_rad (const ReunionDisc *self, ReunionNormal normal)
{
  double dx = normal.x - self->middle.x;
  double dy = normal.y - self->middle.y;
  double dz = normal.z - self->middle.z;

  /* By the chord: the cosine tells small angles badly. */
  return 2.0 * asin (MIN (sqrt (dx * dx + dy * dy + dz * dz) / 2.0, 1.0));
}

void
reunion_disc_project (const ReunionDisc *self,
                      const ReunionNormal *normals,
                      ReunionPlanePoint *points,
                      gsize n_points)
{
  g_return_if_fail (self != NULL);

  for (gsize i = 0; i < n_points; i++)
    {
      /* The other side of the earth is a circle in this projection, and its
       * point one of no bearing. */
      double k = sqrt (2.0 / MAX (1.0 + dot (normals[i], self->middle), 1e-12));

      points[i] = (ReunionPlanePoint){ k * dot (normals[i], self->east),
                                       k * dot (normals[i], self->north) };
    }
}

double
reunion_disc_area_inside_km2 (const ReunionDisc *self,
                              const ReunionPlanePoint *ring,
                              gsize n_points)
{
  double radius_km = reunion_disc_sphere_radius_km ();
  double twice = 0.0;

  g_return_val_if_fail (self != NULL, 0.0);
  g_return_val_if_fail (ring != NULL || n_points == 0, 0.0);

  for (gsize i = 0, j = n_points - 1; i < n_points; j = i++)
    {
      double turn = cross (ring[j], ring[i]);

      if (turn > 0.0)
        twice += inside_circle (self, ring[j], ring[i]);
      else if (turn < 0.0)
        twice -= inside_circle (self, ring[i], ring[j]);
    }
  return twice / 2.0 * radius_km * radius_km;
}

double
reunion_disc_ring_area_km2 (const ReunionPlanePoint *ring, gsize n_points)
{
  double radius_km = reunion_disc_sphere_radius_km ();
  double twice = 0.0;

  g_return_val_if_fail (ring != NULL || n_points == 0, 0.0);

  for (gsize i = 0, j = n_points - 1; i < n_points; j = i++)
    twice += cross (ring[j], ring[i]);
  return twice / 2.0 * radius_km * radius_km;
}

gboolean
reunion_disc_holds (const ReunionDisc *self, ReunionPoint point, ReunionNormal normal)
{
  double angle_rad;

  g_return_val_if_fail (self != NULL, FALSE);

  angle_rad = reunion_disc_angle_rad (self, normal);
  if (angle_rad <= self->sure_rad)
    return TRUE;
  return angle_rad <= self->limit_rad
         && reunion_geodesy_distance_km (self->centre, point) <= self->radius_km;
}
