/* desk-checklist.h: the publishing standard, item by item
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "reunion-case.h"

G_BEGIN_DECLS

#define DESK_TYPE_CHECKLIST (desk_checklist_get_type ())
G_DECLARE_FINAL_TYPE (DeskChecklist, desk_checklist, DESK, CHECKLIST, GtkWidget)

/* DeskChecklist::go-to (int field): a person wants to see to an item; @field
 * is a ReunionField. */

/* Shows where @case_ stands at @now_usec. Returns how many items fall short. */
guint desk_checklist_update (DeskChecklist *self, ReunionCase *case_, gint64 now_usec);

G_END_DECLS
