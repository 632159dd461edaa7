/* test-notice.c: the public notice
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-json.h"
#include "reunion-notice.h"
#include "reunion-person-kind.h"
#include "test-records.h"

/* Whatever a text must not hold, of a case with a value in every field: the
 * markers of the private texts, and the other private values as they might be
 * written. */
static GPtrArray *
private_values (gboolean is_vital)
{
  static const char *const others[] = {
    /* resident ID number, whole and in its parts */
    "520524200305170016",
    "20030517",
    "2003-05-17",
    "0016",
    /* weight, earliest time, kind of person and of loss */
    "388",
    "06:41",
    "22:41",
    "dementia",
    "family_dispute",
    "Family dispute",
    "abduction",
    /* the course: who filed, who reviewed, what was noted */
    "QZ-officer-QZ",
    "QZ-review-reason-QZ",
    "QZ-field-reason-QZ",
    "QZ-closing-note-QZ",
    "left_home",
  };
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_ptr_array_add (values, g_strdup (others[i]));
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      const ReunionFieldInfo *info = reunion_field_get_info (i);

      if (info->audience == REUNION_AUDIENCE_PUBLIC
          || (info->audience == REUNION_AUDIENCE_PUBLIC_IF_VITAL && is_vital))
        continue;
      if (info->kind == REUNION_FIELD_KIND_TEXT || info->kind == REUNION_FIELD_KIND_LONG_TEXT)
        g_ptr_array_add (values, test_marker (i));
      /* No name of a private field either. */
      g_ptr_array_add (values, g_strdup_printf ("\"%s\"", info->key));
    }
  return values;
}

static void
expect_nothing_private (const char *what, const char *text, gboolean is_vital)
{
  g_autoptr (GPtrArray) values = private_values (is_vital);

  g_assert_cmpuint (values->len, >, 50);
  for (guint i = 0; i < values->len; i++)
    if (strstr (text, values->pdata[i]) != NULL)
      test_fail ("%s: the private “%s” stands in %s", what, (char *) values->pdata[i], text);
}

static void
expect_public (const char *what, const char *text, ReunionLanguage language, gboolean is_vital)
{
  static const char *const by_language[REUNION_N_LANGUAGES][6]
      = { { "寻人：", "男", "13岁", "身高147厘米", "走失时间", NULL },
          { "Missing: ", "Male", "13", "147 cm tall", "Last seen", NULL } };

  for (gsize i = 0; by_language[language][i] != NULL; i++)
    if (strstr (text, by_language[language][i]) == NULL)
      test_fail ("%s: “%s” does not stand in %s", what, by_language[language][i], text);
  if (strstr (text, "2016-05-20 11:00") == NULL)
    test_fail ("%s: the time of loss does not stand in %s", what, text);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      const ReunionFieldInfo *info = reunion_field_get_info (i);
      g_autofree char *marker = test_marker (i);

      if (info->kind != REUNION_FIELD_KIND_TEXT && info->kind != REUNION_FIELD_KIND_LONG_TEXT)
        continue;
      /* The region is a code, for programs. */
      if (i == REUNION_FIELD_REGION || info->audience == REUNION_AUDIENCE_POLICE
          || (info->audience == REUNION_AUDIENCE_PUBLIC_IF_VITAL && !is_vital))
        continue;
      if (strstr (text, marker) == NULL)
        test_fail ("%s: the public %s does not stand in %s", what, info->key, text);
    }
}

static char *
notice_text (ReunionCase *case_, ReunionLanguage language)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  g_autoptr (ReunionNotice) notice = reunion_notice_new (case_, language, china);

  return reunion_notice_to_text (notice);
}

static void
test_text (void)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);

  for (int language = 0; language < REUNION_N_LANGUAGES; language++)
    for (int vital = 0; vital <= 1; vital++)
      {
        g_autoptr (ReunionCase) case_ = test_case_new_full ();
        g_autoptr (ReunionNotice) notice = NULL;
        g_autofree char *text = NULL;
        g_autofree char *contact = test_marker (REUNION_FIELD_CONTACT_PHONE);
        g_autofree char *what = g_strdup_printf ("%s, %s", reunion_language_to_tag (language),
                                                 vital ? "vital" : "not vital");

        reunion_report_set_int (reunion_case_get_report (case_), REUNION_FIELD_MEDICAL_VITAL,
                                vital);
        notice = reunion_notice_new (case_, language, china);
        text = reunion_notice_to_text (notice);
        expect_nothing_private (what, text, vital);
        expect_public (what, text, language, vital);
        test_expect_string (what, contact, notice->contact);
      }
}

