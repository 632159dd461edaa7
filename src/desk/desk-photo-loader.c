/* desk-photo-loader.c: a picture from disk or clipboard, made fit to be sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-photo-loader.h"

#include "desk-photo-format.h"
#include "desk-photo-maker.h"

#include <glib/gi18n-lib.h>

/* What is loaded: @file or, from the clipboard, @content. */
typedef struct
{
  GFile *file;
  GBytes *content;
  char *name;
} Source;

typedef struct
{
  ReunionPhoto *photo;
  GBytes *bytes;
} Loaded;

G_DEFINE_QUARK (desk-photo-error-quark, desk_photo_error)

static void
source_free (Source *source)
{
  g_clear_object (&source->file);
  g_clear_pointer (&source->content, g_bytes_unref);
  g_free (source->name);
  g_free (source);
}

static void
loaded_free (Loaded *loaded)
{
  g_clear_pointer (&loaded->photo, reunion_photo_unref);
  g_clear_pointer (&loaded->bytes, g_bytes_unref);
  g_free (loaded);
}

/* @format: a format for which the platform has no module, or NULL. */
static void
set_format_error (GError **error, const char *format, const char *name)
{
  if (format != NULL)
    g_set_error (error, DESK_PHOTO_ERROR, DESK_PHOTO_ERROR_FORMAT,
                 /* Translators: the name of a file, and of a format such as HEIC */
                 _("“%s” is a picture of the kind %s, which this PC can't read. Save it as JPEG "
                   "and choose it again."),
                 name, desk_photo_format_get_label (format));
  else
    g_set_error (
        error, DESK_PHOTO_ERROR, DESK_PHOTO_ERROR_FORMAT,
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
  else if (longer > DESK_PHOTO_LONGER_SIDE_PX)
    gdk_pixbuf_loader_set_size (
        loader, MAX (1, (int) ((gint64) width * DESK_PHOTO_LONGER_SIDE_PX / longer)),
        MAX (1, (int) ((gint64) height * DESK_PHOTO_LONGER_SIDE_PX / longer)));
}

static GdkPixbuf *
decode (GBytes *content, const char *format, const char *name, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = desk_photo_format_new_loader (format);
  GdkPixbuf *pixbuf = NULL;
  gboolean is_too_large = FALSE;
  gboolean is_written, is_closed;

  if (loader == NULL)
    {
      set_format_error (error, format, name);
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
      set_format_error (error, NULL, name);
      return NULL;
    }
  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

static ReunionPhoto *
load_content (GBytes *content, const char *name, GBytes **bytes, GError **error)
{
  const char *format = desk_photo_format_find (content);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  ReunionPhoto *photo;

  if (format == NULL)
    {
      set_format_error (error, NULL, name);
      return NULL;
    }
  if (g_bytes_get_size (content) > DESK_PHOTO_MAX_FILE_BYTES
      || desk_photo_format_count_pixels (format, content) > DESK_PHOTO_MAX_PIXELS)
    {
      set_size_error (error, name);
      return NULL;
    }
  pixbuf = decode (content, format, name, error);
  if (pixbuf == NULL)
    return NULL;
  photo = desk_photo_make (pixbuf, bytes);
  if (photo == NULL)
    set_format_error (error, NULL, name);
  return photo;
}

ReunionPhoto *
desk_photo_load (GFile *file, GBytes **bytes, GError **error)
{
  g_autofree char *basename = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (basename != NULL ? basename : "");
  g_autoptr (GBytes) content = read_file (file, name, error);

  g_return_val_if_fail (bytes != NULL, NULL);

  return content != NULL ? load_content (content, name, bytes, error) : NULL;
}

static void
load_in_thread (GTask *task, gpointer object, gpointer task_data, GCancellable *cancellable)
{
  Source *source = task_data;
  Loaded *loaded = g_new0 (Loaded, 1);
  GError *error = NULL;

  if (source->file != NULL)
    loaded->photo = desk_photo_load (source->file, &loaded->bytes, &error);
  else
    loaded->photo = load_content (source->content, source->name, &loaded->bytes, &error);
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
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Source *source = g_new0 (Source, 1);

  source->file = g_object_ref (file);
  g_task_set_task_data (task, source, (GDestroyNotify) source_free);
  g_task_run_in_thread (task, load_in_thread);
}

void
desk_photo_load_content_async (GBytes *content,
                               const char *name,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Source *source = g_new0 (Source, 1);

  source->content = g_bytes_ref (content);
  source->name = g_strdup (name);
  g_task_set_task_data (task, source, (GDestroyNotify) source_free);
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
