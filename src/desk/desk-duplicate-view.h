/* desk-duplicate-view.h: the other case beside a report, and what differs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_DUPLICATE_VIEW (desk_duplicate_view_get_type ())
G_DECLARE_FINAL_TYPE (DeskDuplicateView, desk_duplicate_view, DESK, DUPLICATE_VIEW, GtkBox)

/* Shows @other beside @own; to be called again when either has changed.
 *
 * DeskDuplicateView::same (const char *case_id): they are one person; the other
 * case is to be opened.
 * DeskDuplicateView::not-same (): they are two.
 * DeskDuplicateView::closed (): a person has seen enough. */
void desk_duplicate_view_set_cases (DeskDuplicateView *self,
                                    DeskSession *session,
                                    ReunionCase *own,
                                    ReunionCase *other);

G_END_DECLS
