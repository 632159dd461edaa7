/* schedule.c: random schedules of approvals, clock steps, restarts, changes of the
 * policy, amendments and closings, and what partners may have been told after each
 *
 *   test-central-schedule [--rounds=N] [--first=N]
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-receiver.h"
#include "reunion-db.h"
#include "reunion-wire.h"

#include <stdlib.h>
#include <string.h>

#define HOUR_S 3600
#define N_STEPS 25
#define MAX_OPEN 4

static guint n_rounds = 12;
static guint32 first_seed = 20160515;

typedef struct
{
  char *id;
  gint64 lost_usec;
  gboolean is_closed;
} Course;

static void
course_free (Course *course)
{
  g_free (course->id);
  g_free (course);
}

/**
 * Partner:
 * @is_steady: has had its address since before the first case
 */
typedef struct
{
  CentralReceiver *receiver;
  gboolean accepts_ring;
  gboolean is_steady;
  gboolean has_url;
} Partner;

static void
partner_free (Partner *partner)
{
  central_receiver_free (partner->receiver);
  g_free (partner);
}

typedef struct
{
  CentralFixture *fixture;
  GRand *random;
  GPtrArray *courses;  /* Course */
  GPtrArray *partners; /* Partner */
  GString *log;
} World;

static const struct
{
  gsize n_stages;
  ReunionStage stages[4];
} policies[] = {
  { 4,
    { { 0, 0, 100 },
      { 0, 1 * REUNION_HOUR_USEC, 200 },
      { 0, 2 * REUNION_HOUR_USEC, 300 },
      { 0, 3 * REUNION_HOUR_USEC, 500 } } },
  { 2, { { 0, 0, 50 }, { 0, 2 * REUNION_HOUR_USEC, 800 } } },
  { 3, { { 0, 0, 100 }, { 0, 10 * REUNION_MINUTE_USEC, 200 }, { 0, REUNION_HOUR_USEC, 900 } } },
  { 1, { { 0, 0, 300 } } },
};

static int
pick (World *world, int n)
{
  return g_rand_int_range (world->random, 0, n);
}

static ReunionPolicy *
get_policy (World *world)
{
  return central_service_get_policy (world->fixture->service);
}

/* An open one, or NULL. */
static Course *
pick_open (World *world)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new ();

  for (guint i = 0; i < world->courses->len; i++)
    if (!((Course *) world->courses->pdata[i])->is_closed)
      g_ptr_array_add (open, world->courses->pdata[i]);
  return open->len > 0 ? open->pdata[pick (world, (int) open->len)] : NULL;
}

/* --- what happens ---------------------------------------------------------------- */

static void
do_approve (World *world)
{
  Course *course;
  guint n_open = 0;
  gint64 elapsed_s = pick (world, 4 * HOUR_S);

  for (guint i = 0; i < world->courses->len; i++)
    n_open += !((Course *) world->courses->pdata[i])->is_closed;
  if (n_open >= MAX_OPEN)
    return;
  course = g_new0 (Course, 1);
  course->lost_usec = world->fixture->now_usec - elapsed_s * G_TIME_SPAN_SECOND;
  course->id = central_fixture_publish (world->fixture, elapsed_s);
  g_ptr_array_add (world->courses, course);
  g_string_append_printf (world->log, " approve(%d s)", (int) elapsed_s);
}

static void
do_step (World *world)
{
  static const int ranges[][2]
      = { { 1, 600 }, { 600, 2 * HOUR_S }, { 2 * HOUR_S, 9 * HOUR_S }, { -3 * HOUR_S, -1 } };
  gsize kind = (gsize) pick (world, G_N_ELEMENTS (ranges));
  gint64 seconds = g_rand_int_range (world->random, ranges[kind][0], ranges[kind][1]);

  g_string_append_printf (world->log, " step(%d s)", (int) seconds);
  central_fixture_set_clock (world->fixture,
                             world->fixture->now_usec + seconds * G_TIME_SPAN_SECOND);
}

static void
do_restart (World *world)
{
  gint64 seconds = pick (world, 2) == 0 ? 0 : pick (world, 5 * HOUR_S);

  g_string_append_printf (world->log, " restart(%d s)", (int) seconds);
  central_fixture_stop (world->fixture);
  world->fixture->now_usec += seconds * G_TIME_SPAN_SECOND;
  central_fixture_start (world->fixture);
}

static void
do_policy (World *world)
{
  gsize index = (gsize) pick (world, G_N_ELEMENTS (policies));
  GError *error = NULL;

  g_string_append_printf (world->log, " policy(%u)", (guint) index);
  central_fixture_stop (world->fixture);
  g_clear_pointer (&world->fixture->policy, reunion_policy_unref);
  world->fixture->policy
      = reunion_policy_new (policies[index].stages, policies[index].n_stages, &error);
  g_assert_no_error (error);
  central_fixture_start (world->fixture);
}

