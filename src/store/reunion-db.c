/* reunion-db.c: one SQLite file, opened the way that a record of a missing
 * child needs it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-db.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 5000

struct _ReunionStmt
{
  ReunionDb *db; /* unowned: the connection owns its statements */
  sqlite3_stmt *handle;
};

struct _ReunionDb
{
  sqlite3 *handle;
  char *path;
  GHashTable *statements; /* SQL text -> ReunionStmt */
};

G_DEFINE_QUARK (reunion-store-error-quark, reunion_store_error)

static void
stmt_free (ReunionStmt *stmt)
{
  sqlite3_finalize (stmt->handle);
  g_free (stmt);
}

/* SQLite's many codes as the few that a person can do something about. */
static void
set_sqlite_error (ReunionDb *self, int code, GError **error)
{
  const char *detail = self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (code);

  switch (code & 0xff)
    {
    case SQLITE_FULL:
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_FULL,
                   _("The disk is full, so the change could not be saved. Free some space and "
                     "try again. (%s)"),
                   self->path);
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_READ_ONLY,
                   _("%s can't be written. Check who owns the file and its folder."), self->path);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_BUSY,
                   _("Another program holds %s. Close it and try again."), self->path);
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CORRUPT,
                   _("%s is damaged or is no database of Reunion. Put it aside and restore a "
                     "backup."),
                   self->path);
      break;
    case SQLITE_CANTOPEN:
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_OPEN,
                   _("%s can't be opened. Check that its folder exists and can be written."),
                   self->path);
      break;
    case SQLITE_CONSTRAINT:
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CONSTRAINT,
                   _("The change does not fit the records: %s"), detail);
      break;
    default:
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_FAILED,
                   _("%s could not be read or written: %s"), self->path, detail);
      break;
    }
}

static gboolean
exec (ReunionDb *self, const char *sql, GError **error)
{
  int code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  if (code != SQLITE_OK)
    set_sqlite_error (self, code, error);
  return code == SQLITE_OK;
}

static gboolean
migrate (ReunionDb *self, const char *const *migrations, guint n_migrations, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autofree char *pragma = NULL;
  gint64 version;

  if (!reunion_db_begin (self, error))
    return FALSE;
  stmt = reunion_db_query (self, error, "PRAGMA user_version", "");
  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    goto failed;
  version = reunion_stmt_get_int (stmt, 0);
  reunion_stmt_reset (stmt);
  if (version < 0)
    {
      set_sqlite_error (self, SQLITE_NOTADB, error);
      goto failed;
    }
  if (version > n_migrations)
    {
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_TOO_NEW,
                   _("%s was written by a newer version of Reunion. Install that version."),
                   self->path);
      goto failed;
    }
  for (guint i = (guint) version; i < n_migrations; i++)
    if (!exec (self, migrations[i], error))
      goto failed;
  pragma = g_strdup_printf ("PRAGMA user_version = %u", n_migrations);
  if (version < n_migrations && !exec (self, pragma, error))
    goto failed;
  return reunion_db_commit (self, error);

failed:
  reunion_db_rollback (self);
  return FALSE;
}

/* SQLite makes its log files with the mode of the main file, so a new file is
 * made before SQLite sees it. */
static void
make_private (const char *path)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0)
    close (fd);
}

/* A file that was there already is narrowed once it has proved to be ours, and
 * not somebody else's that was named by mistake. */
static void
narrow (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      if (g_chmod (file, 0600) != 0)
        g_debug ("The mode of the database could not be narrowed");
    }
}

ReunionDb *
reunion_db_open (const char *path,
                 const char *const *migrations,
                 guint n_migrations,
                 GError **error)
{
  g_autoptr (ReunionDb) self = NULL;
  int code;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (ReunionDb, 1);
  self->path = g_strdup (path);
  self->statements
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) stmt_free);
  make_private (path);
  code = sqlite3_open_v2 (path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (code != SQLITE_OK)
    {
      set_sqlite_error (self, code, error);
      return NULL;
    }
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  if (!exec (self,
             "PRAGMA journal_mode = WAL;"
             "PRAGMA synchronous = FULL;"
             "PRAGMA foreign_keys = ON;"
             "PRAGMA secure_delete = ON;"
             "PRAGMA trusted_schema = OFF;",
             error)
      || !migrate (self, migrations, n_migrations, error))
    return NULL;
  narrow (path);
  return g_steal_pointer (&self);
}

void
reunion_db_close (ReunionDb *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->statements);
  sqlite3_close_v2 (self->handle);
  g_free (self->path);
  g_free (self);
}

gboolean
reunion_db_begin (ReunionDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return exec (self, "BEGIN IMMEDIATE", error);
}

gboolean
reunion_db_commit (ReunionDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (exec (self, "COMMIT", error))
    return TRUE;
  reunion_db_rollback (self);
  return FALSE;
}

