/* test-central-feed.c: tips and the change feed at the service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

static ReunionCase *
put_case (ReunionCentralStore *store)
{
  ReunionCase *case_ = store_test_make_case ();
  g_autoptr (GError) error = NULL;

  reunion_central_store_put_case (store, case_, -1, &error);
  g_assert_no_error (error);
  return case_;
}

static void
test_tip (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionCentralStore) store = store_test_open_central (folder);
  g_autoptr (ReunionCase) case_ = put_case (store);
  g_autoptr (ReunionTip) tip = store_test_make_tip ("t1", reunion_case_get_id (case_), "粉色");
  g_autoptr (ReunionTip) same_origin = store_test_make_tip ("t2", reunion_case_get_id (case_), "x");
  g_autoptr (ReunionTip) no_case = store_test_make_tip ("t3", "none", "x");
  g_autoptr (ReunionTip) none = NULL;
  g_autoptr (ReunionTip) found = NULL;
  g_autoptr (ReunionTip) by_origin = NULL;
  g_autoptr (GError) error = NULL;

  none = reunion_central_store_find_tip (store, "t1", &error);
  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_true (reunion_central_store_put_tip (store, tip, &error));
  reunion_tip_set_state (tip, REUNION_TIP_STATE_LED);
  g_assert_true (reunion_central_store_put_tip (store, tip, &error));
  found = reunion_central_store_find_tip (store, "t1", &error);
  g_assert_cmpint (reunion_tip_get_state (found), ==, REUNION_TIP_STATE_LED);
  g_assert_cmpstr (reunion_tip_get_text (found), ==, "粉色");
  by_origin = reunion_central_store_find_partner_tip (store, "gaode", "t1", &error);
  g_assert_cmpstr (reunion_tip_get_id (by_origin), ==, "t1");
  /* A partner's own id is there once. */
  reunion_tip_set_origin (same_origin, "gaode", "t1");
  g_assert_false (reunion_central_store_put_tip (store, same_origin, &error));
  store_test_assert_sentence (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (reunion_central_store_put_tip (store, no_case, &error));
  g_assert_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CONSTRAINT);
}

static void
test_changes (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionCentralStore) store = store_test_open_central (folder);
  g_autoptr (ReunionCase) case_ = put_case (store);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (ReunionTip) tip = store_test_make_tip ("t1", id, "seen");
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  const ReunionCentralChange *change;
  g_autoptr (GError) error = NULL;

  g_assert_true (reunion_central_store_put_tip (store, tip, &error));
  g_assert_true (reunion_central_store_add_change (store, id, NULL, STORE_TEST_NOW, &error));
  g_assert_true (reunion_central_store_add_change (store, id, "t1", STORE_TEST_NOW, &error));
  g_assert_true (reunion_central_store_add_change (store, id, NULL, STORE_TEST_NOW, &error));
  all = reunion_central_store_list_changes (store, 0, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 3);
  change = all->pdata[1];
  g_assert_cmpstr (reunion_tip_get_id (change->tip), ==, "t1");
  g_assert_cmpstr (reunion_case_get_id (change->case_), ==, id);
  for (guint i = 1; i < all->len; i++)
    g_assert_cmpint (((ReunionCentralChange *) all->pdata[i])->sequence, >,
                     ((ReunionCentralChange *) all->pdata[i - 1])->sequence);
  first = reunion_central_store_list_changes (store, 0, 1, &error);
  g_assert_cmpuint (first->len, ==, 1);
  change = first->pdata[0];
  g_assert_null (change->tip);
  rest = reunion_central_store_list_changes (store, change->sequence, 10, &error);
  g_assert_cmpuint (rest->len, ==, 2);
}

/* A number that was given out is not given again, even where the last entry is
 * gone: a desk's cursor stands on it. */
static void
test_sequence_rises (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionCentralStore) store = store_test_open_central (folder);
  g_autoptr (ReunionCase) case_ = put_case (store);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
  g_autoptr (GPtrArray) changes = NULL;

  g_assert_true (reunion_central_store_add_change (store, id, NULL, STORE_TEST_NOW, NULL));
  g_assert_true (reunion_central_store_add_change (store, id, NULL, STORE_TEST_NOW, NULL));
  store_test_raw_exec (raw, "DELETE FROM changes");
  g_assert_true (reunion_central_store_add_change (store, id, NULL, STORE_TEST_NOW, NULL));
  changes = reunion_central_store_list_changes (store, 2, 10, NULL);
  g_assert_cmpuint (changes->len, ==, 1);
}

static void
test_damaged (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionCentralStore) store = store_test_open_central (folder);
  g_autoptr (ReunionCase) case_ = put_case (store);
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
  g_autoptr (GError) error = NULL;

  g_assert_true (reunion_central_store_add_change (store, reunion_case_get_id (case_), NULL,
                                                   STORE_TEST_NOW, NULL));
  store_test_raw_exec (raw, "UPDATE cases SET record = '[]'");
  g_assert_null (reunion_central_store_list_changes (store, 0, 10, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/central-feed/tip", test_tip);
  g_test_add_func ("/central-feed/changes", test_changes);
  g_test_add_func ("/central-feed/sequence-rises", test_sequence_rises);
  g_test_add_func ("/central-feed/damaged", test_damaged);
  return g_test_run ();
}
