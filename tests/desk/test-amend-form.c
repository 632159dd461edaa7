/* test-amend-form.c: amending together with undo, the kinds of person and the warning
 * of a second case; the warning where a report is reviewed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-case-list.h"
#include "desk-duplicate-view.h"
#include "desk-report-form.h"
#include "desk-review-page.h"
#include "desk-test-utils.h"
#include "test-helpers.h"

#include <adwaita.h>

typedef struct
{
  DeskTest *desk;
  GtkWidget *window;
  DeskReportForm *form;
  ReunionCase *case_; /* published; "Blue jacket", 13 years */
} Fixture;

static ReunionStationStore *
get_store (Fixture *fixture)
{
  return fixture->desk->base->store;
}

static void
feed (Fixture *fixture, ReunionCase *case_, ReunionCaseState state, gint64 revision)
{
  g_autoptr (ReunionCase) theirs = store_test_make_theirs (case_, state, revision);

  store_test_feed_case (get_store (fixture),
                        reunion_station_store_get_cursor (get_store (fixture)) + 1, theirs);
  sync_test_iterate_for_a_while ();
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desk = desk_test_new ();
  fixture->case_ = store_test_make_case ();
  reunion_report_set_text (reunion_case_get_report (fixture->case_), REUNION_FIELD_PERSON_KIND,
                           "child");
  reunion_report_set_text (reunion_case_get_report (fixture->case_), REUNION_FIELD_RESIDENT_ID,
                           DESK_TEST_CHILD_ID);
  feed (fixture, fixture->case_, REUNION_CASE_STATE_PUBLISHED, 2);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    desk_test_close (fixture->window);
  g_object_unref (fixture->case_);
  desk_test_free (fixture->desk);
}

static void
amend (Fixture *fixture)
{
  g_autoptr (ReunionCase) stored = reunion_station_store_get_case (
      get_store (fixture), reunion_case_get_id (fixture->case_), NULL);

  if (fixture->form == NULL)
    {
      fixture->form = g_object_new (DESK_TYPE_REPORT_FORM, NULL);
      desk_report_form_set_session (fixture->form, fixture->desk->session);
      fixture->window = desk_test_show (GTK_WIDGET (fixture->form));
    }
  g_assert_true (desk_report_form_amend (fixture->form, stored));
  sync_test_iterate_for_a_while ();
}

static ReunionReport *
get_report (Fixture *fixture)
{
  return reunion_case_get_report (desk_report_form_get_case (fixture->form));
}

static const char *
get_text (Fixture *fixture, ReunionField field)
{
  return reunion_report_get_text (get_report (fixture), field);
}

static GtkWidget *
get_row (Fixture *fixture, ReunionField field)
{
  return desk_test_find_row (GTK_WIDGET (fixture->form), field);
}

static void
type (Fixture *fixture, ReunionField field, const char *text)
{
  desk_test_type (get_row (fixture, field), text);
  sync_test_wait (g_strcmp0 (get_text (fixture, field), text) == 0);
}

static GtkWidget *
find_icon_button (Fixture *fixture, const char *icon)
{
  GtkWidget *image = desk_test_find (GTK_WIDGET (fixture->form), GTK_TYPE_BUTTON, NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_parent (image)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child)
        && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (child)), icon) == 0)
      return child;
  g_assert_not_reached ();
}

static gboolean
can_undo (Fixture *fixture)
{
  return gtk_widget_get_sensitive (find_icon_button (fixture, "edit-undo-symbolic"));
}

static void
undo (Fixture *fixture)
{
  g_assert_true (can_undo (fixture));
  g_signal_emit_by_name (find_icon_button (fixture, "edit-undo-symbolic"), "clicked");
}

static void
expect_seen (GtkWidget *root, const char *text)
{
  if (!desk_test_sees (root, text))
    test_fail ("expected to see “%s”", text);
}

/* --- undo ------------------------------------------------------------------------------- */

