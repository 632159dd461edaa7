/* test-station-duplicate.c: open cases that may be about the same person
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

#include "reunion-search-text.h"
#include "reunion-station-duplicate-private.h"
#include "reunion-station-duplicate.h"
#include "reunion-station-schema.h"
#include "reunion-wire.h"
#include "test-helpers.h"

#define N_CASES 100000
#define ID(last) "3f2504e0-4f89-41d3-9a0c-0000000000" last
#define BOY_ID "520524200305170016"

/* The ids found, parted by spaces, each by its kind: "#" for the number, "=" for
 * the name. */
static void
expect_found (ReunionStationStore *store,
              ReunionCase *case_,
              const char *what,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found
      = reunion_station_store_find_duplicates (store, case_, STORE_TEST_NOW, &error);
  g_autoptr (GString) ids = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    {
      const ReunionStationDuplicate *duplicate = found->pdata[i];

      g_string_append_printf (ids, "%s%s%s", i > 0 ? " " : "",
                              duplicate->kind == REUNION_DUPLICATE_NUMBER ? "#" : "=",
                              reunion_case_get_id (duplicate->case_) + strlen (ID ("")));
    }
  test_expect_string (what, expected, ids->str);
}

static ReunionCase *
make_case (const char *id)
{
  g_autoptr (ReunionCase) model = store_test_make_case ();
  ReunionCase *case_ = reunion_case_new (id);

  reunion_case_set_report (case_, reunion_case_get_report (model));
  return case_;
}

static void
save (ReunionStationStore *store, ReunionCase *case_)
{
  g_autoptr (GError) error = NULL;

  reunion_station_store_save_case (store, case_, &error);
  g_assert_no_error (error);
}

static void
test_found (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) one = make_case (ID ("01"));
  g_autoptr (ReunionCase) two = make_case (ID ("02"));
  g_autoptr (ReunionCase) three = make_case (ID ("03"));
  ReunionReport *report = reunion_case_get_report (three);

  /* The first is not in the store: it has just been begun. */
  expect_found (store, one, "alone", "");
  save (store, one);
  expect_found (store, one, "not itself", "");
  expect_found (store, two, "a draft", "=01");
  save (store, two);
  /* The same number counts at the other end of the world, and comes first. */
  reunion_report_set_text (reunion_case_get_report (one), REUNION_FIELD_RESIDENT_ID, BOY_ID);
  save (store, one);
  reunion_report_set_text (report, REUNION_FIELD_RESIDENT_ID, BOY_ID);
  expect_found (store, three, "number and name", "#01 =02");
  reunion_report_set_point (report, (ReunionPoint){ -45.0, 179.9 });
  expect_found (store, three, "number far away", "#01");
  /* What changes in a case changes what it is known by. */
  reunion_report_set_text (reunion_case_get_report (one), REUNION_FIELD_RESIDENT_ID, NULL);
  save (store, one);
  expect_found (store, three, "number gone", "");
}

/* Every state that is open, and none that has ended. */
static void
test_states (void)
{
  for (guint i = 0; i < REUNION_N_CASE_STATES; i++)
    {
      g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
      g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
      g_autoptr (ReunionCase) own = make_case (ID ("00"));
      g_autoptr (ReunionCase) other = make_case (ID ("09"));
      g_autoptr (ReunionCase) theirs = NULL;
      g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
      gboolean counts = reunion_duplicate_counts (i);

      theirs = store_test_make_theirs (other, i, 3);
      if (i == REUNION_CASE_STATE_DRAFT)
        save (store, other);
      else if (i == REUNION_CASE_STATE_QUEUED)
        store_test_submit (store, other);
      else
        store_test_feed_case (store, 1, theirs);
      expect_found (store, own, reunion_case_state_to_key (i), counts ? "=09" : "");
      test_expect_int (reunion_case_state_to_key (i), counts,
                       store_test_raw_get_int (raw, "SELECT count(*) > 0 FROM case_keys"));
    }
}

/* An open case that ends is forgotten, and found again when it is reopened. */
static void
test_ends (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) own = make_case (ID ("00"));
  g_autoptr (ReunionCase) other = make_case (ID ("09"));
  g_autoptr (ReunionCase) open = store_test_make_theirs (other, REUNION_CASE_STATE_PUBLISHED, 2);
  g_autoptr (ReunionCase) closed = store_test_make_theirs (other, REUNION_CASE_STATE_CLOSED, 3);
  g_autoptr (ReunionCase) again = store_test_make_theirs (other, REUNION_CASE_STATE_PUBLISHED, 4);

  store_test_feed_case (store, 1, open);
  expect_found (store, own, "open", "=09");
  store_test_feed_case (store, 2, closed);
  expect_found (store, own, "closed", "");
  store_test_feed_case (store, 3, again);
  expect_found (store, own, "reopened", "=09");
}

static void
test_told_apart (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) one = make_case (ID ("01"));
  g_autoptr (ReunionCase) two = make_case (ID ("02"));
  g_autoptr (ReunionCase) three = make_case (ID ("03"));
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);

  save (store, one);
  save (store, two);
  g_assert_true (reunion_station_store_tell_apart (store, ID ("02"), ID ("01"), NULL));
  g_assert_true (reunion_station_store_tell_apart (store, ID ("01"), ID ("02"), NULL));
  expect_found (store, one, "told apart", "");
  expect_found (store, two, "told apart the other way round", "");
  expect_found (store, three, "a third", "=01 =02");
  g_clear_object (&store);
  store = store_test_open_station (folder);
  expect_found (store, one, "after a restart", "");
  g_assert_true (reunion_station_store_discard_draft (store, ID ("02"), NULL));
  test_expect_int ("what is kept of a draft thrown away", 0,
                   store_test_raw_get_int (raw, "SELECT count(*) FROM not_same"));
  test_expect_int ("keys of a draft thrown away", 0,
                   store_test_raw_get_int (
                       raw, "SELECT count(*) FROM case_keys WHERE case_id = '" ID ("02") "'"));
}

