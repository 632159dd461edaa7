/* push.c: tests that notices reach the partners, and nothing private does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-push.h"
#include "central-receiver.h"

#include <math.h>
#include <string.h>

/* Past every pause between attempts, and short of giving up. */
#define PAUSE_USEC (2 * G_TIME_SPAN_HOUR)

static gint64
count_deliveries (CentralFixture *fixture, const char *partner, const char *condition)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT count(*) FROM deliveries WHERE partner = $1 AND %s", condition);

  return central_fixture_count (fixture, sql, partner);
}

static void
test_published (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 600);
  JsonObject *message, *notice;

  central_fixture_settle (fixture);
  g_assert_cmpuint (partner->n_attempts, ==, 1);
  message = central_receiver_get_last (partner, "notice.published");
  g_assert_cmpstr (json_object_get_string_member (message, "case_id"), ==, id);
  g_assert_true (json_object_has_member (message, "sent"));
  notice = json_object_get_object_member (json_object_get_object_member (message, "notice"), "zh");
  g_assert_nonnull (strstr (json_object_get_string_member (notice, "text"), "杨小军"));
  g_assert_cmpstr (json_object_get_string_member (notice, "contact"), ==, "0857-7621234");
  g_assert_cmpint (count_deliveries (fixture, "map", "acknowledged_usec IS NOT NULL"), ==, 1);
  central_receiver_check (partner);
}

/* Through its whole course no partner is told anything private. */
static void
test_private (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) map
      = central_receiver_new (fixture, "map", REUNION_DATUM_GCJ02, TRUE);
  g_autoptr (CentralReceiver) news
      = central_receiver_new (fixture, "news", REUNION_DATUM_WGS84, FALSE);
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, case_);
  g_autoptr (JsonObject) returned
      = central_fixture_decide (fixture, 200, REVIEWER, id, "return", PRIVATE_MARK "reason");
  g_autoptr (JsonObject) again = central_fixture_file (fixture, 201, OFFICER, case_);
  g_autoptr (JsonObject) approved
      = central_fixture_decide (fixture, 200, REVIEWER, id, "approve", PRIVATE_MARK "reason");
  g_autoptr (JsonObject) closed = NULL;

  central_fixture_set_clock (fixture, fixture->now_usec + 4 * G_TIME_SPAN_HOUR);
  central_fixture_settle (fixture);
  closed = central_fixture_close (fixture, 200, OFFICER, id, "left_home");
  central_fixture_settle (fixture);
  g_assert_cmpuint (map->n_attempts, ==, 3);
  g_assert_cmpuint (news->n_attempts, ==, 3);
  central_receiver_check (map);
  central_receiver_check (news);
}

/* Vital medical needs go out; without the mark they don't. */
static void
test_vital (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);

  for (int vital = 0; vital <= 1; vital++)
    {
      g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
      ReunionReport *report = reunion_case_get_report (case_);
      g_autoptr (JsonObject) filed = NULL;
      g_autoptr (JsonObject) approved = NULL;

      reunion_report_set_text (report, REUNION_FIELD_MEDICAL, "needs insulin");
      reunion_report_set_int (report, REUNION_FIELD_MEDICAL_VITAL, vital);
      filed = central_fixture_file (fixture, 201, OFFICER, case_);
      approved = central_fixture_decide (fixture, 200, REVIEWER, reunion_case_get_id (case_),
                                         "approve", NULL);
      central_fixture_settle (fixture);
      g_assert_cmpint (strstr (partner->bodies->pdata[vital], "insulin") != NULL, ==, vital);
    }
}

/* Each partner reads coordinates in its own datum. The shifted values are
 * those that the published GCJ-02 and BD-09 formulas give for the place. */
static void
test_datum (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    ReunionDatum datum;
    double lat_deg;
    double lon_deg;
  } rows[] = {
    { "wgs84", REUNION_DATUM_WGS84, 26.6686, 105.7685 },
    { "gcj02", REUNION_DATUM_GCJ02, 26.6650780, 105.7719863 },
    { "bd09", REUNION_DATUM_BD09, 26.6707929, 105.7785781 },
  };
  CentralReceiver *partners[G_N_ELEMENTS (rows)];
  g_autofree char *id = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    partners[i] = central_receiver_new (fixture, rows[i].name, rows[i].datum, TRUE);
  id = central_fixture_publish (fixture, 600);
  central_fixture_settle (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JsonObject *circle = json_object_get_object_member (
          central_receiver_get_last (partners[i], "notice.published"), "circle");

      g_assert_cmpstr (json_object_get_string_member (circle, "datum"), ==, rows[i].name);
      g_assert_cmpfloat_with_epsilon (json_object_get_double_member (circle, "latitude"),
                                      rows[i].lat_deg, 1e-6);
      g_assert_cmpfloat_with_epsilon (json_object_get_double_member (circle, "longitude"),
                                      rows[i].lon_deg, 1e-6);
      central_receiver_free (partners[i]);
    }
}

