/* reunion-db-care.c: copying a store, checking it, and wiping what was erased
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-db-care.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 5000

typedef sqlite3 Handle;

static void
handle_close (Handle *handle)
{
  sqlite3_close_v2 (handle);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Handle, handle_close)

static void
set_error (GError **error, int code, const char *path, const char *detail)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_FULL,
                   _ ("The disk is full, so %s could not be written. Free some space and try "
                      "again."),
                   path);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_BUSY,
                   _ ("Another program holds %s. Close it and try again."), path);
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CORRUPT,
                   _ ("%s is damaged or is no database of Reunion. Put it aside and restore a "
                      "backup."),
                   path);
      break;
    case SQLITE_CANTOPEN:
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_OPEN,
                   _ ("%s can't be opened. Check that it is there and can be read."), path);
      break;
    default:
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_FAILED,
                   _ ("%s could not be read or written: %s"), path, detail);
      break;
    }
}

static Handle *
open_handle (const char *path, int flags, GError **error)
{
  g_autoptr (Handle) handle = NULL;
  int code = sqlite3_open_v2 (path, &handle, flags | SQLITE_OPEN_NOMUTEX, NULL);

  if (code != SQLITE_OK)
    {
      set_error (error, code, path, sqlite3_errstr (code));
      return NULL;
    }
  sqlite3_busy_timeout (handle, BUSY_TIMEOUT_MS);
  return g_steal_pointer (&handle);
}

/* The first column of the first row. Transfer full. */
static char *
ask (Handle *handle, const char *path, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  int code = sqlite3_prepare_v2 (handle, sql, -1, &stmt, NULL);
  char *answer = NULL;

  if (code == SQLITE_OK)
    code = sqlite3_step (stmt);
  if (code == SQLITE_ROW)
    answer = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  else
    set_error (error, code, path, sqlite3_errmsg (handle));
  sqlite3_finalize (stmt);
  return answer;
}

static gboolean
sync_path (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_FAILED,
                 _ ("%s could not be read or written: %s"), path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
sync_file_and_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return sync_path (path, error) && sync_path (folder, error);
}

/* In one step: then no page can be from before a commit and another from after. */
static gboolean
copy_pages (Handle *from, Handle *to, const char *path, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");
  int code;

  if (backup == NULL)
    {
      set_error (error, sqlite3_errcode (to), path, sqlite3_errmsg (to));
      return FALSE;
    }
  sqlite3_backup_step (backup, -1);
  code = sqlite3_backup_finish (backup);
  if (code == SQLITE_OK)
    return TRUE;
  set_error (error, code, path, sqlite3_errmsg (to));
  return FALSE;
}

static gboolean
copy_into (const char *path, const char *copy, GError **error)
{
  g_autoptr (Handle) from = open_handle (path, SQLITE_OPEN_READWRITE, error);
  g_autoptr (Handle) to = NULL;
  g_autofree char *mode = NULL;

  if (from == NULL || (to = open_handle (copy, SQLITE_OPEN_READWRITE, error)) == NULL
      || !copy_pages (from, to, copy, error))
    return FALSE;
  /* So that the copy is one file, which can be carried away as it is. */
  mode = ask (to, copy, "PRAGMA journal_mode = DELETE", error);
  return mode != NULL;
}

gboolean
reunion_db_copy (const char *path, const char *copy, GError **error)
{
  int fd;

  g_return_val_if_fail (path != NULL && copy != NULL, FALSE);

  fd = g_open (copy, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_OPEN,
                   errno == EEXIST
                       ? _ ("%s is there already. Choose another name.")
                       : _ ("%s can't be made. Check that its folder exists and can be written."),
                   copy);
      return FALSE;
    }
  close (fd);
  if (copy_into (path, copy, error) && sync_file_and_folder (copy, error))
    return TRUE;
  g_unlink (copy);
  return FALSE;
}

