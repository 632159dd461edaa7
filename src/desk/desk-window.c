/* desk-window.c: the window: sign-in, and the four pages under one header
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-window-private.h"

#include "desk-connection-bar.h"
#include "desk-form-ask.h"
#include "desk-report-form.h"
#include "desk-review-page.h"
#include "desk-sign-in-page.h"
#include "desk-statistics-page.h"
#include "desk-tip-model.h"
#include "desk-widgets.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

/* A tip that came in longer ago than this is no news: it was fetched when this PC
 * first signed in, or after a night without the network. */
#define NEWS_USEC (10 * G_TIME_SPAN_MINUTE)

/* Width, height and whether it fills the screen, as one setting. */
#define SIZE_SETTING "window-size"

struct _DeskWindow
{
  AdwApplicationWindow parent_instance;

  DeskSession *session;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  DeskSignInPage *sign_in_page;
  AdwViewStack *views;
  AdwViewStackPage *tips_stack_page;
  AdwViewStackPage *review_stack_page;
  GtkWidget *switcher;
  GtkWidget *new_report_button;
  GtkLabel *officer_label;
  DeskConnectionBar *connection_bar;
  DeskCasesPage *cases_page;
  DeskTipsPage *tips_page;
  DeskReviewPage *review_page;
  DeskStatisticsPage *statistics_page;

  gboolean is_leaving; /* although the report is not kept */
  AdwToast *tip_toast; /* while it shows, not owned */
  guint n_toasted;
};

G_DEFINE_FINAL_TYPE (DeskWindow, desk_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- who is signed in ------------------------------------------------------- */

static void
show_officer (DeskWindow *self)
{
  const char *name = desk_session_get_officer_name (self->session);
  const char *station = desk_session_get_station_name (self->session);
  const char *account = desk_session_get_account (self->session);
  g_autofree char *text = NULL;

  if (*name != '\0' && *station != '\0')
    /* Translators: who is signed in: name, station */
    text = g_strdup_printf (_("%s · %s"), name, station);
  else
    text = g_strdup (*name != '\0' ? name : account != NULL ? account : "");
  gtk_label_set_label (self->officer_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->officer_label),
                               reunion_role_get_label (desk_session_get_role (self->session)));
}

static void
account_changed_cb (DeskWindow *self)
{
  gboolean is_admitted = desk_session_get_is_admitted (self->session);
  gboolean was_admitted = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "desk") == 0;

  show_officer (self);
  gtk_widget_set_visible (self->switcher, is_admitted);
  gtk_widget_set_visible (self->new_report_button, is_admitted);
  gtk_widget_set_visible (GTK_WIDGET (self->officer_label), is_admitted);
  gtk_stack_set_visible_child_name (self->stack, is_admitted ? "desk" : "sign-in");
  if (is_admitted && !was_admitted)
    adw_view_stack_set_visible_child_name (
        self->views,
        desk_session_get_role (self->session) == REUNION_ROLE_REVIEWER ? "review" : "cases");
  if (!is_admitted)
    desk_sign_in_page_prepare (self->sign_in_page);
}

/* The service took back what it had granted: the password was changed there, or
 * the account ended. What was being typed is kept first. */
static void
sync_changed_cb (DeskWindow *self)
{
  ReunionSync *sync = desk_session_get_sync (self->session);
  g_autofree char *problem = g_strdup (reunion_sync_get_problem (sync));

  if (reunion_sync_get_status (sync) != REUNION_SYNC_SIGNED_OUT || problem == NULL
      || !desk_session_get_is_admitted (self->session))
    return;
  desk_cases_page_keep (self->cases_page);
  desk_session_sign_out (self->session);
  desk_window_toast (self, problem, NULL, NULL, NULL);
}

/* --- what the store says ----------------------------------------------------- */

static void
changed_cb (DeskWindow *self)
{
  guint n_tips = reunion_station_store_count_tips (desk_session_get_store (self->session), NULL,
                                                   REUNION_TIP_STATE_NEW);

  adw_view_stack_page_set_badge_number (self->tips_stack_page, n_tips);
  adw_view_stack_page_set_badge_number (
      self->review_stack_page,
      desk_session_count_cases (self->session, 1u << REUNION_CASE_STATE_SUBMITTED));
}

static void
tip_toast_dismissed_cb (DeskWindow *self)
{
  self->tip_toast = NULL;
  self->n_toasted = 0;
}

