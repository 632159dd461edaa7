/* test-revise.c: a report that comes back, and a published case that is amended,
 * in the form; the dialogs and windows around that
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-case-revise.h"
#include "desk-history-window.h"
#include "desk-refused-window.h"
#include "desk-report-form.h"
#include "desk-return-dialog.h"
#include "desk-test-utils.h"
#include "test-helpers.h"

#include "reunion-history.h"

#include <adwaita.h>

typedef struct
{
  DeskTest *desk;
  GtkWidget *window;
  DeskReportForm *form;
  guint n_edited;
  char *submitted;
} Fixture;

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
submitted_cb (Fixture *fixture, const char *case_id)
{
  g_free (fixture->submitted);
  fixture->submitted = g_strdup (case_id);
}

static void
open_form (Fixture *fixture)
{
  fixture->form = g_object_new (DESK_TYPE_REPORT_FORM, NULL);
  desk_report_form_set_session (fixture->form, fixture->desk->session);
  g_signal_connect_swapped (fixture->form, "edited", G_CALLBACK (count_cb), &fixture->n_edited);
  g_signal_connect_swapped (fixture->form, "submitted", G_CALLBACK (submitted_cb), fixture);
  fixture->window = desk_test_show (GTK_WIDGET (fixture->form));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desk = desk_test_new ();
  open_form (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  desk_test_close (fixture->window);
  desk_test_free (fixture->desk);
  g_free (fixture->submitted);
}

static ReunionStationStore *
get_store (Fixture *fixture)
{
  return fixture->desk->base->store;
}

static ReunionReport *
get_report (Fixture *fixture)
{
  return reunion_case_get_report (desk_report_form_get_case (fixture->form));
}

static GtkWidget *
get_row (Fixture *fixture, ReunionField field)
{
  return desk_test_find_row (GTK_WIDGET (fixture->form), field);
}

static void
type_and_wait (Fixture *fixture, ReunionField field, const char *text)
{
  guint n_before = fixture->n_edited;

  desk_test_type (get_row (fixture, field), text);
  sync_test_wait (fixture->n_edited > n_before);
}

static void
press (GtkWidget *root, const char *label)
{
  GtkWidget *button = desk_test_find (root, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
has_focus_in (Fixture *fixture, GtkWidget *row)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  return focus != NULL && (focus == row || gtk_widget_is_ancestor (focus, row));
}

static void
expect_seen (GtkWidget *root, const char *text)
{
  if (!desk_test_sees (root, text))
    test_fail ("expected to see “%s”", text);
}

static void
expect_not_seen (GtkWidget *root, const char *text)
{
  if (desk_test_sees (root, text))
    test_fail ("expected not to see “%s”", text);
}

/* What the service tells of @case_ at @revision. Transfer full. */
static ReunionCase *
feed (Fixture *fixture, ReunionCase *case_, ReunionCaseState state, gint64 revision)
{
  ReunionCase *theirs = store_test_make_theirs (case_, state, revision);

  reunion_case_copy_field_reasons (theirs, case_);
  reunion_case_set_review_reason (theirs, reunion_case_get_review_reason (case_));
  store_test_feed_case (get_store (fixture),
                        reunion_station_store_get_cursor (get_store (fixture)) + 1, theirs);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return theirs;
}

static ReunionCase *
feed_with (Fixture *fixture,
           ReunionCase *case_,
           gint64 revision,
           ReunionField field,
           const char *text)
{
  g_autoptr (ReunionCase) changed = reunion_case_copy (case_);

  reunion_report_set_text (reunion_case_get_report (changed), field, text);
  return feed (fixture, changed, REUNION_CASE_STATE_PUBLISHED, revision);
}

/* --- returned ---------------------------------------------------------------------------- */

