/* test-photo.c: a photo of the missing person, by reference
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-photo.h"
#include "test-helpers.h"

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
test_usable (void)
{
  static const struct
  {
    guint width_px, height_px;
    gboolean is_usable;
  } cases[] = {
    { 400, 400, TRUE },  { 399, 400, FALSE },  { 400, 399, FALSE },
    { 3000, 400, TRUE }, { 3000, 399, FALSE }, { 399, 3000, FALSE },
    { 400, 3000, TRUE }, { 0, 0, FALSE },      { 65535, 65535, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ReunionPhoto) photo
          = reunion_photo_new (HASH, "image/jpeg", cases[i].width_px, cases[i].height_px);
      g_autofree char *what = g_strdup_printf ("%u x %u px", cases[i].width_px, cases[i].height_px);

      test_expect_int (what, cases[i].is_usable, reunion_photo_is_usable (photo));
      test_expect_int (what, cases[i].width_px, reunion_photo_get_width_px (photo));
      test_expect_int (what, cases[i].height_px, reunion_photo_get_height_px (photo));
    }
}

static void
test_hash (void)
{
  static const char *const strange[] = {
    "",
    "0123",
    HASH "0",
    "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
    "0123456789abcdeg0123456789abcdef0123456789abcdef0123456789abcdef",
    "../../../../../../../../../../../../../../../../../../etc/passwd",
    " 123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  };

  g_assert_true (reunion_photo_is_sha256 (HASH));
  g_assert_false (reunion_photo_is_sha256 (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (strange); i++)
    if (reunion_photo_is_sha256 (strange[i]))
      test_fail ("“%s” was taken for a hash", strange[i]);
}

static void
test_references (void)
{
  char hash[] = HASH;
  ReunionPhoto *photo = reunion_photo_new (hash, "image/png", 500, 600);
  g_autoptr (ReunionPhoto) other = reunion_photo_ref (photo);

  hash[0] = 'f';
  reunion_photo_unref (photo);
  test_expect_string ("hash", HASH, reunion_photo_get_sha256 (other));
  test_expect_string ("media type", "image/png", reunion_photo_get_media_type (other));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/photo/usable", test_usable);
  g_test_add_func ("/photo/hash", test_hash);
  g_test_add_func ("/photo/references", test_references);
  return g_test_run ();
}
