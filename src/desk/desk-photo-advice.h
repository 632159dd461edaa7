/* desk-photo-advice.h: what could be better about the photos of a report
 *
 * Says it; refuses nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_PHOTO_ADVICE (desk_photo_advice_get_type ())
G_DECLARE_FINAL_TYPE (DeskPhotoAdvice, desk_photo_advice, DESK, PHOTO_ADVICE, GtkWidget)

/* Shows a sentence for each photo of @case_ (may be NULL) that calls for one.
 * Sharpness is measured in threads, once for each photo.
 *
 * DeskPhotoAdvice::changed (): there is advice about other photos than before. */
void desk_photo_advice_show (DeskPhotoAdvice *self, DeskSession *session, ReunionCase *case_);

/* Whether there is advice about the photo at @index. */
gboolean desk_photo_advice_is_about (DeskPhotoAdvice *self, guint index);

G_END_DECLS
