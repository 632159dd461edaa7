/* central-sessions.c: tokens: given out, exchanged, made void
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-sessions.h"

#include "central-audit.h"
#include "central-limits.h"
#include "central-people.h"
#include "central-watch.h"
#include "reunion-central-accounts.h"
#include "reunion-central-sessions.h"
#include "reunion-wire.h"

#include <sodium.h>
#include <string.h>

#define TOKEN_BYTES 32
#define ENCODED_BYTES                                                                              \
  sodium_base64_ENCODED_LEN (TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
#define MAX_KEY_BYTES 200
#define MAX_TOKEN_BYTES 200

G_STATIC_ASSERT (TOKEN_BYTES == crypto_auth_hmacsha256_BYTES);

char *
central_sessions_hash_token (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

static char *
encode (const guint8 *bytes)
{
  char text[ENCODED_BYTES];

  sodium_bin2base64 (text, sizeof text, bytes, TOKEN_BYTES,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return g_strdup (text);
}

char *
central_sessions_make_token (void)
{
  guint8 bytes[TOKEN_BYTES];

  randombytes_buf (bytes, sizeof bytes);
  return encode (bytes);
}

char *
central_sessions_derive_token (const char *secret, const char *purpose, const char *key)
{
  crypto_auth_hmacsha256_state state;
  guint8 bytes[TOKEN_BYTES];

  crypto_auth_hmacsha256_init (&state, (const guchar *) secret, strlen (secret));
  crypto_auth_hmacsha256_update (&state, (const guchar *) purpose, strlen (purpose) + 1);
  crypto_auth_hmacsha256_update (&state, (const guchar *) key, strlen (key));
  crypto_auth_hmacsha256_final (&state, bytes);
  return encode (bytes);
}

/* --- giving tokens out ---------------------------------------------------------- */

typedef struct
{
  char *access;
  char *refresh;
  gint64 access_expires_usec;
  gint64 refresh_expires_usec;
} Pair;

static void
pair_clear (Pair *pair)
{
  g_free (pair->access);
  g_free (pair->refresh);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static char *
make_answer (const ReunionCentralAccount *account, const Pair *pair)
{
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonObject *who = json_object_new ();

  json_object_set_string_member (answer, "token", pair->access);
  reunion_json_put_time (answer, "expires", pair->access_expires_usec);
  /* For who has no good clock. */
  json_object_set_int_member (answer, "expires_in", CENTRAL_ACCESS_USEC / G_TIME_SPAN_SECOND);
  json_object_set_string_member (answer, "refresh_token", pair->refresh);
  reunion_json_put_time (answer, "refresh_expires", pair->refresh_expires_usec);
  json_object_set_string_member (who, "account", account->account);
  json_object_set_string_member (who, "name", account->name);
  json_object_set_string_member (who, "role", reunion_role_to_key (account->role));
  reunion_json_put_string (who, "station", account->station);
  reunion_json_put_string (who, "station_name", account->station_name);
  reunion_json_put_string (who, "station_phone", account->station_phone);
  reunion_json_put_string (who, "region", account->region);
  json_object_set_object_member (answer, "account", who);
  return reunion_json_to_text (answer);
}

static gboolean
store_pair (CentralService *service,
            const char *family,
            const char *account,
            const Pair *pair,
            GError **error)
{
  g_autofree char *access_hash = central_sessions_hash_token (pair->access);
  g_autofree char *refresh_hash = central_sessions_hash_token (pair->refresh);
  const ReunionTokens tokens = {
    .access_hash = access_hash,
    .access_expires_usec = pair->access_expires_usec,
    .refresh_hash = refresh_hash,
    .refresh_expires_usec = pair->refresh_expires_usec,
  };

  return reunion_central_store_put_tokens (central_service_get_store (service), family, account,
                                           &tokens, error);
}

char *
central_sessions_open (CentralService *service,
                       const ReunionCentralAccount *account,
                       const char *origin,
                       GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  const gint64 now_usec = central_service_get_now_usec (service);
  g_autofree char *family = g_uuid_string_random ();
  g_auto (Pair) pair = {
    .access = central_sessions_make_token (),
    .refresh = central_sessions_make_token (),
    .access_expires_usec = now_usec + CENTRAL_ACCESS_USEC,
    .refresh_expires_usec = now_usec + CENTRAL_REFRESH_USEC,
  };

  if (!reunion_central_store_begin (store, error))
    return NULL;
  if (!reunion_central_store_start_family (store, family, account->account, now_usec, error)
      || !store_pair (service, family, account->account, &pair, error)
      || !central_audit_add (service, account->account, "sign_in", NULL, origin, error))
    {
      reunion_central_store_rollback (store);
      return NULL;
    }
  return reunion_central_store_commit (store, error) ? make_answer (account, &pair) : NULL;
}

/* --- exchanging ------------------------------------------------------------------- */

static void
set_ended (GError **error)
{
  g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_UNAUTHORIZED,
                       "This session has ended. Sign in again.");
}