/* What is taken back is no change any more, and nothing of it is kept. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  const char *id = reunion_case_get_id (fixture->case_);

  amend (fixture);
  g_assert_false (can_undo (fixture));
  type (fixture, REUNION_FIELD_CLOTHING, "Pink");
  expect_seen (fixture->window, "Now: Pink");
  sync_test_wait (reunion_station_store_has_amending (get_store (fixture), id));
  undo (fixture);
  test_expect_string ("clothing", "Blue jacket", get_text (fixture, REUNION_FIELD_CLOTHING));
  expect_seen (fixture->window, "Nothing has been changed yet.");
  sync_test_wait (!reunion_station_store_has_amending (get_store (fixture), id));
}

/* What a colleague has changed meanwhile is not taken back with it. */
static void
test_undo_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) changed = reunion_case_copy (fixture->case_);

  amend (fixture);
  type (fixture, REUNION_FIELD_CLOTHING, "Pink");
  reunion_report_set_text (reunion_case_get_report (changed), REUNION_FIELD_MARKS, "A limp");
  feed (fixture, changed, REUNION_CASE_STATE_PUBLISHED, 3);
  sync_test_wait (g_strcmp0 (get_text (fixture, REUNION_FIELD_MARKS), "A limp") == 0);
  test_expect_string ("clothing", "Pink", get_text (fixture, REUNION_FIELD_CLOTHING));
  while (can_undo (fixture))
    undo (fixture);
  test_expect_string ("marks", "A limp", get_text (fixture, REUNION_FIELD_MARKS));
  /* And from here on it goes on as ever. */
  type (fixture, REUNION_FIELD_CLOTHING, "Green");
  undo (fixture);
  test_expect_string ("clothing", "Pink", get_text (fixture, REUNION_FIELD_CLOTHING));
  test_expect_string ("marks", "A limp", get_text (fixture, REUNION_FIELD_MARKS));
}

/* --- another kind of person ------------------------------------------------------------- */

static void
test_kind (Fixture *fixture, gconstpointer data)
{
  GtkWidget *combo;

  amend (fixture);
  combo = get_row (fixture, REUNION_FIELD_PERSON_KIND);
  g_assert_false (desk_test_sees (fixture->window, "Family contact"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo), 3);
  sync_test_wait (g_strcmp0 (get_text (fixture, REUNION_FIELD_PERSON_KIND), "dementia") == 0);
  sync_test_wait (desk_test_sees (fixture->window, "Family contact"));
  expect_seen (fixture->window, "At 13 years this is a child.");
  undo (fixture);
  test_expect_string ("kind", "child", get_text (fixture, REUNION_FIELD_PERSON_KIND));
  test_expect_int ("chosen", 1, adw_combo_row_get_selected (ADW_COMBO_ROW (combo)));
  g_assert_false (desk_test_sees (fixture->window, "Family contact"));
  g_assert_false (desk_test_sees (fixture->window, "At 13 years this is a child."));
  expect_seen (fixture->window, "Nothing has been changed yet.");
}

/* --- the same person twice -------------------------------------------------------------- */

static gboolean
is_warned (Fixture *fixture)
{
  return gtk_widget_get_mapped (GTK_WIDGET (desk_report_form_get_duplicate_bar (fixture->form)));
}

/* A case is not its own double, whatever is changed in it. */
static void
test_own (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) other = store_test_make_case ();

  amend (fixture);
  g_assert_false (is_warned (fixture));
  type (fixture, REUNION_FIELD_CLOTHING, "Pink");
  g_assert_false (is_warned (fixture));
  reunion_report_set_text (reunion_case_get_report (other), REUNION_FIELD_RESIDENT_ID,
                           DESK_TEST_CHILD_ID);
  feed (fixture, other, REUNION_CASE_STATE_PUBLISHED, 2);
  sync_test_wait (is_warned (fixture));
  expect_seen (fixture->window, "This ID number is in an open case already");
}

/* --- a kill ----------------------------------------------------------------------------- */

/* Another program on the same file finds what a kill leaves. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionStationStore) after = NULL;
  g_autoptr (ReunionCase) found = NULL;
  g_autoptr (ReunionCase) base = NULL;
  g_autofree char *reason = NULL;
  const char *id = reunion_case_get_id (fixture->case_);

  amend (fixture);
  gtk_editable_set_text (
      GTK_EDITABLE (
          desk_test_find (GTK_WIDGET (fixture->form), ADW_TYPE_ENTRY_ROW, "Reason for the Update")),
      "A neighbour saw");
  type (fixture, REUNION_FIELD_CLOTHING, "Pink");
  sync_test_wait (reunion_station_store_has_amending (get_store (fixture), id));
  after = store_test_open_station (fixture->desk->base->folder);
  found = reunion_station_store_get_amending (after, id, &base, &reason, NULL);
  g_assert_nonnull (found);
  test_expect_string (
      "clothing", "Pink",
      reunion_report_get_text (reunion_case_get_report (found), REUNION_FIELD_CLOTHING));
  test_expect_string (
      "before", "Blue jacket",
      reunion_report_get_text (reunion_case_get_report (base), REUNION_FIELD_CLOTHING));
  test_expect_string ("reason", "A neighbour saw", reason);
  store_test_assert_case (after, id, REUNION_CASE_STATE_PUBLISHED, 2);
}

/* --- a reason in a field that is folded away -------------------------------------------- */

