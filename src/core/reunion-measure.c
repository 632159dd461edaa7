/* reunion-measure.c: figures of many cases
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-measure.h"

#include "reunion-region.h"

#include <string.h>

struct _ReunionMeasure
{
  ReunionTally tally;
  GArray *approvals_usec;
  GArray *findings_usec;
  guint n_tips;
  guint by_tip[3]; /* no, yes, unknown */
};

struct _ReunionMeasures
{
  ReunionMeasure *nation;
  GHashTable *provinces; /* code -> ReunionMeasure */
  GHashTable *sexes;
  ReunionMeasure *ages[REUNION_N_AGE_BANDS];
};

static const struct
{
  const char *key;
  int up_to_years;
} bands[REUNION_N_AGE_BANDS] = {
  [REUNION_AGE_BAND_0_2] = { "0-2", 2 },          [REUNION_AGE_BAND_3_6] = { "3-6", 6 },
  [REUNION_AGE_BAND_7_12] = { "7-12", 12 },       [REUNION_AGE_BAND_13_17] = { "13-17", 17 },
  [REUNION_AGE_BAND_18_59] = { "18-59", 59 },     [REUNION_AGE_BAND_60] = { "60+", G_MAXINT },
  [REUNION_AGE_BAND_UNKNOWN] = { "unknown", -1 },
};

ReunionAgeBand
reunion_age_band_of (int age_years)
{
  ReunionAgeBand band = REUNION_AGE_BAND_0_2;

  if (age_years < 0)
    return REUNION_AGE_BAND_UNKNOWN;
  while (age_years > bands[band].up_to_years)
    band++;
  return band;
}

const char *
reunion_age_band_to_key (ReunionAgeBand band)
{
  g_return_val_if_fail (band < REUNION_N_AGE_BANDS, NULL);
  return bands[band].key;
}

gboolean
reunion_age_band_from_key (const char *key, ReunionAgeBand *band)
{
  g_return_val_if_fail (key != NULL && band != NULL, FALSE);

  for (guint i = 0; i < REUNION_N_AGE_BANDS; i++)
    if (strcmp (bands[i].key, key) == 0)
      {
        *band = i;
        return TRUE;
      }
  return FALSE;
}

static ReunionMeasure *
measure_new (void)
{
  ReunionMeasure *self = g_new0 (ReunionMeasure, 1);

  self->approvals_usec = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->findings_usec = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

static void
measure_free (ReunionMeasure *self)
{
  g_array_unref (self->approvals_usec);
  g_array_unref (self->findings_usec);
  g_free (self);
}

/* A clock that was set back between the two makes no time less than none. */
static void
add_span (GArray *spans, gint64 from_usec, gint64 to_usec)
{
  gint64 span_usec = MAX (0, to_usec - from_usec);

  if (from_usec > 0 && to_usec > 0)
    g_array_append_val (spans, span_usec);
}

static void
measure_add (ReunionMeasure *self, const ReunionFact *fact)
{
  gboolean is_found = fact->outcome != REUNION_OUTCOME_NONE;

  self->tally.issued++;
  self->tally.by_outcome[fact->outcome]++;
  self->n_tips += fact->n_tips;
  add_span (self->approvals_usec, fact->reported_usec, fact->published_usec);
  if (!is_found)
    return;
  add_span (self->findings_usec, fact->lost_usec, fact->closed_usec);
  self->by_tip[fact->found_by_tip < 0 ? 2 : fact->found_by_tip > 0]++;
}

const ReunionTally *
reunion_measure_get_tally (const ReunionMeasure *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return &self->tally;
}

/* The value that would stand at @place if they were sorted (C. A. R. Hoare, "Algorithm
 * 65: FIND", Communications of the ACM 4(7), 1961); puts them in another order. */
static gint64
select_at (GArray *spans, guint place)
{
  gint64 *values = (gint64 *) (gpointer) spans->data;
  gint64 low = 0, high = (gint64) spans->len - 1;

  while (low < high)
    {
      gint64 middle = values[low + (high - low) / 2];
      gint64 i = low, j = high;

      while (i <= j)
        {
          while (values[i] < middle)
            i++;
          while (middle < values[j])
            j--;
          if (i <= j)
            {
              gint64 value = values[i];

              values[i++] = values[j];
              values[j--] = value;
            }
        }
      if ((gint64) place <= j)
        high = j;
      else if ((gint64) place >= i)
        low = i;
      else
        break;
    }
  return values[place];
}

/* The smallest that so many of a hundred do not exceed (nearest rank). */
static gint64
get_percentile (GArray *spans, guint percent)
{
  guint64 rank = ((guint64) spans->len * percent + 99) / 100;

  return spans->len > 0 ? select_at (spans, (guint) MAX (rank, 1) - 1) : 0;
}

static ReunionSpan
get_span (GArray *spans)
{
  return (ReunionSpan){
    .n = spans->len,
    .p50_usec = get_percentile (spans, 50),
    .p90_usec = get_percentile (spans, 90),
  };
}

ReunionSpan
reunion_measure_get_approval (const ReunionMeasure *self)
{
  g_return_val_if_fail (self != NULL, (ReunionSpan){ 0 });
  return get_span (self->approvals_usec);
}

ReunionSpan
reunion_measure_get_finding (const ReunionMeasure *self)
{
  g_return_val_if_fail (self != NULL, (ReunionSpan){ 0 });
  return get_span (self->findings_usec);
}

guint
reunion_measure_get_n_tips (const ReunionMeasure *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_tips;
}

void
reunion_measure_get_found_by_tip (const ReunionMeasure *self, guint *yes, guint *no, guint *unknown)
{
  g_return_if_fail (self != NULL);

  *no = self->by_tip[0];
  *yes = self->by_tip[1];
  *unknown = self->by_tip[2];
}

ReunionMeasures *
reunion_measures_new (void)
{
  ReunionMeasures *self = g_new0 (ReunionMeasures, 1);

  self->nation = measure_new ();
  self->provinces
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) measure_free);
  self->sexes
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) measure_free);
  for (guint i = 0; i < REUNION_N_AGE_BANDS; i++)
    self->ages[i] = measure_new ();
  return self;
}

