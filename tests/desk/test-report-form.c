/* test-report-form.c: the form of a report, as a person fills it in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-photo-strip.h"
#include "desk-photo-thumb.h"
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
  guint n_before;

  /* What was typed elsewhere is read first. */
  type (fixture, field, text);
  n_before = fixture->n_edited;
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

/* Left before anything was kept, but for a second's look at where the keyboard was. */
static void
test_comes_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = g_strdup (reunion_case_get_id (desk_report_form_get_case (fixture->form)));
  g_autoptr (ReunionCase) kept = NULL;

  sync_test_wait (has_focus_in (fixture, get_row (fixture, REUNION_FIELD_NAME)));
  type (fixture, REUNION_FIELD_CLOTHING, "Red cap");
  gtk_widget_grab_focus (get_row (fixture, REUNION_FIELD_CLOTHING));
  g_assert_true (has_focus_in (fixture, get_row (fixture, REUNION_FIELD_CLOTHING)));
  g_signal_emit_by_name (fixture->desk->session, "tick");
  g_assert_true (desk_report_form_close (fixture->form));
  kept = reunion_station_store_get_case (fixture->desk->base->store, id, NULL);
  g_assert_nonnull (kept);
  gtk_widget_grab_focus (get_row (fixture, REUNION_FIELD_AGE_YEARS));
  g_assert_true (desk_report_form_open (fixture->form, kept));
  sync_test_wait (!has_focus_in (fixture, get_row (fixture, REUNION_FIELD_AGE_YEARS)));
  g_assert_true (has_focus_in (fixture, get_row (fixture, REUNION_FIELD_CLOTHING)));
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
  sync_test_wait (gtk_widget_get_mapped (get_row (fixture, REUNION_FIELD_PHOTO_ABSENT_REASON)));

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

static GtkWidget *
get_button (Fixture *fixture, const char *icon)
{
  GtkWidget *bar = gtk_widget_get_parent (
      desk_test_find (GTK_WIDGET (fixture->form), GTK_TYPE_MENU_BUTTON, NULL));

  for (GtkWidget *button = gtk_widget_get_first_child (bar); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    if (GTK_IS_BUTTON (button)
        && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (button)), icon) == 0)
      return button;
  g_assert_not_reached ();
}

static gboolean
can (Fixture *fixture, gboolean is_back)
{
  return gtk_widget_get_sensitive (
      get_button (fixture, is_back ? "edit-undo-symbolic" : "edit-redo-symbolic"));
}

/* @where: what the button said that it would do. */
static void
go (Fixture *fixture, gboolean is_back, const char *where)
{
  GtkWidget *button = get_button (fixture, is_back ? "edit-undo-symbolic" : "edit-redo-symbolic");
  g_autofree char *start = g_strdup_printf (is_back ? "Undo: %s (" : "Redo: %s (", where);
  const char *tooltip = gtk_widget_get_tooltip_text (button);

  g_assert_true (gtk_widget_get_sensitive (button));
  if (!g_str_has_prefix (tooltip, start))
    test_fail ("expected “%s…”, found “%s”", start, tooltip);
  g_signal_emit_by_name (button, "clicked");
}

static void
undo (Fixture *fixture, const char *where)
{
  go (fixture, TRUE, where);
}

static void
redo (Fixture *fixture, const char *where)
{
  go (fixture, FALSE, where);
}

