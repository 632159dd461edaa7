/* desk-widgets.c: small things that many pages do to widgets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-widgets.h"

#include <adwaita.h>

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
desk_widgets_scroll_to (GtkWidget *widget)
{
  GtkWidget *viewport;
  GtkAdjustment *position;
  graphene_rect_t bounds;
  double top, hidden;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  if (viewport == NULL || !gtk_widget_get_mapped (widget)
      || !gtk_widget_compute_bounds (widget, viewport, &bounds))
    return;
  position = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
  top = gtk_adjustment_get_value (position);
  hidden = bounds.origin.y + bounds.size.height - gtk_adjustment_get_page_size (position);
  if (bounds.origin.y < 0.0f)
    gtk_adjustment_set_value (position, top + bounds.origin.y);
  else if (hidden > 0.0)
    gtk_adjustment_set_value (position, top + hidden);
}

void
desk_widgets_toast (GtkWidget *widget, const char *text)
{
  gtk_widget_activate_action (widget, "win.toast", "s", text);
}

static void
set_hidden (GtkWidget *widget, gboolean is_hidden)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, is_hidden, -1);
}

static void
mapped_cb (GtkWidget *widget)
{
  set_hidden (widget, FALSE);
}

static void
unmapped_cb (GtkWidget *widget)
{
  set_hidden (widget, TRUE);
}

static char *
strip_mnemonic (const char *label)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = label; *p != '\0'; p++)
    {
      if (*p == '_' && p[1] != '\0')
        p++;
      g_string_append_c (plain, *p);
    }
  return g_string_free (plain, FALSE);
}

void
desk_widgets_name_button (GtkButton *button)
{
  const char *label = gtk_button_get_label (button);
  g_autofree char *plain = NULL;

  if (label == NULL || !gtk_button_get_use_underline (button))
    return;
  plain = strip_mnemonic (label);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  desk_widgets_set_name (GTK_WIDGET (button), plain);
}

void
desk_widgets_mend_accessibility (GtkWidget *root)
{
  gboolean is_stack = GTK_IS_STACK (root) || ADW_IS_VIEW_STACK (root);

  if (GTK_IS_BUTTON (root))
    desk_widgets_name_button (GTK_BUTTON (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (is_stack)
        {
          set_hidden (child, !gtk_widget_get_mapped (child));
          g_signal_connect (child, "map", G_CALLBACK (mapped_cb), NULL);
          g_signal_connect (child, "unmap", G_CALLBACK (unmapped_cb), NULL);
        }
      desk_widgets_mend_accessibility (child);
    }
}
