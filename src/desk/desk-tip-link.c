/* desk-tip-link.c: rows of tips and the map select together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-tip-link.h"

#define TIP_KEY "desk-tip-id"
#define VIEW_KEY "desk-tip-view"

static void
row_entered_cb (GtkEventController *controller)
{
  GtkWidget *row = gtk_event_controller_get_widget (controller);
  const char *tip_id = g_object_get_data (G_OBJECT (row), TIP_KEY);
  ReunionMapView *view = NULL;

  for (GtkWidget *above = row; above != NULL && view == NULL; above = gtk_widget_get_parent (above))
    view = g_object_get_data (G_OBJECT (above), VIEW_KEY);
  if (view != NULL)
    reunion_map_view_set_selected_tip (view, tip_id);
}

static void
mark_rows (GtkWidget *widget, const char *tip_id)
{
  const char *own = g_object_get_data (G_OBJECT (widget), TIP_KEY);

  if (own != NULL && g_strcmp0 (own, tip_id) == 0)
    {
      gtk_widget_add_css_class (widget, "desk-tip-selected");
      gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_SELECTED, TRUE,
                                   -1);
    }
  else if (own != NULL)
    {
      gtk_widget_remove_css_class (widget, "desk-tip-selected");
      gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_SELECTED, FALSE,
                                   -1);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    mark_rows (child, tip_id);
}

static void
selected_cb (GtkWidget *rows, GParamSpec *pspec, ReunionMapView *view)
{
  mark_rows (rows, reunion_map_view_get_selected_tip (view));
}

void
desk_tip_link_add_row (GtkWidget *row, const char *tip_id)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_return_if_fail (GTK_IS_WIDGET (row) && tip_id != NULL);

  g_object_set_data_full (G_OBJECT (row), TIP_KEY, g_strdup (tip_id), g_free);
  g_signal_connect (focus, "enter", G_CALLBACK (row_entered_cb), NULL);
  g_signal_connect (motion, "enter", G_CALLBACK (row_entered_cb), NULL);
  gtk_widget_add_controller (row, focus);
  gtk_widget_add_controller (row, motion);
}

void
desk_tip_link_join (GtkWidget *rows, ReunionMapView *view)
{
  g_return_if_fail (GTK_IS_WIDGET (rows) && REUNION_IS_MAP_VIEW (view));

  g_object_set_data_full (G_OBJECT (rows), VIEW_KEY, g_object_ref (view), g_object_unref);
  g_signal_connect_object (view, "notify::selected-tip", G_CALLBACK (selected_cb), rows,
                           G_CONNECT_SWAPPED);
}
