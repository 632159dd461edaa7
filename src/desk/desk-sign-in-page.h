/* desk-sign-in-page.h: who sits at the desk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_SIGN_IN_PAGE (desk_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskSignInPage, desk_sign_in_page, DESK, SIGN_IN_PAGE, GtkWidget)

/* To be called once. The page follows the session by itself. */
void desk_sign_in_page_set_session (DeskSignInPage *self, DeskSession *session);
/* Empties the password and puts the caret where it is needed. */
void desk_sign_in_page_prepare (DeskSignInPage *self);

G_END_DECLS
