/* photo.c: tests of making photos of the public safe and small
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* memmem */
#define _GNU_SOURCE

#include "central-photo.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "reunion-picture.h"

/* Upper half red, lower half blue: tells what was turned. Transfer full. */
static GdkPixbuf *
paint (int width, int height, gboolean has_alpha)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, has_alpha, 8, width, height);
  g_autoptr (GdkPixbuf) lower
      = gdk_pixbuf_new_subpixbuf (pixbuf, 0, height / 2, width, height - height / 2);

  gdk_pixbuf_fill (pixbuf, has_alpha ? 0x00000000 : 0xff0000ff);
  gdk_pixbuf_fill (lower, 0x0000ffff);
  return pixbuf;
}

static GBytes *
encode (int width, int height, const char *kind, gboolean has_alpha)
{
  g_autoptr (GdkPixbuf) pixbuf = paint (width, height, has_alpha);
  char *data;
  gsize length;
  GError *error = NULL;

  gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, kind, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

/* Puts an EXIF block with @orientation and a marker behind the head of a JPEG. */
static GBytes *
turn (GBytes *jpeg, guint8 orientation)
{
  const guint8 exif[]
      = { 0xff, 0xe1, 0,   44,   'E',  'x', 'i', 'f', 0,   0, 'M', 'M', 0,           42, 0, 0, 0,
          8,    0,    1,   0x01, 0x12, 0,   3,   0,   0,   0, 1,   0,   orientation, 0,  0, 0, 0,
          0,    0,    'P', 'R',  'I',  'V', 'A', 'T', 'E', 0, 0,   0 };
  GByteArray *array = g_byte_array_new ();
  const guint8 *data = g_bytes_get_data (jpeg, NULL);

  g_byte_array_append (array, data, 2);
  g_byte_array_append (array, exif, sizeof exif);
  g_byte_array_append (array, data + 2, (guint) g_bytes_get_size (jpeg) - 2);
  return g_byte_array_free_to_bytes (array);
}

static GdkPixbuf *
decode (const CentralPhoto *photo)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (photo->bytes);
  GError *error = NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &error);

  g_assert_no_error (error);
  return pixbuf;
}

/* "red", "blue", "white" or "other" at a part of the width and height. */
static const char *
get_color (GdkPixbuf *pixbuf, double x, double y)
{
  const guint8 *pixel
      = gdk_pixbuf_read_pixels (pixbuf)
        + (int) (y * gdk_pixbuf_get_height (pixbuf)) * gdk_pixbuf_get_rowstride (pixbuf)
        + (int) (x * gdk_pixbuf_get_width (pixbuf)) * gdk_pixbuf_get_n_channels (pixbuf);

  if (pixel[0] > 220 && pixel[1] > 220 && pixel[2] > 220)
    return "white";
  if (pixel[0] > 200 && pixel[1] < 60 && pixel[2] < 60)
    return "red";
  if (pixel[0] < 60 && pixel[1] < 60 && pixel[2] > 200)
    return "blue";
  return "other";
}

