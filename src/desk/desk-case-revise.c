/* desk-case-revise.c: what can be changed in a case, and what has been
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-case-revise.h"

#include "desk-change-row.h"
#include "desk-history-window.h"
#include "desk-refused-window.h"
#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

struct _DeskCaseRevise
{
  GtkBox parent_instance;

  DeskSession *session;
  ReunionCase *case_;
  GtkWidget *kept_label;
  GtkWidget *compare_button;
  GtkWidget *buttons;
  GtkWidget *amend_button;
  GtkWidget *history_button;
};

G_DEFINE_FINAL_TYPE (DeskCaseRevise, desk_case_revise, GTK_TYPE_BOX)

static GtkWindow *
get_window (DeskCaseRevise *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* What goes out, or was refused. */
static gboolean
has_item (DeskCaseRevise *self, ReunionOutboxKind kind, gboolean is_refused)
{
  g_autoptr (GPtrArray) items = reunion_station_store_list_outbox (
      desk_session_get_store (self->session), reunion_case_get_id (self->case_), NULL);

  for (guint i = 0; items != NULL && i < items->len; i++)
    if (reunion_outbox_item_get_kind (items->pdata[i]) == kind
        && (reunion_outbox_item_get_state (items->pdata[i]) == REUNION_OUTBOX_ATTENTION)
               == is_refused)
      return TRUE;
  return FALSE;
}

static gboolean
can_amend (DeskCaseRevise *self)
{
  ReunionRole role = desk_session_get_role (self->session);

  return reunion_case_state_allows (reunion_case_get_state (self->case_), REUNION_CASE_ACTION_AMEND,
                                    role)
         && (role != REUNION_ROLE_OFFICER
             || g_strcmp0 (reunion_case_get_station (self->case_),
                           desk_session_get_station (self->session))
                    == 0)
         && !has_item (self, REUNION_OUTBOX_CLOSE, FALSE);
}

static void
amend_cb (DeskCaseRevise *self)
{
  if (self->case_ != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.amend-case", "s",
                                reunion_case_get_id (self->case_));
}

static void
compare_cb (DeskCaseRevise *self)
{
  GtkWidget *window = self->case_ != NULL
                          ? desk_refused_window_new (get_window (self), self->session, self->case_)
                          : NULL;

  if (window != NULL)
    gtk_window_present (GTK_WINDOW (window));
}

static void
history_cb (DeskCaseRevise *self)
{
  if (self->case_ != NULL)
    gtk_window_present (
        GTK_WINDOW (desk_history_window_new (get_window (self), self->session, self->case_)));
}

static void
desk_case_revise_dispose (GObject *object)
{
  DeskCaseRevise *self = DESK_CASE_REVISE (object);

  g_clear_object (&self->case_);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_case_revise_parent_class)->dispose (object);
}

static void
desk_case_revise_class_init (DeskCaseReviseClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_case_revise_dispose;
}

static GtkWidget *
add_button (DeskCaseRevise *self, const char *label, const char *tooltip, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static void
desk_case_revise_init (DeskCaseRevise *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->kept_label = desk_change_row_make_text (
      _ ("An amendment is being written here. It has not been sent: the notice is as it was."));
  gtk_widget_add_css_class (self->kept_label, "desk-inline-message");
  gtk_widget_add_css_class (self->kept_label, "accent");
  self->compare_button
      = add_button (self, _ ("Compare What Was Refused…"),
                    _ ("What You Wrote Beside What the Service Has Now"), G_CALLBACK (compare_cb));
  gtk_widget_add_css_class (self->compare_button, "suggested-action");
  self->amend_button = add_button (self, "", _ ("Change What Is Published"), G_CALLBACK (amend_cb));
  self->history_button = add_button (self, _ ("History…"), _ ("Who Changed What, and When"),
                                     G_CALLBACK (history_cb));
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_set_homogeneous (GTK_BOX (self->buttons), TRUE);
  gtk_box_append (GTK_BOX (self->buttons), self->amend_button);
  gtk_box_append (GTK_BOX (self->buttons), self->history_button);
  gtk_box_append (GTK_BOX (self), self->compare_button);
  gtk_box_append (GTK_BOX (self), self->kept_label);
  gtk_box_append (GTK_BOX (self), self->buttons);
}

void
desk_case_revise_set_case (DeskCaseRevise *self, DeskSession *session, ReunionCase *case_)
{
  gboolean is_amending, can, has_history, is_refused;

  g_return_if_fail (DESK_IS_CASE_REVISE (self));
  g_return_if_fail (DESK_IS_SESSION (session) && REUNION_IS_CASE (case_));

  g_set_object (&self->session, session);
  g_set_object (&self->case_, case_);
  can = can_amend (self);
  is_amending = can
                && reunion_station_store_has_amending (desk_session_get_store (session),
                                                       reunion_case_get_id (case_));
  is_refused = has_item (self, REUNION_OUTBOX_AMEND, TRUE);
  /* What the service has not seen has no history yet. */
  has_history = reunion_case_get_revision (case_) > 0;
  gtk_widget_set_visible (self->kept_label, is_amending);
  gtk_widget_set_visible (self->compare_button, is_refused);
  gtk_widget_set_visible (self->amend_button, can);
  gtk_widget_set_visible (self->history_button, has_history);
  gtk_widget_set_visible (self->buttons, can || has_history);
  gtk_widget_set_visible (GTK_WIDGET (self), can || has_history || is_refused);
  gtk_button_set_label (GTK_BUTTON (self->amend_button),
                        is_amending ? _ ("Go On Amending…") : _ ("Amend…"));
}
