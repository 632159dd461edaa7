/* amend.c: tests of the amendment of a published case
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-amend.h"
#include "central-receiver.h"
#include "reunion-wire.h"

#include <string.h>

/* Amends as @who; @tag is the If-Match, or NULL for none. */
static CentralAnswer *
send_amendment (CentralFixture *fixture,
                const char *who,
                ReunionCase *case_,
                const char *path_id,
                const char *tag,
                const char *key)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/amendment", path_id);
  g_autofree char *body = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SoupMessage) message = NULL;

  json_object_set_object_member (object, "case", reunion_wire_case_to_object (case_));
  json_object_set_string_member (object, "reason", PRIVATE_MARK "why");
  body = reunion_json_to_text (object);
  bytes = g_bytes_new (body, strlen (body));
  message = central_fixture_new_message (fixture, who, "POST", path, key, bytes);
  if (tag != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "If-Match", tag);
  return central_fixture_send (fixture, message);
}

/* The JSON of the answer; based on the revision that @case_ bears. */
static JsonObject *
amend (CentralFixture *fixture, guint status, const char *who, ReunionCase *case_)
{
  g_autofree char *tag
      = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", reunion_case_get_revision (case_));
  g_autoptr (CentralAnswer) answer
      = send_amendment (fixture, who, case_, reunion_case_get_id (case_), tag, NULL);

  central_answer_expect (answer, status, "amendment");
  return json_object_ref (answer->object);
}

static ReunionCase *
read_case (CentralFixture *fixture, const char *id)
{
  g_autoptr (JsonObject) object = central_fixture_get_case (fixture, 200, OFFICER, id);
  ReunionCase *case_ = reunion_wire_case_from_object (object, NULL);

  g_assert_nonnull (case_);
  return case_;
}

/* As it stands, with other clothes on. */
static ReunionCase *
read_in_pink (CentralFixture *fixture, const char *id)
{
  ReunionCase *case_ = read_case (fixture, id);

  reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_CLOTHING, "粉色上衣");
  return case_;
}

static const char *
get_text (JsonObject *message)
{
  return json_object_get_string_member (
      json_object_get_object_member (json_object_get_object_member (message, "notice"), "zh"),
      "text");
}

static void
test_amend (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) ring
      = central_receiver_new (fixture, "ring", REUNION_DATUM_WGS84, TRUE);
  g_autoptr (CentralReceiver) whole
      = central_receiver_new (fixture, "whole", REUNION_DATUM_GCJ02, FALSE);
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autoptr (CentralReceiver) late = NULL;
  g_autoptr (ReunionCase) case_ = read_in_pink (fixture, id);
  g_autoptr (JsonObject) amended = NULL;
  g_autofree char *audit = NULL;
  JsonObject *message;

  central_fixture_settle (fixture);
  late = central_receiver_new (fixture, "late", REUNION_DATUM_WGS84, TRUE);
  amended = amend (fixture, 200, OFFICER, case_);
  g_assert_cmpstr (json_object_get_string_member (amended, "state"), ==, "published");
  g_assert_cmpint (json_object_get_int_member (amended, "revision"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (amended, "stage"), ==, 1);
  central_fixture_settle (fixture);
  /* Once to each that had been told, with nobody to alert anew. */
  g_assert_cmpuint (central_receiver_count (ring, "notice.updated", 1), ==, 1);
  g_assert_cmpuint (central_receiver_count (whole, "notice.updated", 1), ==, 1);
  g_assert_cmpuint (late->n_attempts, ==, 0);
  message = central_receiver_get_last (ring, "notice.updated");
  g_assert_nonnull (strstr (get_text (message), "粉色上衣"));
  g_assert_cmpfloat (central_receiver_get_radius_km (message), ==, 100);
  g_assert_cmpfloat (central_receiver_get_told_radius_km (message), ==, 100);
  central_receiver_check (ring);
  central_receiver_check (whole);
  audit = central_fixture_get_audit (fixture, id);
  g_assert_cmpstr (audit, ==, OFFICER " submit, " REVIEWER " approve, " OFFICER " amend");
  /* The feed tells the desks. */
  g_assert_cmpint (
      central_fixture_count (fixture, "SELECT count(*) FROM changes WHERE case_id = $1", id), ==,
      3);
}

