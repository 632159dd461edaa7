/* desk-camera-window.c: a window in which a photo is taken
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-camera-window.h"

#include "desk-camera-finder.h"
#include "desk-camera.h"
#include "desk-photo-maker.h"
#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

struct _DeskCameraWindow
{
  AdwWindow parent_instance;

  DeskCameraFinder *finder;
  DeskCamera *camera;
  GCancellable *cancellable; /* of what is being opened */
  GdkTexture *taken;         /* NULL while the camera runs */

  GtkStack *stack;
  GtkPicture *picture;
  AdwStatusPage *problem_page;
  GtkDropDown *camera_drop;
  GtkWidget *take_button;
  GtkWidget *again_button;
  GtkWidget *use_button;
};

enum
{
  SIGNAL_TAKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskCameraWindow, desk_camera_window, ADW_TYPE_WINDOW)

static void
show_taken (DeskCameraWindow *self, GdkTexture *texture)
{
  g_set_object (&self->taken, texture);
  gtk_widget_set_visible (self->take_button, texture == NULL);
  gtk_widget_set_visible (self->again_button, texture != NULL);
  gtk_widget_set_visible (self->use_button, texture != NULL);
  gtk_widget_grab_focus (texture != NULL ? self->use_button : self->take_button);
}

static void
show_problem (DeskCameraWindow *self, const char *sentence)
{
  adw_status_page_set_description (self->problem_page, sentence);
  gtk_stack_set_visible_child_name (self->stack, "problem");
  gtk_widget_set_sensitive (self->take_button, FALSE);
}

/* --- the camera ------------------------------------------------------------------- */

static void
frame_cb (DeskCameraWindow *self, GdkTexture *texture)
{
  if (self->taken != NULL)
    return;
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_stack_set_visible_child_name (self->stack, "picture");
  if (!gtk_widget_get_sensitive (self->take_button))
    {
      gtk_widget_set_sensitive (self->take_button, TRUE);
      gtk_widget_grab_focus (self->take_button);
    }
}

/* A picture that has been taken is there all the same. */
static void
failed_cb (DeskCameraWindow *self)
{
  if (self->taken == NULL)
    show_problem (self, _("The camera gives no picture. Another program may hold it: close that, "
                          "or choose a file instead."));
}

static void
opened_cb (GObject *finder, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskCameraWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  GstElement *source = desk_camera_finder_open_finish (DESK_CAMERA_FINDER (finder), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (source == NULL)
    {
      show_problem (self, error->message);
      return;
    }
  self->camera = desk_camera_new (source);
  g_signal_connect_object (self->camera, "frame", G_CALLBACK (frame_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->camera, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}

static void
close_camera (DeskCameraWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->camera);
}

static void
open_camera (DeskCameraWindow *self, guint index)
{
  close_camera (self);
  gtk_widget_set_sensitive (self->take_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "waiting");
  self->cancellable = g_cancellable_new ();
  desk_camera_finder_open_async (self->finder, index, self->cancellable, opened_cb,
                                 g_object_ref (self));
}

static void
camera_chosen_cb (DeskCameraWindow *self)
{
  guint index = gtk_drop_down_get_selected (self->camera_drop);

  if (self->finder == NULL || index == GTK_INVALID_LIST_POSITION)
    return;
  show_taken (self, NULL);
  open_camera (self, index);
}

/* --- taking ---------------------------------------------------------------------------- */

static void
take_cb (DeskCameraWindow *self)
{
  GdkPaintable *paintable = gtk_picture_get_paintable (self->picture);

  if (GDK_IS_TEXTURE (paintable))
    show_taken (self, GDK_TEXTURE (paintable));
}

static void
again_cb (DeskCameraWindow *self)
{
  show_taken (self, NULL);
  /* It may have been unplugged meanwhile. */
  open_camera (self, gtk_drop_down_get_selected (self->camera_drop));
}

/* A photo and the bytes of it, on their way back from a thread. */
typedef struct
{
  ReunionPhoto *photo;
  GBytes *bytes;
} Made;

static void
made_free (gpointer data)
{
  Made *made = data;

  g_clear_pointer (&made->photo, reunion_photo_unref);
  g_clear_pointer (&made->bytes, g_bytes_unref);
  g_free (made);
}

static void
make_in_thread (GTask *task, gpointer window, gpointer texture, GCancellable *cancellable)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_get_from_texture (texture);
  Made *made = g_new0 (Made, 1);

  made->photo = desk_photo_make (pixbuf, &made->bytes);
  g_task_return_pointer (task, made, made_free);
}

static void
made_cb (GObject *window, GAsyncResult *result, gpointer user_data)
{
  DeskCameraWindow *self = DESK_CAMERA_WINDOW (window);
  Made *made = g_task_propagate_pointer (G_TASK (result), NULL);

  gtk_widget_set_sensitive (self->use_button, TRUE);
  if (made->photo == NULL)
    show_problem (self, _("There is not enough memory for this picture. Close other programs and "
                          "take it again."));
  else
    {
      g_signal_emit (self, signals[SIGNAL_TAKEN], 0, made->photo, made->bytes);
      gtk_window_close (GTK_WINDOW (self));
    }
  made_free (made);
}

static void
use_cb (DeskCameraWindow *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->taken == NULL)
    return;
  gtk_widget_set_sensitive (self->use_button, FALSE);
  task = g_task_new (self, NULL, made_cb, NULL);
  g_task_set_task_data (task, g_object_ref (self->taken), g_object_unref);
  g_task_run_in_thread (task, make_in_thread);
}

