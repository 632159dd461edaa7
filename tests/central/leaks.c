/* leaks.c: nothing private in anything that goes out
 *
 * A case whose every private value can be told from every other, and photos with
 * all that a telephone writes into them, goes its whole way: filed as the desk files
 * it, returned, filed again, approved, grown, amended, closed. Everything that
 * anybody outside the police who answer for it gets to see is kept, and searched.
 *
 * Then the same way with other private values: what goes out must not differ by one
 * byte, so that nothing can be concluded either.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-receiver.h"
#include "central-routes.h"
#include "desk-photo-loader.h"
#include "leak-case.h"
#include "reunion-notice.h"
#include "reunion-poster.h"
#include "reunion-wire.h"

#include <glib/gstdio.h>
#include <string.h>

#define PUBLIC_URL "https://reunion.example"
#define N_VARIANTS 2

/* Topics of what is private and no field; those of photos are below 10. */
enum
{
  TOPIC_REVIEW_REASON = 10,
  TOPIC_FIELD_REASON,
  TOPIC_APPROVAL,
  TOPIC_AMENDMENT,
  TOPIC_NOTE,
  TOPIC_TIP,
};

typedef struct
{
  CentralFixture *fixture;
  guint variant;
  gboolean is_vital;
  char *folder;
  char *raw_sha256; /* of the photo that came with its metadata */
  ReunionCase *case_;
  GPtrArray *photos;  /* GBytes, as the desk has them */
  GPtrArray *outputs; /* LeakOutput */
  GPtrArray *secrets; /* LeakTerm */
  GPtrArray *medical; /* LeakTerm, told when vital */
  CentralReceiver *receivers[3];
} Way;

/* --- what is kept ------------------------------------------------------------------- */

static LeakOutput *
keep (Way *way, const char *name, GBytes *bytes, gboolean is_text, gboolean tells)
{
  LeakOutput *output = g_new0 (LeakOutput, 1);

  output->name = g_strdup (name);
  output->bytes = g_bytes_ref (bytes);
  output->is_text = is_text;
  output->tells = tells;
  output->tells_medical = tells && is_text;
  g_ptr_array_add (way->outputs, output);
  return output;
}

/* Takes @text. */
static LeakOutput *
keep_text (Way *way, const char *name, char *text, gboolean tells)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  return keep (way, name, bytes, TRUE, tells);
}

static void
add_header_cb (const char *name, const char *value, gpointer user_data)
{
  /* The clock of this machine. */
  if (g_ascii_strcasecmp (name, "Date") != 0)
    g_string_append_printf (user_data, "%s: %s\n", name, value);
}

static void
keep_answer (Way *way,
             const char *stage,
             const char *who,
             const char *path,
             const CentralAnswer *answer,
             gboolean tells)
{
  g_autofree char *name
      = g_strdup_printf ("%s, %s as %s", stage, path, who != NULL ? who : "anybody");
  g_autofree char *headers_name = g_strconcat (name, ", headers", NULL);
  g_autoptr (GString) headers = g_string_new (NULL);
  gboolean is_text
      = !g_str_has_prefix (answer->media_type != NULL ? answer->media_type : "", "image/");
  LeakOutput *output;

  soup_message_headers_foreach (soup_message_get_response_headers (answer->message), add_header_cb,
                                headers);
  keep_text (way, headers_name, g_strdup (headers->str), FALSE);
  output = keep (way, name, answer->bytes, is_text, tells && is_text);
  output->is_over = strcmp (stage, "closed") == 0 && who == NULL;
}

static void
fetch (Way *way, const char *stage, const char *who, const char *path, gboolean tells)
{
  g_autoptr (CentralAnswer) answer
      = central_fixture_call (way->fixture, who, "GET", path, "", NULL);

  keep_answer (way, stage, who, path, answer, tells);
}

/* A form that comes back. */
static void
post_form (Way *way, const char *stage)
{
  static const char body[] = "text=seen&seen=nonsense&token=none";
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, sizeof body - 1);
  g_autoptr (SoupMessage) message = central_fixture_new_message (
      way->fixture, NOBODY, "POST", "/alerts/" LEAK_CASE_ID "/tips", "", bytes);
  g_autoptr (CentralAnswer) answer = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Type",
                                "application/x-www-form-urlencoded");
  answer = central_fixture_send (way->fixture, message);
  keep_answer (way, stage, NOBODY, "POST /alerts/" LEAK_CASE_ID "/tips", answer, FALSE);
}

