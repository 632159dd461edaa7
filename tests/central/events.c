/* events.c: tests of the change feed, in pages and as a stream
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-events.h"
#include "central-receiver.h"
#include "reunion-event-parser.h"

#include <string.h>

/* A desk that listens. */
typedef struct
{
  SoupMessage *message;
  GInputStream *stream;
  GCancellable *cancellable;
  ReunionEventParser *parser;
  GPtrArray *events; /* JsonObject */
  GPtrArray *ids;
  GString *text;
  char buffer[4096];
  gboolean ended;
  guint n_pending;
} Listener;

static void read_more (Listener *self);

static void
event_cb (const char *type, const char *data, const char *id, gpointer user_data)
{
  Listener *self = user_data;
  JsonObject *object = reunion_json_parse (data, -1, NULL);

  g_assert_cmpstr (type, ==, "change");
  g_assert_nonnull (object);
  g_ptr_array_add (self->events, object);
  g_ptr_array_add (self->ids, g_strdup (id));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Listener *self = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  self->n_pending--;
  if (n <= 0)
    {
      self->ended = TRUE;
      return;
    }
  g_string_append_len (self->text, self->buffer, n);
  g_assert_true (reunion_event_parser_push (self->parser, self->buffer, (gsize) n));
  read_more (self);
}

static void
read_more (Listener *self)
{
  self->n_pending++;
  g_input_stream_read_async (self->stream, self->buffer, sizeof self->buffer, G_PRIORITY_DEFAULT,
                             self->cancellable, read_cb, self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Listener *self = user_data;

  self->n_pending--;
  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  g_assert_nonnull (self->stream);
  read_more (self);
}

static Listener *
listen_as (CentralFixture *fixture, const char *who, const char *path, const char *last_id)
{
  Listener *self = g_new0 (Listener, 1);

  self->message = central_fixture_new_message (fixture, who, "GET", path, "", NULL);
  self->cancellable = g_cancellable_new ();
  self->parser = reunion_event_parser_new (event_cb, self);
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->text = g_string_new (NULL);
  if (last_id != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (self->message), "Last-Event-ID",
                                  last_id);
  self->n_pending++;
  soup_session_send_async (fixture->session, self->message, G_PRIORITY_DEFAULT, self->cancellable,
                           opened_cb, self);
  CENTRAL_WAIT (self->text->len > 0);
  g_assert_cmpstr (soup_message_headers_get_content_type (
                       soup_message_get_response_headers (self->message), NULL),
                   ==, "text/event-stream");
  return self;
}

static void
listener_free (Listener *self)
{
  g_cancellable_cancel (self->cancellable);
  CENTRAL_WAIT (self->n_pending == 0);
  g_clear_object (&self->stream);
  g_object_unref (self->message);
  g_object_unref (self->cancellable);
  reunion_event_parser_free (self->parser);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->ids);
  g_string_free (self->text, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Listener, listener_free)

static JsonObject *
get_record (const Listener *self, guint index, const char *kind)
{
  g_assert_cmpuint (index, <, self->events->len);
  g_assert_true (json_object_has_member (self->events->pdata[index], kind));
  return json_object_get_object_member (self->events->pdata[index], kind);
}

/* A tip is on the officer's screen as soon as it is taken. */
static void
test_tip_at_once (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autoptr (Listener) officer = listen_as (fixture, OFFICER, "/v1/events?after=2", NULL);
  g_autoptr (Listener) stranger = listen_as (fixture, OTHER_OFFICER, "/v1/events?after=2", NULL);
  g_autofree char *body
      = g_strdup_printf ("{\"tip_id\":\"t-1\",\"case_id\":\"%s\",\"text\":\"在车站\"}", id);
  g_autoptr (CentralAnswer) answer = NULL;
  g_autoptr (JsonObject) closed = NULL;

  g_assert_cmpuint (officer->events->len, ==, 0);
  answer = central_receiver_send_tip (partner, fixture, body);
  central_answer_expect (answer, 201, "tip");
  CENTRAL_WAIT (officer->events->len == 1);
  g_assert_cmpstr (json_object_get_string_member (get_record (officer, 0, "tip"), "text"), ==,
                   "在车站");
  /* Others hear of the case and never of its tips. */
  closed = central_fixture_close (fixture, 200, OFFICER, id, "lost");
  CENTRAL_WAIT (stranger->events->len == 1);
  get_record (stranger, 0, "case");
  g_assert_null (strstr (stranger->text->str, "在车站"));
  g_assert_null (strstr (stranger->text->str, PRIVATE_MARK));
}

/* The course of a case as two desks hear of it. */
static void
test_course (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (Listener) officer = listen_as (fixture, OFFICER, "/v1/events", NULL);
  g_autoptr (Listener) stranger = listen_as (fixture, OTHER_OFFICER, "/v1/events", NULL);
  g_autofree char *id = central_fixture_publish (fixture, 600);

  CENTRAL_WAIT (officer->events->len == 2 && stranger->events->len >= 1);
  g_assert_cmpstr (json_object_get_string_member (get_record (officer, 0, "case"), "state"), ==,
                   "submitted");
  g_assert_cmpstr (json_object_get_string_member (get_record (officer, 1, "case"), "state"), ==,
                   "published");
  g_assert_nonnull (strstr (officer->text->str, PRIVATE_MARK));
  g_assert_cmpstr (json_object_get_string_member (get_record (stranger, 0, "case"), "state"), ==,
                   "published");
  g_assert_null (strstr (stranger->text->str, PRIVATE_MARK));
  central_fixture_set_clock (fixture, fixture->now_usec + G_TIME_SPAN_HOUR);
  CENTRAL_WAIT (officer->events->len == 3 && stranger->events->len >= 2);
  g_assert_cmpint (json_object_get_int_member (get_record (officer, 2, "case"), "stage"), ==, 2);
}

/* A stream that broke goes on where it stopped: nothing twice, nothing lost. */
static void
test_last_event_id (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *first = central_fixture_publish (fixture, 600);
  g_autofree char *last_id = NULL;
  g_autofree char *second = NULL;
  g_autoptr (Listener) again = NULL;

  {
    g_autoptr (Listener) before = listen_as (fixture, OFFICER, "/v1/events?after=0", NULL);

    CENTRAL_WAIT (before->events->len == 2);
    last_id = g_strdup (before->ids->pdata[1]);
  }
  second = central_fixture_publish (fixture, 600);
  again = listen_as (fixture, OFFICER, "/v1/events?after=0", last_id);
  CENTRAL_WAIT (again->events->len == 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (json_object_get_string_member (get_record (again, i, "case"), "id"), ==,
                     second);
}

/* The service's end is the end of the stream. */
static void
test_stop (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (Listener) officer = listen_as (fixture, OFFICER, "/v1/events", NULL);

  central_server_stop (fixture->server);
  CENTRAL_WAIT (officer->ended);
}

/* Desks that come and go leave nothing behind and disturb nobody. */
static void
test_many (CentralFixture *fixture, gconstpointer data)
{
  Listener *listeners[20];
  g_autofree char *id = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (listeners); i++)
    listeners[i] = listen_as (fixture, OFFICER, "/v1/events", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (listeners); i += 2)
    g_clear_pointer (&listeners[i], listener_free);
  id = central_fixture_publish (fixture, 600);
  for (gsize i = 1; i < G_N_ELEMENTS (listeners); i += 2)
    {
      CENTRAL_WAIT (listeners[i]->events->len == 2);
      listener_free (listeners[i]);
    }
}

static void
test_refused (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *path;
    const char *last_id;
  } rows[] = {
    { "/v1/events?after=x", NULL },     { "/v1/events?after=-1", NULL },
    { "/v1/events", "nonsense" },       { "/v1/events", "-3" },
    { "/v1/changes?after=1.5", NULL },  { "/v1/changes?limit=0", NULL },
    { "/v1/changes?limit=1001", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SoupMessage) message
          = central_fixture_new_message (fixture, OFFICER, "GET", rows[i].path, "", NULL);
      g_autoptr (CentralAnswer) answer = NULL;

      if (rows[i].last_id != NULL)
        soup_message_headers_replace (soup_message_get_request_headers (message), "Last-Event-ID",
                                      rows[i].last_id);
      answer = central_fixture_send (fixture, message);
      central_answer_expect (answer, 400, rows[i].path);
    }
  {
    g_autoptr (JsonObject) problem
        = central_fixture_expect (fixture, 401, NOBODY, "GET", "/v1/events", NULL);
  }
}

