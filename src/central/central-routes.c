/* central-routes.c: the API, and who may call what
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-routes.h"

#include "central-alert.h"
#include "central-amend.h"
#include "central-health.h"
#include "central-circles.h"
#include "central-history.h"
#include "central-metrics.h"
#include "central-people.h"
#include "central-partner-tip.h"
#include "central-public.h"
#include "central-waiting.h"
#include "central-review.h"
#include "central-sessions.h"
#include "central-stations.h"
#include "central-statistics.h"
#include "central-tip-desk.h"
#include "central-tips.h"
#include "reunion-picture.h"
#include "reunion-webhook.h"
#include "reunion-wire.h"

#include <string.h>

#define KIB 1024
#define MIB (1024 * KIB)
#define POLICE (REUNION_ROLE_OFFICER | REUNION_ROLE_REVIEWER)
/* Of the nation, or of the region that the account answers for. */
#define ADMINISTRATORS (REUNION_ROLE_ADMINISTRATOR | REUNION_ROLE_COUNTY_ADMINISTRATOR)
#define STAFF (POLICE | ADMINISTRATORS)
#define DEFAULT_PAGE 200
#define MAX_PAGE 1000

/* --- handlers ----------------------------------------------------------------- */

static void
get_health (CentralRequest *request)
{
  central_request_respond (request->message, SOUP_STATUS_OK, "{\"status\":\"ok\"}");
}

static void
get_policy (CentralRequest *request)
{
  g_autoptr (JsonObject) object
      = reunion_wire_policy_to_object (central_service_get_policy (request->service));
  g_autofree char *answer = reunion_json_to_text (object);

  central_request_respond (request->message, SOUP_STATUS_OK, answer);
}

static void
put_photo (CentralRequest *request)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, request->body);
  /* The first bytes decide, not what the caller says. */
  const char *media_type = reunion_picture_sniff (request->body);
  g_autoptr (GError) error = NULL;
  /* The receipt: the desk keeps the photo in its outbox until it sees this. */
  g_autofree char *receipt = g_strdup_printf ("{\"sha256\":\"%s\"}", sha256);
  gboolean is_new = FALSE;

  if (media_type == NULL)
    central_request_refuse (request->message, CENTRAL_ERROR_MEDIA_TYPE,
                            "This is no JPEG, PNG or WebP picture.");
  else if (g_strcmp0 (sha256, request->parameter) != 0)
    central_request_refuse (request->message, CENTRAL_ERROR_INVALID,
                            "The photo does not have the SHA-256 of its address: it was damaged "
                            "on the way. Send it again.");
  else if (!reunion_central_store_put_photo (central_service_get_store (request->service), sha256,
                                             media_type, request->body, &is_new, &error))
    central_request_fail (request->message, error);
  else
    central_request_respond (request->message, is_new ? SOUP_STATUS_CREATED : SOUP_STATUS_OK,
                             receipt);
}

static void
get_photo (CentralRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *media_type = NULL;
  g_autoptr (GBytes) bytes = reunion_central_store_find_photo (
      central_service_get_store (request->service), request->parameter, &media_type, &error);
  gsize length;
  const char *data;

  if (error != NULL)
    central_request_fail (request->message, error);
  else if (bytes == NULL)
    central_request_refuse (request->message, CENTRAL_ERROR_NOT_FOUND,
                            "There is no photo with this hash.");
  else
    {
      data = g_bytes_get_data (bytes, &length);
      soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                    "X-Content-Type-Options", "nosniff");
      soup_server_message_set_status (request->message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (request->message, media_type, SOUP_MEMORY_COPY, data,
                                        length);
    }
}

static char *
submit_step (CentralRequest *request, JsonObject *body, GError **error)
{
  g_autoptr (ReunionCase) filed = reunion_wire_case_from_object (body, error);
  g_autoptr (ReunionCase) case_ = NULL;

  if (filed == NULL)
    return NULL;
  case_ = central_review_submit (request->service, request->account, filed, error);
  return case_ != NULL ? reunion_wire_case_to_json (case_) : NULL;
}

