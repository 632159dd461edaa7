/* reunion-envelope-layer.c: how far somebody can have come, drawn over the circles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-envelope-layer.h"

#include <math.h>

#include "reunion-layer-frame.h"

/* A line of fewer pixels across is hidden under the pin. */
#define LEAST_RADIUS_PX 6.0
/* The labels of smaller ones would cover each other and the pin. */
#define LEAST_LABELLED_PX 16.0

struct _ReunionEnvelopeLayer
{
  ShumateLayer parent_instance;

  /* Elements are Line. */
  GPtrArray *lines;
  gboolean dark;
};

G_DEFINE_FINAL_TYPE (ReunionEnvelopeLayer, reunion_envelope_layer, SHUMATE_TYPE_LAYER)

typedef struct
{
  char *label;
  guint style;
  ReunionRingShape *shape;
} Line;

/* Blue, across the wheel from the circles' orange. */
static const GdkRGBA ink_by_day = { 0.082f, 0.318f, 0.631f, 0.95f };
static const GdkRGBA ink_by_night = { 0.565f, 0.784f, 1.0f, 0.95f };
static const GdkRGBA halo_by_day = { 1.0f, 1.0f, 1.0f, 0.85f };
static const GdkRGBA halo_by_night = { 0.1f, 0.11f, 0.13f, 0.85f };

static const struct
{
  double dashes[4];
  int n_dashes;
} styles[REUNION_N_ENVELOPE_STYLES] = {
  { { 0.5, 4.0 }, 2 },
  { { 8.0, 4.0, 0.5, 4.0 }, 4 },
  { { 16.0, 5.0 }, 2 },
};

/* Vertices at which a label may stand, as sixteenths of the circle: between the
 * directions that the circles' own labels take. */
static const guint label_sixteenths[] = { 5, 7, 3, 9, 11, 13, 1, 15 };

static void
line_free (gpointer data)
{
  Line *line = data;

  g_clear_pointer (&line->shape, reunion_ring_shape_free);
  g_free (line->label);
  g_free (line);
}

static void
trace_line (cairo_t *cr, const ReunionLayerFrame *frame, const ReunionRingShape *shape)
{
  int first;
  int last;

  reunion_layer_frame_turns (frame, shape->min_x, shape->max_x, &first, &last);
  for (int turn = first; turn <= last; turn++)
    {
      cairo_new_sub_path (cr);
      for (gsize i = 0; i < shape->n_vertices; i++)
        {
          ReunionMercator at = { shape->points[i].x + turn, CLAMP (shape->points[i].y, -0.5, 1.5) };
          graphene_point_t p = reunion_layer_frame_to_widget (frame, at);

          cairo_line_to (cr, p.x, p.y);
        }
      /* Round a pole the line is open. */
      if (shape->n_vertices == shape->n_points)
        cairo_close_path (cr);
    }
}

static gboolean
is_wide (const ReunionLayerFrame *frame, const ReunionRingShape *shape, double radius_px)
{
  return (shape->max_x - shape->min_x) * frame->world_px >= 2.0 * radius_px;
}

static void
draw_line (ReunionEnvelopeLayer *self,
           cairo_t *cr,
           const ReunionLayerFrame *frame,
           const Line *line)
{
  trace_line (cr, frame, line->shape);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (cr, styles[line->style].dashes, styles[line->style].n_dashes, 0.0);
  cairo_set_line_width (cr, 3.4);
  gdk_cairo_set_source_rgba (cr, self->dark ? &halo_by_night : &halo_by_day);
  cairo_stroke_preserve (cr);
  cairo_set_line_width (cr, 1.6);
  gdk_cairo_set_source_rgba (cr, self->dark ? &ink_by_night : &ink_by_day);
  cairo_stroke (cr);
}

static gboolean
find_spot (const ReunionLayerFrame *frame,
           const ReunionRingShape *shape,
           double width,
           double height,
           GArray *taken,
           graphene_rect_t *box)
{
  for (gsize i = 0; i < G_N_ELEMENTS (label_sixteenths); i++)
    {
      gsize index = label_sixteenths[i] * REUNION_RING_VERTICES / 16;
      ReunionMercator at = reunion_layer_frame_nearest_turn (frame, shape->points[index]);
      graphene_point_t p = reunion_layer_frame_to_widget (frame, at);
      double bearing = 2.0 * G_PI * label_sixteenths[i] / 16.0 + frame->rotation;
      gboolean is_free = TRUE;

      /* Outside of the line: a small one would run through its label. */
      p.x += (float) (sin (bearing) * width / 2.0);
      p.y -= (float) (cos (bearing) * (height / 2.0 + 2.0));

      graphene_rect_init (box, p.x - (float) width / 2.0f, p.y - (float) height / 2.0f,
                          (float) width, (float) height);
      for (guint j = 0; j < taken->len; j++)
        if (graphene_rect_intersection (box, &g_array_index (taken, graphene_rect_t, j), NULL))
          is_free = FALSE;
      if (is_free && at.y >= 0.0 && at.y <= 1.0 && box->origin.x >= 0.0f && box->origin.y >= 0.0f
          && p.x + width / 2.0 <= frame->width && p.y + height / 2.0 <= frame->height)
        return TRUE;
    }
  return FALSE;
}

