/* accounts.c: tests of signing in and of what an account sees
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-accounts.h"
#include "central-fixture.h"

#include <string.h>

static JsonObject *
sign_in (CentralFixture *fixture, guint status, const char *account, const char *password)
{
  g_autofree char *body
      = g_strdup_printf ("{\"account\":\"%s\",\"password\":\"%s\"}", account, password);

  return central_fixture_expect (fixture, status, NOBODY, "POST", "/v1/sessions", body);
}

/* The status of a call with @authorization in the header. */
static guint
try_header (CentralFixture *fixture, const char *authorization)
{
  g_autoptr (SoupMessage) message
      = central_fixture_new_message (fixture, NOBODY, "GET", "/v1/changes", "", NULL);
  g_autoptr (CentralAnswer) answer = NULL;

  if (authorization != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                  authorization);
  answer = central_fixture_send (fixture, message);
  central_answer_expect (answer, answer->status, authorization);
  if (answer->status == 401)
    g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                   "WWW-Authenticate"),
                     ==, "Bearer");
  return answer->status;
}

static void
test_sign_in (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) session = sign_in (fixture, 201, OFFICER, OFFICER);
  JsonObject *account = json_object_get_object_member (session, "account");
  const char *token = json_object_get_string_member (session, "token");
  g_autofree char *header = g_strconcat ("Bearer ", token, NULL);
  g_autofree char *small = g_strconcat ("bearer ", token, NULL);

  g_assert_cmpuint (strlen (token), >=, 43);
  g_assert_cmpstr (json_object_get_string_member (account, "role"), ==, "officer");
  g_assert_cmpstr (json_object_get_string_member (account, "station"), ==, "520524-01");
  g_assert_cmpstr (json_object_get_string_member (account, "station_phone"), ==, "0857-7621234");
  g_assert_false (json_object_has_member (account, "password_hash"));
  g_assert_cmpuint (try_header (fixture, header), ==, 200);
  g_assert_cmpuint (try_header (fixture, small), ==, 200);
  /* The file holds the token's hash and not the token. */
  g_assert_cmpint (
      central_fixture_count (fixture, "SELECT count(*) FROM sessions WHERE token_hash = $1", token),
      ==, 0);
}

static void
test_session_ends (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) session = sign_in (fixture, 201, OFFICER, OFFICER);
  g_autofree char *header
      = g_strconcat ("Bearer ", json_object_get_string_member (session, "token"), NULL);
  gint64 start_usec = fixture->now_usec;

  fixture->now_usec = start_usec + 15 * G_TIME_SPAN_MINUTE - 1;
  g_assert_cmpuint (try_header (fixture, header), ==, 200);
  fixture->now_usec = start_usec + 15 * G_TIME_SPAN_MINUTE;
  g_assert_cmpuint (try_header (fixture, header), ==, 401);
}

/* A wrong name and a wrong password can't be told apart. */
static void
test_refused (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) wrong_password = sign_in (fixture, 401, OFFICER, "guess");
  g_autoptr (JsonObject) wrong_name = sign_in (fixture, 401, "nobody", "guess");
  g_autoptr (JsonObject) empty = sign_in (fixture, 401, OFFICER, "");
  g_autoptr (JsonObject) quote = sign_in (fixture, 401, "' OR 1=1 --", "guess");

  g_assert_cmpstr (json_object_get_string_member (wrong_password, "detail"), ==,
                   json_object_get_string_member (wrong_name, "detail"));
}

static void
test_bad_bodies (CentralFixture *fixture, gconstpointer data)
{
  static const char *const bodies[] = { "",
                                        "{",
                                        "[]",
                                        "null",
                                        "{}",
                                        "{\"account\":\"wang.jun\"}",
                                        "{\"account\":5,\"password\":\"x\"}",
                                        "{\"account\":\"wang.jun\",\"password\":null}" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (JsonObject) problem
          = central_fixture_expect (fixture, 400, NOBODY, "POST", "/v1/sessions", bodies[i]);
    }
}

static void
test_bad_headers (CentralFixture *fixture, gconstpointer data)
{
  static const char *const headers[] = { NULL,
                                         "",
                                         "Bearer",
                                         "Bearer ",
                                         "Bearer nonsense",
                                         "Basic d2FuZy5qdW46d2FuZy5qdW4=",
                                         "token-of-wang.jun" };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    g_assert_cmpuint (try_header (fixture, headers[i]), ==, 401);
}

/* Several at once: the check runs beside the main loop. */
static void
test_many_at_once (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *text = NULL;
  g_autoptr (GBytes) body = NULL;
  SoupMessage *messages[8];

  json_object_set_string_member (object, "account", REVIEWER);
  json_object_set_string_member (object, "password", REVIEWER);
  text = reunion_json_to_text (object);
  body = g_bytes_new (text, strlen (text));
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      messages[i] = central_fixture_new_message (fixture, NOBODY, "POST", "/v1/sessions", "", body);
      soup_session_send_and_read_async (fixture->session, messages[i], G_PRIORITY_DEFAULT, NULL,
                                        NULL, NULL);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      CENTRAL_WAIT (soup_message_get_status (messages[i]) == 201);
      g_object_unref (messages[i]);
    }
}

/* Who sees a case how much, before and after it is published. */
static void
test_sight (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *who;
    CentralSight before;
    CentralSight after;
  } rows[] = {
    { OFFICER, CENTRAL_SIGHT_WHOLE, CENTRAL_SIGHT_WHOLE },
    { REVIEWER, CENTRAL_SIGHT_WHOLE, CENTRAL_SIGHT_WHOLE },
    { OTHER_OFFICER, CENTRAL_SIGHT_NONE, CENTRAL_SIGHT_NOTICE },
    { OTHER_REVIEWER, CENTRAL_SIGHT_NONE, CENTRAL_SIGHT_NOTICE },
    { ADMINISTRATOR, CENTRAL_SIGHT_NONE, CENTRAL_SIGHT_NOTICE },
  };
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  g_autofree char *path = g_strconcat ("/v1/cases/", reunion_case_get_id (case_), NULL);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, case_);

  for (int published = 0; published <= 1; published++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        {
          CentralSight sight = published ? rows[i].after : rows[i].before;
          g_autoptr (CentralAnswer) answer
              = central_fixture_call (fixture, rows[i].who, "GET", path, "", NULL);

          central_answer_expect (answer, sight == CENTRAL_SIGHT_NONE ? 404 : 200, rows[i].who);
          g_assert_cmpint (strstr (answer->body, PRIVATE_MARK) != NULL, ==,
                           sight == CENTRAL_SIGHT_WHOLE);
          g_assert_cmpint (strstr (answer->body, "2012-03-04") != NULL, ==,
                           sight == CENTRAL_SIGHT_WHOLE);
          g_assert_cmpint (strstr (answer->body, "王军") != NULL, ==, sight == CENTRAL_SIGHT_WHOLE);
        }
      if (!published)
        {
          g_autoptr (JsonObject) approved = central_fixture_decide (
              fixture, 200, REVIEWER, reunion_case_get_id (case_), "approve", NULL);
        }
    }
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/accounts/sign-in", test_sign_in);
  central_test_add ("/central/accounts/session-ends", test_session_ends);
  central_test_add ("/central/accounts/refused", test_refused);
  central_test_add ("/central/accounts/bad-bodies", test_bad_bodies);
  central_test_add ("/central/accounts/bad-headers", test_bad_headers);
  central_test_add ("/central/accounts/many-at-once", test_many_at_once);
  central_test_add ("/central/accounts/sight", test_sight);
  return g_test_run ();
}
