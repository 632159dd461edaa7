/* desk-widgets.c: small things that many pages do to widgets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-widgets.h"

void
desk_widgets_set_tone (GtkWidget *widget, const char *tone)
{
  static const char *const tones[] = { "accent", "success", "warning", "error", "dim" };

  for (gsize i = 0; i < G_N_ELEMENTS (tones); i++)
    if (g_strcmp0 (tones[i], tone) == 0)
      gtk_widget_add_css_class (widget, tones[i]);
    else
      gtk_widget_remove_css_class (widget, tones[i]);
}

void
desk_widgets_set_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
desk_widgets_toast (GtkWidget *widget, const char *text)
{
  gtk_widget_activate_action (widget, "win.toast", "s", text);
}
