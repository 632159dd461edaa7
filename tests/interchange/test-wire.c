/* test-wire.c: cases, tips, tables and changes as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-wire.h"
#include "test-records.h"

static void
expect_same_case (ReunionCase *a, ReunionCase *b)
{
  test_expect_string ("id", reunion_case_get_id (a), reunion_case_get_id (b));
  test_expect_string ("station", reunion_case_get_station (a), reunion_case_get_station (b));
  test_expect_string ("station's name", reunion_case_get_station_name (a),
                      reunion_case_get_station_name (b));
  test_expect_string ("officer", reunion_case_get_officer (a), reunion_case_get_officer (b));
  test_expect_string ("reason", reunion_case_get_review_reason (a),
                      reunion_case_get_review_reason (b));
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    test_expect_string ("field's reason", reunion_case_get_field_reason (a, i),
                        reunion_case_get_field_reason (b, i));
  test_expect_string ("note", reunion_case_get_closing_note (a), reunion_case_get_closing_note (b));
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
  if (!reunion_report_equal (reunion_case_get_report (a), reunion_case_get_report (b)))
    test_fail ("the reports differ");
  test_expect_int ("photos", reunion_case_get_n_photos (a), reunion_case_get_n_photos (b));
  for (guint i = 0; i < reunion_case_get_n_photos (a) && i < reunion_case_get_n_photos (b); i++)
    {
      ReunionPhoto *first = reunion_case_get_photo (a, i);
      ReunionPhoto *second = reunion_case_get_photo (b, i);

      test_expect_string ("hash", reunion_photo_get_sha256 (first),
                          reunion_photo_get_sha256 (second));
      test_expect_string ("media type", reunion_photo_get_media_type (first),
                          reunion_photo_get_media_type (second));
      test_expect_int ("width", reunion_photo_get_width_px (first),
                       reunion_photo_get_width_px (second));
      test_expect_int ("height", reunion_photo_get_height_px (first),
                       reunion_photo_get_height_px (second));
    }
}

static void
check_case_round_trip (ReunionCase *case_)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = reunion_wire_case_to_json (case_);
  g_autoptr (ReunionCase) again = reunion_wire_case_from_json (json, -1, &error);
  g_autofree char *json_again = NULL;

  g_assert_no_error (error);
  expect_same_case (case_, again);
  json_again = reunion_wire_case_to_json (again);
  test_expect_string ("second time", json, json_again);
}

static void
test_case_round_trip (void)
{
  g_autoptr (ReunionCase) full = test_case_new_full ();
  g_autoptr (ReunionCase) empty = reunion_case_new (TEST_CASE_ID);
  ReunionReport *report = reunion_case_get_report (full);

  check_case_round_trip (empty);
  check_case_round_trip (full);
  for (int state = 0; state < REUNION_N_CASE_STATES; state++)
    for (int outcome = 0; outcome < REUNION_N_OUTCOMES; outcome++)
      {
        reunion_case_set_state (full, state);
        reunion_case_set_outcome (full, outcome);
        check_case_round_trip (full);
      }
  /* Zero is a value, and so is what was typed wrong: a draft keeps it. */
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, 0);
  reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, 0);
  reunion_report_set_int (report, REUNION_FIELD_CONSENT, 0);
  reunion_report_set_point (report, (ReunionPoint){ 0, 0 });
  reunion_report_set_text (report, REUNION_FIELD_SEX, "?");
  reunion_report_set_text (report, REUNION_FIELD_BIRTH_DATE, "2013-5-");
  reunion_report_set_text (report, REUNION_FIELD_CIRCUMSTANCES, "“团圆”\n\"\\/\t\x01😀");
  check_case_round_trip (full);
  g_assert_true (reunion_report_has (report, REUNION_FIELD_LAST_SEEN));
}

