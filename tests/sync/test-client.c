/* test-client.c: talking to the central service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync-test-utils.h"

#include <string.h>

static void
assert_problem (const GError *error, int code, const char *part)
{
  store_test_assert_sentence (error, REUNION_SYNC_ERROR, code);
  if (part != NULL && strstr (error->message, part) == NULL)
    g_error ("Expected “%s” in “%s”", part, error->message);
}

static void
test_sign_in (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autoptr (GError) error = NULL;
  const ReunionAccount *account;

  g_assert_null (reunion_client_get_account (test->client));
  sync_test_sign_in (test->client, "right", &error);
  g_assert_no_error (error);
  account = reunion_client_get_account (test->client);
  g_assert_cmpstr (account->name, ==, "张警官");
  g_assert_cmpint (account->role, ==, REUNION_ROLE_OFFICER);
  g_assert_cmpstr (account->station, ==, "520524-01");
  g_assert_null (account->region);
  reunion_client_sign_out (test->client);
  g_assert_null (reunion_client_get_account (test->client));
}

static void
test_wrong_password (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (sync_test_sign_in (test->client, "wrong", &error));
  assert_problem (error, REUNION_SYNC_ERROR_SIGN_IN, "password");
  g_assert_null (reunion_client_get_account (test->client));
  g_assert_cmpuint (sync_test_server_count (test->server, "POST /v1/sessions"), ==, 1);
}

static void
test_sign_in_nonsense (void)
{
  static const char *const answers[] = {
    "<html>Welcome to our hotel</html>",
    "",
    "[]",
    "{",
    "{\"token\":7,\"account\":{}}",
    "{\"token\":\"t\"}",
    "{\"token\":\"t\",\"account\":{\"account\":\"a\",\"name\":\"n\",\"role\":\"emperor\"}}",
  };
  g_autoptr (SyncTest) test = sync_test_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", answers[i]);
      sync_test_server_push (test->server, "POST /v1/sessions", 200, "text/html", answers[i]);
      g_assert_false (sync_test_sign_in (test->client, "right", &error));
      assert_problem (error, REUNION_SYNC_ERROR_NONSENSE, "not the central service");
      g_assert_null (reunion_client_get_account (test->client));
    }
}

static void
test_statuses (void)
{
  static const struct
  {
    guint status;
    const char *body;
    int code;
    const char *part;
  } answers[] = {
    { 400, "{\"detail\":\"Bad.\"}", REUNION_SYNC_ERROR_REFUSED, "Bad." },
    { 403, "{\"title\":\"Only a title.\"}", REUNION_SYNC_ERROR_REFUSED, "Only a title." },
    { 404, "{\"detail\":\"Not here.\"}", REUNION_SYNC_ERROR_REFUSED, NULL },
    { 409, "{\"detail\":\"Taken.\"}", REUNION_SYNC_ERROR_REFUSED, "Taken." },
    { 412, "{\"detail\":\"It has changed.\"}", REUNION_SYNC_ERROR_REFUSED, "It has changed." },
    { 422, "{\"detail\":\"A photo is missing.\"}", REUNION_SYNC_ERROR_REFUSED, "photo" },
    /* Refused, but by whom? */
    { 403, "<html>Pay first</html>", REUNION_SYNC_ERROR_NONSENSE, "403" },
    { 404, "", REUNION_SYNC_ERROR_NONSENSE, "404" },
    { 422, "{\"detail\":7}", REUNION_SYNC_ERROR_NONSENSE, "422" },
    { 409, "{\"detail\":\"trunc", REUNION_SYNC_ERROR_NONSENSE, "409" },
    { 408, "{\"detail\":\"Slow.\"}", REUNION_SYNC_ERROR_UNAVAILABLE, "408" },
    { 429, "{\"detail\":\"Too often.\"}", REUNION_SYNC_ERROR_UNAVAILABLE, "429" },
    { 500, "", REUNION_SYNC_ERROR_UNAVAILABLE, "500" },
    { 502, "<html>Bad gateway</html>", REUNION_SYNC_ERROR_UNAVAILABLE, "502" },
    { 503, "{\"detail\":\"Later.\"}", REUNION_SYNC_ERROR_UNAVAILABLE, "503" },
    { 304, "", REUNION_SYNC_ERROR_NONSENSE, "304" },
    { 401, "{\"detail\":\"No.\"}", REUNION_SYNC_ERROR_SIGN_IN, NULL },
  };
  g_autoptr (SyncTest) test = sync_test_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *answer = NULL;

      g_test_message ("%u %s", answers[i].status, answers[i].body);
      sync_test_server_push (test->server, "GET /v1/x", answers[i].status,
                             "application/problem+json", answers[i].body);
      answer = sync_test_request (test->client, "GET", "/v1/x", &error);
      g_assert_null (answer);
      assert_problem (error, answers[i].code, answers[i].part);
    }
}

