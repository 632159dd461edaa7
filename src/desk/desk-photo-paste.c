/* desk-photo-paste.c: pictures from the clipboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-photo-paste.h"

#include "desk-photo-loader.h"

#include <glib/gi18n-lib.h>

/* The best first: a photo as it was taken before one that was drawn anew. */
static const char *const media_types[]
    = { "image/jpeg", "image/heic", "image/webp", "image/png", "image/tiff", "image/bmp", NULL };

typedef struct
{
  GBytes *content;
  GPtrArray *files;
} Pasted;

static void
pasted_free (Pasted *pasted)
{
  g_clear_pointer (&pasted->content, g_bytes_unref);
  g_clear_pointer (&pasted->files, g_ptr_array_unref);
  g_free (pasted);
}

static gboolean
offers_picture (GdkClipboard *clipboard)
{
  /* What this program copied itself has a type and no media type yet. */
  g_autoptr (GdkContentFormats) formats = gdk_content_formats_union_serialize_mime_types (
      gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard)));

  for (gsize i = 0; media_types[i] != NULL; i++)
    if (gdk_content_formats_contain_mime_type (formats, media_types[i]))
      return TRUE;
  return FALSE;
}

static gboolean
offers_type (GdkClipboard *clipboard, GType type)
{
  g_autoptr (GdkContentFormats) formats = gdk_content_formats_union_deserialize_gtypes (
      gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard)));

  return gdk_content_formats_contain_gtype (formats, type);
}

gboolean
desk_photo_paste_has_photo (GdkClipboard *clipboard)
{
  g_return_val_if_fail (GDK_IS_CLIPBOARD (clipboard), FALSE);

  return offers_picture (clipboard) || offers_type (clipboard, GDK_TYPE_FILE_LIST);
}

gboolean
desk_photo_paste_is_text (GdkClipboard *clipboard, GtkWidget *focus)
{
  g_return_val_if_fail (GDK_IS_CLIPBOARD (clipboard), FALSE);

  return (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus))
         && offers_type (clipboard, G_TYPE_STRING);
}

/* --- reading --------------------------------------------------------------------- */

static void
return_none (GTask *task)
{
  g_task_return_new_error (
      task, DESK_PHOTO_ERROR, DESK_PHOTO_ERROR_FORMAT,
      _("There is no picture on the clipboard. Copy a picture or a file, and paste again."));
}

/* Other programs fail in their own words, which would help nobody. */
static void
return_unreadable (GTask *task, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_new_error (task, DESK_PHOTO_ERROR, DESK_PHOTO_ERROR_READ,
                             _("What is on the clipboard can't be read. Copy it again."));
}

static void
bytes_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);
  GByteArray *content = g_task_get_task_data (task);
  Pasted *pasted;

  if (bytes == NULL)
    {
      return_unreadable (task, error);
      return;
    }
  g_byte_array_append (content, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  /* One byte too many shows that there is more; the loader refuses it. */
  if (g_bytes_get_size (bytes) > 0 && content->len <= DESK_PHOTO_MAX_FILE_BYTES)
    {
      g_input_stream_read_bytes_async (G_INPUT_STREAM (object), 256 * 1024, G_PRIORITY_DEFAULT,
                                       g_task_get_cancellable (task), bytes_read_cb,
                                       g_object_ref (task));
      return;
    }
  pasted = g_new0 (Pasted, 1);
  pasted->content = g_bytes_new (content->data, content->len);
  g_task_return_pointer (task, pasted, (GDestroyNotify) pasted_free);
}

static void
stream_opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream
      = gdk_clipboard_read_finish (GDK_CLIPBOARD (object), result, NULL, &error);

  if (stream == NULL)
    {
      return_unreadable (task, error);
      return;
    }
  g_task_set_task_data (task, g_byte_array_new (), (GDestroyNotify) g_byte_array_unref);
  g_input_stream_read_bytes_async (stream, 256 * 1024, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), bytes_read_cb,
                                   g_object_ref (task));
}

static void
files_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, &error);
  Pasted *pasted;
  GSList *files;

  if (value == NULL)
    {
      return_unreadable (task, error);
      return;
    }
  files = gdk_file_list_get_files (g_value_get_boxed (value));
  pasted = g_new0 (Pasted, 1);
  pasted->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (GSList *l = files; l != NULL; l = l->next)
    g_ptr_array_add (pasted->files, g_object_ref (l->data));
  g_slist_free (files);
  g_task_return_pointer (task, pasted, (GDestroyNotify) pasted_free);
}

void
desk_photo_paste_read_async (GdkClipboard *clipboard,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (clipboard, cancellable, callback, user_data);

  g_return_if_fail (GDK_IS_CLIPBOARD (clipboard));

  if (offers_picture (clipboard))
    gdk_clipboard_read_async (clipboard, (const char **) media_types, G_PRIORITY_DEFAULT,
                              cancellable, stream_opened_cb, g_steal_pointer (&task));
  else if (offers_type (clipboard, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, cancellable,
                                    files_read_cb, g_steal_pointer (&task));
  else
    return_none (task);
}

gboolean
desk_photo_paste_read_finish (GAsyncResult *result,
                              GBytes **content,
                              GPtrArray **files,
                              GError **error)
{
  Pasted *pasted = g_task_propagate_pointer (G_TASK (result), error);

  *content = NULL;
  *files = NULL;
  if (pasted == NULL)
    return FALSE;
  *content = g_steal_pointer (&pasted->content);
  *files = g_steal_pointer (&pasted->files);
  pasted_free (pasted);
  return TRUE;
}
