/* desk-sign-in-page.c: who sits at the desk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-sign-in-page.h"

#include "desk-credentials.h"
#include "desk-widgets.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _DeskSignInPage
{
  GtkWidget parent_instance;

  DeskSession *session;

  GtkWidget *box;
  GtkEditable *account_row;
  GtkEditable *password_row;
  GtkLabel *message_label;
  GtkSpinner *spinner;
  GtkWidget *sign_in_button;
};

G_DEFINE_FINAL_TYPE (DeskSignInPage, desk_sign_in_page, GTK_TYPE_WIDGET)

static void
show_message (DeskSignInPage *self, const char *text, const char *tone)
{
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), text != NULL);
  gtk_label_set_label (self->message_label, text != NULL ? text : "");
  desk_widgets_set_tone (GTK_WIDGET (self->message_label), tone);
}

static void
update (DeskSignInPage *self)
{
  g_autofree char *problem = desk_session_get_sign_in_problem (self->session);
  gboolean is_trying = desk_session_get_account (self->session) != NULL && problem == NULL
                       && reunion_sync_get_status (desk_session_get_sync (self->session))
                              == REUNION_SYNC_CONNECTING;

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_trying);
  gtk_spinner_set_spinning (self->spinner, is_trying);
  gtk_widget_set_sensitive (self->sign_in_button, !is_trying);
  if (problem != NULL)
    show_message (self, problem, "error");
  else if (is_trying)
    show_message (self, _("Asking the service…"), "dim");
}

static void
sign_in_cb (DeskSignInPage *self)
{
  g_autofree char *account = g_strstrip (g_strdup (gtk_editable_get_text (self->account_row)));
  const char *password = gtk_editable_get_text (self->password_row);

  if (*account == '\0' || *password == '\0')
    {
      show_message (self, _("Enter the name of your account and its password."), "error");
      gtk_widget_grab_focus (
          GTK_WIDGET (*account == '\0' ? self->account_row : self->password_row));
      return;
    }
  show_message (self, NULL, NULL);
  desk_session_sign_in (self->session, account, password);
}

/* Enter in the name leads on to the password. */
static void
account_applied_cb (DeskSignInPage *self)
{
  if (*gtk_editable_get_text (self->password_row) == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
  else
    sign_in_cb (self);
}

static void
name_entry (GtkEditable *row)
{
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (row));

  desk_widgets_set_name (text, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

static void
desk_sign_in_page_dispose (GObject *object)
{
  DeskSignInPage *self = DESK_SIGN_IN_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_sign_in_page_parent_class)->dispose (object);
}

static void
desk_sign_in_page_class_init (DeskSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_sign_in_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskSignInPage, box);
  gtk_widget_class_bind_template_child (widget_class, DeskSignInPage, account_row);
  gtk_widget_class_bind_template_child (widget_class, DeskSignInPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, DeskSignInPage, message_label);
  gtk_widget_class_bind_template_child (widget_class, DeskSignInPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, DeskSignInPage, sign_in_button);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, account_applied_cb);
}

static void
desk_sign_in_page_init (DeskSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_entry (self->account_row);
  name_entry (self->password_row);
}

void
desk_sign_in_page_set_session (DeskSignInPage *self, DeskSession *session)
{
  g_return_if_fail (DESK_IS_SIGN_IN_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "sync-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "account-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

void
desk_sign_in_page_prepare (DeskSignInPage *self)
{
  g_autofree char *last = NULL;

  g_return_if_fail (DESK_IS_SIGN_IN_PAGE (self) && self->session != NULL);

  last = desk_credentials_get_last_account (desk_session_get_store (self->session));
  gtk_editable_set_text (self->password_row, "");
  if (*gtk_editable_get_text (self->account_row) == '\0' && last != NULL)
    gtk_editable_set_text (self->account_row, last);
  gtk_widget_grab_focus (GTK_WIDGET (
      *gtk_editable_get_text (self->account_row) == '\0' ? self->account_row : self->password_row));
  update (self);
}
