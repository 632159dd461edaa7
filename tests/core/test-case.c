/* test-case.c: one case: the report, its photos, and where it stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-records.h"

#define LOST_USEC (1463713200 * REUNION_SECOND_USEC) /* 2016-05-20T03:00:00Z */

static void
test_clock (void)
{
  static const struct
  {
    const char *what;
    ReunionCaseState state;
    gint64 closed_after_usec; /* 0: not closed */
    gint64 now_after_usec;
    gint64 elapsed_usec;
    double radius_km;
    gint64 next_after_usec; /* -1: never */
  } cases[] = {
    { "draft", REUNION_CASE_STATE_DRAFT, 0, 0, 0, 100, REUNION_HOUR_USEC },
    { "queued", REUNION_CASE_STATE_QUEUED, 0, REUNION_HOUR_USEC - 1, REUNION_HOUR_USEC - 1, 100,
      REUNION_HOUR_USEC },
    { "in review", REUNION_CASE_STATE_SUBMITTED, 0, REUNION_HOUR_USEC, REUNION_HOUR_USEC, 200,
      2 * REUNION_HOUR_USEC },
    { "returned", REUNION_CASE_STATE_RETURNED, 0, 2 * REUNION_HOUR_USEC, 2 * REUNION_HOUR_USEC, 300,
      3 * REUNION_HOUR_USEC },
    { "published", REUNION_CASE_STATE_PUBLISHED, 0, 3 * REUNION_HOUR_USEC, 3 * REUNION_HOUR_USEC,
      500, -1 },
    { "escalating", REUNION_CASE_STATE_ESCALATING, 0, 30 * REUNION_DAY_USEC, 30 * REUNION_DAY_USEC,
      500, -1 },
    { "clock behind", REUNION_CASE_STATE_PUBLISHED, 0, -REUNION_HOUR_USEC, 0, 100,
      REUNION_HOUR_USEC },
    /* A time of closing on a case that goes on again is not its end. */
    { "reopened", REUNION_CASE_STATE_PUBLISHED, REUNION_HOUR_USEC, 2 * REUNION_HOUR_USEC,
      2 * REUNION_HOUR_USEC, 300, 3 * REUNION_HOUR_USEC },
    { "closed", REUNION_CASE_STATE_CLOSED, REUNION_HOUR_USEC, 9 * REUNION_HOUR_USEC,
      REUNION_HOUR_USEC, 0, -1 },
    { "expired", REUNION_CASE_STATE_EXPIRED, REUNION_HOUR_USEC, 9 * REUNION_HOUR_USEC,
      REUNION_HOUR_USEC, 0, -1 },
    { "rejected", REUNION_CASE_STATE_REJECTED, REUNION_HOUR_USEC, 9 * REUNION_HOUR_USEC,
      REUNION_HOUR_USEC, 0, -1 },
    { "withdrawn", REUNION_CASE_STATE_WITHDRAWN, REUNION_HOUR_USEC, 9 * REUNION_HOUR_USEC,
      REUNION_HOUR_USEC, 0, -1 },
  };
  ReunionPolicy *policy = reunion_policy_get_national ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ReunionCase) case_ = reunion_case_new (TEST_CASE_ID);
      gint64 now_usec = LOST_USEC + cases[i].now_after_usec;
      gint64 next_usec = cases[i].next_after_usec < 0 ? -1 : LOST_USEC + cases[i].next_after_usec;

      test_expect_int (cases[i].what, -1, reunion_case_get_elapsed_usec (case_, now_usec));
      test_expect_near (cases[i].what, 0.0, reunion_case_get_radius_km (case_, policy, now_usec),
                        0.0);
      test_expect_int (cases[i].what, -1,
                       reunion_case_get_next_change_usec (case_, policy, now_usec));

      reunion_report_set_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN, LOST_USEC);
      reunion_case_set_state (case_, cases[i].state);
      if (cases[i].closed_after_usec != 0)
        reunion_case_set_closed_usec (case_, LOST_USEC + cases[i].closed_after_usec);
      test_expect_int (cases[i].what, cases[i].elapsed_usec,
                       reunion_case_get_elapsed_usec (case_, now_usec));
      test_expect_near (cases[i].what, cases[i].radius_km,
                        reunion_case_get_radius_km (case_, policy, now_usec), 0.0);
      test_expect_int (cases[i].what, next_usec,
                       reunion_case_get_next_change_usec (case_, policy, now_usec));
    }
}