gboolean
reunion_db_check_file (const char *path, guint *version, GError **error)
{
  g_autoptr (Handle) handle = NULL;
  g_autofree char *number = NULL;
  g_autofree char *state = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  handle = open_handle (path, SQLITE_OPEN_READONLY, error);
  if (handle == NULL || (number = ask (handle, path, "PRAGMA user_version", error)) == NULL
      || (state = ask (handle, path, "PRAGMA integrity_check (1)", error)) == NULL)
    return FALSE;
  if (!g_str_equal (state, "ok"))
    {
      set_error (error, SQLITE_CORRUPT, path, NULL);
      return FALSE;
    }
  if (version != NULL)
    *version = (guint) g_ascii_strtoull (number, NULL, 10);
  return TRUE;
}

/* Nobody can leave the log behind while another holds the file. */
static gboolean
hold_alone (Handle *handle, const char *path, GError **error)
{
  g_autofree char *mode = NULL;

  sqlite3_busy_timeout (handle, 0);
  mode = ask (handle, path, "PRAGMA journal_mode = DELETE", error);
  if (mode == NULL)
    return FALSE;
  if (g_str_equal (mode, "delete")
      && sqlite3_exec (handle, "BEGIN EXCLUSIVE", NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  set_error (error, SQLITE_BUSY, path, NULL);
  return FALSE;
}

gboolean
reunion_db_replace (const char *path, const char *copy, GError **error)
{
  static const char *const suffixes[] = { "-wal", "-shm", "-journal" };
  g_autoptr (Handle) handle = NULL;

  g_return_val_if_fail (path != NULL && copy != NULL, FALSE);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autoptr (GError) local_error = NULL;

      handle = open_handle (path, SQLITE_OPEN_READWRITE, error);
      if (handle == NULL)
        return FALSE;
      /* A damaged one is what a backup is for. */
      if (!hold_alone (handle, path, &local_error)
          && !g_error_matches (local_error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CORRUPT))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *beside = g_strconcat (path, suffixes[i], NULL);

      g_unlink (beside);
    }
  if (g_rename (copy, path) != 0)
    {
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_FAILED,
                   _ ("%s could not be read or written: %s"), path, g_strerror (errno));
      return FALSE;
    }
  return sync_file_and_folder (path, error);
}

GPtrArray *
reunion_db_list_faults (ReunionDb *self, GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ReunionStmt) pages = NULL;
  g_autoptr (ReunionStmt) keys = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  pages = reunion_db_query (self, error, "PRAGMA integrity_check", "");
  if (pages == NULL)
    return NULL;
  while (reunion_stmt_next (pages, &local_error))
    if (g_strcmp0 (reunion_stmt_get_text (pages, 0), "ok") != 0)
      g_ptr_array_add (faults, g_strdup (reunion_stmt_get_text (pages, 0)));
  if (local_error == NULL)
    keys = reunion_db_query (self, &local_error, "PRAGMA foreign_key_check", "");
  while (keys != NULL && local_error == NULL && reunion_stmt_next (keys, &local_error))
    g_ptr_array_add (faults, g_strdup_printf ("A row of %s refers to one of %s that is not there.",
                                              reunion_stmt_get_text (keys, 0),
                                              reunion_stmt_get_text (keys, 2)));
  if (local_error == NULL)
    return g_steal_pointer (&faults);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

gboolean
reunion_db_scrub (ReunionDb *self, gboolean is_thorough, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (is_thorough && !reunion_db_run (self, error, "VACUUM", ""))
    return FALSE;
  stmt = reunion_db_query (self, error, "PRAGMA wal_checkpoint (TRUNCATE)", "");
  if (stmt == NULL)
    return FALSE;
  if (!reunion_stmt_next (stmt, &local_error) && local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (reunion_stmt_get_int (stmt, 0) == 0)
    return TRUE;
  g_set_error_literal (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_BUSY,
                       _ ("Somebody reads the store, so its log could not be cut yet."));
  return FALSE;
}
