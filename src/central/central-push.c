/* central-push.c: notices to partners, through a queue that outlives us
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-push.h"

#include "central-told.h"
#include "reunion-webhook.h"

#include <libsoup/soup.h>
#include <string.h>

#define TIMEOUT_S 15
#define BATCH 256
#define LONGEST_PAUSE_S 3600
#define GIVE_UP_USEC G_TIME_SPAN_DAY
#define LONGEST_SLEEP_MS 1000

struct _CentralPusher
{
  GObject parent_instance;

  CentralService *service;
  SoupSession *session;
  GCancellable *cancellable; /* NULL once stopped */
  GHashTable *busy;          /* partners with a delivery on its way */
  gulong committed_id;
  guint timer_id;
};

/* One delivery on its way. */
typedef struct
{
  CentralPusher *pusher;
  ReunionDelivery *delivery;
  SoupMessage *message;
} Flight;

G_DEFINE_FINAL_TYPE (CentralPusher, central_pusher, G_TYPE_OBJECT)

static void push_due (CentralPusher *self);

static gboolean
enqueue_one (CentralService *service,
             ReunionCase *case_,
             const ReunionPartner *partner,
             ReunionPushKind kind,
             double told_radius_km,
             GError **error)
{
  gint64 now_usec = central_service_get_now_usec (service);
  ReunionStage stage = { 0 };
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *id = g_strconcat ("msg_", uuid, NULL);
  g_autofree char *body = NULL;
  ReunionPush push = {
    .kind = kind,
    .id = id,
    .sent_usec = now_usec,
    /* A partner that can't subtract gets the whole circle, under the same
     * stage. */
    .told_radius_km = partner->accepts_ring ? told_radius_km : 0.0,
    .datum = partner->datum,
  };
  ReunionDelivery delivery = {
    .id = id,
    .partner = partner->id,
    .case_id = (char *) reunion_case_get_id (case_),
    .kind = kind,
    .created_usec = now_usec,
  };

  if (kind != REUNION_PUSH_WITHDRAWN && central_told_get_stage (service, case_, &stage))
    {
      push.stage = &stage;
      delivery.stage = stage.id;
    }
  if (kind == REUNION_PUSH_UPDATED || kind == REUNION_PUSH_WITHDRAWN)
    delivery.revision = reunion_case_get_revision (case_);
  body = reunion_push_to_json (&push, case_);
  delivery.body = body;
  return reunion_central_store_add_delivery (central_service_get_store (service), &delivery, error)
         && central_told_record (service, case_, partner, &delivery, push.stage, error);
}

gboolean
central_push_enqueue (CentralService *service,
                      ReunionCase *case_,
                      ReunionPushKind kind,
                      double told_radius_km,
                      GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  const char *case_id = reunion_case_get_id (case_);
  g_autoptr (GPtrArray) partners = NULL;

  if (!reunion_central_store_add_told (store, case_id, kind, told_radius_km,
                                       central_service_get_now_usec (service), error))
    return FALSE;
  if (kind == REUNION_PUSH_WITHDRAWN || kind == REUNION_PUSH_UPDATED)
    partners = reunion_central_store_list_told_partners (store, case_id, error);
  else
    partners = reunion_central_store_list_partners (store, error);
  if (partners == NULL)
    return FALSE;
  if (kind == REUNION_PUSH_WITHDRAWN
      && !reunion_central_store_drop_deliveries (store, case_id, error))
    return FALSE;
  for (guint i = 0; i < partners->len; i++)
    {
      ReunionPartner *partner = partners->pdata[i];
      double told_km = central_told_get_radius_km (service, case_, partner, error);

      if (told_km < 0.0)
        return FALSE;
      if (!central_told_is_enough (service, case_, kind, told_km)
          && !enqueue_one (service, case_, partner, kind, told_km, error))
        return FALSE;
    }
  return TRUE;
}

/* Transfer full. */
static char *
make_sample (CentralService *service, ReunionCase *case_)
{
  ReunionPush push = {
    .kind = REUNION_PUSH_UPDATED,
    .id = "",
    .stage = reunion_policy_get_stage (central_service_get_policy (service), 0),
    .datum = REUNION_DATUM_WGS84,
  };

  return reunion_push_to_json (&push, case_);
}

gboolean
central_push_says_the_same (CentralService *service, ReunionCase *before, ReunionCase *after)
{
  g_autofree char *old_message = make_sample (service, before);
  g_autofree char *new_message = make_sample (service, after);

  return strcmp (old_message, new_message) == 0;
}

gint64
central_push_get_backoff_usec (guint n_attempts, double random)
{
  gint64 seconds = 1;

  for (guint i = 1; i < n_attempts && seconds < LONGEST_PAUSE_S; i++)
    seconds *= 2;
  seconds = MIN (seconds, LONGEST_PAUSE_S);
  return (gint64) ((double) (seconds * G_TIME_SPAN_SECOND) * (0.75 + 0.5 * random));
}

static void
flight_free (Flight *flight)
{
  g_object_unref (flight->pusher);
  reunion_delivery_free (flight->delivery);
  g_clear_object (&flight->message);
  g_free (flight);
}

