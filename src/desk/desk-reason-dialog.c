/* desk-reason-dialog.c: a question that is answered with a reason
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-reason-dialog.h"

#include "desk-compat.h"
#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *widget;
  GtkWidget *dialog;
  GtkTextBuffer *buffer;
  DeskReasonFunc given;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->widget);
  g_object_unref (asking->buffer);
  g_free (asking);
}

/* Transfer full. */
static char *
get_reason (Asking *asking)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (asking->buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (asking->buffer, &start, &end, FALSE));
}

static void
accepted (gpointer data)
{
  Asking *asking = data;
  g_autofree char *reason = get_reason (asking);

  asking->given (reason, asking->widget);
}

static void
changed_cb (Asking *asking)
{
  g_autofree char *reason = get_reason (asking);

  desk_compat_set_can_accept (asking->dialog, *reason != '\0');
}

static GtkWidget *
make_entry (Asking *asking, const char *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (label);
  GtkWidget *view = gtk_text_view_new ();

  asking->buffer = g_object_ref (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  gtk_label_set_xalign (GTK_LABEL (title), 0.0f);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_set_size_request (view, 320, 84);
  gtk_widget_add_css_class (view, "desk-reason");
  desk_widgets_set_name (view, label);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), view);
  return box;
}

void
desk_reason_dialog_show (GtkWidget *widget,
                         const char *heading,
                         const char *body,
                         const char *label,
                         const char *accept,
                         gboolean is_destructive,
                         DeskReasonFunc given)
{
  Asking *asking = g_new0 (Asking, 1);
  GtkWidget *entry = make_entry (asking, label);

  asking->widget = g_object_ref (widget);
  asking->given = given;
  asking->dialog
      = desk_compat_ask (GTK_WINDOW (gtk_widget_get_root (widget)), heading, body, entry,
                         _("_Cancel"), accept, is_destructive, accepted, asking, asking_free);
  g_signal_connect_data (asking->buffer, "changed", G_CALLBACK (changed_cb), asking, NULL,
                         G_CONNECT_SWAPPED);
  changed_cb (asking);
}
