/* test-station-cases.c: cases at the desk, and what is done to them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

#include "reunion-standard.h"
#include "reunion-station-store-private.h"
#include "reunion-wire.h"

#include <math.h>
#include <string.h>

static void
assert_same (ReunionCase *a, ReunionCase *b)
{
  g_autofree char *json_a = reunion_wire_case_to_json (a);
  g_autofree char *json_b = reunion_wire_case_to_json (b);

  g_assert_cmpstr (json_a, ==, json_b);
}

/* Saves, closes, opens, and compares. */
static void
assert_comes_back (ReunionCase *case_)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionCase) back = NULL;

  reunion_station_store_save_case (store, case_, &error);
  g_assert_no_error (error);
  g_clear_object (&store);
  store = store_test_open_station (folder);
  back = reunion_station_store_get_case (store, reunion_case_get_id (case_), &error);
  g_assert_no_error (error);
  assert_same (back, case_);
}

static void
test_draft_empty (void)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (ReunionCase) case_ = reunion_case_new (id);

  assert_comes_back (case_);
}

static void
test_draft_texts (void)
{
  g_autofree char *very_long = g_strnfill (1000 * 1000, 'x');
  const char *const texts[] = {
    "王小明",
    "古力娜尔·买买提",
    "👨‍👩‍👧 \xf0\xa0\xae\xb7 e\xcc\x81 \xe2\x80\xae rtl",
    "\"quotes\" \\ / <b>&amp;</b>",
    "two\nlines\r\nand\ta tab",
    "\x01 control \x7f",
    "'); DROP TABLE cases; --",
    very_long,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ReunionCase) case_ = store_test_make_case ();

      reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_CIRCUMSTANCES,
                               texts[i]);
      assert_comes_back (case_);
    }
}

/* A draft holds what was typed, right or wrong. */
static void
test_draft_wrong_values (void)
{
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  ReunionReport *report = reunion_case_get_report (case_);

  reunion_report_set_text (report, REUNION_FIELD_RESIDENT_ID, "not a number");
  reunion_report_set_text (report, REUNION_FIELD_BIRTH_DATE, "31 February");
  reunion_report_set_text (report, REUNION_FIELD_SEX, "?");
  reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, -5);
  reunion_report_set_degrees (report, REUNION_FIELD_LATITUDE, 1e300);
  assert_comes_back (case_);
}

/* What can't be read back is refused, and what was there stays. */
static void
test_draft_unreadable (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  g_autoptr (ReunionCase) too_long = reunion_case_copy (case_);
  g_autoptr (ReunionCase) no_number = reunion_case_copy (case_);
  g_autoptr (ReunionCase) many_photos = reunion_case_copy (case_);
  g_autofree char *text = g_strnfill (REUNION_JSON_MAX_BYTES, 'x');
  ReunionCase *const cases[] = { too_long, no_number, many_photos };

  reunion_report_set_text (reunion_case_get_report (too_long), REUNION_FIELD_CIRCUMSTANCES, text);
  reunion_report_set_degrees (reunion_case_get_report (no_number), REUNION_FIELD_LATITUDE, NAN);
  for (guint i = 0; i < 13; i++)
    {
      g_autofree char *hash = g_strdup_printf ("%064x", i);
      g_autoptr (ReunionPhoto) photo = reunion_photo_new (hash, "image/jpeg", 600, 800);

      reunion_case_add_photo (many_photos, photo);
    }
  g_assert_true (reunion_station_store_save_case (store, case_, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ReunionCase) back = NULL;

      g_assert_false (reunion_station_store_save_case (store, cases[i], &error));
      store_test_assert_sentence (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CONSTRAINT);
      back = reunion_station_store_get_case (store, reunion_case_get_id (case_), NULL);
      assert_same (back, case_);
    }
}

