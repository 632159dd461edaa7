/* desk-tile-fetcher.c: a map service's tiles, for the map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-tile-fetcher.h"

#include "reunion-client.h"

struct _DeskTileFetcher
{
  GObject parent_instance;

  ReunionTileClient *client;
};

static void desk_tile_fetcher_iface_init (ReunionTileFetcherInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DeskTileFetcher,
                               desk_tile_fetcher,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (REUNION_TYPE_TILE_FETCHER,
                                                      desk_tile_fetcher_iface_init))

static GError *
translate_error (const GError *error)
{
  ReunionTileError code = REUNION_TILE_ERROR_UNREACHABLE;

  if (error->domain != REUNION_SYNC_ERROR)
    return g_error_copy (error);
  if (error->code == REUNION_SYNC_ERROR_ABSENT)
    code = REUNION_TILE_ERROR_ABSENT;
  else if (error->code == REUNION_SYNC_ERROR_NONSENSE)
    code = REUNION_TILE_ERROR_FORMAT;
  return g_error_new_literal (REUNION_TILE_ERROR, code, error->message);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GBytes *bytes = reunion_tile_client_fetch_finish (REUNION_TILE_CLIENT (source), result, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, translate_error (error));
}

static void
desk_tile_fetcher_fetch_async (ReunionTileFetcher *fetcher,
                               guint zoom,
                               guint x,
                               guint y,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (fetcher, cancellable, callback, user_data);

  g_task_set_source_tag (task, desk_tile_fetcher_fetch_async);
  reunion_tile_client_fetch_async (DESK_TILE_FETCHER (fetcher)->client, zoom, x, y, cancellable,
                                   fetched_cb, task);
}

static GBytes *
desk_tile_fetcher_fetch_finish (ReunionTileFetcher *fetcher, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, fetcher), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
desk_tile_fetcher_iface_init (ReunionTileFetcherInterface *iface)
{
  iface->fetch_async = desk_tile_fetcher_fetch_async;
  iface->fetch_finish = desk_tile_fetcher_fetch_finish;
}

static void
desk_tile_fetcher_dispose (GObject *object)
{
  g_clear_object (&DESK_TILE_FETCHER (object)->client);

  G_OBJECT_CLASS (desk_tile_fetcher_parent_class)->dispose (object);
}

static void
desk_tile_fetcher_class_init (DeskTileFetcherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_tile_fetcher_dispose;
}

static void
desk_tile_fetcher_init (DeskTileFetcher *self)
{
}

DeskTileFetcher *
desk_tile_fetcher_new (ReunionTileClient *client)
{
  DeskTileFetcher *self;

  g_return_val_if_fail (REUNION_IS_TILE_CLIENT (client), NULL);

  self = g_object_new (DESK_TYPE_TILE_FETCHER, NULL);
  self->client = g_object_ref (client);
  return self;
}
