/* central-outline.h: the small map, as it is made when the service is built
 *
 * By data/basemap/build-outline.py, out of the base map; the coding of the shapes
 * and their kinds stand in data/basemap/README.md.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Width of the world in the units of the outline. */
#define CENTRAL_OUTLINE_WORLD (1 << 24)

/**
 * CentralOutlineShape:
 * @kind: as in the base map
 * @start: in central_outline_bytes
 * @min_x: west, in world units, like the others; y runs south
 */
typedef struct
{
  guint kind;
  guint start;
  gint32 min_x, min_y, max_x, max_y;
} CentralOutlineShape;

/**
 * CentralOutlinePlace:
 * @zh: in Latin letters where no Chinese name is known
 *
 * A town; the most important come first.
 */
typedef struct
{
  double lat_deg, lon_deg;
  const char *zh;
  const char *latin;
} CentralOutlinePlace;

/* World units to a step of the coordinates. */
extern const guint central_outline_quantum;
extern const gsize central_outline_n_bytes;
extern const guint8 central_outline_bytes[];
extern const guint central_outline_n_shapes;
extern const CentralOutlineShape central_outline_shapes[];
extern const guint central_outline_n_places;
extern const CentralOutlinePlace central_outline_places[];

G_END_DECLS
