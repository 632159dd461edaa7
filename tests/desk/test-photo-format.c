/* test-photo-format.c: what kind of picture a file holds, and whether all of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-photo-format.h"
#include "test-helpers.h"

#define BYTES(text) text, sizeof text - 1
#define PNG_START "\x89PNG\r\n\x1a\n"
#define PNG_HEAD "\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\0\0\0\0crc!"
#define PNG_END "\0\0\0\0IEND\xae\x42\x60\x82"
#define JPEG_SCAN "\xff\xda\0\4\1\1"

typedef struct
{
  const char *what;
  const char *bytes;
  gsize length;
  const char *format; /* NULL: none */
  gboolean is_whole;
} Content;

static const Content contents[] = {
  { "nothing", BYTES (""), NULL, FALSE },
  { "one byte", BYTES ("\xff"), NULL, FALSE },
  { "a text", BYTES ("This is no picture."), NULL, FALSE },
  { "a drawing", BYTES ("<svg xmlns='http://www.w3.org/2000/svg'/>"), NULL, FALSE },
  { "a drawing with a head", BYTES ("<?xml version='1.0'?><svg/>"), NULL, FALSE },
  { "X pixmap", BYTES ("/* XPM */"), NULL, FALSE },
  { "an icon", BYTES ("\0\0\1\0\1\0"), NULL, FALSE },
  { "RIFF of another kind", BYTES ("RIFF\x24\0\0\0WAVEfmt "), NULL, FALSE },
  { "a signature too late", BYTES (" \xff\xd8\xff"), NULL, FALSE },

  { "WebP", BYTES ("RIFF\x08\0\0\0WEBPVP8 "), "webp", TRUE },
  { "WebP, with more after it", BYTES ("RIFF\x08\0\0\0WEBPVP8 more"), "webp", TRUE },
  { "WebP, broken off", BYTES ("RIFF\x09\0\0\0WEBPVP8 "), "webp", FALSE },
  { "HEIC",
    BYTES ("\0\0\0\x18"
           "ftypheic\0\0\0\0mif1heic"),
    "heic", TRUE },
  { "HEIC of ten bits",
    BYTES ("\0\0\0\x18"
           "ftypheix\0\0\0\0mif1heix"),
    "heic", TRUE },
  { "HEIF",
    BYTES ("\0\0\0\x18"
           "ftypmif1\0\0\0\0mif1heic"),
    "heic", TRUE },
  { "AVIF",
    BYTES ("\0\0\0\x18"
           "ftypavif\0\0\0\0mif1avif"),
    "avif", TRUE },
  { "a film",
    BYTES ("\0\0\0\x18"
           "ftypisom\0\0\0\0isommp42"),
    NULL, FALSE },
  { "GIF", BYTES ("GIF89a"), "gif", TRUE },
  { "TIFF, little end first", BYTES ("II*\0\10\0\0\0"), "tiff", TRUE },
  { "TIFF, big end first", BYTES ("MM\0*\0\0\0\10"), "tiff", TRUE },

  { "JPEG, start only", BYTES ("\xff\xd8\xff"), "jpeg", FALSE },
  { "JPEG, no scan", BYTES ("\xff\xd8\xff\xd9"), "jpeg", FALSE },
  { "JPEG, whole", BYTES ("\xff\xd8" JPEG_SCAN "data\xff\xd9"), "jpeg", TRUE },
  { "JPEG, with more after it", BYTES ("\xff\xd8" JPEG_SCAN "data\xff\xd9PK"), "jpeg", TRUE },
  { "JPEG, in the middle of its end", BYTES ("\xff\xd8" JPEG_SCAN "data\xff"), "jpeg", FALSE },
  { "JPEG, a stuffed byte", BYTES ("\xff\xd8" JPEG_SCAN "\xff\0\xd9"), "jpeg", FALSE },
  { "JPEG, restarts", BYTES ("\xff\xd8" JPEG_SCAN "a\xff\xd0g\xff\xd1z\xff\xd9"), "jpeg", TRUE },
  { "JPEG, two scans", BYTES ("\xff\xd8" JPEG_SCAN "a\xff\xc4\0\3x" JPEG_SCAN "b\xff\xd9"), "jpeg",
    TRUE },
  { "JPEG, the end of its thumbnail only",
    BYTES ("\xff\xd8\xff\xe1\0\6\xff\xd8\xff\xd9" JPEG_SCAN "da"), "jpeg", FALSE },
  { "JPEG, a segment longer than the file", BYTES ("\xff\xd8\xff\xe1\xff\xff!"), "jpeg", FALSE },
  { "JPEG, a segment of length 0", BYTES ("\xff\xd8\xff\xe1\0\0\0\0\0\0"), "jpeg", FALSE },
  { "JPEG, filled up", BYTES ("\xff\xd8\xff\xff\xff\xda\0\4\1\1a\xff\xd9"), "jpeg", TRUE },

  { "PNG, start only", BYTES (PNG_START), "png", FALSE },
  { "PNG, whole", BYTES (PNG_START PNG_HEAD PNG_END), "png", TRUE },
  { "PNG, with more after it", BYTES (PNG_START PNG_HEAD PNG_END "PK"), "png", TRUE },
  { "PNG, no end", BYTES (PNG_START PNG_HEAD), "png", FALSE },
  { "PNG, end inside a chunk", BYTES (PNG_START "\0\0\0\14tEXt\0\0\0\0IENDcrc!crc!"), "png",
    FALSE },
  { "PNG, a chunk longer than the file", BYTES (PNG_START "\xff\xff\xff\xffIDAT1234"), "png",
    FALSE },

  { "BMP, start only", BYTES ("BM"), "bmp", FALSE },
  { "BMP, whole", BYTES ("BM\10\0\0\0ab"), "bmp", TRUE },
  { "BMP, broken off", BYTES ("BM\11\0\0\0ab"), "bmp", FALSE },
  { "BMP, without its length", BYTES ("BM\0\0\0\0ab"), "bmp", TRUE },
};

