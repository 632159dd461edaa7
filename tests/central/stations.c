/* stations.c: tests of stations, and of the codes that enrol them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-stations.h"
#include "central-fixture.h"

#include <string.h>

static char *
make_code (CentralFixture *fixture, const char *who, const char *station, const char *key)
{
  g_autofree char *path = g_strdup_printf ("/v1/stations/%s/enrolment", station);
  g_autoptr (CentralAnswer) answer = central_fixture_call (fixture, who, "POST", path, key, "{}");

  central_answer_expect (answer, 201, path);
  return g_strdup (json_object_get_string_member (answer->object, "code"));
}

static JsonObject *
enrol (CentralFixture *fixture, guint status, const char *code, const char *key)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *body = NULL;
  g_autoptr (CentralAnswer) answer = NULL;

  json_object_set_string_member (object, "code", code);
  body = reunion_json_to_text (object);
  answer = central_fixture_call (fixture, NOBODY, "POST", "/v1/enrolments", key, body);
  central_answer_expect (answer, status, code);
  return json_object_ref (answer->object);
}

static void
expect_sentence (JsonObject *problem, const char *part)
{
  const char *detail = json_object_get_string_member (problem, "detail");

  if (strstr (detail, part) == NULL)
    g_error ("Expected “%s” in “%s”", part, detail);
}

static void
test_enrol (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_code (fixture, COUNTY_ADMINISTRATOR, "520524-01", NULL);
  g_autofree char *typed = g_ascii_strdown (code, -1);
  g_autoptr (JsonObject) enrolled = NULL;
  g_autoptr (JsonObject) repeated = NULL;
  g_autoptr (JsonObject) used = NULL;
  g_autoptr (ReunionStation) station = NULL;
  g_autoptr (ReunionStation) none = NULL;
  const char *credential;
  GError *error = NULL;

  g_assert_true (g_regex_match_simple (
      "^([ACDEFGHJKMNPQRTWXY34679]{4}-){3}[ACDEFGHJKMNPQRTWXY34679]{4}$", code, 0, 0));
  /* Small letters, spaces: as people type. */
  g_strdelimit (typed, "-", ' ');
  enrolled = enrol (fixture, 201, typed, "key");
  credential = json_object_get_string_member (enrolled, "credential");
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (enrolled, "station"), "code"),
      ==, "520524-01");
  station = central_stations_find_credential (fixture->service, credential, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (station->code, ==, "520524-01");
  none = central_stations_find_credential (fixture->service, code, &error);
  g_assert_no_error (error);
  g_assert_null (none);
  /* The answer was lost: the same again. Anybody else comes too late. */
  repeated = enrol (fixture, 201, code, "key");
  g_assert_cmpstr (json_object_get_string_member (repeated, "credential"), ==, credential);
  used = enrol (fixture, 409, code, NULL);
  expect_sentence (used, "used already");
  g_assert_cmpint (
      central_fixture_count (fixture, "SELECT count(*) FROM enrolments WHERE code_hash = $1", code),
      ==, 0);
  g_assert_cmpint (central_fixture_count (fixture,
                                          "SELECT count(*) FROM answers WHERE body LIKE '%' || $1"
                                          " || '%'",
                                          code),
                   ==, 0);
  g_assert_cmpint (central_fixture_count (fixture,
                                          "SELECT count(*) FROM audit WHERE what IN"
                                          " ('station.enrolment', 'station.enrolled')"
                                          " AND about = $1",
                                          "520524-01"),
                   ==, 2);
}

static void
test_expired (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_code (fixture, ADMINISTRATOR, "520524-01", NULL);
  g_autofree char *other = make_code (fixture, ADMINISTRATOR, "131102-03", NULL);
  g_autoptr (JsonObject) last = NULL;
  g_autoptr (JsonObject) late = NULL;

  fixture->now_usec += CENTRAL_ENROLMENT_USEC - 1;
  last = enrol (fixture, 201, other, NULL);
  fixture->now_usec += 1;
  late = enrol (fixture, 409, code, NULL);
  expect_sentence (late, "run out");
}

