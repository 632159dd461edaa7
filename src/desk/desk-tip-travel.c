/* desk-tip-travel.c: whether the person can have come to where somebody saw them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-tip-travel.h"

#include "desk-widgets.h"

#include "reunion-time.h"

#include <glib/gi18n-lib.h>

/* People name a street or a station, and the map puts it somewhere. */
#define SLACK_KM 2.0
/* After a day the table says no more than that there was time. */
#define LONG_USEC G_TIME_SPAN_DAY

static gboolean
measure (ReunionTip *tip,
         ReunionCase *case_,
         double *distance_km,
         gint64 *elapsed_usec,
         int *age_years)
{
  ReunionReport *report;
  ReunionPoint lost, seen;
  gint64 lost_usec, seen_usec;

  if (tip == NULL || case_ == NULL)
    return FALSE;
  report = reunion_case_get_report (case_);
  lost_usec = reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN_EARLIEST,
                                      reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN, 0));
  seen_usec = reunion_tip_get_seen_usec (tip);
  if (seen_usec <= 0)
    seen_usec = reunion_tip_get_received_usec (tip);
  if (lost_usec <= 0 || seen_usec <= 0 || !reunion_report_get_point (report, &lost)
      || !reunion_tip_get_point (tip, &seen))
    return FALSE;
  *distance_km = reunion_geodesy_distance_km (lost, seen);
  *elapsed_usec = seen_usec - lost_usec;
  *age_years = reunion_report_get_age_years (report, lost_usec);
  return TRUE;
}

gboolean
desk_tip_travel_judge (ReunionTip *tip, ReunionCase *case_, ReunionTravelVerdict *verdict)
{
  double distance_km;
  gint64 elapsed_usec;
  int age_years;

  g_return_val_if_fail (verdict != NULL, FALSE);

  if (!measure (tip, case_, &distance_km, &elapsed_usec, &age_years))
    return FALSE;
  *verdict = reunion_travel_judge (distance_km, SLACK_KM, age_years, elapsed_usec);
  return TRUE;
}

static const char *
get_wording (ReunionTravelVerdict verdict, gint64 elapsed_usec)
{
  switch (verdict)
    {
    case REUNION_TRAVEL_VERDICT_BEFORE:
      /* Translators: time by which somebody was seen too early */
      return _("Seen %s before the person was lost");
    case REUNION_TRAVEL_VERDICT_TOO_FAST:
      /* Translators: here and below: distance, time */
      return _("%s in %s: faster than any train");
    case REUNION_TRAVEL_VERDICT_RAIL:
      return _("%s in %s: by fast train only");
    case REUNION_TRAVEL_VERDICT_FOOT:
    case REUNION_TRAVEL_VERDICT_ROAD:
    default:
      if (elapsed_usec >= LONG_USEC)
        return _("%s in %s: there was time enough");
      return verdict == REUNION_TRAVEL_VERDICT_FOOT ? _("%s in %s: possible on foot")
                                                    : _("%s in %s: possible by road");
    }
}

char *
desk_tip_travel_format (ReunionTip *tip, ReunionCase *case_)
{
  ReunionTravelVerdict verdict;
  double distance_km;
  gint64 elapsed_usec;
  int age_years;
  g_autofree char *distance = NULL;
  g_autofree char *elapsed = NULL;

  if (!desk_tip_travel_judge (tip, case_, &verdict)
      || !measure (tip, case_, &distance_km, &elapsed_usec, &age_years))
    return NULL;
  elapsed = reunion_time_format_elapsed (ABS (elapsed_usec));
  /* Translators: a distance */
  distance = g_strdup_printf (distance_km < 9.95 ? _("%.1f km") : _("%.0f km"), distance_km);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  if (verdict == REUNION_TRAVEL_VERDICT_BEFORE)
    return g_strdup_printf (get_wording (verdict, elapsed_usec), elapsed);
  return g_strdup_printf (get_wording (verdict, elapsed_usec), distance, elapsed);
#pragma GCC diagnostic pop
}

GtkWidget *
desk_tip_travel_make_line (ReunionTip *tip, ReunionCase *case_)
{
  ReunionTravelVerdict verdict;
  g_autofree char *text = desk_tip_travel_format (tip, case_);
  GtkWidget *line, *icon, *label;
  gboolean is_implausible;

  if (text == NULL || !desk_tip_travel_judge (tip, case_, &verdict))
    return NULL;
  is_implausible = reunion_travel_verdict_is_implausible (verdict);
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  icon = gtk_image_new_from_icon_name (is_implausible ? "dialog-warning-symbolic"
                                       : verdict == REUNION_TRAVEL_VERDICT_RAIL
                                           ? "dialog-question-symbolic"
                                           : "emblem-ok-symbolic");
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), label);
  desk_widgets_set_tone (line, is_implausible ? "warning" : "dim");
  gtk_widget_add_css_class (label, is_implausible ? "caption-heading" : "caption");
  return line;
}
