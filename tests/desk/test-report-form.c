/* test-report-form.c: the form of a report, as a person fills it in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-report-form.h"
#include "desk-test-utils.h"
#include "reunion-standard.h"
#include "test-helpers.h"

#include <adwaita.h>

typedef struct
{
  DeskTest *desk;
  GtkWidget *window;
  DeskReportForm *form;
  guint n_fell_short;
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
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desk = desk_test_new ();
  fixture->form = g_object_new (DESK_TYPE_REPORT_FORM, NULL);
  desk_report_form_set_session (fixture->form, fixture->desk->session);
  g_signal_connect_swapped (fixture->form, "fell-short", G_CALLBACK (count_cb),
                            &fixture->n_fell_short);
  g_signal_connect_swapped (fixture->form, "edited", G_CALLBACK (count_cb), &fixture->n_edited);
  g_signal_connect_swapped (fixture->form, "submitted", G_CALLBACK (submitted_cb), fixture);
  fixture->window = desk_test_show (GTK_WIDGET (fixture->form));
  desk_report_form_open (fixture->form, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  desk_test_close (fixture->window);
  desk_test_free (fixture->desk);
  g_free (fixture->submitted);
}

static ReunionReport *
get_report (Fixture *fixture)
{
  return reunion_case_get_report (desk_report_form_get_case (fixture->form));
}

/* The row of @field: by its title, or by the title inside it. */
static GtkWidget *
get_row (Fixture *fixture, ReunionField field)
{
  const char *label = reunion_field_get_label (field);
  GtkWidget *row = desk_test_find (GTK_WIDGET (fixture->form), ADW_TYPE_PREFERENCES_ROW, label);

  if (row == NULL)
    row = gtk_widget_get_ancestor (
        desk_test_find (GTK_WIDGET (fixture->form), GTK_TYPE_LABEL, label),
        ADW_TYPE_PREFERENCES_ROW);
  g_assert_nonnull (row);
  return row;
}

static const char *
get_typed (Fixture *fixture, ReunionField field)
{
  return gtk_editable_get_text (GTK_EDITABLE (get_row (fixture, field)));
}

static void
type (Fixture *fixture, ReunionField field, const char *text)
{
  desk_test_type (get_row (fixture, field), text);
}

/* Until what was typed has been read. */
static void
type_and_wait (Fixture *fixture, ReunionField field, const char *text)
{
  guint n_before = fixture->n_edited;

  type (fixture, field, text);
  sync_test_wait (fixture->n_edited > n_before);
}