/* --- what the public sees --------------------------------------------------------------- */

static void
keep_pages (Way *way, const char *stage, gboolean is_out)
{
  static const char *const rests[] = { "", "?lang=en", "/cap", "/photo/1", "/photo/2" };
  /* Pictures and forms that say who is missing in words of their own, or not at all. */
  static const char *const others[] = { "/map.svg", "/tips.js", "/tips", "/tips/01234567" };

  for (gsize i = 0; i < G_N_ELEMENTS (rests); i++)
    {
      g_autofree char *path = g_strconcat ("/alerts/" LEAK_CASE_ID, rests[i], NULL);

      fetch (way, stage, NOBODY, path, is_out);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *path = g_strconcat ("/alerts/" LEAK_CASE_ID, others[i], NULL);
      LeakOutput *output;

      fetch (way, stage, NOBODY, path, FALSE);
      output = way->outputs->pdata[way->outputs->len - 1];
      g_assert_cmpuint (g_bytes_get_size (output->bytes), >, 0);
    }
  post_form (way, stage);
}

/* Every address of the service, asked by somebody who has not signed in. */
static void
keep_routes (Way *way, const char *stage)
{
  gsize n_routes;
  const CentralRoute *routes = central_routes_get_all (&n_routes);

  for (gsize i = 0; i < n_routes; i++)
    {
      g_auto (GStrv) parts = g_strsplit (routes[i].path, ":", 2);
      g_autofree char *path = g_strjoinv (LEAK_CASE_ID, parts);
      g_autofree char *what = g_strdup_printf ("%s %s", routes[i].method, path);
      g_autoptr (CentralAnswer) answer = NULL;

      if (g_str_has_prefix (path, "/notice/") || g_str_has_prefix (path, "/alerts/"))
        continue;
      answer = central_fixture_call (way->fixture, NOBODY, routes[i].method, path, "key",
                                     routes[i].max_body_bytes > 0 ? "{}" : NULL);
      keep_answer (way, stage, NOBODY, what, answer, FALSE);
    }
}

/* Police of elsewhere, who may know what the public may. */
static void
keep_others (Way *way, const char *stage, gboolean is_out)
{
  static const char *const others[] = { OTHER_OFFICER, OTHER_REVIEWER, ADMINISTRATOR };
  static const char *const paths[]
      = { "/v1/cases/" LEAK_CASE_ID, "/v1/changes", "/v1/cases/" LEAK_CASE_ID "/history" };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (paths); j++)
      {
        LeakOutput *output;

        /* A history names nobody. */
        fetch (way, stage, others[i], paths[j], is_out && j < 2);
        output = way->outputs->pdata[way->outputs->len - 1];
        g_assert_true (!is_out || g_strstr_len (g_bytes_get_data (output->bytes, NULL), 300, "{"));
      }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GBytes **slot = user_data;

  *slot = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  if (*slot == NULL)
    *slot = g_bytes_new (NULL, 0);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GInputStream **slot = user_data;

  *slot = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
}

/* The stream from its beginning to the end of the case. */
static void
keep_stream (Way *way, const char *who)
{
  g_autoptr (SoupMessage) message
      = central_fixture_new_message (way->fixture, who, "GET", "/v1/events?after=0", "", NULL);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = g_strconcat ("stream as ", who, NULL);

  soup_session_send_async (way->fixture->session, message, G_PRIORITY_DEFAULT, NULL, opened_cb,
                           &stream);
  CENTRAL_WAIT (stream != NULL);
  /* To the end of an event: half a name could not be told from another. */
  while (strstr (text->str, "\"closed\"") == NULL || !g_str_has_suffix (text->str, "\n\n"))
    {
      g_autoptr (GBytes) piece = NULL;

      g_input_stream_read_bytes_async (stream, 65536, G_PRIORITY_DEFAULT, NULL, read_cb, &piece);
      CENTRAL_WAIT (piece != NULL);
      g_assert_cmpuint (g_bytes_get_size (piece), >, 0);
      g_string_append_len (text, g_bytes_get_data (piece, NULL), (gssize) g_bytes_get_size (piece));
    }
  keep_text (way, name, g_strdup (text->str), TRUE);
}

