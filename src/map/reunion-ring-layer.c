/* reunion-ring-layer.c: the place of loss and the circles around it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-ring-layer.h"

#include <math.h>

#include "reunion-layer-frame.h"

struct _ReunionRingLayer
{
  ShumateLayer parent_instance;

  /* Elements are RingItem, the smallest circle first. */
  GPtrArray *rings;
  ReunionPoint centre;
  gboolean has_centre;
  gboolean dark;
};

G_DEFINE_FINAL_TYPE (ReunionRingLayer, reunion_ring_layer, SHUMATE_TYPE_LAYER)

typedef struct
{
  double radius_km;
  char *label;
  gboolean reached;
  ReunionRingShape *shape;
} RingItem;

typedef struct
{
  GdkRGBA fill;
  GdkRGBA reached;
  GdkRGBA ahead;
  GdkRGBA text;
  GdkRGBA plate;
  GdkRGBA pin;
} RingPalette;

/* The orange of a warning, one step off the red of the pin. */
static const RingPalette by_day = {
  .fill = { 0.902f, 0.380f, 0.0f, 0.10f },
  .reached = { 0.776f, 0.275f, 0.0f, 0.95f },
  .ahead = { 0.541f, 0.294f, 0.145f, 0.75f },
  .text = { 0.388f, 0.153f, 0.02f, 1.0f },
  .plate = { 1.0f, 0.992f, 0.973f, 0.92f },
  .pin = { 0.753f, 0.110f, 0.157f, 1.0f },
};

static const RingPalette by_night = {
  .fill = { 1.0f, 0.569f, 0.192f, 0.11f },
  .reached = { 1.0f, 0.639f, 0.282f, 0.95f },
  .ahead = { 0.902f, 0.706f, 0.541f, 0.7f },
  .text = { 1.0f, 0.839f, 0.686f, 1.0f },
  .plate = { 0.165f, 0.145f, 0.133f, 0.92f },
  .pin = { 0.929f, 0.263f, 0.282f, 1.0f },
};

/* Bearings at which a ring's label may stand, as eighths of the circle; north
 * first, then what is left when north is out of sight. */
static const guint label_eighths[] = { 0, 4, 1, 7, 2, 6, 3, 5 };

static void
ring_item_free (gpointer data)
{
  RingItem *item = data;

  g_clear_pointer (&item->shape, reunion_ring_shape_free);
  g_free (item->label);
  g_free (item);
}

static int
compare_rings (gconstpointer a, gconstpointer b)
{
  const RingItem *left = *(const RingItem *const *) a;
  const RingItem *right = *(const RingItem *const *) b;

  return (left->radius_km > right->radius_km) - (left->radius_km < right->radius_km);
}

static void
trace_points (cairo_t *cr,
              const ReunionLayerFrame *frame,
              const ReunionRingShape *shape,
              gsize n_points,
              int turn)
{
  cairo_new_sub_path (cr);
  for (gsize i = 0; i < n_points; i++)
    {
      ReunionMercator at = { shape->points[i].x + turn, CLAMP (shape->points[i].y, -0.5, 1.5) };
      graphene_point_t p = reunion_layer_frame_to_widget (frame, at);

      cairo_line_to (cr, p.x, p.y);
    }
}

/* The area on every turn in one path: the seams of a polar cap's copies
 * coincide, and one fill has no seams. */
static void
fill_ring (cairo_t *cr,
           const ReunionLayerFrame *frame,
           const ReunionRingShape *shape,
           const GdkRGBA *colour)
{
  int first;
  int last;

  reunion_layer_frame_turns (frame, shape->min_x, shape->max_x, &first, &last);
  for (int turn = first; turn <= last; turn++)
    {
      trace_points (cr, frame, shape, shape->n_points, turn);
      cairo_close_path (cr);
    }
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_fill (cr);
}

