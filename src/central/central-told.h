/* central-told.h: who was told how far
 *
 * A ring begins where what that partner was told before ends: not where the
 * policy's stage before does, for the policy may have changed, the partner may
 * have joined since, or may never have taken that stage.
 *
 * A partner that joins later is not sent the notices that are out already: its
 * users would be woken by old cases, all at once. It sees them at GET /v1/alerts,
 * and has the next stage of each with the whole circle.
 *
 * A partner whose address was taken away is sent nothing more; what it should have
 * been told of a case that it was told of before, an update or a withdrawal, stands
 * at once among the dead letters, so that an administrator sees whom to call.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-service.h"

G_BEGIN_DECLS

/* The number of the stage that the case has reached, and its circle as it is now;
 * FALSE when it is not out. */
gboolean central_told_get_stage (CentralService *service, ReunionCase *case_, ReunionStage *stage);
/* Around the place of @case_; -1 with @error set. */
double central_told_get_radius_km (CentralService *service,
                                   ReunionCase *case_,
                                   const ReunionPartner *partner,
                                   GError **error);
/* Whether the next stage covers nobody whom @told_km does not. */
gboolean central_told_is_enough (CentralService *service,
                                 ReunionCase *case_,
                                 ReunionPushKind kind,
                                 double told_km);
/* After the delivery was added; @stage NULL for a withdrawal. */
gboolean central_told_record (CentralService *service,
                              ReunionCase *case_,
                              const ReunionPartner *partner,
                              const ReunionDelivery *delivery,
                              const ReunionStage *stage,
                              GError **error);

G_END_DECLS
