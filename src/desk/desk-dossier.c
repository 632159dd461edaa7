/* desk-dossier.c: everything a report holds, and which of it the public sees
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-dossier.h"

#include "desk-widgets.h"

#include "reunion-person-kind.h"
#include "reunion-time.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _DeskDossier
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (DeskDossier, desk_dossier, GTK_TYPE_BOX)

static const char *const group_titles[] = {
  [REUNION_FIELD_GROUP_PERSON] = N_("Person"),
  [REUNION_FIELD_GROUP_EVENT] = N_("Last Seen"),
  [REUNION_FIELD_GROUP_GUARDIAN] = NULL, /* by who is missing */
  [REUNION_FIELD_GROUP_POLICE] = N_("Police"),
};

char *
desk_dossier_format_value (ReunionReport *report, ReunionField field)
{
  if (!reunion_report_has (report, field))
    return NULL;
  switch (reunion_field_get_info (field)->kind)
    {
    case REUNION_FIELD_KIND_CHOICE:
      return g_strdup (
          reunion_field_get_choice_label (field, reunion_report_get_text (report, field)));
    case REUNION_FIELD_KIND_TIME:
      {
        g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

        return reunion_time_format (reunion_report_get_int (report, field, 0), zone);
      }
    case REUNION_FIELD_KIND_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, reunion_report_get_int (report, field, 0));
    case REUNION_FIELD_KIND_FLAG:
      return g_strdup (reunion_report_get_flag (report, field) ? _("Yes") : _("No"));
    case REUNION_FIELD_KIND_DEGREES:
      return g_strdup_printf ("%.5f°", reunion_report_get_degrees (report, field, 0.0));
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_LONG_TEXT:
    case REUNION_FIELD_KIND_DATE:
    default:
      return g_strdup (reunion_report_get_text (report, field));
    }
}

static const char *
get_group_title (ReunionReport *report, ReunionFieldGroup group)
{
  return group_titles[group] != NULL
             ? _(group_titles[group])
             : _(reunion_person_kind_get_info (reunion_person_kind_of (report))->group_title);
}

static GtkWidget *
make_row (ReunionReport *report, ReunionField field, const char *value)
{
  ReunionPersonKind kind = reunion_person_kind_of (report);
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *label = gtk_label_new (reunion_person_kind_get_field_label (kind, field));
  GtkWidget *text = gtk_label_new (value);
  gboolean goes_out = reunion_report_is_public (report, field);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (text), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), label);
  gtk_box_append (GTK_BOX (texts), text);
  gtk_box_append (GTK_BOX (box), texts);
  if (goes_out)
    {
      GtkWidget *mark = gtk_image_new_from_icon_name ("view-reveal-symbolic");

      gtk_widget_set_tooltip_text (mark, _("The public sees this"));
      gtk_widget_add_css_class (mark, "dim-label");
      desk_widgets_set_name (mark, _("The public sees this"));
      gtk_box_append (GTK_BOX (box), mark);
    }
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
desk_dossier_class_init (DeskDossierClass *klass)
{
}

static void
desk_dossier_init (DeskDossier *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
}

void
desk_dossier_set_case (DeskDossier *self, ReunionCase *case_)
{
  GtkWidget *groups[G_N_ELEMENTS (group_titles)] = { NULL };
  ReunionReport *report;
  GtkWidget *child;

  g_return_if_fail (DESK_IS_DOSSIER (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  if (case_ == NULL)
    return;
  report = reunion_case_get_report (case_);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      ReunionFieldGroup group = reunion_field_get_info (i)->group;
      g_autofree char *value = desk_dossier_format_value (report, i);

      if (value == NULL)
        continue;
      if (groups[group] == NULL)
        {
          groups[group] = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (groups[group]),
                                           get_group_title (report, group));
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (groups[group]),
                                 make_row (report, i, value));
    }
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (groups[i] != NULL)
      gtk_box_append (GTK_BOX (self), groups[i]);
}
