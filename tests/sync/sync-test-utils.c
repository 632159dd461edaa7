/* sync-test-utils.c: a service on the loopback that does as the test says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync-test-utils.h"

#include "reunion-wire.h"

#include <libsoup/soup.h>
#include <string.h>

#define TURN_MS 5
#define A_WHILE_USEC (100 * G_TIME_SPAN_MILLISECOND)

typedef enum
{
  STEP_ANSWER,
  STEP_HANG,
  STEP_RAW,
} StepKind;

typedef struct
{
  char *route;
  StepKind kind;
  guint status;
  char *media_type;
  char *body;
} Step;

struct _SyncTestServer
{
  SoupServer *server;
  guint port;
  char *url;
  GPtrArray *steps;    /* Step, not yet taken */
  GPtrArray *requests; /* SyncTestRequest */
  GPtrArray *changes;  /* ReunionChange */
  GPtrArray *held;     /* SoupServerMessage that are never answered */
  GPtrArray *streams;  /* SoupServerMessage of open event streams */
  guint n_tokens;
  char *token;        /* the only one that is good, or NULL */
  gboolean is_short;  /* tokens are said to run out in a second */
  gboolean has_ended; /* no refresh token is good */
};

static void
step_free (Step *step)
{
  g_free (step->route);
  g_free (step->media_type);
  g_free (step->body);
  g_free (step);
}

static void
request_free (SyncTestRequest *request)
{
  g_free (request->route);
  g_free (request->query);
  g_free (request->idempotency_key);
  g_free (request->if_match);
  g_free (request->authorization);
  g_free (request->media_type);
  g_free (request->body);
  g_free (request);
}

static gboolean
route_fits (const char *pattern, const char *route)
{
  gsize length = strlen (pattern);

  return pattern[length - 1] == '*' ? strncmp (pattern, route, length - 1) == 0
                                    : strcmp (pattern, route) == 0;
}

static void
send_raw (SoupServerMessage *message, const char *bytes)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL && *bytes != '\0')
    g_socket_send (socket, bytes, strlen (bytes), NULL, NULL);
}

static void
send_chunk (SoupServerMessage *message, const char *bytes)
{
  g_autofree char *chunk = g_strdup_printf ("%zx\r\n%s\r\n", strlen (bytes), bytes);

  send_raw (message, chunk);
}

