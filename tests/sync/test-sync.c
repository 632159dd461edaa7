/* test-sync.c: keeps the station's store and the service in step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync-test-utils.h"

#include "reunion-sync.h"
#include "reunion-wire.h"

#include <string.h>

#define EVENTS "GET /v1/events"
#define CHANGES "GET /v1/changes"
#define SESSIONS "POST /v1/sessions"
#define REFRESH "POST /v1/sessions/refresh"

static ReunionSync *
start (SyncTest *test, const char *password)
{
  ReunionSync *sync = reunion_sync_new (test->store, test->client);

  g_assert_cmpint (reunion_sync_get_status (sync), ==, REUNION_SYNC_SIGNED_OUT);
  reunion_sync_start (sync, "zhang", password);
  return sync;
}

static ReunionSync *
start_online (SyncTest *test)
{
  ReunionSync *sync = start (test, "right");

  sync_test_wait (reunion_sync_get_status (sync) == REUNION_SYNC_ONLINE);
  g_assert_cmpstr (reunion_sync_get_problem (sync), ==, NULL);
  return sync;
}

static void
end (ReunionSync *sync)
{
  reunion_sync_stop (sync);
  g_assert_cmpint (reunion_sync_get_status (sync), ==, REUNION_SYNC_SIGNED_OUT);
  sync_test_iterate_for_a_while ();
  g_assert_finalize_object (sync);
}

static void
expect_problem (ReunionSync *sync, ReunionSyncStatus status, const char *part)
{
  const char *problem;

  sync_test_wait (reunion_sync_get_status (sync) == status);
  problem = reunion_sync_get_problem (sync);
  g_assert_nonnull (problem);
  if (strstr (problem, part) == NULL)
    g_error ("Expected “%s” in “%s”", part, problem);
}

static void
note_cb (ReunionSync *sync, GParamSpec *pspec, gpointer user_data)
{
  int status;

  g_object_get (sync, "status", &status, NULL);
  g_string_append_printf (user_data, "%d", status);
}

static void
test_online (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autoptr (GString) course = g_string_new (NULL);
  g_autofree char *expected = NULL;
  ReunionSync *sync = reunion_sync_new (test->store, test->client);

  g_assert_true (reunion_sync_get_client (sync) == test->client);
  g_signal_connect (sync, "notify::status", G_CALLBACK (note_cb), course);
  reunion_sync_start (sync, "zhang", "right");
  sync_test_wait (reunion_sync_get_status (sync) == REUNION_SYNC_ONLINE);
  expected = g_strdup_printf ("%d%d", REUNION_SYNC_CONNECTING, REUNION_SYNC_ONLINE);
  g_assert_cmpstr (course->str, ==, expected);
  end (sync);
}

static void
test_wrong_password (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSync *sync = start (test, "wrong");

  sync_test_wait (reunion_sync_get_problem (sync) != NULL);
  expect_problem (sync, REUNION_SYNC_SIGNED_OUT, "password");
  /* Asking again would lock the account. */
  reunion_sync_retry_now (sync);
  sync_test_iterate_for_a_while ();
  g_assert_cmpuint (sync_test_server_count (test->server, SESSIONS), ==, 1);
  reunion_sync_start (sync, "zhang", "right");
  sync_test_wait (reunion_sync_get_status (sync) == REUNION_SYNC_ONLINE);
  end (sync);
}

