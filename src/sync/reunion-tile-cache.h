/* reunion-tile-cache.h: map tiles kept on disk, so that a place looked at before
 * can be looked at without the network
 *
 * Files in a folder of mode 0700, under names that tell nothing. What was
 * fetched longest ago goes first when the folder is full. Any thread; the calls
 * wait for the disk.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ReunionTileCache ReunionTileCache;

/* The folder is made when something is first saved. Transfer full. */
ReunionTileCache *reunion_tile_cache_new (const char *folder, guint64 max_bytes);
ReunionTileCache *reunion_tile_cache_ref (ReunionTileCache *self);
void reunion_tile_cache_unref (ReunionTileCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionTileCache, reunion_tile_cache_unref)

/* NULL when @key is not kept; else @age_s is how long ago it was saved, in
 * seconds. Transfer full. */
GBytes *reunion_tile_cache_load (ReunionTileCache *self, const char *key, gint64 *age_s);
/* A disk that is full or can't be written is no reason to complain: the tile is
 * fetched again next time. */
void reunion_tile_cache_save (ReunionTileCache *self, const char *key, GBytes *bytes);

G_END_DECLS
