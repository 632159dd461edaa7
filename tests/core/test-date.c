/* test-date.c: a date as people type it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-date.h"
#include "test-helpers.h"

static const struct
{
  const char *text;
  const char *expected;
} table[] = {
  { "2020-05-07", "2020-05-07" },
  { "2020-5-7", "2020-05-07" },
  { " 2020/5/17 ", "2020-05-17" },
  { "2020.12.31", "2020-12-31" },
  { "2020年5月7日", "2020-05-07" },
  { "2020年5月7号", "2020-05-07" },
  { "２０２０年５月７日", "2020-05-07" },
  { "２０２０－５－７", "2020-05-07" },
  { "20200507", "2020-05-07" },
  { "20200229", "2020-02-29" },
  { "20190229", NULL },
  { "2020-13-01", NULL },
  { "2020-00-10", NULL },
  { "0000-01-01", NULL },
  { "0999-01-01", NULL },
  { "2020-5-32", NULL },
  { "2020-5", NULL },
  { "2020-5-7-", NULL },
  { "2020-5-7日子", NULL },
  { "202057", NULL },
  { "2020057", NULL },
  { "202005077", NULL },
  { "20-5-7", NULL },
  { "7.5.2020", NULL },
  { "yesterday", NULL },
  { "", NULL },
  { "\xff", NULL },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *came = reunion_date_read (table[i].text);

      test_expect_string (table[i].text, table[i].expected, came);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date/table", test_table);
  return g_test_run ();
}
