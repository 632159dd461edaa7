/* desk-map-words.c: what the map of a case shows, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-map-words.h"

#include "desk-case-model.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static char *
describe_circle (ReunionCase *case_, ReunionPolicy *policy, gint64 now_usec)
{
  g_autofree char *name = desk_case_model_format_name (case_);
  g_autofree char *radius = desk_case_model_format_radius (case_, policy, now_usec);
  const char *place
      = reunion_report_get_text (reunion_case_get_report (case_), REUNION_FIELD_PLACE);

  if (radius == NULL)
    return g_steal_pointer (&name);
  if (place == NULL || *place == '\0')
    /* Translators: name of the person, radius */
    return g_strdup_printf (_("%s: circle of %s"), name, radius);
  /* Translators: name of the person, radius, place of loss */
  return g_strdup_printf (_("%s: circle of %s around %s"), name, radius, place);
}

/* Square of the chord between two points of a sphere of radius 1. */
static double
get_chord2 (ReunionPoint a, ReunionPoint b)
{
  double across = sin ((b.lat_deg - a.lat_deg) * G_PI / 360.0);
  double along = sin ((b.lon_deg - a.lon_deg) * G_PI / 360.0);

  return 4.0
         * (across * across
            + cos (a.lat_deg * G_PI / 180.0) * cos (b.lat_deg * G_PI / 180.0) * along * along);
}

/* By the sphere first, which is up to 0.6 % off, and along the geodesic only where
 * that leaves a doubt: a geodesic for each of 100,000 tips would be felt. */
static double
find_nearest_km (ReunionPoint lost, const ReunionTipSet *tips)
{
  const double doubt = 1.013 * 1.013;
  guint n_left = 100; /* so many of one place need no more */
  guint n_tips = reunion_tip_set_get_n (tips);
  g_autofree double *chords2 = g_new (double, MAX (n_tips, 1));
  double least = INFINITY;
  double nearest_km = INFINITY;

  for (guint i = 0; i < n_tips; i++)
    {
      chords2[i] = get_chord2 (lost, reunion_tip_set_get (tips, i)->point);
      least = MIN (least, chords2[i]);
    }
  for (guint i = 0; i < n_tips && n_left > 0; i++)
    if (chords2[i] <= least * doubt)
      {
        nearest_km = MIN (nearest_km,
                          reunion_geodesy_distance_km (lost, reunion_tip_set_get (tips, i)->point));
        n_left--;
      }
  return nearest_km;
}

/* NULL when no tip or no place of loss is known. */
static char *
describe_nearest (ReunionCase *case_, const ReunionTipSet *tips)
{
  double nearest_km;
  ReunionPoint lost;

  if (!reunion_report_get_point (reunion_case_get_report (case_), &lost))
    return NULL;
  nearest_km = find_nearest_km (lost, tips);
  if (!isfinite (nearest_km))
    return NULL;
  return g_strdup_printf (_("nearest %.0f km"), nearest_km);
}

char *
desk_map_words_describe (ReunionCase *case_,
                         ReunionPolicy *policy,
                         gint64 now_usec,
                         const ReunionTipSet *tips)
{
  g_autofree char *circle = NULL;
  g_autofree char *count = NULL;
  g_autofree char *nearest = NULL;
  guint n = tips != NULL ? reunion_tip_set_get_n (tips) : 0;

  if (case_ == NULL)
    return NULL;
  circle = describe_circle (case_, policy, now_usec);
  count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u tip", "%u tips", n), n);
  nearest = n > 0 ? describe_nearest (case_, tips) : NULL;
  if (nearest == NULL)
    /* Translators: circle and place; number of tips */
    return g_strdup_printf (_("%s; %s"), circle, count);
  /* Translators: circle and place; number of tips, distance of the nearest */
  return g_strdup_printf (_("%s; %s, %s"), circle, count, nearest);
}
