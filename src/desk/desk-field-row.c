/* desk-field-row.c: the entry for one field of a report, with its message
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-field-row.h"

#include "desk-field-hints.h"
#include "desk-message-row.h"
#include "desk-suggestions.h"
#include "desk-widgets.h"

#include "reunion-date.h"
#include "reunion-region.h"
#include "reunion-resident-id.h"
#include "reunion-suggest.h"
#include "reunion-time.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* Up to so many choices stand side by side; more go into a menu. */
#define MAX_BUTTONS 2

struct _DeskFieldRow
{
  GObject parent_instance;

  ReunionField field;
  DeskMnemonics *mnemonics; /* not owned; NULL once the widget is made */
  GtkWidget *widget;
  DeskMessageRow *message;
  char letter; /* its mnemonic; '\0' for none of its own */

  /* One of these, by the field's kind. */
  GtkEditable *entry;
  GtkTextView *text_view;
  GtkLabel *long_title; /* with a text view */
  AdwComboRow *combo;
  GtkSwitch *flag;
  GtkToggleButton *buttons[MAX_BUTTONS];

  DeskSuggestions *suggestions; /* of some entries */
  char *description;            /* for a screen reader, as note is */
  char *note;
  char *long_text;
  gboolean is_showing; /* the program writes, not the person */
  gboolean is_wrong;
};

enum
{
  SIGNAL_EDITED,
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskFieldRow, desk_field_row, G_TYPE_OBJECT)

static void
edited_cb (DeskFieldRow *self)
{
  if (self->is_showing)
    return;
  if (self->suggestions != NULL)
    desk_suggestions_update (self->suggestions);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

/* --- making the widget -------------------------------------------------------- */

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
activated_cb (DeskFieldRow *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
make_entry (DeskFieldRow *self, const char *label)
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
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "entry-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
make_long_entry (DeskFieldRow *self, const char *label)
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
  g_signal_connect_object (gtk_text_view_get_buffer (self->text_view), "changed",
                           G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
}

static void
make_flag (DeskFieldRow *self, const char *label)
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
  g_signal_connect_object (self->flag, "notify::active", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
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
make_buttons (DeskFieldRow *self, const char *label, const ReunionChoice *choices)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->widget = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->widget), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->widget), FALSE);
  gtk_widget_set_focusable (self->widget, FALSE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < MAX_BUTTONS && choices[i].key != NULL; i++)
    {
      const char *choice = reunion_field_get_choice_label (self->field, choices[i].key);
      g_autofree char *marked = desk_mnemonics_mark (self->mnemonics, choice);
      GtkWidget *button = gtk_toggle_button_new_with_mnemonic (marked);

      desk_widgets_name_button (GTK_BUTTON (button));
      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      if (i > 0)
        gtk_toggle_button_set_group (self->buttons[i], self->buttons[0]);
      gtk_box_append (GTK_BOX (box), button);
      g_signal_connect_object (button, "toggled", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->widget), box);
}

