/* reunion-history-fetcher.c: the histories that somebody asked for, fetched into
 * the store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-history-fetcher.h"

#include "reunion-wire-history.h"

struct _ReunionHistoryFetcher
{
  GObject parent_instance;

  ReunionStationStore *store;
  ReunionClient *client;
  GCancellable *cancellable; /* NULL while stopped */
  GHashTable *wanted;        /* case ids */
  char *case_id;             /* that is being fetched, or NULL */
};

G_DEFINE_FINAL_TYPE (ReunionHistoryFetcher, reunion_history_fetcher, G_TYPE_OBJECT)

static void fetch_next (ReunionHistoryFetcher *self);

static void
keep (ReunionHistoryFetcher *self, const char *case_id, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = reunion_wire_history_from_json (
      g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);

  /* A case that has left this PC meanwhile has no place for it. */
  if (entries == NULL || !reunion_station_store_set_history (self->store, case_id, entries, &error))
    g_warning ("The history of a case could not be kept: %s", error->message);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ReunionHistoryFetcher) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = reunion_client_send_finish (REUNION_CLIENT (source), result, &error);
  g_autofree char *case_id = g_steal_pointer (&self->case_id);

  if (bytes != NULL)
    keep (self, case_id, bytes);
  else if (!g_error_matches (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_REFUSED)
           && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* Again when the line is good again. */
      if (self->cancellable != NULL)
        g_hash_table_add (self->wanted, g_steal_pointer (&case_id));
      return;
    }
  fetch_next (self);
}

static void
fetch_next (ReunionHistoryFetcher *self)
{
  GHashTableIter iter;
  gpointer key;
  g_autofree char *path = NULL;

  if (self->cancellable == NULL || self->case_id != NULL)
    return;
  g_hash_table_iter_init (&iter, self->wanted);
  if (!g_hash_table_iter_next (&iter, &key, NULL))
    return;
  self->case_id = key;
  g_hash_table_iter_steal (&iter);
  path = g_strconcat ("/v1/cases/", self->case_id, "/history", NULL);
  reunion_client_send_async (self->client, "GET", path, NULL, NULL, NULL, self->cancellable,
                             fetched_cb, g_object_ref (self));
}

static void
reunion_history_fetcher_dispose (GObject *object)
{
  ReunionHistoryFetcher *self = REUNION_HISTORY_FETCHER (object);

  reunion_history_fetcher_stop (self);
  g_clear_object (&self->client);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (reunion_history_fetcher_parent_class)->dispose (object);
}

static void
reunion_history_fetcher_finalize (GObject *object)
{
  ReunionHistoryFetcher *self = REUNION_HISTORY_FETCHER (object);

  g_hash_table_unref (self->wanted);
  g_free (self->case_id);
  G_OBJECT_CLASS (reunion_history_fetcher_parent_class)->finalize (object);
}

static void
reunion_history_fetcher_class_init (ReunionHistoryFetcherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reunion_history_fetcher_dispose;
  G_OBJECT_CLASS (klass)->finalize = reunion_history_fetcher_finalize;
}

static void
reunion_history_fetcher_init (ReunionHistoryFetcher *self)
{
  self->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

ReunionHistoryFetcher *
reunion_history_fetcher_new (ReunionStationStore *store, ReunionClient *client)
{
  ReunionHistoryFetcher *self;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (store) && REUNION_IS_CLIENT (client), NULL);

  self = g_object_new (REUNION_TYPE_HISTORY_FETCHER, NULL);
  self->store = g_object_ref (store);
  self->client = g_object_ref (client);
  return self;
}

void
reunion_history_fetcher_request (ReunionHistoryFetcher *self, const char *case_id)
{
  g_return_if_fail (REUNION_IS_HISTORY_FETCHER (self) && case_id != NULL);

  g_hash_table_add (self->wanted, g_strdup (case_id));
  fetch_next (self);
}

void
reunion_history_fetcher_start (ReunionHistoryFetcher *self)
{
  g_return_if_fail (REUNION_IS_HISTORY_FETCHER (self));

  if (self->cancellable == NULL)
    self->cancellable = g_cancellable_new ();
  fetch_next (self);
}

void
reunion_history_fetcher_stop (ReunionHistoryFetcher *self)
{
  g_return_if_fail (REUNION_IS_HISTORY_FETCHER (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_hash_table_remove_all (self->wanted);
}
