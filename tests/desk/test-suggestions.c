/* test-suggestions.c: words offered below an entry while it is typed into
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-suggestions.h"
#include "desk-test-utils.h"
#include "test-helpers.h"

#include "reunion-suggest.h"

#include <adwaita.h>

typedef struct
{
  GtkWidget *row;
  GtkEditable *entry;
  GtkWidget *text; /* what has the keyboard in the entry */
  GtkWidget *other;
  DeskSuggestions *suggestions;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = gtk_list_box_new ();

  fixture->row = adw_entry_row_new ();
  fixture->other = adw_entry_row_new ();
  fixture->entry = GTK_EDITABLE (fixture->row);
  fixture->text = GTK_WIDGET (gtk_editable_get_delegate (fixture->entry));
  gtk_widget_set_tooltip_text (fixture->row, "From top to bottom");
  gtk_list_box_append (GTK_LIST_BOX (list), fixture->row);
  gtk_list_box_append (GTK_LIST_BOX (list), fixture->other);
  fixture->suggestions
      = desk_suggestions_new (fixture->row, fixture->entry, REUNION_FIELD_CLOTHING);
  fixture->window = desk_test_show (list);
  gtk_widget_grab_focus (fixture->row);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  desk_suggestions_detach (fixture->suggestions);
  g_object_unref (fixture->suggestions);
  desk_test_close (fixture->window);
}

static GtkWidget *
get_popover (Fixture *fixture)
{
  return desk_test_find (fixture->row, GTK_TYPE_POPOVER, NULL);
}

static GtkWidget *
get_list (Fixture *fixture)
{
  return desk_test_find (get_popover (fixture), GTK_TYPE_LIST_BOX, NULL);
}

static gboolean
is_open (Fixture *fixture)
{
  return gtk_widget_get_visible (get_popover (fixture));
}

/* As the form tells it when a person has changed the entry. */
static void
type (Fixture *fixture, const char *text)
{
  gtk_editable_set_text (fixture->entry, text);
  gtk_editable_set_position (fixture->entry, -1);
  desk_suggestions_update (fixture->suggestions);
  sync_test_iterate_for_a_while ();
}

/* The key as GTK hands it to whoever watches @widget before it does; whether somebody
 * took it. */
static gboolean
press (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean is_taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_taken; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &is_taken);
    }
  return is_taken;
}

static const char *
get_label (Fixture *fixture, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (get_list (fixture)), index);

  g_assert_nonnull (row);
  return gtk_label_get_label (GTK_LABEL (gtk_list_box_row_get_child (row)));
}

static int
get_focused (Fixture *fixture)
{
  GtkWidget *row = gtk_widget_get_focus_child (get_list (fixture));

  return row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
}

/* Open while there is something to offer, and what is offered is what the words say. */
static void
test_offered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) expected = reunion_suggest (
      REUNION_FIELD_CLOTHING, "bl", -1, g_str_has_prefix (g_get_language_names ()[0], "zh"));

  g_assert_cmpuint (expected->len, >, 1);
  g_assert_false (is_open (fixture));
  type (fixture, "bl");
  g_assert_true (is_open (fixture));
  for (guint i = 0; i < expected->len; i++)
    test_expect_string ("offered", ((ReunionSuggestion *) expected->pdata[i])->label,
                        get_label (fixture, (int) i));
  g_assert_null (
      gtk_list_box_get_row_at_index (GTK_LIST_BOX (get_list (fixture)), (int) expected->len));
  /* The hint would lie over the list. */
  g_assert_false (gtk_widget_get_has_tooltip (fixture->row));
  type (fixture, "blqx");
  g_assert_false (is_open (fixture));
  g_assert_true (gtk_widget_get_has_tooltip (fixture->row));
  type (fixture, "");
  g_assert_false (is_open (fixture));
}

/* Down into the list, Enter or Tab takes the word; the caret goes on behind it. */
static void
test_taken (Fixture *fixture, gconstpointer data)
{
  const guint keys[] = { GDK_KEY_Return, GDK_KEY_Tab, GDK_KEY_KP_Enter };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GPtrArray) offered
          = reunion_suggest (REUNION_FIELD_CLOTHING, "hat, bl", -1,
                             g_str_has_prefix (g_get_language_names ()[0], "zh"));
      const ReunionSuggestion *first = offered->pdata[0];

      type (fixture, "hat, bl");
      g_assert_true (press (fixture->text, GDK_KEY_Down));
      test_expect_int ("focused", 0, get_focused (fixture));
      g_assert_true (press (get_list (fixture), keys[i]));
      g_assert_false (is_open (fixture));
      test_expect_string ("text", first->text, gtk_editable_get_text (fixture->entry));
      test_expect_int ("caret", first->caret, gtk_editable_get_position (fixture->entry));
      g_assert_true (gtk_widget_has_focus (fixture->text));
    }
}

/* Enter in the entry itself is not the list's: it leads on to the next entry. */
static void
test_passed_over (Fixture *fixture, gconstpointer data)
{
  type (fixture, "bl");
  g_assert_true (is_open (fixture));
  g_assert_false (press (fixture->text, GDK_KEY_Return));
  g_assert_false (press (fixture->text, GDK_KEY_Tab));
  g_assert_true (press (fixture->text, GDK_KEY_Escape));
  g_assert_false (is_open (fixture));
  g_assert_false (press (fixture->text, GDK_KEY_Escape));
  g_assert_false (press (fixture->text, GDK_KEY_Down));
  test_expect_string ("text", "bl", gtk_editable_get_text (fixture->entry));
}

/* Escape, and Up from the first word, lead back to the caret without marking the text. */
static void
test_back (Fixture *fixture, gconstpointer data)
{
  const guint keys[] = { GDK_KEY_Escape, GDK_KEY_Up };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      type (fixture, "bl");
      g_assert_true (press (fixture->text, GDK_KEY_Down));
      g_assert_true (press (get_list (fixture), keys[i]));
      g_assert_true (gtk_widget_has_focus (fixture->text));
      test_expect_int ("caret", 2, gtk_editable_get_position (fixture->entry));
      g_assert_false (gtk_editable_get_selection_bounds (fixture->entry, NULL, NULL));
      test_expect_string ("text", "bl", gtk_editable_get_text (fixture->entry));
    }
}

/* Whoever goes elsewhere leaves no list hanging over the form. */
static void
test_left (Fixture *fixture, gconstpointer data)
{
  type (fixture, "bl");
  g_assert_true (is_open (fixture));
  gtk_widget_grab_focus (fixture->other);
  g_assert_false (is_open (fixture));
  desk_suggestions_update (fixture->suggestions);
  sync_test_iterate_for_a_while ();
  g_assert_false (is_open (fixture));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/suggestions/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("offered", test_offered);
  ADD ("taken", test_taken);
  ADD ("passed-over", test_passed_over);
  ADD ("back", test_back);
  ADD ("left", test_left);
  return g_test_run ();
}
