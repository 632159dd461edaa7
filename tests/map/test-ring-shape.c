/* test-ring-shape.c: a geodesic circle as a polygon on the Mercator map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <geodesic.h>
#include <math.h>

#include "reunion-ring-shape.h"

static const struct
{
  const char *name;
  ReunionPoint centre;
  double radius_km;
  int pole;
} rings[] = {
  { "equator-100", { 0.0, 20.0 }, 100.0, 0 },
  { "equator-500", { 0.0, 20.0 }, 500.0, 0 },
  { "zhijin-100", { 26.6668, 105.768 }, 100.0, 0 },
  { "45-north-200", { 45.0, 126.6 }, 200.0, 0 },
  { "45-north-500", { 45.0, 126.6 }, 500.0, 0 },
  { "across-180-500", { 60.0, 179.5 }, 500.0, 0 },
  { "across-180-from-the-west", { -17.0, -179.9 }, 300.0, 0 },
  { "on-180", { 10.0, 180.0 }, 500.0, 0 },
  { "89-north-100", { 89.0, 30.0 }, 100.0, 0 },
  { "89-north-200", { 89.0, 30.0 }, 200.0, 1 },
  { "89-north-500", { 89.0, 30.0 }, 500.0, 1 },
  { "89-north-500-on-180", { 89.0, 180.0 }, 500.0, 1 },
  { "89-south-300", { -89.0, -70.0 }, 300.0, -1 },
  { "north-pole-500", { 90.0, 0.0 }, 500.0, 1 },
  { "south-pole-1000", { -90.0, 0.0 }, 1000.0, -1 },
  { "80-north-2000", { 80.0, 100.0 }, 2000.0, 1 },
};

static double
distance_m (ReunionPoint from, ReunionPoint to)
{
  struct geod_geodesic wgs84;
  double metres;

  geod_init (&wgs84, 6378137.0, 1.0 / 298.257223563);
  geod_inverse (&wgs84, from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg, &metres, NULL, NULL);
  return metres;
}

static ReunionPoint
destination (ReunionPoint from, double bearing_deg, double metres)
{
  struct geod_geodesic wgs84;
  ReunionPoint to;

  geod_init (&wgs84, 6378137.0, 1.0 / 298.257223563);
  geod_direct (&wgs84, from.lat_deg, from.lon_deg, bearing_deg, metres, &to.lat_deg, &to.lon_deg,
               NULL);
  return to;
}

static ReunionRingShape *
shape_of (gsize i)
{
  ReunionRingShape *shape
      = reunion_ring_shape_new (rings[i].centre, rings[i].radius_km, REUNION_RING_VERTICES);

  g_assert_nonnull (shape);
  return shape;
}

/* How many copies of the polygon, a turn apart, hold @at: as a fill draws it. */
static guint
n_copies_that_hold (const ReunionRingShape *shape, ReunionMercator at)
{
  guint n = 0;

  for (int turn = -3; turn <= 3; turn++)
    {
      gboolean odd = FALSE;

      for (gsize i = 0, j = shape->n_points - 1; i < shape->n_points; j = i++)
        {
          ReunionMercator a = shape->points[i];
          ReunionMercator b = shape->points[j];

          if ((a.y > at.y) != (b.y > at.y)
              && at.x + turn < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x)
            odd = !odd;
        }
      n += odd;
    }
  return n;
}

static void
test_vertices (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ReunionRingShape) shape = shape_of (i);
  /* The line of a circle round a pole ends where it began, a turn on. */
  gsize n_expected = REUNION_RING_VERTICES + (rings[i].pole != 0 ? 1 : 0);

  g_assert_cmpuint (shape->n_vertices, ==, n_expected);
  g_assert_cmpint (shape->pole, ==, rings[i].pole);
  for (gsize k = 0; k < shape->n_vertices; k++)
    {
      ReunionPoint point = reunion_mercator_unproject (shape->points[k]);
      double metres = distance_m (rings[i].centre, point);

      if (fabs (metres - rings[i].radius_km * 1000.0) > 1.0)
        g_error ("vertex %" G_GSIZE_FORMAT " at %.6f %.6f: expected %.1f m, got %.1f m", k,
                 point.lat_deg, point.lon_deg, rings[i].radius_km * 1000.0, metres);
      if (k > 0)
        g_assert_cmpfloat (fabs (shape->points[k].x - shape->points[k - 1].x), <, 0.5);
    }
}

/* Between its vertices the line is drawn straight. */
static void
test_chords (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rings); i++)
    {
      g_autoptr (ReunionRingShape) shape = NULL;

      if (fabs (rings[i].centre.lat_deg) > 70.0 || rings[i].radius_km > 500.0)
        continue;
      shape = shape_of (i);
      for (gsize k = 0; k < shape->n_vertices; k++)
        {
          ReunionMercator a = shape->points[k];
          ReunionMercator b = shape->points[(k + 1) % shape->n_vertices];
          ReunionPoint middle = reunion_mercator_unproject (
              (ReunionMercator){ (a.x + b.x) / 2.0, (a.y + b.y) / 2.0 });

          g_assert_cmpfloat (
              fabs (distance_m (rings[i].centre, middle) - rings[i].radius_km * 1000.0), <, 10.0);
        }
    }
}

