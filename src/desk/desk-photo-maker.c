/* desk-photo-maker.c: pixels made into a photo that is fit to be sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-photo-maker.h"

/* So that the longer side has at most @side_px. Transfer full. */
static GdkPixbuf *
scale_down (GdkPixbuf *pixbuf, int side_px)
{
  gint64 width = gdk_pixbuf_get_width (pixbuf);
  gint64 height = gdk_pixbuf_get_height (pixbuf);
  gint64 longer = MAX (width, height);

  if (longer <= side_px)
    return g_object_ref (pixbuf);
  return gdk_pixbuf_scale_simple (pixbuf, (int) MAX (1, width * side_px / longer),
                                  (int) MAX (1, height * side_px / longer), GDK_INTERP_BILINEAR);
}

/* JPEG has no transparency: on white, as paper would show it. Transfer full. */
static GdkPixbuf *
flatten (GdkPixbuf *pixbuf)
{
  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return g_object_ref (pixbuf);
  return gdk_pixbuf_composite_color_simple (pixbuf, gdk_pixbuf_get_width (pixbuf),
                                            gdk_pixbuf_get_height (pixbuf), GDK_INTERP_NEAREST, 255,
                                            64, 0xffffff, 0xffffff);
}

ReunionPhoto *
desk_photo_make (GdkPixbuf *pixbuf, GBytes **bytes)
{
  g_autoptr (GdkPixbuf) scaled = NULL;
  g_autoptr (GdkPixbuf) flat = NULL;
  g_autofree char *sha256 = NULL;
  char *buffer;
  gsize length;

  g_return_val_if_fail (GDK_IS_PIXBUF (pixbuf) && bytes != NULL, NULL);

  scaled = scale_down (pixbuf, DESK_PHOTO_LONGER_SIDE_PX);
  flat = scaled != NULL ? flatten (scaled) : NULL;
  if (flat == NULL
      || !gdk_pixbuf_save_to_buffer (flat, &buffer, &length, "jpeg", NULL, "quality", "88", NULL))
    return NULL;
  *bytes = g_bytes_new_take (buffer, length);
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, *bytes);
  return reunion_photo_new (sha256, "image/jpeg", (guint) gdk_pixbuf_get_width (flat),
                            (guint) gdk_pixbuf_get_height (flat));
}

static GdkPixbuf *
decode (GBytes *content)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (content);

  return gdk_pixbuf_new_from_stream (stream, NULL, NULL);
}

ReunionPhoto *
desk_photo_make_cropped (GBytes *content, const DeskCrop *crop, GBytes **bytes)
{
  static const GdkPixbufRotation rotations[]
      = { GDK_PIXBUF_ROTATE_NONE, GDK_PIXBUF_ROTATE_CLOCKWISE, GDK_PIXBUF_ROTATE_UPSIDEDOWN,
          GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE };
  g_autoptr (GdkPixbuf) whole = NULL;
  g_autoptr (GdkPixbuf) turned = NULL;
  g_autoptr (GdkPixbuf) part = NULL;

  g_return_val_if_fail (content != NULL && crop != NULL && bytes != NULL, NULL);

  whole = decode (content);
  if (whole == NULL || gdk_pixbuf_get_width (whole) != crop->photo_width_px
      || gdk_pixbuf_get_height (whole) != crop->photo_height_px)
    return NULL;
  turned = gdk_pixbuf_rotate_simple (whole, rotations[crop->n_quarters]);
  if (turned == NULL)
    return NULL;
  part = gdk_pixbuf_new_subpixbuf (turned, crop->x_px, crop->y_px, crop->width_px, crop->height_px);
  return desk_photo_make (part, bytes);
}

/* --- how sharp ------------------------------------------------------------------ */

/* ITU-R BT.601, as JPEG itself has it. One byte a pixel, without gaps. */
static guint8 *
make_grey (GdkPixbuf *pixbuf)
{
  const gsize n_channels = (gsize) gdk_pixbuf_get_n_channels (pixbuf);
  const gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  const gsize width = (gsize) gdk_pixbuf_get_width (pixbuf);
  const gsize height = (gsize) gdk_pixbuf_get_height (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  guint8 *grey = g_malloc (width * height);

  for (gsize y = 0; y < height; y++)
    for (gsize x = 0; x < width; x++)
      {
        const guint8 *pixel = pixels + y * stride + x * n_channels;

        grey[y * width + x] = (guint8) ((299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2]) / 1000);
      }
  return grey;
}

ReunionSharpness
desk_photo_measure (GBytes *content)
{
  g_autoptr (GdkPixbuf) whole = NULL;
  g_autoptr (GdkPixbuf) small = NULL;
  g_autofree guint8 *grey = NULL;
  guint width_px;

  g_return_val_if_fail (content != NULL, REUNION_SHARPNESS_SHARP);

  whole = decode (content);
  small = whole != NULL ? scale_down (whole, REUNION_SHARPNESS_SIDE_PX) : NULL;
  if (small == NULL)
    return REUNION_SHARPNESS_SHARP;
  grey = make_grey (small);
  width_px = (guint) gdk_pixbuf_get_width (small);
  return reunion_sharpness_judge (
      reunion_sharpness_measure (grey, width_px, (guint) gdk_pixbuf_get_height (small), width_px));
}

static void
measure_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_int (task, desk_photo_measure (task_data));
}

void
desk_photo_measure_async (GBytes *content,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (content != NULL);

  g_task_set_task_data (task, g_bytes_ref (content), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, measure_in_thread);
}

gboolean
desk_photo_measure_finish (GAsyncResult *result, ReunionSharpness *sharpness, GError **error)
{
  gssize value = g_task_propagate_int (G_TASK (result), error);

  if (value < 0)
    return FALSE;
  *sharpness = (ReunionSharpness) value;
  return TRUE;
}