/* --- notice and poster, as the desk makes them ------------------------------------------- */

static void
keep_notices (Way *way)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);

  for (guint i = 0; i < REUNION_N_LANGUAGES; i++)
    {
      g_autoptr (ReunionNotice) notice = reunion_notice_new (way->case_, i, china);
      g_autofree char *name = g_strdup_printf ("notice, language %u", i);

      keep_text (way, name, reunion_notice_to_text (notice), TRUE);
    }
}

static void
run (Way *way, const char *const *command)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (way->folder, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

/* Keeps all files of the folder and takes them away. */
static guint
keep_files (Way *way, const char *name, gboolean is_text, gboolean tells)
{
  g_autoptr (GDir) dir = g_dir_open (way->folder, 0, NULL);
  const char *file;
  guint n = 0;

  while ((file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (way->folder, file, NULL);
      g_autofree char *whole_name = g_strdup_printf ("%s, %s", name, file);
      g_autoptr (GBytes) bytes = NULL;
      char *data;
      gsize length;

      if (strcmp (file, "poster.pdf") == 0)
        continue;
      g_assert_true (g_file_get_contents (path, &data, &length, NULL));
      bytes = g_bytes_new_take (data, length);
      keep (way, whole_name, bytes, is_text, tells);
      g_unlink (path);
      n++;
    }
  return n;
}

static void
keep_pdf (Way *way, const char *name, GBytes *pdf)
{
  g_autofree char *path = g_build_filename (way->folder, "poster.pdf", NULL);
  LeakOutput *output;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (pdf, NULL),
                                      (gssize) g_bytes_get_size (pdf), NULL));
  keep (way, name, pdf, FALSE, FALSE);
  run (way,
       (const char *[]){ "qpdf", "--qdf", "--object-streams=disable", "--decode-level=generalized",
                         "--deterministic-id", "poster.pdf", "plain", NULL });
  /* Letters are numbers of glyphs there; the title alone is text. */
  keep_files (way, name, FALSE, TRUE);
  run (way, (const char *[]){ "pdftotext", "-raw", "poster.pdf", "text", NULL });
  keep_files (way, name, TRUE, TRUE);
  output = way->outputs->pdata[way->outputs->len - 1];
  output->tells_medical = TRUE;
  run (way, (const char *[]){ "pdfimages", "-all", "poster.pdf", "image", NULL });
  g_assert_cmpuint (keep_files (way, name, FALSE, FALSE), >=, 2);
  g_unlink (path);
}

static void
keep_posters (Way *way)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  g_autofree char *url = reunion_poster_make_url (PUBLIC_URL, LEAK_CASE_ID);

  for (int languages = 0; languages <= REUNION_POSTER_LANGUAGES_ZH_EN; languages++)
    {
      g_autoptr (ReunionPoster) poster = reunion_poster_new (
          way->case_, way->photos, url, languages, way->fixture->now_usec, china);
      g_autofree char *name = g_strdup_printf ("poster, languages %d", languages);
      g_autofree char *png_name = g_strconcat (name, ", PNG", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) pdf = reunion_poster_to_pdf (poster, &error);
      g_autoptr (GBytes) png = reunion_poster_to_png (poster, &error);

      g_assert_no_error (error);
      keep_pdf (way, name, pdf);
      keep (way, png_name, png, FALSE, FALSE);
    }
}

/* --- the way of the case --------------------------------------------------------------------- */

static GBytes *
load_portrait (const char *name)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("REUNION_SOURCE_ROOT"), "data/sample/portraits", name, NULL);
  char *data;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  return g_bytes_new_take (data, length);
}

/* Sends @bytes and puts the photo into the case. */
static void
add_photo (Way *way, ReunionPhoto *photo, GBytes *bytes)
{
  g_autofree char *path = g_strconcat ("/v1/photos/", reunion_photo_get_sha256 (photo), NULL);
  g_autoptr (SoupMessage) message
      = central_fixture_new_message (way->fixture, OFFICER, "PUT", path, "", bytes);
  g_autoptr (CentralAnswer) answer = central_fixture_send (way->fixture, message);

  g_assert_cmpuint (answer->status, ==, 201);
  reunion_case_add_photo (way->case_, photo);
  g_ptr_array_add (way->photos, g_bytes_ref (bytes));
}

