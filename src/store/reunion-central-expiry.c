/* reunion-central-expiry.c: erasing what is personal when a case has expired
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-expiry.h"

#include "reunion-central-audit.h"
#include "reunion-central-store-private.h"
#include "reunion-db-care.h"
#include "reunion-wire.h"

/* Everything that stands of a case outside its own row and its tips, in the order
 * in which it goes. $1: the case. */
static const char *const erasures[] = {
  /* A photo that another case names too stays for that one. */
  "DELETE FROM photos WHERE sha256 IN (SELECT sha256 FROM case_photos WHERE case_id = $1)"
  " AND NOT EXISTS (SELECT 1 FROM case_photos other WHERE other.sha256 = photos.sha256"
  " AND other.case_id <> $1)",
  "DELETE FROM case_photos WHERE case_id = $1",
  /* The rows stay: they say who was told, and when. 2: dead. */
  "UPDATE deliveries SET body = '', last_error = NULL,"
  " state = CASE WHEN state = 0 THEN 2 ELSE state END WHERE case_id = $1",
  "DELETE FROM waiting WHERE case_id = $1",
  "DELETE FROM circles WHERE case_id = $1",
  "DELETE FROM told_circles WHERE case_id = $1",
  "DELETE FROM unindexed WHERE case_id = $1",
  /* Of the case and of its tips, which name it. */
  "DELETE FROM answers WHERE body LIKE '%' || CAST ($1 AS TEXT) || '%'",
};

static GPtrArray *
collect_ids (ReunionStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;

  while (reunion_stmt_next (stmt, &local_error))
    g_ptr_array_add (ids, g_strdup (reunion_stmt_get_text (stmt, 0)));
  if (local_error == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

GPtrArray *
reunion_central_store_list_expiring (ReunionCentralStore *self,
                                     gint64 now_usec,
                                     guint limit,
                                     GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT id FROM cases WHERE expires_usec IS NOT NULL"
                           " AND expires_usec <= $1 ORDER BY expires_usec LIMIT $2",
                           "ii", now_usec, (gint64) limit);
  return stmt != NULL ? collect_ids (stmt, error) : NULL;
}

gint64
reunion_central_store_get_next_expiry_usec (ReunionCentralStore *self)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), -1);

  stmt = reunion_db_query (reunion_central_store_get_db (self), NULL,
                           "SELECT expires_usec FROM cases WHERE expires_usec IS NOT NULL"
                           " ORDER BY expires_usec LIMIT 1",
                           "");
  return stmt != NULL && reunion_stmt_next (stmt, NULL) ? reunion_stmt_get_int (stmt, 0) : -1;
}

GPtrArray *
reunion_central_store_list_erased (ReunionCentralStore *self, gint64 since_usec, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  stmt = reunion_db_query (
      reunion_central_store_get_db (self), error,
      "SELECT id FROM cases WHERE erased_usec IS NOT NULL AND erased_usec >= $1", "i", since_usec);
  return stmt != NULL ? collect_ids (stmt, error) : NULL;
}

GPtrArray *
reunion_central_store_list_untraced (ReunionCentralStore *self, guint limit, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT id FROM cases WHERE is_traced = 0 ORDER BY id LIMIT $1", "i",
                           (gint64) limit);
  return stmt != NULL ? collect_ids (stmt, error) : NULL;
}

gboolean
reunion_central_store_note_photo (ReunionCentralStore *self,
                                  const char *case_id,
                                  const char *sha256,
                                  GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), FALSE);
  g_return_val_if_fail (case_id != NULL && sha256 != NULL, FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "INSERT INTO case_photos (sha256, case_id) VALUES ($1, $2)"
                         " ON CONFLICT (sha256, case_id) DO NOTHING",
                         "tt", sha256, case_id);
}

gboolean
reunion_central_store_trace_case (ReunionCentralStore *self, ReunionCase *case_, GError **error)
{
  gint64 expires_usec = reunion_case_get_expires_usec (case_);
  g_autofree char *expires = NULL;

  if (expires_usec > 0 && reunion_case_get_state (case_) != REUNION_CASE_STATE_EXPIRED)
    expires = g_strdup_printf ("%" G_GINT64_FORMAT, expires_usec);
  for (guint i = 0; i < reunion_case_get_n_photos (case_); i++)
    if (!reunion_central_store_note_photo (
            self, reunion_case_get_id (case_),
            reunion_photo_get_sha256 (reunion_case_get_photo (case_, i)), error))
      return FALSE;
  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "UPDATE cases SET is_traced = 1, expires_usec = CAST ($2 AS BIGINT)"
                         " WHERE id = $1",
                         "tt", reunion_case_get_id (case_), expires);
}

