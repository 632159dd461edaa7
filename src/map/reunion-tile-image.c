/* reunion-tile-image.c: a tile's bytes made a picture, and hostile ones refused
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tile-image.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "reunion-tile-fetcher.h"

/* Each scan of a progressive JPEG walks the whole picture again. Encoders make
 * some ten. */
#define MAX_JPEG_SCANS 64

static guint
big16 (const guint8 *at)
{
  return (guint) at[0] << 8 | at[1];
}

static guint
big32 (const guint8 *at)
{
  return big16 (at) << 16 | big16 (at + 2);
}

static guint
little24 (const guint8 *at)
{
  return at[0] | (guint) at[1] << 8 | (guint) at[2] << 16;
}

static gboolean
is_start_of_frame (guint marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* Walks the segments to the frame's header. */
static void
read_jpeg_size (const guint8 *data, gsize length, guint *width_px, guint *height_px)
{
  gsize at = 2;

  while (at + 9 < length && data[at] == 0xff)
    {
      guint marker = data[at + 1];

      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (is_start_of_frame (marker))
        {
          *height_px = big16 (data + at + 5);
          *width_px = big16 (data + at + 7);
          return;
        }
      if (marker == 0xda || marker == 0xd9)
        return;
      at += 2 + (gsize) big16 (data + at + 2);
    }
}

static void
read_webp_size (const guint8 *data, gsize length, guint *width_px, guint *height_px)
{
  const guint8 *chunk = data + 12;

  if (length < 30)
    return;
  if (memcmp (chunk, "VP8X", 4) == 0)
    {
      *width_px = 1 + little24 (chunk + 12);
      *height_px = 1 + little24 (chunk + 15);
    }
  else if (memcmp (chunk, "VP8L", 4) == 0 && chunk[8] == 0x2f)
    {
      guint bits = little24 (chunk + 9) | (guint) chunk[12] << 24;

      *width_px = 1 + (bits & 0x3fff);
      *height_px = 1 + (bits >> 14 & 0x3fff);
    }
  else if (memcmp (chunk, "VP8 ", 4) == 0)
    {
      *width_px = (chunk[14] | (guint) chunk[15] << 8) & 0x3fff;
      *height_px = (chunk[16] | (guint) chunk[17] << 8) & 0x3fff;
    }
}

static guint
count_jpeg_scans (const guint8 *data, gsize length)
{
  guint n = 0;

  for (gsize i = 0; i + 1 < length; i++)
    n += data[i] == 0xff && data[i + 1] == 0xda;
  return n;
}

static void
set_unreadable (GError **error)
{
  g_set_error_literal (error, REUNION_TILE_ERROR, REUNION_TILE_ERROR_FORMAT,
                       _ ("A tile of the map is no picture that can be read."));
}

static gboolean
check_claims (GBytes *bytes, GError **error)
{
  guint width_px, height_px;
  ReunionTileImageFormat format = reunion_tile_image_sniff (bytes, &width_px, &height_px);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (format == REUNION_TILE_IMAGE_UNKNOWN || width_px == 0 || height_px == 0)
    {
      set_unreadable (error);
      return FALSE;
    }
  if (width_px > REUNION_TILE_MAX_PX || height_px > REUNION_TILE_MAX_PX
      || length > REUNION_TILE_MAX_BYTES
      || (format == REUNION_TILE_IMAGE_JPEG && count_jpeg_scans (data, length) > MAX_JPEG_SCANS))
    {
      g_set_error (error, REUNION_TILE_ERROR, REUNION_TILE_ERROR_FORMAT,
                   /* Translators: width and height in pixels, then the largest size. */
                   _ ("A tile of the map is too large: %u × %u pixels, where %d are the most."),
                   width_px, height_px, REUNION_TILE_MAX_PX);
      return FALSE;
    }
  return TRUE;
}

ReunionTileImageFormat
reunion_tile_image_sniff (GBytes *bytes, guint *width_px, guint *height_px)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  *width_px = *height_px = 0;
  if (length > 24 && memcmp (data, png, sizeof png) == 0 && memcmp (data + 12, "IHDR", 4) == 0)
    {
      *width_px = big32 (data + 16);
      *height_px = big32 (data + 20);
      return REUNION_TILE_IMAGE_PNG;
    }
  if (length > 3 && data[0] == 0xff && data[1] == 0xd8 && data[2] == 0xff)
    {
      read_jpeg_size (data, length, width_px, height_px);
      return REUNION_TILE_IMAGE_JPEG;
    }
  if (length > 16 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    {
      read_webp_size (data, length, width_px, height_px);
      return REUNION_TILE_IMAGE_WEBP;
    }
  return REUNION_TILE_IMAGE_UNKNOWN;
}

GdkTexture *
reunion_tile_image_decode (GBytes *bytes, GError **error)
{
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GBytes) pixels = NULL;
  gsize stride;
  guint8 *data;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (!check_claims (bytes, error))
    return NULL;
  texture = gdk_texture_new_from_bytes (bytes, NULL);
  if (texture == NULL || gdk_texture_get_width (texture) > REUNION_TILE_MAX_PX
      || gdk_texture_get_height (texture) > REUNION_TILE_MAX_PX)
    {
      set_unreadable (error);
      return NULL;
    }
  stride = 4 * (gsize) gdk_texture_get_width (texture);
  data = g_malloc (stride * (gsize) gdk_texture_get_height (texture));
  gdk_texture_download (texture, data, stride);
  pixels = g_bytes_new_take (data, stride * (gsize) gdk_texture_get_height (texture));
  return gdk_memory_texture_new (gdk_texture_get_width (texture), gdk_texture_get_height (texture),
                                 GDK_MEMORY_DEFAULT, pixels, stride);
}
