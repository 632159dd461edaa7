/* reunion-db.h: one SQLite file, opened the way that a record of a missing
 * child needs it
 *
 * Mode 0600, write-ahead log, synchronous=FULL (what is committed survives a
 * power cut), foreign keys, secure_delete. Statements are prepared once and
 * kept; values are always bound, never pasted. Parameters are written $1, $2,
 * … so that a statement reads the same for PostgreSQL.
 *
 * A connection belongs to the thread that opened it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ReunionDb ReunionDb;
typedef struct _ReunionStmt ReunionStmt;

#define REUNION_STORE_ERROR (reunion_store_error_quark ())
GQuark reunion_store_error_quark (void);

/**
 * ReunionStoreError:
 * @REUNION_STORE_ERROR_OPEN: the file can't be opened or made
 * @REUNION_STORE_ERROR_FULL: the disk is full
 * @REUNION_STORE_ERROR_READ_ONLY: the file or its folder can't be written
 * @REUNION_STORE_ERROR_BUSY: another program holds the file
 * @REUNION_STORE_ERROR_CORRUPT: not a database, or a damaged one
 * @REUNION_STORE_ERROR_TOO_NEW: written by a newer version of Reunion
 * @REUNION_STORE_ERROR_CONSTRAINT: a rule of the schema forbids the change
 * @REUNION_STORE_ERROR_NOT_FOUND: no such record
 * @REUNION_STORE_ERROR_FAILED: anything else
 */
typedef enum
{
  REUNION_STORE_ERROR_OPEN,
  REUNION_STORE_ERROR_FULL,
  REUNION_STORE_ERROR_READ_ONLY,
  REUNION_STORE_ERROR_BUSY,
  REUNION_STORE_ERROR_CORRUPT,
  REUNION_STORE_ERROR_TOO_NEW,
  REUNION_STORE_ERROR_CONSTRAINT,
  REUNION_STORE_ERROR_NOT_FOUND,
  REUNION_STORE_ERROR_FAILED,
} ReunionStoreError;

/* Opens @path, and makes the file where there is none. @migrations[i] brings
 * the schema from version i to i + 1; those not yet applied are run, all in
 * one transaction. Transfer full. */
ReunionDb *reunion_db_open (const char *path,
                            const char *const *migrations,
                            guint n_migrations,
                            GError **error);
void reunion_db_close (ReunionDb *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionDb, reunion_db_close)

/* Write transactions; they don't nest. commit() rolls back when it fails. */
gboolean reunion_db_begin (ReunionDb *self, GError **error);
gboolean reunion_db_commit (ReunionDb *self, GError **error);
void reunion_db_rollback (ReunionDb *self);

/* Binds the arguments that @types lists to $1, $2, …: 't' const char * (NULL
 * binds null), 'i' gint64, 'd' double, 'b' GBytes * (NULL binds null).
 *
 * query() hands out the statement ready to be stepped; it belongs to the
 * connection, and the next query with the same text resets it. Finish it with
 * reunion_stmt_reset() (or g_autoptr) so that it doesn't hold a snapshot.
 * run() is for statements without rows. */
ReunionStmt *
reunion_db_query (ReunionDb *self, GError **error, const char *sql, const char *types, ...);
gboolean reunion_db_run (ReunionDb *self, GError **error, const char *sql, const char *types, ...);

/* Rows that the last run() changed. */
gint64 reunion_db_get_n_changed (ReunionDb *self);
/* Rows changed since the file was opened, those inside the tables of the full-text
 * index too. */
gint64 reunion_db_get_n_ever_changed (ReunionDb *self);
gint64 reunion_db_get_last_id (ReunionDb *self);

/* TRUE for a row; FALSE at the end, or with @error set when it failed. */
gboolean reunion_stmt_next (ReunionStmt *self, GError **error);
void reunion_stmt_reset (ReunionStmt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionStmt, reunion_stmt_reset)

/* Columns from 0. Text is NULL for null and valid until the next step. */
const char *reunion_stmt_get_text (ReunionStmt *self, int column);
gint64 reunion_stmt_get_int (ReunionStmt *self, int column);
double reunion_stmt_get_double (ReunionStmt *self, int column);
/* Transfer full; empty for null. */
GBytes *reunion_stmt_get_bytes (ReunionStmt *self, int column);

G_END_DECLS