/* What goes out does not change when a private field does. */
static void
test_private_fields_change_nothing (void)
{
  g_autoptr (ReunionCase) full = test_case_new_full ();
  g_autofree char *before = NULL;

  reunion_report_unset (reunion_case_get_report (full), REUNION_FIELD_MEDICAL_VITAL);
  before = notice_text (full, REUNION_LANGUAGE_EN);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      g_autoptr (ReunionCase) case_ = reunion_case_copy (full);
      g_autofree char *after = NULL;

      /* The age that the date of birth gives is public. */
      if (reunion_field_get_info (i)->audience == REUNION_AUDIENCE_PUBLIC
          || i == REUNION_FIELD_BIRTH_DATE || i == REUNION_FIELD_MEDICAL_VITAL)
        continue;
      reunion_report_unset (reunion_case_get_report (case_), i);
      after = notice_text (case_, REUNION_LANGUAGE_EN);
      test_expect_string (reunion_field_get_info (i)->key, before, after);
    }
}

/* What the notice says by who is missing; a diagnosis is not to be told from it. */
static const struct
{
  const char *kind;
  int age_years;
  gboolean is_vital;
  const char *headline[REUNION_N_LANGUAGES];
  const char *sentence[REUNION_N_LANGUAGES];
} people[] = {
  { NULL, 13, FALSE, { "寻人：甲", "Missing: 甲" }, { "孩子", "Stay close to the child" } },
  { "child", 2, TRUE, { "寻人：甲", "Missing: 甲" }, { "孩子", "Stay close to the child" } },
  { "older",
    81,
    FALSE,
    { "寻找走失老人：甲", "Missing older person: 甲" },
    { "老人", "stay with" } },
  { "dementia",
    81,
    FALSE,
    { "寻找走失老人：甲", "Missing older person: 甲" },
    { "老人", "stay with" } },
  { "dementia",
    60,
    FALSE,
    { "寻找走失老人：甲", "Missing older person: 甲" },
    { "老人", "stay with" } },
  { "dementia",
    59,
    FALSE,
    { "寻人：甲", "Missing: 甲" },
    { "请勿在网上公开其行踪", "do not post" } },
  { "dementia",
    -1,
    FALSE,
    { "寻人：甲", "Missing: 甲" },
    { "请勿在网上公开其行踪", "do not post" } },
  { "dementia",
    59,
    TRUE,
    { "寻人：甲", "Missing: 甲" },
    { "可能说不清姓名和住址", "May not know" } },
  { "family", 34, FALSE, { "寻人：甲", "Missing: 甲" }, { "请勿在网上公开其行踪", "do not post" } },
};

static void
expect_words (gsize i, int language)
{
  g_autoptr (ReunionCase) case_ = reunion_case_new (TEST_CASE_ID);
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  ReunionReport *report = reunion_case_get_report (case_);
  g_autoptr (ReunionNotice) notice = NULL;
  g_autofree char *text = NULL;
  g_autofree char *what = g_strdup_printf ("%s, %d, %s", people[i].kind, people[i].age_years,
                                           reunion_language_to_tag (language));

  reunion_report_set_text (report, REUNION_FIELD_NAME, "甲");
  reunion_report_set_text (report, REUNION_FIELD_PERSON_KIND, people[i].kind);
  reunion_report_set_text (report, REUNION_FIELD_CONTACT_PHONE, "0857-7621110");
  if (people[i].age_years >= 0)
    reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, people[i].age_years);
  reunion_report_set_int (report, REUNION_FIELD_MEDICAL_VITAL, people[i].is_vital);
  notice = reunion_notice_new (case_, language, china);
  text = reunion_notice_to_text (notice);
  test_expect_string (what, people[i].headline[language], notice->headline);
  g_assert_nonnull (notice->title);
  if (strstr (text, people[i].sentence[language]) == NULL)
    test_fail ("%s: expected “%s”, found %s", what, people[i].sentence[language], text);
  if (strstr (text, "dementia") != NULL || strstr (text, "认知") != NULL)
    test_fail ("%s: the diagnosis stands in %s", what, text);
}