/* Of a window the latest time counts, so that no circle is too large. */
static void
test_window (void)
{
  g_autoptr (ReunionCase) case_ = reunion_case_new (TEST_CASE_ID);
  ReunionReport *report = reunion_case_get_report (case_);

  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN_EARLIEST,
                          LOST_USEC - 5 * REUNION_HOUR_USEC);
  test_expect_int ("no latest time", -1, reunion_case_get_elapsed_usec (case_, LOST_USEC));
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, LOST_USEC);
  test_expect_near (
      "the latest counts", 100,
      reunion_case_get_radius_km (case_, reunion_policy_get_national (), LOST_USEC + 1), 0.0);
}

static void
test_apply (void)
{
  g_autoptr (ReunionCase) case_ = reunion_case_new (TEST_CASE_ID);
  g_autoptr (GError) error = NULL;

  test_expect_int ("a new case", REUNION_CASE_STATE_DRAFT, reunion_case_get_state (case_));
  g_assert_false (
      reunion_case_apply (case_, REUNION_CASE_ACTION_CLOSE, REUNION_ROLE_OFFICER, &error));
  test_expect_error ("close a draft", REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION, &error);
  test_expect_int ("nothing changed", REUNION_CASE_STATE_DRAFT, reunion_case_get_state (case_));
  g_assert_true (
      reunion_case_apply (case_, REUNION_CASE_ACTION_ARRIVE, REUNION_ROLE_OFFICER, &error));
  g_assert_false (
      reunion_case_apply (case_, REUNION_CASE_ACTION_APPROVE, REUNION_ROLE_OFFICER, &error));
  test_expect_error ("approve one's own", REUNION_CASE_ERROR, REUNION_CASE_ERROR_ROLE, &error);
  test_expect_int ("nothing changed", REUNION_CASE_STATE_SUBMITTED, reunion_case_get_state (case_));
}

static void
test_photos (void)
{
  g_autoptr (ReunionCase) case_ = reunion_case_new (TEST_CASE_ID);
  g_autoptr (ReunionPhoto) lead = reunion_photo_new (TEST_HASH_1, "image/jpeg", 640, 800);
  g_autoptr (ReunionPhoto) same = reunion_photo_new (TEST_HASH_1, "image/png", 1, 1);
  g_autoptr (ReunionPhoto) second = reunion_photo_new (TEST_HASH_2, "image/jpeg", 640, 800);

  g_assert_true (reunion_case_add_photo (case_, lead));
  g_assert_true (reunion_case_add_photo (case_, second));
  g_assert_false (reunion_case_add_photo (case_, same));
  test_expect_int ("photos", 2, reunion_case_get_n_photos (case_));
  g_assert_true (reunion_case_get_photo (case_, 0) == lead);
  g_assert_true (reunion_case_get_photo (case_, 1) == second);
  reunion_case_clear_photos (case_);
  test_expect_int ("photos", 0, reunion_case_get_n_photos (case_));
  g_assert_true (reunion_case_add_photo (case_, same));
}

static void
expect_photos (ReunionCase *case_, const char *what, const char *expected)
{
  g_autoptr (GString) order = g_string_new (NULL);

  for (guint i = 0; i < reunion_case_get_n_photos (case_); i++)
    g_string_append_c (order, *reunion_photo_get_sha256 (reunion_case_get_photo (case_, i)));
  test_expect_string (what, expected, order->str);
}

/* Told apart by the first digit of their hash. */
static ReunionPhoto *
make_photo (char digit)
{
  g_autofree char *hash = g_strdup (TEST_HASH_1);

  hash[0] = digit;
  return reunion_photo_new (hash, "image/jpeg", 640, 800);
}

static void
test_photo_order (void)
{
  g_autoptr (ReunionCase) case_ = reunion_case_new (TEST_CASE_ID);
  g_autoptr (ReunionPhoto) d = make_photo ('d');
  g_autoptr (ReunionPhoto) a = make_photo ('a');

  for (const char *digit = "abc"; *digit != '\0'; digit++)
    {
      g_autoptr (ReunionPhoto) photo = make_photo (*digit);

      g_assert_true (reunion_case_add_photo (case_, photo));
    }
  reunion_case_set_lead_photo (case_, 2);
  expect_photos (case_, "the last leads", "cab");
  reunion_case_set_lead_photo (case_, 0);
  expect_photos (case_, "the first leads already", "cab");
  reunion_case_set_lead_photo (case_, 1);
  expect_photos (case_, "the second leads", "acb");
  g_assert_true (reunion_case_replace_photo (case_, 1, d));
  expect_photos (case_, "replaced where it stood", "adb");
  g_assert_true (reunion_case_replace_photo (case_, 0, a));
  g_assert_false (reunion_case_replace_photo (case_, 2, a));
  expect_photos (case_, "the same photo is there already", "adb");
  reunion_case_remove_photo (case_, 0);
  expect_photos (case_, "the second becomes the lead", "db");
  reunion_case_remove_photo (case_, 1);
  expect_photos (case_, "the last goes", "d");
}

