/* central-photo.c: a photo from the public, made safe and small
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-photo.h"

#include "reunion-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

/* The finest telephones take 50 megapixels. A JPEG is decoded at the size that is
 * needed; others as a whole, at four bytes a pixel. */
#define MAX_JPEG_PIXELS (52 * 1000 * 1000)
#define MAX_OTHER_PIXELS (25 * 1000 * 1000)
#define MAX_SIDE_PX 32767
#define QUALITY "82"
#define N_THREADS 2

typedef const char *Words[REUNION_N_LANGUAGES];

/**
 * Loading:
 * @max_pixels: of what comes
 * @is_too_large: found at the head
 */
typedef struct
{
  gint64 max_pixels;
  gboolean is_too_large;
} Loading;

G_DEFINE_QUARK (central-photo-error, central_photo_error)

const char *
central_photo_error_get_text (CentralPhotoError code, ReunionLanguage language)
{
  static const Words words[] = {
    [CENTRAL_PHOTO_ERROR_KIND] = {
      "这个文件不是JPEG、PNG或WebP照片，请选择照片文件。",
      "This is no JPEG, PNG or WebP picture. Choose a photo.",
    },
    [CENTRAL_PHOTO_ERROR_SIZE] = {
      "照片太大，请缩小后再选，例如使用它的截图。",
      "The photo is too large. Make it smaller, or choose a screenshot of it.",
    },
    [CENTRAL_PHOTO_ERROR_DAMAGED] = {
      "照片文件已损坏，无法打开，请另选一张。",
      "The photo is damaged and can't be opened. Choose another.",
    },
  };

  g_return_val_if_fail (code < G_N_ELEMENTS (words) && language < REUNION_N_LANGUAGES, NULL);
  return words[code][language];
}

void
central_photo_free (CentralPhoto *self)
{
  reunion_photo_unref (self->photo);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static void
set_error (GError **error, CentralPhotoError code)
{
  g_set_error_literal (error, CENTRAL_PHOTO_ERROR, code,
                       central_photo_error_get_text (code, REUNION_LANGUAGE_EN));
}

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  Loading *loading = user_data;
  double scale = (double) CENTRAL_PHOTO_MAX_SIDE_PX / MAX (width, height);

  if (width < 1 || height < 1 || width > MAX_SIDE_PX || height > MAX_SIDE_PX
      || (gint64) width * height > loading->max_pixels)
    {
      loading->is_too_large = TRUE;
      /* Ends the loading before a pixel is. */
      gdk_pixbuf_loader_set_size (loader, 0, 0);
    }
  else if (scale < 1.0)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale + 0.5)),
                                MAX (1, (int) (height * scale + 0.5)));
}

/* Upright. Transfer full. */
static GdkPixbuf *
load (GBytes *bytes, const char *media_type, GError **error)
{
  Loading loading
      = { g_str_equal (media_type, "image/jpeg") ? MAX_JPEG_PIXELS : MAX_OTHER_PIXELS, FALSE };
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type (media_type, NULL);
  GdkPixbuf *pixbuf = NULL;
  gboolean ok;

  if (loader == NULL)
    {
      set_error (error, CENTRAL_PHOTO_ERROR_KIND);
      return NULL;
    }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &loading);
  ok = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  /* It has to be closed in any case. */
  ok = gdk_pixbuf_loader_close (loader, NULL) && ok;
  if (loading.is_too_large)
    set_error (error, CENTRAL_PHOTO_ERROR_SIZE);
  else if (!ok || (pixbuf = gdk_pixbuf_loader_get_pixbuf (loader)) == NULL)
    set_error (error, CENTRAL_PHOTO_ERROR_DAMAGED);
  else
    return gdk_pixbuf_apply_embedded_orientation (pixbuf);
  return NULL;
}

/* On white, for JPEG knows no transparency. Transfer full. */
static GdkPixbuf *
flatten (GdkPixbuf *pixbuf)
{
  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return g_object_ref (pixbuf);
  return gdk_pixbuf_composite_color_simple (pixbuf, gdk_pixbuf_get_width (pixbuf),
                                            gdk_pixbuf_get_height (pixbuf), GDK_INTERP_NEAREST, 255,
                                            8, 0xffffff, 0xffffff);
}

CentralPhoto *
central_photo_make (GBytes *bytes, GError **error)
{
  const char *media_type;
  g_autoptr (GdkPixbuf) loaded = NULL;
  g_autoptr (GdkPixbuf) flat = NULL;
  g_autofree char *sha256 = NULL;
  CentralPhoto *self;
  char *data;
  gsize length;

  g_return_val_if_fail (bytes != NULL, NULL);

  media_type = reunion_picture_sniff (bytes);
  if (media_type == NULL || g_bytes_get_size (bytes) > CENTRAL_PHOTO_MAX_BYTES)
    {
      set_error (error, media_type == NULL ? CENTRAL_PHOTO_ERROR_KIND : CENTRAL_PHOTO_ERROR_SIZE);
      return NULL;
    }
  loaded = load (bytes, media_type, error);
  if (loaded == NULL)
    return NULL;
  flat = flatten (loaded);
  if (flat == NULL
      || !gdk_pixbuf_save_to_buffer (flat, &data, &length, "jpeg", NULL, "quality", QUALITY, NULL))
    {
      set_error (error, CENTRAL_PHOTO_ERROR_SIZE);
      return NULL;
    }
  self = g_new0 (CentralPhoto, 1);
  self->bytes = g_bytes_new_take (data, length);
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->bytes);
  self->photo = reunion_photo_new (sha256, "image/jpeg", (guint) gdk_pixbuf_get_width (flat),
                                   (guint) gdk_pixbuf_get_height (flat));
  return self;
}

/* --- in a thread ---------------------------------------------------------------------- */

static void
make_in_thread (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  CentralPhoto *photo = central_photo_make (g_task_get_task_data (task), &error);

  if (photo != NULL)
    g_task_return_pointer (task, photo, (GDestroyNotify) central_photo_free);
  else
    g_task_return_error (task, error);
}

/* A pool of its own: as many as GLib would run at once need too much memory. */
static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool = NULL;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, g_thread_pool_new (make_in_thread, NULL, N_THREADS, FALSE, NULL));
  return pool;
}

void
central_photo_make_async (gpointer source,
                          GBytes *bytes,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;

  g_return_if_fail (bytes != NULL);

  task = g_task_new (source, NULL, callback, user_data);
  g_task_set_source_tag (task, central_photo_make_async);
  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  g_thread_pool_push (get_pool (), task, NULL);
}

CentralPhoto *
central_photo_make_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
