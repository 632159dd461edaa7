/* reunion-event-stream.c: the service's event stream, held open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-event-stream.h"

#include "reunion-client-private.h"
#include "reunion-event-parser.h"

#include <glib/gi18n-lib.h>

#define CHUNK_BYTES 8192

struct _ReunionEventStream
{
  GObject parent_instance;

  ReunionClient *client;
  SoupMessage *message;
  GInputStream *stream;
  GCancellable *cancellable;
  ReunionEventParser *parser;
};

enum
{
  OPENED,
  EVENT,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ReunionEventStream, reunion_event_stream, G_TYPE_OBJECT)

static void
event_cb (const char *type, const char *data, const char *id, gpointer user_data)
{
  ReunionEventStream *self = user_data;

  if (!g_cancellable_is_cancelled (self->cancellable))
    g_signal_emit (self, signals[EVENT], 0, data);
}

static void
fail (ReunionEventStream *self, const GError *error)
{
  g_autoptr (GError) translated = reunion_client_translate_error (error);

  if (!g_cancellable_is_cancelled (self->cancellable))
    {
      g_cancellable_cancel (self->cancellable);
      g_signal_emit (self, signals[CLOSED], 0, translated);
    }
}

static void
fail_as_nonsense (ReunionEventStream *self)
{
  g_autoptr (GError) error
      = g_error_new_literal (REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_NONSENSE,
                             _("What answers at this address is not the central service. Check "
                               "the address, or sign in to the network."));

  fail (self, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ReunionEventStream) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length = 0;
  const char *bytes = chunk != NULL ? g_bytes_get_data (chunk, &length) : NULL;

  if (chunk != NULL && length == 0)
    error = g_error_new_literal (REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_OFFLINE,
                                 _("The central service ended the connection. It is opened again "
                                   "by itself."));
  if (error != NULL)
    {
      fail (self, error);
      return;
    }
  if (!reunion_event_parser_push (self->parser, bytes, length))
    {
      fail_as_nonsense (self);
      return;
    }
  g_input_stream_read_bytes_async (self->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, self->cancellable,
                                   read_cb, g_object_ref (self));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ReunionEventStream) self = user_data;
  g_autoptr (GError) error = NULL;
  const char *media_type;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (self->stream == NULL || !reunion_client_check_status (self->message, "", 0, &error))
    {
      fail (self, error);
      return;
    }
  media_type = soup_message_headers_get_content_type (
      soup_message_get_response_headers (self->message), NULL);
  if (g_strcmp0 (media_type, "text/event-stream") != 0)
    {
      fail_as_nonsense (self);
      return;
    }
  g_signal_emit (self, signals[OPENED], 0);
  g_input_stream_read_bytes_async (self->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, self->cancellable,
                                   read_cb, g_object_ref (self));
}

static void
reunion_event_stream_finalize (GObject *object)
{
  ReunionEventStream *self = REUNION_EVENT_STREAM (object);

  g_clear_object (&self->client);
  g_clear_object (&self->message);
  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->parser, reunion_event_parser_free);
  G_OBJECT_CLASS (reunion_event_stream_parent_class)->finalize (object);
}

static void
reunion_event_stream_class_init (ReunionEventStreamClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = reunion_event_stream_finalize;

  signals[OPENED]
      = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EVENT] = g_signal_new ("event", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
reunion_event_stream_init (ReunionEventStream *self)
{
  self->cancellable = g_cancellable_new ();
  self->parser = reunion_event_parser_new (event_cb, self);
}

ReunionEventStream *
reunion_event_stream_new (ReunionClient *client, const char *path)
{
  ReunionEventStream *self;

  g_return_val_if_fail (REUNION_IS_CLIENT (client) && path != NULL, NULL);

  self = g_object_new (REUNION_TYPE_EVENT_STREAM, NULL);
  self->client = g_object_ref (client);
  self->message = reunion_client_make_message (client, "GET", path);
  g_return_val_if_fail (self->message != NULL, self);
  soup_message_headers_replace (soup_message_get_request_headers (self->message), "Accept",
                                "text/event-stream");
  soup_session_send_async (reunion_client_get_session (client), self->message, G_PRIORITY_DEFAULT,
                           self->cancellable, opened_cb, g_object_ref (self));
  return self;
}

void
reunion_event_stream_close (ReunionEventStream *self)
{
  g_return_if_fail (REUNION_IS_EVENT_STREAM (self));

  g_cancellable_cancel (self->cancellable);
}
