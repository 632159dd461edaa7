/* central-stations.c: stations, and how a PC of one is enrolled
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-stations.h"

#include "central-audit.h"
#include "central-limits.h"
#include "central-people.h"
#include "central-sessions.h"
#include "reunion-wire.h"

#include <string.h>

#define DEFAULT_PAGE 200
#define MAX_PAGE 1000
#define MAX_KEY_BYTES 200
#define MAX_NAME_BYTES 200
#define CODE_CHARS 16
#define GROUP_CHARS 4
/* Without those that are taken for one another: 0O, 1IL, 2Z, 5S, 8B, UV. */
#define ALPHABET "ACDEFGHJKMNPQRTWXY34679"

static char *
get_origin (CentralRequest *request)
{
  return central_limits_get_address (central_limits_get (request->service), request->message);
}

static JsonObject *
station_to_object (const ReunionStation *station)
{
  JsonObject *object = json_object_new ();
  g_autofree char *region = g_strndup (station->code, 6);

  json_object_set_string_member (object, "code", station->code);
  json_object_set_string_member (object, "name", station->name);
  reunion_json_put_string (object, "phone", station->phone);
  json_object_set_string_member (object, "region", region);
  return object;
}

void
central_stations_handle_list (CentralRequest *request)
{
  const char *after = request->query != NULL ? g_hash_table_lookup (request->query, "after") : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) stations = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *text = NULL;
  JsonArray *rows;
  gint64 limit;

  if (central_request_get_number (request, "limit", 1, MAX_PAGE, DEFAULT_PAGE, &limit, &error))
    stations = reunion_central_store_list_stations (
        central_service_get_store (request->service), request->account->region,
        after != NULL ? after : "", (guint) limit, &error);
  if (stations == NULL)
    {
      central_request_fail (request->message, error);
      return;
    }
  answer = json_object_new ();
  rows = json_array_new ();
  for (guint i = 0; i < stations->len; i++)
    json_array_add_object_element (rows, station_to_object (stations->pdata[i]));
  json_object_set_array_member (answer, "stations", rows);
  if (stations->len == limit)
    json_object_set_string_member (answer, "next",
                                   ((ReunionStation *) stations->pdata[limit - 1])->code);
  text = reunion_json_to_text (answer);
  central_request_respond (request->message, SOUP_STATUS_OK, text);
}

static gboolean
is_code (const char *code)
{
  const gsize length = strlen (code);

  return length >= 8 && length <= 20 && strspn (code, "0123456789") == 6 && code[6] == '-'
         && strspn (code + 7, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == length - 7;
}

static char *
create_step (CentralRequest *request, JsonObject *body, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (request->service);
  g_autofree char *origin = get_origin (request);
  g_autoptr (ReunionStation) known = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonObject) object = NULL;
  const char *code, *name;
  const char *phone = NULL;

  if ((code = reunion_json_get_string (body, "code", error)) == NULL
      || (name = reunion_json_get_string (body, "name", error)) == NULL
      || !reunion_json_read_string (body, "phone", &phone, error))
    return NULL;
  if (!is_code (code) || *name == '\0' || strlen (name) > MAX_NAME_BYTES
      || (phone != NULL && strlen (phone) > MAX_NAME_BYTES))
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                           "A station needs a name and a code: the six digits of its county, a "
                           "hyphen and a number, such as 520524-01.");
      return NULL;
    }
  if (!central_people_manages (request->account, code))
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_FORBIDDEN,
                           "A county's administrator manages stations of its own region only.");
      return NULL;
    }
  known = reunion_central_store_find_station (store, code, &local_error);
  if (known != NULL)
    g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_CONFLICT,
                         "There is a station of this code already.");
  else if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (reunion_central_store_put_station (store, code, name, phone, error)
           && central_audit_add (request->service, request->account->account, "station.create",
                                 code, origin, error))
    {
      object = station_to_object (&(ReunionStation){
          .code = (char *) code, .name = (char *) name, .phone = (char *) phone });
      return reunion_json_to_text (object);
    }
  return NULL;
}

