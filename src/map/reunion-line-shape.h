/* reunion-line-shape.h: geodesics as lines on the map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-mercator.h"

G_BEGIN_DECLS

/* The shortest way from @from to @to as points (ReunionMercator) at most 50 km
 * apart, with x unrolled so that a way across 180 E is one unbroken line that
 * starts at @from's own x. Transfer full. */
GArray *reunion_line_shape_new (ReunionPoint from, ReunionPoint to);

G_END_DECLS
