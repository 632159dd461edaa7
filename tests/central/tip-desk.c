/* tip-desk.c: tests of the form of the public page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* memmem */
#define _GNU_SOURCE

#include "central-fixture.h"
#include "central-tip-form.h"
#include "reunion-picture.h"

#include <string.h>

#define HTTP_TOO_MANY 429
#define SECRET "PRIVATE-of-the-photo"

static const char *
get_header (const CentralAnswer *answer, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (answer->message), name);
}

static void
expect_holds (const CentralAnswer *answer, const char *part)
{
  if (strstr (answer->body, part) == NULL)
    g_error ("expected “%s” in %u %s", part, answer->status, answer->body);
}

static void
expect_lacks (const CentralAnswer *answer, const char *part)
{
  if (strstr (answer->body, part) != NULL)
    g_error ("expected no “%s” in %u %s", part, answer->status, answer->body);
}

static gint64
count_tips (CentralFixture *fixture)
{
  return central_fixture_count (fixture, "SELECT count(*) FROM tips", NULL);
}

/* What stands between @before and the next quotation mark. Transfer full. */
static char *
cut (const CentralAnswer *answer, const char *before)
{
  const char *at = strstr (answer->body, before);

  if (at == NULL)
    g_error ("expected “%s” in %u %s", before, answer->status, answer->body);
  at += strlen (before);
  return g_strndup (at, strcspn (at, "\""));
}

static CentralAnswer *
get (CentralFixture *fixture, const char *id, const char *rest)
{
  g_autofree char *path = g_strconcat ("/alerts/", id, rest, NULL);

  return central_fixture_call (fixture, NOBODY, "GET", path, "", NULL);
}

/* The token of a new form, as old as a person needs to fill it in. Transfer full. */
static char *
open_form (CentralFixture *fixture, const char *id)
{
  g_autoptr (CentralAnswer) form = get (fixture, id, "/tips");
  char *token = cut (form, "name=\"token\" value=\"");

  g_assert_cmpuint (form->status, ==, 200);
  g_assert_cmpstr (get_header (form, "Cache-Control"), ==, "no-store");
  g_assert_null (get_header (form, "ETag"));
  g_assert_null (get_header (form, "Set-Cookie"));
  fixture->now_usec += 20 * G_TIME_SPAN_SECOND;
  return token;
}

typedef struct
{
  const char *name;
  const char *value;
} Field;

/* @fields ends with a NULL name; @photo may be NULL. */
static CentralAnswer *
post (CentralFixture *fixture,
      const char *id,
      const char *query,
      const char *token,
      const Field *fields,
      GBytes *photo)
{
  g_autoptr (SoupMultipart) multipart = soup_multipart_new ("multipart/form-data");
  g_autofree char *path = g_strconcat ("/alerts/", id, "/tips", query, NULL);
  g_autoptr (SoupMessage) message
      = central_fixture_new_message (fixture, NOBODY, "POST", path, "", NULL);
  g_autoptr (GBytes) body = NULL;
  g_autofree char *type = NULL;

  if (token != NULL)
    soup_multipart_append_form_string (multipart, "token", token);
  for (const Field *field = fields; field->name != NULL; field++)
    soup_multipart_append_form_string (multipart, field->name, field->value);
  if (photo != NULL)
    soup_multipart_append_form_file (multipart, "photo", "\"><script>.jpg", "image/jpeg", photo);
  soup_multipart_to_message (multipart, soup_message_get_request_headers (message), &body);
  type = g_strdup (
      soup_message_headers_get_one (soup_message_get_request_headers (message), "Content-Type"));
  soup_message_set_request_body_from_bytes (message, type, body);
  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  return central_fixture_send (fixture, message);
}

/* The tip in the feed of @who with that text. Transfer full. */
static JsonObject *
find_tip (CentralFixture *fixture, const char *who, const char *text)
{
  g_autoptr (JsonObject) page
      = central_fixture_expect (fixture, 200, who, "GET", "/v1/changes?limit=1000", NULL);
  JsonArray *changes = json_object_get_array_member (page, "changes");

  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      JsonObject *tip = json_object_has_member (change, "tip")
                            ? json_object_get_object_member (change, "tip")
                            : NULL;

      if (tip != NULL
          && g_strcmp0 (json_object_get_string_member_with_default (tip, "text", NULL), text) == 0)
        return json_object_ref (tip);
    }
  return NULL;
}