static void
test_nonsense (void)
{
  static const struct
  {
    const char *route;
    const char *media_type;
    const char *body;
  } answers[] = {
    { SESSIONS, "text/html", "<html>Welcome</html>" },
    { CHANGES, "text/html", "<html>Welcome</html>" },
    { CHANGES, NULL, "{}" },
    { CHANGES, NULL, "{\"changes\":[{\"sequence\":1,\"case\":7}],\"next\":1}" },
    { CHANGES, NULL, "{\"changes\":[{\"sequence\":1,\"tip\":{\"id\":\"t\"" },
    { EVENTS, "text/html", "<html>Welcome</html>" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (SyncTest) test = sync_test_new ();
      ReunionSync *sync;

      g_test_message ("%s: %s", answers[i].route, answers[i].body);
      sync_test_server_push (test->server, answers[i].route, 200, answers[i].media_type,
                             answers[i].body);
      sync = start (test, "right");
      expect_problem (sync, REUNION_SYNC_OFFLINE, "not the central service");
      g_assert_cmpint (reunion_station_store_get_cursor (test->store), ==, 0);
      reunion_sync_retry_now (sync);
      sync_test_wait (reunion_sync_get_status (sync) == REUNION_SYNC_ONLINE);
      end (sync);
    }
}

static void
test_offline (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSync *sync;
  g_autoptr (ReunionCase) case_ = store_test_make_case ();

  store_test_submit (test->store, case_);
  sync_test_server_go_down (test->server);
  sync = start (test, "right");
  expect_problem (sync, REUNION_SYNC_OFFLINE, "can't be reached");
  sync_test_server_come_up (test->server);
  /* By itself. */
  sync_test_wait (reunion_sync_get_status (sync) == REUNION_SYNC_ONLINE);
  g_assert_cmpstr (reunion_sync_get_problem (sync), ==, NULL);
  /* And what waited goes out. */
  sync_test_wait (sync_test_server_count (test->server, "POST /v1/cases") == 1);
  sync_test_iterate_for_a_while ();
  store_test_assert_outbox (test->store, NULL, "");
  end (sync);
}

static void
test_feed (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autoptr (ReunionCase) own = store_test_make_case ();
  const char *id = reunion_case_get_id (own);
  g_autoptr (ReunionCase) first = store_test_make_theirs (own, REUNION_CASE_STATE_SUBMITTED, 1);
  g_autoptr (ReunionCase) second = store_test_make_theirs (own, REUNION_CASE_STATE_PUBLISHED, 2);
  g_autoptr (ReunionCase) third = store_test_make_theirs (own, REUNION_CASE_STATE_CLOSED, 3);
  g_autoptr (ReunionTip) tip = store_test_make_tip ("t", id, "seen");
  ReunionSync *sync;

  sync_test_server_add_case (test->server, 4, first, FALSE);
  sync = start_online (test);
  store_test_assert_case (test->store, id, REUNION_CASE_STATE_SUBMITTED, 1);
  g_assert_cmpstr (sync_test_server_get (test->server, EVENTS, 0)->query, ==, "after=4");
  sync_test_server_add_case (test->server, 5, second, TRUE);
  sync_test_server_add_tip (test->server, 6, tip, TRUE);
  sync_test_wait (reunion_station_store_get_cursor (test->store) == 6);
  store_test_assert_case (test->store, id, REUNION_CASE_STATE_PUBLISHED, 2);
  g_assert_cmpuint (reunion_station_store_count_tips (test->store, id, REUNION_TIP_STATE_NEW), ==,
                    1);

  /* What comes while the line is down is fetched from the cursor on. */
  sync_test_server_end_streams (test->server);
  sync_test_server_add_case (test->server, 9, third, FALSE);
  sync_test_wait (reunion_sync_get_status (sync) == REUNION_SYNC_OFFLINE);
  sync_test_wait (reunion_sync_get_status (sync) == REUNION_SYNC_ONLINE);
  store_test_assert_case (test->store, id, REUNION_CASE_STATE_CLOSED, 3);
  g_assert_cmpstr (sync_test_server_get (test->server, EVENTS, 1)->query, ==, "after=9");
  end (sync);
}

static void
test_restored_service (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autoptr (ReunionCase) own = store_test_make_case ();
  const char *id = reunion_case_get_id (own);
  g_autoptr (ReunionCase) theirs = store_test_make_theirs (own, REUNION_CASE_STATE_SUBMITTED, 1);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  ReunionSync *sync;

  reunion_station_store_set_account (test->store, "zhang");
  g_assert_true (reunion_station_store_apply_changes (test->store, none, 60, NULL));
  sync_test_server_add_case (test->server, 4, theirs, FALSE);
  sync = start_online (test);
  g_assert_cmpint (reunion_station_store_get_cursor (test->store), ==, 4);
  store_test_assert_case (test->store, id, REUNION_CASE_STATE_SUBMITTED, 1);
  end (sync);
}

static void
test_junk_event (void)
{
  static const char *const junk[]
      = { "data: hello\n\n", "data: {}\n\n", "data: {\"sequence\":-1}\n\n",
          "data: {\"sequence\":2,\"case\":{\"id\":\"no uuid\",\"report\":{}}}\n\n" };
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSync *sync = start_online (test);

  for (gsize i = 0; i < G_N_ELEMENTS (junk); i++)
    {
      sync_test_server_stream (test->server, junk[i]);
      expect_problem (sync, REUNION_SYNC_OFFLINE, "not understood");
      g_assert_cmpint (reunion_station_store_get_cursor (test->store), ==, 0);
      reunion_sync_retry_now (sync);
      sync_test_wait (reunion_sync_get_status (sync) == REUNION_SYNC_ONLINE);
    }
  end (sync);
}

static void
test_silence (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSync *sync;

  sync_test_set_timeout (test->client, 1);
  sync = start_online (test);
  sync_test_wait (sync_test_server_count (test->server, EVENTS) == 2);
  sync_test_wait (reunion_sync_get_status (sync) == REUNION_SYNC_ONLINE);
  end (sync);
}

static void
test_token_expired (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSync *sync = start_online (test);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();

  sync_test_server_expire_tokens (test->server);
  store_test_submit (test->store, case_);
  sync_test_wait (sync_test_server_count (test->server, REFRESH) == 1);
  sync_test_wait (sync_test_server_count (test->server, "POST /v1/cases") == 2);
  sync_test_iterate_for_a_while ();
  store_test_assert_outbox (test->store, NULL, "");
  /* With the line down too. */
  sync_test_server_expire_tokens (test->server);
  sync_test_server_end_streams (test->server);
  sync_test_wait (reunion_sync_get_status (sync) == REUNION_SYNC_OFFLINE);
  sync_test_wait (reunion_sync_get_status (sync) == REUNION_SYNC_ONLINE);
  g_assert_cmpuint (sync_test_server_count (test->server, REFRESH), ==, 2);
  g_assert_cmpuint (sync_test_server_count (test->server, SESSIONS), ==, 1);
  end (sync);
}

/* The token runs out between the changes and the stream: no reason to ask the
 * officer for a password that is right. */
static void
test_token_expired_at_stream (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSync *sync;

  sync_test_server_push (test->server, EVENTS, 401, NULL, "{}");
  sync = start (test, "right");
  expect_problem (sync, REUNION_SYNC_OFFLINE, "by itself");
  sync_test_wait (reunion_sync_get_status (sync) == REUNION_SYNC_ONLINE);
  end (sync);
}

static void
test_password_changed (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSync *sync = start_online (test);
  guint n_sessions;

  sync_test_server_end_session (test->server);
  sync_test_server_end_streams (test->server);
  sync_test_wait (reunion_sync_get_status (sync) == REUNION_SYNC_SIGNED_OUT
                  && reunion_sync_get_problem (sync) != NULL);
  expect_problem (sync, REUNION_SYNC_SIGNED_OUT, "password");
  n_sessions = sync_test_server_count (test->server, SESSIONS);
  g_assert_cmpuint (n_sessions, ==, 1);
  g_assert_cmpuint (sync_test_server_count (test->server, REFRESH), ==, 1);
  end (sync);
}

static void
add_photo (ReunionCase *case_, const char *bytes)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, bytes, -1);
  g_autoptr (ReunionPhoto) photo = reunion_photo_new (hash, "image/jpeg", 600, 800);

  reunion_case_add_photo (case_, photo);
}