static void
do_amend (World *world)
{
  Course *course = pick_open (world);
  g_autoptr (ReunionCase) case_ = NULL;
  g_autofree char *path = NULL;
  g_autofree char *clothing = NULL;
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (CentralAnswer) answer = NULL;
  gboolean moves = pick (world, 2) == 0;

  if (course == NULL)
    return;
  g_string_append_printf (world->log, " amend(%s)", moves ? "place" : "clothing");
  case_ = reunion_central_store_find_case (world->fixture->store, course->id, NULL);
  clothing = g_strdup_printf ("外套 %d", pick (world, 1000000));
  reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_CLOTHING, clothing);
  if (moves)
    reunion_report_set_point (
        reunion_case_get_report (case_),
        (ReunionPoint){ .lat_deg = 26.0 + pick (world, 100) / 100.0, .lon_deg = 105.7685 });
  json_object_set_object_member (body, "case", reunion_wire_case_to_object (case_));
  text = reunion_json_to_text (body);
  bytes = g_bytes_new (text, strlen (text));
  path = g_strdup_printf ("/v1/cases/%s/amendment", course->id);
  message = central_fixture_new_message (world->fixture, OFFICER, "POST", path, NULL, bytes);
  soup_message_headers_replace (soup_message_get_request_headers (message), "If-Match", "*");
  answer = central_fixture_send (world->fixture, message);
  /* A clock that was set back before the loss makes the report one of the future. */
  if (world->fixture->now_usec >= course->lost_usec)
    central_answer_expect (answer, 200, "amendment");
}

static void
do_close (World *world)
{
  Course *course = pick_open (world);
  g_autoptr (JsonObject) closed = NULL;

  if (course == NULL)
    return;
  g_string_append (world->log, " close");
  closed = central_fixture_close (world->fixture, 200, OFFICER, course->id, "lost");
  course->is_closed = TRUE;
}

static void
add_partner (World *world, gboolean accepts_ring, gboolean is_steady)
{
  Partner *partner = g_new0 (Partner, 1);
  g_autofree char *id = g_strdup_printf ("partner-%u", world->partners->len);

  partner->receiver = central_receiver_new (world->fixture, id, REUNION_DATUM_WGS84, accepts_ring);
  partner->accepts_ring = accepts_ring;
  partner->is_steady = is_steady;
  partner->has_url = TRUE;
  g_ptr_array_add (world->partners, partner);
}

static void
do_join (World *world)
{
  if (world->partners->len >= 5)
    return;
  g_string_append (world->log, " join");
  add_partner (world, pick (world, 2) == 0, FALSE);
}

/* One that is not steady loses its address, or gets it back. */
static void
do_move_out (World *world)
{
  Partner *partner = world->partners->pdata[pick (world, (int) world->partners->len)];
  g_autoptr (ReunionPartner) record = NULL;

  if (partner->is_steady)
    return;
  partner->has_url = !partner->has_url;
  g_string_append (world->log, partner->has_url ? " in" : " out");
  record = reunion_central_store_find_partner (world->fixture->store, partner->receiver->id, NULL);
  g_clear_pointer (&record->url, g_free);
  if (partner->has_url)
    record->url = g_strdup (partner->receiver->url);
  g_assert_true (reunion_central_store_put_partner (world->fixture->store, record, NULL));
}

/* --- what must hold ----------------------------------------------------------------- */

