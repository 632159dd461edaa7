/* reunion-photo-fetcher.h: photos that a case names and the store lacks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-client.h"
#include "reunion-station-store.h"

G_BEGIN_DECLS

#define REUNION_TYPE_PHOTO_FETCHER (reunion_photo_fetcher_get_type ())
G_DECLARE_FINAL_TYPE (ReunionPhotoFetcher, reunion_photo_fetcher, REUNION, PHOTO_FETCHER, GObject)

/* Takes a reference to both. Asks for nothing until started. Transfer full. */
ReunionPhotoFetcher *reunion_photo_fetcher_new (ReunionStationStore *store, ReunionClient *client);

/* A new connection: what was refused before may be asked for again. */
void reunion_photo_fetcher_start (ReunionPhotoFetcher *self);
/* Asks for what is missing, one after the other, unless it is at it already or
 * stopped. */
void reunion_photo_fetcher_fetch (ReunionPhotoFetcher *self);
void reunion_photo_fetcher_stop (ReunionPhotoFetcher *self);

G_END_DECLS
