/* desk-window-private.h: what the window's actions may ask of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-cases-page.h"
#include "desk-tips-page.h"
#include "desk-window.h"

G_BEGIN_DECLS

/* Transfer none. */
DeskSession *desk_window_get_session (DeskWindow *self);
DeskCasesPage *desk_window_get_cases_page (DeskWindow *self);
DeskTipsPage *desk_window_get_tips_page (DeskWindow *self);

/* @name: "cases", "tips", "review" or "statistics". */
void desk_window_show_page (DeskWindow *self, const char *name);
/* @button and @action may be NULL; @target goes with @action. Transfer none: valid
 * until its ::dismissed. */
AdwToast *desk_window_toast (DeskWindow *self,
                             const char *text,
                             const char *button,
                             const char *action,
                             const char *target);

G_END_DECLS
