/* reunion-tip-layer.c: what the public has seen, on the map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tip-layer.h"

#include <math.h>
#include <string.h>

#include "reunion-layer-frame.h"
#include "reunion-map-click.h"
#include "reunion-tip-fan.h"

/* How near a click has to come, in pixels. */
#define REACH_PX 16.0
/* More than these are clustered in a thread: some ten milliseconds' worth. */
#define AT_ONCE 5000
/* Pictures of clusters that are kept. */
#define MAX_PLATES 4000
/* Side of what Cairo draws at once. */
#define CELL_PX 128.0
/* Tips nearer than this at the deepest zoom are of one place. */
#define ONE_PLACE_PX 24.0

/* What is drawn where. */
typedef struct
{
  graphene_point_t at;
  guint tip;
  guint count;
  guint node;
  guint without; /* a tip that is drawn by itself, or REUNION_TIP_NONE */
} Item;

struct _ReunionTipLayer
{
  ShumateLayer parent_instance;

  ReunionTipSet *set;
  ReunionClusterIndex *index;
  GCancellable *building;

  char *selected_id;
  guint selected;
  guint fanned; /* a tip of the place that was pressed, or REUNION_TIP_NONE */
  gboolean dark;
  gboolean contrast;
  gboolean show_label;

  GArray *items;
  ReunionLayerFrame items_frame;
  graphene_point_t hub; /* of the fan */
  guint first_fanned;   /* the first item at the end of one of its legs */
  guint n_fanned;

  ReunionPixels *marks[REUNION_N_TIP_MARKS];
  GHashTable *plates; /* node and tip left out, as gint64, to ReunionPixels */
  int scale;
};

G_DEFINE_FINAL_TYPE (ReunionTipLayer, reunion_tip_layer, SHUMATE_TYPE_LAYER)