/* That there was a tip, from whom, when, and whether it led to the person. */
static gboolean
erase_tip (ReunionCentralStore *self, const char *tip_id, GError **error)
{
  g_autoptr (ReunionTip) tip = reunion_central_store_find_tip (self, tip_id, error);
  g_autoptr (ReunionTip) rest = NULL;
  g_autofree char *record = NULL;

  if (tip == NULL)
    return FALSE;
  rest = reunion_tip_new (tip_id, reunion_tip_get_case_id (tip));
  reunion_tip_set_origin (rest, reunion_tip_get_partner (tip), tip_id);
  reunion_tip_set_received_usec (rest, reunion_tip_get_received_usec (tip));
  reunion_tip_set_state (rest, reunion_tip_get_state (tip));
  record = reunion_wire_tip_to_json (rest);
  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "UPDATE tips SET record = $2, partner_tip_id = id WHERE id = $1", "tt",
                         tip_id, record);
}

static gboolean
erase_tips (ReunionCentralStore *self, const char *case_id, GError **error)
{
  g_autoptr (ReunionStmt) stmt
      = reunion_db_query (reunion_central_store_get_db (self), error,
                          "SELECT id FROM tips WHERE case_id = $1", "t", case_id);
  g_autoptr (GPtrArray) ids = stmt != NULL ? collect_ids (stmt, error) : NULL;

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!erase_tip (self, ids->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean
reunion_central_store_erase_case (ReunionCentralStore *self,
                                  const char *case_id,
                                  gint64 now_usec,
                                  GError **error)
{
  ReunionDb *db;
  g_autoptr (ReunionCase) case_ = NULL;
  g_autoptr (ReunionCase) remains = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *record = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, FALSE);

  db = reunion_central_store_get_db (self);
  case_ = reunion_central_store_find_case (self, case_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (case_ == NULL || reunion_case_get_state (case_) == REUNION_CASE_STATE_EXPIRED)
    return TRUE;
  remains = reunion_case_get_remains (case_);
  reunion_case_set_revision (remains, reunion_case_get_revision (case_) + 1);
  record = reunion_wire_case_to_json (remains);
  /* Not put_case(): what other columns counted of the whole case stays counted. */
  if (!reunion_db_run (db, error,
                       "UPDATE cases SET state = $2, revision = $3, record = $4, erased_usec = $5,"
                       " expires_usec = NULL, next_change_usec = NULL, is_traced = 1"
                       " WHERE id = $1",
                       "ttiti", case_id, reunion_case_state_to_key (REUNION_CASE_STATE_EXPIRED),
                       reunion_case_get_revision (remains), record, now_usec)
      || !erase_tips (self, case_id, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (erasures); i++)
    if (!reunion_db_run (db, error, erasures[i], "t", case_id))
      return FALSE;
  /* Who did what and when stays; what was written and why does not. */
  return reunion_central_store_erase_audit_records (self, case_id, error)
         && reunion_central_store_add_audit (self, "service", "expire", case_id, now_usec, error)
         && reunion_central_store_add_change (self, case_id, NULL, now_usec, error);
}

gboolean
reunion_central_store_erase_strays (ReunionCentralStore *self,
                                    gint64 now_usec,
                                    gint64 keep_usec,
                                    GError **error)
{
  ReunionDb *db;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), FALSE);

  db = reunion_central_store_get_db (self);
  return reunion_db_run (db, error,
                         "UPDATE photos SET stray_since_usec = NULL WHERE stray_since_usec IS NOT"
                         " NULL AND sha256 IN (SELECT sha256 FROM case_photos)",
                         "")
         && reunion_db_run (db, error,
                            "UPDATE photos SET stray_since_usec = $1 WHERE stray_since_usec IS NULL"
                            " AND sha256 NOT IN (SELECT sha256 FROM case_photos)",
                            "i", now_usec)
         && reunion_db_run (db, error, "DELETE FROM photos WHERE stray_since_usec <= $1", "i",
                            now_usec - keep_usec)
         && reunion_db_run (db, error, "DELETE FROM answers WHERE at_usec <= $1", "i",
                            now_usec - keep_usec)
         && reunion_db_run (db, error, "DELETE FROM sessions WHERE expires_usec <= $1", "i",
                            now_usec);
}

gboolean
reunion_central_store_scrub (ReunionCentralStore *self, gboolean is_thorough, GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), FALSE);

  return reunion_db_scrub (reunion_central_store_get_db (self), is_thorough, error);
}
