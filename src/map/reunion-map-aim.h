/* reunion-map-aim.h: where the map looks
 *
 * Moves a ShumateMap to places and extents, keeps what it is told until the
 * map has a size, and keeps the map on whole pixels.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

#include "reunion-mercator.h"

G_BEGIN_DECLS

typedef struct _ReunionMapAim ReunionMapAim;

/* For @map, which has to outlive it. */
ReunionMapAim *reunion_map_aim_new (ShumateMap *map);
void reunion_map_aim_free (ReunionMapAim *self);

/* FALSE as long as nothing has said where to look. */
gboolean reunion_map_aim_is_set (ReunionMapAim *self);

/* Middle and zoom, at once. @zoom is kept within the base map's. */
void reunion_map_aim_go_to (ReunionMapAim *self, ReunionPoint point, double zoom);

/* The whole of @min to @max (y southward, x unrolled), at a whole zoom level;
 * at once, or as soon as the map has a size. */
void reunion_map_aim_fit (ReunionMapAim *self, ReunionMercator min, ReunionMercator max);
/* A circle, or all of the points, in the same way; does nothing for no points. Points
 * are taken by their turn nearest to the first. */
void reunion_map_aim_fit_circle (ReunionMapAim *self, ReunionPoint centre, double radius_km);
void reunion_map_aim_fit_points (ReunionMapAim *self, const ReunionPoint *points, gsize n_points);

/* To be called when the map was given a size. */
void reunion_map_aim_sized (ReunionMapAim *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionMapAim, reunion_map_aim_free)

G_END_DECLS
