/* desk-notice-view.h: what the public will see, phone-sized
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_NOTICE_VIEW (desk_notice_view_get_type ())
G_DECLARE_FINAL_TYPE (DeskNoticeView, desk_notice_view, DESK, NOTICE_VIEW, GtkWidget)

/* NULL for none. To be called again when the report was edited. */
void desk_notice_view_set_case (DeskNoticeView *self, DeskSession *session, ReunionCase *case_);

G_END_DECLS
