/* reunion-central-audit.c: who did what, in a chain: adding to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-audit-private.h"

#include "reunion-central-store-private.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define SALT_BYTES 16

static void
add_text (GChecksum *checksum, const char *text)
{
  g_autofree char *length = NULL;

  if (text == NULL)
    {
      g_checksum_update (checksum, (const guchar *) "-,", 2);
      return;
    }
  length = g_strdup_printf ("%" G_GSIZE_FORMAT ":", strlen (text));
  g_checksum_update (checksum, (const guchar *) length, -1);
  g_checksum_update (checksum, (const guchar *) text, -1);
  g_checksum_update (checksum, (const guchar *) ",", 1);
}

static void
add_number (GChecksum *checksum, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  add_text (checksum, text);
}

char *
reunion_audit_link_hash (const ReunionAuditLink *link)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  add_text (checksum, link->previous);
  add_number (checksum, link->number);
  add_number (checksum, link->at_usec);
  add_text (checksum, link->who);
  add_text (checksum, link->what);
  add_text (checksum, link->case_id);
  if (link->has_revision)
    add_number (checksum, link->revision);
  else
    add_text (checksum, NULL);
  add_text (checksum, link->about);
  add_text (checksum, link->origin);
  add_text (checksum, link->record_hash);
  return g_strdup (g_checksum_get_string (checksum));
}

char *
reunion_audit_hash_record (const char *salt, const char *record)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  add_text (checksum, salt);
  add_text (checksum, record);
  return g_strdup (g_checksum_get_string (checksum));
}

void
reunion_audit_add_older (GChecksum *checksum, ReunionStmt *stmt)
{
  add_number (checksum, reunion_stmt_get_int (stmt, 0));
  add_number (checksum, reunion_stmt_get_int (stmt, 1));
  for (int i = 2; i < 6; i++)
    add_text (checksum, reunion_stmt_get_text (stmt, i));
}

char *
reunion_audit_describe_older (GChecksum *checksum, gint64 n_entries)
{
  char *text = g_strdup_printf ("%" G_GINT64_FORMAT " older entries, sha256:%s", n_entries,
                                g_checksum_get_string (checksum));

  g_checksum_free (checksum);
  return text;
}

static char *
make_salt (GError **error)
{
  guint8 bytes[SALT_BYTES];
  GString *text = g_string_new (NULL);
  gssize n_bytes;

  do
    n_bytes = getrandom (bytes, sizeof bytes, 0);
  while (n_bytes < 0 && errno == EINTR);
  if (n_bytes != sizeof bytes)
    {
      g_set_error_literal (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_FAILED,
                           "The system gives no random numbers");
      g_string_free (text, TRUE);
      return NULL;
    }
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

/* Writers of several processes wait here for one another: the row stays locked until
 * the transaction ends. Whoever adds a change in the same transaction does so first. */
