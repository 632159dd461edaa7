/* reunion-map-drag.c: moving the place of loss by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-map-drag.h"

#include <math.h>

/* Around the pin, whose point is at the place and whose head stands above it. The
 * pin is small, and hands are tired. */
#define REACH_PX 14.0
#define ABOVE_PX 34.0
#define BELOW_PX 10.0
/* A pointer that moved further meant to drag. */
#define CLICK_PX 6.0
/* What one arrow key moves, and what it moves with Shift. */
#define STEP_PX 4.0
#define LONG_STEP_PX 40.0
/* Nearer to the edge than this the map follows. */
#define EDGE_PX 24.0
/* Past it lies a pole, and no tile. */
#define LAST_LATITUDE_DEG 85.0

struct _ReunionMapDrag
{
  ShumateMap *map;
  ReunionMapDragFunc moved;
  gpointer user_data;
  GtkGesture *drag;
  GtkEventController *pointer;
  GtkEventController *keys;

  gboolean has_pin;
  ReunionPoint pin;
  gboolean is_held; /* moved further than a click */
  ReunionPoint held;
  double start_x, start_y; /* of the pin when it was taken */
  gboolean is_over;
};

static void
show_cursor (ReunionMapDrag *self, const char *name)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->map), name);
}

static void
to_widget (ReunionMapDrag *self, ReunionPoint point, double *x, double *y)
{
  shumate_viewport_location_to_widget_coords (shumate_map_get_viewport (self->map),
                                              GTK_WIDGET (self->map), point.lat_deg, point.lon_deg,
                                              x, y);
}

static gboolean
to_point (ReunionMapDrag *self, double x, double y, ReunionPoint *point)
{
  shumate_viewport_widget_coords_to_location (shumate_map_get_viewport (self->map),
                                              GTK_WIDGET (self->map), x, y, &point->lat_deg,
                                              &point->lon_deg);
  point->lat_deg = CLAMP (point->lat_deg, -LAST_LATITUDE_DEG, LAST_LATITUDE_DEG);
  point->lon_deg = reunion_geodesy_wrap_longitude (point->lon_deg);
  return reunion_point_is_valid (*point);
}

static gboolean
is_on_pin (ReunionMapDrag *self, double x, double y)
{
  double pin_x = 0.0, pin_y = 0.0;

  if (!self->has_pin)
    return FALSE;
  to_widget (self, self->pin, &pin_x, &pin_y);
  return fabs (x - pin_x) <= REACH_PX && y >= pin_y - ABOVE_PX && y <= pin_y + BELOW_PX;
}

static void
put_back (ReunionMapDrag *self)
{
  if (!self->is_held)
    return;
  self->is_held = FALSE;
  show_cursor (self, NULL);
  self->is_over = FALSE;
  self->moved (self->user_data, self->pin, FALSE);
}

static void
put_down (ReunionMapDrag *self, ReunionPoint point)
{
  self->is_held = FALSE;
  self->pin = point;
  self->moved (self->user_data, point, TRUE);
}

/* --- the pointer --------------------------------------------------------------- */

/* Taken at once, before the map takes the same press for the start of its own
 * way. */
