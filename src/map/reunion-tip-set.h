/* reunion-tip-set.h: the tips of a map, their order in time, and who is next to whom
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-cluster-index.h"
#include "reunion-tip-marks.h"

G_BEGIN_DECLS

#define REUNION_TIP_NONE G_MAXUINT

/**
 * ReunionTipSpot:
 * @id: the tip's id; copied
 * @point: where it was seen
 * @mark: how to draw it
 * @label: the place in words, shown beside it when it is selected, or NULL; copied
 * @seen_usec: when, in microseconds since the epoch; 0 when unknown
 * @text: what was seen, or NULL; copied
 * @note: what is to be thought of it, or NULL; copied
 */
typedef struct
{
  const char *id;
  ReunionPoint point;
  ReunionTipMark mark;
  const char *label;
  gint64 seen_usec;
  const char *text;
  const char *note;
} ReunionTipSpot;

typedef struct _ReunionTipSet ReunionTipSet;

/* Keeps the tips whose point and mark are valid, the newest first; those without
 * a time come last. Transfer full. */
ReunionTipSet *reunion_tip_set_new (const ReunionTipSpot *tips, gsize n_tips);
ReunionTipSet *reunion_tip_set_ref (ReunionTipSet *self);
void reunion_tip_set_unref (ReunionTipSet *self);

guint reunion_tip_set_get_n (const ReunionTipSet *self);
/* Transfer none; the strings are the set's. */
const ReunionTipSpot *reunion_tip_set_get (const ReunionTipSet *self, guint index);
const ReunionMercator *reunion_tip_set_get_points (const ReunionTipSet *self);
const guint8 *reunion_tip_set_get_marks (const ReunionTipSet *self);
/* REUNION_TIP_NONE when there is none of that id. */
guint reunion_tip_set_find (const ReunionTipSet *self, const char *id);

/* The tip seen next after @from (@step 1) or before (-1), round the end again;
 * from REUNION_TIP_NONE the oldest or the newest. REUNION_TIP_NONE in an empty set. */
guint reunion_tip_set_step (const ReunionTipSet *self, guint from, int step);
/* The tip nearest to @from on the map in the direction @right, @down (-1, 0 or 1),
 * within 45 degrees of it; those off the line count as further. Tips on the very
 * same place are none. @except may be REUNION_TIP_NONE. */
guint reunion_tip_set_towards (const ReunionTipSet *self,
                               ReunionMercator from,
                               int right,
                               int down,
                               guint except);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionTipSet, reunion_tip_set_unref)

G_END_DECLS
