/* central-escalation.h: lets the circles grow when their time has come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-service.h"

G_BEGIN_DECLS

/* Brings every published case to the stage that the service's clock gives it:
 * one transaction a case, one push for the stage that is due now, however many
 * were missed. *@n_escalated, if not NULL, says how many. */
gboolean central_escalation_run (CentralService *service, guint *n_escalated, GError **error);

#define CENTRAL_TYPE_ESCALATION (central_escalation_get_type ())
G_DECLARE_FINAL_TYPE (CentralEscalation, central_escalation, CENTRAL, ESCALATION, GObject)

/* Runs it at start, after every commit and whenever the next stage falls due;
 * looks at the clock at least once a second, so that a clock that is set
 * forward or back is noticed. Transfer full. */
CentralEscalation *central_escalation_new (CentralService *service);
void central_escalation_stop (CentralEscalation *self);

G_END_DECLS
