/* reunion-station-outbox.c: what waits to go out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-store-private.h"

#include "reunion-wire.h"

#define ITEM_COLUMNS                                                                               \
  "sequence, operation_id, case_id, kind, body, state, n_attempts, created_usec, next_try_usec,"   \
  " last_error"

/* The row that stands for its case: what comes after it waits, what belongs to
 * other cases does not. A refused photo or report holds its case until it is
 * mended; any other refused step must not keep a later one, such as the news
 * that the child is found, from going out. 2: sent, 3: needs attention. */
#define HEADS                                                                                      \
  "sequence IN (SELECT min(sequence) FROM outbox WHERE state <> 2"                                 \
  " AND (state <> 3 OR kind IN ('photo', 'submit')) GROUP BY case_id)"

/* No pause between two tries is longer. An item that seems to wait longer was
 * written while the clock was ahead, and has been set right since. */
#define LONGEST_WAIT_USEC (10 * REUNION_MINUTE_USEC)

/* Bound as $n: what another account made is not ours to send. */
#define IS_OURS(n) "(account IS NULL OR " n " IS NULL OR account = " n ")"

gboolean
reunion_station_store_enqueue (ReunionStationStore *self,
                               const char *case_id,
                               ReunionOutboxKind kind,
                               const char *body,
                               gint64 now_usec,
                               GError **error)
{
  g_autofree char *operation_id = g_uuid_string_random ();

  return reunion_db_run (
      reunion_station_store_get_db (self), error,
      "INSERT INTO outbox (operation_id, case_id, kind, body, state, n_attempts, created_usec,"
      " next_try_usec, account) VALUES ($1, $2, $3, $4, $5, 0, $6, $6, $7)",
      "ttttiit", operation_id, case_id, reunion_outbox_kind_to_key (kind), body,
      (gint64) REUNION_OUTBOX_WAITING, now_usec, reunion_station_store_get_account (self));
}

gboolean
reunion_station_store_forget_refused (ReunionStationStore *self,
                                      const char *case_id,
                                      ReunionOutboxKind kind,
                                      const char *tip_id,
                                      GError **error)
{
  return reunion_db_run (reunion_station_store_get_db (self), error,
                         "DELETE FROM outbox WHERE case_id = $1 AND kind = $2 AND state = $3"
                         " AND ($4 IS NULL OR instr (body, $4) > 0)",
                         "ttit", case_id, reunion_outbox_kind_to_key (kind),
                         (gint64) REUNION_OUTBOX_ATTENTION, tip_id);
}

gboolean
reunion_station_store_is_going_out (ReunionStationStore *self,
                                    const char *case_id,
                                    ReunionOutboxKind kind)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  stmt = reunion_db_query (
      reunion_station_store_get_db (self), NULL,
      "SELECT 1 FROM outbox WHERE case_id = $1 AND state <> 2 AND state <> 3 AND kind = $2"
      " LIMIT 1",
      "tt", case_id, reunion_outbox_kind_to_key (kind));
  return stmt != NULL && reunion_stmt_next (stmt, NULL);
}

static ReunionOutboxItem *
read_item (ReunionStmt *stmt)
{
  ReunionOutboxKind kind = REUNION_OUTBOX_PHOTO;

  if (!reunion_outbox_kind_from_key (reunion_stmt_get_text (stmt, 3), &kind))
    g_warning ("The outbox holds an unknown kind");
  return reunion_outbox_item_new (
      reunion_stmt_get_int (stmt, 0), reunion_stmt_get_text (stmt, 1),
      reunion_stmt_get_text (stmt, 2), kind, reunion_stmt_get_text (stmt, 4),
      (ReunionOutboxState) CLAMP (reunion_stmt_get_int (stmt, 5), 0, REUNION_N_OUTBOX_STATES - 1),
      (guint) reunion_stmt_get_int (stmt, 6), reunion_stmt_get_int (stmt, 7),
      reunion_stmt_get_int (stmt, 8), reunion_stmt_get_text (stmt, 9));
}