static void
post_case (CentralRequest *request)
{
  central_request_run_once (request, SOUP_STATUS_CREATED, submit_step);
}

static void
get_case (CentralRequest *request)
{
  g_autoptr (GError) error = NULL;
  CentralSight sight;
  g_autoptr (ReunionCase) case_ = central_request_find_seen_case (request, &sight, &error);
  g_autoptr (ReunionCase) seen = NULL;
  g_autofree char *etag = NULL;
  g_autofree char *answer = NULL;

  if (case_ == NULL)
    {
      central_request_fail (request->message, error);
      return;
    }
  seen = sight == CENTRAL_SIGHT_WHOLE ? g_object_ref (case_) : reunion_case_redact (case_);
  answer = reunion_wire_case_to_json (seen);
  etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", reunion_case_get_revision (case_));
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "ETag",
                                etag);
  central_request_respond (request->message, SOUP_STATUS_OK, answer);
}

static char *
decision_step (CentralRequest *request, JsonObject *body, GError **error)
{
  static const struct
  {
    const char *key;
    ReunionCaseAction action;
  } decisions[] = {
    { "approve", REUNION_CASE_ACTION_APPROVE },
    { "return", REUNION_CASE_ACTION_RETURN },
    { "reject", REUNION_CASE_ACTION_REJECT },
  };
  const char *decision = reunion_json_get_string (body, "decision", error);
  const char *reason = NULL;
  g_autoptr (GArray) fields = NULL;

  if (decision == NULL || !reunion_json_read_string (body, "reason", &reason, error)
      || (fields = reunion_wire_field_reasons_from_object (body, "fields", TRUE, error)) == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (decisions); i++)
    if (strcmp (decisions[i].key, decision) == 0)
      {
        g_autoptr (ReunionCase) case_
            = central_review_decide (request->service, request->account, request->parameter,
                                     decisions[i].action, reason, fields, error);

        return case_ != NULL ? reunion_wire_case_to_json (case_) : NULL;
      }
  g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                       "“decision” must be “approve”, “return” or “reject”.");
  return NULL;
}

static void
post_decision (CentralRequest *request)
{
  central_request_run_once (request, SOUP_STATUS_OK, decision_step);
}

static char *
closing_step (CentralRequest *request, JsonObject *body, GError **error)
{
  const char *key = reunion_json_get_string (body, "outcome", error);
  const char *note = NULL;
  ReunionOutcome outcome;
  g_autoptr (ReunionCase) case_ = NULL;

  if (key == NULL || !reunion_json_read_string (body, "note", &note, error))
    return NULL;
  if (!reunion_outcome_from_key (key, &outcome))
    {
      g_set_error (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID, "“%s” is not an outcome of a case.",
                   key);
      return NULL;
    }
  case_ = central_review_close (request->service, request->account, request->parameter, outcome,
                                note, error);
  return case_ != NULL ? reunion_wire_case_to_json (case_) : NULL;
}

static void
post_closing (CentralRequest *request)
{
  central_request_run_once (request, SOUP_STATUS_OK, closing_step);
}

static char *
tip_state_step (CentralRequest *request, JsonObject *body, GError **error)
{
  const char *key = reunion_json_get_string (body, "state", error);
  ReunionTipState state;
  g_autoptr (ReunionTip) tip = NULL;

  if (key == NULL)
    return NULL;
  if (!reunion_tip_state_from_key (key, &state))
    {
      g_set_error (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID, "“%s” is not a state of a tip.",
                   key);
      return NULL;
    }
  tip = central_tips_set_state (request->service, request->account, request->parameter, state,
                                error);
  return tip != NULL ? reunion_wire_tip_to_json (tip) : NULL;
}

