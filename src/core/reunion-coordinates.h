/* reunion-coordinates.h: a point as people paste it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-geodesy.h"

G_BEGIN_DECLS

#define REUNION_COORDINATES_ERROR (reunion_coordinates_error_quark ())
GQuark reunion_coordinates_error_quark (void);

/**
 * ReunionCoordinatesError:
 * @REUNION_COORDINATES_ERROR_FORMAT: not a pair of coordinates
 * @REUNION_COORDINATES_ERROR_RANGE: a pair, but of no point on the Earth
 */
typedef enum
{
  REUNION_COORDINATES_ERROR_FORMAT,
  REUNION_COORDINATES_ERROR_RANGE,
} ReunionCoordinatesError;

/* Understands degrees with a fraction ("26.6668, 105.768"), degrees, minutes and
 * seconds ("26°40′0.5″N 105°46′4″E"), hemispheres before or after the number
 * ("N26.6 E105.7", "北纬26.6 东经105.7"), and "geo:26.66,105.76". Without
 * hemispheres latitude is taken to come first, unless only the other order gives
 * a point on the Earth, or only the other order gives one in China (3 to 54 N,
 * 73 to 136 E). The datum is the caller's to ask for. */
gboolean reunion_coordinates_parse (const char *text, ReunionPoint *point, GError **error);

G_END_DECLS
