/* reunion-db-care.h: copying a store, checking it, and wiping what was erased
 *
 * Files are meant here, so this is SQLite alone: PostgreSQL has tools of its own
 * for the first two.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-db.h"

G_BEGIN_DECLS

/* Copies the store at @path, which others may be writing to, as it stands at one
 * moment, to @copy: a file that was not there before, mode 0600, on the disk when
 * this returns. A copy that fails is taken away again. */
gboolean reunion_db_copy (const char *path, const char *copy, GError **error);

/* Whether the file at @path is whole and what it says of its version; it is not
 * changed. *@version, if not NULL, is that of the schema, 0 for a new file. */
gboolean reunion_db_check_file (const char *path, guint *version, GError **error);

/* Puts the store at @copy in the place of that at @path, with nothing of the old
 * one left beside it. REUNION_STORE_ERROR_BUSY while anybody has @path open. */
gboolean reunion_db_replace (const char *path, const char *copy, GError **error);

/* Sentences (char *) about what is wrong inside: damaged pages, rows that refer to
 * nothing. Empty when all is well; NULL with @error set. Transfer full. */
GPtrArray *reunion_db_list_faults (ReunionDb *self, GError **error);

/* Wipes what is left of erased rows: in the log, which is written back and cut to
 * nothing, and, when @is_thorough, in the gaps that rows leave on pages that they
 * once stood on; that writes the whole file anew. Outside a transaction.
 * REUNION_STORE_ERROR_BUSY while somebody reads: try again later. */
gboolean reunion_db_scrub (ReunionDb *self, gboolean is_thorough, GError **error);

G_END_DECLS