enum
{
  SIGNAL_TIP_ACTIVATED,
  SIGNAL_CLUSTER_ACTIVATED,
  SIGNAL_TIPS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* --- pictures --------------------------------------------------------------------- */

static void
drop_pictures (ReunionTipLayer *self)
{
  for (guint i = 0; i < REUNION_N_TIP_MARKS; i++)
    g_clear_object (&self->marks[i]);
  g_hash_table_remove_all (self->plates);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static ReunionPixels *
get_mark (ReunionTipLayer *self, ReunionTipMark mark)
{
  if (self->marks[mark] == NULL)
    self->marks[mark] = reunion_tip_marks_draw (mark, self->scale, self->contrast);
  return self->marks[mark];
}

static void
count_item (ReunionTipLayer *self, const Item *item, guint *counts)
{
  guint kinds[REUNION_CLUSTER_MAX_KINDS];

  memset (counts, 0, REUNION_N_TIP_MARKS * sizeof *counts);
  if (item->count == 1)
    {
      counts[reunion_tip_set_get (self->set, item->tip)->mark] = 1;
      return;
    }
  reunion_cluster_index_tally (self->index, item->node, kinds);
  memcpy (counts, kinds, REUNION_N_TIP_MARKS * sizeof *counts);
  if (item->without != REUNION_TIP_NONE)
    counts[reunion_tip_set_get (self->set, item->without)->mark]--;
}

static ReunionPixels *
get_plate (ReunionTipLayer *self, const Item *item)
{
  gint64 key = (gint64) item->node << 32 | item->without;
  ReunionPixels *plate = g_hash_table_lookup (self->plates, &key);
  guint counts[REUNION_N_TIP_MARKS];

  if (plate != NULL)
    return plate;
  if (g_hash_table_size (self->plates) >= MAX_PLATES)
    g_hash_table_remove_all (self->plates);
  count_item (self, item, counts);
  plate = reunion_tip_marks_draw_cluster (counts, gtk_widget_get_pango_context (GTK_WIDGET (self)),
                                          self->scale, self->dark, self->contrast);
  g_hash_table_insert (self->plates, g_memdup2 (&key, sizeof key), plate);
  return plate;
}

/* --- what is where ---------------------------------------------------------------- */

static guint
whole_zoom (const ReunionLayerFrame *frame)
{
  return (guint) MAX (0.0, floor (frame->zoom));
}

/* Whether the tips of @node stay together however near the map comes. */
static gboolean
is_one_place (ReunionTipLayer *self, guint node)
{
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (self));
  double world_px = REUNION_TILE_SIZE * exp2 (shumate_viewport_get_max_zoom_level (viewport));
  ReunionMercator min, max;

  reunion_cluster_index_bounds (self->index, node, &min, &max);
  return MAX (max.x - min.x, max.y - min.y) * world_px < ONE_PLACE_PX;
}

/* The tip whose place is fanned out, if any. */
static gboolean
find_fan (ReunionTipLayer *self, guint zoom, ReunionCluster *cluster)
{
  const guint tips[] = { self->fanned, self->selected };

  for (gsize i = 0; i < G_N_ELEMENTS (tips); i++)
    if (tips[i] != REUNION_TIP_NONE
        && reunion_cluster_index_find (self->index, tips[i], zoom, cluster) && cluster->count > 1
        && is_one_place (self, cluster->node))
      return TRUE;
  return FALSE;
}

static graphene_point_t
locate (const ReunionLayerFrame *frame, ReunionMercator at)
{
  return reunion_layer_frame_to_widget (frame, reunion_layer_frame_nearest_turn (frame, at));
}

static void
add_fan (ReunionTipLayer *self, const ReunionLayerFrame *frame, const ReunionCluster *cluster)
{
  g_autoptr (GArray) leaves = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean holds_selected = FALSE;
  ReunionCluster of_selected;

  reunion_cluster_index_leaves (self->index, cluster->node, REUNION_TIP_FAN_MAX, leaves);
  for (guint i = 0; i < leaves->len; i++)
    holds_selected = holds_selected || g_array_index (leaves, guint, i) == self->selected;
  if (!holds_selected && self->selected != REUNION_TIP_NONE
      && reunion_cluster_index_find (self->index, self->selected, whole_zoom (frame), &of_selected)
      && of_selected.node == cluster->node)
    g_array_index (leaves, guint, leaves->len - 1) = self->selected;
  self->hub = locate (frame, cluster->at);
  self->first_fanned = self->items->len;
  self->n_fanned = leaves->len;
  for (guint i = 0; i < leaves->len; i++)
    {
      graphene_point_t offset = reunion_tip_fan_offset (i, leaves->len);
      Item item = { .at = GRAPHENE_POINT_INIT (self->hub.x + offset.x, self->hub.y + offset.y),
                    .tip = g_array_index (leaves, guint, i),
                    .count = 1,
                    .without = REUNION_TIP_NONE };

      g_array_append_val (self->items, item);
    }
}

static void
add_cluster (ReunionTipLayer *self,
             const ReunionLayerFrame *frame,
             const ReunionCluster *cluster,
             gboolean holds_selected)
{
  Item item = { .at = locate (frame, cluster->at),
                .tip = cluster->first,
                .count = cluster->count,
                .node = cluster->node,
                .without = REUNION_TIP_NONE };

  if (holds_selected)
    {
      g_autoptr (GArray) leaves = g_array_new (FALSE, FALSE, sizeof (guint));

      /* It is drawn by itself, on top. */
      if (cluster->count == 1)
        return;
      item.without = self->selected;
      item.count--;
      reunion_cluster_index_leaves (self->index, cluster->node, 2, leaves);
      item.tip = g_array_index (leaves, guint, g_array_index (leaves, guint, 0) == self->selected);
      if (item.count == 1)
        item.at = locate (frame, reunion_tip_set_get_points (self->set)[item.tip]);
    }
  g_array_append_val (self->items, item);
}

static void
add_selected (ReunionTipLayer *self, const ReunionLayerFrame *frame)
{
  Item item = { .at = locate (frame, reunion_tip_set_get_points (self->set)[self->selected]),
                .tip = self->selected,
                .count = 1,
                .without = REUNION_TIP_NONE };

  g_array_append_val (self->items, item);
}

/* Half the diagonal covers every rotation. */
static void
query (ReunionTipLayer *self, const ReunionLayerFrame *frame, GArray *found)
{
  double half_px = hypot (frame->width, frame->height) / 2.0 + REUNION_TIP_CLUSTER_PX;
  double half_x = frame->rotation == 0.0 ? frame->width / 2.0 + REUNION_TIP_CLUSTER_PX : half_px;
  double half_y = frame->rotation == 0.0 ? frame->height / 2.0 + REUNION_TIP_CLUSTER_PX : half_px;
  double dx = half_x / frame->world_px;
  double dy = half_y / frame->world_px;

  reunion_cluster_index_query (
      self->index, (ReunionMercator){ frame->origin.x - dx, frame->origin.y - dy },
      (ReunionMercator){ frame->origin.x + dx, frame->origin.y + dy }, whole_zoom (frame), found);
}

static void
forget_items (ReunionTipLayer *self)
{
  self->items_frame.width = 0.0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Brings the items up to the present view. FALSE when nothing can be seen. */
static gboolean
gather_items (ReunionTipLayer *self)
{
  ReunionLayerFrame frame;
  g_autoptr (GArray) found = NULL;
  ReunionCluster fan = { .node = G_MAXUINT };
  ReunionCluster own = { .node = G_MAXUINT };
  gboolean has_fan;

  memset (&frame, 0, sizeof frame);
  if (self->index == NULL || reunion_tip_set_get_n (self->set) == 0
      || !reunion_layer_frame_read (&frame, SHUMATE_LAYER (self)))
    return FALSE;
  if (memcmp (&frame, &self->items_frame, sizeof frame) == 0)
    return TRUE;
  self->items_frame = frame;
  g_array_set_size (self->items, 0);
  self->n_fanned = 0;
  found = g_array_new (FALSE, FALSE, sizeof (ReunionCluster));
  query (self, &frame, found);
  has_fan = find_fan (self, whole_zoom (&frame), &fan);
  if (self->selected != REUNION_TIP_NONE)
    reunion_cluster_index_find (self->index, self->selected, whole_zoom (&frame), &own);
  for (guint i = 0; i < found->len; i++)
    {
      const ReunionCluster *cluster = &g_array_index (found, ReunionCluster, i);

      if (!has_fan || cluster->node != fan.node)
        add_cluster (self, &frame, cluster, cluster->node == own.node);
    }
  if (has_fan)
    add_fan (self, &frame, &fan);
  if (self->selected != REUNION_TIP_NONE && (!has_fan || own.node != fan.node))
    add_selected (self, &frame);
  return TRUE;
}

/* The last ones lie on top. NULL when none is near. */
static const Item *
find_item (ReunionTipLayer *self, double x, double y)
{
  const Item *best = NULL;
  double best_px = REACH_PX;

  if (!gather_items (self))
    return NULL;
  for (guint i = self->items->len; i-- > 0;)
    {
      const Item *item = &g_array_index (self->items, Item, i);
      double distance_px = hypot (item->at.x - x, item->at.y - y);

      if (distance_px < best_px)
        {
          best_px = distance_px;
          best = item;
        }
    }
  return best;
}

static void
fill_hit (ReunionTipLayer *self, const Item *item, ReunionTipHit *hit)
{
  hit->tip = item->tip;
  hit->count = item->count;
  hit->x = item->at.x;
  hit->y = item->at.y;
  count_item (self, item, hit->counts);
}

/* --- drawing ---------------------------------------------------------------------- */

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
append_picture (GtkSnapshot *snapshot, graphene_point_t p, ReunionPixels *picture, int side)
{
  gtk_snapshot_append_texture (
      snapshot, reunion_pixels_get_texture (picture),
      &GRAPHENE_RECT_INIT (roundf (p.x) - side / 2, roundf (p.y) - side / 2, side, side));
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
append_label (ReunionTipLayer *self, GtkSnapshot *snapshot, graphene_point_t p, const char *text)
{
  const GdkRGBA plate
      = self->dark ? (GdkRGBA){ 0.09f, 0.09f, 0.1f, 0.95f } : (GdkRGBA){ 1.0f, 1.0f, 1.0f, 0.95f };
  const GdkRGBA ink
      = self->dark ? (GdkRGBA){ 1.0f, 1.0f, 1.0f, 1.0f } : (GdkRGBA){ 0.1f, 0.1f, 0.12f, 1.0f };
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();
  GskRoundedRect box;
  int width;
  int height;

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  p = label_corner (&self->items_frame, p, width, height);
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

/* A thin line from the place to each of its tips, which are items from @first on. */
static void
draw_legs (ReunionTipLayer *self, cairo_t *cr, guint first)
{
  for (guint i = first; i < first + self->n_fanned; i++)
    {
      cairo_move_to (cr, self->hub.x, self->hub.y);
      cairo_line_to (cr, g_array_index (self->items, Item, i).at.x,
                     g_array_index (self->items, Item, i).at.y);
    }
  cairo_set_line_width (cr, 3.4);
  cairo_set_source_rgba (cr, !self->dark, !self->dark, !self->dark, 0.8);
  cairo_stroke_preserve (cr);
  cairo_set_line_width (cr, 1.3);
  cairo_set_source_rgba (cr, self->dark, self->dark, self->dark, 0.8);
  cairo_stroke (cr);
}

static void
append_legs (ReunionTipLayer *self, GtkSnapshot *snapshot, guint first)
{
  const float reach = 140.0f;
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot,
      &GRAPHENE_RECT_INIT (self->hub.x - reach, self->hub.y - reach, 2 * reach, 2 * reach));

  draw_legs (self, cr, first);
  cairo_destroy (cr);
}

static GdkRGBA
get_halo (ReunionTipLayer *self)
{
  return (GdkRGBA){ 0.208f, 0.518f, 0.894f, self->contrast ? 0.9f : 0.35f };
}

static ReunionPixels *
get_picture (ReunionTipLayer *self, const Item *item, int *side)
{
  *side = item->count > 1 ? REUNION_TIP_CLUSTER_PX : REUNION_TIP_MARK_PX;
  return item->count > 1 ? get_plate (self, item)
                         : get_mark (self, reunion_tip_set_get (self->set, item->tip)->mark);
}

static void
append_item (ReunionTipLayer *self, GtkSnapshot *snapshot, const Item *item)
{
  const GdkRGBA halo = get_halo (self);
  int side;
  ReunionPixels *picture = get_picture (self, item, &side);

  if (item->count == 1 && item->tip == self->selected)
    append_disc (snapshot, item->at, 17.0f, &halo);
  append_picture (snapshot, item->at, picture, side);
}

static void
append_items (ReunionTipLayer *self, GtkSnapshot *snapshot)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      if (self->n_fanned > 0 && i == self->first_fanned)
        append_legs (self, snapshot, i);
      append_item (self, snapshot, &g_array_index (self->items, Item, i));
    }
}

static void
draw_item (ReunionTipLayer *self, cairo_t *cr, const Item *item)
{
  const GdkRGBA halo = get_halo (self);
  int side;
  ReunionPixels *picture = get_picture (self, item, &side);

  if (item->count == 1 && item->tip == self->selected)
    {
      cairo_new_path (cr);
      cairo_arc (cr, item->at.x, item->at.y, 17.0, 0.0, 2.0 * G_PI);
      gdk_cairo_set_source_rgba (cr, &halo);
      cairo_fill (cr);
    }
  cairo_save (cr);
  cairo_translate (cr, round (item->at.x) - side / 2, round (item->at.y) - side / 2);
  reunion_pixels_draw (picture, cr, side, side);
  cairo_restore (cr);
}

/* One node for the items whose indexes @cell holds. */
static void
draw_cell (ReunionTipLayer *self, GtkSnapshot *snapshot, GArray *cell)
{
  const float reach = REUNION_TIP_CLUSTER_PX / 2 + 1;
  graphene_rect_t box;
  cairo_t *cr;

  for (guint i = 0; i < cell->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, g_array_index (cell, guint, i));
      graphene_rect_t own = GRAPHENE_RECT_INIT (roundf (item->at.x) - reach,
                                                roundf (item->at.y) - reach, 2 * reach, 2 * reach);

      if (i == 0)
        box = own;
      else
        graphene_rect_union (&box, &own, &box);
    }
  if (cell->len == 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &box);
  for (guint i = 0; i < cell->len; i++)
    draw_item (self, cr, &g_array_index (self->items, Item, g_array_index (cell, guint, i)));
  cairo_destroy (cr);
}

