/* public.c: tests of what everybody may fetch of a notice
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* memmem */
#define _GNU_SOURCE

#include "central-fixture.h"
#include "reunion-cap.h"
#include "reunion-wire.h"

#include <string.h>

#define JPEG_PATH "data/sample/portraits/zhijin-boy.jpg"

static CentralAnswer *
fetch (CentralFixture *fixture, const char *method, const char *id, const char *rest)
{
  g_autofree char *path = g_strconcat ("/alerts/", id, rest, NULL);

  return central_fixture_call (fixture, NOBODY, method, path, "", NULL);
}

static const char *
get_header (const CentralAnswer *answer, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (answer->message), name);
}

static void
expect_page (const CentralAnswer *answer, guint status, const char *what)
{
  static const char *const headers[][2] = {
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "no-referrer" },
    { "X-Robots-Tag", "noindex, noarchive" },
  };

  if (answer->status != status)
    g_error ("%s: expected %u, got %u: %s", what, status, answer->status, answer->body);
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    g_assert_cmpstr (get_header (answer, headers[i][0]), ==, headers[i][1]);
  g_assert_true (
      g_str_has_prefix (get_header (answer, "Content-Security-Policy"), "default-src 'none'; "));
  g_assert_null (strstr (get_header (answer, "Content-Security-Policy"), "unsafe"));
  g_assert_null (get_header (answer, "Set-Cookie"));
  g_assert_nonnull (
      strstr (get_header (answer, "Content-Security-Policy"), "frame-ancestors 'none'"));
  g_assert_nonnull (strstr (get_header (answer, "Permissions-Policy"), "camera=()"));
  g_assert_cmpstr (get_header (answer, "Cache-Control"), ==,
                   status == 200 ? "no-cache" : "no-store");
}

static void
expect_holds (const CentralAnswer *answer, const char *part)
{
  if (strstr (answer->body, part) == NULL)
    g_error ("expected “%s” in %s", part, answer->body);
}

static void
expect_lacks (const CentralAnswer *answer, const char *part)
{
  if (strstr (answer->body, part) != NULL)
    g_error ("expected no “%s” in %s", part, answer->body);
}

/* The photo with a comment in it, sent as the officer does. Its hash, transfer full. */
static char *
put_photo (CentralFixture *fixture)
{
  g_autofree char *file = g_build_filename (g_getenv ("REUNION_SOURCE_ROOT"), JPEG_PATH, NULL);
  static const guint8 comment[]
      = { 0xff, 0xfe, 0, 14, 'P', 'R', 'I', 'V', 'A', 'T', 'E', '-', 'e', 'x', 'i', 'f' };
  g_autoptr (GByteArray) marked = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (CentralAnswer) answer = NULL;
  g_autofree char *data = NULL;
  g_autofree char *path = NULL;
  char *sha256;
  gsize length;

  g_assert_true (g_file_get_contents (file, &data, &length, NULL));
  g_byte_array_append (marked, (guint8 *) data, 2);
  g_byte_array_append (marked, comment, sizeof comment);
  g_byte_array_append (marked, (guint8 *) data + 2, (guint) length - 2);
  bytes = g_bytes_new (marked->data, marked->len);
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  path = g_strconcat ("/v1/photos/", sha256, NULL);
  message = central_fixture_new_message (fixture, OFFICER, "PUT", path, "", bytes);
  answer = central_fixture_send (fixture, message);
  /* It may be there already. */
  g_assert_cmpuint (answer->status / 100, ==, 2);
  return sha256;
}

/* With a photo; filed, and approved if @is_approved. Transfer full. */
static ReunionCase *
file_case (CentralFixture *fixture, gint64 elapsed_s, gboolean is_approved)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, elapsed_s);
  g_autofree char *sha256 = put_photo (fixture);
  g_autoptr (ReunionPhoto) photo = reunion_photo_new (sha256, "image/jpeg", 600, 800);
  g_autoptr (JsonObject) filed = NULL;
  g_autoptr (JsonObject) approved = NULL;

  reunion_report_unset (reunion_case_get_report (case_), REUNION_FIELD_PHOTO_ABSENT_REASON);
  reunion_case_add_photo (case_, photo);
  filed = central_fixture_file (fixture, 201, OFFICER, case_);
  if (is_approved)
    approved = central_fixture_decide (fixture, 200, REVIEWER, reunion_case_get_id (case_),
                                       "approve", NULL);
  return g_steal_pointer (&case_);
}