static ReunionCase *
feed_returned (Fixture *fixture, ReunionCase *case_, gint64 revision)
{
  g_autoptr (ReunionCase) marked = reunion_case_copy (case_);

  reunion_case_set_review_reason (marked, "Two questions");
  reunion_case_set_field_reason (marked, REUNION_FIELD_CLOTHING, "Which shoes?");
  reunion_case_set_field_reason (marked, REUNION_FIELD_HEIGHT_CM, "How tall?");
  reunion_case_set_field_reason (marked, REUNION_FIELD_LONGITUDE, "In the river?");
  reunion_case_set_field_reason (marked, REUNION_FIELD_PHOTO_ABSENT_REASON, "Blurred");
  return feed (fixture, marked, REUNION_CASE_STATE_RETURNED, revision);
}

static void
open_stored (Fixture *fixture, const char *id, gboolean is_amending)
{
  g_autoptr (ReunionCase) stored = reunion_station_store_get_case (get_store (fixture), id, NULL);

  g_assert_nonnull (stored);
  g_assert_true (is_amending ? desk_report_form_amend (fixture->form, stored)
                             : desk_report_form_open (fixture->form, stored));
}

static void
test_returned (Fixture *fixture, gconstpointer data)
{
  GtkWidget *form = GTK_WIDGET (fixture->form);
  g_autoptr (ReunionCase) made = store_test_make_case ();
  g_autoptr (ReunionCase) returned = feed_returned (fixture, made, 2);
  g_autoptr (ReunionCase) again = NULL;
  const char *id = reunion_case_get_id (returned);

  open_stored (fixture, id, FALSE);
  sync_test_wait (has_focus_in (fixture, get_row (fixture, REUNION_FIELD_CLOTHING)));
  expect_seen (form, "The reviewer asks: Two questions");
  expect_seen (form, "The reviewer asks: Which shoes?");
  expect_seen (form, "The reviewer asks: In the river?");
  gtk_test_accessible_assert_property (
      gtk_editable_get_delegate (GTK_EDITABLE (get_row (fixture, REUNION_FIELD_CLOTHING))),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "The reviewer asks: Which shoes?\nThe public sees this");
  expect_seen (form, "The reviewer asks: Blurred");
  /* In a fold, which has opened. */
  sync_test_wait (desk_test_sees (form, "The reviewer asks: How tall?"));

  type_and_wait (fixture, REUNION_FIELD_CLOTHING, "Blue jacket, white shoes");
  expect_seen (form, "Seen to. The reviewer asked: Which shoes?");
  expect_seen (form, "The reviewer asks: How tall?");

  /* Closed and opened again, what was seen to still is. */
  g_assert_true (desk_report_form_close (fixture->form));
  open_stored (fixture, id, FALSE);
  expect_seen (form, "Seen to. The reviewer asked: Which shoes?");
  sync_test_wait (desk_test_sees (form, "The reviewer asks: How tall?"));

  /* Another report has none of it. */
  desk_report_form_open (fixture->form, NULL);
  expect_not_seen (form, "The reviewer");

  /* Returned once more, it is all asked anew. */
  again = feed_returned (fixture, returned, 5);
  open_stored (fixture, id, FALSE);
  expect_seen (form, "The reviewer asks: Which shoes?");
  expect_not_seen (form, "Seen to.");
}

/* --- amending ------------------------------------------------------------------------------- */

static void
write_reason (Fixture *fixture, const char *reason)
{
  GtkWidget *row
      = desk_test_find (GTK_WIDGET (fixture->form), ADW_TYPE_ENTRY_ROW, "Reason for the Update");

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), reason);
}

static char *
get_stored_text (Fixture *fixture, const char *id, ReunionField field)
{
  g_autoptr (ReunionCase) stored = reunion_station_store_get_case (get_store (fixture), id, NULL);

  return g_strdup (reunion_report_get_text (reunion_case_get_report (stored), field));
}

static void
expect_stored (Fixture *fixture, const char *id, ReunionField field, const char *expected)
{
  g_autofree char *found = get_stored_text (fixture, id, field);

  test_expect_string ("in the case", expected, found);
}

