/* desk-case-item.h: one row of the list of cases
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-case.h"

G_BEGIN_DECLS

#define DESK_TYPE_CASE_ITEM (desk_case_item_get_type ())
G_DECLARE_FINAL_TYPE (DeskCaseItem, desk_case_item, DESK, CASE_ITEM, GObject)

/* The same item stands for a case as long as it is listed, so that selection
 * and scroll position outlast a refresh. Property "case", with notify. Transfer
 * full. */
DeskCaseItem *desk_case_item_new (ReunionCase *case_);

/* Transfer none. */
ReunionCase *desk_case_item_get_case (DeskCaseItem *self);
const char *desk_case_item_get_id (DeskCaseItem *self);
/* Takes a reference; @case_ has the same id. */
void desk_case_item_set_case (DeskCaseItem *self, ReunionCase *case_);

G_END_DECLS
