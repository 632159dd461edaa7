/* limits.c: tests of how often who may ask
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-limits.h"
#include "central-fixture.h"

#include <string.h>

#define START_USEC (1000 * G_TIME_SPAN_DAY)

static void
test_bucket (void)
{
  g_autoptr (CentralLimits) limits = central_limits_new (100);
  const CentralLimit limit = CENTRAL_LIMIT_SIGN_IN_ACCOUNT;
  gint64 now_usec = START_USEC;

  for (guint i = 0; i < 10; i++)
    g_assert_cmpint (central_limits_take (limits, limit, "a", now_usec), ==, 0);
  /* One comes back every 90 seconds. */
  g_assert_cmpint (central_limits_take (limits, limit, "a", now_usec), ==, 90);
  g_assert_cmpint (central_limits_take (limits, limit, "b", now_usec), ==, 0);
  g_assert_cmpint (central_limits_take (limits, CENTRAL_LIMIT_STAFF, "a", now_usec), ==, 0);
  now_usec += 89 * G_TIME_SPAN_SECOND;
  g_assert_cmpint (central_limits_peek (limits, limit, "a", now_usec), ==, 1);
  now_usec += G_TIME_SPAN_SECOND;
  g_assert_cmpint (central_limits_peek (limits, limit, "a", now_usec), ==, 0);
  g_assert_cmpint (central_limits_take (limits, limit, "a", now_usec), ==, 0);
  g_assert_cmpint (central_limits_take (limits, limit, "a", now_usec), ==, 90);
  central_limits_give_back (limits, limit, "a");
  g_assert_cmpint (central_limits_take (limits, limit, "a", now_usec), ==, 0);
  /* Set back an hour, nothing comes of it, nor is anybody shut out for an hour. */
  now_usec -= G_TIME_SPAN_HOUR;
  g_assert_cmpint (central_limits_take (limits, limit, "a", now_usec), ==, 90);
  now_usec += 90 * G_TIME_SPAN_SECOND;
  g_assert_cmpint (central_limits_take (limits, limit, "a", now_usec), ==, 0);
  /* Never more than the burst. */
  now_usec += 365 * G_TIME_SPAN_DAY;
  for (guint i = 0; i < 10; i++)
    g_assert_cmpint (central_limits_take (limits, limit, "a", now_usec), ==, 0);
  g_assert_cmpint (central_limits_take (limits, limit, "a", now_usec), >, 0);
}

/* However many strangers come, so many are remembered and no more; who is used goes
 * last. */
static void
test_bounded (void)
{
  g_autoptr (CentralLimits) limits = central_limits_new (100);
  const CentralLimit limit = CENTRAL_LIMIT_SIGN_IN_ADDRESS;

  for (guint i = 0; i < 30; i++)
    central_limits_take (limits, limit, "kept", START_USEC);
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      central_limits_take (limits, limit, key, START_USEC);
      g_assert_cmpint (central_limits_peek (limits, limit, "kept", START_USEC), >, 0);
    }
  g_assert_cmpuint (central_limits_get_n_keys (limits, limit), ==, 100);
}

static guint
sign_in (CentralFixture *fixture, const char *account, const char *password, const char *forwarded)
{
  g_autofree char *body
      = g_strdup_printf ("{\"account\":\"%s\",\"password\":\"%s\"}", account, password);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (SoupMessage) message
      = central_fixture_new_message (fixture, NOBODY, "POST", "/v1/sessions", "", bytes);
  g_autoptr (CentralAnswer) answer = NULL;

  if (forwarded != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "X-Forwarded-For",
                                  forwarded);
  answer = central_fixture_send (fixture, message);
  central_answer_expect (answer, answer->status, body);
  if (answer->status == 429)
    g_assert_cmpint (
        g_ascii_strtoll (soup_message_headers_get_one (
                             soup_message_get_response_headers (answer->message), "Retry-After"),
                         NULL, 10),
        >, 0);
  return answer->status;
}