static void
press (Fixture *fixture, const char *label)
{
  GtkWidget *button = desk_test_find (GTK_WIDGET (fixture->form), GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
choose (Fixture *fixture, ReunionField field, const char *key)
{
  GtkWidget *button = desk_test_find (get_row (fixture, field), GTK_TYPE_TOGGLE_BUTTON,
                                      reunion_field_get_choice_label (field, key));

  g_assert_nonnull (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

static void
switch_on (Fixture *fixture, ReunionField field)
{
  GtkWidget *flag = desk_test_find (get_row (fixture, field), GTK_TYPE_SWITCH, NULL);

  g_assert_nonnull (flag);
  gtk_switch_set_active (GTK_SWITCH (flag), TRUE);
}

static gboolean
has_focus_in (Fixture *fixture, GtkWidget *row)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  return focus != NULL && (focus == row || gtk_widget_is_ancestor (focus, row));
}

static void
fill_in_all_but_time (Fixture *fixture)
{
  type (fixture, REUNION_FIELD_NAME, "王小明");
  type (fixture, REUNION_FIELD_RESIDENT_ID, DESK_TEST_CHILD_ID);
  type (fixture, REUNION_FIELD_CLOTHING, "Blue jacket");
  type (fixture, REUNION_FIELD_PHOTO_ABSENT_REASON, "The family has none");
  type (fixture, REUNION_FIELD_PLACE, "织金县城关镇");
  type (fixture, REUNION_FIELD_CIRCUMSTANCES, "Did not come home.\nSeen by nobody.");
  type (fixture, REUNION_FIELD_CONTACT_PHONE, "0857-7621110");
  switch_on (fixture, REUNION_FIELD_CONSENT);
  desk_report_form_set_point (fixture->form, (ReunionPoint){ 26.668, 105.7723 });
}

/* --- what is wrong stays, and is said ------------------------------------------------ */

typedef struct
{
  ReunionField field;
  const char *text;
} Wrong;

static const Wrong wrong[] = {
  { REUNION_FIELD_RESIDENT_ID, DESK_TEST_BAD_ID },
  { REUNION_FIELD_LAST_SEEN, "2099-01-01 12:00" },
  { REUNION_FIELD_AGE_YEARS, "thirteen or so" },
};

/* The sentences shown under the entries, one a line. */
static void
expect_sentences (Fixture *fixture)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      GtkWidget *row = get_row (fixture, wrong[i].field);
      GtkWidget *message = gtk_widget_get_next_sibling (row);

      test_expect_string ("still in the entry", wrong[i].text, get_typed (fixture, wrong[i].field));
      g_assert_true (gtk_widget_has_css_class (row, "error"));
      if (!desk_test_sees (message, "."))
        test_fail ("“%s”: expected a sentence under it", wrong[i].text);
      g_assert_false (reunion_report_has (get_report (fixture), wrong[i].field));
    }
}

static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) kept = NULL;
  g_autofree char *id = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    type_and_wait (fixture, wrong[i].field, wrong[i].text);
  expect_sentences (fixture);

  /* Closed and opened again, it is all there. */
  id = g_strdup (reunion_case_get_id (desk_report_form_get_case (fixture->form)));
  desk_report_form_close (fixture->form);
  g_assert_null (desk_report_form_get_case (fixture->form));
  desk_report_form_open (fixture->form, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    test_expect_string ("in a new report", "", get_typed (fixture, wrong[i].field));
  kept = reunion_station_store_get_case (fixture->desk->base->store, id, NULL);
  desk_report_form_open (fixture->form, kept);
  sync_test_iterate_for_a_while ();
  expect_sentences (fixture);
}

static gboolean
type_on_cb (gpointer user_data)
{
  Fixture *fixture = user_data;
  int at = 0;

  gtk_editable_insert_text (GTK_EDITABLE (get_row (fixture, REUNION_FIELD_CLOTHING)), "字", -1,
                            &at);
  return G_SOURCE_CONTINUE;
}

/* Who types on without ever pausing is kept all the same. */
static void
test_without_a_pause (Fixture *fixture, gconstpointer data)
{
  ReunionStationStore *store = fixture->desk->base->store;
  g_autofree char *id = g_strdup (reunion_case_get_id (desk_report_form_get_case (fixture->form)));
  g_autoptr (ReunionCase) kept = NULL;
  guint typing_id = g_timeout_add (50, type_on_cb, fixture);

  sync_test_wait (
      (kept != NULL || (kept = reunion_station_store_get_case (store, id, NULL)) != NULL));
  g_source_remove (typing_id);
  g_assert_nonnull (
      reunion_report_get_text (reunion_case_get_report (kept), REUNION_FIELD_CLOTHING));
}

/* A disk that is full keeps the form open, with all that was typed. */
static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (fixture->desk->base->folder);
  g_autofree char *id = g_strdup (reunion_case_get_id (desk_report_form_get_case (fixture->form)));

  store_test_raw_exec (raw, "CREATE TRIGGER full BEFORE INSERT ON cases"
                            " BEGIN SELECT RAISE (ABORT, 'disk full'); END");
  type (fixture, REUNION_FIELD_NAME, "王小明");
  g_test_expect_message ("reunion", G_LOG_LEVEL_WARNING, "*");
  g_test_expect_message ("reunion", G_LOG_LEVEL_WARNING, "*");
  g_assert_false (desk_report_form_close (fixture->form));
  g_assert_false (desk_report_form_open (fixture->form, NULL));
  g_test_assert_expected_messages ();
  test_expect_string ("case", id, reunion_case_get_id (desk_report_form_get_case (fixture->form)));
  test_expect_string ("name", "王小明", get_typed (fixture, REUNION_FIELD_NAME));
  store_test_raw_exec (raw, "DROP TRIGGER full");
  g_assert_true (desk_report_form_close (fixture->form));
}