void
central_stations_handle_create (CentralRequest *request)
{
  central_request_run_once (request, SOUP_STATUS_CREATED, create_step);
}

/* --- codes ----------------------------------------------------------------------- */

/* Sixteen characters in groups of four. Transfer full. */
static char *
spell_code (const char *secret)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 bytes[2 * CODE_CHARS];
  gsize length = sizeof bytes;
  GString *code = g_string_new (NULL);

  g_checksum_update (checksum, (const guchar *) secret, -1);
  g_checksum_get_digest (checksum, bytes, &length);
  for (guint i = 0; i < CODE_CHARS; i++)
    {
      /* Two bytes for each, so that none is likelier than another. */
      guint value = (guint) bytes[2 * i] << 8 | bytes[2 * i + 1];

      if (i > 0 && i % GROUP_CHARS == 0)
        g_string_append_c (code, '-');
      g_string_append_c (code, ALPHABET[value % strlen (ALPHABET)]);
    }
  return g_string_free (code, FALSE);
}

/* As it is hashed: how it is written down does not matter. Transfer full. */
static char *
fold_code (const char *typed)
{
  GString *code = g_string_new (NULL);

  for (const char *at = typed; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (code, g_ascii_toupper (*at));
  return g_string_free (code, FALSE);
}

static const char *
get_key (CentralRequest *request)
{
  const char *key = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "Idempotency-Key");

  if (key != NULL && *key != '\0' && strlen (key) <= MAX_KEY_BYTES)
    return key;
  central_request_refuse (request->message, CENTRAL_ERROR_BAD_REQUEST,
                          "The header Idempotency-Key is needed, with an id of at most 200 bytes "
                          "that is new for each operation.");
  return NULL;
}

static gboolean
store_code (CentralRequest *request,
            const ReunionStation *station,
            const char *code,
            gint64 expires_usec,
            GError **error)
{
  ReunionCentralStore *store = central_service_get_store (request->service);
  g_autofree char *origin = get_origin (request);
  g_autofree char *folded = fold_code (code);
  g_autofree char *hash = central_sessions_hash_token (folded);
  gboolean ok;

  if (!reunion_central_store_begin (store, error))
    return FALSE;
  ok = reunion_central_store_put_enrolment (store, hash, station->code, request->account->account,
                                            expires_usec, error)
       && central_audit_add (request->service, request->account->account, "station.enrolment",
                             station->code, origin, error);
  return central_service_finish (request->service, ok, error);
}

/* Not through central_request_run_once(), which would store the code with the
 * answer: it is worked out from the caller's token and key instead, so that the same
 * call, repeated, makes the same code. */
void
central_stations_handle_enrolment (CentralRequest *request)
{
  const gint64 expires_usec
      = central_service_get_now_usec (request->service) + CENTRAL_ENROLMENT_USEC;
  const char *key = get_key (request);
  const char *authorization = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "Authorization");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionStation) station = NULL;
  g_autofree char *purpose = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *code = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) answer = NULL;

  if (key == NULL)
    return;
  if (central_people_manages (request->account, request->parameter))
    station = reunion_central_store_find_station (central_service_get_store (request->service),
                                                  request->parameter, &error);
  if (station == NULL && error == NULL)
    g_set_error_literal (&error, CENTRAL_ERROR, CENTRAL_ERROR_NOT_FOUND,
                         "There is no station of this code in your region.");
  if (station != NULL)
    {
      purpose = g_strconcat ("enrolment ", station->code, NULL);
      secret = central_sessions_derive_token (authorization, purpose, key);
      code = spell_code (secret);
      if (store_code (request, station, code, expires_usec, &error))
        {
          answer = json_object_new ();
          json_object_set_string_member (answer, "code", code);
          json_object_set_object_member (answer, "station", station_to_object (station));
          reunion_json_put_time (answer, "expires", expires_usec);
          text = reunion_json_to_text (answer);
          central_request_respond (request->message, SOUP_STATUS_CREATED, text);
          return;
        }
    }
  central_request_fail (request->message, error);
}

