/* desk-reach-source.h: what circles reach, read once for all pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-session.h"

#include "reunion-reach.h"

G_BEGIN_DECLS

#define DESK_TYPE_REACH_SOURCE (desk_reach_source_get_type ())
G_DECLARE_FINAL_TYPE (DeskReachSource, desk_reach_source, DESK, REACH_SOURCE, GObject)

/* The one of @session, which begins to read when first asked for. Transfer none.
 *
 * DeskReachSource::ready (): it has read, or failed to. */
DeskReachSource *desk_reach_source_get (DeskSession *session);

gboolean desk_reach_source_is_ready (DeskReachSource *self);
/* NULL before it is ready, and where there is no base map. Transfer none. */
ReunionReachIndex *desk_reach_source_get_index (DeskReachSource *self);

G_END_DECLS
