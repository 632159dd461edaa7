/* desk-credentials.h: who may use this PC while the service can't be asked
 *
 * The service alone knows who is an officer. A password that it has accepted is
 * kept on this PC as an Argon2id hash, so that the same person can sign in when
 * the network is down; nothing else opens the desk then.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-station-store.h"

G_BEGIN_DECLS

/**
 * DeskCredentialsAnswer:
 * @DESK_CREDENTIALS_FIT: the service accepted this password here before
 * @DESK_CREDENTIALS_DIFFER: it accepted another; only the service can tell
 * @DESK_CREDENTIALS_UNKNOWN: this account has not signed in here before
 * @DESK_CREDENTIALS_FRESH: nobody has signed in here before: the PC is new and
 *   holds nothing that could be seen
 */
typedef enum
{
  DESK_CREDENTIALS_FIT,
  DESK_CREDENTIALS_DIFFER,
  DESK_CREDENTIALS_UNKNOWN,
  DESK_CREDENTIALS_FRESH,
} DeskCredentialsAnswer;

/* Takes about a tenth of a second, as it is meant to. */
DeskCredentialsAnswer
desk_credentials_check (ReunionStationStore *store, const char *account, const char *password);
/* The service has accepted it. A failure is logged: the next sign-in then needs
 * the service. */
void
desk_credentials_remember (ReunionStationStore *store, const char *account, const char *password);

/* The service refuses what it had accepted: it opens this PC no more. */
void desk_credentials_forget (ReunionStationStore *store, const char *account);

/* Name of the account that signed in last, NULL for none. Transfer full. */
char *desk_credentials_get_last_account (ReunionStationStore *store);

G_END_DECLS
