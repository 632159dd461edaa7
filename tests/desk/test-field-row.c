/* test-field-row.c: the entry for one field of a report, with its message
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-field-row.h"
#include "desk-test-utils.h"
#include "test-helpers.h"

#include <adwaita.h>

/* 20 November 2026, 15:00 in China. */
#define NOW_USEC (G_GINT64_CONSTANT (1795158000) * G_USEC_PER_SEC)

typedef struct
{
  GtkWidget *window;
  GtkWidget *list;
  DeskFieldRow *row;
  ReunionReport *report;
  guint n_edited;
} Fixture;

static void
edited_cb (Fixture *fixture)
{
  fixture->n_edited++;
}

static void
open_row (Fixture *fixture, ReunionField field)
{
  g_autoptr (DeskMnemonics) mnemonics = desk_mnemonics_new ("");

  fixture->row = desk_field_row_new (field, mnemonics);
  fixture->report = reunion_report_new ();
  fixture->list = gtk_list_box_new ();
  gtk_list_box_append (GTK_LIST_BOX (fixture->list), desk_field_row_get_widget (fixture->row));
  gtk_list_box_append (GTK_LIST_BOX (fixture->list),
                       desk_field_row_get_message_widget (fixture->row));
  g_signal_connect_swapped (fixture->row, "edited", G_CALLBACK (edited_cb), fixture);
  fixture->window = desk_test_show (fixture->list);
}

static void
close_row (Fixture *fixture)
{
  desk_test_close (fixture->window);
  g_clear_object (&fixture->row);
  g_clear_object (&fixture->report);
}

static void
type (Fixture *fixture, const char *text)
{
  desk_test_type (desk_field_row_get_widget (fixture->row), text);
}

static gboolean
is_marked_wrong (Fixture *fixture)
{
  return gtk_widget_has_css_class (desk_field_row_get_widget (fixture->row), "error");
}

/* --- what is typed --------------------------------------------------------------------- */

typedef struct
{
  ReunionField field;
  const char *text;
  const char *sees;  /* part of the message; NULL: none is shown */
  const char *value; /* in the report; NULL: nothing */
} Typed;

static const Typed right[] = {
  { REUNION_FIELD_NAME, "  王小明 ", NULL, "王小明" },
  { REUNION_FIELD_NAME, "   ", NULL, NULL },
  { REUNION_FIELD_CIRCUMSTANCES, "One.\nTwo.", NULL, "One.\nTwo." },
  { REUNION_FIELD_AGE_YEARS, " 13 ", NULL, "13" },
  { REUNION_FIELD_AGE_YEARS, "0", NULL, "0" },
  { REUNION_FIELD_AGE_YEARS, "", NULL, NULL },
  { REUNION_FIELD_AGE_YEARS, "１３", NULL, "13" },
  { REUNION_FIELD_AGE_YEARS, "13岁", NULL, "13" },
  { REUNION_FIELD_HEIGHT_CM, "１５２", NULL, "152" },
  { REUNION_FIELD_BIRTH_DATE, "2012-02-29", NULL, "2012-02-29" },
  { REUNION_FIELD_BIRTH_DATE, "2012/2/29", NULL, "2012-02-29" },
  { REUNION_FIELD_BIRTH_DATE, "2012年2月9日", NULL, "2012-02-09" },
  { REUNION_FIELD_BIRTH_DATE, "20120229", NULL, "2012-02-29" },
  { REUNION_FIELD_RESIDENT_ID, "520524 20030517 0016", "Born 2003-05-17", DESK_TEST_BOY_ID },
  { REUNION_FIELD_LAST_SEEN, "-40m", "40 min ago", "1795155600000000" },
  { REUNION_FIELD_LAST_SEEN, "2026-11-20 14:00", "1 h 00 min ago", "1795154400000000" },
};

static const Typed wrong[] = {
  { REUNION_FIELD_AGE_YEARS, "-1", "Age", NULL },
  { REUNION_FIELD_AGE_YEARS, "thirteen", "Age", NULL },
  { REUNION_FIELD_AGE_YEARS, "13.5", "Age", NULL },
  { REUNION_FIELD_AGE_YEARS, "99999999999999999999", "Age", NULL },
  { REUNION_FIELD_BIRTH_DATE, "2013-02-29", ".", NULL },
  { REUNION_FIELD_BIRTH_DATE, "yesterday", ".", NULL },
  { REUNION_FIELD_RESIDENT_ID, DESK_TEST_BAD_ID, ".", NULL },
  { REUNION_FIELD_RESIDENT_ID, "52052420030517", ".", NULL },
  { REUNION_FIELD_RESIDENT_ID, "520524203005170016", ".", NULL },
  { REUNION_FIELD_LAST_SEEN, "2026-11-20 15:30", ".", NULL },
  { REUNION_FIELD_LAST_SEEN, "2031-01-01 12:00", ".", NULL },
  { REUNION_FIELD_LAST_SEEN, "a while ago", ".", NULL },
  { REUNION_FIELD_LAST_SEEN, "25:61", ".", NULL },
};

