/* central-amend.h: the amendment of a published case
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-request.h"

G_BEGIN_DECLS

/* Takes in what @amended says of a published case, report and photos; its
 * course stays the service's. @if_match is the value of the header (NULL when it
 * is missing): the entity tag of what the amendment was based on. It fits as
 * long as nobody has changed the case since; that the service let the circle
 * grow meanwhile changes nothing that an amendment says.
 *
 * The place in the escalation follows the amended time of loss. What has been
 * told is never taken back: a later time lets the circle wait, and an earlier one
 * lets it grow at once. When the notice says something else now, every partner
 * told before is sent it: without anybody to alert anew as long as the centre
 * stays, and for the whole circle once it has moved.
 *
 * One transaction's worth of writing; the caller begins and ends it. The answer
 * is the case as it now stands; transfer full. */
ReunionCase *central_amend (CentralService *service,
                            const ReunionCentralAccount *account,
                            const char *case_id,
                            ReunionCase *amended,
                            const char *if_match,
                            const char *reason,
                            GError **error);

/* Answers POST /v1/cases/:/amendment: {"case": …, "reason": …}. */
void central_amend_handle_post (CentralRequest *request);

G_END_DECLS
