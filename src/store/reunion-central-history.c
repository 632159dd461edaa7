/* reunion-central-history.c: the history of a case at the service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-store-private.h"

#include "reunion-central-audit.h"
#include "reunion-wire-history.h"

#include <string.h>

/* More than can be read from one answer, and nobody reads so far. */
#define MAX_ENTRIES 200
#define MAX_BYTES (REUNION_JSON_MAX_BYTES / 2)

gboolean
reunion_central_store_add_history (ReunionCentralStore *self,
                                   const char *case_id,
                                   ReunionHistoryEntry *entry,
                                   gint64 revision,
                                   GError **error)
{
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *record = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, FALSE);
  g_return_val_if_fail (REUNION_IS_HISTORY_ENTRY (entry), FALSE);

  object = reunion_wire_history_entry_to_object (entry);
  record = reunion_json_to_text (object);
  return reunion_central_store_append_audit (
      self,
      &(ReunionAuditEntry){
          .at_usec = reunion_history_entry_get_at_usec (entry),
          .who = reunion_history_entry_get_account (entry),
          .what = reunion_history_action_to_key (reunion_history_entry_get_action (entry)),
          .case_id = case_id,
          .record = record,
          .revision = revision,
      },
      error);
}

/* NULL without error for what is no step of a case. */
static ReunionHistoryEntry *
read_entry (ReunionStmt *stmt, GError **error)
{
  const char *record = reunion_stmt_get_text (stmt, 3);
  ReunionHistoryAction action;
  ReunionHistoryEntry *entry;

  if (record != NULL)
    {
      g_autoptr (JsonObject) object = reunion_json_parse (record, -1, error);

      return object != NULL ? reunion_wire_history_entry_from_object (object, error) : NULL;
    }
  if (!reunion_history_action_from_key (reunion_stmt_get_text (stmt, 2), &action))
    return NULL;
  entry = reunion_history_entry_new (reunion_stmt_get_int (stmt, 0), action);
  reunion_history_entry_set_account (entry, reunion_stmt_get_text (stmt, 1), NULL);
  return entry;
}

GPtrArray *
reunion_central_store_list_history (ReunionCentralStore *self, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;
  gsize n_bytes = 0;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT at_usec, who, what, record FROM audit WHERE case_id = $1"
                           " ORDER BY sequence DESC LIMIT $2",
                           "ti", case_id, (gint64) MAX_ENTRIES);
  if (stmt == NULL)
    return NULL;
  while (local_error == NULL && reunion_stmt_next (stmt, &local_error))
    {
      const char *record = reunion_stmt_get_text (stmt, 3);
      ReunionHistoryEntry *entry;

      n_bytes += record != NULL ? strlen (record) : 0;
      if (n_bytes > MAX_BYTES)
        break;
      entry = read_entry (stmt, &local_error);
      if (entry != NULL)
        g_ptr_array_insert (entries, 0, entry);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_steal_pointer (&entries);
}

gint64
reunion_central_store_count_own_steps (ReunionCentralStore *self,
                                       const char *case_id,
                                       gint64 revision,
                                       GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, -1);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT count(*) FROM audit WHERE case_id = $1 AND revision > $2"
                           " AND what = 'escalate'",
                           "ti", case_id, revision);
  return stmt != NULL && reunion_stmt_next (stmt, error) ? reunion_stmt_get_int (stmt, 0) : -1;
}