static void
hang_up (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static void
answer (SoupServerMessage *message, guint status, const char *media_type, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  if (body != NULL)
    soup_server_message_set_response (message, media_type != NULL ? media_type : "application/json",
                                      SOUP_MEMORY_COPY, body, strlen (body));
  if (SOUP_STATUS_IS_REDIRECTION (status) && strchr (body, '\n') == NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location",
                                  body);
}

static void
take_step (SyncTestServer *self, SoupServerMessage *message, const Step *step)
{
  switch (step->kind)
    {
    case STEP_ANSWER:
      answer (message, step->status, step->media_type, step->body);
      break;
    case STEP_HANG:
      soup_server_message_pause (message);
      g_ptr_array_add (self->held, g_object_ref (message));
      break;
    case STEP_RAW:
      send_raw (message, step->body);
      hang_up (message);
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
give_tokens (SyncTestServer *self, SoupServerMessage *message)
{
  g_autofree char *text = NULL;

  g_free (self->token);
  self->token = g_strdup_printf ("token-%u", ++self->n_tokens);
  text = g_strdup_printf ("{\"token\":\"%s\",\"refresh_token\":\"refresh-%u\",%s\"account\":"
                          "{\"account\":\"zhang\",\"name\":\"张警官\",\"role\":\"officer\","
                          "\"station\":\"520524-01\"}}",
                          self->token, self->n_tokens, self->is_short ? "\"expires_in\":1," : "");
  answer (message, SOUP_STATUS_CREATED, NULL, text);
}

/* The last refresh token is good, once. */
static void
refresh (SyncTestServer *self, SoupServerMessage *message, const char *body)
{
  g_autofree char *good = g_strdup_printf ("\"refresh-%u\"", self->n_tokens);

  if (!self->has_ended && strstr (body, good) != NULL)
    give_tokens (self, message);
  else
    answer (message, SOUP_STATUS_UNAUTHORIZED, "application/problem+json",
            "{\"detail\":\"Ended.\"}");
}

static void
sign_in (SyncTestServer *self, SoupServerMessage *message, const char *body)
{
  if (strstr (body, "\"wrong\"") != NULL)
    {
      answer (message, SOUP_STATUS_UNAUTHORIZED, "application/problem+json",
              "{\"detail\":\"No.\"}");
      return;
    }
  self->has_ended = FALSE;
  give_tokens (self, message);
}

/* The service takes the case, with its first revision or the next one. */
static void
take_case (SoupServerMessage *message, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionCase) case_ = reunion_wire_case_from_json (body, -1, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  reunion_case_set_state (case_, REUNION_CASE_STATE_SUBMITTED);
  reunion_case_set_revision (case_, reunion_case_get_revision (case_) + 1);
  text = reunion_wire_case_to_json (case_);
  answer (message, SOUP_STATUS_CREATED, NULL, text);
}

static void
take_tip_state (SoupServerMessage *message, const char *body)
{
  g_autoptr (JsonObject) object = reunion_json_parse (body, -1, NULL);
  g_autoptr (ReunionTip) tip
      = store_test_make_tip (reunion_json_get_string (object, "tip_id", NULL), "case", "seen");
  g_autofree char *text = reunion_wire_tip_to_json (tip);

  answer (message, SOUP_STATUS_OK, NULL, text);
}

static void
list_changes (SyncTestServer *self, SoupServerMessage *message, const char *query)
{
  g_autoptr (GHashTable) values = soup_form_decode (query);
  gint64 after = g_ascii_strtoll (g_hash_table_lookup (values, "after"), NULL, 10);
  g_autoptr (GString) text = g_string_new ("{\"changes\":[");
  gint64 last = 0;
  gint64 next;

  for (guint i = 0; i < self->changes->len; i++)
    last = MAX (last, ((const ReunionChange *) self->changes->pdata[i])->sequence);
  next = after <= last ? after : 0;
  for (guint i = 0; i < self->changes->len; i++)
    {
      const ReunionChange *change = self->changes->pdata[i];
      g_autofree char *entry = reunion_wire_change_to_json (change);

      if (change->sequence <= after)
        continue;
      g_string_append_printf (text, "%s%s", text->str[text->len - 1] == '}' ? "," : "", entry);
      next = change->sequence;
    }
  g_string_append_printf (text, "],\"next\":%" G_GINT64_FORMAT "}", next);
  answer (message, SOUP_STATUS_OK, NULL, text->str);
}

static void
open_stream (SyncTestServer *self, SoupServerMessage *message)
{
  soup_server_message_pause (message);
  g_ptr_array_add (self->streams, g_object_ref (message));
  send_raw (message, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                     "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
  send_chunk (message, ": hello\n\n");
}

static void
take_photo (SoupServerMessage *message, const char *route)
{
  g_autofree char *receipt = g_strdup_printf ("{\"sha256\":\"%s\"}", strrchr (route, '/') + 1);

  answer (message, SOUP_STATUS_CREATED, NULL, receipt);
}

static void
serve (SyncTestServer *self, SoupServerMessage *message, const SyncTestRequest *request)
{
  const char *route = request->route;
  g_autofree char *bearer = g_strconcat ("Bearer ", self->token, NULL);

  if (strcmp (route, "POST /v1/sessions") == 0)
    sign_in (self, message, request->body);
  else if (strcmp (route, "POST /v1/sessions/refresh") == 0)
    refresh (self, message, request->body);
  else if (self->n_tokens > 0 && g_strcmp0 (request->authorization, bearer) != 0)
    answer (message, SOUP_STATUS_UNAUTHORIZED, NULL, "{\"detail\":\"No token.\"}");
  else if (strcmp (route, "POST /v1/sessions/revoke") == 0)
    answer (message, SOUP_STATUS_OK, NULL, "{}");
  else if (strcmp (route, "POST /v1/cases") == 0)
    take_case (message, request->body);
  else if (strcmp (route, "GET /v1/changes") == 0)
    list_changes (self, message, request->query);
  else if (strcmp (route, "GET /v1/events") == 0)
    open_stream (self, message);
  else if (strcmp (route, "GET /v1/statistics") == 0)
    answer (message, SOUP_STATUS_OK, NULL, "{\"periods\":[]}");
  else if (route_fits ("PUT /v1/photos/*", route))
    take_photo (message, route);
  else if (route_fits ("POST /v1/tips/*", route))
    take_tip_state (message, request->body);
  else
    answer (message, SOUP_STATUS_NOT_FOUND, "application/problem+json",
            "{\"detail\":\"Nothing there.\"}");
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  SyncTestServer *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  SyncTestRequest *request = g_new0 (SyncTestRequest, 1);

  request->route = g_strdup_printf ("%s %s", soup_server_message_get_method (message), path);
  request->query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));
  request->idempotency_key = g_strdup (soup_message_headers_get_one (headers, "Idempotency-Key"));
  request->if_match = g_strdup (soup_message_headers_get_one (headers, "If-Match"));
  request->authorization = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
  request->media_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  request->body = g_strndup (body->data != NULL ? body->data : "", (gsize) body->length);
  g_ptr_array_add (self->requests, request);
  for (guint i = 0; i < self->steps->len; i++)
    if (route_fits (((Step *) self->steps->pdata[i])->route, request->route))
      {
        Step *step = g_ptr_array_steal_index (self->steps, i);

        take_step (self, message, step);
        step_free (step);
        return;
      }
  serve (self, message, request);
}

SyncTestServer *
sync_test_server_new (void)
{
  SyncTestServer *self = g_new0 (SyncTestServer, 1);

  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_change_free);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->streams = g_ptr_array_new_with_free_func (g_object_unref);
  sync_test_server_come_up (self);
  return self;
}

void
sync_test_server_free (SyncTestServer *self)
{
  sync_test_server_go_down (self);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->changes);
  g_ptr_array_unref (self->held);
  g_ptr_array_unref (self->streams);
  g_free (self->url);
  g_free (self->token);
  g_free (self);
}

