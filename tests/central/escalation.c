/* escalation.c: tests that the circles grow when their time has come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-escalation.h"
#include "central-receiver.h"

#define HOUR_S 3600

static const struct
{
  gint64 elapsed_s;
  guint stage;
  double radius_km;
} boundaries[] = {
  { 0, 1, 100 },          { HOUR_S - 1, 1, 100 },
  { HOUR_S, 2, 200 },     { 2 * HOUR_S - 1, 2, 200 },
  { 2 * HOUR_S, 3, 300 }, { 3 * HOUR_S - 1, 3, 300 },
  { 3 * HOUR_S, 4, 500 }, { 30 * 24 * HOUR_S, 4, 500 },
};

/* What the policy that the service tells of says about the case's stage. */
static double
get_radius_km (CentralFixture *fixture, JsonObject *case_)
{
  g_autoptr (JsonObject) policy
      = central_fixture_expect (fixture, 200, NOBODY, "GET", "/v1/policy", NULL);
  JsonArray *stages = json_object_get_array_member (policy, "stages");
  gint64 stage = json_object_get_int_member (case_, "stage");

  g_assert_cmpint (stage, >=, 1);
  return json_object_get_double_member (json_array_get_object_element (stages, (guint) stage - 1),
                                        "radius_km");
}

/* The last entry of the change feed for the case, as @who sees it. */
static JsonObject *
get_last_change (CentralFixture *fixture, const char *who, const char *case_id)
{
  g_autoptr (JsonObject) page
      = central_fixture_expect (fixture, 200, who, "GET", "/v1/changes?limit=1000", NULL);
  JsonArray *changes = json_object_get_array_member (page, "changes");

  for (guint i = json_array_get_length (changes); i > 0; i--)
    {
      JsonObject *change = json_array_get_object_element (changes, i - 1);
      JsonObject *case_;

      if (!json_object_has_member (change, "case"))
        continue;
      case_ = json_object_get_object_member (change, "case");
      if (g_str_equal (json_object_get_string_member (case_, "id"), case_id))
        return json_object_ref (case_);
    }
  g_error ("%s is not in the feed of %s", case_id, who);
}

static void
check_stage (CentralFixture *fixture, const char *case_id, guint stage, double radius_km)
{
  g_autoptr (JsonObject) case_ = central_fixture_get_case (fixture, 200, OFFICER, case_id);
  g_autoptr (JsonObject) change = get_last_change (fixture, OFFICER, case_id);
  g_autoptr (JsonObject) redacted = get_last_change (fixture, OTHER_OFFICER, case_id);

  g_assert_cmpint (json_object_get_int_member (case_, "stage"), ==, stage);
  g_assert_cmpint (json_object_get_int_member (change, "stage"), ==, stage);
  g_assert_cmpint (json_object_get_int_member (redacted, "stage"), ==, stage);
  g_assert_cmpfloat (get_radius_km (fixture, case_), ==, radius_km);
}

/* A case that grows step by step is at each instant where the table says. */
static void
test_boundaries (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 0);
  gint64 loss_usec = fixture->now_usec;
  guint told = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (boundaries); i++)
    {
      const char *kind = boundaries[i].stage == 1 ? "notice.published" : "notice.escalated";
      JsonObject *message;

      g_test_message ("%" G_GINT64_FORMAT " s after the loss", boundaries[i].elapsed_s);
      central_fixture_set_clock (fixture, loss_usec + boundaries[i].elapsed_s * G_TIME_SPAN_SECOND);
      check_stage (fixture, id, boundaries[i].stage, boundaries[i].radius_km);
      central_fixture_settle (fixture);
      message = central_receiver_get_last (partner, kind);
      g_assert_cmpfloat (central_receiver_get_radius_km (message), ==, boundaries[i].radius_km);
      told = MAX (told, boundaries[i].stage);
      g_assert_cmpuint (partner->messages->len, ==, told);
      g_assert_cmpuint (central_receiver_count (partner, kind, boundaries[i].stage), ==, 1);
    }
  central_receiver_check (partner);
}

