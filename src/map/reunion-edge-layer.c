/* reunion-edge-layer.c: what lies past the north and the south edge of the map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-edge-layer.h"

#include <math.h>

#include "reunion-layer-frame.h"
#include "reunion-map-palette.h"

struct _ReunionEdgeLayer
{
  ShumateLayer parent_instance;

  gboolean dark;
};

G_DEFINE_FINAL_TYPE (ReunionEdgeLayer, reunion_edge_layer, SHUMATE_TYPE_LAYER)

static void
append_band (GtkSnapshot *snapshot, ReunionColour colour, double top, double bottom, double reach)
{
  const GdkRGBA rgba = { (float) colour.r, (float) colour.g, (float) colour.b, (float) colour.a };

  if (bottom > top)
    gtk_snapshot_append_color (snapshot, &rgba,
                               &GRAPHENE_RECT_INIT ((float) -reach, (float) top,
                                                    (float) (2.0 * reach), (float) (bottom - top)));
}

static void
reunion_edge_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ReunionEdgeLayer *self = REUNION_EDGE_LAYER (widget);
  const ReunionMapPalette *palette = reunion_map_palette_get (self->dark);
  ReunionLayerFrame frame;
  double reach;

  if (!reunion_layer_frame_read (&frame, SHUMATE_LAYER (self)))
    return;
  /* Half the diagonal covers every rotation. */
  reach = hypot (frame.width, frame.height) / 2.0;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) (frame.width / 2.0), (float) (frame.height / 2.0)));
  gtk_snapshot_rotate (snapshot, (float) (frame.rotation * 180.0 / G_PI));
  append_band (snapshot, palette->sea, -reach, -frame.origin.y * frame.world_px, reach);
  append_band (snapshot, palette->land, (1.0 - frame.origin.y) * frame.world_px, reach, reach);
  gtk_snapshot_restore (snapshot);
}

static void
reunion_edge_layer_constructed (GObject *object)
{
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (object));

  G_OBJECT_CLASS (reunion_edge_layer_parent_class)->constructed (object);
  g_signal_connect_object (viewport, "notify", G_CALLBACK (gtk_widget_queue_draw), object,
                           G_CONNECT_SWAPPED);
}

static void
reunion_edge_layer_class_init (ReunionEdgeLayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = reunion_edge_layer_constructed;
  widget_class->snapshot = reunion_edge_layer_snapshot;

  gtk_widget_class_set_css_name (widget_class, "edge-layer");
}

static void
reunion_edge_layer_init (ReunionEdgeLayer *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

ReunionEdgeLayer *
reunion_edge_layer_new (ShumateViewport *viewport)
{
  g_return_val_if_fail (SHUMATE_IS_VIEWPORT (viewport), NULL);

  return g_object_new (REUNION_TYPE_EDGE_LAYER, "viewport", viewport, NULL);
}

void
reunion_edge_layer_set_dark (ReunionEdgeLayer *self, gboolean dark)
{
  g_return_if_fail (REUNION_IS_EDGE_LAYER (self));

  self->dark = !!dark;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