static void
draw_label (ReunionEnvelopeLayer *self,
            cairo_t *cr,
            const ReunionLayerFrame *frame,
            const Line *line,
            GArray *taken)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), line->label);
  PangoAttrList *attributes = pango_attr_list_new ();
  graphene_rect_t box;
  int width;
  int height;

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
  pango_attr_list_insert (attributes, pango_attr_style_new (PANGO_STYLE_ITALIC));
  /* Rivers are blue and slanting too. */
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (!find_spot (frame, line->shape, width + 8.0, height + 2.0, taken, &box))
    return;
  g_array_append_val (taken, box);
  cairo_set_dash (cr, NULL, 0, 0.0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, round (box.origin.x + 4.0), round (box.origin.y + 1.0));
  pango_cairo_layout_path (cr, layout);
  cairo_set_line_width (cr, 4.0);
  gdk_cairo_set_source_rgba (cr, self->dark ? &halo_by_night : &halo_by_day);
  cairo_stroke_preserve (cr);
  gdk_cairo_set_source_rgba (cr, self->dark ? &ink_by_night : &ink_by_day);
  cairo_fill (cr);
}

static void
viewport_changed_cb (ReunionEnvelopeLayer *self)
{
  if (self->lines->len > 0)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
reunion_envelope_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ReunionEnvelopeLayer *self = REUNION_ENVELOPE_LAYER (widget);
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  ReunionLayerFrame frame;
  cairo_t *cr;

  if (self->lines->len == 0 || !reunion_layer_frame_read (&frame, SHUMATE_LAYER (self)))
    return;
  cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) frame.width, (float) frame.height));
  for (guint i = 0; i < self->lines->len; i++)
    if (is_wide (&frame, ((Line *) self->lines->pdata[i])->shape, LEAST_RADIUS_PX))
      draw_line (self, cr, &frame, self->lines->pdata[i]);
  for (guint i = 0; i < self->lines->len; i++)
    if (is_wide (&frame, ((Line *) self->lines->pdata[i])->shape, LEAST_LABELLED_PX))
      draw_label (self, cr, &frame, self->lines->pdata[i], taken);
  cairo_destroy (cr);
}

static void
reunion_envelope_layer_constructed (GObject *object)
{
  ReunionEnvelopeLayer *self = REUNION_ENVELOPE_LAYER (object);
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (self));

  G_OBJECT_CLASS (reunion_envelope_layer_parent_class)->constructed (object);
  g_signal_connect_object (viewport, "notify", G_CALLBACK (viewport_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
reunion_envelope_layer_finalize (GObject *object)
{
  ReunionEnvelopeLayer *self = REUNION_ENVELOPE_LAYER (object);

  g_clear_pointer (&self->lines, g_ptr_array_unref);

  G_OBJECT_CLASS (reunion_envelope_layer_parent_class)->finalize (object);
}

static void
reunion_envelope_layer_class_init (ReunionEnvelopeLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = reunion_envelope_layer_constructed;
  object_class->finalize = reunion_envelope_layer_finalize;
  widget_class->snapshot = reunion_envelope_layer_snapshot;

  gtk_widget_class_set_css_name (widget_class, "envelope-layer");
}

static void
reunion_envelope_layer_init (ReunionEnvelopeLayer *self)
{
  self->lines = g_ptr_array_new_with_free_func (line_free);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

ReunionEnvelopeLayer *
reunion_envelope_layer_new (ShumateViewport *viewport)
{
  g_return_val_if_fail (SHUMATE_IS_VIEWPORT (viewport), NULL);

  return g_object_new (REUNION_TYPE_ENVELOPE_LAYER, "viewport", viewport, NULL);
}

void
reunion_envelope_layer_set_envelopes (ReunionEnvelopeLayer *self,
                                      ReunionPoint centre,
                                      const ReunionEnvelope *envelopes,
                                      gsize n_envelopes)
{
  g_return_if_fail (REUNION_IS_ENVELOPE_LAYER (self));
  g_return_if_fail (reunion_point_is_valid (centre));
  g_return_if_fail (envelopes != NULL || n_envelopes == 0);

  g_ptr_array_set_size (self->lines, 0);
  for (gsize i = 0; i < n_envelopes; i++)
    {
      Line *line;

      /* Days later the fastest train could be anywhere. */
      if (envelopes[i].radius_km <= 0.0 || envelopes[i].radius_km > 20000.0)
        continue;
      line = g_new0 (Line, 1);
      line->label = g_strdup (envelopes[i].label != NULL ? envelopes[i].label : "");
      line->style = MIN (envelopes[i].style, REUNION_N_ENVELOPE_STYLES - 1);
      line->shape = reunion_ring_shape_new (centre, envelopes[i].radius_km, REUNION_RING_VERTICES);
      g_ptr_array_add (self->lines, line);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
reunion_envelope_layer_set_dark (ReunionEnvelopeLayer *self, gboolean dark)
{
  g_return_if_fail (REUNION_IS_ENVELOPE_LAYER (self));

  self->dark = !!dark;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const ReunionRingShape *
reunion_envelope_layer_get_shape (ReunionEnvelopeLayer *self, gsize index)
{
  g_return_val_if_fail (REUNION_IS_ENVELOPE_LAYER (self), NULL);

  return index < self->lines->len ? ((const Line *) self->lines->pdata[index])->shape : NULL;
}
