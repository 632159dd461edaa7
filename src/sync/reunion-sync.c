/* reunion-sync.c: keeps the station's store and the service in step
 *
 * One connection goes through the same steps each time: sign in, fetch the
 * tables, fetch the changes since the cursor, open the event stream. Where a
 * step fails it starts again from the top after a while.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-sync.h"

#include "reunion-event-stream.h"
#include "reunion-history-fetcher.h"
#include "reunion-photo-fetcher.h"
#include "reunion-sender.h"
#include "reunion-wire.h"

#include <glib/gi18n-lib.h>

#define PAGE 200
#define FIRST_RETRY_S 1
#define LAST_RETRY_S 30
#define STATISTICS_DELAY_S 3

struct _ReunionSync
{
  GObject parent_instance;

  ReunionStationStore *store;
  ReunionClient *client;
  ReunionSender *sender;
  ReunionHistoryFetcher *histories;
  ReunionPhotoFetcher *photos;
  ReunionEventStream *stream;
  GCancellable *cancellable; /* NULL while stopped */
  GNetworkMonitor *monitor;
  gulong network_id;

  char *user;
  char *password;
  ReunionSyncStatus status;
  char *problem;
  guint n_failures;
  guint retry_id;
  guint statistics_id;
};

enum
{
  PROP_0,
  PROP_STATUS,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ReunionSync, reunion_sync, G_TYPE_OBJECT)

static void connect_to_service (ReunionSync *self);
static void fetch_changes (ReunionSync *self);

static void
set_status (ReunionSync *self, ReunionSyncStatus status, const char *problem)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->status != status)
    {
      self->status = status;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
    }
  if (g_strcmp0 (self->problem, problem) != 0)
    {
      g_free (self->problem);
      self->problem = g_strdup (problem);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
drop_stream (ReunionSync *self)
{
  if (self->stream == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->stream, self);
  reunion_event_stream_close (self->stream);
  g_clear_object (&self->stream);
}

static gboolean
retry_cb (gpointer user_data)
{
  ReunionSync *self = user_data;

  self->retry_id = 0;
  connect_to_service (self);
  return G_SOURCE_REMOVE;
}

static void
fail (ReunionSync *self, const GError *error)
{
  guint seconds = FIRST_RETRY_S;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->cancellable == NULL)
    return;
  drop_stream (self);
  if (g_error_matches (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_SIGN_IN))
    {
      /* Asking again with the same password would lock the account. */
      reunion_sync_stop (self);
      set_status (self, REUNION_SYNC_SIGNED_OUT, error->message);
      return;
    }
  set_status (self, REUNION_SYNC_OFFLINE, error->message);
  for (guint i = 0; i < self->n_failures && seconds < LAST_RETRY_S; i++)
    seconds *= 2;
  self->n_failures++;
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->retry_id = g_timeout_add (
      (guint) (MIN (seconds, LAST_RETRY_S) * (750 + 500 * g_random_double ())), retry_cb, self);
}

/* --- tables -------------------------------------------------------------- */

static void
policy_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ReunionSync) self = user_data;
  g_autoptr (GBytes) bytes = reunion_client_send_finish (REUNION_CLIENT (source), result, NULL);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (ReunionPolicy) policy = NULL;

  if (bytes == NULL)
    return;
  object = reunion_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                               NULL);
  policy = object != NULL ? reunion_wire_policy_from_object (object, NULL) : NULL;
  if (policy != NULL)
    reunion_station_store_set_policy (self->store, policy, NULL);
}

static void
statistics_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ReunionSync) self = user_data;
  g_autoptr (GBytes) bytes = reunion_client_send_finish (REUNION_CLIENT (source), result, NULL);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GPtrArray) periods = NULL;

  if (bytes == NULL)
    return;
  object = reunion_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                               NULL);
  periods = object != NULL ? reunion_wire_statistics_from_object (object, NULL) : NULL;
  if (periods != NULL)
    reunion_station_store_set_statistics (self->store, periods, NULL);
}