/* The station's own officers and the region's reviewers, as for closing. */
static void
test_roles (CentralFixture *fixture, gconstpointer data)
{
  static const char *const strangers[] = { OTHER_OFFICER, OTHER_REVIEWER, ADMINISTRATOR };
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autoptr (ReunionCase) case_ = read_in_pink (fixture, id);
  g_autoptr (CentralAnswer) nobody = send_amendment (fixture, NOBODY, case_, id, "\"2\"", NULL);
  g_autoptr (JsonObject) by_reviewer = NULL;

  central_answer_expect (nobody, 401, "nobody");
  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autoptr (JsonObject) problem = amend (fixture, 403, strangers[i], case_);
    }
  by_reviewer = amend (fixture, 200, REVIEWER, case_);
  /* It stays the station's. */
  g_assert_cmpstr (json_object_get_string_member (by_reviewer, "station"), ==, "520524-01");
  g_assert_cmpstr (json_object_get_string_member (by_reviewer, "officer"), ==, "王军");
}

/* What concerns the police alone is kept, and nobody is told. */
static void
test_private (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autoptr (ReunionCase) case_ = read_case (fixture, id);
  ReunionReport *report = reunion_case_get_report (case_);
  g_autoptr (JsonObject) amended = NULL;
  g_autoptr (JsonObject) same = NULL;
  g_autoptr (ReunionCase) again = NULL;

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      const ReunionFieldInfo *info = reunion_field_get_info (i);

      if (info->audience != REUNION_AUDIENCE_PUBLIC
          && (info->kind == REUNION_FIELD_KIND_TEXT || info->kind == REUNION_FIELD_KIND_LONG_TEXT)
          && i != REUNION_FIELD_RESIDENT_ID && i != REUNION_FIELD_GUARDIAN_PHONE)
        reunion_report_set_text (report, i, PRIVATE_MARK "changed");
    }
  amended = amend (fixture, 200, OFFICER, case_);
  g_assert_cmpint (json_object_get_int_member (amended, "revision"), ==, 3);
  /* And nothing at all changes nothing. */
  again = read_case (fixture, id);
  same = amend (fixture, 200, OFFICER, again);
  g_assert_cmpint (json_object_get_int_member (same, "revision"), ==, 3);
  central_fixture_settle (fixture);
  g_assert_cmpuint (partner->n_attempts, ==, 1);
  central_receiver_check (partner);
}

