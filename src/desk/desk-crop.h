/* desk-crop.h: how a photo is turned, and which part of it is kept
 *
 * Numbers only; nothing is drawn here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No frame is smaller than this, or than the photo where that is smaller. */
#define DESK_CROP_MIN_SIDE_PX 40

/* @photo_width_px, @photo_height_px: the photo before it is turned
 * @n_quarters: how often it is turned by 90 degrees, clockwise: 0 to 3
 * @x_px, @y_px, @width_px, @height_px: the part that is kept, on the turned photo */
typedef struct
{
  int photo_width_px;
  int photo_height_px;
  guint n_quarters;
  int x_px;
  int y_px;
  int width_px;
  int height_px;
} DeskCrop;

typedef enum
{
  DESK_CROP_NO_EDGE = 0,
  DESK_CROP_LEFT = 1 << 0,
  DESK_CROP_TOP = 1 << 1,
  DESK_CROP_RIGHT = 1 << 2,
  DESK_CROP_BOTTOM = 1 << 3,
} DeskCropEdges;

/* The whole photo, not turned. Sides are at least 1 pixel. */
void desk_crop_init (DeskCrop *self, int photo_width_px, int photo_height_px);
/* Whether it is as desk_crop_init() leaves it. */
gboolean desk_crop_is_whole (const DeskCrop *self);

/* The sides of the turned photo. */
int desk_crop_get_turned_width_px (const DeskCrop *self);
int desk_crop_get_turned_height_px (const DeskCrop *self);

/* By a quarter. What is in the frame stays in it. */
void desk_crop_turn (DeskCrop *self, gboolean is_clockwise);

/* Moves the frame; it stops at the edge of the photo. */
void desk_crop_move (DeskCrop *self, int x_px, int y_px);

/* Moves some edges of the frame; each stops at the edge of the photo, and before
 * the frame becomes too small. */
void desk_crop_resize (DeskCrop *self, DeskCropEdges edges, int x_px, int y_px);

/* The edges of the frame within @reach_px of a point on the turned photo: two at
 * a corner, and none in the middle or far outside. Of two opposite ones the
 * nearer. */
DeskCropEdges
desk_crop_find_edges (const DeskCrop *self, double x_px, double y_px, double reach_px);

/* Whether a point on the turned photo is in the frame. */
gboolean desk_crop_contains (const DeskCrop *self, double x_px, double y_px);

G_END_DECLS