/* Before 1970, and to the microsecond. */
static void
test_times (void)
{
  static const gint64 times_usec[]
      = { -247363200000000, -1, 1, 999999, 1463293800123456, 4102444800000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (times_usec); i++)
    {
      g_autoptr (ReunionCase) case_ = reunion_case_new (TEST_CASE_ID);

      reunion_report_set_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN,
                              times_usec[i]);
      reunion_case_set_created_usec (case_, times_usec[i]);
      check_case_round_trip (case_);
    }
}

#define HEAD "{\"id\":\"" TEST_CASE_ID "\","
#define PHOTO(members) HEAD "\"report\":{},\"photos\":[" members "]}"

static const struct
{
  const char *text;
  const char *names; /* what the sentence has to say */
} wrong_cases[] = {
  { "{}", "“id” is missing" },
  { HEAD "\"report\":{},\"field_reasons\":{}}", "“field_reasons” must be an array" },
  { HEAD "\"report\":{},\"field_reasons\":[7]}", "Element 1 must be an object" },
  { HEAD "\"report\":{},\"field_reasons\":[{\"reason\":\"x\"}]}", "“field” is missing" },
  { HEAD "\"report\":{},\"field_reasons\":[{\"field\":\"shoes\"}]}", "“reason” is missing" },
  { "{\"id\":7,\"report\":{}}", "“id” must be text" },
  { "{\"id\":\"\",\"report\":{}}", "“id” must be a UUID" },
  { "{\"id\":\"../../x\",\"report\":{}}", "“id” must be a UUID" },
  { HEAD "\"state\":\"draft\"}", "“report” is missing" },
  { HEAD "\"report\":[]}", "“report” must be an object" },
  { HEAD "\"report\":{\"name\":7}}", "“name” must be text" },
  { HEAD "\"report\":{\"name\":[\"a\"]}}", "“name”" },
  { HEAD "\"report\":{\"sex\":true}}", "“sex” must be text" },
  { HEAD "\"report\":{\"circumstances\":{}}}", "“circumstances” must be text" },
  { HEAD "\"report\":{\"birth_date\":20130509}}", "“birth_date” must be text" },
  { HEAD "\"report\":{\"age_years\":\"7\"}}", "“age_years” must be a whole number" },
  { HEAD "\"report\":{\"age_years\":7.5}}", "“age_years” must be a whole number" },
  { HEAD "\"report\":{\"height_cm\":[]}}", "“height_cm”" },
  { HEAD "\"report\":{\"consent\":1}}", "“consent” must be true or false" },
  { HEAD "\"report\":{\"consent\":\"true\"}}", "“consent” must be true or false" },
  { HEAD "\"report\":{\"consent\":{}}}", "“consent” must be true or false" },
  { HEAD "\"report\":{\"latitude\":\"26\"}}", "“latitude” must be a number" },
  { HEAD "\"report\":{\"longitude\":{}}}", "“longitude” must be a number" },
  { HEAD "\"report\":{\"last_seen\":1463713200}}", "“last_seen” must be text" },
  { HEAD "\"report\":{\"last_seen\":\"yesterday\"}}", "“last_seen” must be a time" },
  { HEAD "\"report\":{\"last_seen\":\"2016-05-20T03:00:00\"}}", "“last_seen” must be a time" },
  { HEAD "\"report\":{\"last_seen\":\"\"}}", "“last_seen” must be a time" },
  { HEAD "\"report\":{},\"state\":\"lost\"}", "“lost” is not a state" },
  { HEAD "\"report\":{},\"state\":1}", "“state” must be text" },
  { HEAD "\"report\":{},\"outcome\":\"found\"}", "“found” is not an outcome" },
  { HEAD "\"report\":{},\"revision\":\"1\"}", "“revision” must be a whole number" },
  { HEAD "\"report\":{},\"stage\":1.5}", "“stage” must be a whole number" },
  { HEAD "\"report\":{},\"created\":\"2016\"}", "“created” must be a time" },
  { HEAD "\"report\":{},\"station\":{}}", "“station” must be text" },
  { HEAD "\"report\":{},\"officer\":false}", "“officer” must be text" },
  { HEAD "\"report\":{},\"photos\":{}}", "“photos” must be an array" },
  { PHOTO ("7"), "Element 1 must be an object" },
  { PHOTO ("{}"), "“sha256” is missing" },
  { PHOTO ("{\"sha256\":\"" TEST_HASH_1 "\"}"), "“media_type” is missing" },
  { PHOTO ("{\"sha256\":\"" TEST_HASH_1 "\",\"media_type\":\"a\",\"height\":1}"), "“width”" },
  { PHOTO ("{\"sha256\":\"" TEST_HASH_1 "\",\"media_type\":\"a\",\"width\":1}"), "“height”" },
  { PHOTO ("{\"sha256\":\"../x\",\"media_type\":\"a\",\"width\":1,\"height\":1}"), "Photo 1" },
  { PHOTO ("{\"sha256\":\"" TEST_HASH_1 "\",\"media_type\":\"a\",\"width\":0,\"height\":1}"),
    "Photo 1" },
  { PHOTO ("{\"sha256\":\"" TEST_HASH_1 "\",\"media_type\":\"a\",\"width\":65536,\"height\":1}"),
    "Photo 1" },
  { PHOTO ("{\"sha256\":\"" TEST_HASH_1 "\",\"media_type\":\"a\",\"width\":1,\"height\":-1}"),
    "Photo 1" },
};