/* Only the last code of a station is good, and the same call makes the same code. */
static void
test_made_anew (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *first = make_code (fixture, ADMINISTRATOR, "520524-01", "key");
  g_autofree char *again = make_code (fixture, ADMINISTRATOR, "520524-01", "key");
  g_autofree char *other = make_code (fixture, ADMINISTRATOR, "131102-03", "key");
  g_autofree char *second = make_code (fixture, ADMINISTRATOR, "520524-01", "key-2");
  g_autoptr (JsonObject) void_one = enrol (fixture, 404, first, NULL);
  g_autoptr (JsonObject) good = enrol (fixture, 201, second, NULL);
  g_autoptr (JsonObject) theirs = enrol (fixture, 201, other, NULL);

  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, other);
  g_assert_cmpstr (first, !=, second);
}

static void
test_refused (CentralFixture *fixture, gconstpointer data)
{
  static const char *const codes[] = { "", "nonsense", "AAAA-AAAA-AAAA-AAAA", "' OR 1=1 --" };
  g_autoptr (JsonObject) outside = central_fixture_expect (
      fixture, 404, COUNTY_ADMINISTRATOR, "POST", "/v1/stations/131102-03/enrolment", "{}");
  g_autoptr (JsonObject) unknown = central_fixture_expect (
      fixture, 404, ADMINISTRATOR, "POST", "/v1/stations/999999-01/enrolment", "{}");
  g_autoptr (CentralAnswer) without_key
      = central_fixture_call (fixture, NOBODY, "POST", "/v1/enrolments", "", "{\"code\":\"x\"}");
  g_autoptr (JsonObject) no_code
      = central_fixture_expect (fixture, 400, NOBODY, "POST", "/v1/enrolments", "{}");

  central_answer_expect (without_key, 400, "without a key");
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (JsonObject) problem = enrol (fixture, 404, codes[i], NULL);
    }
}

/* Ten wrong ones an hour from one address; then the right one has to wait too. */
static void
test_guessing (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_code (fixture, ADMINISTRATOR, "520524-01", NULL);
  g_autoptr (JsonObject) held_up = NULL;
  g_autoptr (JsonObject) good = NULL;

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (JsonObject) problem = enrol (fixture, 404, "AAAA-AAAA-AAAA-AAAA", NULL);
    }
  held_up = enrol (fixture, 429, code, NULL);
  fixture->now_usec += 6 * G_TIME_SPAN_MINUTE;
  good = enrol (fixture, 201, code, NULL);
}

static void
test_create (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *who;
    guint status;
    const char *body;
  } rows[] = {
    { COUNTY_ADMINISTRATOR, 201, "{\"code\":\"520524-09\",\"name\":\"所\",\"phone\":\"0857-1\"}" },
    { COUNTY_ADMINISTRATOR, 409, "{\"code\":\"520524-09\",\"name\":\"所\"}" },
    { COUNTY_ADMINISTRATOR, 403, "{\"code\":\"131102-09\",\"name\":\"所\"}" },
    { ADMINISTRATOR, 201, "{\"code\":\"131102-09\",\"name\":\"所\"}" },
    { ADMINISTRATOR, 422, "{\"code\":\"131102\",\"name\":\"所\"}" },
    { ADMINISTRATOR, 422, "{\"code\":\"13110-10\",\"name\":\"所\"}" },
    { ADMINISTRATOR, 422, "{\"code\":\"131102-\",\"name\":\"所\"}" },
    { ADMINISTRATOR, 422, "{\"code\":\"131102-1/2\",\"name\":\"所\"}" },
    { ADMINISTRATOR, 422, "{\"code\":\"131102-11\",\"name\":\"\"}" },
    { ADMINISTRATOR, 400, "{\"code\":\"131102-11\"}" },
    { REVIEWER, 403, "{\"code\":\"520524-12\",\"name\":\"所\"}" },
  };
  g_autoptr (JsonObject) theirs = NULL;
  g_autoptr (JsonObject) all = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonObject) answer = central_fixture_expect (fixture, rows[i].status, rows[i].who,
                                                              "POST", "/v1/stations", rows[i].body);
    }
  theirs = central_fixture_expect (fixture, 200, COUNTY_ADMINISTRATOR, "GET", "/v1/stations", NULL);
  all = central_fixture_expect (fixture, 200, ADMINISTRATOR, "GET", "/v1/stations", NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (theirs, "stations")), ==,
                    3);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (all, "stations")), ==, 6);
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/stations/create", test_create);
  central_test_add ("/central/stations/enrol", test_enrol);
  central_test_add ("/central/stations/expired", test_expired);
  central_test_add ("/central/stations/made-anew", test_made_anew);
  central_test_add ("/central/stations/refused", test_refused);
  central_test_add ("/central/stations/guessing", test_guessing);
  return g_test_run ();
}
