/* reunion-poster-photo.c: photos for the poster
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-poster-photo.h"

#include "reunion-jpeg.h"
#include "reunion-poster.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>

#define MAX_PIXELS (50 * 1000 * 1000)
/* More is lost on paper: 300 dots an inch on half an A4 sheet. */
#define LONGER_SIDE_PX 2400
#define SILHOUETTE_ASPECT 0.8

typedef struct
{
  gboolean is_refused;
  gboolean is_scaled;
} Header;

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  Header *header = user_data;
  int longer = MAX (width, height);

  if (width < 1 || height < 1 || (gint64) width * height > MAX_PIXELS)
    {
      header->is_refused = TRUE;
      /* The loader goes on with the size that it is given: next to nothing. */
      gdk_pixbuf_loader_set_size (loader, 1, 1);
    }
  else if (longer > LONGER_SIDE_PX)
    {
      header->is_scaled = TRUE;
      gdk_pixbuf_loader_set_size (loader, MAX (1, (int) ((gint64) width * LONGER_SIDE_PX / longer)),
                                  MAX (1, (int) ((gint64) height * LONGER_SIDE_PX / longer)));
    }
}

/* Transfer full, with the pixels as they are coded; NULL when there are none. */
static GdkPixbuf *
load (GBytes *bytes, Header *header)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  gboolean is_written, is_closed;
  GdkPixbuf *pixbuf;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), header);
  is_written = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  /* Close in any case: the loader insists. */
  is_closed = gdk_pixbuf_loader_close (loader, NULL);
  if (!is_written || !is_closed || header->is_refused)
    return NULL;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  return pixbuf != NULL ? g_object_ref (pixbuf) : NULL;
}

static cairo_surface_t *
to_surface (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  int n_channels = gdk_pixbuf_get_n_channels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  int surface_stride = cairo_image_surface_get_stride (surface);
  guint8 *data = cairo_image_surface_get_data (surface);

  if (data == NULL)
    return surface;
  for (int y = 0; y < height; y++)
    {
      const guint8 *from = pixels + (gsize) y * (gsize) stride;
      guint32 *to = (gpointer) (data + (gsize) y * (gsize) surface_stride);

      for (int x = 0; x < width; x++, from += n_channels)
        to[x] = (guint32) from[0] << 16 | (guint32) from[1] << 8 | from[2];
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
unref_bytes (gpointer bytes)
{
  g_bytes_unref (bytes);
}

static void
attach_jpeg (cairo_surface_t *surface, GBytes *bytes)
{
  GBytes *stripped = reunion_jpeg_strip (bytes);

  if (stripped == NULL)
    return;
  if (cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, g_bytes_get_data (stripped, NULL),
                                   g_bytes_get_size (stripped), unref_bytes, stripped)
      != CAIRO_STATUS_SUCCESS)
    g_bytes_unref (stripped);
}

cairo_surface_t *
reunion_poster_photo_decode (GBytes *bytes, GError **error)
{
  Header header = { FALSE, FALSE };
  g_autoptr (GdkPixbuf) coded = NULL;
  g_autoptr (GdkPixbuf) turned = NULL;
  g_autoptr (GdkPixbuf) flat = NULL;
  const char *orientation;
  cairo_surface_t *surface;

  g_return_val_if_fail (bytes != NULL, NULL);

  coded = load (bytes, &header);
  turned = coded != NULL ? gdk_pixbuf_apply_embedded_orientation (coded) : NULL;
  if (turned != NULL && gdk_pixbuf_get_has_alpha (turned))
    flat = gdk_pixbuf_composite_color_simple (turned, gdk_pixbuf_get_width (turned),
                                              gdk_pixbuf_get_height (turned), GDK_INTERP_NEAREST,
                                              255, 64, 0xffffff, 0xffffff);
  else if (turned != NULL)
    flat = g_object_ref (turned);
  surface = flat != NULL ? to_surface (flat) : NULL;
  if (surface == NULL || cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    {
      g_clear_pointer (&surface, cairo_surface_destroy);
      g_set_error_literal (error, REUNION_POSTER_ERROR, REUNION_POSTER_ERROR_PHOTO,
                           _("A photo of this case can't be read: it is damaged or too large. "
                             "Replace it in the report."));
      return NULL;
    }
  orientation = gdk_pixbuf_get_option (coded, "orientation");
  if (!header.is_scaled && (orientation == NULL || g_str_equal (orientation, "1")))
    attach_jpeg (surface, bytes);
  return surface;
}

double
reunion_poster_photo_get_aspect (cairo_surface_t *photo)
{
  if (photo == NULL)
    return SILHOUETTE_ASPECT;
  return (double) cairo_image_surface_get_width (photo)
         / (double) cairo_image_surface_get_height (photo);
}

static void
draw_silhouette (cairo_t *cr, double width, double height)
{
  double head = 0.19 * height;

  cairo_set_source_rgb (cr, 0.91, 0.91, 0.91);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  cairo_set_source_rgb (cr, 0.62, 0.62, 0.62);
  cairo_arc (cr, width / 2, 0.38 * height, head, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_translate (cr, width / 2, 1.02 * height);
  cairo_scale (cr, 0.4 * width, 0.38 * height);
  cairo_arc (cr, 0, 0, 1, G_PI, 2 * G_PI);
  cairo_fill (cr);
}

void
reunion_poster_photo_draw (cairo_t *cr,
                           cairo_surface_t *photo,
                           double x,
                           double y,
                           double width,
                           double height)
{
  g_return_if_fail (cr != NULL);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  if (photo == NULL)
    draw_silhouette (cr, width, height);
  else
    {
      cairo_scale (cr, width / cairo_image_surface_get_width (photo),
                   height / cairo_image_surface_get_height (photo));
      cairo_set_source_surface (cr, photo, 0, 0);
      cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BEST);
      cairo_rectangle (cr, 0, 0, cairo_image_surface_get_width (photo),
                       cairo_image_surface_get_height (photo));
      cairo_fill (cr);
    }
  cairo_restore (cr);
}
