/* desk-upgrade-window.c: what is seen while a large file is brought up to date
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-upgrade-window.h"

#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

struct _DeskUpgradeWindow
{
  AdwApplicationWindow parent_instance;

  AdwStatusPage *page;
  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (DeskUpgradeWindow, desk_upgrade_window, ADW_TYPE_APPLICATION_WINDOW)

static void
desk_upgrade_window_class_init (DeskUpgradeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               DESK_RESOURCES "desk-upgrade-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskUpgradeWindow, page);
  gtk_widget_class_bind_template_child (widget_class, DeskUpgradeWindow, bar);
}

static void
desk_upgrade_window_init (DeskUpgradeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
desk_upgrade_window_new (GtkApplication *application)
{
  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);

  return g_object_new (DESK_TYPE_UPGRADE_WINDOW, "application", application, NULL);
}

void
desk_upgrade_window_set_progress (DeskUpgradeWindow *self, guint n_done, guint n_cases)
{
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (DESK_IS_UPGRADE_WINDOW (self) && n_cases > 0 && n_done <= n_cases);

  title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Bringing %'u Case up to Date…",
                                        "Bringing %'u Cases up to Date…", n_cases),
                           n_cases);
  /* Translators: so many cases are done, of so many */
  text = g_strdup_printf (_("%'u of %'u"), n_done, n_cases);
  adw_status_page_set_title (self->page, title);
  gtk_progress_bar_set_text (self->bar, text);
  gtk_progress_bar_set_fraction (self->bar, (double) n_done / n_cases);
}
