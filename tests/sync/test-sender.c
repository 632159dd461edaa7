/* test-sender.c: takes rows from the outbox to the service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync-test-utils.h"

#include "reunion-sender.h"
#include "reunion-station-store-private.h"
#include "reunion-wire.h"

#include <string.h>

#define ROUTE "POST /v1/cases"

/* Whether the first unsent item is in that state, with that many attempts. */
static gboolean
head_is (SyncTest *test, ReunionOutboxState state, guint n_attempts)
{
  g_autoptr (GPtrArray) items = reunion_station_store_list_outbox (test->store, NULL, NULL);

  return items->len > 0 && reunion_outbox_item_get_state (items->pdata[0]) == state
         && reunion_outbox_item_get_n_attempts (items->pdata[0]) == n_attempts;
}

static gboolean
is_empty (SyncTest *test)
{
  g_autoptr (GPtrArray) items = reunion_station_store_list_outbox (test->store, NULL, NULL);

  return items->len == 0;
}

static char *
get_reason (SyncTest *test)
{
  g_autoptr (GPtrArray) items = reunion_station_store_list_outbox (test->store, NULL, NULL);

  return g_strdup (reunion_outbox_item_get_last_error (items->pdata[0]));
}

static const char *
key_of (SyncTest *test, const char *route, guint index)
{
  return sync_test_server_get (test->server, route, index)->idempotency_key;
}

static ReunionCase *
submit_one (SyncTest *test)
{
  ReunionCase *case_ = store_test_make_case ();

  store_test_submit (test->store, case_);
  return case_;
}

static void
end (SyncTest *test, ReunionSender *sender)
{
  reunion_sender_stop (sender);
  sync_test_iterate_for_a_while ();
  g_assert_finalize_object (sender);
}

static void
test_sends (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSender *sender = reunion_sender_new (test->store, test->client);
  g_autoptr (ReunionCase) case_ = store_test_make_case_with_photo (test->store, "photo bytes");
  const SyncTestRequest *photo, *report;
  g_autoptr (ReunionCase) received = NULL;

  reunion_sender_start (sender);
  sync_test_iterate_for_a_while ();
  g_assert_cmpuint (sync_test_server_count (test->server, "P*"), ==, 0);
  /* What is queued while it runs goes out by itself, the photo first. */
  store_test_submit (test->store, case_);
  sync_test_wait (is_empty (test));
  g_assert_cmpuint (sync_test_server_count (test->server, "P*"), ==, 2);
  photo = sync_test_server_get (test->server, "P*", 0);
  g_assert_true (g_str_has_prefix (photo->route, "PUT /v1/photos/"));
  g_assert_cmpstr (photo->body, ==, "photo bytes");
  g_assert_true (g_uuid_string_is_valid (photo->idempotency_key));
  report = sync_test_server_get (test->server, "P*", 1);
  g_assert_cmpstr (report->route, ==, ROUTE);
  g_assert_cmpstr (report->media_type, ==, "application/json");
  g_assert_true (g_uuid_string_is_valid (report->idempotency_key));
  received = reunion_wire_case_from_json (report->body, -1, NULL);
  g_assert_cmpstr (reunion_case_get_id (received), ==, reunion_case_get_id (case_));
  store_test_assert_case (test->store, reunion_case_get_id (case_), REUNION_CASE_STATE_SUBMITTED,
                          1);
  end (test, sender);
}

static void
test_steps (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSender *sender = reunion_sender_new (test->store, test->client);
  g_autoptr (ReunionCase) own = store_test_make_case ();
  const char *id = reunion_case_get_id (own);
  g_autoptr (ReunionCase) theirs = store_test_make_theirs (own, REUNION_CASE_STATE_PUBLISHED, 2);
  g_autoptr (ReunionCase) closed = store_test_make_theirs (own, REUNION_CASE_STATE_CLOSED, 3);
  g_autoptr (ReunionTip) tip = store_test_make_tip ("tip-1", id, "seen");
  g_autofree char *closing = g_strdup_printf ("POST /v1/cases/%s/closing", id);
  g_autofree char *answer = reunion_wire_case_to_json (closed);

  store_test_feed_case (test->store, 1, theirs);
  store_test_feed_tip (test->store, 2, tip);
  g_assert_true (reunion_station_store_set_tip_state (test->store, "tip-1", REUNION_TIP_STATE_LED,
                                                      STORE_TEST_NOW, NULL));
  g_assert_true (reunion_station_store_close (test->store, id, REUNION_OUTCOME_LOST, NULL,
                                              STORE_TEST_NOW, NULL));
  sync_test_server_push (test->server, closing, 200, NULL, answer);
  reunion_sender_start (sender);
  sync_test_wait (is_empty (test));
  g_assert_cmpstr (sync_test_server_get (test->server, "P*", 0)->route, ==,
                   "POST /v1/tips/tip-1/state");
  g_assert_cmpstr (sync_test_server_get (test->server, "P*", 1)->route, ==, closing);
  store_test_assert_case (test->store, id, REUNION_CASE_STATE_CLOSED, 3);
  end (test, sender);
}

