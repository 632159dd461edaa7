/* reunion-travel.c: how far a person can have come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-travel.h"

typedef struct
{
  double speed_km_h;
  gint64 delay_usec;
} Means;

/* Sources stand in the header. */
static const Means means[REUNION_N_TRAVELS] = {
  [REUNION_TRAVEL_FOOT] = { 0.0, 0 },
  [REUNION_TRAVEL_ROAD] = { 120.0, 0 },
  [REUNION_TRAVEL_RAIL] = { 350.0, 3 * G_TIME_SPAN_MINUTE },
};

static const struct
{
  int below_years;
  double speed_m_s;
} walkers[] = {
  { 5, 1.20 },
  { 8, 1.47 },
  { G_MAXINT, 1.87 },
};

static double
walking_km_h (int age_years)
{
  gsize last = G_N_ELEMENTS (walkers) - 1;

  for (gsize i = 0; i < last && age_years >= 0; i++)
    if (age_years < walkers[i].below_years)
      return walkers[i].speed_m_s * 3.6;
  return walkers[last].speed_m_s * 3.6;
}

double
reunion_travel_get_speed_km_h (ReunionTravel travel, int age_years)
{
  g_return_val_if_fail ((guint) travel < REUNION_N_TRAVELS, 0.0);

  return travel == REUNION_TRAVEL_FOOT ? walking_km_h (age_years) : means[travel].speed_km_h;
}

gint64
reunion_travel_get_delay_usec (ReunionTravel travel)
{
  g_return_val_if_fail ((guint) travel < REUNION_N_TRAVELS, 0);

  return means[travel].delay_usec;
}

double
reunion_travel_get_reach_km (ReunionTravel travel, int age_years, gint64 elapsed_usec)
{
  g_return_val_if_fail ((guint) travel < REUNION_N_TRAVELS, 0.0);

  if (elapsed_usec <= means[travel].delay_usec)
    return 0.0;
  return reunion_travel_get_speed_km_h (travel, age_years)
         * ((double) (elapsed_usec - means[travel].delay_usec) / (double) G_TIME_SPAN_HOUR);
}

ReunionTravelVerdict
reunion_travel_judge (double distance_km, double slack_km, int age_years, gint64 elapsed_usec)
{
  g_return_val_if_fail (distance_km >= 0.0 && slack_km >= 0.0, REUNION_TRAVEL_VERDICT_TOO_FAST);

  if (elapsed_usec < 0)
    return REUNION_TRAVEL_VERDICT_BEFORE;
  for (guint i = 0; i < REUNION_N_TRAVELS; i++)
    if (distance_km - slack_km <= reunion_travel_get_reach_km (i, age_years, elapsed_usec))
      return REUNION_TRAVEL_VERDICT_FOOT + i;
  return REUNION_TRAVEL_VERDICT_TOO_FAST;
}

gboolean
reunion_travel_verdict_is_implausible (ReunionTravelVerdict verdict)
{
  return verdict == REUNION_TRAVEL_VERDICT_BEFORE || verdict == REUNION_TRAVEL_VERDICT_TOO_FAST;
}
