/* reunion-tile-source.h: a station's own map as a source of tiles for libshumate
 *
 * Lies over the built-in map: where it has no tile, or its service doesn't
 * answer, its own tile stays clear and the built-in map shows. It then says
 * what is wrong, asks again by itself, and goes on when that succeeds.
 *
 * Tiles are fetched through a ReunionTileFetcher, made pictures of and moved
 * to WGS-84 in worker threads, and kept while they may be needed again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

#include "reunion-datum.h"
#include "reunion-tile-fetcher.h"

G_BEGIN_DECLS

/* How deep a station's own map may go. */
#define REUNION_TILE_SOURCE_MAX_ZOOM 19

#define REUNION_TYPE_TILE_SOURCE (reunion_tile_source_get_type ())
G_DECLARE_FINAL_TYPE (ReunionTileSource,
                      reunion_tile_source,
                      REUNION,
                      TILE_SOURCE,
                      ShumateMapSource)

/* Property: "problem" (string), what is wrong now.
 *
 * ReunionTileSource::repaint (): tiles painted before are out of date; the layer
 * that shows them has to be made anew. */

/* @datum is the tiles'. @min_zoom and @max_zoom are those the fetcher has tiles
 * for; past @max_zoom they are enlarged, before @min_zoom there are none.
 * @attribution is plain text. Transfer full. */
ReunionTileSource *reunion_tile_source_new (ReunionTileFetcher *fetcher,
                                            ReunionDatum datum,
                                            guint min_zoom,
                                            guint max_zoom,
                                            const char *attribution);

const char *reunion_tile_source_get_attribution (ReunionTileSource *self);
guint reunion_tile_source_get_max_zoom (ReunionTileSource *self);
/* A sentence, NULL while all is well. Transfer none. */
const char *reunion_tile_source_get_problem (ReunionTileSource *self);

/* Dimmed, for tired eyes. */
void reunion_tile_source_set_dark (ReunionTileSource *self, gboolean dark);
/* How long until it asks again, in milliseconds; doubles up to a minute with
 * every time in vain. 5000 unless set. */
void reunion_tile_source_set_retry_ms (ReunionTileSource *self, guint retry_ms);
/* Asks for nothing any more. */
void reunion_tile_source_stop (ReunionTileSource *self);

G_END_DECLS