static void
test_refused (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *other_id = central_fixture_publish (fixture, 600);
  g_autoptr (ReunionCase) case_ = read_in_pink (fixture, id);
  g_autoptr (ReunionCase) draft = central_fixture_new_case (fixture, 600);
  g_autoptr (ReunionCase) short_ = read_case (fixture, id);
  g_autoptr (ReunionCase) no_photo = read_case (fixture, id);
  g_autofree char *hash = g_strnfill (64, 'a');
  g_autoptr (ReunionPhoto) photo = reunion_photo_new (hash, "image/jpeg", 600, 800);
  g_autoptr (CentralAnswer) wrong_case
      = send_amendment (fixture, OFFICER, case_, other_id, "\"2\"", NULL);
  g_autoptr (CentralAnswer) no_case
      = send_amendment (fixture, OFFICER, case_, "nonsense", "\"2\"", NULL);
  g_autoptr (CentralAnswer) no_tag = send_amendment (fixture, OFFICER, case_, id, NULL, NULL);
  g_autoptr (CentralAnswer) no_key = send_amendment (fixture, OFFICER, case_, id, "\"2\"", "");
  g_autoptr (JsonObject) unknown = amend (fixture, 404, OFFICER, draft);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, draft);
  g_autoptr (JsonObject) unpublished = amend (fixture, 409, OFFICER, draft);
  g_autoptr (JsonObject) falls_short = NULL;
  g_autoptr (JsonObject) lacks_photo = NULL;
  g_autoptr (JsonObject) closed = NULL;
  g_autoptr (JsonObject) ended = NULL;
  g_autofree char *audit = NULL;

  central_answer_expect (wrong_case, 422, "another case");
  central_answer_expect (no_case, 404, "no case");
  central_answer_expect (no_tag, 428, "no If-Match");
  central_answer_expect (no_key, 400, "no key");
  reunion_report_unset (reunion_case_get_report (short_), REUNION_FIELD_CONTACT_PHONE);
  falls_short = amend (fixture, 422, OFFICER, short_);
  reunion_case_add_photo (no_photo, photo);
  lacks_photo = amend (fixture, 422, OFFICER, no_photo);
  g_assert_nonnull (strstr (json_object_get_string_member (lacks_photo, "detail"), hash));
  closed = central_fixture_close (fixture, 200, OFFICER, id, "lost");
  ended = amend (fixture, 409, OFFICER, case_);
  g_assert_cmpstr (json_object_get_string_member (ended, "detail"), ==,
                   "Only a published notice can be amended.");
  audit = central_fixture_get_audit (fixture, id);
  g_assert_cmpstr (audit, ==, OFFICER " submit, " REVIEWER " approve, " OFFICER " close");
}

/* Two who read the same version: the second is told, and loses nothing. */
static void
test_concurrent (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *tag;
    guint status;
  } tags[] = {
    { "\"2\"", 412 },
    { "W/\"3\"", 412 },
    { "3", 412 },
    { "\"\"", 412 },
    { "\"-1\"", 412 },
    { "\"99\"", 412 },
    { "", 412 },
    { "\"x\"", 412 },
    { "\"3", 412 },
    { "\"2\", W/\"3\"", 412 },
    { "\"7\", \"3\"", 200 },
  };
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autoptr (ReunionCase) first = read_in_pink (fixture, id);
  g_autoptr (ReunionCase) second = read_case (fixture, id);
  g_autoptr (JsonObject) amended = amend (fixture, 200, OFFICER, first);
  g_autoptr (JsonObject) refused = NULL;
  g_autoptr (JsonObject) kept = NULL;

  reunion_report_set_text (reunion_case_get_report (second), REUNION_FIELD_MARKS, "左眉有疤");
  refused = amend (fixture, 412, REVIEWER, second);
  g_assert_nonnull (strstr (json_object_get_string_member (refused, "detail"), "else"));
  kept = central_fixture_get_case (fixture, 200, OFFICER, id);
  g_assert_cmpint (json_object_get_int_member (kept, "revision"), ==, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autoptr (CentralAnswer) answer
          = send_amendment (fixture, REVIEWER, second, id, tags[i].tag, NULL);

      central_answer_expect (answer, tags[i].status, tags[i].tag);
    }
}