/* A portrait with a comment in it that has to go. Transfer full. */
static GBytes *
load_photo (void)
{
  static const char comment[] = "\xff\xfe\0\x16" SECRET;
  g_autofree char *path = g_build_filename (g_getenv ("REUNION_SOURCE_ROOT"), "data", "sample",
                                            "portraits", "zhijin-boy.jpg", NULL);
  g_autofree char *data = NULL;
  g_autoptr (GByteArray) marked = g_byte_array_new ();
  gsize length;

  g_assert_cmpuint (sizeof comment - 1, ==, 2 + 0x16);
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_byte_array_append (marked, (guint8 *) data, 2);
  g_byte_array_append (marked, (const guint8 *) comment, sizeof comment - 1);
  g_byte_array_append (marked, (guint8 *) data + 2, (guint) length - 2);
  return g_byte_array_free_to_bytes (g_steal_pointer (&marked));
}

static void
test_taken (CentralFixture *fixture, gconstpointer data)
{
  static const Field fields[] = {
    { "text", "在售票厅看到，\r\n穿蓝色校服" },
    { "place", "贵阳站" },
    { "point", "26.56, 106.7" },
    { "seen", "2026-05-15T14:25" },
    { "contact", "13900000101" },
    { "website", "" },
    { NULL, NULL },
  };
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *token = open_form (fixture, id);
  g_autoptr (GBytes) photo = load_photo ();
  g_autoptr (CentralAnswer) answer = post (fixture, id, "?lang=zh", token, fields, photo);
  g_autoptr (JsonObject) tip = NULL;
  g_autoptr (CentralAnswer) thanks = NULL;
  g_autoptr (CentralAnswer) shown = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *path = NULL;
  g_autofree char *start = NULL;
  g_autofree char *number = NULL;
  JsonObject *photo_object;

  g_assert_cmpuint (answer->status, ==, 303);
  tip = find_tip (fixture, OFFICER, "在售票厅看到，\n穿蓝色校服");
  g_assert_nonnull (tip);
  g_assert_cmpstr (json_object_get_string_member (tip, "case_id"), ==, id);
  g_assert_cmpstr (json_object_get_string_member (tip, "partner"), ==, "web");
  g_assert_cmpstr (json_object_get_string_member (tip, "place"), ==, "贵阳站");
  g_assert_cmpstr (json_object_get_string_member (tip, "contact"), ==, "13900000101");
  g_assert_cmpstr (json_object_get_string_member (tip, "seen"), ==, "2026-05-15T06:25:00Z");
  g_assert_cmpfloat (json_object_get_double_member (tip, "latitude"), ==, 26.56);
  g_assert_cmpfloat (json_object_get_double_member (tip, "longitude"), ==, 106.7);
  g_assert_null (find_tip (fixture, OTHER_OFFICER, "在售票厅看到，\n穿蓝色校服"));

  photo_object = json_object_get_object_member (tip, "photo");
  path = g_strconcat ("/v1/photos/", json_object_get_string_member (photo_object, "sha256"), NULL);
  shown = central_fixture_call (fixture, OFFICER, "GET", path, "", NULL);
  g_assert_cmpuint (shown->status, ==, 200);
  g_assert_cmpstr (reunion_picture_sniff (shown->bytes), ==, "image/jpeg");
  g_assert_nonnull (memmem (g_bytes_get_data (photo, NULL), g_bytes_get_size (photo), SECRET, 20));
  g_assert_null (memmem (g_bytes_get_data (shown->bytes, NULL), g_bytes_get_size (shown->bytes),
                         "PRIVATE", 7));

  /* The number is the beginning of the tip's id. */
  rest = g_strconcat ("/", get_header (answer, "Location"), NULL);
  start = g_strndup (json_object_get_string_member (tip, "id"), 8);
  number = g_ascii_strup (start, -1);
  g_assert_nonnull (strstr (rest, number));
  thanks = get (fixture, id, rest);
  g_assert_cmpuint (thanks->status, ==, 200);
  expect_holds (thanks, number);
  expect_holds (thanks, "tel:08577621234");
}

/* The same form sent again, as by a second press or going back, is one tip; a new one is
 * another. */
