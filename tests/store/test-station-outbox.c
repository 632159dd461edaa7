/* test-station-outbox.c: what waits to go out, and in which order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

#define SECOND REUNION_SECOND_USEC

static void
mark_sending (ReunionStationStore *store, ReunionOutboxItem *item)
{
  g_autoptr (GError) error = NULL;

  reunion_station_store_mark_sending (store, item, &error);
  g_assert_no_error (error);
}

static void
mark_sent (ReunionStationStore *store, ReunionOutboxItem *item, ReunionCase *answer)
{
  g_autoptr (GError) error = NULL;

  reunion_station_store_mark_sent (store, item, answer, STORE_TEST_NOW, &error);
  g_assert_no_error (error);
}

static void
mark_waiting (ReunionStationStore *store, ReunionOutboxItem *item, gint64 next_try_usec)
{
  g_autoptr (GError) error = NULL;

  reunion_station_store_mark_waiting (store, item, "No network.", next_try_usec, &error);
  g_assert_no_error (error);
}

static void
mark_attention (ReunionStationStore *store, ReunionOutboxItem *item)
{
  g_autoptr (GError) error = NULL;

  reunion_station_store_mark_attention (store, item, "Refused.", &error);
  g_assert_no_error (error);
}

static void
assert_nothing_due (ReunionStationStore *store, gint64 now_usec)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionOutboxItem) item = reunion_station_store_next_due (store, now_usec, &error);

  g_assert_no_error (error);
  g_assert_null (item);
}

/* A published case of the service, as the desk knows it. */
static ReunionCase *
add_published (ReunionStationStore *store)
{
  g_autoptr (ReunionCase) own = store_test_make_case ();
  g_autoptr (ReunionCase) theirs = store_test_make_theirs (own, REUNION_CASE_STATE_PUBLISHED, 2);

  store_test_feed_case (store, reunion_station_store_get_cursor (store) + 1, theirs);
  return g_steal_pointer (&theirs);
}

static void
test_order (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) first = store_test_make_case_with_photo (store, "one");
  g_autoptr (ReunionCase) second = store_test_make_case ();
  g_autoptr (ReunionCase) answer = store_test_make_theirs (first, REUNION_CASE_STATE_SUBMITTED, 1);
  const char *id = reunion_case_get_id (first);
  g_autoptr (ReunionOutboxItem) photo = NULL;
  g_autoptr (ReunionOutboxItem) other = NULL;
  g_autoptr (ReunionOutboxItem) report = NULL;

  store_test_submit (store, first);
  store_test_submit (store, second);
  photo = store_test_expect_due (store, id, REUNION_OUTBOX_PHOTO);
  mark_sending (store, photo);
  /* One at a time within a case; the other case is free. */
  other = store_test_expect_due (store, reunion_case_get_id (second), REUNION_OUTBOX_SUBMIT);
  mark_sending (store, other);
  assert_nothing_due (store, STORE_TEST_NOW);
  mark_sent (store, photo, NULL);
  report = store_test_expect_due (store, id, REUNION_OUTBOX_SUBMIT);
  mark_sending (store, report);
  mark_sent (store, report, answer);
  store_test_assert_case (store, id, REUNION_CASE_STATE_SUBMITTED, 1);
  store_test_assert_outbox (store, id, "");
  store_test_assert_outbox (store, NULL, "submit:sending");
}

