/* desk-time-bar.c: the line under the map that moves it through time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-time-bar.h"

#include "desk-case-model.h"
#include "desk-time-span.h"
#include "desk-widgets.h"

#include "reunion-time.h"

#include <glib/gi18n-lib.h>

/* How long playing takes from one end to the other. */
#define PLAY_SECONDS 15.0

struct _DeskTimeBar
{
  GtkWidget parent_instance;

  DeskSession *session;
  ReunionCase *case_;
  DeskTimeSpan span;
  gint64 moment_usec; /* 0 while the clock is followed */
  char *marks;        /* what the scale was last told */
  guint play_id;
  gint64 played_usec; /* frame time of the last step */

  GtkWidget *box;
  GtkWidget *time_button;
  GtkPopover *time_popover;
  GtkEntry *time_entry;
  GtkLabel *time_problem;
  GtkLabel *moment_label;
  GtkLabel *figures_label;
  GtkWidget *now_button;
  GtkButton *play_button;
  GtkScale *scale;
};

enum
{
  SIGNAL_MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskTimeBar, desk_time_bar, GTK_TYPE_WIDGET)

static gint64
get_now_usec (DeskTimeBar *self)
{
  return desk_session_get_now_usec (self->session);
}

/* --- what the line says ------------------------------------------------------ */

/* The clock for the day of today, else with its date. */
static char *
format_moment (gint64 usec, gint64 now_usec)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_local (usec / G_USEC_PER_SEC);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now_usec / G_USEC_PER_SEC);

  if (day != NULL && today != NULL
      && g_date_time_get_day_of_year (day) == g_date_time_get_day_of_year (today)
      && g_date_time_get_year (day) == g_date_time_get_year (today))
    return g_date_time_format (day, "%H:%M");
  return reunion_time_format (usec, zone);
}

static void
show_moment (DeskTimeBar *self)
{
  gint64 usec = desk_time_bar_get_moment_usec (self);
  gboolean is_live = self->moment_usec == 0;
  g_autofree char *clock = format_moment (usec, get_now_usec (self));
  g_autofree char *text = NULL;
  g_autofree char *figures
      = desk_case_model_format_moment (self->case_, desk_session_get_policy (self->session), usec);

  /* Translators: the time of day that the map shows, while it follows the clock */
  text = is_live ? g_strdup_printf (_("Now, %s"), clock) : g_steal_pointer (&clock);
  gtk_label_set_label (self->moment_label, text);
  gtk_label_set_label (self->figures_label, figures);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->figures_label), figures);
  gtk_widget_set_sensitive (self->now_button, !is_live);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text, -1);
}

/* Where the circle grows, and where the clock stands. */
static void
show_marks (DeskTimeBar *self)
{
  ReunionPolicy *policy = desk_session_get_policy (self->session);
  g_autoptr (GString) told = g_string_new (NULL);
  double now = desk_time_span_get_position (&self->span, get_now_usec (self));

  for (gsize i = 0; i < reunion_policy_get_n_stages (policy); i++)
    g_string_append_printf (
        told, "%.3f ",
        desk_time_span_get_position (
            &self->span, self->span.loss_usec + reunion_policy_get_stage (policy, i)->after_usec));
  g_string_append_printf (told, "%.2f", now);
  if (g_strcmp0 (told->str, self->marks) == 0)
    return;
  gtk_scale_clear_marks (self->scale);
  for (gsize i = 0; i < reunion_policy_get_n_stages (policy); i++)
    gtk_scale_add_mark (
        self->scale,
        desk_time_span_get_position (
            &self->span, self->span.loss_usec + reunion_policy_get_stage (policy, i)->after_usec),
        GTK_POS_BOTTOM, NULL);
  gtk_scale_add_mark (self->scale, now, GTK_POS_TOP, NULL);
  g_free (self->marks);
  self->marks = g_string_free (g_steal_pointer (&told), FALSE);
}

static void
show (DeskTimeBar *self)
{
  ReunionPoint point;
  gboolean has_span
      = self->case_ != NULL
        && reunion_report_get_point (reunion_case_get_report (self->case_), &point)
        && desk_time_span_init (&self->span, self->case_, desk_session_get_policy (self->session),
                                get_now_usec (self));

  gtk_widget_set_visible (GTK_WIDGET (self), has_span);
  if (!has_span)
    return;
  show_marks (self);
  gtk_range_set_value (
      GTK_RANGE (self->scale),
      desk_time_span_get_position (&self->span, desk_time_bar_get_moment_usec (self)));
  show_moment (self);
}

/* --- moving ---------------------------------------------------------------------- */

static void
show_playing (DeskTimeBar *self, gboolean is_playing)
{
  const char *name = is_playing ? _("Pause") : _("Play from the Loss Onwards");

  gtk_button_set_icon_name (self->play_button, is_playing ? "media-playback-pause-symbolic"
                                                          : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play_button), name);
  desk_widgets_set_name (GTK_WIDGET (self->play_button), name);
}

static void
stop (DeskTimeBar *self)
{
  if (self->play_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->play_id);
  self->play_id = 0;
  show_playing (self, FALSE);
}

