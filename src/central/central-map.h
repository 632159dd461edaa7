/* central-map.h: the small map of a notice, as a picture
 *
 * Land, borders, the larger towns, and the circle in which people are told, painted
 * here as SVG: in Mercator's projection, so that a place on it can be found again
 * from where somebody clicks. The circle is the geodesic one. Towns are chosen by
 * their importance as far as their names find room.
 *
 * The outline is that of data/basemap, whose README.md says what has to be done
 * before a map is shown to the public.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-geodesy.h"
#include "reunion-notice.h"

G_BEGIN_DECLS

/* Units of the picture, which is shown in whatever size. */
#define CENTRAL_MAP_WIDTH 400
#define CENTRAL_MAP_HEIGHT 340

/**
 * CentralMap:
 * @centre: where the person was last seen
 * @radius_km: of the circle; 0 for none
 * @mark: where somebody saw the person; NULL for nowhere yet
 *
 * What is painted. Borrowed.
 */
typedef struct
{
  ReunionLanguage language;
  ReunionPoint centre;
  double radius_km;
  const ReunionPoint *mark;
} CentralMap;

/* The picture as SVG. Nothing that was typed stands in it. Transfer full. */
char *central_map_to_svg (const CentralMap *self);
/* The point at @x and @y of the picture, 0 to 1 from its upper left corner. */
ReunionPoint central_map_get_point (const CentralMap *self, double x, double y);
/* Where @point is in the picture, in the same way; FALSE when it is outside. */
gboolean central_map_find_point (const CentralMap *self, ReunionPoint point, double *x, double *y);

/* The style of every picture, whose hash a policy of content may name. */
const char *central_map_get_style (void);

G_END_DECLS
