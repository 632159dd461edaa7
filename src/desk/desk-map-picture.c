/* desk-map-picture.c: saving what the map shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-map-picture.h"

#include "desk-compat.h"
#include "desk-map-words.h"
#include "desk-widgets.h"

#include "reunion-map-picture.h"
#include "reunion-time.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GWeakRef view;
  GdkTexture *texture;
  GFile *file;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_weak_ref_clear (&job->view);
  g_clear_object (&job->texture);
  g_clear_object (&job->file);
  g_free (job);
}

static void
write_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (desk_map_picture_write (job->texture, job->file, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GtkWidget) view = g_weak_ref_get (&job->view);
  g_autoptr (GError) error = NULL;
  gboolean is_written = g_task_propagate_boolean (G_TASK (result), &error);

  if (view != NULL && gtk_widget_get_root (view) != NULL)
    desk_widgets_toast (view, is_written ? _("The picture of the map is saved.") : error->message);
}

static void
chosen_cb (GFile *file, gpointer user_data)
{
  const Job *asked = user_data;
  Job *job = g_new0 (Job, 1);
  g_autoptr (GtkWidget) view = g_weak_ref_get ((GWeakRef *) &asked->view);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, written_cb, NULL);

  g_weak_ref_init (&job->view, view);
  job->texture = g_object_ref (asked->texture);
  job->file = g_object_ref (file);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, write_thread);
}

void
desk_map_picture_save (ReunionMapView *view,
                       ReunionCase *case_,
                       ReunionPolicy *policy,
                       gint64 now_usec)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *time = reunion_time_format (now_usec, zone);
  g_autofree char *words
      = desk_map_words_describe (case_, policy, now_usec, reunion_map_view_get_tip_set (view));
  g_autofree char *caption
      = words != NULL ? g_strdup_printf ("%s\n%s", words, time) : g_strdup (time);
  /* Translators: file name of a picture of the map, with the time */
  g_autofree char *name = g_strdup_printf (_("Map %s.png"), time);
  Job *job;
  GdkTexture *texture;

  g_return_if_fail (REUNION_IS_MAP_VIEW (view));

  texture = reunion_map_picture_take (view, caption);
  if (texture == NULL)
    return;
  g_strdelimit (name, ":/", '-');
  job = g_new0 (Job, 1);
  g_weak_ref_init (&job->view, view);
  job->texture = texture;
  desk_compat_choose_target (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (view))),
                             _("Save Picture of the Map"), name, chosen_cb, job, job_free);
}

gboolean
desk_map_picture_write (GdkTexture *texture, GFile *file, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (GDK_IS_TEXTURE (texture) && G_IS_FILE (file), FALSE);

  bytes = gdk_texture_save_to_png_bytes (texture);
  /* GIO writes beside it and renames, so that the file is never half there. */
  if (g_file_replace_contents (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                               FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, NULL, &reason))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
               _("The picture could not be saved: %s. Choose another folder."), reason->message);
  return FALSE;
}
