/* test-form-kinds.c: the entries of the form for each kind of person
 *
 * In the language of the environment.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-audience.h"
#include "desk-form-layout.h"
#include "desk-report-form.h"
#include "desk-test-utils.h"
#include "test-helpers.h"

#include "reunion-person-kind.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <locale.h>

typedef struct
{
  DeskTest *desk;
  GtkWidget *window;
  GtkWidget *box;
  DeskPlaceFinder *finder;
  DeskFormLayout *layout;
  ReunionReport *report;
} Fixture;

static const ReunionPersonKind kinds[]
    = { REUNION_PERSON_KIND_CHILD, REUNION_PERSON_KIND_OLDER, REUNION_PERSON_KIND_DEMENTIA,
        REUNION_PERSON_KIND_FAMILY, REUNION_PERSON_KIND_CHILD };

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desk = desk_test_new ();
  fixture->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  fixture->finder = desk_place_finder_new (fixture->desk->session);
  fixture->layout = desk_form_layout_new (GTK_BOX (fixture->box), fixture->finder);
  fixture->report = reunion_report_new ();
  fixture->window = desk_test_show (fixture->box);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  desk_test_close (fixture->window);
  g_object_unref (fixture->finder);
  desk_form_layout_free (fixture->layout);
  g_object_unref (fixture->report);
  desk_test_free (fixture->desk);
}

static void
adapt (Fixture *fixture, ReunionPersonKind kind)
{
  reunion_report_set_text (fixture->report, REUNION_FIELD_PERSON_KIND,
                           reunion_person_kind_get_info (kind)->key);
  desk_form_layout_adapt (fixture->layout, fixture->report, STORE_TEST_NOW);
}

static GtkWidget *
get_widget (Fixture *fixture, ReunionField field)
{
  return desk_field_row_get_widget (desk_form_layout_get_row (fixture->layout, field));
}

/* --- what each entry has -------------------------------------------------------------- */

/* The widget in @root that the keyboard goes to. */
static GtkWidget *
find_focusable (GtkWidget *root)
{
  const GType types[]
      = { GTK_TYPE_TEXT_VIEW, GTK_TYPE_TEXT, GTK_TYPE_SWITCH, GTK_TYPE_TOGGLE_BUTTON };

  if (ADW_IS_COMBO_ROW (root))
    return root;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (desk_test_find (root, types[i], NULL) != NULL)
      return desk_test_find (root, types[i], NULL);
  g_assert_not_reached ();
}

static gboolean
is_named (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static gboolean
marks_letter (const char *marked)
{
  return desk_mnemonics_get_letter (marked) != '\0';
}

static gboolean
has_letter (GtkWidget *root, GtkWidget *focusable)
{
  GtkWidget *label = desk_test_find (root, GTK_TYPE_LABEL, NULL);

  if (GTK_IS_TOGGLE_BUTTON (focusable))
    return gtk_button_get_use_underline (GTK_BUTTON (focusable))
           && marks_letter (gtk_button_get_label (GTK_BUTTON (focusable)));
  if (GTK_IS_TEXT_VIEW (focusable))
    return gtk_label_get_mnemonic_keyval (GTK_LABEL (label)) != GDK_KEY_VoidSymbol
           && gtk_label_get_mnemonic_widget (GTK_LABEL (label)) == focusable;
  return adw_preferences_row_get_use_underline (ADW_PREFERENCES_ROW (root))
         && marks_letter (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)));
}

static void
check_entry (Fixture *fixture, ReunionPersonKind kind, ReunionField field)
{
  GtkWidget *row = get_widget (fixture, field);
  GtkWidget *focusable = find_focusable (row);
  const char *name = reunion_field_get_info (field)->key;
  const char *tooltip = gtk_widget_get_tooltip_text (row);

  if (!has_letter (row, focusable))
    test_fail ("kind %d, %s: expected a letter", kind, name);
  if (tooltip == NULL || *tooltip == '\0')
    test_fail ("kind %d, %s: expected a tooltip", kind, name);
  if (!is_named (focusable))
    test_fail ("kind %d, %s: expected an accessible name", kind, name);
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (focusable),
                                         GTK_ACCESSIBLE_PROPERTY_DESCRIPTION))
    test_fail ("kind %d, %s: expected to hear who sees it", kind, name);
}

static void
test_entries (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      adapt (fixture, kinds[i]);
      for (gsize j = 0; j < desk_form_layout_get_n_fields (); j++)
        check_entry (fixture, kinds[i], desk_form_layout_get_field (j));
    }
}

/* Two entries that are shown at once, and so can be meant by the same key, have a
 * letter each; but for who is missing, which is seldom changed. */
static void
test_letters (Fixture *fixture, gconstpointer data)
{
  const ReunionField *shown = reunion_person_kind_get_info (REUNION_PERSON_KIND_CHILD)->shown;
  g_autoptr (GHashTable) letters = g_hash_table_new (NULL, NULL);

  adapt (fixture, REUNION_PERSON_KIND_CHILD);
  for (gsize i = 0; shown[i] != REUNION_PERSON_KIND_END; i++)
    {
      GtkWidget *row = get_widget (fixture, shown[i]);
      const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
      char letter = desk_mnemonics_get_letter (title);

      if (letter == '\0' || !gtk_widget_get_visible (row) || shown[i] == REUNION_FIELD_PERSON_KIND)
        continue;
      if (!g_hash_table_add (letters, GINT_TO_POINTER (letter)))
        test_fail ("expected one entry with “%c”, found another: %s", letter, title);
    }
  g_assert_cmpuint (g_hash_table_size (letters), >, 8);
}

/* --- the order of the keyboard -------------------------------------------------------- */