/* The station, once the code is spent for @credential. */
static ReunionStation *
spend (CentralRequest *request, const char *code_hash, const char *credential, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (request->service);
  const gint64 now_usec = central_service_get_now_usec (request->service);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ReunionEnrolment) enrolment
      = reunion_central_store_find_enrolment (store, code_hash, &local_error);
  g_autofree char *credential_hash = central_sessions_hash_token (credential);
  g_autofree char *origin = get_origin (request);
  gboolean is_first = FALSE;

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (enrolment == NULL)
    g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_NOT_FOUND,
                         "This code is not known, or a newer one was made for the station. Check "
                         "it letter by letter, or ask the administrator for another.");
  else if (g_strcmp0 (enrolment->credential_hash, credential_hash) == 0)
    return reunion_central_store_find_station (store, enrolment->station, error);
  else if (enrolment->credential_hash != NULL)
    g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_CONFLICT,
                         "This code was used already; each is good once. Ask the administrator "
                         "for another.");
  else if (enrolment->expires_usec <= now_usec)
    g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_CONFLICT,
                         "This code has run out; each is good for 72 hours. Ask the administrator "
                         "for another.");
  else if (reunion_central_store_spend_enrolment (store, code_hash, credential_hash, now_usec,
                                                  &is_first, error))
    {
      if (!is_first)
        g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_CONFLICT,
                             "This code was used already; each is good once. Ask the "
                             "administrator for another.");
      else if (central_audit_add (request->service, "station", "station.enrolled",
                                  enrolment->station, origin, error))
        return reunion_central_store_find_station (store, enrolment->station, error);
    }
  return NULL;
}

void
central_stations_handle_enrol (CentralRequest *request)
{
  CentralLimits *limits = central_limits_get (request->service);
  ReunionCentralStore *store = central_service_get_store (request->service);
  const char *key = get_key (request);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *address = get_origin (request);
  g_autofree char *code = NULL;
  g_autofree char *code_hash = NULL;
  g_autofree char *credential = NULL;
  g_autofree char *text = NULL;
  g_autoptr (ReunionStation) station = NULL;
  g_autoptr (JsonObject) answer = NULL;
  const char *typed;
  gint64 wait_s;

  if (key == NULL)
    return;
  body = central_request_parse_body (request, &error);
  if (body == NULL || (typed = reunion_json_get_string (body, "code", &error)) == NULL)
    {
      central_request_fail (request->message, error);
      return;
    }
  wait_s = central_limits_take (limits, CENTRAL_LIMIT_ENROLMENT, address,
                                central_service_get_now_usec (request->service));
  if (wait_s > 0)
    {
      central_limits_refuse (request->message, wait_s);
      return;
    }
  code = fold_code (typed);
  code_hash = central_sessions_hash_token (code);
  credential = central_sessions_derive_token (code, "credential", key);
  if (reunion_central_store_begin (store, &error))
    {
      station = spend (request, code_hash, credential, &error);
      if (!central_service_finish (request->service, station != NULL, &error))
        g_clear_pointer (&station, reunion_station_free);
    }
  if (station == NULL)
    {
      central_audit_note (request->service, "station", "station.enrolment_refused", NULL, address);
      central_request_fail (request->message, error);
      return;
    }
  central_limits_give_back (limits, CENTRAL_LIMIT_ENROLMENT, address);
  answer = json_object_new ();
  json_object_set_string_member (answer, "credential", credential);
  json_object_set_object_member (answer, "station", station_to_object (station));
  text = reunion_json_to_text (answer);
  central_request_respond (request->message, SOUP_STATUS_CREATED, text);
}

ReunionStation *
central_stations_find_credential (CentralService *service, const char *credential, GError **error)
{
  g_autofree char *hash = NULL;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service) && credential != NULL, NULL);

  hash = central_sessions_hash_token (credential);
  return reunion_central_store_find_credential (central_service_get_store (service), hash, error);
}
