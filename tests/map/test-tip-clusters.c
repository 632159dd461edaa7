/* test-tip-clusters.c: points gathered where they stand too close to draw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "reunion-tip-clusters.h"

static ReunionMercator *
scatter (gsize n)
{
  ReunionMercator *points = g_new (ReunionMercator, n);
  g_autoptr (GRand) rand = g_rand_new_with_seed (2016);

  /* Past every edge as well: tips have no manners. */
  for (gsize i = 0; i < n; i++)
    points[i] = (ReunionMercator){ g_rand_double_range (rand, -0.3, 1.3),
                                   g_rand_double_range (rand, -0.6, 1.6) };
  return points;
}

static double
cell_of (double at, guint zoom)
{
  return floor (at * REUNION_TILE_SIZE * exp2 (zoom) / REUNION_CLUSTER_CELL_PX);
}

static void
test_counts_are_conserved (gconstpointer data)
{
  const gsize n = 20000;
  guint zoom = GPOINTER_TO_UINT (data);
  g_autofree ReunionMercator *points = scatter (n);
  g_autoptr (GArray) clusters = reunion_tip_clusters_gather (points, n, zoom, G_MAXUINT);
  g_autoptr (GHashTable) cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize sum = 0;

  for (guint i = 0; i < clusters->len; i++)
    {
      const ReunionCluster *cluster = &g_array_index (clusters, ReunionCluster, i);
      const ReunionMercator *first = &points[cluster->first];
      double slack = 1e-9;
      g_autofree char *cell
          = g_strdup_printf ("%g/%g", cell_of (first->x, zoom), cell_of (first->y, zoom));

      sum += cluster->count;
      g_assert_cmpuint (cluster->count, >, 0);
      if (i > 0)
        g_assert_cmpuint (cluster->first, >, g_array_index (clusters, ReunionCluster, i - 1).first);
      /* One cluster a cell, its mean inside the cell. */
      g_assert_true (g_hash_table_add (cells, g_steal_pointer (&cell)));
      g_assert_true (cell_of (cluster->at.x + slack, zoom) == cell_of (first->x, zoom)
                     || cell_of (cluster->at.x - slack, zoom) == cell_of (first->x, zoom));
      g_assert_true (cell_of (cluster->at.y + slack, zoom) == cell_of (first->y, zoom)
                     || cell_of (cluster->at.y - slack, zoom) == cell_of (first->y, zoom));
    }
  g_assert_cmpuint (sum, ==, n);
}

static void
test_mean (void)
{
  const ReunionMercator points[]
      = { { 0.5001, 0.5001 }, { 0.5003, 0.5001 }, { 0.5002, 0.5004 }, { 0.9, 0.1 } };
  g_autoptr (GArray) clusters
      = reunion_tip_clusters_gather (points, G_N_ELEMENTS (points), 3, G_MAXUINT);
  const ReunionCluster *three = &g_array_index (clusters, ReunionCluster, 0);
  const ReunionCluster *one = &g_array_index (clusters, ReunionCluster, 1);

  g_assert_cmpuint (clusters->len, ==, 2);
  g_assert_cmpuint (three->count, ==, 3);
  g_assert_cmpfloat_with_epsilon (three->at.x, 0.5002, 1e-12);
  g_assert_cmpfloat_with_epsilon (three->at.y, 0.5002, 1e-12);
  g_assert_cmpuint (one->count, ==, 1);
  g_assert_cmpuint (one->first, ==, 3);
}

static void
test_keep_apart (void)
{
  const ReunionMercator points[] = { { 0.3, 0.3 }, { 0.3, 0.3 }, { 0.3, 0.3 } };

  for (guint apart = 0; apart < G_N_ELEMENTS (points); apart++)
    {
      g_autoptr (GArray) clusters
          = reunion_tip_clusters_gather (points, G_N_ELEMENTS (points), 5, apart);
      guint n_alone = 0;

      g_assert_cmpuint (clusters->len, ==, 2);
      for (guint i = 0; i < clusters->len; i++)
        {
          const ReunionCluster *cluster = &g_array_index (clusters, ReunionCluster, i);

          if (cluster->first == apart)
            {
              g_assert_cmpuint (cluster->count, ==, 1);
              n_alone++;
            }
          else
            g_assert_cmpuint (cluster->count, ==, 2);
        }
      g_assert_cmpuint (n_alone, ==, 1);
    }
}

static void
test_nothing (void)
{
  g_autoptr (GArray) clusters = reunion_tip_clusters_gather (NULL, 0, 4, G_MAXUINT);

  g_assert_cmpuint (clusters->len, ==, 0);
}

/* Points that lie apart on the map do not become one by coming nearer. */
static void
test_closer_means_more (void)
{
  const gsize n = 5000;
  g_autofree ReunionMercator *points = scatter (n);
  guint before = 0;

  for (guint zoom = 0; zoom <= 20; zoom += 2)
    {
      g_autoptr (GArray) clusters = reunion_tip_clusters_gather (points, n, zoom, G_MAXUINT);

      g_assert_cmpuint (clusters->len, >=, before);
      before = clusters->len;
    }
  g_assert_cmpuint (before, ==, n);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint zoom = 0; zoom <= 12; zoom += 3)
    {
      g_autofree char *path = g_strdup_printf ("/tip-clusters/counts-are-conserved/%u", zoom);

      g_test_add_data_func (path, GUINT_TO_POINTER (zoom), test_counts_are_conserved);
    }
  g_test_add_func ("/tip-clusters/mean", test_mean);
  g_test_add_func ("/tip-clusters/keep-apart", test_keep_apart);
  g_test_add_func ("/tip-clusters/nothing", test_nothing);
  g_test_add_func ("/tip-clusters/closer-means-more", test_closer_means_more);
  return g_test_run ();
}
