/* reunion-station-amend.c: the amendment of a published case, until the service
 * has answered
 *
 * While one is on its way the record holds what the officer wrote, at the
 * revision that it was based on, and cases.theirs the service's own version.
 * Once it is taken or refused the service's version is the record again; what
 * was refused stays in its row of the outbox.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-store-private.h"

#include "reunion-history.h"
#include "reunion-standard.h"
#include "reunion-wire.h"

#include <glib/gi18n-lib.h>

#define WAITING_AMENDMENTS "case_id = $1 AND kind = 'amend' AND state <> 2 AND state <> 3"

/* --- the officer's step ---------------------------------------------------- */

static gboolean
is_same (ReunionCase *before, ReunionCase *after)
{
  g_autoptr (GPtrArray) changes = reunion_history_diff_cases (before, after);

  return changes->len == 0;
}

static gboolean
check_amendment (ReunionStationStore *self,
                 ReunionCase *stored,
                 ReunionCase *amended,
                 gint64 now_usec,
                 GError **error)
{
  const char *sentence = NULL;

  if (reunion_station_store_is_going_out (self, reunion_case_get_id (stored), REUNION_OUTBOX_CLOSE))
    sentence = _ ("This case is being closed, so its notice can't be amended any more.");
  else if (is_same (stored, amended))
    sentence = _ ("Nothing has been changed yet.");
  if (sentence == NULL)
    return reunion_standard_check (amended, now_usec, error)
           && reunion_station_store_check_can_be_read_back (amended, error);
  g_set_error_literal (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION, sentence);
  return FALSE;
}

/* New photos first: the outbox keeps its order within a case. */
static gboolean
enqueue_amendment (ReunionStationStore *self,
                   ReunionCase *stored,
                   ReunionCase *amended,
                   const char *reason,
                   gint64 now_usec,
                   GError **error)
{
  const char *id = reunion_case_get_id (amended);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *base = NULL;
  g_autofree char *body = NULL;

  for (guint i = 0; i < reunion_case_get_n_photos (amended); i++)
    {
      const char *sha256 = reunion_photo_get_sha256 (reunion_case_get_photo (amended, i));

      if (!reunion_case_has_photo (stored, sha256)
          && !reunion_station_store_enqueue (self, id, REUNION_OUTBOX_PHOTO, sha256, now_usec,
                                             error))
        return FALSE;
    }
  json_object_set_object_member (object, "case", reunion_wire_case_to_object (amended));
  reunion_json_put_string (object, "reason", reason);
  body = reunion_json_to_text (object);
  base = reunion_wire_case_to_json (stored);
  return reunion_station_store_enqueue (self, id, REUNION_OUTBOX_AMEND, body, now_usec, error)
         && reunion_db_run (reunion_station_store_get_db (self), error,
                            "UPDATE outbox SET base = $2 WHERE sequence ="
                            " (SELECT max(sequence) FROM outbox WHERE case_id = $1)",
                            "tt", id, base);
}

gboolean
reunion_station_store_amend (ReunionStationStore *self,
                             ReunionCase *case_,
                             const char *reason,
                             gint64 now_usec,
                             GError **error)
{
  g_autoptr (ReunionCase) stored = NULL;
  g_autoptr (ReunionCase) amended = NULL;
  const char *id;
  gboolean is_first, ok;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && REUNION_IS_CASE (case_), FALSE);

  id = reunion_case_get_id (case_);
  stored = reunion_station_store_get_case (self, id, error);
  if (stored == NULL)
    return FALSE;
  amended = reunion_case_copy (stored);
  reunion_case_take_content (amended, case_);
  /* What the page read it at, which the service may have moved on from. */
  if (reunion_case_get_revision (case_) > 0)
    reunion_case_set_revision (
        amended, MIN (reunion_case_get_revision (case_), reunion_case_get_revision (stored)));
  if (!reunion_case_apply (amended, REUNION_CASE_ACTION_AMEND, REUNION_ROLE_OFFICER, error)
      || !check_amendment (self, stored, amended, now_usec, error)
      || !reunion_db_begin (reunion_station_store_get_db (self), error))
    return FALSE;
  is_first = !reunion_station_store_is_going_out (self, id, REUNION_OUTBOX_AMEND);
  ok = (!is_first || reunion_station_store_set_theirs (self, id, stored, error))
       && reunion_station_store_put_case (self, amended, TRUE, error)
       && reunion_station_store_forget_refused (self, id, REUNION_OUTBOX_AMEND, NULL, error)
       && enqueue_amendment (self, stored, amended, reason, now_usec, error)
       && reunion_station_store_forget_amending (self, id, error);
  return reunion_station_store_finish (self, ok, id, error);
}

/* --- the service's answer --------------------------------------------------- */

/* What was amended on top of an amendment that the service has now taken is
 * based on what came of that. */