static void
make_combo (DeskFieldRow *self, const char *label, const ReunionChoice *choices)
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
  g_signal_connect_object (self->combo, "notify::selected", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
make_widget (DeskFieldRow *self)
{
  const char *label = reunion_field_get_label (self->field);
  const ReunionChoice *choices = reunion_field_get_choices (self->field);

  switch (reunion_field_get_info (self->field)->kind)
    {
    case REUNION_FIELD_KIND_LONG_TEXT:
      make_long_entry (self, label);
      break;
    case REUNION_FIELD_KIND_FLAG:
      make_flag (self, label);
      break;
    case REUNION_FIELD_KIND_CHOICE:
      if (count_choices (choices) <= MAX_BUTTONS)
        make_buttons (self, label, choices);
      else
        make_combo (self, label, choices);
      break;
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_DATE:
    case REUNION_FIELD_KIND_TIME:
    case REUNION_FIELD_KIND_INTEGER:
    case REUNION_FIELD_KIND_DEGREES:
    default:
      make_entry (self, label);
    }
  gtk_widget_set_tooltip_text (self->widget,
                               desk_field_hints_get (self->field, REUNION_PERSON_KIND_CHILD));
}

static void
desk_field_row_finalize (GObject *object)
{
  DeskFieldRow *self = DESK_FIELD_ROW (object);

  if (self->suggestions != NULL)
    desk_suggestions_detach (self->suggestions);
  g_clear_object (&self->suggestions);
  g_clear_object (&self->widget);
  g_clear_object (&self->message);
  g_free (self->description);
  g_free (self->note);
  g_free (self->long_text);

  G_OBJECT_CLASS (desk_field_row_parent_class)->finalize (object);
}

static void
desk_field_row_class_init (DeskFieldRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_field_row_finalize;
  signals[SIGNAL_EDITED] = g_signal_new ("edited", DESK_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", DESK_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_field_row_init (DeskFieldRow *self)
{
}

DeskFieldRow *
desk_field_row_new (ReunionField field, DeskMnemonics *mnemonics)
{
  DeskFieldRow *self = g_object_new (DESK_TYPE_FIELD_ROW, NULL);

  self->field = field;
  self->mnemonics = mnemonics;
  make_widget (self);
  self->mnemonics = NULL;
  g_object_ref_sink (self->widget);
  self->message = g_object_ref_sink (DESK_MESSAGE_ROW (desk_message_row_new ()));
  return self;
}

ReunionField
desk_field_row_get_field (DeskFieldRow *self)
{
  g_return_val_if_fail (DESK_IS_FIELD_ROW (self), 0);

  return self->field;
}

GtkWidget *
desk_field_row_get_widget (DeskFieldRow *self)
{
  g_return_val_if_fail (DESK_IS_FIELD_ROW (self), NULL);

  return self->widget;
}

GtkWidget *
desk_field_row_get_message_widget (DeskFieldRow *self)
{
  g_return_val_if_fail (DESK_IS_FIELD_ROW (self), NULL);

  return GTK_WIDGET (self->message);
}

gboolean
desk_field_row_has_focus (DeskFieldRow *self)
{
  g_return_val_if_fail (DESK_IS_FIELD_ROW (self), FALSE);

  return gtk_widget_get_focus_child (self->widget) != NULL || gtk_widget_has_focus (self->widget);
}

int
desk_field_row_get_caret (DeskFieldRow *self)
{
  int caret = 0;

  g_return_val_if_fail (DESK_IS_FIELD_ROW (self), 0);

  if (self->entry != NULL)
    caret = gtk_editable_get_position (self->entry);
  else if (self->text_view != NULL)
    g_object_get (gtk_text_view_get_buffer (self->text_view), "cursor-position", &caret, NULL);
  return caret;
}

void
desk_field_row_set_caret (DeskFieldRow *self, int caret)
{
  GtkTextBuffer *buffer;
  GtkTextIter where;

  g_return_if_fail (DESK_IS_FIELD_ROW (self));

  if (self->entry != NULL)
    gtk_editable_set_position (self->entry, caret);
  if (self->text_view == NULL)
    return;
  buffer = gtk_text_view_get_buffer (self->text_view);
  gtk_text_buffer_get_iter_at_offset (buffer, &where, caret);
  gtk_text_buffer_place_cursor (buffer, &where);
}

void
desk_field_row_grab_focus (DeskFieldRow *self)
{
  g_return_if_fail (DESK_IS_FIELD_ROW (self));

  if (self->text_view != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  else if (self->flag != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->flag));
  else if (self->buttons[0] != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->buttons[0]));
  else
    gtk_widget_grab_focus (self->widget);
}

/* --- words and marks -------------------------------------------------------------- */

/* What has the keyboard while a person is at this row, and so is what a screen reader
 * speaks of. */
static GtkWidget *
get_focused_part (DeskFieldRow *self)
{
  if (self->text_view != NULL)
    return GTK_WIDGET (self->text_view);
  if (self->flag != NULL)
    return GTK_WIDGET (self->flag);
  if (self->entry != NULL && gtk_editable_get_delegate (self->entry) != NULL)
    return GTK_WIDGET (gtk_editable_get_delegate (self->entry));
  if (self->buttons[0] != NULL)
    return GTK_WIDGET (self->buttons[0]);
  return self->widget;
}

void
desk_field_row_set_words (DeskFieldRow *self, const char *label, const char *hint)
{
  g_autofree char *marked = NULL;

  g_return_if_fail (DESK_IS_FIELD_ROW (self) && label != NULL);

  marked = desk_mnemonics_mark_with (label, self->letter);
  if (self->long_title != NULL)
    gtk_label_set_text_with_mnemonic (self->long_title, marked);
  else
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->widget), marked);
  /* Each of the buttons has its own name. */
  if (self->buttons[0] == NULL)
    desk_widgets_set_name (get_focused_part (self), label);
  gtk_widget_set_tooltip_text (self->widget, hint);
}

