/* statistics.c: tests of the figures: what is counted, how long it took, tips, CSV,
 * and that they outlive what is erased
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-fixture.h"
#include "central-review.h"
#include "reunion-central-store-private.h"

#include <string.h>

#define MINUTE_S 60
#define HOUR_S 3600

static JsonObject *
get_period (CentralFixture *fixture, const char *query)
{
  g_autofree char *path = g_strconcat ("/v1/statistics?from=2016-05-15T00:00:00Z", query, NULL);
  g_autoptr (JsonObject) statistics
      = central_fixture_expect (fixture, 200, REVIEWER, "GET", path, NULL);
  JsonArray *periods = json_object_get_array_member (statistics, "periods");

  g_assert_cmpuint (json_array_get_length (periods), ==, 1);
  return json_object_ref (json_array_get_object_element (periods, 0));
}

static gint64
dig (JsonObject *object, const char *path)
{
  g_auto (GStrv) members = g_strsplit (path, "/", -1);

  for (guint i = 0; members[i + 1] != NULL; i++)
    {
      if (!json_object_has_member (object, members[i]))
        return -1;
      object = json_object_get_object_member (object, members[i]);
    }
  return json_object_get_int_member_with_default (object, members[g_strv_length (members) - 1], -1);
}

typedef struct
{
  const char *path;
  gint64 expected;
} Figure;

static void
check (JsonObject *period, const Figure *figures, gsize n_figures)
{
  for (gsize i = 0; i < n_figures; i++)
    if (dig (period, figures[i].path) != figures[i].expected)
      g_error ("%s: expected %" G_GINT64_FORMAT ", found %" G_GINT64_FORMAT, figures[i].path,
               figures[i].expected, dig (period, figures[i].path));
}

static void
put_tip (CentralFixture *fixture, const char *case_id, const char *id, ReunionTipState state)
{
  g_autoptr (ReunionTip) tip = reunion_tip_new (id, case_id);
  GError *error = NULL;

  reunion_tip_set_origin (tip, "map", id);
  reunion_tip_set_text (tip, "seen");
  reunion_tip_set_received_usec (tip, fixture->now_usec);
  reunion_tip_set_state (tip, state);
  g_assert_true (reunion_central_store_begin (fixture->store, NULL));
  if (!central_service_finish (
          fixture->service,
          central_service_record_tip (fixture->service, tip, "map", "tip", &error), &error))
    g_error ("%s", error->message);
}

/* One case of @age_years, lost 10 min before it is filed, approved and closed so long
 * after. The id, transfer full. */
static char *
play (CentralFixture *fixture,
      gint64 age_years,
      const char *sex,
      gint64 approved_s,
      gint64 closed_s,
      const char *outcome)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  const char *id = reunion_case_get_id (case_);
  ReunionReport *report = reunion_case_get_report (case_);
  gint64 filed_usec = fixture->now_usec;
  g_autoptr (JsonObject) filed = NULL;
  g_autoptr (JsonObject) approved = NULL;
  g_autoptr (JsonObject) closed = NULL;

  reunion_report_unset (report, REUNION_FIELD_BIRTH_DATE);
  reunion_report_unset (report, REUNION_FIELD_RESIDENT_ID);
  reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, age_years);
  reunion_report_set_text (report, REUNION_FIELD_PERSON_KIND, age_years < 18 ? "child" : "older");
  reunion_report_set_text (report, REUNION_FIELD_SEX, sex);
  filed = central_fixture_file (fixture, 201, OFFICER, case_);
  central_fixture_set_clock (fixture, filed_usec + approved_s * G_TIME_SPAN_SECOND);
  approved = central_fixture_decide (fixture, 200, REVIEWER, id, "approve", NULL);
  if (outcome != NULL)
    {
      central_fixture_set_clock (fixture, filed_usec + closed_s * G_TIME_SPAN_SECOND);
      closed = central_fixture_close (fixture, 200, OFFICER, id, outcome);
    }
  return g_strdup (id);
}

