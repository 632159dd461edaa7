/* desk-refused-window.c: an amendment that the service refused, beside what the
 * service has now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-refused-window.h"

#include "desk-amendment.h"
#include "desk-change-row.h"
#include "desk-compat.h"
#include "desk-widgets.h"

#include "reunion-history.h"

#include <glib/gi18n-lib.h>

struct _DeskRefusedWindow
{
  AdwWindow parent_instance;

  DeskSession *session;
  ReunionCase *case_;   /* as the service has it */
  ReunionCase *written; /* as the officer wrote it */
  ReunionCase *base;    /* what it was written over; may be NULL */
  char *reason;         /* the officer's */

  GtkBox *box;
  GtkLabel *hint;
  GtkWidget *take_button;
  GPtrArray *checks; /* GtkCheckButton, not owned */
  GPtrArray *keys;   /* of the same length */
};

G_DEFINE_FINAL_TYPE (DeskRefusedWindow, desk_refused_window, ADW_TYPE_WINDOW)

static gboolean
has_key (GPtrArray *changes, const char *key)
{
  for (guint i = 0; i < changes->len; i++)
    if (g_strcmp0 (((ReunionHistoryChange *) changes->pdata[i])->key, key) == 0)
      return TRUE;
  return FALSE;
}

/* --- a field -------------------------------------------------------------------------------- */

static GtkWidget *
make_side (const char *title, const char *key, const char *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *caption = desk_change_row_make_text (title);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *text = reunion_history_format_value (key, value, zone);

  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), desk_change_row_make_text (text != NULL ? text : _ ("Nothing")));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  return box;
}

/* @change: from what the service has to what was written. */
static GtkWidget *
make_row (DeskRefusedWindow *self, const ReunionHistoryChange *change, gboolean is_contested)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *sides = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *check = gtk_check_button_new_with_label (reunion_history_get_key_label (change->key));

  gtk_widget_add_css_class (check, "heading");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), !is_contested);
  gtk_widget_set_tooltip_text (check, _ ("Marked Fields Go into the New Amendment"));
  gtk_box_set_homogeneous (GTK_BOX (sides), TRUE);
  gtk_box_append (GTK_BOX (sides), make_side (_ ("You wrote"), change->key, change->after));
  gtk_box_append (GTK_BOX (sides), make_side (_ ("The service has"), change->key, change->before));
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), sides);
  if (is_contested)
    {
      GtkWidget *label = desk_change_row_make_text (
          _ ("Somebody else has changed this too. Mark it only if yours is right."));

      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "warning");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_add_css_class (box, "desk-change");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  g_ptr_array_add (self->checks, check);
  g_ptr_array_add (self->keys, g_strdup (change->key));
  return row;
}

/* --- what the officer decides ------------------------------------------------------------------
 */

static void
drop_now (gpointer user_data)
{
  DeskRefusedWindow *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!reunion_station_store_drop_refused_amendment (desk_session_get_store (self->session),
                                                     reunion_case_get_id (self->case_), &error))
    gtk_label_set_label (self->hint, error->message);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
drop_cb (DeskRefusedWindow *self)
{
  desk_compat_ask (GTK_WINDOW (self), _ ("Drop What You Wrote?"),
                   _ ("The case stays as the service has it, and what you wrote is lost."), NULL,
                   _ ("_Keep"), _ ("_Drop"), TRUE, drop_now, g_object_ref (self), g_object_unref);
}

static gboolean
is_any_marked (DeskRefusedWindow *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      return TRUE;
  return FALSE;
}

/* It is sent from the form, as any other; until then what was refused stays. */
static void
take_cb (DeskRefusedWindow *self)
{
  g_autoptr (DeskAmendment) amendment = NULL;
  g_autoptr (GError) error = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (!is_any_marked (self))
    {
      gtk_label_set_label (self->hint, _ ("Mark at least one field to amend it again."));
      return;
    }
  amendment = desk_amendment_open (self->session, self->case_);
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      desk_amendment_take (amendment, self->written, self->keys->pdata[i]);
  if (*desk_amendment_get_reason (amendment) == '\0')
    desk_amendment_set_reason (amendment, self->reason);
  if (!desk_amendment_keep (amendment, &error))
    {
      gtk_label_set_label (self->hint, error->message);
      return;
    }
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.amend-case", "s",
                                reunion_case_get_id (self->case_));
  gtk_window_close (GTK_WINDOW (self));
}

/* --- the window
 * ------------------------------------------------------------------------------------ */

static void
desk_refused_window_dispose (GObject *object)
{
  DeskRefusedWindow *self = DESK_REFUSED_WINDOW (object);

  g_clear_object (&self->base);
  g_clear_object (&self->written);
  g_clear_object (&self->case_);
  g_clear_object (&self->session);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_ptr_array_unref);

  G_OBJECT_CLASS (desk_refused_window_parent_class)->dispose (object);
}

