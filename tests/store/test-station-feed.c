/* test-station-feed.c: what the service says, taken in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

#include "reunion-wire.h"

static GPtrArray *
make_page (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_change_free);
}

static char *
dump (StoreTestRaw *raw)
{
  return store_test_raw_get_text (
      raw, "SELECT (SELECT group_concat(record || is_dirty) FROM (SELECT * FROM cases ORDER BY id))"
           " || coalesce ((SELECT group_concat(record || is_dirty) FROM tips), '')");
}

static void
test_idempotent (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
  g_autoptr (ReunionCase) own = store_test_make_case_with_photo (store, "photo");
  g_autoptr (ReunionCase) theirs = store_test_make_theirs (own, REUNION_CASE_STATE_PUBLISHED, 2);
  g_autoptr (ReunionTip) tip = store_test_make_tip ("t", reunion_case_get_id (own), "seen");
  g_autoptr (GPtrArray) page = make_page ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (reunion_station_store_get_cursor (store), ==, 0);
  g_ptr_array_add (page, reunion_change_new_case (5, theirs));
  g_ptr_array_add (page, reunion_change_new_tip (6, tip));
  g_ptr_array_add (page, g_new0 (ReunionChange, 1));
  ((ReunionChange *) page->pdata[2])->sequence = 7;
  g_assert_true (reunion_station_store_apply_changes (store, page, 7, &error));
  g_assert_cmpint (reunion_station_store_get_cursor (store), ==, 7);
  first = dump (raw);
  g_assert_true (reunion_station_store_apply_changes (store, page, 7, &error));
  second = dump (raw);
  g_assert_cmpstr (second, ==, first);
  /* As part of a later page too. */
  g_assert_true (reunion_station_store_apply_changes (store, page, 8, &error));
  third = dump (raw);
  g_assert_cmpstr (third, ==, first);
  g_assert_cmpint (reunion_station_store_get_cursor (store), ==, 8);
}

static void
test_passed_over (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) own = store_test_make_case ();
  g_autoptr (ReunionCase) known = store_test_make_theirs (own, REUNION_CASE_STATE_SUBMITTED, 1);
  g_autoptr (ReunionCase) early = store_test_make_theirs (own, REUNION_CASE_STATE_CLOSED, 9);
  g_autoptr (ReunionCase) late = store_test_make_theirs (own, REUNION_CASE_STATE_PUBLISHED, 2);
  g_autoptr (GPtrArray) page = make_page ();
  g_autoptr (GError) error = NULL;

  store_test_feed_case (store, 10, known);
  g_ptr_array_add (page, reunion_change_new_case (9, early));
  g_ptr_array_add (page, reunion_change_new_case (10, early));
  g_assert_true (reunion_station_store_apply_changes (store, page, 10, &error));
  store_test_assert_case (store, reunion_case_get_id (own), REUNION_CASE_STATE_SUBMITTED, 1);
  g_ptr_array_add (page, reunion_change_new_case (11, late));
  g_assert_true (reunion_station_store_apply_changes (store, page, 11, &error));
  store_test_assert_case (store, reunion_case_get_id (own), REUNION_CASE_STATE_PUBLISHED, 2);
  g_assert_cmpint (reunion_station_store_get_cursor (store), ==, 11);
}

static void
test_cursor_moves_with_entries (void)
{
  static const char *const failures[] = {
    "CREATE TRIGGER no BEFORE INSERT ON tips BEGIN SELECT RAISE (ABORT, 'no'); END",
    "CREATE TRIGGER no BEFORE INSERT ON settings BEGIN SELECT RAISE (ABORT, 'no'); END",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
      g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
      g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
      g_autoptr (ReunionCase) case_ = store_test_make_case ();
      g_autoptr (ReunionTip) tip = store_test_make_tip ("t", reunion_case_get_id (case_), "seen");
      g_autoptr (GPtrArray) page = make_page ();
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (page, reunion_change_new_case (1, case_));
      g_ptr_array_add (page, reunion_change_new_tip (2, tip));
      store_test_raw_exec (raw, failures[i]);
      g_assert_false (reunion_station_store_apply_changes (store, page, 2, &error));
      g_assert_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CONSTRAINT);
      g_assert_cmpint (reunion_station_store_get_cursor (store), ==, 0);
      g_assert_cmpint (store_test_raw_get_int (raw, "SELECT count(*) FROM cases"), ==, 0);
      store_test_raw_exec (raw, "DROP TRIGGER no");
      g_assert_true (reunion_station_store_apply_changes (store, page, 2, NULL));
      g_assert_cmpint (reunion_station_store_get_cursor (store), ==, 2);
      g_assert_cmpint (store_test_raw_get_int (raw, "SELECT count(*) FROM cases, tips"), ==, 1);
    }
}

static void
test_older_revision (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) own = store_test_make_case ();
  g_autoptr (ReunionCase) newer = store_test_make_theirs (own, REUNION_CASE_STATE_CLOSED, 5);
  g_autoptr (ReunionCase) older = store_test_make_theirs (own, REUNION_CASE_STATE_PUBLISHED, 4);

  store_test_feed_case (store, 1, newer);
  store_test_feed_case (store, 2, older);
  store_test_assert_case (store, reunion_case_get_id (own), REUNION_CASE_STATE_CLOSED, 5);
}

/* What the officer is writing on a returned case stays; where the case stands
 * is the service's to say. */
