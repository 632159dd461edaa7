/* desk-audience.c: which entries go out to the public, and which stay
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-audience.h"

#include "desk-widgets.h"

#include "reunion-person-kind.h"

#include <glib/gi18n-lib.h>

/* The public gets the heading that goes with it, and no more. */
static gboolean
is_in_heading (ReunionField field)
{
  return field == REUNION_FIELD_PERSON_KIND;
}

static gboolean
is_public (ReunionField field, ReunionReport *report)
{
  if (report != NULL)
    return reunion_report_is_public (report, field);
  return reunion_field_get_info (field)->audience == REUNION_AUDIENCE_PUBLIC;
}

const char *
desk_audience_describe (ReunionField field, ReunionReport *report)
{
  gboolean goes_out = is_public (field, report);

  if (is_in_heading (field))
    return _("Chooses the heading of the notice. A diagnosis is never told by it");
  if (reunion_field_get_info (field)->audience == REUNION_AUDIENCE_PUBLIC_IF_VITAL)
    return goes_out ? _("Marked as vital: the public sees this")
                    : _("Stays with the police unless it is marked as vital");
  return goes_out ? _("The public sees this") : _("Stays with the police");
}

GtkWidget *
desk_audience_mark_new (ReunionField field)
{
  GtkWidget *mark = gtk_image_new ();

  gtk_widget_add_css_class (mark, "desk-audience");
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  desk_audience_mark_update (mark, field, NULL);
  return mark;
}

void
desk_audience_mark_update (GtkWidget *mark, ReunionField field, ReunionReport *report)
{
  const char *text = desk_audience_describe (field, report);

  g_return_if_fail (GTK_IS_IMAGE (mark));

  gtk_image_set_from_icon_name (GTK_IMAGE (mark), is_public (field, report)
                                                      ? DESK_AUDIENCE_ICON_PUBLIC
                                                      : DESK_AUDIENCE_ICON_POLICE);
  gtk_widget_set_tooltip_text (mark, text);
  desk_widgets_set_name (mark, text);
  /* Nothing has to be said where both could be. */
  gtk_widget_set_visible (mark, !is_in_heading (field));
}

/* --- what this report holds ----------------------------------------------------- */

static void
append (GString *names, const char *name)
{
  if (names->len > 0)
    /* Translators: between the names of entries */
    g_string_append (names, C_ ("between names", ", "));
  g_string_append (names, name);
}

static const char *
get_name (ReunionReport *report, ReunionField field)
{
  /* The two coordinates are one thing. */
  if (field == REUNION_FIELD_LATITUDE)
    return _("Point on the map");
  if (field == REUNION_FIELD_LONGITUDE)
    return NULL;
  return reunion_person_kind_get_field_label (reunion_person_kind_of (report), field);
}

/* A mark that says yes or no to publishing is no content of its own. */
static gboolean
is_listed (ReunionReport *report, ReunionField field)
{
  return reunion_report_has (report, field) && !is_in_heading (field)
         && reunion_field_get_info (field)->kind != REUNION_FIELD_KIND_FLAG
         && get_name (report, field) != NULL;
}

char *
desk_audience_list (ReunionCase *case_, gboolean goes_out)
{
  g_autoptr (GString) names = g_string_new (NULL);
  ReunionReport *report;

  g_return_val_if_fail (REUNION_IS_CASE (case_), NULL);

  report = reunion_case_get_report (case_);
  if (goes_out && reunion_case_get_n_photos (case_) > 0)
    append (names, _("Photo"));
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (is_listed (report, i) && reunion_report_is_public (report, i) == goes_out)
      append (names, get_name (report, i));
  return names->len > 0 ? g_strdup (names->str) : NULL;
}
