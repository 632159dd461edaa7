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
  { "gif", 0, "GIF8", 4 },
  { "tiff", 0, "II*\0", 4 },
  { "tiff", 0, "MM\0*", 4 },
  { "bmp", 0, "BM", 2 },
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
  if (strcmp (format, "bmp") == 0)
    return is_bmp_whole (data, length);
  return TRUE;
}
