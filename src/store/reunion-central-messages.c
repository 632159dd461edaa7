/* reunion-central-messages.c: what the public was told of a case, and when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-store-private.h"

void
reunion_told_free (ReunionTold *self)
{
  g_free (self);
}

gboolean
reunion_central_store_add_told (ReunionCentralStore *self,
                                const char *case_id,
                                ReunionPushKind kind,
                                double told_radius_km,
                                gint64 now_usec,
                                GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "INSERT INTO messages (case_id, number, kind, told_radius_km, sent_usec)"
                         " SELECT $1, coalesce (max (number), 0) + 1, $2, $3, $4"
                         " FROM messages WHERE case_id = $1",
                         "ttdi", case_id, reunion_push_kind_to_key (kind), told_radius_km,
                         now_usec);
}

GPtrArray *
reunion_central_store_list_told (ReunionCentralStore *self, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) messages
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_told_free);
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT number, kind, told_radius_km, sent_usec FROM messages"
                           " WHERE case_id = $1 ORDER BY number",
                           "t", case_id);
  if (stmt == NULL)
    return NULL;
  while (reunion_stmt_next (stmt, &local_error))
    {
      ReunionTold *message = g_new0 (ReunionTold, 1);

      message->number = (guint) reunion_stmt_get_int (stmt, 0);
      /* A kind of a later version says something new at any rate. */
      if (!reunion_push_kind_from_key (reunion_stmt_get_text (stmt, 1), &message->kind))
        message->kind = REUNION_PUSH_UPDATED;
      message->told_radius_km = reunion_stmt_get_double (stmt, 2);
      message->sent_usec = reunion_stmt_get_int (stmt, 3);
      g_ptr_array_add (messages, message);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_steal_pointer (&messages);
}
