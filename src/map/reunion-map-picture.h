/* reunion-map-picture.h: the map as a picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-map-view.h"

G_BEGIN_DECLS

/* What @view shows now at its own size and scale factor: map and layers, scale
 * and attribution, and @caption (the case and the time; may be NULL) on a plate;
 * no buttons, no cards. In memory, so that any thread may save it. NULL before
 * the view was drawn. Transfer full. */
GdkTexture *reunion_map_picture_take (ReunionMapView *view, const char *caption);

G_END_DECLS