static void
stroke_ring (cairo_t *cr, const ReunionLayerFrame *frame, const ReunionRingShape *shape)
{
  int first;
  int last;

  reunion_layer_frame_turns (frame, shape->min_x, shape->max_x, &first, &last);
  for (int turn = first; turn <= last; turn++)
    {
      trace_points (cr, frame, shape, shape->n_vertices, turn);
      if (shape->n_vertices == shape->n_points)
        cairo_close_path (cr);
    }
  cairo_stroke (cr);
}

static void
draw_circles (ReunionRingLayer *self,
              cairo_t *cr,
              const ReunionLayerFrame *frame,
              const RingPalette *palette)
{
  static const double dashes[] = { 7.0, 6.0 };
  const RingItem *widest = NULL;

  for (guint i = 0; i < self->rings->len; i++)
    {
      const RingItem *item = g_ptr_array_index (self->rings, i);

      if (item->reached)
        widest = item;
    }
  /* Circles lie in each other; filling each would darken the middle. */
  if (widest != NULL)
    fill_ring (cr, frame, widest->shape, &palette->fill);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = self->rings->len; i > 0; i--)
    {
      const RingItem *item = g_ptr_array_index (self->rings, i - 1);

      cairo_set_dash (cr, dashes, item->reached ? 0 : (int) G_N_ELEMENTS (dashes), 0.0);
      cairo_set_line_width (cr, item == widest ? 2.2 : item->reached ? 1.2 : 1.5);
      gdk_cairo_set_source_rgba (cr, item->reached ? &palette->reached : &palette->ahead);
      stroke_ring (cr, frame, item->shape);
    }
}

static gboolean
boxes_touch (const graphene_rect_t *box, GArray *taken)
{
  for (guint i = 0; i < taken->len; i++)
    if (graphene_rect_intersection (box, &g_array_index (taken, graphene_rect_t, i), NULL))
      return TRUE;
  return FALSE;
}

/* Where on the ring the label can be read whole and is on no other, if
 * anywhere. */
static gboolean
find_label_spot (const ReunionLayerFrame *frame,
                 const ReunionRingShape *shape,
                 double half_w,
                 double half_h,
                 GArray *taken,
                 graphene_point_t *spot)
{
  for (gsize i = 0; i < G_N_ELEMENTS (label_eighths); i++)
    {
      gsize index = label_eighths[i] * REUNION_RING_VERTICES / 8;
      ReunionMercator at = reunion_layer_frame_nearest_turn (frame, shape->points[index]);
      graphene_point_t p = reunion_layer_frame_to_widget (frame, at);
      graphene_rect_t box = GRAPHENE_RECT_INIT (p.x - (float) half_w, p.y - (float) half_h,
                                                2.0f * (float) half_w, 2.0f * (float) half_h);

      if (at.y >= 0.0 && at.y <= 1.0 && p.x >= half_w && p.x <= frame->width - half_w
          && p.y >= half_h && p.y <= frame->height - half_h && !boxes_touch (&box, taken))
        {
          g_array_append_val (taken, box);
          *spot = p;
          return TRUE;
        }
    }
  return FALSE;
}

static void
rounded_rectangle (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0.0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0.0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
draw_label (ReunionRingLayer *self,
            cairo_t *cr,
            const ReunionLayerFrame *frame,
            const RingPalette *palette,
            const RingItem *item,
            GArray *taken)
{
  g_autoptr (PangoLayout) layout = NULL;
  PangoAttrList *attributes;
  graphene_point_t spot;
  int width;
  int height;

  if (item->label == NULL || *item->label == '\0')
    return;
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), item->label);
  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
  if (item->reached)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (!find_label_spot (frame, item->shape, width / 2.0 + 8.0, height / 2.0 + 4.0, taken, &spot))
    return;

  rounded_rectangle (cr, round (spot.x - width / 2.0) - 7.0, round (spot.y - height / 2.0) - 1.5,
                     width + 14.0, height + 3.0, (height + 3.0) / 2.0);
  gdk_cairo_set_source_rgba (cr, &palette->plate);
  cairo_fill_preserve (cr);
  cairo_set_dash (cr, NULL, 0, 0.0);
  cairo_set_line_width (cr, 1.0);
  gdk_cairo_set_source_rgba (cr, item->reached ? &palette->reached : &palette->ahead);
  cairo_stroke (cr);
  cairo_move_to (cr, round (spot.x - width / 2.0), round (spot.y - height / 2.0));
  gdk_cairo_set_source_rgba (cr, &palette->text);
  pango_cairo_show_layout (cr, layout);
}

