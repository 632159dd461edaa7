/* desk-photo-strip.c: the photos of a report: add, order, remove
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-photo-strip.h"

#include "desk-camera-finder.h"
#include "desk-camera-window.h"
#include "desk-compat.h"
#include "desk-photo-advice.h"
#include "desk-photo-editor.h"
#include "desk-photo-loader.h"
#include "desk-photo-paste.h"
#include "desk-photo-thumb.h"
#include "desk-photos.h"
#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

struct _DeskPhotoStrip
{
  GtkWidget parent_instance;

  DeskSession *session;
  ReunionCase *case_;
  GCancellable *cancellable; /* of what is being decoded for this case */
  DeskCameraFinder *cameras;

  GtkWidget *box;
  GtkFlowBox *flow;
  GtkWidget *drop_box;
  GtkSpinner *spinner;
  GtkWidget *choose_button;
  GtkWidget *camera_button;
  GtkLabel *message_label;
  DeskPhotoAdvice *advice;

  GQueue files; /* GFile: still to be decoded, one after the other to keep their order */
  gboolean is_decoding;
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

/* --- the photos ----------------------------------------------------------------- */

static void update (DeskPhotoStrip *self);

static void
advice_changed_cb (DeskPhotoStrip *self)
{
  GtkFlowBoxChild *child;

  for (guint i = 0; (child = gtk_flow_box_get_child_at_index (self->flow, (int) i)) != NULL; i++)
    desk_photo_thumb_set_advised (DESK_PHOTO_THUMB (gtk_flow_box_child_get_child (child)),
                                  desk_photo_advice_is_about (self->advice, i));
}

static void
photos_changed (DeskPhotoStrip *self)
{
  show_message (self, NULL, NULL);
  update (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
remove_cb (DeskPhotoStrip *self, guint index)
{
  reunion_case_remove_photo (self->case_, index);
  photos_changed (self);
}

static void
lead_cb (DeskPhotoStrip *self, guint index)
{
  reunion_case_set_lead_photo (self->case_, index);
  photos_changed (self);
}

/* --- turning and cropping --------------------------------------------------------- */

/* The photo that is edited is known by its hash: others may have come before it. */
static gboolean
find_photo (DeskPhotoStrip *self, const char *sha256, guint *index)
{
  guint n_photos = self->case_ != NULL ? reunion_case_get_n_photos (self->case_) : 0;

  for (guint i = 0; i < n_photos; i++)
    if (g_strcmp0 (reunion_photo_get_sha256 (reunion_case_get_photo (self->case_, i)), sha256) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

static void
edited_cb (DeskPhotoStrip *self, ReunionPhoto *photo, GBytes *bytes, GtkWidget *editor)
{
  g_autoptr (GError) error = NULL;
  guint index;

  if (!find_photo (self, g_object_get_data (G_OBJECT (editor), "sha256"), &index))
    return;
  if (!reunion_station_store_put_photo (desk_session_get_store (self->session), photo, bytes,
                                        &error))
    show_message (self, error->message, "error");
  else if (!reunion_case_replace_photo (self->case_, index, photo))
    show_message (self, _("This photo is there already."), "warning");
  else
    photos_changed (self);
}

static void
edit_cb (DeskPhotoStrip *self, guint index)
{
  ReunionStationStore *store = desk_session_get_store (self->session);
  const char *sha256 = reunion_photo_get_sha256 (reunion_case_get_photo (self->case_, index));
  g_autoptr (GBytes) content = reunion_station_store_get_photo (store, sha256, NULL);
  GdkTexture *texture = desk_photos_get (store, sha256);
  GtkWidget *editor;

  if (content == NULL || texture == NULL)
    return;
  editor = desk_photo_editor_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), content,
                                  texture);
  g_object_set_data_full (G_OBJECT (editor), "sha256", g_strdup (sha256), g_free);
  g_signal_connect_object (editor, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (editor));
}

/* --- showing them ----------------------------------------------------------------- */

static void
add_thumb (DeskPhotoStrip *self, guint index)
{
  ReunionPhoto *photo = reunion_case_get_photo (self->case_, index);
  GdkTexture *texture
      = desk_photos_get (desk_session_get_store (self->session), reunion_photo_get_sha256 (photo));
  GtkWidget *thumb = desk_photo_thumb_new (texture, index);
  GtkWidget *child = gtk_flow_box_child_new ();

  g_signal_connect_object (thumb, "remove-pressed", G_CALLBACK (remove_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (thumb, "edit-pressed", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (thumb, "lead-pressed", G_CALLBACK (lead_cb), self, G_CONNECT_SWAPPED);
  /* Its buttons take the focus. */
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), thumb);
  gtk_flow_box_append (self->flow, child);
}

static void
update (DeskPhotoStrip *self)
{
  guint n_photos = self->case_ != NULL ? reunion_case_get_n_photos (self->case_) : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->flow))) != NULL)
    gtk_flow_box_remove (self->flow, child);
  for (guint i = 0; i < n_photos; i++)
    add_thumb (self, i);
  gtk_widget_set_visible (GTK_WIDGET (self->flow), n_photos > 0);
  desk_photo_advice_show (self->advice, self->session, self->case_);
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
  photos_changed (self);
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

