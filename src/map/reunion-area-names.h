/* reunion-area-names.h: the names of prefectures, spread over their ground
 *
 * Where one has come so near that no town's name may be in view, the name of
 * the prefecture still says where one is. It is written again and again over
 * the whole of it, as sheets of a survey do, wherever towns leave room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-base-map.h"

G_BEGIN_DECLS

/* Before these zooms the names of seats and provinces suffice; beyond them there is
 * a map of the station's own. */
#define REUNION_AREA_NAMES_FIRST_ZOOM 9
#define REUNION_AREA_NAMES_LAST_ZOOM 12

/* Adds to @places, an array of ReunionPlace, one of the kind
 * REUNION_PLACE_AREA for each spot of @zoom, at most the last, where a prefecture's name may stand.
 * Spots lie on one lattice for the whole world, so that names don't depend on
 * what is in view. A map whose areas can't be read adds what could be. */
void reunion_area_names_add (GPtrArray *places, ReunionBaseMap *map, guint zoom);

G_END_DECLS
