/* reunion-tip-layer.c: what the public has seen, on the map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tip-layer.h"

#include <math.h>

#include "reunion-layer-frame.h"
#include "reunion-tip-clusters.h"

/* How near a click has to come, in pixels. */
#define REACH_PX 16.0
#define MARK_PX 26

struct _ReunionTipLayer
{
  ShumateLayer parent_instance;

  GPtrArray *tips;
  ReunionMercator *points;
  char *selected_id;
  guint selected;
  gboolean dark;

  /* Clusters of one whole zoom level, kept until it or the tips change. */
  GArray *clusters;
  guint clusters_zoom;

  GdkTexture *marks[REUNION_N_TIP_MARKS];
  int marks_scale;
};

G_DEFINE_FINAL_TYPE (ReunionTipLayer, reunion_tip_layer, SHUMATE_TYPE_LAYER)

enum
{
  SIGNAL_TIP_ACTIVATED,
  SIGNAL_CLUSTER_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  char *id;
  char *label;
  ReunionTipMark mark;
  ReunionPoint point;
} Tip;

static const GdkRGBA mark_colours[REUNION_N_TIP_MARKS] = {
  [REUNION_TIP_MARK_NEW] = { 0.110f, 0.443f, 0.847f, 1.0f },
  [REUNION_TIP_MARK_CHECKING] = { 0.682f, 0.482f, 0.012f, 1.0f },
  [REUNION_TIP_MARK_CREDIBLE] = { 0.149f, 0.635f, 0.412f, 1.0f },
  [REUNION_TIP_MARK_DISMISSED] = { 0.467f, 0.463f, 0.482f, 1.0f },
  [REUNION_TIP_MARK_FOUND] = { 0.506f, 0.239f, 0.612f, 1.0f },
};

static void
tip_free (gpointer data)
{
  Tip *tip = data;

  g_free (tip->id);
  g_free (tip->label);
  g_free (tip);
}

static void
trace_polygon (cairo_t *cr, guint n_corners, double radius, double inner, double from_rad)
{
  for (guint i = 0; i < n_corners * 2; i++)
    {
      double reach = i % 2 == 0 ? radius : inner;
      double angle = from_rad + G_PI * i / n_corners;

      if (i % 2 == 0 || inner > 0.0)
        cairo_line_to (cr, reach * sin (angle), -reach * cos (angle));
    }
  cairo_close_path (cr);
}

static void
trace_cross (cairo_t *cr, double reach, double half)
{
  cairo_rotate (cr, G_PI / 4.0);
  cairo_rectangle (cr, -reach, -half, 2.0 * reach, 2.0 * half);
  cairo_rectangle (cr, -half, -reach, 2.0 * half, 2.0 * reach);
}

static void
trace_mark (cairo_t *cr, ReunionTipMark mark)
{
  switch (mark)
    {
    case REUNION_TIP_MARK_CHECKING:
      trace_polygon (cr, 4, 8.5, 0.0, 0.0);
      break;
    case REUNION_TIP_MARK_CREDIBLE:
      cairo_translate (cr, 0.0, 1.5);
      trace_polygon (cr, 3, 9.0, 0.0, 0.0);
      break;
    case REUNION_TIP_MARK_DISMISSED:
      trace_cross (cr, 7.0, 2.0);
      break;
    case REUNION_TIP_MARK_FOUND:
      trace_polygon (cr, 5, 10.0, 4.6, 0.0);
      break;
    case REUNION_TIP_MARK_NEW:
    case REUNION_N_TIP_MARKS:
    default:
      cairo_arc (cr, 0.0, 0.0, 6.5, 0.0, 2.0 * G_PI);
      break;
    }
}

static GdkTexture *
draw_mark (ReunionTipMark mark, int scale)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MARK_PX * scale, MARK_PX * scale);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;
  gsize stride;

  cairo_scale (cr, scale, scale);
  cairo_translate (cr, MARK_PX / 2.0, MARK_PX / 2.0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  trace_mark (cr, mark);
  cairo_set_source_rgba (cr, 1.0, 1.0, 1.0, 0.95);
  cairo_set_line_width (cr, 3.2);
  cairo_stroke_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &mark_colours[mark]);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  stride = (gsize) cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      stride * (gsize) (MARK_PX * scale),
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (MARK_PX * scale, MARK_PX * scale, GDK_MEMORY_DEFAULT, bytes,
                                 stride);
}

