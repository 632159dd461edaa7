/* reunion-jpeg.c: a JPEG picture without what is no picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-jpeg.h"

#include <string.h>

enum
{
  MARKER_SOF0 = 0xc0,
  MARKER_SOF2 = 0xc2,
  MARKER_DHT = 0xc4,
  MARKER_RST0 = 0xd0,
  MARKER_RST7 = 0xd7,
  MARKER_SOI = 0xd8,
  MARKER_EOI = 0xd9,
  MARKER_SOS = 0xda,
  MARKER_DQT = 0xdb,
  MARKER_DRI = 0xdd,
  MARKER_APP0 = 0xe0,
  MARKER_APP14 = 0xee,
  MARKER_APP15 = 0xef,
  MARKER_COM = 0xfe,
};

#define ADOBE_LENGTH 14

typedef enum
{
  SEGMENT_KEPT,
  SEGMENT_LEFT_OUT,
  SEGMENT_REFUSED,
} Segment;

/* @body: after the two bytes of the length, @length without them. */
static Segment
judge (guint8 marker, const guint8 *body, gsize length)
{
  switch (marker)
    {
    case MARKER_SOF0:
    case MARKER_SOF0 + 1:
    case MARKER_SOF2:
      if (length < 6 || body[0] != 8 || (body[5] != 1 && body[5] != 3))
        return SEGMENT_REFUSED;
      return SEGMENT_KEPT;
    case MARKER_DHT:
    case MARKER_DQT:
    case MARKER_DRI:
    case MARKER_SOS:
      return SEGMENT_KEPT;
    case MARKER_APP14:
      /* Says how the colours are coded, and nothing else. */
      if (length == ADOBE_LENGTH - 2 && memcmp (body, "Adobe", 5) == 0)
        return SEGMENT_KEPT;
      return SEGMENT_LEFT_OUT;
    case MARKER_COM:
      return SEGMENT_LEFT_OUT;
    default:
      if (marker >= MARKER_APP0 && marker <= MARKER_APP15)
        return SEGMENT_LEFT_OUT;
      return SEGMENT_REFUSED;
    }
}

/* Where the coded pixels that begin at @at end: at the next marker. */
static gsize
find_end_of_scan (const guint8 *data, gsize size, gsize at)
{
  while (at + 1 < size)
    {
      if (data[at] != 0xff)
        at++;
      else if (data[at + 1] == 0 || (data[at + 1] >= MARKER_RST0 && data[at + 1] <= MARKER_RST7))
        at += 2;
      else
        return at;
    }
  return size;
}

GBytes *
reunion_jpeg_strip (GBytes *bytes)
{
  static const guint8 begin[] = { 0xff, MARKER_SOI };
  static const guint8 end[] = { 0xff, MARKER_EOI };
  g_autoptr (GByteArray) stripped = g_byte_array_new ();
  gboolean has_scan = FALSE;
  const guint8 *data;
  gsize size;
  gsize at = sizeof begin;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  if (size < sizeof begin || memcmp (data, begin, sizeof begin) != 0)
    return NULL;
  g_byte_array_append (stripped, begin, sizeof begin);
  while (at + 4 <= size && data[at] == 0xff)
    {
      guint8 marker = data[at + 1];
      gsize length = (gsize) data[at + 2] << 8 | data[at + 3];
      gsize next = at + 2 + length;

      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (marker == MARKER_EOI)
        break;
      if (length < 2 || next > size)
        return NULL;
      switch (judge (marker, data + at + 4, length - 2))
        {
        case SEGMENT_KEPT:
          if (marker == MARKER_SOS)
            {
              has_scan = TRUE;
              next = find_end_of_scan (data, size, next);
            }
          g_byte_array_append (stripped, data + at, (guint) (next - at));
          break;
        case SEGMENT_LEFT_OUT:
          break;
        case SEGMENT_REFUSED:
        default:
          return NULL;
        }
      at = next;
    }
  if (!has_scan || at + sizeof end > size || memcmp (data + at, end, sizeof end) != 0)
    return NULL;
  g_byte_array_append (stripped, end, sizeof end);
  return g_byte_array_free_to_bytes (g_steal_pointer (&stripped));
}
