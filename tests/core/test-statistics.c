/* test-statistics.c: how many were issued, how many found, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-statistics.h"
#include "reunion-time.h"
#include "test-helpers.h"

static guint
column_of (char **header, const char *name)
{
  for (guint i = 0; header[i] != NULL; i++)
    if (strcmp (header[i], name) == 0)
      return i;
  g_error ("first-year.csv has no column %s", name);
}

/* The figures that were published for 15 May 2016 to 15 May 2017. */
static void
test_first_year (void)
{
  static const struct
  {
    ReunionOutcome outcome;
    guint n_cases;
  } published[] = {
    { REUNION_OUTCOME_LEFT_HOME, 750 }, { REUNION_OUTCOME_LOST, 192 },
    { REUNION_OUTCOME_DROWNED, 75 },    { REUNION_OUTCOME_SCHOOLMATES, 67 },
    { REUNION_OUTCOME_RESCUED, 40 },    { REUNION_OUTCOME_KILLED, 29 },
    { REUNION_OUTCOME_ACCIDENT, 7 },    { REUNION_OUTCOME_OTHER, 114 },
    { REUNION_OUTCOME_NONE, 43 },
  };
  g_autoptr (GPtrArray) rows = test_read_rows ("data/sample/first-year.csv", ",");
  g_autoptr (ReunionStatistics) statistics = reunion_statistics_new ();
  gint64 from_usec = test_utc_usec (2016, 5, 14, 16, 0, 0);
  gint64 to_usec = test_utc_usec (2017, 5, 14, 16, 0, 0);
  guint region = column_of (rows->pdata[0], "region");
  guint outcome_column = column_of (rows->pdata[0], "outcome");
  guint issued = column_of (rows->pdata[0], "issued");
  const ReunionTally *total, *anhui;

  for (guint i = 1; i < rows->len; i++)
    {
      char **row = rows->pdata[i];
      ReunionOutcome outcome;
      gint64 issued_usec = 0;

      if (!reunion_outcome_from_key (row[outcome_column], &outcome)
          || !reunion_time_from_rfc3339 (row[issued], &issued_usec))
        g_error ("row %u: %s, %s", i, row[outcome_column], row[issued]);
      g_assert_cmpint (issued_usec, >=, from_usec);
      g_assert_cmpint (issued_usec, <, to_usec);
      reunion_statistics_add (statistics, row[region], outcome, 1);
    }
  total = reunion_statistics_get_total (statistics);
  test_expect_int ("issued", 1317, total->issued);
  test_expect_int ("found", 1274, reunion_tally_get_found (total));
  test_expect_near ("found, per cent", 96.74, reunion_tally_get_found_percent (total), 0.005);
  for (gsize i = 0; i < G_N_ELEMENTS (published); i++)
    test_expect_int (reunion_outcome_to_key (published[i].outcome), published[i].n_cases,
                     total->by_outcome[published[i].outcome]);
  anhui = reunion_statistics_get_province (statistics, "340000");
  g_assert_nonnull (anhui);
  test_expect_int ("Anhui, issued", 149, anhui->issued);
  test_expect_int ("Anhui, found", 146, reunion_tally_get_found (anhui));
  test_expect_near ("Anhui, per cent", 97.99, reunion_tally_get_found_percent (anhui), 0.005);
}

/* Two and three years, as the counts alone give them. */
static void
test_later_years (void)
{
  static const struct
  {
    guint issued, found;
    double percent;
  } years[] = { { 3053, 2980, 97.6 }, { 3978, 3901, 98.1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (years); i++)
    {
      g_autoptr (ReunionStatistics) statistics = reunion_statistics_new ();
      const ReunionTally *total = reunion_statistics_get_total (statistics);

      reunion_statistics_add (statistics, NULL, REUNION_OUTCOME_OTHER, years[i].found);
      reunion_statistics_add (statistics, NULL, REUNION_OUTCOME_NONE,
                              years[i].issued - years[i].found);
      test_expect_int ("issued", years[i].issued, total->issued);
      test_expect_int ("found", years[i].found, reunion_tally_get_found (total));
      test_expect_near ("per cent", years[i].percent, reunion_tally_get_found_percent (total),
                        0.05);
    }
}

static void
test_regions (void)
{
  g_autoptr (ReunionStatistics) statistics = reunion_statistics_new ();

  reunion_statistics_add (statistics, "520524", REUNION_OUTCOME_LEFT_HOME, 2);
  reunion_statistics_add (statistics, "52", REUNION_OUTCOME_NONE, 1);
  reunion_statistics_add (statistics, "5", REUNION_OUTCOME_LOST, 1);
  reunion_statistics_add (statistics, NULL, REUNION_OUTCOME_LOST, 1);
  reunion_statistics_add (statistics, "999999", REUNION_OUTCOME_LOST, 1);
  test_expect_int ("nation", 6, reunion_statistics_get_total (statistics)->issued);
  test_expect_int ("nation, lost", 3,
                   reunion_statistics_get_total (statistics)->by_outcome[REUNION_OUTCOME_LOST]);
  test_expect_int ("Guizhou", 3, reunion_statistics_get_province (statistics, "520102")->issued);
  test_expect_int ("Guizhou, found", 2,
                   reunion_tally_get_found (reunion_statistics_get_province (statistics, "52")));
  g_assert_null (reunion_statistics_get_province (statistics, "11"));
  g_assert_null (reunion_statistics_get_province (statistics, "99"));
  g_assert_null (reunion_statistics_get_province (statistics, NULL));
}

static void
test_empty (void)
{
  g_autoptr (ReunionStatistics) statistics = reunion_statistics_new ();
  const ReunionTally *total = reunion_statistics_get_total (statistics);

  test_expect_int ("found", 0, reunion_tally_get_found (total));
  test_expect_near ("per cent", 0.0, reunion_tally_get_found_percent (total), 0.0);
  test_expect_int ("from", 0, reunion_statistics_get_from_usec (statistics));
  reunion_statistics_set_period (statistics, 3, 9);
  test_expect_int ("from", 3, reunion_statistics_get_from_usec (statistics));
  test_expect_int ("to", 9, reunion_statistics_get_to_usec (statistics));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statistics/first-year", test_first_year);
  g_test_add_func ("/statistics/later-years", test_later_years);
  g_test_add_func ("/statistics/regions", test_regions);
  g_test_add_func ("/statistics/empty", test_empty);
  return g_test_run ();
}
