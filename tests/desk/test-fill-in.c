/* test-fill-in.c: what a resident ID number says of other entries
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-fill-in.h"
#include "desk-test-utils.h"
#include "test-helpers.h"

/* 20 November 2026, 15:00 in China. */
#define NOW_USEC (G_GINT64_CONSTANT (1795158000) * G_USEC_PER_SEC)

static void
apply (DeskFillIn *fill_in, ReunionReport *report, const char *number)
{
  reunion_report_set_text (report, REUNION_FIELD_RESIDENT_ID, number);
  for (gsize i = 0; i < G_N_ELEMENTS (desk_fill_in_fields); i++)
    desk_fill_in_apply (fill_in, report, desk_fill_in_fields[i], NOW_USEC);
}

static void
expect (ReunionReport *report, const char *birth_date, const char *sex, int age_years)
{
  test_expect_string ("birth date", birth_date,
                      reunion_report_get_text (report, REUNION_FIELD_BIRTH_DATE));
  test_expect_string ("sex", sex, reunion_report_get_text (report, REUNION_FIELD_SEX));
  test_expect_int ("age", age_years, reunion_report_get_int (report, REUNION_FIELD_AGE_YEARS, -1));
}

static void
test_follows (void)
{
  g_autoptr (ReunionReport) report = reunion_report_new ();
  g_autoptr (DeskFillIn) fill_in = desk_fill_in_new (report, NOW_USEC);

  apply (fill_in, report, NULL);
  expect (report, NULL, NULL, -1);
  apply (fill_in, report, DESK_TEST_BAD_ID);
  expect (report, NULL, NULL, -1);
  apply (fill_in, report, DESK_TEST_BOY_ID);
  expect (report, "2003-05-17", "male", 23);
  /* Half typed, it says nothing, and takes nothing back. */
  apply (fill_in, report, "11010520");
  expect (report, "2003-05-17", "male", 23);
  apply (fill_in, report, DESK_TEST_GIRL_ID);
  expect (report, "2012-03-02", "female", 14);
}

static void
test_entered_stays (void)
{
  g_autoptr (ReunionReport) report = reunion_report_new ();
  g_autoptr (DeskFillIn) fill_in = desk_fill_in_new (report, NOW_USEC);

  reunion_report_set_text (report, REUNION_FIELD_SEX, "male");
  apply (fill_in, report, DESK_TEST_BOY_ID);
  expect (report, "2003-05-17", "male", 23);
  /* That the first number agreed does not make it the number's. */
  apply (fill_in, report, DESK_TEST_GIRL_ID);
  expect (report, "2012-03-02", "male", 14);

  reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, 12);
  reunion_report_set_text (report, REUNION_FIELD_BIRTH_DATE, "2014-01-01");
  apply (fill_in, report, DESK_TEST_BOY_ID);
  expect (report, "2014-01-01", "male", 12);
}

/* What was taken out again is filled in again. */
static void
test_emptied (void)
{
  g_autoptr (ReunionReport) report = reunion_report_new ();
  g_autoptr (DeskFillIn) fill_in = desk_fill_in_new (report, NOW_USEC);

  apply (fill_in, report, DESK_TEST_BOY_ID);
  reunion_report_unset (report, REUNION_FIELD_SEX);
  reunion_report_unset (report, REUNION_FIELD_AGE_YEARS);
  apply (fill_in, report, DESK_TEST_BOY_ID);
  expect (report, "2003-05-17", "male", 23);
}

static void
test_reopened (void)
{
  g_autoptr (ReunionReport) report = reunion_report_new ();
  g_autoptr (DeskFillIn) first = desk_fill_in_new (report, NOW_USEC);
  g_autoptr (DeskFillIn) second = NULL;

  apply (first, report, DESK_TEST_BOY_ID);
  reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, 20);
  second = desk_fill_in_new (report, NOW_USEC);
  apply (second, report, DESK_TEST_GIRL_ID);
  expect (report, "2012-03-02", "female", 20);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fill-in/follows", test_follows);
  g_test_add_func ("/fill-in/entered-stays", test_entered_stays);
  g_test_add_func ("/fill-in/emptied", test_emptied);
  g_test_add_func ("/fill-in/reopened", test_reopened);
  return g_test_run ();
}
