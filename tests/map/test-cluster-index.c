/* test-cluster-index.c: clusters against the rule worked out the long way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-cluster-index.h"

#include <math.h>

/* The rule, pair by pair. Returns the clusters at @zoom as a count of points for
 * each, in order. */
static GArray *
gather_slowly (const ReunionClusterRule *rule, const ReunionMercator *points, gsize n, guint zoom)
{
  GArray *live = g_array_new (FALSE, FALSE, sizeof (ReunionCluster));

  for (gsize i = 0; i < n; i++)
    {
      ReunionCluster alone = { points[i], (guint) i, 1, 0 };

      if (!isfinite (points[i].x) || !isfinite (points[i].y))
        continue;
      if (rule->wraps)
        alone.at.x -= floor (alone.at.x);
      g_array_append_val (live, alone);
    }
  for (int z = (int) rule->max_zoom; z >= (int) zoom; z--)
    {
      double radius = rule->radius_px / (rule->tile_px * exp2 (z));
      GArray *next = g_array_new (FALSE, FALSE, sizeof (ReunionCluster));
      g_autofree gboolean *taken = g_new0 (gboolean, MAX (live->len, 1));

      for (guint i = 0; i < live->len; i++)
        {
          ReunionCluster made = g_array_index (live, ReunionCluster, i);
          ReunionMercator seed = made.at;
          double sum_x = seed.x * made.count;
          double sum_y = seed.y * made.count;

          if (taken[i])
            continue;
          taken[i] = TRUE;
          for (guint k = 0; k < live->len; k++)
            {
              const ReunionCluster *other = &g_array_index (live, ReunionCluster, k);
              double dx = other->at.x - seed.x;

              if (rule->wraps)
                dx -= round (dx);
              if (taken[k] || hypot (dx, other->at.y - seed.y) > radius)
                continue;
              taken[k] = TRUE;
              sum_x += (seed.x + dx) * other->count;
              sum_y += other->at.y * other->count;
              made.count += other->count;
              made.first = MIN (made.first, other->first);
            }
          made.at = (ReunionMercator){ sum_x / made.count, sum_y / made.count };
          if (rule->wraps)
            made.at.x -= floor (made.at.x);
          g_array_append_val (next, made);
        }
      g_array_unref (live);
      live = next;
    }
  return live;
}

typedef enum
{
  WORLD,
  TOWN,
  ANTIMERIDIAN,
  POLES,
  SAME_PLACE,
  BROKEN,
  NOTHING,
} Scatter;

static const struct
{
  const char *name;
  Scatter scatter;
  gsize n_points;
} scatters[] = {
  { "world", WORLD, 1500 },  { "town", TOWN, 1200 },
  { "poles", POLES, 400 },   { "antimeridian", ANTIMERIDIAN, 600 },
  { "broken", BROKEN, 400 }, { "same-place", SAME_PLACE, 500 },
  { "nothing", NOTHING, 0 },
};

static ReunionMercator *
make_points (Scatter scatter, gsize n)
{
  ReunionMercator *points = g_new (ReunionMercator, MAX (n, 1));
  g_autoptr (GRand) rand = g_rand_new_with_seed (20161115);

  for (gsize i = 0; i < n; i++)
    {
      ReunionPoint point
          = { g_rand_double_range (rand, -84.0, 84.0), g_rand_double_range (rand, -180.0, 180.0) };

      if (scatter == TOWN)
        point = (ReunionPoint){ 26.66 + g_rand_double_range (rand, -0.1, 0.1),
                                105.76 + g_rand_double_range (rand, -0.1, 0.1) };
      else if (scatter == POLES)
        point.lat_deg = i % 2 == 0 ? 90.0 - g_rand_double (rand) : -90.0 + g_rand_double (rand);
      else if (scatter == ANTIMERIDIAN)
        point.lon_deg
            = reunion_geodesy_wrap_longitude (180.0 + g_rand_double_range (rand, -2.0, 2.0));
      else if (scatter == SAME_PLACE)
        point = (ReunionPoint){ i % 3 == 0 ? 37.74 : 26.66, 105.76 };
      points[i] = reunion_mercator_project (point);
      if (scatter == BROKEN && i % 4 == 1)
        points[i].x = i % 8 == 1 ? NAN : INFINITY;
      if (scatter == BROKEN && i % 4 == 2)
        points[i].x += (double) (i % 5) - 2.0;
    }
  return points;
}

