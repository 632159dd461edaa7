/* test-station-index.c: the index of the search keeps up with the cases
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

#include "reunion-station-schema.h"
#include "reunion-station-search.h"
#include "reunion-wire.h"
#include "test-helpers.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define HOUR_USEC (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define STATE(state) (1u << REUNION_CASE_STATE_##state)

static GPtrArray *
search (ReunionStationStore *store, const ReunionCaseQuery *query)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = reunion_station_store_search (store, query, 10000, &error);

  g_assert_no_error (error);
  return rows;
}

static void
expect_found (ReunionStationStore *store, const char *text, gboolean expected)
{
  g_autoptr (GPtrArray) rows = search (store, &(ReunionCaseQuery){ .text = text });

  test_expect_int (text, expected ? 1 : 0, rows->len);
}

static void
test_changed (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  ReunionReport *report = reunion_case_get_report (case_);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (ReunionCase) theirs = NULL;
  g_autoptr (ReunionCaseRow) row = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);

  g_assert_true (reunion_station_store_save_case (store, case_, &error));
  expect_found (store, "王小明", TRUE);
  reunion_report_set_text (report, REUNION_FIELD_NAME, "李小明");
  g_assert_true (reunion_station_store_save_case (store, case_, &error));
  expect_found (store, "王小明", FALSE);
  expect_found (store, "李小明", TRUE);
  /* Another time of loss, and another state: it moves in the list. */
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, STORE_TEST_NOW - 30 * HOUR_USEC);
  g_assert_true (reunion_station_store_save_case (store, case_, &error));
  expect_found (store, "李小明", TRUE);
  store_test_submit (store, case_);
  row = reunion_station_store_search_case (
      store, &(ReunionCaseQuery){ .text = "小明", .states = STATE (QUEUED) }, id, &error);
  g_assert_no_error (error);
  g_assert_nonnull (row);
  g_assert_cmpstr (row->id, ==, id);
  g_assert_cmpstr (row->name, ==, "李小明");
  g_assert_cmpstr (row->sex, ==, "male");
  g_assert_cmpstr (row->place, ==, "织金县城关镇");
  g_assert_cmpint (row->age_years, ==, 13);
  g_assert_null (row->birth_date);
  g_assert_null (row->lead_photo);
  g_assert_cmpint (row->state, ==, REUNION_CASE_STATE_QUEUED);
  g_assert_cmpint (row->last_seen_usec, ==, STORE_TEST_NOW - 30 * HOUR_USEC);
  g_assert_null (reunion_station_store_search_case (
      store, &(ReunionCaseQuery){ .text = "小明", .states = STATE (DRAFT) }, id, &error));
  g_assert_null (reunion_station_store_search_case (store, &(ReunionCaseQuery){ 0 }, "?", &error));
  g_assert_no_error (error);
  /* Erased: what it said is not to be found again, nor kept. */
  theirs = store_test_make_theirs (case_, REUNION_CASE_STATE_EXPIRED, 9);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    reunion_report_unset (reunion_case_get_report (theirs), i);
  store_test_feed_case (store, 1, theirs);
  expect_found (store, "李小明", FALSE);
  expect_found (store, "Chengguan", TRUE);
  g_assert_cmpint (store_test_raw_get_int (raw, "SELECT count(*) FROM case_texts"), ==, 1);
  g_assert_cmpint (
      store_test_raw_get_int (raw, "SELECT count(*) FROM case_texts WHERE text LIKE '%小明%'"), ==,
      0);
}

static void
test_discarded (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);

  g_assert_true (reunion_station_store_save_case (store, case_, NULL));
  g_assert_true (reunion_station_store_discard_draft (store, reunion_case_get_id (case_), NULL));
  expect_found (store, "王小明", FALSE);
  expect_found (store, NULL, FALSE);
  g_assert_cmpint (store_test_raw_get_int (raw, "SELECT count(*) FROM case_texts"), ==, 0);
  g_assert_cmpint (
      store_test_raw_get_int (raw, "SELECT count(*) FROM case_words WHERE case_words MATCH '小明'"),
      ==, 0);
}