static void
test_twice (CentralFixture *fixture, gconstpointer data)
{
  static const Field fields[] = { { "text", "看到了" }, { NULL, NULL } };
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *token = open_form (fixture, id);
  g_autofree char *next_token = open_form (fixture, id);
  g_autoptr (CentralAnswer) first = post (fixture, id, "", token, fields, NULL);
  g_autoptr (CentralAnswer) second = post (fixture, id, "", token, fields, NULL);
  g_autoptr (CentralAnswer) third = NULL;

  g_assert_cmpuint (first->status, ==, 303);
  g_assert_cmpuint (second->status, ==, 303);
  g_assert_cmpstr (get_header (first, "Location"), ==, get_header (second, "Location"));
  g_assert_cmpint (count_tips (fixture), ==, 1);
  third = post (fixture, id, "", next_token, fields, NULL);
  g_assert_cmpuint (third->status, ==, 303);
  g_assert_cmpstr (get_header (first, "Location"), !=, get_header (third, "Location"));
  g_assert_cmpint (count_tips (fixture), ==, 2);
}

/* Each with a sentence at its field, and all that was typed still there. */
static void
test_faults (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *long_line = g_strnfill (201, 'x');
  g_autofree char *long_text = g_strnfill (4001, 'x');
  g_autofree char *huge = g_strnfill (70000, 'x');
  g_autoptr (GBytes) no_photo = g_bytes_new_static ("GIF89a this is no photo", 23);
  const struct
  {
    Field field;
    const char *fault;
    GBytes *photo;
  } rows[] = {
    { { "point", "somewhere" }, "id=\"point-fault\"", NULL },
    { { "point", "95, 200" }, "id=\"point-fault\"", NULL },
    { { "point", "nan, inf" }, "id=\"point-fault\"", NULL },
    { { "seen", "some time" }, "id=\"seen-fault\"", NULL },
    { { "seen", "2026-05-15T14:50" }, "id=\"seen-fault\"", NULL },
    { { "seen", "2026-13-45T99:99" }, "id=\"seen-fault\"", NULL },
    { { "place", long_line }, "id=\"place-fault\"", NULL },
    { { "contact", long_line }, "id=\"contact-fault\"", NULL },
    { { "text", long_text }, "id=\"text-fault\"", NULL },
    { { "text", huge }, "id=\"text-fault\"", NULL },
    { { "website", "http://spam.example" }, "role=\"alert\"", NULL },
    { { "x", "y" }, "id=\"photo-fault\"", no_photo },
  };
  g_autofree char *id = central_fixture_publish (fixture, 600);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *token = open_form (fixture, id);
      const Field fields[] = { { "text", "我看到了“他”" },
                               { "contact", "13900000101" },
                               { "point", "26.5600, 106.7000" },
                               rows[i].field,
                               { NULL, NULL } };
      g_autoptr (CentralAnswer) answer
          = post (fixture, id, "?lang=zh", token, fields, rows[i].photo);

      g_test_message ("%s %.30s", rows[i].field.name, rows[i].field.value);
      g_assert_cmpuint (answer->status, ==, 422);
      expect_holds (answer, rows[i].fault);
      expect_holds (answer, "class=\"faults\" role=\"alert\"");
      if (strcmp (rows[i].field.name, "text") != 0)
        expect_holds (answer, "我看到了“他”</textarea>");
      if (strcmp (rows[i].field.name, "contact") != 0)
        expect_holds (answer, "value=\"13900000101\"");
      /* The form that comes back may be sent. */
      expect_holds (answer, token);
      fixture->now_usec += G_TIME_SPAN_MINUTE;
    }
  g_assert_cmpint (count_tips (fixture), ==, 0);
}

/* A photo that was sent with a fault elsewhere need not be chosen again. */
static void
test_kept_photo (CentralFixture *fixture, gconstpointer data)
{
  static const Field wrong[] = { { "point", "somewhere" }, { NULL, NULL } };
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *token = open_form (fixture, id);
  g_autoptr (GBytes) photo = load_photo ();
  g_autoptr (CentralAnswer) refused = post (fixture, id, "", token, wrong, photo);
  g_autofree char *kept = cut (refused, "name=\"kept\" value=\"");
  const Field right[] = { { "kept", kept }, { NULL, NULL } };
  g_autoptr (CentralAnswer) taken = NULL;
  g_autoptr (JsonObject) tip = NULL;

  g_assert_cmpuint (refused->status, ==, 422);
  taken = post (fixture, id, "", token, right, NULL);
  g_assert_cmpuint (taken->status, ==, 303);
  tip = find_tip (fixture, OFFICER, NULL);
  g_assert_true (json_object_has_member (tip, "photo"));
  g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM photos", NULL), ==, 1);
}

