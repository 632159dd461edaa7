/* reunion-tip-clusters.c: points gathered where they stand too close to draw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tip-clusters.h"

#include <math.h>

GArray *
reunion_tip_clusters_gather (const ReunionMercator *points,
                             gsize n_points,
                             guint zoom,
                             guint keep_apart)
{
  GArray *clusters = g_array_new (FALSE, FALSE, sizeof (ReunionCluster));
  g_autoptr (GHashTable) cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  double cells_across = REUNION_TILE_SIZE * exp2 (zoom) / REUNION_CLUSTER_CELL_PX;

  g_return_val_if_fail (points != NULL || n_points == 0, clusters);

  for (gsize i = 0; i < n_points; i++)
    {
      gint64 column = (gint64) floor (points[i].x * cells_across);
      gint64 row = (gint64) floor (points[i].y * cells_across);
      /* Not a shift: rows past the map's edge are negative. */
      gint64 key = row * ((gint64) 1 << 32) + column;
      gpointer found = i == keep_apart ? NULL : g_hash_table_lookup (cells, &key);
      ReunionCluster alone = { .at = points[i], .first = (guint) i, .count = 1 };

      if (found == NULL)
        {
          g_array_append_val (clusters, alone);
          if (i != keep_apart)
            g_hash_table_insert (cells, g_memdup2 (&key, sizeof key),
                                 GUINT_TO_POINTER (clusters->len));
        }
      else
        {
          ReunionCluster *cluster
              = &g_array_index (clusters, ReunionCluster, GPOINTER_TO_UINT (found) - 1);

          cluster->count++;
          cluster->at.x += (points[i].x - cluster->at.x) / cluster->count;
          cluster->at.y += (points[i].y - cluster->at.y) / cluster->count;
        }
    }
  return clusters;
}