/* The hour ends at the microsecond. */
static void
test_last_microsecond (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = central_fixture_publish (fixture, 0);
  gint64 loss_usec = fixture->now_usec;

  central_fixture_set_clock (fixture, loss_usec + G_TIME_SPAN_HOUR - 1);
  check_stage (fixture, id, 1, 100);
  central_fixture_set_clock (fixture, loss_usec + G_TIME_SPAN_HOUR);
  check_stage (fixture, id, 2, 200);
}

/* Approved late: at once where the clock stands, nothing smaller before. */
static void
test_late_approval (CentralFixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (boundaries); i++)
    {
      g_autofree char *name = g_strdup_printf ("map-%u", (guint) i);
      g_autoptr (CentralReceiver) partner
          = central_receiver_new (fixture, name, REUNION_DATUM_WGS84, TRUE);
      g_autofree char *id = central_fixture_publish (fixture, boundaries[i].elapsed_s);
      JsonObject *message;

      CENTRAL_WAIT (partner->messages->len > 0);
      check_stage (fixture, id, boundaries[i].stage, boundaries[i].radius_km);
      message = central_receiver_get_last (partner, "notice.published");
      g_assert_cmpfloat (central_receiver_get_radius_km (message), ==, boundaries[i].radius_km);
      g_assert_cmpfloat (central_receiver_get_told_radius_km (message), ==, 0);
      g_assert_cmpuint (central_receiver_count (partner, "notice.published", 0), ==, 1);
      g_assert_cmpuint (central_receiver_count (partner, "notice.escalated", 0), ==, 0);
      central_receiver_check (partner);
    }
}

/* Stages missed while nothing ran are one push, for the ring since the last. */
static void
test_missed_stages (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) ring
      = central_receiver_new (fixture, "ring", REUNION_DATUM_WGS84, TRUE);
  g_autoptr (CentralReceiver) whole
      = central_receiver_new (fixture, "whole", REUNION_DATUM_WGS84, FALSE);
  g_autofree char *id = central_fixture_publish (fixture, 600);
  gint64 loss_usec = fixture->now_usec - 600 * G_TIME_SPAN_SECOND;
  JsonObject *message;

  central_fixture_settle (fixture);
  central_fixture_stop (fixture);
  fixture->now_usec = loss_usec + 4 * G_TIME_SPAN_HOUR;
  central_fixture_start (fixture);
  central_fixture_settle (fixture);

  check_stage (fixture, id, 4, 500);
  message = central_receiver_get_last (ring, "notice.escalated");
  g_assert_cmpfloat (central_receiver_get_radius_km (message), ==, 500);
  g_assert_cmpfloat (central_receiver_get_told_radius_km (message), ==, 100);
  message = central_receiver_get_last (whole, "notice.escalated");
  g_assert_cmpfloat (central_receiver_get_radius_km (message), ==, 500);
  g_assert_cmpfloat (central_receiver_get_told_radius_km (message), ==, 0);
  g_assert_cmpuint (ring->messages->len, ==, 2);
  g_assert_cmpuint (whole->messages->len, ==, 2);
}

/* The ring newly covered, stage after stage. */
static void
test_rings (CentralFixture *fixture, gconstpointer data)
{
  static const double told_km[] = { 0, 100, 200, 300 };
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "ring", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 0);
  gint64 loss_usec = fixture->now_usec;

  for (guint hours = 0; hours < G_N_ELEMENTS (told_km); hours++)
    {
      central_fixture_set_clock (fixture, loss_usec + hours * G_TIME_SPAN_HOUR);
      central_fixture_settle (fixture);
      g_assert_cmpuint (partner->messages->len, ==, hours + 1);
      g_assert_cmpfloat (central_receiver_get_told_radius_km (partner->messages->pdata[hours]), ==,
                         told_km[hours]);
    }
}