static void
test_amend (Fixture *fixture, gconstpointer data)
{
  GtkWidget *form = GTK_WIDGET (fixture->form);
  g_autoptr (ReunionCase) made = store_test_make_case ();
  g_autoptr (ReunionCase) theirs = feed (fixture, made, REUNION_CASE_STATE_PUBLISHED, 2);
  const char *id = reunion_case_get_id (theirs);
  g_autofree char *before = get_stored_text (fixture, id, REUNION_FIELD_CLOTHING);
  g_autofree char *was = g_strdup_printf ("Was: %s", before);

  open_stored (fixture, id, TRUE);
  expect_seen (form, "Amend the Published Report");
  expect_seen (form, "Nothing has been changed yet.");
  press (form, "Send Amendment");
  store_test_assert_outbox (get_store (fixture), NULL, "");
  test_expect_string ("sent", NULL, fixture->submitted);

  /* Kept beside the case, which stays as it is published. */
  type_and_wait (fixture, REUNION_FIELD_CLOTHING, "Pink");
  expect_seen (form, was);
  expect_seen (form, "Now: Pink");
  expect_seen (form, "nobody is alerted anew");
  sync_test_wait (reunion_station_store_has_amending (get_store (fixture), id));
  expect_stored (fixture, id, REUNION_FIELD_CLOTHING, before);

  /* A reason is needed, and the keyboard is led to it. */
  press (form, "Send Amendment");
  store_test_assert_outbox (get_store (fixture), NULL, "");
  sync_test_wait (
      has_focus_in (fixture, desk_test_find (form, ADW_TYPE_ENTRY_ROW, "Reason for the Update")));

  write_reason (fixture, "A neighbour saw");
  type_and_wait (fixture, REUNION_FIELD_AGE_YEARS, "1x");
  g_assert_true (desk_report_form_close (fixture->form));
  open_stored (fixture, id, TRUE);
  expect_seen (form, "Now: Pink");
  test_expect_string ("reason", "A neighbour saw",
                      gtk_editable_get_text (GTK_EDITABLE (
                          desk_test_find (form, ADW_TYPE_ENTRY_ROW, "Reason for the Update"))));
  /* What can't be read holds it back, as in any report. */
  press (form, "Send Amendment");
  store_test_assert_outbox (get_store (fixture), NULL, "");
  type_and_wait (fixture, REUNION_FIELD_AGE_YEARS, "13");
  press (form, "Send Amendment");
  store_test_assert_outbox (get_store (fixture), NULL, "amend:waiting");
  test_expect_string ("sent", id, fixture->submitted);
  g_assert_false (reunion_station_store_has_amending (get_store (fixture), id));
  expect_stored (fixture, id, REUNION_FIELD_CLOTHING, "Pink");

  /* A new report is submitted as ever. */
  desk_report_form_open (fixture->form, NULL);
  expect_not_seen (form, "What Will Be Sent");
  g_assert_nonnull (desk_test_find (form, GTK_TYPE_BUTTON, "Submit"));
}

/* Private fields reach nobody, and a moved place reaches everybody. */
static void
test_reach (Fixture *fixture, gconstpointer data)
{
  GtkWidget *form = GTK_WIDGET (fixture->form);
  g_autoptr (ReunionCase) made = store_test_make_case ();
  g_autoptr (ReunionCase) theirs = feed (fixture, made, REUNION_CASE_STATE_PUBLISHED, 2);

  open_stored (fixture, reunion_case_get_id (theirs), TRUE);
  type_and_wait (fixture, REUNION_FIELD_GUARDIAN_NAME, "Another");
  expect_seen (form, "only the police see this change");
  desk_report_form_set_point (fixture->form, (ReunionPoint){ 30.0, 110.0 });
  expect_seen (form, "the place has moved");
}

