/* reunion-tile-fetcher.h: where the tiles of a station's own map come from
 *
 * What ReunionTileSource asks: a file on this PC, or a service, whose sockets
 * are another floor's. A tile is an encoded picture (PNG, JPEG or WebP) at
 * column x and row y, counted from the north, as XYZ services count.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REUNION_TILE_ERROR (reunion_tile_error_quark ())
GQuark reunion_tile_error_quark (void);

/**
 * ReunionTileError:
 * @REUNION_TILE_ERROR_OPEN: the file can't be opened
 * @REUNION_TILE_ERROR_FORMAT: not what it should be, damaged, or made to do harm
 * @REUNION_TILE_ERROR_ABSENT: there is no such tile, and nothing wrong with that
 * @REUNION_TILE_ERROR_UNREACHABLE: can't be had now; worth trying again
 */
typedef enum
{
  REUNION_TILE_ERROR_OPEN,
  REUNION_TILE_ERROR_FORMAT,
  REUNION_TILE_ERROR_ABSENT,
  REUNION_TILE_ERROR_UNREACHABLE,
} ReunionTileError;

#define REUNION_TYPE_TILE_FETCHER (reunion_tile_fetcher_get_type ())
G_DECLARE_INTERFACE (ReunionTileFetcher, reunion_tile_fetcher, REUNION, TILE_FETCHER, GObject)

struct _ReunionTileFetcherInterface
{
  GTypeInterface parent_interface;

  void (*fetch_async) (ReunionTileFetcher *self,
                       guint zoom,
                       guint x,
                       guint y,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  GBytes *(*fetch_finish) (ReunionTileFetcher *self, GAsyncResult *result, GError **error);
};

void reunion_tile_fetcher_fetch_async (ReunionTileFetcher *self,
                                       guint zoom,
                                       guint x,
                                       guint y,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* Transfer full; NULL with @error in REUNION_TILE_ERROR, or G_IO_ERROR_CANCELLED.
 * The message is a sentence that can be shown on the map. */
GBytes *
reunion_tile_fetcher_fetch_finish (ReunionTileFetcher *self, GAsyncResult *result, GError **error);

G_END_DECLS
