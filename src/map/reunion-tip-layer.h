/* reunion-tip-layer.h: what the public has seen, on the map
 *
 * No widget per tip: the layer draws them itself, and where they stand closer
 * than a fingertip it draws their number instead (reunion-cluster-index.h). What
 * lies outside the screen costs nothing, so that a hundred thousand tips pan and
 * zoom. The selected tip is always drawn by itself; those of one place, which no
 * zoom takes apart, are fanned out when one of them is selected or their number
 * is pressed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

#include "reunion-tip-set.h"

G_BEGIN_DECLS

/**
 * ReunionTipHit:
 * @tip: index in the layer's set; of a cluster, the newest of its tips
 * @count: 1 for a single tip, or how many the cluster holds
 * @counts: how many of them in each state
 * @x: where it is drawn, in the layer's pixels
 * @y: likewise
 *
 * What is drawn at a place of the layer.
 */
typedef struct
{
  guint tip;
  guint count;
  guint counts[REUNION_N_TIP_MARKS];
  double x;
  double y;
} ReunionTipHit;

#define REUNION_TYPE_TIP_LAYER (reunion_tip_layer_get_type ())
G_DECLARE_FINAL_TYPE (ReunionTipLayer, reunion_tip_layer, REUNION, TIP_LAYER, ShumateLayer)

/* Transfer floating.
 *
 * Signals: ::tip-activated (const char *id) when a tip is pressed;
 * ::cluster-activated (double lat_deg, double lon_deg) when a number is, unless
 * its tips were fanned out instead; ::tips-changed when the tips that were set are
 * those that are shown. */
ReunionTipLayer *reunion_tip_layer_new (ShumateViewport *viewport);

/* Replaces the tips. Those whose point is not valid are left out. The
 * selection stays if its tip does. Many are clustered in a thread; until that is
 * done the layer shows the former ones. */
void reunion_tip_layer_set_tips (ReunionTipLayer *self, const ReunionTipSpot *tips, gsize n_tips);
guint reunion_tip_layer_get_n_tips (ReunionTipLayer *self);

/* The tip to highlight, NULL for none. */
void reunion_tip_layer_set_selected (ReunionTipLayer *self, const char *id);
/* Transfer none, or NULL. */
const char *reunion_tip_layer_get_selected (ReunionTipLayer *self);

void reunion_tip_layer_set_dark (ReunionTipLayer *self, gboolean dark);

/* Outlines in black and white, for eyes that need them. */
void reunion_tip_layer_set_contrast (ReunionTipLayer *self, gboolean contrast);
/* FALSE where a card tells what the label would. */
void reunion_tip_layer_set_show_label (ReunionTipLayer *self, gboolean show_label);

/* The tips that are shown. Transfer none. */
const ReunionTipSet *reunion_tip_layer_get_set (ReunionTipLayer *self);
/* Index of the selected tip, or REUNION_TIP_NONE. */
guint reunion_tip_layer_get_selected_index (ReunionTipLayer *self);

/* What is drawn at @x, @y, a fingertip wide. FALSE when nothing is. */
gboolean reunion_tip_layer_pick (ReunionTipLayer *self, double x, double y, ReunionTipHit *hit);
/* The same for the selected tip; FALSE when there is none. */
gboolean reunion_tip_layer_locate_selected (ReunionTipLayer *self, ReunionTipHit *hit);

/* How many marks, numbers included, stand for the tips at @zoom. */
guint reunion_tip_layer_count_marks (ReunionTipLayer *self, guint zoom);

G_END_DECLS