static void
test_discard (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case_with_photo (store, "photo");
  const char *id = reunion_case_get_id (case_);
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
  g_autoptr (GError) error = NULL;

  g_assert_true (reunion_station_store_save_case (store, case_, &error));
  g_assert_true (reunion_station_store_discard_draft (store, id, &error));
  g_assert_null (reunion_station_store_get_case (store, id, &error));
  store_test_assert_sentence (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (store_test_raw_get_int (raw, "SELECT count(*) FROM case_photos"), ==, 0);
  g_assert_false (reunion_station_store_discard_draft (store, id, &error));
  g_assert_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  store_test_submit (store, case_);
  g_assert_false (reunion_station_store_discard_draft (store, id, &error));
  store_test_assert_sentence (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION);
  store_test_assert_outbox (store, id, "photo:waiting submit:waiting");
}

static void
test_submit (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case_with_photo (store, "one");
  const char *id = reunion_case_get_id (case_);
  g_autofree char *second = store_test_add_photo (store, case_, "two");
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (ReunionCase) sent = NULL;
  g_autoptr (GError) error = NULL;

  store_test_submit (store, case_);
  store_test_assert_case (store, id, REUNION_CASE_STATE_QUEUED, 0);
  store_test_assert_outbox (store, id, "photo:waiting photo:waiting submit:waiting");
  items = reunion_station_store_list_outbox (store, id, &error);
  g_assert_cmpstr (reunion_outbox_item_get_body (items->pdata[1]), ==, second);
  sent = reunion_wire_case_from_json (reunion_outbox_item_get_body (items->pdata[2]), -1, &error);
  g_assert_no_error (error);
  g_assert_true (
      reunion_report_equal (reunion_case_get_report (sent), reunion_case_get_report (case_)));
  for (guint i = 0; i < items->len; i++)
    {
      const char *key = reunion_outbox_item_get_operation_id (items->pdata[i]);

      g_assert_true (g_uuid_string_is_valid (key));
      g_assert_cmpstr (key, !=,
                       reunion_outbox_item_get_operation_id (items->pdata[(i + 1) % items->len]));
    }
  /* The object that the page holds still says draft: twice is once. */
  g_assert_false (reunion_station_store_submit (store, case_, STORE_TEST_NOW, &error));
  store_test_assert_sentence (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION);
  store_test_assert_outbox (store, NULL, "photo:waiting photo:waiting submit:waiting");
}

static void
test_submit_short (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  g_autoptr (GError) error = NULL;

  reunion_report_unset (reunion_case_get_report (case_), REUNION_FIELD_CONSENT);
  g_assert_true (reunion_station_store_save_case (store, case_, NULL));
  g_assert_false (reunion_station_store_submit (store, case_, STORE_TEST_NOW, &error));
  store_test_assert_sentence (error, REUNION_STANDARD_ERROR, REUNION_STANDARD_ERROR_SHORT);
  store_test_assert_case (store, reunion_case_get_id (case_), REUNION_CASE_STATE_DRAFT, 0);
  store_test_assert_outbox (store, NULL, "");
}

/* The case and its rows in the outbox, or neither: the last write of the
 * transaction fails, or the table is gone, or the disk is full. */
static void
test_submit_fails_midway (void)
{
  static const struct
  {
    const char *label;
    const char *before;
    const char *after;
    int code;
  } failures[] = {
    { "the report's row is refused",
      "CREATE TRIGGER no BEFORE INSERT ON outbox WHEN NEW.kind = 'submit'"
      " BEGIN SELECT RAISE (ABORT, 'no'); END",
      "DROP TRIGGER no", REUNION_STORE_ERROR_CONSTRAINT },
    { "and the transaction is rolled back by SQLite",
      "CREATE TRIGGER no BEFORE INSERT ON outbox WHEN NEW.kind = 'submit'"
      " BEGIN SELECT RAISE (ROLLBACK, 'no'); END",
      "DROP TRIGGER no", REUNION_STORE_ERROR_CONSTRAINT },
    { "the outbox is gone", "ALTER TABLE outbox RENAME TO away",
      "ALTER TABLE away RENAME TO outbox", REUNION_STORE_ERROR_FAILED },
    { "a photo's row is refused",
      "CREATE TRIGGER no BEFORE INSERT ON case_photos BEGIN SELECT RAISE (FAIL, 'no'); END",
      "DROP TRIGGER no", REUNION_STORE_ERROR_CONSTRAINT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
      g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
      g_autoptr (ReunionCase) case_ = store_test_make_case ();
      const char *id = reunion_case_get_id (case_);
      g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
      g_autoptr (GError) error = NULL;
      g_autoptr (ReunionCase) edited = NULL;

      g_test_message ("%s", failures[i].label);
      g_assert_true (reunion_station_store_save_case (store, case_, NULL));
      edited = reunion_case_copy (case_);
      g_free (store_test_add_photo (store, edited, "photo"));
      reunion_report_set_text (reunion_case_get_report (edited), REUNION_FIELD_NAME, "edited");
      store_test_raw_exec (raw, failures[i].before);
      g_assert_false (reunion_station_store_submit (store, edited, STORE_TEST_NOW, &error));
      store_test_assert_sentence (error, REUNION_STORE_ERROR, failures[i].code);
      store_test_raw_exec (raw, failures[i].after);
      {
        g_autoptr (ReunionCase) back = reunion_station_store_get_case (store, id, NULL);

        assert_same (back, case_);
      }
      store_test_assert_outbox (store, NULL, "");
      g_assert_cmpint (store_test_raw_get_int (raw, "SELECT count(*) FROM case_photos"), ==, 0);

      store_test_submit (store, edited);
      store_test_assert_outbox (store, id, "photo:waiting submit:waiting");
    }
}

static void
test_submit_disk_full (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  ReunionDb *db = reunion_station_store_get_db (store);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  g_autofree char *text = g_strnfill (3999, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_true (reunion_station_store_save_case (store, case_, NULL));
  reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_CIRCUMSTANCES, text);
  g_assert_true (reunion_db_run (db, NULL, "PRAGMA max_page_count = 1", ""));
  g_assert_false (reunion_station_store_submit (store, case_, STORE_TEST_NOW, &error));
  store_test_assert_sentence (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_FULL);
  store_test_assert_case (store, reunion_case_get_id (case_), REUNION_CASE_STATE_DRAFT, 0);
  store_test_assert_outbox (store, NULL, "");
  g_assert_true (reunion_db_run (db, NULL, "PRAGMA max_page_count = 100000", ""));
  store_test_submit (store, case_);
  store_test_assert_outbox (store, NULL, "submit:waiting");
}

/* A page that read the case before it was returned must not move it back. */
static void
test_stale_page (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) page = store_test_make_case ();
  const char *id = reunion_case_get_id (page);
  g_autoptr (ReunionCase) theirs = store_test_make_theirs (page, REUNION_CASE_STATE_RETURNED, 4);
  g_autoptr (ReunionCase) back = NULL;
  g_autoptr (GError) error = NULL;

  reunion_case_set_review_reason (theirs, "Name the shoes.");
  store_test_feed_case (store, 1, theirs);
  reunion_report_set_text (reunion_case_get_report (page), REUNION_FIELD_SHOES, "white");
  g_assert_true (reunion_station_store_save_case (store, page, &error));
  store_test_assert_case (store, id, REUNION_CASE_STATE_RETURNED, 4);
  back = reunion_station_store_get_case (store, id, NULL);
  g_assert_cmpstr (reunion_case_get_review_reason (back), ==, "Name the shoes.");
  g_assert_cmpstr (reunion_report_get_text (reunion_case_get_report (back), REUNION_FIELD_SHOES),
                   ==, "white");
  store_test_submit (store, page);
  store_test_assert_case (store, id, REUNION_CASE_STATE_QUEUED, 4);
}

static void
test_damaged_record (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) damaged = store_test_make_case ();
  g_autoptr (ReunionCase) sound = store_test_make_case ();
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
  g_autofree char *sql = g_strdup_printf ("UPDATE cases SET record = '{' WHERE id = '%s'",
                                          reunion_case_get_id (damaged));
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (reunion_station_store_save_case (store, damaged, NULL));
  g_assert_true (reunion_station_store_save_case (store, sound, NULL));
  store_test_raw_exec (raw, sql);
  g_test_expect_message ("reunion", G_LOG_LEVEL_WARNING, "*can't be read*");
  cases = reunion_station_store_list_cases (store, &error);
  g_test_assert_expected_messages ();
  g_assert_no_error (error);
  g_assert_cmpuint (cases->len, ==, 1);
  g_assert_cmpstr (reunion_case_get_id (cases->pdata[0]), ==, reunion_case_get_id (sound));
  /* Nor is it written over as if it had been a draft. */
  g_assert_false (reunion_station_store_save_case (store, damaged, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (store_test_raw_get_int (raw, "SELECT count(*) FROM cases WHERE record = '{'"),
                   ==, 1);
}

static void
add_known (ReunionStationStore *store, gint64 sequence, ReunionCaseState state, int hours)
{
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  g_autofree char *name = g_strdup_printf ("%s-%d", reunion_case_state_to_key (state), hours);

  reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_NAME, name);
  reunion_report_set_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN,
                          STORE_TEST_NOW - hours * 3600 * REUNION_SECOND_USEC);
  reunion_case_set_state (case_, state);
  reunion_case_set_revision (case_, 1);
  store_test_feed_case (store, sequence, case_);
}

