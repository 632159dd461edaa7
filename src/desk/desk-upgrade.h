/* desk-upgrade.h: a file of an earlier version, brought up to date in a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Readies the store at @path to be opened. Where that takes longer than a moment a
 * window of @application says what is going on, until @callback has returned; closing
 * it cancels. */
void desk_upgrade_async (GtkApplication *application,
                         const char *path,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
/* Errors of the store, and G_IO_ERROR_CANCELLED. */
gboolean desk_upgrade_finish (GAsyncResult *result, GError **error);

G_END_DECLS