static void
move_to (DeskTimeBar *self, gint64 moment_usec)
{
  self->moment_usec = moment_usec;
  show (self);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

static gboolean
change_value_cb (DeskTimeBar *self, GtkScrollType scroll, double value)
{
  stop (self);
  move_to (self, desk_time_span_get_usec (&self->span, value));
  return TRUE;
}

static void
now_cb (DeskTimeBar *self)
{
  stop (self);
  move_to (self, 0);
}

static gboolean
play_step_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  DeskTimeBar *self = DESK_TIME_BAR (widget);
  gint64 frame_usec = gdk_frame_clock_get_frame_time (clock);
  double step = (double) (frame_usec - self->played_usec) / (double) G_USEC_PER_SEC / PLAY_SECONDS;
  double position
      = desk_time_span_get_position (&self->span, desk_time_bar_get_moment_usec (self)) + step;

  self->played_usec = frame_usec;
  move_to (self, desk_time_span_get_usec (&self->span, position));
  if (position < 1.0)
    return G_SOURCE_CONTINUE;
  self->play_id = 0;
  show_playing (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* From where the line stands; from the loss when it follows the clock or has come
 * to its end. */
static void
play_cb (DeskTimeBar *self)
{
  if (self->play_id != 0)
    {
      stop (self);
      return;
    }
  if (self->moment_usec == 0 || self->moment_usec >= self->span.end_usec)
    move_to (self, self->span.loss_usec);
  self->played_usec
      = gdk_frame_clock_get_frame_time (gtk_widget_get_frame_clock (GTK_WIDGET (self)));
  self->play_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), play_step_cb, NULL, NULL);
  show_playing (self, TRUE);
}

/* --- a time that is typed ------------------------------------------------------------ */

static void
time_popover_shown_cb (DeskTimeBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->time_problem), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->time_entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->time_entry));
}

static void
show_time_problem (DeskTimeBar *self, const char *sentence)
{
  gtk_label_set_label (self->time_problem, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->time_problem), TRUE);
}

static void
time_entered_cb (DeskTimeBar *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GError) error = NULL;
  gint64 now_usec = get_now_usec (self);
  gint64 usec;

  if (!reunion_time_parse_any (gtk_editable_get_text (GTK_EDITABLE (self->time_entry)), now_usec,
                               zone, &usec, &error))
    {
      show_time_problem (self, error->message);
      return;
    }
  if (usec < self->span.loss_usec || usec > self->span.end_usec)
    {
      g_autofree char *from = format_moment (self->span.loss_usec, now_usec);
      g_autofree char *until = format_moment (self->span.end_usec, now_usec);
      /* Translators: two times */
      g_autofree char *sentence = g_strdup_printf (
          _("The line reaches from %s to %s. Choose a time in between."), from, until);

      show_time_problem (self, sentence);
      return;
    }
  gtk_popover_popdown (self->time_popover);
  desk_time_bar_set_moment_usec (self, usec);
}

/* --- the widget ----------------------------------------------------------------------- */

static void
tick_cb (DeskTimeBar *self)
{
  if (self->case_ != NULL)
    show (self);
}

static void
desk_time_bar_dispose (GObject *object)
{
  DeskTimeBar *self = DESK_TIME_BAR (object);

  if (self->play_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->play_id);
  self->play_id = 0;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->marks, g_free);
  g_clear_object (&self->case_);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_time_bar_parent_class)->dispose (object);
}

static void
desk_time_bar_class_init (DeskTimeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_time_bar_dispose;
  signals[SIGNAL_MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-time-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskTimeBar, box);
  gtk_widget_class_bind_template_child (widget_class, DeskTimeBar, time_button);
  gtk_widget_class_bind_template_child (widget_class, DeskTimeBar, time_popover);
  gtk_widget_class_bind_template_child (widget_class, DeskTimeBar, time_entry);
  gtk_widget_class_bind_template_child (widget_class, DeskTimeBar, time_problem);
  gtk_widget_class_bind_template_child (widget_class, DeskTimeBar, moment_label);
  gtk_widget_class_bind_template_child (widget_class, DeskTimeBar, figures_label);
  gtk_widget_class_bind_template_child (widget_class, DeskTimeBar, now_button);
  gtk_widget_class_bind_template_child (widget_class, DeskTimeBar, play_button);
  gtk_widget_class_bind_template_child (widget_class, DeskTimeBar, scale);
  gtk_widget_class_bind_template_callback (widget_class, change_value_cb);
  gtk_widget_class_bind_template_callback (widget_class, now_cb);
  gtk_widget_class_bind_template_callback (widget_class, play_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_popover_shown_cb);
}

static void
desk_time_bar_init (DeskTimeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  show_playing (self, FALSE);
}

void
desk_time_bar_set_session (DeskTimeBar *self, DeskSession *session)
{
  g_return_if_fail (DESK_IS_TIME_BAR (self) && self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
}

void
desk_time_bar_set_case (DeskTimeBar *self, ReunionCase *case_)
{
  const char *old_id = NULL;
  const char *new_id = NULL;

  g_return_if_fail (DESK_IS_TIME_BAR (self) && self->session != NULL);

  if (self->case_ != NULL)
    old_id = reunion_case_get_id (self->case_);
  if (case_ != NULL)
    new_id = reunion_case_get_id (case_);
  if (g_strcmp0 (old_id, new_id) != 0)
    {
      stop (self);
      self->moment_usec = 0;
    }
  g_set_object (&self->case_, case_);
  show (self);
}

gboolean
desk_time_bar_get_is_live (DeskTimeBar *self)
{
  g_return_val_if_fail (DESK_IS_TIME_BAR (self), TRUE);

  return self->moment_usec == 0;
}

gint64
desk_time_bar_get_moment_usec (DeskTimeBar *self)
{
  g_return_val_if_fail (DESK_IS_TIME_BAR (self) && self->session != NULL, 0);

  return self->moment_usec != 0 ? self->moment_usec : get_now_usec (self);
}

void
desk_time_bar_set_moment_usec (DeskTimeBar *self, gint64 usec)
{
  g_return_if_fail (DESK_IS_TIME_BAR (self) && self->session != NULL);

  stop (self);
  move_to (self, usec);
}