/* With the network down it stays; once the network is back it goes out once. */
static void
test_network_down (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSender *sender = reunion_sender_new (test->store, test->client);
  g_autoptr (ReunionCase) case_ = NULL;
  g_autofree char *reason = NULL;

  sync_test_server_go_down (test->server);
  case_ = submit_one (test);
  reunion_sender_start (sender);
  sync_test_wait (head_is (test, REUNION_OUTBOX_WAITING, 1));
  reason = get_reason (test);
  g_assert_nonnull (strstr (reason, "can't be reached"));
  store_test_assert_case (test->store, reunion_case_get_id (case_), REUNION_CASE_STATE_QUEUED, 0);
  sync_test_server_come_up (test->server);
  g_assert_true (reunion_station_store_retry_now (test->store, NULL));
  sync_test_wait (is_empty (test));
  sync_test_iterate_for_a_while ();
  g_assert_cmpuint (sync_test_server_count (test->server, ROUTE), ==, 1);
  end (test, sender);
}

/* Without anybody's help, after its backoff. */
static void
test_tries_again_by_itself (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSender *sender = reunion_sender_new (test->store, test->client);
  g_autoptr (ReunionCase) case_ = submit_one (test);

  sync_test_server_push (test->server, ROUTE, 500, NULL, "");
  reunion_sender_start (sender);
  sync_test_wait (is_empty (test));
  g_assert_cmpuint (sync_test_server_count (test->server, ROUTE), ==, 2);
  end (test, sender);
}

/* The service took it, but its answer was lost: the same key again. */
static void
test_answer_lost (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSender *sender = reunion_sender_new (test->store, test->client);
  g_autoptr (ReunionCase) case_ = submit_one (test);
  guint n;

  sync_test_server_push_raw (test->server, ROUTE, "");
  sync_test_server_push_raw (test->server, ROUTE, "HTTP/1.1 201 Created\r\nContent-Le");
  reunion_sender_start (sender);
  sync_test_wait (head_is (test, REUNION_OUTBOX_WAITING, 1));
  while (!is_empty (test))
    {
      g_assert_true (reunion_station_store_retry_now (test->store, NULL));
      sync_test_iterate ();
    }
  n = sync_test_server_count (test->server, ROUTE);
  g_assert_cmpuint (n, >=, 3);
  for (guint i = 1; i < n; i++)
    {
      g_assert_cmpstr (key_of (test, ROUTE, i), ==, key_of (test, ROUTE, 0));
      g_assert_cmpstr (sync_test_server_get (test->server, ROUTE, i)->body, ==,
                       sync_test_server_get (test->server, ROUTE, 0)->body);
    }
  end (test, sender);
}

/* As after a crash: reopened while it was on its way. */
static void
test_same_key_after_restart (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSender *sender = reunion_sender_new (test->store, test->client);
  g_autoptr (ReunionCase) case_ = submit_one (test);

  sync_test_server_push_hang (test->server, ROUTE);
  reunion_sender_start (sender);
  sync_test_wait (sync_test_server_count (test->server, ROUTE) == 1);
  g_assert_true (head_is (test, REUNION_OUTBOX_SENDING, 1));
  {
    /* The second store is what the next start of the program would see. */
    g_autoptr (ReunionStationStore) next = store_test_open_station (test->folder);

    g_assert_true (head_is (test, REUNION_OUTBOX_WAITING, 1));
  }
  end (test, sender);
  sender = reunion_sender_new (test->store, test->client);
  reunion_sender_start (sender);
  sync_test_wait (is_empty (test));
  g_assert_cmpstr (key_of (test, ROUTE, 1), ==, key_of (test, ROUTE, 0));
  end (test, sender);
}

