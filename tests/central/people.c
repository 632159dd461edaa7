/* people.c: tests of managing accounts, and who may
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-people.h"
#include "central-fixture.h"

#include <string.h>

static guint
change (CentralFixture *fixture,
        const char *who,
        const char *account,
        const char *if_match,
        const char *body)
{
  g_autofree char *path = g_strconcat ("/v1/accounts/", account, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (SoupMessage) message
      = central_fixture_new_message (fixture, who, "PATCH", path, NULL, bytes);
  g_autoptr (CentralAnswer) answer = NULL;

  if (if_match != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "If-Match", if_match);
  answer = central_fixture_send (fixture, message);
  central_answer_expect (answer, answer->status, body);
  return answer->status;
}

static JsonObject *
sign_in (CentralFixture *fixture, guint status, const char *account, const char *password)
{
  g_autofree char *body
      = g_strdup_printf ("{\"account\":\"%s\",\"password\":\"%s\"}", account, password);

  return central_fixture_expect (fixture, status, NOBODY, "POST", "/v1/sessions", body);
}

static guint
try_token (CentralFixture *fixture, JsonObject *session)
{
  g_autoptr (SoupMessage) message
      = central_fixture_new_message (fixture, NOBODY, "GET", "/v1/changes", "", NULL);
  g_autofree char *bearer
      = g_strconcat ("Bearer ", json_object_get_string_member (session, "token"), NULL);
  g_autoptr (CentralAnswer) answer = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                bearer);
  answer = central_fixture_send (fixture, message);
  return answer->status;
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
    { COUNTY_ADMINISTRATOR, 201,
      "{\"account\":\"new.officer\",\"name\":\"新\",\"role\":\"officer\",\"station\":"
      "\"520524-01\",\"password\":\"correct horse\"}" },
    { COUNTY_ADMINISTRATOR, 409,
      "{\"account\":\"new.officer\",\"name\":\"新\",\"role\":\"officer\",\"station\":"
      "\"520524-01\",\"password\":\"correct horse\"}" },
    { COUNTY_ADMINISTRATOR, 201,
      "{\"account\":\"new.reviewer\",\"name\":\"新\",\"role\":\"reviewer\",\"region\":"
      "\"520500\",\"password\":\"correct horse\"}" },
    { COUNTY_ADMINISTRATOR, 201,
      "{\"account\":\"new.county\",\"name\":\"新\",\"role\":\"county_administrator\",\"region\":"
      "\"520524\",\"password\":\"correct horse\"}" },
    /* Outside, above, and beside. */
    { COUNTY_ADMINISTRATOR, 403,
      "{\"account\":\"a1\",\"name\":\"新\",\"role\":\"officer\",\"station\":\"131102-03\","
      "\"password\":\"correct horse\"}" },
    { COUNTY_ADMINISTRATOR, 403,
      "{\"account\":\"a2\",\"name\":\"新\",\"role\":\"reviewer\",\"region\":\"52\","
      "\"password\":\"correct horse\"}" },
    { COUNTY_ADMINISTRATOR, 403,
      "{\"account\":\"a3\",\"name\":\"新\",\"role\":\"reviewer\",\"region\":\"\","
      "\"password\":\"correct horse\"}" },
    { COUNTY_ADMINISTRATOR, 403,
      "{\"account\":\"a4\",\"name\":\"新\",\"role\":\"administrator\",\"region\":\"\","
      "\"password\":\"correct horse\"}" },
    { COUNTY_ADMINISTRATOR, 403,
      "{\"account\":\"a5\",\"name\":\"新\",\"role\":\"administrator\",\"region\":\"5205\","
      "\"password\":\"correct horse\"}" },
    { COUNTY_ADMINISTRATOR, 422,
      "{\"account\":\"a6\",\"name\":\"新\",\"role\":\"reviewer\",\"region\":\"520524\","
      "\"station\":\"520500-00\",\"password\":\"correct horse\"}" },
    { OFFICER, 403,
      "{\"account\":\"a7\",\"name\":\"新\",\"role\":\"officer\",\"station\":\"520524-01\","
      "\"password\":\"correct horse\"}" },
    { ADMINISTRATOR, 201,
      "{\"account\":\"new.nation\",\"name\":\"新\",\"role\":\"administrator\",\"region\":\"\","
      "\"password\":\"correct horse\"}" },
    { ADMINISTRATOR, 201,
      "{\"account\":\"new.hebei\",\"name\":\"新\",\"role\":\"reviewer\",\"region\":\"130000\","
      "\"password\":\"correct horse\"}" },
    /* What does not go together. */
    { ADMINISTRATOR, 422,
      "{\"account\":\"b1\",\"name\":\"新\",\"role\":\"administrator\",\"region\":\"52\","
      "\"password\":\"correct horse\"}" },
    { ADMINISTRATOR, 422,
      "{\"account\":\"b2\",\"name\":\"新\",\"role\":\"county_administrator\",\"region\":\"\","
      "\"password\":\"correct horse\"}" },
    { ADMINISTRATOR, 422,
      "{\"account\":\"b3\",\"name\":\"新\",\"role\":\"officer\",\"region\":\"520524\","
      "\"password\":\"correct horse\"}" },
    { ADMINISTRATOR, 422,
      "{\"account\":\"b4\",\"name\":\"新\",\"role\":\"officer\",\"station\":\"999999-01\","
      "\"password\":\"correct horse\"}" },
    { ADMINISTRATOR, 422,
      "{\"account\":\"b5\",\"name\":\"新\",\"role\":\"reviewer\",\"region\":\"5\","
      "\"password\":\"correct horse\"}" },
    { ADMINISTRATOR, 422,
      "{\"account\":\"b6\",\"name\":\"新\",\"role\":\"reviewer\",\"region\":\"guizhou\","
      "\"password\":\"correct horse\"}" },
    { ADMINISTRATOR, 422,
      "{\"account\":\"b7\",\"name\":\"新\",\"role\":\"emperor\",\"region\":\"\","
      "\"password\":\"correct horse\"}" },
    { ADMINISTRATOR, 422,
      "{\"account\":\"b8\",\"name\":\"新\",\"role\":\"service\",\"region\":\"\","
      "\"password\":\"correct horse\"}" },
    { ADMINISTRATOR, 422,
      "{\"account\":\"B 9\",\"name\":\"新\",\"role\":\"reviewer\",\"region\":\"\","
      "\"password\":\"correct horse\"}" },
    { ADMINISTRATOR, 422,
      "{\"account\":\"b10\",\"name\":\"\",\"role\":\"reviewer\",\"region\":\"\","
      "\"password\":\"correct horse\"}" },
    { ADMINISTRATOR, 422,
      "{\"account\":\"b11\",\"name\":\"新\",\"role\":\"reviewer\",\"region\":\"\","
      "\"password\":\"short\"}" },
    { ADMINISTRATOR, 422,
      "{\"account\":\"b12\",\"name\":\"新\",\"role\":\"reviewer\",\"region\":\"\"}" },
    { ADMINISTRATOR, 422,
      "{\"account\":\"b13\",\"name\":\"新\",\"role\":\"reviewer\",\"region\":\"\","
      "\"password_hash\":\"$argon2id$\"}" },
    { ADMINISTRATOR, 400, "{\"account\":\"b14\",\"password\":\"correct horse\"}" },
    { ADMINISTRATOR, 400, "{\"account\":7}" },
    { ADMINISTRATOR, 400, "[]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonObject) answer = central_fixture_expect (fixture, rows[i].status, rows[i].who,
                                                              "POST", "/v1/accounts", rows[i].body);

      g_assert_false (json_object_has_member (answer, "password_hash"));
    }
  {
    g_autoptr (JsonObject) session = sign_in (fixture, 201, "new.officer", "correct horse");
    JsonObject *account = json_object_get_object_member (session, "account");

    g_assert_cmpstr (json_object_get_string_member (account, "region"), ==, "520524");
  }
  g_assert_cmpint (
      central_fixture_count (fixture,
                             "SELECT count(*) FROM accounts WHERE account = 'new.hebei'"
                             " AND region = '13'",
                             NULL),
      ==, 1);
  g_assert_cmpint (central_fixture_count (fixture,
                                          "SELECT count(*) FROM audit WHERE what ="
                                          " 'account.create' AND who = $1",
                                          COUNTY_ADMINISTRATOR),
                   ==, 3);
}

