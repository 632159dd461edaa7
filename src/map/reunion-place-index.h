/* reunion-place-index.h: finding places by name, and names for places
 *
 * Offline, from the base map's file. All names are held in memory, folded once
 * (some 16,000; 2 MB), so that a search takes a millisecond or two and works
 * with any part of a name, down to a single Chinese character.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-base-map.h"

G_BEGIN_DECLS

/* A town further off than this says nothing about a point. */
#define REUNION_PLACE_NEAR_KM 60.0

#define REUNION_TYPE_PLACE_INDEX (reunion_place_index_get_type ())
G_DECLARE_FINAL_TYPE (ReunionPlaceIndex, reunion_place_index, REUNION, PLACE_INDEX, GObject)

/* From the base map at @path. Transfer full, NULL with a ReunionBaseMapError. */
ReunionPlaceIndex *reunion_place_index_new (const char *path, GError **error);

/* Up to @max places whose Chinese or Latin name holds @text, whatever its case
 * and accents: whole names before beginnings before other parts, places in
 * China before others, then by population. A province's name before or after a
 * town's, set off by a space, narrows the search ("贵州 织金"). Transfer full:
 * an array of ReunionPlace, empty when nothing fits. */
GPtrArray *reunion_place_index_search (ReunionPlaceIndex *self, const char *text, guint max);

/* The nearest town within REUNION_PLACE_NEAR_KM, and how far off it is when
 * @distance_km isn't NULL. Transfer full, or NULL. */
ReunionPlace *
reunion_place_index_nearest (ReunionPlaceIndex *self, ReunionPoint point, double *distance_km);

/* Names of the Chinese prefecture that holds @point, and of its province;
 * transfer full. FALSE where there is none. Any of them may be NULL. */
gboolean reunion_place_index_area_at (ReunionPlaceIndex *self,
                                      ReunionPoint point,
                                      char **area_zh,
                                      char **area_latin,
                                      char **province_zh,
                                      char **province_latin);

G_END_DECLS
