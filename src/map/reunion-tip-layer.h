/* reunion-tip-layer.h: what the public has seen, on the map
 *
 * No widget per tip: the layer draws them itself, and where they stand closer
 * than a fingertip it draws their number instead, so that tens of thousands
 * cost no more than what fits on the screen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

#include "reunion-geodesy.h"

G_BEGIN_DECLS

/**
 * ReunionTipMark:
 * @REUNION_TIP_MARK_NEW: a disc
 * @REUNION_TIP_MARK_CHECKING: a diamond
 * @REUNION_TIP_MARK_CREDIBLE: a triangle
 * @REUNION_TIP_MARK_DISMISSED: a cross
 * @REUNION_TIP_MARK_FOUND: a star
 *
 * How a tip is drawn: each state has a shape of its own as well as a colour.
 */
typedef enum
{
  REUNION_TIP_MARK_NEW,
  REUNION_TIP_MARK_CHECKING,
  REUNION_TIP_MARK_CREDIBLE,
  REUNION_TIP_MARK_DISMISSED,
  REUNION_TIP_MARK_FOUND,
  REUNION_N_TIP_MARKS,
} ReunionTipMark;

/**
 * ReunionTipSpot:
 * @id: the tip's id; copied
 * @point: where it was seen
 * @mark: how to draw it
 * @label: shown beside it when it is selected, or NULL; copied
 */
typedef struct
{
  const char *id;
  ReunionPoint point;
  ReunionTipMark mark;
  const char *label;
} ReunionTipSpot;

#define REUNION_TYPE_TIP_LAYER (reunion_tip_layer_get_type ())
G_DECLARE_FINAL_TYPE (ReunionTipLayer, reunion_tip_layer, REUNION, TIP_LAYER, ShumateLayer)

/* Transfer floating.
 *
 * Signals: ::tip-activated (const char *id) when a tip is pressed;
 * ::cluster-activated (double lat_deg, double lon_deg) when a number is. */
ReunionTipLayer *reunion_tip_layer_new (ShumateViewport *viewport);

/* Replaces the tips. Those whose point is not valid are left out. The
 * selection stays if its tip does. */
void reunion_tip_layer_set_tips (ReunionTipLayer *self, const ReunionTipSpot *tips, gsize n_tips);
guint reunion_tip_layer_get_n_tips (ReunionTipLayer *self);

/* The tip to highlight, NULL for none. */
void reunion_tip_layer_set_selected (ReunionTipLayer *self, const char *id);
/* Transfer none, or NULL. */
const char *reunion_tip_layer_get_selected (ReunionTipLayer *self);

void reunion_tip_layer_set_dark (ReunionTipLayer *self, gboolean dark);

/* How many marks, numbers included, stand for the tips at @zoom. */
guint reunion_tip_layer_count_marks (ReunionTipLayer *self, guint zoom);

G_END_DECLS