/* A proxy on the way, whose pages are JSON too, refuses nothing for the service. */
static void
test_refused_on_the_way (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  sync_test_server_push (test->server, "GET /v1/x", 403, "application/json",
                         "{\"detail\":\"Blocked by policy.\"}");
  answer = sync_test_request (test->client, "GET", "/v1/x", &error);
  g_assert_null (answer);
  assert_problem (error, REUNION_SYNC_ERROR_NONSENSE, "403");
}

static void
test_answers (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autofree char *empty = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  sync_test_server_push (test->server, "GET /v1/x", 204, NULL, NULL);
  empty = sync_test_request (test->client, "GET", "/v1/x", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (empty, ==, "");
  sync_test_server_push (test->server, "GET /v1/x", 200, NULL, "{\"name\":\"团圆\"}");
  text = sync_test_request (test->client, "GET", "/v1/x", &error);
  g_assert_cmpstr (text, ==, "{\"name\":\"团圆\"}");
}

/* A redirection is a portal or a mistake; the token does not go elsewhere. */
static void
test_redirected (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autoptr (SyncTestServer) elsewhere = sync_test_server_new ();
  g_autofree char *there = g_strconcat (sync_test_server_get_url (elsewhere), "/v1/x", NULL);

  g_assert_true (sync_test_sign_in (test->client, "right", NULL));
  for (guint status = 301; status <= 308; status++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *answer = NULL;

      if (status == 304 || status == 306)
        continue;
      sync_test_server_push (test->server, "GET /v1/x", status, NULL, there);
      answer = sync_test_request (test->client, "GET", "/v1/x", &error);
      g_assert_null (answer);
      assert_problem (error, REUNION_SYNC_ERROR_NONSENSE, NULL);
    }
  g_assert_cmpuint (sync_test_server_count (elsewhere, "GET *"), ==, 0);
}

static void
test_broken_off (void)
{
  static const char *const raws[] = {
    "",
    "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"id\":",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"id\":",
    "220 mail.example ESMTP\r\n",
    "\x16\x03\x01\x02",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (raws); i++)
    {
      g_autoptr (SyncTest) test = sync_test_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *answer = NULL;

      g_test_message ("%s", raws[i]);
      /* The library asks once more where a kept connection was closed. */
      sync_test_server_push_raw (test->server, "POST /v1/x", raws[i]);
      sync_test_server_push_raw (test->server, "POST /v1/x", raws[i]);
      answer = sync_test_request (test->client, "POST", "/v1/x", &error);
      g_assert_null (answer);
      assert_problem (error, REUNION_SYNC_ERROR_OFFLINE, NULL);
    }
}

/* A head that breaks off before it says how long the body is passes for an
 * answer without one; no more than what came is made of it. */
static void
test_head_broken_off (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autoptr (GError) error = NULL;

  sync_test_server_push_raw (test->server, "POST /v1/sessions", "HTTP/1.1 201 Created\r\n");
  sync_test_server_push_raw (test->server, "POST /v1/sessions", "HTTP/1.1 201 Created\r\n");
  g_assert_false (sync_test_sign_in (test->client, "right", &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == REUNION_SYNC_ERROR);
  g_assert_null (reunion_client_get_account (test->client));
}

static void
test_offline (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autofree char *none = NULL;
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  sync_test_server_go_down (test->server);
  none = sync_test_request (test->client, "GET", "/v1/x", &error);
  g_assert_null (none);
  assert_problem (error, REUNION_SYNC_ERROR_OFFLINE, "can't be reached");
  g_clear_error (&error);
  sync_test_server_come_up (test->server);
  sync_test_server_push (test->server, "GET /v1/x", 200, NULL, "{}");
  answer = sync_test_request (test->client, "GET", "/v1/x", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==, "{}");
}

static void
test_hangs (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  sync_test_set_timeout (test->client, 1);
  sync_test_server_push_hang (test->server, "GET /v1/x");
  answer = sync_test_request (test->client, "GET", "/v1/x", &error);
  g_assert_null (answer);
  assert_problem (error, REUNION_SYNC_ERROR_OFFLINE, NULL);
}

static void
test_huge (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autofree char *body = g_strnfill (33 * 1024 * 1024, 'x');
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  sync_test_server_push (test->server, "GET /v1/x", 200, NULL, body);
  answer = sync_test_request (test->client, "GET", "/v1/x", &error);
  g_assert_null (answer);
  assert_problem (error, REUNION_SYNC_ERROR_NONSENSE, "too long");
}

static void
test_addresses (void)
{
  static const char *const urls[]
      = { "", "nonsense", "http://", "file:///etc/passwd", "ftp://127.0.0.1", "mailto:x@example" };

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (ReunionClient) client = reunion_client_new (urls[i]);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", urls[i]);
      g_assert_false (sync_test_sign_in (client, "right", &error));
      assert_problem (error, REUNION_SYNC_ERROR_NONSENSE, "address");
    }
}

static void
test_slashes (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autofree char *url = g_strconcat (sync_test_server_get_url (test->server), "//", NULL);
  g_autoptr (ReunionClient) client = reunion_client_new (url);

  g_assert_cmpstr (reunion_client_get_base_url (client), ==,
                   sync_test_server_get_url (test->server));
  g_assert_true (sync_test_sign_in (client, "right", NULL));
}

#define REFRESH "POST /v1/sessions/refresh"

static void
test_token_renewed (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sync_test_sign_in (test->client, "right", NULL));
  sync_test_server_expire_tokens (test->server);
  answer = sync_test_request (test->client, "GET", "/v1/statistics", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==, "{\"periods\":[]}");
  /* The password goes once, and no token goes with it or with a renewal. */
  g_assert_cmpuint (sync_test_server_count (test->server, "POST /v1/sessions"), ==, 1);
  g_assert_cmpuint (sync_test_server_count (test->server, REFRESH), ==, 1);
  g_assert_cmpstr (sync_test_server_get (test->server, "GET *", 1)->authorization, ==,
                   "Bearer token-2");
  g_assert_null (sync_test_server_get (test->server, "POST /v1/sessions", 0)->authorization);
  g_assert_null (sync_test_server_get (test->server, REFRESH, 0)->authorization);
  g_assert_cmpstr (sync_test_server_get (test->server, REFRESH, 0)->body, ==,
                   "{\"refresh_token\":\"refresh-1\"}");
}

