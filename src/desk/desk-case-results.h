/* desk-case-results.h: the cases that answer a question, as a list
 *
 * Only what is seen of the list is read: the model holds ids, and makes an item
 * where a view asks for one. The first answers are there at once; where there are
 * very many the others follow while the window is idle.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-case-item.h"
#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_CASE_RESULTS (desk_case_results_get_type ())
G_DECLARE_FINAL_TYPE (DeskCaseResults, desk_case_results, DESK, CASE_RESULTS, GObject)

/* A GListModel of DeskCaseItem, in the order of the store; empty until it is asked
 * something. Follows the store: where one case was written only its line is looked
 * at. The same item stands for a case as long as a view holds it. Transfer full. */
DeskCaseResults *desk_case_results_new (DeskSession *session);

/* Asks; what was found before makes way. @query is copied, its page and its order
 * don't matter. */
void desk_case_results_set_query (DeskCaseResults *self, const ReunionCaseQuery *query);

/* Where the case stands; FALSE, and @index untouched, when it is not listed. */
gboolean desk_case_results_find (DeskCaseResults *self, const char *case_id, guint *index);

G_END_DECLS
