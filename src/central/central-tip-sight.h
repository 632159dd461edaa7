/* central-tip-sight.h: which tips somebody may see, and to whom they go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-accounts.h"

G_BEGIN_DECLS

/* Whoever sees the case whole; and, while or after its notice is out, the station that
 * is nearer to what was seen, and the reviewers above it: they see the notice, and
 * this one tip. */
gboolean central_account_sees_tip (const ReunionCentralAccount *account,
                                   ReunionCase *case_,
                                   ReunionTip *tip);

/* Looks for a station that is nearer to the point of @tip than the station of @case_
 * is (or, where nobody has said where that one stands, the place of loss), and notes
 * it in the tip. Within 1000 km: beyond, nobody goes and looks. */
gboolean central_tip_find_station (CentralService *service,
                                   ReunionTip *tip,
                                   ReunionCase *case_,
                                   GError **error);

G_END_DECLS