/* What others change is taken in where the officer has written nothing. */
static void
test_meanwhile (Fixture *fixture, gconstpointer data)
{
  GtkWidget *form = GTK_WIDGET (fixture->form);
  g_autoptr (ReunionCase) made = store_test_make_case ();
  g_autoptr (ReunionCase) theirs = feed (fixture, made, REUNION_CASE_STATE_PUBLISHED, 2);
  const char *id = reunion_case_get_id (theirs);
  g_autoptr (ReunionCase) grown = NULL;
  g_autoptr (ReunionCase) other = NULL;
  g_autoptr (ReunionCase) both = NULL;

  open_stored (fixture, id, TRUE);
  type_and_wait (fixture, REUNION_FIELD_CLOTHING, "Pink");

  /* The circle has grown: the same words at a later revision. */
  grown = feed (fixture, theirs, REUNION_CASE_STATE_ESCALATING, 3);
  sync_test_wait (reunion_case_get_revision (desk_report_form_get_case (fixture->form)) == 3);
  expect_not_seen (form, "Somebody else");

  other = feed_with (fixture, grown, 4, REUNION_FIELD_SHOES, "Sandals");
  sync_test_wait (reunion_case_get_revision (desk_report_form_get_case (fixture->form)) == 4);
  test_expect_string ("shoes", "Sandals",
                      reunion_report_get_text (get_report (fixture), REUNION_FIELD_SHOES));
  test_expect_string (
      "shoes shown", "Sandals",
      gtk_editable_get_text (GTK_EDITABLE (get_row (fixture, REUNION_FIELD_SHOES))));
  test_expect_string ("clothing", "Pink",
                      reunion_report_get_text (get_report (fixture), REUNION_FIELD_CLOTHING));
  sync_test_wait (desk_test_sees (form, "Entered by somebody else")
                  || desk_test_sees (form, "Changed by somebody else"));

  /* Where both have written, the officer's stays and theirs is told. A word that has
   * not been read yet is the officer's too. */
  desk_test_type (get_row (fixture, REUNION_FIELD_MARKS), "A scar");
  both = feed_with (fixture, other, 5, REUNION_FIELD_MARKS, "A mole");
  sync_test_wait (reunion_case_get_revision (desk_report_form_get_case (fixture->form)) == 5);
  test_expect_string ("marks", "A scar",
                      reunion_report_get_text (get_report (fixture), REUNION_FIELD_MARKS));
  expect_seen (form, "Somebody else has changed this too, to: A mole");
  write_reason (fixture, "As seen");
  press (form, "Send Amendment");
  store_test_assert_outbox (get_store (fixture), NULL, "amend:waiting");
  expect_stored (fixture, id, REUNION_FIELD_SHOES, "Sandals");
  expect_stored (fixture, id, REUNION_FIELD_MARKS, "A scar");
}

/* The case ends while somebody writes. */
static void
test_ended (Fixture *fixture, gconstpointer data)
{
  GtkWidget *form = GTK_WIDGET (fixture->form);
  g_autoptr (ReunionCase) made = store_test_make_case ();
  g_autoptr (ReunionCase) theirs = feed (fixture, made, REUNION_CASE_STATE_PUBLISHED, 2);
  g_autoptr (ReunionCase) closed = NULL;

  open_stored (fixture, reunion_case_get_id (theirs), TRUE);
  type_and_wait (fixture, REUNION_FIELD_CLOTHING, "Pink");
  write_reason (fixture, "As seen");
  closed = feed (fixture, theirs, REUNION_CASE_STATE_CLOSED, 3);
  sync_test_wait (desk_test_sees (form, "This case has ended meanwhile"));
  press (form, "Send Amendment");
  store_test_assert_outbox (get_store (fixture), NULL, "");
}

/* --- refused -----------------------------------------------------------------------------------
 */