static void
expect_value (const Typed *typed, ReunionReport *report)
{
  g_autofree char *value = NULL;

  if (reunion_report_has (report, typed->field))
    value = reunion_field_is_text (typed->field)
                ? g_strdup (reunion_report_get_text (report, typed->field))
                : g_strdup_printf ("%" G_GINT64_FORMAT,
                                   reunion_report_get_int (report, typed->field, 0));
  test_expect_string (typed->text, typed->value, value);
}

static void
test_right (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      Fixture fixture = { 0 };
      GtkWidget *message;

      open_row (&fixture, right[i].field);
      message = desk_field_row_get_message_widget (fixture.row);
      type (&fixture, right[i].text);
      g_assert_true (fixture.n_edited > 0 || *right[i].text == '\0');
      g_assert_true (desk_field_row_apply (fixture.row, fixture.report, NOW_USEC));
      expect_value (&right[i], fixture.report);
      g_assert_false (is_marked_wrong (&fixture));
      if (desk_test_sees (message, right[i].sees != NULL ? right[i].sees : "")
          != (right[i].sees != NULL))
        test_fail ("“%s”: expected the message to say %s", right[i].text,
                   right[i].sees != NULL ? right[i].sees : "nothing");
      close_row (&fixture);
    }
}

/* A sentence under the entry, what was typed still in it, and no value. */
static void
test_wrong (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      Fixture fixture = { 0 };
      GtkWidget *message;

      open_row (&fixture, wrong[i].field);
      message = desk_field_row_get_message_widget (fixture.row);
      type (&fixture, wrong[i].text);
      g_assert_false (desk_field_row_apply (fixture.row, fixture.report, NOW_USEC));
      expect_value (&wrong[i], fixture.report);
      g_assert_true (is_marked_wrong (&fixture));
      test_expect_string ("still in the entry", wrong[i].text,
                          desk_field_row_get_text (fixture.row));
      if (!desk_test_sees (message, wrong[i].sees))
        test_fail ("“%s”: expected a sentence that says %s", wrong[i].text, wrong[i].sees);

      /* The second hand of the clock does not wipe it away. */
      desk_field_row_tick (fixture.row, fixture.report, NOW_USEC + G_USEC_PER_SEC);
      g_assert_true (is_marked_wrong (&fixture));

      type (&fixture, "");
      g_assert_true (desk_field_row_apply (fixture.row, fixture.report, NOW_USEC));
      g_assert_false (is_marked_wrong (&fixture));
      g_assert_false (gtk_widget_get_visible (message));
      close_row (&fixture);
    }
}

static const char *const odd[] = {
  "🙂",
  "-",
  "—",
  "?",
  "99:99",
  "昨天",
  "昨天25点",
  "-1m",
  "明天8点",
  "tomorrow",
  "2026-13-45",
  "0",
  "-5",
  "1e9",
  "NaN",
  "13 years",
  "13岁",
  "\t13\t",
  "13\u200b",
  "\u202e31",
  "１３",
  "１４：３０",
  "5205242020051700１３",
  "０８５７-７６２１１１０",
  "0857 762 1110",
  "+86 138 0000 0000",
  "110",
  "1234567890123456789012345678901234567890",
  "52052420200517001x",
  "2020/5/17",
  "2020年5月17日",
  "20200517",
  "2020-5-7",
  "'; DROP TABLE cases; --",
  "%s%n",
  "<b>x</b>",
  "26.668, 105.7723",
  "N26.668 E105.7723",
  "500000",
  "000000",
  "now",
  "现在",
  "刚才",
  "半小时前",
  "两天前",
};

/* The sentence in the row of the message; NULL when none is shown. Transfer none. */
static const char *
get_sentence (Fixture *fixture)
{
  GtkWidget *message = desk_field_row_get_message_widget (fixture->row);

  return gtk_widget_get_visible (message)
             ? gtk_label_get_label (GTK_LABEL (desk_test_find (message, GTK_TYPE_LABEL, NULL)))
             : NULL;
}

/* Whatever is typed wherever: it is taken, or a sentence says what is wrong and what to
 * do. */