void
desk_field_row_add_mark (DeskFieldRow *self, GtkWidget *mark)
{
  g_return_if_fail (DESK_IS_FIELD_ROW (self) && GTK_IS_WIDGET (mark));

  if (self->long_title != NULL)
    gtk_box_append (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->long_title))), mark);
  else if (ADW_IS_ENTRY_ROW (self->widget))
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->widget), mark);
  else
    adw_action_row_add_suffix (ADW_ACTION_ROW (self->widget), mark);
}

/* The note first: it is what a person has come for. */
static void
describe (DeskFieldRow *self)
{
  g_autofree char *both
      = g_strdup_printf ("%s%s%s", self->note != NULL ? self->note : "",
                         self->note != NULL && self->description != NULL ? "\n" : "",
                         self->description != NULL ? self->description : "");

  gtk_accessible_update_property (GTK_ACCESSIBLE (get_focused_part (self)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, both, -1);
}

void
desk_field_row_set_description (DeskFieldRow *self, const char *description)
{
  g_return_if_fail (DESK_IS_FIELD_ROW (self) && description != NULL);

  g_free (self->description);
  self->description = g_strdup (description);
  describe (self);
}

void
desk_field_row_set_note (DeskFieldRow *self, const char *note)
{
  g_return_if_fail (DESK_IS_FIELD_ROW (self));

  g_free (self->note);
  self->note = g_strdup (note);
  describe (self);
}

/* --- showing ---------------------------------------------------------------------- */

const char *
desk_field_row_get_text (DeskFieldRow *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_val_if_fail (DESK_IS_FIELD_ROW (self), "");

  if (self->entry != NULL)
    return gtk_editable_get_text (self->entry);
  if (self->text_view == NULL)
    return "";
  buffer = gtk_text_view_get_buffer (self->text_view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_free (self->long_text);
  self->long_text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return self->long_text;
}

void
desk_field_row_set_text (DeskFieldRow *self, const char *text)
{
  g_return_if_fail (DESK_IS_FIELD_ROW (self));

  if (g_strcmp0 (desk_field_row_get_text (self), text) == 0)
    return;
  self->is_showing = TRUE;
  if (self->entry != NULL)
    gtk_editable_set_text (self->entry, text);
  else if (self->text_view != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), text, -1);
  self->is_showing = FALSE;
}

static guint
find_choice (DeskFieldRow *self, const char *key)
{
  const ReunionChoice *choices = reunion_field_get_choices (self->field);

  for (guint i = 0; key != NULL && choices[i].key != NULL; i++)
    if (g_strcmp0 (choices[i].key, key) == 0)
      return i;
  return G_MAXUINT;
}

static void
show_choice (DeskFieldRow *self, const char *key)
{
  guint chosen = find_choice (self, key);

  if (self->combo != NULL)
    adw_combo_row_set_selected (self->combo, chosen == G_MAXUINT ? 0 : chosen + 1);
  for (guint i = 0; i < MAX_BUTTONS && self->buttons[i] != NULL; i++)
    gtk_toggle_button_set_active (self->buttons[i], i == chosen);
}

void
desk_field_row_show (DeskFieldRow *self, ReunionReport *report)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (DESK_IS_FIELD_ROW (self) && REUNION_IS_REPORT (report));

  self->is_wrong = FALSE;
  desk_field_row_set_message (self, NULL, NULL);
  switch (reunion_field_get_info (self->field)->kind)
    {
    case REUNION_FIELD_KIND_CHOICE:
      self->is_showing = TRUE;
      show_choice (self, reunion_report_get_text (report, self->field));
      self->is_showing = FALSE;
      return;
    case REUNION_FIELD_KIND_FLAG:
      self->is_showing = TRUE;
      gtk_switch_set_active (self->flag, reunion_report_get_flag (report, self->field));
      self->is_showing = FALSE;
      return;
    case REUNION_FIELD_KIND_TIME:
      zone = g_time_zone_new_local ();
      if (reunion_report_has (report, self->field))
        text = reunion_time_format_exact (reunion_report_get_int (report, self->field, 0), zone);
      break;
    case REUNION_FIELD_KIND_INTEGER:
      if (reunion_report_has (report, self->field))
        text = g_strdup_printf ("%" G_GINT64_FORMAT,
                                reunion_report_get_int (report, self->field, 0));
      break;
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_LONG_TEXT:
    case REUNION_FIELD_KIND_DATE:
    case REUNION_FIELD_KIND_DEGREES:
    default:
      text = g_strdup (reunion_report_get_text (report, self->field));
    }
  desk_field_row_set_text (self, text != NULL ? text : "");
}