#define EXPECT(condition, ...)                                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!(condition))                                                                              \
      {                                                                                            \
        g_autofree char *found_ = g_strdup_printf (__VA_ARGS__);                                   \
        g_error ("%s\nafter:%s", found_, world->log->str);                                         \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

/* What one partner was told of one case, in order. */
static void
check_told (World *world, const Partner *partner, const Course *course)
{
  const char *who = partner->receiver->id;
  guint last_stage = 0, n_withdrawn = 0, n_told = 0;
  double told_km = 0.0, largest_km = 0.0, lat_deg = 0.0;

  for (guint i = 0; i < partner->receiver->messages->len; i++)
    {
      JsonObject *message = partner->receiver->messages->pdata[i];
      const char *kind = json_object_get_string_member (message, "type");
      JsonObject *circle;
      double radius_km, inner_km, middle_deg;
      guint stage;

      if (!g_str_equal (json_object_get_string_member (message, "case_id"), course->id))
        continue;
      EXPECT (n_withdrawn == 0, "%s was told something after the withdrawal: %s", who, kind);
      if (g_str_equal (kind, "notice.withdrawn"))
        {
          n_withdrawn++;
          continue;
        }
      n_told++;
      circle = json_object_get_object_member (message, "circle");
      radius_km = central_receiver_get_radius_km (message);
      inner_km = central_receiver_get_told_radius_km (message);
      middle_deg = json_object_get_double_member (circle, "latitude");
      stage = (guint) json_object_get_int_member (json_object_get_object_member (message, "stage"),
                                                  "id");
      if (ABS (middle_deg - lat_deg) > 1e-4)
        told_km = 0.0;
      lat_deg = middle_deg;
      EXPECT (ABS (inner_km - (partner->accepts_ring ? told_km : 0.0)) < 1e-9,
              "%s, %s, stage %u of %g km: expected a ring from %g km, found %g", who, kind, stage,
              radius_km, partner->accepts_ring ? told_km : 0.0, inner_km);
      if (!g_str_equal (kind, "notice.updated"))
        {
          EXPECT (stage > last_stage, "%s: stage %u after stage %u", who, stage, last_stage);
          EXPECT (radius_km > told_km, "%s: %g km after %g km", who, radius_km, told_km);
          last_stage = stage;
        }
      told_km = MAX (told_km, radius_km);
      largest_km = MAX (largest_km, radius_km);
    }
  if (partner->is_steady)
    {
      gint64 elapsed_usec = world->fixture->now_usec - course->lost_usec;

      EXPECT (n_told > 0, "%s was not told of a case", who);
      EXPECT (n_withdrawn == (course->is_closed ? 1 : 0), "%s: %u withdrawals", who, n_withdrawn);
      EXPECT (course->is_closed
                  || told_km >= reunion_policy_radius_km_at (get_policy (world), elapsed_usec),
              "%s: %g km were told, %g are due", who, told_km,
              reunion_policy_radius_km_at (get_policy (world), elapsed_usec));
    }
  /* Told before, closed since: told of that too, or left to an administrator. */
  if (n_told > 0 && course->is_closed && n_withdrawn == 0)
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT count(*) FROM deliveries WHERE partner = '%s' AND kind = 'notice.withdrawn'"
          " AND state = 2 AND case_id = $1",
          who);

      EXPECT (central_fixture_count (world->fixture, sql, course->id) == 1,
              "%s never heard of the end, and no dead letter says so", who);
    }
}

static void
check_all (World *world)
{
  central_fixture_settle (world->fixture);
  for (guint i = 0; i < world->partners->len; i++)
    {
      Partner *partner = world->partners->pdata[i];

      central_receiver_check (partner->receiver);
      for (guint j = 0; j < world->courses->len; j++)
        check_told (world, partner, world->courses->pdata[j]);
    }
  /* Nothing is left that is due. */
  EXPECT (reunion_central_store_get_next_change_usec (world->fixture->store) < 0
              || reunion_central_store_get_next_change_usec (world->fixture->store)
                     > world->fixture->now_usec,
          "a case stays due");
}

static void
run_round (CentralFixture *fixture, gconstpointer data)
{
  static void (*const actions[]) (World *) = {
    do_approve, do_approve, do_step,  do_step, do_step,     do_restart,
    do_policy,  do_amend,   do_close, do_join, do_move_out,
  };
  guint32 seed = GPOINTER_TO_UINT (data);
  World world = {
    .fixture = fixture,
    .random = g_rand_new_with_seed (seed),
    .courses = g_ptr_array_new_with_free_func ((GDestroyNotify) course_free),
    .partners = g_ptr_array_new_with_free_func ((GDestroyNotify) partner_free),
    .log = g_string_new (NULL),
  };

  add_partner (&world, TRUE, TRUE);
  add_partner (&world, FALSE, TRUE);
  add_partner (&world, TRUE, FALSE);
  for (guint i = 0; i < N_STEPS; i++)
    {
      actions[pick (&world, G_N_ELEMENTS (actions))](&world);
      check_all (&world);
    }
  g_test_message ("%u cases:%s", world.courses->len, world.log->str);
  g_ptr_array_unref (world.partners);
  g_ptr_array_unref (world.courses);
  g_string_free (world.log, TRUE);
  g_rand_free (world.random);
}

int
main (int argc, char *argv[])
{
  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], "--rounds="))
      n_rounds = (guint) atoi (argv[i] + strlen ("--rounds="));
    else if (g_str_has_prefix (argv[i], "--first="))
      first_seed = (guint32) atoi (argv[i] + strlen ("--first="));
  central_test_init (&argc, &argv);
  for (guint i = 0; i < n_rounds; i++)
    {
      g_autofree char *path = g_strdup_printf ("/central/schedule/%u", first_seed + i);

      g_test_add (path, CentralFixture, GUINT_TO_POINTER (first_seed + i), central_fixture_set_up,
                  run_round, central_fixture_tear_down);
    }
  return g_test_run ();
}
