/* desk-window-actions.c: what menu, keys and pages ask of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-window-actions.h"

#include "desk-compat.h"
#include "desk-preferences.h"
#include "desk-window-private.h"

/* Those that need somebody who is signed in. */
static const char *const admitted_actions[]
    = { "new-report", "open-draft", "find", "show-page", "switch-user" };

static void
new_report_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_window_show_page (user_data, "cases");
  desk_cases_page_new_report (desk_window_get_cases_page (user_data));
}

static void
open_draft_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_window_show_page (user_data, "cases");
  desk_cases_page_open_draft (desk_window_get_cases_page (user_data),
                              g_variant_get_string (parameter, NULL));
}

static void
find_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_window_show_page (user_data, "cases");
  desk_cases_page_focus_search (desk_window_get_cases_page (user_data));
}

static void
show_page_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_window_show_page (user_data, g_variant_get_string (parameter, NULL));
}

static void
show_tip_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_window_show_page (user_data, "tips");
  desk_tips_page_show_tip (desk_window_get_tips_page (user_data),
                           g_variant_get_string (parameter, NULL));
}

static void
show_case_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_window_show_page (user_data, "cases");
  desk_cases_page_show_case (desk_window_get_cases_page (user_data),
                             g_variant_get_string (parameter, NULL));
}

static void
amend_case_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_window_show_page (user_data, "cases");
  desk_cases_page_amend_case (desk_window_get_cases_page (user_data),
                              g_variant_get_string (parameter, NULL));
}

static void
toast_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_window_toast (user_data, g_variant_get_string (parameter, NULL), NULL, NULL, NULL);
}

static void
retry_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  reunion_sync_retry_now (desk_session_get_sync (desk_window_get_session (user_data)));
}

static void
switch_user_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  if (!desk_cases_page_keep (desk_window_get_cases_page (user_data)))
    return;
  desk_session_sign_out (desk_window_get_session (user_data));
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DeskMapSettings *settings = desk_session_get_map_settings (desk_window_get_session (user_data));

  gtk_window_present (GTK_WINDOW (desk_preferences_new (user_data, settings)));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  desk_compat_show_about (user_data);
}

static void
account_changed_cb (DeskWindow *window)
{
  gboolean is_admitted = desk_session_get_is_admitted (desk_window_get_session (window));

  for (gsize i = 0; i < G_N_ELEMENTS (admitted_actions); i++)
    g_simple_action_set_enabled (
        G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (window), admitted_actions[i])),
        is_admitted);
}

void
desk_window_actions_add (DeskWindow *window)
{
  const GActionEntry entries[] = {
    { .name = "new-report", .activate = new_report_cb },
    { .name = "open-draft", .activate = open_draft_cb, .parameter_type = "s" },
    { .name = "find", .activate = find_cb },
    { .name = "show-page", .activate = show_page_cb, .parameter_type = "s" },
    { .name = "show-tip", .activate = show_tip_cb, .parameter_type = "s" },
    { .name = "show-case", .activate = show_case_cb, .parameter_type = "s" },
    { .name = "amend-case", .activate = amend_case_cb, .parameter_type = "s" },
    { .name = "toast", .activate = toast_cb, .parameter_type = "s" },
    { .name = "retry", .activate = retry_cb },
    { .name = "switch-user", .activate = switch_user_cb },
    { .name = "preferences", .activate = preferences_cb },
    { .name = "about", .activate = about_cb },
  };

  g_return_if_fail (DESK_IS_WINDOW (window));

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
  g_signal_connect_object (desk_window_get_session (window), "account-changed",
                           G_CALLBACK (account_changed_cb), window, G_CONNECT_SWAPPED);
  account_changed_cb (window);
}

void
desk_window_actions_set_keys (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *key;
  } keys[] = {
    { "win.new-report", "<Control>n" },      { "win.find", "<Control>f" },
    { "win.retry", "<Control>r" },           { "win.preferences", "<Control>comma" },
    { "win.show-page('cases')", "<Alt>1" },  { "win.show-page('tips')", "<Alt>2" },
    { "win.show-page('review')", "<Alt>3" }, { "win.show-page('statistics')", "<Alt>4" },
  };

  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action,
                                           (const char *[]){ keys[i].key, NULL });
}