static ReunionCapAlert *
fetch_alert (CentralFixture *fixture, const char *id)
{
  g_autoptr (CentralAnswer) answer = fetch (fixture, "GET", id, "/cap");
  ReunionCapAlert *alert;
  GError *error = NULL;

  expect_page (answer, 200, "cap");
  g_assert_cmpstr (answer->media_type, ==, "application/cap+xml");
  expect_lacks (answer, PRIVATE_MARK);
  alert = reunion_cap_from_xml (answer->body, -1, &error);
  g_assert_no_error (error);
  return alert;
}

/* --- the page ------------------------------------------------------------------- */

static void
test_page (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = file_case (fixture, 600, TRUE);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (CentralAnswer) page = fetch (fixture, "GET", id, "");
  g_autofree char *photo = g_strconcat ("src=\"", id, "/photo/1\" width=\"600\"", NULL);
  g_autofree char *host = g_strconcat (">", strstr (fixture->url, "127."), "<", NULL);
  g_autofree char *start = g_strndup (id, 8);
  g_autofree char *upper = g_ascii_strup (start, -1);
  g_autofree char *number = g_strconcat ("<b class=\"number\">", upper, "</b>", NULL);

  expect_page (page, 200, "page");
  g_assert_cmpstr (page->media_type, ==, "text/html");
  expect_holds (page, "<html lang=\"zh-CN\">");
  expect_holds (page, "寻人：杨小军</h1>");
  expect_holds (page, "蓝色校服");
  expect_holds (page, "织金县城关镇");
  expect_holds (page, "2026-05-15 14:20");
  expect_holds (page, "2026-05-15 14:30");
  /* How long, how far, when further, and which one it is. */
  expect_holds (page, "<dt>已失踪</dt><dd>10分钟</dd>");
  expect_holds (page, "<dt>通知范围</dt><dd>100公里</dd>");
  expect_holds (page, "<dt>范围扩大</dt><dd>15:20 起200公里</dd>");
  expect_holds (page, number);
  expect_holds (page, "/map.svg?lang=zh\"");
  expect_holds (page, "/tips?lang=zh\"");
  expect_holds (page, "href=\"tel:08577621234\"");
  expect_holds (page, photo);
  expect_holds (page, host);
  expect_lacks (page, PRIVATE_MARK);
  expect_lacks (page, PRIVATE_PHONE);
  expect_lacks (page, "<script");
}

static void
test_hostile_text (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  ReunionReport *report = reunion_case_get_report (case_);
  g_autofree char *long_text = g_strnfill (200, 'W');
  g_autoptr (JsonObject) filed = NULL;
  g_autoptr (CentralAnswer) page = NULL;
  g_autoptr (ReunionCapAlert) alert = NULL;

  reunion_report_set_text (report, REUNION_FIELD_NAME, "</title><script>alert(1)</script>");
  reunion_report_set_text (report, REUNION_FIELD_CLOTHING,
                           "\"><img src=x onerror='alert(1)'>&amp;");
  reunion_report_set_text (report, REUNION_FIELD_MARKS, "\xe2\x80\xae \x01\x1b[31m אברהם");
  reunion_report_set_text (report, REUNION_FIELD_BUILD, long_text);
  filed = central_fixture_file (fixture, 201, REVIEWER, case_);
  page = fetch (fixture, "GET", reunion_case_get_id (case_), "");
  expect_page (page, 200, "page");
  expect_lacks (page, "<script");
  expect_lacks (page, "<img src=x");
  expect_holds (page, "&lt;/title&gt;&lt;script&gt;alert(1)");
  expect_holds (page, "&quot;&gt;&lt;img src=x onerror=&apos;alert(1)&apos;&gt;&amp;amp;");
  expect_holds (page, "<dd dir=\"auto\">\xe2\x80\xae");
  expect_holds (page, long_text);
  alert = fetch_alert (fixture, reunion_case_get_id (case_));
}

