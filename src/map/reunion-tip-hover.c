/* reunion-tip-hover.c: when the card of a tip is shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tip-hover.h"

#include <string.h>

#define REST_MSEC 200

struct _ReunionTipHover
{
  ShumateMap *map;
  ReunionTipLayer *layer;
  ReunionTipCard *card;
  GtkEventController *motion;
  GtkEventController *focus;
  gulong viewport_handler;
  guint rest_source;
  guint update_source;

  gboolean has_lost;
  ReunionPoint lost;
  gboolean paused;
  gboolean is_over; /* the pointer is over the map, at x, y */
  double x;
  double y;
  gboolean by_pointer; /* what is shown is what the pointer is at */
};

static void
hide (ReunionTipHover *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
  reunion_tip_layer_set_show_label (self->layer, TRUE);
  self->by_pointer = FALSE;
}

static void
show (ReunionTipHover *self, const ReunionTipHit *hit)
{
  reunion_tip_card_set_hit (self->card, reunion_tip_layer_get_set (self->layer), hit,
                            self->has_lost ? &self->lost : NULL);
  reunion_tip_card_place (self->card, hit->x, hit->y, gtk_widget_get_width (GTK_WIDGET (self->map)),
                          gtk_widget_get_height (GTK_WIDGET (self->map)));
  reunion_tip_layer_set_show_label (self->layer,
                                    hit->tip != reunion_tip_layer_get_selected_index (self->layer));
}

static void
show_for_keyboard (ReunionTipHover *self)
{
  ReunionTipHit hit;

  self->by_pointer = FALSE;
  if (!self->paused && gtk_widget_has_focus (GTK_WIDGET (self->map))
      && reunion_tip_layer_locate_selected (self->layer, &hit) && hit.x >= 0.0 && hit.y >= 0.0
      && hit.x <= gtk_widget_get_width (GTK_WIDGET (self->map))
      && hit.y <= gtk_widget_get_height (GTK_WIDGET (self->map)))
    show (self, &hit);
  else
    hide (self);
}

static gboolean
update_cb (gpointer user_data)
{
  ReunionTipHover *self = user_data;
  ReunionTipHit hit;

  self->update_source = 0;
  if (self->by_pointer && self->is_over && !self->paused
      && reunion_tip_layer_pick (self->layer, self->x, self->y, &hit))
    show (self, &hit);
  else
    show_for_keyboard (self);
  return G_SOURCE_REMOVE;
}

static gboolean
rested_cb (gpointer user_data)
{
  ReunionTipHover *self = user_data;
  ReunionTipHit hit;

  self->rest_source = 0;
  if (!self->paused && self->is_over
      && reunion_tip_layer_pick (self->layer, self->x, self->y, &hit))
    {
      self->by_pointer = TRUE;
      show (self, &hit);
    }
  return G_SOURCE_REMOVE;
}

static void
motion_cb (ReunionTipHover *self, double x, double y)
{
  ReunionTipHit hit;
  gboolean is_on_mark;

  /* A resting pointer tells its place anew with every frame. */
  if (self->is_over && x == self->x && y == self->y)
    return;
  self->is_over = TRUE;
  self->x = x;
  self->y = y;
  g_clear_handle_id (&self->rest_source, g_source_remove);
  is_on_mark = !self->paused && reunion_tip_layer_pick (self->layer, x, y, &hit);
  if (is_on_mark && self->by_pointer)
    show (self, &hit);
  else if (is_on_mark)
    self->rest_source = g_timeout_add (REST_MSEC, rested_cb, self);
  else if (self->by_pointer)
    show_for_keyboard (self);
}

static void
leave_cb (ReunionTipHover *self)
{
  self->is_over = FALSE;
  g_clear_handle_id (&self->rest_source, g_source_remove);
  if (self->by_pointer)
    show_for_keyboard (self);
}

ReunionTipHover *
reunion_tip_hover_new (GtkOverlay *overlay, ShumateMap *map, ReunionTipLayer *layer)
{
  ReunionTipHover *self = g_new0 (ReunionTipHover, 1);

  self->map = map;
  self->layer = layer;
  self->card = REUNION_TIP_CARD (reunion_tip_card_new ());
  gtk_overlay_add_overlay (overlay, GTK_WIDGET (self->card));
  self->motion = gtk_event_controller_motion_new ();
  self->focus = gtk_event_controller_focus_new ();
  gtk_event_controller_set_propagation_phase (self->motion, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (self->motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (self->motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (self->focus, "enter", G_CALLBACK (reunion_tip_hover_update), self);
  g_signal_connect_swapped (self->focus, "leave", G_CALLBACK (reunion_tip_hover_update), self);
  gtk_widget_add_controller (GTK_WIDGET (map), self->motion);
  gtk_widget_add_controller (GTK_WIDGET (map), self->focus);
  self->viewport_handler = g_signal_connect_swapped (shumate_map_get_viewport (map), "notify",
                                                     G_CALLBACK (reunion_tip_hover_update), self);
  return self;
}

void
reunion_tip_hover_free (ReunionTipHover *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_signal_handler_disconnect (shumate_map_get_viewport (self->map), self->viewport_handler);
  gtk_widget_remove_controller (GTK_WIDGET (self->map), self->motion);
  gtk_widget_remove_controller (GTK_WIDGET (self->map), self->focus);
  g_free (self);
}

void
reunion_tip_hover_set_lost (ReunionTipHover *self, const ReunionPoint *lost)
{
  g_return_if_fail (self != NULL);

  self->has_lost = lost != NULL;
  if (lost != NULL)
    self->lost = *lost;
  reunion_tip_hover_update (self);
}

void
reunion_tip_hover_update (ReunionTipHover *self)
{
  g_return_if_fail (self != NULL);

  /* Not from within an allocation or another's signal. */
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

void
reunion_tip_hover_set_paused (ReunionTipHover *self, gboolean paused)
{
  g_return_if_fail (self != NULL);

  self->paused = paused;
  reunion_tip_hover_update (self);
}