static void
test_contents (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      const Content *content = &contents[i];
      /* A copy of its own, so that a read beyond the end is seen. */
      g_autoptr (GBytes) bytes = g_bytes_new (content->bytes, content->length);
      const char *format = desk_photo_format_find (bytes);

      test_expect_string (content->what, content->format, format);
      if (format != NULL)
        test_expect_int (content->what, content->is_whole,
                         desk_photo_format_is_whole (format, bytes));
    }
}

typedef struct
{
  const char *what;
  const char *bytes;
  gsize length;
  guint64 n_pixels;
} Size;

/* A 600 x 450 picture each, as ImageMagick writes its head. */
static const Size sizes[] = {
  { "HEIC",
    BYTES ("\0\0\0\x18"
           "ftypheic....ispe\0\0\0\0\0\0\2\x58\0\0\1\xc2"),
    600 * 450 },
  { "HEIC with a small picture too",
    BYTES ("\0\0\0\x18"
           "ftypheic....ispe\0\0\0\0\0\0\2\x58\0\0\1\xc2"
           "ispe\0\0\0\0\0\0\0\1\0\0\0\1"),
    600 * 450 },
  { "HEIC, broken off",
    BYTES ("\0\0\0\x18"
           "ftypheic....ispe\0\0\0\0\0\0\2\x58\0\0\1"),
    0 },
  { "WebP", BYTES ("RIFF....WEBPVP8 \xff\0\0\0\x30\1\0\x9d\1\x2a\x58\2\xc2\1"), 600 * 450 },
  { "WebP, lossless", BYTES ("RIFF....WEBPVP8L\xff\0\0\0\x2f\x57\x42\x70\0....."), 600 * 450 },
  { "WebP, extended", BYTES ("RIFF....WEBPVP8X\12\0\0\0\0\0\0\0\x57\2\0\xc1\1\0"), 600 * 450 },
  { "WebP, broken off", BYTES ("RIFF....WEBPVP8X\12\0\0\0\0\0\0\0\x57\2\0\xc1\1"), 0 },
  { "JPEG, which tells it itself", BYTES ("\xff\xd8\xff\xe0"), 0 },
};

static void
test_sizes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (sizes[i].bytes, sizes[i].length);

      test_expect_int (
          sizes[i].what, (gint64) sizes[i].n_pixels,
          (gint64) desk_photo_format_count_pixels (desk_photo_format_find (bytes), bytes));
    }
}

/* Whatever comes, it is read to its end and no further. */
static void
test_noise (void)
{
  for (int round = 0; round < 20000; round++)
    {
      const Content *content = &contents[round % (int) G_N_ELEMENTS (contents)];
      gsize length = content->length + (gsize) g_test_rand_int_range (0, 40);
      g_autofree guchar *data = g_malloc (length + 1);
      g_autoptr (GBytes) bytes = NULL;
      const char *format;

      for (gsize i = 0; i < length; i++)
        data[i] = i < content->length ? (guchar) content->bytes[i]
                                      : (guchar) g_test_rand_int_range (0, 256);
      if (length > 0)
        data[g_test_rand_int_range (0, (int) length)] = (guchar) g_test_rand_int_range (0, 256);
      bytes = g_bytes_new (data, length);
      format = desk_photo_format_find (bytes);
      if (format != NULL)
        {
          desk_photo_format_is_whole (format, bytes);
          desk_photo_format_count_pixels (format, bytes);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/photo-format/contents", test_contents);
  g_test_add_func ("/photo-format/sizes", test_sizes);
  g_test_add_func ("/photo-format/noise", test_noise);
  return g_test_run ();
}
