/* routes.c: tests of the API, and of who may call what
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-routes.h"
#include "central-fixture.h"
#include "reunion-wire.h"

#include <string.h>

static void
test_find (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *found;
    const char *parameter;
    const char *allowed;
  } rows[] = {
    { "GET", "/healthz", "/healthz", NULL, NULL },
    { "GET", "/v1/cases/abc", "/v1/cases/:", "abc", NULL },
    { "POST", "/v1/cases/abc/closing", "/v1/cases/:/closing", "abc", NULL },
    { "POST", "/v1/cases/abc/amendment", "/v1/cases/:/amendment", "abc", NULL },
    { "GET", "/v1/cases/abc/history", "/v1/cases/:/history", "abc", NULL },
    { "POST", "/v1/cases", "/v1/cases", NULL, NULL },
    { "GET", "/v1/cases", NULL, NULL, "POST" },
    { "GET", "/notice/abc", "/notice/:", "abc", NULL },
    { "HEAD", "/notice/abc/cap", "/notice/:/cap", "abc", NULL },
    { "GET", "/notice/abc/photo/2", "/notice/:/photo/:", "abc", NULL },
    { "GET", "/alerts/abc", "/alerts/:", "abc", NULL },
    { "POST", "/alerts/abc/tips", "/alerts/:/tips", "abc", NULL },
    { "GET", "/alerts/abc/tips/7", "/alerts/:/tips/:", "abc", NULL },
    { "DELETE", "/alerts/abc/tips", NULL, NULL, "GET, HEAD, POST" },
    { "GET", "/notice/abc/photo/", NULL, NULL, NULL },
    { "GET", "/notice/abc/photo", NULL, NULL, NULL },
    { "GET", "/notice//photo/2", NULL, NULL, NULL },
    { "GET", "/notice/abc/photo/2/3", NULL, NULL, NULL },
    { "GET", "/notice/", NULL, NULL, NULL },
    { "POST", "/notice/abc", NULL, NULL, "GET, HEAD" },
    { "DELETE", "/v1/photos/abc", NULL, NULL, "PUT, GET" },
    { "GET", "/v1/cases/", NULL, NULL, NULL },
    { "GET", "/v1/cases/a/b", NULL, NULL, NULL },
    { "POST", "/v1/cases//closing", NULL, NULL, NULL },
    { "POST", "/v1/cases/closing", NULL, NULL, "GET" },
    { "GET", "/", NULL, NULL, NULL },
    { "GET", "", NULL, NULL, NULL },
    { "get", "/healthz", NULL, NULL, "GET" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *parameter = NULL;
      g_autofree char *allowed = NULL;
      const CentralRoute *route
          = central_routes_find (rows[i].method, rows[i].path, &parameter, &allowed);

      g_test_message ("%s %s", rows[i].method, rows[i].path);
      g_assert_cmpstr (route != NULL ? route->path : NULL, ==, rows[i].found);
      g_assert_cmpstr (parameter, ==, rows[i].parameter);
      g_assert_cmpstr (allowed, ==, rows[i].allowed);
    }
}

static void
test_refusals (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *segment = g_strnfill (60000, 'a');
  g_autofree char *long_path = g_strconcat ("/v1/cases/", segment, NULL);
  g_autofree char *long_query = g_strconcat ("/v1/changes?after=", segment, NULL);
  g_autofree char *deep = g_strnfill (1000, '[');
  const struct
  {
    const char *method;
    const char *path;
    const char *body;
    guint status;
  } rows[] = {
    { "GET", "/", NULL, 404 },
    { "GET", "/v2/cases", NULL, 404 },
    { "GET", "/V1/policy", NULL, 404 },
    { "GET", "//v1/policy", NULL, 404 },
    { "GET", "/v1/policy/", NULL, 404 },
    { "POST", "/nowhere", "{}", 404 },
    { "PUT", "/v1/policy", "{}", 405 },
    { "DELETE", "/v1/cases", NULL, 405 },
    { "PATCH", "/v1/cases", "{}", 405 },
    { "GET", "/v1/sessions", NULL, 405 },
    { "POST", "/v1/changes", "{}", 405 },
    { "GET", "/v1/photos/..%2f..%2f..%2fetc%2fpasswd", NULL, 400 },
    { "GET", "/v1/photos/../../../../etc/passwd", NULL, 404 },
    { "GET", "/v1/photos/..", NULL, 404 },
    { "GET", "/v1/photos/%2e%2e", NULL, 404 },
    { "GET", "/v1/cases/%27%20OR%201=1", NULL, 404 },
    { "GET", "/v1/cases/%ff%fe", NULL, 404 },
    { "GET", long_path, NULL, 404 },
    { "GET", long_query, NULL, 400 },
    { "POST", "/v1/cases", "", 400 },
    { "POST", "/v1/cases", "{", 400 },
    { "POST", "/v1/cases", "[]", 400 },
    { "POST", "/v1/cases", "null", 400 },
    { "POST", "/v1/cases", "{}", 400 },
    { "POST", "/v1/cases", "\xff\xfe", 400 },
    { "POST", "/v1/cases", "{\"id\":\"nonsense\",\"report\":{}}", 400 },
    { "POST", "/v1/cases", "{\"id\":7,\"report\":{}}", 400 },
    { "POST", "/v1/cases", "{\"id\":\"2c1d3f5e-0000-4000-8000-000000000000\"}", 400 },
    { "POST", "/v1/cases", "{\"id\":\"2c1d3f5e-0000-4000-8000-000000000000\",\"report\":[]}", 400 },
    { "POST", "/v1/cases",
      "{\"id\":\"2c1d3f5e-0000-4000-8000-000000000000\",\"report\":{\"name\":5}}", 400 },
    { "POST", "/v1/cases",
      "{\"id\":\"2c1d3f5e-0000-4000-8000-000000000000\",\"report\":{\"last_seen\":\"noon\"}}",
      400 },
    { "POST", "/v1/cases", "{\"id\":\"2c1d3f5e-0000-4000-8000-000000000000\",\"report\":{}}", 422 },
    { "POST", "/v1/cases", deep, 413 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *what = g_strdup_printf ("%s %.60s %.80s", rows[i].method, rows[i].path,
                                               rows[i].body != NULL ? rows[i].body : "");
      g_autoptr (CentralAnswer) answer = central_fixture_call (fixture, OFFICER, rows[i].method,
                                                               rows[i].path, NULL, rows[i].body);

      central_answer_expect (answer, rows[i].status, what);
      if (rows[i].status == 405)
        g_assert_nonnull (soup_message_headers_get_one (
            soup_message_get_response_headers (answer->message), "Allow"));
    }
  g_assert_cmpint (reunion_central_store_count_cases (fixture->store), ==, 0);
}

/* Each address takes so much and no more, whether the length is told or not. */
static void
test_oversized (CentralFixture *fixture, gconstpointer data)
{
  gsize n_routes;
  const CentralRoute *routes = central_routes_get_all (&n_routes);

  for (gsize i = 0; i < n_routes; i++)
    for (int told = 0; told <= 1; told++)
      {
        g_auto (GStrv) parts = g_strsplit (routes[i].path, ":", 2);
        g_autofree char *path = g_strjoinv ("x", parts);
        gsize length = (gsize) routes[i].max_body_bytes + 1;
        g_autofree char *text = g_strnfill (length, ' ');
        g_autoptr (GBytes) bytes = g_bytes_new (text, length);
        g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
        g_autoptr (SoupMessage) message = NULL;
        g_autoptr (CentralAnswer) answer = NULL;

        if (routes[i].max_body_bytes == 0)
          continue;
        message = central_fixture_new_message (fixture, REVIEWER, routes[i].method, path, NULL,
                                               told ? bytes : NULL);
        if (!told)
          soup_message_set_request_body (message, "application/json", stream, -1);
        answer = central_fixture_send (fixture, message);
        /* People are told with a page. */
        if (g_str_has_prefix (path, "/alerts/"))
          {
            g_assert_cmpuint (answer->status, ==, 413);
            g_assert_cmpstr (answer->media_type, ==, "text/html");
          }
        else
          central_answer_expect (answer, 413, path);
      }
}

