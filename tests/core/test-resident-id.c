/* test-resident-id.c: the resident identity number of GB 11643
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-resident-id.h"
#include "test-helpers.h"

#define LENGTH REUNION_RESIDENT_ID_ERROR_LENGTH
#define CHARACTER REUNION_RESIDENT_ID_ERROR_CHARACTER
#define REGION REUNION_RESIDENT_ID_ERROR_REGION
#define DATE REUNION_RESIDENT_ID_ERROR_DATE
#define CHECK REUNION_RESIDENT_ID_ERROR_CHECK

/* 24 November 2026, one second before midnight in China. */
static gint64
today_usec (void)
{
  return test_utc_usec (2026, 11, 24, 15, 59, 59);
}

static const struct
{
  const char *text;
  const char *number;
  const char *birth_date;
  gboolean is_male;
} valid[] = {
  { "11010519491231002X", "11010519491231002X", "1949-12-31", FALSE },
  { "11010519491231002x", "11010519491231002X", "1949-12-31", FALSE },
  { "520524200305170016", "520524200305170016", "2003-05-17", TRUE },
  { " 520524 20030517 0016\n", "520524200305170016", "2003-05-17", TRUE },
  { "520524-20030517-0016", "520524200305170016", "2003-05-17", TRUE },
  { "５２０５２４２００３０５１７００１６", "520524200305170016", "2003-05-17", TRUE },
  { "110105　19491231　002Ｘ", "11010519491231002X", "1949-12-31", FALSE },
  { "11010519491231002ｘ", "11010519491231002X", "1949-12-31", FALSE },
  { "131102201602290017", "131102201602290017", "2016-02-29", TRUE },
  { "370102190002280029", "370102190002280029", "1900-02-28", FALSE },
  { "460105200012310997", "460105200012310997", "2000-12-31", TRUE },
  { "110105185001010013", "110105185001010013", "1850-01-01", TRUE },
  /* Residence permits for people from Taiwan. */
  { "830102199001010010", "830102199001010010", "1990-01-01", TRUE },
  /* Born today. */
  { "110105202611240010", "110105202611240010", "2026-11-24", TRUE },
};

static void
test_valid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      ReunionResidentId id = { 0 };
      g_autofree char *region = g_strndup (valid[i].number, 6);
      g_autoptr (GError) error = NULL;

      if (!reunion_resident_id_parse (valid[i].text, today_usec (), &id, &error))
        {
          test_fail ("%s: expected a number, came “%s”", valid[i].text, error->message);
          continue;
        }
      test_expect_string (valid[i].text, valid[i].number, id.number);
      test_expect_string (valid[i].text, region, id.region);
      test_expect_string (valid[i].text, valid[i].birth_date, id.birth_date);
      test_expect_int (valid[i].text, valid[i].is_male, id.is_male);
    }
}

static const struct
{
  const char *text;
  ReunionResidentIdError error;
  const char *names; /* what the sentence has to say */
} wrong[] = {
  { "", LENGTH, "18" },
  { "   ", LENGTH, "18" },
  { "110105491231002", LENGTH, "15" }, /* the old form of 15 digits */
  { "11010519491231002", LENGTH, "17" },
  { "11010519491231002XX", LENGTH, "19" },
  { "1101051949123100200000000000000000000000000", LENGTH, "43" },
  { "Zhang San", LENGTH, "8" },
  { "1101051949123100ZX", CHARACTER, "Z" },
  { "11010519491231002A", CHARACTER, "A" },
  { "张10105194912310021", CHARACTER, "张" },
  { "110105194912310O2X", CHARACTER, "O" },
  { "11010519491231002.", CHARACTER, "." },
  { "110105194912310X21", CHARACTER, "X" },
  { "X1010519491231002X", CHARACTER, "X" },
  { "00010119900101001X", REGION, "00" },
  { "990101199001010010", REGION, "99" },
  { "110105201402290012", DATE, "20140229" },
  { "131102190002290020", DATE, "19000229" },
  { "131102201613010017", DATE, "20161301" },
  { "131102201604310018", DATE, "20160431" },
  { "131102201600010018", DATE, "20160001" },
  { "131102201601000014", DATE, "20160100" },
  { "110105184912310012", DATE, "18491231" },
  { "110105000001010012", DATE, "00000101" },
  { "110105999912310012", DATE, "99991231" },
  { "110105202611250016", DATE, "20261125" }, /* tomorrow */
  { "110105194912310021", CHECK, "X" },
  { "520524200305170017", CHECK, "6" },
  { "520524200305170106", CHECK, "not 6" }, /* two digits exchanged */
  { "52052420030517001X", CHECK, "not X" },
};

