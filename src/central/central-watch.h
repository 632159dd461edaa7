/* central-watch.h: answers that stay open, ended with the right to them
 *
 * A stream goes on as long as the sign-in that opened it is kept fresh: until all
 * its access tokens have run out, or it is ended. What this process ends is seen
 * with the commit, what another one does within ten seconds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "central-service.h"

G_BEGIN_DECLS

typedef struct _CentralWatch CentralWatch;

CentralWatch *central_watch_new (CentralService *service);
void central_watch_free (CentralWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CentralWatch, central_watch_free)

/* Watches @message, which was authorized with @token, until it is finished. */
void central_watch_add (CentralWatch *self, SoupServerMessage *message, const char *token);

/* Tokens were made void; looked at with the next commit. */
void central_watch_note_change (CentralService *service);

G_END_DECLS
