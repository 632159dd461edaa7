/* reunion-central-facts.c: what is counted of a case
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-facts.h"

#include "reunion-central-store-private.h"
#include "reunion-wire.h"

#define REGION_DIGITS 6

gboolean
reunion_central_store_put_facts (ReunionCentralStore *self, ReunionCase *case_, GError **error)
{
  ReunionReport *report;
  ReunionDb *db;
  const char *station, *sex;
  g_autofree char *region = NULL;
  gint64 lost_usec;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && REUNION_IS_CASE (case_), FALSE);

  db = reunion_central_store_get_db (self);
  report = reunion_case_get_report (case_);
  station = reunion_case_get_station (case_);
  region = g_strndup (station != NULL ? station : "", REGION_DIGITS);
  sex = reunion_report_get_text (report, REUNION_FIELD_SEX);
  lost_usec = reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN, 0);
  /* Nothing is left in it by which it could be counted anew. */
  if (reunion_case_get_state (case_) == REUNION_CASE_STATE_EXPIRED)
    {
      if (!reunion_db_run (db, error, "UPDATE case_facts SET state = $2 WHERE case_id = $1", "tt",
                           reunion_case_get_id (case_),
                           reunion_case_state_to_key (REUNION_CASE_STATE_EXPIRED)))
        return FALSE;
      if (reunion_db_get_n_changed (db) > 0)
        return TRUE;
    }
  /* A report that was returned and came again was reported when it came first. */
  return reunion_db_run (
      db, error,
      "INSERT INTO case_facts (case_id, region, state, outcome, sex, age_band, lost_usec,"
      " reported_usec, published_usec, closed_usec, n_tips, found_by_tip)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, CAST ($11 AS BIGINT))"
      " ON CONFLICT (case_id) DO UPDATE SET region = excluded.region, state = excluded.state,"
      " outcome = excluded.outcome, sex = excluded.sex, age_band = excluded.age_band,"
      " lost_usec = excluded.lost_usec,"
      " reported_usec = CASE WHEN case_facts.reported_usec > 0 THEN case_facts.reported_usec"
      "  ELSE excluded.reported_usec END,"
      " published_usec = excluded.published_usec, closed_usec = excluded.closed_usec",
      "ttttttiiiit", reunion_case_get_id (case_), region,
      reunion_case_state_to_key (reunion_case_get_state (case_)),
      reunion_outcome_to_key (reunion_case_get_outcome (case_)), sex != NULL ? sex : "",
      reunion_age_band_to_key (reunion_age_band_of (reunion_report_get_age_years (
          report, lost_usec > 0 ? lost_usec : reunion_case_get_published_usec (case_)))),
      lost_usec, reunion_case_get_submitted_usec (case_), reunion_case_get_published_usec (case_),
      reunion_case_get_closed_usec (case_),
      reunion_case_get_state (case_) == REUNION_CASE_STATE_EXPIRED ? NULL : "0");
}

gboolean
reunion_central_store_set_found_by_tip (ReunionCentralStore *self,
                                        const char *case_id,
                                        gboolean found_by_tip,
                                        GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "UPDATE case_facts SET found_by_tip = $2 WHERE case_id = $1", "ti",
                         case_id, (gint64) (found_by_tip ? 1 : 0));
}

gboolean
reunion_central_store_count_tip (ReunionCentralStore *self, ReunionTip *tip, GError **error)
{
  ReunionDb *db;
  gint64 led;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && REUNION_IS_TIP (tip), FALSE);

  db = reunion_central_store_get_db (self);
  led = reunion_tip_get_state (tip) == REUNION_TIP_STATE_LED ? 1 : 0;
  if (!reunion_db_run (db, error,
                       "INSERT INTO tip_facts (tip_id, case_id, led) VALUES ($1, $2, $3)"
                       " ON CONFLICT (tip_id) DO UPDATE SET led = excluded.led"
                       " WHERE tip_facts.led <> excluded.led",
                       "tti", reunion_tip_get_id (tip), reunion_tip_get_case_id (tip), led))
    return FALSE;
  if (reunion_db_get_n_changed (db) == 0)
    return TRUE;
  return reunion_db_run (
      db, error,
      "UPDATE case_facts SET"
      " n_tips = (SELECT count(*) FROM tip_facts WHERE tip_facts.case_id = case_facts.case_id),"
      " found_by_tip = (SELECT max (led) FROM tip_facts WHERE tip_facts.case_id ="
      " case_facts.case_id) WHERE case_id = $1",
      "t", reunion_tip_get_case_id (tip));
}