static guint
put_photo (CentralFixture *fixture, const char *who, const char *sha256, const char *data, gsize n)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, n);
  g_autofree char *own = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *path = g_strconcat ("/v1/photos/", sha256 != NULL ? sha256 : own, NULL);
  g_autoptr (SoupMessage) message
      = central_fixture_new_message (fixture, who, "PUT", path, "", bytes);
  g_autoptr (CentralAnswer) answer = central_fixture_send (fixture, message);

  central_answer_expect (answer, answer->status, path);
  return answer->status;
}

static void
test_photos (CentralFixture *fixture, gconstpointer data)
{
  static const char jpeg[] = "\xff\xd8\xff\xe0 and the rest of a picture";
  static const char png[] = "\x89PNG\r\n\x1a\n and the rest of a picture";
  static const char webp[] = "RIFF\x10\0\0\0WEBP and the rest of a picture";
  static const char script[] = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
  static const char text[] = "This is a photo, believe me.";
  g_autofree char *sha256
      = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) jpeg, sizeof jpeg);
  g_autofree char *path = g_strconcat ("/v1/photos/", sha256, NULL);
  g_autoptr (CentralAnswer) photo = NULL;

  g_assert_cmpuint (put_photo (fixture, OFFICER, NULL, script, sizeof script), ==, 415);
  g_assert_cmpuint (put_photo (fixture, OFFICER, NULL, text, sizeof text), ==, 415);
  g_assert_cmpuint (put_photo (fixture, OFFICER, NULL, "", 0), ==, 415);
  g_assert_cmpuint (put_photo (fixture, OFFICER, NULL, jpeg, 3), ==, 415);
  g_assert_cmpuint (put_photo (fixture, OFFICER, "nonsense", jpeg, sizeof jpeg), ==, 422);
  g_assert_cmpuint (put_photo (fixture, OFFICER, sha256, png, sizeof png), ==, 422);
  g_assert_cmpuint (put_photo (fixture, NOBODY, NULL, jpeg, sizeof jpeg), ==, 401);
  g_assert_cmpuint (put_photo (fixture, ADMINISTRATOR, NULL, jpeg, sizeof jpeg), ==, 403);
  g_assert_cmpuint (put_photo (fixture, OFFICER, NULL, png, sizeof png), ==, 201);
  g_assert_cmpuint (put_photo (fixture, OFFICER, NULL, webp, sizeof webp), ==, 201);
  g_assert_cmpuint (put_photo (fixture, OFFICER, NULL, jpeg, sizeof jpeg), ==, 201);
  g_assert_cmpuint (put_photo (fixture, OFFICER, NULL, jpeg, sizeof jpeg), ==, 200);

  photo = central_fixture_call (fixture, REVIEWER, "GET", path, "", NULL);
  central_answer_expect (photo, 200, path);
  g_assert_cmpstr (photo->media_type, ==, "image/jpeg");
  g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_response_headers (photo->message),
                                                 "X-Content-Type-Options"),
                   ==, "nosniff");
  g_assert_cmpmem (photo->body, strlen (photo->body), jpeg, strlen (jpeg));
}