static void
test_waiting (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) first = store_test_make_case_with_photo (store, "one");
  g_autoptr (ReunionCase) second = store_test_make_case ();
  g_autoptr (ReunionOutboxItem) item = NULL;
  g_autoptr (ReunionOutboxItem) other = NULL;
  g_autoptr (ReunionOutboxItem) again = NULL;

  g_assert_cmpint (reunion_station_store_get_next_try_usec (store), ==, -1);
  store_test_submit (store, first);
  g_assert_cmpint (reunion_station_store_get_next_try_usec (store), ==, STORE_TEST_NOW);
  item = store_test_expect_due (store, reunion_case_get_id (first), REUNION_OUTBOX_PHOTO);
  mark_sending (store, item);
  g_assert_cmpint (reunion_station_store_get_next_try_usec (store), ==, -1);
  mark_waiting (store, item, STORE_TEST_NOW + 8 * SECOND);
  /* What follows in the case waits with it. */
  assert_nothing_due (store, STORE_TEST_NOW + 8 * SECOND - 1);
  g_assert_cmpint (reunion_station_store_get_next_try_usec (store), ==,
                   STORE_TEST_NOW + 8 * SECOND);
  store_test_submit (store, second);
  other = store_test_expect_due (store, reunion_case_get_id (second), REUNION_OUTBOX_SUBMIT);
  mark_sending (store, other);
  again = reunion_station_store_next_due (store, STORE_TEST_NOW + 8 * SECOND, NULL);
  g_assert_cmpint (reunion_outbox_item_get_sequence (again), ==,
                   reunion_outbox_item_get_sequence (item));
  g_assert_cmpstr (reunion_outbox_item_get_operation_id (again), ==,
                   reunion_outbox_item_get_operation_id (item));
  g_assert_cmpuint (reunion_outbox_item_get_n_attempts (again), ==, 1);
  g_assert_cmpstr (reunion_outbox_item_get_last_error (again), ==, "No network.");
}

static void
test_retry_now (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) first = store_test_make_case ();
  g_autoptr (ReunionCase) second = store_test_make_case ();
  g_autoptr (ReunionOutboxItem) waiting = NULL;
  g_autoptr (ReunionOutboxItem) refused = NULL;
  g_autoptr (ReunionOutboxItem) due = NULL;

  store_test_submit (store, first);
  store_test_submit (store, second);
  waiting = store_test_expect_due (store, reunion_case_get_id (first), REUNION_OUTBOX_SUBMIT);
  mark_sending (store, waiting);
  mark_waiting (store, waiting, STORE_TEST_NOW + 300 * SECOND);
  refused = store_test_expect_due (store, reunion_case_get_id (second), REUNION_OUTBOX_SUBMIT);
  mark_sending (store, refused);
  mark_attention (store, refused);
  assert_nothing_due (store, STORE_TEST_NOW);
  g_assert_true (reunion_station_store_retry_now (store, NULL));
  due = store_test_expect_due (store, reunion_case_get_id (first), REUNION_OUTBOX_SUBMIT);
  mark_sending (store, due);
  /* A refused one stays refused. */
  assert_nothing_due (store, STORE_TEST_NOW);
}

/* Written while the clock was a day ahead: the time that it then seems to wait
 * for must not hold it, nor must the time at which it was written. */
static void
test_clock_set_back (void)
{
  const gint64 now_usec = STORE_TEST_NOW - 24 * 3600 * (gint64) SECOND;
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  g_autoptr (ReunionOutboxItem) item = NULL;
  g_autoptr (ReunionOutboxItem) again = NULL;

  store_test_submit (store, case_);
  item = reunion_station_store_next_due (store, now_usec, NULL);
  g_assert_nonnull (item);
  mark_sending (store, item);
  mark_waiting (store, item, now_usec + 300 * SECOND);
  assert_nothing_due (store, now_usec);
  g_assert_true (reunion_station_store_retry_now (store, NULL));
  again = reunion_station_store_next_due (store, now_usec, NULL);
  g_assert_nonnull (again);
}