static void
expect_same_course (ReunionCase *a, ReunionCase *b)
{
  test_expect_string ("id", reunion_case_get_id (a), reunion_case_get_id (b));
  test_expect_string ("station", reunion_case_get_station (a), reunion_case_get_station (b));
  test_expect_string ("station's name", reunion_case_get_station_name (a),
                      reunion_case_get_station_name (b));
  test_expect_int ("state", reunion_case_get_state (a), reunion_case_get_state (b));
  test_expect_int ("outcome", reunion_case_get_outcome (a), reunion_case_get_outcome (b));
  test_expect_int ("stage", reunion_case_get_stage (a), reunion_case_get_stage (b));
  test_expect_int ("revision", reunion_case_get_revision (a), reunion_case_get_revision (b));
  test_expect_int ("created", reunion_case_get_created_usec (a), reunion_case_get_created_usec (b));
  test_expect_int ("submitted", reunion_case_get_submitted_usec (a),
                   reunion_case_get_submitted_usec (b));
  test_expect_int ("published", reunion_case_get_published_usec (a),
                   reunion_case_get_published_usec (b));
  test_expect_int ("closed", reunion_case_get_closed_usec (a), reunion_case_get_closed_usec (b));
  test_expect_int ("expires", reunion_case_get_expires_usec (a), reunion_case_get_expires_usec (b));
  test_expect_int ("photos", reunion_case_get_n_photos (a), reunion_case_get_n_photos (b));
}

static void
test_copy (void)
{
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  g_autoptr (ReunionCase) copy = reunion_case_copy (case_);

  expect_same_course (case_, copy);
  test_expect_string ("officer", "QZ-officer-QZ", reunion_case_get_officer (copy));
  test_expect_string ("reason", "QZ-review-reason-QZ", reunion_case_get_review_reason (copy));
  test_expect_string ("note", "QZ-closing-note-QZ", reunion_case_get_closing_note (copy));
  test_expect_string ("field", "QZ-field-reason-QZ",
                      reunion_case_get_field_reason (copy, REUNION_FIELD_CLOTHING));
  g_assert_true (
      reunion_report_equal (reunion_case_get_report (case_), reunion_case_get_report (copy)));
  reunion_report_set_text (reunion_case_get_report (copy), REUNION_FIELD_NAME, "other");
  reunion_case_clear_photos (copy);
  g_assert_false (
      reunion_report_equal (reunion_case_get_report (case_), reunion_case_get_report (copy)));
  test_expect_int ("the first keeps its photos", 2, reunion_case_get_n_photos (case_));
}

static void
test_redact (void)
{
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  g_autoptr (ReunionCase) redacted = reunion_case_redact (case_);

  expect_same_course (case_, redacted);
  g_assert_null (reunion_case_get_officer (redacted));
  g_assert_null (reunion_case_get_review_reason (redacted));
  g_assert_null (reunion_case_get_closing_note (redacted));
  g_assert_null (reunion_case_get_field_reason (redacted, REUNION_FIELD_CLOTHING));
  g_assert_false (
      reunion_report_has (reunion_case_get_report (redacted), REUNION_FIELD_GUARDIAN_NAME));
  g_assert_true (reunion_report_has (reunion_case_get_report (redacted), REUNION_FIELD_NAME));
  test_expect_string ("the first keeps its officer", "QZ-officer-QZ",
                      reunion_case_get_officer (case_));
}