/* The same request twice is one account; what is kept of it under its key is no
 * quicker to guess the password from than the account's own hash. */
static void
test_create_repeated (CentralFixture *fixture, gconstpointer data)
{
  const char *body = "{\"account\":\"new\",\"name\":\"新\",\"role\":\"reviewer\",\"region\":\"52\","
                     "\"password\":\"correct horse\"}";
  const char *other
      = "{\"account\":\"new\",\"name\":\"新\",\"role\":\"reviewer\",\"region\":\"52\","
        "\"password\":\"correct house\"}";
  g_autoptr (CentralAnswer) first
      = central_fixture_call (fixture, ADMINISTRATOR, "POST", "/v1/accounts", "key", body);
  g_autoptr (CentralAnswer) again
      = central_fixture_call (fixture, ADMINISTRATOR, "POST", "/v1/accounts", "key", body);
  g_autoptr (CentralAnswer) differs
      = central_fixture_call (fixture, ADMINISTRATOR, "POST", "/v1/accounts", "key", other);
  g_autoptr (CentralAnswer) without
      = central_fixture_call (fixture, ADMINISTRATOR, "POST", "/v1/accounts", "", body);
  g_autofree char *plain = g_strconcat ("POST /v1/accounts\n", body, NULL);
  g_autofree char *plain_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, plain, -1);

  central_answer_expect (first, 201, "first");
  central_answer_expect (again, 201, "again");
  g_assert_cmpstr (first->body, ==, again->body);
  central_answer_expect (differs, 422, "another password");
  central_answer_expect (without, 400, "no key");
  g_assert_cmpint (central_fixture_count (
                       fixture, "SELECT count(*) FROM answers WHERE request_hash = $1", plain_hash),
                   ==, 0);
}