/* Who asks again is told that nothing has changed, until something has. */
static void
test_entity_tag (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = file_case (fixture, 600, TRUE);
  static const char *const rests[] = { "", "/photo/1", "/cap", "/map.svg", "/tips.js" };

  for (gsize i = 0; i < G_N_ELEMENTS (rests); i++)
    {
      g_autofree char *path = g_strconcat ("/alerts/", reunion_case_get_id (case_), rests[i], NULL);
      g_autoptr (CentralAnswer) first
          = central_fixture_call (fixture, NOBODY, "GET", path, "", NULL);
      g_autofree char *etag = g_strdup (get_header (first, "ETag"));
      g_autofree char *list = g_strconcat ("\"other\", W/", etag, NULL);
      const char *const tags[] = { etag, list, "*", "\"other\"" };

      for (gsize j = 0; j < G_N_ELEMENTS (tags); j++)
        {
          g_autoptr (SoupMessage) message
              = central_fixture_new_message (fixture, NOBODY, "GET", path, "", NULL);
          g_autoptr (CentralAnswer) again = NULL;

          soup_message_headers_replace (soup_message_get_request_headers (message), "If-None-Match",
                                        tags[j]);
          again = central_fixture_send (fixture, message);
          g_test_message ("%s with %s", path, tags[j]);
          g_assert_cmpuint (again->status, ==, j < 3 ? 304 : 200);
          g_assert_cmpstr (get_header (again, "ETag"), ==, etag);
          if (j < 3)
            g_assert_cmpstr (again->body, ==, "");
        }
    }
}

static void
test_head (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = file_case (fixture, 600, TRUE);
  static const char *const rests[] = { "", "/photo/1", "/cap", "/photo/2", "/map.svg", "/tips.js" };

  for (gsize i = 0; i < G_N_ELEMENTS (rests); i++)
    {
      g_autoptr (CentralAnswer) whole
          = fetch (fixture, "GET", reunion_case_get_id (case_), rests[i]);
      g_autoptr (CentralAnswer) head
          = fetch (fixture, "HEAD", reunion_case_get_id (case_), rests[i]);

      g_assert_cmpuint (head->status, ==, whole->status);
      g_assert_cmpstr (head->body, ==, "");
      g_assert_cmpstr (get_header (head, "Content-Length"), ==,
                       get_header (whole, "Content-Length"));
      g_assert_cmpstr (get_header (head, "ETag"), ==, get_header (whole, "ETag"));
    }
}

/* Older posters lead to the page as well, whatever there is of it. */
static void
test_redirect (CentralFixture *fixture, gconstpointer data)
{
  static const char *const methods[] = { "GET", "HEAD" };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (SoupMessage) message = central_fixture_new_message (
          fixture, NOBODY, methods[i], "/notice/a%22%3E%0d%0aX:%20y", "", NULL);
      g_autoptr (CentralAnswer) answer = NULL;

      soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT);
      answer = central_fixture_send (fixture, message);
      g_assert_cmpuint (answer->status, ==, 308);
      g_assert_cmpstr (get_header (answer, "Location"), ==, "../alerts/a%22%3E%0D%0AX%3A%20y");
      g_assert_null (get_header (answer, "X"));
    }
}

/* The reader's language, and nothing of the other. */
static void
test_language (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *query;
    const char *accepted;
    const char *language;
  } rows[] = {
    { "", NULL, "zh-CN" },
    { "", "en-GB,en;q=0.9", "en" },
    { "", "zh-TW,zh;q=0.9,en;q=0.8", "zh-CN" },
    { "", "en;q=0.3, zh;q=0.7", "zh-CN" },
    { "", "fr-FR, de;q=0.5", "en" },
    { "", "fr, zh-Hant;q=0.1", "zh-CN" },
    { "", "*", "zh-CN" },
    { "", ";;;,,,q=", "en" },
    { "?lang=en", "zh", "en" },
    { "?lang=zh", "en", "zh-CN" },
    { "?lang=%3Cscript%3E", "en", "en" },
    { "?lang=", NULL, "zh-CN" },
  };
  g_autofree char *id = central_fixture_publish (fixture, 600);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/alerts/", id, rows[i].query, NULL);
      g_autofree char *expected = g_strdup_printf ("<html lang=\"%s\">", rows[i].language);
      g_autoptr (SoupMessage) message
          = central_fixture_new_message (fixture, NOBODY, "GET", path, "", NULL);
      g_autoptr (CentralAnswer) answer = NULL;

      if (rows[i].accepted != NULL)
        soup_message_headers_replace (soup_message_get_request_headers (message), "Accept-Language",
                                      rows[i].accepted);
      answer = central_fixture_send (fixture, message);
      g_test_message ("%s with %s", rows[i].query, rows[i].accepted);
      expect_page (answer, 200, path);
      expect_holds (answer, expected);
      g_assert_cmpstr (get_header (answer, "Vary"), ==, "Accept-Language");
      expect_lacks (answer, "<script");
      expect_holds (answer, i != 0 && strcmp (rows[i].language, "en") == 0 ? "Missing: 杨小军</h1>"
                                                                           : "寻人：杨小军</h1>");
    }
}