static void
test_wrong (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      ReunionResidentId id = { 0 };
      g_autoptr (GError) error = NULL;

      if (reunion_resident_id_parse (wrong[i].text, today_usec (), &id, &error))
        test_fail ("“%s”: expected a refusal, came %s", wrong[i].text, id.number);
      test_expect_error_names (wrong[i].text, REUNION_RESIDENT_ID_ERROR, wrong[i].error,
                               wrong[i].names, &error);
    }
}

/* The day turns in China, whatever the zone of the PC. */
static void
test_midnight (void)
{
  ReunionResidentId id;

  g_assert_false (reunion_resident_id_parse ("110105202611250016", today_usec (), &id, NULL));
  g_assert_true (
      reunion_resident_id_parse ("110105202611250016", today_usec () + G_USEC_PER_SEC, &id, NULL));
}

/* GB 11643: the check character for each remainder 0 to 10. */
static void
test_check_table (void)
{
  static const char *const numbers[] = {
    "110105200001010091", "110105200001010040", "11010520000101018X", "110105200001010059",
    "110105200001010198", "110105200001010067", "110105200001010016", "110105200001010075",
    "110105200001010024", "110105200001010083", "110105200001010032",
  };
  const char *table = "10X98765432";

  for (int i = 0; i < 11; i++)
    {
      g_assert_cmpint (numbers[i][17], ==, table[i]);
      for (int last = 0; last < 11; last++)
        {
          g_autofree char *number = g_strdup (numbers[i]);
          ReunionResidentId id;
          g_autoptr (GError) error = NULL;
          gboolean holds;

          number[17] = table[last];
          holds = reunion_resident_id_parse (number, today_usec (), &id, &error);
          if (holds != (last == i))
            test_fail ("%s: expected %s, came %s", number, last == i ? "valid" : "wrong",
                       holds ? "valid" : error->message);
        }
      test_expect_int (numbers[i], table[i], reunion_resident_id_check_character (numbers[i]));
    }
}

/* Every single wrong digit and every exchange of neighbours is noticed, by
 * whichever check. */
static void
test_slips (void)
{
  const char *number = "520524200305170016";
  ReunionResidentId id;

  for (int at = 0; at < 18; at++)
    for (char digit = '0'; digit <= '9'; digit++)
      {
        g_autofree char *slip = g_strdup (number);

        slip[at] = digit;
        if (digit != number[at] && reunion_resident_id_parse (slip, today_usec (), &id, NULL))
          test_fail ("%s: the wrong digit passed", slip);
      }
  for (int at = 0; at < 17; at++)
    {
      g_autofree char *slip = g_strdup (number);

      slip[at] = number[at + 1];
      slip[at + 1] = number[at];
      if (slip[at] != number[at] && reunion_resident_id_parse (slip, today_usec (), &id, NULL))
        test_fail ("%s: the exchange passed", slip);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/resident-id/valid", test_valid);
  g_test_add_func ("/resident-id/wrong", test_wrong);
  g_test_add_func ("/resident-id/midnight", test_midnight);
  g_test_add_func ("/resident-id/check-table", test_check_table);
  g_test_add_func ("/resident-id/slips", test_slips);
  return g_test_run ();
}
