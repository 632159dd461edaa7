/* reunion-station-steps.c: what an officer does to a case or a tip
 *
 * Each step is one transaction: the change at the desk, and the row of the outbox
 * that carries it to the service.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-store-private.h"

#include "reunion-standard.h"
#include "reunion-wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Photos first: the outbox keeps its order within a case. */
static gboolean
enqueue_submission (ReunionStationStore *self, ReunionCase *case_, gint64 now_usec, GError **error)
{
  const char *id = reunion_case_get_id (case_);
  g_autofree char *body = reunion_wire_case_to_json (case_);

  /* What an earlier, refused attempt left behind. */
  if (!reunion_db_run (reunion_station_store_get_db (self), error,
                       "DELETE FROM outbox WHERE case_id = $1 AND state <> $2", "ti", id,
                       (gint64) REUNION_OUTBOX_SENT))
    return FALSE;
  for (guint i = 0; i < reunion_case_get_n_photos (case_); i++)
    {
      const char *sha256 = reunion_photo_get_sha256 (reunion_case_get_photo (case_, i));

      if (!reunion_station_store_enqueue (self, id, REUNION_OUTBOX_PHOTO, sha256, now_usec, error))
        return FALSE;
    }
  return reunion_station_store_enqueue (self, id, REUNION_OUTBOX_SUBMIT, body, now_usec, error);
}

gboolean
reunion_station_store_submit (ReunionStationStore *self,
                              ReunionCase *case_,
                              gint64 now_usec,
                              GError **error)
{
  g_autoptr (ReunionCase) queued = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && REUNION_IS_CASE (case_), FALSE);

  if (!reunion_standard_check (case_, now_usec, error))
    return FALSE;
  queued = reunion_station_store_bring_up_to_date (self, case_, error);
  if (queued == NULL
      || !reunion_case_apply (queued, REUNION_CASE_ACTION_QUEUE, REUNION_ROLE_OFFICER, error)
      || !reunion_station_store_check_can_be_read_back (queued, error)
      || !reunion_db_begin (reunion_station_store_get_db (self), error))
    return FALSE;
  return reunion_station_store_finish (self,
                                       reunion_station_store_put_case (self, queued, TRUE, error)
                                           && enqueue_submission (self, queued, now_usec, error),
                                       reunion_case_get_id (case_), error);
}

/* Reads the case, checks the step against the table of states, and refuses a
 * second one of a kind while the first is still on its way. */