static void
test_refused (void)
{
  static const guint statuses[] = { 400, 403, 404, 409, 412, 413, 422 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (SyncTest) test = sync_test_new ();
      ReunionSender *sender = reunion_sender_new (test->store, test->client);
      g_autoptr (ReunionCase) case_ = submit_one (test);
      g_autofree char *reason = NULL;

      g_test_message ("%u", statuses[i]);
      sync_test_server_push_problem (test->server, ROUTE, statuses[i], "缺少衣着描述。");
      reunion_sender_start (sender);
      sync_test_wait (head_is (test, REUNION_OUTBOX_ATTENTION, 1));
      reason = get_reason (test);
      g_assert_cmpstr (reason, ==, "缺少衣着描述。");
      store_test_assert_case (test->store, reunion_case_get_id (case_), REUNION_CASE_STATE_DRAFT,
                              0);
      sync_test_iterate_for_a_while ();
      g_assert_cmpuint (sync_test_server_count (test->server, ROUTE), ==, 1);

      /* Mended and submitted anew: another operation. */
      store_test_submit (test->store, case_);
      sync_test_wait (is_empty (test));
      g_assert_cmpstr (key_of (test, ROUTE, 1), !=, key_of (test, ROUTE, 0));
      end (test, sender);
    }
}

/* A refused case does not keep another from going out. */
static void
test_refused_among_others (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSender *sender = reunion_sender_new (test->store, test->client);
  g_autoptr (ReunionCase) refused = submit_one (test);
  g_autoptr (ReunionCase) taken = submit_one (test);

  sync_test_server_push_problem (test->server, ROUTE, 422, "No.");
  reunion_sender_start (sender);
  sync_test_wait (sync_test_server_count (test->server, ROUTE) == 2);
  sync_test_iterate_for_a_while ();
  store_test_assert_case (test->store, reunion_case_get_id (taken), REUNION_CASE_STATE_SUBMITTED,
                          1);
  store_test_assert_outbox (test->store, NULL, "submit:attention");
  end (test, sender);
}

static void
push_case_of_another (SyncTest *test)
{
  g_autoptr (ReunionCase) other = store_test_make_case ();
  g_autofree char *json = reunion_wire_case_to_json (other);

  sync_test_server_push (test->server, ROUTE, 201, NULL, json);
}

/* Whatever is not the service's own acknowledgement leaves the item waiting,
 * with a sentence, and the report queued. */
static void
test_waits (void)
{
  static const struct
  {
    guint status;
    const char *media_type;
    const char *body;
  } answers[] = {
    { 500, "text/plain", "" },
    { 503, NULL, "{\"detail\":\"Later.\"}" },
    { 429, NULL, "{\"detail\":\"Too often.\"}" },
    { 408, "text/plain", "" },
    { 200, "text/html", "<html>Please accept our terms</html>" },
    { 201, NULL, "" },
    { 201, NULL, "{}" },
    { 201, NULL, "[]" },
    { 201, NULL, "{\"id\":\"0b8c3a0e-7d52-4d0e-9d57-0f5b7a9f3c11\",\"repo" },
    { 204, NULL, "" },
    { 302, "text/html", "/portal" },
    { 403, "text/html", "<html>Blocked</html>" },
    { 401, NULL, "{\"detail\":\"No.\"}" },
    { 201, NULL, NULL }, /* the case of another */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (SyncTest) test = sync_test_new ();
      ReunionSender *sender = reunion_sender_new (test->store, test->client);
      g_autoptr (ReunionCase) case_ = submit_one (test);
      g_autofree char *reason = NULL;

      g_test_message ("%u %s", answers[i].status, answers[i].body);
      if (answers[i].body == NULL)
        push_case_of_another (test);
      else
        sync_test_server_push (test->server, ROUTE, answers[i].status, answers[i].media_type,
                               answers[i].body);
      reunion_sender_start (sender);
      sync_test_wait (head_is (test, REUNION_OUTBOX_WAITING, 1));
      reason = get_reason (test);
      g_assert_nonnull (reason);
      g_assert_true (g_str_has_suffix (reason, "."));
      store_test_assert_case (test->store, reunion_case_get_id (case_), REUNION_CASE_STATE_QUEUED,
                              0);
      g_assert_true (reunion_station_store_retry_now (test->store, NULL));
      sync_test_wait (is_empty (test));
      end (test, sender);
    }
}

