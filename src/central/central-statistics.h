/* central-statistics.h: the figures of the service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-request.h"

G_BEGIN_DECLS

/* GET /v1/statistics?from=&to=&region=: one period for each year of service, or that
 * from @from to @to (RFC 3339), of all regions or those whose code begins with
 * @region; and the sum of all. JSON, or CSV for who accepts that alone. */
void central_statistics_handle_get (CentralRequest *request);

G_END_DECLS