static void
test_against_the_long_way (gconstpointer data)
{
  const gsize which = GPOINTER_TO_SIZE (data);
  const gsize n = scatters[which].n_points;
  g_autofree ReunionMercator *points = make_points (scatters[which].scatter, n);
  const ReunionClusterRule rules[]
      = { REUNION_CLUSTER_RULE_TIPS, { 40.0, 512.0, 0, 16, FALSE, FALSE } };

  for (gsize r = 0; r < G_N_ELEMENTS (rules); r++)
    {
      g_autoptr (ReunionClusterIndex) index
          = reunion_cluster_index_new (&rules[r], points, NULL, n, NULL);

      for (guint zoom = 0; zoom <= rules[r].max_zoom + 1; zoom += 3)
        {
          g_autoptr (GArray) expected = gather_slowly (&rules[r], points, n, zoom);
          g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (ReunionCluster));
          g_autoptr (GHashTable) by_first = g_hash_table_new (NULL, NULL);

          g_assert_cmpuint (reunion_cluster_index_count (index, zoom), ==, expected->len);
          reunion_cluster_index_query (index, (ReunionMercator){ -9.0, -9.0 },
                                       (ReunionMercator){ 9.0, 9.0 }, zoom, found);
          g_assert_cmpuint (found->len, ==, expected->len);
          for (guint i = 0; i < found->len; i++)
            g_hash_table_insert (by_first,
                                 GUINT_TO_POINTER (g_array_index (found, ReunionCluster, i).first),
                                 &g_array_index (found, ReunionCluster, i));
          for (guint i = 0; i < expected->len; i++)
            {
              const ReunionCluster *one = &g_array_index (expected, ReunionCluster, i);
              const ReunionCluster *same
                  = g_hash_table_lookup (by_first, GUINT_TO_POINTER (one->first));

              g_assert_nonnull (same);
              g_assert_cmpuint (same->count, ==, one->count);
              g_assert_cmpfloat_with_epsilon (remainder (same->at.x - one->at.x, 1.0), 0.0, 1e-9);
              g_assert_cmpfloat_with_epsilon (same->at.y, one->at.y, 1e-9);
            }
        }
    }
}

static gboolean
is_inside (ReunionMercator at, ReunionMercator min, ReunionMercator max)
{
  for (int turn = -2; turn <= 2; turn++)
    if (at.x + turn >= min.x && at.x + turn <= max.x)
      return at.y >= min.y && at.y <= max.y;
  return FALSE;
}

/* What stands in a box is what of all stands in it. */
static void
test_boxes (void)
{
  const gsize n = 4000;
  const ReunionClusterRule rule = REUNION_CLUSTER_RULE_TIPS;
  g_autofree ReunionMercator *points = make_points (WORLD, n);
  g_autoptr (ReunionClusterIndex) index = reunion_cluster_index_new (&rule, points, NULL, n, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (guint round = 0; round < 400; round++)
    {
      const guint zoom = round % 20;
      ReunionMercator min = { g_rand_double_range (rand, -0.5, 1.2), g_rand_double (rand) };
      ReunionMercator max = { min.x + g_rand_double_range (rand, 0.0, 0.5), min.y + 0.2 };
      g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (ReunionCluster));
      g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (ReunionCluster));
      guint n_inside = 0;

      reunion_cluster_index_query (index, (ReunionMercator){ 0.0, -9.0 },
                                   (ReunionMercator){ 1.0, 9.0 }, zoom, all);
      reunion_cluster_index_query (index, min, max, zoom, found);
      for (guint i = 0; i < all->len; i++)
        n_inside += is_inside (g_array_index (all, ReunionCluster, i).at, min, max);
      g_assert_cmpuint (found->len, ==, n_inside);
    }
}

