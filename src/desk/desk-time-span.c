/* desk-time-span.c: the stretch of time that the map can be moved through
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-time-span.h"

#include <math.h>

#define BEYOND_USEC (2 * REUNION_HOUR_USEC)
/* The end moves on in steps, or all else on the line would creep by the second. */
#define STEP_USEC (10 * REUNION_MINUTE_USEC)
/* Where the last stage begins at the earliest. */
#define GROWTH_POSITION 0.5

static gint64
find_end (ReunionCase *case_, gint64 loss_usec, gint64 last_stage_usec, gint64 now_usec)
{
  gint64 ahead_usec = MAX (now_usec - loss_usec, last_stage_usec) + BEYOND_USEC;

  if (!reunion_case_state_is_open (reunion_case_get_state (case_))
      && reunion_case_get_closed_usec (case_) > loss_usec)
    return reunion_case_get_closed_usec (case_);
  return loss_usec + (ahead_usec / STEP_USEC + 1) * STEP_USEC;
}

gboolean
desk_time_span_init (DeskTimeSpan *span, ReunionCase *case_, ReunionPolicy *policy, gint64 now_usec)
{
  ReunionReport *report;
  gint64 last_stage_usec;
  double share;

  g_return_val_if_fail (span != NULL && REUNION_IS_CASE (case_) && policy != NULL, FALSE);

  report = reunion_case_get_report (case_);
  if (!reunion_report_has (report, REUNION_FIELD_LAST_SEEN))
    return FALSE;
  last_stage_usec
      = reunion_policy_get_stage (policy, reunion_policy_get_n_stages (policy) - 1)->after_usec;
  span->loss_usec = reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN, 0);
  span->end_usec = find_end (case_, span->loss_usec, last_stage_usec, now_usec);
  share = (double) last_stage_usec / (double) (span->end_usec - span->loss_usec);
  span->power = share > 0.0 && share < GROWTH_POSITION ? log (share) / log (GROWTH_POSITION) : 1.0;
  return TRUE;
}

double
desk_time_span_get_position (const DeskTimeSpan *span, gint64 usec)
{
  double share;

  g_return_val_if_fail (span != NULL, 0.0);

  share = (double) (usec - span->loss_usec) / (double) (span->end_usec - span->loss_usec);
  return pow (CLAMP (share, 0.0, 1.0), 1.0 / span->power);
}

gint64
desk_time_span_get_usec (const DeskTimeSpan *span, double position)
{
  double share;

  g_return_val_if_fail (span != NULL, 0);

  share = pow (CLAMP (position, 0.0, 1.0), span->power);
  return span->loss_usec + llround (share * (double) (span->end_usec - span->loss_usec));
}