static GtkWidget *
find_check (GtkWidget *root, ReunionField field)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_check (child, field);

      if (GTK_IS_CHECK_BUTTON (child)
          && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (child)),
                        reunion_field_get_label (field))
                 == 0)
        return child;
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The officer wrote clothing and marks; somebody else clothing and shoes. */
static ReunionCase *
make_refused (Fixture *fixture)
{
  ReunionStationStore *store = get_store (fixture);
  g_autoptr (ReunionCase) made = store_test_make_case ();
  g_autoptr (ReunionCase) theirs = feed (fixture, made, REUNION_CASE_STATE_PUBLISHED, 2);
  const char *id = reunion_case_get_id (theirs);
  g_autoptr (ReunionCase) own = reunion_station_store_get_case (store, id, NULL);
  g_autoptr (ReunionCase) one = NULL;
  g_autoptr (ReunionCase) two = NULL;
  g_autoptr (ReunionOutboxItem) item = NULL;

  reunion_report_set_text (reunion_case_get_report (own), REUNION_FIELD_CLOTHING, "Pink");
  reunion_report_set_text (reunion_case_get_report (own), REUNION_FIELD_MARKS, "A scar");
  g_assert_true (reunion_station_store_amend (
      store, own, "As seen", desk_session_get_now_usec (fixture->desk->session), NULL));
  item = store_test_expect_due (store, id, REUNION_OUTBOX_AMEND);
  g_assert_true (reunion_station_store_mark_sending (store, item, NULL));
  one = feed_with (fixture, theirs, 3, REUNION_FIELD_CLOTHING, "Red");
  two = feed_with (fixture, one, 4, REUNION_FIELD_SHOES, "Sandals");
  g_assert_true (reunion_station_store_mark_attention (store, item, "Somebody else did.", NULL));
  return reunion_station_store_get_case (store, id, NULL);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = make_refused (fixture);
  const char *id = reunion_case_get_id (case_);
  GtkWidget *window
      = desk_refused_window_new (GTK_WINDOW (fixture->window), fixture->desk->session, case_);
  g_autoptr (ReunionCase) later = NULL;
  GtkWidget *clothing, *marks;

  g_assert_nonnull (window);
  gtk_window_present (GTK_WINDOW (window));
  sync_test_wait (gtk_widget_get_mapped (window));
  expect_seen (window, "Somebody else did.");
  expect_seen (window, "Your reason: As seen");
  expect_seen (window, "Pink");
  expect_seen (window, "Red");
  /* What only others changed is theirs, and not asked. */
  expect_not_seen (window, "Sandals");
  clothing = find_check (window, REUNION_FIELD_CLOTHING);
  marks = find_check (window, REUNION_FIELD_MARKS);
  g_assert_nonnull (clothing);
  g_assert_nonnull (marks);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (clothing)));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (marks)));

  /* The refusal can come before what the others changed: their marks are not written
   * over unseen. */
  later = feed_with (fixture, case_, reunion_case_get_revision (case_) + 1, REUNION_FIELD_MARKS,
                     "A limp");
  sync_test_wait (desk_test_sees (window, "A limp"));
  marks = find_check (window, REUNION_FIELD_MARKS);
  g_assert_nonnull (marks);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (marks)));

  press (window, "Amend Again…");
  expect_seen (window, "Mark at least one field");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (marks), TRUE);
  press (window, "Amend Again…");
  g_assert_true (reunion_station_store_has_amending (get_store (fixture), id));

  open_stored (fixture, id, TRUE);
  test_expect_string ("marks", "A scar",
                      reunion_report_get_text (get_report (fixture), REUNION_FIELD_MARKS));
  test_expect_string ("clothing", "Red",
                      reunion_report_get_text (get_report (fixture), REUNION_FIELD_CLOTHING));
  test_expect_string ("shoes", "Sandals",
                      reunion_report_get_text (get_report (fixture), REUNION_FIELD_SHOES));
  store_test_assert_outbox (get_store (fixture), NULL, "amend:attention");
  press (GTK_WIDGET (fixture->form), "Send Amendment");
  store_test_assert_outbox (get_store (fixture), NULL, "amend:waiting");
}

