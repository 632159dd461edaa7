/* reunion-photo.c: a photo of the missing person, by reference
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-photo.h"

#include <string.h>

struct _ReunionPhoto
{
  gatomicrefcount refs;
  char *sha256;
  char *media_type;
  guint width_px;
  guint height_px;
};

G_DEFINE_BOXED_TYPE (ReunionPhoto, reunion_photo, reunion_photo_ref, reunion_photo_unref)

gboolean
reunion_photo_is_sha256 (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

ReunionPhoto *
reunion_photo_new (const char *sha256, const char *media_type, guint width_px, guint height_px)
{
  ReunionPhoto *self;

  g_return_val_if_fail (reunion_photo_is_sha256 (sha256), NULL);
  g_return_val_if_fail (media_type != NULL, NULL);

  self = g_new0 (ReunionPhoto, 1);
  g_atomic_ref_count_init (&self->refs);
  self->sha256 = g_strdup (sha256);
  self->media_type = g_strdup (media_type);
  self->width_px = width_px;
  self->height_px = height_px;
  return self;
}

ReunionPhoto *
reunion_photo_ref (ReunionPhoto *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
reunion_photo_unref (ReunionPhoto *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->refs))
    {
      g_free (self->sha256);
      g_free (self->media_type);
      g_free (self);
    }
}

const char *
reunion_photo_get_sha256 (const ReunionPhoto *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->sha256;
}

const char *
reunion_photo_get_media_type (const ReunionPhoto *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->media_type;
}

guint
reunion_photo_get_width_px (const ReunionPhoto *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->width_px;
}

guint
reunion_photo_get_height_px (const ReunionPhoto *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->height_px;
}

gboolean
reunion_photo_is_usable (const ReunionPhoto *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return MIN (self->width_px, self->height_px) >= REUNION_PHOTO_MIN_SIDE_PX;
}
