/* central-photo.h: a photo from the public, made safe and small
 *
 * What anybody sends is decoded and made anew: upright, no side longer than
 * CENTRAL_PHOTO_MAX_SIDE_PX, and with nothing beside the pixels, so that neither
 * where it was taken nor a hidden load gets any further. How many pixels it has is
 * read from its head and checked before it is decoded; that happens in a thread, two
 * at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "reunion-notice.h"

G_BEGIN_DECLS

#define CENTRAL_PHOTO_MAX_SIDE_PX 1600
/* Of the file as it comes. */
#define CENTRAL_PHOTO_MAX_BYTES (15 * 1024 * 1024)

#define CENTRAL_PHOTO_ERROR (central_photo_error_quark ())
GQuark central_photo_error_quark (void);

/**
 * CentralPhotoError:
 * @CENTRAL_PHOTO_ERROR_KIND: no JPEG, PNG or WebP picture
 * @CENTRAL_PHOTO_ERROR_SIZE: too many pixels, or bytes
 * @CENTRAL_PHOTO_ERROR_DAMAGED: it can't be decoded
 *
 * Messages are English; central_photo_error_get_text() gives the others.
 */
typedef enum
{
  CENTRAL_PHOTO_ERROR_KIND,
  CENTRAL_PHOTO_ERROR_SIZE,
  CENTRAL_PHOTO_ERROR_DAMAGED,
} CentralPhotoError;

/* A sentence that says what to do. Transfer none. */
const char *central_photo_error_get_text (CentralPhotoError code, ReunionLanguage language);

/**
 * CentralPhoto:
 * @bytes: JPEG
 */
typedef struct
{
  ReunionPhoto *photo;
  GBytes *bytes;
} CentralPhoto;

void central_photo_free (CentralPhoto *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CentralPhoto, central_photo_free)

/* Transfer full; NULL with @error set. */
CentralPhoto *central_photo_make (GBytes *bytes, GError **error);
/* The same in a thread. @source may be NULL. */
void central_photo_make_async (gpointer source,
                               GBytes *bytes,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
CentralPhoto *central_photo_make_finish (GAsyncResult *result, GError **error);

G_END_DECLS
