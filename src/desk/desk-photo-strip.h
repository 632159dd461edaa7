/* desk-photo-strip.h: the photos of a report: add, order, remove
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_PHOTO_STRIP (desk_photo_strip_get_type ())
G_DECLARE_FINAL_TYPE (DeskPhotoStrip, desk_photo_strip, DESK, PHOTO_STRIP, GtkWidget)

/* DeskPhotoStrip::changed (): the photos of the case are others. */

/* Shows and edits the photos of @case_ in place; bytes go into the store. */
void desk_photo_strip_set_case (DeskPhotoStrip *self, DeskSession *session, ReunionCase *case_);

/* The photos of the case were changed elsewhere; those that are being decoded still
 * come. */
void desk_photo_strip_refresh (DeskPhotoStrip *self);
/* Brings the photos into view, and the keyboard to them. */
void desk_photo_strip_go_to (DeskPhotoStrip *self);

/* Decodes @file in a thread, keeps it, and adds it to the case; a sentence is
 * shown when it is no photo. */
void desk_photo_strip_add_file (DeskPhotoStrip *self, GFile *file);

/* Ctrl+V anywhere in @scope adds what is on the clipboard, unless the focus is on
 * an entry and the clipboard has text for it. @scope lives no longer than @self's
 * window; to be called once. */
void desk_photo_strip_take_paste (DeskPhotoStrip *self, GtkWidget *scope);

G_END_DECLS
