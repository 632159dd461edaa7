/* test-store-history.c: the history of a case in both stores, and what older files
 * become
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

#include "reunion-central-schema.h"
#include "reunion-station-schema.h"
#include "reunion-wire-history.h"
#include "reunion-wire.h"

#include <string.h>

static GPtrArray *
make_entries (const char *reason)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);
  ReunionHistoryEntry *entry = reunion_history_entry_new (STORE_TEST_NOW, REUNION_HISTORY_AMEND);

  reunion_history_entry_set_account (entry, "wang.jun", "王军");
  reunion_history_entry_set_reason (entry, reason);
  reunion_history_entry_add_change (entry,
                                    reunion_history_change_new ("clothing", "蓝", "粉", NULL));
  g_ptr_array_add (entries, entry);
  return entries;
}

static void
count_cb (ReunionStationStore *store, const char *case_id, gpointer user_data)
{
  guint *n = user_data;

  (*n)++;
}

static void
test_station (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  const char *id = reunion_case_get_id (case_);
  g_autoptr (GPtrArray) first = make_entries ("one");
  g_autoptr (GPtrArray) second = make_entries ("two");
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) back = NULL;
  g_autoptr (GError) error = NULL;
  guint n_told = 0;

  /* Of a case that is not on this PC nothing is kept. */
  g_assert_false (reunion_station_store_set_history (store, id, first, &error));
  store_test_assert_sentence (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_true (reunion_station_store_save_case (store, case_, &error));
  none = reunion_station_store_list_history (store, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);

  g_signal_connect (store, "changed", G_CALLBACK (count_cb), &n_told);
  g_assert_true (reunion_station_store_set_history (store, id, first, &error));
  g_assert_cmpuint (n_told, ==, 1);
  /* A page that asks at each change must come to an end. */
  g_assert_true (reunion_station_store_set_history (store, id, first, &error));
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_true (reunion_station_store_set_history (store, id, second, &error));
  g_assert_cmpuint (n_told, ==, 2);
  back = reunion_station_store_list_history (store, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->len, ==, 1);
  g_assert_cmpstr (reunion_history_entry_get_reason (back->pdata[0]), ==, "two");
  g_assert_cmpstr (reunion_history_entry_get_change (back->pdata[0], 0)->after, ==, "粉");
  g_assert_true (reunion_station_store_discard_draft (store, id, &error));
}

static void
make_older (StoreTestFolder *folder, const char *const *migrations, guint version)
{
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
  g_autofree char *pragma = g_strdup_printf ("PRAGMA user_version = %u", version);

  for (guint i = 0; i < version; i++)
    store_test_raw_exec (raw, migrations[i]);
  store_test_raw_exec (raw, pragma);
}

/* A desk of the version before, with a published case on it and a report that
 * waits: it opens, and the case can be amended. */
static void
test_station_migration (void)
{
  for (guint version = 1; version < reunion_n_station_migrations; version++)
    {
      g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
      g_autoptr (ReunionCase) own = store_test_make_case ();
      g_autoptr (ReunionCase) case_ = store_test_make_theirs (own, REUNION_CASE_STATE_PUBLISHED, 2);
      const char *id = reunion_case_get_id (case_);
      g_autofree char *record = reunion_wire_case_to_json (case_);
      g_autofree char *sql = NULL;
      g_autoptr (StoreTestRaw) raw = NULL;
      g_autoptr (ReunionStationStore) store = NULL;
      g_autoptr (GPtrArray) entries = make_entries ("one");
      g_autoptr (GError) error = NULL;

      make_older (folder, reunion_station_migrations, version);
      raw = store_test_raw_open (folder);
      sql = g_strdup_printf (
          "INSERT INTO cases (id, state, place_in_list, last_seen_usec, revision, is_dirty, record)"
          " VALUES ('%s', 'published', 1, 0, 2, 0, '%s');"
          "INSERT INTO outbox (operation_id, case_id, kind, body, state, n_attempts, created_usec,"
          " next_try_usec) VALUES ('op', '%s', 'close', '{}', 0, 0, 1, 1)",
          id, record, id);
      store_test_raw_exec (raw, sql);
      store = store_test_open_station (folder);
      store_test_assert_outbox (store, id, "close:waiting");
      store_test_raw_exec (raw, "DELETE FROM outbox");
      g_assert_true (reunion_station_store_set_history (store, id, entries, &error));
      reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_CLOTHING, "Pink");
      reunion_station_store_amend (store, case_, NULL, STORE_TEST_NOW, &error);
      g_assert_no_error (error);
      store_test_assert_outbox (store, id, "amend:waiting");
    }
}

