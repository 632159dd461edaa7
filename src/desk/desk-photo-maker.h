/* desk-photo-maker.h: pixels made into a photo that is fit to be sent
 *
 * Scaled so that the longer side has at most 1600 pixels, laid on white, and
 * written anew as JPEG, so that no metadata is left in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-crop.h"
#include "reunion-photo.h"
#include "reunion-sharpness.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

#define DESK_PHOTO_LONGER_SIDE_PX 1600

/* In the calling thread, as all but the _async functions. *@bytes is transfer
 * full; the photo too. NULL when memory does not suffice. */
ReunionPhoto *desk_photo_make (GdkPixbuf *pixbuf, GBytes **bytes);

/* @content, a photo of the store, turned and cut out as @crop says: anew a photo.
 * NULL when @content can't be decoded or has another size than @crop is for. */
ReunionPhoto *desk_photo_make_cropped (GBytes *content, const DeskCrop *crop, GBytes **bytes);

/* How sharp @content is, a photo of the store; sharp when it can't be decoded,
 * for then there is nothing to advise. The async function measures in a thread. */
ReunionSharpness desk_photo_measure (GBytes *content);
void desk_photo_measure_async (GBytes *content,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* FALSE when it was cancelled. */
gboolean
desk_photo_measure_finish (GAsyncResult *result, ReunionSharpness *sharpness, GError **error);

G_END_DECLS
