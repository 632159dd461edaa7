/* central-form-token.h: what stands in a form, so that it is taken once
 *
 * Made anew for each form that is shown: when it was made, for which case, and an id,
 * signed with a key that the store keeps. The id is that of the tip at its origin, so
 * that the same form sent twice is one tip; a form that the service did not make is
 * none of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-service.h"

G_BEGIN_DECLS

/* Transfer full; NULL with @error set. */
char *central_form_token_make (CentralService *service, const char *case_id, GError **error);
/* The id in @token, and when it was made; NULL when it is none of ours for @case_id,
 * with @error set only when that can't be told. Transfer full. */
char *central_form_token_read (CentralService *service,
                               const char *case_id,
                               const char *token,
                               gint64 *made_usec,
                               GError **error);

G_END_DECLS
