/* desk-fill-in.h: what a resident ID number says of other entries
 *
 * What a person has entered stays; what was filled in follows the number, for
 * the first one typed may be that of the wrong child.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-report.h"

G_BEGIN_DECLS

typedef struct _DeskFillIn DeskFillIn;

/* Another report: what its number accounts for counts as filled in. Transfer
 * full. */
DeskFillIn *desk_fill_in_new (ReunionReport *report, gint64 now_usec);
void desk_fill_in_free (DeskFillIn *self);

/* Fields that a number can fill in, each after those that it hangs on. */
extern const ReunionField desk_fill_in_fields[3];

/* Writes what the number in @report says of @field, unless something else was
 * entered there. Returns whether it was written. */
gboolean
desk_fill_in_apply (DeskFillIn *self, ReunionReport *report, ReunionField field, gint64 now_usec);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskFillIn, desk_fill_in_free)

G_END_DECLS
