/* central-metrics.h: figures for Prometheus, in its text format 0.0.4
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-request.h"

G_BEGIN_DECLS

/* Whoever bears @token ("Authorization: Bearer …") may read them from anywhere.
 * NULL for nobody: then only who calls from this machine, and not through a proxy
 * on it, may. */
void central_metrics_set_token (CentralService *service, const char *token);

/* Transfer full. */
char *central_metrics_to_text (CentralService *service);

/* GET /metrics. */
void central_metrics_handle_get (CentralRequest *request);

G_END_DECLS