/* By cells: a node for each item costs more than what it draws, for GTK tells
 * each from those of the frame before, and one for all is a picture as large as
 * the window, which no processor's cache holds. */
static void
draw_items (ReunionTipLayer *self, GtkSnapshot *snapshot)
{
  const guint across = (guint) (self->items_frame.width / CELL_PX) + 1;
  const guint down = (guint) (self->items_frame.height / CELL_PX) + 1;
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GArray) on_top = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < across * down; i++)
    g_ptr_array_add (cells, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);
      guint column = (guint) CLAMP (item->at.x / CELL_PX, 0.0, across - 1.0);
      guint row = (guint) CLAMP (item->at.y / CELL_PX, 0.0, down - 1.0);
      gboolean is_on_top = (self->n_fanned > 0 && i >= self->first_fanned)
                           || (item->count == 1 && item->tip == self->selected);

      g_array_append_val (is_on_top ? on_top : (GArray *) cells->pdata[row * across + column], i);
    }
  for (guint i = 0; i < cells->len; i++)
    draw_cell (self, snapshot, cells->pdata[i]);
  if (self->n_fanned > 0)
    append_legs (self, snapshot, self->first_fanned);
  draw_cell (self, snapshot, on_top);
}

static void
reunion_tip_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ReunionTipLayer *self = REUNION_TIP_LAYER (widget);
  int scale = gtk_widget_get_scale_factor (widget);
  ReunionTipHit hit;

  if (self->scale != scale)
    {
      self->scale = scale;
      drop_pictures (self);
    }
  if (!gather_items (self))
    return;
  if (reunion_pixels_is_software ())
    draw_items (self, snapshot);
  else
    append_items (self, snapshot);
  if (self->show_label && reunion_tip_layer_locate_selected (self, &hit))
    {
      const char *label = reunion_tip_set_get (self->set, self->selected)->label;

      if (label != NULL && *label != '\0')
        append_label (self, snapshot, GRAPHENE_POINT_INIT ((float) hit.x, (float) hit.y), label);
    }
}

