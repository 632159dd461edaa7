/* desk-revising.h: what the form says beyond the entries when a report comes back
 *
 * A returned report has the reviewer's reasons at their fields until it is
 * submitted again; editing a field marks its reason as seen to, and that is kept.
 * A published case that is amended has what others change meanwhile at its
 * fields, and the panel of what will be sent.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-amend-panel.h"
#include "desk-draft.h"
#include "desk-form-layout.h"

G_BEGIN_DECLS

/* The form's own, which speak otherwise in each mode. */
typedef struct
{
  GtkLabel *title;
  GtkLabel *reason; /* at the top */
  GtkBox *content;  /* the photos, and then the groups */
  GtkWidget *discard_button;
  GtkButton *submit_button;
  DeskAmendPanel *panel;
} DeskRevisingWidgets;

typedef struct _DeskRevising DeskRevising;

/* @session, @layout and @widgets outlive it. Transfer full. */
DeskRevising *desk_revising_new (DeskSession *session,
                                 DeskFormLayout *layout,
                                 const DeskRevisingWidgets *widgets);
void desk_revising_free (DeskRevising *self);

/* Of a draft that was just opened, or has caught up with others. Takes a
 * reference; NULL for none. */
void desk_revising_show (DeskRevising *self, DeskDraft *draft);
/* The first field with a reason that is not seen to, in the order of the form; TRUE
 * once for each return, so that the form later comes back as it was left. */
gboolean desk_revising_take_first (DeskRevising *self, ReunionField *field);

/* A person has edited @field; REUNION_FIELD_PHOTO_ABSENT_REASON stands for the
 * photos as well. */
void desk_revising_see_to (DeskRevising *self, ReunionField field);
/* The report has changed. */
void desk_revising_update (DeskRevising *self);
/* Whether an amendment has all it needs beside the standard; TRUE for a report. See
 * desk_amend_panel_check(). */
gboolean desk_revising_check (DeskRevising *self, char **sentence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskRevising, desk_revising_free)

G_END_DECLS
