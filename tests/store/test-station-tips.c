/* test-station-tips.c: tips at the desk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

static const char case_id[] = "0b8c3a0e-7d52-4d0e-9d57-0f5b7a9f3c11";

static void
feed (ReunionStationStore *store, const char *id, ReunionTipState state)
{
  g_autoptr (ReunionTip) tip = store_test_make_tip (id, case_id, "seen");

  reunion_tip_set_state (tip, state);
  store_test_feed_tip (store, reunion_station_store_get_cursor (store) + 1, tip);
}

static void
mark (ReunionStationStore *store, const char *id, ReunionTipState state)
{
  g_autoptr (GError) error = NULL;

  reunion_station_store_set_tip_state (store, id, state, STORE_TEST_NOW, &error);
  g_assert_no_error (error);
}

static void
assert_state (ReunionStationStore *store, const char *id, ReunionTipState state)
{
  g_autoptr (GPtrArray) tips = reunion_station_store_list_tips (store, NULL, NULL);

  for (guint i = 0; i < tips->len; i++)
    if (g_strcmp0 (reunion_tip_get_id (tips->pdata[i]), id) == 0)
      {
        g_assert_cmpstr (reunion_tip_state_to_key (reunion_tip_get_state (tips->pdata[i])), ==,
                         reunion_tip_state_to_key (state));
        return;
      }
  g_error ("Expected tip %s, found %u others", id, tips->len);
}

static void
send (ReunionStationStore *store)
{
  g_autoptr (ReunionOutboxItem) item
      = store_test_expect_due (store, case_id, REUNION_OUTBOX_TIP_STATE);
  g_autoptr (GError) error = NULL;

  g_assert_true (reunion_station_store_mark_sending (store, item, &error));
  g_assert_true (reunion_station_store_mark_sent (store, item, NULL, STORE_TEST_NOW, &error));
}

static void
test_list (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionTip) early = store_test_make_tip ("early", case_id, "粉色外套 👀");
  g_autoptr (ReunionTip) other = store_test_make_tip ("other", "another-case", NULL);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) ours = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;

  reunion_tip_set_received_usec (early, STORE_TEST_NOW - G_USEC_PER_SEC);
  store_test_feed_tip (store, 1, early);
  feed (store, "late", REUNION_TIP_STATE_NEW);
  store_test_feed_tip (store, 3, other);
  all = reunion_station_store_list_tips (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 3);
  ours = reunion_station_store_list_tips (store, case_id, NULL);
  g_assert_cmpuint (ours->len, ==, 2);
  g_assert_cmpstr (reunion_tip_get_id (ours->pdata[0]), ==, "late");
  g_assert_cmpstr (reunion_tip_get_text (ours->pdata[1]), ==, "粉色外套 👀");
  none = reunion_station_store_list_tips (store, "no-case", NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (reunion_station_store_count_tips (store, case_id, REUNION_TIP_STATE_NEW), ==,
                    2);
  g_assert_cmpuint (reunion_station_store_count_tips (store, case_id, REUNION_TIP_STATE_LED), ==,
                    0);
}

static void
test_mark (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (reunion_station_store_set_tip_state (store, "none", REUNION_TIP_STATE_LED,
                                                       STORE_TEST_NOW, &error));
  store_test_assert_sentence (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_NOT_FOUND);
  feed (store, "t", REUNION_TIP_STATE_NEW);
  mark (store, "t", REUNION_TIP_STATE_CREDIBLE);
  assert_state (store, "t", REUNION_TIP_STATE_CREDIBLE);
  item = store_test_expect_due (store, case_id, REUNION_OUTBOX_TIP_STATE);
  g_assert_cmpstr (reunion_outbox_item_get_body (item), ==,
                   "{\"tip_id\":\"t\",\"state\":\"credible\"}");
}

static void
test_mark_fails_midway (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
  g_autoptr (GError) error = NULL;

  feed (store, "t", REUNION_TIP_STATE_NEW);
  store_test_raw_exec (raw, "CREATE TRIGGER no BEFORE INSERT ON outbox"
                            " BEGIN SELECT RAISE (ABORT, 'no'); END");
  g_assert_false (reunion_station_store_set_tip_state (store, "t", REUNION_TIP_STATE_LED,
                                                       STORE_TEST_NOW, &error));
  g_assert_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CONSTRAINT);
  assert_state (store, "t", REUNION_TIP_STATE_NEW);
  store_test_assert_outbox (store, NULL, "");
}

/* The officer's own mark stays until it has arrived; then the service's word
 * counts. */
static void
test_mark_kept (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);

  feed (store, "t", REUNION_TIP_STATE_NEW);
  mark (store, "t", REUNION_TIP_STATE_CHECKING);
  feed (store, "t", REUNION_TIP_STATE_NEW);
  assert_state (store, "t", REUNION_TIP_STATE_CHECKING);
  send (store);
  feed (store, "t", REUNION_TIP_STATE_DISMISSED);
  assert_state (store, "t", REUNION_TIP_STATE_DISMISSED);
}

static void
test_two_marks_kept (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);

  feed (store, "t", REUNION_TIP_STATE_NEW);
  mark (store, "t", REUNION_TIP_STATE_CHECKING);
  mark (store, "t", REUNION_TIP_STATE_CREDIBLE);
  send (store);
  feed (store, "t", REUNION_TIP_STATE_CHECKING);
  assert_state (store, "t", REUNION_TIP_STATE_CREDIBLE);
  send (store);
  feed (store, "t", REUNION_TIP_STATE_LED);
  assert_state (store, "t", REUNION_TIP_STATE_LED);
}

static void
test_mark_again (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionOutboxItem) first = NULL;
  g_autoptr (ReunionOutboxItem) second = NULL;

  feed (store, "tip-1", REUNION_TIP_STATE_NEW);
  feed (store, "tip-2", REUNION_TIP_STATE_NEW);
  mark (store, "tip-1", REUNION_TIP_STATE_LED);
  first = store_test_expect_due (store, case_id, REUNION_OUTBOX_TIP_STATE);
  g_assert_true (reunion_station_store_mark_attention (store, first, "Refused.", NULL));
  mark (store, "tip-2", REUNION_TIP_STATE_LED);
  second = store_test_expect_due (store, case_id, REUNION_OUTBOX_TIP_STATE);
  g_assert_true (reunion_station_store_mark_attention (store, second, "Refused.", NULL));
  mark (store, "tip-2", REUNION_TIP_STATE_CHECKING);
  store_test_assert_outbox (store, case_id, "tip_state:attention tip_state:waiting");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station-tips/list", test_list);
  g_test_add_func ("/station-tips/mark/body", test_mark);
  g_test_add_func ("/station-tips/mark/fails-midway", test_mark_fails_midway);
  g_test_add_func ("/station-tips/mark/kept", test_mark_kept);
  g_test_add_func ("/station-tips/mark/two-kept", test_two_marks_kept);
  g_test_add_func ("/station-tips/mark/again", test_mark_again);
  return g_test_run ();
}
