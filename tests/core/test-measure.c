/* test-measure.c: tests of the figures of many cases
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-measure.h"
#include "test-helpers.h"

#include <stdlib.h>

static void
test_age_bands (void)
{
  static const struct
  {
    int age_years;
    const char *key;
  } rows[]
      = { { -1, "unknown" }, { 0, "0-2" },   { 2, "0-2" },    { 3, "3-6" },       { 6, "3-6" },
          { 7, "7-12" },     { 12, "7-12" }, { 13, "13-17" }, { 17, "13-17" },    { 18, "18-59" },
          { 59, "18-59" },   { 60, "60+" },  { 120, "60+" },  { G_MAXINT, "60+" } };
  ReunionAgeBand band = REUNION_AGE_BAND_UNKNOWN;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *key = reunion_age_band_to_key (reunion_age_band_of (rows[i].age_years));

      test_expect_string ("age band", rows[i].key, key);
      g_assert_true (reunion_age_band_from_key (key, &band));
      test_expect_int ("and back", reunion_age_band_of (rows[i].age_years), band);
    }
  g_assert_false (reunion_age_band_from_key ("0-3", &band));
}

static int
compare (const void *a, const void *b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

typedef struct
{
  ReunionSpan span;
} Found;

static void
take_nation (const char *group, const char *key, const ReunionMeasure *measure, gpointer user_data)
{
  Found *found = user_data;

  if (g_str_equal (group, "nation"))
    found->span = reunion_measure_get_approval (measure);
}

/* Against the sorted list, for each length and many kinds of contents. */
static void
test_percentiles (void)
{
  g_autoptr (GRand) random_state = g_rand_new_with_seed (20160515);

  for (guint n = 0; n < 400; n++)
    {
      g_autoptr (ReunionMeasures) measures = reunion_measures_new ();
      g_autofree gint64 *spans = g_new0 (gint64, MAX (n, 1));
      gint32 range = n % 3 == 0 ? 2 : n % 3 == 1 ? 10 : G_MAXINT32;
      Found found;

      for (guint i = 0; i < n; i++)
        {
          ReunionFact fact = {
            .region = "52", .sex = "", .reported_usec = 1, .age_band = REUNION_AGE_BAND_UNKNOWN
          };

          spans[i] = n % 5 == 4 ? (gint64) i : g_rand_int_range (random_state, 0, range);
          fact.published_usec = 1 + spans[i];
          reunion_measures_add (measures, &fact);
        }
      qsort (spans, n, sizeof *spans, compare);
      reunion_measures_foreach (measures, take_nation, &found);
      test_expect_int ("n", n, found.span.n);
      /* The middle one, or the lower of two; nine of ten do not exceed the other. */
      test_expect_int ("p50", n > 0 ? spans[(n + 1) / 2 - 1] : 0, found.span.p50_usec);
      test_expect_int ("p90", n > 0 ? spans[(9 * n + 9) / 10 - 1] : 0, found.span.p90_usec);
    }
}

static void
list_cb (const char *group, const char *key, const ReunionMeasure *measure, gpointer user_data)
{
  guint yes, no, unknown;

  reunion_measure_get_found_by_tip (measure, &yes, &no, &unknown);
  g_string_append_printf (user_data, "%s %s %u %u %u %u/%u/%u\n", group, key,
                          reunion_measure_get_tally (measure)->issued,
                          reunion_tally_get_found (reunion_measure_get_tally (measure)),
                          reunion_measure_get_n_tips (measure), yes, no, unknown);
}

static void
test_groups (void)
{
  static const ReunionFact facts[] = {
    { "520524", REUNION_OUTCOME_LOST, "male", REUNION_AGE_BAND_7_12, 1, 2, 3, 4, 1, 3 },
    { "110105", REUNION_OUTCOME_NONE, "female", REUNION_AGE_BAND_0_2, 1, 2, 3, 0, 0, 2 },
    { "990000", REUNION_OUTCOME_OTHER, "", REUNION_AGE_BAND_UNKNOWN, 0, 0, 3, 4, -1, 0 },
    { "52", REUNION_OUTCOME_LOST, "male", REUNION_AGE_BAND_7_12, 1, 2, 3, 4, 0, 0 },
  };
  g_autoptr (ReunionMeasures) measures = reunion_measures_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  reunion_measures_foreach (measures, list_cb, text);
  test_expect_string ("nothing", "nation nation 0 0 0 0/0/0\n", text->str);
  g_string_set_size (text, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    reunion_measures_add (measures, &facts[i]);
  reunion_measures_foreach (measures, list_cb, text);
  test_expect_string ("groups",
                      "nation nation 4 3 5 1/1/1\n"
                      "province 11 1 0 2 0/0/0\n"
                      "province 52 2 2 3 1/1/0\n"
                      "age 0-2 1 0 2 0/0/0\n"
                      "age 7-12 2 2 3 1/1/0\n"
                      "age unknown 1 1 0 0/0/1\n"
                      "sex female 1 0 2 0/0/0\n"
                      "sex male 2 2 3 1/1/0\n"
                      "sex unknown 1 1 0 0/0/1\n",
                      text->str);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/measure/age-bands", test_age_bands);
  g_test_add_func ("/measure/percentiles", test_percentiles);
  g_test_add_func ("/measure/groups", test_groups);
  return g_test_run ();
}
