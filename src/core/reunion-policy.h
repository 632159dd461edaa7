/* reunion-policy.h: the escalation rule, and whom a waiting report is put before,
 * as data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define REUNION_SECOND_USEC G_TIME_SPAN_SECOND
#define REUNION_MINUTE_USEC G_TIME_SPAN_MINUTE
#define REUNION_HOUR_USEC G_TIME_SPAN_HOUR
#define REUNION_DAY_USEC G_TIME_SPAN_DAY

/**
 * ReunionStage:
 * @id: number of the stage, 1 for the first; partners see it and never get
 *   one stage twice
 * @after_usec: elapsed time since the loss from which the stage holds, in
 *   microseconds; the bound belongs to this stage
 * @radius_km: radius of the circle in which people are alerted, in kilometres
 *
 * One row of the escalation table.
 */
typedef struct
{
  guint id;
  gint64 after_usec;
  double radius_km;
} ReunionStage;

/**
 * ReunionReviewLevel:
 * @region_digits: how many digits of a region's code are asked for: 6 the
 *   county, 4 the prefecture, 2 the province, 0 the nation. Those who answer for
 *   a part of that region are asked too
 * @wait_usec: how long a report waits at this level until the next is asked as
 *   well, in microseconds; of no meaning at the last
 *
 * One row of the table that says who is asked to decide.
 */
typedef struct
{
  guint region_digits;
  gint64 wait_usec;
} ReunionReviewLevel;

#define REUNION_REVIEW_MAX_DIGITS 6

#define REUNION_TYPE_POLICY (reunion_policy_get_type ())
typedef struct _ReunionPolicy ReunionPolicy;

#define REUNION_POLICY_ERROR (reunion_policy_error_quark ())
GQuark reunion_policy_error_quark (void);

/**
 * ReunionPolicyError:
 * @REUNION_POLICY_ERROR_EMPTY: the table has no stage
 * @REUNION_POLICY_ERROR_START: the first stage does not start at zero
 * @REUNION_POLICY_ERROR_ORDER: a stage starts no later, or reaches no further,
 *   than the one before it
 * @REUNION_POLICY_ERROR_RADIUS: a radius is outside (0, 20000] km
 * @REUNION_POLICY_ERROR_REVIEW: a level of review has no time to wait, or asks for
 *   no fewer digits than the one before it
 */
typedef enum
{
  REUNION_POLICY_ERROR_EMPTY,
  REUNION_POLICY_ERROR_START,
  REUNION_POLICY_ERROR_ORDER,
  REUNION_POLICY_ERROR_RADIUS,
  REUNION_POLICY_ERROR_REVIEW,
} ReunionPolicyError;

GType reunion_policy_get_type (void) G_GNUC_CONST;

/* The national rule: 100 km in the first hour, 200 in the second, 300 in the
 * third, 500 after that. Transfer none; never freed. */
ReunionPolicy *reunion_policy_get_national (void);

/* A deployment's own table, rows in order of time. The ids in @stages are
 * ignored: stages are numbered from 1. Transfer full, NULL with @error set. */
ReunionPolicy *reunion_policy_new (const ReunionStage *stages, gsize n_stages, GError **error);
/* The same with a table of review of its own; @n_levels 0 for the national one:
 * 10 minutes at the county, 15 at the prefecture, 20 at the province. */
ReunionPolicy *reunion_policy_new_with_levels (const ReunionStage *stages,
                                               gsize n_stages,
                                               const ReunionReviewLevel *levels,
                                               gsize n_levels,
                                               GError **error);
ReunionPolicy *reunion_policy_ref (ReunionPolicy *self);
void reunion_policy_unref (ReunionPolicy *self);
gboolean reunion_policy_equal (const ReunionPolicy *a, const ReunionPolicy *b);

gsize reunion_policy_get_n_stages (const ReunionPolicy *self);
/* @index from 0 to n_stages - 1. Transfer none. */
const ReunionStage *reunion_policy_get_stage (const ReunionPolicy *self, gsize index);

/* The stage that holds @elapsed_usec after the loss; a negative time (a clock
 * that runs behind) counts as zero. Transfer none, never NULL. */
const ReunionStage *reunion_policy_stage_at (const ReunionPolicy *self, gint64 elapsed_usec);
double reunion_policy_radius_km_at (const ReunionPolicy *self, gint64 elapsed_usec);

/* The elapsed time, in microseconds, at which the radius grows next, or -1
 * when the last stage has been reached. */
gint64 reunion_policy_next_change_usec (const ReunionPolicy *self, gint64 elapsed_usec);

/* Who is asked to decide, the nearest first. @index from 0 to n_levels - 1.
 * Transfer none. */
gsize reunion_policy_get_n_levels (const ReunionPolicy *self);
const ReunionReviewLevel *reunion_policy_get_level (const ReunionPolicy *self, gsize index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionPolicy, reunion_policy_unref)

G_END_DECLS
