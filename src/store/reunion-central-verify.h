/* reunion-central-verify.h: whether what is in the store is what ought to be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-central-store.h"

G_BEGIN_DECLS

/* Sentences (char *) about everything that is wrong, empty when nothing is; NULL with
 * @error set when the store can't be read at all. Reads all of it. They name ids and
 * hashes, and nothing of a person. Transfer full. */
GPtrArray *reunion_central_store_verify (ReunionCentralStore *self, GError **error);

/* Whether the file at @path has the tables of the service's store. */
gboolean reunion_central_store_is_ours (const char *path);

G_END_DECLS
