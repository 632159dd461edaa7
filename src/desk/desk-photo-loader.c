/* desk-photo-loader.c: a picture from disk, made fit to be sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-photo-loader.h"

#include "desk-photo-format.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>

#define LONGER_SIDE_PX 1600

typedef struct
{
  ReunionPhoto *photo;
  GBytes *bytes;
} Loaded;

G_DEFINE_QUARK (desk-photo-error-quark, desk_photo_error)

static void
loaded_free (Loaded *loaded)
{
  g_clear_pointer (&loaded->photo, reunion_photo_unref);
  g_clear_pointer (&loaded->bytes, g_bytes_unref);
  g_free (loaded);
}

static void
set_format_error (GError **error, const char *name)
{
  g_set_error (error, DESK_PHOTO_ERROR, DESK_PHOTO_ERROR_FORMAT,
               /* Translators: the name of a file */
               _("“%s” is not a picture that can be read, or it is damaged. Choose a JPEG, PNG or "
                 "WebP file."),
               name);
}

static void
set_size_error (GError **error, const char *name)
{
  g_set_error (error, DESK_PHOTO_ERROR, DESK_PHOTO_ERROR_SIZE,
               /* Translators: the name of a file */
               _("“%s” is too large: at most 20 MB and 50 million pixels. Make it smaller and "
                 "choose it again."),
               name);
}

static void
set_read_error (GError **error, const char *name)
{
  g_set_error (error, DESK_PHOTO_ERROR, DESK_PHOTO_ERROR_READ,
               /* Translators: the name of a file */
               _("“%s” can't be read. Check that the file is still there and may be opened."),
               name);
}

/* The whole file; one byte too many shows that there is more. A pipe or a device
 * is not even opened: it could hold up for ever who reads it. */
static GBytes *
read_file (GFile *file, const char *name, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autofree guchar *content = NULL;
  gsize length;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                            G_FILE_QUERY_INFO_NONE, NULL, NULL);
  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
    stream = g_file_read (file, NULL, NULL);
  if (stream == NULL)
    {
      set_read_error (error, name);
      return NULL;
    }
  if (g_file_info_get_size (info) > DESK_PHOTO_MAX_FILE_BYTES)
    {
      set_size_error (error, name);
      return NULL;
    }
  content = g_malloc (DESK_PHOTO_MAX_FILE_BYTES + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), content, DESK_PHOTO_MAX_FILE_BYTES + 1,
                                &length, NULL, NULL))
    {
      set_read_error (error, name);
      return NULL;
    }
  if (length > DESK_PHOTO_MAX_FILE_BYTES)
    {
      set_size_error (error, name);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&content), length);
}

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  gboolean *is_too_large = user_data;
  int longer = MAX (width, height);

  if ((gint64) width * height > DESK_PHOTO_MAX_PIXELS)
    {
      *is_too_large = TRUE;
      /* At this size the loader gives up; at any other it asks for the memory
       * of the whole picture first. */
      gdk_pixbuf_loader_set_size (loader, 0, 0);
    }
  else if (longer > LONGER_SIDE_PX)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) ((gint64) width * LONGER_SIDE_PX / longer)),
                                MAX (1, (int) ((gint64) height * LONGER_SIDE_PX / longer)));
}

static GdkPixbuf *
decode (GFile *file, const char *name, GError **error)
{
  g_autoptr (GBytes) content = read_file (file, name, error);
  g_autoptr (GdkPixbufLoader) loader = NULL;
  const char *format;
  GdkPixbuf *pixbuf = NULL;
  gboolean is_too_large = FALSE;
  gboolean is_written, is_closed;

  if (content == NULL)
    return NULL;
  format = desk_photo_format_find (content);
  loader = format != NULL ? gdk_pixbuf_loader_new_with_type (format, NULL) : NULL;
  if (loader == NULL)
    {
      set_format_error (error, name);
      return NULL;
    }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &is_too_large);
  is_written = gdk_pixbuf_loader_write_bytes (loader, content, NULL);
  /* Close in any case: the loader insists. */
  is_closed = gdk_pixbuf_loader_close (loader, NULL);
  if (is_too_large)
    {
      set_size_error (error, name);
      return NULL;
    }
  if (is_written && is_closed && desk_photo_format_is_whole (format, content))
    pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL)
    {
      set_format_error (error, name);
      return NULL;
    }
  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

/* JPEG has no transparency: on white, as paper would show it. */
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
desk_photo_load (GFile *file, GBytes **bytes, GError **error)
{
  g_autofree char *basename = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (basename != NULL ? basename : "");
  g_autoptr (GdkPixbuf) decoded = decode (file, name, error);
  g_autoptr (GdkPixbuf) flat = NULL;
  g_autofree char *sha256 = NULL;
  char *buffer;
  gsize length;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (decoded == NULL)
    return NULL;
  flat = flatten (decoded);
  if (flat == NULL
      || !gdk_pixbuf_save_to_buffer (flat, &buffer, &length, "jpeg", NULL, "quality", "88", NULL))
    {
      set_format_error (error, name);
      return NULL;
    }
  *bytes = g_bytes_new_take (buffer, length);
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, *bytes);
  return reunion_photo_new (sha256, "image/jpeg", (guint) gdk_pixbuf_get_width (flat),
                            (guint) gdk_pixbuf_get_height (flat));
}

static void
load_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Loaded *loaded = g_new0 (Loaded, 1);
  GError *error = NULL;

  loaded->photo = desk_photo_load (source, &loaded->bytes, &error);
  if (loaded->photo != NULL)
    g_task_return_pointer (task, loaded, (GDestroyNotify) loaded_free);
  else
    {
      loaded_free (loaded);
      g_task_return_error (task, error);
    }
}

void
desk_photo_load_async (GFile *file,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (file, cancellable, callback, user_data);

  g_task_run_in_thread (task, load_in_thread);
}

ReunionPhoto *
desk_photo_load_finish (GAsyncResult *result, GBytes **bytes, GError **error)
{
  Loaded *loaded = g_task_propagate_pointer (G_TASK (result), error);
  ReunionPhoto *photo;

  if (loaded == NULL)
    return NULL;
  photo = g_steal_pointer (&loaded->photo);
  *bytes = g_steal_pointer (&loaded->bytes);
  loaded_free (loaded);
  return photo;
}
