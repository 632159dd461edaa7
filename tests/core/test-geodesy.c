/* test-geodesy.c: distances and circles on WGS-84
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-geodesy.h"
#include "test-helpers.h"

#include <geodesic.h>

#define N_VERTICES 180

static const double radii_km[] = { 100, 200, 300, 500 };

static const struct
{
  const char *what;
  ReunionPoint centre;
  /* Which pole the circles of 100, 200, 300 and 500 km hold. */
  int poles[4];
} circles[] = {
  { "equator", { 0, 0 }, { 0, 0, 0, 0 } },
  { "equator across 180", { 0, 179.5 }, { 0, 0, 0, 0 } },
  { "Shanghai", { 31.15, 121.45 }, { 0, 0, 0, 0 } },
  { "45 N", { 45, 105 }, { 0, 0, 0, 0 } },
  { "45 N across 180", { 45, 179.9 }, { 0, 0, 0, 0 } },
  { "45 S across 180", { -45, -179.99 }, { 0, 0, 0, 0 } },
  { "89 N", { 89, 10 }, { 0, 1, 1, 1 } },
  { "89 N at 180", { 89, -180 }, { 0, 1, 1, 1 } },
  { "89 S", { -89, 170 }, { 0, -1, -1, -1 } },
  { "north pole", { 90, 0 }, { 1, 1, 1, 1 } },
  { "south pole", { -90, 0 }, { -1, -1, -1, -1 } },
};

/* In metres, by a reckoning of its own. */
static double
true_distance_m (ReunionPoint from, ReunionPoint to)
{
  struct geod_geodesic earth;
  double metres;

  geod_init (&earth, 6378137.0, 1.0 / 298.257223563);
  geod_inverse (&earth, from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg, &metres, NULL, NULL);
  return metres;
}

static void
test_vertices (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (circles); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (radii_km); j++)
      {
        ReunionPoint points[N_VERTICES];
        g_autofree char *what = g_strdup_printf ("%s, %g km", circles[i].what, radii_km[j]);

        reunion_geodesy_circle (circles[i].centre, radii_km[j], points, N_VERTICES);
        for (int v = 0; v < N_VERTICES; v++)
          {
            double step_deg = points[(v + 1) % N_VERTICES].lon_deg - points[v].lon_deg;

            test_expect_near (what, radii_km[j] * 1000.0,
                              true_distance_m (circles[i].centre, points[v]), 1.0);
            if (!(fabs (points[v].lat_deg) <= 90.0))
              test_fail ("%s: vertex %d has latitude %g", what, v, points[v].lat_deg);
            /* Unrolled: only around a pole does the last step lead back. */
            if (fabs (step_deg) > 180.0 && !(v == N_VERTICES - 1 && circles[i].poles[j] != 0))
              test_fail ("%s: vertices %d and %d lie %g degrees apart", what, v, v + 1, step_deg);
          }
        test_expect_int (what, circles[i].poles[j],
                         reunion_geodesy_circle_holds_pole (circles[i].centre, radii_km[j]));
      }
}

/* Clockwise from north: the area by the shoelace rule is negative. */
static void
test_orientation (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (circles); i++)
    {
      ReunionPoint points[36];
      double doubled_area = 0.0;

      if (circles[i].poles[3] != 0)
        continue;
      reunion_geodesy_circle (circles[i].centre, 500, points, 36);
      for (int v = 0; v < 36; v++)
        doubled_area += points[v].lon_deg * points[(v + 1) % 36].lat_deg
                        - points[(v + 1) % 36].lon_deg * points[v].lat_deg;
      if (!(doubled_area < 0.0))
        test_fail ("%s: expected a clockwise ring, came area %g", circles[i].what, doubled_area);
      test_expect_near (circles[i].what, circles[i].centre.lon_deg, points[0].lon_deg, 1e-9);
      if (!(points[0].lat_deg > circles[i].centre.lat_deg))
        test_fail ("%s: the first vertex does not lie north", circles[i].what);
    }
}