/* Entries, flags, choices and the point, one after the other, back and forth. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  ReunionPoint point;

  g_assert_false (can (fixture, TRUE));
  type_and_wait (fixture, REUNION_FIELD_NAME, "王小明");
  choose (fixture, REUNION_FIELD_SEX, "male");
  type (fixture, REUNION_FIELD_CIRCUMSTANCES, "Not seen since.");
  switch_on (fixture, REUNION_FIELD_CONSENT);
  desk_report_form_set_point (fixture->form, (ReunionPoint){ 26.668, 105.7723 });
  type (fixture, REUNION_FIELD_AGE_YEARS, "thirteen");
  g_assert_false (can (fixture, FALSE));

  undo (fixture, "Age");
  test_expect_string ("age", "", get_typed (fixture, REUNION_FIELD_AGE_YEARS));
  sync_test_wait (has_focus_in (fixture, get_row (fixture, REUNION_FIELD_AGE_YEARS)));
  undo (fixture, "Place");
  g_assert_false (reunion_report_get_point (get_report (fixture), &point));
  undo (fixture, "Guardian agrees to publication");
  g_assert_false (reunion_report_get_flag (get_report (fixture), REUNION_FIELD_CONSENT));
  undo (fixture, "What happened");
  g_assert_false (reunion_report_has (get_report (fixture), REUNION_FIELD_CIRCUMSTANCES));
  undo (fixture, "Sex");
  g_assert_false (reunion_report_has (get_report (fixture), REUNION_FIELD_SEX));
  undo (fixture, "Name");
  test_expect_string ("name", "", get_typed (fixture, REUNION_FIELD_NAME));
  g_assert_false (can (fixture, TRUE));

  redo (fixture, "Name");
  redo (fixture, "Sex");
  redo (fixture, "What happened");
  redo (fixture, "Guardian agrees to publication");
  redo (fixture, "Place");
  redo (fixture, "Age");
  g_assert_false (can (fixture, FALSE));
  test_expect_string ("name", "王小明", get_typed (fixture, REUNION_FIELD_NAME));
  test_expect_string ("sex", "male",
                      reunion_report_get_text (get_report (fixture), REUNION_FIELD_SEX));
  g_assert_true (reunion_report_get_flag (get_report (fixture), REUNION_FIELD_CONSENT));
  g_assert_true (reunion_report_get_point (get_report (fixture), &point));
  /* What can't be read came back, with its sentence. */
  test_expect_string ("age", "thirteen", get_typed (fixture, REUNION_FIELD_AGE_YEARS));
  g_assert_true (gtk_widget_has_css_class (get_row (fixture, REUNION_FIELD_AGE_YEARS), "error"));
}

/* The number, and what it filled in, are one step. */
static void
test_undo_resident_id (Fixture *fixture, gconstpointer data)
{
  type_and_wait (fixture, REUNION_FIELD_RESIDENT_ID, DESK_TEST_BOY_ID);
  expect_person (fixture, "2003-05-17", "male");
  type_and_wait (fixture, REUNION_FIELD_RESIDENT_ID, DESK_TEST_GIRL_ID);
  expect_person (fixture, "2012-03-02", "female");
  undo (fixture, "Resident ID number");
  expect_person (fixture, "2003-05-17", "male");
  /* What was filled in still counts as filled in, and follows another number. */
  type_and_wait (fixture, REUNION_FIELD_RESIDENT_ID, DESK_TEST_GIRL_ID);
  expect_person (fixture, "2012-03-02", "female");
  undo (fixture, "Resident ID number");
  undo (fixture, "Resident ID number");
  test_expect_string ("age shown", "", get_typed (fixture, REUNION_FIELD_AGE_YEARS));
  g_assert_false (reunion_report_has (get_report (fixture), REUNION_FIELD_SEX));
  g_assert_false (can (fixture, TRUE));
}

/* A time typed as "-40m" comes back as the time that it was. */
static void
test_undo_time (Fixture *fixture, gconstpointer data)
{
  gint64 usec;

  type_and_wait (fixture, REUNION_FIELD_LAST_SEEN, "-40m");
  usec = reunion_report_get_int (get_report (fixture), REUNION_FIELD_LAST_SEEN, 0);
  type_and_wait (fixture, REUNION_FIELD_LAST_SEEN, "some time");
  undo (fixture, "Last seen");
  test_expect_int ("time", usec,
                   reunion_report_get_int (get_report (fixture), REUNION_FIELD_LAST_SEEN, 0));
  redo (fixture, "Last seen");
  test_expect_string ("time", "some time", get_typed (fixture, REUNION_FIELD_LAST_SEEN));
  g_assert_false (reunion_report_has (get_report (fixture), REUNION_FIELD_LAST_SEEN));
}