static void
test_change (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *who;
    const char *account;
    const char *if_match;
    const char *body;
    guint status;
    gboolean ends_sessions;
  } rows[] = {
    { COUNTY_ADMINISTRATOR, OFFICER, NULL, "{\"name\":\"王小军\"}", 428, FALSE },
    { COUNTY_ADMINISTRATOR, OFFICER, "\"7\"", "{\"name\":\"王小军\"}", 412, FALSE },
    { COUNTY_ADMINISTRATOR, OFFICER, "W/\"1\"", "{\"name\":\"王小军\"}", 412, FALSE },
    { COUNTY_ADMINISTRATOR, OFFICER, "\"1\"", "{}", 200, FALSE },
    { COUNTY_ADMINISTRATOR, OFFICER, "\"1\"", "{\"name\":\"王小军\"}", 200, FALSE },
    { COUNTY_ADMINISTRATOR, OFFICER, "\"1\"", "{\"name\":\"王大军\"}", 412, FALSE },
    { COUNTY_ADMINISTRATOR, OFFICER, "\"2\"", "{\"password\":\"correct horse\"}", 200, TRUE },
    { COUNTY_ADMINISTRATOR, OFFICER, "\"3\"", "{\"password\":\"wang.jun\"}", 422, FALSE },
    { COUNTY_ADMINISTRATOR, OFFICER, "\"3\"", "{\"role\":\"reviewer\"}", 200, TRUE },
    { COUNTY_ADMINISTRATOR, OFFICER, "\"4\"", "{\"region\":\"5205\"}", 200, TRUE },
    { COUNTY_ADMINISTRATOR, OFFICER, "\"5\"", "{\"station\":\"520500-00\"}", 200, TRUE },
    { COUNTY_ADMINISTRATOR, OFFICER, "\"6\"", "{\"station\":null}", 200, TRUE },
    { COUNTY_ADMINISTRATOR, OFFICER, "\"7\"", "{\"region\":\"52\"}", 403, FALSE },
    { COUNTY_ADMINISTRATOR, OFFICER, "\"7\"", "{\"role\":\"administrator\"}", 403, FALSE },
    { COUNTY_ADMINISTRATOR, OFFICER, "\"7\"", "{\"role\":\"officer\"}", 422, FALSE },
    { COUNTY_ADMINISTRATOR, OFFICER, "\"7\"", "{\"locked\":\"yes\"}", 400, FALSE },
    { COUNTY_ADMINISTRATOR, OFFICER, "\"7\"", "{\"password_hash\":\"x\"}", 422, FALSE },
    { COUNTY_ADMINISTRATOR, OFFICER, "\"7\"", "{\"locked\":true}", 200, TRUE },
    { COUNTY_ADMINISTRATOR, OTHER_OFFICER, "*", "{\"locked\":true}", 404, FALSE },
    { COUNTY_ADMINISTRATOR, ADMINISTRATOR, "*", "{\"locked\":true}", 404, FALSE },
    { COUNTY_ADMINISTRATOR, REVIEWER, "*", "{\"locked\":true}", 404, FALSE },
    { COUNTY_ADMINISTRATOR, COUNTY_ADMINISTRATOR, "*", "{\"locked\":true}", 403, FALSE },
    { COUNTY_ADMINISTRATOR, COUNTY_ADMINISTRATOR, "*", "{\"region\":\"520524\"}", 403, FALSE },
    { ADMINISTRATOR, ADMINISTRATOR, "*", "{\"role\":\"reviewer\"}", 403, FALSE },
    { ADMINISTRATOR, COUNTY_ADMINISTRATOR, "*", "{\"region\":\"52\"}", 200, TRUE },
    { ADMINISTRATOR, "nobody", "*", "{\"locked\":true}", 404, FALSE },
  };
  const char *password = OFFICER;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonObject) session = NULL;
      guint status;

      if (strcmp (rows[i].account, OFFICER) == 0)
        session = sign_in (fixture, 201, OFFICER, password);
      status = change (fixture, rows[i].who, rows[i].account, rows[i].if_match, rows[i].body);
      if (status != rows[i].status)
        g_error ("%s on %s: expected %u, got %u", rows[i].body, rows[i].account, rows[i].status,
                 status);
      if (session != NULL)
        g_assert_cmpuint (try_token (fixture, session), ==, rows[i].ends_sessions ? 401 : 200);
      if (status == 200 && strstr (rows[i].body, "password") != NULL)
        password = "correct horse";
    }
  {
    g_autoptr (JsonObject) locked = sign_in (fixture, 403, OFFICER, password);
    /* Only who knows the password is told that it is locked. */
    g_autoptr (JsonObject) wrong = sign_in (fixture, 401, OFFICER, "wrong horse");

    g_assert_nonnull (strstr (json_object_get_string_member (locked, "detail"), "locked"));
  }
  g_assert_cmpuint (change (fixture, ADMINISTRATOR, OFFICER, "\"8\"", "{\"locked\":false}"), ==,
                    200);
  {
    g_autoptr (JsonObject) session = sign_in (fixture, 201, OFFICER, password);
  }
  g_assert_cmpint (
      central_fixture_count (fixture,
                             "SELECT count(*) FROM audit WHERE what IN ('account.change',"
                             " 'account.lock', 'account.unlock') AND about LIKE $1 || '%'",
                             OFFICER),
      ==, 8);
}

