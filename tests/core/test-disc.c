/* test-disc.c: how much of an outline lies inside a geodesic circle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-disc.h"

#include <geodesic.h>
#include <math.h>

static const struct
{
  ReunionPoint centre;
  double radius_km;
} discs[] = {
  { { 26.663, 105.769 }, 100.0 }, { { 26.663, 105.769 }, 500.0 }, { { 0.0, 0.0 }, 500.0 },
  { { 65.0, 179.9 }, 300.0 },     { { -65.0, -179.9 }, 300.0 },   { { 90.0, 0.0 }, 500.0 },
  { { -90.0, 77.0 }, 500.0 },     { { 88.0, 10.0 }, 500.0 },      { { 40.0, -3.0 }, 2000.0 },
  { { 20.0, 100.0 }, 9000.0 },
};

/* Of the circle by Karney's area of a geodesic polygon of many vertices. */
static double
geodesic_area_km2 (ReunionPoint centre, double radius_km)
{
  struct geod_geodesic wgs84;
  struct geod_polygon polygon;
  double area_m2;

  geod_init (&wgs84, 6378137.0, 1.0 / 298.257223563);
  geod_polygon_init (&polygon, 0);
  for (int i = 0; i < 7200; i++)
    {
      ReunionPoint at = reunion_geodesy_destination (centre, -i * 0.05, radius_km);

      geod_polygon_addpoint (&wgs84, &polygon, at.lat_deg, at.lon_deg);
    }
  geod_polygon_compute (&wgs84, &polygon, 0, 1, &area_m2, NULL);
  return fabs (area_m2) / 1e6;
}

static void
test_area (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (discs); i++)
    {
      g_autoptr (ReunionDisc) disc = reunion_disc_new (discs[i].centre, discs[i].radius_km);
      double expected_km2 = geodesic_area_km2 (discs[i].centre, discs[i].radius_km);

      if (fabs (reunion_disc_get_area_km2 (disc) / expected_km2 - 1.0) > 2e-6)
        g_error ("disc %" G_GSIZE_FORMAT ": expected %.4f km², found %.4f", i, expected_km2,
                 reunion_disc_get_area_km2 (disc));
    }
}

/* A square of @half_km about the middle, laid on the plane. */
static void
square (double x_km, double y_km, double half_km, ReunionPlanePoint *ring)
{
  static const double corners[][2] = { { -1, -1 }, { 1, -1 }, { 1, 1 }, { -1, 1 } };

  for (gsize i = 0; i < 4; i++)
    ring[i]
        = (ReunionPlanePoint){ (x_km + half_km * corners[i][0]) / reunion_disc_sphere_radius_km (),
                               (y_km + half_km * corners[i][1])
                                   / reunion_disc_sphere_radius_km () };
}

/* At a pole a geodesic circle is a circle on the plane too, and the area inside
 * can be told by hand. */
static void
test_squares (void)
{
  g_autoptr (ReunionDisc) disc = reunion_disc_new ((ReunionPoint){ 90.0, 0.0 }, 500.0);
  double r = sqrt (reunion_disc_get_area_km2 (disc) / G_PI);
  const struct
  {
    double x_km, y_km, half_km;
    double inside_km2;
  } squares[] = {
    /* Inside, around, beside, far off; a half, a quarter; four slices cut off. */
    { 0.0, 0.0, 100.0, 40000.0 },
    { 120.0, -80.0, 50.0, 10000.0 },
    { 0.0, 0.0, 1000.0, G_PI * r * r },
    { 1200.0, 0.0, 300.0, 0.0 },
    { 0.0, 900.0, 100.0, 0.0 },
    { 1000.0, 0.0, 1000.0, G_PI * r * r / 2.0 },
    { -1000.0, 1000.0, 1000.0, G_PI * r * r / 4.0 },
    { 0.0, 0.0, 450.0,
      G_PI * r * r - 4.0 * (r * r * acos (450.0 / r) - 450.0 * sqrt (r * r - 450.0 * 450.0)) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (squares); i++)
    {
      ReunionPlanePoint ring[4];
      ReunionPlanePoint reversed[4];
      double inside_km2;

      square (squares[i].x_km, squares[i].y_km, squares[i].half_km, ring);
      for (gsize j = 0; j < 4; j++)
        reversed[j] = ring[3 - j];
      inside_km2 = reunion_disc_area_inside_km2 (disc, ring, 4);
      if (fabs (inside_km2 - squares[i].inside_km2) > 2e-5 * r * r)
        g_error ("square %" G_GSIZE_FORMAT ": expected %.2f km², found %.2f", i,
                 squares[i].inside_km2, inside_km2);
      g_assert_cmpfloat_with_epsilon (reunion_disc_area_inside_km2 (disc, reversed, 4), -inside_km2,
                                      1e-6);
    }
}

/* Two that cover a third between them hold as much as it does. */
static void
test_sums (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20160515);
  g_autoptr (ReunionDisc) disc = reunion_disc_new ((ReunionPoint){ 26.663, 105.769 }, 300.0);

  for (guint i = 0; i < 2000; i++)
    {
      ReunionPlanePoint p[4];
      double whole_km2, parts_km2;

      for (gsize j = 0; j < 4; j++)
        p[j] = (ReunionPlanePoint){ g_rand_double_range (rand, -0.1, 0.1),
                                    g_rand_double_range (rand, -0.1, 0.1) };
      whole_km2 = reunion_disc_area_inside_km2 (disc, p, 4);
      parts_km2
          = reunion_disc_area_inside_km2 (disc, (ReunionPlanePoint[]){ p[0], p[1], p[2] }, 3)
            + reunion_disc_area_inside_km2 (disc, (ReunionPlanePoint[]){ p[0], p[2], p[3] }, 3);
      g_assert_cmpfloat_with_epsilon (whole_km2, parts_km2, 1e-4);
      g_assert_cmpfloat (fabs (whole_km2), <=, reunion_disc_get_area_km2 (disc) * 1.0001);
    }
}

static void
test_holds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (discs); i++)
    {
      g_autoptr (ReunionDisc) disc = reunion_disc_new (discs[i].centre, discs[i].radius_km);

      for (int bearing = 0; bearing < 360; bearing += 7)
        for (int side = -1; side <= 1; side += 2)
          {
            /* A metre this side of the line, and a metre that. */
            ReunionPoint at = reunion_geodesy_destination (discs[i].centre, bearing,
                                                           discs[i].radius_km + side * 0.001);

            if (reunion_disc_holds (disc, at, reunion_disc_normal (at)) != (side < 0))
              g_error ("disc %" G_GSIZE_FORMAT ", bearing %d, %d m", i, bearing, side);
          }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/area", test_area);
  g_test_add_func ("/disc/squares", test_squares);
  g_test_add_func ("/disc/sums", test_sums);
  g_test_add_func ("/disc/holds", test_holds);
  return g_test_run ();
}