/* Against another program's vertices, within a millimetre. */
static void
test_stored_vectors (void)
{
  g_autoptr (GPtrArray) rows = test_read_rows ("tests/core/vectors/circles.tsv", "\t");

  g_assert_cmpuint (rows->len, ==, 1584);
  for (guint i = 0; i < rows->len; i++)
    {
      char **row = rows->pdata[i];
      ReunionPoint centre = { g_ascii_strtod (row[0], NULL), g_ascii_strtod (row[1], NULL) };
      double radius_km = g_ascii_strtod (row[2], NULL);
      double bearing_deg = g_ascii_strtod (row[3], NULL);
      ReunionPoint expected = { g_ascii_strtod (row[4], NULL), g_ascii_strtod (row[5], NULL) };
      ReunionPoint points[36];
      ReunionPoint direct = reunion_geodesy_destination (centre, bearing_deg, radius_km);
      g_autofree char *what = g_strdup_printf ("row %u, %g km to %g from %g, %g", i + 1, radius_km,
                                               bearing_deg, centre.lat_deg, centre.lon_deg);

      g_assert_cmpuint (g_strv_length (row), ==, 6);
      reunion_geodesy_circle (centre, radius_km, points, 36);
      test_expect_near (what, 0.0, true_distance_m (expected, points[(int) bearing_deg / 10]),
                        0.001);
      test_expect_near (what, 0.0, true_distance_m (expected, direct), 0.001);
      test_expect_near (what, radius_km, reunion_geodesy_distance_km (centre, expected), 1e-6);
      g_assert_true (reunion_point_is_valid (direct));
      g_assert_cmpfloat (direct.lon_deg, <, 180.0);
      if (fabs (centre.lat_deg) < 89.5)
        test_expect_near (
            what, 0.0,
            remainder (reunion_geodesy_bearing_deg (centre, expected) - bearing_deg, 360.0), 1e-6);
    }
}

static void
test_bearings (void)
{
  static const struct
  {
    ReunionPoint from, to;
    double bearing_deg;
  } cases[] = {
    { { 0, 0 }, { 10, 0 }, 0 },
    { { 0, 0 }, { 0, 10 }, 90 },
    { { 0, 0 }, { -10, 0 }, 180 },
    { { 0, 0 }, { 0, -10 }, 270 },
    { { 0, 179 }, { 0, -179 }, 90 },
    { { 0, -179 }, { 0, 179 }, 270 },
    /* A hair's breadth west of north. */
    { { 0, 0 }, { 1, -1e-16 }, 0 },
    { { 45, 0 }, { 46, -1e-17 }, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double bearing_deg = reunion_geodesy_bearing_deg (cases[i].from, cases[i].to);
      g_autofree char *what = g_strdup_printf ("bearing %" G_GSIZE_FORMAT, i);

      test_expect_near (what, cases[i].bearing_deg, bearing_deg, 1e-6);
      if (!(bearing_deg >= 0.0 && bearing_deg < 360.0))
        test_fail ("%s: expected 0 <= b < 360, came %.17g", what, bearing_deg);
    }
}

static void
test_wrap (void)
{
  static const double cases[][2]
      = { { 0, 0 },      { 179.5, 179.5 },   { 180, -180 }, { -180, -180 },    { 180.5, -179.5 },
          { -181, 179 }, { 539.75, 179.75 }, { 540, -180 }, { -900.5, 179.5 }, { 720, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *what = g_strdup_printf ("longitude %g", cases[i][0]);

      test_expect_near (what, cases[i][1], reunion_geodesy_wrap_longitude (cases[i][0]), 1e-12);
    }
}

static void
test_validity (void)
{
  static const struct
  {
    ReunionPoint point;
    gboolean is_valid;
  } cases[] = {
    { { 0, 0 }, TRUE },          { { 90, 180 }, TRUE },       { { -90, -180 }, TRUE },
    { { 90.0001, 0 }, FALSE },   { { -90.0001, 0 }, FALSE },  { { 0, 180.0001 }, FALSE },
    { { 0, -180.0001 }, FALSE }, { { NAN, 0 }, FALSE },       { { 0, NAN }, FALSE },
    { { INFINITY, 0 }, FALSE },  { { 0, -INFINITY }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    if (reunion_point_is_valid (cases[i].point) != cases[i].is_valid)
      test_fail ("%g, %g: expected %d, came %d", cases[i].point.lat_deg, cases[i].point.lon_deg,
                 cases[i].is_valid, !cases[i].is_valid);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geodesy/vertices", test_vertices);
  g_test_add_func ("/geodesy/orientation", test_orientation);
  g_test_add_func ("/geodesy/stored-vectors", test_stored_vectors);
  g_test_add_func ("/geodesy/bearings", test_bearings);
  g_test_add_func ("/geodesy/wrap", test_wrap);
  g_test_add_func ("/geodesy/validity", test_validity);
  return g_test_run ();
}
