/* desk-amend-panel.c: what an amendment will send, and why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-amend-panel.h"

#include "desk-change-row.h"
#include "desk-widgets.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* One change and the beginning of a second: there is more to scroll to, and the entries
 * above keep the room. */
#define MAX_LIST_HEIGHT_PX 92

struct _DeskAmendPanel
{
  GtkBox parent_instance;

  DeskAmendment *amendment;
  GtkLabel *reach_label;
  GtkWidget *scrolled;
  GtkListBox *list;
  GtkEditable *reason;
  gboolean is_showing; /* the program writes, not the person */
};

enum
{
  SIGNAL_EDITED,
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskAmendPanel, desk_amend_panel, GTK_TYPE_BOX)

static void
reason_changed_cb (DeskAmendPanel *self)
{
  if (self->is_showing || self->amendment == NULL)
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self->reason), "error");
  desk_amendment_set_reason (self->amendment, gtk_editable_get_text (self->reason));
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
activated_cb (DeskAmendPanel *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
desk_amend_panel_dispose (GObject *object)
{
  g_clear_object (&DESK_AMEND_PANEL (object)->amendment);

  G_OBJECT_CLASS (desk_amend_panel_parent_class)->dispose (object);
}

static void
desk_amend_panel_class_init (DeskAmendPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_amend_panel_dispose;
  signals[SIGNAL_EDITED] = g_signal_new ("edited", DESK_TYPE_AMEND_PANEL, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", DESK_TYPE_AMEND_PANEL, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_reason (DeskAmendPanel *self)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_entry_row_new ();
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (row));

  self->reason = GTK_EDITABLE (row);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  /* Translators: u is no letter of another entry while a report is amended */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Reason for the _Update"));
  gtk_widget_set_tooltip_text (
      row, _ ("One Sentence for the History: What Is New, and Who Said So (Ctrl+Enter Sends)"));
  if (text != NULL)
    desk_widgets_set_name (GTK_WIDGET (text), _ ("Reason for the Update"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  g_signal_connect_object (row, "changed", G_CALLBACK (reason_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  return list;
}

static void
desk_amend_panel_init (DeskAmendPanel *self)
{
  GtkWidget *heading = desk_change_row_make_text (_ ("What Will Be Sent"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "desk-amend-panel");
  gtk_widget_add_css_class (heading, "heading");
  self->reach_label = GTK_LABEL (desk_change_row_make_text (""));
  gtk_widget_add_css_class (GTK_WIDGET (self->reach_label), "caption");
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "desk-change-list");
  desk_widgets_set_name (GTK_WIDGET (self->list), _ ("What Will Be Sent"));
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled),
                                              MAX_LIST_HEIGHT_PX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (self), heading);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->reach_label));
  gtk_box_append (GTK_BOX (self), self->scrolled);
  gtk_box_append (GTK_BOX (self), make_reason (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
desk_amend_panel_set_amendment (DeskAmendPanel *self, DeskAmendment *amendment)
{
  g_return_if_fail (DESK_IS_AMEND_PANEL (self));

  g_set_object (&self->amendment, amendment);
  gtk_widget_set_visible (GTK_WIDGET (self), amendment != NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->reason), "error");
  self->is_showing = TRUE;
  gtk_editable_set_text (self->reason,
                         amendment != NULL ? desk_amendment_get_reason (amendment) : "");
  self->is_showing = FALSE;
  desk_amend_panel_update (self);
}

void
desk_amend_panel_update (DeskAmendPanel *self)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *reach = NULL;
  GtkWidget *row;

  g_return_if_fail (DESK_IS_AMEND_PANEL (self));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  if (self->amendment == NULL)
    return;
  changes = desk_amendment_list_changes (self->amendment);
  for (guint i = 0; i < changes->len; i++)
    gtk_list_box_append (self->list, desk_change_row_new (changes->pdata[i]));
  reach = changes->len > 0
              ? desk_amendment_describe_reach (self->amendment)
              : g_strdup (_ ("Nothing has been changed yet. The case stays published as it is "
                             "until you send."));
  gtk_label_set_label (self->reach_label, reach);
  gtk_widget_set_visible (self->scrolled, changes->len > 0);
}

gboolean
desk_amend_panel_check (DeskAmendPanel *self, char **sentence)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *reason = NULL;

  g_return_val_if_fail (DESK_IS_AMEND_PANEL (self) && self->amendment != NULL, FALSE);

  changes = desk_amendment_list_changes (self->amendment);
  reason = g_strstrip (g_strdup (desk_amendment_get_reason (self->amendment)));
  if (changes->len > 0 && *reason != '\0')
    return TRUE;
  if (changes->len == 0)
    *sentence = g_strdup (_ ("Nothing has been changed yet, so there is nothing to send."));
  else
    {
      *sentence = g_strdup (_ ("Write a short reason for the update: it goes into the history."));
      gtk_widget_add_css_class (GTK_WIDGET (self->reason), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->reason));
    }
  return FALSE;
}