/* Two have the token: neither may go on. */
static void
end_family (CentralService *service, const ReunionRefresh *refresh, const char *origin)
{
  ReunionCentralStore *store = central_service_get_store (service);
  g_autoptr (GError) error = NULL;
  gboolean ok = reunion_central_store_begin (store, &error);

  if (ok)
    {
      ok = reunion_central_store_end_family (store, refresh->family,
                                             central_service_get_now_usec (service), &error)
           && central_audit_add (service, refresh->account, "session.reused", NULL, origin, &error);
      central_watch_note_change (service);
      ok = central_service_finish (service, ok, &error);
    }
  if (!ok)
    g_warning ("A session whose token was used twice could not be ended: %s", error->message);
}

/* The next pair, the same for the same key. */
static void
derive_pair (Pair *pair, const ReunionRefresh *refresh, const char *token, const char *key)
{
  pair->access = central_sessions_derive_token (token, "access", key);
  pair->refresh = central_sessions_derive_token (token, "refresh", key);
  pair->refresh_expires_usec
      = MIN (pair->refresh_expires_usec, refresh->started_usec + CENTRAL_FAMILY_USEC);
}

static gboolean
exchange (CentralService *service,
          const ReunionRefresh *refresh,
          const char *token_hash,
          const Pair *pair,
          gboolean *is_first,
          GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  g_autofree char *next_hash = central_sessions_hash_token (pair->refresh);

  if (!reunion_central_store_begin (store, error))
    return FALSE;
  if (!reunion_central_store_use_refresh (store, token_hash, next_hash,
                                          central_service_get_now_usec (service), is_first, error)
      || (*is_first && !store_pair (service, refresh->family, refresh->account, pair, error)))
    {
      reunion_central_store_rollback (store);
      return FALSE;
    }
  return reunion_central_store_commit (store, error);
}

