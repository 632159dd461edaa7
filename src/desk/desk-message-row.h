/* desk-message-row.h: a sentence under the entry that it speaks of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DESK_TYPE_MESSAGE_ROW (desk_message_row_get_type ())
G_DECLARE_FINAL_TYPE (DeskMessageRow, desk_message_row, DESK, MESSAGE_ROW, AdwPreferencesRow)

/* Hidden until it has something to say. Transfer floating. */
GtkWidget *desk_message_row_new (void);

/* @tone: "error", "warning", "success" or "dim"; an icon goes with it, so that
 * colour alone carries no meaning. NULL as @text hides the row. */
void desk_message_row_set (DeskMessageRow *self, const char *text, const char *tone);

G_END_DECLS
