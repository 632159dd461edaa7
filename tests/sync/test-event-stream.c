/* test-event-stream.c: the service's event stream, held open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync-test-utils.h"

#include "reunion-event-stream.h"

#include <string.h>

#define ROUTE "GET /v1/events"
#define PIECE_BYTES (64 * 1024)

/* What a stream said. */
typedef struct
{
  guint n_opened;
  GPtrArray *events;
  guint n_closed;
  GError *error;
} Heard;

static void
heard_clear (Heard *heard)
{
  g_ptr_array_unref (heard->events);
  g_clear_error (&heard->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Heard, heard_clear)

static void
opened_cb (ReunionEventStream *stream, gpointer user_data)
{
  Heard *heard = user_data;

  heard->n_opened++;
}

static void
event_cb (ReunionEventStream *stream, const char *data, gpointer user_data)
{
  Heard *heard = user_data;

  g_ptr_array_add (heard->events, g_strdup (data));
}

static void
closed_cb (ReunionEventStream *stream, const GError *error, gpointer user_data)
{
  Heard *heard = user_data;

  heard->n_closed++;
  g_clear_error (&heard->error);
  heard->error = g_error_copy (error);
}

static ReunionEventStream *
open_stream (SyncTest *test, Heard *heard)
{
  ReunionEventStream *stream = reunion_event_stream_new (test->client, "/v1/events?after=7");

  heard->events = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (stream, "opened", G_CALLBACK (opened_cb), heard);
  g_signal_connect (stream, "event", G_CALLBACK (event_cb), heard);
  g_signal_connect (stream, "closed", G_CALLBACK (closed_cb), heard);
  return stream;
}

static void
end (ReunionEventStream *stream)
{
  reunion_event_stream_close (stream);
  sync_test_iterate_for_a_while ();
  g_assert_finalize_object (stream);
}

static void
test_events (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_auto (Heard) heard = { 0 };
  ReunionEventStream *stream = open_stream (test, &heard);

  sync_test_wait (heard.n_opened == 1);
  g_assert_cmpstr (sync_test_server_get (test->server, ROUTE, 0)->query, ==, "after=7");
  sync_test_server_stream (test->server, "id: 8\ndata: one\n\ndata: 团圆\r\ndata: two\r\n\r\n");
  /* Comments and pieces of a line are no events. */
  sync_test_server_stream (test->server, ": still here\n\ndata: thr");
  sync_test_wait (heard.events->len == 2);
  sync_test_iterate_for_a_while ();
  g_assert_cmpuint (heard.events->len, ==, 2);
  sync_test_server_stream (test->server, "ee\n\n");
  sync_test_wait (heard.events->len == 3);
  g_assert_cmpstr (heard.events->pdata[0], ==, "one");
  g_assert_cmpstr (heard.events->pdata[1], ==, "团圆\ntwo");
  g_assert_cmpstr (heard.events->pdata[2], ==, "three");
  g_assert_cmpuint (heard.n_closed, ==, 0);
  end (stream);
  g_assert_cmpuint (heard.n_closed, ==, 0);
}

static void
test_ended (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_auto (Heard) heard = { 0 };
  ReunionEventStream *stream = open_stream (test, &heard);

  sync_test_wait (heard.n_opened == 1);
  sync_test_server_end_streams (test->server);
  sync_test_wait (heard.n_closed == 1);
  store_test_assert_sentence (heard.error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_OFFLINE);
  sync_test_iterate_for_a_while ();
  g_assert_cmpuint (heard.n_closed, ==, 1);
  end (stream);
}

/* The chunk that ends a well-behaved answer. */
static void
test_ended_in_order (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_auto (Heard) heard = { 0 };
  ReunionEventStream *stream = open_stream (test, &heard);

  sync_test_wait (heard.n_opened == 1);
  sync_test_server_stream (test->server, "");
  sync_test_wait (heard.n_closed == 1);
  store_test_assert_sentence (heard.error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_OFFLINE);
  end (stream);
}

static void
test_silence (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_auto (Heard) heard = { 0 };
  ReunionEventStream *stream;

  sync_test_set_timeout (test->client, 1);
  stream = open_stream (test, &heard);
  sync_test_wait (heard.n_opened == 1);
  sync_test_wait (heard.n_closed == 1);
  store_test_assert_sentence (heard.error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_OFFLINE);
  end (stream);
}

static void
test_no_answer (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_auto (Heard) heard = { 0 };
  ReunionEventStream *stream;

  sync_test_set_timeout (test->client, 1);
  sync_test_server_push_hang (test->server, ROUTE);
  stream = open_stream (test, &heard);
  sync_test_wait (heard.n_closed == 1);
  g_assert_cmpuint (heard.n_opened, ==, 0);
  store_test_assert_sentence (heard.error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_OFFLINE);
  end (stream);
}

static void
test_not_opened (void)
{
  static const struct
  {
    guint status;
    const char *media_type;
    int code;
  } answers[] = {
    { 200, "text/html", REUNION_SYNC_ERROR_NONSENSE },
    { 200, "application/json", REUNION_SYNC_ERROR_NONSENSE },
    { 302, "text/event-stream", REUNION_SYNC_ERROR_NONSENSE },
    { 404, "text/html", REUNION_SYNC_ERROR_NONSENSE },
    { 401, "application/problem+json", REUNION_SYNC_ERROR_SIGN_IN },
    { 503, "text/event-stream", REUNION_SYNC_ERROR_UNAVAILABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (SyncTest) test = sync_test_new ();
      g_auto (Heard) heard = { 0 };
      ReunionEventStream *stream;

      g_test_message ("%u %s", answers[i].status, answers[i].media_type);
      sync_test_server_push (test->server, ROUTE, answers[i].status, answers[i].media_type,
                             "data: x\n\n");
      stream = open_stream (test, &heard);
      sync_test_wait (heard.n_closed == 1);
      g_assert_cmpuint (heard.n_opened, ==, 0);
      g_assert_cmpuint (heard.events->len, ==, 0);
      store_test_assert_sentence (heard.error, REUNION_SYNC_ERROR, answers[i].code);
      end (stream);
    }
}

static void
test_junk (void)
{
  g_autofree char *endless = g_strnfill (8 * 1024 * 1024, 'x');
  const char *const junk[] = { "data: \xff\xfe\n\n", "\xc3(\n", endless };

  for (gsize i = 0; i < G_N_ELEMENTS (junk); i++)
    {
      g_autoptr (SyncTest) test = sync_test_new ();
      g_auto (Heard) heard = { 0 };
      ReunionEventStream *stream = open_stream (test, &heard);
      gsize length = strlen (junk[i]);

      sync_test_wait (heard.n_opened == 1);
      for (gsize sent = 0; sent < length && heard.n_closed == 0; sent += PIECE_BYTES)
        {
          g_autofree char *piece = g_strndup (junk[i] + sent, PIECE_BYTES);

          sync_test_server_stream (test->server, piece);
          /* The client has to have read it before the next one fits. */
          for (guint turn = 0; turn < PIECE_BYTES / 8192 + 2; turn++)
            sync_test_iterate ();
        }
      sync_test_wait (heard.n_closed == 1);
      g_assert_cmpuint (heard.events->len, ==, 0);
      store_test_assert_sentence (heard.error, REUNION_SYNC_ERROR, REUNION_SYNC_ERROR_NONSENSE);
      end (stream);
    }
}

static void
close_cb (ReunionEventStream *stream, const char *data, gpointer user_data)
{
  reunion_event_stream_close (stream);
}

/* Nothing more once it is closed, even from the same piece. */
static void
test_closed_by_handler (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_auto (Heard) heard = { 0 };
  ReunionEventStream *stream = open_stream (test, &heard);

  g_signal_connect (stream, "event", G_CALLBACK (close_cb), NULL);
  sync_test_wait (heard.n_opened == 1);
  sync_test_server_stream (test->server, "data: one\n\ndata: two\n\n");
  sync_test_wait (heard.events->len > 0);
  sync_test_iterate_for_a_while ();
  g_assert_cmpuint (heard.events->len, ==, 1);
  g_assert_cmpuint (heard.n_closed, ==, 0);
  end (stream);
}

static void
test_closed_early (void)
{
  g_autoptr (SyncTest) test = sync_test_new ();
  g_auto (Heard) heard = { 0 };
  ReunionEventStream *stream = open_stream (test, &heard);

  end (stream);
  g_assert_cmpuint (heard.n_opened, ==, 0);
  g_assert_cmpuint (heard.n_closed, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event-stream/events", test_events);
  g_test_add_func ("/event-stream/ended", test_ended);
  g_test_add_func ("/event-stream/ended-in-order", test_ended_in_order);
  g_test_add_func ("/event-stream/silence", test_silence);
  g_test_add_func ("/event-stream/no-answer", test_no_answer);
  g_test_add_func ("/event-stream/not-opened", test_not_opened);
  g_test_add_func ("/event-stream/junk", test_junk);
  g_test_add_func ("/event-stream/closed-by-handler", test_closed_by_handler);
  g_test_add_func ("/event-stream/closed-early", test_closed_early);
  return g_test_run ();
}
