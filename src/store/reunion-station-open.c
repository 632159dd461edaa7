/* reunion-station-open.c: opening the file of the desk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-index-private.h"
#include "reunion-station-schema.h"
#include "reunion-station-store-private.h"

static ReunionStationStore *
open_and_prepare (const char *path,
                  GCancellable *cancellable,
                  ReunionStoreProgressFunc progress,
                  gpointer user_data,
                  GError **error)
{
  g_autoptr (ReunionStationStore) self = NULL;
  ReunionDb *db
      = reunion_db_open (path, reunion_station_migrations, reunion_n_station_migrations, error);

  if (db == NULL)
    return NULL;
  self = reunion_station_store_new_over (db);
  /* What was on its way when the program ended may or may not have arrived:
   * it goes out again under the same operation id. */
  if (!reunion_db_run (db, error, "UPDATE outbox SET state = $1 WHERE state = $2", "ii",
                       (gint64) REUNION_OUTBOX_WAITING, (gint64) REUNION_OUTBOX_SENDING)
      || !reunion_station_store_bring_index_up_to_date (self, cancellable, progress, user_data,
                                                        error)
      || !reunion_station_store_erase_stray_photos (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

ReunionStationStore *
reunion_station_store_new (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return open_and_prepare (path, NULL, NULL, NULL, error);
}

gboolean
reunion_station_store_prepare (const char *path,
                               GCancellable *cancellable,
                               ReunionStoreProgressFunc progress,
                               gpointer user_data,
                               GError **error)
{
  g_autoptr (ReunionStationStore) self = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  self = open_and_prepare (path, cancellable, progress, user_data, error);
  return self != NULL;
}