static void
test_sent_twice (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  g_autoptr (ReunionCase) answer = store_test_make_theirs (case_, REUNION_CASE_STATE_SUBMITTED, 1);
  g_autoptr (ReunionOutboxItem) item = NULL;
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);

  store_test_submit (store, case_);
  item = store_test_expect_due (store, reunion_case_get_id (case_), REUNION_OUTBOX_SUBMIT);
  for (guint i = 0; i < 2; i++)
    {
      mark_sent (store, item, answer);
      store_test_assert_case (store, reunion_case_get_id (case_), REUNION_CASE_STATE_SUBMITTED, 1);
      assert_nothing_due (store, STORE_TEST_NOW);
    }
  /* The row stays as a record; what it carried does not. */
  g_assert_cmpint (store_test_raw_get_int (raw, "SELECT count(*) FROM outbox WHERE state = 2"
                                                " AND body = '' AND sent_usec IS NOT NULL"),
                   ==, 1);
}

static void
test_sent_fails_midway (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  g_autoptr (ReunionCase) answer = store_test_make_theirs (case_, REUNION_CASE_STATE_SUBMITTED, 1);
  g_autoptr (ReunionOutboxItem) item = NULL;
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
  g_autoptr (GError) error = NULL;

  store_test_submit (store, case_);
  item = store_test_expect_due (store, reunion_case_get_id (case_), REUNION_OUTBOX_SUBMIT);
  mark_sending (store, item);
  store_test_raw_exec (raw, "CREATE TRIGGER no BEFORE UPDATE ON cases"
                            " BEGIN SELECT RAISE (ABORT, 'no'); END");
  g_assert_false (reunion_station_store_mark_sent (store, item, answer, STORE_TEST_NOW, &error));
  g_assert_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CONSTRAINT);
  store_test_assert_outbox (store, NULL, "submit:sending");
  store_test_assert_case (store, reunion_case_get_id (case_), REUNION_CASE_STATE_QUEUED, 0);
}

static void
test_killed_while_sending (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case_with_photo (store, "one");
  g_autoptr (ReunionOutboxItem) item = NULL;
  g_autoptr (ReunionOutboxItem) again = NULL;

  store_test_submit (store, case_);
  item = store_test_expect_due (store, reunion_case_get_id (case_), REUNION_OUTBOX_PHOTO);
  mark_sending (store, item);
  store_test_assert_outbox (store, NULL, "photo:sending submit:waiting");
  g_clear_object (&store);
  store = store_test_open_station (folder);
  store_test_assert_outbox (store, NULL, "photo:waiting submit:waiting");
  again = store_test_expect_due (store, reunion_case_get_id (case_), REUNION_OUTBOX_PHOTO);
  g_assert_cmpstr (reunion_outbox_item_get_operation_id (again), ==,
                   reunion_outbox_item_get_operation_id (item));
  g_assert_cmpuint (reunion_outbox_item_get_n_attempts (again), ==, 1);
}

/* A refused photo holds its own case and no other, until the report is mended. */
static void
test_attention (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) first = store_test_make_case_with_photo (store, "bad");
  g_autoptr (ReunionCase) second = store_test_make_case ();
  const char *id = reunion_case_get_id (first);
  g_autoptr (ReunionOutboxItem) refused = NULL;
  g_autoptr (ReunionOutboxItem) other = NULL;
  g_autoptr (GPtrArray) items = NULL;

  store_test_submit (store, first);
  store_test_submit (store, second);
  refused = store_test_expect_due (store, id, REUNION_OUTBOX_PHOTO);
  mark_sending (store, refused);
  mark_attention (store, refused);
  store_test_assert_case (store, id, REUNION_CASE_STATE_DRAFT, 0);
  items = reunion_station_store_list_outbox (store, id, NULL);
  g_assert_cmpstr (reunion_outbox_item_get_last_error (items->pdata[0]), ==, "Refused.");
  other = store_test_expect_due (store, reunion_case_get_id (second), REUNION_OUTBOX_SUBMIT);
  mark_sent (store, other, NULL);
  assert_nothing_due (store, STORE_TEST_NOW);

  reunion_case_clear_photos (first);
  store_test_submit (store, first);
  store_test_assert_outbox (store, id, "submit:waiting");
}

