/* reunion-tip-marks.h: how tips and their clusters look
 *
 * Each state has a shape of its own as well as a colour. A cluster is a number
 * in a ring, whose parts tell how many of each state by length, colour and
 * pattern; a credible tip, or one that led to the person, adds its shape on top.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-pixels.h"

G_BEGIN_DECLS

/**
 * ReunionTipMark:
 * @REUNION_TIP_MARK_NEW: a disc
 * @REUNION_TIP_MARK_CHECKING: a diamond
 * @REUNION_TIP_MARK_CREDIBLE: a triangle
 * @REUNION_TIP_MARK_DISMISSED: a cross
 * @REUNION_TIP_MARK_FOUND: a star
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

/* Side of a mark's picture, and of a cluster's, in pixels at scale 1. */
#define REUNION_TIP_MARK_PX 26
#define REUNION_TIP_CLUSTER_PX 52

/* The state's name, translated; "●" and its like. Transfer none. */
const char *reunion_tip_mark_get_label (ReunionTipMark mark);
const char *reunion_tip_mark_get_sign (ReunionTipMark mark);

/* Transfer full. @contrast: with black outlines. */
ReunionPixels *reunion_tip_marks_draw (ReunionTipMark mark, int scale, gboolean contrast);
/* @counts: REUNION_N_TIP_MARKS numbers, not all zero. @context gives the font. */
ReunionPixels *reunion_tip_marks_draw_cluster (const guint *counts,
                                               PangoContext *context,
                                               int scale,
                                               gboolean dark,
                                               gboolean contrast);

/* "7", "1.2k", "98k": what a cluster of @count is labelled. Transfer full. */
char *reunion_tip_marks_format_count (guint count);

G_END_DECLS
