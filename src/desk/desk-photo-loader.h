/* desk-photo-loader.h: a picture from disk or clipboard, made fit to be sent
 *
 * Turned as its EXIF says, and made a photo by desk-photo-maker. Takes JPEG, PNG,
 * WebP, HEIC, AVIF, GIF, TIFF and BMP, as far as GdkPixbuf has a module for them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "reunion-photo.h"

G_BEGIN_DECLS

#define DESK_PHOTO_MAX_FILE_BYTES (20 * 1024 * 1024)
#define DESK_PHOTO_MAX_PIXELS (50 * 1000 * 1000)

#define DESK_PHOTO_ERROR (desk_photo_error_quark ())
GQuark desk_photo_error_quark (void);

/**
 * DeskPhotoError:
 * @DESK_PHOTO_ERROR_READ: the file can't be read
 * @DESK_PHOTO_ERROR_FORMAT: it is no picture, or a damaged one
 * @DESK_PHOTO_ERROR_SIZE: too many bytes or pixels, or no pixel at all
 */
typedef enum
{
  DESK_PHOTO_ERROR_READ,
  DESK_PHOTO_ERROR_FORMAT,
  DESK_PHOTO_ERROR_SIZE,
} DeskPhotoError;

/* In the calling thread. *@bytes is transfer full; the photo too. */
ReunionPhoto *desk_photo_load (GFile *file, GBytes **bytes, GError **error);

/* The same in a thread, so that decoding never holds up the window. */
void desk_photo_load_async (GFile *file,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* The same for what a file holds; @name stands in the sentences for its name. */
void desk_photo_load_content_async (GBytes *content,
                                    const char *name,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
ReunionPhoto *desk_photo_load_finish (GAsyncResult *result, GBytes **bytes, GError **error);

G_END_DECLS
