/* reunion-map-aim.c: where the map looks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-map-aim.h"

#include <math.h>

#include "reunion-base-map-source.h"
#include "reunion-ring-shape.h"

/* Share of the view that what is fitted takes up at the most. */
#define FIT_SHARE 0.9
/* Nearer than this a few tips in one street would show nothing of the town. */
#define FIT_MAX_ZOOM 10.0
/* Past it lies a pole, and no tile. */
#define LAST_LATITUDE_DEG 85.0
/* How long the map has to have stood still. */
#define ALIGN_AFTER_MSEC 120

struct _ReunionMapAim
{
  ShumateMap *map;
  gulong viewport_handler;
  guint align_source;
  guint fit_source;

  gboolean placed;
  gboolean fit_pending;
  ReunionMercator min;
  ReunionMercator max;
};

/* @at, moved by less than a pixel so that the tiles at @zoom lie on whole ones.
 * Between, the two that meet at an edge each cover a part of a pixel, and what
 * lies behind the map shows through as a line. */
static ReunionMercator
align_to_pixels (ReunionMapAim *self, ReunionMercator at, double zoom)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self->map));
  double world_px = REUNION_TILE_SIZE * exp2 (zoom) * scale;
  double half_width = gtk_widget_get_width (GTK_WIDGET (self->map)) * scale / 2.0;
  double half_height = gtk_widget_get_height (GTK_WIDGET (self->map)) * scale / 2.0;

  return (ReunionMercator){ (round (at.x * world_px - half_width) + half_width) / world_px,
                            (round (at.y * world_px - half_height) + half_height) / world_px };
}

static void
centre_on (ReunionMapAim *self, ReunionMercator at)
{
  ReunionPoint point = reunion_mercator_unproject (at);

  shumate_map_center_on (self->map, CLAMP (point.lat_deg, -LAST_LATITUDE_DEG, LAST_LATITUDE_DEG),
                         reunion_geodesy_wrap_longitude (point.lon_deg));
}

static void
apply_fit (ReunionMapAim *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self->map));
  double height = gtk_widget_get_height (GTK_WIDGET (self->map));
  double span_x = MAX (self->max.x - self->min.x, 1e-9);
  double span_y = MAX (self->max.y - self->min.y, 1e-9);
  ReunionMercator middle = { (self->min.x + self->max.x) / 2.0, (self->min.y + self->max.y) / 2.0 };
  double zoom
      = log2 (MIN (width * FIT_SHARE / span_x, height * FIT_SHARE / span_y) / REUNION_TILE_SIZE);

  reunion_map_aim_go_to (self, reunion_mercator_unproject (middle),
                         MIN (floor (zoom), FIT_MAX_ZOOM));
}

static gboolean
align_cb (gpointer user_data)
{
  ReunionMapAim *self = user_data;
  ShumateViewport *viewport = shumate_map_get_viewport (self->map);
  ReunionPoint centre = { shumate_location_get_latitude (SHUMATE_LOCATION (viewport)),
                          shumate_location_get_longitude (SHUMATE_LOCATION (viewport)) };
  double zoom = shumate_viewport_get_zoom_level (viewport);
  ReunionMercator at = reunion_mercator_project (centre);
  ReunionMercator to = align_to_pixels (self, at, zoom);
  double off_px = hypot (to.x - at.x, to.y - at.y) * REUNION_TILE_SIZE * exp2 (zoom);

  self->align_source = 0;
  /* Where the latitude is held fast there is nothing to mend. */
  if (zoom == floor (zoom) && shumate_viewport_get_rotation (viewport) == 0.0 && off_px > 0.01
      && fabs (centre.lat_deg) < LAST_LATITUDE_DEG - 0.1)
    centre_on (self, to);
  return G_SOURCE_REMOVE;
}

static void
align_soon (ReunionMapAim *self)
{
  g_clear_handle_id (&self->align_source, g_source_remove);
  self->align_source = g_timeout_add (ALIGN_AFTER_MSEC, align_cb, self);
}

