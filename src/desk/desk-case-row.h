/* desk-case-row.h: a case in a list: photo, age, elapsed time, radius, state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-case-item.h"
#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_CASE_ROW (desk_case_row_get_type ())
G_DECLARE_FINAL_TYPE (DeskCaseRow, desk_case_row, DESK, CASE_ROW, GtkWidget)

/* Transfer floating. */
GtkWidget *desk_case_row_new (DeskSession *session);
/* NULL for none. Takes a reference; follows the item and the clock. */
void desk_case_row_set_item (DeskCaseRow *self, DeskCaseItem *item);

/* A factory of such rows for a GtkListView of DeskCaseItem. Transfer full. */
GtkListItemFactory *desk_case_row_factory_new (DeskSession *session);

G_END_DECLS
