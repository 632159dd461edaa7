/* test-mercator.c: the square Mercator map of the tiles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "reunion-mercator.h"

/* x and y as the formulas of EPSG:3857 give them. */
static const struct
{
  const char *name;
  ReunionPoint point;
  ReunionMercator at;
} known[] = {
  { "middle", { 0.0, 0.0 }, { 0.5, 0.5 } },
  { "north-west", { REUNION_MERCATOR_EDGE_DEG, -180.0 }, { 0.0, 0.0 } },
  { "south-east", { -REUNION_MERCATOR_EDGE_DEG, 180.0 }, { 1.0, 1.0 } },
  { "45-north", { 45.0, 90.0 }, { 0.75, 0.359725036915 } },
  { "zhijin", { 26.6668, 105.768 }, { 0.7938, 0.423096623 } },
  { "next-turn", { 0.0, 190.0 }, { 1.0277777777778, 0.5 } },
};

static void
test_known (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ReunionMercator at = reunion_mercator_project (known[i].point);

  g_assert_cmpfloat_with_epsilon (at.x, known[i].at.x, 1e-9);
  g_assert_cmpfloat_with_epsilon (at.y, known[i].at.y, 1e-8);
}

static void
test_there_and_back (void)
{
  for (double lat = -89.0; lat <= 89.0; lat += 0.5)
    for (double lon = -400.0; lon <= 400.0; lon += 12.5)
      {
        ReunionPoint back
            = reunion_mercator_unproject (reunion_mercator_project ((ReunionPoint){ lat, lon }));

        g_assert_cmpfloat_with_epsilon (back.lat_deg, lat, 1e-9);
        g_assert_cmpfloat_with_epsilon (back.lon_deg, lon, 1e-9);
      }
}

static void
test_poles_are_finite (void)
{
  ReunionMercator north = reunion_mercator_project ((ReunionPoint){ 90.0, 0.0 });
  ReunionMercator south = reunion_mercator_project ((ReunionPoint){ -90.0, 0.0 });

  g_assert_true (isfinite (north.y) && north.y < 0.0);
  g_assert_true (isfinite (south.y) && south.y > 1.0);
  g_assert_cmpfloat_with_epsilon (reunion_mercator_unproject (north).lat_deg, 90.0, 1.1e-4);
  g_assert_cmpfloat_with_epsilon (reunion_mercator_unproject (south).lat_deg, -90.0, 1.1e-4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mercator/known/%s", known[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_known);
    }
  g_test_add_func ("/mercator/there-and-back", test_there_and_back);
  g_test_add_func ("/mercator/poles-are-finite", test_poles_are_finite);
  return g_test_run ();
}