/* Not even the index's own pages hold what was erased. */
static void
test_erased (void)
{
  static const char *const sql
      = "SELECT count(*) FROM case_words_data WHERE instr (block, x'F09F9880') > 0";
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);

  g_assert_false (reunion_station_store_tidy_search (store));
  for (guint i = 0; i < 9; i++)
    {
      g_autoptr (ReunionCase) case_ = store_test_make_case ();
      g_autoptr (ReunionCase) theirs = NULL;
      const char *id = reunion_case_get_id (case_);

      if (i >= 6)
        reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_NAME, "😀");
      g_assert_true (reunion_station_store_save_case (store, case_, NULL));
      if (i == 6)
        g_assert_true (reunion_station_store_discard_draft (store, id, NULL));
      if (i <= 6)
        continue;
      theirs = store_test_make_theirs (case_, REUNION_CASE_STATE_EXPIRED, 2);
      reunion_report_unset (reunion_case_get_report (theirs), REUNION_FIELD_NAME);
      store_test_feed_case (store, i, theirs);
    }
  g_assert_cmpint (store_test_raw_get_int (raw, sql), >, 0);
  g_clear_object (&store);
  store = store_test_open_station (folder);
  for (guint i = 0; reunion_station_store_tidy_search (store); i++)
    g_assert_cmpuint (i, <, 100);
  g_assert_cmpint (store_test_raw_get_int (raw, sql), ==, 0);
  g_assert_false (reunion_station_store_tidy_search (store));
  g_assert_cmpint (store_test_raw_get_int (
                       raw, "SELECT count(*) FROM case_words WHERE case_words MATCH 'state0'"),
                   ==, 6);
}

/* A case that is not written is not found either. */
static void
test_rolled_back (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
  g_autoptr (GError) error = NULL;

  store_test_raw_exec (raw, "CREATE TRIGGER no BEFORE INSERT ON outbox"
                            " BEGIN SELECT RAISE (ABORT, 'no'); END");
  g_assert_false (reunion_station_store_submit (store, case_, STORE_TEST_NOW, &error));
  expect_found (store, NULL, FALSE);
  expect_found (store, "王", FALSE);
}

/* --- files of before --------------------------------------------------------------- */

/* A file as the first version wrote it: its migrations, and records put in by its
 * own statement. */
static void
make_first_version (StoreTestFolder *folder, GPtrArray *cases)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionDb) db = reunion_db_open (folder->path, reunion_station_migrations, 1, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < cases->len; i++)
    {
      ReunionCase *case_ = cases->pdata[i];
      g_autofree char *record = reunion_wire_case_to_json (case_);

      reunion_db_run (
          db, &error,
          "INSERT INTO cases (id, state, place_in_list, last_seen_usec, revision, is_dirty, record)"
          " VALUES ($1, $2, 1, $3, 1, 0, $4)",
          "ttit", reunion_case_get_id (case_),
          reunion_case_state_to_key (reunion_case_get_state (case_)),
          reunion_report_get_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN, 0),
          record);
      g_assert_no_error (error);
    }
  g_assert_true (reunion_db_run (
      db, &error, "INSERT INTO cases VALUES ('damaged', 'draft', 0, 0, 0, 0, '{')", ""));
}

static void
test_first_version (void)
{
  static const char *const names[] = { "王小明", "欧阳明月", "古力娜尔·买买提", "Nguyễn Văn An" };
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (StoreTestRaw) raw = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      ReunionCase *case_ = store_test_make_case ();

      reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_NAME, names[i]);
      reunion_case_set_state (case_, REUNION_CASE_STATE_PUBLISHED);
      g_ptr_array_add (cases, case_);
    }
  make_first_version (folder, cases);
  raw = store_test_raw_open (folder);
  g_assert_cmpint (store_test_raw_get_int (raw, "PRAGMA user_version"), ==, 1);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ReunionStationStore) store = NULL;

      /* Filled once; afterwards it is there. */
      if (i == 0)
        g_test_expect_message ("reunion", G_LOG_LEVEL_WARNING, "*can't be read*");
      store = store_test_open_station (folder);
      g_test_assert_expected_messages ();
      for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
        expect_found (store, names[j], TRUE);
      expect_found (store, "王小明 blue jacket", TRUE);
      expect_found (store, "王明 red jacket", FALSE);
      g_assert_cmpint (store_test_raw_get_int (raw, "PRAGMA user_version"), ==,
                       reunion_n_station_migrations);
    }
}

/* An index that was made by other rules is made anew. */
static void
test_other_rules (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);

  g_assert_true (reunion_station_store_save_case (store, case_, NULL));
  g_clear_object (&store);
  store_test_raw_exec (raw, "UPDATE case_texts SET text = 'of before';"
                            "UPDATE settings SET value = '0' WHERE key = 'search_text_version'");
  store = store_test_open_station (folder);
  expect_found (store, "小明", TRUE);
}

/* --- a large file of before ----------------------------------------------------------- */

#define N_LARGE 1300

static void
make_large_first_version (StoreTestFolder *folder)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_LARGE; i++)
    {
      ReunionCase *case_ = store_test_make_case ();
      g_autofree char *name = g_strdup_printf ("number%04u", i);

      reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_NAME, name);
      reunion_case_set_state (case_, REUNION_CASE_STATE_PUBLISHED);
      g_ptr_array_add (cases, case_);
    }
  make_first_version (folder, cases);
}

