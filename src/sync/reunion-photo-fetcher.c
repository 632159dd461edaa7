/* reunion-photo-fetcher.c: photos that a case names and the store lacks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-photo-fetcher.h"

struct _ReunionPhotoFetcher
{
  GObject parent_instance;

  ReunionStationStore *store;
  ReunionClient *client;
  GCancellable *cancellable; /* NULL while stopped */
  GHashTable *refused;       /* hashes that the service lacks */
  char *hash;                /* of the one that is being fetched, or NULL */
};

G_DEFINE_FINAL_TYPE (ReunionPhotoFetcher, reunion_photo_fetcher, G_TYPE_OBJECT)

static void fetch_next (ReunionPhotoFetcher *self);

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ReunionPhotoFetcher) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = reunion_client_send_finish (REUNION_CLIENT (source), result, &error);
  g_autofree char *wanted = g_steal_pointer (&self->hash);
  gboolean is_lost = bytes != NULL;

  if (bytes != NULL)
    {
      g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
      gsize length;
      const guchar *data = g_bytes_get_data (bytes, &length);
      g_autofree char *content_type = g_content_type_guess (NULL, data, length, NULL);
      g_autoptr (ReunionPhoto) photo = reunion_photo_new (hash, content_type, 0, 0);

      if (g_strcmp0 (hash, wanted) == 0
          && reunion_station_store_put_photo (self->store, photo, bytes, NULL))
        is_lost = FALSE;
    }
  /* Refused or not what was asked for: not asked for again until the next
   * connection, so that one bad photo does not keep the line busy. */
  if (is_lost || g_error_matches (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_REFUSED))
    g_hash_table_add (self->refused, g_steal_pointer (&wanted));
  else if (bytes == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  fetch_next (self);
}

/* Transfer full; NULL when there is none to ask for. */
static char *
find_wanted (ReunionPhotoFetcher *self)
{
  g_autoptr (GPtrArray) missing = reunion_station_store_list_missing_photos (self->store);

  for (guint i = 0; i < missing->len; i++)
    if (!g_hash_table_contains (self->refused, missing->pdata[i]))
      return g_strdup (missing->pdata[i]);
  return NULL;
}

static void
fetch_next (ReunionPhotoFetcher *self)
{
  g_autofree char *path = NULL;

  if (self->hash != NULL || self->cancellable == NULL)
    return;
  self->hash = find_wanted (self);
  if (self->hash == NULL)
    return;
  path = g_strconcat ("/v1/photos/", self->hash, NULL);
  reunion_client_send_async (self->client, "GET", path, NULL, NULL, NULL, self->cancellable,
                             fetched_cb, g_object_ref (self));
}

static void
reunion_photo_fetcher_dispose (GObject *object)
{
  ReunionPhotoFetcher *self = REUNION_PHOTO_FETCHER (object);

  reunion_photo_fetcher_stop (self);
  g_clear_object (&self->client);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (reunion_photo_fetcher_parent_class)->dispose (object);
}

static void
reunion_photo_fetcher_finalize (GObject *object)
{
  ReunionPhotoFetcher *self = REUNION_PHOTO_FETCHER (object);

  g_hash_table_unref (self->refused);
  g_free (self->hash);
  G_OBJECT_CLASS (reunion_photo_fetcher_parent_class)->finalize (object);
}

static void
reunion_photo_fetcher_class_init (ReunionPhotoFetcherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reunion_photo_fetcher_dispose;
  G_OBJECT_CLASS (klass)->finalize = reunion_photo_fetcher_finalize;
}

static void
reunion_photo_fetcher_init (ReunionPhotoFetcher *self)
{
  self->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

ReunionPhotoFetcher *
reunion_photo_fetcher_new (ReunionStationStore *store, ReunionClient *client)
{
  ReunionPhotoFetcher *self;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (store) && REUNION_IS_CLIENT (client), NULL);

  self = g_object_new (REUNION_TYPE_PHOTO_FETCHER, NULL);
  self->store = g_object_ref (store);
  self->client = g_object_ref (client);
  return self;
}

void
reunion_photo_fetcher_start (ReunionPhotoFetcher *self)
{
  g_return_if_fail (REUNION_IS_PHOTO_FETCHER (self));

  if (self->cancellable == NULL)
    self->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->refused);
}

void
reunion_photo_fetcher_fetch (ReunionPhotoFetcher *self)
{
  g_return_if_fail (REUNION_IS_PHOTO_FETCHER (self));

  fetch_next (self);
}

void
reunion_photo_fetcher_stop (ReunionPhotoFetcher *self)
{
  g_return_if_fail (REUNION_IS_PHOTO_FETCHER (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}