static void
test_people (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    for (int language = 0; language < REUNION_N_LANGUAGES; language++)
      expect_words (i, language);
}

/* Whoever compares notices can't pick out the adults with dementia. */
static void
test_dementia_is_not_told (void)
{
  for (int age_years = -1; age_years <= 100; age_years++)
    {
      const ReunionPublicWords *words
          = reunion_person_kind_get_words (REUNION_PERSON_KIND_DEMENTIA, age_years, FALSE);

      g_assert_true (
          words == reunion_person_kind_get_words (REUNION_PERSON_KIND_OLDER, age_years, FALSE)
          || words == reunion_person_kind_get_words (REUNION_PERSON_KIND_FAMILY, age_years, FALSE));
    }
}

static void
test_push (void)
{
  const ReunionStage *stage = reunion_policy_get_stage (reunion_policy_get_national (), 1);

  for (int kind = REUNION_PUSH_PUBLISHED; kind <= REUNION_PUSH_WITHDRAWN; kind++)
    for (int datum = REUNION_DATUM_WGS84; datum <= REUNION_DATUM_BD09; datum++)
      for (int vital = 0; vital <= 1; vital++)
        {
          g_autoptr (ReunionCase) case_ = test_case_new_full ();
          ReunionPush push = {
            .kind = kind,
            .id = "msg-1",
            .sent_usec = test_utc_usec (2016, 5, 20, 5, 0, 0),
            .stage = kind == REUNION_PUSH_WITHDRAWN ? NULL : stage,
            .told_radius_km = 100,
            .datum = datum,
          };
          const char *what = reunion_push_kind_to_key (kind);
          g_autofree char *text = NULL;

          reunion_report_set_int (reunion_case_get_report (case_), REUNION_FIELD_MEDICAL_VITAL,
                                  vital);
          text = reunion_push_to_json (&push, case_);
          expect_nothing_private (what, text, vital);
          if (kind == REUNION_PUSH_WITHDRAWN)
            continue;
          expect_public (what, text, REUNION_LANGUAGE_ZH, vital);
          expect_public (what, text, REUNION_LANGUAGE_EN, vital);
        }
}

static void
test_push_members (void)
{
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  ReunionPoint centre = { 26.668, 105.7723 };
  ReunionPush push = {
    .kind = REUNION_PUSH_ESCALATED,
    .id = "msg-1",
    .sent_usec = 1463713200000000,
    .stage = reunion_policy_get_stage (reunion_policy_get_national (), 3),
    .told_radius_km = 300,
  };

  for (int datum = REUNION_DATUM_WGS84; datum <= REUNION_DATUM_BD09; datum++)
    {
      ReunionPoint shifted = reunion_datum_convert (centre, REUNION_DATUM_WGS84, datum);
      g_autofree char *text = NULL;
      g_autoptr (JsonObject) object = NULL;
      g_autoptr (GError) error = NULL;
      JsonObject *circle, *stage;
      JsonArray *photos;

      push.datum = datum;
      text = reunion_push_to_json (&push, case_);
      object = reunion_json_parse (text, -1, &error);
      g_assert_no_error (error);
      circle = json_object_get_object_member (object, "circle");
      stage = json_object_get_object_member (object, "stage");
      photos = json_object_get_array_member (object, "photos");
      test_expect_string ("type", "notice.escalated",
                          json_object_get_string_member (object, "type"));
      test_expect_string ("id", "msg-1", json_object_get_string_member (object, "id"));
      test_expect_string ("case", TEST_CASE_ID, json_object_get_string_member (object, "case_id"));
      test_expect_string ("sent", "2016-05-20T03:00:00Z",
                          json_object_get_string_member (object, "sent"));
      test_expect_string ("datum", reunion_datum_to_name (datum),
                          json_object_get_string_member (circle, "datum"));
      test_expect_near ("latitude", shifted.lat_deg,
                        json_object_get_double_member (circle, "latitude"), 1e-9);
      test_expect_near ("longitude", shifted.lon_deg,
                        json_object_get_double_member (circle, "longitude"), 1e-9);
      test_expect_near ("radius", 500, json_object_get_double_member (circle, "radius_km"), 0.0);
      test_expect_int ("stage", 4, json_object_get_int_member (stage, "id"));
      test_expect_near ("told", 300, json_object_get_double_member (stage, "told_radius_km"), 0.0);
      test_expect_int ("photos", 2, json_array_get_length (photos));
      test_expect_string ("lead", TEST_HASH_1, json_array_get_string_element (photos, 0));
    }
}