/* The clock of the page is the service's. */
static void
test_clock (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    gint64 elapsed_s;
    const char *elapsed;
    const char *radius;
    const char *next;
  } rows[] = {
    { 0, "1 min", "100 km", "at 15:30 to 200 km" },
    { 3599, "59 min", "100 km", "at 14:30 to 200 km" },
    { 3600, "1 h 00 min", "200 km", "at 15:30 to 300 km" },
    { 7200, "2 h 00 min", "300 km", "at 15:30 to 500 km" },
    { 10800, "3 h 00 min", "500 km", NULL },
    { 86400 * 9 + 3 * 3600, "9 d 3 h", "500 km", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *id = central_fixture_publish (fixture, rows[i].elapsed_s);
      g_autoptr (CentralAnswer) page = fetch (fixture, "GET", id, "?lang=en");
      g_autofree char *elapsed = g_strdup_printf ("<dd>%s</dd>", rows[i].elapsed);
      g_autofree char *radius = g_strdup_printf ("<dd>%s</dd>", rows[i].radius);

      expect_holds (page, elapsed);
      expect_holds (page, radius);
      if (rows[i].next != NULL)
        expect_holds (page, rows[i].next);
      else
        expect_lacks (page, "The circle grows");
    }
}

static void
test_map (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = central_fixture_publish (fixture, 600);
  static const struct
  {
    const char *query;
    const char *holds;
    const char *lacks;
  } rows[] = {
    { "?lang=zh", ">100公里<", "class=\"mark\"" },
    { "?lang=zh", ">贵阳<", ">Guiyang<" },
    { "?lang=en", ">Guiyang<", ">贵阳<" },
    { "?at=26.56,106.7", "class=\"mark\"", NULL },
    { "?at=%3Cscript%3E", "class=\"ring\"", "script" },
    { "?at=91,500", "class=\"ring\"", "class=\"mark\"" },
    { "?at=nan,inf", "class=\"ring\"", "class=\"mark\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *rest = g_strconcat ("/map.svg", rows[i].query, NULL);
      g_autoptr (CentralAnswer) map = fetch (fixture, "GET", id, rest);

      expect_page (map, 200, rest);
      g_assert_cmpstr (map->media_type, ==, "image/svg+xml");
      expect_holds (map, rows[i].holds);
      if (rows[i].lacks != NULL)
        expect_lacks (map, rows[i].lacks);
      expect_lacks (map, "织金县");
      g_assert_nonnull (strstr (get_header (map, "Content-Security-Policy"),
                                "default-src 'none'; style-src 'sha256-"));
    }
}

/* --- photos --------------------------------------------------------------------- */

static void
test_photo (CentralFixture *fixture, gconstpointer data)
{
  static const char *const wrong[]
      = { "0", "2", "-1", "01", "+1", "1.0", "x", "1%00", "99999999999999999999", "%31x" };
  g_autoptr (ReunionCase) case_ = file_case (fixture, 600, TRUE);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (ReunionCapAlert) alert = fetch_alert (fixture, id);
  const ReunionCapResource *resource
      = ((ReunionCapInfo *) alert->infos->pdata[0])->resources->pdata[0];
  g_autoptr (CentralAnswer) photo = fetch (fixture, "GET", id, "/photo/1");
  g_autofree char *sha1 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, photo->bytes);
  g_autofree char *uri = g_strconcat (fixture->url, "/alerts/", id, "/photo/1", NULL);
  gsize length = g_bytes_get_size (photo->bytes);

  expect_page (photo, 200, "photo");
  g_assert_cmpstr (photo->media_type, ==, "image/jpeg");
  g_assert_null (memmem (g_bytes_get_data (photo->bytes, NULL), length, "PRIVATE", 7));
  g_assert_cmpstr (resource->digest, ==, sha1);
  g_assert_cmpint (resource->size, ==, (gint64) length);
  g_assert_cmpstr (resource->uri, ==, uri);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *rest = g_strconcat ("/photo/", wrong[i], NULL);
      g_autoptr (CentralAnswer) answer = fetch (fixture, "GET", id, rest);

      /* What is no address is refused before. */
      if (answer->status != 400)
        expect_page (answer, 404, rest);
    }
}

