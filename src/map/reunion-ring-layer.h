/* reunion-ring-layer.h: the place of loss and the circles around it
 *
 * Circles are geodesics on WGS-84, not circles on the screen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

#include "reunion-ring-shape.h"

G_BEGIN_DECLS

/**
 * ReunionRing:
 * @radius_km: radius, 0..20000
 * @label: what to write on the circle, or NULL; copied
 * @reached: whether people within it have been alerted: such circles are
 *   filled and solid, later ones dashed
 *
 * One circle, as a caller states it.
 */
typedef struct
{
  double radius_km;
  const char *label;
  gboolean reached;
} ReunionRing;

#define REUNION_TYPE_RING_LAYER (reunion_ring_layer_get_type ())
G_DECLARE_FINAL_TYPE (ReunionRingLayer, reunion_ring_layer, REUNION, RING_LAYER, ShumateLayer)

/* Transfer floating. */
ReunionRingLayer *reunion_ring_layer_new (ShumateViewport *viewport);

/* Replaces what is shown. Without rings there is the place's pin only. */
void reunion_ring_layer_set_rings (ReunionRingLayer *self,
                                   ReunionPoint centre,
                                   const ReunionRing *rings,
                                   gsize n_rings);
/* Moves the pin and the circles that are there; nothing when there are none. */
void reunion_ring_layer_move (ReunionRingLayer *self, ReunionPoint centre);
/* Removes circles and pin. */
void reunion_ring_layer_clear (ReunionRingLayer *self);

/* Colours for the dark base map. */
void reunion_ring_layer_set_dark (ReunionRingLayer *self, gboolean dark);

/* The polygon drawn for ring @index, or NULL past the last. Transfer none,
 * valid until the rings change. */
const ReunionRingShape *reunion_ring_layer_get_shape (ReunionRingLayer *self, gsize index);

G_END_DECLS