/* --- Idempotency-Key ------------------------------------------------------------ */

static void
test_key_repeated (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  g_autoptr (ReunionCase) other = central_fixture_new_case (fixture, 600);
  g_autofree char *body = reunion_wire_case_to_json (case_);
  g_autofree char *other_body = reunion_wire_case_to_json (other);
  g_autoptr (CentralAnswer) first
      = central_fixture_call (fixture, OFFICER, "POST", "/v1/cases", "key", body);
  g_autoptr (JsonObject) approved = central_fixture_decide (
      fixture, 200, REVIEWER, reunion_case_get_id (case_), "approve", NULL);
  g_autoptr (CentralAnswer) again
      = central_fixture_call (fixture, OFFICER, "POST", "/v1/cases", "key", body);
  g_autoptr (CentralAnswer) changed
      = central_fixture_call (fixture, OFFICER, "POST", "/v1/cases", "key", other_body);
  g_autoptr (CentralAnswer) elsewhere = NULL;
  g_autoptr (CentralAnswer) by_another
      = central_fixture_call (fixture, OTHER_OFFICER, "POST", "/v1/cases", "key", other_body);
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/closing", reunion_case_get_id (case_));

  central_answer_expect (first, 201, "first");
  central_answer_expect (again, 201, "again");
  g_assert_cmpstr (first->body, ==, again->body);
  central_answer_expect (changed, 422, "another body under the same key");
  elsewhere
      = central_fixture_call (fixture, OFFICER, "POST", path, "key", "{\"outcome\":\"lost\"}");
  central_answer_expect (elsewhere, 422, "another address under the same key");
  /* Keys are each account's own. */
  central_answer_expect (by_another, 201, "the same key of another account");
  g_assert_cmpint (reunion_central_store_count_cases (fixture->store), ==, 2);
}

