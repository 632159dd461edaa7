/* desk-window-actions.c: what menu, keys and pages ask of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-window-private.h"

#include "desk-compat.h"

static const char *const admitted_actions[]
    = { "win.new-report", "win.find", "win.show-page", "win.switch-user" };

static void
new_report_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DeskWindow *self = DESK_WINDOW (widget);

  desk_window_show_page (self, "cases");
  desk_cases_page_new_report (desk_window_get_cases_page (self));
}

static void
find_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DeskWindow *self = DESK_WINDOW (widget);

  desk_window_show_page (self, "cases");
  desk_cases_page_focus_search (desk_window_get_cases_page (self));
}

static void
show_page_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  desk_window_show_page (DESK_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_tip_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DeskWindow *self = DESK_WINDOW (widget);

  desk_window_show_page (self, "tips");
  desk_tips_page_show_tip (desk_window_get_tips_page (self),
                           g_variant_get_string (parameter, NULL));
}

static void
show_case_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DeskWindow *self = DESK_WINDOW (widget);

  desk_window_show_page (self, "cases");
  desk_cases_page_show_case (desk_window_get_cases_page (self),
                             g_variant_get_string (parameter, NULL));
}

static void
toast_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  desk_window_toast (DESK_WINDOW (widget), g_variant_get_string (parameter, NULL), NULL, NULL,
                     NULL);
}

static void
retry_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  reunion_sync_retry_now (desk_session_get_sync (desk_window_get_session (DESK_WINDOW (widget))));
}

static void
switch_user_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DeskWindow *self = DESK_WINDOW (widget);

  desk_cases_page_keep (desk_window_get_cases_page (self));
  desk_session_sign_out (desk_window_get_session (self));
}

static void
about_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  desk_compat_show_about (GTK_WINDOW (widget));
}

static void
add_page_key (GtkWidgetClass *widget_class, guint key, const char *page)
{
  gtk_widget_class_add_binding_action (widget_class, key, GDK_ALT_MASK, "win.show-page", "s", page);
}

void
desk_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-report", NULL, new_report_cb);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_cb);
  gtk_widget_class_install_action (widget_class, "win.show-tip", "s", show_tip_cb);
  gtk_widget_class_install_action (widget_class, "win.show-case", "s", show_case_cb);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_cb);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "win.switch-user", NULL, switch_user_cb);
  gtk_widget_class_install_action (widget_class, "win.about", NULL, about_cb);
  add_page_key (widget_class, GDK_KEY_1, "cases");
  add_page_key (widget_class, GDK_KEY_2, "tips");
  add_page_key (widget_class, GDK_KEY_3, "review");
  add_page_key (widget_class, GDK_KEY_4, "statistics");
}

void
desk_window_set_actions_enabled (DeskWindow *self, gboolean is_admitted)
{
  for (gsize i = 0; i < G_N_ELEMENTS (admitted_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), admitted_actions[i], is_admitted);
}
