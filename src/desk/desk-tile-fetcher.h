/* desk-tile-fetcher.h: a map service's tiles, for the map
 *
 * The map knows no sockets and the client no map: this is where they meet.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-tile-client.h"
#include "reunion-tile-fetcher.h"

G_BEGIN_DECLS

#define DESK_TYPE_TILE_FETCHER (desk_tile_fetcher_get_type ())
/* A ReunionTileFetcher. */
G_DECLARE_FINAL_TYPE (DeskTileFetcher, desk_tile_fetcher, DESK, TILE_FETCHER, GObject)

/* Takes a reference. Transfer full. */
DeskTileFetcher *desk_tile_fetcher_new (ReunionTileClient *client);

G_END_DECLS
