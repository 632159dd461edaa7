/* desk-compat.c: what newer versions of the platform do otherwise
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-compat.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  DeskFileFunc chosen;
  gpointer user_data;
  GDestroyNotify destroy;
} Choice;

typedef struct
{
  DeskAnswerFunc accepted;
  gpointer user_data;
  GDestroyNotify destroy;
} Question;

static void
chooser_response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Choice *choice = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      if (file != NULL)
        choice->chosen (file, choice->user_data);
    }
  if (choice->destroy != NULL)
    choice->destroy (choice->user_data);
  g_free (choice);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

void
desk_compat_choose_photo (GtkWindow *parent, DeskFileFunc chosen, gpointer user_data)
{
  GtkFileChooserNative *dialog;
  g_autoptr (GtkFileFilter) pictures = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  Choice *choice = g_new0 (Choice, 1);

  choice->chosen = chosen;
  choice->user_data = user_data;
  dialog = gtk_file_chooser_native_new (_("Choose a Photo"), parent, GTK_FILE_CHOOSER_ACTION_OPEN,
                                        _("_Open"), _("_Cancel"));
  gtk_file_filter_set_name (pictures, _("Pictures"));
  gtk_file_filter_add_pixbuf_formats (pictures);
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), pictures);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (chooser_response_cb), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
desk_compat_choose_map (GtkWindow *parent,
                        DeskFileFunc chosen,
                        gpointer user_data,
                        GDestroyNotify destroy)
{
  GtkFileChooserNative *dialog;
  g_autoptr (GtkFileFilter) maps = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  Choice *choice = g_new0 (Choice, 1);

  choice->chosen = chosen;
  choice->user_data = user_data;
  choice->destroy = destroy;
  dialog = gtk_file_chooser_native_new (_("Choose a Map File"), parent,
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  gtk_file_filter_set_name (maps, _("Maps (MBTiles)"));
  gtk_file_filter_add_suffix (maps, "mbtiles");
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), maps);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (chooser_response_cb), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
desk_compat_choose_target (GtkWindow *parent,
                           const char *title,
                           const char *name,
                           DeskFileFunc chosen,
                           gpointer user_data,
                           GDestroyNotify destroy)
{
  GtkFileChooserNative *dialog;
  Choice *choice = g_new0 (Choice, 1);

  choice->chosen = chosen;
  choice->user_data = user_data;
  choice->destroy = destroy;
  dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"),
                                        _("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (chooser_response_cb), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  if (question->destroy != NULL)
    question->destroy (question->user_data);
  g_free (question);
}

static void
answered_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Question *question = user_data;

  if (g_strcmp0 (response, "accept") == 0)
    question->accepted (question->user_data);
}

GtkWidget *
desk_compat_ask (GtkWindow *parent,
                 const char *heading,
                 const char *body,
                 GtkWidget *extra,
                 const char *cancel,
                 const char *accept,
                 gboolean is_destructive,
                 DeskAnswerFunc accepted,
                 gpointer user_data,
                 GDestroyNotify destroy)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));
  Question *question = g_new0 (Question, 1);

  question->accepted = accepted;
  question->user_data = user_data;
  question->destroy = destroy;
  adw_message_dialog_add_responses (dialog, "cancel", cancel, "accept", accept, NULL);
  adw_message_dialog_set_response_appearance (
      dialog, "accept", is_destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "accept");
  adw_message_dialog_set_close_response (dialog, "cancel");
  if (extra != NULL)
    adw_message_dialog_set_extra_child (dialog, extra);
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WIDGET (dialog);
}

void
desk_compat_set_can_accept (GtkWidget *dialog, gboolean can_accept)
{
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "accept", can_accept);
}

void
desk_compat_prefer_cancel (GtkWidget *dialog)
{
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
}

void
desk_compat_show_about (GtkWindow *parent)
{
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about, "transient-for", parent, "modal", TRUE, "application-name", _("Reunion"),
                "application-icon", "org.reunion.Station", "version", REUNION_VERSION,
                "developer-name", _("The Reunion makers"), "license-type", GTK_LICENSE_GPL_3_0,
                "comments",
                _("The desk at which a police station reports a missing child. When the network "
                  "fails, reports wait and go out once, by themselves."),
                NULL);
  adw_about_window_add_legal_section (
      ADW_ABOUT_WINDOW (about), _("Base Map"),
      /* The licences of the data, in the words of their owners. */
      "Natural Earth; ECharts map data © Apache Software Foundation; GeoNames; GSHHG",
      GTK_LICENSE_CUSTOM,
      _("Coasts and foreign borders: Natural Earth, public domain. China's outline, provinces and "
        "prefectures: ECharts 4, Apache License 2.0. Rivers and lakes: GSHHG, LGPL 3 or later. "
        "Towns: GeoNames, CC-BY 4.0. Not for publication in China without an approval number."));
  gtk_window_present (GTK_WINDOW (about));
}
