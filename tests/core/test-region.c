/* test-region.c: provinces by their GB/T 2260 code
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-region.h"
#include "test-helpers.h"

static const struct
{
  const char *region;
  const char *name; /* NULL: no province */
} cases[] = {
  { "11", "Beijing" },
  { "110105", "Beijing" },
  { "131102", "Hebei" },
  { "340102", "Anhui" },
  { "34", "Anhui" },
  { "410782", "Henan" },
  { "520524-01", "Guizhou" },
  { "710000", "Taiwan" },
  { "810000", "Hong Kong" },
  { "82", "Macao" },
  { "659001", "Xinjiang" },
  { "530102197010", "Yunnan" },
  { NULL, NULL },
  { "", NULL },
  { "3", NULL },
  { "00", NULL },
  { "10", NULL },
  { "16", NULL },
  { "83", NULL },
  { "99", NULL },
  { "ab", NULL },
  { "安徽", NULL },
};

static void
test_find (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const ReunionProvince *province = reunion_province_find (cases[i].region);

      test_expect_string (cases[i].region != NULL ? cases[i].region : "(NULL)", cases[i].name,
                          province != NULL ? province->name : NULL);
    }
}

static void
test_all (void)
{
  gsize n_provinces = 0;
  const ReunionProvince *all = reunion_province_get_all (&n_provinces);

  g_assert_true (all == reunion_province_get_all (NULL));
  g_assert_cmpuint (n_provinces, ==, 34);
  for (gsize i = 0; i < n_provinces; i++)
    {
      g_assert_cmpuint (strlen (all[i].code), ==, 2);
      if (i > 0)
        g_assert_cmpstr (all[i - 1].code, <, all[i].code);
      g_assert_true (reunion_province_find (all[i].code) == &all[i]);
      /* In the tests' locale the label is the name. */
      test_expect_string (all[i].code, all[i].name, reunion_province_get_label (&all[i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/region/find", test_find);
  g_test_add_func ("/region/all", test_all);
  return g_test_run ();
}