static void
post_tip_state (CentralRequest *request)
{
  central_request_run_once (request, SOUP_STATUS_OK, tip_state_step);
}

static void
get_changes (CentralRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *page = NULL;
  gint64 after, limit;

  if (central_request_get_number (request, "after", 0, G_MAXINT64, 0, &after, &error)
      && central_request_get_number (request, "limit", 1, MAX_PAGE, DEFAULT_PAGE, &limit, &error))
    page = central_events_get_page (request->service, request->account, after, (guint) limit,
                                    &error);
  if (page != NULL)
    central_request_respond (request->message, SOUP_STATUS_OK, page);
  else
    central_request_fail (request->message, error);
}

static void
get_events (CentralRequest *request)
{
  const char *last_id = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "Last-Event-ID");
  g_autoptr (GError) error = NULL;
  gint64 after;

  if (!central_request_get_number (request, "after", 0, G_MAXINT64, 0, &after, &error))
    {
      central_request_fail (request->message, error);
      return;
    }
  /* What a reconnecting stream last saw is newer than its first address. */
  if (last_id != NULL && !g_ascii_string_to_signed (last_id, 10, 0, G_MAXINT64, &after, NULL))
    {
      central_request_refuse (request->message, CENTRAL_ERROR_BAD_REQUEST,
                              "Last-Event-ID must be the id of an event of this stream.");
      return;
    }
  central_events_open (request->events, request->message, g_steal_pointer (&request->account),
                       after);
}

/* The partner in the path, if the request bears its signature. */
static ReunionPartner *
authenticate_partner (CentralRequest *request, GError **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  g_autoptr (ReunionPartner) partner = NULL;
  g_autoptr (GError) local_error = NULL;

  partner = reunion_central_store_find_partner (central_service_get_store (request->service),
                                                request->parameter, &local_error);
  if (partner == NULL && local_error == NULL)
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_UNAUTHORIZED,
                           "There is no such partner, or the signature is not its own.");
      return NULL;
    }
  /* Real time on both sides of the line: a signature is as old as it is. */
  if (partner != NULL
      && reunion_webhook_verify (
          partner->secret, soup_message_headers_get_one (headers, REUNION_WEBHOOK_HEADER_ID),
          soup_message_headers_get_one (headers, REUNION_WEBHOOK_HEADER_TIMESTAMP),
          soup_message_headers_get_one (headers, REUNION_WEBHOOK_HEADER_SIGNATURE), request->body,
          g_get_real_time (), &local_error))
    return g_steal_pointer (&partner);
  if (local_error->domain == REUNION_WEBHOOK_ERROR)
    g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_UNAUTHORIZED, local_error->message);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static void
post_partner_tip (CentralRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionPartner) partner = authenticate_partner (request, &error);

  if (partner != NULL)
    central_partner_tip_answer (request, partner);
  else
    central_request_fail (request->message, error);
}

/* --- the table ------------------------------------------------------------------ */