/* --- the pointer ------------------------------------------------------------------ */

static void
press_item (ReunionTipLayer *self, const Item *item)
{
  ReunionMercator min, max;
  ReunionPoint middle;

  if (item->count == 1)
    {
      g_autofree char *id = g_strdup (reunion_tip_set_get (self->set, item->tip)->id);

      g_signal_emit (self, signals[SIGNAL_TIP_ACTIVATED], 0, id);
      return;
    }
  if (is_one_place (self, item->node))
    {
      self->fanned = item->tip;
      forget_items (self);
      return;
    }
  reunion_cluster_index_bounds (self->index, item->node, &min, &max);
  middle = reunion_mercator_unproject (
      (ReunionMercator){ (min.x + max.x) / 2.0, (min.y + max.y) / 2.0 });
  g_signal_emit (self, signals[SIGNAL_CLUSTER_ACTIVATED], 0, middle.lat_deg,
                 reunion_geodesy_wrap_longitude (middle.lon_deg));
}

/* On release, so that a drag that starts on a mark still moves the map. */
static void
click_released_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  ReunionTipLayer *self = REUNION_TIP_LAYER (user_data);
  const Item *item = find_item (self, x, y);
  Item pressed;

  if (item == NULL)
    return;
  /* The list may be made anew meanwhile. */
  pressed = *item;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  press_item (self, &pressed);
}