static void decode_next (DeskPhotoStrip *self);

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPhotoStrip) self = user_data;

  /* Else another case has come, and its files are being decoded. */
  if (!g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    {
      self->is_decoding = FALSE;
      decode_next (self);
    }
  loaded_cb (source, result, g_steal_pointer (&self));
}

static void
decode_next (DeskPhotoStrip *self)
{
  g_autoptr (GFile) file = !self->is_decoding ? g_queue_pop_head (&self->files) : NULL;

  if (file == NULL)
    return;
  self->is_decoding = TRUE;
  desk_photo_load_async (file, self->cancellable, decoded_cb, g_object_ref (self));
}

void
desk_photo_strip_add_file (DeskPhotoStrip *self, GFile *file)
{
  g_return_if_fail (DESK_IS_PHOTO_STRIP (self) && self->case_ != NULL);

  set_loading (self, 1);
  g_queue_push_tail (&self->files, g_object_ref (file));
  decode_next (self);
}

/* --- pasting -------------------------------------------------------------------- */

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPhotoStrip) self = user_data;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_read = desk_photo_paste_read_finish (result, &content, &files, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_loading (self, -1);
  if (!is_read)
    show_message (self, error->message, "error");
  else if (content != NULL)
    {
      set_loading (self, 1);
      /* Translators: stands for the name of a file in a sentence */
      desk_photo_load_content_async (content, _("Pasted picture"), self->cancellable, loaded_cb,
                                     g_object_ref (self));
    }
  else
    for (guint i = 0; i < files->len; i++)
      desk_photo_strip_add_file (self, files->pdata[i]);
}

static void
paste_cb (DeskPhotoStrip *self)
{
  if (self->case_ == NULL)
    return;
  set_loading (self, 1);
  desk_photo_paste_read_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->cancellable,
                               pasted_cb, g_object_ref (self));
}

static gboolean
paste_shortcut_cb (GtkWidget *scope, GVariant *arguments, gpointer user_data)
{
  DeskPhotoStrip *self = user_data;
  GdkClipboard *clipboard = gtk_widget_get_clipboard (scope);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (scope));

  if (self->case_ == NULL || desk_photo_paste_is_text (clipboard, focus)
      || !desk_photo_paste_has_photo (clipboard))
    return FALSE;
  paste_cb (self);
  return TRUE;
}

void
desk_photo_strip_take_paste (DeskPhotoStrip *self, GtkWidget *scope)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  g_return_if_fail (DESK_IS_PHOTO_STRIP (self) && GTK_IS_WIDGET (scope));

  /* Before an entry sees it, which could do nothing with a picture. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_v, GDK_CONTROL_MASK),
                        gtk_callback_action_new (paste_shortcut_cb, self, NULL)));
  gtk_widget_add_controller (scope, controller);
}

/* --- choosing and dropping ------------------------------------------------------ */

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

static void
taken_cb (DeskPhotoStrip *self, ReunionPhoto *photo, GBytes *bytes)
{
  if (self->case_ != NULL)
    keep (self, photo, bytes);
}

static void
camera_cb (DeskPhotoStrip *self)
{
  GtkWidget *window = desk_camera_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));

  g_signal_connect_object (window, "taken", G_CALLBACK (taken_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
cameras_changed_cb (DeskPhotoStrip *self)
{
  g_auto (GStrv) names = desk_camera_finder_list_names (self->cameras);

  gtk_widget_set_visible (self->camera_button, *names != NULL);
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
  g_queue_clear_full (&self->files, g_object_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->cameras);
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
  g_type_ensure (DESK_TYPE_PHOTO_ADVICE);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-photo-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoStrip, box);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoStrip, flow);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoStrip, drop_box);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoStrip, spinner);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoStrip, choose_button);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoStrip, camera_button);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoStrip, message_label);
  gtk_widget_class_bind_template_child (widget_class, DeskPhotoStrip, advice);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, camera_cb);
  gtk_widget_class_bind_template_callback (widget_class, advice_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_cb);
}

static void
desk_photo_strip_init (DeskPhotoStrip *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_queue_init (&self->files);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  self->cameras = desk_camera_finder_get ();
  g_signal_connect_object (self->cameras, "changed", G_CALLBACK (cameras_changed_cb), self,
                           G_CONNECT_SWAPPED);
  cameras_changed_cb (self);
}

void
desk_photo_strip_set_case (DeskPhotoStrip *self, DeskSession *session, ReunionCase *case_)
{
  g_return_if_fail (DESK_IS_PHOTO_STRIP (self));

  /* A photo still being decoded belongs to the case of before. */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_queue_clear_full (&self->files, g_object_unref);
  self->is_decoding = FALSE;
  set_loading (self, -(int) self->n_loading);
  g_set_object (&self->session, session);
  g_set_object (&self->case_, case_);
  show_message (self, NULL, NULL);
  update (self);
}

void
desk_photo_strip_refresh (DeskPhotoStrip *self)
{
  g_return_if_fail (DESK_IS_PHOTO_STRIP (self));

  show_message (self, NULL, NULL);
  update (self);
}

void
desk_photo_strip_go_to (DeskPhotoStrip *self)
{
  g_return_if_fail (DESK_IS_PHOTO_STRIP (self));

  gtk_widget_grab_focus (self->choose_button);
}