static gboolean
rebase_waiting (ReunionStationStore *self, const char *case_id, gint64 revision, GError **error)
{
  g_autoptr (GArray) sequences = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  stmt = reunion_db_query (reunion_station_store_get_db (self), error,
                           "SELECT sequence, body FROM outbox WHERE " WAITING_AMENDMENTS, "t",
                           case_id);
  if (stmt == NULL)
    return FALSE;
  while (reunion_stmt_next (stmt, &local_error))
    {
      gint64 sequence = reunion_stmt_get_int (stmt, 0);
      g_autoptr (JsonObject) object
          = reunion_json_parse (reunion_stmt_get_text (stmt, 1), -1, error);
      JsonObject *member = object != NULL ? reunion_json_get_object (object, "case", error) : NULL;

      if (member == NULL)
        return FALSE;
      json_object_set_int_member (member, "revision", revision);
      g_array_append_val (sequences, sequence);
      g_ptr_array_add (bodies, reunion_json_to_text (object));
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  for (guint i = 0; i < bodies->len; i++)
    if (!reunion_db_run (reunion_station_store_get_db (self), error,
                         "UPDATE outbox SET body = $2 WHERE sequence = $1", "it",
                         g_array_index (sequences, gint64, i), (const char *) bodies->pdata[i]))
      return FALSE;
  return TRUE;
}

gboolean
reunion_station_store_settle_amendment (ReunionStationStore *self,
                                        ReunionOutboxItem *item,
                                        ReunionCase *answer,
                                        GError **error)
{
  const char *id = reunion_outbox_item_get_case_id (item);
  g_autoptr (ReunionCase) own = NULL;
  g_autoptr (ReunionCase) known = NULL;
  g_autoptr (GError) local_error = NULL;
  ReunionCase *newest;
  gboolean is_dirty = FALSE;

  own = reunion_station_store_find_own (self, id, &is_dirty, &local_error);
  if (local_error == NULL)
    known = reunion_station_store_find_theirs (self, id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  /* The feed may have been faster than the answer. */
  newest = known != NULL && reunion_case_get_revision (known) > reunion_case_get_revision (answer)
               ? known
               : answer;
  if (own == NULL || !is_dirty)
    return reunion_station_store_take_case (self, answer, error);
  if (!reunion_station_store_is_going_out (self, id, REUNION_OUTBOX_AMEND)
      || !reunion_case_state_is_public (reunion_case_get_state (newest)))
    return reunion_station_store_settle_on (self, newest, error);
  return rebase_waiting (self, id, reunion_case_get_revision (answer), error)
         && reunion_station_store_keep_amended (self, own, newest,
                                                reunion_case_get_revision (answer), error);
}

gboolean
reunion_station_store_refuse_amendment (ReunionStationStore *self,
                                        const char *case_id,
                                        GError **error)
{
  g_autoptr (ReunionCase) theirs = NULL;
  g_autoptr (GError) local_error = NULL;

  if (reunion_station_store_is_going_out (self, case_id, REUNION_OUTBOX_AMEND))
    return TRUE;
  theirs = reunion_station_store_find_theirs (self, case_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return theirs == NULL || reunion_station_store_settle_on (self, theirs, error);
}

gboolean
reunion_station_store_refuse_amended_photo (ReunionStationStore *self,
                                            ReunionOutboxItem *item,
                                            const char *reason,
                                            GError **error)
{
  ReunionDb *db = reunion_station_store_get_db (self);
  const char *id = reunion_outbox_item_get_case_id (item);
  gint64 sequence = reunion_outbox_item_get_sequence (item);

  return reunion_db_run (db, error,
                         "UPDATE outbox SET state = $2, last_error = $3 WHERE sequence ="
                         " (SELECT min(sequence) FROM outbox WHERE " WAITING_AMENDMENTS
                         " AND sequence > $4)",
                         "titi", id, (gint64) REUNION_OUTBOX_ATTENTION, reason, sequence)
         && reunion_db_run (db, error, "DELETE FROM outbox WHERE sequence = $1", "i", sequence)
         && reunion_station_store_refuse_amendment (self, id, error);
}

/* --- what was refused -------------------------------------------------------- */

ReunionCase *
reunion_station_store_get_refused_amendment (ReunionStationStore *self,
                                             const char *case_id,
                                             char **reason,
                                             GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (ReunionCase) written = NULL;
  ReunionCase *case_;
  JsonObject *member;
  const char *said = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && case_id != NULL, NULL);

  stmt = reunion_db_query (reunion_station_store_get_db (self), error,
                           "SELECT body FROM outbox WHERE case_id = $1 AND kind = 'amend'"
                           " AND state = 3 ORDER BY sequence DESC LIMIT 1",
                           "t", case_id);
  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return NULL;
  object = reunion_json_parse (reunion_stmt_get_text (stmt, 0), -1, error);
  if (object == NULL || (member = reunion_json_get_object (object, "case", error)) == NULL
      || !reunion_json_read_string (object, "reason", &said, error)
      || (written = reunion_wire_case_from_object (member, error)) == NULL
      || (case_ = reunion_station_store_get_case (self, case_id, error)) == NULL)
    return NULL;
  reunion_case_take_content (case_, written);
  if (reason != NULL)
    *reason = g_strdup (said);
  return case_;
}

ReunionCase *
reunion_station_store_get_refused_base (ReunionStationStore *self,
                                        const char *case_id,
                                        GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && case_id != NULL, NULL);

  /* Of the first: each holds what the one before it said. */
  stmt = reunion_db_query (reunion_station_store_get_db (self), error,
                           "SELECT base FROM outbox WHERE case_id = $1 AND kind = 'amend'"
                           " AND state = 3 AND base IS NOT NULL ORDER BY sequence LIMIT 1",
                           "t", case_id);
  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return NULL;
  return reunion_wire_case_from_json (reunion_stmt_get_text (stmt, 0), -1, error);
}

gboolean
reunion_station_store_drop_refused_amendment (ReunionStationStore *self,
                                              const char *case_id,
                                              GError **error)
{
  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && case_id != NULL, FALSE);

  if (!reunion_station_store_forget_refused (self, case_id, REUNION_OUTBOX_AMEND, NULL, error))
    return FALSE;
  reunion_station_store_emit_changed (self, case_id);
  return TRUE;
}