/* --- what the public does not know ---------------------------------------------- */

/* Whatever the case is, as long as it was never out, its page is that of none. */
static void
test_unknown (CentralFixture *fixture, gconstpointer data)
{
  static const char *const decisions[] = { NULL, "return", "reject" };
  static const char *const rests[]
      = { "", "/photo/1", "/cap", "/map.svg", "/tips", "/tips/01234567" };

  for (gsize i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      g_autoptr (ReunionCase) case_ = file_case (fixture, 600, FALSE);
      g_autoptr (JsonObject) decided = NULL;

      if (decisions[i] != NULL)
        decided = central_fixture_decide (fixture, 200, REVIEWER, reunion_case_get_id (case_),
                                          decisions[i], "原因");
      for (gsize j = 0; j < G_N_ELEMENTS (rests); j++)
        {
          g_autoptr (CentralAnswer) here
              = fetch (fixture, "GET", reunion_case_get_id (case_), rests[j]);
          g_autoptr (CentralAnswer) nowhere
              = fetch (fixture, "GET", "2c1d3f5e-0000-4000-8000-000000000000", rests[j]);

          expect_page (here, 404, rests[j]);
          expect_page (nowhere, 404, rests[j]);
          g_assert_cmpstr (here->body, ==, nowhere->body);
          g_assert_cmpstr (here->media_type, ==, "text/html");
        }
    }
}

/* As the erasure leaves it. */
static void
expire (CentralFixture *fixture, const char *id)
{
  g_autoptr (ReunionCase) case_ = NULL;
  GError *error = NULL;

  case_ = reunion_central_store_find_case (fixture->store, id, &error);
  g_assert_no_error (error);
  reunion_case_set_state (case_, REUNION_CASE_STATE_EXPIRED);
  reunion_central_store_put_case (fixture->store, case_, -1, &error);
  g_assert_no_error (error);
}

/* Withdrawn everywhere at once: nothing of the person is left. */
static void
test_ended (CentralFixture *fixture, gconstpointer data)
{
  static const char *const rests[] = { "", "/photo/1", "/map.svg", "/tips", "/tips/01234567" };
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (ReunionCase) case_ = file_case (fixture, 600, TRUE);
      g_autoptr (JsonObject) closed = central_fixture_close (
          fixture, 200, OFFICER, reunion_case_get_id (case_), i == 0 ? "lost" : "killed");
      g_autoptr (ReunionCapAlert) alert = NULL;
      g_autoptr (CentralAnswer) cap = fetch (fixture, "GET", reunion_case_get_id (case_), "/cap");

      for (gsize j = 0; j < G_N_ELEMENTS (rests); j++)
        {
          g_autoptr (CentralAnswer) answer
              = fetch (fixture, "GET", reunion_case_get_id (case_), rests[j]);

          expect_page (answer, j == 0 ? 200 : 410, rests[j]);
          expect_holds (answer, "寻人启事已撤回");
          expect_lacks (answer, "杨小军");
          expect_lacks (answer, "/photo/");
          expect_lacks (answer, "0857");
          /* Not even how it ended can be told. */
          g_ptr_array_add (bodies, g_strdup (answer->body));
          g_assert_cmpstr (answer->body, ==, bodies->pdata[0]);
        }
      expire (fixture, reunion_case_get_id (case_));
      for (gsize j = 0; j < G_N_ELEMENTS (rests); j++)
        {
          g_autoptr (CentralAnswer) answer
              = fetch (fixture, "GET", reunion_case_get_id (case_), rests[j]);

          expect_page (answer, 410, rests[j]);
          expect_holds (answer, "寻人启事已撤回");
          expect_lacks (answer, "杨小军");
        }
      expect_lacks (cap, "杨小军");
      expect_lacks (cap, "蓝色校服");
      alert = fetch_alert (fixture, reunion_case_get_id (case_));
      g_assert_cmpstr (alert->kind, ==, "Cancel");
      g_assert_cmpuint (alert->references->len, ==, 1);
    }
}

/* --- the course of the alert ----------------------------------------------------- */