/* clang-format off */
static const CentralRoute routes[] = {
  { "GET",  "/healthz",                CENTRAL_CALLER_ANYBODY, 0,         get_health },
  { "GET",  "/readyz",                 CENTRAL_CALLER_ANYBODY, 0,         central_health_handle_ready },
  { "GET",  "/metrics",                CENTRAL_CALLER_ANYBODY, 0,         central_metrics_handle_get },
  { "POST", "/v1/sessions",            CENTRAL_CALLER_ANYBODY, 16 * KIB,  central_sessions_handle_post },
  { "POST", "/v1/sessions/refresh",    CENTRAL_CALLER_ANYBODY, 16 * KIB,  central_sessions_handle_refresh },
  { "POST", "/v1/sessions/revoke",     STAFF,                  16 * KIB,  central_sessions_handle_revoke },
  { "GET",  "/v1/accounts",            ADMINISTRATORS,         0,         central_people_handle_list },
  { "POST", "/v1/accounts",            ADMINISTRATORS,         16 * KIB,  central_people_handle_create },
  { "GET",  "/v1/accounts/:",          ADMINISTRATORS,         0,         central_people_handle_get },
  { "PATCH", "/v1/accounts/:",         ADMINISTRATORS,         16 * KIB,  central_people_handle_change },
  { "GET",  "/v1/stations",            ADMINISTRATORS,         0,         central_stations_handle_list },
  { "POST", "/v1/stations",            ADMINISTRATORS,         16 * KIB,  central_stations_handle_create },
  { "POST", "/v1/stations/:/enrolment", ADMINISTRATORS,        KIB,       central_stations_handle_enrolment },
  { "POST", "/v1/enrolments",          CENTRAL_CALLER_ANYBODY, 16 * KIB,  central_stations_handle_enrol },
  { "GET",  "/v1/policy",              CENTRAL_CALLER_ANYBODY, 0,         get_policy },
  { "GET",  "/v1/statistics",          STAFF,                  0,         central_statistics_handle_get },
  { "GET",  "/v1/alerts",              CENTRAL_CALLER_ANYBODY, 0,         central_circles_handle_get },
  { "GET",  "/v1/review",              REUNION_ROLE_REVIEWER,  0,         central_waiting_handle_get },
  { "GET",  "/v1/changes",             STAFF,                  0,         get_changes },
  { "GET",  "/v1/events",              STAFF,                  0,         get_events },
  { "PUT",  "/v1/photos/:",            POLICE,                 8 * MIB,   put_photo },
  { "GET",  "/v1/photos/:",            STAFF,                  0,         get_photo },
  { "POST", "/v1/cases",               POLICE,                 256 * KIB, post_case },
  { "GET",  "/v1/cases/:",             STAFF,                  0,         get_case },
  { "POST", "/v1/cases/:/decision",    REUNION_ROLE_REVIEWER,  64 * KIB,  post_decision },
  { "POST", "/v1/cases/:/lock",        REUNION_ROLE_REVIEWER,  1 * KIB,   central_waiting_handle_lock },
  { "DELETE", "/v1/cases/:/lock",      REUNION_ROLE_REVIEWER,  0,         central_waiting_handle_unlock },
  { "GET",  "/v1/cases/:/history",     STAFF,                  0,         central_history_handle_get },
  { "POST", "/v1/cases/:/amendment",   POLICE,                 256 * KIB, central_amend_handle_post },
  { "POST", "/v1/cases/:/closing",     POLICE,                 64 * KIB,  post_closing },
  { "POST", "/v1/tips/:/state",        POLICE,                 16 * KIB,  post_tip_state },
  { "POST", "/v1/partners/:/tips",     CENTRAL_CALLER_PARTNER, 4 * MIB,   post_partner_tip },
  { "GET",  "/alerts/:",               CENTRAL_CALLER_ANYBODY, 0,         central_alert_handle_page },
  { "GET",  "/alerts/:/map.svg",       CENTRAL_CALLER_ANYBODY, 0,         central_alert_handle_map },
  { "GET",  "/alerts/:/photo/:",       CENTRAL_CALLER_ANYBODY, 0,         central_public_handle_photo },
  { "GET",  "/alerts/:/cap",           CENTRAL_CALLER_ANYBODY, 0,         central_public_handle_cap },
  { "GET",  "/alerts/:/tips",          CENTRAL_CALLER_ANYBODY, 0,         central_tip_desk_handle_form },
  { "GET",  "/alerts/:/tips.js",       CENTRAL_CALLER_ANYBODY, 0,         central_tip_desk_handle_script },
  { "GET",  "/alerts/:/tips/:",        CENTRAL_CALLER_ANYBODY, 0,         central_tip_desk_handle_thanks },
  { "HEAD", "/alerts/:",               CENTRAL_CALLER_ANYBODY, 0,         central_alert_handle_page },
  { "HEAD", "/alerts/:/map.svg",       CENTRAL_CALLER_ANYBODY, 0,         central_alert_handle_map },
  { "HEAD", "/alerts/:/photo/:",       CENTRAL_CALLER_ANYBODY, 0,         central_public_handle_photo },
  { "HEAD", "/alerts/:/cap",           CENTRAL_CALLER_ANYBODY, 0,         central_public_handle_cap },
  { "HEAD", "/alerts/:/tips",          CENTRAL_CALLER_ANYBODY, 0,         central_tip_desk_handle_form },
  { "HEAD", "/alerts/:/tips.js",       CENTRAL_CALLER_ANYBODY, 0,         central_tip_desk_handle_script },
  { "HEAD", "/alerts/:/tips/:",        CENTRAL_CALLER_ANYBODY, 0,         central_tip_desk_handle_thanks },
  { "POST", "/alerts/:/tips",          CENTRAL_CALLER_ANYBODY, 16 * MIB,  central_tip_desk_handle_post },
  { "GET",  "/favicon.ico",            CENTRAL_CALLER_ANYBODY, 0,         central_alert_handle_icon },
  { "GET",  "/notice/:",               CENTRAL_CALLER_ANYBODY, 0,         central_alert_handle_redirect },
  { "GET",  "/notice/:/photo/:",       CENTRAL_CALLER_ANYBODY, 0,         central_public_handle_photo },
  { "GET",  "/notice/:/cap",           CENTRAL_CALLER_ANYBODY, 0,         central_public_handle_cap },
  { "HEAD", "/favicon.ico",            CENTRAL_CALLER_ANYBODY, 0,         central_alert_handle_icon },
  { "HEAD", "/notice/:",               CENTRAL_CALLER_ANYBODY, 0,         central_alert_handle_redirect },
  { "HEAD", "/notice/:/photo/:",       CENTRAL_CALLER_ANYBODY, 0,         central_public_handle_photo },
  { "HEAD", "/notice/:/cap",           CENTRAL_CALLER_ANYBODY, 0,         central_public_handle_cap },
};
/* clang-format on */

