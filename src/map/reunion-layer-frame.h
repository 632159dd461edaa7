/* reunion-layer-frame.h: where the map's points lie in a layer's widget
 *
 * What ShumateViewport tells point by point, once for a whole frame, and
 * without wrapping longitudes: layers draw shapes that cross 180 E.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

#include "reunion-mercator.h"

G_BEGIN_DECLS

/**
 * ReunionLayerFrame:
 * @width: widget's width, in pixels
 * @height: widget's height
 * @zoom: zoom level, with fractions
 * @world_px: width of the world at that zoom, in pixels
 * @origin: map coordinates of the widget's middle
 * @rotation: clockwise, in radians
 */
typedef struct
{
  double width;
  double height;
  double zoom;
  double world_px;
  ReunionMercator origin;
  double rotation;
} ReunionLayerFrame;

/* FALSE when the layer has no size, or its viewport no reference map source
 * (without which libshumate does not know how large the world is). */
gboolean reunion_layer_frame_read (ReunionLayerFrame *self, ShumateLayer *layer);

/* Widget coordinates of @at, on the turn of the world that it names. */
graphene_point_t reunion_layer_frame_to_widget (const ReunionLayerFrame *self, ReunionMercator at);

/* @at on the turn of the world that is nearest to the middle of the widget. */
ReunionMercator reunion_layer_frame_nearest_turn (const ReunionLayerFrame *self,
                                                  ReunionMercator at);

/* The turns, as whole numbers to add to x, on which something between @min_x
 * and @max_x can be seen. */
void reunion_layer_frame_turns (const ReunionLayerFrame *self,
                                double min_x,
                                double max_x,
                                int *first,
                                int *last);

G_END_DECLS