static void
add_step (ReunionCentralStore *store, const char *id, ReunionHistoryAction action, gint64 revision)
{
  g_autoptr (ReunionHistoryEntry) entry
      = reunion_history_entry_new (STORE_TEST_NOW + revision, action);
  g_autoptr (GError) error = NULL;

  reunion_history_entry_set_account (
      entry, action == REUNION_HISTORY_ESCALATE ? "service" : "wang.jun", NULL);
  reunion_central_store_add_history (store, id, entry, revision, &error);
  g_assert_no_error (error);
}

static void
test_central (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionCentralStore) store = store_test_open_central (folder);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  add_step (store, "a", REUNION_HISTORY_SUBMIT, 1);
  add_step (store, "a", REUNION_HISTORY_APPROVE, 2);
  add_step (store, "a", REUNION_HISTORY_ESCALATE, 3);
  add_step (store, "a", REUNION_HISTORY_ESCALATE, 4);
  add_step (store, "a", REUNION_HISTORY_AMEND, 5);
  add_step (store, "b", REUNION_HISTORY_ESCALATE, 9);
  /* What is no step of a case is in the audit and not in the history. */
  g_assert_true (reunion_central_store_add_audit (store, "map", "tip", "a", STORE_TEST_NOW, NULL));
  entries = reunion_central_store_list_history (store, "a", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 5);
  g_assert_cmpint (reunion_history_entry_get_action (entries->pdata[0]), ==,
                   REUNION_HISTORY_SUBMIT);
  g_assert_cmpint (reunion_history_entry_get_action (entries->pdata[4]), ==, REUNION_HISTORY_AMEND);
  g_assert_cmpint (reunion_central_store_count_own_steps (store, "a", 2, &error), ==, 2);
  g_assert_cmpint (reunion_central_store_count_own_steps (store, "a", 3, &error), ==, 1);
  g_assert_cmpint (reunion_central_store_count_own_steps (store, "a", 5, &error), ==, 0);
  /* Bounded, and it is the latest that stay. */
  for (gint64 i = 0; i < 250; i++)
    add_step (store, "c", i == 249 ? REUNION_HISTORY_CLOSE : REUNION_HISTORY_AMEND, i + 1);
  g_clear_pointer (&entries, g_ptr_array_unref);
  entries = reunion_central_store_list_history (store, "c", &error);
  g_assert_cmpuint (entries->len, ==, 200);
  g_assert_cmpint (reunion_history_entry_get_action (entries->pdata[199]), ==,
                   REUNION_HISTORY_CLOSE);
}

/* However much was written, the answer can be read. */
static void
test_central_long (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionCentralStore) store = store_test_open_central (folder);
  g_autofree char *text = g_strnfill (256 * 1024, 'a');
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;

  for (gint64 i = 0; i < 20; i++)
    {
      g_autoptr (ReunionHistoryEntry) entry
          = reunion_history_entry_new (STORE_TEST_NOW + i, REUNION_HISTORY_AMEND);

      reunion_history_entry_set_account (entry, "wang.jun", NULL);
      reunion_history_entry_add_change (
          entry, reunion_history_change_new ("circumstances", text, NULL, NULL));
      reunion_central_store_add_history (store, "a", entry, i + 1, &error);
      g_assert_no_error (error);
    }
  entries = reunion_central_store_list_history (store, "a", &error);
  g_assert_cmpuint (entries->len, ==, 7);
  g_assert_cmpint (reunion_history_entry_get_at_usec (entries->pdata[6]), ==, STORE_TEST_NOW + 19);
  json = reunion_wire_history_to_json (entries);
  again = reunion_wire_history_from_json (json, -1, &error);
  g_assert_no_error (error);
}

/* What the audit held before says who and when, and that a case whose steps
 * are not all known has been changed by somebody. */
static void
test_central_migration (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionCentralStore) store = NULL;
  g_autoptr (StoreTestRaw) raw = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  make_older (folder, reunion_central_migrations, 1);
  raw = store_test_raw_open (folder);
  store_test_raw_exec (raw, "INSERT INTO audit (at_usec, who, what, case_id) VALUES"
                            " (1, 'wang.jun', 'submit', 'a'), (2, 'li.min', 'approve', 'a'),"
                            " (3, 'service', 'escalate', 'a'), (4, 'map', 'tip', 'a')");
  store = store_test_open_central (folder);
  entries = reunion_central_store_list_history (store, "a", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 3);
  g_assert_cmpstr (reunion_history_entry_get_account (entries->pdata[1]), ==, "li.min");
  g_assert_cmpint (reunion_history_entry_get_at_usec (entries->pdata[1]), ==, 2);
  g_assert_cmpint (reunion_central_store_count_own_steps (store, "a", 0, &error), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-history/station", test_station);
  g_test_add_func ("/store-history/station-migration", test_station_migration);
  g_test_add_func ("/store-history/central", test_central);
  g_test_add_func ("/store-history/central-long", test_central_long);
  g_test_add_func ("/store-history/central-migration", test_central_migration);
  return g_test_run ();
}
