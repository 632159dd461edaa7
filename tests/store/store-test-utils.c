/* store-test-utils.c: what the tests of the store share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

#include "reunion-wire.h"

#include <glib/gstdio.h>
#include <string.h>

StoreTestFolder *
store_test_folder_new (void)
{
  StoreTestFolder *self = g_new0 (StoreTestFolder, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("reunion-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "store.db", NULL);
  return self;
}

void
store_test_folder_free (StoreTestFolder *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

ReunionStationStore *
store_test_open_station (StoreTestFolder *folder)
{
  g_autoptr (GError) error = NULL;
  ReunionStationStore *store = reunion_station_store_new (folder->path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  return store;
}

ReunionCentralStore *
store_test_open_central (StoreTestFolder *folder)
{
  g_autoptr (GError) error = NULL;
  ReunionCentralStore *store = reunion_central_store_new (folder->path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  return store;
}

StoreTestRaw *
store_test_raw_open (StoreTestFolder *folder)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (folder->path, &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 5000);
  return handle;
}

void
store_test_raw_close (StoreTestRaw *self)
{
  g_assert_cmpint (sqlite3_close (self), ==, SQLITE_OK);
}

void
store_test_raw_exec (StoreTestRaw *self, const char *sql)
{
  char *message = NULL;

  sqlite3_exec (self, sql, NULL, NULL, &message);
  if (message != NULL)
    g_error ("“%s” failed: %s", sql, message);
}

static sqlite3_stmt *
raw_step (StoreTestRaw *self, const char *sql)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (self, sql, -1, &stmt, NULL) != SQLITE_OK
      || sqlite3_step (stmt) != SQLITE_ROW)
    g_error ("“%s” gave no row: %s", sql, sqlite3_errmsg (self));
  return stmt;
}

gint64
store_test_raw_get_int (StoreTestRaw *self, const char *sql)
{
  sqlite3_stmt *stmt = raw_step (self, sql);
  gint64 value = sqlite3_column_int64 (stmt, 0);

  sqlite3_finalize (stmt);
  return value;
}

char *
store_test_raw_get_text (StoreTestRaw *self, const char *sql)
{
  sqlite3_stmt *stmt = raw_step (self, sql);
  char *value = g_strdup ((const char *) sqlite3_column_text (stmt, 0));

  sqlite3_finalize (stmt);
  return value;
}

ReunionCase *
store_test_make_case (void)
{
  g_autofree char *id = g_uuid_string_random ();
  ReunionCase *case_ = reunion_case_new (id);
  ReunionReport *report = reunion_case_get_report (case_);
  ReunionPoint point = { 26.66, 105.77 };

  reunion_report_set_text (report, REUNION_FIELD_NAME, "王小明");
  reunion_report_set_text (report, REUNION_FIELD_SEX, "male");
  reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, 13);
  reunion_report_set_text (report, REUNION_FIELD_PHOTO_ABSENT_REASON, "The family has none");
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN,
                          STORE_TEST_NOW - 3600 * REUNION_SECOND_USEC);
  reunion_report_set_text (report, REUNION_FIELD_PLACE, "织金县城关镇");
  reunion_report_set_point (report, point);
  reunion_report_set_text (report, REUNION_FIELD_CLOTHING, "Blue jacket");
  reunion_report_set_text (report, REUNION_FIELD_CIRCUMSTANCES, "Did not come home from school.");
  reunion_report_set_text (report, REUNION_FIELD_CONTACT_PHONE, "0857-7621110");
  reunion_report_set_int (report, REUNION_FIELD_CONSENT, 1);
  reunion_case_set_station (case_, "520524-01", "Chengguan Station");
  reunion_case_set_created_usec (case_, STORE_TEST_NOW - 60 * REUNION_SECOND_USEC);
  return case_;
}

char *
store_test_add_photo (ReunionStationStore *store, ReunionCase *case_, const char *seed)
{
  g_autoptr (GBytes) bytes = g_bytes_new (seed, strlen (seed));
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autoptr (ReunionPhoto) photo = reunion_photo_new (hash, "image/jpeg", 600, 800);
  g_autoptr (GError) error = NULL;

  reunion_station_store_put_photo (store, photo, bytes, &error);
  g_assert_no_error (error);
  reunion_case_add_photo (case_, photo);
  return g_steal_pointer (&hash);
}

ReunionCase *
store_test_make_case_with_photo (ReunionStationStore *store, const char *seed)
{
  ReunionCase *case_ = store_test_make_case ();

  g_free (store_test_add_photo (store, case_, seed));
  return case_;
}

ReunionCase *
store_test_make_theirs (ReunionCase *own, ReunionCaseState state, gint64 revision)
{
  ReunionCase *theirs = reunion_case_copy (own);

  reunion_case_set_state (theirs, state);
  reunion_case_set_revision (theirs, revision);
  return theirs;
}

ReunionTip *
store_test_make_tip (const char *id, const char *case_id, const char *text)
{
  ReunionTip *tip = reunion_tip_new (id, case_id);
  ReunionPoint point = { 26.65, 106.63 };

  reunion_tip_set_origin (tip, "gaode", id);
  reunion_tip_set_text (tip, text);
  reunion_tip_set_point (tip, point);
  reunion_tip_set_received_usec (tip, STORE_TEST_NOW);
  return tip;
}

void
store_test_submit (ReunionStationStore *store, ReunionCase *case_)
{
  g_autoptr (GError) error = NULL;

  reunion_station_store_submit (store, case_, STORE_TEST_NOW, &error);
  g_assert_no_error (error);
}

static void
feed (ReunionStationStore *store, ReunionChange *change)
{
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_change_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (changes, change);
  reunion_station_store_apply_changes (store, changes, change->sequence, &error);
  g_assert_no_error (error);
}

void
store_test_feed_case (ReunionStationStore *store, gint64 sequence, ReunionCase *theirs)
{
  feed (store, reunion_change_new_case (sequence, theirs));
}

void
store_test_feed_tip (ReunionStationStore *store, gint64 sequence, ReunionTip *tip)
{
  feed (store, reunion_change_new_tip (sequence, tip));
}

void
store_test_assert_case (ReunionStationStore *store,
                        const char *case_id,
                        ReunionCaseState state,
                        gint64 revision)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionCase) case_ = reunion_station_store_get_case (store, case_id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (reunion_case_state_to_key (reunion_case_get_state (case_)), ==,
                   reunion_case_state_to_key (state));
  g_assert_cmpint (reunion_case_get_revision (case_), ==, revision);
}

void
store_test_assert_outbox (ReunionStationStore *store, const char *case_id, const char *expected)
{
  static const char *const states[REUNION_N_OUTBOX_STATES]
      = { "waiting", "sending", "sent", "attention" };
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = reunion_station_store_list_outbox (store, case_id, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < items->len; i++)
    g_string_append_printf (
        found, "%s%s:%s", i > 0 ? " " : "",
        reunion_outbox_kind_to_key (reunion_outbox_item_get_kind (items->pdata[i])),
        states[reunion_outbox_item_get_state (items->pdata[i])]);
  g_assert_cmpstr (found->str, ==, expected);
}

ReunionOutboxItem *
store_test_expect_due (ReunionStationStore *store, const char *case_id, ReunionOutboxKind kind)
{
  g_autoptr (GError) error = NULL;
  ReunionOutboxItem *item = reunion_station_store_next_due (store, STORE_TEST_NOW, &error);

  g_assert_no_error (error);
  g_assert_nonnull (item);
  g_assert_cmpstr (reunion_outbox_item_get_case_id (item), ==, case_id);
  g_assert_cmpstr (reunion_outbox_kind_to_key (reunion_outbox_item_get_kind (item)), ==,
                   reunion_outbox_kind_to_key (kind));
  return item;
}

void
store_test_assert_sentence (const GError *error, GQuark domain, int code)
{
  gunichar first;

  g_assert_error (error, domain, code);
  first = g_utf8_get_char (error->message);
  if (!(g_unichar_isupper (first) || first == '/' || first == 0x201c)
      || !(g_str_has_suffix (error->message, ".") || g_str_has_suffix (error->message, ")")
           || strstr (error->message, ": ") != NULL))
    g_error ("Expected a sentence, came “%s”", error->message);
}
