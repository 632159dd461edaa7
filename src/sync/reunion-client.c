/* reunion-client.c: talking to the central service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-client.h"

#include "reunion-client-private.h"
#include "reunion-wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TIMEOUT_S 15
#define SESSIONS_PATH "/v1/sessions"
#define REFRESH_PATH "/v1/sessions/refresh"
#define REVOKE_PATH "/v1/sessions/revoke"
/* The token is exchanged when so much of its life is over, and tried again so soon
 * while the service can't be reached. */
#define RENEW_AT 0.8
#define RENEW_AGAIN_S 30
#define MIN_RENEW_S 5
#define MAX_RENEW_S 86400
#define STATUS_TOO_MANY_REQUESTS 429 /* not among libsoup 3.2's names */
#define MAX_ANSWER_BYTES (32 * 1024 * 1024)
#define CHUNK_BYTES (64 * 1024)

struct _ReunionClient
{
  GObject parent_instance;

  SoupSession *session;
  char *base_url;
  char *user;
  char *token;
  char *refresh_token; /* good once, for the next of both; in memory only */
  char *refresh_key;   /* of the exchange whose answer is not there yet, or NULL */
  guint renew_id;
  ReunionAccount *account;
  GPtrArray *renewing; /* tasks that wait for a new token, or NULL */
  GCancellable *renewal_cancellable;
};

/* One request on its way. */
typedef struct
{
  char *method;
  char *path;
  GBytes *body;
  char *media_type;
  char *idempotency_key;
  char *if_match;
  gboolean is_sign_in; /* or a renewal: bears no token */
  gboolean has_renewed;
  char *token; /* that it was sent with */
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *answer;
} Request;

G_DEFINE_FINAL_TYPE (ReunionClient, reunion_client, G_TYPE_OBJECT)
G_DEFINE_QUARK (reunion - sync - error - quark, reunion_sync_error)

static void start_request (GTask *task);
static void start_renewal (ReunionClient *self);
static gboolean take_session (ReunionClient *self, GBytes *answer, GError **error);
static void cancel_renewal (ReunionClient *self);
static void forget (ReunionClient *self);

static void
request_free (Request *request)
{
  g_free (request->method);
  g_free (request->path);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request->media_type);
  g_free (request->idempotency_key);
  g_free (request->if_match);
  g_free (request->token);
  g_clear_object (&request->message);
  g_clear_object (&request->stream);
  g_byte_array_unref (request->answer);
  g_free (request);
}

void
reunion_account_free (ReunionAccount *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->account);
  g_free (self->name);
  g_free (self->station);
  g_free (self->station_name);
  g_free (self->station_phone);
  g_free (self->region);
  g_free (self);
}

static void
reunion_client_finalize (GObject *object)
{
  ReunionClient *self = REUNION_CLIENT (object);

  cancel_renewal (self);
  forget (self);
  g_clear_object (&self->session);
  g_free (self->base_url);
  G_OBJECT_CLASS (reunion_client_parent_class)->finalize (object);
}

static void
reunion_client_class_init (ReunionClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reunion_client_finalize;
}

static void
reunion_client_init (ReunionClient *self)
{
  self->session = soup_session_new_with_options ("timeout", TIMEOUT_S, "max-conns-per-host", 6,
                                                 "user-agent", "Reunion/" REUNION_VERSION, NULL);
}

ReunionClient *
reunion_client_new (const char *base_url)
{
  ReunionClient *self;

  g_return_val_if_fail (base_url != NULL, NULL);

  self = g_object_new (REUNION_TYPE_CLIENT, NULL);
  self->base_url = g_strdup (base_url);
  while (g_str_has_suffix (self->base_url, "/"))
    self->base_url[strlen (self->base_url) - 1] = '\0';
  return self;
}

const char *
reunion_client_get_base_url (ReunionClient *self)
{
  g_return_val_if_fail (REUNION_IS_CLIENT (self), NULL);
  return self->base_url;
}

const ReunionAccount *
reunion_client_get_account (ReunionClient *self)
{
  g_return_val_if_fail (REUNION_IS_CLIENT (self), NULL);
  return self->account;
}

static void
forget (ReunionClient *self)
{
  g_clear_handle_id (&self->renew_id, g_source_remove);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->refresh_token, g_free);
  g_clear_pointer (&self->refresh_key, g_free);
  g_clear_pointer (&self->account, reunion_account_free);
}

static void
cancel_renewal (ReunionClient *self)
{
  g_cancellable_cancel (self->renewal_cancellable);
  g_clear_object (&self->renewal_cancellable);
}

