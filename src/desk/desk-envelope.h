/* desk-envelope.h: how far the person of a case can have come, on the map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-case.h"
#include "reunion-map-view.h"

G_BEGIN_DECLS

/* Whether there are such lines: while the person is sought, and the time and
 * place of loss are known. @case_ may be NULL. */
gboolean desk_envelope_is_sought (ReunionCase *case_, gint64 now_usec);

/* Draws the lines of @case_ as they are at @now_usec on @view, and none where
 * there is no time or place of loss or the search is over. NULL for none. @told
 * is what was drawn last, to draw only what is new: begin with NULL, free at the
 * end. */
void desk_envelope_show (ReunionMapView *view, ReunionCase *case_, gint64 now_usec, char **told);

G_END_DECLS
