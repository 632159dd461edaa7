/* who.c: tests of who may call what: every caller on every route
 *
 * What is expected is written out here once more, and not taken from the service's
 * table: a line changed there by mistake is seen. A new route needs its line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-fixture.h"
#include "central-routes.h"
#include "central-sessions.h"
#include "reunion-central-accounts.h"
#include "reunion-webhook.h"

#include <string.h>

#define PARTNER "news-day"
#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

/* Who may: o officers, r reviewers, c county administrators, n national
 * administrators, p the partner in the path, * everybody. */
static const struct
{
  const char *method;
  const char *path;
  const char *who;
} expected[] = {
  { "GET", "/healthz", "*" },
  { "GET", "/readyz", "*" },
  { "GET", "/metrics", "*" },
  { "POST", "/v1/sessions", "*" },
  { "POST", "/v1/sessions/refresh", "*" },
  { "POST", "/v1/sessions/revoke", "orcn" },
  { "GET", "/v1/accounts", "cn" },
  { "POST", "/v1/accounts", "cn" },
  { "GET", "/v1/accounts/:", "cn" },
  { "PATCH", "/v1/accounts/:", "cn" },
  { "GET", "/v1/stations", "cn" },
  { "POST", "/v1/stations", "cn" },
  { "POST", "/v1/stations/:/enrolment", "cn" },
  { "POST", "/v1/enrolments", "*" },
  { "GET", "/v1/policy", "*" },
  { "GET", "/v1/statistics", "orcn" },
  { "GET", "/v1/alerts", "*" },
  { "GET", "/v1/review", "r" },
  { "GET", "/v1/changes", "orcn" },
  { "GET", "/v1/events", "orcn" },
  { "PUT", "/v1/photos/:", "or" },
  { "GET", "/v1/photos/:", "orcn" },
  { "POST", "/v1/cases", "or" },
  { "GET", "/v1/cases/:", "orcn" },
  { "POST", "/v1/cases/:/decision", "r" },
  { "POST", "/v1/cases/:/lock", "r" },
  { "DELETE", "/v1/cases/:/lock", "r" },
  { "GET", "/v1/cases/:/history", "orcn" },
  { "POST", "/v1/cases/:/amendment", "or" },
  { "POST", "/v1/cases/:/closing", "or" },
  { "POST", "/v1/tips/:/state", "or" },
  { "POST", "/v1/partners/:/tips", "p" },
  { "GET", "/alerts/:", "*" },
  { "GET", "/alerts/:/map.svg", "*" },
  { "GET", "/alerts/:/photo/:", "*" },
  { "GET", "/alerts/:/cap", "*" },
  { "GET", "/alerts/:/tips", "*" },
  { "GET", "/alerts/:/tips.js", "*" },
  { "GET", "/alerts/:/tips/:", "*" },
  { "HEAD", "/alerts/:", "*" },
  { "HEAD", "/alerts/:/map.svg", "*" },
  { "HEAD", "/alerts/:/photo/:", "*" },
  { "HEAD", "/alerts/:/cap", "*" },
  { "HEAD", "/alerts/:/tips", "*" },
  { "HEAD", "/alerts/:/tips.js", "*" },
  { "HEAD", "/alerts/:/tips/:", "*" },
  { "POST", "/alerts/:/tips", "*" },
  { "GET", "/favicon.ico", "*" },
  { "HEAD", "/favicon.ico", "*" },
  { "GET", "/notice/:", "*" },
  { "HEAD", "/notice/:", "*" },
  { "GET", "/notice/:/photo/:", "*" },
  { "HEAD", "/notice/:/photo/:", "*" },
  { "GET", "/notice/:/cap", "*" },
  { "HEAD", "/notice/:/cap", "*" },
};

typedef enum
{
  TOKEN_GOOD,
  TOKEN_NONE,
  TOKEN_NONSENSE,
  TOKEN_EXPIRED,
  TOKEN_REVOKED,
  TOKEN_LOCKED,
  TOKEN_REFRESH,
  TOKEN_SIGNATURE,
} Token;

/* @role: 0 where the token stands for nobody. */
static const struct
{
  const char *name;
  char letter;
  ReunionRole role;
  Token token;
} callers[] = {
  { "an officer", 'o', REUNION_ROLE_OFFICER, TOKEN_GOOD },
  { "a reviewer", 'r', REUNION_ROLE_REVIEWER, TOKEN_GOOD },
  { "a county administrator", 'c', REUNION_ROLE_COUNTY_ADMINISTRATOR, TOKEN_GOOD },
  { "a national administrator", 'n', REUNION_ROLE_ADMINISTRATOR, TOKEN_GOOD },
  { "nobody", '-', 0, TOKEN_NONE },
  { "a token that was never given", '-', 0, TOKEN_NONSENSE },
  { "an expired token", '-', 0, TOKEN_EXPIRED },
  { "a revoked token", '-', 0, TOKEN_REVOKED },
  { "a locked account", '-', 0, TOKEN_LOCKED },
  { "a refresh token", '-', 0, TOKEN_REFRESH },
  { "a partner's signature", 'p', 0, TOKEN_SIGNATURE },
};

