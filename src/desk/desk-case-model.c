/* desk-case-model.c: what the window says of a case at a given instant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-case-model.h"

#include "reunion-time.h"

#include <glib/gi18n-lib.h>

static void
ring_free (DeskRing *ring)
{
  g_free (ring->label);
  g_free (ring);
}

static char *
format_km (double radius_km)
{
  /* Translators: a radius */
  return g_strdup_printf (_("%.0f km"), radius_km);
}

double
desk_case_model_get_radius_km (ReunionCase *case_, ReunionPolicy *policy, gint64 now_usec)
{
  return reunion_case_get_radius_km (case_, policy, now_usec);
}

static char *
format_ring (const ReunionStage *stage, gint64 elapsed_usec)
{
  g_autofree char *radius = format_km (stage->radius_km);
  g_autofree char *wait = NULL;

  if (elapsed_usec >= stage->after_usec)
    return g_steal_pointer (&radius);
  wait = reunion_time_format_elapsed (stage->after_usec - elapsed_usec);
  /* Translators: on a circle that is still to come: "300 km in 42 min" */
  return g_strdup_printf (_("%s in %s"), radius, wait);
}

/* Never negative: the clock starts with the loss. */
static gint64
get_elapsed_at (ReunionCase *case_, gint64 moment_usec)
{
  return MAX (0, moment_usec
                     - reunion_report_get_int (reunion_case_get_report (case_),
                                               REUNION_FIELD_LAST_SEEN, moment_usec));
}

GPtrArray *
desk_case_model_get_rings (ReunionCase *case_, ReunionPolicy *policy, gint64 now_usec)
{
  if (reunion_case_get_radius_km (case_, policy, now_usec) <= 0.0)
    return NULL;
  return desk_case_model_get_rings_at (case_, policy, now_usec);
}

GPtrArray *
desk_case_model_get_rings_at (ReunionCase *case_, ReunionPolicy *policy, gint64 moment_usec)
{
  ReunionReport *report = reunion_case_get_report (case_);
  gint64 elapsed_usec = get_elapsed_at (case_, moment_usec);
  guint reached = 0;
  GPtrArray *rings;
  ReunionPoint middle;

  if (!reunion_report_has (report, REUNION_FIELD_LAST_SEEN)
      || !reunion_report_get_point (report, &middle))
    return NULL;
  reached = reunion_policy_stage_at (policy, elapsed_usec)->id;
  rings = g_ptr_array_new_with_free_func ((GDestroyNotify) ring_free);
  for (gsize i = 0; i < reunion_policy_get_n_stages (policy); i++)
    {
      const ReunionStage *stage = reunion_policy_get_stage (policy, i);
      DeskRing *ring;

      /* Circles left behind say nothing any more. */
      if (stage->id < reached)
        continue;
      ring = g_new0 (DeskRing, 1);
      ring->radius_km = stage->radius_km;
      ring->is_reached = stage->id == reached;
      ring->label = format_ring (stage, elapsed_usec);
      g_ptr_array_add (rings, ring);
    }
  return rings;
}

char *
desk_case_model_format_moment (ReunionCase *case_, ReunionPolicy *policy, gint64 moment_usec)
{
  gint64 elapsed_usec = get_elapsed_at (case_, moment_usec);
  g_autofree char *elapsed = reunion_time_format_elapsed (elapsed_usec);
  g_autofree char *radius = format_km (reunion_policy_radius_km_at (policy, elapsed_usec));

  if (!reunion_report_has (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN))
    return g_strdup ("");
  /* Translators: time since the loss, radius of the circle */
  return g_strdup_printf (_("%s after the loss, %s"), elapsed, radius);
}

char *
desk_case_model_format_name (ReunionCase *case_)
{
  const char *name = reunion_report_get_text (reunion_case_get_report (case_), REUNION_FIELD_NAME);

  return g_strdup (name != NULL ? name : _("Name unknown"));
}

static GDateTime *
to_local (gint64 usec)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (usec / G_USEC_PER_SEC);

  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