/* The refusal came before what somebody else wrote. */
static void
test_refused_early (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = make_refused (fixture);
  g_autoptr (ReunionCase) now = NULL;
  GtkWidget *window
      = desk_refused_window_new (GTK_WINDOW (fixture->window), fixture->desk->session, case_);
  GtkWidget *marks;

  g_assert_nonnull (window);
  gtk_window_present (GTK_WINDOW (window));
  sync_test_wait (gtk_widget_get_mapped (window));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_check (window, REUNION_FIELD_MARKS)), FALSE);
  now = feed_with (fixture, case_, 5, REUNION_FIELD_CLOTHING, "Yellow");
  sync_test_wait (desk_test_sees (window, "Yellow"));
  expect_not_seen (window, "Red");
  expect_seen (window, "Pink");
  /* What was unmarked stays so. */
  marks = find_check (window, REUNION_FIELD_MARKS);
  g_assert_nonnull (marks);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (marks)));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- the reviewer's dialog
 * ------------------------------------------------------------------------ */

static void
take_field (GtkWidget *dialog, const char *typed)
{
  GtkWidget *add = desk_test_find (dialog, GTK_TYPE_MENU_BUTTON, NULL);
  GtkWidget *search;

  gtk_menu_button_popup (GTK_MENU_BUTTON (add));
  search = desk_test_find (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (add))),
                           GTK_TYPE_SEARCH_ENTRY, NULL);
  g_assert_nonnull (search);
  gtk_editable_set_text (GTK_EDITABLE (search), typed);
  g_signal_emit_by_name (search, "activate");
}

static GtkEditable *
find_reason (GtkWidget *dialog, guint index)
{
  GtkWidget *marks
      = gtk_widget_get_ancestor (desk_test_find (dialog, GTK_TYPE_ENTRY, NULL), GTK_TYPE_BOX);
  GtkWidget *mark;

  marks = gtk_widget_get_parent (marks);
  mark = gtk_widget_get_first_child (marks);
  while (index-- > 0)
    mark = gtk_widget_get_next_sibling (mark);
  return GTK_EDITABLE (desk_test_find (mark, GTK_TYPE_ENTRY, NULL));
}

static gboolean
can_return (GtkWidget *dialog)
{
  return adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "accept");
}

static void
test_return (Fixture *fixture, gconstpointer data)
{
  ReunionStationStore *store = get_store (fixture);
  g_autoptr (ReunionCase) made = store_test_make_case ();
  g_autoptr (ReunionCase) theirs = feed (fixture, made, REUNION_CASE_STATE_SUBMITTED, 1);
  GtkWidget *dialog
      = desk_return_dialog_show (GTK_WIDGET (fixture->form), fixture->desk->session, theirs);
  g_autoptr (GPtrArray) items = NULL;
  const char *body;

  sync_test_wait (gtk_widget_get_mapped (dialog));
  g_assert_false (can_return (dialog));
  expect_seen (dialog, "Say overall what is missing");
  desk_test_type (dialog, "Two questions");
  g_assert_true (can_return (dialog));
  take_field (dialog, "cloth");
  take_field (dialog, "height");
  /* The same again is not to be had. */
  take_field (dialog, "height");
  g_assert_false (can_return (dialog));
  gtk_editable_set_text (find_reason (dialog, 0), "Which shoes?");
  g_assert_false (can_return (dialog));
  expect_seen (dialog, "Say what is wrong with each marked field");
  gtk_editable_set_text (find_reason (dialog, 1), "How tall?");
  g_assert_true (can_return (dialog));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  store_test_assert_outbox (store, NULL, "decision:waiting");
  items = reunion_station_store_list_outbox (store, NULL, NULL);
  body = reunion_outbox_item_get_body (items->pdata[0]);
  test_expect_string ("body",
                      "{\"decision\":\"return\",\"reason\":\"Two questions\",\"fields\":["
                      "{\"field\":\"clothing\",\"reason\":\"Which shoes?\"},"
                      "{\"field\":\"height_cm\",\"reason\":\"How tall?\"}]}",
                      body);
}

