/* test-standard.c: the publishing standard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-standard.h"
#include "test-records.h"

#define NOW_USEC (1463715000 * REUNION_SECOND_USEC) /* 2016-05-20T03:30:00Z */

/* The least that can be published. */
static ReunionCase *
new_sufficient (void)
{
  ReunionCase *case_ = reunion_case_new (TEST_CASE_ID);
  ReunionReport *report = reunion_case_get_report (case_);
  g_autoptr (ReunionPhoto) photo = reunion_photo_new (TEST_HASH_1, "image/jpeg", 400, 400);

  reunion_report_set_text (report, REUNION_FIELD_NAME, "小明");
  reunion_report_set_text (report, REUNION_FIELD_SEX, "male");
  reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, 13);
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, NOW_USEC - REUNION_HOUR_USEC);
  reunion_report_set_text (report, REUNION_FIELD_PLACE, "织金县城关镇");
  reunion_report_set_point (report, (ReunionPoint){ 26.668, 105.7723 });
  reunion_report_set_text (report, REUNION_FIELD_CLOTHING, "蓝色外套");
  reunion_report_set_text (report, REUNION_FIELD_CIRCUMSTANCES, "放学后没有回家");
  reunion_report_set_text (report, REUNION_FIELD_CONTACT_PHONE, "0857-7621110");
  reunion_report_set_int (report, REUNION_FIELD_CONSENT, 1);
  reunion_case_add_photo (case_, photo);
  return case_;
}

static void
drop (ReunionReport *report, ReunionField field)
{
  reunion_report_unset (report, field);
}

static void
set_photo (ReunionCase *case_, guint width_px, guint height_px)
{
  g_autoptr (ReunionPhoto) photo
      = reunion_photo_new (TEST_HASH_2, "image/jpeg", width_px, height_px);

  reunion_case_clear_photos (case_);
  reunion_case_add_photo (case_, photo);
}

typedef void (*Change) (ReunionCase *case_, ReunionReport *report);

static void
unset_name (ReunionCase *case_, ReunionReport *report)
{
  drop (report, REUNION_FIELD_NAME);
}

static void
blank_name (ReunionCase *case_, ReunionReport *report)
{
  reunion_report_set_text (report, REUNION_FIELD_NAME, " \n　");
}

static void
unset_sex (ReunionCase *case_, ReunionReport *report)
{
  drop (report, REUNION_FIELD_SEX);
}

static void
unset_age (ReunionCase *case_, ReunionReport *report)
{
  drop (report, REUNION_FIELD_AGE_YEARS);
}

static void
birth_for_age (ReunionCase *case_, ReunionReport *report)
{
  drop (report, REUNION_FIELD_AGE_YEARS);
  reunion_report_set_text (report, REUNION_FIELD_BIRTH_DATE, "2003-05-17");
}

static void
age_zero (ReunionCase *case_, ReunionReport *report)
{
  reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, 0);
}

static void
no_photo (ReunionCase *case_, ReunionReport *report)
{
  reunion_case_clear_photos (case_);
}

static void
no_photo_but_reason (ReunionCase *case_, ReunionReport *report)
{
  reunion_case_clear_photos (case_);
  reunion_report_set_text (report, REUNION_FIELD_PHOTO_ABSENT_REASON, "The house burnt down");
}

static void
small_photo (ReunionCase *case_, ReunionReport *report)
{
  set_photo (case_, 4000, 399);
}

static void
small_and_large_photo (ReunionCase *case_, ReunionReport *report)
{
  g_autoptr (ReunionPhoto) photo = reunion_photo_new (TEST_HASH_1, "image/jpeg", 400, 4000);

  set_photo (case_, 100, 100);
  reunion_case_add_photo (case_, photo);
}

static void
unset_time (ReunionCase *case_, ReunionReport *report)
{
  drop (report, REUNION_FIELD_LAST_SEEN);
}

static void
earliest_alone (ReunionCase *case_, ReunionReport *report)
{
  drop (report, REUNION_FIELD_LAST_SEEN);
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN_EARLIEST, NOW_USEC - 1);
}

static void
future_time (ReunionCase *case_, ReunionReport *report)
{
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, NOW_USEC + 2 * REUNION_MINUTE_USEC + 1);
}

static void
clocks_differ (ReunionCase *case_, ReunionReport *report)
{
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, NOW_USEC + 2 * REUNION_MINUTE_USEC);
}

static void
window_turned_round (ReunionCase *case_, ReunionReport *report)
{
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN_EARLIEST, NOW_USEC - 1);
}

static void
window (ReunionCase *case_, ReunionReport *report)
{
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN_EARLIEST,
                          NOW_USEC - 3 * REUNION_HOUR_USEC);
}

static void
lost_in_1962 (ReunionCase *case_, ReunionReport *report)
{
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, test_utc_usec (1962, 3, 1, 0, 0, 0));
}

static void
unset_place (ReunionCase *case_, ReunionReport *report)
{
  drop (report, REUNION_FIELD_PLACE);
}

