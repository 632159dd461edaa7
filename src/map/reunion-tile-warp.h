/* reunion-tile-warp.h: a tile of the map cut out of the tiles of a source that
 * has another datum, or fewer zoom levels
 *
 * A map in GCJ-02 or BD-09 lies some hundred metres off, by an amount that
 * changes from place to place. Each pixel of the WGS-84 tile is looked up where
 * the source has it: exactly at the nodes of a mesh of 16 pixels, and by linear
 * interpolation between, which is off by under 0.3 m at every zoom (the shift's
 * shortest wave is a third of a degree, its amplitude 14 m). At the edge of
 * China's box, where the shift begins at once, every pixel is looked up.
 *
 * Tiles are those of the XYZ scheme with the datum's coordinates put into the
 * Mercator formulas of WGS-84. That is how GCJ-02 services have them; a BD-09
 * service has to be one that serves so, since Baidu's own scheme of tiles is
 * another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk/gdk.h>

#include "reunion-datum.h"

G_BEGIN_DECLS

/* Most tiles of the source, in a row or column, that one tile is cut from. */
#define REUNION_TILE_WARP_MAX_SPAN 4

/**
 * ReunionTileWarp:
 * @zoom: zoom level of the source's tiles
 * @column: their first column, as unrolled (may lie outside 0..2^zoom - 1)
 * @row: their first row
 * @n_columns: how many columns; 0 when the tile can't be cut from the source
 * @n_rows: how many rows
 */
typedef struct
{
  guint zoom;
  int column, row;
  int n_columns, n_rows;
  /*< private >*/
  ReunionDatum datum;
  guint to_zoom, x, y;
} ReunionTileWarp;

/* What the tile @x, @y at @zoom is cut from, where the source is in @datum and
 * no deeper than @max_zoom. */
ReunionTileWarp
reunion_tile_warp_plan (ReunionDatum datum, guint zoom, guint x, guint y, guint max_zoom);
/* TRUE when it is just the source's own tile of that place. */
gboolean reunion_tile_warp_is_plain (const ReunionTileWarp *self);

/* The tile: as many pixels wide as the largest of @tiles, which are n_columns *
 * n_rows, row by row, NULL (left clear) for those that aren't there. @brightness
 * 0..1. Any thread. Transfer full. */
GdkTexture *
reunion_tile_warp_paint (const ReunionTileWarp *self, GdkTexture *const *tiles, double brightness);

G_END_DECLS
