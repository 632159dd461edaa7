/* reunion-cluster-grid.h: who stands within a radius, and has not been taken yet
 *
 * A hashed grid of cells two radii wide, for one level of the clusters. Cells of
 * one row lie side by side in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-mercator.h"

G_BEGIN_DECLS

typedef struct _ReunionClusterGrid ReunionClusterGrid;

/* @spots are read as long as the grid lives. @wraps: x is 0..1, and its ends meet.
 * @rounds: what is looked for is compared in single precision. Transfer full. */
ReunionClusterGrid *reunion_cluster_grid_new (const ReunionMercator *spots,
                                              gsize n_spots,
                                              double radius,
                                              gboolean wraps,
                                              gboolean rounds);
void reunion_cluster_grid_free (ReunionClusterGrid *self);

/* Whether nobody else stands within the radius of spot @index, taken or not. */
gboolean reunion_cluster_grid_is_alone (const ReunionClusterGrid *self, gsize index);
gboolean reunion_cluster_grid_is_taken (const ReunionClusterGrid *self, gsize index);

/* Takes spot @index, and all that are within the radius of it and not taken yet:
 * their indexes (guint32) are appended to @found, that of @index itself is not. */
void reunion_cluster_grid_take (ReunionClusterGrid *self, gsize index, GArray *found);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionClusterGrid, reunion_cluster_grid_free)

G_END_DECLS