void
reunion_db_rollback (ReunionDb *self)
{
  g_return_if_fail (self != NULL);

  /* A failed statement may have rolled back already. */
  if (sqlite3_get_autocommit (self->handle) == 0)
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

static ReunionStmt *
prepare (ReunionDb *self, const char *sql, GError **error)
{
  ReunionStmt *stmt = g_hash_table_lookup (self->statements, sql);
  sqlite3_stmt *handle;
  int code;

  if (stmt != NULL)
    {
      reunion_stmt_reset (stmt);
      return stmt;
    }
  code = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
  if (code != SQLITE_OK)
    {
      set_sqlite_error (self, code, error);
      return NULL;
    }
  stmt = g_new0 (ReunionStmt, 1);
  stmt->db = self;
  stmt->handle = handle;
  g_hash_table_insert (self->statements, g_strdup (sql), stmt);
  return stmt;
}

static void
bind (ReunionStmt *stmt, const char *types, va_list *arguments)
{
  for (guint i = 0; types[i] != '\0'; i++)
    {
      char name[8];
      int index;

      g_snprintf (name, sizeof name, "$%u", i + 1);
      index = sqlite3_bind_parameter_index (stmt->handle, name);
      switch (types[i])
        {
        case 't':
          sqlite3_bind_text (stmt->handle, index, va_arg (*arguments, const char *), -1,
                             SQLITE_TRANSIENT);
          break;
        case 'i':
          sqlite3_bind_int64 (stmt->handle, index, va_arg (*arguments, gint64));
          break;
        case 'd':
          sqlite3_bind_double (stmt->handle, index, va_arg (*arguments, double));
          break;
        case 'b':
          {
            GBytes *bytes = va_arg (*arguments, GBytes *);
            gsize length = 0;
            const void *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

            if (bytes != NULL)
              sqlite3_bind_blob64 (stmt->handle, index, data != NULL ? data : "", length,
                                   SQLITE_TRANSIENT);
            else
              sqlite3_bind_null (stmt->handle, index);
            break;
          }
        default:
          g_assert_not_reached ();
        }
    }
}

ReunionStmt *
reunion_db_query (ReunionDb *self, GError **error, const char *sql, const char *types, ...)
{
  ReunionStmt *stmt;
  va_list arguments;

  g_return_val_if_fail (self != NULL && sql != NULL && types != NULL, NULL);

  stmt = prepare (self, sql, error);
  if (stmt == NULL)
    return NULL;
  va_start (arguments, types);
  bind (stmt, types, &arguments);
  va_end (arguments);
  return stmt;
}

gboolean
reunion_db_run (ReunionDb *self, GError **error, const char *sql, const char *types, ...)
{
  ReunionStmt *stmt;
  va_list arguments;
  int code;

  g_return_val_if_fail (self != NULL && sql != NULL && types != NULL, FALSE);

  stmt = prepare (self, sql, error);
  if (stmt == NULL)
    return FALSE;
  va_start (arguments, types);
  bind (stmt, types, &arguments);
  va_end (arguments);
  do
    code = sqlite3_step (stmt->handle);
  while (code == SQLITE_ROW);
  if (code != SQLITE_DONE)
    set_sqlite_error (self, code, error);
  reunion_stmt_reset (stmt);
  return code == SQLITE_DONE;
}

gint64
reunion_db_get_n_changed (ReunionDb *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_changes64 (self->handle);
}

gint64
reunion_db_get_n_ever_changed (ReunionDb *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_total_changes64 (self->handle);
}

gint64
reunion_db_get_last_id (ReunionDb *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_last_insert_rowid (self->handle);
}

gboolean
reunion_stmt_next (ReunionStmt *self, GError **error)
{
  int code;

  g_return_val_if_fail (self != NULL, FALSE);

  code = sqlite3_step (self->handle);
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    set_sqlite_error (self->db, code, error);
  return FALSE;
}

void
reunion_stmt_reset (ReunionStmt *self)
{
  g_return_if_fail (self != NULL);

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
}

const char *
reunion_stmt_get_text (ReunionStmt *self, int column)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *) sqlite3_column_text (self->handle, column);
}

gint64
reunion_stmt_get_int (ReunionStmt *self, int column)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_column_int64 (self->handle, column);
}

double
reunion_stmt_get_double (ReunionStmt *self, int column)
{
  g_return_val_if_fail (self != NULL, 0.0);

  return sqlite3_column_double (self->handle, column);
}

GBytes *
reunion_stmt_get_bytes (ReunionStmt *self, int column)
{
  const void *data;

  g_return_val_if_fail (self != NULL, NULL);

  data = sqlite3_column_blob (self->handle, column);
  return g_bytes_new (data, (gsize) sqlite3_column_bytes (self->handle, column));
}
