/* desk-report-form.h: the form of a report
 *
 * What the law or the notice needs comes first; the rest folds away.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-draft.h"
#include "desk-duplicate-bar.h"

G_BEGIN_DECLS

#define DESK_TYPE_REPORT_FORM (desk_report_form_get_type ())
G_DECLARE_FINAL_TYPE (DeskReportForm, desk_report_form, DESK, REPORT_FORM, GtkWidget)

/* To be called once.
 *
 * DeskReportForm::edited (): the report has changed.
 * DeskReportForm::closed (): a person is done with it for now; it is kept.
 * DeskReportForm::submitted (const char *case_id): it is in the outbox.
 * DeskReportForm::fell-short (): Submit was pressed and something is missing.
 * DeskReportForm::pick-toggled (gboolean): the map is to be clicked, or not.
 * DeskReportForm::point-set (): the place of loss was set or moved. */
void desk_report_form_set_session (DeskReportForm *self, DeskSession *session);

/* A new report for NULL, else one to go on with. What was open before is kept;
 * FALSE, and it stays open, when it could not be. */
gboolean desk_report_form_open (DeskReportForm *self, ReunionCase *case_);
/* Amends a published case, or goes on with that; else as above. */
gboolean desk_report_form_amend (DeskReportForm *self, ReunionCase *case_);
/* The case as it is being edited; NULL while the form is closed. Transfer none. */
ReunionCase *desk_report_form_get_case (DeskReportForm *self);
/* Keeps what is open, and forgets it. FALSE, and it stays open, when it could not
 * be kept. */
gboolean desk_report_form_close (DeskReportForm *self);

/* Shows the entry of @field, unfolding what hides it. */
void desk_report_form_go_to (DeskReportForm *self, ReunionField field);
/* Speaks of an open case that may be about the same person. Transfer none. */
DeskDuplicateBar *desk_report_form_get_duplicate_bar (DeskReportForm *self);
/* The place of loss as picked on the map. */
void desk_report_form_set_point (DeskReportForm *self, ReunionPoint point);

G_END_DECLS