void
desk_field_row_set_message (DeskFieldRow *self, const char *text, const char *tone)
{
  g_return_if_fail (DESK_IS_FIELD_ROW (self));

  desk_message_row_set (self->message, text, tone);
  if (g_strcmp0 (tone, "error") == 0 && text != NULL)
    gtk_widget_add_css_class (self->widget, "error");
  else
    gtk_widget_remove_css_class (self->widget, "error");
}

/* --- reading ------------------------------------------------------------------------ */

static gboolean
refuse (DeskFieldRow *self, ReunionReport *report, const char *sentence)
{
  reunion_report_unset (report, self->field);
  self->is_wrong = TRUE;
  desk_field_row_set_message (self, sentence, "error");
  return FALSE;
}

static gboolean
apply_time (DeskFieldRow *self, ReunionReport *report, const char *text, gint64 now_usec)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GError) error = NULL;
  gint64 usec;

  if (!reunion_time_parse (text, now_usec, zone, &usec, &error))
    return refuse (self, report, error->message);
  reunion_report_set_int (report, self->field, usec);
  return TRUE;
}

static gboolean
apply_integer (DeskFieldRow *self, ReunionReport *report, const char *text)
{
  gint64 value;
  /* An input method may be left at wide digits. */
  g_autofree char *stripped = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  g_strstrip (stripped);
  if (self->field == REUNION_FIELD_AGE_YEARS && g_str_has_suffix (stripped, "岁"))
    stripped[strlen (stripped) - strlen ("岁")] = '\0';
  if (!g_ascii_string_to_signed (stripped, 10, 0, reunion_field_get_info (self->field)->max, &value,
                                 NULL))
    {
      g_autofree char *sentence = g_strdup_printf (
          /* Translators: the name of a field; the largest number it takes */
          _ ("%s: enter a whole number from 0 to %d."), reunion_field_get_label (self->field),
          (int) reunion_field_get_info (self->field)->max);

      return refuse (self, report, sentence);
    }
  reunion_report_set_int (report, self->field, value);
  return TRUE;
}

static gboolean
apply_resident_id (DeskFieldRow *self, ReunionReport *report, const char *text, gint64 now_usec)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *echo = NULL;
  const ReunionProvince *province;
  ReunionResidentId id;

  if (!reunion_resident_id_parse (text, now_usec, &id, &error))
    return refuse (self, report, error->message);
  reunion_report_set_text (report, self->field, id.number);
  province = reunion_province_find (id.region);
  /* Translators: birth date, sex, province, as a resident ID number has them */
  echo = g_strdup_printf (
      _ ("Born %s · %s · %s"), id.birth_date,
      reunion_field_get_choice_label (REUNION_FIELD_SEX, id.is_male ? "male" : "female"),
      province != NULL ? reunion_province_get_label (province) : id.region);
  desk_field_row_set_message (self, echo, "success");
  return TRUE;
}

