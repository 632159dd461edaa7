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

G_END_DECLS
