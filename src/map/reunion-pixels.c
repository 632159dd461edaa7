/* reunion-pixels.c: a picture that every renderer draws quickly
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-pixels.h"

#include <malloc.h>
#include <math.h>

struct _ReunionPixels
{
  GObject parent_instance;

  /* Either may be made from the other. */
  cairo_surface_t *surface;
  GdkTexture *texture;
  int width_px;
  int height_px;

  /* The last one: a map that has not changed isn't drawn again. */
  GskRenderNode *node;
  double node_width;
  double node_height;
  gboolean node_is_exact;
};

/* How the map is drawn. */
static struct
{
  gboolean is_software;
  gboolean is_turned;
  int scale;
} screen = { FALSE, FALSE, 1 };

static void reunion_pixels_paintable_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ReunionPixels,
                               reunion_pixels,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE,
                                                      reunion_pixels_paintable_init))

static GdkTexture *
texture_from_surface (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (
      cairo_image_surface_get_data (surface), stride * (gsize) height,
      (GDestroyNotify) cairo_surface_destroy, cairo_surface_reference (surface));

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static cairo_surface_t *
surface_from_texture (GdkTexture *texture)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, gdk_texture_get_width (texture), gdk_texture_get_height (texture));

  cairo_surface_flush (surface);
  gdk_texture_download (texture, cairo_image_surface_get_data (surface),
                        (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* Whether each pixel falls on one of the screen's, or would but for a fraction of
 * one: the map stops anywhere. */
static gboolean
is_exact (ReunionPixels *self, double width, double height)
{
  return !screen.is_turned && fabs (width * screen.scale - self->width_px) < 0.01
         && fabs (height * screen.scale - self->height_px) < 0.01;
}

static GskRenderNode *
make_node (ReunionPixels *self, double width, double height)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  reunion_pixels_draw (self, cr, width, height);
  cairo_destroy (cr);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
reunion_pixels_snapshot (GdkPaintable *paintable,
                         GtkSnapshot *snapshot,
                         double width,
                         double height)
{
  ReunionPixels *self = REUNION_PIXELS (paintable);
  gboolean exact = is_exact (self, width, height);

  if (!screen.is_software)
    {
      gtk_snapshot_append_texture (snapshot, reunion_pixels_get_texture (self),
                                   &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
      return;
    }
  if (self->node == NULL || self->node_width != width || self->node_height != height
      || self->node_is_exact != exact)
    {
      g_clear_pointer (&self->node, gsk_render_node_unref);
      self->node = make_node (self, width, height);
      self->node_width = width;
      self->node_height = height;
      self->node_is_exact = exact;
    }
  if (self->node != NULL)
    gtk_snapshot_append_node (snapshot, self->node);
}

static GdkPaintableFlags
reunion_pixels_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_SIZE | GDK_PAINTABLE_STATIC_CONTENTS;
}

static int
reunion_pixels_get_intrinsic_width (GdkPaintable *paintable)
{
  return REUNION_PIXELS (paintable)->width_px;
}

static int
reunion_pixels_get_intrinsic_height (GdkPaintable *paintable)
{
  return REUNION_PIXELS (paintable)->height_px;
}

static void
reunion_pixels_paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = reunion_pixels_snapshot;
  iface->get_flags = reunion_pixels_get_flags;
  iface->get_intrinsic_width = reunion_pixels_get_intrinsic_width;
  iface->get_intrinsic_height = reunion_pixels_get_intrinsic_height;
}

static void
reunion_pixels_finalize (GObject *object)
{
  ReunionPixels *self = REUNION_PIXELS (object);

  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_clear_object (&self->texture);

  G_OBJECT_CLASS (reunion_pixels_parent_class)->finalize (object);
}

static void
reunion_pixels_class_init (ReunionPixelsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reunion_pixels_finalize;
}

static void
reunion_pixels_init (ReunionPixels *self)
{
}

ReunionPixels *
reunion_pixels_new (cairo_surface_t *surface)
{
  ReunionPixels *self;

  g_return_val_if_fail (surface != NULL, NULL);

  cairo_surface_flush (surface);
  self = g_object_new (REUNION_TYPE_PIXELS, NULL);
  self->surface = surface;
  self->width_px = cairo_image_surface_get_width (surface);
  self->height_px = cairo_image_surface_get_height (surface);
  return self;
}

ReunionPixels *
reunion_pixels_new_for_texture (GdkTexture *texture)
{
  ReunionPixels *self;

  g_return_val_if_fail (GDK_IS_TEXTURE (texture), NULL);

  self = g_object_new (REUNION_TYPE_PIXELS, NULL);
  self->texture = g_object_ref (texture);
  self->width_px = gdk_texture_get_width (texture);
  self->height_px = gdk_texture_get_height (texture);
  return self;
}

GdkTexture *
reunion_pixels_get_texture (ReunionPixels *self)
{
  g_return_val_if_fail (REUNION_IS_PIXELS (self), NULL);

  if (self->texture == NULL)
    self->texture = texture_from_surface (self->surface);
  return self->texture;
}

void
reunion_pixels_draw (ReunionPixels *self, cairo_t *cr, double width, double height)
{
  cairo_pattern_t *pattern;

  g_return_if_fail (REUNION_IS_PIXELS (self) && cr != NULL && width > 0.0 && height > 0.0);

  if (self->surface == NULL)
    self->surface = surface_from_texture (self->texture);
  cairo_save (cr);
  /* Neighbours' edges have to meet without a seam. */
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_rectangle (cr, 0.0, 0.0, width, height);
  cairo_scale (cr, width / self->width_px, height / self->height_px);
  cairo_set_source_surface (cr, self->surface, 0.0, 0.0);
  pattern = cairo_get_source (cr);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter (pattern, is_exact (self, width, height) ? CAIRO_FILTER_NEAREST
                                                                    : CAIRO_FILTER_BILINEAR);
  cairo_fill (cr);
  cairo_restore (cr);
}

/* --- how the map is drawn --------------------------------------------------------- */

/* GTK and Cairo take pictures as large as the window, and drop them, at every
 * frame. Given back to the system each time, every page of them has to be found and
 * cleared again. */
static void
keep_memory (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, 32 * 1024 * 1024);
  mallopt (M_TRIM_THRESHOLD, 64 * 1024 * 1024);
#endif
}

static void
realized_cb (GtkWidget *map)
{
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (map));

  screen.is_software = renderer != NULL && GSK_IS_CAIRO_RENDERER (renderer);
  screen.scale = gtk_widget_get_scale_factor (map);
  if (screen.is_software)
    keep_memory ();
}

static void
scaled_cb (GtkWidget *map)
{
  screen.scale = gtk_widget_get_scale_factor (map);
}

static void
turned_cb (ShumateViewport *viewport)
{
  screen.is_turned = shumate_viewport_get_rotation (viewport) != 0.0;
}

void
reunion_pixels_watch (GtkWidget *map, ShumateViewport *viewport)
{
  g_return_if_fail (GTK_IS_WIDGET (map) && SHUMATE_IS_VIEWPORT (viewport));

  g_signal_connect (map, "realize", G_CALLBACK (realized_cb), NULL);
  g_signal_connect (map, "notify::scale-factor", G_CALLBACK (scaled_cb), NULL);
  g_signal_connect (viewport, "notify::rotation", G_CALLBACK (turned_cb), NULL);
}

gboolean
reunion_pixels_is_software (void)
{
  return screen.is_software;
}