/* Before it runs out, though nothing is asked for. */
static void
test_token_renewed_ahead (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();

  sync_test_server_shorten_tokens (test->server);
  g_assert_true (sync_test_sign_in (test->client, "right", NULL));
  sync_test_wait (sync_test_server_count (test->server, REFRESH) == 1);
  g_assert_cmpuint (sync_test_server_count (test->server, "GET *"), ==, 0);
  /* Nobody is signed in, nothing is renewed. */
  reunion_client_sign_out (test->client);
  sync_test_iterate_for_a_while ();
  g_assert_cmpuint (sync_test_server_count (test->server, REFRESH), ==, 1);
}

/* Refused with the new one too: somebody has ended it. */
static void
test_token_renewed_once (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sync_test_sign_in (test->client, "right", NULL));
  for (guint i = 0; i < 5; i++)
    sync_test_server_push (test->server, "GET /v1/x", 401, NULL, "{}");
  answer = sync_test_request (test->client, "GET", "/v1/x", &error);
  g_assert_null (answer);
  assert_problem (error, REUNION_SYNC_ERROR_SIGN_IN, "Sign in again");
  g_assert_cmpuint (sync_test_server_count (test->server, "GET /v1/x"), ==, 2);
  g_assert_cmpuint (sync_test_server_count (test->server, REFRESH), ==, 1);
  g_assert_null (reunion_client_get_account (test->client));
}

/* The session was ended elsewhere: it is tried once and forgotten. */
static void
test_renewal_refused (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();

  g_assert_true (sync_test_sign_in (test->client, "right", NULL));
  sync_test_server_end_session (test->server);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *answer = sync_test_request (test->client, "GET", "/v1/statistics", &error);

      g_assert_null (answer);
      assert_problem (error, REUNION_SYNC_ERROR_SIGN_IN, "Sign in again");
    }
  g_assert_cmpuint (sync_test_server_count (test->server, REFRESH), ==, 1);
  g_assert_cmpuint (sync_test_server_count (test->server, "POST /v1/sessions"), ==, 1);
  g_assert_null (reunion_client_get_account (test->client));
}

/* The line breaks during the renewal: who is signed in stays so, and the exchange is
 * made again under the same key, so that a lost answer costs nobody the session. */
static void
test_renewal_lost (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *none = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *third = NULL;

  g_assert_true (sync_test_sign_in (test->client, "right", NULL));
  sync_test_server_expire_tokens (test->server);
  sync_test_server_push (test->server, REFRESH, 503, NULL, "");
  none = sync_test_request (test->client, "GET", "/v1/statistics", &error);
  g_assert_null (none);
  assert_problem (error, REUNION_SYNC_ERROR_UNAVAILABLE, NULL);
  g_clear_error (&error);
  g_assert_nonnull (reunion_client_get_account (test->client));
  sync_test_server_go_down (test->server);
  none = sync_test_request (test->client, "GET", "/v1/statistics", &error);
  g_assert_null (none);
  assert_problem (error, REUNION_SYNC_ERROR_OFFLINE, NULL);
  g_clear_error (&error);
  g_assert_nonnull (reunion_client_get_account (test->client));
  sync_test_server_come_up (test->server);
  answer = sync_test_request (test->client, "GET", "/v1/statistics", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sync_test_server_count (test->server, REFRESH), ==, 2);
  g_assert_cmpstr (sync_test_server_get (test->server, REFRESH, 0)->idempotency_key, ==,
                   sync_test_server_get (test->server, REFRESH, 1)->idempotency_key);
  /* The next exchange is another one. */
  sync_test_server_expire_tokens (test->server);
  third = sync_test_request (test->client, "GET", "/v1/statistics", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sync_test_server_get (test->server, REFRESH, 1)->idempotency_key, !=,
                   sync_test_server_get (test->server, REFRESH, 2)->idempotency_key);
}