static void
test_reason_folded (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) returned = reunion_case_copy (fixture->case_);
  g_autoptr (ReunionCase) stored = NULL;

  reunion_report_set_text (reunion_case_get_report (returned), REUNION_FIELD_PERSON_KIND,
                           "dementia");
  reunion_case_set_field_reason (returned, REUNION_FIELD_MENTAL_STATE, "Since when?");
  amend (fixture);
  reunion_case_set_state (returned, REUNION_CASE_STATE_RETURNED);
  reunion_case_set_revision (returned, 3);
  store_test_feed_case (get_store (fixture),
                        reunion_station_store_get_cursor (get_store (fixture)) + 1, returned);
  stored
      = reunion_station_store_get_case (get_store (fixture), reunion_case_get_id (returned), NULL);
  g_assert_true (desk_report_form_open (fixture->form, stored));
  sync_test_wait (desk_test_sees (fixture->window, "Since when?"));
  /* A child's form folds this entry away; its reason has to stay in sight. */
  adw_combo_row_set_selected (ADW_COMBO_ROW (get_row (fixture, REUNION_FIELD_PERSON_KIND)), 1);
  sync_test_wait (g_strcmp0 (get_text (fixture, REUNION_FIELD_PERSON_KIND), "child") == 0);
  sync_test_wait (gtk_widget_get_mapped (get_row (fixture, REUNION_FIELD_MENTAL_STATE)));
  expect_seen (fixture->window, "Since when?");
}

/* --- where it is reviewed --------------------------------------------------------------- */

static void
test_review (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = g_object_new (DESK_TYPE_REVIEW_PAGE, NULL);
  g_autoptr (ReunionCase) waiting = store_test_make_case ();
  GtkWidget *view, *bar;

  desk_review_page_set_session (DESK_REVIEW_PAGE (page), fixture->desk->session);
  fixture->window = desk_test_show (page);
  reunion_report_set_text (reunion_case_get_report (waiting), REUNION_FIELD_RESIDENT_ID,
                           DESK_TEST_CHILD_ID);
  reunion_report_set_text (reunion_case_get_report (waiting), REUNION_FIELD_CLOTHING, "Red jacket");
  feed (fixture, waiting, REUNION_CASE_STATE_SUBMITTED, 1);
  desk_case_list_select (DESK_CASE_LIST (desk_test_find (page, DESK_TYPE_CASE_LIST, NULL)),
                         reunion_case_get_id (waiting));
  bar = desk_test_find (page, DESK_TYPE_DUPLICATE_BAR, NULL);
  view = desk_test_find (page, DESK_TYPE_DUPLICATE_VIEW, NULL);
  sync_test_wait (gtk_widget_get_visible (bar));
  g_assert_false (gtk_widget_get_visible (view));
  g_signal_emit_by_name (desk_test_find (bar, GTK_TYPE_BUTTON, "Show Beside"), "clicked");
  g_assert_true (gtk_widget_get_visible (view));
  expect_seen (view, "Blue jacket");
  expect_seen (view, "In this report: Red jacket");
  g_signal_emit_by_name (desk_test_find (view, GTK_TYPE_BUTTON, "Not the Same: Go On"), "clicked");
  g_assert_false (gtk_widget_get_visible (view));
  g_assert_false (gtk_widget_get_visible (bar));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/amend-form/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("undo", test_undo);
  ADD ("undo-meanwhile", test_undo_meanwhile);
  ADD ("kind", test_kind);
  ADD ("own", test_own);
  ADD ("killed", test_killed);
  ADD ("reason-folded", test_reason_folded);
  ADD ("review", test_review);
  return g_test_run ();
}