/* A fold opens for what it hides, and what was undone is on the disk. */
static void
test_undo_shown_and_kept (Fixture *fixture, gconstpointer data)
{
  ReunionStationStore *store = fixture->desk->base->store;
  const char *id = reunion_case_get_id (desk_report_form_get_case (fixture->form));
  g_autofree char *key = g_strconcat ("draft-text:", id, NULL);
  g_autofree char *unread = NULL;
  g_autoptr (ReunionCase) kept = NULL;
  GtkWidget *fold
      = desk_test_find (GTK_WIDGET (fixture->form), ADW_TYPE_EXPANDER_ROW, "More About the Person");

  type_and_wait (fixture, REUNION_FIELD_HEIGHT_CM, "tall");
  type_and_wait (fixture, REUNION_FIELD_NAME, "王小明");
  type_and_wait (fixture, REUNION_FIELD_NAME, "");
  type_and_wait (fixture, REUNION_FIELD_HEIGHT_CM, "152");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (fold), FALSE);
  undo (fixture, "Height (cm)");
  sync_test_wait (has_focus_in (fixture, get_row (fixture, REUNION_FIELD_HEIGHT_CM)));
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (fold)));
  undo (fixture, "Name");
  desk_report_form_close (fixture->form);
  kept = reunion_station_store_get_case (store, id, NULL);
  test_expect_string ("name kept", "王小明",
                      reunion_report_get_text (reunion_case_get_report (kept), REUNION_FIELD_NAME));
  unread = reunion_station_store_get_setting (store, key);
  test_expect_string ("unread text kept", "{\"height_cm\":\"tall\"}", unread);
  /* Another time the form opens, there is nothing to take back. */
  desk_report_form_open (fixture->form, kept);
  g_assert_false (can (fixture, TRUE));
}

/* Photos that were removed come back, with their bytes, in their order. */
static void
test_undo_photos (Fixture *fixture, gconstpointer data)
{
  ReunionStationStore *store = fixture->desk->base->store;
  g_autoptr (ReunionCase) given = store_test_make_case ();
  ReunionCase *case_;
  g_autofree char *first = store_test_add_photo (store, given, "first");
  g_autofree char *second = store_test_add_photo (store, given, "second");
  g_autoptr (GBytes) bytes = NULL;
  DeskPhotoStrip *strip;

  desk_report_form_open (fixture->form, given);
  case_ = desk_report_form_get_case (fixture->form);
  strip
      = DESK_PHOTO_STRIP (desk_test_find (GTK_WIDGET (fixture->form), DESK_TYPE_PHOTO_STRIP, NULL));
  g_signal_emit_by_name (desk_test_find (GTK_WIDGET (strip), DESK_TYPE_PHOTO_THUMB, NULL),
                         "remove-pressed", 0u);
  test_expect_int ("photos", 1, reunion_case_get_n_photos (case_));
  g_signal_emit_by_name (desk_test_find (GTK_WIDGET (strip), DESK_TYPE_PHOTO_THUMB, NULL),
                         "remove-pressed", 0u);
  test_expect_int ("photos", 0, reunion_case_get_n_photos (case_));
  undo (fixture, "Photos");
  undo (fixture, "Photos");
  test_expect_int ("photos", 2, reunion_case_get_n_photos (case_));
  test_expect_string ("first", first, reunion_photo_get_sha256 (reunion_case_get_photo (case_, 0)));
  test_expect_string ("second", second,
                      reunion_photo_get_sha256 (reunion_case_get_photo (case_, 1)));
  bytes = reunion_station_store_get_photo (store, first, NULL);
  g_assert_nonnull (bytes);
  g_signal_emit_by_name (desk_test_find (GTK_WIDGET (strip), DESK_TYPE_PHOTO_THUMB, NULL),
                         "lead-pressed", 1u);
  test_expect_string ("lead", second, reunion_photo_get_sha256 (reunion_case_get_photo (case_, 0)));
  undo (fixture, "Photos");
  test_expect_string ("lead", first, reunion_photo_get_sha256 (reunion_case_get_photo (case_, 0)));
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
  ADD ("comes-back", test_comes_back);
  ADD ("submit-early", test_submit_early);
  ADD ("submit", test_submit);
  ADD ("without-a-pause", test_without_a_pause);
  ADD ("disk-full", test_disk_full);
  ADD ("undo", test_undo);
  ADD ("undo-resident-id", test_undo_resident_id);
  ADD ("undo-time", test_undo_time);
  ADD ("undo-shown-and-kept", test_undo_shown_and_kept);
  ADD ("undo-photos", test_undo_photos);
  ADD ("nothing-left", test_nothing_left);
  ADD ("second-look", test_second_look);
  return g_test_run ();
}
