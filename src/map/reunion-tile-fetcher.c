/* reunion-tile-fetcher.c: where the tiles of a station's own map come from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tile-fetcher.h"

G_DEFINE_INTERFACE (ReunionTileFetcher, reunion_tile_fetcher, G_TYPE_OBJECT)
G_DEFINE_QUARK (reunion-tile-error-quark, reunion_tile_error)

static void
reunion_tile_fetcher_default_init (ReunionTileFetcherInterface *iface)
{
}

void
reunion_tile_fetcher_fetch_async (ReunionTileFetcher *self,
                                  guint zoom,
                                  guint x,
                                  guint y,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (REUNION_IS_TILE_FETCHER (self));

  REUNION_TILE_FETCHER_GET_IFACE (self)->fetch_async (self, zoom, x, y, cancellable, callback,
                                                      user_data);
}

GBytes *
reunion_tile_fetcher_fetch_finish (ReunionTileFetcher *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (REUNION_IS_TILE_FETCHER (self), NULL);

  return REUNION_TILE_FETCHER_GET_IFACE (self)->fetch_finish (self, result, error);
}
