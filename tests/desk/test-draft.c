/* test-draft.c: a report while it is being written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-draft.h"
#include "desk-test-utils.h"
#include "test-helpers.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the signal has told. */
typedef struct
{
  guint n;
  char *problem;
} Kept;

static void
kept_cb (Kept *kept, const char *problem)
{
  kept->n++;
  g_free (kept->problem);
  kept->problem = g_strdup (problem);
}

static void
set_text (DeskDraft *draft, ReunionField field, const char *text)
{
  reunion_report_set_text (reunion_case_get_report (desk_draft_get_case (draft)), field, text);
}

/* The text of @field in the store, NULL when the case is not there. */
static char *
get_kept_text (ReunionStationStore *store, const char *case_id, ReunionField field)
{
  g_autoptr (ReunionCase) case_ = reunion_station_store_get_case (store, case_id, NULL);

  return case_ != NULL ? g_strdup (reunion_report_get_text (reunion_case_get_report (case_), field))
                       : NULL;
}

static guint
count_cases (ReunionStationStore *store)
{
  g_autoptr (GPtrArray) cases = reunion_station_store_list_cases (store, NULL);

  return cases->len;
}

/* A draft that meets the standard. */
static DeskDraft *
make_whole_draft (DeskTest *desk)
{
  DeskDraft *draft = desk_draft_new (desk->session);
  g_autoptr (ReunionCase) whole = store_test_make_case ();

  reunion_case_set_report (desk_draft_get_case (draft), reunion_case_get_report (whole));
  return draft;
}

/* --- killed: first, while the program has no thread yet ------------------------- */

static gboolean
tell_cb (gpointer user_data)
{
  if (write (GPOINTER_TO_INT (user_data), ".", 1) != 1)
    _exit (1);
  return G_SOURCE_REMOVE;
}

/* Types in a report, and says so a second later, for ever. */
static void
type_until_killed (StoreTestFolder *folder, int fd)
{
  g_autoptr (DeskSession) session = desk_test_open_session (folder);
  g_autoptr (DeskDraft) draft = desk_draft_new (session);

  set_text (draft, REUNION_FIELD_NAME, "王小明");
  set_text (draft, REUNION_FIELD_CIRCUMSTANCES, "Left school at five.\nNot seen since.");
  desk_draft_set_unread (draft, REUNION_FIELD_RESIDENT_ID, DESK_TEST_BAD_ID);
  desk_draft_touch (draft);
  g_timeout_add (1000, tell_cb, GINT_TO_POINTER (fd));
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static void
kill_while_typing (StoreTestFolder *folder)
{
  int fds[2], status;
  char byte;
  pid_t pid;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      close (fds[0]);
      type_until_killed (folder, fds[1]);
    }
  close (fds[1]);
  g_assert_cmpint (read (fds[0], &byte, 1), ==, 1);
  close (fds[0]);
  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
}

static void
test_killed (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (DeskSession) session = NULL;
  g_autoptr (DeskDraft) draft = NULL;
  g_autoptr (GPtrArray) cases = NULL;
  ReunionReport *report;

  kill_while_typing (folder);
  session = desk_test_open_session (folder);
  cases = reunion_station_store_list_cases (desk_session_get_store (session), NULL);
  g_assert_cmpint (cases->len, ==, 1);
  draft = desk_draft_open (session, cases->pdata[0]);
  report = reunion_case_get_report (desk_draft_get_case (draft));
  test_expect_string ("name", "王小明", reunion_report_get_text (report, REUNION_FIELD_NAME));
  test_expect_string ("circumstances", "Left school at five.\nNot seen since.",
                      reunion_report_get_text (report, REUNION_FIELD_CIRCUMSTANCES));
  test_expect_string ("unread", DESK_TEST_BAD_ID,
                      desk_draft_get_unread (draft, REUNION_FIELD_RESIDENT_ID));
  g_object_run_dispose (G_OBJECT (session));
}

/* --- keeping ----------------------------------------------------------------------- */

static void
test_kept_by_itself (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autoptr (DeskDraft) draft = desk_draft_new (desk->session);
  const char *id = reunion_case_get_id (desk_draft_get_case (draft));
  Kept kept = { 0, NULL };
  g_autofree char *name = NULL;

  g_signal_connect_swapped (draft, "kept", G_CALLBACK (kept_cb), &kept);
  sync_test_iterate_for_a_while ();
  /* A form that was only opened leaves nothing behind. */
  g_assert_cmpint (count_cases (desk->base->store), ==, 0);
  set_text (draft, REUNION_FIELD_NAME, "王小明");
  desk_draft_touch (draft);
  sync_test_wait (kept.n > 0);
  test_expect_string ("problem", NULL, kept.problem);
  name = get_kept_text (desk->base->store, id, REUNION_FIELD_NAME);
  test_expect_string ("name", "王小明", name);
  store_test_assert_case (desk->base->store, id, REUNION_CASE_STATE_DRAFT, 0);
}