/* @reason is NULL when the partner has acknowledged. */
static void
settle (CentralPusher *self, const ReunionDelivery *delivery, guint status, const char *reason)
{
  ReunionCentralStore *store = central_service_get_store (self->service);
  gint64 now_usec = central_service_get_now_usec (self->service);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (reason == NULL)
    ok = reunion_central_store_acknowledge_delivery (store, delivery->id, now_usec, &error);
  else if (status == SOUP_STATUS_GONE || now_usec - delivery->created_usec > GIVE_UP_USEC)
    ok = reunion_central_store_bury_delivery (store, delivery->id, reason, &error);
  else
    ok = reunion_central_store_delay_delivery (
        store, delivery->id, reason,
        now_usec + central_push_get_backoff_usec (delivery->n_attempts + 1, g_random_double ()),
        &error);
  if (!ok)
    g_warning ("A delivery could not be recorded: %s", error->message);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  CentralPusher *self = flight->pusher;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream
      = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  guint status = soup_message_get_status (flight->message);
  g_autofree char *answer = NULL;

  /* What the partner says beside the status is of no interest. */
  if (stream != NULL)
    g_input_stream_close_async (stream, G_PRIORITY_LOW, NULL, NULL, NULL);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (stream != NULL && !SOUP_STATUS_IS_SUCCESSFUL (status))
        answer = g_strdup_printf ("The partner answered %u.", status);
      settle (self, flight->delivery, status, error != NULL ? error->message : answer);
    }
  g_hash_table_remove (self->busy, flight->delivery->partner);
  push_due (self);
  flight_free (flight);
}

/* Takes @delivery. */
static void
push_one (CentralPusher *self, ReunionDelivery *delivery, const ReunionPartner *partner)
{
  g_autoptr (GBytes) body = g_bytes_new (delivery->body, strlen (delivery->body));
  /* The partner's clock is the world's, whatever clock a test gives us. */
  gint64 timestamp_s = g_get_real_time () / G_TIME_SPAN_SECOND;
  g_autofree char *timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, timestamp_s);
  g_autofree char *signature = NULL;
  g_autoptr (GError) error = NULL;
  SoupMessageHeaders *headers;
  SoupMessage *message = NULL;
  Flight *flight;

  signature = reunion_webhook_sign (partner->secret, delivery->id, timestamp_s, body, &error);
  if (signature != NULL && partner->url != NULL)
    message = soup_message_new ("POST", partner->url);
  if (message == NULL)
    {
      settle (self, delivery, 0,
              error != NULL ? error->message : "The partner's address is no URL.");
      reunion_delivery_free (delivery);
      return;
    }
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_set_request_body_from_bytes (message, "application/json", body);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, REUNION_WEBHOOK_HEADER_ID, delivery->id);
  soup_message_headers_replace (headers, REUNION_WEBHOOK_HEADER_TIMESTAMP, timestamp);
  soup_message_headers_replace (headers, REUNION_WEBHOOK_HEADER_SIGNATURE, signature);

  flight = g_new0 (Flight, 1);
  flight->pusher = g_object_ref (self);
  flight->delivery = delivery;
  flight->message = message;
  g_hash_table_add (self->busy, g_strdup (delivery->partner));
  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, self->cancellable, sent_cb,
                           flight);
}

static gboolean
timer_cb (gpointer user_data)
{
  CentralPusher *self = user_data;

  self->timer_id = 0;
  push_due (self);
  return G_SOURCE_REMOVE;
}

static void
arm_timer (CentralPusher *self, gint64 now_usec)
{
  gint64 next_usec
      = reunion_central_store_get_next_delivery_usec (central_service_get_store (self->service));

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (next_usec >= 0)
    self->timer_id = g_timeout_add (
        (guint) CLAMP ((next_usec - now_usec) / 1000 + 1, 20, LONGEST_SLEEP_MS), timer_cb, self);
}

static void
push_due (CentralPusher *self)
{
  ReunionCentralStore *store;
  gint64 now_usec;
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GError) error = NULL;

  if (self->cancellable == NULL)
    return;
  store = central_service_get_store (self->service);
  now_usec = central_service_get_now_usec (self->service);
  due = reunion_central_store_list_due_deliveries (store, now_usec, BATCH, &error);
  for (guint i = 0; due != NULL && i < due->len; i++)
    {
      ReunionDelivery *delivery = due->pdata[i];
      g_autoptr (ReunionPartner) partner = NULL;

      if (g_hash_table_contains (self->busy, delivery->partner))
        continue;
      partner = reunion_central_store_find_partner (store, delivery->partner, &error);
      if (partner == NULL)
        break;
      push_one (self, g_ptr_array_steal_index_fast (due, i), partner);
      i--;
    }
  if (error != NULL)
    g_warning ("The deliveries could not be read: %s", error->message);
  arm_timer (self, now_usec);
}

static void
committed_cb (CentralService *service, gpointer user_data)
{
  push_due (user_data);
}

static void
central_pusher_dispose (GObject *object)
{
  CentralPusher *self = CENTRAL_PUSHER (object);

  central_pusher_stop (self);
  g_clear_object (&self->session);
  g_clear_object (&self->service);
  g_clear_pointer (&self->busy, g_hash_table_unref);
  G_OBJECT_CLASS (central_pusher_parent_class)->dispose (object);
}

static void
central_pusher_class_init (CentralPusherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = central_pusher_dispose;
}

static void
central_pusher_init (CentralPusher *self)
{
  self->busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  self->session
      = soup_session_new_with_options ("timeout", TIMEOUT_S, "max-conns", 256, "max-conns-per-host",
                                       64, "user-agent", "Reunion/" REUNION_VERSION, NULL);
}

CentralPusher *
central_pusher_new (CentralService *service)
{
  CentralPusher *self;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service), NULL);

  self = g_object_new (CENTRAL_TYPE_PUSHER, NULL);
  self->service = g_object_ref (service);
  self->committed_id = g_signal_connect (service, "committed", G_CALLBACK (committed_cb), self);
  push_due (self);
  return self;
}

void
central_pusher_stop (CentralPusher *self)
{
  g_return_if_fail (CENTRAL_IS_PUSHER (self));

  if (self->cancellable == NULL)
    return;
  g_clear_signal_handler (&self->committed_id, self->service);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}
