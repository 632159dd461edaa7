/* desk-tip-model.c: what the window says of a tip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-tip-model.h"

#include "desk-widgets.h"

#include "reunion-time.h"

#include <glib/gi18n-lib.h>

static gboolean
get_distance_km (ReunionTip *tip, ReunionCase *case_, double *distance_km)
{
  ReunionPoint seen, lost;

  if (case_ == NULL || !reunion_tip_get_point (tip, &seen)
      || !reunion_report_get_point (reunion_case_get_report (case_), &lost))
    return FALSE;
  *distance_km = reunion_geodesy_distance_km (lost, seen);
  return TRUE;
}

char *
desk_tip_model_format_place (ReunionTip *tip, ReunionCase *case_)
{
  const char *place = reunion_tip_get_place (tip);
  double distance_km;

  if (place == NULL)
    place = _("Place not named");
  if (get_distance_km (tip, case_, &distance_km))
    /* Translators: the place of a tip, and its distance from the place of loss */
    return g_strdup_printf (_("%s · %.0f km away"), place, distance_km);
  return g_strdup (place);
}

char *
desk_tip_model_format_summary (ReunionTip *tip, gint64 now_usec)
{
  const char *text = reunion_tip_get_text (tip);
  gint64 ago_usec = MAX (now_usec - reunion_tip_get_received_usec (tip), 0);
  g_autofree char *ago = reunion_time_format_elapsed (ago_usec);

  if (text != NULL)
    /* Translators: how long ago a tip came in, and what it says */
    return g_strdup_printf (_("%s ago · %s"), ago, text);
  /* Translators: how long ago a tip came in */
  return g_strdup_printf (_("%s ago"), ago);
}

const char *
desk_tip_model_get_tone (ReunionTipState state)
{
  switch (state)
    {
    case REUNION_TIP_STATE_NEW:
      return "accent";
    case REUNION_TIP_STATE_CHECKING:
      return "warning";
    case REUNION_TIP_STATE_CREDIBLE:
    case REUNION_TIP_STATE_LED:
      return "success";
    case REUNION_TIP_STATE_DISMISSED:
    default:
      return "dim";
    }
}

GtkWidget *
desk_tip_model_make_mark (ReunionTipState state)
{
  static const char *const shapes[REUNION_N_TIP_STATES] = {
    [REUNION_TIP_STATE_NEW] = "●",      [REUNION_TIP_STATE_CHECKING] = "◆",
    [REUNION_TIP_STATE_CREDIBLE] = "▲", [REUNION_TIP_STATE_DISMISSED] = "✕",
    [REUNION_TIP_STATE_LED] = "★",
  };
  GtkWidget *label = gtk_label_new (shapes[state]);

  gtk_widget_add_css_class (label, "desk-mark");
  desk_widgets_set_tone (label, desk_tip_model_get_tone (state));
  gtk_widget_set_tooltip_text (label, reunion_tip_state_get_label (state));
  desk_widgets_set_name (label, reunion_tip_state_get_label (state));
  return label;
}