static void
unset_latitude (ReunionCase *case_, ReunionReport *report)
{
  drop (report, REUNION_FIELD_LATITUDE);
}

static void
unset_longitude (ReunionCase *case_, ReunionReport *report)
{
  drop (report, REUNION_FIELD_LONGITUDE);
}

static void
unset_clothing (ReunionCase *case_, ReunionReport *report)
{
  drop (report, REUNION_FIELD_CLOTHING);
}

static void
marks_for_clothing (ReunionCase *case_, ReunionReport *report)
{
  drop (report, REUNION_FIELD_CLOTHING);
  reunion_report_set_text (report, REUNION_FIELD_MARKS, "左手有疤");
}

static void
unset_circumstances (ReunionCase *case_, ReunionReport *report)
{
  drop (report, REUNION_FIELD_CIRCUMSTANCES);
}

static void
unset_contact (ReunionCase *case_, ReunionReport *report)
{
  drop (report, REUNION_FIELD_CONTACT_PHONE);
  reunion_report_set_text (report, REUNION_FIELD_GUARDIAN_PHONE, "13900000000");
}

static void
no_consent (ReunionCase *case_, ReunionReport *report)
{
  reunion_report_set_int (report, REUNION_FIELD_CONSENT, 0);
}

static void
override (ReunionCase *case_, ReunionReport *report)
{
  reunion_report_set_int (report, REUNION_FIELD_CONSENT, 0);
  reunion_report_set_text (report, REUNION_FIELD_CONSENT_OVERRIDE, "The guardian is the suspect");
}

static void
override_without_reason (ReunionCase *case_, ReunionReport *report)
{
  reunion_report_set_int (report, REUNION_FIELD_CONSENT, 0);
  reunion_report_set_text (report, REUNION_FIELD_CONSENT_OVERRIDE, "   ");
}

static void
family_dispute (ReunionCase *case_, ReunionReport *report)
{
  reunion_report_set_text (report, REUNION_FIELD_KIND, "family_dispute");
}

static void
family_dispute_seen (ReunionCase *case_, ReunionReport *report)
{
  reunion_report_set_text (report, REUNION_FIELD_KIND, "family_dispute");
  reunion_report_set_int (report, REUNION_FIELD_SECOND_LOOK, 1);
}

static void
abduction (ReunionCase *case_, ReunionReport *report)
{
  reunion_report_set_text (report, REUNION_FIELD_KIND, "abduction");
}

static void
no_such_kind (ReunionCase *case_, ReunionReport *report)
{
  reunion_report_set_text (report, REUNION_FIELD_KIND, "ufo");
}

static void
no_such_date (ReunionCase *case_, ReunionReport *report)
{
  reunion_report_set_text (report, REUNION_FIELD_BIRTH_DATE, "2003-02-30");
}

static void
giant (ReunionCase *case_, ReunionReport *report)
{
  reunion_report_set_int (report, REUNION_FIELD_HEIGHT_CM, 261);
}

#define HOLDS REUNION_N_STANDARD_ITEMS

static const struct
{
  const char *what;
  Change change;
  ReunionStandardItem item; /* the one that falls short, or HOLDS */
  ReunionField field;
  const char *says;
} cases[] = {
  { "the least", NULL, HOLDS },
  { "no name", unset_name, REUNION_STANDARD_NAME, REUNION_FIELD_NAME, "name" },
  { "a blank name", blank_name, REUNION_STANDARD_NAME, REUNION_FIELD_NAME, "described" },
  { "no sex", unset_sex, REUNION_STANDARD_SEX, REUNION_FIELD_SEX, "sex" },
  { "no age", unset_age, REUNION_STANDARD_AGE, REUNION_FIELD_AGE_YEARS, "age" },
  { "date of birth for age", birth_for_age, HOLDS },
  { "a baby", age_zero, HOLDS },
  { "no photo", no_photo, REUNION_STANDARD_PHOTO, REUNION_FIELD_PHOTO_ABSENT_REASON, "400" },
  { "no photo, and why", no_photo_but_reason, HOLDS },
  { "photo too small", small_photo, REUNION_STANDARD_PHOTO, REUNION_FIELD_PHOTO_ABSENT_REASON,
    "400" },
  { "one of two photos large enough", small_and_large_photo, HOLDS },
  { "no time", unset_time, REUNION_STANDARD_TIME, REUNION_FIELD_LAST_SEEN, "last seen" },
  { "earliest time alone", earliest_alone, REUNION_STANDARD_TIME, REUNION_FIELD_LAST_SEEN,
    "last seen" },
  { "time to come", future_time, REUNION_STANDARD_TIME, REUNION_FIELD_LAST_SEEN, "still to come" },
  { "clocks differ", clocks_differ, HOLDS },
  { "window turned round", window_turned_round, REUNION_STANDARD_TIME, REUNION_FIELD_LAST_SEEN,
    "Swap" },
  { "window", window, HOLDS },
  { "lost in 1962", lost_in_1962, HOLDS },
  { "no place", unset_place, REUNION_STANDARD_PLACE, REUNION_FIELD_PLACE, "place" },
  { "no latitude", unset_latitude, REUNION_STANDARD_PLACE, REUNION_FIELD_PLACE, "map" },
  { "no longitude", unset_longitude, REUNION_STANDARD_PLACE, REUNION_FIELD_PLACE, "map" },
  { "no clothing", unset_clothing, REUNION_STANDARD_APPEARANCE, REUNION_FIELD_CLOTHING, "mark" },
  { "marks for clothing", marks_for_clothing, HOLDS },
  { "no circumstances", unset_circumstances, REUNION_STANDARD_CIRCUMSTANCES,
    REUNION_FIELD_CIRCUMSTANCES, "happened" },
  { "guardian's phone alone", unset_contact, REUNION_STANDARD_CONTACT, REUNION_FIELD_CONTACT_PHONE,
    "phone" },
  { "no consent", no_consent, REUNION_STANDARD_CONSENT, REUNION_FIELD_CONSENT, "consent" },
  { "override with a reason", override, HOLDS },
  { "override without", override_without_reason, REUNION_STANDARD_CONSENT, REUNION_FIELD_CONSENT,
    "reason" },
  { "family dispute", family_dispute, REUNION_STANDARD_SECOND_LOOK, REUNION_FIELD_SECOND_LOOK,
    "second officer" },
  { "family dispute, looked at twice", family_dispute_seen, HOLDS },
  { "abduction needs no second look", abduction, HOLDS },
  { "no such kind", no_such_kind, REUNION_STANDARD_VALUES, REUNION_FIELD_KIND, "ufo" },
  { "no such date", no_such_date, REUNION_STANDARD_VALUES, REUNION_FIELD_BIRTH_DATE, "2003-02-30" },
  { "a giant", giant, REUNION_STANDARD_VALUES, REUNION_FIELD_HEIGHT_CM, "260" },
};

