/* reunion-line-layer.h: thin lines over the map
 *
 * Two of them: through the credible tips in the order in which they were seen,
 * with arrowheads, and the one that is being measured, with its ends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

#include "reunion-tip-set.h"

G_BEGIN_DECLS

#define REUNION_TYPE_LINE_LAYER (reunion_line_layer_get_type ())
G_DECLARE_FINAL_TYPE (ReunionLineLayer, reunion_line_layer, REUNION, LINE_LAYER, ShumateLayer)

/* At most so many of the newest credible tips are joined. */
#define REUNION_LINE_LAYER_MAX_TIPS 300

/* Transfer floating. */
ReunionLineLayer *reunion_line_layer_new (ShumateViewport *viewport);

/* Joins those tips of @set (NULL for no line) that are credible or led to the
 * person and have a time, from the first seen to the last. */
void reunion_line_layer_set_course (ReunionLineLayer *self, const ReunionTipSet *set);
/* How many pieces the line through the tips has. */
guint reunion_line_layer_get_n_legs (ReunionLineLayer *self);

/* The line being measured. @to may be NULL: then there is its start only. */
void reunion_line_layer_set_measure (ReunionLineLayer *self,
                                     const ReunionPoint *from,
                                     const ReunionPoint *to);

void reunion_line_layer_set_dark (ReunionLineLayer *self, gboolean dark);
void reunion_line_layer_set_contrast (ReunionLineLayer *self, gboolean contrast);

G_END_DECLS