/* The last word is read when the form closes, without a pause after it. */
static void
test_closed_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) kept = NULL;
  g_autofree char *id = g_strdup (reunion_case_get_id (desk_report_form_get_case (fixture->form)));

  type (fixture, REUNION_FIELD_NAME, "王小明");
  type (fixture, REUNION_FIELD_AGE_YEARS, "1x");
  desk_report_form_close (fixture->form);
  kept = reunion_station_store_get_case (fixture->desk->base->store, id, NULL);
  g_assert_nonnull (kept);
  desk_report_form_open (fixture->form, kept);
  test_expect_string ("name", "王小明", get_typed (fixture, REUNION_FIELD_NAME));
  test_expect_string ("age", "1x", get_typed (fixture, REUNION_FIELD_AGE_YEARS));
}

/* --- the resident ID ------------------------------------------------------------------- */

static void
expect_person (Fixture *fixture, const char *birth_date, const char *sex)
{
  ReunionReport *report = get_report (fixture);
  int age_years
      = reunion_report_get_age_years (report, desk_session_get_now_usec (fixture->desk->session));
  g_autofree char *age = g_strdup_printf ("%d", age_years);

  test_expect_string ("birth date", birth_date,
                      reunion_report_get_text (report, REUNION_FIELD_BIRTH_DATE));
  test_expect_string ("sex", sex, reunion_report_get_text (report, REUNION_FIELD_SEX));
  test_expect_int ("age", age_years, reunion_report_get_int (report, REUNION_FIELD_AGE_YEARS, -1));
  test_expect_string ("birth date shown", birth_date,
                      get_typed (fixture, REUNION_FIELD_BIRTH_DATE));
  test_expect_string ("age shown", age, get_typed (fixture, REUNION_FIELD_AGE_YEARS));
}

static void
test_resident_id (Fixture *fixture, gconstpointer data)
{
  type_and_wait (fixture, REUNION_FIELD_RESIDENT_ID, "520524 20030517 0016");
  expect_person (fixture, "2003-05-17", "male");
  test_expect_string ("number", DESK_TEST_BOY_ID,
                      reunion_report_get_text (get_report (fixture), REUNION_FIELD_RESIDENT_ID));
}

/* The number of the wrong child was typed first. */
static void
test_another_resident_id (Fixture *fixture, gconstpointer data)
{
  type_and_wait (fixture, REUNION_FIELD_RESIDENT_ID, DESK_TEST_BOY_ID);
  type_and_wait (fixture, REUNION_FIELD_RESIDENT_ID, "110105");
  type_and_wait (fixture, REUNION_FIELD_RESIDENT_ID, DESK_TEST_GIRL_ID);
  expect_person (fixture, "2012-03-02", "female");
}

/* What a person has entered is not overruled. */
static void
test_resident_id_after (Fixture *fixture, gconstpointer data)
{
  ReunionReport *report = get_report (fixture);

  choose (fixture, REUNION_FIELD_SEX, "female");
  type_and_wait (fixture, REUNION_FIELD_BIRTH_DATE, "2003-05-18");
  type_and_wait (fixture, REUNION_FIELD_RESIDENT_ID, DESK_TEST_BOY_ID);
  test_expect_string ("sex", "female", reunion_report_get_text (report, REUNION_FIELD_SEX));
  test_expect_string ("birth date", "2003-05-18",
                      reunion_report_get_text (report, REUNION_FIELD_BIRTH_DATE));
  type_and_wait (fixture, REUNION_FIELD_RESIDENT_ID, DESK_TEST_GIRL_ID);
  test_expect_string ("birth date", "2003-05-18",
                      reunion_report_get_text (report, REUNION_FIELD_BIRTH_DATE));
}

/* Typed in one go, without a pause in which the number could be read first. */
static void
test_resident_id_in_one_go (Fixture *fixture, gconstpointer data)
{
  type (fixture, REUNION_FIELD_RESIDENT_ID, DESK_TEST_BOY_ID);
  type_and_wait (fixture, REUNION_FIELD_AGE_YEARS, "12");
  test_expect_string ("age shown", "12", get_typed (fixture, REUNION_FIELD_AGE_YEARS));
  test_expect_int ("age", 12,
                   reunion_report_get_int (get_report (fixture), REUNION_FIELD_AGE_YEARS, -1));
}

