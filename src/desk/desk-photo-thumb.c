/* desk-photo-thumb.c: a photo of a report, and what can be done with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-photo-thumb.h"

#include "desk-photo-frame.h"
#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

struct _DeskPhotoThumb
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *mark;

  guint index;
};

enum
{
  SIGNAL_EDIT_PRESSED,
  SIGNAL_REMOVE_PRESSED,
  SIGNAL_LEAD_PRESSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskPhotoThumb, desk_photo_thumb, GTK_TYPE_WIDGET)

static void
edit_cb (DeskPhotoThumb *self)
{
  g_signal_emit (self, signals[SIGNAL_EDIT_PRESSED], 0, self->index);
}

static void
remove_cb (DeskPhotoThumb *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE_PRESSED], 0, self->index);
}

static void
lead_cb (DeskPhotoThumb *self)
{
  g_signal_emit (self, signals[SIGNAL_LEAD_PRESSED], 0, self->index);
}

static GtkWidget *
add_corner_button (DeskPhotoThumb *self,
                   GtkWidget *overlay,
                   const char *icon,
                   const char *name,
                   GtkAlign halign,
                   GCallback pressed)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_halign (button, halign);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "osd");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "desk-remove");
  gtk_widget_set_tooltip_text (button, name);
  desk_widgets_set_name (button, name);
  g_signal_connect_object (button, "clicked", pressed, self, G_CONNECT_SWAPPED);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), button);
  return button;
}

static GtkWidget *
make_caption (DeskPhotoThumb *self)
{
  GtkWidget *caption;

  if (self->index == 0)
    {
      caption = gtk_label_new (_("Lead Photo"));
      gtk_widget_add_css_class (caption, "caption-heading");
      gtk_widget_add_css_class (caption, "desk-thumb-lead");
      return caption;
    }
  caption = gtk_button_new_with_label (_("Make Lead"));
  gtk_widget_add_css_class (caption, "flat");
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "desk-thumb-button");
  gtk_widget_set_tooltip_text (caption, _("Show This Photo First, and in the Notice"));
  g_signal_connect_object (caption, "clicked", G_CALLBACK (lead_cb), self, G_CONNECT_SWAPPED);
  return caption;
}

static void
desk_photo_thumb_dispose (GObject *object)
{
  DeskPhotoThumb *self = DESK_PHOTO_THUMB (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (desk_photo_thumb_parent_class)->dispose (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, DESK_TYPE_PHOTO_THUMB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
desk_photo_thumb_class_init (DeskPhotoThumbClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_photo_thumb_dispose;
  signals[SIGNAL_EDIT_PRESSED] = add_signal ("edit-pressed");
  signals[SIGNAL_REMOVE_PRESSED] = add_signal ("remove-pressed");
  signals[SIGNAL_LEAD_PRESSED] = add_signal ("lead-pressed");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
desk_photo_thumb_init (DeskPhotoThumb *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
}

GtkWidget *
desk_photo_thumb_new (GdkTexture *texture, guint index)
{
  DeskPhotoThumb *self = g_object_new (DESK_TYPE_PHOTO_THUMB, NULL);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *frame = g_object_new (DESK_TYPE_PHOTO_FRAME, "photo-width", 84, "photo-height", 105,
                                   "halign", GTK_ALIGN_CENTER, NULL);
  g_autofree char *name = g_strdup_printf (_("Photo %u"), index + 1);

  self->index = index;
  desk_photo_frame_set_photo (DESK_PHOTO_FRAME (frame),
                              texture != NULL ? GDK_PAINTABLE (texture) : NULL, name);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), frame);
  gtk_widget_set_halign (overlay, GTK_ALIGN_CENTER);
  if (texture != NULL)
    add_corner_button (self, overlay, "document-edit-symbolic", _("Turn or Crop Photo"),
                       GTK_ALIGN_START, G_CALLBACK (edit_cb));
  add_corner_button (self, overlay, "window-close-symbolic", _("Remove Photo"), GTK_ALIGN_END,
                     G_CALLBACK (remove_cb));
  self->mark = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_add_css_class (self->mark, "desk-thumb-mark");
  gtk_widget_set_halign (self->mark, GTK_ALIGN_START);
  gtk_widget_set_valign (self->mark, GTK_ALIGN_END);
  gtk_widget_set_visible (self->mark, FALSE);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->mark);
  gtk_box_append (GTK_BOX (self->box), overlay);
  gtk_box_append (GTK_BOX (self->box), make_caption (self));
  return GTK_WIDGET (self);
}

void
desk_photo_thumb_set_advised (DeskPhotoThumb *self, gboolean is_advised)
{
  g_return_if_fail (DESK_IS_PHOTO_THUMB (self));

  gtk_widget_set_visible (self->mark, is_advised);
}
