/* test-travel.c: how far a person can have come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-travel.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

static const struct
{
  ReunionTravel travel;
  int age_years;
  gint64 elapsed_usec;
  double reach_km;
} reaches[] = {
  { REUNION_TRAVEL_FOOT, 2, HOUR, 4.32 },
  { REUNION_TRAVEL_FOOT, 4, HOUR, 4.32 },
  { REUNION_TRAVEL_FOOT, 5, HOUR, 5.292 },
  { REUNION_TRAVEL_FOOT, 7, HOUR, 5.292 },
  { REUNION_TRAVEL_FOOT, 8, HOUR, 6.732 },
  { REUNION_TRAVEL_FOOT, 80, 2 * HOUR, 13.464 },
  /* Nobody knows the age: as far as anybody walks. */
  { REUNION_TRAVEL_FOOT, -1, HOUR, 6.732 },
  { REUNION_TRAVEL_ROAD, 2, 65 * MINUTE, 130.0 },
  { REUNION_TRAVEL_ROAD, -1, 10 * HOUR, 1200.0 },
  { REUNION_TRAVEL_RAIL, 2, 3 * MINUTE, 0.0 },
  { REUNION_TRAVEL_RAIL, 2, 3 * MINUTE + 1, 0.0 },
  { REUNION_TRAVEL_RAIL, 2, 63 * MINUTE, 350.0 },
  { REUNION_TRAVEL_FOOT, 2, 0, 0.0 },
  { REUNION_TRAVEL_ROAD, 2, -HOUR, 0.0 },
  { REUNION_TRAVEL_RAIL, 2, G_MININT64, 0.0 },
};

static void
test_reach (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reaches); i++)
    {
      double reach_km = reunion_travel_get_reach_km (reaches[i].travel, reaches[i].age_years,
                                                     reaches[i].elapsed_usec);

      if (ABS (reach_km - reaches[i].reach_km) > 1e-3)
        g_error ("row %" G_GSIZE_FORMAT ": expected %.3f km, found %.3f", i, reaches[i].reach_km,
                 reach_km);
    }
}

static const struct
{
  double distance_km;
  double slack_km;
  int age_years;
  gint64 elapsed_usec;
  ReunionTravelVerdict verdict;
} verdicts[] = {
  { 3.0, 0.0, 13, HOUR, REUNION_TRAVEL_VERDICT_FOOT },
  { 5.0, 0.0, 2, HOUR, REUNION_TRAVEL_VERDICT_ROAD },
  { 5.0, 1.0, 2, HOUR, REUNION_TRAVEL_VERDICT_FOOT },
  { 6.732, 0.0, 13, HOUR, REUNION_TRAVEL_VERDICT_FOOT },
  { 6.74, 0.0, 13, HOUR, REUNION_TRAVEL_VERDICT_ROAD },
  { 120.0, 0.0, 13, HOUR, REUNION_TRAVEL_VERDICT_ROAD },
  { 120.1, 0.0, 13, HOUR, REUNION_TRAVEL_VERDICT_RAIL },
  { 350.0, 0.0, 13, 63 * MINUTE, REUNION_TRAVEL_VERDICT_RAIL },
  { 351.0, 0.0, 13, 63 * MINUTE, REUNION_TRAVEL_VERDICT_TOO_FAST },
  { 351.0, 2.0, 13, 63 * MINUTE, REUNION_TRAVEL_VERDICT_RAIL },
  /* What the table is for: 400 km in one hour. */
  { 400.0, 2.0, 2, HOUR, REUNION_TRAVEL_VERDICT_TOO_FAST },
  { 412.0, 2.0, 2, 65 * MINUTE, REUNION_TRAVEL_VERDICT_TOO_FAST },
  /* Hengshui to Zhengzhou overnight. */
  { 400.0, 2.0, 2, 8 * HOUR, REUNION_TRAVEL_VERDICT_ROAD },
  /* Zhijin to Guiyang in ten days. */
  { 150.0, 2.0, 13, 240 * HOUR, REUNION_TRAVEL_VERDICT_FOOT },
  { 0.0, 0.0, 13, 0, REUNION_TRAVEL_VERDICT_FOOT },
  { 1.0, 0.0, 13, 0, REUNION_TRAVEL_VERDICT_TOO_FAST },
  { 0.0, 0.0, 13, -1, REUNION_TRAVEL_VERDICT_BEFORE },
  { 400.0, 2.0, 13, -HOUR, REUNION_TRAVEL_VERDICT_BEFORE },
};

static void
test_judge (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      ReunionTravelVerdict verdict
          = reunion_travel_judge (verdicts[i].distance_km, verdicts[i].slack_km,
                                  verdicts[i].age_years, verdicts[i].elapsed_usec);

      if (verdict != verdicts[i].verdict)
        g_error ("row %" G_GSIZE_FORMAT ": expected %d, found %d", i, verdicts[i].verdict, verdict);
    }
}

/* More time never takes anybody less far, and no means is passed by a slower. */
static void
test_order (void)
{
  for (int age_years = -1; age_years < 20; age_years++)
    for (gint64 elapsed_usec = 0; elapsed_usec < 48 * HOUR; elapsed_usec += 7 * MINUTE)
      for (guint i = 0; i < REUNION_N_TRAVELS; i++)
        {
          double reach_km = reunion_travel_get_reach_km (i, age_years, elapsed_usec);

          g_assert_cmpfloat (reunion_travel_get_reach_km (i, age_years, elapsed_usec + MINUTE), >=,
                             reach_km);
          if (i > 0)
            g_assert_cmpfloat (reunion_travel_get_speed_km_h (i, age_years), >,
                               reunion_travel_get_speed_km_h (i - 1, age_years));
        }
}

static void
test_implausible (void)
{
  g_assert_true (reunion_travel_verdict_is_implausible (REUNION_TRAVEL_VERDICT_BEFORE));
  g_assert_true (reunion_travel_verdict_is_implausible (REUNION_TRAVEL_VERDICT_TOO_FAST));
  g_assert_false (reunion_travel_verdict_is_implausible (REUNION_TRAVEL_VERDICT_FOOT));
  g_assert_false (reunion_travel_verdict_is_implausible (REUNION_TRAVEL_VERDICT_ROAD));
  g_assert_false (reunion_travel_verdict_is_implausible (REUNION_TRAVEL_VERDICT_RAIL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/travel/reach", test_reach);
  g_test_add_func ("/travel/judge", test_judge);
  g_test_add_func ("/travel/order", test_order);
  g_test_add_func ("/travel/implausible", test_implausible);
  return g_test_run ();
}
