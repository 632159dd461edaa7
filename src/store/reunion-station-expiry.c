/* reunion-station-expiry.c: the desk erases what the service has erased
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-store-private.h"

#include "reunion-db-care.h"

/* Set while the log, or a photo that no case names, may hold something of a case that
 * has expired. */
#define SETTING_PHOTOS "expired_photos"
#define SETTING_LOG "expired_log"

/* $1: the case. Before the photos of its new version are written. */
static const char *const erasures[] = {
  /* A photo that another case names stays for that one, and one of another amendment. */
  "DELETE FROM photos WHERE sha256 IN (SELECT sha256 FROM case_photos WHERE case_id = $1)"
  " AND NOT EXISTS (SELECT 1 FROM case_photos other WHERE other.sha256 = photos.sha256"
  " AND other.case_id <> $1)",
  "DELETE FROM case_photos WHERE case_id = $1",
  "DELETE FROM tips WHERE case_id = $1",
  "DELETE FROM history WHERE case_id = $1",
  "DELETE FROM amending WHERE case_id = $1",
  /* What has not gone out has nowhere to go any more; that something went out may be
   * known. 2: sent. */
  "DELETE FROM outbox WHERE case_id = $1 AND state <> 2",
  "UPDATE outbox SET body = '', base = NULL, last_error = NULL WHERE case_id = $1",
  "UPDATE cases SET theirs = NULL WHERE id = $1",
};

gboolean
reunion_station_store_erase_case (ReunionStationStore *self, const char *case_id, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (erasures); i++)
    if (!reunion_db_run (reunion_station_store_get_db (self), error, erasures[i], "t", case_id))
      return FALSE;
  return reunion_station_store_set_setting (self, SETTING_PHOTOS, "1", error)
         && reunion_station_store_set_setting (self, SETTING_LOG, "1", error);
}

gboolean
reunion_station_store_has_expired (ReunionStationStore *self, const char *case_id)
{
  g_autoptr (ReunionStmt) stmt = reunion_db_query (
      reunion_station_store_get_db (self), NULL, "SELECT 1 FROM cases WHERE id = $1 AND state = $2",
      "tt", case_id, reunion_case_state_to_key (REUNION_CASE_STATE_EXPIRED));

  return stmt != NULL && reunion_stmt_next (stmt, NULL);
}

gboolean
reunion_station_store_erase_stray_photos (ReunionStationStore *self, GError **error)
{
  g_autofree char *setting = reunion_station_store_get_setting (self, SETTING_PHOTOS);

  if (setting == NULL)
    return TRUE;
  /* An amendment that is being written names photos that the case does not have yet,
   * and one that is on its way has them in the outbox. */
  return reunion_db_run (
             reunion_station_store_get_db (self), error,
             "DELETE FROM photos WHERE sha256 NOT IN (SELECT sha256 FROM case_photos)"
             " AND NOT EXISTS (SELECT 1 FROM amending WHERE instr (record, photos.sha256) > 0)"
             " AND NOT EXISTS (SELECT 1 FROM outbox WHERE instr (body, photos.sha256) > 0)"
             " AND NOT EXISTS (SELECT 1 FROM cases WHERE theirs IS NOT NULL"
             " AND instr (theirs, photos.sha256) > 0)",
             "")
         && reunion_station_store_set_setting (self, SETTING_PHOTOS, NULL, error)
         && reunion_station_store_set_setting (self, SETTING_LOG, "1", error);
}

void
reunion_station_store_wipe_log (ReunionStationStore *self)
{
  g_autofree char *setting = reunion_station_store_get_setting (self, SETTING_LOG);
  g_autoptr (GError) error = NULL;

  if (setting == NULL)
    return;
  /* Taken out first: it would be written to the log that is cut. Put back when that
   * fails, and it is tried again. */
  if (reunion_station_store_set_setting (self, SETTING_LOG, NULL, &error)
      && reunion_db_scrub (reunion_station_store_get_db (self), FALSE, &error))
    return;
  g_debug ("The log could not be cut: %s", error->message);
  reunion_station_store_set_setting (self, SETTING_LOG, "1", NULL);
}
