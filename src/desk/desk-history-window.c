/* desk-history-window.c: who changed what in a case, and when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-history-window.h"

#include "desk-case-model.h"
#include "desk-change-row.h"
#include "desk-widgets.h"

#include "reunion-history.h"
#include "reunion-time.h"

#include <glib/gi18n-lib.h>

#define MAX_WIDTH_PX 560

struct _DeskHistoryWindow
{
  AdwWindow parent_instance;

  DeskSession *session;
  char *case_id;
  AdwWindowTitle *title;
  GtkLabel *message;
  GtkBox *steps;
  char *shown; /* what the steps were made of */
};

G_DEFINE_FINAL_TYPE (DeskHistoryWindow, desk_history_window, ADW_TYPE_WINDOW)

/* --- one step -------------------------------------------------------------------------- */

/* Transfer full. */
static char *
describe_who (ReunionHistoryEntry *entry)
{
  const char *name = reunion_history_entry_get_name (entry);
  const char *station = reunion_history_entry_get_station_name (entry);

  if (name == NULL)
    name = reunion_history_entry_get_account (entry);
  if (reunion_history_entry_get_action (entry) == REUNION_HISTORY_ESCALATE
      || reunion_history_entry_get_action (entry) == REUNION_HISTORY_RISE)
    return g_strdup (_ ("By itself, as time went by"));
  if (name != NULL && station != NULL)
    /* Translators: who did it: name, station */
    return g_strdup_printf (_ ("%s · %s"), name, station);
  return g_strdup (name != NULL ? name : station);
}

static GtkWidget *
make_heading (ReunionHistoryEntry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = desk_change_row_make_text (
      reunion_history_action_get_label (reunion_history_entry_get_action (entry)));
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when
      = reunion_time_format_exact (reunion_history_entry_get_at_usec (entry), zone);
  GtkWidget *time = gtk_label_new (when);

  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (time, "numeric");
  gtk_widget_add_css_class (time, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), time);
  return box;
}

static GtkWidget *
make_step (ReunionHistoryEntry *entry)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *who = describe_who (entry);
  const char *reason = reunion_history_entry_get_reason (entry);

  gtk_box_append (GTK_BOX (box), make_heading (entry));
  if (who != NULL)
    {
      GtkWidget *label = desk_change_row_make_text (who);

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  if (reason != NULL)
    {
      /* Translators: what was said with a step */
      g_autofree char *text = g_strdup_printf (_ ("“%s”"), reason);

      gtk_box_append (GTK_BOX (box), desk_change_row_make_text (text));
    }
  gtk_widget_add_css_class (box, "desk-change");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  for (guint i = 0; i < reunion_history_entry_get_n_changes (entry); i++)
    gtk_list_box_append (GTK_LIST_BOX (list),
                         desk_change_row_new (reunion_history_entry_get_change (entry, i)));
  return list;
}

/* --- all of them ------------------------------------------------------------------------- */

static void
show_message (DeskHistoryWindow *self, gboolean is_empty)
{
  gboolean is_online
      = reunion_sync_get_status (desk_session_get_sync (self->session)) == REUNION_SYNC_ONLINE;
  const char *text = NULL;

  if (is_empty && is_online)
    text = _ ("The service is being asked…");
  else if (is_empty)
    text = _ ("The history has not been fetched to this PC yet, and the service can't be reached. "
              "It is fetched by itself as soon as the service answers.");
  else if (!is_online)
    text = _ ("The service can't be reached. This is what was fetched last; newer steps follow by "
              "themselves.");
  gtk_label_set_label (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL);
}

/* What tells one list of steps from another. Transfer full. */
static char *
sign (GPtrArray *entries)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " %d %u;",
                            reunion_history_entry_get_at_usec (entries->pdata[i]),
                            reunion_history_entry_get_action (entries->pdata[i]),
                            reunion_history_entry_get_n_changes (entries->pdata[i]));
  return g_string_free (text, FALSE);
}

static void
update (DeskHistoryWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = reunion_station_store_list_history (
      desk_session_get_store (self->session), self->case_id, &error);
  g_autofree char *signature = NULL;
  GtkWidget *child;

  if (entries == NULL)
    {
      g_warning ("%s", error->message);
      return;
    }
  show_message (self, entries->len == 0);
  signature = sign (entries);
  /* Made anew, it would jump under the eyes of who reads it. */
  if (g_strcmp0 (signature, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&signature);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->steps))) != NULL)
    gtk_box_remove (self->steps, child);
  for (guint i = entries->len; i > 0; i--)
    gtk_box_append (self->steps, make_step (entries->pdata[i - 1]));
}

/* Of this case there may be a step more now. */
static void
case_changed_cb (DeskHistoryWindow *self, const char *case_id)
{
  if (case_id != NULL && g_strcmp0 (case_id, self->case_id) != 0)
    return;
  update (self);
}

static void
sync_changed_cb (DeskHistoryWindow *self)
{
  if (reunion_sync_get_status (desk_session_get_sync (self->session)) == REUNION_SYNC_ONLINE)
    reunion_sync_request_history (desk_session_get_sync (self->session), self->case_id);
  update (self);
}

static void
desk_history_window_dispose (GObject *object)
{
  DeskHistoryWindow *self = DESK_HISTORY_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->case_id, g_free);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (desk_history_window_parent_class)->dispose (object);
}

static void
desk_history_window_class_init (DeskHistoryWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_history_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static GtkWidget *
make_content (DeskHistoryWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->message = GTK_LABEL (desk_change_row_make_text (""));
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "desk-inline-message");
  self->steps = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->message));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->steps));
  gtk_widget_add_css_class (box, "desk-window-content");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH_PX);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static void
desk_history_window_init (DeskHistoryWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();

  self->title = ADW_WINDOW_TITLE (adw_window_title_new (_ ("History"), NULL));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), make_content (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _ ("History"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 620);
}

GtkWidget *
desk_history_window_new (GtkWindow *parent, DeskSession *session, ReunionCase *case_)
{
  DeskHistoryWindow *self;
  g_autofree char *name = NULL;

  g_return_val_if_fail (DESK_IS_SESSION (session) && REUNION_IS_CASE (case_), NULL);

  self = g_object_new (DESK_TYPE_HISTORY_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->case_id = g_strdup (reunion_case_get_id (case_));
  name = desk_case_model_format_name (case_);
  adw_window_title_set_subtitle (self->title, name);
  g_signal_connect_object (session, "case-changed", G_CALLBACK (case_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "sync-changed", G_CALLBACK (sync_changed_cb), self,
                           G_CONNECT_SWAPPED);
  reunion_sync_request_history (desk_session_get_sync (session), self->case_id);
  update (self);
  return GTK_WIDGET (self);
}
