/* reunion-map-keys.h: moving and zooming a map with the keyboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

G_BEGIN_DECLS

/* Makes @map a stop of the Tab key, and moves it by an eighth of its size with
 * the arrow keys (by half with Shift). @zoom is called with @user_data and +1 or
 * -1 for the keys + and -. To be called once. */
typedef void (*ReunionMapZoomFunc) (gpointer user_data, double steps);
void reunion_map_keys_add (ShumateMap *map, ReunionMapZoomFunc zoom, gpointer user_data);

G_END_DECLS
