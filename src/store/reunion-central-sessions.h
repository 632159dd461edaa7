/* reunion-central-sessions.h: families of tokens: what one sign-in gave out
 *
 * An access token is good for some minutes, a refresh token once: it is exchanged
 * for the next of each. Of all only the SHA-256, in hexadecimal, is kept. Times are
 * microseconds since the epoch.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-central-store.h"

G_BEGIN_DECLS

/**
 * ReunionTokens:
 *
 * The hashes of a pair that is given out together.
 */
typedef struct
{
  const char *access_hash;
  gint64 access_expires_usec;
  const char *refresh_hash;
  gint64 refresh_expires_usec;
} ReunionTokens;

/**
 * ReunionRefresh:
 * @next_hash: of the token that it was exchanged for; NULL while it was not
 * @is_next_used: whether that was exchanged in turn
 * @is_ended: signed out, revoked, or a token was used twice
 */
typedef struct
{
  char *family;
  char *account;
  gint64 started_usec;
  gint64 expires_usec;
  char *next_hash;
  gboolean is_next_used;
  gboolean is_ended;
} ReunionRefresh;

void reunion_refresh_free (ReunionRefresh *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionRefresh, reunion_refresh_free)

/* Drops what ran out before @now_usec. */
gboolean reunion_central_store_start_family (ReunionCentralStore *self,
                                             const char *family,
                                             const char *account,
                                             gint64 now_usec,
                                             GError **error);
gboolean reunion_central_store_put_tokens (ReunionCentralStore *self,
                                           const char *family,
                                           const char *account,
                                           const ReunionTokens *tokens,
                                           GError **error);
/* NULL without error when there is none. Transfer full. */
ReunionRefresh *
reunion_central_store_find_refresh (ReunionCentralStore *self, const char *hash, GError **error);
/* FALSE in *@is_first when somebody else has exchanged it meanwhile. */
gboolean reunion_central_store_use_refresh (ReunionCentralStore *self,
                                            const char *hash,
                                            const char *next_hash,
                                            gint64 now_usec,
                                            gboolean *is_first,
                                            GError **error);

/* The family of an access token; NULL without error for one without, or none.
 * Transfer full. */
char *
reunion_central_store_find_family (ReunionCentralStore *self, const char *hash, GError **error);
/* No token of it is good any more. */
gboolean reunion_central_store_end_family (ReunionCentralStore *self,
                                           const char *family,
                                           gint64 now_usec,
                                           GError **error);
gboolean
reunion_central_store_end_session (ReunionCentralStore *self, const char *hash, GError **error);
/* The same for all that an account has. */
gboolean reunion_central_store_end_sessions_of (ReunionCentralStore *self,
                                                const char *account,
                                                gint64 now_usec,
                                                GError **error);

/* The families that were ended at @since_usec or later: a set of ids, empty when they
 * can't be read. Transfer full. */
GHashTable *reunion_central_store_list_ended_families (ReunionCentralStore *self,
                                                       gint64 since_usec);

/* When the last access token of the family (or, where @family is NULL, the token of
 * @hash) runs out; 0 when none is good. */
gint64 reunion_central_store_get_fresh_until_usec (ReunionCentralStore *self,
                                                   const char *family,
                                                   const char *hash);

G_END_DECLS
