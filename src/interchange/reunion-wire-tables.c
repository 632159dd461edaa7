/* reunion-wire-tables.c: the escalation policy and the statistics as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-wire.h"

#include "reunion-region.h"

#define MAX_STAGES 64
#define MAX_LEVELS (REUNION_REVIEW_MAX_DIGITS + 1)
/* More than were ever issued, and few enough that no sum overflows. */
#define MAX_CASES 10000000

static JsonArray *
levels_to_array (ReunionPolicy *policy)
{
  JsonArray *levels = json_array_new ();
  gsize n_levels = reunion_policy_get_n_levels (policy);

  for (gsize i = 0; i < n_levels; i++)
    {
      const ReunionReviewLevel *level = reunion_policy_get_level (policy, i);
      JsonObject *row = json_object_new ();

      json_object_set_int_member (row, "region_digits", level->region_digits);
      if (i + 1 < n_levels)
        json_object_set_int_member (row, "wait_seconds", level->wait_usec / REUNION_SECOND_USEC);
      json_array_add_object_element (levels, row);
    }
  return levels;
}

JsonObject *
reunion_wire_policy_to_object (ReunionPolicy *policy)
{
  JsonObject *object = json_object_new ();
  JsonArray *stages = json_array_new ();

  for (gsize i = 0; i < reunion_policy_get_n_stages (policy); i++)
    {
      const ReunionStage *stage = reunion_policy_get_stage (policy, i);
      JsonObject *row = json_object_new ();

      json_object_set_int_member (row, "after_seconds", stage->after_usec / REUNION_SECOND_USEC);
      json_object_set_double_member (row, "radius_km", stage->radius_km);
      json_array_add_object_element (stages, row);
    }
  json_object_set_array_member (object, "stages", stages);
  json_object_set_array_member (object, "review_levels", levels_to_array (policy));
  return object;
}

/* -1 with @error set. */
static int
read_levels (JsonObject *object, ReunionReviewLevel levels[MAX_LEVELS], GError **error)
{
  JsonArray *array;
  guint n_levels;

  if (!json_object_has_member (object, "review_levels"))
    return 0;
  array = reunion_json_get_array (object, "review_levels", error);
  if (array == NULL)
    return -1;
  n_levels = json_array_get_length (array);
  if (n_levels == 0 || n_levels > MAX_LEVELS)
    {
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_SIZE,
                   "A policy has 1 to %d levels of review.", MAX_LEVELS);
      return -1;
    }
  for (guint i = 0; i < n_levels; i++)
    {
      JsonObject *row = reunion_json_array_get_object (array, i, error);
      gint64 region_digits, wait_seconds = 0;

      if (row == NULL || !reunion_json_get_int (row, "region_digits", &region_digits, error)
          || !reunion_json_read_int (row, "wait_seconds", &wait_seconds, error))
        return -1;
      levels[i].region_digits = (guint) CLAMP (region_digits, 0, G_MAXINT);
      levels[i].wait_usec = CLAMP (wait_seconds, -1, G_MAXINT) * REUNION_SECOND_USEC;
    }
  return (int) n_levels;
}

ReunionPolicy *
reunion_wire_policy_from_object (JsonObject *object, GError **error)
{
  ReunionStage stages[MAX_STAGES];
  ReunionReviewLevel levels[MAX_LEVELS];
  JsonArray *array;
  guint n_stages;
  int n_levels;

  g_return_val_if_fail (object != NULL, NULL);

  array = reunion_json_get_array (object, "stages", error);
  if (array == NULL)
    return NULL;
  n_stages = json_array_get_length (array);
  if (n_stages > MAX_STAGES)
    {
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_SIZE,
                   "An escalation policy has at most %d stages.", MAX_STAGES);
      return NULL;
    }
  for (guint i = 0; i < n_stages; i++)
    {
      JsonObject *row = reunion_json_array_get_object (array, i, error);
      gint64 after_seconds;

      if (row == NULL || !reunion_json_get_int (row, "after_seconds", &after_seconds, error)
          || !reunion_json_get_double (row, "radius_km", &stages[i].radius_km, error))
        return NULL;
      stages[i].after_usec = CLAMP (after_seconds, -1, G_MAXINT) * REUNION_SECOND_USEC;
    }
  n_levels = read_levels (object, levels, error);
  if (n_levels < 0)
    return NULL;
  return reunion_policy_new_with_levels (stages, n_stages, levels, (gsize) n_levels, error);
}

