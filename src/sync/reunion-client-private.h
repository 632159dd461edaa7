/* reunion-client-private.h: what the event stream needs of the client
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "reunion-client.h"

G_BEGIN_DECLS

/* Transfer none. */
SoupSession *reunion_client_get_session (ReunionClient *self);
/* A message with the token and without redirections; NULL when base address
 * and path make no URL. Transfer full. */
SoupMessage *
reunion_client_make_message (ReunionClient *self, const char *method, const char *path);
/* TRUE for 2xx; else the error that the status and the problem details in
 * @body mean. */
gboolean
reunion_client_check_status (SoupMessage *message, const char *body, gsize length, GError **error);
/* A transport's error as REUNION_SYNC_ERROR_OFFLINE; cancellation and our own
 * errors as they are. Transfer full. */
GError *reunion_client_translate_error (const GError *error);

G_END_DECLS
