/* desk-checklist.c: the publishing standard, item by item
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-checklist.h"

#include "desk-widgets.h"

#include "reunion-standard.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _DeskChecklist
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *summary;
  GtkListBox *list;
  AdwActionRow *rows[REUNION_N_STANDARD_ITEMS];
  GtkImage *icons[REUNION_N_STANDARD_ITEMS];
  ReunionField fields[REUNION_N_STANDARD_ITEMS];
};

enum
{
  SIGNAL_GO_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskChecklist, desk_checklist, GTK_TYPE_WIDGET)

static void
activated_cb (DeskChecklist *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_GO_TO], 0,
                 (int) self->fields[gtk_list_box_row_get_index (row)]);
}

static void
desk_checklist_dispose (GObject *object)
{
  g_clear_pointer (&DESK_CHECKLIST (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (desk_checklist_parent_class)->dispose (object);
}

static void
desk_checklist_class_init (DeskChecklistClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_checklist_dispose;
  signals[SIGNAL_GO_TO] = g_signal_new ("go-to", DESK_TYPE_CHECKLIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
desk_checklist_init (DeskChecklist *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_label_set_xalign (self->summary, 0.0f);
  gtk_label_set_wrap (self->summary, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "heading");
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  for (guint i = 0; i < REUNION_N_STANDARD_ITEMS; i++)
    {
      self->rows[i] = ADW_ACTION_ROW (adw_action_row_new ());
      self->icons[i] = GTK_IMAGE (gtk_image_new ());
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]),
                                     reunion_standard_item_get_label (i));
      adw_action_row_add_prefix (self->rows[i], GTK_WIDGET (self->icons[i]));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->rows[i]), TRUE);
      gtk_widget_add_css_class (GTK_WIDGET (self->rows[i]), "desk-check");
      gtk_list_box_append (self->list, GTK_WIDGET (self->rows[i]));
    }
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->list));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static gboolean
update_item (DeskChecklist *self, guint item, ReunionCase *case_, gint64 now_usec)
{
  g_autofree char *sentence = NULL;
  GtkWidget *icon = GTK_WIDGET (self->icons[item]);
  gboolean holds;

  self->fields[item] = reunion_standard_item_get_field (item);
  holds = reunion_standard_check_item (case_, item, now_usec, &self->fields[item], &sentence);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[item]),
                                 reunion_standard_item_get_case_label (item, case_));
  adw_action_row_set_subtitle (self->rows[item], holds ? "" : sentence);
  gtk_image_set_from_icon_name (self->icons[item],
                                holds ? "object-select-symbolic" : "dialog-warning-symbolic");
  desk_widgets_set_tone (icon, holds ? "success" : "warning");
  desk_widgets_set_name (icon, holds ? _("Done") : _("Missing"));
  if (reunion_standard_item_is_rare (item))
    gtk_widget_set_visible (GTK_WIDGET (self->rows[item]), !holds);
  return holds;
}

guint
desk_checklist_update (DeskChecklist *self, ReunionCase *case_, gint64 now_usec)
{
  g_autofree char *summary = NULL;
  guint n_short = 0;

  g_return_val_if_fail (DESK_IS_CHECKLIST (self) && REUNION_IS_CASE (case_), 0);

  for (guint i = 0; i < REUNION_N_STANDARD_ITEMS; i++)
    if (!update_item (self, i, case_, now_usec))
      n_short++;
  if (n_short == 0)
    summary = g_strdup (_("Everything that a notice needs is there."));
  else
    summary = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u thing is still missing.",
                                            "%u things are still missing.", n_short),
                               n_short);
  gtk_label_set_label (self->summary, summary);
  return n_short;
}
