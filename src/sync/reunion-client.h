/* reunion-client.h: talking to the central service
 *
 * Owns the HTTP session and the officer's token. All calls are asynchronous
 * and on the thread that made the client.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "reunion-case-state.h"

G_BEGIN_DECLS

#define REUNION_SYNC_ERROR (reunion_sync_error_quark ())
GQuark reunion_sync_error_quark (void);

/**
 * ReunionSyncError:
 * @REUNION_SYNC_ERROR_OFFLINE: the service can't be reached; try again later
 * @REUNION_SYNC_ERROR_UNAVAILABLE: it answered that it can't now; try later
 * @REUNION_SYNC_ERROR_SIGN_IN: not signed in, or the session has ended
 * @REUNION_SYNC_ERROR_REFUSED: it refused, with a sentence; trying again won't help
 * @REUNION_SYNC_ERROR_NONSENSE: what answered is not the service, or not in order
 * @REUNION_SYNC_ERROR_ABSENT: there is no such thing, and nothing wrong with that
 */
typedef enum
{
  REUNION_SYNC_ERROR_OFFLINE,
  REUNION_SYNC_ERROR_UNAVAILABLE,
  REUNION_SYNC_ERROR_SIGN_IN,
  REUNION_SYNC_ERROR_REFUSED,
  REUNION_SYNC_ERROR_NONSENSE,
  REUNION_SYNC_ERROR_ABSENT,
} ReunionSyncError;

/**
 * ReunionAccount:
 *
 * Who is signed in. @station is the code, @region the GB/T 2260 prefix.
 */
typedef struct
{
  char *account;
  char *name;
  ReunionRole role;
  char *station;
  char *station_name;
  char *station_phone;
  char *region;
} ReunionAccount;

void reunion_account_free (ReunionAccount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionAccount, reunion_account_free)

#define REUNION_TYPE_CLIENT (reunion_client_get_type ())
G_DECLARE_FINAL_TYPE (ReunionClient, reunion_client, REUNION, CLIENT, GObject)

/* @base_url such as "http://127.0.0.1:8700". Transfer full. */
ReunionClient *reunion_client_new (const char *base_url);
const char *reunion_client_get_base_url (ReunionClient *self);

/* Signs in and keeps, in memory, what the service gave for it: a token for some
 * minutes, which is renewed before it runs out and when it is refused, one renewal at
 * a time, without asking for the password, which is not kept. While the service can't
 * be reached all stays as it is. Where the service refuses the password, the renewal,
 * or the renewed token, nobody is signed in any more. */
void reunion_client_sign_in_async (ReunionClient *self,
                                   const char *account,
                                   const char *password,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean reunion_client_sign_in_finish (ReunionClient *self, GAsyncResult *result, GError **error);
/* The service is told, if it can be reached; here it is done at once. */
void reunion_client_sign_out (ReunionClient *self);
/* NULL while nobody is. Transfer none. */
const ReunionAccount *reunion_client_get_account (ReunionClient *self);

/* One request. @path begins with "/v1/". @body may be NULL; @media_type says
 * what it is. @idempotency_key may be NULL. The answer is the body of a 2xx;
 * every other status is an error above. Renews the token, once, on 401. */
void reunion_client_send_async (ReunionClient *self,
                                const char *method,
                                const char *path,
                                GBytes *body,
                                const char *media_type,
                                const char *idempotency_key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* The same for a change of something that was read before: @if_match, an entity
 * tag with its quotes or NULL, goes along as If-Match, so that it is refused
 * when that has changed since. Ends with reunion_client_send_finish(). */
void reunion_client_send_matching_async (ReunionClient *self,
                                         const char *method,
                                         const char *path,
                                         GBytes *body,
                                         const char *media_type,
                                         const char *idempotency_key,
                                         const char *if_match,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
GBytes *reunion_client_send_finish (ReunionClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
