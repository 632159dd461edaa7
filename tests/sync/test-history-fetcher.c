/* test-history-fetcher.c: the histories that somebody asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync-test-utils.h"

#include "reunion-sync.h"

#define ONE "{\"entries\":[{\"at\":\"2016-05-20T04:05:00Z\",\"action\":\"submit\"}]}"
#define TWO                                                                                        \
  "{\"entries\":[{\"at\":\"2016-05-20T04:05:00Z\",\"action\":\"submit\"},"                         \
  "{\"at\":\"2016-05-20T04:06:00Z\",\"action\":\"approve\"}]}"

/* A case at the desk, and the route of its history. */
static ReunionCase *
add_case (SyncTest *test, char **route)
{
  ReunionCase *case_ = store_test_make_case ();

  store_test_feed_case (test->store, reunion_station_store_get_cursor (test->store) + 1, case_);
  *route = g_strdup_printf ("GET /v1/cases/%s/history", reunion_case_get_id (case_));
  return case_;
}

static ReunionSync *
start (SyncTest *test)
{
  ReunionSync *sync = reunion_sync_new (test->store, test->client);

  reunion_sync_start (sync, "zhang", "right");
  return sync;
}

static void
wait_online (ReunionSync *sync)
{
  sync_test_wait (reunion_sync_get_status (sync) == REUNION_SYNC_ONLINE);
}

static void
end (ReunionSync *sync)
{
  reunion_sync_stop (sync);
  sync_test_iterate_for_a_while ();
  g_assert_finalize_object (sync);
}

static guint
count_entries (SyncTest *test, ReunionCase *case_)
{
  g_autoptr (GPtrArray) entries
      = reunion_station_store_list_history (test->store, reunion_case_get_id (case_), NULL);

  return entries->len;
}

static void
test_fetch (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autofree char *route = NULL;
  g_autofree char *other_route = NULL;
  g_autoptr (ReunionCase) case_ = add_case (test, &route);
  g_autoptr (ReunionCase) other = add_case (test, &other_route);
  ReunionSync *sync = start (test);

  sync_test_server_push (test->server, route, 200, NULL, ONE);
  sync_test_server_push (test->server, route, 200, NULL, TWO);
  sync_test_server_push (test->server, other_route, 200, NULL, TWO);
  /* Asked for before the line is good, and several times. */
  for (int i = 0; i < 3; i++)
    reunion_sync_request_history (sync, reunion_case_get_id (case_));
  reunion_sync_request_history (sync, reunion_case_get_id (other));
  wait_online (sync);
  sync_test_wait (count_entries (test, case_) == 1 && count_entries (test, other) == 2);
  g_assert_cmpuint (sync_test_server_count (test->server, route), ==, 1);
  reunion_sync_request_history (sync, reunion_case_get_id (case_));
  sync_test_wait (count_entries (test, case_) == 2);
  end (sync);
}

/* A page that asks at each change comes to an end. */
static void
changed_cb (ReunionStationStore *store, const char *case_id, gpointer user_data)
{
  if (case_id != NULL)
    reunion_sync_request_history (user_data, case_id);
}

static void
test_asked_at_each_change (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autofree char *route = NULL;
  g_autoptr (ReunionCase) case_ = add_case (test, &route);
  ReunionSync *sync = start (test);

  wait_online (sync);
  for (int i = 0; i < 20; i++)
    sync_test_server_push (test->server, route, 200, NULL, ONE);
  g_signal_connect (test->store, "changed", G_CALLBACK (changed_cb), sync);
  reunion_sync_request_history (sync, reunion_case_get_id (case_));
  sync_test_wait (count_entries (test, case_) == 1);
  sync_test_iterate_for_a_while ();
  sync_test_iterate_for_a_while ();
  g_assert_cmpuint (sync_test_server_count (test->server, route), ==, 2);
  g_signal_handlers_disconnect_by_data (test->store, sync);
  end (sync);
}

/* Not now: again once the line is good. Refused: not by itself. */
static void
test_failures (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autofree char *route = NULL;
  g_autofree char *other_route = NULL;
  g_autoptr (ReunionCase) case_ = add_case (test, &route);
  g_autoptr (ReunionCase) other = add_case (test, &other_route);
  ReunionSync *sync = start (test);

  wait_online (sync);
  sync_test_server_push_problem (test->server, other_route, 404, "There is no such case.");
  reunion_sync_request_history (sync, reunion_case_get_id (other));
  sync_test_wait (sync_test_server_count (test->server, other_route) == 1);
  sync_test_server_push (test->server, route, 503, NULL, "");
  sync_test_server_push (test->server, route, 200, NULL, ONE);
  reunion_sync_request_history (sync, reunion_case_get_id (case_));
  sync_test_wait (sync_test_server_count (test->server, route) == 1);
  sync_test_iterate_for_a_while ();
  g_assert_cmpuint (count_entries (test, case_), ==, 0);
  sync_test_server_end_streams (test->server);
  sync_test_wait (reunion_sync_get_status (sync) == REUNION_SYNC_OFFLINE);
  reunion_sync_retry_now (sync);
  sync_test_wait (count_entries (test, case_) == 1);
  g_assert_cmpuint (sync_test_server_count (test->server, other_route), ==, 1);
  end (sync);
}

/* What is no history is not kept. */
static void
test_nonsense (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autofree char *route = NULL;
  g_autoptr (ReunionCase) case_ = add_case (test, &route);
  ReunionSync *sync = start (test);

  wait_online (sync);
  sync_test_server_push (test->server, route, 200, NULL, "{\"entries\":7}");
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "*could not be kept*");
  reunion_sync_request_history (sync, reunion_case_get_id (case_));
  sync_test_wait (sync_test_server_count (test->server, route) == 1);
  sync_test_iterate_for_a_while ();
  g_test_assert_expected_messages ();
  g_assert_cmpuint (count_entries (test, case_), ==, 0);
  end (sync);
}

/* Nobody is signed in: what was asked for is not asked for the next. */
static void
test_stopped (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_autofree char *route = NULL;
  g_autoptr (ReunionCase) case_ = add_case (test, &route);
  ReunionSync *sync = reunion_sync_new (test->store, test->client);

  reunion_sync_request_history (sync, reunion_case_get_id (case_));
  reunion_sync_start (sync, "zhang", "right");
  wait_online (sync);
  sync_test_server_push_hang (test->server, route);
  reunion_sync_request_history (sync, reunion_case_get_id (case_));
  sync_test_wait (sync_test_server_count (test->server, route) == 1);
  reunion_sync_stop (sync);
  sync_test_iterate_for_a_while ();
  reunion_sync_start (sync, "zhang", "right");
  wait_online (sync);
  sync_test_iterate_for_a_while ();
  g_assert_cmpuint (sync_test_server_count (test->server, route), ==, 1);
  end (sync);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history-fetcher/fetch", test_fetch);
  g_test_add_func ("/history-fetcher/asked-at-each-change", test_asked_at_each_change);
  g_test_add_func ("/history-fetcher/failures", test_failures);
  g_test_add_func ("/history-fetcher/nonsense", test_nonsense);
  g_test_add_func ("/history-fetcher/stopped", test_stopped);
  return g_test_run ();
}