/* That the circle grew meanwhile is nobody's change. */
static void
test_grown_meanwhile (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autoptr (ReunionCase) case_ = read_in_pink (fixture, id);
  g_autoptr (ReunionCase) stale = read_case (fixture, id);
  g_autoptr (JsonObject) amended = NULL;
  g_autoptr (JsonObject) refused = NULL;

  central_fixture_set_clock (fixture, fixture->now_usec + G_TIME_SPAN_HOUR);
  central_fixture_set_clock (fixture, fixture->now_usec + G_TIME_SPAN_HOUR);
  amended = amend (fixture, 200, OFFICER, case_);
  g_assert_cmpstr (json_object_get_string_member (amended, "state"), ==, "escalating");
  g_assert_cmpint (json_object_get_int_member (amended, "stage"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (amended, "revision"), ==, 5);
  central_fixture_set_clock (fixture, fixture->now_usec + G_TIME_SPAN_HOUR);
  reunion_report_set_text (reunion_case_get_report (stale), REUNION_FIELD_MARKS, "左眉有疤");
  refused = amend (fixture, 412, OFFICER, stale);
}

/* The same key is the same amendment, whatever has happened since. */
static void
test_repeated (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autoptr (ReunionCase) case_ = read_in_pink (fixture, id);
  g_autoptr (CentralAnswer) first
      = send_amendment (fixture, OFFICER, case_, id, "\"2\"", "amendment-1");
  g_autofree char *audit = NULL;

  central_answer_expect (first, 200, "first");
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (CentralAnswer) again = NULL;

      if (i == 2)
        {
          g_autoptr (JsonObject) closed = central_fixture_close (fixture, 200, OFFICER, id, "lost");
        }
      again = send_amendment (fixture, OFFICER, case_, id, "\"2\"", "amendment-1");
      central_answer_expect (again, 200, "again");
      g_assert_cmpstr (again->body, ==, first->body);
    }
  central_fixture_settle (fixture);
  g_assert_cmpuint (central_receiver_count (partner, "notice.updated", 0), <=, 1);
  audit = central_fixture_get_audit (fixture, id);
  g_assert_cmpstr (audit, ==,
                   OFFICER " submit, " REVIEWER " approve, " OFFICER " amend, " OFFICER " close");
}

/* A partner that was down is told of each state in turn, each once. */
static void
test_partner_down (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = NULL;
  g_autoptr (ReunionCase) first = NULL;
  g_autoptr (ReunionCase) second = NULL;
  g_autoptr (JsonObject) once = NULL;
  g_autoptr (JsonObject) twice = NULL;

  partner->mode = CENTRAL_RECEIVER_STATUS;
  partner->status = SOUP_STATUS_SERVICE_UNAVAILABLE;
  id = central_fixture_publish (fixture, 600);
  first = read_in_pink (fixture, id);
  once = amend (fixture, 200, OFFICER, first);
  second = read_case (fixture, id);
  reunion_report_set_text (reunion_case_get_report (second), REUNION_FIELD_MARKS, "左眉有疤");
  twice = amend (fixture, 200, OFFICER, second);
  CENTRAL_WAIT (partner->n_attempts > 0);
  central_fixture_stop (fixture);
  partner->mode = CENTRAL_RECEIVER_TAKE;
  fixture->now_usec += 10 * G_TIME_SPAN_MINUTE;
  central_fixture_start (fixture);
  central_fixture_settle (fixture);
  g_assert_cmpuint (partner->messages->len, ==, 3);
  g_assert_null (strstr (get_text (partner->messages->pdata[0]), "粉色上衣"));
  g_assert_null (strstr (get_text (partner->messages->pdata[1]), "左眉有疤"));
  g_assert_nonnull (strstr (get_text (partner->messages->pdata[2]), "左眉有疤"));
  central_receiver_check (partner);
}

/* --- the circle ------------------------------------------------------------------ */

/* Later than was thought: what was told is not taken back, and the circle waits
 * until the clock has caught up. */
static void
test_later_loss (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 2 * 3600 + 60);
  gint64 loss_usec = fixture->now_usec - 10 * G_TIME_SPAN_MINUTE;
  g_autoptr (ReunionCase) case_ = read_case (fixture, id);
  g_autoptr (JsonObject) amended = NULL;
  g_autoptr (JsonObject) later = NULL;

  reunion_report_set_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN, loss_usec);
  amended = amend (fixture, 200, OFFICER, case_);
  g_assert_cmpint (json_object_get_int_member (amended, "stage"), ==, 3);
  central_fixture_set_clock (fixture, loss_usec + 3 * G_TIME_SPAN_HOUR - 1);
  central_fixture_settle (fixture);
  g_assert_cmpuint (central_receiver_count (partner, "notice.updated", 3), ==, 1);
  g_assert_cmpuint (central_receiver_count (partner, "notice.escalated", 0), ==, 0);
  central_fixture_set_clock (fixture, loss_usec + 3 * G_TIME_SPAN_HOUR);
  central_fixture_settle (fixture);
  later = central_fixture_get_case (fixture, 200, OFFICER, id);
  g_assert_cmpint (json_object_get_int_member (later, "stage"), ==, 4);
  g_assert_cmpfloat (
      central_receiver_get_told_radius_km (central_receiver_get_last (partner, "notice.escalated")),
      ==, 300);
}