/* Nobody waits for the answer: what is not heard of runs out by itself. */
static void
tell_sign_out (ReunionClient *self)
{
  g_autoptr (SoupMessage) message = reunion_client_make_message (self, "POST", REVOKE_PATH);
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autofree char *key = g_uuid_string_random ();

  if (message == NULL)
    return;
  soup_message_set_request_body_from_bytes (message, "application/json", body);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Idempotency-Key", key);
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

void
reunion_client_sign_out (ReunionClient *self)
{
  g_return_if_fail (REUNION_IS_CLIENT (self));

  cancel_renewal (self);
  if (self->token != NULL)
    tell_sign_out (self);
  forget (self);
}

SoupSession *
reunion_client_get_session (ReunionClient *self)
{
  g_return_val_if_fail (REUNION_IS_CLIENT (self), NULL);
  return self->session;
}

SoupMessage *
reunion_client_make_message (ReunionClient *self, const char *method, const char *path)
{
  g_autofree char *url = g_strconcat (self->base_url, path, NULL);
  g_autofree char *scheme = g_uri_parse_scheme (url);
  SoupMessage *message = NULL;

  /* The library takes other schemes too, and then calls them unreachable. */
  if (g_strcmp0 (scheme, "http") == 0 || g_strcmp0 (scheme, "https") == 0)
    message = soup_message_new (method, url);
  if (message == NULL)
    return NULL;
  /* The API redirects nowhere: a redirection is a portal or a mistake. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (self->token != NULL && strcmp (path, SESSIONS_PATH) != 0 && strcmp (path, REFRESH_PATH) != 0)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                    bearer);
    }
  return message;
}

gboolean
reunion_client_check_status (SoupMessage *message, const char *body, gsize length, GError **error)
{
  guint status = soup_message_get_status (message);
  const char *type
      = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);
  g_autofree char *sentence = NULL;

  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    return TRUE;
  /* A refusal of the network's own, on the way there, settles nothing. */
  if (g_strcmp0 (type, "application/problem+json") == 0)
    sentence = reunion_wire_problem_get_sentence (body, (gssize) length);
  if (status == SOUP_STATUS_UNAUTHORIZED)
    g_set_error_literal (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_SIGN_IN,
                         _ ("The central service does not accept this account and password. Check "
                            "both and sign in again."));
  else if (status == SOUP_STATUS_REQUEST_TIMEOUT || status == STATUS_TOO_MANY_REQUESTS
           || status >= 500)
    g_set_error (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_UNAVAILABLE,
                 _ ("The central service can't answer just now (%u). It is tried again by itself."),
                 status);
  else if (SOUP_STATUS_IS_CLIENT_ERROR (status) && sentence != NULL)
    g_set_error (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_REFUSED, "%s", sentence);
  else
    g_set_error (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_NONSENSE,
                 _ ("What answers at this address is not the central service (%u). Check the "
                    "address, or sign in to the network."),
                 status);
  return FALSE;
}

GError *
reunion_client_translate_error (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || error->domain == REUNION_SYNC_ERROR)
    return g_error_copy (error);
  return g_error_new_literal (REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_OFFLINE,
                              _ ("The central service can't be reached. It is tried again by "
                                 "itself."));
}

static GError *
make_ended_error (void)
{
  return g_error_new_literal (REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_SIGN_IN,
                              _ ("Your session has ended. Sign in again with your password."));
}

static gboolean
is_settled (const GError *error)
{
  return g_error_matches (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_SIGN_IN)
         || g_error_matches (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_REFUSED);
}

static gboolean
renew_cb (gpointer user_data)
{
  ReunionClient *self = user_data;

  self->renew_id = 0;
  if (self->refresh_token != NULL && self->renewing == NULL)
    start_renewal (self);
  return G_SOURCE_REMOVE;
}

static void
plan_renewal (ReunionClient *self, guint seconds)
{
  g_clear_handle_id (&self->renew_id, g_source_remove);
  self->renew_id = g_timeout_add_seconds (seconds, renew_cb, self);
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ReunionClient *self = REUNION_CLIENT (source);
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->renewing);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = reunion_client_send_finish (self, result, &error);

  if (answer != NULL && take_session (self, answer, &error))
    g_clear_pointer (&self->refresh_key, g_free);
  else if (is_settled (error))
    {
      forget (self);
      g_clear_error (&error);
      error = make_ended_error ();
    }
  /* Nothing is settled: the same exchange, under the same key, another time. */
  else if (self->refresh_token != NULL)
    plan_renewal (self, RENEW_AGAIN_S);
  for (guint i = 0; i < tasks->len; i++)
    if (error == NULL)
      start_request (g_object_ref (tasks->pdata[i]));
    else
      g_task_return_error (tasks->pdata[i], g_error_copy (error));
}

/* One renewal for all that were refused together: the old token is good once, and a
 * second use of it would end the session. */
