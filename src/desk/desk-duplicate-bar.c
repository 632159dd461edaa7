/* desk-duplicate-bar.c: says that somebody may be reported already
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-duplicate-bar.h"

#include "desk-case-model.h"
#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

struct _DeskDuplicateBar
{
  GtkBox parent_instance;

  DeskSession *session;
  ReunionCase *case_;
  GPtrArray *found; /* ReunionStationDuplicate */

  GtkLabel *heading;
  GtkLabel *who;
  GtkLabel *where;
};

enum
{
  SIGNAL_SHOW_BESIDE,
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskDuplicateBar, desk_duplicate_bar, GTK_TYPE_BOX)

static const ReunionStationDuplicate *
get_first (DeskDuplicateBar *self)
{
  return self->found != NULL && self->found->len > 0 ? self->found->pdata[0] : NULL;
}

static const char *
get_first_id (DeskDuplicateBar *self)
{
  const ReunionStationDuplicate *first = get_first (self);

  return first != NULL ? reunion_case_get_id (first->case_) : NULL;
}

static const char *
get_heading (const ReunionStationDuplicate *duplicate)
{
  return duplicate->kind == REUNION_DUPLICATE_NUMBER
             ? _("This ID number is in an open case already")
             : _("This person may be in an open case already");
}

/* "In review · 12 km away · missing for 3 h 20 min" */
static char *
describe_where (DeskDuplicateBar *self, const ReunionStationDuplicate *duplicate)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  gint64 now_usec = desk_session_get_now_usec (self->session);

  g_ptr_array_add (
      parts, g_strdup (reunion_case_state_get_label (reunion_case_get_state (duplicate->case_))));
  if (duplicate->distance_km >= 1.0)
    /* Translators: distance from the place of this report */
    g_ptr_array_add (parts, g_strdup_printf (_("%.0f km away"), duplicate->distance_km));
  else if (duplicate->distance_km >= 0.0)
    g_ptr_array_add (parts, g_strdup (_("same place")));
  if (reunion_report_has (reunion_case_get_report (duplicate->case_), REUNION_FIELD_LAST_SEEN))
    {
      g_autofree char *elapsed = desk_case_model_format_elapsed (duplicate->case_, now_usec);

      /* Translators: elapsed time */
      g_ptr_array_add (parts, g_strdup_printf (_("missing for %s"), elapsed));
    }
  if (self->found->len > 1)
    g_ptr_array_add (parts, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more case",
                                                          "%u more cases", self->found->len - 1),
                                             self->found->len - 1));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

/* Transfer full. */
static char *
describe_who (DeskDuplicateBar *self, const ReunionStationDuplicate *duplicate)
{
  g_autofree char *name = desk_case_model_format_name (duplicate->case_);
  g_autofree char *person
      = desk_case_model_format_person (duplicate->case_, desk_session_get_now_usec (self->session));
  const char *place
      = reunion_report_get_text (reunion_case_get_report (duplicate->case_), REUNION_FIELD_PLACE);

  return place != NULL ? g_strdup_printf ("%s · %s · %s", name, person, place)
                       : g_strdup_printf ("%s · %s", name, person);
}

static void
show (DeskDuplicateBar *self)
{
  const ReunionStationDuplicate *first = get_first (self);
  g_autofree char *who = NULL;
  g_autofree char *where = NULL;
  g_autofree char *all = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), first != NULL);
  if (first == NULL)
    return;
  who = describe_who (self, first);
  where = describe_where (self, first);
  all = g_strdup_printf ("%s: %s, %s", get_heading (first), who, where);
  gtk_label_set_label (self->heading, get_heading (first));
  gtk_label_set_label (self->who, who);
  gtk_label_set_label (self->where, where);
  desk_widgets_set_name (GTK_WIDGET (self), all);
}

