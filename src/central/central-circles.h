/* central-circles.h: which notices are out where somebody is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-request.h"

G_BEGIN_DECLS

/* GET /v1/alerts?lat=&lon=&limit=: notices whose current circle holds the point, on
 * WGS-84, the latest issued first. What a partner is pushed, and no more. */
void central_circles_handle_get (CentralRequest *request);

G_END_DECLS
