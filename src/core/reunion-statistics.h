/* reunion-statistics.h: how many were issued, how many found, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "reunion-case-state.h"

G_BEGIN_DECLS

/**
 * ReunionTally:
 * @issued: notices that were published
 * @by_outcome: of these, how many ended each way; REUNION_OUTCOME_NONE counts
 *   those not found
 */
typedef struct
{
  guint issued;
  guint by_outcome[REUNION_N_OUTCOMES];
} ReunionTally;

guint reunion_tally_get_found (const ReunionTally *tally);
/* Found per hundred issued, 0..100; 0 when none was issued. */
double reunion_tally_get_found_percent (const ReunionTally *tally);

#define REUNION_TYPE_STATISTICS (reunion_statistics_get_type ())
G_DECLARE_FINAL_TYPE (ReunionStatistics, reunion_statistics, REUNION, STATISTICS, GObject)

/* All counts zero. Transfer full. */
ReunionStatistics *reunion_statistics_new (void);

/* The period in which the notices were issued: microseconds since the epoch,
 * @from_usec inside it, @to_usec not; 0 for "without bound". */
void reunion_statistics_set_period (ReunionStatistics *self, gint64 from_usec, gint64 to_usec);
gint64 reunion_statistics_get_from_usec (ReunionStatistics *self);
gint64 reunion_statistics_get_to_usec (ReunionStatistics *self);

/* Counts @n_cases more that ended with @outcome in the province of @region
 * (two digits or more; an unknown one counts for the nation alone). */
void reunion_statistics_add (ReunionStatistics *self,
                             const char *region,
                             ReunionOutcome outcome,
                             guint n_cases);

/* The nation's. Transfer none. */
const ReunionTally *reunion_statistics_get_total (ReunionStatistics *self);
/* That of the province whose code @region begins with; NULL when it has no
 * case. Transfer none. */
const ReunionTally *reunion_statistics_get_province (ReunionStatistics *self, const char *region);

G_END_DECLS
