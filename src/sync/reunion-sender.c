/* reunion-sender.c: takes rows from the outbox to the service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-sender.h"

#include "reunion-wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FIRST_BACKOFF_S 2
#define LAST_BACKOFF_S 300

struct _ReunionSender
{
  GObject parent_instance;

  ReunionStationStore *store;
  ReunionClient *client;
  GCancellable *cancellable; /* NULL while stopped */
  ReunionOutboxItem *item;   /* on its way, or NULL */
  gulong changed_id;
  guint timer_id;
};

enum
{
  SIGNAL_GOT_THROUGH,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ReunionSender, reunion_sender, G_TYPE_OBJECT)

static void send_next (ReunionSender *self);

gint64
reunion_sender_get_backoff_usec (guint n_attempts, double random)
{
  gint64 seconds = FIRST_BACKOFF_S;

  for (guint i = 1; i < n_attempts && seconds < LAST_BACKOFF_S; i++)
    seconds *= 2;
  seconds = MIN (seconds, LAST_BACKOFF_S);
  return (gint64) ((double) (seconds * REUNION_SECOND_USEC) * (0.75 + 0.5 * random));
}

static gboolean
timer_cb (gpointer user_data)
{
  ReunionSender *self = user_data;

  self->timer_id = 0;
  send_next (self);
  return G_SOURCE_REMOVE;
}

/* @least_ms keeps a store that can't be written from being asked in a loop. */
static void
arm_timer (ReunionSender *self, gint64 now_usec, gint64 least_ms)
{
  gint64 next_usec = reunion_station_store_get_next_try_usec (self->store);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (next_usec >= 0)
    /* At most a minute ahead, so that a step of the clock can't hold an item. */
    self->timer_id = g_timeout_add (
        (guint) CLAMP ((next_usec - now_usec) / 1000 + 1, least_ms, 60 * 1000), timer_cb, self);
}

/* Whether @member of @object is @expected, the thing that was sent. */
static gboolean
names (JsonObject *object, const char *member, const char *expected, GError **error)
{
  const char *found = reunion_json_get_string (object, member, error);

  if (found == NULL || g_strcmp0 (found, expected) == 0)
    return found != NULL;
  g_set_error_literal (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_NONSENSE,
                       _("It speaks of something else."));
  return FALSE;
}

/* A photo or a tip's state: the answer has to name what it is a receipt for. */
static gboolean
answer_is_for (ReunionOutboxItem *item, const char *text, gsize length, GError **error)
{
  const char *body = reunion_outbox_item_get_body (item);
  g_autoptr (JsonObject) sent = NULL;
  g_autoptr (JsonObject) object = reunion_json_parse (text, (gssize) length, error);
  const char *tip_id;

  if (object == NULL)
    return FALSE;
  if (reunion_outbox_item_get_kind (item) == REUNION_OUTBOX_PHOTO)
    return names (object, "sha256", body, error);
  return (sent = reunion_json_parse (body, -1, error)) != NULL
         && (tip_id = reunion_json_get_string (sent, "tip_id", error)) != NULL
         && names (object, "id", tip_id, error);
}

/* The answer to a photo names its hash, to a tip the tip, to everything else it
 * is the case as it now stands; anything else did not come from the service. A
 * page of the network's own, sent with status 200, is no acknowledgement. */
static gboolean
read_answer (ReunionOutboxItem *item, GBytes *answer, ReunionCase **case_, GError **error)
{
  ReunionOutboxKind kind = reunion_outbox_item_get_kind (item);
  g_autoptr (GError) local_error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (answer, &length);

  if (kind == REUNION_OUTBOX_PHOTO || kind == REUNION_OUTBOX_TIP_STATE)
    {
      if (answer_is_for (item, text, length, &local_error))
        return TRUE;
    }
  else
    *case_ = reunion_wire_case_from_json (text, (gssize) length, &local_error);
  if (*case_ != NULL
      && g_strcmp0 (reunion_case_get_id (*case_), reunion_outbox_item_get_case_id (item)) == 0)
    return TRUE;
  g_clear_object (case_);
  g_set_error (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_NONSENSE,
               _("The central service gave an answer that is not understood: %s It is tried "
                 "again by itself."),
               local_error != NULL ? local_error->message : _("It speaks of another case."));
  return FALSE;
}

static void
settle (ReunionSender *self, ReunionOutboxItem *item, GBytes *answer, const GError *error)
{
  gint64 now_usec = g_get_real_time ();
  g_autoptr (GError) store_error = NULL;
  g_autoptr (GError) answer_error = NULL;
  g_autoptr (ReunionCase) case_ = NULL;
  gboolean ok;

  if (answer != NULL && !read_answer (item, answer, &case_, &answer_error))
    error = answer_error;
  if (error == NULL)
    ok = reunion_station_store_mark_sent (self->store, item, case_, now_usec, &store_error);
  else if (g_error_matches (error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_REFUSED))
    ok = reunion_station_store_mark_attention (self->store, item, error->message, &store_error);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ok = reunion_station_store_mark_waiting (self->store, item, NULL, now_usec, &store_error);
  else
    ok = reunion_station_store_mark_waiting (
        self->store, item, error->message,
        now_usec
            + reunion_sender_get_backoff_usec (reunion_outbox_item_get_n_attempts (item) + 1,
                                               g_random_double ()),
        &store_error);
  /* The row is still "sending"; it goes out again, under the same operation
   * id, when the program starts next. */
  if (!ok)
    g_warning ("The outbox could not be written: %s", store_error->message);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ReunionSender) self = user_data;
  g_autoptr (ReunionOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = reunion_client_send_finish (REUNION_CLIENT (source), result, &error);

  item = g_object_ref (self->item);
  settle (self, item, answer, error);
  g_clear_object (&self->item);
  if (error == NULL)
    g_signal_emit (self, signals[SIGNAL_GOT_THROUGH], 0);
  send_next (self);
}