static JsonObject *
tally_to_object (const ReunionTally *tally)
{
  JsonObject *object = json_object_new ();
  JsonObject *outcomes = json_object_new ();

  json_object_set_int_member (object, "issued", tally->issued);
  json_object_set_int_member (object, "found", reunion_tally_get_found (tally));
  for (guint i = 0; i < REUNION_N_OUTCOMES; i++)
    json_object_set_int_member (outcomes, reunion_outcome_to_key (i), tally->by_outcome[i]);
  json_object_set_object_member (object, "outcomes", outcomes);
  return object;
}

static JsonObject *
period_to_object (ReunionStatistics *statistics)
{
  JsonObject *object = json_object_new ();
  JsonObject *provinces = json_object_new ();
  const ReunionProvince *all;
  gsize n_provinces;

  reunion_json_put_time (object, "from", reunion_statistics_get_from_usec (statistics));
  reunion_json_put_time (object, "to", reunion_statistics_get_to_usec (statistics));
  json_object_set_object_member (object, "nation",
                                 tally_to_object (reunion_statistics_get_total (statistics)));
  all = reunion_province_get_all (&n_provinces);
  for (gsize i = 0; i < n_provinces; i++)
    {
      const ReunionTally *tally = reunion_statistics_get_province (statistics, all[i].code);

      if (tally != NULL)
        json_object_set_object_member (provinces, all[i].code, tally_to_object (tally));
    }
  json_object_set_object_member (object, "provinces", provinces);
  return object;
}

JsonObject *
reunion_wire_statistics_to_object (GPtrArray *periods)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < periods->len; i++)
    json_array_add_object_element (array, period_to_object (periods->pdata[i]));
  json_object_set_array_member (object, "periods", array);
  return object;
}

/* Adds the outcomes of @tally to @region; a region that no province has counts
 * for the nation alone. */
static gboolean
add_outcomes (ReunionStatistics *statistics,
              const char *region,
              JsonObject *tally,
              gint64 sums[REUNION_N_OUTCOMES],
              GError **error)
{
  JsonObject *outcomes = reunion_json_get_object (tally, "outcomes", error);

  if (outcomes == NULL)
    return FALSE;
  for (guint i = 0; i < REUNION_N_OUTCOMES; i++)
    {
      gint64 n_cases = 0;

      if (!reunion_json_read_int (outcomes, reunion_outcome_to_key (i), &n_cases, error))
        return FALSE;
      if (n_cases < 0 || n_cases > MAX_CASES)
        {
          g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                       "“%s” must be from 0 to %d.", reunion_outcome_to_key (i), MAX_CASES);
          return FALSE;
        }
      /* Without a region: what the provinces do not account for. */
      if (region == NULL)
        n_cases = MAX (0, n_cases - sums[i]);
      if (n_cases > 0)
        reunion_statistics_add (statistics, region, i, (guint) n_cases);
      sums[i] += n_cases;
    }
  return TRUE;
}

static ReunionStatistics *
period_from_object (JsonObject *object, GError **error)
{
  g_autoptr (ReunionStatistics) statistics = reunion_statistics_new ();
  gint64 sums[REUNION_N_OUTCOMES] = { 0 };
  JsonObject *nation, *provinces;
  const ReunionProvince *all;
  gsize n_provinces;
  gint64 from_usec = 0, to_usec = 0;

  if (!reunion_json_read_time (object, "from", &from_usec, error)
      || !reunion_json_read_time (object, "to", &to_usec, error))
    return NULL;
  reunion_statistics_set_period (statistics, from_usec, to_usec);
  if ((nation = reunion_json_get_object (object, "nation", error)) == NULL
      || (provinces = reunion_json_get_object (object, "provinces", error)) == NULL)
    return NULL;
  all = reunion_province_get_all (&n_provinces);
  for (gsize i = 0; i < n_provinces; i++)
    {
      JsonObject *tally;

      if (!json_object_has_member (provinces, all[i].code))
        continue;
      tally = reunion_json_get_object (provinces, all[i].code, error);
      if (tally == NULL || !add_outcomes (statistics, all[i].code, tally, sums, error))
        return NULL;
    }
  if (!add_outcomes (statistics, NULL, nation, sums, error))
    return NULL;
  return g_steal_pointer (&statistics);
}

GPtrArray *
reunion_wire_statistics_from_object (JsonObject *object, GError **error)
{
  g_autoptr (GPtrArray) periods = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array;

  g_return_val_if_fail (object != NULL, NULL);

  array = reunion_json_get_array (object, "periods", error);
  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *element = reunion_json_array_get_object (array, i, error);
      ReunionStatistics *statistics = element != NULL ? period_from_object (element, error) : NULL;

      if (statistics == NULL)
        return NULL;
      g_ptr_array_add (periods, statistics);
    }
  return g_steal_pointer (&periods);
}
