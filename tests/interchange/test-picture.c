/* test-picture.c: a picture that may go out to the public
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-picture.h"
#include "test-helpers.h"
#include "test-photos.h"

#define MARK "QZ-metadata-QZ"
#define SIGNATURE "\x89PNG\r\n\x1a\n"

/* Names, bodies, and whether they are kept. */
typedef struct
{
  const char *name;
  const char *body;
  gboolean is_kept;
} Chunk;

static void
append (GByteArray *to, const void *data, gsize length)
{
  g_byte_array_append (to, data, (guint) length);
}

static GBytes *
make_png (const Chunk *chunks, gsize n_chunks, gboolean kept_only)
{
  GByteArray *png = g_byte_array_new ();

  append (png, SIGNATURE, 8);
  for (gsize i = 0; i < n_chunks; i++)
    {
      guint32 length = GUINT32_TO_BE ((guint32) strlen (chunks[i].body));

      if (kept_only && !chunks[i].is_kept)
        continue;
      append (png, &length, 4);
      append (png, chunks[i].name, 4);
      append (png, chunks[i].body, strlen (chunks[i].body));
      append (png, "\1\2\3\4", 4);
    }
  return g_byte_array_free_to_bytes (png);
}

static GBytes *
make_webp (const Chunk *chunks, gsize n_chunks, gboolean kept_only, guint8 flags)
{
  GByteArray *webp = g_byte_array_new ();
  guint32 size;

  append (webp, "RIFF\0\0\0\0WEBP", 12);
  for (gsize i = 0; i < n_chunks; i++)
    {
      gboolean has_flags = strcmp (chunks[i].name, "VP8X") == 0;
      gsize n_bytes = has_flags ? 10 : strlen (chunks[i].body);
      guint32 length = GUINT32_TO_LE ((guint32) n_bytes);
      guint8 head[10] = { flags };

      if (kept_only && !chunks[i].is_kept)
        continue;
      append (webp, chunks[i].name, 4);
      append (webp, &length, 4);
      append (webp, has_flags ? (const void *) head : chunks[i].body, n_bytes);
      if (n_bytes % 2 == 1)
        append (webp, kept_only ? "\0" : "!", 1);
    }
  size = GUINT32_TO_LE (webp->len - 8);
  memcpy (webp->data + 4, &size, 4);
  return g_byte_array_free_to_bytes (webp);
}

static void
expect_bytes (const char *what, GBytes *expected, GBytes *came)
{
  if (came == NULL || !g_bytes_equal (expected, came))
    test_fail ("%s: expected %" G_GSIZE_FORMAT " bytes, came %" G_GSSIZE_FORMAT, what,
               g_bytes_get_size (expected), came != NULL ? (gssize) g_bytes_get_size (came) : -1);
}

static const Chunk png_chunks[] = {
  { "IHDR", "0123456789abc", TRUE },
  { "tEXt", "Author\1" MARK, FALSE },
  { "eXIf", MARK, FALSE },
  { "iCCP", MARK, FALSE },
  { "PLTE", "rgb", TRUE },
  { "tRNS", "a", TRUE },
  { "acTL", MARK, FALSE },
  { "IDAT", "pixels", TRUE },
  { "IDAT", "", TRUE },
  { "tIME", MARK, FALSE },
  { "IEND", "", TRUE },
};

static const Chunk webp_chunks[] = {
  { "VP8X", "", TRUE },     { "ICCP", MARK, FALSE }, { "ALPH", "odd", TRUE },
  { "VP8 ", "even", TRUE }, { "EXIF", MARK, FALSE }, { "XMP ", MARK "!", FALSE },
};

static void
test_png (void)
{
  g_autoptr (GBytes) png = make_png (png_chunks, G_N_ELEMENTS (png_chunks), FALSE);
  g_autoptr (GBytes) expected = make_png (png_chunks, G_N_ELEMENTS (png_chunks), TRUE);
  g_autoptr (GBytes) came = reunion_picture_strip (png);

  test_expect_string ("kind", "image/png", reunion_picture_sniff (png));
  expect_bytes ("PNG", expected, came);
}

static void
test_webp (void)
{
  /* With colour profile, transparency, EXIF and XMP. */
  g_autoptr (GBytes) webp = make_webp (webp_chunks, G_N_ELEMENTS (webp_chunks), FALSE, 0x3c);
  g_autoptr (GBytes) expected = make_webp (webp_chunks, G_N_ELEMENTS (webp_chunks), TRUE, 0x10);
  g_autoptr (GBytes) came = reunion_picture_strip (webp);
  static const Chunk moving[] = { { "VP8X", "", TRUE }, { "ANIM", "123456", TRUE } };
  g_autoptr (GBytes) moving_webp = make_webp (moving, G_N_ELEMENTS (moving), FALSE, 0x02);

  test_expect_string ("kind", "image/webp", reunion_picture_sniff (webp));
  expect_bytes ("WebP", expected, came);
  test_expect_int ("moving", TRUE, reunion_picture_strip (moving_webp) == NULL);
}

static void
test_jpeg (void)
{
  g_autoptr (GBytes) photo = test_photo_load ("zhijin-boy.jpg");
  g_autoptr (GBytes) marked = test_photo_with_metadata (photo, 6);
  g_autoptr (GBytes) came = reunion_picture_strip (marked);

  test_expect_string ("kind", "image/jpeg", reunion_picture_sniff (marked));
  g_assert_nonnull (came);
  test_expect_int ("before", TRUE, test_bytes_hold (marked, TEST_PHOTO_MARKER));
  test_expect_int ("after", FALSE, test_bytes_hold (came, TEST_PHOTO_MARKER));
}

/* Cut off anywhere: nothing, or what is no more than a whole picture. */
static void
test_damaged (void)
{
  g_autoptr (GBytes) png = make_png (png_chunks, G_N_ELEMENTS (png_chunks), FALSE);
  g_autoptr (GBytes) webp = make_webp (webp_chunks, G_N_ELEMENTS (webp_chunks), FALSE, 0x3c);
  GBytes *const pictures[] = { png, webp };

  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    for (gsize length = 0; length < g_bytes_get_size (pictures[i]); length++)
      {
        g_autoptr (GBytes) cut = g_bytes_new (g_bytes_get_data (pictures[i], NULL), length);
        g_autoptr (GBytes) came = reunion_picture_strip (cut);

        if (came != NULL)
          test_fail ("picture %" G_GSIZE_FORMAT " cut to %" G_GSIZE_FORMAT
                     " bytes: expected nothing",
                     i, length);
      }
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    for (gsize at = 0; at < g_bytes_get_size (pictures[i]); at++)
      {
        gsize length;
        g_autofree guint8 *data = NULL;
        g_autoptr (GBytes) changed = NULL;
        g_autoptr (GBytes) came = NULL;

        length = g_bytes_get_size (pictures[i]);
        data = g_memdup2 (g_bytes_get_data (pictures[i], NULL), length);
        data[at] ^= 0xff;
        changed = g_bytes_new (data, length);
        came = reunion_picture_strip (changed);
        if (came != NULL && g_bytes_get_size (came) > length)
          test_fail ("picture %" G_GSIZE_FORMAT " changed at %" G_GSIZE_FORMAT ": it grew", i, at);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/png", test_png);
  g_test_add_func ("/picture/webp", test_webp);
  g_test_add_func ("/picture/jpeg", test_jpeg);
  g_test_add_func ("/picture/damaged", test_damaged);
  return g_test_run ();
}