static void
test_silence (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSender *sender = reunion_sender_new (test->store, test->client);
  g_autoptr (ReunionCase) case_ = submit_one (test);

  sync_test_set_timeout (test->client, 1);
  sync_test_server_push_hang (test->server, ROUTE);
  reunion_sender_start (sender);
  sync_test_wait (head_is (test, REUNION_OUTBOX_WAITING, 1));
  g_assert_true (reunion_station_store_retry_now (test->store, NULL));
  sync_test_wait (is_empty (test));
  end (test, sender);
}

/* The page of a network that answers everything with 200 is no receipt. */
static void
test_photo_nonsense (void)
{
  static const char *const answers[]
      = { "<html>Welcome</html>",
          "",
          "\"ok\"",
          "{}",
          "{\"token\": 7, \"account\": []}",
          "{\"sha256\": \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}" };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (SyncTest) test = sync_test_new ();
      ReunionSender *sender = reunion_sender_new (test->store, test->client);
      g_autoptr (ReunionCase) case_ = store_test_make_case_with_photo (test->store, "photo");

      store_test_submit (test->store, case_);
      sync_test_server_push (test->server, "PUT *", 200, "text/html", answers[i]);
      reunion_sender_start (sender);
      sync_test_wait (head_is (test, REUNION_OUTBOX_WAITING, 1));
      g_assert_cmpuint (sync_test_server_count (test->server, ROUTE), ==, 0);
      store_test_assert_outbox (test->store, NULL, "photo:waiting submit:waiting");
      g_assert_true (reunion_station_store_retry_now (test->store, NULL));
      sync_test_wait (is_empty (test));
      end (test, sender);
    }
}

static void
test_tip_nonsense (void)
{
  static const char *const answers[]
      = { "<html>Welcome</html>", "{}", "{\"id\":\"tip-2\",\"case_id\":\"c\"}" };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (SyncTest) test = sync_test_new ();
      ReunionSender *sender = reunion_sender_new (test->store, test->client);
      g_autoptr (ReunionTip) tip = store_test_make_tip ("tip-1", "case", "seen");

      store_test_feed_tip (test->store, 1, tip);
      g_assert_true (reunion_station_store_set_tip_state (
          test->store, "tip-1", REUNION_TIP_STATE_LED, STORE_TEST_NOW, NULL));
      sync_test_server_push (test->server, "POST /v1/tips/*", 200, NULL, answers[i]);
      reunion_sender_start (sender);
      sync_test_wait (head_is (test, REUNION_OUTBOX_WAITING, 1));
      g_assert_true (reunion_station_store_retry_now (test->store, NULL));
      sync_test_wait (is_empty (test));
      end (test, sender);
    }
}

/* Its bytes are gone from the store: it can never be sent. */
static void
test_photo_gone (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSender *sender = reunion_sender_new (test->store, test->client);
  g_autoptr (ReunionCase) case_ = store_test_make_case_with_photo (test->store, "photo");
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (test->folder);

  store_test_submit (test->store, case_);
  store_test_raw_exec (raw, "DELETE FROM photos");
  reunion_sender_start (sender);
  sync_test_wait (head_is (test, REUNION_OUTBOX_ATTENTION, 0));
  store_test_assert_case (test->store, reunion_case_get_id (case_), REUNION_CASE_STATE_DRAFT, 0);
  g_assert_cmpuint (sync_test_server_count (test->server, "P*"), ==, 0);
  end (test, sender);
}

static void
test_stop_in_flight (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSender *sender = reunion_sender_new (test->store, test->client);
  g_autoptr (ReunionCase) case_ = submit_one (test);

  sync_test_server_push_hang (test->server, ROUTE);
  reunion_sender_start (sender);
  sync_test_wait (sync_test_server_count (test->server, ROUTE) == 1);
  reunion_sender_stop (sender);
  sync_test_wait (head_is (test, REUNION_OUTBOX_WAITING, 1));
  /* Stopped is stopped. */
  g_assert_true (reunion_station_store_retry_now (test->store, NULL));
  sync_test_iterate_for_a_while ();
  g_assert_cmpuint (sync_test_server_count (test->server, ROUTE), ==, 1);
  reunion_sender_start (sender);
  sync_test_wait (is_empty (test));
  g_assert_cmpstr (key_of (test, ROUTE, 1), ==, key_of (test, ROUTE, 0));
  end (test, sender);
}

