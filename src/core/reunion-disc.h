/* reunion-disc.h: how much of an outline lies inside a geodesic circle
 *
 * Everything is laid on the authalic sphere, on which areas are those of
 * WGS-84 (J. P. Snyder, "Map Projections: A Working Manual", USGS Professional
 * Paper 1395, 1987, formulas 3-11, 3-12 and 24-2 to 24-4), and from there, by
 * Lambert's azimuthal equal-area projection, on a plane around the circle's
 * middle. There an outline's part inside the circle is added up edge by edge.
 * Neither a pole nor 180 degrees east is anything special.
 *
 * The circle is a polygon of REUNION_DISC_VERTICES geodesic vertices, pushed
 * outwards so that the area is the circle's own: its line is within 2e-5 of
 * the radius (10 m at 500 km), its area within 1e-6. Edges of outlines are
 * straight in the plane; an edge of 20 km strays from a geodesic by less than
 * 10 m there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-geodesy.h"

G_BEGIN_DECLS

#define REUNION_DISC_VERTICES 360
/* Beyond, a circle closes in on the other side of the earth, and an ellipsoid
 * has no simple one there. */
#define REUNION_DISC_MAX_KM 19000.0

/**
 * ReunionNormal:
 * @x: towards 0 N 0 E
 * @y: towards 0 N 90 E
 * @z: towards the north pole
 *
 * A point as the unit vector of its authalic latitude and its longitude.
 */
typedef struct
{
  double x, y, z;
} ReunionNormal;

/**
 * ReunionPlanePoint:
 * @x: east of the circle's middle, in radii of the authalic sphere
 * @y: north of it
 */
typedef struct
{
  double x, y;
} ReunionPlanePoint;

typedef struct _ReunionDisc ReunionDisc;

/* Radius of the sphere with the area of WGS-84, in kilometres. */
double reunion_disc_sphere_radius_km (void);

ReunionNormal reunion_disc_normal (ReunionPoint point);

/* The circle of @radius_km (0..REUNION_DISC_MAX_KM) around @centre, which is
 * on WGS-84. Transfer full. */
ReunionDisc *reunion_disc_new (ReunionPoint centre, double radius_km);
void reunion_disc_free (ReunionDisc *self);

/* Area of the whole circle. */
double reunion_disc_get_area_km2 (const ReunionDisc *self);

/* Angles at the sphere's middle, in radians: whatever is nearer than the first
 * lies inside, whatever is further than the second outside. */
double reunion_disc_get_sure_rad (const ReunionDisc *self);
double reunion_disc_get_limit_rad (const ReunionDisc *self);

/* Angle between the circle's middle and @normal, 0 to pi. */
double reunion_disc_angle_rad (const ReunionDisc *self, ReunionNormal normal);

/* @normals on the plane around the circle's middle, the same plane for every
 * circle around one point. */
void reunion_disc_project (const ReunionDisc *self,
                           const ReunionNormal *normals,
                           ReunionPlanePoint *points,
                           gsize n_points);

/* Area of the part inside the circle of a ring that is not closed; less than
 * nothing where it runs clockwise, so that holes take off what they have to. */
double reunion_disc_area_inside_km2 (const ReunionDisc *self,
                                     const ReunionPlanePoint *ring,
                                     gsize n_points);

/* Area inside a ring on its own, around a point in or near it. */
double reunion_disc_ring_area_km2 (const ReunionPlanePoint *ring, gsize n_points);

/* Whether the point itself is within the radius, by the geodesic where it is
 * close. */
gboolean reunion_disc_holds (const ReunionDisc *self, ReunionPoint point, ReunionNormal normal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionDisc, reunion_disc_free)

G_END_DECLS