static void
push_photo (SyncTest *test, const char *bytes, const char *answer, guint status)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, bytes, -1);
  g_autofree char *route = g_strconcat ("GET /v1/photos/", hash, NULL);

  sync_test_server_push (test->server, route, status,
                         status == 200 ? "image/jpeg" : "application/problem+json", answer);
}

static gboolean
has_photo (SyncTest *test, const char *text)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autoptr (GBytes) bytes = reunion_station_store_get_photo (test->store, hash, NULL);

  return bytes != NULL;
}

/* A photo that is damaged or refused does not hold the others. */
static void
test_photos (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autoptr (ReunionCase) own = store_test_make_case ();
  g_autoptr (ReunionCase) theirs = NULL;
  ReunionSync *sync;

  add_photo (own, "damaged");
  add_photo (own, "refused");
  add_photo (own, "good");
  add_photo (own, "good too");
  push_photo (test, "damaged", "something else", 200);
  push_photo (test, "refused", "{\"detail\":\"No.\"}", 404);
  push_photo (test, "good", "good", 200);
  push_photo (test, "good too", "good too", 200);
  theirs = store_test_make_theirs (own, REUNION_CASE_STATE_PUBLISHED, 1);
  sync_test_server_add_case (test->server, 1, theirs, FALSE);
  sync = start_online (test);
  sync_test_wait (has_photo (test, "good") && has_photo (test, "good too"));
  sync_test_iterate_for_a_while ();
  g_assert_false (has_photo (test, "damaged"));
  g_assert_cmpuint (sync_test_server_count (test->server, "GET /v1/photos/*"), ==, 4);

  /* The next connection asks again, though no case has changed. */
  push_photo (test, "damaged", "damaged", 200);
  sync_test_server_end_streams (test->server);
  sync_test_wait (has_photo (test, "damaged"));
  end (sync);
}