static gboolean
take_number (ReunionDb *db, gint64 *number, char **previous, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  stmt = reunion_db_query (db, error,
                           "UPDATE audit_head SET number = number + 1 WHERE name = 'audit'"
                           " RETURNING number, hash",
                           "");
  if (stmt == NULL)
    return FALSE;
  if (!reunion_stmt_next (stmt, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        g_set_error_literal (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CORRUPT,
                             "The head of the audit is missing. Restore a backup.");
      return FALSE;
    }
  *number = reunion_stmt_get_int (stmt, 0);
  *previous = g_strdup (reunion_stmt_get_text (stmt, 1));
  /* SQLite writes when the statement has come to its end. */
  reunion_stmt_next (stmt, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_clear_pointer (previous, g_free);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
write_entry (ReunionDb *db,
             const ReunionAuditEntry *entry,
             gint64 number,
             const char *previous,
             GError **error)
{
  g_autofree char *salt = NULL;
  g_autofree char *record_hash = NULL;
  g_autofree char *hash = NULL;
  ReunionAuditLink link = {
    .previous = previous,
    .number = number,
    .at_usec = entry->at_usec,
    .who = entry->who,
    .what = entry->what,
    .case_id = entry->case_id,
    .has_revision = entry->record != NULL,
    .revision = entry->revision,
    .about = entry->about,
    .origin = entry->origin,
  };

  if (entry->record != NULL)
    {
      salt = make_salt (error);
      if (salt == NULL)
        return FALSE;
      record_hash = reunion_audit_hash_record (salt, entry->record);
    }
  link.record_hash = record_hash;
  hash = reunion_audit_link_hash (&link);
  if (entry->record != NULL)
    {
      if (!reunion_db_run (db, error,
                           "INSERT INTO audit (at_usec, who, what, case_id, about, origin, number,"
                           " hash, record, record_salt, record_hash, revision)"
                           " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                           "ittttti"
                           "tttti",
                           entry->at_usec, entry->who, entry->what, entry->case_id, entry->about,
                           entry->origin, link.number, hash, entry->record, salt, record_hash,
                           entry->revision))
        return FALSE;
    }
  else if (!reunion_db_run (db, error,
                            "INSERT INTO audit (at_usec, who, what, case_id, about, origin, number,"
                            " hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                            "ittttt"
                            "it",
                            entry->at_usec, entry->who, entry->what, entry->case_id, entry->about,
                            entry->origin, link.number, hash))
    return FALSE;
  return reunion_db_run (db, error, "UPDATE audit_head SET hash = $1 WHERE name = 'audit'", "t",
                         hash);
}

/* The first entry says how many there were before it, and their hash. */
static gboolean
start_chain (ReunionDb *db, gint64 now_usec, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *about = NULL;
  GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gint64 n_entries = 0;

  stmt = reunion_db_query (db, &local_error,
                           "SELECT sequence, at_usec, who, what, case_id, revision FROM audit"
                           " WHERE hash IS NULL ORDER BY sequence",
                           "");
  while (stmt != NULL && reunion_stmt_next (stmt, &local_error))
    {
      reunion_audit_add_older (checksum, stmt);
      n_entries++;
    }
  about = reunion_audit_describe_older (checksum, n_entries);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  reunion_stmt_reset (stmt);
  return write_entry (db,
                      &(ReunionAuditEntry){ .at_usec = now_usec,
                                            .who = "reunion-central",
                                            .what = REUNION_AUDIT_CHAIN_START,
                                            .about = about },
                      1, "", error);
}

gboolean
reunion_central_store_get_audit_head (ReunionCentralStore *self,
                                      char **hash,
                                      gint64 *number,
                                      GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && hash != NULL, FALSE);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT hash, number FROM audit_head WHERE name = 'audit'", "");
  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return FALSE;
  *hash = g_strdup (reunion_stmt_get_text (stmt, 0));
  if (number != NULL)
    *number = reunion_stmt_get_int (stmt, 1);
  return TRUE;
}

gboolean
reunion_central_store_append_audit (ReunionCentralStore *self,
                                    const ReunionAuditEntry *entry,
                                    GError **error)
{
  ReunionDb *db;
  g_autofree char *previous = NULL;
  gint64 number = 0;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && entry != NULL, FALSE);
  g_return_val_if_fail (entry->who != NULL && entry->what != NULL, FALSE);

  db = reunion_central_store_get_db (self);
  if (!take_number (db, &number, &previous, error))
    return FALSE;
  if (number == 1)
    {
      g_clear_pointer (&previous, g_free);
      if (!start_chain (db, entry->at_usec, error) || !take_number (db, &number, &previous, error))
        return FALSE;
    }
  return write_entry (db, entry, number, previous, error);
}

gboolean
reunion_central_store_erase_audit_records (ReunionCentralStore *self,
                                           const char *case_id,
                                           GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "UPDATE audit SET record = NULL, record_salt = NULL WHERE case_id = $1",
                         "t", case_id);
}