static char *
refresh_session (CentralService *service,
                 const char *token,
                 const char *key,
                 const char *origin,
                 GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  const gint64 now_usec = central_service_get_now_usec (service);
  g_autofree char *token_hash = central_sessions_hash_token (token);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ReunionRefresh) refresh
      = reunion_central_store_find_refresh (store, token_hash, &local_error);
  g_autoptr (ReunionAccountEntry) entry = NULL;
  g_auto (Pair) pair = {
    .access_expires_usec = now_usec + CENTRAL_ACCESS_USEC,
    .refresh_expires_usec = now_usec + CENTRAL_REFRESH_USEC,
  };
  g_autofree char *next_hash = NULL;
  gboolean is_first = FALSE;

  if (refresh != NULL)
    entry = reunion_central_store_find_account_entry (store, refresh->account, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (refresh == NULL || refresh->is_ended || refresh->expires_usec <= now_usec || entry == NULL
      || entry->is_locked)
    {
      set_ended (error);
      return NULL;
    }
  derive_pair (&pair, refresh, token, key);
  next_hash = central_sessions_hash_token (pair.refresh);
  if (refresh->next_hash == NULL
      && !exchange (service, refresh, token_hash, &pair, &is_first, error))
    return NULL;
  if (is_first)
    return make_answer (entry->account, &pair);
  /* Another service has exchanged it in this very moment: for what? */
  if (refresh->next_hash == NULL)
    {
      g_clear_pointer (&refresh, reunion_refresh_free);
      refresh = reunion_central_store_find_refresh (store, token_hash, &local_error);
    }
  /* The same exchange, whose answer was lost. */
  if (refresh != NULL && g_strcmp0 (refresh->next_hash, next_hash) == 0 && !refresh->is_next_used)
    {
      g_autofree char *access_hash = central_sessions_hash_token (pair.access);
      g_autoptr (ReunionRefresh) next
          = reunion_central_store_find_refresh (store, next_hash, &local_error);

      if (next != NULL)
        {
          pair.access_expires_usec
              = reunion_central_store_get_fresh_until_usec (store, NULL, access_hash);
          pair.refresh_expires_usec = next->expires_usec;
          return make_answer (entry->account, &pair);
        }
    }
  else if (refresh != NULL)
    end_family (service, refresh, origin);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    set_ended (error);
  return NULL;
}

/* --- the routes --------------------------------------------------------------------- */

typedef struct
{
  SoupServerMessage *message;
  char *account;
  char *address;
} SignIn;

static void
sign_in_free (SignIn *sign_in)
{
  g_object_unref (sign_in->message);
  g_free (sign_in->account);
  g_free (sign_in->address);
  g_free (sign_in);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SignIn, sign_in_free)

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CentralService *service = CENTRAL_SERVICE (source);
  g_autoptr (SignIn) sign_in = user_data;
  CentralLimits *limits = central_limits_get (service);
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = central_accounts_sign_in_finish (service, result, &error);

  /* Only what was wrong counts. */
  if (!g_error_matches (error, CENTRAL_ERROR, CENTRAL_ERROR_UNAUTHORIZED))
    {
      central_limits_give_back (limits, CENTRAL_LIMIT_SIGN_IN_ACCOUNT, sign_in->account);
      central_limits_give_back (limits, CENTRAL_LIMIT_SIGN_IN_ADDRESS, sign_in->address);
    }
  if (answer != NULL)
    central_request_respond (sign_in->message, SOUP_STATUS_CREATED, answer);
  else
    central_request_fail (sign_in->message, error);
  soup_server_message_unpause (sign_in->message);
}

void
central_sessions_handle_post (CentralRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = central_request_parse_body (request, &error);
  CentralLimits *limits = central_limits_get (request->service);
  const gint64 now_usec = central_service_get_now_usec (request->service);
  const char *account, *password;
  SignIn *sign_in;
  gint64 wait_s;

  if (body == NULL || (account = reunion_json_get_string (body, "account", &error)) == NULL
      || (password = reunion_json_get_string (body, "password", &error)) == NULL)
    {
      central_request_fail (request->message, error);
      return;
    }
  sign_in = g_new0 (SignIn, 1);
  sign_in->message = g_object_ref (request->message);
  sign_in->account = g_strdup (account);
  sign_in->address = central_limits_get_address (limits, request->message);
  /* Before the password is looked at, so that many at once don't slip through. */
  wait_s = central_limits_take (limits, CENTRAL_LIMIT_SIGN_IN_ADDRESS, sign_in->address, now_usec);
  if (wait_s == 0)
    {
      wait_s = central_limits_take (limits, CENTRAL_LIMIT_SIGN_IN_ACCOUNT, account, now_usec);
      if (wait_s > 0)
        central_limits_give_back (limits, CENTRAL_LIMIT_SIGN_IN_ADDRESS, sign_in->address);
    }
  if (wait_s > 0)
    {
      central_limits_refuse (request->message, wait_s);
      sign_in_free (sign_in);
      return;
    }
  soup_server_message_pause (request->message);
  central_accounts_sign_in_async (request->service, account, password, sign_in->address,
                                  signed_in_cb, sign_in);
}