static void
test_account (CentralFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 9; i++)
    g_assert_cmpuint (sign_in (fixture, OFFICER, "guess", NULL), ==, 401);
  /* What is right does not count. */
  for (guint i = 0; i < 12; i++)
    g_assert_cmpuint (sign_in (fixture, OFFICER, OFFICER, NULL), ==, 201);
  g_assert_cmpuint (sign_in (fixture, OFFICER, "guess", NULL), ==, 401);
  g_assert_cmpuint (sign_in (fixture, OFFICER, "guess", NULL), ==, 429);
  /* The right one neither, or the answer would tell which it is. */
  g_assert_cmpuint (sign_in (fixture, OFFICER, OFFICER, NULL), ==, 429);
  g_assert_cmpuint (sign_in (fixture, REVIEWER, REVIEWER, NULL), ==, 201);
  fixture->now_usec += 90 * G_TIME_SPAN_SECOND;
  g_assert_cmpuint (sign_in (fixture, OFFICER, OFFICER, NULL), ==, 201);
}

/* One name after another from one address. */
static void
test_address (CentralFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *name = g_strdup_printf ("name-%u", i);

      g_assert_cmpuint (sign_in (fixture, name, "guess", NULL), ==, 401);
    }
  g_assert_cmpuint (sign_in (fixture, OFFICER, OFFICER, NULL), ==, 429);
  /* Nobody's word is taken for whom it calls for. */
  g_assert_cmpuint (sign_in (fixture, OFFICER, OFFICER, "203.0.113.7"), ==, 429);
  /* Who is signed in goes on. */
  {
    g_autoptr (JsonObject) page
        = central_fixture_expect (fixture, 200, OFFICER, "GET", "/v1/changes", NULL);
  }
  /* Said to be a proxy of ours, its word counts. */
  central_limits_trust (central_limits_get (fixture->service), "127.0.0.1", NULL);
  g_assert_cmpuint (sign_in (fixture, OFFICER, OFFICER, "203.0.113.7"), ==, 201);
  g_assert_cmpuint (sign_in (fixture, OFFICER, OFFICER, "203.0.113.7, 127.0.0.1"), ==, 201);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  g_assert_no_error (error);
  (*(guint *) user_data)++;
}

/* Several at once don't slip through before the first is found wrong. */
static void
test_at_once (CentralFixture *fixture, gconstpointer data)
{
  const char *text = "{\"account\":\"" OFFICER "\",\"password\":\"guess\"}";
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  SoupMessage *messages[12];
  guint n_answered = 0, n_checked = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      messages[i] = central_fixture_new_message (fixture, NOBODY, "POST", "/v1/sessions", "", body);
      soup_session_send_and_read_async (fixture->session, messages[i], G_PRIORITY_DEFAULT, NULL,
                                        answered_cb, &n_answered);
    }
  CENTRAL_WAIT (n_answered == G_N_ELEMENTS (messages));
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      n_checked += soup_message_get_status (messages[i]) == 401;
      g_object_unref (messages[i]);
    }
  g_assert_cmpuint (n_checked, ==, 10);
}

static char *seen;

static void
look_cb (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  g_free (seen);
  seen = central_limits_get_address (user_data, message);
  soup_server_message_set_status (message, 200, NULL);
}

