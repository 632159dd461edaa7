/* central-request.c: one call of the API, and how it is answered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-request.h"

#include "reunion-wire.h"

#include <string.h>

#define MAX_KEY_BYTES 200

static void
respond (SoupServerMessage *message, guint status, const char *media_type, const char *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, media_type, SOUP_MEMORY_COPY, text, strlen (text));
}

void
central_request_respond (SoupServerMessage *message, guint status, const char *json)
{
  respond (message, status, "application/json", json);
}

void
central_request_refuse (SoupServerMessage *message, guint status, const char *sentence)
{
  g_autofree char *problem = reunion_wire_problem_to_json (status, NULL, sentence);

  respond (message, status, "application/problem+json", problem);
}

void
central_request_fail (SoupServerMessage *message, const GError *error)
{
  g_autoptr (GError) translated = central_error_translate (g_error_copy (error));

  if (translated->domain == CENTRAL_ERROR)
    {
      if (translated->code == CENTRAL_ERROR_UNAUTHORIZED)
        soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                      "WWW-Authenticate", "Bearer");
      central_request_refuse (message, (guint) translated->code, translated->message);
      return;
    }
  g_warning ("A request failed: %s", translated->message);
  central_request_refuse (message, SOUP_STATUS_INTERNAL_SERVER_ERROR,
                          "The service could not do this just now. Try again later.");
}

gboolean
central_request_get_number (const CentralRequest *request,
                            const char *name,
                            gint64 min,
                            gint64 max,
                            gint64 fallback,
                            gint64 *value,
                            GError **error)
{
  const char *text = request->query != NULL ? g_hash_table_lookup (request->query, name) : NULL;

  *value = fallback;
  if (text == NULL)
    return TRUE;
  if (g_ascii_string_to_signed (text, 10, min, max, value, NULL))
    return TRUE;
  g_set_error (error, CENTRAL_ERROR, CENTRAL_ERROR_BAD_REQUEST,
               "“%s” must be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ".",
               name, min, max);
  return FALSE;
}

JsonObject *
central_request_parse_body (const CentralRequest *request, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (request->body, &length);

  return reunion_json_parse (text, (gssize) length, error);
}

ReunionCase *
central_request_find_seen_case (const CentralRequest *request, CentralSight *sight, GError **error)
{
  g_autoptr (ReunionCase) case_
      = central_service_require_case (request->service, request->parameter, error);

  if (case_ == NULL)
    return NULL;
  *sight = central_account_get_sight (request->account, case_);
  if (*sight != CENTRAL_SIGHT_NONE)
    return g_steal_pointer (&case_);
  g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_NOT_FOUND,
                       "There is no case with this id.");
  return NULL;
}

static char *
hash_request (const CentralRequest *request)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length;
  const guchar *bytes = g_bytes_get_data (request->body, &length);

  g_checksum_update (checksum, (const guchar *) soup_server_message_get_method (request->message),
                     -1);
  g_checksum_update (checksum, (const guchar *) " ", 1);
  g_checksum_update (checksum, (const guchar *) request->path, -1);
  g_checksum_update (checksum, (const guchar *) "\n", 1);
  if (length > 0)
    g_checksum_update (checksum, bytes, (gssize) length);
  return g_strdup (g_checksum_get_string (checksum));
}

/* TRUE when the request was answered from what is stored. */
static gboolean
replay (CentralRequest *request, const char *key, const char *request_hash)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionStoredAnswer) stored = reunion_central_store_find_answer (
      central_service_get_store (request->service), request->account->account, key, &error);

  if (error != NULL)
    central_request_fail (request->message, error);
  else if (stored == NULL)
    return FALSE;
  else if (strcmp (stored->request_hash, request_hash) != 0)
    central_request_refuse (request->message, CENTRAL_ERROR_INVALID,
                            "This Idempotency-Key was used for another request. Make a new one "
                            "for each operation.");
  else
    central_request_respond (request->message, stored->status, stored->body);
  return TRUE;
}

static char *
run_in_transaction (CentralRequest *request,
                    const char *key,
                    const char *request_hash,
                    guint status,
                    CentralStep step,
                    GError **error)
{
  ReunionCentralStore *store = central_service_get_store (request->service);
  g_autoptr (JsonObject) body = central_request_parse_body (request, error);
  g_autofree char *answer = NULL;
  ReunionStoredAnswer stored = { .request_hash = (char *) request_hash, .status = status };
  gboolean ok;

  if (body == NULL || !reunion_central_store_begin (store, error))
    return NULL;
  answer = step (request, body, error);
  stored.body = answer;
  ok = answer != NULL
       && reunion_central_store_put_answer (store, request->account->account, key, &stored,
                                            central_service_get_now_usec (request->service), error);
  if (!central_service_finish (request->service, ok, error))
    return NULL;
  return g_steal_pointer (&answer);
}

void
central_request_run_once (CentralRequest *request, guint status, CentralStep step)
{
  const char *key = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "Idempotency-Key");
  g_autofree char *request_hash = NULL;
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (request->account != NULL);

  if (key == NULL || *key == '\0' || strlen (key) > MAX_KEY_BYTES)
    {
      central_request_refuse (request->message, CENTRAL_ERROR_BAD_REQUEST,
                              "The header Idempotency-Key is needed, with an id of at most 200 "
                              "bytes that is new for each operation.");
      return;
    }
  request_hash = hash_request (request);
  if (replay (request, key, request_hash))
    return;
  answer = run_in_transaction (request, key, request_hash, status, step, &error);
  if (answer != NULL)
    central_request_respond (request->message, status, answer);
  else
    central_request_fail (request->message, error);
}
