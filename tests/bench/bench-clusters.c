/* bench-clusters.c: the tips' cluster index, on the points of a file
 *
 *   bench-clusters make FILE N
 *   bench-clusters run FILE RADIUS_PX TILE_PX MIN_ZOOM MAX_ZOOM
 *
 * FILE holds pairs of longitude and latitude as little-endian doubles, as
 * clusters.mjs reads them. "run" prints the same JSON as that one does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bench-figures.h"

#include "reunion-cluster-index.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEED 20160515
#define N_BUILDS 3
#define N_WINDOWS 200

/* Towns with many points around them, as tips come in, and one in ten anywhere. */
static void
make (const char *path, guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  g_autofree double *values = g_new (double, 2 * (gsize) n);
  g_autoptr (GError) error = NULL;
  double town_lat = 35.0;
  double town_lon = 104.0;

  for (guint i = 0; i < n; i++)
    {
      double spread_deg = 0.6 * sqrt (g_rand_double (rand));
      double angle = 2.0 * G_PI * g_rand_double (rand);

      if (i % 40 == 0)
        {
          town_lat = g_rand_double_range (rand, 22.0, 45.0);
          town_lon = g_rand_double_range (rand, 90.0, 125.0);
        }
      values[2 * i] = town_lon + spread_deg * cos (angle);
      values[2 * i + 1] = town_lat + spread_deg * sin (angle);
      if (i % 10 == 3)
        {
          values[2 * i] = g_rand_double_range (rand, -179.0, 179.0);
          values[2 * i + 1] = g_rand_double_range (rand, -80.0, 80.0);
        }
    }
  if (!g_file_set_contents (path, (const char *) values, (gssize) (2 * sizeof (double)) * n,
                            &error))
    g_error ("%s", error->message);
}

/* From degrees on, as the other side does. */
static ReunionClusterIndex *
build (const ReunionClusterRule *rule, const double *values, gsize n)
{
  g_autofree ReunionMercator *points = g_new (ReunionMercator, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    points[i] = reunion_mercator_project ((ReunionPoint){ values[2 * i + 1], values[2 * i] });
  return reunion_cluster_index_new (rule, points, NULL, n, NULL);
}

/* A window of 1366 x 768 pixels, here and there in China. Returns how many marks
 * were in sight. */
static gsize
ask (const ReunionClusterIndex *index, guint zoom, BenchFigures *figures)
{
  gsize n_marks = 0;

  for (guint i = 0; i < N_WINDOWS; i++)
    {
      double lon = 90.0 + 35.0 * i / N_WINDOWS;
      double lat = 22.0 + 23.0 * ((i * 7) % N_WINDOWS) / N_WINDOWS;
      double half_lon = 1366.0 / 2.0 / (256.0 * exp2 (zoom)) * 360.0;
      double half_lat = 768.0 / 2.0 / (256.0 * exp2 (zoom)) * 290.0;
      ReunionMercator min = reunion_mercator_project (
          (ReunionPoint){ MIN (85.0, lat + half_lat), MAX (-180.0, lon - half_lon) });
      ReunionMercator max = reunion_mercator_project (
          (ReunionPoint){ MAX (-85.0, lat - half_lat), MIN (180.0, lon + half_lon) });
      g_autoptr (GArray) found = NULL;
      gint64 start_usec = g_get_monotonic_time ();

      found = g_array_new (FALSE, FALSE, sizeof (ReunionCluster));
      reunion_cluster_index_query (index, min, max, zoom, found);
      bench_figures_add (figures, start_usec);
      n_marks += found->len;
    }
  return n_marks;
}

static void
run (const char *path, const ReunionClusterRule *rule)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenchFigures) builds = bench_figures_new ();
  g_autoptr (BenchFigures) queries = bench_figures_new ();
  g_autoptr (ReunionClusterIndex) index = NULL;
  gsize n_marks = 0;

  if (!g_file_get_contents (path, &bytes, &length, &error))
    g_error ("%s", error->message);
  for (guint i = 0; i < N_BUILDS; i++)
    {
      gint64 start_usec = g_get_monotonic_time ();

      g_clear_pointer (&index, reunion_cluster_index_unref);
      index = build (rule, (const double *) bytes, length / (2 * sizeof (double)));
      bench_figures_add (builds, start_usec);
    }
  for (guint zoom = rule->min_zoom; zoom <= rule->max_zoom; zoom++)
    n_marks += ask (index, zoom, queries);
  printf ("{\"build_ms\":%.3f,\"query_p50_ms\":%.6f,\"query_p99_ms\":%.6f,\"n_marks\":%zu,"
          "\"counts\":{",
          bench_figures_get_ms (builds, 0.0), bench_figures_get_ms (queries, 0.5),
          bench_figures_get_ms (queries, 0.99), n_marks);
  for (guint zoom = rule->min_zoom; zoom <= rule->max_zoom; zoom++)
    printf ("%s\"%u\":%zu", zoom > rule->min_zoom ? "," : "", zoom,
            reunion_cluster_index_count (index, zoom));
  printf ("}}\n");
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && strcmp (argv[1], "make") == 0)
    {
      make (argv[2], (guint) atoi (argv[3]));
      return 0;
    }
  if (argc == 7 && strcmp (argv[1], "run") == 0)
    {
      ReunionClusterRule rule = REUNION_CLUSTER_RULE_SUPERCLUSTER;

      rule.rounds = FALSE;
      rule.radius_px = g_ascii_strtod (argv[3], NULL);
      rule.tile_px = g_ascii_strtod (argv[4], NULL);
      rule.min_zoom = (guint) atoi (argv[5]);
      rule.max_zoom = (guint) atoi (argv[6]);
      run (argv[2], &rule);
      return 0;
    }
  g_printerr ("bench-clusters make FILE N | run FILE RADIUS_PX TILE_PX MIN_ZOOM MAX_ZOOM\n");
  return 2;
}