/* Restarted at every stage, nobody is told twice. */
static void
test_restarts (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 0);
  gint64 loss_usec = fixture->now_usec;

  for (guint hours = 0; hours < 6; hours++)
    {
      central_fixture_set_clock (fixture, loss_usec + hours * G_TIME_SPAN_HOUR);
      central_fixture_settle (fixture);
      central_fixture_stop (fixture);
      central_fixture_start (fixture);
      central_fixture_settle (fixture);
      g_assert_cmpuint (partner->n_attempts, ==, MIN (hours, 3) + 1);
    }
  for (guint stage = 2; stage <= 4; stage++)
    g_assert_cmpuint (central_receiver_count (partner, "notice.escalated", stage), ==, 1);
}

/* A clock that is set back takes nothing back. */
static void
test_clock_set_back (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 0);
  gint64 loss_usec = fixture->now_usec;

  central_fixture_set_clock (fixture, loss_usec + 2 * G_TIME_SPAN_HOUR);
  central_fixture_settle (fixture);
  central_fixture_set_clock (fixture, loss_usec - G_TIME_SPAN_HOUR);
  check_stage (fixture, id, 3, 300);
  central_fixture_set_clock (fixture, loss_usec + 2 * G_TIME_SPAN_HOUR);
  central_fixture_settle (fixture);
  g_assert_cmpuint (partner->messages->len, ==, 2);
}

static void
test_ended_case_stands_still (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 0);
  g_autoptr (JsonObject) closed = central_fixture_close (fixture, 200, OFFICER, id, "lost");

  central_fixture_set_clock (fixture, fixture->now_usec + 10 * G_TIME_SPAN_HOUR);
  central_fixture_settle (fixture);
  check_stage (fixture, id, 1, 100);
  g_assert_cmpuint (central_receiver_count (partner, "notice.escalated", 0), ==, 0);
}

/* More due cases than one look takes. */
static void
test_many_due (CentralFixture *fixture, gconstpointer data)
{
  const guint n_cases = 300;
  guint n_escalated = 0;
  GError *error = NULL;

  g_assert_true (reunion_central_store_begin (fixture->store, NULL));
  for (guint i = 0; i < n_cases; i++)
    {
      g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 0);

      reunion_case_set_state (case_, REUNION_CASE_STATE_PUBLISHED);
      reunion_case_set_published_usec (case_, fixture->now_usec);
      reunion_case_set_stage (case_, 1);
      central_service_record_case (fixture->service, case_, "test", "test", &error);
      g_assert_no_error (error);
    }
  central_service_finish (fixture->service, TRUE, &error);
  g_assert_no_error (error);
  central_fixture_set_clock (fixture, fixture->now_usec + G_TIME_SPAN_HOUR);
  g_assert_cmpint (
      central_fixture_count (fixture, "SELECT count(*) FROM audit WHERE what = 'escalate'", NULL),
      ==, n_cases);
  g_assert_true (central_escalation_run (fixture->service, &n_escalated, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_escalated, ==, 0);
}

static void
restart_with_policy (CentralFixture *fixture, const ReunionStage *stages, gsize n_stages)
{
  GError *error = NULL;

  central_fixture_stop (fixture);
  g_clear_pointer (&fixture->policy, reunion_policy_unref);
  fixture->policy = reunion_policy_new (stages, n_stages, &error);
  g_assert_no_error (error);
  central_fixture_start (fixture);
}

/* A deployment's own table holds, and may change while cases are out. */
static void
test_other_policy (CentralFixture *fixture, gconstpointer data)
{
  const ReunionStage slow[] = { { 0, 0, 50 }, { 0, 5 * G_TIME_SPAN_HOUR, 80 } };
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = NULL;
  gint64 loss_usec = fixture->now_usec;

  restart_with_policy (fixture, slow, G_N_ELEMENTS (slow));
  id = central_fixture_publish (fixture, 0);
  central_fixture_set_clock (fixture, loss_usec + 5 * G_TIME_SPAN_HOUR - 1);
  check_stage (fixture, id, 1, 50);
  central_fixture_set_clock (fixture, loss_usec + 5 * G_TIME_SPAN_HOUR);
  check_stage (fixture, id, 2, 80);
  central_fixture_settle (fixture);
  g_assert_cmpfloat (
      central_receiver_get_told_radius_km (central_receiver_get_last (partner, "notice.escalated")),
      ==, 50);
}