static void
test_figures (CentralFixture *fixture, gconstpointer data)
{
  static const Figure expected[] = {
    { "nation/issued", 5 },
    { "nation/found", 4 },
    { "nation/found_percent", 80 },
    { "nation/outcomes/lost", 2 },
    { "nation/outcomes/left_home", 1 },
    { "nation/outcomes/drowned", 1 },
    { "nation/outcomes/none", 1 },
    { "provinces/52/issued", 5 },
    { "provinces/13/issued", -1 },
    { "ages/0-2/issued", 1 },
    { "ages/7-12/issued", 2 },
    { "ages/7-12/found", 1 },
    { "ages/13-17/issued", 1 },
    { "ages/3-6/issued", -1 },
    { "ages/60+/outcomes/lost", 1 },
    { "sexes/male/issued", 2 },
    { "sexes/female/issued", 3 },
    { "nation/approval/n", 5 },
    { "nation/approval/p50_seconds", 30 * MINUTE_S },
    { "nation/approval/p90_seconds", 50 * MINUTE_S },
    { "nation/finding/n", 4 },
    { "nation/finding/p50_seconds", 2 * HOUR_S + 600 },
    { "nation/finding/p90_seconds", 4 * HOUR_S + 600 },
    { "nation/tips/n", 3 },
    { "nation/found_by_tip/yes", 1 },
    { "nation/found_by_tip/no", 3 },
    { "nation/found_by_tip/unknown", 0 },
  };
  g_autofree char *first = play (fixture, 1, "male", 10 * MINUTE_S, HOUR_S, "lost");
  g_autofree char *second = play (fixture, 9, "female", 20 * MINUTE_S, 2 * HOUR_S, "drowned");
  g_autofree char *third = play (fixture, 12, "female", 30 * MINUTE_S, 0, NULL);
  g_autofree char *fourth = play (fixture, 13, "male", 40 * MINUTE_S, 3 * HOUR_S, "left_home");
  g_autofree char *fifth = play (fixture, 80, "female", 50 * MINUTE_S, 4 * HOUR_S, "lost");
  g_autoptr (JsonObject) period = NULL;
  g_autoptr (JsonObject) here = NULL;
  g_autoptr (JsonObject) elsewhere = NULL;
  g_autoptr (JsonObject) before = NULL;

  put_tip (fixture, first, "1", REUNION_TIP_STATE_CREDIBLE);
  put_tip (fixture, first, "1", REUNION_TIP_STATE_LED);
  put_tip (fixture, first, "2", REUNION_TIP_STATE_DISMISSED);
  put_tip (fixture, second, "3", REUNION_TIP_STATE_LED);
  /* It was another one, after all. */
  put_tip (fixture, second, "3", REUNION_TIP_STATE_DISMISSED);
  period = get_period (fixture, "");
  check (period, expected, G_N_ELEMENTS (expected));
  g_assert_cmpfloat (
      json_object_get_double_member (
          json_object_get_object_member (json_object_get_object_member (period, "nation"), "tips"),
          "per_case"),
      ==, 0.6);
  here = get_period (fixture, "&region=5205");
  elsewhere = get_period (fixture, "&region=13");
  before = get_period (fixture, "&to=2026-05-15T00:00:00Z");
  g_assert_cmpint (dig (here, "nation/issued"), ==, 5);
  g_assert_cmpint (dig (elsewhere, "nation/issued"), ==, 0);
  g_assert_cmpint (dig (before, "nation/issued"), ==, 0);
}

/* Filed again after a return, it was reported when it came first. */
static void
test_returned (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, case_);
  g_autoptr (JsonObject) returned
      = central_fixture_decide (fixture, 200, REVIEWER, id, "return", "Which school?");
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) approved = NULL;
  g_autoptr (JsonObject) period = NULL;

  central_fixture_set_clock (fixture, fixture->now_usec + 100 * G_TIME_SPAN_SECOND);
  again = central_fixture_file (fixture, 201, OFFICER, case_);
  period = get_period (fixture, "");
  g_assert_cmpint (dig (period, "nation/issued"), ==, 0);
  g_clear_pointer (&period, json_object_unref);
  central_fixture_set_clock (fixture, fixture->now_usec + 100 * G_TIME_SPAN_SECOND);
  approved = central_fixture_decide (fixture, 200, REVIEWER, id, "approve", NULL);
  period = get_period (fixture, "");
  g_assert_cmpint (dig (period, "nation/approval/p50_seconds"), ==, 200);
}

/* What is personal goes, with the tips; the figures stay to the last one. */
static void
test_erased (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = play (fixture, 9, "female", 20 * MINUTE_S, 2 * HOUR_S, "lost");
  g_autofree char *station = g_strdup ("520524-01");
  g_autoptr (ReunionCase) bare = reunion_case_new (id);
  g_autoptr (ReunionCase) known = reunion_central_store_find_case (fixture->store, id, NULL);
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) after = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_after = NULL;
  GError *error = NULL;

  put_tip (fixture, id, "1", REUNION_TIP_STATE_LED);
  before = get_period (fixture, "&to=2027-01-01T00:00:00Z");
  reunion_case_set_station (bare, station, NULL);
  reunion_case_set_state (bare, REUNION_CASE_STATE_EXPIRED);
  reunion_case_set_published_usec (bare, reunion_case_get_published_usec (known));
  g_assert_true (reunion_central_store_begin (fixture->store, NULL));
  central_service_plan_case (fixture->service, bare, &error);
  g_assert_no_error (error);
  g_assert_true (reunion_db_run (reunion_central_store_get_db (fixture->store), &error,
                                 "DELETE FROM changes WHERE tip_id IS NOT NULL", "")
                 && reunion_db_run (reunion_central_store_get_db (fixture->store), &error,
                                    "DELETE FROM tips", ""));
  g_assert_true (reunion_central_store_commit (fixture->store, NULL));
  after = get_period (fixture, "&to=2027-01-01T00:00:00Z");
  text = reunion_json_to_text (before);
  text_after = reunion_json_to_text (after);
  g_assert_cmpint (dig (before, "nation/found_by_tip/yes"), ==, 1);
  g_assert_cmpstr (text, ==, text_after);
}