static void
renew (ReunionClient *self, GTask *task)
{
  Request *request = g_task_get_task_data (task);

  request->has_renewed = TRUE;
  /* Another request has renewed it while this one was on its way. */
  if (self->renewing == NULL && g_strcmp0 (self->token, request->token) != 0)
    {
      start_request (g_object_ref (task));
      return;
    }
  if (self->renewing == NULL)
    start_renewal (self);
  g_ptr_array_add (self->renewing, g_object_ref (task));
}

static void
finish_request (GTask *task)
{
  ReunionClient *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;

  if (soup_message_get_status (request->message) == SOUP_STATUS_UNAUTHORIZED
      && !request->is_sign_in)
    {
      if (!request->has_renewed && self->refresh_token != NULL)
        {
          renew (self, task);
          return;
        }
      /* A token that was good a moment ago is not any more: somebody has ended it. */
      if (g_strcmp0 (self->token, request->token) == 0)
        forget (self);
      g_task_return_error (task, make_ended_error ());
      return;
    }
  if (!reunion_client_check_status (request->message, (const char *) request->answer->data,
                                    request->answer->len, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_bytes_new (request->answer->data, request->answer->len),
                           (GDestroyNotify) g_bytes_unref);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length;
  const guint8 *data;

  if (chunk == NULL)
    {
      g_task_return_error (task, reunion_client_translate_error (error));
      return;
    }
  data = g_bytes_get_data (chunk, &length);
  if (length == 0)
    {
      finish_request (task);
      return;
    }
  g_byte_array_append (request->answer, data, (guint) length);
  if (request->answer->len > MAX_ANSWER_BYTES)
    {
      g_task_return_new_error (task, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_NONSENSE,
                               _ ("The answer is far too long to come from the central service. "
                                  "Check its address."));
      return;
    }
  g_input_stream_read_bytes_async (request->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_clear_object (&request->stream);
  request->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (request->stream == NULL)
    {
      g_task_return_error (task, reunion_client_translate_error (error));
      return;
    }
  g_input_stream_read_bytes_async (request->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

/* Takes the reference to @task. */
static void
start_request (GTask *task)
{
  ReunionClient *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);

  g_clear_object (&request->message);
  g_byte_array_set_size (request->answer, 0);
  g_free (request->token);
  request->token = g_strdup (self->token);
  request->message = reunion_client_make_message (self, request->method, request->path);
  if (request->message == NULL)
    {
      g_task_return_new_error (task, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_NONSENSE,
                               _ ("“%s” is no address of a central service. Check it in the "
                                  "settings."),
                               self->base_url);
      g_object_unref (task);
      return;
    }
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (request->message, request->media_type, request->body);
  if (request->idempotency_key != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (request->message),
                                  "Idempotency-Key", request->idempotency_key);
  if (request->if_match != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (request->message), "If-Match",
                                  request->if_match);
  soup_session_send_async (self->session, request->message, G_PRIORITY_DEFAULT,
                           g_task_get_cancellable (task), sent_cb, task);
}

static GTask *
make_task (ReunionClient *self,
           const char *method,
           const char *path,
           GBytes *body,
           const char *media_type,
           const char *idempotency_key,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->method = g_strdup (method);
  request->path = g_strdup (path);
  request->body = body != NULL ? g_bytes_ref (body) : NULL;
  request->media_type = g_strdup (media_type);
  request->idempotency_key = g_strdup (idempotency_key);
  request->answer = g_byte_array_new ();
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  return task;
}

static void
start_renewal (ReunionClient *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GBytes) body = NULL;
  GTask *task;
  char *text;

  self->renewing = g_ptr_array_new_with_free_func (g_object_unref);
  if (self->refresh_key == NULL)
    self->refresh_key = g_uuid_string_random ();
  json_object_set_string_member (object, "refresh_token", self->refresh_token);
  text = reunion_json_to_text (object);
  body = g_bytes_new_take (text, strlen (text));
  g_clear_object (&self->renewal_cancellable);
  self->renewal_cancellable = g_cancellable_new ();
  task = make_task (self, "POST", REFRESH_PATH, body, "application/json", self->refresh_key,
                    self->renewal_cancellable, renewed_cb, NULL);
  ((Request *) g_task_get_task_data (task))->is_sign_in = TRUE;
  start_request (task);
}

void
reunion_client_send_async (ReunionClient *self,
                           const char *method,
                           const char *path,
                           GBytes *body,
                           const char *media_type,
                           const char *idempotency_key,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  reunion_client_send_matching_async (self, method, path, body, media_type, idempotency_key, NULL,
                                      cancellable, callback, user_data);
}

void
reunion_client_send_matching_async (ReunionClient *self,
                                    const char *method,
                                    const char *path,
                                    GBytes *body,
                                    const char *media_type,
                                    const char *idempotency_key,
                                    const char *if_match,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (REUNION_IS_CLIENT (self) && method != NULL && path != NULL);

  task = make_task (self, method, path, body, media_type, idempotency_key, cancellable, callback,
                    user_data);
  g_task_set_source_tag (task, reunion_client_send_matching_async);
  request = g_task_get_task_data (task);
  request->if_match = g_strdup (if_match);
  start_request (task);
}

GBytes *
reunion_client_send_finish (ReunionClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static ReunionAccount *
read_account (JsonObject *object, GError **error)
{
  g_autoptr (ReunionAccount) account = g_new0 (ReunionAccount, 1);
  const char *user, *name, *role;
  const char *station = NULL, *station_name = NULL, *station_phone = NULL, *region = NULL;

  if ((user = reunion_json_get_string (object, "account", error)) == NULL
      || (name = reunion_json_get_string (object, "name", error)) == NULL
      || (role = reunion_json_get_string (object, "role", error)) == NULL
      || !reunion_json_read_string (object, "station", &station, error)
      || !reunion_json_read_string (object, "station_name", &station_name, error)
      || !reunion_json_read_string (object, "station_phone", &station_phone, error)
      || !reunion_json_read_string (object, "region", &region, error))
    return NULL;
  if (!reunion_role_from_key (role, &account->role))
    {
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER, "“%s” is not a role.",
                   role);
      return NULL;
    }
  account->account = g_strdup (user);
  account->name = g_strdup (name);
  account->station = g_strdup (station);
  account->station_name = g_strdup (station_name);
  account->station_phone = g_strdup (station_phone);
  account->region = g_strdup (region);
  return g_steal_pointer (&account);
}

static gboolean
take_session (ReunionClient *self, GBytes *answer, GError **error)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (ReunionAccount) account = NULL;
  JsonObject *member;
  const char *token;
  const char *refresh_token = NULL;
  gint64 expires_in_s;
  gsize length;
  const char *text = g_bytes_get_data (answer, &length);

  object = reunion_json_parse (text, (gssize) length, error);
  if (object == NULL || (token = reunion_json_get_string (object, "token", error)) == NULL
      || (member = reunion_json_get_object (object, "account", error)) == NULL
      || !reunion_json_read_string (object, "refresh_token", &refresh_token, error)
      || (account = read_account (member, error)) == NULL)
    return FALSE;
  g_free (self->token);
  self->token = g_strdup (token);
  g_free (self->refresh_token);
  self->refresh_token = g_strdup (refresh_token);
  g_clear_handle_id (&self->renew_id, g_source_remove);
  expires_in_s = json_object_get_int_member_with_default (object, "expires_in", 0);
  /* By how long, not until when: the clock of this PC may be wrong. */
  if (refresh_token != NULL && expires_in_s > 0)
    plan_renewal (self, CLAMP ((guint) (MIN (expires_in_s, MAX_RENEW_S) * RENEW_AT), MIN_RENEW_S,
                               MAX_RENEW_S));
  g_clear_pointer (&self->account, reunion_account_free);
  self->account = g_steal_pointer (&account);
  return TRUE;
}

static void
session_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ReunionClient *self = REUNION_CLIENT (source);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) local_error = NULL;
  GError *error = NULL;
  g_autoptr (GBytes) answer = reunion_client_send_finish (self, result, &error);

  if (answer == NULL)
    {
      /* Asking again with the same password would lock the account. */
      if (is_settled (error))
        {
          error->code = REUNION_SYNC_ERROR_SIGN_IN;
          forget (self);
        }
      g_task_return_error (task, error);
    }
  else if (!take_session (self, answer, &local_error))
    g_task_return_new_error (
        task, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_NONSENSE,
        _ ("What answers at this address is not the central service. Check the "
           "address, or sign in to the network. (%s)"),
        local_error->message);
  else
    g_task_return_boolean (task, TRUE);
}

void
reunion_client_sign_in_async (ReunionClient *self,
                              const char *account,
                              const char *password,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GBytes) body = NULL;
  GTask *task, *request_task;
  char *text;

  g_return_if_fail (REUNION_IS_CLIENT (self) && account != NULL && password != NULL);

  cancel_renewal (self);
  if (g_strcmp0 (self->user, account) != 0)
    {
      forget (self);
      self->user = g_strdup (account);
    }
  json_object_set_string_member (object, "account", account);
  json_object_set_string_member (object, "password", password);
  text = reunion_json_to_text (object);
  body = g_bytes_new_take (text, strlen (text));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reunion_client_sign_in_async);
  request_task = make_task (self, "POST", SESSIONS_PATH, body, "application/json", NULL,
                            cancellable, session_cb, task);
  ((Request *) g_task_get_task_data (request_task))->is_sign_in = TRUE;
  start_request (request_task);
}

gboolean
reunion_client_sign_in_finish (ReunionClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