/* A ShumateLayer is nowhere, as far as the pointer is concerned; this one is
 * where its marks are, and lets the map have the rest. */
static gboolean
reunion_tip_layer_contains (GtkWidget *widget, double x, double y)
{
  return find_item (REUNION_TIP_LAYER (widget), x, y) != NULL;
}

/* --- clustering ------------------------------------------------------------------- */

/* Takes both. */
static void
use (ReunionTipLayer *self, ReunionTipSet *set, ReunionClusterIndex *index)
{
  g_clear_pointer (&self->set, reunion_tip_set_unref);
  g_clear_pointer (&self->index, reunion_cluster_index_unref);
  self->set = set;
  self->index = index;
  self->selected = reunion_tip_set_find (set, self->selected_id);
  self->fanned = REUNION_TIP_NONE;
  g_hash_table_remove_all (self->plates);
  forget_items (self);
  g_signal_emit (self, signals[SIGNAL_TIPS_CHANGED], 0);
}

static ReunionClusterIndex *
make_index (ReunionTipSet *set, GCancellable *cancellable)
{
  return reunion_cluster_index_new (&REUNION_CLUSTER_RULE_TIPS, reunion_tip_set_get_points (set),
                                    reunion_tip_set_get_marks (set), reunion_tip_set_get_n (set),
                                    cancellable);
}