const CentralRoute *
central_routes_get_all (gsize *n_routes)
{
  *n_routes = G_N_ELEMENTS (routes);
  return routes;
}

/* The length of the segment at @text. */
static gsize
get_segment (const char *text)
{
  return strcspn (text, "/");
}

/* Transfer full in *@parameter: the first of what stands for ":". */
static gboolean
path_fits (const char *pattern, const char *path, char **parameter)
{
  g_autofree char *first = NULL;

  while (*pattern != '\0' && *path != '\0')
    {
      gsize expected = get_segment (pattern);
      gsize length = get_segment (path);

      if (expected == 1 && *pattern == ':' && length > 0)
        {
          if (first == NULL)
            first = g_strndup (path, length);
        }
      else if (expected != length || strncmp (pattern, path, length) != 0)
        return FALSE;
      pattern += expected;
      path += length;
      if (*pattern != *path)
        return FALSE;
      if (*pattern == '/')
        {
          pattern++;
          path++;
        }
    }
  if (*pattern != *path)
    return FALSE;
  *parameter = g_steal_pointer (&first);
  return TRUE;
}

const CentralRoute *
central_routes_find (const char *method, const char *path, char **parameter, char **allowed)
{
  g_autoptr (GString) methods = g_string_new (NULL);

  *parameter = NULL;
  *allowed = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_clear_pointer (parameter, g_free);
      if (!path_fits (routes[i].path, path, parameter))
        continue;
      if (strcmp (routes[i].method, method) == 0)
        return &routes[i];
      g_string_append_printf (methods, "%s%s", methods->len > 0 ? ", " : "", routes[i].method);
    }
  g_clear_pointer (parameter, g_free);
  if (methods->len > 0)
    *allowed = g_strdup (methods->str);
  return NULL;
}