/* The new table has fewer stages than the case has reached, and is slower. */
static void
test_shorter_policy (CentralFixture *fixture, gconstpointer data)
{
  const ReunionStage slow[] = { { 0, 0, 50 }, { 0, 5 * G_TIME_SPAN_HOUR, 80 } };
  g_autofree char *first = central_fixture_publish (fixture, 0);
  g_autofree char *third = central_fixture_publish (fixture, 2 * 3600 + 60);
  gint64 loss_usec = fixture->now_usec;
  guint n_escalated = 0;
  GError *error = NULL;

  restart_with_policy (fixture, slow, G_N_ELEMENTS (slow));
  central_fixture_set_clock (fixture, loss_usec + 2 * G_TIME_SPAN_HOUR);
  check_stage (fixture, first, 1, 50);
  /* Neither stays due, for the service would look at them without rest. */
  g_assert_true (central_escalation_run (fixture->service, &n_escalated, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_escalated, ==, 0);
  /* 100 km were told already, and the new table reaches no further. */
  g_assert_cmpint (reunion_central_store_get_next_change_usec (fixture->store), ==, -1);
}

/* One that joins later has the next stage whole, and nothing before it. */
static void
test_joined_later (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = central_fixture_publish (fixture, 0);
  g_autofree char *old = central_fixture_publish (fixture, 5 * HOUR_S);
  gint64 loss_usec = fixture->now_usec;
  g_autoptr (CentralReceiver) late
      = central_receiver_new (fixture, "late", REUNION_DATUM_WGS84, TRUE);
  g_autoptr (JsonObject) ended = NULL;

  central_fixture_set_clock (fixture, loss_usec + G_TIME_SPAN_HOUR);
  central_fixture_settle (fixture);
  g_assert_cmpuint (late->messages->len, ==, 1);
  g_assert_cmpfloat (central_receiver_get_radius_km (late->messages->pdata[0]), ==, 200);
  g_assert_cmpfloat (central_receiver_get_told_radius_km (late->messages->pdata[0]), ==, 0);
  central_fixture_set_clock (fixture, loss_usec + 2 * G_TIME_SPAN_HOUR);
  central_fixture_settle (fixture);
  g_assert_cmpfloat (central_receiver_get_told_radius_km (late->messages->pdata[1]), ==, 200);
  /* It was never told of the other, so it is not told that it ended. */
  ended = central_fixture_close (fixture, 200, OFFICER, old, "lost");
  central_fixture_settle (fixture);
  g_assert_cmpuint (late->messages->len, ==, 2);
}

static void
set_url (CentralFixture *fixture, const char *id, const char *url)
{
  g_autoptr (ReunionPartner) partner
      = reunion_central_store_find_partner (fixture->store, id, NULL);

  g_free (partner->url);
  partner->url = g_strdup (url);
  g_assert_true (reunion_central_store_put_partner (fixture->store, partner, NULL));
}

/* Whoever has no address any more can't be told that it is over; an administrator
 * can be, at once. */
static void
test_address_taken_away (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 0);
  gint64 loss_usec = fixture->now_usec;
  g_autoptr (JsonObject) closed = NULL;

  central_fixture_settle (fixture);
  set_url (fixture, "map", NULL);
  central_fixture_set_clock (fixture, loss_usec + G_TIME_SPAN_HOUR);
  closed = central_fixture_close (fixture, 200, OFFICER, id, "lost");
  central_fixture_settle (fixture);
  g_assert_cmpuint (partner->messages->len, ==, 1);
  g_assert_cmpint (
      central_fixture_count (fixture,
                             "SELECT count(*) FROM deliveries WHERE case_id = $1 AND state = 2"
                             " AND kind = 'notice.withdrawn' AND last_error LIKE '%no address%'",
                             id),
      ==, 1);
}

