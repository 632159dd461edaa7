/* reunion-layer-frame.c: where the map's points lie in a layer's widget
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-layer-frame.h"

#include <math.h>

gboolean
reunion_layer_frame_read (ReunionLayerFrame *self, ShumateLayer *layer)
{
  ShumateViewport *viewport;
  ShumateMapSource *source;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (SHUMATE_IS_LAYER (layer), FALSE);

  viewport = shumate_layer_get_viewport (layer);
  source = viewport != NULL ? shumate_viewport_get_reference_map_source (viewport) : NULL;
  self->width = gtk_widget_get_width (GTK_WIDGET (layer));
  self->height = gtk_widget_get_height (GTK_WIDGET (layer));
  if (source == NULL || self->width <= 0 || self->height <= 0)
    return FALSE;
  self->zoom = shumate_viewport_get_zoom_level (viewport);
  self->world_px = shumate_map_source_get_tile_size (source) * exp2 (self->zoom);
  self->rotation = shumate_viewport_get_rotation (viewport);
  self->origin = reunion_mercator_project ((ReunionPoint){
      .lat_deg = shumate_location_get_latitude (SHUMATE_LOCATION (viewport)),
      .lon_deg = shumate_location_get_longitude (SHUMATE_LOCATION (viewport)),
  });
  return TRUE;
}

graphene_point_t
reunion_layer_frame_to_widget (const ReunionLayerFrame *self, ReunionMercator at)
{
  double x = (at.x - self->origin.x) * self->world_px;
  double y = (at.y - self->origin.y) * self->world_px;
  double sine = sin (self->rotation);
  double cosine = cos (self->rotation);

  return GRAPHENE_POINT_INIT ((float) (x * cosine - y * sine + self->width / 2.0),
                              (float) (x * sine + y * cosine + self->height / 2.0));
}

ReunionMercator
reunion_layer_frame_nearest_turn (const ReunionLayerFrame *self, ReunionMercator at)
{
  at.x -= round (at.x - self->origin.x);
  return at;
}

void
reunion_layer_frame_turns (const ReunionLayerFrame *self,
                           double min_x,
                           double max_x,
                           int *first,
                           int *last)
{
  /* Half the diagonal covers every rotation. */
  double reach = hypot (self->width, self->height) / 2.0 / self->world_px;

  *first = (int) ceil (self->origin.x - reach - max_x);
  *last = (int) floor (self->origin.x + reach - min_x);
}