static gboolean
statistics_timeout_cb (gpointer user_data)
{
  ReunionSync *self = user_data;

  self->statistics_id = 0;
  reunion_client_send_async (self->client, "GET", "/v1/statistics", NULL, NULL, NULL,
                             self->cancellable, statistics_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
fetch_tables (ReunionSync *self)
{
  reunion_client_send_async (self->client, "GET", "/v1/policy", NULL, NULL, NULL, self->cancellable,
                             policy_cb, g_object_ref (self));
  reunion_client_send_async (self->client, "GET", "/v1/statistics", NULL, NULL, NULL,
                             self->cancellable, statistics_cb, g_object_ref (self));
}

/* --- changes -------------------------------------------------------------- */

static gboolean
apply (ReunionSync *self, GPtrArray *changes, gint64 next)
{
  g_autoptr (GError) error = NULL;

  if (!reunion_station_store_apply_changes (self->store, changes, next, &error))
    {
      fail (self, error);
      return FALSE;
    }
  if (changes->len > 0)
    {
      reunion_photo_fetcher_fetch (self->photos);
      if (self->statistics_id == 0 && self->cancellable != NULL)
        self->statistics_id
            = g_timeout_add_seconds (STATISTICS_DELAY_S, statistics_timeout_cb, self);
    }
  return TRUE;
}

static void
event_cb (ReunionEventStream *stream, const char *data, gpointer user_data)
{
  ReunionSync *self = user_data;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;
  ReunionChange *change = reunion_wire_change_from_json (data, -1, &error);

  if (change == NULL)
    {
      g_autoptr (GError) nonsense = g_error_new (
          REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_NONSENSE,
          _ ("The central service sent something that is not understood: %s"), error->message);

      fail (self, nonsense);
      return;
    }
  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_change_free);
  g_ptr_array_add (changes, change);
  apply (self, changes, change->sequence);
}

static void
opened_cb (ReunionEventStream *stream, gpointer user_data)
{
  ReunionSync *self = user_data;

  self->n_failures = 0;
  set_status (self, REUNION_SYNC_ONLINE, NULL);
  /* The line is good again: what waits need not wait for its next try. */
  reunion_station_store_retry_now (self->store, NULL);
  reunion_history_fetcher_start (self->histories);
  reunion_photo_fetcher_fetch (self->photos);
}

static void
closed_cb (ReunionEventStream *stream, const GError *error, gpointer user_data)
{
  g_autoptr (GError) ended = NULL;

  /* The token ran out since the changes were fetched. That says nothing of the
   * password: the next connection renews the token. */
  if (g_error_matches (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_SIGN_IN))
    {
      ended
          = g_error_new_literal (REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_UNAVAILABLE,
                                 _ ("The central service ended the connection. It is opened again "
                                    "by itself."));
      error = ended;
    }
  fail (user_data, error);
}

static void
open_stream (ReunionSync *self)
{
  g_autofree char *path = g_strdup_printf ("/v1/events?after=%" G_GINT64_FORMAT,
                                           reunion_station_store_get_cursor (self->store));

  drop_stream (self);
  self->stream = reunion_event_stream_new (self->client, path);
  g_signal_connect (self->stream, "opened", G_CALLBACK (opened_cb), self);
  g_signal_connect (self->stream, "event", G_CALLBACK (event_cb), self);
  g_signal_connect (self->stream, "closed", G_CALLBACK (closed_cb), self);
}

/* The service has gone back behind what this PC has read: its store was restored
 * from a backup, or made anew. What it has is read from the beginning. */
static void
start_over (ReunionSync *self)
{
  g_autoptr (GError) error = NULL;

  if (reunion_station_store_reset_cursor (self->store, &error))
    fetch_changes (self);
  else
    fail (self, error);
}

static void
changes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ReunionSync) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) answer_error = NULL;
  g_autoptr (GBytes) bytes = reunion_client_send_finish (REUNION_CLIENT (source), result, &error);
  g_autoptr (GPtrArray) changes = NULL;
  gint64 before, next = 0;

  if (bytes == NULL)
    {
      fail (self, error);
      return;
    }
  changes = reunion_wire_changes_from_json (
      g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &next, &answer_error);
  if (changes == NULL)
    {
      error = g_error_new (REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_NONSENSE,
                           _ ("What answers at this address is not the central service. Check the "
                              "address, or sign in to the network. (%s)"),
                           answer_error->message);
      fail (self, error);
      return;
    }
  before = reunion_station_store_get_cursor (self->store);
  if (next < before)
    {
      start_over (self);
      return;
    }
  if (!apply (self, changes, next))
    return;
  if (next > before)
    fetch_changes (self);
  else
    open_stream (self);
}

static void
fetch_changes (ReunionSync *self)
{
  g_autofree char *path = g_strdup_printf ("/v1/changes?after=%" G_GINT64_FORMAT "&limit=%d",
                                           reunion_station_store_get_cursor (self->store), PAGE);

  reunion_client_send_async (self->client, "GET", path, NULL, NULL, NULL, self->cancellable,
                             changes_cb, g_object_ref (self));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ReunionSync) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!reunion_client_sign_in_finish (REUNION_CLIENT (source), result, &error))
    {
      fail (self, error);
      return;
    }
  /* What the client was given for it is enough from now on. */
  g_clear_pointer (&self->password, g_free);
  reunion_sender_start (self->sender);
  fetch_tables (self);
  fetch_changes (self);
}

static void
connect_to_service (ReunionSync *self)
{
  g_clear_handle_id (&self->retry_id, g_source_remove);
  if (self->cancellable == NULL)
    return;
  reunion_photo_fetcher_start (self->photos);
  if (self->status == REUNION_SYNC_SIGNED_OUT)
    set_status (self, REUNION_SYNC_CONNECTING, NULL);
  if (reunion_client_get_account (self->client) == NULL && self->password != NULL)
    reunion_client_sign_in_async (self->client, self->user, self->password, self->cancellable,
                                  signed_in_cb, g_object_ref (self));
  else
    {
      fetch_tables (self);
      fetch_changes (self);
    }
}

