/* reunion-station-store.c: what the desk keeps: opening, settings, photos
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-store.h"

#include "reunion-station-index-private.h"
#include "reunion-station-schema.h"
#include "reunion-station-store-private.h"

#include <glib/gi18n-lib.h>

struct _ReunionStationStore
{
  GObject parent_instance;

  ReunionDb *db;
  char *account;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ReunionStationStore, reunion_station_store, G_TYPE_OBJECT)

static void
reunion_station_store_finalize (GObject *object)
{
  ReunionStationStore *self = REUNION_STATION_STORE (object);

  g_clear_pointer (&self->db, reunion_db_close);
  g_free (self->account);
  G_OBJECT_CLASS (reunion_station_store_parent_class)->finalize (object);
}

static void
reunion_station_store_class_init (ReunionStationStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reunion_station_store_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
reunion_station_store_init (ReunionStationStore *self)
{
}

static ReunionStationStore *
open_and_prepare (const char *path,
                  GCancellable *cancellable,
                  ReunionStoreProgressFunc progress,
                  gpointer user_data,
                  GError **error)
{
  g_autoptr (ReunionStationStore) self = NULL;

  self = g_object_new (REUNION_TYPE_STATION_STORE, NULL);
  self->db
      = reunion_db_open (path, reunion_station_migrations, reunion_n_station_migrations, error);
  if (self->db == NULL)
    return NULL;
  /* What was on its way when the program ended may or may not have arrived:
   * it goes out again under the same operation id. */
  if (!reunion_db_run (self->db, error, "UPDATE outbox SET state = $1 WHERE state = $2", "ii",
                       (gint64) REUNION_OUTBOX_WAITING, (gint64) REUNION_OUTBOX_SENDING)
      || !reunion_station_store_bring_index_up_to_date (self, cancellable, progress, user_data,
                                                        error))
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

ReunionDb *
reunion_station_store_get_db (ReunionStationStore *self)
{
  g_assert (REUNION_IS_STATION_STORE (self));

  return self->db;
}

void
reunion_station_store_emit_changed (ReunionStationStore *self, const char *case_id)
{
  g_signal_emit (self, signals[CHANGED], 0, case_id);
}

gboolean
reunion_station_store_finish (ReunionStationStore *self,
                              gboolean ok,
                              const char *case_id,
                              GError **error)
{
  if (!ok)
    {
      reunion_db_rollback (self->db);
      return FALSE;
    }
  if (!reunion_db_commit (self->db, error))
    return FALSE;
  reunion_station_store_emit_changed (self, case_id);
  return TRUE;
}

/* The one case that names the photo; NULL when none does, or several. */
static char *
find_owner (ReunionStationStore *self, const char *sha256)
{
  g_autoptr (ReunionStmt) stmt
      = reunion_db_query (self->db, NULL,
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

  if (!reunion_db_run (self->db, error,
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

  stmt = reunion_db_query (self->db, error, "SELECT bytes FROM photos WHERE sha256 = $1", "t",
                           sha256);
  if (stmt == NULL)
    return NULL;
  if (reunion_stmt_next (stmt, &local_error))
    return reunion_stmt_get_bytes (stmt, 0);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_NOT_FOUND,
                         _("The photo has not arrived yet."));
  return NULL;
}

GPtrArray *
reunion_station_store_list_missing_photos (ReunionStationStore *self)
{
  g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), NULL);

  stmt = reunion_db_query (self->db, NULL,
                           "SELECT DISTINCT sha256 FROM case_photos WHERE sha256 NOT IN"
                           " (SELECT sha256 FROM photos)",
                           "");
  while (stmt != NULL && reunion_stmt_next (stmt, NULL))
    g_ptr_array_add (hashes, g_strdup (reunion_stmt_get_text (stmt, 0)));
  return g_steal_pointer (&hashes);
}

char *
reunion_station_store_get_setting (ReunionStationStore *self, const char *key)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && key != NULL, NULL);

  stmt = reunion_db_query (self->db, NULL, "SELECT value FROM settings WHERE key = $1", "t", key);
  if (stmt == NULL || !reunion_stmt_next (stmt, NULL))
    return NULL;
  return g_strdup (reunion_stmt_get_text (stmt, 0));
}

gboolean
reunion_station_store_set_setting (ReunionStationStore *self,
                                   const char *key,
                                   const char *value,
                                   GError **error)
{
  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && key != NULL, FALSE);

  if (value == NULL)
    return reunion_db_run (self->db, error, "DELETE FROM settings WHERE key = $1", "t", key);
  return reunion_db_run (self->db, error,
                         "INSERT INTO settings (key, value) VALUES ($1, $2)"
                         " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                         "tt", key, value);
}

void
reunion_station_store_set_account (ReunionStationStore *self, const char *account)
{
  g_return_if_fail (REUNION_IS_STATION_STORE (self));

  if (g_strcmp0 (self->account, account) == 0)
    return;
  g_free (self->account);
  self->account = g_strdup (account);
}

const char *
reunion_station_store_get_account (ReunionStationStore *self)
{
  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), NULL);

  return self->account;
}
