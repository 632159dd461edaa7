/* reunion-statistics.c: how many were issued, how many found, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-statistics.h"

#include "reunion-region.h"

struct _ReunionStatistics
{
  GObject parent_instance;

  ReunionTally total;
  gint64 from_usec;
  gint64 to_usec;
  GHashTable *provinces; /* two-digit code -> ReunionTally */
};

G_DEFINE_FINAL_TYPE (ReunionStatistics, reunion_statistics, G_TYPE_OBJECT)

static void
tally_add (ReunionTally *tally, ReunionOutcome outcome, guint n_cases)
{
  tally->issued += n_cases;
  tally->by_outcome[outcome] += n_cases;
}

guint
reunion_tally_get_found (const ReunionTally *tally)
{
  g_return_val_if_fail (tally != NULL, 0);

  return tally->issued - tally->by_outcome[REUNION_OUTCOME_NONE];
}

double
reunion_tally_get_found_percent (const ReunionTally *tally)
{
  g_return_val_if_fail (tally != NULL, 0.0);

  if (tally->issued == 0)
    return 0.0;
  return 100.0 * (double) reunion_tally_get_found (tally) / (double) tally->issued;
}

static void
reunion_statistics_finalize (GObject *object)
{
  g_hash_table_unref (REUNION_STATISTICS (object)->provinces);
  G_OBJECT_CLASS (reunion_statistics_parent_class)->finalize (object);
}

static void
reunion_statistics_class_init (ReunionStatisticsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reunion_statistics_finalize;
}

static void
reunion_statistics_init (ReunionStatistics *self)
{
  self->provinces = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

ReunionStatistics *
reunion_statistics_new (void)
{
  return g_object_new (REUNION_TYPE_STATISTICS, NULL);
}

void
reunion_statistics_set_period (ReunionStatistics *self, gint64 from_usec, gint64 to_usec)
{
  g_return_if_fail (REUNION_IS_STATISTICS (self));

  self->from_usec = from_usec;
  self->to_usec = to_usec;
}

gint64
reunion_statistics_get_from_usec (ReunionStatistics *self)
{
  g_return_val_if_fail (REUNION_IS_STATISTICS (self), 0);
  return self->from_usec;
}

gint64
reunion_statistics_get_to_usec (ReunionStatistics *self)
{
  g_return_val_if_fail (REUNION_IS_STATISTICS (self), 0);
  return self->to_usec;
}

void
reunion_statistics_add (ReunionStatistics *self,
                        const char *region,
                        ReunionOutcome outcome,
                        guint n_cases)
{
  const ReunionProvince *province;

  g_return_if_fail (REUNION_IS_STATISTICS (self) && outcome < REUNION_N_OUTCOMES);

  tally_add (&self->total, outcome, n_cases);
  province = reunion_province_find (region);
  if (province != NULL)
    {
      ReunionTally *tally = g_hash_table_lookup (self->provinces, province->code);

      if (tally == NULL)
        {
          tally = g_new0 (ReunionTally, 1);
          g_hash_table_insert (self->provinces, (gpointer) province->code, tally);
        }
      tally_add (tally, outcome, n_cases);
    }
}

const ReunionTally *
reunion_statistics_get_total (ReunionStatistics *self)
{
  g_return_val_if_fail (REUNION_IS_STATISTICS (self), NULL);

  return &self->total;
}

const ReunionTally *
reunion_statistics_get_province (ReunionStatistics *self, const char *region)
{
  const ReunionProvince *province = reunion_province_find (region);

  g_return_val_if_fail (REUNION_IS_STATISTICS (self), NULL);

  return province != NULL ? g_hash_table_lookup (self->provinces, province->code) : NULL;
}
