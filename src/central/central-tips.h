/* central-tips.h: what the public saw, as partners pass it on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-accounts.h"

G_BEGIN_DECLS

/* A tip of @partner, as the JSON that it signed. Stored when this returns; one
 * that was there already (same partner, same tip_id) is handed back with
 * *@is_new FALSE, unless this one is on another case: then CENTRAL_ERROR_CONFLICT.
 * Transfer full. */
ReunionTip *central_tips_take (CentralService *service,
                               const ReunionPartner *partner,
                               GBytes *body,
                               gboolean *is_new,
                               GError **error);

/* The officer's mark on a tip; within a transaction. Transfer full. */
ReunionTip *central_tips_set_state (CentralService *service,
                                    const ReunionCentralAccount *account,
                                    const char *tip_id,
                                    ReunionTipState state,
                                    GError **error);

G_END_DECLS