static double
get_top (Fixture *fixture, ReunionField field)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (get_widget (fixture, field))
      || !gtk_widget_compute_bounds (get_widget (fixture, field), fixture->box, &bounds))
    return -1.0;
  return bounds.origin.y;
}

/* Enter leads from each entry to the next below, to the end of the form. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      ReunionField at = REUNION_FIELD_PERSON_KIND;
      guint n = 1;

      adapt (fixture, kinds[i]);
      sync_test_iterate_for_a_while ();
      for (DeskFieldRow *next; (next = desk_form_layout_get_next (fixture->layout, at)) != NULL;
           n++)
        {
          ReunionField below = desk_field_row_get_field (next);

          if (get_top (fixture, below) <= get_top (fixture, at))
            test_fail ("kind %d: expected %s below %s, found %.0f and %.0f", kinds[i],
                       reunion_field_get_info (below)->key, reunion_field_get_info (at)->key,
                       get_top (fixture, below), get_top (fixture, at));
          at = below;
        }
      g_assert_cmpuint (n, >, 12);
    }
}

/* --- changing the kind ------------------------------------------------------------------ */

/* In the middle of a word of an entry that the next kind folds away. */
static void
test_caret (Fixture *fixture, gconstpointer data)
{
  DeskFieldRow *row = desk_form_layout_get_row (fixture->layout, REUNION_FIELD_MENTAL_STATE);

  adapt (fixture, REUNION_PERSON_KIND_DEMENTIA);
  sync_test_iterate_for_a_while ();
  desk_field_row_grab_focus (row);
  desk_field_row_set_text (row, "confused at night");
  desk_field_row_set_caret (row, 8);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      adapt (fixture, kinds[i]);
      sync_test_wait (desk_field_row_has_focus (row));
      test_expect_string ("text", "confused at night", desk_field_row_get_text (row));
      test_expect_int ("caret", 8, desk_field_row_get_caret (row));
    }
}

static gboolean
is_seen (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_child_visible (widget);
}

/* What a reviewer asks, and what can't be read, is there to be answered whoever is
 * missing. */
static void
test_spoken_of (Fixture *fixture, gconstpointer data)
{
  GtkWidget *note = GTK_WIDGET (desk_form_layout_get_note (fixture->layout, REUNION_FIELD_CARRIED));
  GtkWidget *wrong = get_widget (fixture, REUNION_FIELD_CONSENT_OVERRIDE);

  adapt (fixture, REUNION_PERSON_KIND_FAMILY);
  desk_message_row_set (DESK_MESSAGE_ROW (note), "Which bag?", "warning");
  desk_field_row_set_message (
      desk_form_layout_get_row (fixture->layout, REUNION_FIELD_CONSENT_OVERRIDE), "Too long.",
      "error");
  sync_test_wait (is_seen (note) && is_seen (wrong));
  adapt (fixture, REUNION_PERSON_KIND_CHILD);
  sync_test_wait (is_seen (note) && is_seen (wrong));
  /* The rest stays folded. */
  g_assert_false (is_seen (get_widget (fixture, REUNION_FIELD_REGION)));
}

/* --- who sees it ------------------------------------------------------------------------ */

static void
test_audience (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < desk_form_layout_get_n_fields (); i++)
    {
      ReunionField field = desk_form_layout_get_field (i);
      ReunionAudience audience = reunion_field_get_info (field)->audience;
      g_autoptr (GtkWidget) mark = g_object_ref_sink (desk_audience_mark_new (field));
      const char *expected = audience == REUNION_AUDIENCE_PUBLIC ? DESK_AUDIENCE_ICON_PUBLIC
                                                                 : DESK_AUDIENCE_ICON_POLICE;

      test_expect_int (reunion_field_get_info (field)->key, field != REUNION_FIELD_PERSON_KIND,
                       gtk_widget_get_visible (mark));
      if (gtk_widget_get_visible (mark))
        test_expect_string (reunion_field_get_info (field)->key, expected,
                            gtk_image_get_icon_name (GTK_IMAGE (mark)));
      test_expect_string (reunion_field_get_info (field)->key, desk_audience_describe (field, NULL),
                          gtk_widget_get_tooltip_text (mark));
    }
}

/* Medical needs go out once they are marked as vital, and no longer than that. */
static void
test_vital (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  ReunionReport *report = reunion_case_get_report (case_);
  g_autoptr (GtkWidget) mark = g_object_ref_sink (desk_audience_mark_new (REUNION_FIELD_MEDICAL));
  const char *label = reunion_field_get_label (REUNION_FIELD_MEDICAL);

  reunion_report_set_text (report, REUNION_FIELD_MEDICAL, "Insulin");
  for (guint i = 0; i < 4; i++)
    {
      gboolean is_vital = i % 2 == 1;
      g_autofree char *out = NULL;
      g_autofree char *stays = NULL;

      reunion_report_set_int (report, REUNION_FIELD_MEDICAL_VITAL, is_vital);
      desk_audience_mark_update (mark, REUNION_FIELD_MEDICAL, report);
      out = desk_audience_list (case_, TRUE);
      stays = desk_audience_list (case_, FALSE);
      test_expect_string ("mark", is_vital ? DESK_AUDIENCE_ICON_PUBLIC : DESK_AUDIENCE_ICON_POLICE,
                          gtk_image_get_icon_name (GTK_IMAGE (mark)));
      test_expect_int ("goes out", is_vital, strstr (out, label) != NULL);
      test_expect_int ("stays", !is_vital, strstr (stays, label) != NULL);
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/form-kinds/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("REUNION_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  ADD ("entries", test_entries);
  ADD ("letters", test_letters);
  ADD ("order", test_order);
  ADD ("caret", test_caret);
  ADD ("spoken-of", test_spoken_of);
  ADD ("audience", test_audience);
  ADD ("vital", test_vital);
  return g_test_run ();
}