static void
test_wrong_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ReunionCase) case_ = reunion_wire_case_from_json (wrong_cases[i].text, -1, &error);

      if (case_ != NULL)
        test_fail ("%s: expected a refusal, came a case", wrong_cases[i].text);
      test_expect_error_names (wrong_cases[i].text, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                               wrong_cases[i].names, &error);
    }
}

static void
test_too_many_photos (void)
{
  g_autoptr (GString) text = g_string_new (HEAD "\"report\":{},\"photos\":[");
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 13; i++)
    g_string_append_printf (
        text, "%s{\"sha256\":\"%064x\",\"media_type\":\"image/jpeg\",\"width\":1,\"height\":1}",
        i > 0 ? "," : "", (guint) i);
  g_string_append (text, "]}");
  g_assert_null (reunion_wire_case_from_json (text->str, -1, &error));
  test_expect_error_names ("13 photos", REUNION_JSON_ERROR, REUNION_JSON_ERROR_SIZE, "12", &error);
}

/* An older desk understands a newer service; null is the same as nothing. */
static void
test_unknown_members (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionCase) case_ = reunion_wire_case_from_json (
      HEAD
      "\"mood\":{\"deep\":[1,2]},\"state\":null,\"station\":null,\"closed\":null,\"photos\":[],"
      "\"report\":{\"name\":\"小明\",\"shoe_size\":35,\"sex\":null,\"consent\":null,"
      "\"last_seen\":null,\"latitude\":26}}",
      -1, &error);
  ReunionReport *report;

  g_assert_no_error (error);
  report = reunion_case_get_report (case_);
  test_expect_string ("name", "小明", reunion_report_get_text (report, REUNION_FIELD_NAME));
  test_expect_near ("a whole number of degrees", 26,
                    reunion_report_get_degrees (report, REUNION_FIELD_LATITUDE, 0), 0.0);
  g_assert_false (reunion_report_has (report, REUNION_FIELD_SEX));
  g_assert_false (reunion_report_has (report, REUNION_FIELD_CONSENT));
  g_assert_false (reunion_report_has (report, REUNION_FIELD_LAST_SEEN));
  test_expect_int ("state", REUNION_CASE_STATE_DRAFT, reunion_case_get_state (case_));
}

