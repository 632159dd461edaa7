/* reunion-measure.h: figures of many cases: how they ended, how long it took, and
 * what came of the tips
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-statistics.h"

G_BEGIN_DECLS

/* Age on the day of loss. */
typedef enum
{
  REUNION_AGE_BAND_0_2,
  REUNION_AGE_BAND_3_6,
  REUNION_AGE_BAND_7_12,
  REUNION_AGE_BAND_13_17,
  REUNION_AGE_BAND_18_59,
  REUNION_AGE_BAND_60,
  REUNION_AGE_BAND_UNKNOWN,
} ReunionAgeBand;

#define REUNION_N_AGE_BANDS (REUNION_AGE_BAND_UNKNOWN + 1)

/* @age_years negative for an unknown one. */
ReunionAgeBand reunion_age_band_of (int age_years);
/* "0-2", …, "60+", "unknown". Transfer none. */
const char *reunion_age_band_to_key (ReunionAgeBand band);
gboolean reunion_age_band_from_key (const char *key, ReunionAgeBand *band);

/**
 * ReunionFact:
 * @region: GB/T 2260
 * @sex: key of the choice; "" when unknown
 * @reported_usec: when the report first arrived; 0 when unknown, like the other times
 * @found_by_tip: 1, 0, or -1 when nobody knows
 *
 * What is counted of one notice that was issued.
 */
typedef struct
{
  const char *region;
  ReunionOutcome outcome;
  const char *sex;
  ReunionAgeBand age_band;
  gint64 lost_usec;
  gint64 reported_usec;
  gint64 published_usec;
  gint64 closed_usec;
  int found_by_tip;
  guint n_tips;
} ReunionFact;

/**
 * ReunionSpan:
 * @n: of how many cases it is known
 * @p50_usec: as long as half of them took at most; 0 where @n is
 * @p90_usec: as long as nine of ten took at most
 */
typedef struct
{
  guint n;
  gint64 p50_usec;
  gint64 p90_usec;
} ReunionSpan;

typedef struct _ReunionMeasure ReunionMeasure;

/* Transfer none. */
const ReunionTally *reunion_measure_get_tally (const ReunionMeasure *self);
/* From the first arrival of the report to its publication, and from the loss to
 * the end of a case that ended. */
ReunionSpan reunion_measure_get_approval (const ReunionMeasure *self);
ReunionSpan reunion_measure_get_finding (const ReunionMeasure *self);
guint reunion_measure_get_n_tips (const ReunionMeasure *self);
/* Of those found: by a tip, not by one, and nobody knows. */
void reunion_measure_get_found_by_tip (const ReunionMeasure *self,
                                       guint *yes,
                                       guint *no,
                                       guint *unknown);

/* The figures of all cases, and of those of each province, age and sex. */
typedef struct _ReunionMeasures ReunionMeasures;

ReunionMeasures *reunion_measures_new (void);
void reunion_measures_free (ReunionMeasures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionMeasures, reunion_measures_free)
void reunion_measures_add (ReunionMeasures *self, const ReunionFact *fact);

/* @group: "nation", "province", "age" or "sex"; @key: such as "nation", "34", "7-12",
 * "female" */
typedef void (*ReunionMeasureFunc) (const char *group,
                                    const char *key,
                                    const ReunionMeasure *measure,
                                    gpointer user_data);
/* The nation, then each group in the order of its keys; only what has cases,
 * but the nation always. */
void reunion_measures_foreach (ReunionMeasures *self, ReunionMeasureFunc func, gpointer user_data);

G_END_DECLS
