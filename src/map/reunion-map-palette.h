/* reunion-map-palette.h: the base map's colours, by day and by night
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Red, green, blue, alpha; each 0..1. */
typedef struct
{
  double r, g, b, a;
} ReunionColour;

typedef struct
{
  ReunionColour sea;
  ReunionColour shallows;
  ReunionColour graticule;
  ReunionColour land_graticule;
  ReunionColour land;
  ReunionColour coast;
  ReunionColour water;
  ReunionColour river;
  ReunionColour border;
  ReunionColour border_casing;
  ReunionColour province_border;
  ReunionColour prefecture_border;
  ReunionColour town;
  ReunionColour town_minor;
  ReunionColour country_label;
  ReunionColour province_label;
  ReunionColour area_label;
  ReunionColour sea_label;
  ReunionColour waters_label;
  ReunionColour halo;
  ReunionColour sea_halo;
} ReunionMapPalette;

/* Transfer none; never freed. */
const ReunionMapPalette *reunion_map_palette_get (gboolean dark);

G_END_DECLS