static void
index_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ReunionClusterIndex *index = make_index (data, cancellable);

  if (index != NULL)
    g_task_return_pointer (task, index, (GDestroyNotify) reunion_cluster_index_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "superseded");
}

static void
indexed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ReunionTipLayer *self = REUNION_TIP_LAYER (source);
  ReunionTipSet *set = g_task_get_task_data (G_TASK (result));
  ReunionClusterIndex *index = g_task_propagate_pointer (G_TASK (result), NULL);

  if (index != NULL)
    use (self, reunion_tip_set_ref (set), index);
}

/* --- the object ------------------------------------------------------------------- */

static void
reunion_tip_layer_constructed (GObject *object)
{
  ReunionTipLayer *self = REUNION_TIP_LAYER (object);
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (self));

  G_OBJECT_CLASS (reunion_tip_layer_parent_class)->constructed (object);
  g_signal_connect_object (viewport, "notify", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

static void
reunion_tip_layer_dispose (GObject *object)
{
  ReunionTipLayer *self = REUNION_TIP_LAYER (object);

  if (self->building != NULL)
    g_cancellable_cancel (self->building);
  g_clear_object (&self->building);

  G_OBJECT_CLASS (reunion_tip_layer_parent_class)->dispose (object);
}

static void
reunion_tip_layer_finalize (GObject *object)
{
  ReunionTipLayer *self = REUNION_TIP_LAYER (object);

  for (guint i = 0; i < REUNION_N_TIP_MARKS; i++)
    g_clear_object (&self->marks[i]);
  g_clear_pointer (&self->plates, g_hash_table_unref);
  g_clear_pointer (&self->items, g_array_unref);
  g_clear_pointer (&self->index, reunion_cluster_index_unref);
  g_clear_pointer (&self->set, reunion_tip_set_unref);
  g_clear_pointer (&self->selected_id, g_free);

  G_OBJECT_CLASS (reunion_tip_layer_parent_class)->finalize (object);
}

static void
reunion_tip_layer_class_init (ReunionTipLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = reunion_tip_layer_constructed;
  object_class->dispose = reunion_tip_layer_dispose;
  object_class->finalize = reunion_tip_layer_finalize;
  widget_class->contains = reunion_tip_layer_contains;
  widget_class->snapshot = reunion_tip_layer_snapshot;

  signals[SIGNAL_TIP_ACTIVATED]
      = g_signal_new ("tip-activated", REUNION_TYPE_TIP_LAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CLUSTER_ACTIVATED]
      = g_signal_new ("cluster-activated", REUNION_TYPE_TIP_LAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[SIGNAL_TIPS_CHANGED]
      = g_signal_new ("tips-changed", REUNION_TYPE_TIP_LAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "tip-layer");
}

static void
reunion_tip_layer_init (ReunionTipLayer *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->set = reunion_tip_set_new (NULL, 0);
  self->selected = self->fanned = REUNION_TIP_NONE;
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  self->plates = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->scale = 1;
  self->show_label = TRUE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "pointer");
  reunion_map_click_mend (GTK_GESTURE_CLICK (click));
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
  g_autoptr (ReunionTipSet) set = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REUNION_IS_TIP_LAYER (self));
  g_return_if_fail (tips != NULL || n_tips == 0);

  if (self->building != NULL)
    g_cancellable_cancel (self->building);
  g_clear_object (&self->building);
  set = reunion_tip_set_new (tips, n_tips);
  if (reunion_tip_set_get_n (set) <= AT_ONCE)
    {
      ReunionClusterIndex *index = make_index (set, NULL);

      use (self, g_steal_pointer (&set), index);
      return;
    }
  self->building = g_cancellable_new ();
  task = g_task_new (self, self->building, indexed_cb, NULL);
  g_task_set_task_data (task, g_steal_pointer (&set), (GDestroyNotify) reunion_tip_set_unref);
  g_task_run_in_thread (task, index_thread);
}