/* Whatever a partner answers, it gets the same message again, under the same
 * id, until it takes it; and nobody else waits for that. */
static void
test_failures (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    CentralReceiverMode mode;
    guint status;
  } rows[] = {
    { "refuses", CENTRAL_RECEIVER_STATUS, 400 },   { "forbids", CENTRAL_RECEIVER_STATUS, 403 },
    { "finds-not", CENTRAL_RECEIVER_STATUS, 404 }, { "is-busy", CENTRAL_RECEIVER_STATUS, 429 },
    { "fails", CENTRAL_RECEIVER_STATUS, 500 },     { "is-away", CENTRAL_RECEIVER_STATUS, 503 },
    { "not-new", CENTRAL_RECEIVER_STATUS, 304 },   { "garbles", CENTRAL_RECEIVER_GARBAGE, 0 },
    { "drops", CENTRAL_RECEIVER_DROP, 0 },         { "redirects", CENTRAL_RECEIVER_REDIRECT, 0 },
  };
  CentralReceiver *partners[G_N_ELEMENTS (rows)];
  g_autoptr (CentralReceiver) good
      = central_receiver_new (fixture, "good", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      partners[i] = central_receiver_new (fixture, rows[i].name, REUNION_DATUM_WGS84, TRUE);
      partners[i]->mode = rows[i].mode;
      partners[i]->status = rows[i].status;
    }
  id = central_fixture_publish (fixture, 600);
  for (guint attempt = 0; attempt < 3; attempt++)
    {
      central_fixture_settle (fixture);
      g_assert_cmpuint (central_receiver_count (good, "notice.published", 0), ==, 1);
      central_fixture_set_clock (fixture, fixture->now_usec + 8 * G_TIME_SPAN_SECOND);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("A partner that %s", rows[i].name);
      g_assert_cmpint (count_deliveries (fixture, rows[i].name, "state = 0"), ==, 1);
      g_assert_cmpint (count_deliveries (fixture, rows[i].name, "last_error <> ''"), ==, 1);
      g_assert_cmpuint (partners[i]->messages->len, ==, 0);
      partners[i]->mode = CENTRAL_RECEIVER_TAKE;
    }
  central_fixture_set_clock (fixture, fixture->now_usec + PAUSE_USEC);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("A partner that %s", rows[i].name);
      CENTRAL_WAIT (central_receiver_count (partners[i], "notice.published", 0) == 1);
      central_fixture_settle (fixture);
      g_assert_cmpuint (partners[i]->n_redirected, ==, 0);
      g_assert_cmpuint (partners[i]->n_attempts, >=, 4);
      for (guint j = 1; j < partners[i]->ids->len; j++)
        if (partners[i]->bodies->len > j
            && strcmp (partners[i]->bodies->pdata[j], partners[i]->bodies->pdata[0]) == 0)
          g_assert_cmpstr (partners[i]->ids->pdata[j], ==, partners[i]->ids->pdata[0]);
      central_receiver_check (partners[i]);
      central_receiver_free (partners[i]);
    }
  g_assert_cmpuint (central_receiver_count (good, "notice.published", 0), ==, 1);
}

