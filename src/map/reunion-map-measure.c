/* reunion-map-measure.c: measuring between two points of the map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-map-measure.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "reunion-map-click.h"
#include "reunion-map-words.h"

/* A pointer that moved further meant to drag. */
#define CLICK_PX 6.0
#define NOTE_SECONDS 4

struct _ReunionMapMeasure
{
  ShumateMap *map;
  ReunionLineLayer *lines;
  GtkWidget *plate;
  GtkLabel *label;
  GtkWidget *cross;
  GtkEventController *motion;
  GtkGesture *click;
  gulong viewport_handler;
  guint note_source;
  ReunionMapMeasureFunc changed;
  gpointer user_data;

  gboolean is_active;
  guint n_points;
  ReunionPoint from;
  ReunionPoint to;
  gboolean by_keyboard;
  double press_x;
  double press_y;
};

static void
say (ReunionMapMeasure *self, const char *text)
{
  gtk_label_set_text (self->label, text != NULL ? text : "");
  gtk_widget_set_visible (self->plate, text != NULL);
  /* For who listens: the map is what has the keyboard. */
  if (text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->map), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                    -1);
}

static void
show (ReunionMapMeasure *self)
{
  g_autofree char *text = NULL;

  reunion_line_layer_set_measure (self->lines, self->n_points > 0 ? &self->from : NULL, &self->to);
  if (self->n_points == 0)
    {
      say (self, _ ("Click where to measure from, or press Space for the middle of the map"));
      return;
    }
  /* No way of no length has a direction. */
  if (self->n_points == 1 && self->from.lat_deg == self->to.lat_deg
      && self->from.lon_deg == self->to.lon_deg)
    {
      say (self, _ ("Click where to measure to, or press Space for the middle of the map"));
      return;
    }
  text = reunion_map_words_measure (self->from, self->to);
  say (self, text);
}

static gboolean
point_at (ReunionMapMeasure *self, double x, double y, ReunionPoint *point)
{
  double lat_deg;
  double lon_deg;

  shumate_viewport_widget_coords_to_location (shumate_map_get_viewport (self->map),
                                              GTK_WIDGET (self->map), x, y, &lat_deg, &lon_deg);
  *point = (ReunionPoint){ lat_deg, reunion_geodesy_wrap_longitude (lon_deg) };
  return reunion_point_is_valid (*point);
}

static ReunionPoint
middle (ReunionMapMeasure *self)
{
  ShumateLocation *location = SHUMATE_LOCATION (shumate_map_get_viewport (self->map));

  return (
      ReunionPoint){ shumate_location_get_latitude (location),
                     reunion_geodesy_wrap_longitude (shumate_location_get_longitude (location)) };
}

static void
take (ReunionMapMeasure *self, ReunionPoint point)
{
  /* A third click starts anew. */
  if (self->n_points != 1)
    {
      self->from = point;
      self->n_points = 1;
    }
  else
    self->n_points = 2;
  self->to = point;
  show (self);
}

static void
motion_cb (ReunionMapMeasure *self, double x, double y)
{
  ReunionPoint point;

  if (!self->is_active || self->n_points != 1 || !point_at (self, x, y, &point))
    return;
  self->by_keyboard = FALSE;
  self->to = point;
  show (self);
}

static void
moved_cb (ReunionMapMeasure *self)
{
  if (!self->is_active || self->n_points != 1 || !self->by_keyboard)
    return;
  self->to = middle (self);
  show (self);
}

static void
pressed_cb (ReunionMapMeasure *self, int n_press, double x, double y)
{
  self->press_x = x;
  self->press_y = y;
}

static void
released_cb (ReunionMapMeasure *self, int n_press, double x, double y)
{
  ReunionPoint point;

  if (!self->is_active || hypot (x - self->press_x, y - self->press_y) > CLICK_PX
      || !point_at (self, x, y, &point))
    return;
  gtk_gesture_set_state (self->click, GTK_EVENT_SEQUENCE_CLAIMED);
  self->by_keyboard = FALSE;
  take (self, point);
}

static gboolean
note_over_cb (gpointer user_data)
{
  ReunionMapMeasure *self = user_data;

  self->note_source = 0;
  if (!self->is_active)
    say (self, NULL);
  return G_SOURCE_REMOVE;
}

