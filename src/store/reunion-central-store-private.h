/* reunion-central-store-private.h: what the files of the service's store share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-central-store.h"
#include "reunion-db.h"

G_BEGIN_DECLS

/* Transfer none; lives as long as the store. */
ReunionDb *reunion_central_store_get_db (ReunionCentralStore *self);

/* Notes what expiry has to know of the case that was just written. */
gboolean
reunion_central_store_trace_case (ReunionCentralStore *self, ReunionCase *case_, GError **error);

G_END_DECLS