/* A partner that never answers holds up nobody, not even with many cases. */
static void
test_hanging (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) bad
      = central_receiver_new (fixture, "a-bad", REUNION_DATUM_WGS84, TRUE);
  g_autoptr (CentralReceiver) good = NULL;
  g_autofree char *last = NULL;
  GError *error = NULL;

  bad->mode = CENTRAL_RECEIVER_HANG;
  g_assert_true (reunion_central_store_begin (fixture->store, NULL));
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 0);

      reunion_case_set_state (case_, REUNION_CASE_STATE_PUBLISHED);
      reunion_case_set_stage (case_, 1);
      central_service_record_case (fixture->service, case_, "test", "test", &error);
      g_assert_no_error (error);
      central_push_enqueue (fixture->service, case_, REUNION_PUSH_PUBLISHED, 0.0, &error);
      g_assert_no_error (error);
    }
  central_service_finish (fixture->service, TRUE, &error);
  g_assert_no_error (error);
  CENTRAL_WAIT (bad->n_attempts == 1);

  good = central_receiver_new (fixture, "good", REUNION_DATUM_WGS84, TRUE);
  last = central_fixture_publish (fixture, 0);
  CENTRAL_WAIT (central_receiver_count (good, "notice.published", 0) == 1);
  g_assert_cmpuint (bad->n_attempts, ==, 1);
  g_assert_cmpint (count_deliveries (fixture, "a-bad", "state = 0"), ==, 301);

  /* What hung goes out again after a restart. */
  central_fixture_stop (fixture);
  bad->mode = CENTRAL_RECEIVER_TAKE;
  central_fixture_start (fixture);
  central_fixture_settle (fixture);
  g_assert_cmpuint (central_receiver_count (bad, "notice.published", 0), ==, 301);
  g_assert_cmpstr (bad->ids->pdata[0], ==, bad->ids->pdata[1]);
}

/* Down when it was told, down over a restart: told when it comes up, in the
 * order in which things happened. */
static void
test_down (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = NULL;

  central_receiver_go_down (partner);
  id = central_fixture_publish (fixture, 0);
  central_fixture_set_clock (fixture, fixture->now_usec + G_TIME_SPAN_HOUR);
  CENTRAL_WAIT (count_deliveries (fixture, "map", "n_attempts > 0") == 1);
  central_fixture_stop (fixture);
  central_fixture_start (fixture);
  g_assert_cmpint (count_deliveries (fixture, "map", "state = 0"), ==, 2);

  central_receiver_come_up (partner);
  central_fixture_set_clock (fixture, fixture->now_usec + PAUSE_USEC);
  CENTRAL_WAIT (partner->messages->len == 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (json_object_get_string_member (partner->messages->pdata[i], "type"), ==,
                     i == 0 ? "notice.published" : "notice.escalated");
  g_assert_cmpuint (central_receiver_count (partner, "notice.escalated", 2), ==, 1);
  g_assert_cmpuint (central_receiver_count (partner, "notice.escalated", 4), ==, 1);
  central_receiver_check (partner);
}

/* 410 and a day of failures end the attempts; other messages still go out. */
static void
test_given_up (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) gone
      = central_receiver_new (fixture, "gone", REUNION_DATUM_WGS84, TRUE);
  g_autoptr (CentralReceiver) ill
      = central_receiver_new (fixture, "ill", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = NULL;
  g_autoptr (JsonObject) closed = NULL;

  gone->mode = ill->mode = CENTRAL_RECEIVER_STATUS;
  gone->status = 410;
  ill->status = 500;
  id = central_fixture_publish (fixture, 4 * 3600);
  central_fixture_settle (fixture);
  g_assert_cmpint (count_deliveries (fixture, "gone", "state = 2"), ==, 1);
  g_assert_cmpint (count_deliveries (fixture, "ill", "state = 0"), ==, 1);
  central_fixture_set_clock (fixture, fixture->now_usec + 25 * G_TIME_SPAN_HOUR);
  central_fixture_settle (fixture);
  g_assert_cmpint (count_deliveries (fixture, "ill", "state = 2"), ==, 1);
  g_assert_cmpuint (gone->n_attempts, ==, 1);

  gone->mode = ill->mode = CENTRAL_RECEIVER_TAKE;
  closed = central_fixture_close (fixture, 200, OFFICER, id, "lost");
  central_fixture_settle (fixture);
  g_assert_cmpuint (central_receiver_count (gone, "notice.withdrawn", 0), ==, 1);
  g_assert_cmpuint (central_receiver_count (ill, "notice.withdrawn", 0), ==, 1);
}

/* Withdrawn at every partner that was told, or may have been. */
static void
test_withdrawn (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) told
      = central_receiver_new (fixture, "told", REUNION_DATUM_WGS84, TRUE);
  g_autoptr (CentralReceiver) maybe
      = central_receiver_new (fixture, "maybe", REUNION_DATUM_WGS84, TRUE);
  g_autoptr (CentralReceiver) late = NULL;
  g_autofree char *id = NULL;
  g_autoptr (JsonObject) closed = NULL;

  maybe->mode = CENTRAL_RECEIVER_STATUS;
  maybe->status = 500;
  id = central_fixture_publish (fixture, 600);
  central_fixture_settle (fixture);
  late = central_receiver_new (fixture, "late", REUNION_DATUM_WGS84, TRUE);
  maybe->mode = CENTRAL_RECEIVER_TAKE;

  closed = central_fixture_close (fixture, 200, OFFICER, id, "left_home");
  central_fixture_settle (fixture);
  central_fixture_set_clock (fixture, fixture->now_usec + PAUSE_USEC);
  central_fixture_settle (fixture);
  g_assert_cmpuint (central_receiver_count (told, "notice.withdrawn", 0), ==, 1);
  g_assert_cmpuint (central_receiver_count (maybe, "notice.withdrawn", 0), ==, 1);
  /* The notice that waited is not sent behind the withdrawal. */
  g_assert_cmpuint (maybe->messages->len, ==, 1);
  g_assert_cmpuint (late->n_attempts, ==, 0);
  central_receiver_check (told);
  central_receiver_check (maybe);
}

