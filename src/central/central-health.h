/* central-health.h: whether the service is fit to be asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-request.h"

G_BEGIN_DECLS

/* How far behind the escalation, and a delivery that nothing holds up, may be. */
#define CENTRAL_LATE_USEC (2 * G_TIME_SPAN_MINUTE)
/* What has to be free on the disk of the store. */
#define CENTRAL_FREE_BYTES (64 * 1024 * 1024)

/* Sentences (char *) about what is wrong; empty when all is well. Transfer full. */
GPtrArray *central_health_list_troubles (CentralService *service);
/* From now on it is not ready: it is about to end. */
void central_health_set_ending (CentralService *service);

/* GET /readyz: 200, or 503 with what is wrong. */
void central_health_handle_ready (CentralRequest *request);

G_END_DECLS
