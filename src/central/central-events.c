/* central-events.c: the change feed, in pages and as a stream
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-events.h"

#include "central-tip-sight.h"
#include "central-waiting.h"
#include "reunion-wire.h"

#include <string.h>

#define BATCH 500
#define HEARTBEAT_S 10

typedef struct
{
  CentralEvents *owner; /* unowned */
  SoupServerMessage *message;
  ReunionCentralAccount *account;
  gint64 cursor;
  gulong finished_id;
} Stream;

struct _CentralEvents
{
  GObject parent_instance;

  CentralService *service;
  GPtrArray *streams; /* Stream */
  gulong committed_id;
  guint heartbeat_id;
};

G_DEFINE_FINAL_TYPE (CentralEvents, central_events, G_TYPE_OBJECT)

/* The entry as @account may see it; NULL when it may not. Transfer full. */
static char *
render (const ReunionCentralAccount *account, const ReunionCentralChange *change)
{
  CentralSight sight = central_account_get_sight (account, change->case_);
  g_autoptr (ReunionChange) seen = NULL;
  g_autoptr (ReunionCase) redacted = NULL;

  if (change->level >= 0)
    return central_waiting_render_ring (account, change);
  if (sight == CENTRAL_SIGHT_NONE
      || (change->tip != NULL && !central_account_sees_tip (account, change->case_, change->tip)))
    return NULL;
  if (change->tip != NULL)
    seen = reunion_change_new_tip (change->sequence, change->tip);
  else if (sight == CENTRAL_SIGHT_WHOLE)
    seen = reunion_change_new_case (change->sequence, change->case_);
  else
    {
      redacted = reunion_case_redact (change->case_);
      seen = reunion_change_new_case (change->sequence, redacted);
    }
  return reunion_wire_change_to_json (seen);
}

/* Whether @after was never given out by this store: it was restored from a backup,
 * or made anew, since the desk was told of it. */
static gboolean
is_beyond_end (CentralService *service, gint64 after)
{
  g_autoptr (GPtrArray) there = after > 0 ? reunion_central_store_list_changes (
                                    central_service_get_store (service), after - 1, 1, NULL)
                                          : NULL;

  return there != NULL && there->len == 0;
}

char *
central_events_get_page (CentralService *service,
                         const ReunionCentralAccount *account,
                         gint64 after,
                         guint limit,
                         GError **error)
{
  g_autoptr (GPtrArray) changes = reunion_central_store_list_changes (
      central_service_get_store (service), after, limit, error);
  GString *page;
  gint64 next = after;

  if (changes == NULL)
    return NULL;
  /* A desk that is told of an earlier place than its own begins anew. */
  if (changes->len == 0 && is_beyond_end (service, after))
    next = 0;
  page = g_string_new ("{\"changes\":[");
  for (guint i = 0; i < changes->len; i++)
    {
      const ReunionCentralChange *change = changes->pdata[i];
      g_autofree char *entry = render (account, change);

      next = change->sequence;
      if (entry == NULL)
        continue;
      if (page->str[page->len - 1] == '}')
        g_string_append_c (page, ',');
      g_string_append (page, entry);
    }
  g_string_append_printf (page, "],\"next\":%" G_GINT64_FORMAT "}", next);
  return g_string_free (page, FALSE);
}

static void
stream_free (Stream *stream)
{
  if (stream->finished_id != 0)
    g_signal_handler_disconnect (stream->message, stream->finished_id);
  g_object_unref (stream->message);
  reunion_central_account_free (stream->account);
  g_free (stream);
}

static void
write_text (Stream *stream, const char *text)
{
  soup_message_body_append (soup_server_message_get_response_body (stream->message),
                            SOUP_MEMORY_COPY, text, strlen (text));
  soup_server_message_unpause (stream->message);
}