/* A withdrawal names the case, and nothing of the person. */
static void
test_withdrawal (void)
{
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  ReunionPush push
      = { .kind = REUNION_PUSH_WITHDRAWN, .id = "msg-2", .sent_usec = 1463713200000000 };
  g_autofree char *text = reunion_push_to_json (&push, case_);

  test_expect_string ("withdrawal",
                      "{\"type\":\"notice.withdrawn\",\"id\":\"msg-2\",\"case_id\":\"" TEST_CASE_ID
                      "\",\"sent\":\"2016-05-20T03:00:00Z\"}",
                      text);
}

/* What is not known leaves no empty line. */
static void
test_sparse (void)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  g_autoptr (ReunionCase) case_ = reunion_case_new (TEST_CASE_ID);
  ReunionReport *report = reunion_case_get_report (case_);
  g_autoptr (ReunionNotice) empty = reunion_notice_new (case_, REUNION_LANGUAGE_EN, china);
  g_autoptr (ReunionNotice) some = NULL;
  g_autofree char *nothing = reunion_notice_to_text (empty);
  g_autofree char *text = NULL;

  test_expect_string ("empty", "Missing: name unknown", nothing);
  g_assert_null (empty->contact);

  reunion_report_set_text (report, REUNION_FIELD_NAME, "小明\nContact: 555");
  reunion_report_set_text (report, REUNION_FIELD_BIRTH_DATE, "2013-05-09");
  reunion_report_set_text (report, REUNION_FIELD_SHOES, "白色球鞋");
  reunion_report_set_int (report, REUNION_FIELD_HEIGHT_CM, 90);
  some = reunion_notice_new (case_, REUNION_LANGUAGE_ZH, china);
  text = reunion_notice_to_text (some);
  /* No second line out of the name, and no age without a day to count to. */
  test_expect_string ("some",
                      "寻人：小明 Contact: "
                      "555\n体貌：身高90厘米\n衣着：白色球鞋",
                      text);
}

static void
test_keys (void)
{
  static const char *const keys[]
      = { "notice.published", "notice.escalated", "notice.updated", "notice.withdrawn" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      ReunionPushKind kind = (ReunionPushKind) ((i + 1) % G_N_ELEMENTS (keys));

      test_expect_string ("key", keys[i], reunion_push_kind_to_key (i));
      g_assert_true (reunion_push_kind_from_key (keys[i], &kind));
      test_expect_int (keys[i], (gint64) i, kind);
      g_assert_false (reunion_push_kind_from_key ("published", &kind));
      test_expect_int ("left alone", (gint64) i, kind);
    }
  test_expect_string ("tag", "zh", reunion_language_to_tag (REUNION_LANGUAGE_ZH));
  test_expect_string ("tag", "en", reunion_language_to_tag (REUNION_LANGUAGE_EN));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notice/text", test_text);
  g_test_add_func ("/notice/private-fields-change-nothing", test_private_fields_change_nothing);
  g_test_add_func ("/notice/people", test_people);
  g_test_add_func ("/notice/dementia-is-not-told", test_dementia_is_not_told);
  g_test_add_func ("/notice/push", test_push);
  g_test_add_func ("/notice/push-members", test_push_members);
  g_test_add_func ("/notice/withdrawal", test_withdrawal);
  g_test_add_func ("/notice/sparse", test_sparse);
  g_test_add_func ("/notice/keys", test_keys);
  return g_test_run ();
}
