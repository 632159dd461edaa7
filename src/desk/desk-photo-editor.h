/* desk-photo-editor.h: a window in which a photo is turned and cropped
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "reunion-photo.h"

G_BEGIN_DECLS

#define DESK_TYPE_PHOTO_EDITOR (desk_photo_editor_get_type ())
G_DECLARE_FINAL_TYPE (DeskPhotoEditor, desk_photo_editor, DESK, PHOTO_EDITOR, AdwWindow)

/* @content: a photo of the store, which @texture shows. Modal over @parent, once
 * it is presented.
 *
 * DeskPhotoEditor::edited (ReunionPhoto *photo, GBytes *bytes): Done was pressed
 * and something is other than before. */
GtkWidget *desk_photo_editor_new (GtkWindow *parent, GBytes *content, GdkTexture *texture);

G_END_DECLS