static gboolean
apply_text (DeskFieldRow *self, ReunionReport *report, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *date = NULL;

  if (reunion_field_get_info (self->field)->kind == REUNION_FIELD_KIND_DATE)
    date = reunion_date_read (text);
  reunion_report_set_text (report, self->field, date != NULL ? date : text);
  if (reunion_report_check (report, self->field, &error))
    return TRUE;
  return refuse (self, report, error->message);
}

static void
apply_choice (DeskFieldRow *self, ReunionReport *report)
{
  const ReunionChoice *choices = reunion_field_get_choices (self->field);
  const char *key = NULL;

  if (self->combo != NULL && adw_combo_row_get_selected (self->combo) > 0)
    key = choices[adw_combo_row_get_selected (self->combo) - 1].key;
  for (guint i = 0; i < MAX_BUTTONS && self->buttons[i] != NULL; i++)
    if (gtk_toggle_button_get_active (self->buttons[i]))
      key = choices[i].key;
  reunion_report_set_text (report, self->field, key);
}

static gboolean
apply_entry (DeskFieldRow *self, ReunionReport *report, gint64 now_usec)
{
  const char *text = desk_field_row_get_text (self);
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  if (*stripped == '\0')
    {
      reunion_report_unset (report, self->field);
      return TRUE;
    }
  if (self->field == REUNION_FIELD_RESIDENT_ID)
    return apply_resident_id (self, report, stripped, now_usec);
  switch (reunion_field_get_info (self->field)->kind)
    {
    case REUNION_FIELD_KIND_TIME:
      return apply_time (self, report, stripped, now_usec);
    case REUNION_FIELD_KIND_INTEGER:
      return apply_integer (self, report, stripped);
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_LONG_TEXT:
    case REUNION_FIELD_KIND_CHOICE:
    case REUNION_FIELD_KIND_DATE:
    case REUNION_FIELD_KIND_FLAG:
    case REUNION_FIELD_KIND_DEGREES:
    default:
      return apply_text (self, report, stripped);
    }
}

gboolean
desk_field_row_apply (DeskFieldRow *self, ReunionReport *report, gint64 now_usec)
{
  g_return_val_if_fail (DESK_IS_FIELD_ROW (self) && REUNION_IS_REPORT (report), FALSE);

  self->is_wrong = FALSE;
  desk_field_row_set_message (self, NULL, NULL);
  switch (reunion_field_get_info (self->field)->kind)
    {
    case REUNION_FIELD_KIND_CHOICE:
      apply_choice (self, report);
      return TRUE;
    case REUNION_FIELD_KIND_FLAG:
      if (gtk_switch_get_active (self->flag))
        reunion_report_set_int (report, self->field, 1);
      else
        reunion_report_unset (report, self->field);
      return TRUE;
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_LONG_TEXT:
    case REUNION_FIELD_KIND_DATE:
    case REUNION_FIELD_KIND_TIME:
    case REUNION_FIELD_KIND_INTEGER:
    case REUNION_FIELD_KIND_DEGREES:
    default:
      if (!apply_entry (self, report, now_usec))
        return FALSE;
      desk_field_row_tick (self, report, now_usec);
      return TRUE;
    }
}

void
desk_field_row_tick (DeskFieldRow *self, ReunionReport *report, gint64 now_usec)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *when = NULL;
  g_autofree char *elapsed = NULL;
  g_autofree char *echo = NULL;
  gint64 usec;

  g_return_if_fail (DESK_IS_FIELD_ROW (self));

  if (reunion_field_get_info (self->field)->kind != REUNION_FIELD_KIND_TIME || self->is_wrong
      || !reunion_report_has (report, self->field))
    return;
  zone = g_time_zone_new_local ();
  usec = reunion_report_get_int (report, self->field, 0);
  when = reunion_time_format (usec, zone);
  elapsed = reunion_time_format_elapsed (MAX (now_usec - usec, 0));
  /* Translators: a time, and how long ago it was */
  echo = g_strdup_printf (_ ("%s · %s ago"), when, elapsed);
  desk_field_row_set_message (self, echo, "dim");
}
