/* central-backups.c: a rolling folder of backups, from which expired cases are
 * erased too
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-backups.h"

#include "reunion-central-expiry.h"
#include "reunion-db-care.h"
#include "reunion-db.h"

#include <glib/gstdio.h>
#include <string.h>

#define PREFIX "central-"
#define SUFFIX ".sqlite"
#define NAME_FORMAT PREFIX "%Y%m%dT%H%M%SZ" SUFFIX
#define INTERVAL_USEC G_TIME_SPAN_DAY
#define CHECK_S 600

/* What the thread is told, so that it touches nothing of ours.
 *
 * @erased: ids of the cases that are erased in the store
 * @make: whether a new backup is due */
typedef struct
{
  char *path;
  char *folder;
  gint64 now_usec;
  gint64 keep_usec;
  GPtrArray *erased;
  gboolean make;
} Work;

struct _CentralBackups
{
  GObject parent_instance;

  CentralService *service;
  char *path;
  char *folder;
  gint64 keep_usec;
  gint64 latest_usec;
  guint timer_id;
  gboolean is_started;
  gboolean is_working;
  gboolean is_wanted; /* another round after this one */
  gboolean is_stopped;
};

G_DEFINE_FINAL_TYPE (CentralBackups, central_backups, G_TYPE_OBJECT)

static void
work_free (Work *work)
{
  g_free (work->path);
  g_free (work->folder);
  g_ptr_array_unref (work->erased);
  g_free (work);
}

/* 0 when it is no name of ours. */
static gint64
parse_name (const char *name)
{
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) time = NULL;

  if (!g_str_has_prefix (name, PREFIX) || !g_str_has_suffix (name, SUFFIX))
    return 0;
  text = g_strndup (name + strlen (PREFIX), strlen (name) - strlen (PREFIX) - strlen (SUFFIX));
  time = g_date_time_new_from_iso8601 (text, NULL);
  return time != NULL ? g_date_time_to_unix (time) * G_TIME_SPAN_SECOND : 0;
}

/* Paths (char *) of the backups, and of what was left of one that was not finished. */
static GPtrArray *
list_files (const char *folder)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, PREFIX))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  return paths;
}

static gint64
find_latest (const char *folder)
{
  g_autoptr (GPtrArray) paths = list_files (folder);
  gint64 latest_usec = 0;

  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *name = g_path_get_basename (paths->pdata[i]);

      latest_usec = MAX (latest_usec, parse_name (name));
    }
  return latest_usec;
}

/* --- in the thread ---------------------------------------------------------------- */

static gboolean
make_backup (const Work *work, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (work->now_usec / G_TIME_SPAN_SECOND);
  g_autofree char *name = g_date_time_format (now, NAME_FORMAT);
  g_autofree char *path = g_build_filename (work->folder, name, NULL);
  g_autofree char *unfinished = g_strconcat (path, ".new", NULL);

  if (!reunion_db_copy (work->path, unfinished, error))
    return FALSE;
  if (reunion_db_check_file (unfinished, NULL, error) && g_rename (unfinished, path) == 0)
    return TRUE;
  if (error != NULL && *error == NULL)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s can't be made.", path);
  g_unlink (unfinished);
  return FALSE;
}

