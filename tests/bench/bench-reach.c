/* bench-reach.c: how long a step of dragging a point takes to tell what it reaches
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-reach.h"

#include <stdio.h>

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
share_of (GArray *steps, double share)
{
  return g_array_index (steps, double, (guint) ((double) (steps->len - 1) * share + 0.5));
}

static void
drag (ReunionReachIndex *index, const char *name, ReunionPoint from, ReunionPoint to, guint n_steps)
{
  static const double radii_km[] = { 100.0, 200.0, 300.0, 500.0 };
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (double));
  guint most_areas = 0;

  for (guint i = 0; i < n_steps; i++)
    {
      double t = (double) i / (double) MAX (n_steps - 1, 1);
      ReunionPoint at = { from.lat_deg + t * (to.lat_deg - from.lat_deg),
                          from.lon_deg + t * (to.lon_deg - from.lon_deg) };
      gint64 start_usec = g_get_monotonic_time ();
      g_autoptr (GPtrArray) reaches
          = reunion_reach_index_compute (index, at, radii_km, G_N_ELEMENTS (radii_km));
      double took_ms = (double) (g_get_monotonic_time () - start_usec) / 1000.0;
      const ReunionReach *widest = g_ptr_array_index (reaches, G_N_ELEMENTS (radii_km) - 1);

      most_areas = MAX (most_areas, widest->areas->len);
      g_array_append_val (steps, took_ms);
    }
  g_array_sort (steps, compare_doubles);
  printf ("| %-30s | %5u | %15u | %6.2f | %6.2f | %6.2f |\n", name, n_steps, most_areas,
          share_of (steps, 0.5), share_of (steps, 0.99), share_of (steps, 1.0));
}

int
main (int argc, char **argv)
{
  g_autoptr (ReunionReachIndex) index = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start_usec = g_get_monotonic_time ();
  guint n_steps = argc > 2 ? (guint) MAX (g_ascii_strtoll (argv[2], NULL, 10), 2) : 1000;

  if (argc < 2)
    {
      fprintf (stderr, "usage: bench-reach BASEMAP [STEPS]\n");
      return 2;
    }
  index = reunion_reach_index_new (argv[1], &error);
  if (index == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  printf ("Index read in %.0f ms\n\n", (double) (g_get_monotonic_time () - start_usec) / 1000.0);
  printf (
      "| dragged                        | steps | most prefectures | p50 ms | p99 ms | max ms |\n"
      "|---|---|---|---|---|---|\n");
  drag (index, "Zhijin to Hengshui", (ReunionPoint){ 26.66, 105.77 },
        (ReunionPoint){ 37.73, 115.70 }, n_steps);
  drag (index, "along the coast, Beihai to Dandong", (ReunionPoint){ 21.5, 109.1 },
        (ReunionPoint){ 40.1, 124.4 }, n_steps);
  drag (index, "Kashgar to Harbin", (ReunionPoint){ 39.5, 76.0 }, (ReunionPoint){ 45.8, 126.6 },
        n_steps);
  return 0;
}
