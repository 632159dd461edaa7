/* reunion-map-click.c: clicks that a busy map would lose
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-map-click.h"

/* What was pressed and is not released yet; n_press is 0 for nothing. */
typedef struct
{
  int n_press;
  double x;
  double y;
} Press;

static void
pressed_cb (GtkGestureClick *click, int n_press, double x, double y, gpointer user_data)
{
  *(Press *) user_data = (Press){ n_press, x, y };
}

static void
released_cb (GtkGestureClick *click, int n_press, double x, double y, gpointer user_data)
{
  ((Press *) user_data)->n_press = 0;
}

/* Whether it is a motion that found the button up. One that drags has it down. */
static gboolean
tells_release (GtkGestureClick *click)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (click));
  guint button = gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (click));

  return event != NULL && button >= 1 && button <= 5
         && gdk_event_get_event_type (event) == GDK_MOTION_NOTIFY
         && (gdk_event_get_modifier_state (event) & (GDK_BUTTON1_MASK << (button - 1))) == 0;
}

static void
cancel_cb (GtkGestureClick *click, GdkEventSequence *sequence, gpointer user_data)
{
  Press press = *(Press *) user_data;
  double x;
  double y;

  ((Press *) user_data)->n_press = 0;
  if (press.n_press == 0 || !tells_release (click))
    return;
  if (!gtk_gesture_get_point (GTK_GESTURE (click), sequence, &x, &y))
    {
      x = press.x;
      y = press.y;
    }
  g_signal_emit_by_name (click, "released", press.n_press, x, y);
}

void
reunion_map_click_mend (GtkGestureClick *click)
{
  Press *press = g_new0 (Press, 1);

  g_return_if_fail (GTK_IS_GESTURE_CLICK (click));

  g_object_set_data_full (G_OBJECT (click), "reunion-press", press, g_free);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), press);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), press);
  g_signal_connect (click, "cancel", G_CALLBACK (cancel_cb), press);
}
