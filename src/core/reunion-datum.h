/* reunion-datum.h: WGS-84 and the datums of Chinese maps
 *
 * Inside Reunion every coordinate is WGS-84. Partners and tile services that
 * use GCJ-02 or BD-09 are converted at the edge. The shift applies inside
 * China's bounding box only (72.004..137.8347 E, 0.8293..55.8271 N); outside
 * it the three are one. A point is judged by the coordinates given, so within
 * some two kilometres of the box's edge, where no land of China lies, the way
 * back need not lead to the start. The forward formulas are the published
 * ones; elsewhere the way back is found by iteration, good to under a
 * millimetre.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-geodesy.h"

G_BEGIN_DECLS

typedef enum
{
  REUNION_DATUM_WGS84,
  REUNION_DATUM_GCJ02,
  REUNION_DATUM_BD09,
} ReunionDatum;

/* @point, given in @from, in the datum @to. Longitude wrapped. */
ReunionPoint reunion_datum_convert (ReunionPoint point, ReunionDatum from, ReunionDatum to);

/* "wgs84", "gcj02", "bd09"; transfer none. */
const char *reunion_datum_to_name (ReunionDatum datum);
/* FALSE, and @datum untouched, for any other name. */
gboolean reunion_datum_from_name (const char *name, ReunionDatum *datum);

G_END_DECLS
