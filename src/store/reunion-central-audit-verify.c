/* reunion-central-audit-verify.c: who did what, in a chain: walking it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-audit-private.h"

#include "reunion-central-store-private.h"

#include <string.h>

typedef struct
{
  gint64 number; /* of the last entry that fitted */
  char *hash;
  gint64 last_sequence;
  GChecksum *older;
  gint64 n_older;
  gboolean has_kept_head;
} Walk;

static gboolean
fail (gint64 sequence, gint64 *first_bad, GError **error, const char *sentence)
{
  *first_bad = sequence;
  g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CORRUPT,
               "The audit was changed at entry %" G_GINT64_FORMAT ": %s", sequence, sentence);
  return FALSE;
}

/* Columns as in the query below. */
static gboolean
record_fits (ReunionStmt *stmt)
{
  const char *record = reunion_stmt_get_text (stmt, 10);
  const char *salt = reunion_stmt_get_text (stmt, 11);
  const char *record_hash = reunion_stmt_get_text (stmt, 9);
  const char *state = reunion_stmt_get_text (stmt, 12);
  g_autofree char *found = NULL;

  if (record_hash == NULL)
    return record == NULL;
  /* Erased, as it has to be, with its case. */
  if (record == NULL)
    return state == NULL || strcmp (state, "expired") == 0;
  if (salt == NULL)
    return FALSE;
  found = reunion_audit_hash_record (salt, record);
  return strcmp (found, record_hash) == 0;
}

static gboolean
check_entry (Walk *walk, ReunionStmt *stmt, gint64 *first_bad, GError **error)
{
  const gint64 sequence = reunion_stmt_get_int (stmt, 0);
  const char *hash = reunion_stmt_get_text (stmt, 7);
  g_autofree char *found = NULL;
  ReunionAuditLink link = {
    .previous = walk->hash,
    .number = reunion_stmt_get_int (stmt, 6),
    .at_usec = reunion_stmt_get_int (stmt, 1),
    .who = reunion_stmt_get_text (stmt, 2),
    .what = reunion_stmt_get_text (stmt, 3),
    .case_id = reunion_stmt_get_text (stmt, 4),
    .has_revision = reunion_stmt_get_text (stmt, 9) != NULL,
    .revision = reunion_stmt_get_int (stmt, 5),
    .about = reunion_stmt_get_text (stmt, 8),
    .origin = reunion_stmt_get_text (stmt, 13),
    .record_hash = reunion_stmt_get_text (stmt, 9),
  };

  walk->last_sequence = sequence;
  if (hash == NULL)
    {
      if (walk->number > 0)
        return fail (sequence, first_bad, error, "it was put in without a hash.");
      reunion_audit_add_older (walk->older, stmt);
      walk->n_older++;
      return TRUE;
    }
  if (link.number != walk->number + 1)
    return fail (sequence, first_bad, error,
                 "one is missing before it, or it is out of its place.");
  if (link.number == 1)
    {
      g_autofree char *about
          = reunion_audit_describe_older (g_steal_pointer (&walk->older), walk->n_older);

      if (g_strcmp0 (link.what, REUNION_AUDIT_CHAIN_START) != 0
          || g_strcmp0 (link.about, about) != 0)
        return fail (sequence, first_bad, error, "what is older than the chain was altered.");
    }
  if (!record_fits (stmt))
    return fail (sequence, first_bad, error, "its record was altered or taken away.");
  found = reunion_audit_link_hash (&link);
  if (strcmp (found, hash) != 0)
    return fail (sequence, first_bad, error, "it does not fit its hash.");
  g_free (walk->hash);
  walk->hash = g_steal_pointer (&found);
  walk->number = link.number;
  return TRUE;
}

static gboolean
check_end (ReunionCentralStore *self,
           Walk *walk,
           const char *kept_head,
           gint64 *first_bad,
           GError **error)
{
  g_autofree char *hash = NULL;
  gint64 number = 0;

  if (!reunion_central_store_get_audit_head (self, &hash, &number, error))
    return error == NULL || *error != NULL
               ? FALSE
               : fail (walk->last_sequence + 1, first_bad, error, "the head is missing.");
  if (number != walk->number || strcmp (hash, walk->hash) != 0)
    return fail (walk->last_sequence + 1, first_bad, error,
                 "the end is missing, for the head says that there were others.");
  if (kept_head != NULL && !walk->has_kept_head)
    return fail (walk->last_sequence + 1, first_bad, error,
                 "the head that was kept is not in the chain, so its end was cut off or all of it "
                 "was written anew.");
  return TRUE;
}

gboolean
reunion_central_store_verify_audit (ReunionCentralStore *self,
                                    const char *kept_head,
                                    gint64 *first_bad,
                                    GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;
  Walk walk = { .hash = NULL };
  gint64 bad = -1;
  gboolean fits = TRUE;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), FALSE);

  walk.hash = g_strdup ("");
  walk.older = g_checksum_new (G_CHECKSUM_SHA256);
  stmt = reunion_db_query (
      reunion_central_store_get_db (self), &local_error,
      "SELECT a.sequence, a.at_usec, a.who, a.what, a.case_id, a.revision, a.number, a.hash,"
      " a.about, a.record_hash, a.record, a.record_salt, c.state, a.origin"
      " FROM audit a LEFT JOIN cases c ON c.id = a.case_id ORDER BY a.sequence",
      "");
  while (fits && stmt != NULL && reunion_stmt_next (stmt, &local_error))
    {
      fits = check_entry (&walk, stmt, &bad, &local_error);
      walk.has_kept_head |= kept_head != NULL && g_ascii_strcasecmp (walk.hash, kept_head) == 0;
    }
  if (stmt != NULL)
    reunion_stmt_reset (stmt);
  if (local_error == NULL)
    check_end (self, &walk, kept_head, &bad, &local_error);
  g_free (walk.hash);
  g_clear_pointer (&walk.older, g_checksum_free);
  if (first_bad != NULL)
    *first_bad = bad;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
