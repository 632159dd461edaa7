/* test-time-span.c: the line from the loss to beyond now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-time-span.h"
#include "test-helpers.h"

#define H REUNION_HOUR_USEC
#define LOSS_USEC (G_GINT64_CONSTANT (1479000000) * REUNION_SECOND_USEC)

static ReunionCase *
make_case (void)
{
  ReunionCase *case_ = reunion_case_new ("c-1");

  reunion_report_set_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN, LOSS_USEC);
  return case_;
}

typedef struct
{
  gint64 age_usec;
  gint64 end_usec;   /* after the loss, at least */
  double last_stage; /* where it begins, at least */
} Row;

static const Row rows[] = {
  { 0, 5 * H, 0.5 },
  { H / 2, 5 * H, 0.5 },
  { 3 * H, 5 * H, 0.5 },
  { 4 * H, 6 * H, 0.49 },
  { 24 * H, 26 * H, 0.49 },
  { 10 * 24 * H, 242 * H, 0.49 },
  { 365 * 24 * H, 8762 * H, 0.49 },
};

static void
test_open (void)
{
  g_autoptr (ReunionCase) case_ = make_case ();
  ReunionPolicy *policy = reunion_policy_get_national ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DeskTimeSpan span;

      g_assert_true (desk_time_span_init (&span, case_, policy, LOSS_USEC + rows[i].age_usec));
      g_assert_cmpint (span.loss_usec, ==, LOSS_USEC);
      g_assert_cmpint (span.end_usec - LOSS_USEC, >=, rows[i].end_usec);
      g_assert_cmpint (span.end_usec - LOSS_USEC, <=, rows[i].end_usec + H / 6);
      g_assert_cmpfloat (desk_time_span_get_position (&span, LOSS_USEC + 3 * H), >=,
                         rows[i].last_stage);
    }
}

/* There and back, in order, and within the line. */
static void
test_both_ways (void)
{
  g_autoptr (ReunionCase) case_ = make_case ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DeskTimeSpan span;
      double before = -1.0;

      desk_time_span_init (&span, case_, reunion_policy_get_national (),
                           LOSS_USEC + rows[i].age_usec);
      for (gint64 usec = span.loss_usec; usec <= span.end_usec;
           usec += (span.end_usec - span.loss_usec) / 500)
        {
          double position = desk_time_span_get_position (&span, usec);

          g_assert_cmpfloat (position, >, before);
          g_assert_cmpint (ABS (desk_time_span_get_usec (&span, position) - usec), <,
                           REUNION_SECOND_USEC / 100);
          before = position;
        }
      g_assert_cmpfloat (desk_time_span_get_position (&span, span.loss_usec - H), ==, 0.0);
      g_assert_cmpfloat (desk_time_span_get_position (&span, span.end_usec + H), ==, 1.0);
      g_assert_cmpint (desk_time_span_get_usec (&span, -1.0), ==, span.loss_usec);
      g_assert_cmpint (desk_time_span_get_usec (&span, 2.0), ==, span.end_usec);
    }
}

static void
test_ended (void)
{
  g_autoptr (ReunionCase) case_ = make_case ();
  DeskTimeSpan span;

  reunion_case_set_state (case_, REUNION_CASE_STATE_CLOSED);
  reunion_case_set_closed_usec (case_, LOSS_USEC + 30 * H);
  g_assert_true (
      desk_time_span_init (&span, case_, reunion_policy_get_national (), LOSS_USEC + 90 * H));
  g_assert_cmpint (span.end_usec, ==, LOSS_USEC + 30 * H);
}

static void
test_no_time (void)
{
  g_autoptr (ReunionCase) case_ = reunion_case_new ("c-1");
  DeskTimeSpan span;

  g_assert_false (desk_time_span_init (&span, case_, reunion_policy_get_national (), LOSS_USEC));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-span/open", test_open);
  g_test_add_func ("/time-span/both-ways", test_both_ways);
  g_test_add_func ("/time-span/ended", test_ended);
  g_test_add_func ("/time-span/no-time", test_no_time);
  return g_test_run ();
}
