/* desk-form-layout.h: which entry of the form stands where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-field-row.h"
#include "desk-place-finder.h"

G_BEGIN_DECLS

typedef struct _DeskFormLayout DeskFormLayout;

/* Makes the entries in groups and appends them to @box; the rows of @finder
 * follow the entry of the place. Transfer full. */
DeskFormLayout *desk_form_layout_new (GtkBox *box, DeskPlaceFinder *finder);
void desk_form_layout_free (DeskFormLayout *self);

/* NULL for the two coordinates, which have no entry. Transfer none. */
DeskFieldRow *desk_form_layout_get_row (DeskFormLayout *self, ReunionField field);
/* Unfolds what hides the entry. */
void desk_form_layout_reveal (DeskFormLayout *self, ReunionField field);
void desk_form_layout_set_visible (DeskFormLayout *self, ReunionField field, gboolean is_visible);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskFormLayout, desk_form_layout_free)

G_END_DECLS