static void
desk_camera_window_dispose (GObject *object)
{
  DeskCameraWindow *self = DESK_CAMERA_WINDOW (object);

  close_camera (self);
  g_clear_object (&self->finder);
  g_clear_object (&self->taken);

  G_OBJECT_CLASS (desk_camera_window_parent_class)->dispose (object);
}

/* The light of the camera goes out with the window. */
static gboolean
desk_camera_window_close_request (GtkWindow *window)
{
  close_camera (DESK_CAMERA_WINDOW (window));
  return GTK_WINDOW_CLASS (desk_camera_window_parent_class)->close_request (window);
}

static void
desk_camera_window_class_init (DeskCameraWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_camera_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = desk_camera_window_close_request;
  signals[SIGNAL_TAKEN]
      = g_signal_new ("taken", DESK_TYPE_CAMERA_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, REUNION_TYPE_PHOTO, G_TYPE_BYTES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               DESK_RESOURCES "desk-camera-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCameraWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskCameraWindow, picture);
  gtk_widget_class_bind_template_child (widget_class, DeskCameraWindow, problem_page);
  gtk_widget_class_bind_template_child (widget_class, DeskCameraWindow, camera_drop);
  gtk_widget_class_bind_template_child (widget_class, DeskCameraWindow, take_button);
  gtk_widget_class_bind_template_child (widget_class, DeskCameraWindow, again_button);
  gtk_widget_class_bind_template_child (widget_class, DeskCameraWindow, use_button);
  gtk_widget_class_bind_template_callback (widget_class, camera_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
}

static void
desk_camera_window_init (DeskCameraWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
desk_camera_window_new (GtkWindow *parent)
{
  DeskCameraWindow *self = g_object_new (DESK_TYPE_CAMERA_WINDOW, "transient-for", parent, NULL);
  g_autoptr (GtkStringList) labels = NULL;
  g_auto (GStrv) names = NULL;

  self->finder = desk_camera_finder_get ();
  names = desk_camera_finder_list_names (self->finder);
  labels = gtk_string_list_new ((const char *const *) names);
  gtk_widget_set_visible (GTK_WIDGET (self->camera_drop), g_strv_length (names) > 1);
  /* Choosing the first opens it. */
  gtk_drop_down_set_model (self->camera_drop, G_LIST_MODEL (labels));
  if (*names == NULL)
    show_problem (self, _("No camera was found. Connect one, or choose a file instead."));
  else if (self->cancellable == NULL)
    open_camera (self, 0);
  desk_widgets_mend_accessibility (GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