static gboolean
check_step (ReunionStationStore *self,
            const char *case_id,
            ReunionCaseAction action,
            ReunionRole role,
            ReunionOutboxKind kind,
            GError **error)
{
  g_autoptr (ReunionCase) case_ = reunion_station_store_get_case (self, case_id, error);
  ReunionCaseState ignored;

  if (case_ == NULL
      || !reunion_case_state_apply (reunion_case_get_state (case_), action, role, &ignored, error))
    return FALSE;
  if (reunion_station_store_is_going_out (self, case_id, kind))
    {
      g_set_error_literal (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION,
                           _("This has been done already and is waiting to be sent."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
enqueue_object (ReunionStationStore *self,
                const char *case_id,
                ReunionOutboxKind kind,
                JsonObject *object,
                gint64 now_usec,
                GError **error)
{
  g_autofree char *body = reunion_json_to_text (object);

  if (!reunion_db_begin (reunion_station_store_get_db (self), error))
    return FALSE;
  return reunion_station_store_finish (
      self,
      reunion_station_store_forget_refused (self, case_id, kind, NULL, error)
          && reunion_station_store_enqueue (self, case_id, kind, body, now_usec, error),
      case_id, error);
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

static gboolean
check_field_reasons (const ReunionFieldReason *reasons, gsize n_reasons, GError **error)
{
  for (gsize i = 0; i < n_reasons; i++)
    if (is_blank (reasons[i].reason))
      {
        g_set_error (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION,
                     _("Say what is wrong with “%s”, or take the mark away."),
                     reunion_field_get_label (reasons[i].field));
        return FALSE;
      }
  return TRUE;
}

static gboolean
decide (ReunionStationStore *self,
        const char *case_id,
        ReunionCaseAction action,
        const char *reason,
        const ReunionFieldReason *reasons,
        gsize n_reasons,
        gint64 now_usec,
        GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (!check_step (self, case_id, action, REUNION_ROLE_REVIEWER, REUNION_OUTBOX_DECISION, error))
    return FALSE;
  if (action != REUNION_CASE_ACTION_APPROVE && is_blank (reason))
    {
      g_set_error_literal (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION,
                           _("Say why, so that the station knows what to do."));
      return FALSE;
    }
  if (!check_field_reasons (reasons, n_reasons, error))
    return FALSE;
  json_object_set_string_member (object, "decision",
                                 action == REUNION_CASE_ACTION_APPROVE  ? "approve"
                                 : action == REUNION_CASE_ACTION_RETURN ? "return"
                                                                        : "reject");
  reunion_json_put_string (object, "reason", reason);
  if (n_reasons > 0)
    json_object_set_array_member (object, "fields",
                                  reunion_wire_field_reasons_to_array (reasons, n_reasons));
  return enqueue_object (self, case_id, REUNION_OUTBOX_DECISION, object, now_usec, error);
}

gboolean
reunion_station_store_decide (ReunionStationStore *self,
                              const char *case_id,
                              ReunionCaseAction action,
                              const char *reason,
                              gint64 now_usec,
                              GError **error)
{
  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && case_id != NULL, FALSE);
  g_return_val_if_fail (action == REUNION_CASE_ACTION_APPROVE
                            || action == REUNION_CASE_ACTION_RETURN
                            || action == REUNION_CASE_ACTION_REJECT,
                        FALSE);

  return decide (self, case_id, action, reason, NULL, 0, now_usec, error);
}

gboolean
reunion_station_store_return_at_fields (ReunionStationStore *self,
                                        const char *case_id,
                                        const char *reason,
                                        const ReunionFieldReason *reasons,
                                        gsize n_reasons,
                                        gint64 now_usec,
                                        GError **error)
{
  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && case_id != NULL, FALSE);
  g_return_val_if_fail (reasons != NULL || n_reasons == 0, FALSE);

  return decide (self, case_id, REUNION_CASE_ACTION_RETURN, reason, reasons, n_reasons, now_usec,
                 error);
}

gboolean
reunion_station_store_close (ReunionStationStore *self,
                             const char *case_id,
                             ReunionOutcome outcome,
                             const char *note,
                             gint64 now_usec,
                             GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && case_id != NULL, FALSE);

  if (outcome == REUNION_OUTCOME_NONE)
    {
      g_set_error_literal (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION,
                           _("Choose how the case ended."));
      return FALSE;
    }
  if (!check_step (self, case_id, REUNION_CASE_ACTION_CLOSE, REUNION_ROLE_OFFICER,
                   REUNION_OUTBOX_CLOSE, error))
    return FALSE;
  json_object_set_string_member (object, "outcome", reunion_outcome_to_key (outcome));
  reunion_json_put_string (object, "note", note);
  return enqueue_object (self, case_id, REUNION_OUTBOX_CLOSE, object, now_usec, error);
}

gboolean
reunion_station_store_set_tip_state (ReunionStationStore *self,
                                     const char *tip_id,
                                     ReunionTipState state,
                                     gint64 now_usec,
                                     GError **error)
{
  g_autoptr (ReunionTip) tip = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *body = NULL;
  gboolean is_dirty;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && tip_id != NULL, FALSE);

  tip = reunion_station_store_find_tip (self, tip_id, &is_dirty, &local_error);
  if (tip == NULL)
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        g_set_error_literal (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_NOT_FOUND,
                             _("This tip is not on this PC."));
      return FALSE;
    }
  reunion_tip_set_state (tip, state);
  json_object_set_string_member (object, "tip_id", tip_id);
  json_object_set_string_member (object, "state", reunion_tip_state_to_key (state));
  body = reunion_json_to_text (object);
  if (!reunion_db_begin (reunion_station_store_get_db (self), error))
    return FALSE;
  return reunion_station_store_finish (
      self,
      reunion_station_store_put_tip (self, tip, TRUE, error)
          && reunion_station_store_forget_refused (self, reunion_tip_get_case_id (tip),
                                                   REUNION_OUTBOX_TIP_STATE, tip_id, error)
          && reunion_station_store_enqueue (self, reunion_tip_get_case_id (tip),
                                            REUNION_OUTBOX_TIP_STATE, body, now_usec, error),
      reunion_tip_get_case_id (tip), error);
}