static gboolean
type_more_cb (gpointer user_data)
{
  desk_draft_touch (user_data);
  return G_SOURCE_CONTINUE;
}

/* Who types without a pause is kept too. */
static void
test_kept_while_typing (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autoptr (DeskDraft) draft = desk_draft_new (desk->session);
  guint typing_id = g_timeout_add (20, type_more_cb, draft);
  Kept kept = { 0, NULL };

  g_signal_connect_swapped (draft, "kept", G_CALLBACK (kept_cb), &kept);
  sync_test_wait (kept.n >= 2);
  g_source_remove (typing_id);
  g_assert_cmpint (count_cases (desk->base->store), ==, 1);
}

static void
test_kept_at_once (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autoptr (DeskDraft) draft = desk_draft_new (desk->session);
  Kept kept = { 0, NULL };

  g_signal_connect_swapped (draft, "kept", G_CALLBACK (kept_cb), &kept);
  desk_draft_keep (draft);
  g_assert_cmpint (kept.n, ==, 0);
  desk_draft_touch (draft);
  desk_draft_keep (draft);
  g_assert_cmpint (kept.n, ==, 1);
  desk_draft_keep (draft);
  g_assert_cmpint (kept.n, ==, 1);
  g_assert_cmpint (count_cases (desk->base->store), ==, 1);
}

/* What could not be written is not forgotten: it goes with the next try. */
static void
test_kept_after_failure (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (desk->base->folder);
  g_autoptr (DeskDraft) draft = desk_draft_new (desk->session);
  const char *id = reunion_case_get_id (desk_draft_get_case (draft));
  Kept kept = { 0, NULL };
  g_autofree char *name = NULL;

  store_test_raw_exec (raw, "CREATE TRIGGER full BEFORE INSERT ON cases"
                            " BEGIN SELECT RAISE(FAIL, 'the disk is full'); END");
  g_signal_connect_swapped (draft, "kept", G_CALLBACK (kept_cb), &kept);
  set_text (draft, REUNION_FIELD_NAME, "王小明");
  desk_draft_touch (draft);
  g_test_expect_message ("reunion", G_LOG_LEVEL_WARNING, "*");
  desk_draft_keep (draft);
  g_test_assert_expected_messages ();
  g_assert_cmpint (kept.n, ==, 1);
  g_assert_nonnull (kept.problem);
  g_assert_cmpint (count_cases (desk->base->store), ==, 0);

  store_test_raw_exec (raw, "DROP TRIGGER full");
  desk_draft_keep (draft);
  g_assert_cmpint (kept.n, ==, 2);
  test_expect_string ("problem", NULL, kept.problem);
  name = get_kept_text (desk->base->store, id, REUNION_FIELD_NAME);
  test_expect_string ("name", "王小明", name);
}

/* --- what can't be read ----------------------------------------------------------------- */

static void
test_unread (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autoptr (DeskDraft) draft = desk_draft_new (desk->session);
  g_autoptr (ReunionCase) case_ = NULL;
  g_autoptr (DeskDraft) again = NULL;
  g_autofree char *id = g_strdup (reunion_case_get_id (desk_draft_get_case (draft)));

  desk_draft_set_unread (draft, REUNION_FIELD_AGE_YEARS, "about “12”\\");
  desk_draft_set_unread (draft, REUNION_FIELD_LAST_SEEN, "昨天晚上");
  desk_draft_set_unread (draft, REUNION_FIELD_BIRTH_DATE, "2013");
  desk_draft_set_unread (draft, REUNION_FIELD_BIRTH_DATE, NULL);
  desk_draft_touch (draft);
  desk_draft_keep (draft);
  g_clear_object (&draft);
  desk_test_restart (desk);

  case_ = reunion_station_store_get_case (desk->base->store, id, NULL);
  again = desk_draft_open (desk->session, case_);
  test_expect_string ("age", "about “12”\\",
                      desk_draft_get_unread (again, REUNION_FIELD_AGE_YEARS));
  test_expect_string ("time", "昨天晚上", desk_draft_get_unread (again, REUNION_FIELD_LAST_SEEN));
  test_expect_string ("birth date", NULL, desk_draft_get_unread (again, REUNION_FIELD_BIRTH_DATE));

  /* Once it can be read, it is gone for good. */
  desk_draft_set_unread (again, REUNION_FIELD_AGE_YEARS, NULL);
  desk_draft_set_unread (again, REUNION_FIELD_LAST_SEEN, NULL);
  desk_draft_touch (again);
  desk_draft_keep (again);
  g_clear_object (&again);
  again = desk_draft_open (desk->session, case_);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    g_assert_null (desk_draft_get_unread (again, i));
}

