/* desk-review-page.h: where a reviewer approves, returns or rejects
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_REVIEW_PAGE (desk_review_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskReviewPage, desk_review_page, DESK, REVIEW_PAGE, GtkWidget)

/* To be called once. */
void desk_review_page_set_session (DeskReviewPage *self, DeskSession *session);

G_END_DECLS
