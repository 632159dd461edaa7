/* reunion-picture.c: a picture that may go out to the public
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-picture.h"

#include "reunion-jpeg.h"

#include <string.h>

#define PNG_SIGNATURE "\x89PNG\r\n\x1a\n"
#define PNG_SIGNATURE_BYTES 8
/* Length, name and checksum of a chunk. */
#define PNG_FRAME_BYTES 12
#define RIFF_HEAD_BYTES 12
#define RIFF_FRAME_BYTES 8
/* VP8X: which of the chunks there are (RFC 9649, 2.7). */
#define WEBP_FLAG_ICC 0x20
#define WEBP_FLAG_EXIF 0x08
#define WEBP_FLAG_XMP 0x04

static guint32
read_be (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

static guint32
read_le (const guint8 *data)
{
  return (guint32) data[3] << 24 | (guint32) data[2] << 16 | (guint32) data[1] << 8 | data[0];
}

static gboolean
is_among (const guint8 *name, const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (memcmp (name, names[i], 4) == 0)
      return TRUE;
  return FALSE;
}

const char *
reunion_picture_sniff (GBytes *bytes)
{
  gsize length;
  const guint8 *data;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &length);
  if (length < RIFF_HEAD_BYTES)
    return NULL;
  if (memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "image/jpeg";
  if (memcmp (data, PNG_SIGNATURE, PNG_SIGNATURE_BYTES) == 0)
    return "image/png";
  if (memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return "image/webp";
  return NULL;
}

static GBytes *
strip_png (GBytes *bytes)
{
  static const char *const kept[] = { "IHDR", "PLTE", "tRNS", "IDAT", "IEND", NULL };
  g_autoptr (GByteArray) stripped = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gsize at = PNG_SIGNATURE_BYTES;

  g_byte_array_append (stripped, data, PNG_SIGNATURE_BYTES);
  while (length - at >= PNG_FRAME_BYTES)
    {
      guint32 body = read_be (data + at);

      if (body > length - at - PNG_FRAME_BYTES)
        return NULL;
      if (is_among (data + at + 4, kept))
        g_byte_array_append (stripped, data + at, body + PNG_FRAME_BYTES);
      if (memcmp (data + at + 4, "IEND", 4) == 0)
        /* An end with something in it is no end. */
        return body == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&stripped)) : NULL;
      at += body + PNG_FRAME_BYTES;
    }
  return NULL;
}

static GBytes *
strip_webp (GBytes *bytes)
{
  static const char *const kept[] = { "VP8 ", "VP8L", "VP8X", "ALPH", NULL };
  static const char *const moving[] = { "ANIM", "ANMF", NULL };
  g_autoptr (GByteArray) stripped = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gsize end = (gsize) read_le (data + 4) + RIFF_FRAME_BYTES;
  gsize at = RIFF_HEAD_BYTES;
  guint32 size_le;

  if (end > length)
    return NULL;
  g_byte_array_append (stripped, data, RIFF_HEAD_BYTES);
  while (end - at >= RIFF_FRAME_BYTES)
    {
      gsize body = read_le (data + at + 4);
      /* Chunks begin at even places. */
      gsize whole = RIFF_FRAME_BYTES + body + body % 2;
      guint start = stripped->len;

      if (whole > end - at || is_among (data + at, moving))
        return NULL;
      if (is_among (data + at, kept))
        {
          g_byte_array_append (stripped, data + at, (guint) whole);
          if (memcmp (data + at, "VP8X", 4) == 0 && body >= 1)
            stripped->data[start + RIFF_FRAME_BYTES]
                &= (guint8) ~(WEBP_FLAG_ICC | WEBP_FLAG_EXIF | WEBP_FLAG_XMP);
          /* The odd byte could be anything. */
          if (body % 2 == 1)
            stripped->data[stripped->len - 1] = 0;
        }
      at += whole;
    }
  if (at != end || stripped->len == RIFF_HEAD_BYTES)
    return NULL;
  size_le = GUINT32_TO_LE (stripped->len - RIFF_FRAME_BYTES);
  memcpy (stripped->data + 4, &size_le, sizeof size_le);
  return g_byte_array_free_to_bytes (g_steal_pointer (&stripped));
}

GBytes *
reunion_picture_strip (GBytes *bytes)
{
  const char *media_type;

  g_return_val_if_fail (bytes != NULL, NULL);

  media_type = reunion_picture_sniff (bytes);
  if (g_strcmp0 (media_type, "image/jpeg") == 0)
    return reunion_jpeg_strip (bytes);
  if (g_strcmp0 (media_type, "image/png") == 0)
    return strip_png (bytes);
  if (g_strcmp0 (media_type, "image/webp") == 0)
    return strip_webp (bytes);
  return NULL;
}