/* Whether any of it was there to be erased. */
static gboolean
erase_all (ReunionCentralStore *store, const Work *work, gboolean *changed, GError **error)
{
  for (guint i = 0; i < work->erased->len; i++)
    {
      const char *id = work->erased->pdata[i];
      g_autoptr (GError) local_error = NULL;
      g_autoptr (ReunionCase) case_ = reunion_central_store_find_case (store, id, &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (case_ == NULL || reunion_case_get_state (case_) == REUNION_CASE_STATE_EXPIRED)
        continue;
      *changed = TRUE;
      if (!reunion_central_store_erase_case (store, id, work->now_usec, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
erase_from (const char *path, const Work *work, GError **error)
{
  g_autoptr (ReunionCentralStore) store = reunion_central_store_new (path, error);
  gboolean changed = FALSE;

  if (store == NULL || !reunion_central_store_begin (store, error))
    return FALSE;
  if (!erase_all (store, work, &changed, error)
      || (changed
          && !reunion_central_store_erase_strays (store, work->now_usec, work->keep_usec, error)))
    {
      reunion_central_store_rollback (store);
      return FALSE;
    }
  return reunion_central_store_commit (store, error)
         && (!changed || reunion_central_store_scrub (store, TRUE, error));
}

static void
delete_backup (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }
}

static void
care_for (const char *path, const Work *work)
{
  g_autofree char *name = g_path_get_basename (path);
  gint64 made_usec = parse_name (name);
  g_autoptr (GError) error = NULL;

  if (g_str_has_suffix (name, ".new") || g_str_has_suffix (name, "-wal")
      || g_str_has_suffix (name, "-shm") || g_str_has_suffix (name, "-journal"))
    {
      /* Left by a program that was ended; a log goes with its file, below. */
      if (g_str_has_suffix (name, ".new"))
        g_unlink (path);
      return;
    }
  if (made_usec == 0)
    return;
  if (made_usec + work->keep_usec <= work->now_usec)
    {
      delete_backup (path);
      return;
    }
  if (work->erased->len == 0 || erase_from (path, work, &error))
    return;
  /* Written by a newer version, it is not damaged; but neither can it be erased from. */
  g_warning ("A backup is deleted, since expired cases could not be erased from it: %s",
             error->message);
  delete_backup (path);
}

static void
work_cb (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Work *work = task_data;
  g_autoptr (GPtrArray) paths = NULL;
  GError *error = NULL;
  gboolean ok = !work->make || make_backup (work, &error);

  paths = list_files (work->folder);
  for (guint i = 0; i < paths->len; i++)
    care_for (paths->pdata[i], work);
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* --- in the main loop --------------------------------------------------------------- */

static void begin (CentralBackups *self);

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CentralBackups *self = CENTRAL_BACKUPS (source);
  g_autoptr (GError) error = NULL;

  self->is_working = FALSE;
  self->latest_usec = find_latest (self->folder);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_warning ("No backup was made: %s", error->message);
  if (self->is_wanted && !self->is_stopped)
    begin (self);
}

static void
begin (CentralBackups *self)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  Work *work;

  if (self->is_working || self->is_stopped)
    {
      self->is_wanted = TRUE;
      return;
    }
  self->is_wanted = FALSE;
  work = g_new0 (Work, 1);
  work->path = g_strdup (self->path);
  work->folder = g_strdup (self->folder);
  work->now_usec = central_service_get_now_usec (self->service);
  work->keep_usec = self->keep_usec;
  work->make = self->is_started && self->latest_usec + INTERVAL_USEC <= work->now_usec;
  /* Older erasures than the oldest backup are in every backup already; a day more
   * for clocks that were set. */
  work->erased = reunion_central_store_list_erased (
      central_service_get_store (self->service), work->now_usec - self->keep_usec - G_TIME_SPAN_DAY,
      &error);
  if (work->erased == NULL)
    {
      g_warning ("What was erased could not be listed for the backups: %s", error->message);
      work->erased = g_ptr_array_new_with_free_func (g_free);
    }
  task = g_task_new (self, NULL, worked_cb, NULL);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  self->is_working = TRUE;
  g_task_run_in_thread (task, work_cb);
}

static gboolean
timer_cb (gpointer user_data)
{
  CentralBackups *self = user_data;

  if (self->latest_usec + INTERVAL_USEC <= central_service_get_now_usec (self->service))
    begin (self);
  return G_SOURCE_CONTINUE;
}

static void
central_backups_dispose (GObject *object)
{
  CentralBackups *self = CENTRAL_BACKUPS (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_object (&self->service);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->folder, g_free);
  G_OBJECT_CLASS (central_backups_parent_class)->dispose (object);
}

static void
central_backups_class_init (CentralBackupsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = central_backups_dispose;
}

static void
central_backups_init (CentralBackups *self)
{
}

CentralBackups *
central_backups_new (CentralService *service,
                     const char *path,
                     const char *folder,
                     gint64 keep_usec)
{
  CentralBackups *self;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service), NULL);
  g_return_val_if_fail (path != NULL && folder != NULL && keep_usec > 0, NULL);

  self = g_object_new (CENTRAL_TYPE_BACKUPS, NULL);
  self->service = g_object_ref (service);
  self->path = g_strdup (path);
  self->folder = g_strdup (folder);
  self->keep_usec = keep_usec;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_warning ("The folder for backups can't be made: %s", folder);
  self->latest_usec = find_latest (folder);
  return self;
}

void
central_backups_start (CentralBackups *self)
{
  g_return_if_fail (CENTRAL_IS_BACKUPS (self));

  self->is_started = TRUE;
  if (self->timer_id == 0)
    self->timer_id = g_timeout_add_seconds (CHECK_S, timer_cb, self);
  timer_cb (self);
}

void
central_backups_erase (CentralBackups *self)
{
  g_return_if_fail (CENTRAL_IS_BACKUPS (self));

  begin (self);
}

gboolean
central_backups_is_busy (CentralBackups *self)
{
  g_return_val_if_fail (CENTRAL_IS_BACKUPS (self), FALSE);

  return self->is_working;
}

gint64
central_backups_get_latest_usec (CentralBackups *self)
{
  g_return_val_if_fail (CENTRAL_IS_BACKUPS (self), 0);

  return self->latest_usec;
}

void
central_backups_stop (CentralBackups *self)
{
  g_return_if_fail (CENTRAL_IS_BACKUPS (self));

  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->is_stopped = TRUE;
  while (self->is_working)
    g_main_context_iteration (NULL, TRUE);
}