/* Writes what came since the stream's cursor. */
static void
catch_up (CentralEvents *self, Stream *stream)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) changes = reunion_central_store_list_changes (
          central_service_get_store (self->service), stream->cursor, BATCH, &error);

      if (changes == NULL)
        {
          g_warning ("The change feed could not be read: %s", error->message);
          break;
        }
      for (guint i = 0; i < changes->len; i++)
        {
          const ReunionCentralChange *change = changes->pdata[i];
          g_autofree char *entry = render (stream->account, change);

          stream->cursor = change->sequence;
          if (entry != NULL)
            g_string_append_printf (text, "id: %" G_GINT64_FORMAT "\nevent: change\ndata: %s\n\n",
                                    change->sequence, entry);
        }
      if (changes->len < BATCH)
        break;
    }
  if (text->len > 0)
    write_text (stream, text->str);
}

static void
finished_cb (SoupServerMessage *message, gpointer user_data)
{
  Stream *stream = user_data;

  g_ptr_array_remove_fast (stream->owner->streams, stream);
}

static gboolean
heartbeat_cb (gpointer user_data)
{
  CentralEvents *self = user_data;

  for (guint i = 0; i < self->streams->len; i++)
    write_text (self->streams->pdata[i], ": alive\n\n");
  return G_SOURCE_CONTINUE;
}

static void
committed_cb (CentralService *service, gpointer user_data)
{
  CentralEvents *self = user_data;

  for (guint i = 0; i < self->streams->len; i++)
    catch_up (self, self->streams->pdata[i]);
}

static void
central_events_dispose (GObject *object)
{
  CentralEvents *self = CENTRAL_EVENTS (object);

  central_events_stop (self);
  g_clear_object (&self->service);
  g_clear_pointer (&self->streams, g_ptr_array_unref);
  G_OBJECT_CLASS (central_events_parent_class)->dispose (object);
}

static void
central_events_class_init (CentralEventsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = central_events_dispose;
}

static void
central_events_init (CentralEvents *self)
{
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) stream_free);
}

CentralEvents *
central_events_new (CentralService *service)
{
  CentralEvents *self;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service), NULL);

  self = g_object_new (CENTRAL_TYPE_EVENTS, NULL);
  self->service = g_object_ref (service);
  self->committed_id = g_signal_connect (service, "committed", G_CALLBACK (committed_cb), self);
  self->heartbeat_id = g_timeout_add_seconds (HEARTBEAT_S, heartbeat_cb, self);
  return self;
}

void
central_events_stop (CentralEvents *self)
{
  g_return_if_fail (CENTRAL_IS_EVENTS (self));

  g_clear_handle_id (&self->heartbeat_id, g_source_remove);
  if (self->committed_id != 0)
    g_clear_signal_handler (&self->committed_id, self->service);
  if (self->streams == NULL)
    return;
  for (guint i = 0; i < self->streams->len; i++)
    {
      Stream *stream = self->streams->pdata[i];

      /* All at once would be too much for who serves them next. */
      g_autofree char *farewell
          = g_strdup_printf ("retry: %d\n\n", g_random_int_range (1000, 5000));

      soup_message_body_append (soup_server_message_get_response_body (stream->message),
                                SOUP_MEMORY_COPY, farewell, strlen (farewell));
      soup_message_body_complete (soup_server_message_get_response_body (stream->message));
      soup_server_message_unpause (stream->message);
    }
  g_ptr_array_set_size (self->streams, 0);
}

void
central_events_open (CentralEvents *self,
                     SoupServerMessage *message,
                     ReunionCentralAccount *account,
                     gint64 after)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  Stream *stream;

  g_return_if_fail (CENTRAL_IS_EVENTS (self) && account != NULL);

  stream = g_new0 (Stream, 1);
  stream->owner = self;
  stream->message = g_object_ref (message);
  stream->account = account;
  stream->cursor = after;
  stream->finished_id = g_signal_connect (message, "finished", G_CALLBACK (finished_cb), stream);
  g_ptr_array_add (self->streams, stream);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (headers, "text/event-stream", NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  /* Otherwise every byte ever sent would be kept. */
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  write_text (stream, ": alive\n\n");
  catch_up (self, stream);
}