static void
drag_begin_cb (ReunionMapDrag *self, double x, double y)
{
  if (!is_on_pin (self, x, y))
    {
      gtk_gesture_set_state (self->drag, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (self->drag, GTK_EVENT_SEQUENCE_CLAIMED);
  shumate_map_stop_go_to (self->map);
  to_widget (self, self->pin, &self->start_x, &self->start_y);
  /* For Escape. */
  gtk_widget_grab_focus (GTK_WIDGET (self->map));
}

static void
drag_update_cb (ReunionMapDrag *self, double right, double down)
{
  ReunionPoint point;

  if (!self->has_pin || (!self->is_held && hypot (right, down) <= CLICK_PX)
      || !to_point (self, self->start_x + right, self->start_y + down, &point))
    return;
  if (!self->is_held)
    show_cursor (self, "grabbing");
  self->is_held = TRUE;
  self->held = point;
  self->moved (self->user_data, point, FALSE);
}

static void
drag_end_cb (ReunionMapDrag *self)
{
  if (!self->is_held)
    return;
  show_cursor (self, "grab");
  self->is_over = TRUE;
  put_down (self, self->held);
}

static void
motion_cb (ReunionMapDrag *self, double x, double y)
{
  gboolean is_over = is_on_pin (self, x, y);

  if (self->is_held || is_over == self->is_over)
    return;
  self->is_over = is_over;
  show_cursor (self, is_over ? "grab" : NULL);
}

/* --- the keyboard ---------------------------------------------------------------- */

static void
nudge (ReunionMapDrag *self, double right, double down)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self->map));
  double height = gtk_widget_get_height (GTK_WIDGET (self->map));
  double x = 0.0, y = 0.0;
  ReunionPoint point;

  to_widget (self, self->pin, &x, &y);
  x += right;
  y += down;
  if (!to_point (self, x, y, &point))
    return;
  if (x < EDGE_PX || y < EDGE_PX || x > width - EDGE_PX || y > height - EDGE_PX)
    {
      shumate_map_stop_go_to (self->map);
      shumate_map_center_on (self->map, point.lat_deg, point.lon_deg);
    }
  put_down (self, point);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType modifiers,
                gpointer user_data)
{
  ReunionMapDrag *self = user_data;
  double step = (modifiers & GDK_SHIFT_MASK) != 0 ? LONG_STEP_PX : STEP_PX;

  if (self->is_held && keyval == GDK_KEY_Escape)
    {
      put_back (self);
      gtk_gesture_set_state (self->drag, GTK_EVENT_SEQUENCE_DENIED);
      return TRUE;
    }
  if (!self->has_pin || self->is_held || (modifiers & GDK_ALT_MASK) == 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Left:
      nudge (self, -step, 0.0);
      return TRUE;
    case GDK_KEY_Right:
      nudge (self, step, 0.0);
      return TRUE;
    case GDK_KEY_Up:
      nudge (self, 0.0, -step);
      return TRUE;
    case GDK_KEY_Down:
      nudge (self, 0.0, step);
      return TRUE;
    default:
      return FALSE;
    }
}

/* --- public ------------------------------------------------------------------------ */

ReunionMapDrag *
reunion_map_drag_new (ShumateMap *map, ReunionMapDragFunc moved, gpointer user_data)
{
  ReunionMapDrag *self;

  g_return_val_if_fail (SHUMATE_IS_MAP (map) && moved != NULL, NULL);

  self = g_new0 (ReunionMapDrag, 1);
  self->map = map;
  self->moved = moved;
  self->user_data = user_data;
  self->drag = gtk_gesture_drag_new ();
  self->pointer = gtk_event_controller_motion_new ();
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->drag), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (self->drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (self->drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (self->drag, "cancel", G_CALLBACK (put_back), self);
  g_signal_connect_swapped (self->pointer, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (self->keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (map), GTK_EVENT_CONTROLLER (self->drag));
  gtk_widget_add_controller (GTK_WIDGET (map), self->pointer);
  gtk_widget_add_controller (GTK_WIDGET (map), self->keys);
  return self;
}

void
reunion_map_drag_free (ReunionMapDrag *self)
{
  g_return_if_fail (self != NULL);

  self->is_held = FALSE;
  gtk_widget_remove_controller (GTK_WIDGET (self->map), GTK_EVENT_CONTROLLER (self->drag));
  gtk_widget_remove_controller (GTK_WIDGET (self->map), self->pointer);
  gtk_widget_remove_controller (GTK_WIDGET (self->map), self->keys);
  g_free (self);
}

void
reunion_map_drag_set_pin (ReunionMapDrag *self, const ReunionPoint *pin)
{
  g_return_if_fail (self != NULL);

  if (pin == NULL)
    {
      if (self->is_held || self->is_over)
        show_cursor (self, NULL);
      self->is_held = FALSE;
      self->is_over = FALSE;
    }
  self->has_pin = pin != NULL;
  if (pin != NULL)
    self->pin = *pin;
}

gboolean
reunion_map_drag_get_held (ReunionMapDrag *self, ReunionPoint *point)
{
  g_return_val_if_fail (self != NULL && point != NULL, FALSE);

  if (self->is_held)
    *point = self->held;
  return self->is_held;
}
