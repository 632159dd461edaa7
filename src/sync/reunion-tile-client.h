/* reunion-tile-client.h: tiles of a map service, by the pattern of its address
 *
 * Polite: at most four connections, a name of its own, and a week before a tile
 * that was fetched is fetched again. Careful: an answer has a size and a time to
 * keep to, and has to be a picture. What was fetched before is there without
 * the network.
 *
 * All calls are asynchronous and on the thread that made the client.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REUNION_TYPE_TILE_CLIENT (reunion_tile_client_get_type ())
G_DECLARE_FINAL_TYPE (ReunionTileClient, reunion_tile_client, REUNION, TILE_CLIENT, GObject)

/* Whether @pattern can be used: an http or https address with {z}, {x} and {y},
 * or {-y} for rows counted from the south; {s} stands for a, b, c in turn. The
 * error is a sentence. */
gboolean reunion_tile_client_check_pattern (const char *pattern, GError **error);

/* @pattern must pass the check. @cache_folder may be NULL, for no cache. Transfer
 * full. */
ReunionTileClient *reunion_tile_client_new (const char *pattern, const char *cache_folder);

/* The address of one tile. Transfer full. */
char *reunion_tile_client_format_url (ReunionTileClient *self, guint zoom, guint x, guint y);

void reunion_tile_client_fetch_async (ReunionTileClient *self,
                                      guint zoom,
                                      guint x,
                                      guint y,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* PNG, JPEG or WebP by its first bytes. Errors are those of ReunionSyncError,
 * REUNION_SYNC_ERROR_ABSENT where the service has no tile. Transfer full. */
GBytes *
reunion_tile_client_fetch_finish (ReunionTileClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