/* Of everything that a report can say, what statistics count and nothing else. */
static void
test_remains (void)
{
  static const ReunionField kept[]
      = { REUNION_FIELD_PERSON_KIND, REUNION_FIELD_SEX, REUNION_FIELD_AGE_YEARS,
          REUNION_FIELD_REGION, REUNION_FIELD_KIND };
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  g_autoptr (ReunionCase) remains = NULL;

  reunion_case_set_state (case_, REUNION_CASE_STATE_CLOSED);
  remains = reunion_case_get_remains (case_);
  test_expect_int ("photos", 0, reunion_case_get_n_photos (remains));
  test_expect_int ("state", REUNION_CASE_STATE_EXPIRED, reunion_case_get_state (remains));
  reunion_case_clear_photos (case_);
  reunion_case_set_state (case_, REUNION_CASE_STATE_EXPIRED);
  expect_same_course (case_, remains);
  g_assert_null (reunion_case_get_officer (remains));
  g_assert_null (reunion_case_get_review_reason (remains));
  g_assert_null (reunion_case_get_closing_note (remains));
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      gboolean is_kept = FALSE;

      g_assert_null (reunion_case_get_field_reason (remains, i));
      for (gsize j = 0; j < G_N_ELEMENTS (kept); j++)
        is_kept = is_kept || kept[j] == i;
      test_expect_int (reunion_field_get_info (i)->key, is_kept,
                       reunion_report_has (reunion_case_get_report (remains), i));
    }
}

static void
test_strings (void)
{
  g_autoptr (ReunionCase) case_ = reunion_case_new (TEST_CASE_ID);

  reunion_case_set_review_reason (case_, "No photo.");
  /* Its own value, handed back. */
  reunion_case_set_review_reason (case_, reunion_case_get_review_reason (case_));
  test_expect_string ("reason", "No photo.", reunion_case_get_review_reason (case_));
  reunion_case_set_review_reason (case_, "");
  g_assert_null (reunion_case_get_review_reason (case_));
}

static void
test_field_reasons (void)
{
  g_autoptr (ReunionCase) case_ = reunion_case_new (TEST_CASE_ID);
  g_autoptr (ReunionCase) other = reunion_case_new (TEST_CASE_ID);

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    g_assert_null (reunion_case_get_field_reason (case_, i));
  reunion_case_set_field_reason (case_, REUNION_FIELD_SHOES, "Which colour?");
  reunion_case_set_field_reason (case_, REUNION_FIELD_PLACE, "Which exit?");
  reunion_case_set_field_reason (case_, REUNION_FIELD_PLACE, "");
  test_expect_string ("shoes", "Which colour?",
                      reunion_case_get_field_reason (case_, REUNION_FIELD_SHOES));
  g_assert_null (reunion_case_get_field_reason (case_, REUNION_FIELD_PLACE));
  reunion_case_set_field_reason (other, REUNION_FIELD_NAME, "Gone with the copy.");
  reunion_case_copy_field_reasons (other, case_);
  g_assert_null (reunion_case_get_field_reason (other, REUNION_FIELD_NAME));
  test_expect_string ("copied", "Which colour?",
                      reunion_case_get_field_reason (other, REUNION_FIELD_SHOES));
  reunion_case_copy_field_reasons (other, NULL);
  g_assert_null (reunion_case_get_field_reason (other, REUNION_FIELD_SHOES));
}

/* What it says, and nothing of where it stands. */
static void
test_take_content (void)
{
  g_autoptr (ReunionCase) full = test_case_new_full ();
  g_autoptr (ReunionCase) case_ = reunion_case_new (TEST_CASE_ID);

  reunion_case_take_content (case_, full);
  g_assert_true (
      reunion_report_equal (reunion_case_get_report (full), reunion_case_get_report (case_)));
  test_expect_int ("photos", 2, reunion_case_get_n_photos (case_));
  g_assert_true (reunion_case_has_photo (case_, TEST_HASH_2));
  test_expect_int ("state", REUNION_CASE_STATE_DRAFT, reunion_case_get_state (case_));
  test_expect_int ("revision", 0, reunion_case_get_revision (case_));
  g_assert_null (reunion_case_get_officer (case_));
  g_assert_null (reunion_case_get_field_reason (case_, REUNION_FIELD_CLOTHING));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/case/clock", test_clock);
  g_test_add_func ("/case/window", test_window);
  g_test_add_func ("/case/apply", test_apply);
  g_test_add_func ("/case/photos", test_photos);
  g_test_add_func ("/case/photo-order", test_photo_order);
  g_test_add_func ("/case/copy", test_copy);
  g_test_add_func ("/case/redact", test_redact);
  g_test_add_func ("/case/remains", test_remains);
  g_test_add_func ("/case/strings", test_strings);
  g_test_add_func ("/case/field-reasons", test_field_reasons);
  g_test_add_func ("/case/take-content", test_take_content);
  return g_test_run ();
}