static void
test_stop_and_start_in_flight (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSender *sender = reunion_sender_new (test->store, test->client);
  g_autoptr (ReunionCase) case_ = submit_one (test);

  sync_test_server_push_hang (test->server, ROUTE);
  reunion_sender_start (sender);
  sync_test_wait (sync_test_server_count (test->server, ROUTE) == 1);
  reunion_sender_stop (sender);
  reunion_sender_start (sender);
  sync_test_wait (is_empty (test));
  g_assert_cmpuint (sync_test_server_count (test->server, ROUTE), ==, 2);
  end (test, sender);
}

static guint n_warnings;

static GLogWriterOutput
count_warnings (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if ((level & G_LOG_LEVEL_MASK) == G_LOG_LEVEL_WARNING)
    {
      n_warnings++;
      return G_LOG_WRITER_HANDLED;
    }
  return g_log_writer_default (level, fields, n_fields, user_data);
}

/* A store that can't be written is asked again after a while, not in a loop,
 * and nothing goes out that is not marked as being sent. */
static void
test_store_fails (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSender *sender = reunion_sender_new (test->store, test->client);
  g_autoptr (ReunionCase) case_ = submit_one (test);
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (test->folder);

  store_test_raw_exec (raw, "CREATE TRIGGER no BEFORE UPDATE ON outbox"
                            " BEGIN SELECT RAISE (ABORT, 'no'); END");
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  reunion_sender_start (sender);
  sync_test_iterate_for_a_while ();
  sync_test_iterate_for_a_while ();
  g_assert_cmpuint (sync_test_server_count (test->server, ROUTE), ==, 0);
  g_assert_cmpuint (n_warnings, ==, 1);
  store_test_raw_exec (raw, "DROP TRIGGER no");
  sync_test_wait (is_empty (test));
  g_assert_cmpuint (sync_test_server_count (test->server, ROUTE), ==, 1);
  end (test, sender);
}

static void
test_backoff (void)
{
  static const struct
  {
    guint n_attempts;
    gint64 seconds;
  } steps[]
      = { { 0, 2 },  { 1, 2 },   { 2, 4 },   { 3, 8 },   { 4, 16 },        { 5, 32 },
          { 6, 64 }, { 7, 128 }, { 8, 256 }, { 9, 300 }, { 1000000, 300 }, { G_MAXUINT, 300 } };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gint64 usec = steps[i].seconds * REUNION_SECOND_USEC;

      g_assert_cmpint (reunion_sender_get_backoff_usec (steps[i].n_attempts, 0.0), ==,
                       usec * 3 / 4);
      g_assert_cmpint (reunion_sender_get_backoff_usec (steps[i].n_attempts, 0.5), ==, usec);
      g_assert_cmpint (reunion_sender_get_backoff_usec (steps[i].n_attempts, 1.0), ==,
                       usec * 5 / 4);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (count_warnings, NULL, NULL);
  g_test_add_func ("/sender/sends/report", test_sends);
  g_test_add_func ("/sender/sends/steps", test_steps);
  g_test_add_func ("/sender/network-down", test_network_down);
  g_test_add_func ("/sender/tries-again-by-itself", test_tries_again_by_itself);
  g_test_add_func ("/sender/answer-lost", test_answer_lost);
  g_test_add_func ("/sender/same-key-after-restart", test_same_key_after_restart);
  g_test_add_func ("/sender/refused/each", test_refused);
  g_test_add_func ("/sender/refused/among-others", test_refused_among_others);
  g_test_add_func ("/sender/waits", test_waits);
  g_test_add_func ("/sender/silence", test_silence);
  g_test_add_func ("/sender/nonsense/photo", test_photo_nonsense);
  g_test_add_func ("/sender/nonsense/tip", test_tip_nonsense);
  g_test_add_func ("/sender/photo-gone", test_photo_gone);
  g_test_add_func ("/sender/stop/in-flight", test_stop_in_flight);
  g_test_add_func ("/sender/stop/and-start", test_stop_and_start_in_flight);
  g_test_add_func ("/sender/store-fails", test_store_fails);
  g_test_add_func ("/sender/backoff", test_backoff);
  return g_test_run ();
}
