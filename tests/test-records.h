/* test-records.h: a case with a value in every field, for the tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-case.h"
#include "test-helpers.h"

#define TEST_CASE_ID "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
#define TEST_HASH_1 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define TEST_HASH_2 "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"

/* The text that stands in a text field of the case below: a marker that no
 * other field and no word of a notice holds. */
static inline char *
test_marker (ReunionField field)
{
  /* A telephone number has to be one. */
  if (field == REUNION_FIELD_GUARDIAN_PHONE || field == REUNION_FIELD_CONTACT_PHONE)
    return g_strdup_printf ("199876540%02d", (int) field);
  return g_strdup_printf ("QZ-%s-%d-QZ", reunion_field_get_info (field)->key, (int) field);
}

/* A report that meets the publishing standard and has a value in every field. */
static inline void
test_fill_report (ReunionReport *report)
{
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      const ReunionFieldInfo *info = reunion_field_get_info (i);

      if (info->kind == REUNION_FIELD_KIND_TEXT || info->kind == REUNION_FIELD_KIND_LONG_TEXT)
        {
          g_autofree char *marker = test_marker (i);

          reunion_report_set_text (report, i, marker);
        }
      else if (info->kind == REUNION_FIELD_KIND_FLAG)
        reunion_report_set_int (report, i, 1);
    }
  reunion_report_set_text (report, REUNION_FIELD_RESIDENT_ID, "520524200305170016");
  reunion_report_set_text (report, REUNION_FIELD_REGION, "520524");
  reunion_report_set_text (report, REUNION_FIELD_PERSON_KIND, "child");
  reunion_report_set_text (report, REUNION_FIELD_SEX, "male");
  reunion_report_set_text (report, REUNION_FIELD_KIND, "family_dispute");
  reunion_report_set_text (report, REUNION_FIELD_BIRTH_DATE, "2003-05-17");
  reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, 13);
  reunion_report_set_int (report, REUNION_FIELD_HEIGHT_CM, 147);
  reunion_report_set_int (report, REUNION_FIELD_WEIGHT_KG, 388);
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN_EARLIEST,
                          test_utc_usec (2016, 5, 19, 22, 41, 17));
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, test_utc_usec (2016, 5, 20, 3, 0, 0));
  reunion_report_set_point (report, (ReunionPoint){ 26.668, 105.7723 });
}

/* Transfer full. */
static inline ReunionCase *
test_case_new_full (void)
{
  ReunionCase *case_ = reunion_case_new (TEST_CASE_ID);
  g_autoptr (ReunionPhoto) lead = reunion_photo_new (TEST_HASH_1, "image/jpeg", 640, 800);
  g_autoptr (ReunionPhoto) second = reunion_photo_new (TEST_HASH_2, "image/png", 500, 400);

  test_fill_report (reunion_case_get_report (case_));
  reunion_case_add_photo (case_, lead);
  reunion_case_add_photo (case_, second);
  reunion_case_set_station (case_, "520524-01", "织金县城关派出所");
  reunion_case_set_officer (case_, "QZ-officer-QZ");
  reunion_case_set_review_reason (case_, "QZ-review-reason-QZ");
  reunion_case_set_field_reason (case_, REUNION_FIELD_CLOTHING, "QZ-field-reason-QZ");
  reunion_case_set_closing_note (case_, "QZ-closing-note-QZ");
  reunion_case_set_state (case_, REUNION_CASE_STATE_ESCALATING);
  reunion_case_set_outcome (case_, REUNION_OUTCOME_LEFT_HOME);
  reunion_case_set_stage (case_, 3);
  reunion_case_set_revision (case_, 17);
  reunion_case_set_created_usec (case_, test_utc_usec (2016, 5, 20, 4, 0, 0) + 1);
  reunion_case_set_submitted_usec (case_, test_utc_usec (2016, 5, 20, 4, 5, 0) + 20);
  reunion_case_set_published_usec (case_, test_utc_usec (2016, 5, 20, 4, 30, 0) + 300);
  reunion_case_set_closed_usec (case_, test_utc_usec (2016, 5, 30, 8, 0, 0) + 999999);
  reunion_case_set_expires_usec (case_, test_utc_usec (2016, 6, 29, 8, 0, 0) + 999999);
  return case_;
}