/* The circles reached come first, the widest before the rest: if there is no
 * room for all, they are what has to be read. */
static void
draw_labels (ReunionRingLayer *self,
             cairo_t *cr,
             const ReunionLayerFrame *frame,
             const RingPalette *palette)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  graphene_point_t place = reunion_layer_frame_to_widget (
      frame, reunion_layer_frame_nearest_turn (frame, reunion_mercator_project (self->centre)));
  graphene_rect_t pin = GRAPHENE_RECT_INIT (place.x - 10.0f, place.y - 30.0f, 20.0f, 32.0f);

  g_array_append_val (taken, pin);
  for (guint reached = 0; reached < 2; reached++)
    for (guint i = self->rings->len; i > 0; i--)
      {
        const RingItem *item = g_ptr_array_index (self->rings, i - 1);

        if (item->reached == (reached == 0))
          draw_label (self, cr, frame, palette, item, taken);
      }
}

/* A drop with its point on the place, and a white eye. */
static void
draw_pin (ReunionRingLayer *self,
          cairo_t *cr,
          const ReunionLayerFrame *frame,
          const RingPalette *palette)
{
  ReunionMercator at
      = reunion_layer_frame_nearest_turn (frame, reunion_mercator_project (self->centre));
  graphene_point_t tip = reunion_layer_frame_to_widget (frame, at);
  const double head = 9.0;
  const double lift = 19.0;

  cairo_save (cr);
  cairo_translate (cr, tip.x, tip.y);
  cairo_set_dash (cr, NULL, 0, 0.0);
  cairo_save (cr);
  cairo_scale (cr, 1.0, 0.45);
  cairo_arc (cr, 0.0, 0.0, 5.0, 0.0, 2.0 * G_PI);
  cairo_restore (cr);
  cairo_set_source_rgba (cr, 0.0, 0.0, 0.0, 0.28);
  cairo_fill (cr);
  cairo_move_to (cr, 0.0, 0.0);
  cairo_curve_to (cr, -1.5, -6.0, -head, -lift + 6.0, -head, -lift);
  cairo_arc (cr, 0.0, -lift, head, G_PI, 0.0);
  cairo_curve_to (cr, head, -lift + 6.0, 1.5, -6.0, 0.0, 0.0);
  cairo_close_path (cr);
  gdk_cairo_set_source_rgba (cr, &palette->pin);
  cairo_fill_preserve (cr);
  cairo_set_source_rgba (cr, 1.0, 1.0, 1.0, 0.95);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  cairo_arc (cr, 0.0, -lift, 3.4, 0.0, 2.0 * G_PI);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
viewport_changed_cb (ReunionRingLayer *self)
{
  if (self->has_centre)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
reunion_ring_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ReunionRingLayer *self = REUNION_RING_LAYER (widget);
  const RingPalette *palette = self->dark ? &by_night : &by_day;
  ReunionLayerFrame frame;
  cairo_t *cr;

  if (!self->has_centre || !reunion_layer_frame_read (&frame, SHUMATE_LAYER (self)))
    return;
  cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) frame.width, (float) frame.height));
  draw_circles (self, cr, &frame, palette);
  draw_pin (self, cr, &frame, palette);
  draw_labels (self, cr, &frame, palette);
  cairo_destroy (cr);
}

