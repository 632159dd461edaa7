/* reunion-map-words.h: places, distances and directions in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-datum.h"

G_BEGIN_DECLS

/* "152.3 km, 47° north-east": length and bearing at @from of the geodesic, in
 * metres under 1 km. Transfer full. */
char *reunion_map_words_measure (ReunionPoint from, ReunionPoint to);

/* "26.667000, 105.768000" in @datum, a tenth of a metre exact, latitude first: as
 * reunion_coordinates_parse() reads it back in China; elsewhere with N, S, E, W
 * where the order would be taken for the other. Transfer full. */
char *reunion_map_words_coordinates (ReunionPoint point, ReunionDatum datum);

/* "WGS-84", "GCJ-02", "BD-09". Transfer none. */
const char *reunion_map_words_datum (ReunionDatum datum);

G_END_DECLS