/* Fills in what the request for @item is; FALSE with @error set when the item
 * can never be sent. */
static gboolean
describe (ReunionSender *self,
          ReunionOutboxItem *item,
          const char **method,
          char **path,
          GBytes **body,
          const char **media_type,
          GError **error)
{
  const char *case_id = reunion_outbox_item_get_case_id (item);
  const char *text = reunion_outbox_item_get_body (item);
  g_autoptr (JsonObject) object = NULL;
  const char *tip_id;

  *method = "POST";
  *media_type = "application/json";
  switch (reunion_outbox_item_get_kind (item))
    {
    case REUNION_OUTBOX_PHOTO:
      *body = reunion_station_store_get_photo (self->store, text, error);
      if (*body == NULL)
        return FALSE;
      *method = "PUT";
      *media_type = "image/jpeg";
      *path = g_strconcat ("/v1/photos/", text, NULL);
      return TRUE;
    case REUNION_OUTBOX_SUBMIT:
      *path = g_strdup ("/v1/cases");
      break;
    case REUNION_OUTBOX_DECISION:
      *path = g_strconcat ("/v1/cases/", case_id, "/decision", NULL);
      break;
    case REUNION_OUTBOX_CLOSE:
      *path = g_strconcat ("/v1/cases/", case_id, "/closing", NULL);
      break;
    case REUNION_OUTBOX_TIP_STATE:
      object = reunion_json_parse (text, -1, error);
      if (object == NULL || (tip_id = reunion_json_get_string (object, "tip_id", error)) == NULL)
        return FALSE;
      *path = g_strconcat ("/v1/tips/", tip_id, "/state", NULL);
      break;
    default:
      g_assert_not_reached ();
    }
  *body = g_bytes_new (text, strlen (text));
  return TRUE;
}

/* FALSE when the store could not be written. */
static gboolean
send_item (ReunionSender *self, ReunionOutboxItem *item, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *path = NULL;
  const char *method, *media_type;

  if (!describe (self, item, &method, &path, &body, &media_type, &local_error))
    return reunion_station_store_mark_attention (self->store, item, local_error->message, error);
  self->item = g_object_ref (item);
  if (!reunion_station_store_mark_sending (self->store, item, error))
    {
      g_clear_object (&self->item);
      return FALSE;
    }
  reunion_client_send_async (self->client, method, path, body, media_type,
                             reunion_outbox_item_get_operation_id (item), self->cancellable,
                             sent_cb, g_object_ref (self));
  return TRUE;
}

static void
send_next (ReunionSender *self)
{
  g_autoptr (ReunionOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now_usec = g_get_real_time ();

  if (self->cancellable == NULL || self->item != NULL)
    return;
  item = reunion_station_store_next_due (self->store, now_usec, &error);
  if (item != NULL)
    send_item (self, item, &error);
  if (error != NULL)
    g_warning ("The outbox could not be read or written: %s", error->message);
  if (self->item == NULL && self->cancellable != NULL)
    arm_timer (self, now_usec, error != NULL ? FIRST_BACKOFF_S * 1000 : 10);
}

static void
changed_cb (ReunionStationStore *store, const char *case_id, gpointer user_data)
{
  send_next (user_data);
}

static void
reunion_sender_dispose (GObject *object)
{
  ReunionSender *self = REUNION_SENDER (object);

  reunion_sender_stop (self);
  g_clear_object (&self->item);
  g_clear_object (&self->client);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (reunion_sender_parent_class)->dispose (object);
}

static void
reunion_sender_class_init (ReunionSenderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reunion_sender_dispose;
  signals[SIGNAL_GOT_THROUGH] = g_signal_new ("got-through", REUNION_TYPE_SENDER, G_SIGNAL_RUN_LAST,
                                              0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reunion_sender_init (ReunionSender *self)
{
}

ReunionSender *
reunion_sender_new (ReunionStationStore *store, ReunionClient *client)
{
  ReunionSender *self;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (store) && REUNION_IS_CLIENT (client), NULL);

  self = g_object_new (REUNION_TYPE_SENDER, NULL);
  self->store = g_object_ref (store);
  self->client = g_object_ref (client);
  return self;
}

void
reunion_sender_start (ReunionSender *self)
{
  g_return_if_fail (REUNION_IS_SENDER (self));

  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  self->changed_id = g_signal_connect (self->store, "changed", G_CALLBACK (changed_cb), self);
  send_next (self);
}

void
reunion_sender_stop (ReunionSender *self)
{
  g_return_if_fail (REUNION_IS_SENDER (self));

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->changed_id != 0)
    g_clear_signal_handler (&self->changed_id, self->store);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}