static void
assert_names (GPtrArray *cases, const char *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < cases->len; i++)
    g_string_append_printf (
        names, "%s%s", i > 0 ? " " : "",
        reunion_report_get_text (reunion_case_get_report (cases->pdata[i]), REUNION_FIELD_NAME));
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_lists (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (GPtrArray) queue = NULL;

  add_known (store, 1, REUNION_CASE_STATE_CLOSED, 1);
  add_known (store, 2, REUNION_CASE_STATE_SUBMITTED, 9);
  add_known (store, 3, REUNION_CASE_STATE_PUBLISHED, 2);
  add_known (store, 4, REUNION_CASE_STATE_SUBMITTED, 30);
  add_known (store, 5, REUNION_CASE_STATE_RETURNED, 5);
  cases = reunion_station_store_list_cases (store, NULL);
  assert_names (cases, "returned-5 published-2 submitted-9 submitted-30 closed-1");
  queue = reunion_station_store_list_review_queue (store, NULL);
  assert_names (queue, "submitted-30 submitted-9");
}

static ReunionCase *
add_theirs (ReunionStationStore *store, ReunionCaseState state)
{
  g_autoptr (ReunionCase) own = store_test_make_case ();
  g_autoptr (ReunionCase) theirs = store_test_make_theirs (own, state, 1);

  store_test_feed_case (store, reunion_station_store_get_cursor (store) + 1, theirs);
  return g_steal_pointer (&theirs);
}

