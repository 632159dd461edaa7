/* test-sender-amend.c: takes amendments to the service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync-test-utils.h"

#include "reunion-sender.h"
#include "reunion-wire.h"

#define SENTENCE "Somebody else has changed this case meanwhile. Look at what it says now."

/* A published case of revision 7 at the desk. */
static ReunionCase *
add_published (SyncTest *test)
{
  g_autoptr (ReunionCase) own = store_test_make_case ();
  ReunionCase *theirs = store_test_make_theirs (own, REUNION_CASE_STATE_PUBLISHED, 7);

  store_test_feed_case (test->store, 1, theirs);
  return theirs;
}

static void
amend (SyncTest *test, const char *id, const char *clothing)
{
  g_autoptr (ReunionCase) case_ = reunion_station_store_get_case (test->store, id, NULL);
  g_autoptr (GError) error = NULL;

  reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_CLOTHING, clothing);
  reunion_station_store_amend (test->store, case_, NULL, STORE_TEST_NOW, &error);
  g_assert_no_error (error);
}

static void
push_answer (SyncTest *test,
             const char *route,
             ReunionCase *theirs,
             const char *clothing,
             gint64 revision)
{
  g_autoptr (ReunionCase) answer
      = store_test_make_theirs (theirs, REUNION_CASE_STATE_PUBLISHED, revision);
  g_autofree char *text = NULL;

  reunion_report_set_text (reunion_case_get_report (answer), REUNION_FIELD_CLOTHING, clothing);
  text = reunion_wire_case_to_json (answer);
  sync_test_server_push (test->server, route, 200, NULL, text);
}

static gboolean
outbox_is (SyncTest *test, guint n_items, ReunionOutboxState state)
{
  g_autoptr (GPtrArray) items = reunion_station_store_list_outbox (test->store, NULL, NULL);

  return items->len == n_items
         && (n_items == 0 || reunion_outbox_item_get_state (items->pdata[0]) == state);
}

static void
end (ReunionSender *sender)
{
  reunion_sender_stop (sender);
  sync_test_iterate_for_a_while ();
  g_assert_finalize_object (sender);
}

/* The new photo first; then the amendment, with its key and what it is based
 * on, and a second one based on what came of the first. */
static void
test_sends (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSender *sender = reunion_sender_new (test->store, test->client);
  g_autoptr (ReunionCase) theirs = add_published (test);
  const char *id = reunion_case_get_id (theirs);
  g_autofree char *route = g_strdup_printf ("POST /v1/cases/%s/amendment", id);
  g_autoptr (ReunionCase) case_ = reunion_station_store_get_case (test->store, id, NULL);
  const SyncTestRequest *first, *second;

  g_free (store_test_add_photo (test->store, case_, "new"));
  g_assert_true (reunion_station_store_amend (test->store, case_, "A photo", STORE_TEST_NOW, NULL));
  amend (test, id, "Pink");
  push_answer (test, route, theirs, "Blue jacket", 8);
  push_answer (test, route, theirs, "Pink", 9);
  reunion_sender_start (sender);
  sync_test_wait (outbox_is (test, 0, REUNION_OUTBOX_SENT));
  g_assert_true (g_str_has_prefix (sync_test_server_get (test->server, "P*", 0)->route, "PUT"));
  first = sync_test_server_get (test->server, route, 0);
  second = sync_test_server_get (test->server, route, 1);
  g_assert_cmpstr (first->if_match, ==, "\"7\"");
  g_assert_cmpstr (second->if_match, ==, "\"8\"");
  g_assert_cmpstr (first->media_type, ==, "application/json");
  g_assert_true (g_uuid_string_is_valid (first->idempotency_key));
  g_assert_cmpstr (first->idempotency_key, !=, second->idempotency_key);
  g_assert_nonnull (strstr (first->body, "A photo"));
  store_test_assert_case (test->store, id, REUNION_CASE_STATE_PUBLISHED, 9);
  end (sender);
}

/* Taken, but the answer was lost: the same key, condition and body again. */
static void
test_answer_lost (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSender *sender = reunion_sender_new (test->store, test->client);
  g_autoptr (ReunionCase) theirs = add_published (test);
  const char *id = reunion_case_get_id (theirs);
  g_autofree char *route = g_strdup_printf ("POST /v1/cases/%s/amendment", id);
  const SyncTestRequest *first, *second;

  amend (test, id, "Pink");
  sync_test_server_push_raw (test->server, route, "");
  push_answer (test, route, theirs, "Pink", 8);
  reunion_sender_start (sender);
  while (!outbox_is (test, 0, REUNION_OUTBOX_SENT))
    {
      if (sync_test_server_count (test->server, route) > 0)
        g_assert_true (reunion_station_store_retry_now (test->store, NULL));
      sync_test_iterate ();
    }
  g_assert_cmpuint (sync_test_server_count (test->server, route), ==, 2);
  first = sync_test_server_get (test->server, route, 0);
  second = sync_test_server_get (test->server, route, 1);
  g_assert_cmpstr (first->idempotency_key, ==, second->idempotency_key);
  g_assert_cmpstr (first->if_match, ==, second->if_match);
  g_assert_cmpstr (first->body, ==, second->body);
  end (sender);
}

/* Somebody else was faster: it needs attention, with the service's sentence. */
static void
test_changed_meanwhile (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  ReunionSender *sender = reunion_sender_new (test->store, test->client);
  g_autoptr (ReunionCase) theirs = add_published (test);
  const char *id = reunion_case_get_id (theirs);
  g_autofree char *route = g_strdup_printf ("POST /v1/cases/%s/amendment", id);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (ReunionCase) written = NULL;

  amend (test, id, "Pink");
  sync_test_server_push_problem (test->server, route, 412, SENTENCE);
  reunion_sender_start (sender);
  sync_test_wait (outbox_is (test, 1, REUNION_OUTBOX_ATTENTION));
  items = reunion_station_store_list_outbox (test->store, id, NULL);
  g_assert_cmpstr (reunion_outbox_item_get_last_error (items->pdata[0]), ==, SENTENCE);
  written = reunion_station_store_get_refused_amendment (test->store, id, NULL, NULL);
  g_assert_cmpstr (
      reunion_report_get_text (reunion_case_get_report (written), REUNION_FIELD_CLOTHING), ==,
      "Pink");
  sync_test_iterate_for_a_while ();
  g_assert_cmpuint (sync_test_server_count (test->server, route), ==, 1);
  end (sender);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sender-amend/sends", test_sends);
  g_test_add_func ("/sender-amend/answer-lost", test_answer_lost);
  g_test_add_func ("/sender-amend/changed-meanwhile", test_changed_meanwhile);
  return g_test_run ();
}
