/* desk-photo-paste.h: pictures from the clipboard
 *
 * A picture is taken as the bytes in which it was put there, so that it goes
 * through the same care as a file; copied files are taken as files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whether @clipboard offers a picture or files. */
gboolean desk_photo_paste_has_photo (GdkClipboard *clipboard);

/* Whether a paste in @focus (may be NULL) means text: @focus takes text and
 * @clipboard has some. */
gboolean desk_photo_paste_is_text (GdkClipboard *clipboard, GtkWidget *focus);

void desk_photo_paste_read_async (GdkClipboard *clipboard,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/* One of *@content, and *@files (of GFile), is set; both are transfer full. FALSE
 * with an error in DESK_PHOTO_ERROR, or G_IO_ERROR_CANCELLED. */
gboolean desk_photo_paste_read_finish (GAsyncResult *result,
                                       GBytes **content,
                                       GPtrArray **files,
                                       GError **error);

G_END_DECLS