static char *
list_names (CentralFixture *fixture, const char *who, const char *path)
{
  g_autoptr (JsonObject) answer = central_fixture_expect (fixture, 200, who, "GET", path, NULL);
  JsonArray *rows = json_object_get_array_member (answer, "accounts");
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    g_string_append_printf (
        names, "%s%s", i > 0 ? " " : "",
        json_object_get_string_member (json_array_get_object_element (rows, i), "account"));
  if (json_object_has_member (answer, "next"))
    g_string_append_printf (names, " > %s", json_object_get_string_member (answer, "next"));
  return g_string_free (names, FALSE);
}

static void
test_list (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *who;
    const char *path;
    const char *names;
  } rows[] = {
    { ADMINISTRATOR, "/v1/accounts", "chen.fang he.ping li.min ma.li wang.jun zhao.qiang" },
    { COUNTY_ADMINISTRATOR, "/v1/accounts", "he.ping wang.jun" },
    { ADMINISTRATOR, "/v1/accounts?limit=2", "chen.fang he.ping > he.ping" },
    { ADMINISTRATOR, "/v1/accounts?limit=2&after=he.ping", "li.min ma.li > ma.li" },
    { ADMINISTRATOR, "/v1/accounts?after=zhao.qiang", "" },
  };
  g_autoptr (CentralAnswer) one = central_fixture_call (fixture, COUNTY_ADMINISTRATOR, "GET",
                                                        "/v1/accounts/" OFFICER, "", NULL);
  g_autoptr (JsonObject) hidden = central_fixture_expect (fixture, 404, COUNTY_ADMINISTRATOR, "GET",
                                                          "/v1/accounts/" OTHER_OFFICER, NULL);
  g_autoptr (JsonObject) bad
      = central_fixture_expect (fixture, 400, ADMINISTRATOR, "GET", "/v1/accounts?limit=x", NULL);

  central_answer_expect (one, 200, "one");
  g_assert_cmpstr (
      soup_message_headers_get_one (soup_message_get_response_headers (one->message), "ETag"), ==,
      "\"1\"");
  g_assert_null (strstr (one->body, "argon2"));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *names = list_names (fixture, rows[i].who, rows[i].path);

      g_assert_cmpstr (names, ==, rows[i].names);
    }
}

