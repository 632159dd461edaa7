/* central-partner-tip.h: a tip that a partner passes on, as a call
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-request.h"

G_BEGIN_DECLS

/* Answers POST /v1/partners/:/tips of @partner, whose signature was checked. A photo is
 * made safe in a thread first; nothing is acknowledged before it is stored. */
void central_partner_tip_answer (CentralRequest *request, const ReunionPartner *partner);

G_END_DECLS