static void
ensure_marks (ReunionTipLayer *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (self->marks_scale == scale)
    return;
  for (guint i = 0; i < REUNION_N_TIP_MARKS; i++)
    {
      g_clear_object (&self->marks[i]);
      self->marks[i] = draw_mark ((ReunionTipMark) i, scale);
    }
  self->marks_scale = scale;
}

static void
drop_clusters (ReunionTipLayer *self)
{
  g_clear_pointer (&self->clusters, g_array_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GArray *
ensure_clusters (ReunionTipLayer *self, guint zoom)
{
  if (self->clusters != NULL && self->clusters_zoom == zoom)
    return self->clusters;
  g_clear_pointer (&self->clusters, g_array_unref);
  self->clusters
      = reunion_tip_clusters_gather (self->points, self->tips->len, zoom, self->selected);
  self->clusters_zoom = zoom;
  return self->clusters;
}

static void
find_selected (ReunionTipLayer *self)
{
  self->selected = G_MAXUINT;
  for (guint i = 0; self->selected_id != NULL && i < self->tips->len; i++)
    if (g_strcmp0 (((const Tip *) g_ptr_array_index (self->tips, i))->id, self->selected_id) == 0)
      self->selected = i;
}

static gboolean
is_in_sight (const ReunionLayerFrame *frame, graphene_point_t p)
{
  return p.x > -MARK_PX && p.y > -MARK_PX && p.x < frame->width + MARK_PX
         && p.y < frame->height + MARK_PX;
}

static PangoLayout *
small_layout (ReunionTipLayer *self, const char *text, gboolean bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

static void
append_disc (GtkSnapshot *snapshot, graphene_point_t p, float radius, const GdkRGBA *colour)
{
  GskRoundedRect disc;

  gsk_rounded_rect_init_from_rect (
      &disc, &GRAPHENE_RECT_INIT (p.x - radius, p.y - radius, 2 * radius, 2 * radius), radius);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, colour, &disc.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
append_number (ReunionTipLayer *self, GtkSnapshot *snapshot, graphene_point_t p, guint count)
{
  const GdkRGBA white = { 1.0f, 1.0f, 1.0f, 1.0f };
  /* Counts of four digits and more would outgrow any disc. */
  g_autofree char *text
      = count < 1000 ? g_strdup_printf ("%u", count) : g_strdup_printf ("%uk", count / 1000);
  g_autoptr (PangoLayout) layout = small_layout (self, text, TRUE);
  float radius = count < 10 ? 11.0f : count < 100 ? 13.0f : 16.0f;
  int width;
  int height;

  append_disc (snapshot, p, radius + 1.5f, &white);
  append_disc (snapshot, p, radius, &mark_colours[REUNION_TIP_MARK_NEW]);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT (roundf (p.x - width / 2.0f), roundf (p.y - height / 2.0f)));
  gtk_snapshot_append_layout (snapshot, layout, &white);
  gtk_snapshot_restore (snapshot);
}

static void
append_mark (ReunionTipLayer *self, GtkSnapshot *snapshot, graphene_point_t p, ReunionTipMark mark)
{
  gtk_snapshot_append_texture (snapshot, self->marks[mark],
                               &GRAPHENE_RECT_INIT (roundf (p.x) - MARK_PX / 2,
                                                    roundf (p.y) - MARK_PX / 2, MARK_PX, MARK_PX));
}

/* Where the label of the tip at @p begins: above it, or below near the top,
 * and whole. */
static graphene_point_t
label_corner (const ReunionLayerFrame *frame, graphene_point_t p, int width, int height)
{
  const float margin = 12.0f;
  float last_x = (float) frame->width - margin - (float) width;
  float x = roundf (p.x - (float) width / 2.0f);
  float y = roundf (p.y) - 24.0f - (float) height;

  if (p.x >= 0.0f && p.x <= frame->width)
    x = MAX (MIN (x, last_x), margin);
  if (y < margin && p.y >= 0.0f)
    y = roundf (p.y) + 24.0f;
  return GRAPHENE_POINT_INIT (x, y);
}

static void
append_selected (ReunionTipLayer *self, GtkSnapshot *snapshot, const ReunionLayerFrame *frame)
{
  const GdkRGBA halo = { 0.208f, 0.518f, 0.894f, 0.35f };
  const GdkRGBA plate
      = self->dark ? (GdkRGBA){ 0.09f, 0.09f, 0.1f, 0.95f } : (GdkRGBA){ 1.0f, 1.0f, 1.0f, 0.95f };
  const GdkRGBA ink
      = self->dark ? (GdkRGBA){ 1.0f, 1.0f, 1.0f, 1.0f } : (GdkRGBA){ 0.1f, 0.1f, 0.12f, 1.0f };
  const Tip *tip = g_ptr_array_index (self->tips, self->selected);
  graphene_point_t p = reunion_layer_frame_to_widget (
      frame, reunion_layer_frame_nearest_turn (frame, self->points[self->selected]));
  g_autoptr (PangoLayout) layout = NULL;
  GskRoundedRect box;
  int width;
  int height;

  append_disc (snapshot, p, 17.0f, &halo);
  append_mark (self, snapshot, p, tip->mark);
  if (tip->label == NULL || *tip->label == '\0')
    return;
  layout = small_layout (self, tip->label, FALSE);
  pango_layout_get_pixel_size (layout, &width, &height);
  p = label_corner (frame, p, width, height);
  gsk_rounded_rect_init_from_rect (
      &box, &GRAPHENE_RECT_INIT (p.x - 8, p.y - 3, width + 16, height + 6), 8);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, &plate, &box.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &p);
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
pressed_tip (ReunionTipLayer *self, const ReunionCluster *cluster)
{
  ReunionPoint point = reunion_mercator_unproject (cluster->at);
  const Tip *tip = g_ptr_array_index (self->tips, cluster->first);

  if (cluster->count > 1)
    g_signal_emit (self, signals[SIGNAL_CLUSTER_ACTIVATED], 0, point.lat_deg, point.lon_deg);
  else
    g_signal_emit (self, signals[SIGNAL_TIP_ACTIVATED], 0, tip->id);
}

static void
viewport_changed_cb (ReunionTipLayer *self)
{
  if (self->tips->len > 0)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The mark at @x, @y of the widget, or NULL. Transfer none. */
static const ReunionCluster *
find_mark (ReunionTipLayer *self, double x, double y)
{
  const ReunionCluster *best = NULL;
  double best_px = REACH_PX;
  ReunionLayerFrame frame;
  GArray *clusters;

  if (self->tips->len == 0 || !reunion_layer_frame_read (&frame, SHUMATE_LAYER (self)))
    return NULL;
  clusters = ensure_clusters (self, (guint) MAX (0.0, floor (frame.zoom)));
  for (guint i = 0; i < clusters->len; i++)
    {
      const ReunionCluster *cluster = &g_array_index (clusters, ReunionCluster, i);
      graphene_point_t p = reunion_layer_frame_to_widget (
          &frame, reunion_layer_frame_nearest_turn (&frame, cluster->at));
      double distance_px = hypot (p.x - x, p.y - y);

      if (distance_px <= best_px)
        {
          best_px = distance_px;
          best = cluster;
        }
    }
  return best;
}

/* On release, so that a drag that starts on a mark still moves the map. */
static void
click_released_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  ReunionTipLayer *self = REUNION_TIP_LAYER (user_data);
  const ReunionCluster *mark = find_mark (self, x, y);

  if (mark == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  pressed_tip (self, mark);
}

/* A ShumateLayer is nowhere, as far as the pointer is concerned; this one is
 * where its marks are, and lets the map have the rest. */
static gboolean
reunion_tip_layer_contains (GtkWidget *widget, double x, double y)
{
  return find_mark (REUNION_TIP_LAYER (widget), x, y) != NULL;
}

static void
reunion_tip_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ReunionTipLayer *self = REUNION_TIP_LAYER (widget);
  ReunionLayerFrame frame;
  GArray *clusters;

  if (self->tips->len == 0 || !reunion_layer_frame_read (&frame, SHUMATE_LAYER (self)))
    return;
  ensure_marks (self);
  clusters = ensure_clusters (self, (guint) MAX (0.0, floor (frame.zoom)));
  for (guint i = 0; i < clusters->len; i++)
    {
      const ReunionCluster *cluster = &g_array_index (clusters, ReunionCluster, i);
      graphene_point_t p = reunion_layer_frame_to_widget (
          &frame, reunion_layer_frame_nearest_turn (&frame, cluster->at));

      if (!is_in_sight (&frame, p) || cluster->first == self->selected)
        continue;
      if (cluster->count > 1)
        append_number (self, snapshot, p, cluster->count);
      else
        append_mark (self, snapshot, p,
                     ((const Tip *) g_ptr_array_index (self->tips, cluster->first))->mark);
    }
  if (self->selected != G_MAXUINT)
    append_selected (self, snapshot, &frame);
}

static void
reunion_tip_layer_constructed (GObject *object)
{
  ReunionTipLayer *self = REUNION_TIP_LAYER (object);
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (self));

  G_OBJECT_CLASS (reunion_tip_layer_parent_class)->constructed (object);
  g_signal_connect_object (viewport, "notify", G_CALLBACK (viewport_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
reunion_tip_layer_finalize (GObject *object)
{
  ReunionTipLayer *self = REUNION_TIP_LAYER (object);

  for (guint i = 0; i < REUNION_N_TIP_MARKS; i++)
    g_clear_object (&self->marks[i]);
  g_clear_pointer (&self->clusters, g_array_unref);
  g_clear_pointer (&self->tips, g_ptr_array_unref);
  g_clear_pointer (&self->points, g_free);
  g_clear_pointer (&self->selected_id, g_free);

  G_OBJECT_CLASS (reunion_tip_layer_parent_class)->finalize (object);
}

static void
reunion_tip_layer_class_init (ReunionTipLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = reunion_tip_layer_constructed;
  object_class->finalize = reunion_tip_layer_finalize;
  widget_class->contains = reunion_tip_layer_contains;
  widget_class->snapshot = reunion_tip_layer_snapshot;

  signals[SIGNAL_TIP_ACTIVATED]
      = g_signal_new ("tip-activated", REUNION_TYPE_TIP_LAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CLUSTER_ACTIVATED]
      = g_signal_new ("cluster-activated", REUNION_TYPE_TIP_LAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  gtk_widget_class_set_css_name (widget_class, "tip-layer");
}

static void
reunion_tip_layer_init (ReunionTipLayer *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->tips = g_ptr_array_new_with_free_func (tip_free);
  self->selected = G_MAXUINT;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "pointer");
  g_signal_connect (click, "released", G_CALLBACK (click_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

ReunionTipLayer *
reunion_tip_layer_new (ShumateViewport *viewport)
{
  g_return_val_if_fail (SHUMATE_IS_VIEWPORT (viewport), NULL);

  return g_object_new (REUNION_TYPE_TIP_LAYER, "viewport", viewport, NULL);
}

void
reunion_tip_layer_set_tips (ReunionTipLayer *self, const ReunionTipSpot *tips, gsize n_tips)
{
  g_return_if_fail (REUNION_IS_TIP_LAYER (self));
  g_return_if_fail (tips != NULL || n_tips == 0);

  g_ptr_array_set_size (self->tips, 0);
  g_free (self->points);
  self->points = g_new (ReunionMercator, n_tips);
  for (gsize i = 0; i < n_tips; i++)
    {
      Tip *tip;

      if (!reunion_point_is_valid (tips[i].point) || (guint) tips[i].mark >= REUNION_N_TIP_MARKS)
        continue;
      tip = g_new0 (Tip, 1);
      tip->id = g_strdup (tips[i].id);
      tip->label = g_strdup (tips[i].label);
      tip->mark = tips[i].mark;
      tip->point = tips[i].point;
      self->points[self->tips->len] = reunion_mercator_project (tip->point);
      g_ptr_array_add (self->tips, tip);
    }
  find_selected (self);
  drop_clusters (self);
}

guint
reunion_tip_layer_get_n_tips (ReunionTipLayer *self)
{
  g_return_val_if_fail (REUNION_IS_TIP_LAYER (self), 0);

  return self->tips->len;
}

void
reunion_tip_layer_set_selected (ReunionTipLayer *self, const char *id)
{
  g_return_if_fail (REUNION_IS_TIP_LAYER (self));

  if (g_strcmp0 (self->selected_id, id) == 0)
    return;
  g_free (self->selected_id);
  self->selected_id = g_strdup (id);
  find_selected (self);
  drop_clusters (self);
}

const char *
reunion_tip_layer_get_selected (ReunionTipLayer *self)
{
  g_return_val_if_fail (REUNION_IS_TIP_LAYER (self), NULL);

  return self->selected_id;
}

void
reunion_tip_layer_set_dark (ReunionTipLayer *self, gboolean dark)
{
  g_return_if_fail (REUNION_IS_TIP_LAYER (self));

  self->dark = !!dark;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
reunion_tip_layer_count_marks (ReunionTipLayer *self, guint zoom)
{
  g_return_val_if_fail (REUNION_IS_TIP_LAYER (self), 0);

  return ensure_clusters (self, zoom)->len;
}