/* Page by page one sees what one sees at once. */
static void
test_pages (CentralFixture *fixture, gconstpointer data)
{
  const guint n_cases = 5;
  guint n_changes = 0;
  gint64 after = 0;

  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *id = central_fixture_publish (fixture, 600);
    }
  while (TRUE)
    {
      g_autofree char *path
          = g_strdup_printf ("/v1/changes?limit=3&after=%" G_GINT64_FORMAT, after);
      g_autoptr (JsonObject) page
          = central_fixture_expect (fixture, 200, OFFICER, "GET", path, NULL);
      JsonArray *changes = json_object_get_array_member (page, "changes");
      gint64 next = json_object_get_int_member (page, "next");

      if (next == after)
        {
          g_assert_cmpuint (json_array_get_length (changes), ==, 0);
          break;
        }
      for (guint i = 0; i < json_array_get_length (changes); i++)
        {
          gint64 sequence
              = json_object_get_int_member (json_array_get_object_element (changes, i), "sequence");

          g_assert_cmpint (sequence, >, after);
          g_assert_cmpint (sequence, <=, next);
        }
      n_changes += json_array_get_length (changes);
      after = next;
    }
  g_assert_cmpuint (n_changes, ==, 2 * n_cases);
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/events/tip-at-once", test_tip_at_once);
  central_test_add ("/central/events/course", test_course);
  central_test_add ("/central/events/last-event-id", test_last_event_id);
  central_test_add ("/central/events/stop", test_stop);
  central_test_add ("/central/events/many", test_many);
  central_test_add ("/central/events/refused", test_refused);
  central_test_add ("/central/events/pages", test_pages);
  return g_test_run ();
}