static void
test_hostile_text (CentralFixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "</textarea><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onfocus='alert(1)' autofocus='",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "\xff\xfe\xc0\xaf broken",
    "a\x01\x1b[31mb\r\nSet-Cookie: x=y",
    "\xe2\x80\xae gnp.exe",
    "=cmd|' /C calc'!A0",
  };
  static const char *const names[]
      = { "text", "place", "point", "seen", "contact", "token", "kept" };
  g_autofree char *id = central_fixture_publish (fixture, 600);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
      {
        /* Seen is wrong in any case, so that the form comes back. */
        const Field fields[] = { { names[j], texts[i] }, { "seen", texts[i] }, { NULL, NULL } };
        g_autofree char *token = open_form (fixture, id);
        g_autoptr (CentralAnswer) answer
            = post (fixture, id, "?lang=%22%3E%3Cscript%3E", token, fields, NULL);

        g_test_message ("%s: %s", names[j], texts[i]);
        g_assert_cmpuint (answer->status, ==, 422);
        expect_lacks (answer, "<script>alert");
        expect_lacks (answer, "<img src=x");
        expect_lacks (answer, "onfocus='alert");
        expect_lacks (answer, "\x1b");
        g_assert_true (g_utf8_validate (answer->body, -1, NULL));
        g_assert_null (get_header (answer, "Set-Cookie"));
        g_assert_null (strstr (get_header (answer, "Content-Security-Policy"), "unsafe"));
        fixture->now_usec += G_TIME_SPAN_MINUTE;
      }
  g_assert_cmpint (count_tips (fixture), ==, 0);
}

/* Without a script a click on the map sends the form, which comes back with the place. */
static void
test_click (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *x;
    const char *y;
    const char *value;
  } rows[] = {
    /* The middle of the picture is a little off the middle of the circle. */
    { "160", "136",
      "name=\"point\" aria-describedby=\"point-hint\" type=\"text\" maxlength=\"100\" "
      "autocomplete=\"off\" dir=\"ltr\" value=\"26.6" },
    { "0", "0", "dir=\"ltr\" value=\"\"" },
    { "99999", "5", "dir=\"ltr\" value=\"\"" },
    { "-5", "5", "dir=\"ltr\" value=\"\"" },
    { "<script>", "5", "dir=\"ltr\" value=\"\"" },
  };
  g_autofree char *id = central_fixture_publish (fixture, 600);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *token = open_form (fixture, id);
      const Field fields[] = { { "text", "在这里" },
                               { "map.x", rows[i].x },
                               { "map.y", rows[i].y },
                               { "seen", "nonsense" },
                               { NULL, NULL } };
      g_autoptr (CentralAnswer) answer = post (fixture, id, "", token, fields, NULL);

      g_test_message ("%s %s", rows[i].x, rows[i].y);
      g_assert_cmpuint (answer->status, ==, i < 2 ? 200 : 422);
      expect_holds (answer, rows[i].value);
      expect_holds (answer, "在这里</textarea>");
      expect_holds (answer, token);
      if (i == 0)
        expect_holds (answer, "map.svg?lang=zh&amp;at=26.");
      if (i < 2)
        expect_lacks (answer, "class=\"fault\"");
    }
  g_assert_cmpint (count_tips (fixture), ==, 0);
}

