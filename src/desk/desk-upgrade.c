/* desk-upgrade.c: a file of an earlier version, brought up to date in a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-upgrade.h"

#include "desk-upgrade-window.h"

#include "reunion-station-store.h"

/* A window that is gone within a moment would only startle. */
#define LOOK_EVERY_MS 200

typedef struct
{
  char *path;
  GtkApplication *application;
  GCancellable *cancellable;
  GtkWidget *window; /* NULL until it is worth one */
  guint look_id;
  int n_done, n_cases; /* atomic; written in the thread */
} Upgrade;

static void
upgrade_free (Upgrade *upgrade)
{
  g_clear_handle_id (&upgrade->look_id, g_source_remove);
  if (upgrade->window != NULL)
    gtk_window_destroy (GTK_WINDOW (upgrade->window));
  g_clear_object (&upgrade->window);
  g_object_unref (upgrade->application);
  g_object_unref (upgrade->cancellable);
  g_free (upgrade->path);
  g_free (upgrade);
}

static gboolean
close_cb (Upgrade *upgrade)
{
  g_cancellable_cancel (upgrade->cancellable);
  return FALSE;
}

static gboolean
look_cb (gpointer user_data)
{
  Upgrade *upgrade = user_data;
  guint n_done = (guint) g_atomic_int_get (&upgrade->n_done);
  guint n_cases = (guint) g_atomic_int_get (&upgrade->n_cases);

  if (n_cases == 0 || g_cancellable_is_cancelled (upgrade->cancellable))
    return G_SOURCE_CONTINUE;
  if (upgrade->window == NULL)
    {
      upgrade->window = g_object_ref_sink (desk_upgrade_window_new (upgrade->application));
      g_signal_connect_swapped (upgrade->window, "close-request", G_CALLBACK (close_cb), upgrade);
      gtk_window_present (GTK_WINDOW (upgrade->window));
    }
  desk_upgrade_window_set_progress (DESK_UPGRADE_WINDOW (upgrade->window), MIN (n_done, n_cases),
                                    n_cases);
  return G_SOURCE_CONTINUE;
}

static void
progress_cb (guint n_done, guint n_cases, gpointer user_data)
{
  Upgrade *upgrade = user_data;

  g_atomic_int_set (&upgrade->n_done, (int) n_done);
  g_atomic_int_set (&upgrade->n_cases, (int) n_cases);
}

static void
work_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Upgrade *upgrade = task_data;
  GError *error = NULL;

  if (reunion_station_store_prepare (upgrade->path, cancellable, progress_cb, upgrade, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
desk_upgrade_async (GtkApplication *application,
                    const char *path,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Upgrade *upgrade;

  g_return_if_fail (GTK_IS_APPLICATION (application) && path != NULL);
  g_return_if_fail (G_IS_CANCELLABLE (cancellable));

  upgrade = g_new0 (Upgrade, 1);
  upgrade->path = g_strdup (path);
  upgrade->application = g_object_ref (application);
  upgrade->cancellable = g_object_ref (cancellable);
  upgrade->look_id = g_timeout_add (LOOK_EVERY_MS, look_cb, upgrade);
  task = g_task_new (NULL, cancellable, callback, user_data);
  /* What came out counts, also when it was done just before. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, upgrade, (GDestroyNotify) upgrade_free);
  g_task_run_in_thread (task, work_in_thread);
}

gboolean
desk_upgrade_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
