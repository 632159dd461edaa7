/* test-policy.c: the escalation rule
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-case.h"
#include "reunion-policy.h"
#include "test-helpers.h"

#define SECONDS(h, m, s) (((h) *3600LL + (m) *60LL + (s)) * REUNION_SECOND_USEC)

static const struct
{
  gint64 elapsed_usec;
  double radius_km;
  gint64 next_usec;
} national_cases[] = {
  { SECONDS (0, 0, 0), 100, SECONDS (1, 0, 0) },
  { SECONDS (0, 59, 59), 100, SECONDS (1, 0, 0) },
  { SECONDS (1, 0, 0) - 1, 100, SECONDS (1, 0, 0) },
  { SECONDS (1, 0, 0), 200, SECONDS (2, 0, 0) },
  { SECONDS (1, 59, 59), 200, SECONDS (2, 0, 0) },
  { SECONDS (2, 0, 0) - 1, 200, SECONDS (2, 0, 0) },
  { SECONDS (2, 0, 0), 300, SECONDS (3, 0, 0) },
  { SECONDS (2, 59, 59), 300, SECONDS (3, 0, 0) },
  { SECONDS (3, 0, 0) - 1, 300, SECONDS (3, 0, 0) },
  { SECONDS (3, 0, 0), 500, -1 },
  { 30 * REUNION_DAY_USEC, 500, -1 },
  { G_MAXINT64, 500, -1 },
  /* A clock that runs behind. */
  { -1, 100, SECONDS (1, 0, 0) },
  { -SECONDS (5, 0, 0), 100, SECONDS (1, 0, 0) },
  { G_MININT64, 100, SECONDS (1, 0, 0) },
};

static void
test_national (void)
{
  ReunionPolicy *policy = reunion_policy_get_national ();

  g_assert_true (policy == reunion_policy_get_national ());
  for (gsize i = 0; i < G_N_ELEMENTS (national_cases); i++)
    {
      gint64 elapsed_usec = national_cases[i].elapsed_usec;
      g_autofree char *what = g_strdup_printf ("%" G_GINT64_FORMAT " us", elapsed_usec);

      test_expect_near (what, national_cases[i].radius_km,
                        reunion_policy_radius_km_at (policy, elapsed_usec), 0.0);
      test_expect_int (what, national_cases[i].next_usec,
                       reunion_policy_next_change_usec (policy, elapsed_usec));
    }
}

/* The rule as it is written down, at every second of four hours. */
static void
test_every_second (void)
{
  ReunionPolicy *policy = reunion_policy_get_national ();

  for (int second = 0; second <= 4 * 3600; second++)
    {
      double expected = second < 3600 ? 100 : second < 7200 ? 200 : second < 10800 ? 300 : 500;
      guint expected_id = second < 10800 ? (guint) second / 3600 + 1 : 4;
      const ReunionStage *stage = reunion_policy_stage_at (policy, second * REUNION_SECOND_USEC);

      if (stage->id != expected_id || fabs (stage->radius_km - expected) > 0.0)
        test_fail ("second %d: expected stage %u of %g km, came %u of %g km", second, expected_id,
                   expected, stage->id, stage->radius_km);
    }
}

static const struct
{
  const char *what;
  gsize n_stages;
  ReunionStage stages[3];
  ReunionPolicyError error;
} bad_tables[] = {
  { "no stage", 0, { { 0 } }, REUNION_POLICY_ERROR_EMPTY },
  { "starts late", 1, { { 0, 1, 100 } }, REUNION_POLICY_ERROR_START },
  { "starts before the loss", 1, { { 0, -1, 100 } }, REUNION_POLICY_ERROR_START },
  { "unsorted", 3, { { 0, 0, 100 }, { 0, 20, 200 }, { 0, 10, 300 } }, REUNION_POLICY_ERROR_ORDER },
  { "twice the same time", 2, { { 0, 0, 100 }, { 0, 0, 200 } }, REUNION_POLICY_ERROR_ORDER },
  { "shrinks", 2, { { 0, 0, 200 }, { 0, 10, 100 } }, REUNION_POLICY_ERROR_ORDER },
  { "does not grow", 2, { { 0, 0, 200 }, { 0, 10, 200 } }, REUNION_POLICY_ERROR_ORDER },
  { "later stage negative", 2, { { 0, 0, 200 }, { 0, -10, 300 } }, REUNION_POLICY_ERROR_ORDER },
  { "radius zero", 1, { { 0, 0, 0 } }, REUNION_POLICY_ERROR_RADIUS },
  { "radius negative", 1, { { 0, 0, -100 } }, REUNION_POLICY_ERROR_RADIUS },
  { "radius NaN", 1, { { 0, 0, NAN } }, REUNION_POLICY_ERROR_RADIUS },
  { "second radius NaN", 2, { { 0, 0, 10 }, { 0, 10, NAN } }, REUNION_POLICY_ERROR_RADIUS },
  { "radius infinite", 1, { { 0, 0, INFINITY } }, REUNION_POLICY_ERROR_RADIUS },
  { "larger than the Earth", 1, { { 0, 0, 20000.1 } }, REUNION_POLICY_ERROR_RADIUS },
};