/* A refusal is not kept: what was wrong can be put right under the same key. */
static void
test_key_after_refusal (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  g_autofree char *short_body = NULL;
  g_autofree char *body = reunion_wire_case_to_json (case_);
  g_autoptr (CentralAnswer) refused = NULL;
  g_autoptr (CentralAnswer) taken = NULL;

  reunion_report_unset (reunion_case_get_report (case_), REUNION_FIELD_NAME);
  short_body = reunion_wire_case_to_json (case_);
  refused = central_fixture_call (fixture, OFFICER, "POST", "/v1/cases", "key", short_body);
  central_answer_expect (refused, 422, "short");
  taken = central_fixture_call (fixture, OFFICER, "POST", "/v1/cases", "key", body);
  central_answer_expect (taken, 201, "complete");
}

static void
test_key_missing (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  g_autofree char *body = reunion_wire_case_to_json (case_);
  g_autofree char *long_key = g_strnfill (201, 'k');
  g_autofree char *longest_key = g_strnfill (200, 'k');
  g_autoptr (CentralAnswer) missing
      = central_fixture_call (fixture, OFFICER, "POST", "/v1/cases", "", body);
  g_autoptr (CentralAnswer) too_long
      = central_fixture_call (fixture, OFFICER, "POST", "/v1/cases", long_key, body);
  g_autoptr (CentralAnswer) fits
      = central_fixture_call (fixture, OFFICER, "POST", "/v1/cases", longest_key, body);

  central_answer_expect (missing, 400, "no key");
  central_answer_expect (too_long, 400, "long key");
  central_answer_expect (fits, 201, "longest key");
}

/* Sent twice at the same time, on two connections: one case, one answer. */
static void
test_key_at_once (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  g_autofree char *text = reunion_wire_case_to_json (case_);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  SoupMessage *messages[6];
  g_autofree char *audit = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      messages[i]
          = central_fixture_new_message (fixture, REVIEWER, "POST", "/v1/cases", "key", body);
      soup_session_send_and_read_async (fixture->session, messages[i], G_PRIORITY_DEFAULT, NULL,
                                        NULL, NULL);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      CENTRAL_WAIT (soup_message_get_status (messages[i]) == 201);
      g_object_unref (messages[i]);
    }
  g_assert_cmpint (reunion_central_store_count_cases (fixture->store), ==, 1);
  audit = central_fixture_get_audit (fixture, reunion_case_get_id (case_));
  g_assert_cmpstr (audit, ==, REVIEWER " submit, " REVIEWER " approve");
}

/* A decision and a closing, repeated, are done once. */
static void
test_key_steps (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/closing", id);
  const char *body = "{\"outcome\":\"lost\"}";
  g_autoptr (CentralAnswer) first
      = central_fixture_call (fixture, OFFICER, "POST", path, "key", body);
  g_autoptr (CentralAnswer) again
      = central_fixture_call (fixture, OFFICER, "POST", path, "key", body);
  g_autofree char *audit = central_fixture_get_audit (fixture, id);

  central_answer_expect (first, 200, "first");
  central_answer_expect (again, 200, "again");
  g_assert_cmpstr (first->body, ==, again->body);
  g_assert_cmpstr (audit, ==, OFFICER " submit, " REVIEWER " approve, " OFFICER " close");
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  g_test_add_func ("/central/routes/find", test_find);
  central_test_add ("/central/routes/refusals", test_refusals);
  central_test_add ("/central/routes/oversized", test_oversized);
  central_test_add ("/central/routes/photos", test_photos);
  central_test_add ("/central/routes/key-repeated", test_key_repeated);
  central_test_add ("/central/routes/key-after-refusal", test_key_after_refusal);
  central_test_add ("/central/routes/key-missing", test_key_missing);
  central_test_add ("/central/routes/key-at-once", test_key_at_once);
  central_test_add ("/central/routes/key-steps", test_key_steps);
  return g_test_run ();
}
