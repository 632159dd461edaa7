/* reunion-tip-clusters.h: points gathered where they stand too close to draw
 *
 * A grid of square cells fixed to the world at each whole zoom level, so that
 * panning never regroups anything. All points of a cell are one cluster.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-mercator.h"

G_BEGIN_DECLS

/* Side of a cell, in pixels at the whole zoom level. */
#define REUNION_CLUSTER_CELL_PX 44.0

/**
 * ReunionCluster:
 * @at: mean of its points
 * @first: index of the first of them, as passed to the constructor
 * @count: how many there are
 */
typedef struct
{
  ReunionMercator at;
  guint first;
  guint count;
} ReunionCluster;

/* Clusters of @n_points at @zoom, in the order of their first points. Points
 * at @keep_apart (an index, or G_MAXUINT) are never gathered. Transfer full:
 * an array of ReunionCluster. */
GArray *reunion_tip_clusters_gather (const ReunionMercator *points,
                                     gsize n_points,
                                     guint zoom,
                                     guint keep_apart);

G_END_DECLS
