/* reunion-map-palette.c: the base map's colours, by day and by night
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-map-palette.h"

#define RGBA(hex, alpha)                                                                           \
  {                                                                                                \
    (((hex) >> 16) & 0xff) / 255.0, (((hex) >> 8) & 0xff) / 255.0, ((hex) &0xff) / 255.0, alpha    \
  }

/* Quiet tones: the circles and the tips are what has to catch the eye. */
static const ReunionMapPalette by_day = {
  .sea = RGBA (0xc6dcec, 1.0),
  .shallows = RGBA (0xd6e7f3, 1.0),
  .graticule = RGBA (0xb4cfe3, 0.6),
  .land_graticule = RGBA (0x6d6482, 0.11),
  .land = RGBA (0xf8f6f1, 1.0),
  .coast = RGBA (0x86aac7, 1.0),
  .water = RGBA (0xcbdfed, 1.0),
  .river = RGBA (0xaecce2, 1.0),
  .border = RGBA (0x83729c, 1.0),
  .border_casing = RGBA (0xb9a9d0, 0.28),
  .province_border = RGBA (0x9d8fb0, 1.0),
  .prefecture_border = RGBA (0xc6bdd0, 1.0),
  .town = RGBA (0x3a3644, 1.0),
  .town_minor = RGBA (0x4f4a5a, 1.0),
  .country_label = RGBA (0x63587a, 1.0),
  .province_label = RGBA (0x7b6f90, 1.0),
  .area_label = RGBA (0x9a90ab, 1.0),
  .sea_label = RGBA (0x40698c, 1.0),
  .waters_label = RGBA (0x2a5a80, 1.0),
  .halo = RGBA (0xf8f6f1, 0.9),
  .sea_halo = RGBA (0xc6dcec, 0.7),
};

static const ReunionMapPalette by_night = {
  .sea = RGBA (0x1c2732, 1.0),
  .shallows = RGBA (0x222f3c, 1.0),
  .graticule = RGBA (0x2c3c4b, 0.6),
  .land_graticule = RGBA (0xd6d0e2, 0.06),
  .land = RGBA (0x303136, 1.0),
  .coast = RGBA (0x54697d, 1.0),
  .water = RGBA (0x24323f, 1.0),
  .river = RGBA (0x3b5266, 1.0),
  .border = RGBA (0x8f84a6, 1.0),
  .border_casing = RGBA (0x8d7fae, 0.2),
  .province_border = RGBA (0x7a7190, 1.0),
  .prefecture_border = RGBA (0x5f5b6c, 1.0),
  .town = RGBA (0xe4e2ea, 1.0),
  .town_minor = RGBA (0xb9b6c2, 1.0),
  .country_label = RGBA (0xa79dbb, 1.0),
  .province_label = RGBA (0xa097b2, 1.0),
  .area_label = RGBA (0x7d768c, 1.0),
  .sea_label = RGBA (0x83a5c2, 1.0),
  .waters_label = RGBA (0x8fb3d1, 1.0),
  .halo = RGBA (0x2a2b30, 0.9),
  .sea_halo = RGBA (0x1c2732, 0.7),
};

const ReunionMapPalette *
reunion_map_palette_get (gboolean dark)
{
  return dark ? &by_night : &by_day;
}