/* One through the desk's own maker, as an officer chooses it; and one as a client
 * without manners would send it. */
static void
add_photos (Way *way)
{
  g_autoptr (GBytes) first = load_portrait ("zhijin-boy.jpg");
  g_autoptr (GBytes) second = load_portrait ("zhijin-boy-2.jpg");
  g_autoptr (GBytes) marked = leak_mark_photo (first, way->variant, "photo", way->secrets);
  g_autoptr (GBytes) raw = leak_mark_photo (second, way->variant, "photo", way->secrets);
  g_autofree char *path = g_build_filename (way->folder, "photo.jpg", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, raw);
  g_autoptr (ReunionPhoto) raw_photo = reunion_photo_new (sha256, "image/jpeg", 600, 800);
  g_autoptr (ReunionPhoto) photo = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  LeakOutput whole = { .bytes = marked };

  /* That the search would find them. */
  for (guint i = 0; i < way->secrets->len; i++)
    {
      const LeakTerm *term = way->secrets->pdata[i];

      if (strstr (term->what, "EXIF") != NULL || strcmp (term->what, "comment") == 0
          || strcmp (term->what, "XMP") == 0)
        g_assert_cmpstr (leak_find (&whole, term), ==, "as it is");
    }
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (marked, NULL),
                                      (gssize) g_bytes_get_size (marked), NULL));
  photo = desk_photo_load (file, &bytes, &error);
  g_assert_no_error (error);
  g_unlink (path);
  way->raw_sha256 = g_strdup (sha256);
  /* It was turned as its EXIF says, so the EXIF was read. */
  g_assert_cmpuint (reunion_photo_get_width_px (photo), ==, 800);
  add_photo (way, photo, bytes);
  add_photo (way, raw_photo, raw);
}

/* A JSON object of @member and a marker. Transfer full. */
static JsonObject *
new_body (Way *way, const char *member, guint topic, const char *what)
{
  JsonObject *body = json_object_new ();
  g_autofree char *marker = leak_make_marker (topic, way->variant);

  json_object_set_string_member (body, member, marker);
  leak_add_marker (way->secrets, what, topic, way->variant);
  return body;
}

/* Takes @body. */
static void
post (Way *way, const char *who, const char *step, JsonObject *body)
{
  g_autofree char *path = g_strdup_printf ("/v1/cases/" LEAK_CASE_ID "/%s", step);
  g_autofree char *text = reunion_json_to_text (body);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (SoupMessage) message
      = central_fixture_new_message (way->fixture, who, "POST", path, NULL, bytes);
  g_autoptr (CentralAnswer) answer = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "If-Match", "*");
  answer = central_fixture_send (way->fixture, message);
  central_answer_expect (answer, 200, path);
  json_object_unref (body);
}

static void
file_and_approve (Way *way)
{
  g_autoptr (JsonObject) filed = NULL;
  g_autoptr (JsonObject) again = NULL;
  JsonObject *returned = new_body (way, "reason", TOPIC_REVIEW_REASON, "reason of the return");
  JsonObject *field = json_object_new ();
  JsonArray *fields = json_array_new ();
  g_autofree char *field_reason = leak_make_marker (TOPIC_FIELD_REASON, way->variant);
  JsonObject *approval = new_body (way, "reason", TOPIC_APPROVAL, "reason of the approval");

  filed = central_fixture_file (way->fixture, 201, OFFICER, way->case_);
  keep_pages (way, "submitted", FALSE);
  keep_others (way, "submitted", FALSE);
  json_object_set_string_member (field, "field", "clothing");
  json_object_set_string_member (field, "reason", field_reason);
  json_array_add_object_element (fields, field);
  leak_add_marker (way->secrets, "reason at a field", TOPIC_FIELD_REASON, way->variant);
  json_object_set_array_member (returned, "fields", fields);
  json_object_set_string_member (returned, "decision", "return");
  post (way, REVIEWER, "decision", returned);
  keep_pages (way, "returned", FALSE);
  again = central_fixture_file (way->fixture, 201, OFFICER, way->case_);
  json_object_set_string_member (approval, "decision", "approve");
  post (way, REVIEWER, "decision", approval);
  keep_pages (way, "published", TRUE);
}