/* The service is told, and nothing more is sent with the token. */
static void
test_sign_out (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();

  g_assert_true (sync_test_sign_in (test->client, "right", NULL));
  reunion_client_sign_out (test->client);
  g_assert_null (reunion_client_get_account (test->client));
  sync_test_wait (sync_test_server_count (test->server, "POST /v1/sessions/revoke") == 1);
  g_assert_cmpstr (
      sync_test_server_get (test->server, "POST /v1/sessions/revoke", 0)->authorization, ==,
      "Bearer token-1");
  reunion_client_sign_out (test->client);
  sync_test_iterate_for_a_while ();
  g_assert_cmpuint (sync_test_server_count (test->server, "POST /v1/sessions/revoke"), ==, 1);
}

/* The right password of an account that is locked: no reason to try it again. */
static void
test_locked (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autoptr (GError) error = NULL;

  sync_test_server_push_problem (test->server, "POST /v1/sessions", 403, "This account is locked.");
  g_assert_false (sync_test_sign_in (test->client, "right", &error));
  assert_problem (error, REUNION_SYNC_ERROR_SIGN_IN, "locked");
  g_assert_null (reunion_client_get_account (test->client));
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = reunion_client_send_finish (REUNION_CLIENT (source), result, &error);

  g_assert_no_error (error);
  (*(guint *) user_data)++;
}

static void
test_token_renewed_together (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  guint n_answers = 0;

  g_assert_true (sync_test_sign_in (test->client, "right", NULL));
  sync_test_server_expire_tokens (test->server);
  for (guint i = 0; i < 5; i++)
    reunion_client_send_async (test->client, "GET", "/v1/statistics", NULL, NULL, NULL, NULL,
                               count_cb, &n_answers);
  sync_test_wait (n_answers == 5);
  /* A second use of the refresh token would have ended the session. */
  g_assert_cmpuint (sync_test_server_count (test->server, REFRESH), ==, 1);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  reunion_client_send_finish (REUNION_CLIENT (source), result, user_data);
}

static void
test_cancelled (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  sync_test_server_push_hang (test->server, "GET /v1/x");
  reunion_client_send_async (test->client, "GET", "/v1/x", NULL, NULL, NULL, cancellable,
                             cancelled_cb, &error);
  sync_test_wait (sync_test_server_count (test->server, "GET /v1/x") == 1);
  g_cancellable_cancel (cancellable);
  sync_test_wait (error != NULL);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/sign-in/right", test_sign_in);
  g_test_add_func ("/client/sign-in/wrong-password", test_wrong_password);
  g_test_add_func ("/client/sign-in/nonsense", test_sign_in_nonsense);
  g_test_add_func ("/client/statuses", test_statuses);
  g_test_add_func ("/client/refused-on-the-way", test_refused_on_the_way);
  g_test_add_func ("/client/answers", test_answers);
  g_test_add_func ("/client/redirected", test_redirected);
  g_test_add_func ("/client/broken-off/body", test_broken_off);
  g_test_add_func ("/client/broken-off/head", test_head_broken_off);
  g_test_add_func ("/client/offline", test_offline);
  g_test_add_func ("/client/hangs", test_hangs);
  g_test_add_func ("/client/huge", test_huge);
  g_test_add_func ("/client/addresses", test_addresses);
  g_test_add_func ("/client/slashes", test_slashes);
  g_test_add_func ("/client/token/renewed", test_token_renewed);
  g_test_add_func ("/client/token/renewed-ahead", test_token_renewed_ahead);
  g_test_add_func ("/client/token/renewal-lost", test_renewal_lost);
  g_test_add_func ("/client/sign-out", test_sign_out);
  g_test_add_func ("/client/sign-in/locked", test_locked);
  g_test_add_func ("/client/token/renewed-once", test_token_renewed_once);
  g_test_add_func ("/client/token/renewal-refused", test_renewal_refused);
  g_test_add_func ("/client/token/renewed-together", test_token_renewed_together);
  g_test_add_func ("/client/cancelled", test_cancelled);
  return g_test_run ();
}
