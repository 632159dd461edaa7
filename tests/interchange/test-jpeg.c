/* test-jpeg.c: a JPEG picture without what is no picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-jpeg.h"
#include "test-helpers.h"
#include "test-photos.h"

static const char *const beside[] = { "JFIF", "Exif", TEST_PHOTO_MARKER, "GPS" };

static void
test_strip (void)
{
  g_autoptr (GBytes) plain = test_photo_load ("zhijin-boy.jpg");
  g_autoptr (GBytes) full = test_photo_with_metadata (plain, 1);
  g_autoptr (GBytes) from_plain = reunion_jpeg_strip (plain);
  g_autoptr (GBytes) from_full = reunion_jpeg_strip (full);
  g_autoptr (GBytes) again = NULL;

  g_assert_true (test_bytes_hold (full, TEST_PHOTO_MARKER));
  g_assert_nonnull (from_plain);
  g_assert_nonnull (from_full);
  for (gsize i = 0; i < G_N_ELEMENTS (beside); i++)
    if (test_bytes_hold (from_full, beside[i]))
      test_fail ("“%s” is left in the photo", beside[i]);
  /* The picture itself is the same, byte for byte. */
  g_assert_true (g_bytes_equal (from_plain, from_full));
  g_assert_cmpuint (g_bytes_get_size (from_plain), >, g_bytes_get_size (plain) - 1000);
  again = reunion_jpeg_strip (from_full);
  g_assert_true (g_bytes_equal (from_full, again));
}

static void
test_refused (void)
{
  static const struct
  {
    const char *what;
    const char *bytes;
    gsize size;
  } cases[] = {
    { "nothing", "", 0 },
    { "a PNG", "\x89PNG\r\n\x1a\n", 8 },
    { "no segment", "\xff\xd8", 2 },
    { "no picture", "\xff\xd8\xff\xd9", 4 },
    { "a length that lies", "\xff\xd8\xff\xdb\xff\xff\x00\xff\xd9", 9 },
    { "a length of nothing", "\xff\xd8\xff\xdb\x00\x00\xff\xd9", 8 },
    { "arithmetic coding", "\xff\xd8\xff\xc9\x00\x08\x08\x00\x01\x00\x01\x01\xff\xd9", 14 },
    { "four colours", "\xff\xd8\xff\xc0\x00\x08\x08\x00\x01\x00\x01\x04\xff\xd9", 14 },
    { "twelve bits", "\xff\xd8\xff\xc0\x00\x08\x0c\x00\x01\x00\x01\x01\xff\xd9", 14 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].bytes, cases[i].size);
      g_autoptr (GBytes) stripped = reunion_jpeg_strip (bytes);

      if (stripped != NULL)
        test_fail ("%s: expected none, came %zu bytes", cases[i].what, g_bytes_get_size (stripped));
    }
}

/* Cut off anywhere: never a photo, never a byte read past the end. */
static void
test_cut_off (void)
{
  g_autoptr (GBytes) whole = test_photo_load ("zhijin-boy.jpg");
  gsize size = g_bytes_get_size (whole);

  for (gsize length = 0; length < size; length += length < 1000 ? 1 : 97)
    {
      /* A copy of its own, so that its end is the end. */
      g_autoptr (GBytes) cut = g_bytes_new (g_bytes_get_data (whole, NULL), length);
      g_autoptr (GBytes) stripped = reunion_jpeg_strip (cut);

      if (stripped != NULL)
        test_fail ("the first %zu of %zu bytes were taken as a whole photo", length, size);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jpeg/strip", test_strip);
  g_test_add_func ("/jpeg/refused", test_refused);
  g_test_add_func ("/jpeg/cut-off", test_cut_off);
  return g_test_run ();
}
