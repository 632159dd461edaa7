/* reunion-mbtiles.h: a map in a file: MBTiles 1.3 with pictures for tiles
 *
 * The file comes from who knows where and is only ever read: nothing that its
 * schema says is trusted, each question has a second to be answered, and a
 * damaged, empty, foreign or hostile file gives a sentence. Tiles are counted
 * from the south in the file, from the north here.
 *
 * Format: https://github.com/mapbox/mbtiles-spec/blob/master/1.3/spec.md
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-tile-fetcher.h"

G_BEGIN_DECLS

/* No file goes deeper. */
#define REUNION_MBTILES_MAX_ZOOM 22

#define REUNION_TYPE_MBTILES (reunion_mbtiles_get_type ())
/* A ReunionTileFetcher. */
G_DECLARE_FINAL_TYPE (ReunionMbtiles, reunion_mbtiles, REUNION, MBTILES, GObject)

/* May take a second or two with a hostile file: call it in a thread. NULL with
 * REUNION_TILE_ERROR_OPEN or _FORMAT. Transfer full. */
ReunionMbtiles *reunion_mbtiles_open (const char *path, GError **error);

/* What the file calls itself, "" for nothing; as plain text. Transfer none. */
const char *reunion_mbtiles_get_name (ReunionMbtiles *self);
const char *reunion_mbtiles_get_attribution (ReunionMbtiles *self);
/* 0..REUNION_MBTILES_MAX_ZOOM, the least not above the most. */
guint reunion_mbtiles_get_min_zoom (ReunionMbtiles *self);
guint reunion_mbtiles_get_max_zoom (ReunionMbtiles *self);
/* What the file says it covers, in degrees; FALSE when it doesn't say. */
gboolean reunion_mbtiles_get_bounds (ReunionMbtiles *self,
                                     double *west_deg,
                                     double *south_deg,
                                     double *east_deg,
                                     double *north_deg);

/* One tile's bytes, from any thread. REUNION_TILE_ERROR_ABSENT when the file
 * has none there. Transfer full. */
GBytes *
reunion_mbtiles_read_tile (ReunionMbtiles *self, guint zoom, guint x, guint y, GError **error);

G_END_DECLS