static void
test_decide (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = add_theirs (store, REUNION_CASE_STATE_SUBMITTED);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (ReunionOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (reunion_station_store_decide (store, id, REUNION_CASE_ACTION_RETURN, "",
                                                STORE_TEST_NOW, &error));
  store_test_assert_sentence (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION);
  g_clear_error (&error);
  g_assert_true (reunion_station_store_decide (store, id, REUNION_CASE_ACTION_RETURN, "缺照片",
                                               STORE_TEST_NOW, &error));
  /* The state follows when the service has taken it. */
  store_test_assert_case (store, id, REUNION_CASE_STATE_SUBMITTED, 1);
  item = store_test_expect_due (store, id, REUNION_OUTBOX_DECISION);
  g_assert_cmpstr (reunion_outbox_item_get_body (item), ==,
                   "{\"decision\":\"return\",\"reason\":\"缺照片\"}");
  g_assert_false (reunion_station_store_decide (store, id, REUNION_CASE_ACTION_APPROVE, NULL,
                                                STORE_TEST_NOW, &error));
  store_test_assert_sentence (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION);
  store_test_assert_outbox (store, id, "decision:waiting");
}

static void
test_close (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) submitted = add_theirs (store, REUNION_CASE_STATE_SUBMITTED);
  g_autoptr (ReunionCase) published = add_theirs (store, REUNION_CASE_STATE_PUBLISHED);
  const char *id = reunion_case_get_id (published);
  g_autoptr (GError) error = NULL;

  g_assert_false (reunion_station_store_close (store, reunion_case_get_id (submitted),
                                               REUNION_OUTCOME_LOST, NULL, STORE_TEST_NOW, &error));
  store_test_assert_sentence (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION);
  g_clear_error (&error);
  g_assert_false (
      reunion_station_store_close (store, id, REUNION_OUTCOME_NONE, NULL, STORE_TEST_NOW, &error));
  store_test_assert_sentence (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION);
  g_clear_error (&error);
  g_assert_true (reunion_station_store_close (store, id, REUNION_OUTCOME_LEFT_HOME, "safe",
                                              STORE_TEST_NOW, &error));
  g_assert_false (reunion_station_store_close (store, id, REUNION_OUTCOME_LEFT_HOME, "safe",
                                               STORE_TEST_NOW, &error));
  g_assert_error (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION);
  store_test_assert_outbox (store, NULL, "close:waiting");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station-cases/draft/empty", test_draft_empty);
  g_test_add_func ("/station-cases/draft/texts", test_draft_texts);
  g_test_add_func ("/station-cases/draft/wrong-values", test_draft_wrong_values);
  g_test_add_func ("/station-cases/draft/unreadable", test_draft_unreadable);
  g_test_add_func ("/station-cases/discard", test_discard);
  g_test_add_func ("/station-cases/submit/rows", test_submit);
  g_test_add_func ("/station-cases/submit/short", test_submit_short);
  g_test_add_func ("/station-cases/submit/fails-midway", test_submit_fails_midway);
  g_test_add_func ("/station-cases/submit/disk-full", test_submit_disk_full);
  g_test_add_func ("/station-cases/stale-page", test_stale_page);
  g_test_add_func ("/station-cases/damaged-record", test_damaged_record);
  g_test_add_func ("/station-cases/lists", test_lists);
  g_test_add_func ("/station-cases/decide", test_decide);
  g_test_add_func ("/station-cases/close", test_close);
  return g_test_run ();
}
