/* central-review.h: the course of a case: filing, decision, closing
 *
 * Each function is one transaction's worth of writing and is called within
 * one; the caller begins and ends it. The account must see the case whole.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-accounts.h"

G_BEGIN_DECLS

/* Whether the account may take steps of the case: it must see it whole. A
 * reviewer may do all that an officer may. */
gboolean central_review_check_sight (const ReunionCentralAccount *account,
                                     ReunionCase *case_,
                                     GError **error);
/* Whether what @filed says can be published: the publishing standard holds, the
 * ID number is one, and the photos have arrived. */
gboolean central_review_check_content (CentralService *service, ReunionCase *filed, GError **error);

/* Takes in a first filing or the new version of a returned one. What the
 * desk says of the course of the case is passed over: state, stage and times
 * are the service's. A filing by a reviewer is approved at once. The answer is
 * the case as it now stands; transfer full. */
ReunionCase *central_review_submit (CentralService *service,
                                    const ReunionCentralAccount *account,
                                    ReunionCase *filed,
                                    GError **error);

/* @action: REUNION_CASE_ACTION_APPROVE, _RETURN or _REJECT; the last two need a
 * reason, and a return may have @fields, ReunionFieldReason, beside it. Approval
 * publishes at the radius that the clock has reached. */
ReunionCase *central_review_decide (CentralService *service,
                                    const ReunionCentralAccount *account,
                                    const char *case_id,
                                    ReunionCaseAction action,
                                    const char *reason,
                                    GArray *fields,
                                    GError **error);

/* Ends a published case and withdraws its notice at every partner told. */
ReunionCase *central_review_close (CentralService *service,
                                   const ReunionCentralAccount *account,
                                   const char *case_id,
                                   ReunionOutcome outcome,
                                   const char *note,
                                   GError **error);

G_END_DECLS
