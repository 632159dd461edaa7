/* reunion-map-keys.c: moving and zooming a map with the keyboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-map-keys.h"

#include "reunion-mercator.h"

#include <math.h>

typedef struct
{
  ShumateMap *map;
  ReunionMapZoomFunc zoom;
  gpointer user_data;
} Keys;

static void
keys_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

/* @right and @down are parts of the map's own width and height. */
static void
move (ShumateMap *map, double right, double down)
{
  ShumateViewport *viewport = shumate_map_get_viewport (map);
  ShumateLocation *location = SHUMATE_LOCATION (viewport);
  double world_px = REUNION_TILE_SIZE * exp2 (shumate_viewport_get_zoom_level (viewport));
  ReunionMercator at = reunion_mercator_project ((ReunionPoint){
      shumate_location_get_latitude (location), shumate_location_get_longitude (location) });
  ReunionPoint there;

  at.x += right * gtk_widget_get_width (GTK_WIDGET (map)) / world_px;
  at.y = CLAMP (at.y + down * gtk_widget_get_height (GTK_WIDGET (map)) / world_px, 0.0, 1.0);
  there = reunion_mercator_unproject (at);
  shumate_map_stop_go_to (map);
  shumate_location_set_location (location, there.lat_deg,
                                 reunion_geodesy_wrap_longitude (there.lon_deg));
}

static gboolean
pressed_cb (GtkEventControllerKey *controller,
            guint keyval,
            guint keycode,
            GdkModifierType modifiers,
            gpointer user_data)
{
  Keys *keys = user_data;
  double step = (modifiers & GDK_SHIFT_MASK) != 0 ? 0.5 : 0.125;

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Left:
      move (keys->map, -step, 0.0);
      return TRUE;
    case GDK_KEY_Right:
      move (keys->map, step, 0.0);
      return TRUE;
    case GDK_KEY_Up:
      move (keys->map, 0.0, -step);
      return TRUE;
    case GDK_KEY_Down:
      move (keys->map, 0.0, step);
      return TRUE;
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      keys->zoom (keys->user_data, 1.0);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      keys->zoom (keys->user_data, -1.0);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
click_cb (ShumateMap *map)
{
  gtk_widget_grab_focus (GTK_WIDGET (map));
}

void
reunion_map_keys_add (ShumateMap *map, ReunionMapZoomFunc zoom, gpointer user_data)
{
  GtkEventController *controller = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  Keys *keys = g_new0 (Keys, 1);

  g_return_if_fail (SHUMATE_IS_MAP (map));

  keys->map = map;
  keys->zoom = zoom;
  keys->user_data = user_data;
  g_signal_connect_data (controller, "key-pressed", G_CALLBACK (pressed_cb), keys, keys_free, 0);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (click_cb), map);
  gtk_widget_add_controller (GTK_WIDGET (map), controller);
  gtk_widget_add_controller (GTK_WIDGET (map), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (map), TRUE);
}
