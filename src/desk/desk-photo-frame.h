/* desk-photo-frame.h: a photo with round corners, or a silhouette
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DESK_TYPE_PHOTO_FRAME (desk_photo_frame_get_type ())
G_DECLARE_FINAL_TYPE (DeskPhotoFrame, desk_photo_frame, DESK, PHOTO_FRAME, GtkWidget)

/* Properties: "photo-width" and "photo-height", in pixels (48 x 60 at first). */

/* NULL shows the silhouette. @description is what a screen reader says. */
void
desk_photo_frame_set_photo (DeskPhotoFrame *self, GdkPaintable *photo, const char *description);

G_END_DECLS