static void
send_tip (Way *way)
{
  g_autofree char *marker = leak_make_marker (TOPIC_TIP, way->variant);
  g_autofree char *body = g_strdup_printf ("{\"tip_id\":\"t-1\",\"case_id\":\"" LEAK_CASE_ID
                                           "\",\"text\":\"%s\",\"contact\":\"%s\"}",
                                           marker, marker);
  g_autoptr (CentralAnswer) answer = NULL;

  leak_add_marker (way->secrets, "tip", TOPIC_TIP, way->variant);
  answer = central_receiver_send_tip (way->receivers[0], way->fixture, body);
  central_answer_expect (answer, 201, "tip");
}

static void
amend (Way *way, gboolean is_public)
{
  ReunionReport *report = reunion_case_get_report (way->case_);
  JsonObject *body = new_body (way, "reason", TOPIC_AMENDMENT, "reason of the amendment");
  g_autofree char *marker = leak_make_marker (9, 0);
  const char *notes = reunion_report_get_text (report, REUNION_FIELD_INTERNAL_NOTES);
  g_autofree char *more = g_strconcat (notes, "…", NULL);

  if (is_public)
    reunion_report_set_text (report, REUNION_FIELD_SHOES, marker);
  else
    reunion_report_set_text (report, REUNION_FIELD_INTERNAL_NOTES, more);
  json_object_set_object_member (body, "case", reunion_wire_case_to_object (way->case_));
  post (way, OFFICER, "amendment", body);
}

static void
close_case (Way *way)
{
  JsonObject *body = new_body (way, "note", TOPIC_NOTE, "note at closing");

  json_object_set_string_member (body, "outcome", "lost");
  post (way, OFFICER, "closing", body);
  keep_pages (way, "closed", FALSE);
  keep_routes (way, "closed");
  keep_others (way, "closed", TRUE);
}

static void
keep_webhooks (Way *way)
{
  for (gsize i = 0; i < G_N_ELEMENTS (way->receivers); i++)
    {
      const CentralReceiver *receiver = way->receivers[i];

      g_assert_cmpuint (central_receiver_count (receiver, "notice.published", 0), ==, 1);
      g_assert_cmpuint (central_receiver_count (receiver, "notice.escalated", 0), ==, 1);
      g_assert_cmpuint (central_receiver_count (receiver, "notice.updated", 0), ==, 1);
      g_assert_cmpuint (central_receiver_count (receiver, "notice.withdrawn", 0), ==, 1);
      for (guint j = 0; j < receiver->bodies->len; j++)
        {
          const char *body = receiver->bodies->pdata[j];
          gboolean is_over = strstr (body, "notice.withdrawn") != NULL;
          g_autofree char *name = g_strdup_printf ("webhook %u to %s", j + 1, receiver->id);

          keep_text (way, name, g_strdup (body), !is_over)->is_over = is_over;
        }
    }
}

static Way *
way_new (CentralFixture *fixture, guint variant, gboolean is_vital)
{
  static const struct
  {
    const char *id;
    ReunionDatum datum;
    gboolean accepts_ring;
  } partners[] = {
    { "maps", REUNION_DATUM_GCJ02, TRUE },
    { "news", REUNION_DATUM_WGS84, FALSE },
    { "rides", REUNION_DATUM_BD09, TRUE },
  };
  Way *way = g_new0 (Way, 1);

  way->fixture = fixture;
  way->variant = variant;
  way->is_vital = is_vital;
  way->folder = g_dir_make_tmp ("reunion-leaks-XXXXXX", NULL);
  way->case_ = reunion_case_new (LEAK_CASE_ID);
  way->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  way->outputs = g_ptr_array_new_with_free_func ((GDestroyNotify) leak_output_free);
  way->secrets = g_ptr_array_new_with_free_func ((GDestroyNotify) leak_term_free);
  way->medical = g_ptr_array_new_with_free_func ((GDestroyNotify) leak_term_free);
  for (gsize i = 0; i < G_N_ELEMENTS (partners); i++)
    way->receivers[i] = central_receiver_new (fixture, partners[i].id, partners[i].datum,
                                              partners[i].accepts_ring);
  central_service_set_public_url (fixture->service, PUBLIC_URL);
  return way;
}