static void
add_controllers (ReunionMapMeasure *self)
{
  self->motion = gtk_event_controller_motion_new ();
  gtk_event_controller_set_propagation_phase (self->motion, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->map), self->motion);
  /* Before the tips and the picking of a place. */
  self->click = gtk_gesture_click_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->click),
                                              GTK_PHASE_CAPTURE);
  reunion_map_click_mend (GTK_GESTURE_CLICK (self->click));
  g_signal_connect_swapped (self->click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (self->click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->map), GTK_EVENT_CONTROLLER (self->click));
}

ReunionMapMeasure *
reunion_map_measure_new (GtkOverlay *overlay,
                         ShumateMap *map,
                         ReunionLineLayer *lines,
                         ReunionMapMeasureFunc changed,
                         gpointer user_data)
{
  ReunionMapMeasure *self = g_new0 (ReunionMapMeasure, 1);

  self->map = map;
  self->lines = lines;
  self->changed = changed;
  self->user_data = user_data;
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_justify (self->label, GTK_JUSTIFY_CENTER);
  self->plate = GTK_WIDGET (self->label);
  gtk_widget_add_css_class (self->plate, "map-plate");
  gtk_widget_set_halign (self->plate, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->plate, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->plate, 12);
  gtk_widget_set_margin_start (self->plate, 60);
  gtk_widget_set_margin_end (self->plate, 60);
  gtk_widget_set_can_target (self->plate, FALSE);
  gtk_widget_set_visible (self->plate, FALSE);
  gtk_overlay_add_overlay (overlay, self->plate);
  self->cross = gtk_label_new ("+");
  gtk_widget_add_css_class (self->cross, "map-cross");
  gtk_widget_set_halign (self->cross, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->cross, GTK_ALIGN_CENTER);
  gtk_widget_set_can_target (self->cross, FALSE);
  gtk_widget_set_visible (self->cross, FALSE);
  gtk_overlay_add_overlay (overlay, self->cross);
  add_controllers (self);
  self->viewport_handler = g_signal_connect_swapped (shumate_map_get_viewport (map), "notify",
                                                     G_CALLBACK (moved_cb), self);
  return self;
}

void
reunion_map_measure_free (ReunionMapMeasure *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->note_source, g_source_remove);
  g_signal_handler_disconnect (shumate_map_get_viewport (self->map), self->viewport_handler);
  gtk_widget_remove_controller (GTK_WIDGET (self->map), self->motion);
  gtk_widget_remove_controller (GTK_WIDGET (self->map), GTK_EVENT_CONTROLLER (self->click));
  g_free (self);
}

gboolean
reunion_map_measure_is_active (ReunionMapMeasure *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_active;
}

void
reunion_map_measure_start (ReunionMapMeasure *self, const ReunionPoint *from)
{
  g_return_if_fail (self != NULL);

  self->is_active = TRUE;
  self->n_points = 0;
  self->by_keyboard = FALSE;
  gtk_widget_set_visible (self->cross, TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->map), "crosshair");
  gtk_widget_grab_focus (GTK_WIDGET (self->map));
  if (from != NULL)
    take (self, *from);
  else
    show (self);
  self->changed (self->user_data, TRUE);
}

void
reunion_map_measure_stop (ReunionMapMeasure *self)
{
  g_return_if_fail (self != NULL);

  if (!self->is_active)
    return;
  self->is_active = FALSE;
  reunion_line_layer_set_measure (self->lines, NULL, NULL);
  gtk_widget_set_visible (self->cross, FALSE);
  gtk_widget_set_cursor (GTK_WIDGET (self->map), NULL);
  say (self, NULL);
  self->changed (self->user_data, FALSE);
}

void
reunion_map_measure_set_middle (ReunionMapMeasure *self)
{
  g_return_if_fail (self != NULL && self->is_active);

  self->by_keyboard = TRUE;
  take (self, middle (self));
}

const char *
reunion_map_measure_get_text (ReunionMapMeasure *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return gtk_widget_get_visible (self->plate) ? gtk_label_get_text (self->label) : NULL;
}

void
reunion_map_measure_note (ReunionMapMeasure *self, const char *text)
{
  g_return_if_fail (self != NULL && text != NULL);

  if (self->is_active)
    return;
  say (self, text);
  g_clear_handle_id (&self->note_source, g_source_remove);
  self->note_source = g_timeout_add_seconds (NOTE_SECONDS, note_over_cb, self);
}