static void
test_edit_kept (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) own = store_test_make_case ();
  const char *id = reunion_case_get_id (own);
  g_autoptr (ReunionCase) theirs = store_test_make_theirs (own, REUNION_CASE_STATE_RETURNED, 2);
  g_autoptr (ReunionCase) page = store_test_make_theirs (own, REUNION_CASE_STATE_RETURNED, 2);
  g_autoptr (ReunionCase) back = NULL;

  store_test_feed_case (store, 1, theirs);
  reunion_report_set_text (reunion_case_get_report (page), REUNION_FIELD_NAME, "edited");
  g_free (store_test_add_photo (store, page, "new photo"));
  g_assert_true (reunion_station_store_save_case (store, page, NULL));
  reunion_case_set_revision (theirs, 3);
  reunion_case_set_review_reason (theirs, "Still no shoes.");
  store_test_feed_case (store, 2, theirs);
  store_test_feed_case (store, 3, theirs);
  store_test_assert_case (store, id, REUNION_CASE_STATE_RETURNED, 3);
  back = reunion_station_store_get_case (store, id, NULL);
  g_assert_cmpstr (reunion_report_get_text (reunion_case_get_report (back), REUNION_FIELD_NAME), ==,
                   "edited");
  g_assert_cmpuint (reunion_case_get_n_photos (back), ==, 1);
  g_assert_cmpstr (reunion_case_get_review_reason (back), ==, "Still no shoes.");
}

/* The entry that a queued submission was based on comes after it was queued. */
static void
test_queued_kept (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) own = store_test_make_case ();
  const char *id = reunion_case_get_id (own);
  g_autoptr (ReunionCase) theirs = store_test_make_theirs (own, REUNION_CASE_STATE_RETURNED, 2);
  g_autoptr (ReunionCase) page = store_test_make_theirs (own, REUNION_CASE_STATE_RETURNED, 2);
  g_autoptr (ReunionCase) back = NULL;

  store_test_feed_case (store, 1, theirs);
  reunion_report_set_text (reunion_case_get_report (page), REUNION_FIELD_NAME, "edited");
  store_test_submit (store, page);
  store_test_feed_case (store, 2, theirs);
  store_test_assert_case (store, id, REUNION_CASE_STATE_QUEUED, 2);
  back = reunion_station_store_get_case (store, id, NULL);
  g_assert_cmpstr (reunion_report_get_text (reunion_case_get_report (back), REUNION_FIELD_NAME), ==,
                   "edited");
  store_test_assert_outbox (store, id, "submit:waiting");
}

static void
test_policy (void)
{
  static const ReunionStage stages[] = { { 1, 0, 50.0 }, { 2, 600 * REUNION_SECOND_USEC, 75.0 } };
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionPolicy) national = reunion_station_store_get_policy (store);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionPolicy) policy = reunion_policy_new (stages, G_N_ELEMENTS (stages), &error);
  g_autoptr (ReunionPolicy) back = NULL;
  g_autoptr (ReunionPolicy) fallback = NULL;

  g_assert_no_error (error);
  g_assert_true (reunion_policy_equal (national, reunion_policy_get_national ()));
  g_assert_true (reunion_station_store_set_policy (store, policy, &error));
  g_clear_object (&store);
  store = store_test_open_station (folder);
  back = reunion_station_store_get_policy (store);
  g_assert_true (reunion_policy_equal (back, policy));
  /* A damaged table must not leave the desk without one. */
  g_assert_true (reunion_station_store_set_setting (store, "policy", "{\"stages\":[]}", NULL));
  fallback = reunion_station_store_get_policy (store);
  g_assert_true (reunion_policy_equal (fallback, reunion_policy_get_national ()));
}

static void
test_statistics (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (GPtrArray) none = reunion_station_store_list_statistics (store);
  g_autoptr (GPtrArray) periods = g_ptr_array_new_with_free_func (g_object_unref);
  ReunionStatistics *year = reunion_statistics_new ();
  g_autoptr (GPtrArray) back = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  reunion_statistics_set_period (year, 1463241600 * REUNION_SECOND_USEC,
                                 1494777600 * REUNION_SECOND_USEC);
  reunion_statistics_add (year, "34", REUNION_OUTCOME_LEFT_HOME, 146);
  reunion_statistics_add (year, "34", REUNION_OUTCOME_NONE, 3);
  g_ptr_array_add (periods, year);
  g_assert_true (reunion_station_store_set_statistics (store, periods, NULL));
  back = reunion_station_store_list_statistics (store);
  g_assert_cmpuint (back->len, ==, 1);
  g_assert_cmpint (reunion_statistics_get_from_usec (back->pdata[0]), ==,
                   1463241600 * REUNION_SECOND_USEC);
  g_assert_cmpuint (
      reunion_tally_get_found (reunion_statistics_get_province (back->pdata[0], "34")), ==, 146);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station-feed/idempotent", test_idempotent);
  g_test_add_func ("/station-feed/passed-over", test_passed_over);
  g_test_add_func ("/station-feed/cursor-moves-with-entries", test_cursor_moves_with_entries);
  g_test_add_func ("/station-feed/older-revision", test_older_revision);
  g_test_add_func ("/station-feed/edit-kept", test_edit_kept);
  g_test_add_func ("/station-feed/queued-kept", test_queued_kept);
  g_test_add_func ("/station-feed/policy", test_policy);
  g_test_add_func ("/station-feed/statistics", test_statistics);
  return g_test_run ();
}