static void
way_free (Way *way)
{
  g_assert_cmpint (g_rmdir (way->folder), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (way->receivers); i++)
    central_receiver_free (way->receivers[i]);
  g_free (way->folder);
  g_free (way->raw_sha256);
  g_object_unref (way->case_);
  g_ptr_array_unref (way->photos);
  g_ptr_array_unref (way->outputs);
  g_ptr_array_unref (way->secrets);
  g_ptr_array_unref (way->medical);
  g_free (way);
}

static void
way_go (Way *way)
{
  static const char *const people[] = { OFFICER, REVIEWER, "王军", "李敏" };

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    g_ptr_array_add (way->secrets, leak_term_new ("name of the police", people[i], FALSE));
  leak_fill_report (reunion_case_get_report (way->case_), way->variant, way->is_vital,
                    way->fixture->now_usec, way->secrets, way->medical);
  if (!way->is_vital)
    g_assert_cmpuint (way->medical->len, ==, 0);
  add_photos (way);
  file_and_approve (way);
  send_tip (way);
  central_fixture_set_clock (way->fixture, way->fixture->now_usec + G_TIME_SPAN_HOUR);
  central_fixture_settle (way->fixture);
  keep_pages (way, "escalated", TRUE);
  way->fixture->now_usec += G_TIME_SPAN_MINUTE;
  amend (way, TRUE);
  way->fixture->now_usec += G_TIME_SPAN_MINUTE;
  amend (way, FALSE);
  central_fixture_settle (way->fixture);
  keep_pages (way, "amended", TRUE);
  keep_others (way, "amended", TRUE);
  keep_notices (way);
  keep_posters (way);
  close_case (way);
  central_fixture_settle (way->fixture);
  keep_webhooks (way);
  keep_stream (way, ADMINISTRATOR);
  keep_stream (way, OTHER_OFFICER);
}

/* --- the search ----------------------------------------------------------------------------- */

static guint
search (const LeakOutput *output, GPtrArray *terms, gboolean expected)
{
  guint n = 0;

  for (guint i = 0; i < terms->len; i++)
    {
      const LeakTerm *term = terms->pdata[i];
      const char *form = leak_find (output, term);

      if ((form != NULL) == expected)
        continue;
      g_test_message ("%s: expected %s of “%s”, found “%s” %s", output->name,
                      expected ? "some" : "nothing", term->what, term->text,
                      form != NULL ? form : "nowhere");
      n++;
    }
  return n;
}

/* Letters of the picture are strokes, in which nothing can be looked for: what is
 * public must change it, and in test_difference() what is private may not. */
static void
expect_other_picture (Way *way)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  g_autofree char *url = reunion_poster_make_url (PUBLIC_URL, LEAK_CASE_ID);
  g_autoptr (ReunionCase) other = reunion_case_copy (way->case_);
  g_autoptr (ReunionPoster) poster = NULL;
  g_autoptr (GBytes) png = NULL;

  reunion_report_set_text (reunion_case_get_report (other), REUNION_FIELD_NAME, "another");
  poster = reunion_poster_new (other, way->photos, url, REUNION_POSTER_LANGUAGES_ZH,
                               way->fixture->now_usec, china);
  png = reunion_poster_to_png (poster, NULL);
  for (guint i = 0; i < way->outputs->len; i++)
    {
      const LeakOutput *output = way->outputs->pdata[i];

      if (strcmp (output->name, "poster, languages 0, PNG") == 0)
        {
          g_assert_false (g_bytes_equal (output->bytes, png));
          return;
        }
    }
  g_assert_not_reached ();
}

static void
test_search (CentralFixture *fixture, gconstpointer data)
{
  gboolean is_vital = GPOINTER_TO_INT (data);
  Way *way = way_new (fixture, 0, is_vital);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) leak_term_free);
  g_autoptr (GPtrArray) name = g_ptr_array_new_with_free_func ((GDestroyNotify) leak_term_free);
  guint n = 0, n_telling = 0;

  way_go (way);
  expect_other_picture (way);
  leak_add_keys (keys, is_vital);
  g_ptr_array_add (name, leak_get_name ());
  for (guint i = 0; i < way->outputs->len; i++)
    {
      const LeakOutput *output = way->outputs->pdata[i];

      n += search (output, way->secrets, FALSE);
      n += search (output, keys, FALSE);
      if (output->tells || output->is_over)
        n += search (output, name, output->tells);
      if (output->tells_medical || output->is_over)
        n += search (output, way->medical, output->tells_medical);
      n_telling += output->tells;
    }
  g_test_message ("%u outputs, %u of which say who is missing; %u things to look for",
                  way->outputs->len, n_telling, way->secrets->len + keys->len);
  g_assert_cmpuint (n, ==, 0);
  way_free (way);
}

