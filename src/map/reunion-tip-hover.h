/* reunion-tip-hover.h: when the card of a tip is shown
 *
 * After the pointer has rested on a mark for a fifth of a second; moving on to
 * another mark while a card is shown changes it at once. Also for the selected
 * tip while the map has the keyboard.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

#include "reunion-tip-card.h"

G_BEGIN_DECLS

typedef struct _ReunionTipHover ReunionTipHover;

/* The card becomes an overlay of @overlay. Everything passed has to outlive it. */
ReunionTipHover *
reunion_tip_hover_new (GtkOverlay *overlay, ShumateMap *map, ReunionTipLayer *layer);
void reunion_tip_hover_free (ReunionTipHover *self);

/* The place of loss, for distances; NULL for none. */
void reunion_tip_hover_set_lost (ReunionTipHover *self, const ReunionPoint *lost);
/* To be called when tips or selection have changed. */
void reunion_tip_hover_update (ReunionTipHover *self);
/* No cards while something else goes on with the pointer. */
void reunion_tip_hover_set_paused (ReunionTipHover *self, gboolean paused);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionTipHover, reunion_tip_hover_free)

G_END_DECLS
