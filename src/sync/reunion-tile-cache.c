/* reunion-tile-cache.c: map tiles kept on disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tile-cache.h"

#include <glib/gstdio.h>

#define MAX_FILE_BYTES (4 * 1024 * 1024)
/* Emptied to this part of the most, so that it isn't done for every tile. */
#define KEEP_PERCENT 80

struct _ReunionTileCache
{
  gatomicrefcount ref_count;
  char *folder;
  guint64 max_bytes;

  GMutex lock; /* over what follows */
  gboolean is_counted;
  guint64 bytes;
};

typedef struct
{
  char *path;
  gint64 saved_s;
  guint64 bytes;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->path);
  g_free (entry);
}

static int
compare_age (gconstpointer a, gconstpointer b)
{
  gint64 saved_a = (*(Entry *const *) a)->saved_s;
  gint64 saved_b = (*(Entry *const *) b)->saved_s;

  return saved_a < saved_b ? -1 : saved_a > saved_b;
}

static GPtrArray *
list_entries (ReunionTileCache *self)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      Entry *entry;
      GStatBuf status;

      if (g_lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
        continue;
      entry = g_new0 (Entry, 1);
      entry->path = g_steal_pointer (&path);
      entry->saved_s = status.st_mtime;
      entry->bytes = (guint64) status.st_size;
      g_ptr_array_add (entries, entry);
    }
  return entries;
}

/* With the lock held. */
static void
make_room (ReunionTileCache *self)
{
  g_autoptr (GPtrArray) entries = NULL;

  if (self->is_counted && self->bytes <= self->max_bytes)
    return;
  entries = list_entries (self);
  self->bytes = 0;
  self->is_counted = TRUE;
  for (guint i = 0; i < entries->len; i++)
    self->bytes += ((Entry *) entries->pdata[i])->bytes;
  if (self->bytes <= self->max_bytes)
    return;
  g_ptr_array_sort (entries, compare_age);
  for (guint i = 0; i < entries->len && self->bytes > self->max_bytes / 100 * KEEP_PERCENT; i++)
    {
      Entry *entry = entries->pdata[i];

      if (g_unlink (entry->path) == 0)
        self->bytes -= entry->bytes;
    }
}

static char *
path_for (ReunionTileCache *self, const char *key)
{
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);

  return g_build_filename (self->folder, name, NULL);
}

ReunionTileCache *
reunion_tile_cache_new (const char *folder, guint64 max_bytes)
{
  ReunionTileCache *self;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_new0 (ReunionTileCache, 1);
  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->folder = g_strdup (folder);
  self->max_bytes = max_bytes;
  return self;
}

ReunionTileCache *
reunion_tile_cache_ref (ReunionTileCache *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
reunion_tile_cache_unref (ReunionTileCache *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_mutex_clear (&self->lock);
  g_free (self->folder);
  g_free (self);
}

GBytes *
reunion_tile_cache_load (ReunionTileCache *self, const char *key, gint64 *age_s)
{
  g_autofree char *path = NULL;
  char *contents;
  gsize length;
  GStatBuf status;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  path = path_for (self, key);
  if (g_lstat (path, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size == 0
      || status.st_size > MAX_FILE_BYTES || !g_file_get_contents (path, &contents, &length, NULL))
    return NULL;
  /* A clock that was set back makes nothing fresh for years. */
  *age_s = ABS (g_get_real_time () / G_USEC_PER_SEC - (gint64) status.st_mtime);
  return g_bytes_new_take (contents, length);
}

void
reunion_tile_cache_save (ReunionTileCache *self, const char *key, GBytes *bytes)
{
  g_autofree char *path = NULL;
  gsize length;
  const char *data;

  g_return_if_fail (self != NULL && key != NULL && bytes != NULL);

  path = path_for (self, key);
  data = g_bytes_get_data (bytes, &length);
  if (g_mkdir_with_parents (self->folder, 0700) != 0
      || !g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT,
                                    0600, NULL))
    return;
  g_mutex_lock (&self->lock);
  self->bytes += length;
  make_room (self);
  g_mutex_unlock (&self->lock);
}
