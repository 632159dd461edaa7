/* test-photos.h: photos for the tests, with and without metadata
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <string.h>

/* Stands in all metadata of test_photo_with_metadata(). */
#define TEST_PHOTO_MARKER "QZ-metadata-QZ"

/* One of the sample's portraits: 600 x 800. Transfer full. */
static inline GBytes *
test_photo_load (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("REUNION_SOURCE_ROOT"), "data", "sample",
                                            "portraits", name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize size;

  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, size);
}

static inline void
test_photo_add_segment (GByteArray *to, guint8 marker, const char *body, gsize size)
{
  const guint8 head[] = { 0xff, marker, (guint8) ((size + 2) >> 8), (guint8) ((size + 2) & 0xff) };

  g_byte_array_append (to, head, sizeof head);
  g_byte_array_append (to, (const guint8 *) body, (guint) size);
}

/* The JPEG @photo as a camera might have written it: EXIF with @orientation (1 to
 * 8), XMP, a comment, and something after its end. Transfer full. */
static inline GBytes *
test_photo_with_metadata (GBytes *photo, guint8 orientation)
{
  /* One directory with one entry: tag 0x0112, one short. */
  char exif[] = "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0GPS" //
      TEST_PHOTO_MARKER;
  static const char xmp[] = "http://ns.adobe.com/xap/1.0/\0" TEST_PHOTO_MARKER;
  GByteArray *bytes = g_byte_array_new ();
  const guint8 *data;
  gsize size;

  exif[25] = (char) orientation;
  data = g_bytes_get_data (photo, &size);
  g_byte_array_append (bytes, data, 2);
  test_photo_add_segment (bytes, 0xe1, exif, sizeof exif - 1);
  test_photo_add_segment (bytes, 0xe1, xmp, sizeof xmp - 1);
  test_photo_add_segment (bytes, 0xfe, TEST_PHOTO_MARKER, strlen (TEST_PHOTO_MARKER));
  g_byte_array_append (bytes, data + 2, (guint) size - 2);
  g_byte_array_append (bytes, (const guint8 *) TEST_PHOTO_MARKER, strlen (TEST_PHOTO_MARKER));
  return g_byte_array_free_to_bytes (bytes);
}

static inline gboolean
test_bytes_hold (GBytes *bytes, const char *text)
{
  gsize size, length = strlen (text);
  const char *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i + length <= size; i++)
    if (memcmp (data + i, text, length) == 0)
      return TRUE;
  return FALSE;
}
