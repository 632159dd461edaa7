/* reunion-envelope-layer.h: how far somebody can have come, drawn over the circles
 *
 * Thin lines in another colour and with other dashes than the circles in which
 * people are alerted, and labels without a plate, so that the two aren't taken
 * for each other. Nothing is filled.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

#include "reunion-ring-shape.h"

G_BEGIN_DECLS

/* Lines that differ by their dashes: dots, dashes and dots, long dashes. */
#define REUNION_N_ENVELOPE_STYLES 3

/**
 * ReunionEnvelope:
 * @radius_km: how far, above 0; beyond 20000 it isn't drawn
 * @label: such as "by road 130 km"; copied
 * @style: below REUNION_N_ENVELOPE_STYLES
 *
 * One line, as a caller states it.
 */
typedef struct
{
  double radius_km;
  const char *label;
  guint style;
} ReunionEnvelope;

#define REUNION_TYPE_ENVELOPE_LAYER (reunion_envelope_layer_get_type ())
G_DECLARE_FINAL_TYPE (ReunionEnvelopeLayer,
                      reunion_envelope_layer,
                      REUNION,
                      ENVELOPE_LAYER,
                      ShumateLayer)

/* Transfer floating. */
ReunionEnvelopeLayer *reunion_envelope_layer_new (ShumateViewport *viewport);

/* Replaces what is shown; nothing for none. */
void reunion_envelope_layer_set_envelopes (ReunionEnvelopeLayer *self,
                                           ReunionPoint centre,
                                           const ReunionEnvelope *envelopes,
                                           gsize n_envelopes);

/* Colours for the dark base map. */
void reunion_envelope_layer_set_dark (ReunionEnvelopeLayer *self, gboolean dark);

/* The polygon drawn for line @index, or NULL past the last. Transfer none, valid
 * until they change. */
const ReunionRingShape *reunion_envelope_layer_get_shape (ReunionEnvelopeLayer *self, gsize index);

G_END_DECLS
