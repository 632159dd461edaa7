/* reunion-map-picture.c: the map as a picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-map-picture.h"

#define MARGIN_PX 12
#define PAD_PX 6

/* The first child of @type below @parent, or NULL. */
static GtkWidget *
find (GtkWidget *parent, GType type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (child), type) ? child : find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
append_widget (GtkSnapshot *snapshot, GtkWidget *widget, GtkWidget *within)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  graphene_rect_t bounds;

  if (widget == NULL || !gtk_widget_get_mapped (widget)
      || !gtk_widget_compute_bounds (widget, within, &bounds))
    return;
  paintable = gtk_widget_paintable_new (widget);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &bounds.origin);
  gdk_paintable_snapshot (paintable, snapshot, bounds.size.width, bounds.size.height);
  gtk_snapshot_restore (snapshot);
}

static void
append_plate (GtkSnapshot *snapshot, PangoLayout *layout, gboolean dark, graphene_rect_t box)
{
  const GdkRGBA plate
      = dark ? (GdkRGBA){ 0.09f, 0.09f, 0.1f, 0.9f } : (GdkRGBA){ 1.0f, 1.0f, 1.0f, 0.9f };
  const GdkRGBA ink
      = dark ? (GdkRGBA){ 1.0f, 1.0f, 1.0f, 1.0f } : (GdkRGBA){ 0.1f, 0.1f, 0.12f, 1.0f };

  gtk_snapshot_append_color (snapshot, &plate, &box);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (box.origin.x + PAD_PX, box.origin.y + PAD_PX));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
append_caption (GtkSnapshot *snapshot, ReunionMapView *view, const char *caption)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (view), caption);
  int width;
  int height;

  pango_layout_set_width (layout, MAX (gtk_widget_get_width (GTK_WIDGET (view)) - 4 * MARGIN_PX, 50)
                                      * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, &width, &height);
  append_plate (snapshot, layout, reunion_map_view_get_dark (view),
                GRAPHENE_RECT_INIT (MARGIN_PX, MARGIN_PX, width + 2 * PAD_PX, height + 2 * PAD_PX));
}

static GdkTexture *
to_memory (GdkTexture *texture)
{
  int width = gdk_texture_get_width (texture);
  int height = gdk_texture_get_height (texture);
  gsize stride = (gsize) width * 4;
  guchar *data = g_malloc (stride * (gsize) height);
  g_autoptr (GBytes) bytes = NULL;

  gdk_texture_download (texture, data, stride);
  bytes = g_bytes_new_take (data, stride * (gsize) height);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

GdkTexture *
reunion_map_picture_take (ReunionMapView *view, const char *caption)
{
  GtkWidget *widget = GTK_WIDGET (view);
  GtkNative *native;
  GskRenderer *renderer;
  GtkSnapshot *snapshot;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int scale;

  g_return_val_if_fail (REUNION_IS_MAP_VIEW (view), NULL);

  native = gtk_widget_get_native (widget);
  renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;
  if (renderer == NULL || !gtk_widget_get_mapped (widget))
    return NULL;
  scale = gtk_widget_get_scale_factor (widget);
  snapshot = gtk_snapshot_new ();
  gtk_snapshot_scale (snapshot, (float) scale, (float) scale);
  append_widget (snapshot, find (widget, SHUMATE_TYPE_MAP), widget);
  append_widget (snapshot, find (widget, SHUMATE_TYPE_SCALE), widget);
  append_widget (snapshot, reunion_map_view_get_attribution_widget (view), widget);
  if (caption != NULL && *caption != '\0')
    append_caption (snapshot, view, caption);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;
  texture = gsk_renderer_render_texture (
      renderer, node,
      &GRAPHENE_RECT_INIT (0, 0, (float) (gtk_widget_get_width (widget) * scale),
                           (float) (gtk_widget_get_height (widget) * scale)));
  return to_memory (texture);
}
