/* central-server.c: the listening end of the service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-server.h"

#include "central-audit.h"
#include "central-escalation.h"
#include "central-limits.h"
#include "central-push.h"
#include "central-routes.h"
#include "central-tip-desk.h"
#include "central-traffic.h"
#include "central-watch.h"

#include <string.h>

struct _CentralServer
{
  GObject parent_instance;

  CentralService *service;
  CentralEvents *events;
  CentralEscalation *escalation;
  CentralPusher *pusher;
  CentralWatch *watch;
  CentralTls *tls; /* NULL in clear text */
  SoupServer *soup;
  gboolean is_ending;
};

G_DEFINE_FINAL_TYPE (CentralServer, central_server, G_TYPE_OBJECT)

static const CentralRoute *
find_route (SoupServerMessage *message, const char *path, char **parameter)
{
  g_autofree char *allowed = NULL;
  const CentralRoute *route
      = central_routes_find (soup_server_message_get_method (message), path, parameter, &allowed);

  if (route != NULL)
    return route;
  if (allowed != NULL)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow",
                                    allowed);
      central_request_refuse (message, SOUP_STATUS_METHOD_NOT_ALLOWED,
                              "This address does not know that method; the header Allow lists "
                              "those that it does.");
    }
  else
    central_request_refuse (message, SOUP_STATUS_NOT_FOUND, "There is nothing at this address.");
  return NULL;
}

/* Written down: somebody tries what is not his to do. */
static void
note_refusal (CentralRequest *request, const char *address)
{
  g_autofree char *about = g_strdup_printf (
      "%s %.120s", soup_server_message_get_method (request->message), request->path);

  central_audit_note (request->service, request->account->account, "refused", about, address);
}

static gboolean
check_caller (CentralRequest *request,
              const CentralRoute *route,
              const char *address,
              GError **error)
{
  const char *authorization = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "Authorization");

  if ((route->callers & (CENTRAL_CALLER_ANYBODY | CENTRAL_CALLER_PARTNER)) != 0)
    return TRUE;
  request->account = central_accounts_authenticate (request->service, authorization, error);
  if (request->account == NULL)
    return FALSE;
  if ((route->callers & request->account->role) != 0)
    return TRUE;
  note_refusal (request, address);
  g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_FORBIDDEN,
                       "This account's role may not do this.");
  return FALSE;
}

/* The bucket that a call without an account takes from, if any. */
static gboolean
get_limit (const CentralRoute *route, const char *address, CentralLimit *limit)
{
  /* What comes through a proxy of this machine that was not named with
   * --trusted-proxy is many people's. */
  if ((route->callers & CENTRAL_CALLER_ANYBODY) == 0 || g_str_equal (route->path, "/healthz")
      || g_str_has_prefix (address, "127.") || g_str_equal (address, "::/64"))
    return FALSE;
  *limit = CENTRAL_LIMIT_PUBLIC;
  return TRUE;
}

/* 0, or how long the caller has to wait. */
static gint64
check_rate (CentralRequest *request, const CentralRoute *route, const char *address)
{
  CentralLimits *limits = central_limits_get (request->service);
  const gint64 now_usec = central_service_get_now_usec (request->service);
  CentralLimit limit;

  if (request->account != NULL)
    return central_limits_take (limits, CENTRAL_LIMIT_STAFF, request->account->account, now_usec);
  if (get_limit (route, address, &limit))
    return central_limits_take (limits, limit, address, now_usec);
  return 0;
}

/* Without its body, and nothing else on this connection. */
static void
refuse (SoupServerMessage *message, guint status, const char *sentence)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection",
                                "close");
  /* Somebody reads it in a browser. */
  if (g_str_has_prefix (g_uri_get_path (soup_server_message_get_uri (message)), "/alerts/")
      && status == SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE)
    central_tip_desk_refuse_length (message, NULL);
  else
    central_request_refuse (message, status, sentence);
}

static void
refuse_length (SoupServerMessage *message)
{
  refuse (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE,
          "The body is longer than this address takes.");
}

/* For bodies that do not say how long they are. */
static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  goffset max_bytes = GPOINTER_TO_SIZE (user_data);
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  if (body->length > max_bytes && soup_server_message_get_status (message) == SOUP_STATUS_NONE)
    refuse_length (message);
}

/* After the headers and before the body: what is too long is not read. */
static void
early_cb (SoupServer *soup,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char *parameter = NULL;
  const CentralRoute *route = find_route (message, path, &parameter);
  CentralServer *self = user_data;
  goffset max_bytes;

  central_traffic_begin (central_traffic_get (self->service), message,
                         route != NULL ? route->path : NULL);
  if (route == NULL)
    {
      /* Refused already; what may still come is not kept. */
      soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
      return;
    }
  if (self->is_ending)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Retry-After", "5");
      refuse (message, SOUP_STATUS_SERVICE_UNAVAILABLE,
              "The service is about to end. Ask again in a moment.");
      return;
    }
  max_bytes = route->max_body_bytes;
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
      && soup_message_headers_get_content_length (headers) > max_bytes)
    refuse_length (message);
  else
    g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb),
                      GSIZE_TO_POINTER ((gsize) max_bytes));
}

/* libsoup refuses paths that climb, or that are no text, before any handler
 * hears of them; the sentence is ours. */
static void
got_body_cb (SoupServerMessage *message, gpointer user_data)
{
  if (soup_server_message_get_status (message) == SOUP_STATUS_BAD_REQUEST
      && soup_server_message_get_response_body (message)->length == 0)
    central_request_refuse (message, SOUP_STATUS_BAD_REQUEST,
                            "The address can't be read. Leave out “..” and escape what is no "
                            "plain character.");
}

