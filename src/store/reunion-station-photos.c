/* reunion-station-photos.c: the bytes of photos at the desk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-store-private.h"

#include <glib/gi18n-lib.h>

/* The one case that names the photo; NULL when none does, or several. */
static char *
find_owner (ReunionStationStore *self, const char *sha256)
{
  g_autoptr (ReunionStmt) stmt
      = reunion_db_query (reunion_station_store_get_db (self), NULL,
                          "SELECT min (case_id) FROM case_photos WHERE sha256 = $1"
                          " HAVING min (case_id) = max (case_id)",
                          "t", sha256);

  return stmt != NULL && reunion_stmt_next (stmt, NULL) ? g_strdup (reunion_stmt_get_text (stmt, 0))
                                                        : NULL;
}

gboolean
reunion_station_store_put_photo (ReunionStationStore *self,
                                 ReunionPhoto *photo,
                                 GBytes *bytes,
                                 GError **error)
{
  g_autofree char *owner = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), FALSE);
  g_return_val_if_fail (photo != NULL && bytes != NULL, FALSE);

  if (!reunion_db_run (reunion_station_store_get_db (self), error,
                       "INSERT INTO photos (sha256, media_type, bytes) VALUES ($1, $2, $3)"
                       " ON CONFLICT (sha256) DO NOTHING",
                       "ttb", reunion_photo_get_sha256 (photo),
                       reunion_photo_get_media_type (photo), bytes))
    return FALSE;
  owner = find_owner (self, reunion_photo_get_sha256 (photo));
  reunion_station_store_emit_changed (self, owner);
  return TRUE;
}

GBytes *
reunion_station_store_get_photo (ReunionStationStore *self, const char *sha256, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && sha256 != NULL, NULL);

  stmt = reunion_db_query (reunion_station_store_get_db (self), error,
                           "SELECT bytes FROM photos WHERE sha256 = $1", "t", sha256);
  if (stmt == NULL)
    return NULL;
  if (reunion_stmt_next (stmt, &local_error))
    return reunion_stmt_get_bytes (stmt, 0);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_NOT_FOUND,
                         _ ("The photo has not arrived yet."));
  return NULL;
}

GPtrArray *
reunion_station_store_list_missing_photos (ReunionStationStore *self)
{
  g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), NULL);

  stmt = reunion_db_query (reunion_station_store_get_db (self), NULL,
                           "SELECT DISTINCT sha256 FROM case_photos WHERE sha256 NOT IN"
                           " (SELECT sha256 FROM photos)",
                           "");
  while (stmt != NULL && reunion_stmt_next (stmt, NULL))
    g_ptr_array_add (hashes, g_strdup (reunion_stmt_get_text (stmt, 0)));
  return g_steal_pointer (&hashes);
}
