/* desk-photo-format.c: what kind of picture a file holds, and whether all of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-photo-format.h"

#include <string.h>

#define JPEG_END 0xd9
#define JPEG_SCAN 0xda

/* @length @bytes stand @offset into every file of that @format. */
typedef struct
{
  const char *format;
  gsize offset;
  const char *bytes;
  gsize length;
} Signature;

static const Signature signatures[] = {
  { "jpeg", 0, "\xff\xd8\xff", 3 },
  { "png", 0, "\x89PNG\r\n\x1a\n", 8 },
  { "webp", 8, "WEBP", 4 },
  { "heic", 4, "ftypheic", 8 },
  { "heic", 4, "ftypheix", 8 },
  { "heic", 4, "ftypheim", 8 },
  { "heic", 4, "ftypheis", 8 },
  { "heic", 4, "ftypmif1", 8 },
  { "avif", 4, "ftypavif", 8 },
  { "gif", 0, "GIF8", 4 },
  { "tiff", 0, "II*\0", 4 },
  { "tiff", 0, "MM\0*", 4 },
  { "bmp", 0, "BM", 2 },
};

/* By MIME type: the modules' own names for a format differ between versions. */
static const struct
{
  const char *format;
  const char *mime_type;
  const char *label;
} kinds[] = {
  { "jpeg", "image/jpeg", "JPEG" }, { "png", "image/png", "PNG" },
  { "webp", "image/webp", "WebP" }, { "heic", "image/heic", "HEIC" },
  { "avif", "image/avif", "AVIF" }, { "gif", "image/gif", "GIF" },
  { "tiff", "image/tiff", "TIFF" }, { "bmp", "image/bmp", "BMP" },
};

/* ISO/IEC 10918-1, annex B. An end mark before the first scan belongs to a
 * thumbnail in the metadata, so segments are stepped over. */
static gboolean
is_jpeg_whole (const guchar *data, gsize length)
{
  gsize at = 2;
  gboolean in_scan = FALSE;

  while (at + 2 <= length)
    {
      guint code = data[at + 1];

      if (data[at] != 0xff || code == 0xff || in_scan)
        {
          if (in_scan && data[at] == 0xff && code == JPEG_END)
            return TRUE;
          at++;
          continue;
        }
      if (at + 4 > length)
        return FALSE;
      in_scan = code == JPEG_SCAN;
      at += 2 + (gsize) data[at + 2] * 256 + data[at + 3];
    }
  return FALSE;
}

/* ISO/IEC 15948, 5.3: length, type, content, check. */
static gboolean
is_png_whole (const guchar *data, gsize length)
{
  gsize at = 8;

  while (at + 12 <= length)
    {
      guint32 content_bytes;

      if (memcmp (data + at + 4, "IEND", 4) == 0)
        return TRUE;
      memcpy (&content_bytes, data + at, 4);
      at += 12 + (gsize) GUINT32_FROM_BE (content_bytes);
    }
  return FALSE;
}

/* RFC 9649, 2.4: the length of what follows stands after "RIFF". */
static gboolean
is_webp_whole (const guchar *data, gsize length)
{
  guint32 following_bytes;

  memcpy (&following_bytes, data + 4, 4);
  return length - 8 >= GUINT32_FROM_LE (following_bytes);
}

/* The header says how long the file is; some programs leave it zero. */
static gboolean
is_bmp_whole (const guchar *data, gsize length)
{
  guint32 file_bytes;

  if (length < 6)
    return FALSE;
  memcpy (&file_bytes, data + 2, 4);
  return length >= GUINT32_FROM_LE (file_bytes);
}

const char *
desk_photo_format_find (GBytes *content)
{
  gsize length;
  const char *data;

  g_return_val_if_fail (content != NULL, NULL);

  data = g_bytes_get_data (content, &length);
  for (gsize i = 0; i < G_N_ELEMENTS (signatures); i++)
    {
      const Signature *signature = &signatures[i];

      if (length >= signature->offset + signature->length
          && memcmp (data + signature->offset, signature->bytes, signature->length) == 0)
        return signature->format;
    }
  return NULL;
}

