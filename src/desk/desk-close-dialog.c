/* desk-close-dialog.c: how a case ended
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-close-dialog.h"

#include "desk-case-model.h"
#include "desk-compat.h"
#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *parent;
  DeskSession *session;
  char *case_id;
  GtkWidget *dialog;
  GtkDropDown *outcome;
  GtkEditable *note;
} Closing;

static void
closing_free (gpointer data)
{
  Closing *closing = data;

  g_object_unref (closing->parent);
  g_object_unref (closing->session);
  g_free (closing->case_id);
  g_free (closing);
}

static ReunionOutcome
get_outcome (Closing *closing)
{
  return (ReunionOutcome) gtk_drop_down_get_selected (closing->outcome);
}

static void
accepted (gpointer data)
{
  Closing *closing = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *note = g_strstrip (g_strdup (gtk_editable_get_text (closing->note)));

  if (!reunion_station_store_close (desk_session_get_store (closing->session), closing->case_id,
                                    get_outcome (closing), *note != '\0' ? note : NULL,
                                    desk_session_get_now_usec (closing->session), &error))
    {
      desk_widgets_toast (closing->parent, error->message);
      return;
    }
  if (reunion_sync_get_status (desk_session_get_sync (closing->session)) == REUNION_SYNC_ONLINE)
    desk_widgets_toast (closing->parent, _("Closed. The notice is being withdrawn everywhere."));
  else
    desk_widgets_toast (closing->parent, _("Kept. The notice is withdrawn as soon as the service "
                                           "can be reached."));
}

static void
outcome_cb (Closing *closing)
{
  desk_compat_set_can_accept (closing->dialog, get_outcome (closing) != REUNION_OUTCOME_NONE);
}

static GtkWidget *
make_fields (Closing *closing)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *how = gtk_label_new (_("How it ended"));
  GtkWidget *words = gtk_label_new (_("Note (optional)"));
  GtkStringList *labels = gtk_string_list_new (NULL);

  gtk_string_list_append (labels, _("Choose…"));
  for (guint i = REUNION_OUTCOME_NONE + 1; i < REUNION_N_OUTCOMES; i++)
    gtk_string_list_append (labels, reunion_outcome_get_label (i));
  closing->outcome = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (labels), NULL));
  closing->note = GTK_EDITABLE (gtk_entry_new ());
  gtk_label_set_xalign (GTK_LABEL (how), 0.0f);
  gtk_label_set_xalign (GTK_LABEL (words), 0.0f);
  desk_widgets_set_name (GTK_WIDGET (closing->outcome), _("How it ended"));
  desk_widgets_set_name (GTK_WIDGET (closing->note), _("Note (optional)"));
  gtk_box_append (GTK_BOX (box), how);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (closing->outcome));
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (closing->note));
  return box;
}

void
desk_close_dialog_show (GtkWidget *parent, DeskSession *session, ReunionCase *case_)
{
  Closing *closing = g_new0 (Closing, 1);
  g_autofree char *name = desk_case_model_format_name (case_);
  /* Translators: the name of the missing person */
  g_autofree char *heading = g_strdup_printf (_("Close the Case of %s?"), name);
  GtkWidget *fields;

  closing->parent = g_object_ref (parent);
  closing->session = g_object_ref (session);
  closing->case_id = g_strdup (reunion_case_get_id (case_));
  fields = make_fields (closing);
  closing->dialog = desk_compat_ask (
      GTK_WINDOW (gtk_widget_get_root (parent)), heading,
      _("The notice is withdrawn at every partner at once, and nobody is alerted any more."),
      fields, _("_Cancel"), _("Close Case"), TRUE, accepted, closing, closing_free);
  g_signal_connect_swapped (closing->outcome, "notify::selected", G_CALLBACK (outcome_cb), closing);
  outcome_cb (closing);
}
