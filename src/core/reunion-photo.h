/* reunion-photo.h: a photo of the missing person, by reference
 *
 * The bytes live in a store under their hash; a case only names them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The shorter side that a photo for the notice needs, in pixels. */
#define REUNION_PHOTO_MIN_SIDE_PX 400

#define REUNION_TYPE_PHOTO (reunion_photo_get_type ())
typedef struct _ReunionPhoto ReunionPhoto;

GType reunion_photo_get_type (void) G_GNUC_CONST;

/* @sha256: 64 lower-case hexadecimal digits; @media_type: such as
 * "image/jpeg"; sides in pixels. Transfer full. */
ReunionPhoto *
reunion_photo_new (const char *sha256, const char *media_type, guint width_px, guint height_px);
ReunionPhoto *reunion_photo_ref (ReunionPhoto *self);
void reunion_photo_unref (ReunionPhoto *self);

const char *reunion_photo_get_sha256 (const ReunionPhoto *self);
const char *reunion_photo_get_media_type (const ReunionPhoto *self);
guint reunion_photo_get_width_px (const ReunionPhoto *self);
guint reunion_photo_get_height_px (const ReunionPhoto *self);
/* Whether it is large enough for the publishing standard. */
gboolean reunion_photo_is_usable (const ReunionPhoto *self);

/* 64 lower-case hexadecimal digits and nothing else. */
gboolean reunion_photo_is_sha256 (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionPhoto, reunion_photo_unref)

G_END_DECLS
