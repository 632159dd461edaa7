/* reunion-station-store.c: the file of the desk, who is signed in, and settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-store.h"

#include "reunion-station-store-private.h"

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

ReunionStationStore *
reunion_station_store_new_over (ReunionDb *db)
{
  ReunionStationStore *self;

  g_assert (db != NULL);

  self = g_object_new (REUNION_TYPE_STATION_STORE, NULL);
  self->db = db;
  return self;
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
