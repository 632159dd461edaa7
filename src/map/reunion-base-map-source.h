/* reunion-base-map-source.h: the base map as a source of tiles for libshumate
 *
 * Tiles are painted by a few worker threads, each with its own reader of the
 * file, and handed over as textures. Without a usable file the tiles show sea
 * and graticule, and the map still works.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

#include "reunion-base-map.h"

G_BEGIN_DECLS

#define REUNION_BASE_MAP_SOURCE_MIN_ZOOM 2
#define REUNION_BASE_MAP_SOURCE_MAX_ZOOM 12
/* It paints deeper, for what lies under a station's own map. */
#define REUNION_BASE_MAP_SOURCE_LAST_ZOOM 20

#define REUNION_TYPE_BASE_MAP_SOURCE (reunion_base_map_source_get_type ())
G_DECLARE_FINAL_TYPE (ReunionBaseMapSource,
                      reunion_base_map_source,
                      REUNION,
                      BASE_MAP_SOURCE,
                      ShumateMapSource)

/* The base map at @path, NULL for none. When the file can't be used @error is
 * set (a ReunionBaseMapError) and the source returned paints the empty sea: so
 * the result is never NULL. Transfer full. */
ReunionBaseMapSource *reunion_base_map_source_new (const char *path, GError **error);

/* FALSE when it paints the empty sea only. */
gboolean reunion_base_map_source_has_map (ReunionBaseMapSource *self);
/* Whom the map is owed to, "" without a map. Transfer none. */
/* What was found wrong with the file while painting from it, a sentence; NULL as long
 * as all was well. ::damaged is emitted when that changes. Transfer none. */
const char *reunion_base_map_source_get_problem (ReunionBaseMapSource *self);

const char *reunion_base_map_source_get_attribution (ReunionBaseMapSource *self);

/* What follows holds for tiles asked for from then on. Tiles already painted
 * keep their look; the map layer that shows them has to be made anew, which
 * ReunionMapView does on the source's ::repaint signal. */
gboolean reunion_base_map_source_get_dark (ReunionBaseMapSource *self);
void reunion_base_map_source_set_dark (ReunionBaseMapSource *self, gboolean dark);
/* Latin names in place of Chinese ones. The default follows the user's
 * language. */
gboolean reunion_base_map_source_get_latin (ReunionBaseMapSource *self);
void reunion_base_map_source_set_latin (ReunionBaseMapSource *self, gboolean latin);
/* Device pixels to one of the tile, 1..4. */
void reunion_base_map_source_set_scale (ReunionBaseMapSource *self, guint scale);

/* How many tiles were asked for and are not painted yet: without any, the map is
 * all there. For the thread that asks for tiles. */
guint reunion_base_map_source_get_n_awaited (ReunionBaseMapSource *self);

/* Paints one tile in the calling thread, for tests and for print: an ARGB32
 * surface of 256 pixels times the scale. Transfer full. */
cairo_surface_t *reunion_base_map_source_paint (ReunionBaseMapSource *self,
                                                guint zoom,
                                                guint x,
                                                guint y,
                                                GError **error);

G_END_DECLS
