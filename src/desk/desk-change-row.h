/* desk-change-row.h: what became of one field: before and after
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "reunion-history.h"

G_BEGIN_DECLS

/* A row for a list box, which takes no focus. Words say which value is which.
 * Floating. */
GtkWidget *desk_change_row_new (const ReunionHistoryChange *change);

/* The name of a field, small. Floating. */
GtkWidget *desk_change_row_make_caption (const char *key);
/* Wrapped text. Floating. */
GtkWidget *desk_change_row_make_text (const char *text);

G_END_DECLS