/* What the number replaces is no fault any more. */
static void
test_resident_id_over_wrong (Fixture *fixture, gconstpointer data)
{
  type_and_wait (fixture, REUNION_FIELD_AGE_YEARS, "thirteen");
  fill_in_all_but_time (fixture);
  type_and_wait (fixture, REUNION_FIELD_LAST_SEEN, "-40m");
  press (fixture, "Submit");
  test_expect_int ("fell short", 0, fixture->n_fell_short);
  g_assert_nonnull (fixture->submitted);
}

/* The wrong number was kept, and is corrected when the report is opened again. */
static void
test_resident_id_reopened (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) kept = NULL;

  type_and_wait (fixture, REUNION_FIELD_RESIDENT_ID, DESK_TEST_BOY_ID);
  kept = reunion_case_copy (desk_report_form_get_case (fixture->form));
  desk_report_form_open (fixture->form, kept);
  type_and_wait (fixture, REUNION_FIELD_RESIDENT_ID, DESK_TEST_GIRL_ID);
  expect_person (fixture, "2012-03-02", "female");
}

/* --- submitting -------------------------------------------------------------------------- */

/* Pressed too early, Submit leads to what is missing, one thing after another. */
static void
test_submit_early (Fixture *fixture, gconstpointer data)
{
  press (fixture, "Submit");
  test_expect_int ("fell short", 1, fixture->n_fell_short);
  sync_test_wait (has_focus_in (fixture, get_row (fixture, REUNION_FIELD_NAME)));

  type (fixture, REUNION_FIELD_NAME, "王小明");
  press (fixture, "Submit");
  test_expect_int ("fell short", 2, fixture->n_fell_short);
  sync_test_wait (has_focus_in (fixture, get_row (fixture, REUNION_FIELD_SEX)));

  /* What can't be read comes before what is missing. */
  type (fixture, REUNION_FIELD_AGE_YEARS, "thirteen");
  press (fixture, "Submit");
  sync_test_wait (has_focus_in (fixture, get_row (fixture, REUNION_FIELD_AGE_YEARS)));

  /* A fold opens for what it hides. */
  type (fixture, REUNION_FIELD_AGE_YEARS, "13");
  choose (fixture, REUNION_FIELD_SEX, "male");
  press (fixture, "Submit");
  sync_test_wait (has_focus_in (fixture, get_row (fixture, REUNION_FIELD_PHOTO_ABSENT_REASON)));
  g_assert_true (gtk_widget_get_mapped (get_row (fixture, REUNION_FIELD_PHOTO_ABSENT_REASON)));

  test_expect_int ("fell short", 4, fixture->n_fell_short);
  test_expect_string ("submitted", NULL, fixture->submitted);
  store_test_assert_outbox (fixture->desk->base->store, NULL, "");
}

static void
test_submit (Fixture *fixture, gconstpointer data)
{
  ReunionStationStore *store = fixture->desk->base->store;
  g_autofree char *id = g_strdup (reunion_case_get_id (desk_report_form_get_case (fixture->form)));
  g_autoptr (ReunionCase) kept = NULL;

  fill_in_all_but_time (fixture);
  press (fixture, "Submit");
  test_expect_int ("fell short", 1, fixture->n_fell_short);
  sync_test_wait (has_focus_in (fixture, get_row (fixture, REUNION_FIELD_LAST_SEEN)));

  /* At once, with the last word still unread. */
  type (fixture, REUNION_FIELD_LAST_SEEN, "-40m");
  press (fixture, "Submit");
  test_expect_int ("fell short", 1, fixture->n_fell_short);
  test_expect_string ("submitted", id, fixture->submitted);
  store_test_assert_outbox (store, NULL, "submit:waiting");
  g_assert_null (desk_report_form_get_case (fixture->form));
  kept = reunion_station_store_get_case (store, id, NULL);
  test_expect_string (
      "circumstances", "Did not come home.\nSeen by nobody.",
      reunion_report_get_text (reunion_case_get_report (kept), REUNION_FIELD_CIRCUMSTANCES));
  g_assert_true (
      reunion_standard_check (kept, desk_session_get_now_usec (fixture->desk->session), NULL));

  /* Pressed again, it sends nothing twice. */
  press (fixture, "Submit");
  store_test_assert_outbox (store, NULL, "submit:waiting");
}

