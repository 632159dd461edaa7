/* central-accounts.h: who calls, and what they may see
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-service.h"

G_BEGIN_DECLS

/**
 * CentralSight:
 * @CENTRAL_SIGHT_NONE: not at all
 * @CENTRAL_SIGHT_NOTICE: what the public may know
 * @CENTRAL_SIGHT_WHOLE: everything, tips too
 */
typedef enum
{
  CENTRAL_SIGHT_NONE,
  CENTRAL_SIGHT_NOTICE,
  CENTRAL_SIGHT_WHOLE,
} CentralSight;

/* An officer sees the station's own cases whole, a reviewer those of the
 * region: of a county, of a province, or, with "", of the nation. Everybody sees
 * the notices that were published. The one rule of who sees what. */
CentralSight central_account_get_sight (const ReunionCentralAccount *account, ReunionCase *case_);

/* The signed-in account that the value of an Authorization header (may be
 * NULL) stands for; else CENTRAL_ERROR_UNAUTHORIZED. Transfer full. */
ReunionCentralAccount *
central_accounts_authenticate (CentralService *service, const char *authorization, GError **error);

/* Checks the password away from the main thread (Argon2id is meant to be
 * slow), then opens a session. The answer is the JSON of the session. @origin: the
 * address that it comes from, for the audit. A locked account is
 * CENTRAL_ERROR_FORBIDDEN, to who knows its password. */
void central_accounts_sign_in_async (CentralService *service,
                                     const char *account,
                                     const char *password,
                                     const char *origin,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
char *
central_accounts_sign_in_finish (CentralService *service, GAsyncResult *result, GError **error);

/* Argon2id in libsodium's text form; with @is_cheap at the least cost, for
 * sample data whose passwords are known to all. Transfer full. */
char *central_accounts_hash_password (const char *password, gboolean is_cheap);

G_END_DECLS