char *
desk_case_model_format_title (ReunionCase *case_, gint64 now_usec)
{
  gint64 begun_usec = reunion_case_get_created_usec (case_);
  g_autoptr (GDateTime) begun = to_local (begun_usec);
  g_autoptr (GDateTime) now = to_local (now_usec);
  g_autofree char *when = NULL;

  if (reunion_report_has (reunion_case_get_report (case_), REUNION_FIELD_NAME) || begun_usec == 0
      || reunion_case_get_state (case_) != REUNION_CASE_STATE_DRAFT || begun == NULL || now == NULL)
    return desk_case_model_format_name (case_);
  if (g_date_time_get_year (begun) == g_date_time_get_year (now)
      && g_date_time_get_day_of_year (begun) == g_date_time_get_day_of_year (now))
    when = g_date_time_format (begun, "%H:%M");
  else
    when = g_date_time_format (begun, "%m-%d %H:%M");
  /* Translators: a report without a name yet; a time, or a day and a time */
  return g_strdup_printf (_("Unnamed, begun %s"), when);
}

char *
desk_case_model_format_person (ReunionCase *case_, gint64 now_usec)
{
  ReunionReport *report = reunion_case_get_report (case_);
  const char *sex = reunion_report_get_text (report, REUNION_FIELD_SEX);
  int age_years = reunion_report_get_age_years (report, now_usec);

  if (sex != NULL)
    sex = reunion_field_get_choice_label (REUNION_FIELD_SEX, sex);
  if (age_years >= 0 && sex != NULL)
    /* Translators: age in years, and sex */
    return g_strdup_printf (_("%d, %s"), age_years, sex);
  if (age_years >= 0)
    /* Translators: a person's age in years, standing alone */
    return g_strdup_printf (C_("age", "%d"), age_years);
  return g_strdup (sex != NULL ? sex : "");
}

char *
desk_case_model_format_elapsed (ReunionCase *case_, gint64 now_usec)
{
  gint64 elapsed_usec = reunion_case_get_elapsed_usec (case_, now_usec);

  return elapsed_usec >= 0 ? reunion_time_format_elapsed (elapsed_usec) : g_strdup ("");
}

char *
desk_case_model_format_radius (ReunionCase *case_, ReunionPolicy *policy, gint64 now_usec)
{
  double radius_km = reunion_case_get_radius_km (case_, policy, now_usec);

  return radius_km > 0.0 ? format_km (radius_km) : NULL;
}

char *
desk_case_model_format_next_change (ReunionCase *case_, ReunionPolicy *policy, gint64 now_usec)
{
  gint64 change_usec = reunion_case_get_next_change_usec (case_, policy, now_usec);
  g_autofree char *wait = NULL;
  g_autofree char *radius = NULL;
  gint64 elapsed_usec = reunion_case_get_elapsed_usec (case_, now_usec);

  if (change_usec < 0)
    return NULL;
  wait = reunion_time_format_elapsed (change_usec - now_usec);
  radius = format_km (
      reunion_policy_radius_km_at (policy, reunion_policy_next_change_usec (policy, elapsed_usec)));
  /* Translators: the circle of alert grows: "grows to 300 km in 42 min" */
  return g_strdup_printf (_("grows to %s in %s"), radius, wait);
}

const char *
desk_case_model_get_style (ReunionCaseState state)
{
  switch (state)
    {
    case REUNION_CASE_STATE_PUBLISHED:
    case REUNION_CASE_STATE_ESCALATING:
      return "error";
    case REUNION_CASE_STATE_QUEUED:
    case REUNION_CASE_STATE_RETURNED:
      return "warning";
    case REUNION_CASE_STATE_SUBMITTED:
      return "accent";
    case REUNION_CASE_STATE_CLOSED:
      return "success";
    case REUNION_CASE_STATE_DRAFT:
    case REUNION_CASE_STATE_EXPIRED:
    case REUNION_CASE_STATE_REJECTED:
    case REUNION_CASE_STATE_WITHDRAWN:
    default:
      return "dim";
    }
}
