/* desk-photo-editor.c: a window in which a photo is turned and cropped
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-photo-editor.h"

#include "desk-crop-view.h"
#include "desk-photo-maker.h"
#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

struct _DeskPhotoEditor
{
  AdwWindow parent_instance;

  GBytes *content;
  GCancellable *cancellable;

  DeskCropView *view;
  GtkLabel *size_label;
  GtkWidget *reset_button;
  GtkWidget *done_button;
  GtkWidget *tools;
  GtkSpinner *spinner;
};

typedef struct
{
  GBytes *content;
  DeskCrop crop;
  GBytes *bytes; /* what comes out */
} Work;

enum
{
  SIGNAL_EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskPhotoEditor, desk_photo_editor, ADW_TYPE_WINDOW)

static void
work_free (Work *work)
{
  g_bytes_unref (work->content);
  g_clear_pointer (&work->bytes, g_bytes_unref);
  g_free (work);
}

static void
set_working (DeskPhotoEditor *self, gboolean is_working)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->view), !is_working);
  gtk_widget_set_sensitive (self->tools, !is_working);
  gtk_widget_set_sensitive (self->done_button, !is_working);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_working);
  gtk_spinner_set_spinning (self->spinner, is_working);
}

static void
changed_cb (DeskPhotoEditor *self)
{
  const DeskCrop *crop = desk_crop_view_get_crop (self->view);
  gboolean is_small = MIN (crop->width_px, crop->height_px) < REUNION_PHOTO_MIN_SIDE_PX;
  g_autofree char *text = g_strdup_printf (
      /* Translators: width and height */
      is_small ? _("%d × %d pixels: the notice needs a shorter side of at least 400")
               : _("%d × %d pixels"),
      crop->width_px, crop->height_px);

  gtk_label_set_label (self->size_label, text);
  desk_widgets_set_tone (GTK_WIDGET (self->size_label), is_small ? "warning" : "dim");
  gtk_widget_set_sensitive (self->reset_button, !desk_crop_is_whole (crop));
}

static void
turn_left_cb (DeskPhotoEditor *self)
{
  desk_crop_view_turn (self->view, FALSE);
}

static void
turn_right_cb (DeskPhotoEditor *self)
{
  desk_crop_view_turn (self->view, TRUE);
}

static void
reset_cb (DeskPhotoEditor *self)
{
  desk_crop_view_reset (self->view);
}

static void
work_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;

  g_task_return_pointer (task, desk_photo_make_cropped (work->content, &work->crop, &work->bytes),
                         (GDestroyNotify) reunion_photo_unref);
}

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DeskPhotoEditor *self = DESK_PHOTO_EDITOR (source);
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionPhoto) photo = g_task_propagate_pointer (G_TASK (result), &error);

  /* Closed before it was done. */
  if (error != NULL)
    return;
  set_working (self, FALSE);
  if (photo == NULL)
    {
      gtk_label_set_label (self->size_label,
                           _("The photo can't be turned or cropped: it is damaged, or memory is "
                             "short. Cancel, and choose it again."));
      desk_widgets_set_tone (GTK_WIDGET (self->size_label), "error");
      return;
    }
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, photo, work->bytes);
  gtk_window_close (GTK_WINDOW (self));
}

static void
done_cb (DeskPhotoEditor *self)
{
  const DeskCrop *crop = desk_crop_view_get_crop (self->view);
  g_autoptr (GTask) task = NULL;
  Work *work;

  if (desk_crop_is_whole (crop))
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  work = g_new0 (Work, 1);
  work->content = g_bytes_ref (self->content);
  work->crop = *crop;
  task = g_task_new (self, self->cancellable, worked_cb, NULL);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  set_working (self, TRUE);
  g_task_run_in_thread (task, work_in_thread);
}

static void
desk_photo_editor_dispose (GObject *object)
{
  DeskPhotoEditor *self = DESK_PHOTO_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->content, g_bytes_unref);

  G_OBJECT_CLASS (desk_photo_editor_parent_class)->dispose (object);
}

static gboolean
desk_photo_editor_close_request (GtkWindow *window)
{
  g_cancellable_cancel (DESK_PHOTO_EDITOR (window)->cancellable);
  return GTK_WINDOW_CLASS (desk_photo_editor_parent_class)->close_request (window);
}

static void
desk_photo_editor_class_init (DeskPhotoEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_photo_editor_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = desk_photo_editor_close_request;
  signals[SIGNAL_EDITED]
      = g_signal_new ("edited", DESK_TYPE_PHOTO_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, REUNION_TYPE_PHOTO, G_TYPE_BYTES);
  g_type_ensure (DESK_TYPE_CROP_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-photo-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoEditor, view);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoEditor, size_label);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoEditor, reset_button);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoEditor, done_button);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoEditor, tools);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoEditor, spinner);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, turn_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, turn_right_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
desk_photo_editor_init (DeskPhotoEditor *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  desk_widgets_set_name (GTK_WIDGET (self->view), _("Photo and Frame"));
}

GtkWidget *
desk_photo_editor_new (GtkWindow *parent, GBytes *content, GdkTexture *texture)
{
  DeskPhotoEditor *self;

  g_return_val_if_fail (content != NULL && GDK_IS_TEXTURE (texture), NULL);

  self = g_object_new (DESK_TYPE_PHOTO_EDITOR, "transient-for", parent, NULL);
  self->content = g_bytes_ref (content);
  desk_crop_view_set_texture (self->view, texture);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  return GTK_WIDGET (self);
}
