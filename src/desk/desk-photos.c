/* desk-photos.c: photos of the store as textures, decoded once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-photos.h"

static GHashTable *
get_cache (ReunionStationStore *store)
{
  GHashTable *cache = g_object_get_data (G_OBJECT (store), "desk-photos");

  if (cache == NULL)
    {
      cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      g_object_set_data_full (G_OBJECT (store), "desk-photos", cache,
                              (GDestroyNotify) g_hash_table_unref);
    }
  return cache;
}

GdkTexture *
desk_photos_get (ReunionStationStore *store, const char *sha256)
{
  GHashTable *cache = get_cache (store);
  GdkTexture *texture = g_hash_table_lookup (cache, sha256);
  g_autoptr (GBytes) bytes = NULL;

  if (texture != NULL)
    return texture;
  bytes = reunion_station_store_get_photo (store, sha256, NULL);
  if (bytes != NULL)
    texture = gdk_texture_new_from_bytes (bytes, NULL);
  if (texture != NULL)
    g_hash_table_insert (cache, g_strdup (sha256), texture);
  return texture;
}

GdkTexture *
desk_photos_get_lead (ReunionStationStore *store, ReunionCase *case_)
{
  if (reunion_case_get_n_photos (case_) == 0)
    return NULL;
  return desk_photos_get (store, reunion_photo_get_sha256 (reunion_case_get_photo (case_, 0)));
}