static const char *
find_expected (const CentralRoute *route)
{
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    if (strcmp (expected[i].method, route->method) == 0
        && strcmp (expected[i].path, route->path) == 0)
      return expected[i].who;
  g_error ("%s %s is a route that tests/central/who.c does not expect: say there who may call it",
           route->method, route->path);
}

/* A token of a new account with the role of caller @index. Transfer full. */
static char *
make_token (CentralFixture *fixture, gsize index)
{
  static guint n_made;
  g_autofree char *name = g_strdup_printf ("caller-%u", ++n_made);
  g_autoptr (JsonObject) session = NULL;
  g_autofree char *text = NULL;
  ReunionRole role = callers[index].role != 0 ? callers[index].role : REUNION_ROLE_REVIEWER;
  ReunionCentralAccount account = {
    .account = name,
    .name = (char *) "someone",
    .role = role,
    .station = (char *) (role == REUNION_ROLE_OFFICER ? "520524-01" : NULL),
    .region = (char *) (role == REUNION_ROLE_ADMINISTRATOR ? "" : "52"),
    .password_hash = (char *) "none",
  };
  GError *error = NULL;
  const char *member = callers[index].token == TOKEN_REFRESH ? "refresh_token" : "token";

  reunion_central_store_put_account (fixture->store, &account, &error);
  g_assert_no_error (error);
  if (callers[index].token == TOKEN_EXPIRED)
    fixture->now_usec -= CENTRAL_ACCESS_USEC;
  text = central_sessions_open (fixture->service, &account, NULL, &error);
  g_assert_no_error (error);
  if (callers[index].token == TOKEN_EXPIRED)
    fixture->now_usec += CENTRAL_ACCESS_USEC;
  session = reunion_json_parse (text, -1, &error);
  g_assert_no_error (error);
  if (callers[index].token == TOKEN_REVOKED)
    central_sessions_end_all (fixture->service, name, &error);
  /* As if another process had locked it, whose tokens we still have. */
  if (callers[index].token == TOKEN_LOCKED)
    reunion_central_store_change_account (fixture->store, &account, TRUE, &error);
  g_assert_no_error (error);
  return g_strdup (json_object_get_string_member (session, member));
}

static void
sign (SoupMessage *message, const char *body)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autofree char *id = g_uuid_string_random ();
  gint64 timestamp_s = g_get_real_time () / G_TIME_SPAN_SECOND;
  g_autofree char *timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, timestamp_s);
  GError *error = NULL;
  g_autofree char *signature = reunion_webhook_sign (SECRET, id, timestamp_s, bytes, &error);

  g_assert_no_error (error);
  soup_message_headers_replace (headers, REUNION_WEBHOOK_HEADER_ID, id);
  soup_message_headers_replace (headers, REUNION_WEBHOOK_HEADER_TIMESTAMP, timestamp);
  soup_message_headers_replace (headers, REUNION_WEBHOOK_HEADER_SIGNATURE, signature);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GInputStream **stream = user_data;

  *stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);
}

/* The status alone: a stream would not end. */
static guint
call (CentralFixture *fixture, gsize index, const CentralRoute *route)
{
  g_auto (GStrv) parts = g_strsplit (route->path, ":", -1);
  g_autofree char *path
      = g_strjoinv (g_str_has_prefix (route->path, "/v1/partners/") ? PARTNER : "x", parts);
  const char *text = route->max_body_bytes > 0 ? "{}" : "";
  g_autoptr (GBytes) body = *text != '\0' ? g_bytes_new (text, strlen (text)) : NULL;
  g_autoptr (SoupMessage) message
      = central_fixture_new_message (fixture, NULL, route->method, path, NULL, body);
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char *token = NULL;
  g_autofree char *bearer = NULL;

  if (callers[index].token == TOKEN_SIGNATURE)
    sign (message, text);
  else if (callers[index].token != TOKEN_NONE)
    {
      token = callers[index].token == TOKEN_NONSENSE ? central_sessions_make_token ()
                                                     : make_token (fixture, index);
      bearer = g_strconcat ("Bearer ", token, NULL);
      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                    bearer);
    }
  soup_session_send_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL, sent_cb, &stream);
  CENTRAL_WAIT (stream != NULL);
  return soup_message_get_status (message);
}

