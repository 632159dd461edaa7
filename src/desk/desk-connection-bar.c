/* desk-connection-bar.c: says that the service can't be reached, and what waits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-connection-bar.h"

#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

struct _DeskConnectionBar
{
  GtkWidget parent_instance;

  DeskSession *session;

  GtkRevealer *revealer;
  GtkWidget *bar;
  GtkImage *icon;
  GtkLabel *problem_label;
  GtkLabel *waiting_label;
};

G_DEFINE_FINAL_TYPE (DeskConnectionBar, desk_connection_bar, GTK_TYPE_WIDGET)

typedef struct
{
  guint n_waiting;
  guint n_refused;
} Outbox;

static Outbox
count_outbox (DeskConnectionBar *self)
{
  Outbox outbox = { 0, 0 };
  g_autoptr (GPtrArray) items
      = reunion_station_store_list_outbox (desk_session_get_store (self->session), NULL, NULL);

  for (guint i = 0; items != NULL && i < items->len; i++)
    if (reunion_outbox_item_get_state (items->pdata[i]) == REUNION_OUTBOX_ATTENTION)
      outbox.n_refused++;
    else
      outbox.n_waiting++;
  return outbox;
}

static char *
describe_waiting (guint n_waiting)
{
  if (n_waiting == 0)
    return g_strdup (_("You can go on: what you submit is kept on this PC and goes out once, by "
                       "itself."));
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u item waits on this PC. It goes out once, by itself.",
                   "%u items wait on this PC. Each goes out once, by itself.", n_waiting),
      n_waiting);
}

static void
show (DeskConnectionBar *self, const char *icon, const char *problem, const char *waiting)
{
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_label_set_label (self->problem_label, problem);
  gtk_label_set_label (self->waiting_label, waiting);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static void
update (DeskConnectionBar *self)
{
  ReunionSync *sync = desk_session_get_sync (self->session);
  Outbox outbox = count_outbox (self);
  guint n_of_others
      = reunion_station_store_count_outbox_of_others (desk_session_get_store (self->session));

  if (reunion_sync_get_status (sync) == REUNION_SYNC_OFFLINE)
    {
      g_autofree char *waiting = describe_waiting (outbox.n_waiting);
      const char *problem = reunion_sync_get_problem (sync);

      show (self, "network-offline-symbolic",
            problem != NULL ? problem : _("The central service can't be reached."), waiting);
    }
  else if (outbox.n_refused > 0)
    show (self, "dialog-warning-symbolic", _("The service refused something."),
          _("The case that it concerns says why, and what to do."));
  else if (n_of_others > 0)
    {
      g_autofree char *text = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%u item on this PC is another officer's.",
                       "%u items on this PC are another officer's.", n_of_others),
          n_of_others);

      show (self, "system-users-symbolic", text,
            _("It goes out when that officer signs in here again."));
    }
  else
    gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static void
retry_cb (DeskConnectionBar *self)
{
  reunion_sync_retry_now (desk_session_get_sync (self->session));
}

static void
desk_connection_bar_dispose (GObject *object)
{
  DeskConnectionBar *self = DESK_CONNECTION_BAR (object);

  if (self->revealer != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->revealer));
  self->revealer = NULL;
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_connection_bar_parent_class)->dispose (object);
}

static void
desk_connection_bar_class_init (DeskConnectionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_connection_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               DESK_RESOURCES "desk-connection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskConnectionBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, DeskConnectionBar, bar);
  gtk_widget_class_bind_template_child (widget_class, DeskConnectionBar, icon);
  gtk_widget_class_bind_template_child (widget_class, DeskConnectionBar, problem_label);
  gtk_widget_class_bind_template_child (widget_class, DeskConnectionBar, waiting_label);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
desk_connection_bar_init (DeskConnectionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
desk_connection_bar_set_session (DeskConnectionBar *self, DeskSession *session)
{
  g_return_if_fail (DESK_IS_CONNECTION_BAR (self) && self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "sync-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