/* A draft of a report does not touch the case it was opened from. */
static void
test_opens_a_copy (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  g_autoptr (DeskDraft) draft = NULL;

  g_assert_true (reunion_station_store_save_case (desk->base->store, case_, NULL));
  draft = desk_draft_open (desk->session, case_);
  set_text (draft, REUNION_FIELD_NAME, "another");
  test_expect_string (
      "name", "王小明",
      reunion_report_get_text (reunion_case_get_report (case_), REUNION_FIELD_NAME));
}

/* --- discarding and submitting ------------------------------------------------------------ */

static void
test_discard (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autoptr (DeskDraft) draft = desk_draft_new (desk->session);
  g_autofree char *key
      = g_strconcat ("draft-text:", reunion_case_get_id (desk_draft_get_case (draft)), NULL);
  g_autofree char *unread = NULL;
  g_autoptr (GError) error = NULL;

  desk_draft_set_unread (draft, REUNION_FIELD_RESIDENT_ID, DESK_TEST_BAD_ID);
  desk_draft_touch (draft);
  desk_draft_keep (draft);
  g_assert_cmpint (count_cases (desk->base->store), ==, 1);
  desk_draft_touch (draft);
  g_assert_true (desk_draft_discard (draft, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_cases (desk->base->store), ==, 0);
  /* Nor does what could not be read stay behind, or the last change come back. */
  unread = reunion_station_store_get_setting (desk->base->store, key);
  test_expect_string ("unread text", "", unread != NULL ? unread : "");
  desk_draft_keep (draft);
  sync_test_iterate_for_a_while ();
  g_assert_cmpint (count_cases (desk->base->store), ==, 0);
}

static void
test_discard_unkept (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autoptr (DeskDraft) draft = desk_draft_new (desk->session);
  g_autoptr (GError) error = NULL;

  desk_draft_touch (draft);
  g_assert_true (desk_draft_discard (draft, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_cases (desk->base->store), ==, 0);
}

static void
test_submit (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autoptr (DeskDraft) draft = make_whole_draft (desk);
  const char *id = reunion_case_get_id (desk_draft_get_case (draft));
  g_autoptr (GError) error = NULL;

  desk_draft_touch (draft);
  g_assert_true (desk_draft_submit (draft, &error));
  g_assert_no_error (error);
  store_test_assert_outbox (desk->base->store, NULL, "submit:waiting");
  store_test_assert_case (desk->base->store, id, REUNION_CASE_STATE_QUEUED, 0);

  /* A second press of the button is no second report. */
  g_assert_false (desk_draft_submit (draft, &error));
  g_assert_nonnull (error);
  desk_draft_touch (draft);
  sync_test_iterate_for_a_while ();
  store_test_assert_outbox (desk->base->store, NULL, "submit:waiting");
  g_assert_cmpint (count_cases (desk->base->store), ==, 1);
}

static void
test_submit_short (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autoptr (DeskDraft) draft = make_whole_draft (desk);
  const char *id = reunion_case_get_id (desk_draft_get_case (draft));
  g_autoptr (GError) error = NULL;

  set_text (draft, REUNION_FIELD_CIRCUMSTANCES, NULL);
  desk_draft_touch (draft);
  g_assert_false (desk_draft_submit (draft, &error));
  g_assert_cmpstr (error->message, !=, "");
  /* It is kept, and nothing goes out. */
  store_test_assert_outbox (desk->base->store, NULL, "");
  store_test_assert_case (desk->base->store, id, REUNION_CASE_STATE_DRAFT, 0);
}

static void
test_signed (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autoptr (DeskDraft) draft = NULL;

  desk_session_sign_in (desk->session, "zhang", "secret");
  sync_test_wait (desk_session_get_is_admitted (desk->session));
  draft = desk_draft_new (desk->session);
  test_expect_string ("officer", "张警官", reunion_case_get_officer (desk_draft_get_case (draft)));
  test_expect_string ("station", "520524-01",
                      reunion_case_get_station (desk_draft_get_case (draft)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft/killed", test_killed);
  g_test_add_func ("/draft/kept-by-itself", test_kept_by_itself);
  g_test_add_func ("/draft/kept-while-typing", test_kept_while_typing);
  g_test_add_func ("/draft/kept-at-once", test_kept_at_once);
  g_test_add_func ("/draft/kept-after-failure", test_kept_after_failure);
  g_test_add_func ("/draft/unread", test_unread);
  g_test_add_func ("/draft/opens-a-copy", test_opens_a_copy);
  g_test_add_func ("/draft/discard", test_discard);
  g_test_add_func ("/draft/discard-unkept", test_discard_unkept);
  g_test_add_func ("/draft/submit", test_submit);
  g_test_add_func ("/draft/submit-short", test_submit_short);
  g_test_add_func ("/draft/signed", test_signed);
  return g_test_run ();
}