static void
request_started_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  CentralServer *self = user_data;

  g_signal_connect (message, "got-body", G_CALLBACK (got_body_cb), NULL);
  /* RFC 6797; over clear text it means nothing. */
  if (self->tls != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                  "Strict-Transport-Security", "max-age=31536000");
}

static void
answer (CentralServer *self, CentralRequest *request, const CentralRoute *route)
{
  CentralLimits *limits = central_limits_get (self->service);
  const gint64 now_usec = central_service_get_now_usec (self->service);
  g_autofree char *address = central_limits_get_address (limits, request->message);
  g_autoptr (GError) error = NULL;
  gint64 wait_s = 0;

  if (!check_caller (request, route, address, &error))
    {
      if (error->code == CENTRAL_ERROR_UNAUTHORIZED && error->domain == CENTRAL_ERROR)
        wait_s = central_limits_take (limits, CENTRAL_LIMIT_REFUSED, address, now_usec);
      if (wait_s > 0)
        central_limits_refuse (request->message, wait_s);
      else
        central_request_fail (request->message, error);
      return;
    }
  wait_s = check_rate (request, route, address);
  if (wait_s > 0)
    {
      central_limits_refuse (request->message, wait_s);
      return;
    }
  if (g_str_equal (route->path, "/v1/events"))
    central_watch_add (
        self->watch, request->message,
        soup_message_headers_get_one (soup_server_message_get_request_headers (request->message),
                                      "Authorization")
            + strlen ("Bearer "));
  route->handle (request);
}

static void
handle_cb (SoupServer *soup,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  CentralServer *self = user_data;
  CentralRequest request = {
    .service = self->service,
    .events = self->events,
    .message = message,
    .path = path,
    .query = query,
  };
  const CentralRoute *route;
  g_autoptr (GBytes) body = NULL;

  /* Refused before or while the body was coming in. */
  if (soup_server_message_get_status (message) != SOUP_STATUS_NONE)
    return;
  route = find_route (message, path, &request.parameter);
  if (route == NULL)
    return;
  body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  request.body = body;
  answer (self, &request, route);
  g_clear_pointer (&request.account, reunion_central_account_free);
  g_free (request.parameter);
}

static void
central_server_dispose (GObject *object)
{
  CentralServer *self = CENTRAL_SERVER (object);

  if (self->soup != NULL)
    central_server_stop (self);
  g_clear_object (&self->soup);
  g_clear_object (&self->events);
  g_clear_object (&self->escalation);
  g_clear_object (&self->pusher);
  g_clear_pointer (&self->watch, central_watch_free);
  g_clear_object (&self->tls);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (central_server_parent_class)->dispose (object);
}

static void
central_server_class_init (CentralServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = central_server_dispose;
}

static void
central_server_init (CentralServer *self)
{
}

CentralServer *
central_server_new (CentralService *service)
{
  CentralServer *self;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service), NULL);

  self = g_object_new (CENTRAL_TYPE_SERVER, NULL);
  self->service = g_object_ref (service);
  /* Events first: the desk hears of a change before the partners do. */
  self->events = central_events_new (service);
  self->escalation = central_escalation_new (service);
  self->pusher = central_pusher_new (service);
  self->watch = central_watch_new (service);
  self->soup = soup_server_new ("server-header", "Reunion/" REUNION_VERSION, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (request_started_cb), self);
  soup_server_add_early_handler (self->soup, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, handle_cb, self, NULL);
  return self;
}

static void
certificate_changed_cb (CentralTls *tls, CentralServer *self)
{
  soup_server_set_tls_certificate (self->soup, central_tls_get_certificate (tls));
}

void
central_server_set_tls (CentralServer *self, CentralTls *tls)
{
  g_return_if_fail (CENTRAL_IS_SERVER (self) && CENTRAL_IS_TLS (tls) && self->tls == NULL);

  self->tls = g_object_ref (tls);
  g_signal_connect_object (tls, "changed", G_CALLBACK (certificate_changed_cb), self, 0);
  certificate_changed_cb (tls, self);
}

gboolean
central_server_listen (CentralServer *self, const char *address, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) socket_address = NULL;

  g_return_val_if_fail (CENTRAL_IS_SERVER (self) && address != NULL, FALSE);

  socket_address = g_inet_socket_address_new_from_string (address, port);
  if (socket_address == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "“%s” is no address to listen on. Give a number such as 127.0.0.1.", address);
      return FALSE;
    }
  return soup_server_listen (self->soup, socket_address,
                             self->tls != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0, error);
}

char *
central_server_get_url (CentralServer *self)
{
  GSList *uris;
  char *url = NULL;

  g_return_val_if_fail (CENTRAL_IS_SERVER (self), NULL);

  uris = soup_server_get_uris (self->soup);
  if (uris != NULL)
    {
      url = g_uri_to_string (uris->data);
      if (g_str_has_suffix (url, "/"))
        url[strlen (url) - 1] = '\0';
    }
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return url;
}

void
central_server_stop_accepting (CentralServer *self)
{
  g_autoptr (GSList) listeners = NULL;

  g_return_if_fail (CENTRAL_IS_SERVER (self));

  self->is_ending = TRUE;
  listeners = soup_server_get_listeners (self->soup);
  for (GSList *l = listeners; l != NULL; l = l->next)
    g_socket_close (l->data, NULL);
  central_events_stop (self->events);
}

void
central_server_stop (CentralServer *self)
{
  g_return_if_fail (CENTRAL_IS_SERVER (self));

  central_escalation_stop (self->escalation);
  central_pusher_stop (self->pusher);
  central_events_stop (self->events);
  soup_server_disconnect (self->soup);
}