static void
test_items (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ReunionCase) case_ = new_sufficient ();
      g_autofree char *wanted = NULL;
      g_autoptr (GError) error = NULL;

      if (cases[i].change != NULL)
        cases[i].change (case_, reunion_case_get_report (case_));
      for (int item = 0; item < REUNION_N_STANDARD_ITEMS; item++)
        {
          ReunionField field = REUNION_N_FIELDS;
          g_autofree char *sentence = NULL;
          g_autofree char *what
              = g_strdup_printf ("%s: %s", cases[i].what, reunion_standard_item_get_label (item));
          gboolean holds = reunion_standard_check_item (case_, item, NOW_USEC, &field, &sentence);

          test_expect_int (what, (ReunionStandardItem) item != cases[i].item, holds);
          test_expect_int (what, holds ? (int) REUNION_N_FIELDS : (int) cases[i].field, field);
          g_assert_true (holds == (sentence == NULL));
          if (sentence != NULL && strstr (sentence, cases[i].says) == NULL)
            test_fail ("%s: expected a sentence that says “%s”, came “%s”", what, cases[i].says,
                       sentence);
          if (sentence != NULL && wanted == NULL)
            wanted = g_strdup (sentence);
        }
      test_expect_int (cases[i].what, cases[i].item == HOLDS,
                       reunion_standard_check (case_, NOW_USEC, &error));
      test_expect_string (cases[i].what, wanted, error != NULL ? error->message : NULL);
      if (error != NULL)
        test_expect_error (cases[i].what, REUNION_STANDARD_ERROR, REUNION_STANDARD_ERROR_SHORT,
                           &error);
    }
}

/* A report with every field filled meets it; an empty one meets nothing but
 * what does not concern it. */
static void
test_ends (void)
{
  g_autoptr (ReunionCase) full = test_case_new_full ();
  g_autoptr (ReunionCase) empty = reunion_case_new (TEST_CASE_ID);
  g_autoptr (GError) error = NULL;

  reunion_standard_check (full, NOW_USEC, &error);
  g_assert_no_error (error);
  for (int item = 0; item < REUNION_N_STANDARD_ITEMS; item++)
    test_expect_int (reunion_standard_item_get_label (item), reunion_standard_item_is_rare (item),
                     reunion_standard_check_item (empty, item, NOW_USEC, NULL, NULL));
}

/* A point off the map is no point, and an entry that can't be right. */
static void
test_point_off_the_map (void)
{
  g_autoptr (ReunionCase) case_ = new_sufficient ();

  reunion_report_set_degrees (reunion_case_get_report (case_), REUNION_FIELD_LATITUDE, 91.0);
  for (int item = 0; item < REUNION_N_STANDARD_ITEMS; item++)
    test_expect_int (reunion_standard_item_get_label (item),
                     item != REUNION_STANDARD_PLACE && item != REUNION_STANDARD_VALUES,
                     reunion_standard_check_item (case_, item, NOW_USEC, NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/standard/items", test_items);
  g_test_add_func ("/standard/ends", test_ends);
  g_test_add_func ("/standard/point-off-the-map", test_point_off_the_map);
  return g_test_run ();
}
