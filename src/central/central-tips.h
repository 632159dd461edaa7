/* central-tips.h: what the public saw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-accounts.h"
#include "central-photo.h"
#include "reunion-json.h"

G_BEGIN_DECLS

/* Lengths in letters, whoever sends it. */
#define CENTRAL_TIP_MAX_TEXT 4000
#define CENTRAL_TIP_MAX_LINE 200
/* How far a clock may be ahead of ours. */
#define CENTRAL_TIP_TOLERANCE_USEC (5 * G_TIME_SPAN_MINUTE)

/* The origin of tips that came in through the public page. */
#define CENTRAL_TIP_WEB "web"

/* A tip of @partner, as the JSON that it signed, checked and not yet kept. *@photo is
 * the photo in it as it came, transfer full, or NULL. Transfer full. */
ReunionTip *central_tips_read (CentralService *service,
                               const ReunionPartner *partner,
                               GBytes *body,
                               GBytes **photo,
                               GError **error);

/* Keeps @tip, with @photo (may be NULL), for the station of its case and the nearest
 * one. Stored when this returns; one that was there already (same origin, same id
 * there) is handed back with *@is_new FALSE, unless this one is on another case: then
 * CENTRAL_ERROR_CONFLICT, as for a case whose search has ended. Transfer full. */
ReunionTip *central_tips_keep (CentralService *service,
                               ReunionTip *tip,
                               const CentralPhoto *photo,
                               gboolean *is_new,
                               GError **error);

/* The officer's mark on a tip; within a transaction. Transfer full. */
ReunionTip *central_tips_set_state (CentralService *service,
                                    const ReunionCentralAccount *account,
                                    const char *tip_id,
                                    ReunionTipState state,
                                    GError **error);

G_END_DECLS
