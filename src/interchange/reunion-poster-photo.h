/* reunion-poster-photo.h: photos for the poster
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Decodes @bytes (JPEG, PNG or whatever else gdk-pixbuf reads), turned as its
 * EXIF says and on white. Where it can, the surface bears the JPEG as it was
 * coded, without metadata, so that a PDF holds the photo unchanged. NULL with
 * REUNION_POSTER_ERROR_PHOTO when it can't be read or is too large. Transfer
 * full. */
cairo_surface_t *reunion_poster_photo_decode (GBytes *bytes, GError **error);

/* Width to height. NULL for the silhouette. */
double reunion_poster_photo_get_aspect (cairo_surface_t *photo);

/* Fills the box, which is to have the photo's aspect. NULL draws a silhouette. */
void reunion_poster_photo_draw (cairo_t *cr,
                                cairo_surface_t *photo,
                                double x,
                                double y,
                                double width,
                                double height);

G_END_DECLS
