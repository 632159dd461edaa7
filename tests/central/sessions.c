/* sessions.c: tests of tokens: exchanged, used twice, ended
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define _GNU_SOURCE /* memmem */

#include "central-fixture.h"
#include "central-sessions.h"

#include <string.h>

static JsonObject *
sign_in (CentralFixture *fixture, const char *account)
{
  g_autofree char *body
      = g_strdup_printf ("{\"account\":\"%s\",\"password\":\"%s\"}", account, account);

  return central_fixture_expect (fixture, 201, NOBODY, "POST", "/v1/sessions", body);
}

static const char *
get (JsonObject *session, const char *member)
{
  return json_object_get_string_member (session, member);
}

static JsonObject *
refresh (CentralFixture *fixture, guint status, const char *token, const char *key)
{
  g_autofree char *body = g_strdup_printf ("{\"refresh_token\":\"%s\"}", token);
  g_autoptr (CentralAnswer) answer
      = central_fixture_call (fixture, NOBODY, "POST", "/v1/sessions/refresh", key, body);

  central_answer_expect (answer, status, "refresh");
  return json_object_ref (answer->object);
}

static SoupMessage *
new_message (CentralFixture *fixture,
             const char *token,
             const char *method,
             const char *path,
             const char *body)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  SoupMessage *message = central_fixture_new_message (fixture, NOBODY, method, path, NULL, bytes);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                bearer);
  return message;
}

static guint
try_token (CentralFixture *fixture, const char *token)
{
  g_autoptr (SoupMessage) message = new_message (fixture, token, "GET", "/v1/changes", NULL);
  g_autoptr (CentralAnswer) answer = central_fixture_send (fixture, message);

  return answer->status;
}

static guint
revoke_as (CentralFixture *fixture, const char *token, const char *body)
{
  g_autoptr (SoupMessage) message
      = new_message (fixture, token, "POST", "/v1/sessions/revoke", body);
  g_autoptr (CentralAnswer) answer = central_fixture_send (fixture, message);

  central_answer_expect (answer, answer->status, "revoke");
  return answer->status;
}

static void
test_refresh (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) first = sign_in (fixture, OFFICER);
  g_autoptr (JsonObject) second = NULL;
  g_autoptr (JsonObject) third = NULL;

  fixture->now_usec += CENTRAL_ACCESS_USEC;
  g_assert_cmpuint (try_token (fixture, get (first, "token")), ==, 401);
  second = refresh (fixture, 201, get (first, "refresh_token"), NULL);
  g_assert_cmpuint (try_token (fixture, get (second, "token")), ==, 200);
  g_assert_cmpstr (get (first, "refresh_token"), !=, get (second, "refresh_token"));
  g_assert_cmpstr (get (json_object_get_object_member (second, "account"), "name"), ==, "王军");
  third = refresh (fixture, 201, get (second, "refresh_token"), NULL);
  /* What was given before is good until it runs out. */
  g_assert_cmpuint (try_token (fixture, get (second, "token")), ==, 200);
  g_assert_cmpuint (try_token (fixture, get (third, "token")), ==, 200);
}

/* None of the tokens is in the file, only what they hash to. */
static void
test_stored (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) first = sign_in (fixture, OFFICER);
  g_autoptr (JsonObject) second = refresh (fixture, 201, get (first, "refresh_token"), "the-key");
  JsonObject *both[] = { first, second };

  central_fixture_stop (fixture);
  for (guint i = 0; i < 4; i++)
    {
      const char *token = get (both[i / 2], i % 2 == 0 ? "token" : "refresh_token");
      g_autofree char *hash = central_sessions_hash_token (token);
      static const char *const names[] = { "", "-wal" };
      gboolean has_hash = FALSE;

      for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
        {
          g_autofree char *path = g_strconcat (fixture->path, names[j], NULL);
          g_autofree char *bytes = NULL;
          gsize length = 0;

          if (!g_file_get_contents (path, &bytes, &length, NULL))
            continue;
          g_assert_true (memmem (bytes, length, token, strlen (token)) == NULL);
          has_hash |= memmem (bytes, length, hash, strlen (hash)) != NULL;
        }
      g_assert_true (has_hash);
    }
  central_fixture_start (fixture);
}

