/* desk-photos.h: photos of the store as textures, decoded once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "reunion-station-store.h"

G_BEGIN_DECLS

/* The photo of that hash; NULL when it has not arrived or can't be decoded.
 * Kept for the life of the store. Transfer none. */
GdkTexture *desk_photos_get (ReunionStationStore *store, const char *sha256);

/* The lead photo of the case; NULL when there is none, or it has not arrived,
 * or can't be decoded. Transfer none. */
GdkTexture *desk_photos_get_lead (ReunionStationStore *store, ReunionCase *case_);

G_END_DECLS