static void
look (DeskDuplicateBar *self)
{
  g_autofree char *before = g_strdup (get_first_id (self));
  g_autoptr (GError) error = NULL;
  GPtrArray *found = NULL;

  if (self->case_ != NULL)
    {
      found = reunion_station_store_find_duplicates (
          desk_session_get_store (self->session), self->case_,
          desk_session_get_now_usec (self->session), &error);
      if (found == NULL)
        g_warning ("%s", error->message);
    }
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = found;
  show (self);
  if (g_strcmp0 (before, get_first_id (self)) != 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
tick_cb (DeskDuplicateBar *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    show (self);
}

static void
show_beside_cb (DeskDuplicateBar *self)
{
  g_signal_emit (self, signals[SIGNAL_SHOW_BESIDE], 0);
}

static gboolean
show_beside_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  show_beside_cb (DESK_DUPLICATE_BAR (widget));
  return TRUE;
}

static void
desk_duplicate_bar_dispose (GObject *object)
{
  DeskDuplicateBar *self = DESK_DUPLICATE_BAR (object);

  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_object (&self->case_);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_duplicate_bar_parent_class)->dispose (object);
}

static void
desk_duplicate_bar_class_init (DeskDuplicateBarClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_duplicate_bar_dispose;
  signals[SIGNAL_SHOW_BESIDE]
      = g_signal_new ("show-beside", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_ALERT);
}

static GtkLabel *
add_label (GtkBox *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static void
add_button (DeskDuplicateBar *self,
            GtkBox *box,
            const char *text,
            const char *hint,
            GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_set_tooltip_text (button, hint);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (box, button);
}

static void
add_key (DeskDuplicateBar *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_b, GDK_CONTROL_MASK),
                        gtk_callback_action_new (show_beside_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
desk_duplicate_bar_init (DeskDuplicateBar *self)
{
  GtkBox *texts = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));
  GtkBox *buttons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  gtk_widget_add_css_class (GTK_WIDGET (self), "desk-duplicate");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->heading = add_label (texts, "heading");
  self->who = add_label (texts, NULL);
  self->where = add_label (texts, "caption");
  add_button (self, buttons, _("Show Beside"), _("See the other case next to this one (Ctrl+B)"),
              G_CALLBACK (show_beside_cb));
  add_button (self, buttons, _("Not the Same"), _("Go on; this pair is not asked about again"),
              G_CALLBACK (desk_duplicate_bar_tell_apart));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (texts));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (buttons));
  add_key (self);
}

void
desk_duplicate_bar_set_session (DeskDuplicateBar *self, DeskSession *session)
{
  g_return_if_fail (DESK_IS_DUPLICATE_BAR (self) && self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
}

void
desk_duplicate_bar_set_case (DeskDuplicateBar *self, ReunionCase *case_)
{
  g_return_if_fail (DESK_IS_DUPLICATE_BAR (self) && self->session != NULL);

  g_set_object (&self->case_, case_);
  look (self);
}

ReunionCase *
desk_duplicate_bar_get_case (DeskDuplicateBar *self)
{
  g_return_val_if_fail (DESK_IS_DUPLICATE_BAR (self), NULL);

  return self->case_;
}

const ReunionStationDuplicate *
desk_duplicate_bar_get_duplicate (DeskDuplicateBar *self)
{
  g_return_val_if_fail (DESK_IS_DUPLICATE_BAR (self), NULL);

  return get_first (self);
}

void
desk_duplicate_bar_tell_apart (DeskDuplicateBar *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (DESK_IS_DUPLICATE_BAR (self));

  if (get_first (self) == NULL)
    return;
  if (!reunion_station_store_tell_apart (desk_session_get_store (self->session),
                                         reunion_case_get_id (self->case_), get_first_id (self),
                                         &error))
    desk_widgets_toast (GTK_WIDGET (self), error->message);
  look (self);
}

gboolean
desk_duplicate_bar_ask_to_submit (DeskDuplicateBar *self, DeskAnswerFunc sure, gpointer object)
{
  const ReunionStationDuplicate *first = get_first (self);
  g_autofree char *who = NULL;
  g_autofree char *where = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (DESK_IS_DUPLICATE_BAR (self), FALSE);
  g_return_val_if_fail (sure != NULL && G_IS_OBJECT (object), FALSE);

  if (first == NULL)
    return FALSE;
  who = describe_who (self, first);
  where = describe_where (self, first);
  text = g_strdup_printf (_("%s\n%s\n\nTwo cases for one person send people two ways. Submit only "
                            "if this is somebody else."),
                          who, where);
  desk_compat_prefer_cancel (desk_compat_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                              get_heading (first), text, NULL, _("_Look Again"),
                                              _("_Submit All the Same"), FALSE, sure,
                                              g_object_ref (object), g_object_unref));
  return TRUE;
}