void
central_sessions_handle_refresh (CentralRequest *request)
{
  const char *key = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "Idempotency-Key");
  CentralLimits *limits = central_limits_get (request->service);
  const gint64 now_usec = central_service_get_now_usec (request->service);
  g_autofree char *address = central_limits_get_address (limits, request->message);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = central_request_parse_body (request, &error);
  const char *token = NULL;
  g_autofree char *answer = NULL;
  gint64 wait_s;

  if (body != NULL)
    token = reunion_json_get_string (body, "refresh_token", &error);
  if (token == NULL)
    {
      central_request_fail (request->message, error);
      return;
    }
  if (key == NULL || *key == '\0' || strlen (key) > MAX_KEY_BYTES)
    {
      central_request_refuse (request->message, CENTRAL_ERROR_BAD_REQUEST,
                              "The header Idempotency-Key is needed, with an id of at most 200 "
                              "bytes that is new for each operation.");
      return;
    }
  wait_s = central_limits_peek (limits, CENTRAL_LIMIT_SIGN_IN_ADDRESS, address, now_usec);
  if (wait_s > 0)
    {
      central_limits_refuse (request->message, wait_s);
      return;
    }
  if (strlen (token) <= MAX_TOKEN_BYTES)
    answer = refresh_session (request->service, token, key, address, &error);
  else
    set_ended (&error);
  if (answer != NULL)
    {
      central_request_respond (request->message, SOUP_STATUS_CREATED, answer);
      return;
    }
  if (g_error_matches (error, CENTRAL_ERROR, CENTRAL_ERROR_UNAUTHORIZED))
    central_limits_take (limits, CENTRAL_LIMIT_SIGN_IN_ADDRESS, address, now_usec);
  central_request_fail (request->message, error);
}

gboolean
central_sessions_end_all (CentralService *service, const char *account, GError **error)
{
  central_watch_note_change (service);
  return reunion_central_store_end_sessions_of (central_service_get_store (service), account,
                                                central_service_get_now_usec (service), error);
}

/* What was given out at the caller's own sign-in. */
static gboolean
end_own (CentralRequest *request, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (request->service);
  const char *authorization = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "Authorization");
  g_autofree char *hash = central_sessions_hash_token (authorization + strlen ("Bearer "));
  g_autoptr (GError) local_error = NULL;
  g_autofree char *family = reunion_central_store_find_family (store, hash, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  central_watch_note_change (request->service);
  if (family == NULL)
    return reunion_central_store_end_session (store, hash, error);
  return reunion_central_store_end_family (store, family,
                                           central_service_get_now_usec (request->service), error);
}

static char *
revoke_step (CentralRequest *request, JsonObject *body, GError **error)
{
  g_autofree char *address
      = central_limits_get_address (central_limits_get (request->service), request->message);
  const char *account = NULL;
  g_autoptr (ReunionAccountEntry) entry = NULL;

  if (!reunion_json_read_string (body, "account", &account, error))
    return NULL;
  if (account == NULL)
    return end_own (request, error)
                   && central_audit_add (request->service, request->account->account, "sign_out",
                                         NULL, address, error)
               ? g_strdup ("{}")
               : NULL;
  /* All that somebody has: one's own, or an administrator for others. */
  if (strcmp (account, request->account->account) != 0)
    {
      entry = central_people_require (request->service, request->account, account, error);
      if (entry == NULL)
        return NULL;
    }
  return central_sessions_end_all (request->service, account, error)
                 && central_audit_add (request->service, request->account->account,
                                       "sessions.revoke", account, address, error)
             ? g_strdup ("{}")
             : NULL;
}

void
central_sessions_handle_revoke (CentralRequest *request)
{
  central_request_run_once (request, SOUP_STATUS_OK, revoke_step);
}
