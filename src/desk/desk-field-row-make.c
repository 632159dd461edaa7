/* desk-field-row-make.c: the widget that a field of a report is entered with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-field-row-private.h"

#include "desk-field-hints.h"
#include "desk-widgets.h"

#include "reunion-suggest.h"

#include <glib/gi18n-lib.h>

/* A title with its mnemonic, which GTK underlines while Alt is held. */
static void
set_title (DeskFieldRow *self, const char *label)
{
  g_autofree char *marked = desk_mnemonics_mark (self->mnemonics, label);

  self->letter = desk_mnemonics_get_letter (marked);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self->widget), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->widget), marked);
}

static void
make_entry (DeskFieldRow *self, const char *label, GCallback edited, GCallback activated)
{
  GtkWidget *text;

  self->widget = adw_entry_row_new ();
  self->entry = GTK_EDITABLE (self->widget);
  /* The form has one undo for all its entries. */
  gtk_editable_set_enable_undo (self->entry, FALSE);
  set_title (self, label);
  /* The row hands its focus, and so its name, to the text inside. */
  text = GTK_WIDGET (gtk_editable_get_delegate (self->entry));
  if (text != NULL)
    desk_widgets_set_name (text, label);
  if (text != NULL && reunion_suggest_knows (self->field))
    self->suggestions = desk_suggestions_new (self->widget, self->entry, self->field);
  g_signal_connect_object (self->entry, "changed", edited, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "entry-activated", activated, self, G_CONNECT_SWAPPED);
}

static void
make_long_entry (DeskFieldRow *self, const char *label, GCallback edited)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *marked = desk_mnemonics_mark (self->mnemonics, label);
  GtkWidget *title = gtk_label_new_with_mnemonic (marked);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->widget = adw_preferences_row_new ();
  self->text_view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_buffer_set_enable_undo (gtk_text_view_get_buffer (self->text_view), FALSE);
  gtk_text_view_set_wrap_mode (self->text_view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->text_view, FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (self->text_view), -1, 48);
  gtk_widget_add_css_class (GTK_WIDGET (self->text_view), "desk-long-text");
  gtk_label_set_xalign (GTK_LABEL (title), 0.0f);
  gtk_label_set_mnemonic_widget (GTK_LABEL (title), GTK_WIDGET (self->text_view));
  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "dim-label");
  self->letter = desk_mnemonics_get_letter (marked);
  self->long_title = GTK_LABEL (title);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->text_view));
  gtk_widget_add_css_class (box, "desk-long-box");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->widget), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->widget), FALSE);
  gtk_widget_set_focusable (self->widget, FALSE);
  desk_widgets_set_name (GTK_WIDGET (self->text_view), label);
  g_signal_connect_object (gtk_text_view_get_buffer (self->text_view), "changed", edited, self,
                           G_CONNECT_SWAPPED);
}

static void
make_flag (DeskFieldRow *self, const char *label, GCallback edited)
{
  self->widget = adw_action_row_new ();
  self->flag = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->flag), GTK_ALIGN_CENTER);
  set_title (self, label);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self->widget), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->widget), GTK_WIDGET (self->flag));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->widget), GTK_WIDGET (self->flag));
  gtk_widget_set_focusable (self->widget, FALSE);
  desk_widgets_set_name (GTK_WIDGET (self->flag), label);
  g_signal_connect_object (self->flag, "notify::active", edited, self, G_CONNECT_SWAPPED);
}

static guint
count_choices (const ReunionChoice *choices)
{
  guint n = 0;

  while (choices[n].key != NULL)
    n++;
  return n;
}

static void
make_buttons (DeskFieldRow *self, const char *label, const ReunionChoice *choices, GCallback edited)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->widget = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->widget), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->widget), FALSE);
  gtk_widget_set_focusable (self->widget, FALSE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < DESK_FIELD_ROW_MAX_BUTTONS && choices[i].key != NULL; i++)
    {
      const char *choice = reunion_field_get_choice_label (self->field, choices[i].key);
      g_autofree char *marked = desk_mnemonics_mark (self->mnemonics, choice);
      GtkWidget *button = gtk_toggle_button_new_with_mnemonic (marked);

      desk_widgets_name_button (GTK_BUTTON (button));
      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      if (i > 0)
        gtk_toggle_button_set_group (self->buttons[i], self->buttons[0]);
      gtk_box_append (GTK_BOX (box), button);
      g_signal_connect_object (button, "toggled", edited, self, G_CONNECT_SWAPPED);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->widget), box);
}

static void
make_combo (DeskFieldRow *self, const char *label, const ReunionChoice *choices, GCallback edited)
{
  GtkStringList *labels = gtk_string_list_new (NULL);

  self->widget = adw_combo_row_new ();
  self->combo = ADW_COMBO_ROW (self->widget);
  set_title (self, label);
  desk_widgets_set_name (self->widget, label);
  /* Translators: nothing chosen yet */
  gtk_string_list_append (labels, _ ("Not chosen"));
  for (guint i = 0; choices[i].key != NULL; i++)
    gtk_string_list_append (labels, reunion_field_get_choice_label (self->field, choices[i].key));
  adw_combo_row_set_model (self->combo, G_LIST_MODEL (labels));
  g_object_unref (labels);
  g_signal_connect_object (self->combo, "notify::selected", edited, self, G_CONNECT_SWAPPED);
}

void
desk_field_row_make_widget (DeskFieldRow *self, GCallback edited, GCallback activated)
{
  const char *label = reunion_field_get_label (self->field);
  const ReunionChoice *choices = reunion_field_get_choices (self->field);

  g_return_if_fail (DESK_IS_FIELD_ROW (self) && self->widget == NULL);

  switch (reunion_field_get_info (self->field)->kind)
    {
    case REUNION_FIELD_KIND_LONG_TEXT:
      make_long_entry (self, label, edited);
      break;
    case REUNION_FIELD_KIND_FLAG:
      make_flag (self, label, edited);
      break;
    case REUNION_FIELD_KIND_CHOICE:
      if (count_choices (choices) <= DESK_FIELD_ROW_MAX_BUTTONS)
        make_buttons (self, label, choices, edited);
      else
        make_combo (self, label, choices, edited);
      break;
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_DATE:
    case REUNION_FIELD_KIND_TIME:
    case REUNION_FIELD_KIND_INTEGER:
    case REUNION_FIELD_KIND_DEGREES:
    default:
      make_entry (self, label, edited, activated);
    }
  gtk_widget_set_tooltip_text (self->widget,
                               desk_field_hints_get (self->field, REUNION_PERSON_KIND_CHILD));
}
