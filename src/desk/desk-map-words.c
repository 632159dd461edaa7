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

/* NULL when no tip or no place of loss is known. */
static char *
describe_nearest (ReunionCase *case_, const ReunionTipSet *tips)
{
  double nearest_km = INFINITY;
  ReunionPoint lost;

  if (!reunion_report_get_point (reunion_case_get_report (case_), &lost))
    return NULL;
  for (guint i = 0; i < reunion_tip_set_get_n (tips); i++)
    nearest_km = MIN (nearest_km,
                      reunion_geodesy_distance_km (lost, reunion_tip_set_get (tips, i)->point));
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
