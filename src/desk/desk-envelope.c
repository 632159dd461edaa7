/* desk-envelope.c: how far the person of a case can have come, on the map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-envelope.h"

#include "reunion-travel.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A line that holds the whole country tells nothing. */
#define MOST_KM 5000.0

static const char *
get_wording (ReunionTravel travel)
{
  switch (travel)
    {
    case REUNION_TRAVEL_ROAD:
      return _("by road %.0f km");
    case REUNION_TRAVEL_RAIL:
      return _("by rail %.0f km");
    case REUNION_TRAVEL_FOOT:
    default:
      /* Translators: here and below: how far somebody can have come at most, on a
       * line around the place of loss */
      return _("on foot %.0f km");
    }
}

gboolean
desk_envelope_is_sought (ReunionCase *case_, gint64 now_usec)
{
  ReunionPoint point;

  /* A case with a circle of whatever radius, or a draft that would have one. */
  return case_ != NULL
         && reunion_case_get_radius_km (case_, reunion_policy_get_national (), now_usec) > 0.0
         && reunion_report_get_point (reunion_case_get_report (case_), &point);
}

static guint
fill (ReunionCase *case_, gint64 now_usec, ReunionEnvelope *envelopes)
{
  ReunionReport *report = reunion_case_get_report (case_);
  gint64 lost_usec = reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN, 0);
  int age_years = reunion_report_get_age_years (report, lost_usec);
  guint n_envelopes = 0;

  lost_usec = reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN_EARLIEST, lost_usec);
  for (guint i = 0; i < REUNION_N_TRAVELS; i++)
    {
      double reach_km = reunion_travel_get_reach_km (i, age_years, now_usec - lost_usec);

      /* Whole kilometres, so that they are not drawn anew every second. */
      reach_km = ceil (reach_km);
      if (reach_km < 1.0 || reach_km > MOST_KM)
        continue;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      envelopes[n_envelopes].label = g_strdup_printf (get_wording (i), reach_km);
#pragma GCC diagnostic pop
      envelopes[n_envelopes].radius_km = reach_km;
      envelopes[n_envelopes++].style = i;
    }
  return n_envelopes;
}

void
desk_envelope_show (ReunionMapView *view, ReunionCase *case_, gint64 now_usec, char **told)
{
  ReunionEnvelope envelopes[REUNION_N_TRAVELS] = { 0 };
  g_autoptr (GString) tells = g_string_new (NULL);
  ReunionPoint point = { 0.0, 0.0 };
  guint n_envelopes = 0;

  g_return_if_fail (REUNION_IS_MAP_VIEW (view) && told != NULL);

  if (desk_envelope_is_sought (case_, now_usec))
    {
      reunion_report_get_point (reunion_case_get_report (case_), &point);
      n_envelopes = fill (case_, now_usec, envelopes);
    }
  if (n_envelopes > 0)
    g_string_append_printf (tells, "%.9f %.9f", point.lat_deg, point.lon_deg);
  for (guint i = 0; i < n_envelopes; i++)
    g_string_append_printf (tells, "|%s", envelopes[i].label);
  if (*told == NULL || !g_str_equal (*told, tells->str))
    {
      reunion_map_view_set_envelopes (view, point, envelopes, n_envelopes);
      g_free (*told);
      *told = g_strdup (tells->str);
    }
  for (guint i = 0; i < n_envelopes; i++)
    g_free ((char *) envelopes[i].label);
}