static void
test_attention_returned (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  g_autoptr (ReunionCase) theirs = store_test_make_theirs (case_, REUNION_CASE_STATE_RETURNED, 3);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (ReunionOutboxItem) item = NULL;

  store_test_feed_case (store, 1, theirs);
  store_test_submit (store, theirs);
  item = store_test_expect_due (store, id, REUNION_OUTBOX_SUBMIT);
  mark_attention (store, item);
  store_test_assert_case (store, id, REUNION_CASE_STATE_RETURNED, 3);
}

/* A refused mark on a tip must not keep the news that the child is found. */
static void
test_attention_lets_steps_pass (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = add_published (store);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (ReunionTip) tip = store_test_make_tip ("tip-1", id, "seen");
  g_autoptr (ReunionOutboxItem) refused = NULL;
  g_autoptr (ReunionOutboxItem) close = NULL;

  store_test_feed_tip (store, 2, tip);
  g_assert_true (reunion_station_store_set_tip_state (store, "tip-1", REUNION_TIP_STATE_CREDIBLE,
                                                      STORE_TEST_NOW, NULL));
  refused = store_test_expect_due (store, id, REUNION_OUTBOX_TIP_STATE);
  mark_sending (store, refused);
  mark_attention (store, refused);
  g_assert_true (
      reunion_station_store_close (store, id, REUNION_OUTCOME_LOST, NULL, STORE_TEST_NOW, NULL));
  close = store_test_expect_due (store, id, REUNION_OUTBOX_CLOSE);
  g_assert_cmpint (reunion_station_store_get_next_try_usec (store), ==, STORE_TEST_NOW);
  store_test_assert_outbox (store, id, "tip_state:attention close:waiting");
}

