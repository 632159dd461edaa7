/* reunion-tile-image.h: a tile's bytes made a picture, and hostile ones refused
 *
 * Who made the bytes is not known. What they say of themselves is read first,
 * so that a picture of a hundred thousand pixels' side is refused before
 * anything is set aside for it. Any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Largest side of a tile, in pixels, and largest size of its bytes. */
#define REUNION_TILE_MAX_PX 1024
#define REUNION_TILE_MAX_BYTES (4 * 1024 * 1024)

typedef enum
{
  REUNION_TILE_IMAGE_UNKNOWN,
  REUNION_TILE_IMAGE_PNG,
  REUNION_TILE_IMAGE_JPEG,
  REUNION_TILE_IMAGE_WEBP,
} ReunionTileImageFormat;

/* What the bytes begin like; the size is that they claim, 0 when they claim none. */
ReunionTileImageFormat reunion_tile_image_sniff (GBytes *bytes, guint *width_px, guint *height_px);

/* The picture, in GDK_MEMORY_DEFAULT, which costs least to draw. NULL with a
 * REUNION_TILE_ERROR_FORMAT and a sentence when it is none, is larger than the
 * limits above, or is damaged. Transfer full. */
GdkTexture *reunion_tile_image_decode (GBytes *bytes, GError **error);

G_END_DECLS