/* What the command line calls. */
static void
test_add (CentralFixture *fixture, gconstpointer data)
{
  const ReunionCentralAccount account = {
    .account = (char *) "first",
    .name = (char *) "第一",
    .role = REUNION_ROLE_ADMINISTRATOR,
    .region = (char *) "",
  };
  GError *error = NULL;

  g_assert_false (central_accounts_add (fixture->service, NULL, &account, "short", &error));
  g_assert_error (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (central_accounts_add (fixture->service, NULL, &account, "correct horse", &error));
  g_assert_no_error (error);
  g_assert_false (central_accounts_add (fixture->service, NULL, &account, "correct horse", &error));
  g_assert_error (error, CENTRAL_ERROR, CENTRAL_ERROR_CONFLICT);
  g_clear_error (&error);
  {
    g_autoptr (JsonObject) session = sign_in (fixture, 201, "first", "correct horse");
  }
}

static void
test_region (void)
{
  static const struct
  {
    const char *text;
    const char *region;
  } rows[] = {
    { "", "" },       { "52", "52" },         { "520000", "52" },   { "520500", "5205" },
    { "5200", "52" }, { "520524", "520524" }, { "000000", "" },     { "5", NULL },
    { "520", NULL },  { "5205241", NULL },    { "52052400", NULL }, { "五二", NULL },
    { "52 ", NULL },  { "5x", NULL },         { "-1", NULL },       { "110100", "1101" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *region = central_people_parse_region (rows[i].text, &error);

      g_assert_cmpstr (region, ==, rows[i].region);
      g_assert_true ((region == NULL) == (error != NULL));
    }
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/people/create", test_create);
  central_test_add ("/central/people/create-repeated", test_create_repeated);
  central_test_add ("/central/people/change", test_change);
  central_test_add ("/central/people/list", test_list);
  central_test_add ("/central/people/add", test_add);
  g_test_add_func ("/central/people/region", test_region);
  return g_test_run ();
}