/* The notice is on its way when the case is closed: the withdrawal follows. */
static void
test_withdrawn_in_flight (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = NULL;
  g_autoptr (JsonObject) closed = NULL;

  partner->mode = CENTRAL_RECEIVER_HANG;
  id = central_fixture_publish (fixture, 600);
  CENTRAL_WAIT (partner->n_attempts == 1);
  closed = central_fixture_close (fixture, 200, OFFICER, id, "left_home");
  g_assert_cmpuint (partner->n_attempts, ==, 1);
  partner->mode = CENTRAL_RECEIVER_TAKE;
  /* Ends what hangs. */
  central_receiver_go_down (partner);
  central_receiver_come_up (partner);
  CENTRAL_WAIT (central_receiver_count (partner, "notice.withdrawn", 0) == 1);
  central_fixture_set_clock (fixture, fixture->now_usec + PAUSE_USEC);
  central_fixture_settle (fixture);
  g_assert_cmpuint (partner->messages->len, ==, 1);
}

/* No URL, or one that is none: the others are told all the same. */
static void
test_no_url (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) good
      = central_receiver_new (fixture, "good", REUNION_DATUM_WGS84, TRUE);
  char secret[] = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  char broken_secret[] = "whsec_AA==";
  char url[] = "no url at all";
  ReunionPartner partners[] = {
    { .id = (char *) "none", .name = (char *) "none", .secret = secret },
    { .id = (char *) "bad", .name = (char *) "bad", .url = url, .secret = secret },
    { .id = (char *) "mute", .name = (char *) "mute", .url = good->url, .secret = broken_secret },
  };
  g_autofree char *id = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (partners); i++)
    reunion_central_store_put_partner (fixture->store, &partners[i], NULL);
  id = central_fixture_publish (fixture, 600);
  central_fixture_settle (fixture);
  g_assert_cmpuint (good->messages->len, ==, 1);
  g_assert_cmpint (count_deliveries (fixture, "none", "TRUE"), ==, 0);
  g_assert_cmpint (count_deliveries (fixture, "bad", "last_error <> ''"), ==, 1);
  g_assert_cmpint (count_deliveries (fixture, "mute", "last_error <> ''"), ==, 1);
}

static void
test_backoff (void)
{
  static const struct
  {
    guint n_attempts;
    gint64 pause_s;
  } rows[] = { { 1, 1 }, { 2, 2 }, { 3, 4 }, { 12, 2048 }, { 13, 3600 }, { 1000000, 3600 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 pause_usec = rows[i].pause_s * G_TIME_SPAN_SECOND;

      g_assert_cmpint (central_push_get_backoff_usec (rows[i].n_attempts, 0.0), ==,
                       pause_usec * 3 / 4);
      g_assert_cmpint (central_push_get_backoff_usec (rows[i].n_attempts, 0.5), ==, pause_usec);
      g_assert_cmpint (central_push_get_backoff_usec (rows[i].n_attempts, 1.0), ==,
                       pause_usec * 5 / 4);
    }
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  g_test_add_func ("/central/push/backoff", test_backoff);
  central_test_add ("/central/push/published", test_published);
  central_test_add ("/central/push/private", test_private);
  central_test_add ("/central/push/vital", test_vital);
  central_test_add ("/central/push/datum", test_datum);
  central_test_add ("/central/push/failures", test_failures);
  central_test_add ("/central/push/hanging", test_hanging);
  central_test_add ("/central/push/down", test_down);
  central_test_add ("/central/push/given-up", test_given_up);
  central_test_add ("/central/push/withdrawn", test_withdrawn);
  central_test_add ("/central/push/withdrawn-in-flight", test_withdrawn_in_flight);
  central_test_add ("/central/push/no-url", test_no_url);
  return g_test_run ();
}
