/* central-alert.h: the page of a notice, where the code on the poster leads
 *
 * As long as the search goes on: the notice, how far people look, how to give a tip and
 * how to tell that it is real. Once it has ended the page says so and nothing of the
 * person; once the data is erased, with 410. A case that was never published looks
 * just like one that there is not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-request.h"

#include "central-map.h"

G_BEGIN_DECLS

/* GET and HEAD /alerts/:. */
void central_alert_handle_page (CentralRequest *request);
/* GET and HEAD /alerts/:/map.svg, with ?lang= and ?at=LAT,LON for a mark. */
void central_alert_handle_map (CentralRequest *request);
/* GET and HEAD /favicon.ico, for which browsers ask by themselves. */
void central_alert_handle_icon (CentralRequest *request);
/* GET and HEAD /notice/:, where older posters lead. */
void central_alert_handle_redirect (CentralRequest *request);

/* What the map of @case_ shows; FALSE when it names no point. */
gboolean central_alert_get_map (CentralRequest *request, ReunionCase *case_, CentralMap *map);

G_END_DECLS