static void
test_sizes (void)
{
  static const struct
  {
    int width, height;
    guint expected_width, expected_height;
  } rows[] = {
    { 600, 800, 600, 800 },     { 1600, 1600, 1600, 1600 }, { 1601, 800, 1600, 800 },
    { 4000, 3000, 1600, 1200 }, { 3000, 4000, 1200, 1600 }, { 1, 1, 1, 1 },
    { 8000, 2, 1600, 1 },       { 7000, 7000, 1600, 1600 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = encode (rows[i].width, rows[i].height, "jpeg", FALSE);
      g_autoptr (GError) error = NULL;
      g_autoptr (CentralPhoto) photo = central_photo_make (bytes, &error);

      g_test_message ("%d x %d", rows[i].width, rows[i].height);
      g_assert_no_error (error);
      g_assert_cmpuint (reunion_photo_get_width_px (photo->photo), ==, rows[i].expected_width);
      g_assert_cmpuint (reunion_photo_get_height_px (photo->photo), ==, rows[i].expected_height);
      g_assert_cmpstr (reunion_picture_sniff (photo->bytes), ==, "image/jpeg");
    }
}

/* EXIF 2.32, 4.6.4: where the first row and column are. */
static void
test_orientation (void)
{
  static const struct
  {
    guint8 orientation;
    gboolean is_turned;
    double red_x, red_y;
  } rows[] = {
    { 1, FALSE, .5, .1 }, { 2, FALSE, .5, .1 }, { 3, FALSE, .5, .9 }, { 4, FALSE, .5, .9 },
    { 5, TRUE, .1, .5 },  { 6, TRUE, .9, .5 },  { 7, TRUE, .9, .5 },  { 8, TRUE, .1, .5 },
    { 0, FALSE, .5, .1 }, { 9, FALSE, .5, .1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int factor = 1; factor <= 8; factor += 7)
      {
        g_autoptr (GBytes) plain = encode (300 * factor, 400 * factor, "jpeg", FALSE);
        g_autoptr (GBytes) bytes = turn (plain, rows[i].orientation);
        g_autoptr (CentralPhoto) photo = central_photo_make (bytes, NULL);
        g_autoptr (GdkPixbuf) pixbuf = NULL;

        g_test_message ("orientation %u", rows[i].orientation);
        g_assert_nonnull (photo);
        pixbuf = decode (photo);
        g_assert_cmpint (gdk_pixbuf_get_width (pixbuf) > gdk_pixbuf_get_height (pixbuf), ==,
                         rows[i].is_turned);
        g_assert_cmpstr (get_color (pixbuf, rows[i].red_x, rows[i].red_y), ==, "red");
        g_assert_cmpstr (get_color (pixbuf, 1 - rows[i].red_x, 1 - rows[i].red_y), ==, "blue");
        g_assert_nonnull (
            memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "PRIVATE", 7));
        g_assert_null (memmem (g_bytes_get_data (photo->bytes, NULL),
                               g_bytes_get_size (photo->bytes), "PRIVATE", 7));
        g_assert_null (memmem (g_bytes_get_data (photo->bytes, NULL),
                               g_bytes_get_size (photo->bytes), "Exif", 4));
      }
}

static void
test_transparency (void)
{
  g_autoptr (GBytes) bytes = encode (200, 200, "png", TRUE);
  g_autoptr (CentralPhoto) photo = central_photo_make (bytes, NULL);
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  g_assert_nonnull (photo);
  pixbuf = decode (photo);
  g_assert_cmpstr (get_color (pixbuf, .5, .2), ==, "white");
  g_assert_cmpstr (get_color (pixbuf, .5, .8), ==, "blue");
}

static void
put_be (guint8 *data, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  memcpy (data, &big, 4);
}

/* A picture whose head promises @width x @height, and which would have to be decoded to
 * that size. The PNG's checksum is that of the small one; the JPEG has none. */
static GBytes *
inflate (const char *kind, guint32 width, guint32 height)
{
  g_autoptr (GBytes) small = encode (16, 16, kind, FALSE);
  gsize length;
  g_autofree guint8 *data = NULL;
  guint8 *at;

  length = g_bytes_get_size (small);
  data = g_memdup2 (g_bytes_get_data (small, NULL), length);
  if (strcmp (kind, "png") == 0)
    {
      guint32 crc = 0xffffffff;

      put_be (data + 16, width);
      put_be (data + 20, height);
      for (int i = 12; i < 29; i++)
        {
          crc ^= data[i];
          for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
        }
      put_be (data + 29, ~crc);
      return g_bytes_new_take (g_steal_pointer (&data), length);
    }
  at = memmem (data, length, "\xff\xc0", 2);
  g_assert_nonnull (at);
  at[5] = (guint8) (height >> 8);
  at[6] = (guint8) height;
  at[7] = (guint8) (width >> 8);
  at[8] = (guint8) width;
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

static void
test_bombs (void)
{
  static const struct
  {
    const char *kind;
    guint32 width, height;
  } rows[] = {
    { "png", 30000, 30000 }, { "png", 5001, 5001 },    { "png", 0x7fffffff, 0x7fffffff },
    { "png", 32768, 1 },     { "jpeg", 65000, 65000 }, { "jpeg", 7212, 7212 },
    { "jpeg", 1, 65500 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = inflate (rows[i].kind, rows[i].width, rows[i].height);
      g_autoptr (GError) error = NULL;
      CentralPhoto *photo = central_photo_make (bytes, &error);

      g_test_message ("%s of %u x %u", rows[i].kind, rows[i].width, rows[i].height);
      g_assert_null (photo);
      g_assert_nonnull (error);
      /* libpng refuses the largest by itself. */
      if (rows[i].width != 0x7fffffff)
        g_assert_error (error, CENTRAL_PHOTO_ERROR, CENTRAL_PHOTO_ERROR_SIZE);
    }
}

static void
test_no_photo (void)
{
  g_autoptr (GBytes) jpeg = encode (300, 400, "jpeg", FALSE);
  g_autoptr (GBytes) huge = NULL;
  const struct
  {
    const char *data;
    gsize length;
    CentralPhotoError code;
  } rows[] = {
    { "", 0, CENTRAL_PHOTO_ERROR_KIND },
    { "GIF89a\1\0\1\0\0\0\0;", 14, CENTRAL_PHOTO_ERROR_KIND },
    { "<svg xmlns='http://www.w3.org/2000/svg'/>", 41, CENTRAL_PHOTO_ERROR_KIND },
    { "\0\0\0\x18"
      "ftypheic\0\0\0\0",
      16, CENTRAL_PHOTO_ERROR_KIND },
    { "%PDF-1.7 and so on", 18, CENTRAL_PHOTO_ERROR_KIND },
    { "\xff\xd8\xff\xd8\xff\xd8\xff\xd8\xff\xd8\xff\xd8", 12, CENTRAL_PHOTO_ERROR_DAMAGED },
    { "\x89PNG\r\n\x1a\n and nothing", 20, CENTRAL_PHOTO_ERROR_DAMAGED },
    { "RIFF\4\0\0\0WEBPVP8 ", 16, CENTRAL_PHOTO_ERROR_DAMAGED },
    { g_bytes_get_data (jpeg, NULL), 100, CENTRAL_PHOTO_ERROR_DAMAGED },
  };
  guint8 *data = g_malloc0 (CENTRAL_PHOTO_MAX_BYTES + 1);
  GError *error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (rows[i].data, rows[i].length);

      g_test_message ("row %zu", i);
      g_assert_null (central_photo_make (bytes, &error));
      g_assert_error (error, CENTRAL_PHOTO_ERROR, (int) rows[i].code);
      g_clear_error (&error);
    }
  memcpy (data, "\xff\xd8\xff", 3);
  huge = g_bytes_new_take (data, CENTRAL_PHOTO_MAX_BYTES + 1);
  g_assert_null (central_photo_make (huge, &error));
  g_assert_error (error, CENTRAL_PHOTO_ERROR, CENTRAL_PHOTO_ERROR_SIZE);
  g_clear_error (&error);
}

/* Whatever comes, nothing but a photo or a sentence goes out. */
static void
test_mutations (void)
{
  static const char *const kinds[] = { "jpeg", "png" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint n_made = 0;

  for (int i = 0; i < 400; i++)
    {
      g_autoptr (GBytes) bytes = encode (40, 30, kinds[i % 2], FALSE);
      gsize length = g_bytes_get_size (bytes);
      guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
      g_autoptr (GBytes) mutated = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (CentralPhoto) photo = NULL;

      for (int j = g_rand_int_range (rand, 1, 8); j > 0; j--)
        data[g_rand_int_range (rand, 0, (gint32) length)] = (guint8) g_rand_int (rand);
      mutated = g_bytes_new_take (data, length);
      photo = central_photo_make (mutated, &error);
      g_assert_true ((photo == NULL) == (error != NULL));
      n_made += photo != NULL;
    }
  g_assert_cmpuint (n_made, >, 0);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CentralPhoto) photo = central_photo_make_finish (result, NULL);

  g_assert_nonnull (photo);
  (*(guint *) user_data)++;
}

static void
test_in_threads (void)
{
  g_autoptr (GBytes) bytes = encode (3000, 2000, "jpeg", FALSE);
  guint n = 0;

  for (int i = 0; i < 10; i++)
    central_photo_make_async (NULL, bytes, made_cb, &n);
  while (n < 10)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/central/photo/sizes", test_sizes);
  g_test_add_func ("/central/photo/orientation", test_orientation);
  g_test_add_func ("/central/photo/transparency", test_transparency);
  g_test_add_func ("/central/photo/bombs", test_bombs);
  g_test_add_func ("/central/photo/no-photo", test_no_photo);
  g_test_add_func ("/central/photo/mutations", test_mutations);
  g_test_add_func ("/central/photo/in-threads", test_in_threads);
  return g_test_run ();
}