void
reunion_measures_free (ReunionMeasures *self)
{
  g_return_if_fail (self != NULL);

  measure_free (self->nation);
  g_hash_table_unref (self->provinces);
  g_hash_table_unref (self->sexes);
  for (guint i = 0; i < REUNION_N_AGE_BANDS; i++)
    measure_free (self->ages[i]);
  g_free (self);
}

void
reunion_measures_add (ReunionMeasures *self, const ReunionFact *fact)
{
  const ReunionProvince *province = reunion_province_find (fact->region);
  const char *sex = fact->sex != NULL && *fact->sex != '\0' ? fact->sex : "unknown";
  ReunionMeasure *measure;

  g_return_if_fail (self != NULL && fact->outcome < REUNION_N_OUTCOMES);

  measure_add (self->nation, fact);
  measure_add (self->ages[fact->age_band], fact);
  measure = g_hash_table_lookup (self->sexes, sex);
  if (measure == NULL)
    g_hash_table_insert (self->sexes, g_strdup (sex), measure = measure_new ());
  measure_add (measure, fact);
  if (province == NULL)
    return;
  measure = g_hash_table_lookup (self->provinces, province->code);
  if (measure == NULL)
    g_hash_table_insert (self->provinces, (gpointer) province->code, measure = measure_new ());
  measure_add (measure, fact);
}

static void
foreach_in_table (GHashTable *table, const char *group, ReunionMeasureFunc func, gpointer user_data)
{
  g_autoptr (GList) keys
      = g_list_sort (g_hash_table_get_keys (table), (GCompareFunc) (GCallback) strcmp);

  for (GList *l = keys; l != NULL; l = l->next)
    func (group, l->data, g_hash_table_lookup (table, l->data), user_data);
}

void
reunion_measures_foreach (ReunionMeasures *self, ReunionMeasureFunc func, gpointer user_data)
{
  g_return_if_fail (self != NULL && func != NULL);

  func ("nation", "nation", self->nation, user_data);
  foreach_in_table (self->provinces, "province", func, user_data);
  for (guint i = 0; i < REUNION_N_AGE_BANDS; i++)
    if (self->ages[i]->tally.issued > 0)
      func ("age", bands[i].key, self->ages[i], user_data);
  foreach_in_table (self->sexes, "sex", func, user_data);
}
