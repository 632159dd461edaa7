/* test-json.c: reading JSON from strangers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-json-syntax.h"
#include "reunion-json.h"
#include "test-helpers.h"

#define SYNTAX REUNION_JSON_ERROR_SYNTAX
#define SIZE REUNION_JSON_ERROR_SIZE
#define MEMBER REUNION_JSON_ERROR_MEMBER

static const char *const valid[] = {
  "{}",
  " \t\r\n{ } ",
  "{\"a\":[]}",
  "{\"a\":{\"b\":[1,-2,0,-0,3.5,1e3,1E+3,1.25e-3,true,false,null,\"\"]}}",
  "{\"a\":9223372036854775807,\"b\":-9223372036854775808}",
  "{\"a\":1.7976931348623157e308}",
  "{\"团圆\":\"\\u56e2\\u5706 \\ud83d\\ude00 \\\" \\\\ \\/ \\b\\f\\n\\r\\t\"}",
  "{\"a\":\"{[ /* // ' : , ]}\"}",
  "{\"\":1}",
};

static const struct
{
  const char *text;
  ReunionJsonError error;
} invalid[] = {
  { "", SYNTAX },
  { "   ", SYNTAX },
  { "{", SYNTAX },
  { "}", SYNTAX },
  { "{]", SYNTAX },
  { "{\"a\"}", SYNTAX },
  { "{\"a\":}", SYNTAX },
  { "{\"a\":1,}", SYNTAX },
  { "{,\"a\":1}", SYNTAX },
  { "{\"a\":[1,]}", SYNTAX },
  { "{\"a\":[1 2]}", SYNTAX },
  { "{\"a\":1 \"b\":2}", SYNTAX },
  { "{a:1}", SYNTAX },
  { "{1:1}", SYNTAX },
  { "{\"a\":1}x", SYNTAX },
  { "{\"a\":1}{\"b\":2}", SYNTAX },
  { "{\"a\":1} {\"b\":2}", SYNTAX },
  { "var a={\"b\":1}", SYNTAX },
  /* Values that hold no object. */
  { "[]", SYNTAX },
  { "[{}]", SYNTAX },
  { "1", SYNTAX },
  { "\"a\"", SYNTAX },
  { "null", SYNTAX },
  { "true", SYNTAX },
  /* What json-glib would have taken. */
  { "{\"a\":/* */1}", SYNTAX },
  { "{\"a\":1} // end", SYNTAX },
  { "/*\"*/{}", SYNTAX },
  { "{'a':1}", SYNTAX },
  { "{\"a\":'b'}", SYNTAX },
  { "{\"a\":0x10}", SYNTAX },
  { "{\"a\":007}", SYNTAX },
  { "{\"a\":\"tab\there\"}", SYNTAX },
  { "{\"a\":\"line\nbreak\"}", SYNTAX },
  { "{\"a\":\"\\uZZZZ\"}", SYNTAX },
  { "{\"a\":\"\\u12\"}", SYNTAX },
  { "{\"a\":\"\\x41\"}", SYNTAX },
  { "{\"a\":\"\\'\"}", SYNTAX },
  { "{\"a\":\"open}", SYNTAX },
  { "{\"a\":\"open\\", SYNTAX },
  { "{\"a\":\"open\\u", SYNTAX },
  /* Numbers. */
  { "{\"a\":+1}", SYNTAX },
  { "{\"a\":.5}", SYNTAX },
  { "{\"a\":5.}", SYNTAX },
  { "{\"a\":-}", SYNTAX },
  { "{\"a\":1e}", SYNTAX },
  { "{\"a\":1e+}", SYNTAX },
  { "{\"a\":NaN}", SYNTAX },
  { "{\"a\":Infinity}", SYNTAX },
  { "{\"a\":TRUE}", SYNTAX },
  { "{\"a\":nul}", SYNTAX },
  { "{\"a\":9223372036854775808}", SYNTAX },
  { "{\"a\":-9223372036854775809}", SYNTAX },
  { "{\"a\":99999999999999999999}", SYNTAX },
  { "{\"a\":1e999}", SYNTAX },
  { "{\"a\":-1e999}", SYNTAX },
  /* Characters that no text can hold. */
  { "{\"a\":\"\\u0000\"}", SYNTAX },
  { "{\"a\":\"\\ud800\"}", SYNTAX },
  { "{\"a\":\"\\ud800x\"}", SYNTAX },
  { "{\"a\":\"\\udc00\"}", SYNTAX },
  { "{\"a\":\"\\udc00\\ud800\"}", SYNTAX },
  { "{\"a\":\"\\ud800\\u0041\"}", SYNTAX },
  { "{\"a\":\"\\ud800\\ud800\"}", SYNTAX },
  { "{\"a\":\"\xff\"}", SYNTAX },
  { "{\"a\":\"\xed\xa0\x80\"}", SYNTAX },
  { "{\"a\":\"\xc0\x80\"}", SYNTAX },
  { "\xef\xbb\xbf{}", SYNTAX },
};