static void
test_token (CentralFixture *fixture, gconstpointer data)
{
  static const Field fields[] = { { "text", "看到了" }, { NULL, NULL } };
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *other_id = central_fixture_publish (fixture, 600);
  g_autofree char *others = open_form (fixture, other_id);
  g_autofree char *old = open_form (fixture, id);
  g_autofree char *forged = g_strconcat ("9", old, NULL);
  g_autofree char *cut_off = g_strndup (old, strlen (old) - 1);
  const char *wrong[] = { NULL, "", "x", "..", others, forged, cut_off, NULL };
  g_autoptr (CentralAnswer) form = NULL;
  g_autoptr (CentralAnswer) late = NULL;
  g_autoptr (CentralAnswer) again = NULL;
  g_autoptr (CentralAnswer) fast = NULL;
  g_autofree char *fresh = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong) - 1; i++)
    {
      g_autoptr (CentralAnswer) answer = post (fixture, id, "", wrong[i], fields, NULL);
      g_autofree char *given = cut (answer, "name=\"token\" value=\"");

      g_test_message ("token %s", wrong[i]);
      g_assert_cmpuint (answer->status, ==, 422);
      expect_holds (answer, "再发送一次");
      expect_holds (answer, "看到了</textarea>");
      g_assert_cmpstr (given, !=, wrong[i]);
    }
  fixture->now_usec += 25 * G_TIME_SPAN_HOUR;
  late = post (fixture, id, "", old, fields, NULL);
  g_assert_cmpuint (late->status, ==, 422);
  /* Pressed as soon as it comes back: too fast for a person, and fine later. */
  fresh = cut (late, "name=\"token\" value=\"");
  fast = post (fixture, id, "", fresh, fields, NULL);
  g_assert_cmpuint (fast->status, ==, 422);
  expect_holds (fast, fresh);
  g_assert_cmpint (count_tips (fixture), ==, 0);
  fixture->now_usec += 3 * G_TIME_SPAN_SECOND;
  again = post (fixture, id, "", fresh, fields, NULL);
  g_assert_cmpuint (again->status, ==, 303);
  g_assert_cmpint (count_tips (fixture), ==, 1);
}

/* The key is the store's: another process takes the form, and the same one after a
 * restart. */
static void
test_restart (CentralFixture *fixture, gconstpointer data)
{
  static const Field fields[] = { { "text", "看到了" }, { NULL, NULL } };
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *token = open_form (fixture, id);
  g_autoptr (CentralAnswer) answer = NULL;

  central_fixture_stop (fixture);
  central_fixture_start (fixture);
  answer = post (fixture, id, "", token, fields, NULL);
  g_assert_cmpuint (answer->status, ==, 303);
}

static void
test_flood (CentralFixture *fixture, gconstpointer data)
{
  static const Field fields[] = { { "text", "洪水" }, { NULL, NULL } };
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *token = open_form (fixture, id);
  g_autoptr (CentralAnswer) refused = NULL;
  g_autoptr (CentralAnswer) later = NULL;
  gint64 wait_s;

  for (int i = 0; i < 30; i++)
    {
      g_autoptr (CentralAnswer) answer = post (fixture, id, "", token, fields, NULL);

      g_assert_cmpuint (answer->status, ==, 303);
    }
  refused = post (fixture, id, "", token, fields, NULL);
  g_assert_cmpuint (refused->status, ==, HTTP_TOO_MANY);
  expect_holds (refused, "请过一分钟再发送");
  expect_holds (refused, "洪水</textarea>");
  wait_s = g_ascii_strtoll (get_header (refused, "Retry-After"), NULL, 10);
  g_assert_cmpint (wait_s, >, 0);
  g_assert_cmpint (wait_s, <=, 11);
  fixture->now_usec += wait_s * G_TIME_SPAN_SECOND;
  later = post (fixture, id, "", token, fields, NULL);
  g_assert_cmpuint (later->status, ==, 303);
}

static void
test_no_form (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *path = g_strconcat ("/alerts/", id, "/tips", NULL);
  g_autoptr (GString) many = g_string_new (NULL);
  const struct
  {
    const char *type;
    const char *body;
  } rows[] = {
    { "application/json", "{}" },
    { "text/plain", "text=x" },
    { "multipart/form-data", "--x\r\n\r\n--x--" },
    { "multipart/form-data; boundary=x", "nothing" },
    { "multipart/form-data; boundary=x", "" },
    { "multipart/mixed; boundary=x", "--x\r\n\r\nx\r\n--x--\r\n" },
    { "multipart/form-data; boundary=x", many->str },
    { "", "text=x" },
  };

  for (int i = 0; i < 40; i++)
    g_string_append_printf (many,
                            "--x\r\nContent-Disposition: form-data; name=\"f%d\"\r\n\r\nv\r\n", i);
  g_string_append (many, "--x--\r\n");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *body = i == 6 ? many->str : rows[i].body;
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
      g_autoptr (SoupMessage) message
          = central_fixture_new_message (fixture, NOBODY, "POST", path, "", bytes);
      g_autoptr (CentralAnswer) answer = NULL;

      soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Type",
                                    rows[i].type);
      answer = central_fixture_send (fixture, message);
      g_test_message ("%s with %.20s", rows[i].type, body);
      g_assert_cmpuint (answer->status, ==, 400);
      g_assert_cmpstr (answer->media_type, ==, "text/html");
      expect_holds (answer, "再发送一次");
    }
}

