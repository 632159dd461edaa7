/* central-people.h: accounts, and who may manage them
 *
 * A national administrator manages all; a county's those whose region begins with
 * its own, and never a national administrator. What is outside is not there for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-request.h"
#include "reunion-central-accounts.h"

G_BEGIN_DECLS

/* Adds an account, in a transaction of its own. @actor: who does it, or NULL for
 * whoever sits at the machine. Of @account, name, role, and station (may be NULL) or
 * region (may be NULL where there is a station: its county) are taken; @password is
 * hashed. Errors: CENTRAL_ERROR with a sentence; CENTRAL_ERROR_CONFLICT when there
 * is one of that name. */
gboolean central_accounts_add (CentralService *service,
                               const ReunionCentralAccount *actor,
                               const ReunionCentralAccount *account,
                               const char *password,
                               GError **error);

/* Whether @region begins with the region that @actor administers. */
gboolean central_people_manages (const ReunionCentralAccount *actor, const char *region);
/* GB/T 2260: "", or the digits of a province, prefecture or county; what follows as
 * zeros is left out ("520000" is "52"). NULL, with a sentence in @error, for
 * anything else. Transfer full. */
char *central_people_parse_region (const char *text, GError **error);

/* The account, if @actor may manage it; else CENTRAL_ERROR_NOT_FOUND. Transfer full. */
ReunionAccountEntry *central_people_require (CentralService *service,
                                             const ReunionCentralAccount *actor,
                                             const char *account,
                                             GError **error);

/* The same as central_accounts_add() within a transaction, with @account's
 * password_hash in place of the password. */
gboolean central_people_add (CentralService *service,
                             const ReunionCentralAccount *actor,
                             const ReunionCentralAccount *account,
                             const char *origin,
                             GError **error);
/* Writes @changed and @is_locked over @entry, within a transaction; where more than
 * the name differs all tokens of the account end. */
gboolean central_people_change (CentralService *service,
                                const ReunionCentralAccount *actor,
                                const ReunionAccountEntry *entry,
                                const ReunionCentralAccount *changed,
                                gboolean is_locked,
                                const char *origin,
                                GError **error);

/* At least 8 characters, at most 256 bytes, and not the name itself. */
gboolean central_people_check_password (const char *account, const char *password, GError **error);

/* Argon2id as central_accounts_hash_password() makes it, but the same for the same
 * @seed: so that a request that is repeated is the same request, and what is stored
 * of it no quicker to guess from. Slow. Transfer full. */
char *central_people_hash_password (const char *password, const char *seed);

/* The routes. */
void central_people_handle_list (CentralRequest *request);
void central_people_handle_get (CentralRequest *request);
void central_people_handle_create (CentralRequest *request);
void central_people_handle_change (CentralRequest *request);

G_END_DECLS