GPtrArray *
reunion_central_store_list_unindexed (ReunionCentralStore *self, guint limit, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT case_id FROM unindexed LIMIT $1", "i", (gint64) limit);
  if (stmt == NULL)
    return NULL;
  while (reunion_stmt_next (stmt, &local_error))
    g_ptr_array_add (ids, g_strdup (reunion_stmt_get_text (stmt, 0)));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_steal_pointer (&ids);
}

/* Transfer full. */
static GPtrArray *
list_tips (ReunionDb *db, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) tips = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ReunionStmt) stmt
      = reunion_db_query (db, error, "SELECT record FROM tips WHERE case_id = $1", "t", case_id);
  g_autoptr (GError) local_error = NULL;

  if (stmt == NULL)
    return NULL;
  while (local_error == NULL && reunion_stmt_next (stmt, &local_error))
    {
      ReunionTip *tip
          = reunion_wire_tip_from_json (reunion_stmt_get_text (stmt, 0), -1, &local_error);

      if (tip != NULL)
        g_ptr_array_add (tips, tip);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_steal_pointer (&tips);
}

gboolean
reunion_central_store_set_indexed (ReunionCentralStore *self, const char *case_id, GError **error)
{
  ReunionDb *db;
  g_autoptr (GPtrArray) tips = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, FALSE);

  db = reunion_central_store_get_db (self);
  tips = list_tips (db, case_id, error);
  if (tips == NULL)
    return FALSE;
  for (guint i = 0; i < tips->len; i++)
    if (!reunion_central_store_count_tip (self, tips->pdata[i], error))
      return FALSE;
  return reunion_db_run (db, error, "DELETE FROM unindexed WHERE case_id = $1", "t", case_id);
}

static void
read_fact (ReunionStmt *stmt, ReunionFact *fact)
{
  const char *by_tip = reunion_stmt_get_text (stmt, 8);

  fact->region = reunion_stmt_get_text (stmt, 0);
  fact->outcome = REUNION_OUTCOME_NONE;
  reunion_outcome_from_key (reunion_stmt_get_text (stmt, 1), &fact->outcome);
  fact->sex = reunion_stmt_get_text (stmt, 2);
  fact->age_band = REUNION_AGE_BAND_UNKNOWN;
  reunion_age_band_from_key (reunion_stmt_get_text (stmt, 3), &fact->age_band);
  fact->lost_usec = reunion_stmt_get_int (stmt, 4);
  fact->reported_usec = reunion_stmt_get_int (stmt, 5);
  fact->published_usec = reunion_stmt_get_int (stmt, 6);
  fact->closed_usec = reunion_stmt_get_int (stmt, 7);
  fact->found_by_tip = by_tip != NULL ? (int) reunion_stmt_get_int (stmt, 8) : -1;
  fact->n_tips = (guint) reunion_stmt_get_int (stmt, 9);
}

gboolean
reunion_central_store_measure (ReunionCentralStore *self,
                               gint64 from_usec,
                               gint64 to_usec,
                               const char *region,
                               ReunionMeasures *measures,
                               ReunionMeasures *also,
                               GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && region != NULL, FALSE);

  /* What was never issued has 0 there. */
  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT region, outcome, sex, age_band, lost_usec, reported_usec,"
                           " published_usec, closed_usec, found_by_tip, n_tips FROM case_facts"
                           " WHERE published_usec >= $1 AND published_usec < $2"
                           " AND state <> 'withdrawn' AND substr (region, 1, length ($3)) = $3",
                           "iit", MAX (from_usec, 1), to_usec, region);
  if (stmt == NULL)
    return FALSE;
  while (reunion_stmt_next (stmt, &local_error))
    {
      ReunionFact fact;

      read_fact (stmt, &fact);
      reunion_measures_add (measures, &fact);
      if (also != NULL)
        reunion_measures_add (also, &fact);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

char *
reunion_central_store_find_note (ReunionCentralStore *self, const char *key, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && key != NULL, NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT value FROM service_notes WHERE key = $1", "t", key);
  return stmt != NULL && reunion_stmt_next (stmt, error)
             ? g_strdup (reunion_stmt_get_text (stmt, 0))
             : NULL;
}

gboolean
reunion_central_store_put_note (ReunionCentralStore *self,
                                const char *key,
                                const char *value,
                                GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && key != NULL && value != NULL, FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "INSERT INTO service_notes (key, value) VALUES ($1, $2)"
                         " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                         "tt", key, value);
}
