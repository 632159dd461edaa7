/* reunion-tile-painter.h: one tile of the base map, as pixels
 *
 * Pure drawing with Cairo and Pango: no widget, no display, any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

#include "reunion-base-map.h"
#include "reunion-label-plan.h"
#include "reunion-map-palette.h"

G_BEGIN_DECLS

/**
 * ReunionTileJob:
 * @zoom: zoom level, 0..20
 * @x: column of the tile, 0..2^zoom - 1
 * @y: row, from the north
 * @scale: pixels of the surface to one of the tile, 1 or more
 * @latin: whether names are Latin
 * @palette: colours
 */
typedef struct
{
  guint zoom;
  guint x;
  guint y;
  guint scale;
  gboolean latin;
  const ReunionMapPalette *palette;
} ReunionTileJob;

/* Paints sea and graticule, then what @map holds for the tile, then the names
 * of @plan. Both may be NULL. When the map turns out damaged @error is set and
 * the surface shows as much as could be read; it is never NULL. Transfer full:
 * an ARGB32 image surface. */
cairo_surface_t *reunion_tile_painter_paint (const ReunionTileJob *job,
                                             ReunionBaseMap *map,
                                             ReunionLabelPlan *plan,
                                             GError **error);

/* How names are set: a layout to draw on @cr with (transfer full), and what it
 * takes to show @label's text. */
PangoLayout *reunion_tile_painter_create_layout (cairo_t *cr);
void reunion_tile_painter_set_label (PangoLayout *layout, const ReunionLabel *label);
/* And in which colour. */
ReunionColour reunion_tile_painter_get_label_colour (const ReunionLabel *label,
                                                     const ReunionMapPalette *palette);

G_END_DECLS