/* Somebody sees to a refused step by taking it again. */
static void
test_attention_again (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = add_published (store);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (ReunionOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (
      reunion_station_store_close (store, id, REUNION_OUTCOME_LOST, NULL, STORE_TEST_NOW, NULL));
  item = store_test_expect_due (store, id, REUNION_OUTBOX_CLOSE);
  mark_sending (store, item);
  mark_attention (store, item);
  reunion_station_store_close (store, id, REUNION_OUTCOME_LEFT_HOME, NULL, STORE_TEST_NOW, &error);
  g_assert_no_error (error);
  store_test_assert_outbox (store, id, "close:waiting");
}

/* The answer that was lost comes again under its key, older than what the feed
 * has brought since. */
static void
test_late_answer (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  const char *id = reunion_case_get_id (case_);
  g_autoptr (ReunionCase) answer = store_test_make_theirs (case_, REUNION_CASE_STATE_SUBMITTED, 1);
  g_autoptr (ReunionCase) newer = store_test_make_theirs (case_, REUNION_CASE_STATE_PUBLISHED, 2);
  g_autoptr (ReunionOutboxItem) item = NULL;

  store_test_submit (store, case_);
  item = store_test_expect_due (store, id, REUNION_OUTBOX_SUBMIT);
  mark_sending (store, item);
  mark_waiting (store, item, STORE_TEST_NOW);
  store_test_feed_case (store, 1, answer);
  store_test_feed_case (store, 2, newer);
  mark_sending (store, item);
  mark_sent (store, item, answer);
  store_test_assert_case (store, id, REUNION_CASE_STATE_PUBLISHED, 2);
  store_test_assert_outbox (store, id, "");
}

/* It was even returned meanwhile, and mended and submitted again: the refusal
 * of the first submission says nothing of the second. */
static void
test_late_refusal (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  const char *id = reunion_case_get_id (case_);
  g_autoptr (ReunionCase) returned = store_test_make_theirs (case_, REUNION_CASE_STATE_RETURNED, 2);
  g_autoptr (ReunionCase) answer = store_test_make_theirs (case_, REUNION_CASE_STATE_SUBMITTED, 1);
  g_autoptr (ReunionOutboxItem) item = NULL;

  store_test_submit (store, case_);
  item = store_test_expect_due (store, id, REUNION_OUTBOX_SUBMIT);
  mark_sending (store, item);
  store_test_feed_case (store, 1, returned);
  store_test_assert_case (store, id, REUNION_CASE_STATE_RETURNED, 2);
  store_test_submit (store, returned);
  mark_attention (store, item);
  store_test_assert_case (store, id, REUNION_CASE_STATE_QUEUED, 2);
  store_test_assert_outbox (store, id, "submit:waiting");
  mark_sent (store, item, answer);
  store_test_assert_case (store, id, REUNION_CASE_STATE_QUEUED, 2);
  store_test_assert_outbox (store, id, "submit:waiting");
}

static void
test_names (void)
{
  for (guint i = 0; i < REUNION_N_OUTBOX_KINDS; i++)
    {
      ReunionOutboxKind kind = REUNION_N_OUTBOX_KINDS;

      g_assert_true (reunion_outbox_kind_from_key (reunion_outbox_kind_to_key (i), &kind));
      g_assert_cmpuint (kind, ==, i);
      g_assert_nonnull (reunion_outbox_kind_get_label (i));
    }
  for (guint i = 0; i < REUNION_N_OUTBOX_STATES; i++)
    g_assert_nonnull (reunion_outbox_state_get_label (i));
}

/* A shared PC: what one officer submitted never goes out under another's name. */
static void
test_accounts (void)
{
  StoreTestFolder *folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) first = store_test_make_case ();
  g_autoptr (ReunionCase) second = store_test_make_case ();
  g_autoptr (ReunionOutboxItem) none = NULL;
  g_autoptr (ReunionOutboxItem) own = NULL;
  g_autoptr (ReunionOutboxItem) of_first = NULL;

  reunion_station_store_set_account (store, "wang");
  store_test_submit (store, first);
  reunion_station_store_set_account (store, "zhao");
  none = reunion_station_store_next_due (store, STORE_TEST_NOW, NULL);
  g_assert_null (none);
  g_assert_cmpint (reunion_station_store_get_next_try_usec (store), ==, -1);
  g_assert_cmpuint (reunion_station_store_count_outbox_of_others (store), ==, 1);
  store_test_submit (store, second);
  own = reunion_station_store_next_due (store, STORE_TEST_NOW, NULL);
  g_assert_cmpstr (reunion_outbox_item_get_case_id (own), ==, reunion_case_get_id (second));
  reunion_station_store_set_account (store, "wang");
  of_first = reunion_station_store_next_due (store, STORE_TEST_NOW, NULL);
  g_assert_cmpstr (reunion_outbox_item_get_case_id (of_first), ==, reunion_case_get_id (first));
  g_clear_object (&store);
  store_test_folder_free (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station-outbox/accounts", test_accounts);
  g_test_add_func ("/station-outbox/order", test_order);
  g_test_add_func ("/station-outbox/waiting", test_waiting);
  g_test_add_func ("/station-outbox/retry-now", test_retry_now);
  g_test_add_func ("/station-outbox/clock-set-back", test_clock_set_back);
  g_test_add_func ("/station-outbox/sent-twice", test_sent_twice);
  g_test_add_func ("/station-outbox/sent-fails-midway", test_sent_fails_midway);
  g_test_add_func ("/station-outbox/killed-while-sending", test_killed_while_sending);
  g_test_add_func ("/station-outbox/attention/holds-its-case", test_attention);
  g_test_add_func ("/station-outbox/attention/returned", test_attention_returned);
  g_test_add_func ("/station-outbox/attention/lets-steps-pass", test_attention_lets_steps_pass);
  g_test_add_func ("/station-outbox/attention/again", test_attention_again);
  g_test_add_func ("/station-outbox/late/answer", test_late_answer);
  g_test_add_func ("/station-outbox/late/refusal", test_late_refusal);
  g_test_add_func ("/station-outbox/names", test_names);
  return g_test_run ();
}
