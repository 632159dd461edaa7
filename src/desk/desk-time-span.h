/* desk-time-span.h: the stretch of time that the map can be moved through
 *
 * From the loss to somewhat beyond now, laid out on a line from 0 to 1. The line
 * is even for a case of some hours; for an older one the first hours, in which the
 * circle grows, keep half of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-case.h"

G_BEGIN_DECLS

/**
 * DeskTimeSpan:
 * @loss_usec: where the line begins; microseconds since the epoch, like @end_usec
 * @end_usec: where it ends: for an open case at least two hours from now and from
 *   the last stage, for an ended one its end
 * @power: elapsed time grows with this power of the position, 1 or more
 */
typedef struct
{
  gint64 loss_usec;
  gint64 end_usec;
  double power;
} DeskTimeSpan;

/* FALSE, and @span untouched, for a case without time of loss. */
gboolean desk_time_span_init (DeskTimeSpan *span,
                              ReunionCase *case_,
                              ReunionPolicy *policy,
                              gint64 now_usec);

/* 0 at the loss, 1 at the end; times outside count as the nearer of them. */
double desk_time_span_get_position (const DeskTimeSpan *span, gint64 usec);
/* The other way round, to the nearest microsecond. */
gint64 desk_time_span_get_usec (const DeskTimeSpan *span, double position);

G_END_DECLS
