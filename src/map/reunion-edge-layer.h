/* reunion-edge-layer.h: what lies past the north and the south edge of the map
 *
 * libshumate repeats the tiles up and down as it does left and right, which
 * puts Antarctica north of the Arctic. This layer lies over the tiles and
 * carries on the sea in the north and the land in the south, so that a circle
 * round a pole has something true to lie on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

G_BEGIN_DECLS

#define REUNION_TYPE_EDGE_LAYER (reunion_edge_layer_get_type ())
G_DECLARE_FINAL_TYPE (ReunionEdgeLayer, reunion_edge_layer, REUNION, EDGE_LAYER, ShumateLayer)

/* Transfer floating. */
ReunionEdgeLayer *reunion_edge_layer_new (ShumateViewport *viewport);

void reunion_edge_layer_set_dark (ReunionEdgeLayer *self, gboolean dark);

G_END_DECLS
