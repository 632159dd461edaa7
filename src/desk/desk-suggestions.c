/* desk-suggestions.c: words offered below an entry while it is typed into
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-suggestions.h"

#include "desk-widgets.h"

#include "reunion-suggest.h"

#include <glib/gi18n-lib.h>

struct _DeskSuggestions
{
  GObject parent_instance;

  GtkWidget *row;     /* not owned; NULL once detached */
  GtkEditable *entry; /* not owned */
  GtkWidget *text;    /* not owned: what has the keyboard inside the entry */
  ReunionField field;

  GtkWidget *popover;
  GtkListBox *list;
  GPtrArray *offered; /* ReunionSuggestion; NULL for none */
  guint update_id;
};

G_DEFINE_FINAL_TYPE (DeskSuggestions, desk_suggestions, G_TYPE_OBJECT)

static gboolean
prefers_chinese (void)
{
  return g_str_has_prefix (g_get_language_names ()[0], "zh");
}

static gboolean
is_open (DeskSuggestions *self)
{
  return gtk_widget_get_visible (self->popover);
}

static void
close_list (DeskSuggestions *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_set_has_tooltip (self->row, TRUE);
}

/* Back to where the caret stood: an entry that gets the keyboard marks all of its text,
 * and the next key would replace it. */
static void
return_to_entry (DeskSuggestions *self)
{
  int caret = gtk_editable_get_position (self->entry);

  gtk_widget_grab_focus (self->text);
  gtk_editable_set_position (self->entry, caret);
}

/* --- what is offered ------------------------------------------------------------------ */

static void
clear_list (DeskSuggestions *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
add_row (DeskSuggestions *self, const char *text)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  desk_widgets_set_name (row, text);
  gtk_list_box_append (self->list, row);
}

static void
offer (DeskSuggestions *self)
{
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  self->offered = reunion_suggest (self->field, gtk_editable_get_text (self->entry),
                                   gtk_editable_get_position (self->entry), prefers_chinese ());
  clear_list (self);
  for (guint i = 0; i < self->offered->len; i++)
    add_row (self, ((ReunionSuggestion *) self->offered->pdata[i])->label);
  if (self->offered->len == 0)
    {
      close_list (self);
      return;
    }
  /* It would lie over the list. */
  gtk_widget_set_has_tooltip (self->row, FALSE);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/* Once the caret stands behind what was typed. */
static gboolean
update_cb (gpointer user_data)
{
  DeskSuggestions *self = user_data;

  self->update_id = 0;
  if (self->row != NULL && gtk_widget_has_focus (self->text))
    offer (self);
  return G_SOURCE_REMOVE;
}

static void
take (DeskSuggestions *self, GtkListBoxRow *row)
{
  const ReunionSuggestion *suggestion;
  g_autofree char *text = NULL;
  int caret;

  g_assert (gtk_list_box_row_get_index (row) < (int) self->offered->len);

  suggestion = self->offered->pdata[gtk_list_box_row_get_index (row)];
  text = g_strdup (suggestion->text);
  caret = suggestion->caret;
  close_list (self);
  gtk_widget_grab_focus (self->text);
  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, caret);
}

static void
row_activated_cb (DeskSuggestions *self, GtkListBoxRow *row)
{
  take (self, row);
}

/* --- keys ----------------------------------------------------------------------------- */

static gboolean
entry_key_cb (DeskSuggestions *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (!is_open (self))
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
      return TRUE;
    case GDK_KEY_Escape:
      close_list (self);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
list_key_cb (DeskSuggestions *self,
             guint keyval,
             guint keycode,
             GdkModifierType state,
             GtkEventController *controller)
{
  GtkWidget *focused = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  int index = focused != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focused)) : -1;

  switch (keyval)
    {
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (index >= 0)
        take (self, GTK_LIST_BOX_ROW (focused));
      return TRUE;
    case GDK_KEY_Escape:
      close_list (self);
      return_to_entry (self);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      if (index > 0)
        return FALSE;
      return_to_entry (self);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return index == (int) self->offered->len - 1;
    default:
      /* Letters go on with the text. */
      if (gdk_keyval_to_unicode (keyval) == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
        return FALSE;
      return_to_entry (self);
      return gtk_event_controller_key_forward (GTK_EVENT_CONTROLLER_KEY (controller), self->text);
    }
}

/* The keyboard went elsewhere, but not into the list. */
static void
left_cb (DeskSuggestions *self)
{
  if (self->row != NULL && gtk_widget_get_focus_child (self->popover) == NULL)
    close_list (self);
}

static void
watch_keys (DeskSuggestions *self, GtkWidget *widget, GCallback callback)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", callback, self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, keys);
}

static void
desk_suggestions_dispose (GObject *object)
{
  desk_suggestions_detach (DESK_SUGGESTIONS (object));

  G_OBJECT_CLASS (desk_suggestions_parent_class)->dispose (object);
}

static void
desk_suggestions_class_init (DeskSuggestionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_suggestions_dispose;
}

static void
desk_suggestions_init (DeskSuggestions *self)
{
  self->popover = gtk_popover_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  desk_widgets_set_name (GTK_WIDGET (self->list), _("Suggestions"));
  gtk_popover_set_child (GTK_POPOVER (self->popover), GTK_WIDGET (self->list));
  /* It takes neither the keyboard nor a click from the form. */
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->popover, "desk-suggestions");
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

DeskSuggestions *
desk_suggestions_new (GtkWidget *row, GtkEditable *entry, ReunionField field)
{
  DeskSuggestions *self = g_object_new (DESK_TYPE_SUGGESTIONS, NULL);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->row = row;
  self->entry = entry;
  self->field = field;
  self->text = GTK_WIDGET (gtk_editable_get_delegate (entry));
  gtk_widget_set_parent (self->popover, row);
  watch_keys (self, self->text, G_CALLBACK (entry_key_cb));
  watch_keys (self, GTK_WIDGET (self->list), G_CALLBACK (list_key_cb));
  g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (row, focus);
  return self;
}

void
desk_suggestions_detach (DeskSuggestions *self)
{
  g_return_if_fail (DESK_IS_SUGGESTIONS (self));

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  if (self->row != NULL)
    gtk_widget_unparent (self->popover);
  self->row = NULL;
}

void
desk_suggestions_update (DeskSuggestions *self)
{
  g_return_if_fail (DESK_IS_SUGGESTIONS (self));

  if (self->row != NULL && self->update_id == 0)
    self->update_id = g_idle_add (update_cb, self);
}