static void
test_table (CentralFixture *fixture, gconstpointer data)
{
  const ReunionPartner partner = {
    .id = (char *) PARTNER,
    .name = (char *) PARTNER,
    .secret = (char *) SECRET,
    .datum = REUNION_DATUM_WGS84,
  };
  gsize n_routes;
  const CentralRoute *routes = central_routes_get_all (&n_routes);
  GError *error = NULL;

  g_assert_cmpuint (n_routes, ==, G_N_ELEMENTS (expected));
  reunion_central_store_put_partner (fixture->store, &partner, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < n_routes; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (callers); j++)
      {
        const char *who = find_expected (&routes[i]);
        const gboolean may = strchr (who, '*') != NULL || strchr (who, callers[j].letter) != NULL;
        const guint in_table = callers[j].token == TOKEN_SIGNATURE ? CENTRAL_CALLER_PARTNER
                                                                   : (guint) callers[j].role;
        const gboolean may_by_table
            = (routes[i].callers & (in_table | CENTRAL_CALLER_ANYBODY)) != 0;
        const guint status = call (fixture, j, &routes[i]);
        const guint refusal
            = callers[j].role == 0 || (routes[i].callers & CENTRAL_CALLER_PARTNER) != 0 ? 401 : 403;

        if (may != may_by_table)
          g_error ("%s %s by %s: expected %d, the table says %d", routes[i].method, routes[i].path,
                   callers[j].name, may, may_by_table);
        if (may ? (status == 401 || status == 403 || status >= 500) : status != refusal)
          g_error ("%s %s by %s: expected %s, got %u", routes[i].method, routes[i].path,
                   callers[j].name, may ? "to be let in" : "a refusal", status);
      }
}

/* What a role may not do is written down, and with it who tried. */
static void
test_refusals_noted (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) refused
      = central_fixture_expect (fixture, 403, OFFICER, "GET", "/v1/accounts", NULL);

  g_assert_cmpint (central_fixture_count (fixture,
                                          "SELECT count(*) FROM audit WHERE who = $1 AND what ="
                                          " 'refused' AND about = 'GET /v1/accounts'"
                                          " AND origin = '127.0.0.1'",
                                          OFFICER),
                   ==, 1);
}

/* GB/T 2260: a county's, a prefecture's, a province's and the nation's. */
static void
test_sight (void)
{
  static const struct
  {
    ReunionRole role;
    const char *region;
    const char *station;
    const char *case_station;
    CentralSight sight;
  } rows[] = {
    { REUNION_ROLE_REVIEWER, "520524", NULL, "520524-01", CENTRAL_SIGHT_WHOLE },
    { REUNION_ROLE_REVIEWER, "520524", NULL, "520525-01", CENTRAL_SIGHT_NONE },
    { REUNION_ROLE_REVIEWER, "5205", NULL, "520525-01", CENTRAL_SIGHT_WHOLE },
    { REUNION_ROLE_REVIEWER, "5205", NULL, "520624-01", CENTRAL_SIGHT_NONE },
    { REUNION_ROLE_REVIEWER, "52", NULL, "520624-01", CENTRAL_SIGHT_WHOLE },
    { REUNION_ROLE_REVIEWER, "52", NULL, "131102-03", CENTRAL_SIGHT_NONE },
    { REUNION_ROLE_REVIEWER, "", NULL, "131102-03", CENTRAL_SIGHT_WHOLE },
    { REUNION_ROLE_OFFICER, "520524", "520524-01", "520524-01", CENTRAL_SIGHT_WHOLE },
    { REUNION_ROLE_OFFICER, "520524", "520524-01", "520524-02", CENTRAL_SIGHT_NONE },
    { REUNION_ROLE_OFFICER, "520524", "520524-01", "520524-011", CENTRAL_SIGHT_NONE },
    { REUNION_ROLE_COUNTY_ADMINISTRATOR, "520524", NULL, "520524-01", CENTRAL_SIGHT_NONE },
    { REUNION_ROLE_ADMINISTRATOR, "", NULL, "520524-01", CENTRAL_SIGHT_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const ReunionCentralAccount account = {
        .account = (char *) "a",
        .role = rows[i].role,
        .region = (char *) rows[i].region,
        .station = (char *) rows[i].station,
      };
      g_autoptr (ReunionCase) case_ = reunion_case_new ("2c1d3f5e-0000-4000-8000-000000000000");
      CentralSight found;

      reunion_case_set_station (case_, rows[i].case_station, NULL);
      found = central_account_get_sight (&account, case_);
      if (found != rows[i].sight)
        g_error ("“%s” on a case of %s: expected %d, found %d", rows[i].region,
                 rows[i].case_station, rows[i].sight, found);
      /* Once it is out everybody sees the notice. */
      reunion_case_set_published_usec (case_, 1);
      g_assert_cmpint (central_account_get_sight (&account, case_), ==,
                       MAX (rows[i].sight, CENTRAL_SIGHT_NOTICE));
    }
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/who/table", test_table);
  central_test_add ("/central/who/refusals-noted", test_refusals_noted);
  g_test_add_func ("/central/who/sight", test_sight);
  return g_test_run ();
}
