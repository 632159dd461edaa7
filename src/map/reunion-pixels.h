/* reunion-pixels.h: a picture that every renderer draws quickly
 *
 * GTK's renderer without a graphics card turns each pixel of a texture into
 * floating point and back at every frame, which takes longer than all the rest of
 * a map. Cairo draws the same picture many times as fast, but to a graphics card
 * a texture is what is quick. This paintable is whichever suits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

G_BEGIN_DECLS

#define REUNION_TYPE_PIXELS (reunion_pixels_get_type ())
G_DECLARE_FINAL_TYPE (ReunionPixels, reunion_pixels, REUNION, PIXELS, GObject)

/* @surface: an image of CAIRO_FORMAT_ARGB32 that nobody paints on any more. Transfer
 * full, of both. */
ReunionPixels *reunion_pixels_new (cairo_surface_t *surface);
/* Keeps a reference. Transfer full. */
ReunionPixels *reunion_pixels_new_for_texture (GdkTexture *texture);

/* Transfer none. */
GdkTexture *reunion_pixels_get_texture (ReunionPixels *self);

/* Paints it @width by @height, its corner at the origin of @cr. */
void reunion_pixels_draw (ReunionPixels *self, cairo_t *cr, double width, double height);

/* Learns from @map, a widget, how it will be drawn, and from @viewport whether the
 * map is turned: pixels that fall on pixels are copied, others smoothed. Of
 * several maps the one that told last is believed; to be wrong costs looks or
 * time, nothing else. */
void reunion_pixels_watch (GtkWidget *map, ShumateViewport *viewport);
/* Whether Cairo is what draws. FALSE until a map has been shown. */
gboolean reunion_pixels_is_software (void);

G_END_DECLS