guint
reunion_tip_layer_get_n_tips (ReunionTipLayer *self)
{
  g_return_val_if_fail (REUNION_IS_TIP_LAYER (self), 0);

  return reunion_tip_set_get_n (self->set);
}

void
reunion_tip_layer_set_selected (ReunionTipLayer *self, const char *id)
{
  g_return_if_fail (REUNION_IS_TIP_LAYER (self));

  if (g_strcmp0 (self->selected_id, id) == 0)
    return;
  g_free (self->selected_id);
  self->selected_id = g_strdup (id);
  self->selected = reunion_tip_set_find (self->set, id);
  self->fanned = REUNION_TIP_NONE;
  forget_items (self);
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
  drop_pictures (self);
}

void
reunion_tip_layer_set_contrast (ReunionTipLayer *self, gboolean contrast)
{
  g_return_if_fail (REUNION_IS_TIP_LAYER (self));

  self->contrast = !!contrast;
  drop_pictures (self);
}

void
reunion_tip_layer_set_show_label (ReunionTipLayer *self, gboolean show_label)
{
  g_return_if_fail (REUNION_IS_TIP_LAYER (self));

  if (self->show_label == !!show_label)
    return;
  self->show_label = !!show_label;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const ReunionTipSet *
reunion_tip_layer_get_set (ReunionTipLayer *self)
{
  g_return_val_if_fail (REUNION_IS_TIP_LAYER (self), NULL);

  return self->set;
}

guint
reunion_tip_layer_get_selected_index (ReunionTipLayer *self)
{
  g_return_val_if_fail (REUNION_IS_TIP_LAYER (self), REUNION_TIP_NONE);

  return self->selected;
}

gboolean
reunion_tip_layer_pick (ReunionTipLayer *self, double x, double y, ReunionTipHit *hit)
{
  const Item *item;

  g_return_val_if_fail (REUNION_IS_TIP_LAYER (self) && hit != NULL, FALSE);

  item = find_item (self, x, y);
  if (item == NULL)
    return FALSE;
  fill_hit (self, item, hit);
  return TRUE;
}

gboolean
reunion_tip_layer_locate_selected (ReunionTipLayer *self, ReunionTipHit *hit)
{
  g_return_val_if_fail (REUNION_IS_TIP_LAYER (self) && hit != NULL, FALSE);

  if (self->selected == REUNION_TIP_NONE || !gather_items (self))
    return FALSE;
  for (guint i = self->items->len; i-- > 0;)
    {
      const Item *item = &g_array_index (self->items, Item, i);

      if (item->count == 1 && item->tip == self->selected)
        {
          fill_hit (self, item, hit);
          return TRUE;
        }
    }
  return FALSE;
}

guint
reunion_tip_layer_count_marks (ReunionTipLayer *self, guint zoom)
{
  g_return_val_if_fail (REUNION_IS_TIP_LAYER (self), 0);

  return self->index != NULL ? (guint) reunion_cluster_index_count (self->index, zoom) : 0;
}
