/* test-event-parser.c: Server-Sent Events, taken apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-event-parser.h"
#include "test-helpers.h"

static void
note_event (const char *type, const char *data, const char *id, gpointer user_data)
{
  GString *events = user_data;

  g_string_append_printf (events, "[%s|%s|%s]", type, data, id != NULL ? id : "-");
}

/* Each event as [type|data|id]. */
static const struct
{
  const char *stream;
  const char *events;
} cases[] = {
  { "data: one\n\n", "[message|one|-]" },
  { "data:one\n\n", "[message|one|-]" },
  { "data:  one\n\n", "[message| one|-]" },
  { "data: one\ndata: two\n\n", "[message|one\ntwo|-]" },
  { "data\n\ndata\ndata\n\ndata:", "[message||-][message|\n|-]" },
  { "data: one\r\n\r\ndata: two\r\rdata: three\n\n",
    "[message|one|-][message|two|-][message|three|-]" },
  { "data: one\r\n\ndata: two\n\r\n", "[message|one|-][message|two|-]" },
  { "event: change\ndata: {\"a\":1}\nid: 7\n\n", "[change|{\"a\":1}|7]" },
  { "id: 7\nevent: change\ndata: a\n\ndata: b\n\n", "[change|a|7][message|b|7]" },
  { "id: 7\ndata: a\n\nid\ndata: b\n\n", "[message|a|7][message|b|]" },
  /* No data, no event; the id is kept all the same, the type is not. */
  { "event: change\nid: 9\n\ndata: a\n\n", "[message|a|9]" },
  { "event: change\nevent:\ndata: a\n\n", "[message|a|-]" },
  /* Comments keep a connection alive. */
  { ": keep-alive\n\n:\n\ndata: a\n: between\ndata: b\n\n", "[message|a\nb|-]" },
  { "retry: 3000\nother: x\nData: y\ndata : z\n\n", "" },
  { "data: a:b: c\n\n", "[message|a:b: c|-]" },
  { "data: 团圆\n\n", "[message|团圆|-]" },
  /* A byte order mark may stand first, and nowhere else. */
  { "\xef\xbb\xbf"
    "data: a\n\n",
    "[message|a|-]" },
  { "data: a\n\n\xef\xbb\xbf"
    "data: b\n\n",
    "[message|a|-]" },
  { "\n\n\ndata: a\n\n\n\n", "[message|a|-]" },
  /* Not ended: not dispatched. */
  { "data: a\n", "" },
  { "data: a\n\ndata: b\n", "[message|a|-]" },
  { "data: a", "" },
  { "", "" },
};

static void
push_in_pieces (const char *stream, gsize piece, const char *expected)
{
  g_autoptr (GString) events = g_string_new (NULL);
  g_autoptr (ReunionEventParser) parser = reunion_event_parser_new (note_event, events);
  gsize length = strlen (stream);
  g_autofree char *what = g_strescape (stream, NULL);

  for (gsize at = 0; at < length; at += piece)
    if (!reunion_event_parser_push (parser, stream + at, MIN (piece, length - at)))
      test_fail ("%s: refused at byte %" G_GSIZE_FORMAT, what, at);
  test_expect_string (what, expected, events->str);
}

/* However the network cuts a stream, the events are the same. */
static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize piece = 1; piece <= strlen (cases[i].stream) + 1; piece++)
      push_in_pieces (cases[i].stream, piece, cases[i].events);
}

static void
test_no_utf8 (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
  } streams[] = {
    { "data: \xff\n\n", 9 },   { "\xff\n", 2 },          { "data: \xe5\x9b\n", 9 },
    { ": \xed\xa0\x80\n", 6 }, { "data: a\0b\n\n", 11 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      g_autoptr (GString) events = g_string_new (NULL);
      g_autoptr (ReunionEventParser) parser = reunion_event_parser_new (note_event, events);

      if (reunion_event_parser_push (parser, streams[i].bytes, streams[i].length))
        test_fail ("stream %" G_GSIZE_FORMAT ": expected a refusal", i);
      test_expect_string ("events", "", events->str);
    }
}

static void
count_event (const char *type, const char *data, const char *id, gpointer user_data)
{
  gsize *length = user_data;

  *length = strlen (data);
}

/* The bound holds for one line and for the sum of many. */
static void
test_bounds (void)
{
  g_autofree char *line = g_strnfill (1000, 'x');
  gsize length = 0;
  g_autoptr (ReunionEventParser) many = reunion_event_parser_new (count_event, &length);
  g_autoptr (ReunionEventParser) one = reunion_event_parser_new (count_event, &length);
  g_autoptr (ReunionEventParser) fits = reunion_event_parser_new (count_event, &length);
  g_autofree char *data_line = g_strconcat ("data:", line, "\n", NULL);
  gsize pushed = 0;

  while (reunion_event_parser_push (many, data_line, strlen (data_line)))
    {
      pushed += 1000;
      g_assert_cmpuint (pushed, <=, REUNION_EVENT_MAX_BYTES);
    }
  g_assert_cmpuint (pushed, >, REUNION_EVENT_MAX_BYTES / 2);

  pushed = 0;
  while (reunion_event_parser_push (one, line, 1000))
    {
      pushed += 1000;
      g_assert_cmpuint (pushed, <=, REUNION_EVENT_MAX_BYTES);
    }
  g_assert_cmpuint (pushed, >, REUNION_EVENT_MAX_BYTES / 2);

  g_assert_true (reunion_event_parser_push (fits, "data:", 5));
  for (int i = 0; i < 4000; i++)
    g_assert_true (reunion_event_parser_push (fits, line, 1000));
  g_assert_true (reunion_event_parser_push (fits, "\n\n", 2));
  test_expect_int ("a long event", 4000 * 1000, (gint64) length);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event-parser/table", test_table);
  g_test_add_func ("/event-parser/no-utf8", test_no_utf8);
  g_test_add_func ("/event-parser/bounds", test_bounds);
  return g_test_run ();
}