static void
test_refresh_ends (CentralFixture *fixture, gconstpointer data)
{
  gint64 start_usec = fixture->now_usec;
  g_autoptr (JsonObject) session = sign_in (fixture, OFFICER);
  g_autoptr (JsonObject) late = sign_in (fixture, OFFICER);
  g_autoptr (JsonObject) refused = NULL;

  fixture->now_usec = start_usec + CENTRAL_REFRESH_USEC;
  refused = refresh (fixture, 401, get (late, "refresh_token"), NULL);
  /* Kept alive every six days it ends all the same after thirty. */
  fixture->now_usec = start_usec;
  for (guint i = 0; i < 4; i++)
    {
      JsonObject *next;

      fixture->now_usec += 6 * G_TIME_SPAN_DAY;
      next = refresh (fixture, 201, get (session, "refresh_token"), NULL);
      json_object_unref (session);
      session = next;
    }
  fixture->now_usec += 6 * G_TIME_SPAN_DAY;
  json_object_unref (refused);
  refused = refresh (fixture, 401, get (session, "refresh_token"), NULL);
}

/* Whoever has it, thief or owner: a second use ends what came of it. */
static void
test_reused (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) first = sign_in (fixture, OFFICER);
  g_autoptr (JsonObject) elsewhere = sign_in (fixture, OFFICER);
  g_autoptr (JsonObject) second = refresh (fixture, 201, get (first, "refresh_token"), NULL);
  g_autoptr (JsonObject) stolen = refresh (fixture, 401, get (first, "refresh_token"), NULL);
  g_autoptr (JsonObject) third = refresh (fixture, 401, get (second, "refresh_token"), NULL);

  g_assert_cmpuint (try_token (fixture, get (first, "token")), ==, 401);
  g_assert_cmpuint (try_token (fixture, get (second, "token")), ==, 401);
  /* Another sign-in of the same account is another family. */
  g_assert_cmpuint (try_token (fixture, get (elsewhere, "token")), ==, 200);
  g_assert_cmpint (central_fixture_count (fixture,
                                          "SELECT count(*) FROM audit WHERE who = $1"
                                          " AND what = 'session.reused'",
                                          OFFICER),
                   ==, 1);
}

/* The answer was lost on the way: the same request gets the same tokens. */
static void
test_repeated (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) first = sign_in (fixture, OFFICER);
  g_autoptr (JsonObject) lost = refresh (fixture, 201, get (first, "refresh_token"), "key-1");
  g_autoptr (JsonObject) again = refresh (fixture, 201, get (first, "refresh_token"), "key-1");
  g_autoptr (JsonObject) next = NULL;
  g_autoptr (JsonObject) too_late = NULL;

  g_assert_cmpstr (get (lost, "token"), ==, get (again, "token"));
  g_assert_cmpstr (get (lost, "refresh_token"), ==, get (again, "refresh_token"));
  g_assert_cmpstr (get (lost, "expires"), ==, get (again, "expires"));
  g_assert_cmpuint (try_token (fixture, get (again, "token")), ==, 200);
  next = refresh (fixture, 201, get (again, "refresh_token"), "key-2");
  /* Once the next one was used nobody can have missed the answer. */
  too_late = refresh (fixture, 401, get (first, "refresh_token"), "key-1");
  g_assert_cmpuint (try_token (fixture, get (next, "token")), ==, 401);
}

static void
test_refresh_refused (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) session = sign_in (fixture, OFFICER);
  g_autofree char *long_token = g_strnfill (5000, 'a');
  const char *const tokens[]
      = { "", "nonsense", "' OR 1=1 --", long_token, get (session, "token") };
  static const char *const bodies[] = { "", "{", "{}", "{\"refresh_token\":7}", "[]" };
  g_autofree char *body = NULL;
  g_autoptr (CentralAnswer) without_key = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autoptr (JsonObject) problem = refresh (fixture, 401, tokens[i], NULL);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (JsonObject) problem = central_fixture_expect (fixture, 400, NOBODY, "POST",
                                                               "/v1/sessions/refresh", bodies[i]);
    }
  body = g_strdup_printf ("{\"refresh_token\":\"%s\"}", get (session, "refresh_token"));
  without_key = central_fixture_call (fixture, NOBODY, "POST", "/v1/sessions/refresh", "", body);
  central_answer_expect (without_key, 400, "without a key");
}

static void
test_sign_out (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) session = sign_in (fixture, OFFICER);
  g_autoptr (JsonObject) other = sign_in (fixture, OFFICER);
  g_autoptr (JsonObject) refused = NULL;

  g_assert_cmpuint (revoke_as (fixture, get (session, "token"), "{}"), ==, 200);
  g_assert_cmpuint (try_token (fixture, get (session, "token")), ==, 401);
  refused = refresh (fixture, 401, get (session, "refresh_token"), NULL);
  g_assert_cmpuint (try_token (fixture, get (other, "token")), ==, 200);
  /* Everywhere at once. */
  g_assert_cmpuint (revoke_as (fixture, get (other, "token"), "{\"account\":\"" OFFICER "\"}"), ==,
                    200);
  g_assert_cmpuint (try_token (fixture, get (other, "token")), ==, 401);
}

