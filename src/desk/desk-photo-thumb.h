/* desk-photo-thumb.h: a photo of a report, and what can be done with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DESK_TYPE_PHOTO_THUMB (desk_photo_thumb_get_type ())
G_DECLARE_FINAL_TYPE (DeskPhotoThumb, desk_photo_thumb, DESK, PHOTO_THUMB, GtkWidget)

/* @texture: NULL while it has not arrived. @index: its place in the report; 0 is
 * the lead.
 *
 * DeskPhotoThumb::edit-pressed, ::remove-pressed, ::lead-pressed (guint index). */
GtkWidget *desk_photo_thumb_new (GdkTexture *texture, guint index);

/* Marks it as one about which there is advice. */
void desk_photo_thumb_set_advised (DeskPhotoThumb *self, gboolean is_advised);

G_END_DECLS
