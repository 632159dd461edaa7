/* desk-cases-page.h: the cases, the map, and the form of a report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_CASES_PAGE (desk_cases_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskCasesPage, desk_cases_page, DESK, CASES_PAGE, GtkWidget)

/* To be called once. */
void desk_cases_page_set_session (DeskCasesPage *self, DeskSession *session);

/* Opens an empty form. */
void desk_cases_page_new_report (DeskCasesPage *self);
void desk_cases_page_show_case (DeskCasesPage *self, const char *case_id);
/* Goes on with a draft or a returned report; what is open is kept first. */
void desk_cases_page_open_draft (DeskCasesPage *self, const char *case_id);
/* Opens the form to amend a published case, or to go on with that. */
void desk_cases_page_amend_case (DeskCasesPage *self, const char *case_id);
void desk_cases_page_focus_search (DeskCasesPage *self);
/* Keeps what is being typed, and closes the form; to be called before the window
 * goes away. FALSE when it could not be kept: the form is then still open. */
gboolean desk_cases_page_keep (DeskCasesPage *self);

G_END_DECLS
