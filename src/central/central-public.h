/* central-public.h: what everybody may fetch of a notice, without signing in
 *
 * The photos and the alert for programs; central-alert.h has the page. All of it holds
 * as long as the search goes on. Once it has ended a photo is gone (410), and the alert
 * is the cancellation. A case that was never published looks just like one that there
 * is not: 404.
 *
 * Nothing may be kept without asking again (no-cache), for a withdrawn notice is
 * withdrawn everywhere at once; an entity tag makes asking cheap. No search engine
 * is to keep copies.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-request.h"

G_BEGIN_DECLS

/* GET and HEAD /alerts/:/photo/N, N from 1: the photo without its metadata. */
void central_public_handle_photo (CentralRequest *request);
/* GET and HEAD /alerts/:/cap, the last message to the public as CAP 1.2. A copy may
 * be shown for thirty days without asking again. */
void central_public_handle_cap (CentralRequest *request);

G_END_DECLS