static void
desk_refused_window_class_init (DeskRefusedWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_refused_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static GtkWidget *
make_buttons (DeskRefusedWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *drop = gtk_button_new_with_mnemonic (_ ("_Drop Mine…"));

  self->take_button = gtk_button_new_with_mnemonic (_ ("_Amend Again…"));
  self->hint = GTK_LABEL (desk_change_row_make_text (""));
  gtk_widget_set_hexpand (GTK_WIDGET (self->hint), TRUE);
  gtk_widget_set_tooltip_text (self->take_button, _ ("Open the Form with What Is Marked"));
  gtk_widget_add_css_class (self->take_button, "suggested-action");
  gtk_widget_add_css_class (box, "toolbar");
  desk_widgets_name_button (GTK_BUTTON (drop));
  desk_widgets_name_button (GTK_BUTTON (self->take_button));
  gtk_box_append (GTK_BOX (box), drop);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->hint));
  gtk_box_append (GTK_BOX (box), self->take_button);
  g_signal_connect_swapped (drop, "clicked", G_CALLBACK (drop_cb), self);
  g_signal_connect_swapped (self->take_button, "clicked", G_CALLBACK (take_cb), self);
  return box;
}

static void
desk_refused_window_init (DeskRefusedWindow *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->checks = g_ptr_array_new ();
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "desk-window-content");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->box));
  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), scrolled);
  gtk_box_append (GTK_BOX (content), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (content), make_buttons (self));
  adw_window_set_content (ADW_WINDOW (self), content);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Refused Amendment"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 580, 560);
}

/* Why the service refused it; NULL when it does not say. Transfer full. */
static char *
find_refusal (DeskRefusedWindow *self)
{
  g_autoptr (GPtrArray) items = reunion_station_store_list_outbox (
      desk_session_get_store (self->session), reunion_case_get_id (self->case_), NULL);

  for (guint i = items != NULL ? items->len : 0; i > 0; i--)
    if (reunion_outbox_item_get_kind (items->pdata[i - 1]) == REUNION_OUTBOX_AMEND
        && reunion_outbox_item_get_state (items->pdata[i - 1]) == REUNION_OUTBOX_ATTENTION)
      return g_strdup (reunion_outbox_item_get_last_error (items->pdata[i - 1]));
  return NULL;
}

static void
add_text (DeskRefusedWindow *self, const char *text, const char *css_class)
{
  GtkWidget *label = desk_change_row_make_text (text);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (self->box, label);
}

static void
fill (DeskRefusedWindow *self)
{
  g_autoptr (GPtrArray) changes = reunion_history_diff_cases (self->case_, self->written);
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (GPtrArray) theirs = NULL;
  g_autofree char *refusal = find_refusal (self);
  g_autofree char *why = NULL;
  GtkWidget *list = gtk_list_box_new ();

  if (self->base != NULL)
    {
      own = reunion_history_diff_cases (self->base, self->written);
      theirs = reunion_history_diff_cases (self->base, self->case_);
    }
  if (refusal != NULL)
    add_text (self, refusal, "desk-inline-message");
  if (self->reason != NULL)
    {
      /* Translators: what the officer wrote as the reason */
      why = g_strdup_printf (_ ("Your reason: %s"), self->reason);
      add_text (self, why, NULL);
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < changes->len; i++)
    {
      const ReunionHistoryChange *change = changes->pdata[i];

      /* What others changed and the officer did not is theirs. */
      if (own == NULL || has_key (own, change->key))
        gtk_list_box_append (
            GTK_LIST_BOX (list),
            make_row (self, change, theirs == NULL || has_key (theirs, change->key)));
    }
  if (self->checks->len > 0)
    gtk_box_append (self->box, list);
  else
    add_text (self, _ ("The service already says all that you wrote: there is nothing to amend."),
              NULL);
  gtk_widget_set_visible (
      self->take_button,
      self->checks->len > 0 && reunion_case_state_is_public (reunion_case_get_state (self->case_)));
}

/* The refusal may come before what it speaks of: what the service has is shown
 * anew, but for the marks that the officer has taken away. */
static void
changed_cb (DeskRefusedWindow *self)
{
  ReunionCase *now = desk_session_find_case (self->session, reunion_case_get_id (self->case_));
  g_autoptr (GHashTable) unmarked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkWidget *child;

  if (now == NULL || reunion_case_get_revision (now) == reunion_case_get_revision (self->case_))
    return;
  for (guint i = 0; i < self->checks->len; i++)
    if (!gtk_check_button_get_active (self->checks->pdata[i]))
      g_hash_table_add (unmarked, g_strdup (self->keys->pdata[i]));
  g_ptr_array_set_size (self->checks, 0);
  g_ptr_array_set_size (self->keys, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  g_object_unref (self->case_);
  self->case_ = reunion_case_copy (now);
  fill (self);
  for (guint i = 0; i < self->checks->len; i++)
    if (g_hash_table_contains (unmarked, self->keys->pdata[i]))
      gtk_check_button_set_active (self->checks->pdata[i], FALSE);
}

GtkWidget *
desk_refused_window_new (GtkWindow *parent, DeskSession *session, ReunionCase *case_)
{
  DeskRefusedWindow *self;
  ReunionStationStore *store;
  const char *id;
  g_autoptr (ReunionCase) written = NULL;
  g_autofree char *reason = NULL;

  g_return_val_if_fail (DESK_IS_SESSION (session) && REUNION_IS_CASE (case_), NULL);

  store = desk_session_get_store (session);
  id = reunion_case_get_id (case_);
  written = reunion_station_store_get_refused_amendment (store, id, &reason, NULL);
  if (written == NULL)
    return NULL;
  self = g_object_new (DESK_TYPE_REFUSED_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->case_ = reunion_case_copy (case_);
  self->written = g_steal_pointer (&written);
  self->base = reunion_station_store_get_refused_base (store, id, NULL);
  self->reason = g_steal_pointer (&reason);
  fill (self);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