gboolean
desk_photo_format_is_whole (const char *format, GBytes *content)
{
  gsize length;
  const guchar *data;

  g_return_val_if_fail (format != NULL && content != NULL, FALSE);

  data = g_bytes_get_data (content, &length);
  if (strcmp (format, "jpeg") == 0)
    return is_jpeg_whole (data, length);
  if (strcmp (format, "png") == 0)
    return is_png_whole (data, length);
  if (strcmp (format, "webp") == 0)
    return length >= 12 && is_webp_whole (data, length);
  if (strcmp (format, "bmp") == 0)
    return is_bmp_whole (data, length);
  return TRUE;
}

GdkPixbufLoader *
desk_photo_format_new_loader (const char *format)
{
  g_return_val_if_fail (format != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].format, format) == 0)
      return gdk_pixbuf_loader_new_with_mime_type (kinds[i].mime_type, NULL);
  return NULL;
}

const char *
desk_photo_format_get_label (const char *format)
{
  g_return_val_if_fail (format != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].format, format) == 0)
      return kinds[i].label;
  return format;
}

/* ISO/IEC 23008-12, 6.5.3: each image in the file has its size in a box "ispe":
 * version and flags, width, height. The largest counts; a box that only looks
 * like one can make the picture refused, never taken. */
static guint64
count_heif_pixels (const guchar *data, gsize length)
{
  guint64 n_pixels = 0;

  for (gsize at = 4; at + 16 <= length; at++)
    {
      guint32 width, height;

      if (memcmp (data + at, "ispe", 4) != 0)
        continue;
      memcpy (&width, data + at + 8, 4);
      memcpy (&height, data + at + 12, 4);
      n_pixels = MAX (n_pixels, (guint64) GUINT32_FROM_BE (width) * GUINT32_FROM_BE (height));
    }
  return n_pixels;
}

static guint64
read_bits (const guchar *data, guint first, guint n_bits)
{
  guint64 value = 0;

  for (guint i = 0; i < n_bits; i++)
    value |= (guint64) (data[(first + i) / 8] >> (first + i) % 8 & 1) << i;
  return value;
}

/* RFC 9649, 2.5 to 2.7: chunks of type, length, content; which of them comes
 * first depends on the kind of WebP. */
static guint64
count_webp_pixels (const guchar *data, gsize length)
{
  gsize at = 12;
  guint64 n_pixels = 0;

  while (at + 18 <= length)
    {
      const guchar *content = data + at + 8;
      guint32 content_bytes;

      if (memcmp (data + at, "VP8X", 4) == 0)
        n_pixels
            = MAX (n_pixels, (read_bits (content, 32, 24) + 1) * (read_bits (content, 56, 24) + 1));
      else if (memcmp (data + at, "VP8L", 4) == 0)
        n_pixels
            = MAX (n_pixels, (read_bits (content, 8, 14) + 1) * (read_bits (content, 22, 14) + 1));
      else if (memcmp (data + at, "VP8 ", 4) == 0)
        n_pixels = MAX (n_pixels, read_bits (content, 48, 14) * read_bits (content, 64, 14));
      memcpy (&content_bytes, data + at + 4, 4);
      content_bytes = GUINT32_FROM_LE (content_bytes);
      at += 8 + (gsize) content_bytes + content_bytes % 2;
    }
  return n_pixels;
}

guint64
desk_photo_format_count_pixels (const char *format, GBytes *content)
{
  gsize length;
  const guchar *data;

  g_return_val_if_fail (format != NULL && content != NULL, 0);

  data = g_bytes_get_data (content, &length);
  if (strcmp (format, "heic") == 0 || strcmp (format, "avif") == 0)
    return count_heif_pixels (data, length);
  if (strcmp (format, "webp") == 0)
    return count_webp_pixels (data, length);
  return 0;
}