/* Away for two stages, it has the ring since the last that it was told. */
static void
test_away_for_a_while (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 0);
  gint64 loss_usec = fixture->now_usec;

  central_fixture_settle (fixture);
  set_url (fixture, "map", NULL);
  central_fixture_set_clock (fixture, loss_usec + 2 * G_TIME_SPAN_HOUR);
  set_url (fixture, "map", partner->url);
  central_fixture_set_clock (fixture, loss_usec + 3 * G_TIME_SPAN_HOUR);
  central_fixture_settle (fixture);
  g_assert_cmpuint (partner->messages->len, ==, 2);
  g_assert_cmpfloat (central_receiver_get_radius_km (partner->messages->pdata[1]), ==, 500);
  g_assert_cmpfloat (central_receiver_get_told_radius_km (partner->messages->pdata[1]), ==, 100);
}

/* What a partner never took, and is not sent any more, it was not told. */
static void
test_never_taken (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = NULL;
  gint64 loss_usec = fixture->now_usec;

  partner->mode = CENTRAL_RECEIVER_STATUS;
  /* Gone: nothing more of this. */
  partner->status = 410;
  id = central_fixture_publish (fixture, 0);
  central_fixture_settle (fixture);
  partner->mode = CENTRAL_RECEIVER_TAKE;
  central_fixture_set_clock (fixture, loss_usec + G_TIME_SPAN_HOUR);
  central_fixture_settle (fixture);
  g_assert_cmpuint (partner->messages->len, ==, 1);
  g_assert_cmpfloat (central_receiver_get_told_radius_km (partner->messages->pdata[0]), ==, 0);
}

/* The clock jumps while nothing else happens: within a second it is seen. */
static void
test_clock_jumps (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 0);
  gint64 loss_usec = fixture->now_usec;

  central_fixture_settle (fixture);
  fixture->now_usec = loss_usec - 5 * G_TIME_SPAN_HOUR;
  for (gint64 end_usec = g_get_monotonic_time () + 1200 * G_TIME_SPAN_MILLISECOND;
       g_get_monotonic_time () < end_usec; g_usleep (500))
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (partner->messages->len, ==, 1);
  fixture->now_usec = loss_usec + 3 * G_TIME_SPAN_HOUR;
  CENTRAL_WAIT (partner->messages->len == 2);
  g_assert_cmpuint (central_receiver_count (partner, "notice.escalated", 4), ==, 1);
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/escalation/boundaries", test_boundaries);
  central_test_add ("/central/escalation/last-microsecond", test_last_microsecond);
  central_test_add ("/central/escalation/late-approval", test_late_approval);
  central_test_add ("/central/escalation/missed-stages", test_missed_stages);
  central_test_add ("/central/escalation/rings", test_rings);
  central_test_add ("/central/escalation/restarts", test_restarts);
  central_test_add ("/central/escalation/clock-set-back", test_clock_set_back);
  central_test_add ("/central/escalation/ended-case", test_ended_case_stands_still);
  central_test_add ("/central/escalation/many-due", test_many_due);
  central_test_add ("/central/escalation/other-policy", test_other_policy);
  central_test_add ("/central/escalation/shorter-policy", test_shorter_policy);
  central_test_add ("/central/escalation/joined-later", test_joined_later);
  central_test_add ("/central/escalation/address-taken-away", test_address_taken_away);
  central_test_add ("/central/escalation/away-for-a-while", test_away_for_a_while);
  central_test_add ("/central/escalation/never-taken", test_never_taken);
  central_test_add ("/central/escalation/clock-jumps", test_clock_jumps);
  return g_test_run ();
}