/* --- undo ------------------------------------------------------------------------------------ */

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    ReunionField field;
    GType type;
  } entries[] = { { REUNION_FIELD_NAME, GTK_TYPE_TEXT },
                  { REUNION_FIELD_CIRCUMSTANCES, GTK_TYPE_TEXT_VIEW } };

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      GtkWidget *text = desk_test_find (get_row (fixture, entries[i].field), entries[i].type, NULL);
      ReunionReport *report = get_report (fixture);
      guint n_before;

      type_and_wait (fixture, entries[i].field, "What was typed");
      type_and_wait (fixture, entries[i].field, "");
      g_assert_false (reunion_report_has (report, entries[i].field));
      n_before = fixture->n_edited;
      g_assert_true (gtk_widget_activate_action (text, "text.undo", NULL));
      sync_test_wait (fixture->n_edited > n_before);
      test_expect_string ("undone", "What was typed",
                          reunion_report_get_text (report, entries[i].field));
    }
}

/* --- the report of before --------------------------------------------------------------------- */

static void
test_nothing_left (Fixture *fixture, gconstpointer data)
{
  ReunionReport *report;

  fill_in_all_but_time (fixture);
  type (fixture, REUNION_FIELD_LAST_SEEN, "-40m");
  type (fixture, REUNION_FIELD_HEIGHT_CM, "tall");
  desk_report_form_open (fixture->form, NULL);
  report = get_report (fixture);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (reunion_report_has (report, i) && i != REUNION_FIELD_PERSON_KIND)
      test_fail ("%s is left of the report before", reunion_field_get_info (i)->key);
  test_expect_string ("height", "", get_typed (fixture, REUNION_FIELD_HEIGHT_CM));

  /* Nor does reading the whole form bring anything back. */
  type_and_wait (fixture, REUNION_FIELD_NAME, "Another");
  g_assert_false (reunion_report_has (report, REUNION_FIELD_SEX));
  g_assert_false (reunion_report_has (report, REUNION_FIELD_CONSENT));
}

/* Only a family dispute asks for a second look. */
static void
test_second_look (Fixture *fixture, gconstpointer data)
{
  GtkWidget *second_look = get_row (fixture, REUNION_FIELD_SECOND_LOOK);
  AdwComboRow *kind = ADW_COMBO_ROW (get_row (fixture, REUNION_FIELD_KIND));
  const ReunionChoice *choices = reunion_field_get_choices (REUNION_FIELD_KIND);
  guint dispute = 0;

  while (g_strcmp0 (choices[dispute].key, "family_dispute") != 0)
    dispute++;
  g_assert_false (gtk_widget_get_visible (second_look));
  adw_combo_row_set_selected (kind, dispute + 1);
  sync_test_wait (gtk_widget_get_visible (second_look));
  adw_combo_row_set_selected (kind, 0);
  sync_test_wait (!gtk_widget_get_visible (second_look));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/report-form/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("wrong", test_wrong);
  ADD ("closed-at-once", test_closed_at_once);
  ADD ("resident-id", test_resident_id);
  ADD ("another-resident-id", test_another_resident_id);
  ADD ("resident-id-after", test_resident_id_after);
  ADD ("resident-id-in-one-go", test_resident_id_in_one_go);
  ADD ("resident-id-over-wrong", test_resident_id_over_wrong);
  ADD ("resident-id-reopened", test_resident_id_reopened);
  ADD ("submit-early", test_submit_early);
  ADD ("submit", test_submit);
  ADD ("without-a-pause", test_without_a_pause);
  ADD ("disk-full", test_disk_full);
  ADD ("undo", test_undo);
  ADD ("nothing-left", test_nothing_left);
  ADD ("second-look", test_second_look);
  return g_test_run ();
}
