/* desk-crop.c: how a photo is turned, and which part of it is kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-crop.h"

void
desk_crop_init (DeskCrop *self, int photo_width_px, int photo_height_px)
{
  g_return_if_fail (self != NULL && photo_width_px > 0 && photo_height_px > 0);

  *self = (DeskCrop){
    .photo_width_px = photo_width_px,
    .photo_height_px = photo_height_px,
    .width_px = photo_width_px,
    .height_px = photo_height_px,
  };
}

gboolean
desk_crop_is_whole (const DeskCrop *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_quarters == 0 && self->width_px == self->photo_width_px
         && self->height_px == self->photo_height_px;
}

int
desk_crop_get_turned_width_px (const DeskCrop *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_quarters % 2 == 0 ? self->photo_width_px : self->photo_height_px;
}

int
desk_crop_get_turned_height_px (const DeskCrop *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_quarters % 2 == 0 ? self->photo_height_px : self->photo_width_px;
}

void
desk_crop_turn (DeskCrop *self, gboolean is_clockwise)
{
  DeskCrop before;

  g_return_if_fail (self != NULL);

  before = *self;
  self->n_quarters = (before.n_quarters + (is_clockwise ? 1 : 3)) % 4;
  self->width_px = before.height_px;
  self->height_px = before.width_px;
  if (is_clockwise)
    {
      self->x_px = desk_crop_get_turned_height_px (&before) - before.y_px - before.height_px;
      self->y_px = before.x_px;
    }
  else
    {
      self->x_px = before.y_px;
      self->y_px = desk_crop_get_turned_width_px (&before) - before.x_px - before.width_px;
    }
}

void
desk_crop_move (DeskCrop *self, int x_px, int y_px)
{
  g_return_if_fail (self != NULL);

  self->x_px = CLAMP (self->x_px + x_px, 0, desk_crop_get_turned_width_px (self) - self->width_px);
  self->y_px
      = CLAMP (self->y_px + y_px, 0, desk_crop_get_turned_height_px (self) - self->height_px);
}

/* Moves the low or the high end of @start, @length within 0 to @whole. */
static void
resize_side (int *start, int *length, int whole, gboolean is_low, gboolean is_high, int by)
{
  int least = MIN (DESK_CROP_MIN_SIDE_PX, whole);
  int end = *start + *length;

  if (is_low)
    *start = CLAMP (*start + by, 0, MAX (end - least, 0));
  if (is_high)
    end = CLAMP (end + by, MIN (*start + least, whole), whole);
  *length = end - *start;
}

void
desk_crop_resize (DeskCrop *self, DeskCropEdges edges, int x_px, int y_px)
{
  g_return_if_fail (self != NULL);

  resize_side (&self->x_px, &self->width_px, desk_crop_get_turned_width_px (self),
               (edges & DESK_CROP_LEFT) != 0, (edges & DESK_CROP_RIGHT) != 0, x_px);
  resize_side (&self->y_px, &self->height_px, desk_crop_get_turned_height_px (self),
               (edges & DESK_CROP_TOP) != 0, (edges & DESK_CROP_BOTTOM) != 0, y_px);
}

/* -1 at the low end, 1 at the high one, 0 away from both. */
static int
find_end (double at, double low, double high, double reach)
{
  double from_low = ABS (at - low);
  double from_high = ABS (at - high);

  if (MIN (from_low, from_high) > reach)
    return 0;
  return from_low < from_high ? -1 : 1;
}

DeskCropEdges
desk_crop_find_edges (const DeskCrop *self, double x_px, double y_px, double reach_px)
{
  double right, bottom;
  int across, down;
  DeskCropEdges edges = DESK_CROP_NO_EDGE;

  g_return_val_if_fail (self != NULL, DESK_CROP_NO_EDGE);

  right = self->x_px + self->width_px;
  bottom = self->y_px + self->height_px;
  if (x_px < self->x_px - reach_px || x_px > right + reach_px || y_px < self->y_px - reach_px
      || y_px > bottom + reach_px)
    return DESK_CROP_NO_EDGE;
  across = find_end (x_px, self->x_px, right, reach_px);
  down = find_end (y_px, self->y_px, bottom, reach_px);
  if (across != 0)
    edges |= across < 0 ? DESK_CROP_LEFT : DESK_CROP_RIGHT;
  if (down != 0)
    edges |= down < 0 ? DESK_CROP_TOP : DESK_CROP_BOTTOM;
  return edges;
}

gboolean
desk_crop_contains (const DeskCrop *self, double x_px, double y_px)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return x_px >= self->x_px && x_px <= self->x_px + self->width_px && y_px >= self->y_px
         && y_px <= self->y_px + self->height_px;
}
