/* reunion-tip-card.h: the card beside a tip or a cluster
 *
 * Shown over the map after the pointer has rested on a mark, and for the tip
 * that the keyboard is at. It takes neither the pointer nor the keyboard.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "reunion-tip-layer.h"

G_BEGIN_DECLS

#define REUNION_TYPE_TIP_CARD (reunion_tip_card_get_type ())
G_DECLARE_FINAL_TYPE (ReunionTipCard, reunion_tip_card, REUNION, TIP_CARD, GtkWidget)

/* Transfer floating; hidden at first. To be an overlay of the map. */
GtkWidget *reunion_tip_card_new (void);

/* Says what @hit of @set is. @lost is the place of loss, or NULL. */
void reunion_tip_card_set_hit (ReunionTipCard *self,
                               const ReunionTipSet *set,
                               const ReunionTipHit *hit,
                               const ReunionPoint *lost);
/* Puts it above @x, @y of a map of @width times @height pixels, or below where
 * there is no room, and whole. */
void reunion_tip_card_place (ReunionTipCard *self, double x, double y, int width, int height);

/* What a card would say of one tip, in a sentence for who can't see it: state,
 * place, time, distance, and its number of all in the order of time. Transfer full. */
char *reunion_tip_card_describe (const ReunionTipSet *set, guint tip, const ReunionPoint *lost);

G_END_DECLS