GPtrArray *
reunion_station_store_list_outbox (ReunionStationStore *self, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), NULL);

  stmt = reunion_db_query (reunion_station_store_get_db (self), error,
                           "SELECT " ITEM_COLUMNS " FROM outbox"
                           " WHERE state <> 2 AND ($1 IS NULL OR case_id = $1) ORDER BY sequence",
                           "t", case_id);
  if (stmt == NULL)
    return NULL;
  while (reunion_stmt_next (stmt, &local_error))
    g_ptr_array_add (items, read_item (stmt));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_steal_pointer (&items);
}

ReunionOutboxItem *
reunion_station_store_next_due (ReunionStationStore *self, gint64 now_usec, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), NULL);

  stmt = reunion_db_query (reunion_station_store_get_db (self), error,
                           "SELECT " ITEM_COLUMNS " FROM outbox"
                           " WHERE " HEADS
                           " AND state = $1 AND (next_try_usec <= $2 OR next_try_usec > $3)"
                           " AND " IS_OURS ("$4") " ORDER BY sequence LIMIT 1",
                           "iiit", (gint64) REUNION_OUTBOX_WAITING, now_usec,
                           now_usec + LONGEST_WAIT_USEC, reunion_station_store_get_account (self));
  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return NULL;
  return read_item (stmt);
}

gint64
reunion_station_store_get_next_try_usec (ReunionStationStore *self)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), -1);

  stmt = reunion_db_query (reunion_station_store_get_db (self), NULL,
                           "SELECT min(next_try_usec), count(*) FROM outbox"
                           " WHERE " HEADS " AND state = $1 AND " IS_OURS ("$2"),
                           "it", (gint64) REUNION_OUTBOX_WAITING,
                           reunion_station_store_get_account (self));
  if (stmt == NULL || !reunion_stmt_next (stmt, NULL) || reunion_stmt_get_int (stmt, 1) == 0)
    return -1;
  return reunion_stmt_get_int (stmt, 0);
}

guint
reunion_station_store_count_outbox_of_others (ReunionStationStore *self)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), 0);

  stmt = reunion_db_query (reunion_station_store_get_db (self), NULL,
                           "SELECT count(*) FROM outbox WHERE state = $1 AND NOT " IS_OURS ("$2"),
                           "it", (gint64) REUNION_OUTBOX_WAITING,
                           reunion_station_store_get_account (self));
  return stmt != NULL && reunion_stmt_next (stmt, NULL) ? (guint) reunion_stmt_get_int (stmt, 0)
                                                        : 0;
}

gboolean
reunion_station_store_mark_sending (ReunionStationStore *self,
                                    ReunionOutboxItem *item,
                                    GError **error)
{
  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && REUNION_IS_OUTBOX_ITEM (item), FALSE);

  if (!reunion_db_run (reunion_station_store_get_db (self), error,
                       "UPDATE outbox SET state = $2, n_attempts = n_attempts + 1"
                       " WHERE sequence = $1",
                       "ii", reunion_outbox_item_get_sequence (item),
                       (gint64) REUNION_OUTBOX_SENDING))
    return FALSE;
  reunion_station_store_emit_changed (self, reunion_outbox_item_get_case_id (item));
  return TRUE;
}

gboolean
reunion_station_store_mark_waiting (ReunionStationStore *self,
                                    ReunionOutboxItem *item,
                                    const char *reason,
                                    gint64 next_try_usec,
                                    GError **error)
{
  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && REUNION_IS_OUTBOX_ITEM (item), FALSE);

  if (!reunion_db_run (reunion_station_store_get_db (self), error,
                       "UPDATE outbox SET state = $2, last_error = $3, next_try_usec = $4"
                       " WHERE sequence = $1",
                       "iiti", reunion_outbox_item_get_sequence (item),
                       (gint64) REUNION_OUTBOX_WAITING, reason, next_try_usec))
    return FALSE;
  reunion_station_store_emit_changed (self, reunion_outbox_item_get_case_id (item));
  return TRUE;
}

gboolean
reunion_station_store_retry_now (ReunionStationStore *self, GError **error)
{
  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), FALSE);

  if (!reunion_db_run (reunion_station_store_get_db (self), error,
                       "UPDATE outbox SET next_try_usec = 0 WHERE state = $1", "i",
                       (gint64) REUNION_OUTBOX_WAITING))
    return FALSE;
  reunion_station_store_emit_changed (self, NULL);
  return TRUE;
}
