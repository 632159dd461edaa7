/* desk-message-row.c: a sentence under the entry that it speaks of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-message-row.h"

#include "desk-widgets.h"

struct _DeskMessageRow
{
  AdwPreferencesRow parent_instance;

  GtkImage *icon;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (DeskMessageRow, desk_message_row, ADW_TYPE_PREFERENCES_ROW)

static void
desk_message_row_class_init (DeskMessageRowClass *klass)
{
}

static void
desk_message_row_init (DeskMessageRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->icon = GTK_IMAGE (gtk_image_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0.0f);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->icon), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "desk-message");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
desk_message_row_new (void)
{
  return g_object_new (DESK_TYPE_MESSAGE_ROW, NULL);
}

static const char *
icon_of (const char *tone)
{
  if (g_strcmp0 (tone, "error") == 0)
    return "dialog-error-symbolic";
  if (g_strcmp0 (tone, "warning") == 0)
    return "dialog-warning-symbolic";
  if (g_strcmp0 (tone, "success") == 0)
    return "object-select-symbolic";
  return NULL;
}

void
desk_message_row_set (DeskMessageRow *self, const char *text, const char *tone)
{
  g_return_if_fail (DESK_IS_MESSAGE_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  if (text == NULL)
    return;
  if (g_strcmp0 (gtk_label_get_label (self->label), text) != 0)
    gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), icon_of (tone) != NULL);
  gtk_image_set_from_icon_name (self->icon, icon_of (tone));
  desk_widgets_set_tone (GTK_WIDGET (self), tone);
}
