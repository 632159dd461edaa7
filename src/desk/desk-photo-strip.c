/* desk-photo-strip.c: the photos of a report: choose, drop, remove
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-photo-strip.h"

#include "desk-compat.h"
#include "desk-photo-frame.h"
#include "desk-photo-loader.h"
#include "desk-photos.h"
#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

struct _DeskPhotoStrip
{
  GtkWidget parent_instance;

  DeskSession *session;
  ReunionCase *case_;
  GCancellable *cancellable; /* of what is being decoded for this case */

  GtkWidget *box;
  GtkFlowBox *flow;
  GtkWidget *drop_box;
  GtkSpinner *spinner;
  GtkWidget *choose_button;
  GtkLabel *message_label;

  guint n_loading;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskPhotoStrip, desk_photo_strip, GTK_TYPE_WIDGET)

static void
show_message (DeskPhotoStrip *self, const char *text, const char *tone)
{
  gtk_label_set_label (self->message_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), text != NULL);
  desk_widgets_set_tone (GTK_WIDGET (self->message_label), tone);
}

static void update (DeskPhotoStrip *self);

/* --- removing ------------------------------------------------------------------- */

static void
remove_cb (DeskPhotoStrip *self, GtkButton *button)
{
  const char *sha256 = g_object_get_data (G_OBJECT (button), "sha256");
  g_autoptr (GPtrArray) kept
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_photo_unref);

  for (guint i = 0; i < reunion_case_get_n_photos (self->case_); i++)
    {
      ReunionPhoto *photo = reunion_case_get_photo (self->case_, i);

      if (g_strcmp0 (reunion_photo_get_sha256 (photo), sha256) != 0)
        g_ptr_array_add (kept, reunion_photo_ref (photo));
    }
  reunion_case_clear_photos (self->case_);
  for (guint i = 0; i < kept->len; i++)
    reunion_case_add_photo (self->case_, kept->pdata[i]);
  show_message (self, NULL, NULL);
  update (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkWidget *
make_thumbnail (DeskPhotoStrip *self, ReunionPhoto *photo, guint index)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *frame = g_object_new (DESK_TYPE_PHOTO_FRAME, "photo-width", 84, "photo-height", 105,
                                   "halign", GTK_ALIGN_START, NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  const char *sha256 = reunion_photo_get_sha256 (photo);
  GdkTexture *texture = desk_photos_get (desk_session_get_store (self->session), sha256);
  g_autofree char *name = g_strdup_printf (_("Photo %u"), index + 1);

  desk_photo_frame_set_photo (DESK_PHOTO_FRAME (frame),
                              texture != NULL ? GDK_PAINTABLE (texture) : NULL, name);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "osd");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "desk-remove");
  gtk_widget_set_tooltip_text (button, _("Remove Photo"));
  desk_widgets_set_name (button, _("Remove Photo"));
  g_object_set_data_full (G_OBJECT (button), "sha256", g_strdup (sha256), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), frame);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), button);
  gtk_widget_set_halign (overlay, GTK_ALIGN_START);
  return overlay;
}

static void
update (DeskPhotoStrip *self)
{
  guint n_photos = self->case_ != NULL ? reunion_case_get_n_photos (self->case_) : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->flow))) != NULL)
    gtk_flow_box_remove (self->flow, child);
  for (guint i = 0; i < n_photos; i++)
    gtk_flow_box_append (self->flow,
                         make_thumbnail (self, reunion_case_get_photo (self->case_, i), i));
  gtk_widget_set_visible (GTK_WIDGET (self->flow), n_photos > 0);
}

/* --- adding ----------------------------------------------------------------------- */

static void
keep (DeskPhotoStrip *self, ReunionPhoto *photo, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;

  if (!reunion_station_store_put_photo (desk_session_get_store (self->session), photo, bytes,
                                        &error))
    {
      show_message (self, error->message, "error");
      return;
    }
  if (!reunion_case_add_photo (self->case_, photo))
    {
      show_message (self, _("This photo is there already."), "warning");
      return;
    }
  if (reunion_photo_is_usable (photo))
    show_message (self, NULL, NULL);
  else
    {
      g_autofree char *text = g_strdup_printf (
          /* Translators: width and height in pixels */
          _("This photo has %u × %u pixels only. The notice needs one with a shorter side of at "
            "least 400."),
          reunion_photo_get_width_px (photo), reunion_photo_get_height_px (photo));

      show_message (self, text, "warning");
    }
  update (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
set_loading (DeskPhotoStrip *self, int change)
{
  self->n_loading = (guint) MAX ((int) self->n_loading + change, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->n_loading > 0);
  gtk_spinner_set_spinning (self->spinner, self->n_loading > 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPhotoStrip) self = user_data;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionPhoto) photo = desk_photo_load_finish (result, &bytes, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_loading (self, -1);
  if (photo != NULL)
    keep (self, photo, bytes);
  else
    show_message (self, error->message, "error");
}

void
desk_photo_strip_add_file (DeskPhotoStrip *self, GFile *file)
{
  g_return_if_fail (DESK_IS_PHOTO_STRIP (self) && self->case_ != NULL);

  set_loading (self, 1);
  desk_photo_load_async (file, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
chosen_cb (GFile *file, gpointer user_data)
{
  desk_photo_strip_add_file (user_data, file);
}

static void
choose_cb (DeskPhotoStrip *self)
{
  desk_compat_choose_photo (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), chosen_cb, self);
}

static gboolean
drop_cb (DeskPhotoStrip *self, const GValue *value)
{
  GSList *files;

  if (self->case_ == NULL || !G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  files = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *l = files; l != NULL; l = l->next)
    desk_photo_strip_add_file (self, l->data);
  g_slist_free (files);
  return TRUE;
}

static void
desk_photo_strip_dispose (GObject *object)
{
  DeskPhotoStrip *self = DESK_PHOTO_STRIP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->case_);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_photo_strip_parent_class)->dispose (object);
}

static void
desk_photo_strip_class_init (DeskPhotoStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_photo_strip_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", DESK_TYPE_PHOTO_STRIP, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-photo-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoStrip, box);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoStrip, flow);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoStrip, drop_box);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoStrip, spinner);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoStrip, choose_button);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoStrip, message_label);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
}

static void
desk_photo_strip_init (DeskPhotoStrip *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
desk_photo_strip_set_case (DeskPhotoStrip *self, DeskSession *session, ReunionCase *case_)
{
  g_return_if_fail (DESK_IS_PHOTO_STRIP (self));

  /* A photo still being decoded belongs to the case of before. */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  set_loading (self, -(int) self->n_loading);
  g_set_object (&self->session, session);
  g_set_object (&self->case_, case_);
  show_message (self, NULL, NULL);
  update (self);
}
