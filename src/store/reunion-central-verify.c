/* reunion-central-verify.c: whether what is in the store is what ought to be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-verify.h"

#include "reunion-central-audit.h"
#include "reunion-central-store-private.h"
#include "reunion-db-care.h"
#include "reunion-wire-history.h"
#include "reunion-wire.h"

#include <sqlite3.h>
#include <string.h>

/* Adds what it finds to @faults. */
typedef gboolean (*Check) (ReunionDb *db, GPtrArray *faults, GError **error);

G_GNUC_PRINTF (2, 3)
static void
add_fault (GPtrArray *faults, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (faults, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static void
check_case_row (ReunionStmt *stmt, GPtrArray *faults)
{
  const char *id = reunion_stmt_get_text (stmt, 0);
  g_autoptr (ReunionCase) case_ = NULL;
  g_autoptr (GError) error = NULL;

  case_ = reunion_wire_case_from_json (reunion_stmt_get_text (stmt, 3), -1, &error);
  if (case_ == NULL)
    {
      add_fault (faults, "Case %s can't be read: %s", id, error->message);
      return;
    }
  if (g_strcmp0 (reunion_case_get_id (case_), id) != 0)
    add_fault (faults, "Case %s holds another one.", id);
  if (g_strcmp0 (reunion_case_state_to_key (reunion_case_get_state (case_)),
                 reunion_stmt_get_text (stmt, 1))
      != 0)
    add_fault (faults, "Case %s is found in another state than it is in.", id);
  if (reunion_case_get_revision (case_) != reunion_stmt_get_int (stmt, 2))
    add_fault (faults, "Case %s has another revision than its row says.", id);
}

static gboolean
check_cases (ReunionDb *db, GPtrArray *faults, GError **error)
{
  g_autoptr (ReunionStmt) stmt
      = reunion_db_query (db, error, "SELECT id, state, revision, record FROM cases", "");
  g_autoptr (GError) local_error = NULL;

  if (stmt == NULL)
    return FALSE;
  while (reunion_stmt_next (stmt, &local_error))
    check_case_row (stmt, faults);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
check_tips (ReunionDb *db, GPtrArray *faults, GError **error)
{
  g_autoptr (ReunionStmt) stmt
      = reunion_db_query (db, error, "SELECT id, case_id, record FROM tips", "");
  g_autoptr (GError) local_error = NULL;

  if (stmt == NULL)
    return FALSE;
  while (reunion_stmt_next (stmt, &local_error))
    {
      g_autoptr (GError) record_error = NULL;
      g_autoptr (ReunionTip) tip
          = reunion_wire_tip_from_json (reunion_stmt_get_text (stmt, 2), -1, &record_error);

      if (tip == NULL)
        add_fault (faults, "Tip %s can't be read: %s", reunion_stmt_get_text (stmt, 0),
                   record_error->message);
      else if (g_strcmp0 (reunion_tip_get_id (tip), reunion_stmt_get_text (stmt, 0)) != 0
               || g_strcmp0 (reunion_tip_get_case_id (tip), reunion_stmt_get_text (stmt, 1)) != 0)
        add_fault (faults, "Tip %s is of another case than its row says.",
                   reunion_stmt_get_text (stmt, 0));
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
check_history (ReunionDb *db, GPtrArray *faults, GError **error)
{
  g_autoptr (ReunionStmt) stmt = reunion_db_query (
      db, error, "SELECT sequence, record FROM audit WHERE record IS NOT NULL", "");
  g_autoptr (GError) local_error = NULL;

  if (stmt == NULL)
    return FALSE;
  while (reunion_stmt_next (stmt, &local_error))
    {
      g_autoptr (JsonObject) object
          = reunion_json_parse (reunion_stmt_get_text (stmt, 1), -1, NULL);
      g_autoptr (ReunionHistoryEntry) entry
          = object != NULL ? reunion_wire_history_entry_from_object (object, NULL) : NULL;

      if (entry == NULL)
        add_fault (faults, "Entry %" G_GINT64_FORMAT " of the history can't be read.",
                   reunion_stmt_get_int (stmt, 0));
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
check_chain (ReunionCentralStore *store, GPtrArray *faults, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (reunion_central_store_verify_audit (store, NULL, NULL, &local_error))
    return TRUE;
  if (!g_error_matches (local_error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  add_fault (faults, "%s", local_error->message);
  return TRUE;
}

static gboolean
check_photos (ReunionDb *db, GPtrArray *faults, GError **error)
{
  g_autoptr (ReunionStmt) stmt
      = reunion_db_query (db, error, "SELECT sha256, bytes FROM photos", "");
  g_autoptr (GError) local_error = NULL;

  if (stmt == NULL)
    return FALSE;
  while (reunion_stmt_next (stmt, &local_error))
    {
      g_autoptr (GBytes) bytes = reunion_stmt_get_bytes (stmt, 1);
      g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

      if (g_strcmp0 (sha256, reunion_stmt_get_text (stmt, 0)) != 0)
        add_fault (faults, "Photo %s is not what its hash says.", reunion_stmt_get_text (stmt, 0));
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
check_photos_there (ReunionDb *db, GPtrArray *faults, GError **error)
{
  g_autoptr (ReunionStmt) stmt
      = reunion_db_query (db, error,
                          "SELECT case_id, sha256 FROM case_photos u WHERE NOT EXISTS"
                          " (SELECT 1 FROM photos p WHERE p.sha256 = u.sha256)",
                          "");
  g_autoptr (GError) local_error = NULL;

  if (stmt == NULL)
    return FALSE;
  while (reunion_stmt_next (stmt, &local_error))
    add_fault (faults, "Case %s has lost its photo %s.", reunion_stmt_get_text (stmt, 0),
               reunion_stmt_get_text (stmt, 1));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
check_file (ReunionDb *db, GPtrArray *faults, GError **error)
{
  g_autoptr (GPtrArray) found = reunion_db_list_faults (db, error);

  if (found == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (faults, g_steal_pointer (&found));
  return TRUE;
}

/* Whatever else has to hold gets its line here. */
static const Check checks[] = {
  check_file, check_cases, check_tips, check_history, check_photos, check_photos_there,
};

GPtrArray *
reunion_central_store_verify (ReunionCentralStore *self, GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if (!checks[i](reunion_central_store_get_db (self), faults, error))
      return NULL;
  if (!check_chain (self, faults, error))
    return NULL;
  return g_steal_pointer (&faults);
}

gboolean
reunion_central_store_is_ours (const char *path)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *stmt = NULL;
  gboolean is_ours = FALSE;

  g_return_val_if_fail (path != NULL, FALSE);

  if (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK
      && sqlite3_prepare_v2 (handle,
                             "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
                             " AND name IN ('cases', 'partners', 'deliveries', 'audit')",
                             -1, &stmt, NULL)
             == SQLITE_OK
      && sqlite3_step (stmt) == SQLITE_ROW)
    is_ours = sqlite3_column_int (stmt, 0) == 4;
  sqlite3_finalize (stmt);
  sqlite3_close_v2 (handle);
  return is_ours;
}
