/* desk-form-view.h: where a person is in the form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which entry has the keyboard, where its caret is and how far the form is scrolled,
 * so that each report comes back as it was left.
 */

#pragma once

#include "desk-draft.h"
#include "desk-form-layout.h"

G_BEGIN_DECLS

typedef struct _DeskFormView DeskFormView;

/* @layout outlives it. Transfer full. */
DeskFormView *desk_form_view_new (DeskFormLayout *layout);
void desk_form_view_free (DeskFormView *self);

/* Gives @field the keyboard, unfolding what hides it; @caret in letters, -1 to leave it
 * where the widget puts it. */
void desk_form_view_go_to (DeskFormView *self, ReunionField field, int caret);
/* Writes into @draft where the person is, unless it was told so last. Not while the
 * keyboard is outside the form. */
void desk_form_view_remember (DeskFormView *self, DeskDraft *draft);
/* Goes to where the person was in @draft. */
void desk_form_view_recall (DeskFormView *self, DeskDraft *draft);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskFormView, desk_form_view_free)

G_END_DECLS