static ReunionTip *
new_tip (void)
{
  ReunionTip *tip = reunion_tip_new ("tip-1", TEST_CASE_ID);
  g_autofree char *sha256 = g_strnfill (64, 'a');
  g_autoptr (ReunionPhoto) photo = reunion_photo_new (sha256, "image/jpeg", 1200, 1600);

  reunion_tip_set_photo (tip, photo);
  reunion_tip_set_near_station (tip, "131102-03");
  reunion_tip_set_origin (tip, "amap", "a-17");
  reunion_tip_set_text (tip, "像照片上的孩子\n在店里");
  reunion_tip_set_place (tip, "贵阳");
  reunion_tip_set_contact (tip, "13900000000");
  reunion_tip_set_point (tip, (ReunionPoint){ 26.6477, 106.6302 });
  reunion_tip_set_seen_usec (tip, 1464508800000001);
  reunion_tip_set_received_usec (tip, 1464509000000000);
  reunion_tip_set_state (tip, REUNION_TIP_STATE_CREDIBLE);
  return tip;
}

static void
test_tips (void)
{
  g_autoptr (ReunionTip) tip = new_tip ();
  g_autoptr (ReunionTip) bare = reunion_tip_new ("tip-2", TEST_CASE_ID);
  ReunionTip *tips[] = { tip, bare };

  for (gsize i = 0; i < G_N_ELEMENTS (tips); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *json = reunion_wire_tip_to_json (tips[i]);
      g_autoptr (ReunionTip) again = reunion_wire_tip_from_json (json, -1, &error);
      g_autofree char *json_again = NULL;
      ReunionPoint point = { 0 };

      g_assert_no_error (error);
      json_again = reunion_wire_tip_to_json (again);
      test_expect_string ("tip", json, json_again);
      test_expect_string ("text", reunion_tip_get_text (tips[i]), reunion_tip_get_text (again));
      test_expect_string ("partner's id", reunion_tip_get_partner_tip_id (tips[i]),
                          reunion_tip_get_partner_tip_id (again));
      test_expect_string ("contact", reunion_tip_get_contact (tips[i]),
                          reunion_tip_get_contact (again));
      test_expect_string ("near station", reunion_tip_get_near_station (tips[i]),
                          reunion_tip_get_near_station (again));
      test_expect_int ("photo", i == 0, reunion_tip_get_photo (again) != NULL);
      if (i == 0)
        test_expect_int ("height", 1600,
                         reunion_photo_get_height_px (reunion_tip_get_photo (again)));
      test_expect_int ("seen", reunion_tip_get_seen_usec (tips[i]),
                       reunion_tip_get_seen_usec (again));
      test_expect_int ("state", reunion_tip_get_state (tips[i]), reunion_tip_get_state (again));
      test_expect_int ("point", i == 0, reunion_tip_get_point (again, &point));
      test_expect_near ("longitude", i == 0 ? 106.6302 : 0.0, point.lon_deg, 0.0);
    }
}

#define TIP "{\"id\":\"t\",\"case_id\":\"c\","

