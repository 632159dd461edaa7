/* desk-case-list.h: the list of cases with its search, and its empty states
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

#include "reunion-map-view.h"

G_BEGIN_DECLS

/**
 * DeskCaseListKind:
 * @DESK_CASE_LIST_ALL: every case on this PC
 * @DESK_CASE_LIST_REVIEW: those that wait for a reviewer
 */
typedef enum
{
  DESK_CASE_LIST_ALL,
  DESK_CASE_LIST_REVIEW,
} DeskCaseListKind;

#define DESK_TYPE_CASE_LIST (desk_case_list_get_type ())
G_DECLARE_FINAL_TYPE (DeskCaseList, desk_case_list, DESK, CASE_LIST, GtkWidget)

/* To be called once, after the template has made it.
 *
 * DeskCaseList::selected (const char *case_id): a person, or
 * desk_case_list_select(), chose another case; NULL for none. */
void desk_case_list_set_session (DeskCaseList *self, DeskSession *session, DeskCaseListKind kind);

/* The map whose view cases can be looked for in; it has to live as long. */
void desk_case_list_set_map (DeskCaseList *self, ReunionMapView *map);

/* Selects the case when it is listed, now or as soon as it is. */
void desk_case_list_select (DeskCaseList *self, const char *case_id);
/* Transfer none; NULL for none. */
const char *desk_case_list_get_selected (DeskCaseList *self);
guint desk_case_list_get_n_cases (DeskCaseList *self);
void desk_case_list_focus_search (DeskCaseList *self);

G_END_DECLS