/* Years of service begin on 15 May, in China's time. */
static void
test_years (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *station;
    const char *published;
    ReunionCaseState state;
    ReunionOutcome outcome;
  } rows[] = {
    { "340100-01", "2016-05-15T00:00:00+08:00", REUNION_CASE_STATE_CLOSED, REUNION_OUTCOME_LOST },
    { "340100-01", "2017-05-14T23:59:59+08:00", REUNION_CASE_STATE_PUBLISHED,
      REUNION_OUTCOME_NONE },
    { "110000-01", "2018-05-15T00:00:00+08:00", REUNION_CASE_STATE_EXPIRED, REUNION_OUTCOME_OTHER },
    { "110000-01", "2018-06-01T00:00:00+08:00", REUNION_CASE_STATE_WITHDRAWN,
      REUNION_OUTCOME_NONE },
    { "110000-01", "never", REUNION_CASE_STATE_SUBMITTED, REUNION_OUTCOME_NONE },
  };
  g_autoptr (JsonObject) statistics = NULL;
  JsonArray *periods;
  JsonObject *first;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
      g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (rows[i].published, NULL);
      GError *error = NULL;

      reunion_case_set_station (case_, rows[i].station, "Station");
      reunion_case_set_state (case_, rows[i].state);
      reunion_case_set_outcome (case_, rows[i].outcome);
      if (time != NULL)
        reunion_case_set_published_usec (case_, g_date_time_to_unix (time) * G_TIME_SPAN_SECOND);
      reunion_central_store_put_case (fixture->store, case_, -1, &error);
      g_assert_no_error (error);
    }
  statistics = central_fixture_expect (fixture, 200, REVIEWER, "GET", "/v1/statistics", NULL);
  periods = json_object_get_array_member (statistics, "periods");
  /* Years in which nothing was issued are left out. */
  g_assert_cmpuint (json_array_get_length (periods), ==, 2);
  first = json_array_get_object_element (periods, 0);
  g_assert_cmpstr (json_object_get_string_member (first, "from"), ==, "2016-05-14T16:00:00Z");
  g_assert_cmpstr (json_object_get_string_member (first, "to"), ==, "2017-05-14T16:00:00Z");
  g_assert_cmpint (dig (first, "nation/issued"), ==, 2);
  g_assert_cmpint (dig (first, "provinces/34/found"), ==, 1);
  g_assert_cmpint (dig (json_array_get_object_element (periods, 1), "nation/issued"), ==, 1);
  g_assert_cmpint (dig (json_object_get_object_member (statistics, "total"), "nation/issued"), ==,
                   3);
}

static CentralAnswer *
get_csv (CentralFixture *fixture, const char *path, const char *accept)
{
  g_autoptr (SoupMessage) message
      = central_fixture_new_message (fixture, REVIEWER, "GET", path, "", NULL);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", accept);
  return central_fixture_send (fixture, message);
}

static void
test_csv (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = play (fixture, 9, "female", 20 * MINUTE_S, 2 * HOUR_S, "lost");
  g_autoptr (CentralAnswer) csv = get_csv (fixture, "/v1/statistics?region=52", "text/csv");
  g_autoptr (CentralAnswer) json
      = get_csv (fixture, "/v1/statistics", "application/json, text/csv;q=0.5");
  g_auto (GStrv) lines = NULL;

  g_assert_cmpuint (csv->status, ==, 200);
  g_assert_cmpstr (csv->media_type, ==, "text/csv");
  g_assert_cmpstr (json->media_type, ==, "application/json");
  g_assert_true (g_str_has_prefix (csv->body, "\xef\xbb\xbf\"from\",\"to\",\"group\",\"key\""));
  lines = g_strsplit (csv->body, "\r\n", -1);
  /* The head; nation, province, age and sex, of this year and of all; the end. */
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 2 * 4 + 1);
  g_assert_true (g_str_has_suffix (lines[2],
                                   ",\"province\",\"52\",\"Guizhou\",1,1,100.00,0,0,1,0,0,0,0,0,0,"
                                   "1,1200,1200,1,7800,7800,0,0.00,0,1,0"));
}

static void
test_wrong_questions (CentralFixture *fixture, gconstpointer data)
{
  static const char *const paths[] = {
    "/v1/statistics?from=yesterday", "/v1/statistics?to=2016-05-15", "/v1/statistics?region=abc",
    "/v1/statistics?region=5205245", "/v1/statistics?region=%25",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (JsonObject) problem
          = central_fixture_expect (fixture, 400, REVIEWER, "GET", paths[i], NULL);
    }
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/statistics/figures", test_figures);
  central_test_add ("/central/statistics/returned", test_returned);
  central_test_add ("/central/statistics/erased", test_erased);
  central_test_add ("/central/statistics/years", test_years);
  central_test_add ("/central/statistics/csv", test_csv);
  central_test_add ("/central/statistics/wrong-questions", test_wrong_questions);
  return g_test_run ();
}
