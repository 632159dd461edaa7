/* desk-map-picture.h: saving what the map shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-case.h"
#include "reunion-map-view.h"
#include "reunion-policy.h"

G_BEGIN_DECLS

/* Takes the picture at once, with name, circle and time on it, asks where to save
 * it and writes a PNG in a thread, whole or not at all. A toast says how it went.
 * @case_ may be NULL. */
void desk_map_picture_save (ReunionMapView *view,
                            ReunionCase *case_,
                            ReunionPolicy *policy,
                            gint64 now_usec);

/* Writes @texture to @file as PNG, in whichever thread. The error is a sentence. */
gboolean desk_map_picture_write (GdkTexture *texture, GFile *file, GError **error);

G_END_DECLS