/* --- history
 * -------------------------------------------------------------------------------------- */

static void
test_history (Fixture *fixture, gconstpointer data)
{
  ReunionStationStore *store = get_store (fixture);
  g_autoptr (ReunionCase) made = store_test_make_case ();
  g_autoptr (ReunionCase) theirs = feed (fixture, made, REUNION_CASE_STATE_PUBLISHED, 3);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *window
      = desk_history_window_new (GTK_WINDOW (fixture->window), fixture->desk->session, theirs);
  ReunionHistoryEntry *entry;

  gtk_window_present (GTK_WINDOW (window));
  sync_test_wait (gtk_widget_get_mapped (window));
  expect_seen (window, "has not been fetched to this PC yet");

  g_ptr_array_add (entries, reunion_history_entry_new (1700000000000000, REUNION_HISTORY_SUBMIT));
  entry = reunion_history_entry_new (1700000100000000, REUNION_HISTORY_AMEND);
  reunion_history_entry_set_account (entry, "officer-1", "Wang Jun");
  reunion_history_entry_set_station (entry, "520524", "Zhijin");
  reunion_history_entry_set_reason (entry, "A neighbour saw");
  reunion_history_entry_add_change (entry,
                                    reunion_history_change_new ("clothing", "Blue", "Pink", NULL));
  g_ptr_array_add (entries, entry);
  g_assert_true (
      reunion_station_store_set_history (store, reunion_case_get_id (theirs), entries, NULL));
  sync_test_wait (desk_test_sees (window, "Wang Jun · Zhijin"));
  expect_seen (window, "“A neighbour saw”");
  expect_seen (window, "Was: Blue");
  expect_seen (window, "Now: Pink");
  expect_seen (window, "This is what was fetched last");
  expect_not_seen (window, "has not been fetched");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- the card
 * -------------------------------------------------------------------------------------- */

static void
test_card (Fixture *fixture, gconstpointer data)
{
  DeskSession *session = fixture->desk->session;
  g_autoptr (ReunionCase) case_ = make_refused (fixture);
  GtkWidget *revise = g_object_new (DESK_TYPE_CASE_REVISE, NULL);
  GtkWidget *window = desk_test_show (revise);

  /* As an officer of another station would see it. */
  reunion_case_set_station (case_, "110105", "Chaoyang");
  desk_case_revise_set_case (DESK_CASE_REVISE (revise), session, case_);
  g_assert_false (gtk_widget_get_visible (desk_test_find (revise, GTK_TYPE_BUTTON, "Amend…")));
  reunion_case_set_station (case_, desk_session_get_station (session), "Ours");
  desk_case_revise_set_case (DESK_CASE_REVISE (revise), session, case_);
  g_assert_true (gtk_widget_get_visible (desk_test_find (revise, GTK_TYPE_BUTTON, "History…")));
  g_assert_true (gtk_widget_get_visible (
      desk_test_find (revise, GTK_TYPE_BUTTON, "Compare What Was Refused…")));
  desk_test_close (window);
}

#define ADD(name, function) g_test_add ("/revise/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("returned", test_returned);
  ADD ("amend", test_amend);
  ADD ("reach", test_reach);
  ADD ("meanwhile", test_meanwhile);
  ADD ("ended", test_ended);
  ADD ("refused", test_refused);
  ADD ("refused-early", test_refused_early);
  ADD ("return", test_return);
  ADD ("history", test_history);
  ADD ("card", test_card);
  return g_test_run ();
}
