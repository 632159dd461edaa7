/* desk-case-item.h: one row of the list of cases
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-station-store.h"

G_BEGIN_DECLS

#define DESK_TYPE_CASE_ITEM (desk_case_item_get_type ())
G_DECLARE_FINAL_TYPE (DeskCaseItem, desk_case_item, DESK, CASE_ITEM, GObject)

/* One line of a list of cases. The record is read when somebody looks at it, so
 * that a long list costs no more than what is seen of it. Property "case", with
 * notify. Transfer full. */
DeskCaseItem *desk_case_item_new (ReunionStationStore *store, const char *case_id);

const char *desk_case_item_get_id (DeskCaseItem *self);
/* Transfer none; never NULL: an empty draft where the record is gone or can't be
 * read. */
ReunionCase *desk_case_item_get_case (DeskCaseItem *self);
/* The store has written something of the case: it is read again, and whoever
 * shows it is told. */
void desk_case_item_refresh (DeskCaseItem *self);

G_END_DECLS
