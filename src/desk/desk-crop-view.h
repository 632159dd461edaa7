/* desk-crop-view.h: a photo under a frame that can be moved and resized
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-crop.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DESK_TYPE_CROP_VIEW (desk_crop_view_get_type ())
G_DECLARE_FINAL_TYPE (DeskCropView, desk_crop_view, DESK, CROP_VIEW, GtkWidget)

/* By mouse and by keyboard: arrows move the frame, with Shift they resize it.
 *
 * DeskCropView::changed (): the frame, or the turn, is another. */
void desk_crop_view_set_texture (DeskCropView *self, GdkTexture *texture);

/* Transfer none. */
const DeskCrop *desk_crop_view_get_crop (DeskCropView *self);
void desk_crop_view_turn (DeskCropView *self, gboolean is_clockwise);
void desk_crop_view_reset (DeskCropView *self);

G_END_DECLS