static void
test_revoke_others (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *who;
    const char *whose;
    guint status;
  } rows[] = {
    { REVIEWER, OFFICER, 404 },
    { OFFICER, REVIEWER, 404 },
    { COUNTY_ADMINISTRATOR, OTHER_OFFICER, 404 },
    { COUNTY_ADMINISTRATOR, ADMINISTRATOR, 404 },
    { COUNTY_ADMINISTRATOR, "nobody", 404 },
    { COUNTY_ADMINISTRATOR, OFFICER, 200 },
    { ADMINISTRATOR, OTHER_OFFICER, 200 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonObject) caller = sign_in (fixture, rows[i].who);
      g_autoptr (JsonObject) victim
          = strcmp (rows[i].whose, "nobody") != 0 ? sign_in (fixture, rows[i].whose) : NULL;
      g_autofree char *body = g_strdup_printf ("{\"account\":\"%s\"}", rows[i].whose);

      g_test_message ("%s revokes %s", rows[i].who, rows[i].whose);
      g_assert_cmpuint (revoke_as (fixture, get (caller, "token"), body), ==, rows[i].status);
      if (victim != NULL)
        g_assert_cmpuint (try_token (fixture, get (victim, "token")), ==,
                          rows[i].status == 200 ? 401 : 200);
    }
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GInputStream **) user_data = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
}

static void
skipped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GBytes) bytes
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  gboolean *is_ended = user_data;

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    *is_ended = TRUE;
  else
    g_input_stream_read_bytes_async (G_INPUT_STREAM (source), 4096, G_PRIORITY_DEFAULT, NULL,
                                     skipped_cb, user_data);
}

/* Who may no more is cut off in the middle of a stream; the neighbour is not. */
static void
test_streams (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) session = sign_in (fixture, OFFICER);
  g_autoptr (JsonObject) other = sign_in (fixture, OFFICER);
  JsonObject *both[] = { session, other };
  GInputStream *streams[2] = { NULL, NULL };
  gboolean is_ended[2] = { FALSE, FALSE };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SoupMessage) message
          = new_message (fixture, get (both[i], "token"), "GET", "/v1/events", NULL);

      soup_session_send_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL, opened_cb,
                               &streams[i]);
      CENTRAL_WAIT (streams[i] != NULL);
      g_input_stream_read_bytes_async (streams[i], 4096, G_PRIORITY_DEFAULT, NULL, skipped_cb,
                                       &is_ended[i]);
    }
  g_assert_cmpuint (revoke_as (fixture, get (session, "token"), "{}"), ==, 200);
  CENTRAL_WAIT (is_ended[0]);
  g_assert_false (is_ended[1]);
  /* All of the account, by the administrator. */
  {
    g_autoptr (JsonObject) administrator = sign_in (fixture, ADMINISTRATOR);

    g_assert_cmpuint (
        revoke_as (fixture, get (administrator, "token"), "{\"account\":\"" OFFICER "\"}"), ==,
        200);
  }
  CENTRAL_WAIT (is_ended[1]);
  g_object_unref (streams[0]);
  g_object_unref (streams[1]);
}

/* Nothing piles up: what has run out goes with the next sign-in. */
static void
test_tidied (CentralFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (JsonObject) session = sign_in (fixture, OFFICER);
      g_autoptr (JsonObject) next = refresh (fixture, 201, get (session, "refresh_token"), NULL);
    }
  fixture->now_usec += CENTRAL_REFRESH_USEC;
  {
    g_autoptr (JsonObject) session = sign_in (fixture, OFFICER);
  }
  g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM families", NULL), ==, 1);
  g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM refreshes", NULL), ==, 1);
  g_assert_cmpint (central_fixture_count (
                       fixture, "SELECT count(*) FROM sessions WHERE family IS NOT NULL", NULL),
                   ==, 1);
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/sessions/refresh", test_refresh);
  central_test_add ("/central/sessions/stored", test_stored);
  central_test_add ("/central/sessions/refresh-ends", test_refresh_ends);
  central_test_add ("/central/sessions/reused", test_reused);
  central_test_add ("/central/sessions/repeated", test_repeated);
  central_test_add ("/central/sessions/refresh-refused", test_refresh_refused);
  central_test_add ("/central/sessions/sign-out", test_sign_out);
  central_test_add ("/central/sessions/revoke-others", test_revoke_others);
  central_test_add ("/central/sessions/streams", test_streams);
  central_test_add ("/central/sessions/tidied", test_tidied);
  return g_test_run ();
}