static void
amend (CentralFixture *fixture, ReunionCase *case_)
{
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/amendment", reunion_case_get_id (case_));
  g_autofree char *json = reunion_wire_case_to_json (case_);
  g_autofree char *text = g_strdup_printf ("{\"case\":%s,\"reason\":\"PRIVATE-reason\"}", json);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (SoupMessage) message
      = central_fixture_new_message (fixture, OFFICER, "POST", path, NULL, body);
  g_autoptr (CentralAnswer) answer = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "If-Match", "*");
  answer = central_fixture_send (fixture, message);
  central_answer_expect (answer, 200, path);
}

static void
expect_alert (CentralFixture *fixture,
              const char *id,
              const char *kind,
              guint n_references,
              const char *radius)
{
  g_autoptr (ReunionCapAlert) alert = fetch_alert (fixture, id);
  const ReunionCapInfo *info = alert->infos->pdata[0];
  g_autofree char *identifier = g_strdup_printf ("%s.%u", id, n_references + 1);

  g_assert_cmpstr (alert->kind, ==, kind);
  g_assert_cmpstr (alert->identifier, ==, identifier);
  g_assert_cmpuint (alert->references->len, ==, n_references);
  g_assert_cmpint (alert->sent_usec, ==, fixture->now_usec);
  for (guint i = 0; i < n_references; i++)
    {
      const ReunionCapReference *reference = alert->references->pdata[i];
      g_autofree char *earlier = g_strdup_printf ("%s.%u", id, i + 1);

      g_assert_cmpstr (reference->identifier, ==, earlier);
      g_assert_cmpstr (reference->sender, ==, alert->sender);
      g_assert_cmpint (reference->sent_usec, <, fixture->now_usec);
    }
  if (radius != NULL)
    g_assert_cmpstr (((ReunionCapPair *) info->parameters->pdata[1])->value, ==, radius);
  else
    g_assert_cmpuint (info->parameters->len, ==, 0);
}

static void
test_course (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = file_case (fixture, 600, TRUE);
  ReunionReport *report = reunion_case_get_report (case_);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (JsonObject) closed = NULL;

  expect_alert (fixture, id, "Alert", 0, "100");
  central_fixture_set_clock (fixture, fixture->now_usec + G_TIME_SPAN_HOUR);
  expect_alert (fixture, id, "Update", 1, "200");
  fixture->now_usec += G_TIME_SPAN_MINUTE;
  reunion_report_set_text (report, REUNION_FIELD_CLOTHING, "红色校服");
  amend (fixture, case_);
  expect_alert (fixture, id, "Update", 2, "200");
  /* What the public does not read is no message to it. */
  reunion_report_set_text (report, REUNION_FIELD_INTERNAL_NOTES, "PRIVATE-more");
  amend (fixture, case_);
  expect_alert (fixture, id, "Update", 2, "200");
  fixture->now_usec += G_TIME_SPAN_MINUTE;
  closed = central_fixture_close (fixture, 200, OFFICER, id, "lost");
  expect_alert (fixture, id, "Cancel", 3, NULL);
}

/* Behind a proxy the address is not the one that the request went to. */
static void
test_public_url (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = file_case (fixture, 600, TRUE);
  g_autoptr (CentralAnswer) page = NULL;
  g_autoptr (ReunionCapAlert) alert = NULL;
  g_autofree char *web
      = g_strconcat ("https://reunion.example/x/alerts/", reunion_case_get_id (case_), NULL);

  central_service_set_public_url (fixture->service, "https://reunion.example/x/");
  page = fetch (fixture, "GET", reunion_case_get_id (case_), "");
  expect_holds (page, ">https://reunion.example<");
  expect_holds (page, "证书必须是发给这个网址的");
  alert = fetch_alert (fixture, reunion_case_get_id (case_));
  g_assert_cmpstr (alert->sender, ==, "reunion.example");
  g_assert_cmpstr (((ReunionCapInfo *) alert->infos->pdata[0])->web, ==, web);
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/public/page", test_page);
  central_test_add ("/central/public/redirect", test_redirect);
  central_test_add ("/central/public/language", test_language);
  central_test_add ("/central/public/clock", test_clock);
  central_test_add ("/central/public/map", test_map);
  central_test_add ("/central/public/hostile-text", test_hostile_text);
  central_test_add ("/central/public/entity-tag", test_entity_tag);
  central_test_add ("/central/public/head", test_head);
  central_test_add ("/central/public/photo", test_photo);
  central_test_add ("/central/public/unknown", test_unknown);
  central_test_add ("/central/public/ended", test_ended);
  central_test_add ("/central/public/course", test_course);
  central_test_add ("/central/public/public-url", test_public_url);
  return g_test_run ();
}
