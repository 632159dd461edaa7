/* central-sessions.h: tokens: given out, exchanged, made void
 *
 * A sign-in gives an access token, good for 15 minutes, and a refresh token, good
 * once and for a week, at most 30 days after the sign-in. A refresh token is
 * exchanged for the next of both; one that is used a second time makes all that
 * came of the sign-in void, for then two have it. The same exchange, repeated
 * under its Idempotency-Key because its answer was lost, gives the same tokens as
 * long as they have not been exchanged in turn: they are worked out from the old
 * token and the key, so nothing that is stored gives them away.
 *
 * Signing out, a locked account and a changed role, region, station or password
 * end what there is at once, streams too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-request.h"

G_BEGIN_DECLS

#define CENTRAL_ACCESS_USEC (15 * G_TIME_SPAN_MINUTE)
#define CENTRAL_REFRESH_USEC (7 * G_TIME_SPAN_DAY)
#define CENTRAL_FAMILY_USEC (30 * G_TIME_SPAN_DAY)

/* SHA-256 in hexadecimal: what is stored of a token. Transfer full. */
char *central_sessions_hash_token (const char *token);
/* 32 random bytes in base64url. Transfer full. */
char *central_sessions_make_token (void);
/* The same, worked out from @secret, @purpose and @key. Transfer full. */
char *central_sessions_derive_token (const char *secret, const char *purpose, const char *key);

/* Gives tokens out, in a transaction of its own. The JSON of the session; transfer
 * full. */
char *central_sessions_open (CentralService *service,
                             const ReunionCentralAccount *account,
                             const char *origin,
                             GError **error);

/* Ends all that @account has, within a transaction. */
gboolean central_sessions_end_all (CentralService *service, const char *account, GError **error);

/* The routes. */
void central_sessions_handle_post (CentralRequest *request);
void central_sessions_handle_refresh (CentralRequest *request);
void central_sessions_handle_revoke (CentralRequest *request);

G_END_DECLS