/* --- nothing to conclude from ------------------------------------------------------------------
 */

/* Without ids and pauses that are made anew each time, and the name of the photo that came with
 * its metadata, which is made of all of its bytes. */
static GBytes *
mask (const Way *way, const LeakOutput *output)
{
  g_autoptr (GRegex) ids = NULL;
  g_autofree char *pattern = NULL;
  const char *data;
  char *masked;
  gsize length;

  if (!output->is_text)
    return g_bytes_ref (output->bytes);
  pattern = g_strdup_printf ("msg_[0-9a-f]{8}-[0-9a-f-]{27}|retry: [0-9]{4}|%s"
                             "|name=\"token\" value=\"[0-9a-f.-]+\"",
                             way->raw_sha256);
  ids = g_regex_new (pattern, G_REGEX_RAW, 0, NULL);
  data = g_bytes_get_data (output->bytes, &length);
  masked = g_regex_replace_literal (ids, data != NULL ? data : "", (gssize) length, 0, "…",
                                    G_REGEX_MATCH_DEFAULT, NULL);
  return g_bytes_new_take (masked, strlen (masked));
}

static void
test_difference (CentralFixture *fixture, gconstpointer data)
{
  gboolean is_vital = GPOINTER_TO_INT (data);
  Way *ways[N_VARIANTS];
  CentralFixture other = { 0 };
  guint n = 0;

  central_fixture_set_up (&other, NULL);
  ways[0] = way_new (fixture, 0, is_vital);
  ways[1] = way_new (&other, 1, is_vital);
  for (gsize i = 0; i < N_VARIANTS; i++)
    way_go (ways[i]);
  g_assert_cmpuint (ways[0]->outputs->len, ==, ways[1]->outputs->len);
  for (guint i = 0; i < ways[0]->outputs->len; i++)
    {
      const LeakOutput *first = ways[0]->outputs->pdata[i];
      const LeakOutput *second = ways[1]->outputs->pdata[i];
      g_autoptr (GBytes) first_masked = mask (ways[0], first);
      g_autoptr (GBytes) second_masked = mask (ways[1], second);

      g_assert_cmpstr (first->name, ==, second->name);
      /* How long it took and how much room it needs is never twice the same. */
      if (strstr (first->name, "GET /metrics") != NULL
          || g_bytes_equal (first_masked, second_masked))
        continue;
      if (first->is_text)
        g_test_message ("%s: expected the same, came\n%.*s\nand\n%.*s", first->name,
                        (int) g_bytes_get_size (first_masked),
                        (const char *) g_bytes_get_data (first_masked, NULL),
                        (int) g_bytes_get_size (second_masked),
                        (const char *) g_bytes_get_data (second_masked, NULL));
      else
        g_test_message ("%s: expected the same bytes", first->name);
      n++;
    }
  g_assert_cmpuint (n, ==, 0);
  for (gsize i = 0; i < N_VARIANTS; i++)
    way_free (ways[i]);
  central_fixture_tear_down (&other, NULL);
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  for (int is_vital = 0; is_vital <= 1; is_vital++)
    {
      g_autofree char *search_path = g_strdup_printf ("/central/leaks/search/vital-%d", is_vital);
      g_autofree char *difference_path
          = g_strdup_printf ("/central/leaks/difference/vital-%d", is_vital);

      g_test_add (search_path, CentralFixture, GINT_TO_POINTER (is_vital), central_fixture_set_up,
                  test_search, central_fixture_tear_down);
      g_test_add (difference_path, CentralFixture, GINT_TO_POINTER (is_vital),
                  central_fixture_set_up, test_difference, central_fixture_tear_down);
    }
  return g_test_run ();
}