/* Earlier than was thought: at once to where the clock has been all along. */
static void
test_earlier_loss (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autoptr (ReunionCase) case_ = read_case (fixture, id);
  g_autoptr (JsonObject) amended = NULL;
  g_autoptr (JsonObject) now = NULL;
  JsonObject *message;

  reunion_report_set_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN,
                          fixture->now_usec - 5 * G_TIME_SPAN_HOUR);
  amended = amend (fixture, 200, OFFICER, case_);
  central_fixture_settle (fixture);
  now = central_fixture_get_case (fixture, 200, OFFICER, id);
  g_assert_cmpint (json_object_get_int_member (now, "stage"), ==, 4);
  g_assert_cmpstr (json_object_get_string_member (now, "state"), ==, "escalating");
  g_assert_cmpuint (partner->messages->len, ==, 3);
  g_assert_cmpuint (central_receiver_count (partner, "notice.updated", 1), ==, 1);
  message = central_receiver_get_last (partner, "notice.escalated");
  g_assert_cmpfloat (central_receiver_get_radius_km (message), ==, 500);
  g_assert_cmpfloat (central_receiver_get_told_radius_km (message), ==, 100);
}

/* Elsewhere than was thought: the whole circle anew, about the new centre. */
static void
test_moved (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 2 * 3600);
  g_autoptr (ReunionCase) case_ = read_case (fixture, id);
  g_autoptr (JsonObject) amended = NULL;
  JsonObject *message, *circle;

  reunion_report_set_point (reunion_case_get_report (case_),
                            (ReunionPoint){ .lat_deg = 26.6477, .lon_deg = 106.6302 });
  amended = amend (fixture, 200, OFFICER, case_);
  central_fixture_settle (fixture);
  message = central_receiver_get_last (partner, "notice.updated");
  circle = json_object_get_object_member (message, "circle");
  g_assert_cmpfloat (json_object_get_double_member (circle, "longitude"), ==, 106.6302);
  g_assert_cmpfloat (central_receiver_get_radius_km (message), ==, 300);
  g_assert_cmpfloat (central_receiver_get_told_radius_km (message), ==, 0);
  /* From then on the rings lie about it. */
  central_fixture_set_clock (fixture, fixture->now_usec + G_TIME_SPAN_HOUR);
  central_fixture_settle (fixture);
  message = central_receiver_get_last (partner, "notice.escalated");
  circle = json_object_get_object_member (message, "circle");
  g_assert_cmpfloat (json_object_get_double_member (circle, "longitude"), ==, 106.6302);
  g_assert_cmpfloat (central_receiver_get_told_radius_km (message), ==, 300);
  g_assert_cmpuint (partner->messages->len, ==, 3);
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/amend/amend", test_amend);
  central_test_add ("/central/amend/roles", test_roles);
  central_test_add ("/central/amend/private", test_private);
  central_test_add ("/central/amend/refused", test_refused);
  central_test_add ("/central/amend/concurrent", test_concurrent);
  central_test_add ("/central/amend/grown-meanwhile", test_grown_meanwhile);
  central_test_add ("/central/amend/repeated", test_repeated);
  central_test_add ("/central/amend/partner-down", test_partner_down);
  central_test_add ("/central/amend/later-loss", test_later_loss);
  central_test_add ("/central/amend/earlier-loss", test_earlier_loss);
  central_test_add ("/central/amend/moved", test_moved);
  return g_test_run ();
}
