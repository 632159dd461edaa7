/* reunion-travel.h: how far a person can have come
 *
 * Upper bounds, to tell what cannot be: along a straight line, without a rest
 * or a wait on the way, at the greatest speed that the means may have. What lies
 * inside need not be likely; what lies outside was not reached that way. Flying
 * is not among the means: to be beyond the fastest train is what these tell.
 *
 * Speeds, and where they come from:
 *
 * - On foot, by age: the mean comfortable speed and two standard deviations.
 *   J. M. Hausdorff and others, "Maturation of gait dynamics", J. Appl. Physiol.
 *   86, 1040-1047 (1999): 3 and 4 years, 1.00 m/s, standard error 0.03 (11
 *   children), hence 1.20 m/s; 6 and 7 years, 1.20 m/s, standard error 0.03 (20
 *   children), hence 1.47 m/s. S. Ahmedov and others, "Walking speed gender
 *   differences in prepubertal children", Cyprus J. Med. Sci. 7, 404-408 (2022):
 *   12.65 years, girls, 1.43 m/s, deviation 0.22 (457 children in all), hence
 *   1.87 m/s, taken from 8 years on and where the age is not known: grown people
 *   choose much the same, 1.42 m/s on the average.
 * - By road: 120 km/h, the most on an expressway: Road Traffic Safety Law of the
 *   People's Republic of China, article 67, and the Regulation for its
 *   implementation, article 78.
 * - By rail: 350 km/h, as trains run between Beijing and Shanghai since
 *   21 September 2017; and 3 minutes before the departure, when the last gates
 *   close.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReunionTravel:
 * @REUNION_TRAVEL_FOOT: walking
 * @REUNION_TRAVEL_ROAD: in a car
 * @REUNION_TRAVEL_RAIL: on the fastest train
 *
 * Means of travel, the slowest first.
 */
typedef enum
{
  REUNION_TRAVEL_FOOT,
  REUNION_TRAVEL_ROAD,
  REUNION_TRAVEL_RAIL,
} ReunionTravel;

#define REUNION_N_TRAVELS (REUNION_TRAVEL_RAIL + 1)

/**
 * ReunionTravelVerdict:
 * @REUNION_TRAVEL_VERDICT_BEFORE: seen before the loss
 * @REUNION_TRAVEL_VERDICT_FOOT: can have walked
 * @REUNION_TRAVEL_VERDICT_ROAD: can have come by road
 * @REUNION_TRAVEL_VERDICT_RAIL: can have come by the fastest train only
 * @REUNION_TRAVEL_VERDICT_TOO_FAST: no train is as fast
 */
typedef enum
{
  REUNION_TRAVEL_VERDICT_BEFORE,
  REUNION_TRAVEL_VERDICT_FOOT,
  REUNION_TRAVEL_VERDICT_ROAD,
  REUNION_TRAVEL_VERDICT_RAIL,
  REUNION_TRAVEL_VERDICT_TOO_FAST,
} ReunionTravelVerdict;

/* Speed in kilometres an hour. @age_years: -1 where it is not known; matters on
 * foot alone. */
double reunion_travel_get_speed_km_h (ReunionTravel travel, int age_years);

/* Before this nobody is under way, in microseconds. */
gint64 reunion_travel_get_delay_usec (ReunionTravel travel);

/* How far off a person may be @elapsed_usec after the loss, in kilometres; 0
 * before it. */
double reunion_travel_get_reach_km (ReunionTravel travel, int age_years, gint64 elapsed_usec);

/* The slowest means that explains being @distance_km away at @elapsed_usec. Up
 * to @slack_km are put down to the place being told roughly. */
ReunionTravelVerdict
reunion_travel_judge (double distance_km, double slack_km, int age_years, gint64 elapsed_usec);

/* Whether somebody who was seen so can't have been the person. */
gboolean reunion_travel_verdict_is_implausible (ReunionTravelVerdict verdict);

G_END_DECLS