static void
reunion_ring_layer_constructed (GObject *object)
{
  ReunionRingLayer *self = REUNION_RING_LAYER (object);
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (self));

  G_OBJECT_CLASS (reunion_ring_layer_parent_class)->constructed (object);
  g_signal_connect_object (viewport, "notify", G_CALLBACK (viewport_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
reunion_ring_layer_finalize (GObject *object)
{
  ReunionRingLayer *self = REUNION_RING_LAYER (object);

  g_clear_pointer (&self->rings, g_ptr_array_unref);

  G_OBJECT_CLASS (reunion_ring_layer_parent_class)->finalize (object);
}

static void
reunion_ring_layer_class_init (ReunionRingLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = reunion_ring_layer_constructed;
  object_class->finalize = reunion_ring_layer_finalize;
  widget_class->snapshot = reunion_ring_layer_snapshot;

  gtk_widget_class_set_css_name (widget_class, "ring-layer");
}

static void
reunion_ring_layer_init (ReunionRingLayer *self)
{
  self->rings = g_ptr_array_new_with_free_func (ring_item_free);
  /* Nothing here can be pressed: clicks go to the map below. */
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

ReunionRingLayer *
reunion_ring_layer_new (ShumateViewport *viewport)
{
  g_return_val_if_fail (SHUMATE_IS_VIEWPORT (viewport), NULL);

  return g_object_new (REUNION_TYPE_RING_LAYER, "viewport", viewport, NULL);
}

void
reunion_ring_layer_set_rings (ReunionRingLayer *self,
                              ReunionPoint centre,
                              const ReunionRing *rings,
                              gsize n_rings)
{
  g_return_if_fail (REUNION_IS_RING_LAYER (self));
  g_return_if_fail (reunion_point_is_valid (centre));
  g_return_if_fail (rings != NULL || n_rings == 0);

  g_ptr_array_set_size (self->rings, 0);
  self->centre = centre;
  self->has_centre = TRUE;
  for (gsize i = 0; i < n_rings; i++)
    {
      RingItem *item = g_new0 (RingItem, 1);

      item->radius_km = rings[i].radius_km;
      item->label = g_strdup (rings[i].label);
      item->reached = !!rings[i].reached;
      item->shape = reunion_ring_shape_new (centre, rings[i].radius_km, REUNION_RING_VERTICES);
      if (item->shape == NULL)
        ring_item_free (item);
      else
        g_ptr_array_add (self->rings, item);
    }
  g_ptr_array_sort (self->rings, compare_rings);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
reunion_ring_layer_move (ReunionRingLayer *self, ReunionPoint centre)
{
  g_return_if_fail (REUNION_IS_RING_LAYER (self));
  g_return_if_fail (reunion_point_is_valid (centre));

  if (!self->has_centre)
    return;
  self->centre = centre;
  for (guint i = 0; i < self->rings->len; i++)
    {
      RingItem *item = self->rings->pdata[i];

      reunion_ring_shape_free (item->shape);
      item->shape = reunion_ring_shape_new (centre, item->radius_km, REUNION_RING_VERTICES);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
reunion_ring_layer_clear (ReunionRingLayer *self)
{
  g_return_if_fail (REUNION_IS_RING_LAYER (self));

  g_ptr_array_set_size (self->rings, 0);
  self->has_centre = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
reunion_ring_layer_set_dark (ReunionRingLayer *self, gboolean dark)
{
  g_return_if_fail (REUNION_IS_RING_LAYER (self));

  self->dark = !!dark;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const ReunionRingShape *
reunion_ring_layer_get_shape (ReunionRingLayer *self, gsize index)
{
  g_return_val_if_fail (REUNION_IS_RING_LAYER (self), NULL);

  if (index >= self->rings->len)
    return NULL;
  return ((const RingItem *) g_ptr_array_index (self->rings, index))->shape;
}