static void
test_bounds (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ReunionRingShape) shape = shape_of (i);
  double min_x = G_MAXDOUBLE, max_x = -G_MAXDOUBLE, min_y = G_MAXDOUBLE, max_y = -G_MAXDOUBLE;

  for (gsize k = 0; k < shape->n_points; k++)
    {
      min_x = MIN (min_x, shape->points[k].x);
      max_x = MAX (max_x, shape->points[k].x);
      min_y = MIN (min_y, shape->points[k].y);
      max_y = MAX (max_y, shape->points[k].y);
    }
  g_assert_cmpfloat (shape->min_x, ==, min_x);
  g_assert_cmpfloat (shape->max_x, ==, max_x);
  g_assert_cmpfloat (shape->min_y, ==, min_y);
  g_assert_cmpfloat (shape->max_y, ==, max_y);
}

/* What the fill covers is what lies within the radius, on every bearing. */
static void
test_area (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ReunionRingShape) shape = shape_of (i);
  double metres = rings[i].radius_km * 1000.0;

  for (double bearing = 0.5; bearing < 360.0; bearing += 7.0)
    for (double share = 0.1; share < 2.0; share += 0.2)
      {
        ReunionPoint point = destination (rings[i].centre, bearing, metres * share);
        ReunionMercator at = reunion_mercator_project (point);
        guint expected = share < 1.0 ? 1 : 0;

        if (fabs (share - 1.0) < 0.01)
          continue;
        /* Off the map's edge nothing shows. */
        if (at.y < 0.0 || at.y > 1.0)
          continue;
        if (n_copies_that_hold (shape, at) != expected)
          g_error ("%.4f %.4f at %.2f of the radius: expected %u copies, got %u", point.lat_deg,
                   point.lon_deg, share, expected, n_copies_that_hold (shape, at));
      }
}

static void
test_pole_closes_along_the_edge (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rings); i++)
    {
      g_autoptr (ReunionRingShape) shape = NULL;
      ReunionMercator first, last, corner, other;

      if (rings[i].pole == 0)
        continue;
      shape = shape_of (i);
      first = shape->points[0];
      last = shape->points[shape->n_vertices - 1];
      corner = shape->points[shape->n_points - 2];
      other = shape->points[shape->n_points - 1];
      g_assert_cmpuint (shape->n_points, ==, shape->n_vertices + 2);
      g_assert_cmpfloat_with_epsilon (fabs (last.x - first.x), 1.0, 1e-9);
      g_assert_cmpfloat_with_epsilon (last.y, first.y, 1e-12);
      g_assert_cmpfloat (corner.x, ==, last.x);
      g_assert_cmpfloat (other.x, ==, first.x);
      g_assert_cmpfloat (corner.y, ==, other.y);
      if (rings[i].pole > 0)
        g_assert_cmpfloat (corner.y, <=, 0.0);
      else
        g_assert_cmpfloat (corner.y, >=, 1.0);
      /* The whole edge of the map is covered once where the cap reaches it. */
      if (rings[i].radius_km < 1000.0)
        continue;
      for (double x = 0.005; x < 1.0; x += 0.01)
        g_assert_cmpuint (
            n_copies_that_hold (shape, (ReunionMercator){ x, rings[i].pole > 0 ? 0.001 : 0.999 }),
            ==, 1);
    }
}

static void
test_refusals (void)
{
  g_test_expect_message ("reunion", G_LOG_LEVEL_CRITICAL, "*radius_km*");
  g_assert_null (reunion_ring_shape_new ((ReunionPoint){ 0.0, 0.0 }, 0.0, 360));
  g_test_expect_message ("reunion", G_LOG_LEVEL_CRITICAL, "*valid*");
  g_assert_null (reunion_ring_shape_new ((ReunionPoint){ 91.0, 0.0 }, 1.0, 360));
  g_test_expect_message ("reunion", G_LOG_LEVEL_CRITICAL, "*valid*");
  g_assert_null (reunion_ring_shape_new ((ReunionPoint){ NAN, 0.0 }, 1.0, 360));
  g_test_assert_expected_messages ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rings); i++)
    {
      g_autofree char *vertices = g_strdup_printf ("/ring-shape/vertices/%s", rings[i].name);
      g_autofree char *bounds = g_strdup_printf ("/ring-shape/bounds/%s", rings[i].name);
      g_autofree char *area = g_strdup_printf ("/ring-shape/area/%s", rings[i].name);

      g_test_add_data_func (vertices, GSIZE_TO_POINTER (i), test_vertices);
      g_test_add_data_func (bounds, GSIZE_TO_POINTER (i), test_bounds);
      g_test_add_data_func (area, GSIZE_TO_POINTER (i), test_area);
    }
  g_test_add_func ("/ring-shape/chords", test_chords);
  g_test_add_func ("/ring-shape/pole-closes-along-the-edge", test_pole_closes_along_the_edge);
  g_test_add_func ("/ring-shape/refusals", test_refusals);
  return g_test_run ();
}