/* Whom a call comes from, as the proxies tell. */
static void
test_forwarded (void)
{
  static const struct
  {
    const char *proxies; /* with spaces between */
    const char *header;
    const char *value;
    const char *address;
  } rows[] = {
    { "", NULL, NULL, "127.0.0.1" },
    { "", "X-Forwarded-For", "203.0.113.7", "127.0.0.1" },
    { "", "Forwarded", "for=203.0.113.7", "127.0.0.1" },
    { "10.0.0.0/8", "X-Forwarded-For", "203.0.113.7", "127.0.0.1" },
    { "127.0.0.1", NULL, NULL, "127.0.0.1" },
    { "127.0.0.1", "X-Forwarded-For", "203.0.113.7", "203.0.113.7" },
    { "127.0.0.0/8", "X-Forwarded-For", "203.0.113.7", "203.0.113.7" },
    /* What a caller writes down itself stands before what the proxy adds. */
    { "127.0.0.1", "X-Forwarded-For", "1.2.3.4, 203.0.113.7", "203.0.113.7" },
    { "127.0.0.1 10.0.0.0/8", "X-Forwarded-For", "1.2.3.4, 203.0.113.7, 10.1.1.1", "203.0.113.7" },
    { "127.0.0.1", "X-Forwarded-For", "203.0.113.7:1234", "203.0.113.7" },
    { "127.0.0.1", "X-Forwarded-For", "nonsense", "unknown" },
    { "127.0.0.1", "X-Forwarded-For", "::ffff:203.0.113.7", "203.0.113.7" },
    { "127.0.0.1", "X-Forwarded-For", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64" },
    { "127.0.0.1", "X-Forwarded-For", "[2001:db8:1:2::9]:80", "2001:db8:1:2::/64" },
    { "127.0.0.1", "Forwarded", "for=1.2.3.4, For=\"[2001:db8:1:2::9]:80\";proto=https",
      "2001:db8:1:2::/64" },
    { "127.0.0.1", "Forwarded", "for=203.0.113.7;by=127.0.0.1", "203.0.113.7" },
    { "127.0.0.1", "Forwarded", "for=_hidden", "unknown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CentralLimits) limits = central_limits_new (10);
      g_auto (GStrv) proxies = g_strsplit (rows[i].proxies, " ", -1);
      g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
      g_autoptr (SoupSession) session = soup_session_new ();
      g_autoptr (SoupMessage) message = NULL;
      g_autofree char *url = NULL;
      GSList *uris;

      for (gsize j = 0; proxies[j] != NULL; j++)
        g_assert_true (central_limits_trust (limits, proxies[j], NULL));
      soup_server_add_handler (server, NULL, look_cb, limits, NULL);
      g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
      uris = soup_server_get_uris (server);
      url = g_uri_to_string (uris->data);
      g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
      message = soup_message_new ("GET", url);
      if (rows[i].header != NULL)
        soup_message_headers_replace (soup_message_get_request_headers (message), rows[i].header,
                                      rows[i].value);
      g_clear_pointer (&seen, g_free);
      soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
      CENTRAL_WAIT (soup_message_get_status (message) == 200);
      if (g_strcmp0 (seen, rows[i].address) != 0)
        g_error ("“%s: %s” with %s: expected %s, found %s", rows[i].header, rows[i].value,
                 rows[i].proxies, rows[i].address, seen);
    }
  g_clear_pointer (&seen, g_free);
  {
    g_autoptr (CentralLimits) limits = central_limits_new (10);
    GError *error = NULL;

    g_assert_false (central_limits_trust (limits, "proxy.example", &error));
    g_assert_nonnull (error);
    g_clear_error (&error);
  }
}

/* A program that runs wild is held up; an officer is not, nor are others. */
static void
test_staff (CentralFixture *fixture, gconstpointer data)
{
  CentralLimits *limits = central_limits_get (fixture->service);
  g_autoptr (JsonObject) held_up = NULL;
  g_autoptr (JsonObject) other = NULL;

  while (central_limits_take (limits, CENTRAL_LIMIT_STAFF, OFFICER, fixture->now_usec) == 0)
    ;
  held_up = central_fixture_expect (fixture, 429, OFFICER, "GET", "/v1/changes", NULL);
  other = central_fixture_expect (fixture, 200, REVIEWER, "GET", "/v1/changes", NULL);
  fixture->now_usec += G_TIME_SPAN_SECOND;
  json_object_unref (held_up);
  held_up = central_fixture_expect (fixture, 200, OFFICER, "GET", "/v1/changes", NULL);
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  g_test_add_func ("/central/limits/bucket", test_bucket);
  g_test_add_func ("/central/limits/bounded", test_bounded);
  central_test_add ("/central/limits/account", test_account);
  central_test_add ("/central/limits/address", test_address);
  central_test_add ("/central/limits/at-once", test_at_once);
  g_test_add_func ("/central/limits/forwarded", test_forwarded);
  central_test_add ("/central/limits/staff", test_staff);
  return g_test_run ();
}
