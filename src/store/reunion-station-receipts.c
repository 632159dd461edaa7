/* reunion-station-receipts.c: what the service's answer to an item means
 *
 * An item counts as sent, or as refused, together with what follows from it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-store-private.h"

#include "reunion-wire.h"

static gboolean
settle_body (ReunionStationStore *self, ReunionOutboxItem *item, GError **error)
{
  g_autoptr (JsonObject) object = NULL;
  const char *tip_id;

  if (reunion_outbox_item_get_kind (item) != REUNION_OUTBOX_TIP_STATE)
    return TRUE;
  object = reunion_json_parse (reunion_outbox_item_get_body (item), -1, error);
  if (object == NULL || (tip_id = reunion_json_get_string (object, "tip_id", error)) == NULL)
    return FALSE;
  return reunion_station_store_settle_tip (self, tip_id, error);
}

static gboolean
take_answer (ReunionStationStore *self,
             ReunionOutboxItem *item,
             ReunionCase *answer,
             GError **error)
{
  if (answer == NULL)
    return TRUE;
  if (reunion_outbox_item_get_kind (item) == REUNION_OUTBOX_AMEND)
    return reunion_station_store_settle_amendment (self, item, answer, error);
  return reunion_station_store_take_case (self, answer, error);
}

gboolean
reunion_station_store_mark_sent (ReunionStationStore *self,
                                 ReunionOutboxItem *item,
                                 ReunionCase *answer,
                                 gint64 now_usec,
                                 GError **error)
{
  ReunionDb *db;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && REUNION_IS_OUTBOX_ITEM (item), FALSE);

  db = reunion_station_store_get_db (self);
  if (!reunion_db_begin (db, error))
    return FALSE;
  /* The row stays as a record that it went out; what it carried does not. */
  return reunion_station_store_finish (
      self,
      reunion_db_run (db, error,
                      "UPDATE outbox SET state = $2, sent_usec = $3, body = '', last_error = NULL"
                      " WHERE sequence = $1",
                      "iii", reunion_outbox_item_get_sequence (item), (gint64) REUNION_OUTBOX_SENT,
                      now_usec)
          && settle_body (self, item, error) && take_answer (self, item, answer, error),
      reunion_outbox_item_get_case_id (item), error);
}

/* A refused submission goes back to where it can be mended; of a refused
 * amendment the row alone remains. */
static gboolean
reopen_for_editing (ReunionStationStore *self,
                    ReunionOutboxItem *item,
                    const char *reason,
                    GError **error)
{
  ReunionOutboxKind kind = reunion_outbox_item_get_kind (item);
  g_autoptr (ReunionCase) case_ = NULL;

  /* No row any more: another submission has taken its place. */
  if (reunion_db_get_n_changed (reunion_station_store_get_db (self)) == 0)
    return TRUE;
  if (kind == REUNION_OUTBOX_AMEND)
    return reunion_station_store_refuse_amendment (self, reunion_outbox_item_get_case_id (item),
                                                   error);
  if (kind != REUNION_OUTBOX_SUBMIT && kind != REUNION_OUTBOX_PHOTO)
    return TRUE;
  case_ = reunion_station_store_get_case (self, reunion_outbox_item_get_case_id (item), error);
  if (case_ == NULL)
    return FALSE;
  if (kind == REUNION_OUTBOX_PHOTO
      && reunion_station_store_is_going_out (self, reunion_case_get_id (case_),
                                             REUNION_OUTBOX_AMEND))
    return reunion_station_store_refuse_amended_photo (self, item, reason, error);
  if (reunion_case_get_state (case_) != REUNION_CASE_STATE_QUEUED)
    return TRUE;
  reunion_case_set_state (case_, reunion_case_get_revision (case_) > 0 ? REUNION_CASE_STATE_RETURNED
                                                                       : REUNION_CASE_STATE_DRAFT);
  return reunion_station_store_put_case (self, case_, TRUE, error);
}

gboolean
reunion_station_store_mark_attention (ReunionStationStore *self,
                                      ReunionOutboxItem *item,
                                      const char *reason,
                                      GError **error)
{
  ReunionDb *db;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && REUNION_IS_OUTBOX_ITEM (item), FALSE);

  db = reunion_station_store_get_db (self);
  if (!reunion_db_begin (db, error))
    return FALSE;
  return reunion_station_store_finish (
      self,
      reunion_db_run (
          db, error, "UPDATE outbox SET state = $2, last_error = $3 WHERE sequence = $1", "iit",
          reunion_outbox_item_get_sequence (item), (gint64) REUNION_OUTBOX_ATTENTION, reason)
          && reopen_for_editing (self, item, reason, error),
      reunion_outbox_item_get_case_id (item), error);
}
