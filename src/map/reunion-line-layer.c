/* reunion-line-layer.c: thin lines over the map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-line-layer.h"

#include <math.h>

#include "reunion-layer-frame.h"
#include "reunion-line-shape.h"

#define ARROW_PX 8.0
/* A shorter leg has no room for its arrow. */
#define ARROW_LEG_PX 36.0

struct _ReunionLineLayer
{
  ShumateLayer parent_instance;

  GPtrArray *legs; /* GArray of ReunionMercator */
  GArray *measure; /* likewise, or NULL */
  gboolean dark;
  gboolean contrast;
};

G_DEFINE_FINAL_TYPE (ReunionLineLayer, reunion_line_layer, SHUMATE_TYPE_LAYER)

static void
set_colour (ReunionLineLayer *self, cairo_t *cr, gboolean is_casing)
{
  gboolean light = is_casing != self->dark;
  double alpha = self->contrast ? 1.0 : 0.85;

  if (is_casing)
    cairo_set_source_rgba (cr, light, light, light, alpha * 0.8);
  else if (self->contrast)
    cairo_set_source_rgba (cr, light, light, light, 1.0);
  else if (self->dark)
    cairo_set_source_rgba (cr, 0.56, 0.87, 0.67, alpha);
  else
    cairo_set_source_rgba (cr, 0.08, 0.42, 0.25, alpha);
}

static void
trace (cairo_t *cr, const ReunionLayerFrame *frame, const GArray *line, int turn)
{
  for (guint i = 0; i < line->len; i++)
    {
      ReunionMercator at = g_array_index (line, ReunionMercator, i);
      graphene_point_t p;

      at.x += turn;
      p = reunion_layer_frame_to_widget (frame, at);
      cairo_line_to (cr, p.x, p.y);
    }
}

static void
stroke (ReunionLineLayer *self, cairo_t *cr, double width_px)
{
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  set_colour (self, cr, TRUE);
  cairo_set_line_width (cr, width_px + 2.4);
  cairo_stroke_preserve (cr);
  set_colour (self, cr, FALSE);
  cairo_set_line_width (cr, width_px);
  cairo_stroke (cr);
}

/* In the middle of the leg, where no tip covers it. */
static void
draw_arrow (ReunionLineLayer *self,
            cairo_t *cr,
            const ReunionLayerFrame *frame,
            const GArray *line,
            int turn)
{
  ReunionMercator ends[2];
  graphene_point_t a;
  graphene_point_t b;
  guint i = (line->len - 1) / 2;
  double angle;

  ends[0] = g_array_index (line, ReunionMercator, 0);
  ends[1] = g_array_index (line, ReunionMercator, line->len - 1);
  if (hypot (ends[1].x - ends[0].x, ends[1].y - ends[0].y) * frame->world_px < ARROW_LEG_PX)
    return;
  ends[0] = g_array_index (line, ReunionMercator, i);
  ends[1] = g_array_index (line, ReunionMercator, i + 1);
  ends[0].x += turn;
  ends[1].x += turn;
  a = reunion_layer_frame_to_widget (frame, ends[0]);
  b = reunion_layer_frame_to_widget (frame, ends[1]);
  angle = atan2 (b.y - a.y, b.x - a.x);
  cairo_save (cr);
  cairo_translate (cr, (a.x + b.x) / 2.0, (a.y + b.y) / 2.0);
  cairo_rotate (cr, angle);
  cairo_move_to (cr, ARROW_PX * 0.7, 0.0);
  cairo_line_to (cr, -ARROW_PX * 0.5, ARROW_PX * 0.55);
  cairo_line_to (cr, -ARROW_PX * 0.5, -ARROW_PX * 0.55);
  cairo_close_path (cr);
  set_colour (self, cr, TRUE);
  cairo_set_line_width (cr, 2.4);
  cairo_stroke_preserve (cr);
  set_colour (self, cr, FALSE);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_line (ReunionLineLayer *self,
           cairo_t *cr,
           const ReunionLayerFrame *frame,
           const GArray *line,
           double width_px,
           gboolean has_arrow)
{
  double min_x = INFINITY;
  double max_x = -INFINITY;
  int first;
  int last;

  for (guint i = 0; i < line->len; i++)
    {
      min_x = MIN (min_x, g_array_index (line, ReunionMercator, i).x);
      max_x = MAX (max_x, g_array_index (line, ReunionMercator, i).x);
    }
  reunion_layer_frame_turns (frame, min_x, max_x, &first, &last);
  for (int turn = first; turn <= last; turn++)
    {
      if (line->len > 1)
        {
          trace (cr, frame, line, turn);
          stroke (self, cr, width_px);
        }
      if (has_arrow && line->len > 1)
        draw_arrow (self, cr, frame, line, turn);
    }
}

static void
draw_end (ReunionLineLayer *self, cairo_t *cr, const ReunionLayerFrame *frame, ReunionMercator at)
{
  graphene_point_t p
      = reunion_layer_frame_to_widget (frame, reunion_layer_frame_nearest_turn (frame, at));

  cairo_arc (cr, p.x, p.y, 4.5, 0.0, 2.0 * G_PI);
  cairo_close_path (cr);
  stroke (self, cr, 2.0);
}

static void
reunion_line_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ReunionLineLayer *self = REUNION_LINE_LAYER (widget);
  ReunionLayerFrame frame;
  cairo_t *cr;

  if ((self->legs->len == 0 && self->measure == NULL)
      || !reunion_layer_frame_read (&frame, SHUMATE_LAYER (self)))
    return;
  cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) frame.width, (float) frame.height));
  for (guint i = 0; i < self->legs->len; i++)
    draw_line (self, cr, &frame, self->legs->pdata[i], 1.6, TRUE);
  if (self->measure != NULL)
    {
      draw_line (self, cr, &frame, self->measure, 2.0, FALSE);
      draw_end (self, cr, &frame, g_array_index (self->measure, ReunionMercator, 0));
      draw_end (self, cr, &frame,
                g_array_index (self->measure, ReunionMercator, self->measure->len - 1));
    }
  cairo_destroy (cr);
}