static void
expect_all (StoreTestFolder *folder)
{
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (GPtrArray) rows = search (store, &(ReunionCaseQuery){ .text = NULL });

  test_expect_int ("cases found", N_LARGE, rows->len);
  for (guint i = 0; i < N_LARGE; i += 97)
    {
      g_autofree char *name = g_strdup_printf ("number%04u", i);

      expect_found (store, name, TRUE);
    }
}

typedef struct
{
  guint n_told;
  guint n_first; /* done at the start */
  guint n_last;
  guint n_cases;
  GCancellable *cancellable; /* cancelled once half is done; NULL */
  int fd;                    /* told then, and nothing more is done; 0 */
} Progress;

static void
progress_cb (guint n_done, guint n_cases, gpointer user_data)
{
  Progress *progress = user_data;

  if (progress->n_told++ == 0)
    progress->n_first = n_done;
  g_assert_cmpuint (n_done, >=, progress->n_last);
  g_assert_cmpuint (n_done, <=, n_cases);
  progress->n_last = n_done;
  progress->n_cases = n_cases;
  if (n_done < n_cases / 2)
    return;
  g_cancellable_cancel (progress->cancellable);
  if (progress->fd != 0 && write (progress->fd, ".", 1) != 1)
    _exit (1);
  while (progress->fd != 0)
    pause ();
}

static void
expect_goes_on (StoreTestFolder *folder)
{
  Progress progress = { 0 };
  g_autoptr (GError) error = NULL;

  g_test_expect_message ("reunion", G_LOG_LEVEL_WARNING, "*can't be read*");
  g_assert_true (
      reunion_station_store_prepare (folder->path, NULL, progress_cb, &progress, &error));
  g_test_assert_expected_messages ();
  g_assert_no_error (error);
  /* The damaged one counts too. */
  test_expect_int ("cases", N_LARGE + 1, progress.n_cases);
  g_assert_cmpuint (progress.n_first, >=, progress.n_cases / 2);
  /* Once it is done there is nothing to tell. */
  progress.n_told = 0;
  g_assert_true (
      reunion_station_store_prepare (folder->path, NULL, progress_cb, &progress, &error));
  test_expect_int ("told", 0, progress.n_told);
  expect_all (folder);
}

static void
test_cancelled (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Progress progress = { .cancellable = cancellable };
  g_autoptr (GError) error = NULL;

  make_large_first_version (folder);
  g_assert_false (
      reunion_station_store_prepare (folder->path, cancellable, progress_cb, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  test_expect_int ("done at first", 0, progress.n_first);
  expect_goes_on (folder);
}

static void
test_killed (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  int fds[2], status;
  char byte;
  pid_t pid;

  make_large_first_version (folder);
  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      Progress progress = { .fd = fds[1] };

      reunion_station_store_prepare (folder->path, NULL, progress_cb, &progress, NULL);
      _exit (1);
    }
  close (fds[1]);
  g_assert_cmpint (read (fds[0], &byte, 1), ==, 1);
  close (fds[0]);
  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  expect_goes_on (folder);
}

/* What another version has made meanwhile is not gone on with. */
static void
test_made_meanwhile (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Progress progress = { .cancellable = cancellable };
  g_autoptr (StoreTestRaw) raw = NULL;

  make_large_first_version (folder);
  g_assert_false (
      reunion_station_store_prepare (folder->path, cancellable, progress_cb, &progress, NULL));
  raw = store_test_raw_open (folder);
  store_test_raw_exec (raw, "INSERT INTO settings VALUES ('search_text_version', '0')");
  progress = (Progress){ 0 };
  g_test_expect_message ("reunion", G_LOG_LEVEL_WARNING, "*can't be read*");
  g_assert_true (reunion_station_store_prepare (folder->path, NULL, progress_cb, &progress, NULL));
  g_test_assert_expected_messages ();
  test_expect_int ("done at first", 0, progress.n_first);
  expect_all (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station-index/changed", test_changed);
  g_test_add_func ("/station-index/discarded", test_discarded);
  g_test_add_func ("/station-index/erased", test_erased);
  g_test_add_func ("/station-index/rolled-back", test_rolled_back);
  g_test_add_func ("/station-index/first-version", test_first_version);
  g_test_add_func ("/station-index/other-rules", test_other_rules);
  g_test_add_func ("/station-index/cancelled", test_cancelled);
  g_test_add_func ("/station-index/killed", test_killed);
  g_test_add_func ("/station-index/made-meanwhile", test_made_meanwhile);
  return g_test_run ();
}