static void
test_valid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = reunion_json_parse (valid[i], -1, &error);
      g_autoptr (JsonObject) again = NULL;
      g_autofree char *text = NULL;
      g_autofree char *text_again = NULL;

      if (object == NULL)
        {
          test_fail ("%s: expected an object, came “%s”", valid[i], error->message);
          continue;
        }
      text = reunion_json_to_text (object);
      again = reunion_json_parse (text, -1, &error);
      g_assert_no_error (error);
      text_again = reunion_json_to_text (again);
      test_expect_string (valid[i], text, text_again);
    }
}

static void
test_invalid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = reunion_json_parse (invalid[i].text, -1, &error);

      if (object != NULL)
        test_fail ("%s: expected a refusal, came an object", invalid[i].text);
      test_expect_error (invalid[i].text, REUNION_JSON_ERROR, invalid[i].error, &error);
    }
}

static char *
nested (const char *before, const char *open, const char *close, guint depth)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  static const struct
  {
    const char *before, *open, *close, *after;
    guint depth;
    int error; /* -1: none */
  } cases[] = {
    { "{\"a\":", "[", "]", "}", REUNION_JSON_MAX_DEPTH - 1, -1 },
    { "{\"a\":", "[", "]", "}", REUNION_JSON_MAX_DEPTH, SIZE },
    { "{\"a\":", "{\"a\":[", "]}", "}", (REUNION_JSON_MAX_DEPTH - 2) / 2, -1 },
    { "{\"a\":", "{\"a\":[", "]}", "}", REUNION_JSON_MAX_DEPTH / 2, SIZE },
    { "{\"a\":", "[", "]", "}", 1000000, SIZE },
    /* Brackets behind what a guard might take for the start of a text. */
    { "{\"a\":/*\"*/", "[", "]", "}", 1000000, SYNTAX },
    { "{\"b\":'\"',\"a\":", "[", "]", "}", 1000000, SYNTAX },
    { "{\"b\":\"\\\\\",\"a\":", "[", "]", "}", 1000000, SIZE },
    /* Wide is not deep. */
    { "{\"a\":[", "[],", "", "1]}", 100000, -1 },
    { "{\"a\":\"", "[", "", "\"}", 100000, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *core
          = nested (cases[i].before, cases[i].open, cases[i].close, cases[i].depth);
      g_autofree char *text = g_strconcat (core, cases[i].after, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = reunion_json_parse (text, -1, &error);
      g_autofree char *what = g_strdup_printf ("%s, %u deep", cases[i].before, cases[i].depth);

      test_expect_int (what, cases[i].error == -1, object != NULL);
      if (cases[i].error != -1)
        test_expect_error (what, REUNION_JSON_ERROR, cases[i].error, &error);
    }
}

static void
test_length (void)
{
  gsize n_bytes = REUNION_JSON_MAX_BYTES;
  g_autofree char *text = g_malloc (n_bytes + 1);
  g_autoptr (JsonObject) fits = NULL;
  g_autoptr (JsonObject) too_long = NULL;
  g_autoptr (JsonObject) part = NULL;
  g_autoptr (GError) error = NULL;

  memset (text, ' ', n_bytes + 1);
  memcpy (text, "{}", 2);
  fits = reunion_json_parse (text, (gssize) n_bytes, &error);
  g_assert_no_error (error);
  too_long = reunion_json_parse (text, (gssize) n_bytes + 1, &error);
  g_assert_null (too_long);
  test_expect_error ("one byte too many", REUNION_JSON_ERROR, SIZE, &error);
  /* A length is kept to: what stands behind it is not read. */
  part = reunion_json_parse ("{}garbage", 2, &error);
  g_assert_no_error (error);
  g_assert_nonnull (part);
  g_assert_null (reunion_json_parse ("{\"a\":\"b\"}", 7, NULL));
  g_assert_null (reunion_json_parse ("{}\0", 3, &error));
  test_expect_error ("a zero byte", REUNION_JSON_ERROR, SYNTAX, &error);
  g_assert_null (reunion_json_parse (NULL, 0, &error));
  test_expect_error ("nothing", REUNION_JSON_ERROR, SYNTAX, &error);
}

static void
test_offset (void)
{
  gsize offset = 0;

  test_expect_int ("fault", REUNION_JSON_FAULT_SYNTAX,
                   reunion_json_find_fault ("{\"a\": x}", 8, 9, &offset));
  test_expect_int ("offset", 6, (gint64) offset);
  test_expect_int ("fault", REUNION_JSON_FAULT_NONE,
                   reunion_json_find_fault ("[[1]]", 5, 2, &offset));
  test_expect_int ("fault", REUNION_JSON_FAULT_DEPTH,
                   reunion_json_find_fault ("[[1]]", 5, 1, &offset));
}

/* One member of each type, asked for as each type. */
static void
test_types (void)
{
  static const struct
  {
    const char *member;
    gboolean is_string, is_object, is_array, is_int, is_double, is_missing;
  } members[] = {
    { "string", TRUE },
    { "object", FALSE, TRUE },
    { "array", FALSE, FALSE, TRUE },
    { "int", FALSE, FALSE, FALSE, TRUE, TRUE },
    { "double", FALSE, FALSE, FALSE, FALSE, TRUE },
    { "boolean" },
    { "null", FALSE, FALSE, FALSE, FALSE, FALSE, TRUE },
    { "absent", FALSE, FALSE, FALSE, FALSE, FALSE, TRUE },
  };
  g_autoptr (JsonObject) object = reunion_json_parse (
      "{\"string\":\"2016-05-15T06:30:00Z\",\"object\":{},\"array\":[],\"int\":3,"
      "\"double\":3.5,\"boolean\":true,\"null\":null}",
      -1, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *member = members[i].member;
      const char *string = "before";
      gint64 integer = 7, read_integer = 7, time_usec = 7;
      double real = 7;
      GError *errors[5] = { NULL };
      gboolean came[] = {
        reunion_json_get_string (object, member, &errors[0]) != NULL,
        reunion_json_get_object (object, member, &errors[1]) != NULL,
        reunion_json_get_array (object, member, &errors[2]) != NULL,
        reunion_json_get_int (object, member, &integer, &errors[3]),
        reunion_json_get_double (object, member, &real, &errors[4]),
      };
      gboolean expected[] = { members[i].is_string, members[i].is_object, members[i].is_array,
                              members[i].is_int, members[i].is_double };

      for (gsize j = 0; j < G_N_ELEMENTS (came); j++)
        {
          test_expect_int (member, expected[j], came[j]);
          if (!expected[j])
            test_expect_error_names (member, REUNION_JSON_ERROR, MEMBER,
                                     members[i].is_missing ? "is missing" : "must be", &errors[j]);
        }
      test_expect_int (member, members[i].is_int ? 3 : 7, integer);
      test_expect_int (member, members[i].is_string || members[i].is_missing,
                       reunion_json_read_string (object, member, &string, NULL));
      test_expect_string (member, members[i].is_string ? "2016-05-15T06:30:00Z" : "before", string);
      test_expect_int (member, members[i].is_int || members[i].is_missing,
                       reunion_json_read_int (object, member, &read_integer, NULL));
      test_expect_int (member, members[i].is_int ? 3 : 7, read_integer);
      test_expect_int (member, members[i].is_string || members[i].is_missing,
                       reunion_json_read_time (object, member, &time_usec, NULL));
      test_expect_int (member, members[i].is_string ? 1463293800000000 : 7, time_usec);
    }
}

/* A wrong member is named. */
static void
test_sentences (void)
{
  g_autoptr (JsonObject) object
      = reunion_json_parse ("{\"seen\":\"yesterday\",\"list\":[{},1]}", -1, NULL);
  g_autoptr (GError) error = NULL;
  gint64 usec = 7;

  g_assert_false (reunion_json_read_time (object, "seen", &usec, &error));
  test_expect_error_names ("time", REUNION_JSON_ERROR, MEMBER, "“seen”", &error);
  test_expect_int ("left alone", 7, usec);
  g_assert_null (reunion_json_get_string (object, "name", &error));
  test_expect_string ("missing", "“name” is missing.", error->message);
  g_clear_error (&error);
  g_assert_null (reunion_json_get_string (object, "list", &error));
  test_expect_string ("wrong type", "“list” must be text.", error->message);
  g_clear_error (&error);
  g_assert_nonnull (
      reunion_json_array_get_object (json_object_get_array_member (object, "list"), 0, &error));
  g_assert_null (
      reunion_json_array_get_object (json_object_get_array_member (object, "list"), 1, &error));
  test_expect_string ("element", "Element 2 must be an object.", error->message);
}

static void
test_put (void)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *text = NULL;

  reunion_json_put_string (object, "none", NULL);
  reunion_json_put_time (object, "never", 0);
  reunion_json_put_string (object, "text", "“团”\n\"");
  reunion_json_put_time (object, "time", 1463293800000001);
  text = reunion_json_to_text (object);
  test_expect_string ("text", "{\"text\":\"“团”\\n\\\"\",\"time\":\"2016-05-15T06:30:00.000001Z\"}",
                      text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/valid", test_valid);
  g_test_add_func ("/json/invalid", test_invalid);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/length", test_length);
  g_test_add_func ("/json/offset", test_offset);
  g_test_add_func ("/json/types", test_types);
  g_test_add_func ("/json/sentences", test_sentences);
  g_test_add_func ("/json/put", test_put);
  return g_test_run ();
}