static void
test_wrong_tips (void)
{
  static const struct
  {
    const char *text;
    const char *names;
  } cases[] = {
    { "{\"case_id\":\"c\"}", "“id” is missing" },
    { "{\"id\":\"t\"}", "“case_id” is missing" },
    { TIP "\"latitude\":26}", "“longitude” is missing" },
    { TIP "\"longitude\":26}", "“latitude” is missing" },
    { TIP "\"latitude\":91,\"longitude\":0}", "“latitude” must lie" },
    { TIP "\"latitude\":0,\"longitude\":-180.5}", "“longitude” between" },
    { TIP "\"latitude\":\"26\",\"longitude\":0}", "“latitude” must be a number" },
    { TIP "\"state\":\"true\"}", "“true” is not a state of a tip" },
    { TIP "\"text\":1}", "“text” must be text" },
    { TIP "\"contact\":[]}", "“contact” must be text" },
    { TIP "\"near_station\":1}", "“near_station” must be text" },
    { TIP "\"photo\":1}", "“photo” must be" },
    { TIP "\"photo\":{}}", "“sha256” is missing" },
    { TIP "\"photo\":{\"sha256\":\"x\",\"media_type\":\"image/jpeg\",\"width\":1,\"height\":1}}",
      "“photo” needs a “sha256”" },
    { TIP "\"seen\":\"noon\"}", "“seen” must be a time" },
    { TIP "\"received\":0}", "“received” must be text" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (reunion_wire_tip_from_json (cases[i].text, -1, &error));
      test_expect_error_names (cases[i].text, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                               cases[i].names, &error);
    }
}

static void
test_changes (void)
{
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  g_autoptr (ReunionTip) tip = new_tip ();
  g_autoptr (ReunionChange) of_case = reunion_change_new_case (41, case_);
  g_autoptr (ReunionChange) of_tip = reunion_change_new_tip (42, tip);
  g_autofree char *first = reunion_wire_change_to_json (of_case);
  g_autofree char *second = reunion_wire_change_to_json (of_tip);
  g_autofree char *page = g_strdup_printf (
      "{\"changes\":[%s,%s,{\"sequence\":43,\"partner\":{}}],\"next\":43}", first, second);
  g_autoptr (GError) error = NULL;
  gint64 next = 0;
  g_autoptr (GPtrArray) changes = reunion_wire_changes_from_json (page, -1, &next, &error);
  const ReunionChange *change;

  g_assert_no_error (error);
  test_expect_int ("next", 43, next);
  test_expect_int ("changes", 3, changes->len);
  change = changes->pdata[0];
  test_expect_int ("sequence", 41, change->sequence);
  expect_same_case (case_, change->case_);
  g_assert_null (change->tip);
  change = changes->pdata[1];
  test_expect_string ("tip", "tip-1", reunion_tip_get_id (change->tip));
  g_assert_null (change->case_);
  /* A kind that this version does not know. */
  change = changes->pdata[2];
  test_expect_int ("sequence", 43, change->sequence);
  g_assert_true (change->case_ == NULL && change->tip == NULL);
}

static void
test_wrong_changes (void)
{
  static const struct
  {
    const char *text;
    const char *names;
  } cases[] = {
    { "{\"changes\":[]}", "“next” is missing" },
    { "{\"next\":1}", "“changes” is missing" },
    { "{\"next\":\"1\",\"changes\":[]}", "“next” must be" },
    { "{\"next\":1,\"changes\":{}}", "“changes” must be" },
    { "{\"next\":1,\"changes\":[1]}", "Element 1" },
    { "{\"next\":1,\"changes\":[{}]}", "“sequence” is missing" },
    { "{\"next\":1,\"changes\":[{\"sequence\":0}]}", "“sequence” must be 1 or more" },
    { "{\"next\":1,\"changes\":[{\"sequence\":-4}]}", "“sequence” must be 1 or more" },
    { "{\"next\":1,\"changes\":[{\"sequence\":1,\"case\":[]}]}", "“case” must be" },
    { "{\"next\":1,\"changes\":[{\"sequence\":1,\"case\":{}}]}", "“id” is missing" },
    { "{\"next\":1,\"changes\":[{\"sequence\":1,\"tip\":{}}]}", "“id” is missing" },
    { "{\"next\":1,\"changes\":[{\"sequence\":1,\"tip\":7}]}", "“tip” must be" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 next;

      g_assert_null (reunion_wire_changes_from_json (cases[i].text, -1, &next, &error));
      test_expect_error_names (cases[i].text, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                               cases[i].names, &error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/case-round-trip", test_case_round_trip);
  g_test_add_func ("/wire/times", test_times);
  g_test_add_func ("/wire/wrong-cases", test_wrong_cases);
  g_test_add_func ("/wire/too-many-photos", test_too_many_photos);
  g_test_add_func ("/wire/unknown-members", test_unknown_members);
  g_test_add_func ("/wire/tips", test_tips);
  g_test_add_func ("/wire/wrong-tips", test_wrong_tips);
  g_test_add_func ("/wire/changes", test_changes);
  g_test_add_func ("/wire/wrong-changes", test_wrong_changes);
  return g_test_run ();
}