static void
test_bad_tables (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_tables); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ReunionPolicy) policy
          = reunion_policy_new (bad_tables[i].stages, bad_tables[i].n_stages, &error);

      if (policy != NULL)
        test_fail ("%s: expected a refusal, came a policy", bad_tables[i].what);
      test_expect_error (bad_tables[i].what, REUNION_POLICY_ERROR, bad_tables[i].error, &error);
    }
}

static void
test_own_table (void)
{
  /* The ids in the rows are not used. */
  ReunionStage stages[] = { { 7, 0, 5 }, { 7, SECONDS (0, 30, 0), 20000 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionPolicy) policy = reunion_policy_new (stages, 2, &error);
  g_autoptr (ReunionPolicy) same = reunion_policy_new (stages, 2, NULL);
  g_autoptr (ReunionPolicy) other = NULL;
  ReunionReviewLevel levels[] = { { 2, 7 }, { 0, 0 } };
  g_autoptr (ReunionPolicy) own = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (reunion_policy_get_n_stages (policy), ==, 2);
  g_assert_cmpuint (reunion_policy_get_stage (policy, 0)->id, ==, 1);
  g_assert_cmpuint (reunion_policy_get_stage (policy, 1)->id, ==, 2);
  test_expect_near ("first", 5, reunion_policy_radius_km_at (policy, SECONDS (0, 29, 59)), 0.0);
  test_expect_near ("second", 20000, reunion_policy_radius_km_at (policy, SECONDS (0, 30, 0)), 0.0);

  stages[0].radius_km = 6;
  other = reunion_policy_new (stages, 2, NULL);
  test_expect_near ("a copy was taken", 5, reunion_policy_get_stage (policy, 0)->radius_km, 0.0);
  g_assert_true (reunion_policy_equal (policy, same));
  g_assert_cmpuint (reunion_policy_get_n_levels (policy), ==, 4);
  own = reunion_policy_new_with_levels (stages, 2, levels, 2, &error);
  g_assert_no_error (error);
  levels[0].region_digits = 5;
  g_assert_cmpuint (reunion_policy_get_level (own, 0)->region_digits, ==, 2);
  g_assert_cmpint (reunion_policy_get_level (own, 0)->wait_usec, ==, 7);
  g_assert_false (reunion_policy_equal (other, own));
  g_assert_false (reunion_policy_equal (policy, other));
  g_assert_false (reunion_policy_equal (policy, reunion_policy_get_national ()));
}

/* A case whose approval came late starts where its clock is. */
static void
test_late_approval (void)
{
  static const struct
  {
    gint64 late_usec;
    double radius_km;
    guint stage;
  } cases[] = {
    { SECONDS (0, 10, 0), 100, 1 },    { SECONDS (1, 30, 0), 200, 2 },
    { SECONDS (2, 59, 59), 300, 3 },   { SECONDS (17, 0, 0), 500, 4 },
    { 10 * REUNION_DAY_USEC, 500, 4 },
  };
  gint64 lost_usec = test_utc_usec (2016, 5, 20, 3, 0, 0);
  ReunionPolicy *policy = reunion_policy_get_national ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ReunionCase) case_ = reunion_case_new ("3f2504e0-4f89-41d3-9a0c-0305e82c3301");
      gint64 approved_usec = lost_usec + cases[i].late_usec;
      g_autofree char *what
          = g_strdup_printf ("approved %" G_GINT64_FORMAT " us late", cases[i].late_usec);

      reunion_report_set_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN, lost_usec);
      reunion_case_set_state (case_, REUNION_CASE_STATE_SUBMITTED);
      /* Filing is no part of the clock. */
      reunion_case_set_submitted_usec (case_, approved_usec - REUNION_SECOND_USEC);
      g_assert_true (
          reunion_case_apply (case_, REUNION_CASE_ACTION_APPROVE, REUNION_ROLE_REVIEWER, NULL));
      reunion_case_set_published_usec (case_, approved_usec);
      test_expect_near (what, cases[i].radius_km,
                        reunion_case_get_radius_km (case_, policy, approved_usec), 0.0);
      test_expect_int (
          what, cases[i].stage,
          reunion_policy_stage_at (policy, reunion_case_get_elapsed_usec (case_, approved_usec))
              ->id);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy/national", test_national);
  g_test_add_func ("/policy/every-second", test_every_second);
  g_test_add_func ("/policy/bad-tables", test_bad_tables);
  g_test_add_func ("/policy/own-table", test_own_table);
  g_test_add_func ("/policy/late-approval", test_late_approval);
  return g_test_run ();
}