static void
reunion_line_layer_constructed (GObject *object)
{
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (object));

  G_OBJECT_CLASS (reunion_line_layer_parent_class)->constructed (object);
  g_signal_connect_object (viewport, "notify", G_CALLBACK (gtk_widget_queue_draw), object,
                           G_CONNECT_SWAPPED);
}

static void
reunion_line_layer_finalize (GObject *object)
{
  ReunionLineLayer *self = REUNION_LINE_LAYER (object);

  g_clear_pointer (&self->legs, g_ptr_array_unref);
  g_clear_pointer (&self->measure, g_array_unref);

  G_OBJECT_CLASS (reunion_line_layer_parent_class)->finalize (object);
}

static void
reunion_line_layer_class_init (ReunionLineLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = reunion_line_layer_constructed;
  G_OBJECT_CLASS (klass)->finalize = reunion_line_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = reunion_line_layer_snapshot;
}

static void
reunion_line_layer_init (ReunionLineLayer *self)
{
  self->legs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

ReunionLineLayer *
reunion_line_layer_new (ShumateViewport *viewport)
{
  g_return_val_if_fail (SHUMATE_IS_VIEWPORT (viewport), NULL);

  return g_object_new (REUNION_TYPE_LINE_LAYER, "viewport", viewport, NULL);
}

void
reunion_line_layer_set_course (ReunionLineLayer *self, const ReunionTipSet *set)
{
  const ReunionTipSpot *later = NULL;
  guint n = 0;

  g_return_if_fail (REUNION_IS_LINE_LAYER (self));

  g_ptr_array_set_size (self->legs, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  /* The newest comes first in a set. */
  for (guint i = 0;
       set != NULL && i < reunion_tip_set_get_n (set) && n < REUNION_LINE_LAYER_MAX_TIPS; i++)
    {
      const ReunionTipSpot *tip = reunion_tip_set_get (set, i);

      if (tip->seen_usec <= 0
          || (tip->mark != REUNION_TIP_MARK_CREDIBLE && tip->mark != REUNION_TIP_MARK_FOUND))
        continue;
      n++;
      if (later != NULL)
        g_ptr_array_add (self->legs, reunion_line_shape_new (tip->point, later->point));
      later = tip;
    }
}

guint
reunion_line_layer_get_n_legs (ReunionLineLayer *self)
{
  g_return_val_if_fail (REUNION_IS_LINE_LAYER (self), 0);

  return self->legs->len;
}

void
reunion_line_layer_set_measure (ReunionLineLayer *self,
                                const ReunionPoint *from,
                                const ReunionPoint *to)
{
  g_return_if_fail (REUNION_IS_LINE_LAYER (self));

  g_clear_pointer (&self->measure, g_array_unref);
  if (from != NULL)
    self->measure = reunion_line_shape_new (*from, to != NULL ? *to : *from);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
reunion_line_layer_set_dark (ReunionLineLayer *self, gboolean dark)
{
  g_return_if_fail (REUNION_IS_LINE_LAYER (self));

  self->dark = !!dark;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
reunion_line_layer_set_contrast (ReunionLineLayer *self, gboolean contrast)
{
  g_return_if_fail (REUNION_IS_LINE_LAYER (self));

  self->contrast = !!contrast;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