static gboolean
fit_idle_cb (gpointer user_data)
{
  ReunionMapAim *self = user_data;

  self->fit_source = 0;
  if (self->fit_pending)
    apply_fit (self);
  return G_SOURCE_REMOVE;
}

ReunionMapAim *
reunion_map_aim_new (ShumateMap *map)
{
  ReunionMapAim *self;

  g_return_val_if_fail (SHUMATE_IS_MAP (map), NULL);

  self = g_new0 (ReunionMapAim, 1);
  self->map = map;
  self->viewport_handler = g_signal_connect_swapped (shumate_map_get_viewport (map), "notify",
                                                     G_CALLBACK (align_soon), self);
  return self;
}

void
reunion_map_aim_free (ReunionMapAim *self)
{
  g_return_if_fail (self != NULL);

  g_signal_handler_disconnect (shumate_map_get_viewport (self->map), self->viewport_handler);
  g_clear_handle_id (&self->align_source, g_source_remove);
  g_clear_handle_id (&self->fit_source, g_source_remove);
  g_free (self);
}

gboolean
reunion_map_aim_is_set (ReunionMapAim *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->placed || self->fit_pending;
}

void
reunion_map_aim_go_to (ReunionMapAim *self, ReunionPoint point, double zoom)
{
  g_return_if_fail (self != NULL);

  zoom = CLAMP (zoom, REUNION_BASE_MAP_SOURCE_MIN_ZOOM,
                shumate_viewport_get_max_zoom_level (shumate_map_get_viewport (self->map)));
  self->placed = TRUE;
  self->fit_pending = FALSE;
  shumate_map_stop_go_to (self->map);
  shumate_viewport_set_zoom_level (shumate_map_get_viewport (self->map), zoom);
  centre_on (self, align_to_pixels (self, reunion_mercator_project (point), zoom));
}

void
reunion_map_aim_fit (ReunionMapAim *self, ReunionMercator min, ReunionMercator max)
{
  g_return_if_fail (self != NULL);

  self->min = min;
  self->max = max;
  self->fit_pending = TRUE;
  if (gtk_widget_get_width (GTK_WIDGET (self->map)) > 0
      && gtk_widget_get_height (GTK_WIDGET (self->map)) > 0)
    apply_fit (self);
}

void
reunion_map_aim_sized (ReunionMapAim *self)
{
  g_return_if_fail (self != NULL);

  align_soon (self);
  /* Not from within: moving the map asks for another allocation. */
  if (self->fit_pending && self->fit_source == 0)
    self->fit_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_idle_cb, self, NULL);
}

void
reunion_map_aim_fit_circle (ReunionMapAim *self, ReunionPoint centre, double radius_km)
{
  g_autoptr (ReunionRingShape) shape = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (reunion_point_is_valid (centre) && radius_km > 0.0);

  shape = reunion_ring_shape_new (centre, radius_km, 360);
  if (shape == NULL)
    return;
  reunion_map_aim_fit (self, (ReunionMercator){ shape->min_x, CLAMP (shape->min_y, 0.0, 1.0) },
                       (ReunionMercator){ shape->max_x, CLAMP (shape->max_y, 0.0, 1.0) });
}

void
reunion_map_aim_fit_points (ReunionMapAim *self, const ReunionPoint *points, gsize n_points)
{
  ReunionMercator min = { 0.0, 0.0 };
  ReunionMercator max = { 0.0, 0.0 };

  g_return_if_fail (self != NULL);
  g_return_if_fail (points != NULL || n_points == 0);

  if (n_points == 0)
    return;
  for (gsize i = 0; i < n_points; i++)
    {
      ReunionMercator at = reunion_mercator_project (points[i]);

      if (i == 0)
        min = max = at;
      /* The turn nearest to the first point, for a handful across 180 E. */
      at.x -= round (at.x - reunion_mercator_project (points[0]).x);
      min = (ReunionMercator){ MIN (min.x, at.x), MIN (min.y, at.y) };
      max = (ReunionMercator){ MAX (max.x, at.x), MAX (max.y, at.y) };
    }
  reunion_map_aim_fit (self, min, max);
}