const char *
sync_test_server_get_url (SyncTestServer *self)
{
  return self->url;
}

void
sync_test_server_go_down (SyncTestServer *self)
{
  if (self->server == NULL)
    return;
  sync_test_server_end_streams (self);
  for (guint i = 0; i < self->held->len; i++)
    {
      hang_up (self->held->pdata[i]);
      soup_server_message_unpause (self->held->pdata[i]);
    }
  g_ptr_array_set_size (self->held, 0);
  soup_server_disconnect (self->server);
  sync_test_iterate ();
  g_clear_object (&self->server);
}

void
sync_test_server_come_up (SyncTestServer *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, (guint16) self->port);
  GSList *uris;

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen (self->server, address, 0, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_free (self->url);
  self->url = g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

static void
push (SyncTestServer *self,
      const char *route,
      StepKind kind,
      guint status,
      const char *media_type,
      const char *body)
{
  Step *step = g_new0 (Step, 1);

  step->route = g_strdup (route);
  step->kind = kind;
  step->status = status;
  step->media_type = g_strdup (media_type);
  step->body = g_strdup (body);
  g_ptr_array_add (self->steps, step);
}

void
sync_test_server_push (SyncTestServer *self,
                       const char *route,
                       guint status,
                       const char *media_type,
                       const char *body)
{
  push (self, route, STEP_ANSWER, status, media_type, body);
}

void
sync_test_server_push_problem (SyncTestServer *self,
                               const char *route,
                               guint status,
                               const char *sentence)
{
  g_autofree char *body = reunion_wire_problem_to_json (status, NULL, sentence);

  push (self, route, STEP_ANSWER, status, "application/problem+json", body);
}

void
sync_test_server_push_hang (SyncTestServer *self, const char *route)
{
  push (self, route, STEP_HANG, 0, NULL, NULL);
}

void
sync_test_server_push_raw (SyncTestServer *self, const char *route, const char *bytes)
{
  push (self, route, STEP_RAW, 0, NULL, bytes);
}

void
sync_test_server_expire_tokens (SyncTestServer *self)
{
  g_free (self->token);
  self->token = g_strdup ("none");
}

void
sync_test_server_end_session (SyncTestServer *self)
{
  sync_test_server_expire_tokens (self);
  self->has_ended = TRUE;
}

void
sync_test_server_shorten_tokens (SyncTestServer *self)
{
  self->is_short = TRUE;
}

static void
add_change (SyncTestServer *self, ReunionChange *change, gboolean is_live)
{
  g_autofree char *json = reunion_wire_change_to_json (change);
  g_autofree char *event
      = g_strdup_printf ("id: %" G_GINT64_FORMAT "\ndata: %s\n\n", change->sequence, json);

  g_ptr_array_add (self->changes, change);
  if (is_live)
    sync_test_server_stream (self, event);
}

void
sync_test_server_add_case (SyncTestServer *self,
                           gint64 sequence,
                           ReunionCase *case_,
                           gboolean is_live)
{
  add_change (self, reunion_change_new_case (sequence, case_), is_live);
}

void
sync_test_server_add_tip (SyncTestServer *self, gint64 sequence, ReunionTip *tip, gboolean is_live)
{
  add_change (self, reunion_change_new_tip (sequence, tip), is_live);
}

void
sync_test_server_stream (SyncTestServer *self, const char *bytes)
{
  for (guint i = 0; i < self->streams->len; i++)
    send_chunk (self->streams->pdata[i], bytes);
}

void
sync_test_server_end_streams (SyncTestServer *self)
{
  for (guint i = 0; i < self->streams->len; i++)
    {
      soup_server_message_set_status (self->streams->pdata[i], SOUP_STATUS_OK, NULL);
      hang_up (self->streams->pdata[i]);
      soup_server_message_unpause (self->streams->pdata[i]);
    }
  g_ptr_array_set_size (self->streams, 0);
}

guint
sync_test_server_count (SyncTestServer *self, const char *route)
{
  guint n = 0;

  for (guint i = 0; i < self->requests->len; i++)
    if (route_fits (route, ((SyncTestRequest *) self->requests->pdata[i])->route))
      n++;
  return n;
}

const SyncTestRequest *
sync_test_server_get (SyncTestServer *self, const char *route, guint index)
{
  for (guint i = 0; i < self->requests->len; i++)
    if (route_fits (route, ((SyncTestRequest *) self->requests->pdata[i])->route) && index-- == 0)
      return self->requests->pdata[i];
  g_error ("Expected more requests on %s than %u", route, sync_test_server_count (self, route));
}

SyncTest *
sync_test_new (void)
{
  SyncTest *self = g_new0 (SyncTest, 1);

  self->folder = store_test_folder_new ();
  self->store = store_test_open_station (self->folder);
  self->server = sync_test_server_new ();
  self->client = reunion_client_new (self->server->url);
  return self;
}

void
sync_test_free (SyncTest *self)
{
  /* What was cancelled still has to come back. */
  sync_test_iterate_for_a_while ();
  g_assert_finalize_object (self->client);
  g_assert_finalize_object (self->store);
  sync_test_server_free (self->server);
  store_test_folder_free (self->folder);
  g_free (self);
}

void
sync_test_set_timeout (ReunionClient *client, guint seconds)
{
  soup_session_set_timeout (reunion_client_get_session (client), seconds);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

gboolean
sync_test_sign_in (ReunionClient *client, const char *password, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reunion_client_sign_in_async (client, "zhang", password, NULL, result_cb, &result);
  sync_test_wait (result != NULL);
  return reunion_client_sign_in_finish (client, result, error);
}

char *
sync_test_request (ReunionClient *client, const char *method, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;

  reunion_client_send_async (client, method, path, NULL, NULL, NULL, NULL, result_cb, &result);
  sync_test_wait (result != NULL);
  bytes = reunion_client_send_finish (client, result, error);
  if (bytes == NULL)
    return NULL;
  if (g_bytes_get_size (bytes) == 0)
    return g_strdup ("");
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static gboolean
turn_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

void
sync_test_iterate (void)
{
  g_autoptr (GSource) source = g_timeout_source_new (TURN_MS);

  g_source_set_callback (source, turn_cb, NULL, NULL);
  g_source_attach (source, NULL);
  g_main_context_iteration (NULL, TRUE);
  g_source_destroy (source);
}

void
sync_test_iterate_for_a_while (void)
{
  gint64 end_usec = g_get_monotonic_time () + A_WHILE_USEC;

  while (g_get_monotonic_time () < end_usec)
    sync_test_iterate ();
}
