/* reunion-cluster-index.h: points gathered where they stand too close to draw
 *
 * A hierarchy that is built once, in any thread, and asked at every frame. From
 * the deepest zoom level upward, each point or cluster that is left, in order,
 * takes in all others within the radius that no other has taken; the mean of
 * their points is where the cluster of the next level stands. That is the rule
 * of the npm package supercluster with minPoints 2, so that with the same radius,
 * extent and levels the counts are the same: see REUNION_CLUSTER_RULE_SUPERCLUSTER.
 *
 * What is within reach is found in a hashed grid of cells two radii wide. Two
 * that gather others are never within a radius of each other, which bounds the
 * work for each cell however many points lie in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "reunion-mercator.h"

G_BEGIN_DECLS

#define REUNION_CLUSTER_DEEPEST_ZOOM 24
#define REUNION_CLUSTER_MAX_KINDS 8

/**
 * ReunionClusterRule:
 * @radius_px: how near points have to be to become one, in pixels
 * @tile_px: side of a tile in the same pixels (supercluster's "extent")
 * @min_zoom: the shallowest whole level, 0..@max_zoom
 * @max_zoom: the deepest level at which points are gathered, up to
 *   REUNION_CLUSTER_DEEPEST_ZOOM; one level further all stand alone
 * @wraps: whether neighbours are found across 180 E, too
 * @rounds: whether positions are rounded to single precision where supercluster
 *   does that, for comparing
 */
typedef struct
{
  double radius_px;
  double tile_px;
  guint min_zoom;
  guint max_zoom;
  gboolean wraps;
  gboolean rounds;
} ReunionClusterRule;

/* The rule of the tip layer: two marks with their rings don't touch. Deep
 * enough that only what lies in one house is still one at the last level. */
#define REUNION_CLUSTER_RULE_TIPS                                                                  \
  ((ReunionClusterRule){ 44.0, REUNION_TILE_SIZE, 0, 18, TRUE, FALSE })

/* What `new Supercluster()` does without options. */
#define REUNION_CLUSTER_RULE_SUPERCLUSTER ((ReunionClusterRule){ 40.0, 512.0, 0, 16, FALSE, TRUE })

/**
 * ReunionCluster:
 * @at: mean of its points; x within 0..1 where the rule wraps
 * @first: index of the first of them, as passed to the constructor
 * @count: how many there are
 * @node: for the functions that tell more; meaningless for another index
 */
typedef struct
{
  ReunionMercator at;
  guint first;
  guint count;
  guint node;
} ReunionCluster;

typedef struct _ReunionClusterIndex ReunionClusterIndex;

/* Points that are not finite are left out. @kinds, or NULL, holds a number below
 * REUNION_CLUSTER_MAX_KINDS for each point, to be counted in each cluster. Nothing
 * is kept of the arrays. NULL when @cancellable was cancelled, or when there are
 * more than 2^31 points. Transfer full. */
ReunionClusterIndex *reunion_cluster_index_new (const ReunionClusterRule *rule,
                                                const ReunionMercator *points,
                                                const guint8 *kinds,
                                                gsize n_points,
                                                GCancellable *cancellable);
/* Never changes after it was made: any thread may ask it. */
ReunionClusterIndex *reunion_cluster_index_ref (ReunionClusterIndex *self);
void reunion_cluster_index_unref (ReunionClusterIndex *self);

/* How many points, and how many clusters and single points at @zoom. A zoom
 * above the deepest is one at which all stand alone; one below the
 * shallowest is taken as that. */
gsize reunion_cluster_index_get_n_points (const ReunionClusterIndex *self);
gsize reunion_cluster_index_count (const ReunionClusterIndex *self, guint zoom);

/* Appends each ReunionCluster at @zoom that stands within @min..@max, edges
 * included, to @found. Where the rule wraps, x may run past 0..1 and the box may
 * hold the whole world; each is found once. */
void reunion_cluster_index_query (const ReunionClusterIndex *self,
                                  ReunionMercator min,
                                  ReunionMercator max,
                                  guint zoom,
                                  GArray *found);

/* The cluster that holds point @index at @zoom. FALSE when the point was left out. */
gboolean reunion_cluster_index_find (const ReunionClusterIndex *self,
                                     guint index,
                                     guint zoom,
                                     ReunionCluster *cluster);

/* Points of @node by kind; REUNION_CLUSTER_MAX_KINDS numbers. */
void reunion_cluster_index_tally (const ReunionClusterIndex *self, guint node, guint *counts);
/* The box that holds all of its points, x unrolled around the cluster. */
void reunion_cluster_index_bounds (const ReunionClusterIndex *self,
                                   guint node,
                                   ReunionMercator *min,
                                   ReunionMercator *max);
/* Appends the indexes (guint) of its points to @leaves, smallest first, at most
 * @limit of them. */
void reunion_cluster_index_leaves (const ReunionClusterIndex *self,
                                   guint node,
                                   gsize limit,
                                   GArray *leaves);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionClusterIndex, reunion_cluster_index_unref)

G_END_DECLS