/* One toast for however many tips come in while it shows. */
static void
toast_tip (DeskWindow *self, ReunionTip *tip)
{
  ReunionCase *case_ = desk_session_find_case (self->session, reunion_tip_get_case_id (tip));
  g_autofree char *place = desk_tip_model_format_place (tip, case_);
  g_autofree char *text = NULL;

  self->n_toasted++;
  if (self->tip_toast != NULL)
    {
      text = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%u new tip", "%u new tips", self->n_toasted),
          self->n_toasted);
      adw_toast_set_title (self->tip_toast, text);
      adw_toast_set_action_target (self->tip_toast, "s", reunion_tip_get_id (tip));
      return;
    }
  /* Translators: where something was seen */
  text = g_strdup_printf (_("New tip: %s"), place);
  self->tip_toast
      = desk_window_toast (self, text, _("Show"), "win.show-tip", reunion_tip_get_id (tip));
  g_signal_connect_object (self->tip_toast, "dismissed", G_CALLBACK (tip_toast_dismissed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Says nothing of the tip: a notification may stand on a locked screen. */
static void
notify_tip (DeskWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GNotification) notification = g_notification_new (_("A new tip has come in"));

  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_application_send_notification (G_APPLICATION (application), "tip", notification);
}

static void
tip_received_cb (DeskWindow *self, ReunionTip *tip)
{
  gint64 age_usec = desk_session_get_now_usec (self->session) - reunion_tip_get_received_usec (tip);

  if (!desk_session_get_is_admitted (self->session) || age_usec > NEWS_USEC)
    return;
  if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->views), "tips") != 0)
    toast_tip (self, tip);
  if (!gtk_window_is_active (GTK_WINDOW (self)))
    notify_tip (self);
}

/* --- size ------------------------------------------------------------------------ */

static void
recall_size (DeskWindow *self)
{
  g_autofree char *text
      = reunion_station_store_get_setting (desk_session_get_store (self->session), SIZE_SETTING);
  int width, height, is_maximized;

  if (text == NULL || sscanf (text, "%d %d %d", &width, &height, &is_maximized) != 3 || width < 200
      || height < 200)
    {
      /* The desk is what a station's PC is there for. */
      gtk_window_maximize (GTK_WINDOW (self));
      return;
    }
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (is_maximized)
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
remember_size (DeskWindow *self)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  text = g_strdup_printf ("%d %d %d", width, height, gtk_window_is_maximized (GTK_WINDOW (self)));
  if (!reunion_station_store_set_setting (desk_session_get_store (self->session), SIZE_SETTING,
                                          text, &error))
    g_warning ("%s", error->message);
}

static void
close_anyway (gpointer user_data)
{
  DeskWindow *self = user_data;

  self->is_leaving = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
desk_window_close_request (GtkWindow *window)
{
  DeskWindow *self = DESK_WINDOW (window);

  if (!desk_cases_page_keep (self->cases_page) && !self->is_leaving)
    {
      desk_form_ask_to_leave (window, close_anyway, g_object_ref (self));
      return TRUE;
    }
  remember_size (self);
  return GTK_WINDOW_CLASS (desk_window_parent_class)->close_request (window);
}

static void
desk_window_dispose (GObject *object)
{
  g_clear_object (&DESK_WINDOW (object)->session);

  G_OBJECT_CLASS (desk_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, views);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, tips_stack_page);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, review_stack_page);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, new_report_button);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, officer_label);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, connection_bar);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, cases_page);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, tips_page);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, review_page);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, statistics_page);
}

static void
desk_window_class_init (DeskWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = desk_window_close_request;
  g_type_ensure (DESK_TYPE_SIGN_IN_PAGE);
  g_type_ensure (DESK_TYPE_CONNECTION_BAR);
  g_type_ensure (DESK_TYPE_CASES_PAGE);
  g_type_ensure (DESK_TYPE_TIPS_PAGE);
  g_type_ensure (DESK_TYPE_REVIEW_PAGE);
  g_type_ensure (DESK_TYPE_STATISTICS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-window.ui");
  bind_children (widget_class);
}

static void
desk_window_init (DeskWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

DeskWindow *
desk_window_new (AdwApplication *application, DeskSession *session)
{
  DeskWindow *self;

  g_return_val_if_fail (ADW_IS_APPLICATION (application) && DESK_IS_SESSION (session), NULL);

  self = g_object_new (DESK_TYPE_WINDOW, "application", application, NULL);
  self->session = g_object_ref (session);
  recall_size (self);
  desk_sign_in_page_set_session (self->sign_in_page, session);
  desk_connection_bar_set_session (self->connection_bar, session);
  desk_cases_page_set_session (self->cases_page, session);
  desk_tips_page_set_session (self->tips_page, session);
  desk_review_page_set_session (self->review_page, session);
  desk_statistics_page_set_session (self->statistics_page, session);
  g_signal_connect_object (session, "account-changed", G_CALLBACK (account_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "sync-changed", G_CALLBACK (sync_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "tip-received", G_CALLBACK (tip_received_cb), self,
                           G_CONNECT_SWAPPED);
  desk_widgets_mend_accessibility (GTK_WIDGET (self));
  account_changed_cb (self);
  changed_cb (self);
  return self;
}

/* --- for the actions ---------------------------------------------------------------- */

DeskSession *
desk_window_get_session (DeskWindow *self)
{
  return self->session;
}

DeskCasesPage *
desk_window_get_cases_page (DeskWindow *self)
{
  return self->cases_page;
}

DeskTipsPage *
desk_window_get_tips_page (DeskWindow *self)
{
  return self->tips_page;
}

void
desk_window_show_page (DeskWindow *self, const char *name)
{
  adw_view_stack_set_visible_child_name (self->views, name);
}

AdwToast *
desk_window_toast (DeskWindow *self,
                   const char *text,
                   const char *button,
                   const char *action,
                   const char *target)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  if (button != NULL)
    {
      adw_toast_set_button_label (toast, button);
      adw_toast_set_action_name (toast, action);
      adw_toast_set_action_target (toast, "s", target);
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
  return toast;
}