/* Every point is in one cluster, which knows it, its kind and its box. */
static void
test_clusters_know_their_points (void)
{
  const gsize n = 3000;
  const ReunionClusterRule rule = REUNION_CLUSTER_RULE_TIPS;
  g_autofree ReunionMercator *points = make_points (ANTIMERIDIAN, n);
  g_autofree guint8 *kinds = g_new (guint8, n);
  g_autoptr (ReunionClusterIndex) index = NULL;

  for (gsize i = 0; i < n; i++)
    kinds[i] = (guint8) (i * 7 % 5);
  index = reunion_cluster_index_new (&rule, points, kinds, n, NULL);
  for (guint zoom = 0; zoom <= 19; zoom += 4)
    {
      g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (ReunionCluster));
      gsize n_seen = 0;

      reunion_cluster_index_query (index, (ReunionMercator){ 0.0, -9.0 },
                                   (ReunionMercator){ 1.0, 9.0 }, zoom, found);
      for (guint i = 0; i < found->len; i++)
        {
          const ReunionCluster *cluster = &g_array_index (found, ReunionCluster, i);
          g_autoptr (GArray) leaves = g_array_new (FALSE, FALSE, sizeof (guint));
          guint counts[REUNION_CLUSTER_MAX_KINDS];
          guint expected[REUNION_CLUSTER_MAX_KINDS] = { 0 };
          ReunionMercator min, max;

          reunion_cluster_index_leaves (index, cluster->node, G_MAXSIZE, leaves);
          reunion_cluster_index_tally (index, cluster->node, counts);
          reunion_cluster_index_bounds (index, cluster->node, &min, &max);
          g_assert_cmpuint (leaves->len, ==, cluster->count);
          g_assert_cmpuint (g_array_index (leaves, guint, 0), ==, cluster->first);
          n_seen += leaves->len;
          for (guint k = 0; k < leaves->len; k++)
            {
              guint leaf = g_array_index (leaves, guint, k);
              ReunionCluster same;

              expected[kinds[leaf]]++;
              g_assert_true (reunion_cluster_index_find (index, leaf, zoom, &same));
              g_assert_cmpuint (same.node, ==, cluster->node);
              g_assert_cmpfloat (fabs (remainder (points[leaf].x - (min.x + max.x) / 2.0, 1.0)), <=,
                                 (max.x - min.x) / 2.0 + 1e-6);
              g_assert_cmpfloat (points[leaf].y, <=, max.y + 1e-6);
              g_assert_cmpfloat (points[leaf].y, >=, min.y - 1e-6);
            }
          for (guint k = 0; k < REUNION_CLUSTER_MAX_KINDS; k++)
            g_assert_cmpuint (counts[k], ==, expected[k]);
        }
      g_assert_cmpuint (n_seen, ==, n);
    }
}

static void
test_left_out (void)
{
  const ReunionMercator points[] = { { 0.5, 0.5 }, { NAN, 0.5 }, { 0.5, -INFINITY } };
  const ReunionClusterRule rule = REUNION_CLUSTER_RULE_TIPS;
  g_autoptr (ReunionClusterIndex) index
      = reunion_cluster_index_new (&rule, points, NULL, G_N_ELEMENTS (points), NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  ReunionCluster cluster;

  g_assert_cmpuint (reunion_cluster_index_get_n_points (index), ==, 1);
  g_assert_true (reunion_cluster_index_find (index, 0, 4, &cluster));
  g_assert_false (reunion_cluster_index_find (index, 1, 4, &cluster));
  g_assert_false (reunion_cluster_index_find (index, 3, 4, &cluster));
  g_cancellable_cancel (cancellable);
  g_assert_null (reunion_cluster_index_new (&rule, points, NULL, 3, cancellable));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (scatters); i++)
    {
      g_autofree char *path = g_strdup_printf ("/cluster-index/long-way/%s", scatters[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_against_the_long_way);
    }
  g_test_add_func ("/cluster-index/boxes", test_boxes);
  g_test_add_func ("/cluster-index/know-their-points", test_clusters_know_their_points);
  g_test_add_func ("/cluster-index/left-out", test_left_out);
  return g_test_run ();
}