static void
test_many (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) own = make_case (ID ("00"));

  for (guint i = 0; i < REUNION_STATION_MAX_DUPLICATES + 5; i++)
    {
      g_autofree char *id = g_strdup_printf (ID ("%02u"), i + 10);
      g_autoptr (ReunionCase) case_ = make_case (id);

      reunion_report_set_point (reunion_case_get_report (case_),
                                (ReunionPoint){ 26.668 + 0.01 * (50 - i), 105.7723 });
      save (store, case_);
    }
  {
    g_autoptr (GPtrArray) found
        = reunion_station_store_find_duplicates (store, own, STORE_TEST_NOW, NULL);

    test_expect_int ("found", REUNION_STATION_MAX_DUPLICATES, found->len);
    for (guint i = 1; i < found->len; i++)
      if (((ReunionStationDuplicate *) found->pdata[i])->distance_km
          < ((ReunionStationDuplicate *) found->pdata[i - 1])->distance_km)
        test_fail ("the nearest should come first");
  }
}

/* A file of the version before is filled when it is opened. */
static void
test_older_file (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
  g_autoptr (ReunionCase) one = make_case (ID ("01"));
  g_autoptr (ReunionCase) two = make_case (ID ("02"));
  g_autofree char *record = reunion_wire_case_to_json (one);
  g_autofree char *sql = NULL;
  g_autoptr (ReunionStationStore) store = NULL;
  guint version = 0;

  for (; strstr (reunion_station_migrations[version], "case_keys") == NULL; version++)
    store_test_raw_exec (raw, reunion_station_migrations[version]);
  sql = g_strdup_printf (
      "INSERT INTO cases (id, state, place_in_list, last_seen_usec, revision, is_dirty, record)"
      " VALUES ('" ID ("01") "', 'draft', 0, 0, 0, 1, '%s');"
                             "INSERT INTO settings VALUES ('search_text_version', '" G_STRINGIFY (
                                 REUNION_SEARCH_TEXT_VERSION) "');"
                                                              "PRAGMA user_version = %u",
      record, version);
  store_test_raw_exec (raw, sql);
  store = store_test_open_station (folder);
  expect_found (store, two, "after the migration", "=01");
}

static void
read_plan (StoreTestRaw *raw, GString *plan)
{
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (
      sqlite3_prepare_v2 (raw, "EXPLAIN QUERY PLAN " REUNION_STATION_FROM_KEYS, -1, &stmt, NULL),
      ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_string_append_printf (plan, "%s; ", (const char *) sqlite3_column_text (stmt, 3));
  sqlite3_finalize (stmt);
}

/* Among 100,000 cases no table is read from end to end. */
static void
test_plan (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) own = make_case (ID ("00"));
  g_autoptr (ReunionCase) model = make_case (ID ("08"));
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
  g_autofree char *record = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (GString) plan = g_string_new (NULL);
  gint64 start_usec;

  record = reunion_wire_case_to_json (model);
  /* One in a thousand has the name, spread over China. */
  sql = g_strdup_printf (
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
      " INSERT INTO cases (id, state, place_in_list, last_seen_usec, revision, is_dirty, record)"
      " SELECT 'c' || i, 'published', 1, 0, 2, 0, '%s' FROM n;"
      "INSERT INTO case_rows (position, case_id, state, last_seen_usec, closed_usec, has_point,"
      " lat_deg, lon_deg, age_years) SELECT rowid, id, state, 0, 0, 1, 20 + rowid %% 28,"
      " 80 + rowid %% 53, 13 FROM cases;"
      "INSERT INTO case_keys (key, case_id) SELECT CASE WHEN rowid %% 1000 = 0 THEN '=王小明' ELSE"
      " '=' || rowid END, id FROM cases",
      N_CASES, record);
  store_test_raw_exec (raw, sql);
  read_plan (raw, plan);
  g_test_message ("%s", plan->str);
  if (strstr (plan->str, "SCAN ") != NULL || strstr (plan->str, "SEARCH k USING") == NULL)
    test_fail ("expected a search for the key and no scan, came: %s", plan->str);
  start_usec = g_get_monotonic_time ();
  {
    g_autoptr (GPtrArray) found
        = reunion_station_store_find_duplicates (store, own, STORE_TEST_NOW, NULL);

    g_test_message ("%u found among %d in %.2f ms", found->len, N_CASES,
                    (double) (g_get_monotonic_time () - start_usec) / 1000.0);
    g_assert_cmpuint (found->len, >, 0);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station-duplicate/found", test_found);
  g_test_add_func ("/station-duplicate/states", test_states);
  g_test_add_func ("/station-duplicate/ends", test_ends);
  g_test_add_func ("/station-duplicate/told-apart", test_told_apart);
  g_test_add_func ("/station-duplicate/many", test_many);
  g_test_add_func ("/station-duplicate/older-file", test_older_file);
  g_test_add_func ("/station-duplicate/plan", test_plan);
  return g_test_run ();
}