static void
test_odd (void)
{
  for (guint field = 0; field < REUNION_N_FIELDS; field++)
    {
      Fixture fixture = { 0 };

      if (field == REUNION_FIELD_LATITUDE || field == REUNION_FIELD_LONGITUDE
          || reunion_field_get_info (field)->kind == REUNION_FIELD_KIND_CHOICE
          || reunion_field_get_info (field)->kind == REUNION_FIELD_KIND_FLAG)
        continue;
      open_row (&fixture, field);
      for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
        {
          const char *sentence;

          type (&fixture, odd[i]);
          if (desk_field_row_apply (fixture.row, fixture.report, NOW_USEC))
            continue;
          sentence = get_sentence (&fixture);
          if (sentence == NULL || strlen (sentence) < 20 || strchr (sentence, ' ') == NULL
              || !g_str_has_suffix (sentence, ".") || g_ascii_islower (*sentence))
            test_fail ("%s, “%s”: expected a sentence, found “%s”",
                       reunion_field_get_info (field)->key, odd[i], sentence);
          g_assert_false (reunion_report_has (fixture.report, field));
        }
      close_row (&fixture);
    }
}

/* A value that was right before goes when what replaces it is wrong. */
static void
test_right_then_wrong (void)
{
  Fixture fixture = { 0 };

  open_row (&fixture, REUNION_FIELD_AGE_YEARS);
  type (&fixture, "13");
  g_assert_true (desk_field_row_apply (fixture.row, fixture.report, NOW_USEC));
  type (&fixture, "13x");
  g_assert_false (desk_field_row_apply (fixture.row, fixture.report, NOW_USEC));
  g_assert_false (reunion_report_has (fixture.report, REUNION_FIELD_AGE_YEARS));
  close_row (&fixture);
}

/* --- what is shown ----------------------------------------------------------------------- */

/* Every kind of entry shows a value and gives the same one back, and what the
 * program shows is no edit. */
static void
test_round_trip (void)
{
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      const ReunionFieldInfo *info = reunion_field_get_info (i);
      g_autoptr (ReunionReport) before = reunion_report_new ();
      Fixture fixture = { 0 };

      if (info->kind == REUNION_FIELD_KIND_DEGREES)
        continue;
      if (i == REUNION_FIELD_RESIDENT_ID)
        reunion_report_set_text (before, i, DESK_TEST_GIRL_ID);
      else if (info->kind == REUNION_FIELD_KIND_CHOICE)
        reunion_report_set_text (before, i, reunion_field_get_choices (i)[1].key);
      else if (info->kind == REUNION_FIELD_KIND_DATE)
        reunion_report_set_text (before, i, "2012-03-02");
      else if (info->kind == REUNION_FIELD_KIND_TIME)
        reunion_report_set_int (before, i, NOW_USEC - 83 * G_USEC_PER_SEC);
      else if (reunion_field_is_text (i))
        reunion_report_set_text (before, i, i == REUNION_FIELD_REGION ? "520524" : "13800000000");
      else
        reunion_report_set_int (before, i, 1);

      open_row (&fixture, i);
      desk_field_row_show (fixture.row, before);
      test_expect_int (info->key, 0, fixture.n_edited);
      g_assert_true (desk_field_row_apply (fixture.row, fixture.report, NOW_USEC));
      if (!reunion_report_equal (before, fixture.report))
        test_fail ("%s: expected the value that was shown to come back", info->key);

      /* An empty report empties it. */
      g_clear_object (&fixture.report);
      fixture.report = reunion_report_new ();
      desk_field_row_show (fixture.row, fixture.report);
      g_assert_true (desk_field_row_apply (fixture.row, fixture.report, NOW_USEC));
      if (reunion_report_has (fixture.report, i))
        test_fail ("%s: expected nothing to be left of the report before", info->key);
      test_expect_int (info->key, 0, fixture.n_edited);
      close_row (&fixture);
    }
}

/* The form has one undo for all entries: they must not have one of their own. */
static void
test_no_undo_of_its_own (void)
{
  static const ReunionField fields[] = { REUNION_FIELD_NAME, REUNION_FIELD_CIRCUMSTANCES };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      Fixture fixture = { 0 };
      GtkWidget *text;

      open_row (&fixture, fields[i]);
      text = desk_test_find (desk_field_row_get_widget (fixture.row),
                             fields[i] == REUNION_FIELD_NAME ? GTK_TYPE_TEXT : GTK_TYPE_TEXT_VIEW,
                             NULL);
      type (&fixture, "What was typed");
      gtk_widget_activate_action (text, "text.undo", NULL);
      test_expect_string (reunion_field_get_info (fields[i])->key, "What was typed",
                          desk_field_row_get_text (fixture.row));
      close_row (&fixture);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/field-row/right", test_right);
  g_test_add_func ("/field-row/wrong", test_wrong);
  g_test_add_func ("/field-row/odd", test_odd);
  g_test_add_func ("/field-row/right-then-wrong", test_right_then_wrong);
  g_test_add_func ("/field-row/round-trip", test_round_trip);
  g_test_add_func ("/field-row/no-undo-of-its-own", test_no_undo_of_its_own);
  return g_test_run ();
}