/* Refused from its head, before a byte of it is read; and said as a page. */
static void
test_length (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *path = g_strconcat ("/alerts/", id, "/tips", NULL);
  g_autofree char *huge = g_malloc0 (17 * 1024 * 1024);
  g_autoptr (GBytes) bytes = g_bytes_new_static (huge, 17 * 1024 * 1024);
  g_autoptr (SoupMessage) message
      = central_fixture_new_message (fixture, NOBODY, "POST", path, "", bytes);
  g_autoptr (CentralAnswer) answer = central_fixture_send (fixture, message);

  g_assert_cmpuint (answer->status, ==, 413);
  g_assert_cmpstr (answer->media_type, ==, "text/html");
  expect_holds (answer, "照片不能超过15 MB");
}

/* Somebody had the form open when the search ended. */
static void
test_ended (CentralFixture *fixture, gconstpointer data)
{
  static const Field fields[] = { { "text", "看到了" }, { NULL, NULL } };
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *token = open_form (fixture, id);
  g_autoptr (GBytes) photo = load_photo ();
  g_autoptr (JsonObject) closed = central_fixture_close (fixture, 200, OFFICER, id, "lost");
  g_autoptr (CentralAnswer) answer = post (fixture, id, "", token, fields, photo);
  g_autoptr (CentralAnswer) unknown
      = post (fixture, "2c1d3f5e-0000-4000-8000-000000000000", "", token, fields, photo);

  g_assert_cmpuint (answer->status, ==, 410);
  expect_holds (answer, "如果您仍有线索，请拨打110");
  expect_lacks (answer, "杨小军");
  g_assert_cmpuint (unknown->status, ==, 404);
  g_assert_cmpint (count_tips (fixture), ==, 0);
  g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM photos", NULL), ==, 0);
}

static void
test_urlencoded (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *token = open_form (fixture, id);
  g_autofree char *path = g_strconcat ("/alerts/", id, "/tips", NULL);
  g_autofree char *body = g_strconcat ("text=%E7%9C%8B%E5%88%B0+%26&token=", token, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (SoupMessage) message
      = central_fixture_new_message (fixture, NOBODY, "POST", path, "", bytes);
  g_autoptr (CentralAnswer) answer = NULL;
  g_autoptr (JsonObject) tip = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Type",
                                "application/x-www-form-urlencoded");
  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  answer = central_fixture_send (fixture, message);
  g_assert_cmpuint (answer->status, ==, 303);
  tip = find_tip (fixture, OFFICER, "看到 &");
  g_assert_nonnull (tip);
}

/* No number but one that looks like one is thanked for. */
static void
test_thanks (CentralFixture *fixture, gconstpointer data)
{
  static const char *const wrong[]
      = { "0123456", "012345678", "0123456g", "%3Cscript%3E", "abcdef01", "0123456%00" };
  g_autofree char *id = central_fixture_publish (fixture, 600);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *rest = g_strconcat ("/tips/", wrong[i], NULL);
      g_autoptr (CentralAnswer) answer = get (fixture, id, rest);

      if (answer->status != 400)
        g_assert_cmpuint (answer->status, ==, 404);
      expect_lacks (answer, "<script>");
    }
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/tip-desk/taken", test_taken);
  central_test_add ("/central/tip-desk/twice", test_twice);
  central_test_add ("/central/tip-desk/faults", test_faults);
  central_test_add ("/central/tip-desk/kept-photo", test_kept_photo);
  central_test_add ("/central/tip-desk/hostile-text", test_hostile_text);
  central_test_add ("/central/tip-desk/click", test_click);
  central_test_add ("/central/tip-desk/token", test_token);
  central_test_add ("/central/tip-desk/restart", test_restart);
  central_test_add ("/central/tip-desk/flood", test_flood);
  central_test_add ("/central/tip-desk/no-form", test_no_form);
  central_test_add ("/central/tip-desk/length", test_length);
  central_test_add ("/central/tip-desk/ended", test_ended);
  central_test_add ("/central/tip-desk/urlencoded", test_urlencoded);
  central_test_add ("/central/tip-desk/thanks", test_thanks);
  return g_test_run ();
}