static void
test_tables (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autoptr (ReunionPolicy) policy = NULL;
  ReunionSync *sync;

  sync_test_server_push (test->server, "GET /v1/policy", 200, NULL,
                         "{\"stages\":[{\"after_seconds\":0,\"radius_km\":42}]}");
  sync_test_server_push (test->server, "GET /v1/statistics", 200, NULL, "{\"periods\":7}");
  sync = start_online (test);
  sync_test_wait (sync_test_server_count (test->server, "GET /v1/policy") == 1);
  sync_test_iterate_for_a_while ();
  policy = reunion_station_store_get_policy (test->store);
  g_assert_cmpfloat (reunion_policy_radius_km_at (policy, 0), ==, 42.0);
  end (sync);
}

static void
test_stop (void)
{
  static const char *const routes[]
      = { SESSIONS, CHANGES, EVENTS, "GET /v1/policy", "POST /v1/cases" };

  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autoptr (SyncTest) test = sync_test_new ();
      g_autoptr (ReunionCase) case_ = store_test_make_case ();
      ReunionSync *sync;
      guint n;

      g_test_message ("%s", routes[i]);
      store_test_submit (test->store, case_);
      sync_test_server_push_hang (test->server, routes[i]);
      sync = start (test, "right");
      sync_test_wait (sync_test_server_count (test->server, routes[i]) > 0);
      reunion_sync_stop (sync);
      /* What was on the line already still arrives. */
      sync_test_iterate_for_a_while ();
      n = sync_test_server_count (test->server, "*");
      sync_test_iterate_for_a_while ();
      g_assert_cmpuint (sync_test_server_count (test->server, "*"), ==, n);
      g_assert_cmpint (reunion_sync_get_status (sync), ==, REUNION_SYNC_SIGNED_OUT);
      /* And on with it. */
      reunion_sync_start (sync, "zhang", "right");
      sync_test_wait (reunion_sync_get_status (sync) == REUNION_SYNC_ONLINE);
      end (sync);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/online", test_online);
  g_test_add_func ("/sync/wrong-password", test_wrong_password);
  g_test_add_func ("/sync/nonsense", test_nonsense);
  g_test_add_func ("/sync/offline", test_offline);
  g_test_add_func ("/sync/feed", test_feed);
  g_test_add_func ("/sync/restored-service", test_restored_service);
  g_test_add_func ("/sync/junk-event", test_junk_event);
  g_test_add_func ("/sync/silence", test_silence);
  g_test_add_func ("/sync/token/expired", test_token_expired);
  g_test_add_func ("/sync/token/expired-at-stream", test_token_expired_at_stream);
  g_test_add_func ("/sync/token/password-changed", test_password_changed);
  g_test_add_func ("/sync/photos", test_photos);
  g_test_add_func ("/sync/tables", test_tables);
  g_test_add_func ("/sync/stop", test_stop);
  return g_test_run ();
}
