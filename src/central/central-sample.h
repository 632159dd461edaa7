/* central-sample.h: a store to try things on
 *
 * The shapes of the files are described in data/sample/README.md.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-service.h"

G_BEGIN_DECLS

/* Fills an empty store from the files in @folder: stations, accounts, partners,
 * cases with their photos and tips, and the first year's ended cases. Partners
 * get @partner_url and their id as their address, or none when it is NULL. All
 * or nothing; refuses a store that has cases. */
gboolean central_sample_load (CentralService *service,
                              const char *folder,
                              const char *partner_url,
                              GError **error);

G_END_DECLS
