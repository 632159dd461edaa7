/* desk-field-row.c: the entry for one field of a report, with its message
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-field-row-private.h"

#include "desk-field-text.h"
#include "desk-widgets.h"

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

static void
activated_cb (DeskFieldRow *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
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
  desk_field_row_make_widget (self, G_CALLBACK (edited_cb), G_CALLBACK (activated_cb));
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
  for (guint i = 0; i < DESK_FIELD_ROW_MAX_BUTTONS && self->buttons[i] != NULL; i++)
    gtk_toggle_button_set_active (self->buttons[i], i == chosen);
}

void
desk_field_row_show (DeskFieldRow *self, ReunionReport *report)
{
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
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_LONG_TEXT:
    case REUNION_FIELD_KIND_DATE:
    case REUNION_FIELD_KIND_TIME:
    case REUNION_FIELD_KIND_INTEGER:
    case REUNION_FIELD_KIND_DEGREES:
    default:
      text = desk_field_text_format (report, self->field);
    }
  desk_field_row_set_text (self, text);
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

static void
apply_choice (DeskFieldRow *self, ReunionReport *report)
{
  const ReunionChoice *choices = reunion_field_get_choices (self->field);
  const char *key = NULL;

  if (self->combo != NULL && adw_combo_row_get_selected (self->combo) > 0)
    key = choices[adw_combo_row_get_selected (self->combo) - 1].key;
  for (guint i = 0; i < DESK_FIELD_ROW_MAX_BUTTONS && self->buttons[i] != NULL; i++)
    if (gtk_toggle_button_get_active (self->buttons[i]))
      key = choices[i].key;
  reunion_report_set_text (report, self->field, key);
}

gboolean
desk_field_row_apply (DeskFieldRow *self, ReunionReport *report, gint64 now_usec)
{
  g_autofree char *message = NULL;

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
      self->is_wrong = !desk_field_text_apply (desk_field_row_get_text (self), report, self->field,
                                               now_usec, &message);
      if (message != NULL)
        desk_field_row_set_message (self, message, self->is_wrong ? "error" : "success");
      if (self->is_wrong)
        return FALSE;
      desk_field_row_tick (self, report, now_usec);
      return TRUE;
    }
}

void
desk_field_row_tick (DeskFieldRow *self, ReunionReport *report, gint64 now_usec)
{
  g_autofree char *echo = NULL;

  g_return_if_fail (DESK_IS_FIELD_ROW (self));

  if (reunion_field_get_info (self->field)->kind != REUNION_FIELD_KIND_TIME || self->is_wrong
      || !reunion_report_has (report, self->field))
    return;
  echo = desk_field_text_format_ago (reunion_report_get_int (report, self->field, 0), now_usec);
  desk_field_row_set_message (self, echo, "dim");
}