/* A hint that it is worth trying, and no more than that. */
static void
network_changed_cb (GNetworkMonitor *monitor, gboolean is_available, gpointer user_data)
{
  ReunionSync *self = user_data;

  if (is_available && self->retry_id != 0)
    connect_to_service (self);
}

/* An item was answered while the feed still waits for its next try: the line is
 * good again. */
static void
got_through_cb (ReunionSync *self)
{
  if (self->retry_id != 0)
    connect_to_service (self);
}

static void
reunion_sync_dispose (GObject *object)
{
  ReunionSync *self = REUNION_SYNC (object);

  if (self->sender != NULL)
    reunion_sync_stop (self);
  if (self->network_id != 0)
    g_clear_signal_handler (&self->network_id, self->monitor);
  g_clear_object (&self->sender);
  g_clear_object (&self->histories);
  g_clear_object (&self->photos);
  g_clear_object (&self->client);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (reunion_sync_parent_class)->dispose (object);
}

static void
reunion_sync_finalize (GObject *object)
{
  ReunionSync *self = REUNION_SYNC (object);

  g_free (self->problem);
  G_OBJECT_CLASS (reunion_sync_parent_class)->finalize (object);
}

static void
reunion_sync_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReunionSync *self = REUNION_SYNC (object);

  switch (id)
    {
    case PROP_STATUS:
      g_value_set_int (value, (int) self->status);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
reunion_sync_class_init (ReunionSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = reunion_sync_dispose;
  object_class->finalize = reunion_sync_finalize;
  object_class->get_property = reunion_sync_get_property;

  properties[PROP_STATUS]
      = g_param_spec_int ("status", NULL, NULL, REUNION_SYNC_SIGNED_OUT, REUNION_SYNC_OFFLINE,
                          REUNION_SYNC_SIGNED_OUT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reunion_sync_init (ReunionSync *self)
{
  self->monitor = g_network_monitor_get_default ();
  self->network_id
      = g_signal_connect (self->monitor, "network-changed", G_CALLBACK (network_changed_cb), self);
}

ReunionSync *
reunion_sync_new (ReunionStationStore *store, ReunionClient *client)
{
  ReunionSync *self;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (store) && REUNION_IS_CLIENT (client), NULL);

  self = g_object_new (REUNION_TYPE_SYNC, NULL);
  self->store = g_object_ref (store);
  self->client = g_object_ref (client);
  self->sender = reunion_sender_new (store, client);
  self->histories = reunion_history_fetcher_new (store, client);
  self->photos = reunion_photo_fetcher_new (store, client);
  g_signal_connect_object (self->sender, "got-through", G_CALLBACK (got_through_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
reunion_sync_start (ReunionSync *self, const char *account, const char *password)
{
  g_return_if_fail (REUNION_IS_SYNC (self) && account != NULL && password != NULL);

  reunion_sync_stop (self);
  self->user = g_strdup (account);
  reunion_station_store_set_account (self->store, account);
  self->password = g_strdup (password);
  self->cancellable = g_cancellable_new ();
  self->n_failures = 0;
  connect_to_service (self);
}

void
reunion_sync_stop (ReunionSync *self)
{
  g_return_if_fail (REUNION_IS_SYNC (self));

  reunion_sender_stop (self->sender);
  reunion_history_fetcher_stop (self->histories);
  reunion_photo_fetcher_stop (self->photos);
  drop_stream (self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_handle_id (&self->statistics_id, g_source_remove);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->password, g_free);
  reunion_client_sign_out (self->client);
  set_status (self, REUNION_SYNC_SIGNED_OUT, NULL);
}

ReunionSyncStatus
reunion_sync_get_status (ReunionSync *self)
{
  g_return_val_if_fail (REUNION_IS_SYNC (self), REUNION_SYNC_SIGNED_OUT);

  return self->status;
}

const char *
reunion_sync_get_problem (ReunionSync *self)
{
  g_return_val_if_fail (REUNION_IS_SYNC (self), NULL);

  return self->problem;
}

ReunionClient *
reunion_sync_get_client (ReunionSync *self)
{
  g_return_val_if_fail (REUNION_IS_SYNC (self), NULL);

  return self->client;
}

void
reunion_sync_retry_now (ReunionSync *self)
{
  g_return_if_fail (REUNION_IS_SYNC (self));

  reunion_station_store_retry_now (self->store, NULL);
  if (self->retry_id != 0)
    connect_to_service (self);
}

void
reunion_sync_request_history (ReunionSync *self, const char *case_id)
{
  g_return_if_fail (REUNION_IS_SYNC (self) && case_id != NULL);

  if (self->cancellable != NULL)
    reunion_history_fetcher_request (self->histories, case_id);
}
