/* waiting.c: tests of the reports that wait: their order, levels, rings and locks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-waiting.h"
#include "central-fixture.h"
#include "reunion-time.h"
#include "reunion-wire.h"

#include <string.h>

#define COUNTY "county.reviewer"
#define PREFECTURE "prefecture.reviewer"
#define NATION "nation.reviewer"
#define MINUTE_S 60
#define HOUR_S 3600

static const ReunionCentralAccount more_accounts[] = {
  { COUNTY, "周县", REUNION_ROLE_REVIEWER, "520524-00", NULL, NULL, "520524", NULL },
  { PREFECTURE, "吴市", REUNION_ROLE_REVIEWER, "520500-00", NULL, NULL, "5205", NULL },
  { NATION, "郑部", REUNION_ROLE_REVIEWER, "110000-00", NULL, NULL, "", NULL },
};

static void
put_more_accounts (CentralFixture *fixture)
{
  for (gsize i = 0; i < G_N_ELEMENTS (more_accounts); i++)
    central_fixture_put_account (fixture, &more_accounts[i]);
}

/* The id, transfer full. */
static char *
file (CentralFixture *fixture, gint64 elapsed_s)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, elapsed_s);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, case_);

  return g_strdup (reunion_case_get_id (case_));
}

static void
go_on (CentralFixture *fixture, gint64 seconds)
{
  central_fixture_set_clock (fixture, fixture->now_usec + seconds * G_TIME_SPAN_SECOND);
}

static JsonObject *
get_queue (CentralFixture *fixture, const char *who)
{
  return central_fixture_expect (fixture, 200, who, "GET", "/v1/review", NULL);
}

/* The entry of the case; NULL when it is not there. Transfer full. */
static JsonObject *
find_entry (CentralFixture *fixture, const char *who, const char *id)
{
  g_autoptr (JsonObject) queue = get_queue (fixture, who);
  JsonArray *entries = json_object_get_array_member (queue, "waiting");

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      JsonObject *case_ = json_object_get_object_member (entry, "case");

      if (g_str_equal (json_object_get_string_member (case_, "id"), id))
        return json_object_ref (entry);
    }
  return NULL;
}

static JsonObject *
call_lock (CentralFixture *fixture,
           guint status,
           const char *who,
           const char *method,
           const char *id)
{
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/lock", id);

  return central_fixture_expect (fixture, status, who, method, path,
                                 g_str_equal (method, "POST") ? "{}" : NULL);
}

/* --- order ------------------------------------------------------------------------ */

static void
test_order (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    gint64 lost_s;
    guint stage;
    double radius_km;
    gint64 next_s; /* of the clock; 0 for never */
  } expected[] = {
    { 3 * HOUR_S - MINUTE_S, 3, 300, 3 * HOUR_S },
    { 3 * HOUR_S - MINUTE_S, 3, 300, 3 * HOUR_S },
    { HOUR_S, 2, 200, 2 * HOUR_S },
    { 10 * MINUTE_S, 1, 100, HOUR_S },
    { 3 * HOUR_S, 4, 500, 0 },
    { 30 * HOUR_S, 4, 500, 0 },
    { 90 * 24 * HOUR_S, 4, 500, 0 },
  };
  static const guint filed[] = { 4, 1, 6, 3, 0, 2, 5 };
  g_autofree char *approved = central_fixture_publish (fixture, 600);
  g_autofree char *returned = file (fixture, 600);
  g_autoptr (ReunionCase) foreign = central_fixture_new_case (fixture, 600);
  g_autoptr (JsonObject) sent_back
      = central_fixture_decide (fixture, 200, REVIEWER, returned, "return", "Which school?");
  g_autoptr (JsonObject) other = central_fixture_file (fixture, 201, OTHER_OFFICER, foreign);
  g_autoptr (JsonObject) queue = NULL;
  g_autoptr (JsonObject) cut = NULL;
  g_autoptr (JsonObject) theirs = get_queue (fixture, OTHER_REVIEWER);
  JsonArray *entries;

  for (gsize i = 0; i < G_N_ELEMENTS (filed); i++)
    {
      g_autofree char *id = file (fixture, expected[filed[i]].lost_s);
    }
  queue = get_queue (fixture, REVIEWER);
  entries = json_object_get_array_member (queue, "waiting");
  g_assert_cmpint (json_object_get_int_member (queue, "n_waiting"), ==, G_N_ELEMENTS (expected));
  g_assert_cmpuint (json_array_get_length (entries), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      g_autofree char *next = reunion_time_to_rfc3339 (
          fixture->now_usec + (expected[i].next_s - expected[i].lost_s) * G_TIME_SPAN_SECOND);

      g_test_message ("place %u", i);
      g_assert_cmpint (json_object_get_int_member (entry, "elapsed_seconds"), ==,
                       expected[i].lost_s);
      g_assert_cmpint (json_object_get_int_member (entry, "stage"), ==, expected[i].stage);
      g_assert_cmpfloat (json_object_get_double_member (entry, "radius_km"), ==,
                         expected[i].radius_km);
      g_assert_cmpint (json_object_get_int_member (entry, "waiting_seconds"), ==, 0);
      g_assert_cmpstr (json_object_get_string_member_with_default (entry, "next_change", NULL), ==,
                       expected[i].next_s > 0 ? next : NULL);
      g_assert_false (json_object_has_member (entry, "lock"));
    }
  cut = central_fixture_expect (fixture, 200, REVIEWER, "GET", "/v1/review?limit=2", NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (cut, "waiting")), ==, 2);
  g_assert_cmpint (json_object_get_int_member (cut, "n_waiting"), ==, G_N_ELEMENTS (expected));
  g_assert_cmpint (json_object_get_int_member (theirs, "n_waiting"), ==, 1);
}

/* What changes while it waits: the clock, and the stage it would begin at. */
static void
test_clock_runs (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = file (fixture, 50 * MINUTE_S);
  g_autoptr (JsonObject) later = NULL;

  go_on (fixture, 75 * MINUTE_S);
  later = find_entry (fixture, REVIEWER, id);
  g_assert_nonnull (later);
  g_assert_cmpint (json_object_get_int_member (later, "elapsed_seconds"), ==, 125 * MINUTE_S);
  g_assert_cmpint (json_object_get_int_member (later, "waiting_seconds"), ==, 75 * MINUTE_S);
  g_assert_cmpint (json_object_get_int_member (later, "stage_when_filed"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (later, "stage"), ==, 3);
}

static void
test_who_asks (CentralFixture *fixture, gconstpointer data)
{
  static const char *const others[] = { OFFICER, ADMINISTRATOR };
  g_autoptr (JsonObject) nobody
      = central_fixture_expect (fixture, 401, NOBODY, "GET", "/v1/review", NULL);
  g_autoptr (JsonObject) wrong
      = central_fixture_expect (fixture, 400, REVIEWER, "GET", "/v1/review?limit=0", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (JsonObject) refused
          = central_fixture_expect (fixture, 403, others[i], "GET", "/v1/review", NULL);
    }
}

/* --- locks -------------------------------------------------------------------------- */

static void
check_names_holder (JsonObject *problem, gint64 until_usec)
{
  const char *detail = json_object_get_string_member (problem, "detail");
  g_autofree char *until = reunion_time_to_rfc3339 (until_usec);

  if (strstr (detail, "李敏") == NULL || strstr (detail, REVIEWER) == NULL
      || strstr (detail, until) == NULL)
    g_error ("Expected who has it until %s, found: %s", until, detail);
}

static void
test_lock (CentralFixture *fixture, gconstpointer data)
{
  static const char *const decisions[] = { "approve", "return", "reject" };
  g_autofree char *id = file (fixture, 600);
  g_autoptr (JsonObject) lock = call_lock (fixture, 200, REVIEWER, "POST", id);
  gint64 until_usec = fixture->now_usec + CENTRAL_WAITING_LOCK_USEC;
  g_autoptr (JsonObject) mine = find_entry (fixture, REVIEWER, id);
  g_autoptr (JsonObject) theirs = NULL;
  g_autoptr (JsonObject) second = NULL;
  g_autoptr (JsonObject) foreign = NULL;
  g_autoptr (JsonObject) approved = NULL;
  g_autoptr (JsonObject) too_late = NULL;
  g_autoptr (JsonObject) nothing = NULL;

  put_more_accounts (fixture);
  theirs = find_entry (fixture, COUNTY, id);
  g_assert_true (
      json_object_get_boolean_member (json_object_get_object_member (mine, "lock"), "mine"));
  g_assert_false (
      json_object_get_boolean_member (json_object_get_object_member (theirs, "lock"), "mine"));
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (theirs, "lock"), "account"), ==,
      REVIEWER);
  for (gsize i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      g_autoptr (JsonObject) problem
          = central_fixture_decide (fixture, 409, COUNTY, id, decisions[i], "a reason");

      check_names_holder (problem, until_usec);
    }
  second = call_lock (fixture, 409, COUNTY, "POST", id);
  check_names_holder (second, until_usec);
  foreign = call_lock (fixture, 409, COUNTY, "DELETE", id);
  check_names_holder (foreign, until_usec);
  approved = central_fixture_decide (fixture, 200, REVIEWER, id, "approve", NULL);
  too_late = call_lock (fixture, 409, COUNTY, "POST", id);
  nothing = call_lock (fixture, 200, COUNTY, "DELETE", id);
}

static void
test_lock_ends (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = file (fixture, 600);
  g_autoptr (JsonObject) lock = call_lock (fixture, 200, REVIEWER, "POST", id);
  g_autoptr (JsonObject) renewed = NULL;
  g_autoptr (JsonObject) held = NULL;
  g_autoptr (JsonObject) free_again = NULL;
  g_autoptr (JsonObject) taken = NULL;
  g_autoptr (JsonObject) given_back = NULL;
  g_autoptr (JsonObject) decided = NULL;

  put_more_accounts (fixture);
  /* Renewed just before it runs out. */
  go_on (fixture, 299);
  renewed = call_lock (fixture, 200, REVIEWER, "POST", id);
  go_on (fixture, 299);
  held = call_lock (fixture, 409, COUNTY, "POST", id);
  go_on (fixture, 1);
  free_again = find_entry (fixture, COUNTY, id);
  g_assert_false (json_object_has_member (free_again, "lock"));
  taken = call_lock (fixture, 200, COUNTY, "POST", id);
  given_back = call_lock (fixture, 200, COUNTY, "DELETE", id);
  decided = central_fixture_decide (fixture, 200, REVIEWER, id, "reject", "It is a test.");
}

/* It outlives a restart, and a clock that is set back makes it no longer. */
static void
test_lock_and_clock (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = file (fixture, 600);
  g_autoptr (JsonObject) lock = call_lock (fixture, 200, REVIEWER, "POST", id);
  g_autoptr (JsonObject) held = NULL;
  g_autoptr (JsonObject) taken = NULL;

  put_more_accounts (fixture);
  central_fixture_stop (fixture);
  central_fixture_start (fixture);
  held = call_lock (fixture, 409, COUNTY, "POST", id);
  go_on (fixture, -2 * HOUR_S);
  taken = call_lock (fixture, 200, COUNTY, "POST", id);
}

static void
test_lock_refused (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *who;
    guint status;
  } cases[]
      = { { OFFICER, 403 }, { ADMINISTRATOR, 403 }, { OTHER_REVIEWER, 403 }, { NOBODY, 401 } };
  g_autofree char *id = file (fixture, 600);
  g_autoptr (JsonObject) unknown = call_lock (fixture, 404, REVIEWER, "POST", "nonsense");
  g_autoptr (JsonObject) unknown_too = call_lock (fixture, 404, REVIEWER, "DELETE", "nonsense");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) post = call_lock (fixture, cases[i].status, cases[i].who, "POST", id);
      g_autoptr (JsonObject) taken_away
          = call_lock (fixture, cases[i].status, cases[i].who, "DELETE", id);
    }
}

/* --- levels --------------------------------------------------------------------------- */

/* The rings of the case that @who's feed holds: "6>4 4>2". Transfer full. */
static char *
get_rings (CentralFixture *fixture, const char *who, const char *id)
{
  g_autoptr (CentralAnswer) answer
      = central_fixture_call (fixture, who, "GET", "/v1/changes?limit=1000", "", NULL);
  JsonArray *changes = json_object_get_array_member (answer->object, "changes");
  GString *rings = g_string_new (NULL);
  g_autoptr (GPtrArray) known = NULL;
  GError *error = NULL;
  gint64 next;

  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      JsonObject *ring;

      if (!json_object_has_member (change, "ring"))
        continue;
      ring = json_object_get_object_member (change, "ring");
      if (g_str_equal (json_object_get_string_member (ring, "case_id"), id))
        g_string_append_printf (rings, "%s%d>%d", rings->len > 0 ? " " : "",
                                (int) json_object_get_int_member (ring, "from_level"),
                                (int) json_object_get_int_member (ring, "review_level"));
    }
  /* A desk that knows of no rings reads the same page. */
  known = reunion_wire_changes_from_json (answer->body, -1, &next, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (known->len, ==, json_array_get_length (changes));
  return g_string_free (rings, FALSE);
}

static void
check_rings (CentralFixture *fixture,
             const char *id,
             const char *county,
             const char *prefecture,
             const char *province,
             const char *nation)
{
  const struct
  {
    const char *who;
    const char *expected;
  } rows[] = { { COUNTY, county },     { PREFECTURE, prefecture },
               { REVIEWER, province }, { NATION, nation },
               { OFFICER, "" },        { ADMINISTRATOR, "" },
               { OTHER_REVIEWER, "" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *rings = get_rings (fixture, rows[i].who, id);

      if (!g_str_equal (rings, rows[i].expected))
        g_error ("%s: expected “%s”, found “%s”", rows[i].who, rows[i].expected, rings);
    }
}

static void
check_level (CentralFixture *fixture, const char *id, guint level, const char *asked)
{
  static const char *const names[] = { COUNTY, PREFECTURE, REVIEWER, NATION };

  g_assert_cmpuint (strlen (asked), ==, G_N_ELEMENTS (names));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (JsonObject) entry = find_entry (fixture, names[i], id);

      if (entry == NULL || json_object_get_int_member (entry, "review_level") != level
          || json_object_get_boolean_member (entry, "asked") != (asked[i] == 'x'))
        g_error ("%s: expected level %u, asked %c", names[i], level, asked[i]);
    }
}

static void
test_rise (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *audit = NULL;
  g_autoptr (JsonObject) case_ = NULL;
  g_autoptr (JsonObject) approved = NULL;
  g_autoptr (JsonObject) history = NULL;
  JsonObject *step, *change;

  put_more_accounts (fixture);
  id = file (fixture, 600);
  check_level (fixture, id, 6, "x---");
  go_on (fixture, 10 * MINUTE_S - 1);
  check_level (fixture, id, 6, "x---");
  check_rings (fixture, id, "", "", "", "");
  go_on (fixture, 1);
  check_level (fixture, id, 4, "xx--");
  check_rings (fixture, id, "", "6>4", "", "");
  central_fixture_stop (fixture);
  central_fixture_start (fixture);
  check_level (fixture, id, 4, "xx--");
  check_rings (fixture, id, "", "6>4", "", "");
  go_on (fixture, 15 * MINUTE_S);
  check_level (fixture, id, 2, "xxx-");
  check_rings (fixture, id, "", "6>4", "4>2", "");
  go_on (fixture, 20 * MINUTE_S);
  check_level (fixture, id, 0, "xxxx");
  go_on (fixture, 24 * HOUR_S);
  check_level (fixture, id, 0, "xxxx");
  check_rings (fixture, id, "", "6>4", "4>2", "2>0");

  case_ = central_fixture_get_case (fixture, 200, OFFICER, id);
  g_assert_cmpint (json_object_get_int_member (case_, "revision"), ==, 1);
  approved = central_fixture_decide (fixture, 200, NATION, id, "approve", NULL);
  audit = central_fixture_get_audit (fixture, id);
  g_assert_cmpstr (audit, ==,
                   OFFICER " submit, service rise, service rise, service rise, " NATION " approve");
  {
    g_autofree char *path = g_strdup_printf ("/v1/cases/%s/history", id);

    history = central_fixture_expect (fixture, 200, OFFICER, "GET", path, NULL);
  }
  step = json_array_get_object_element (json_object_get_array_member (history, "entries"), 1);
  g_assert_cmpstr (json_object_get_string_member (step, "action"), ==, "rise");
  change = json_array_get_object_element (json_object_get_array_member (step, "changes"), 0);
  g_assert_cmpstr (json_object_get_string_member (change, "before"), ==, "6");
  g_assert_cmpstr (json_object_get_string_member (change, "after"), ==, "4");
}

/* Where nobody answers for the county, nobody waits for the county. */
static void
test_empty_levels (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = file (fixture, 600);
  g_autoptr (JsonObject) entry = find_entry (fixture, REVIEWER, id);
  g_autoptr (JsonObject) later = NULL;

  g_assert_cmpint (json_object_get_int_member (entry, "review_level"), ==, 2);
  g_assert_true (json_object_get_boolean_member (entry, "asked"));
  go_on (fixture, 20 * MINUTE_S);
  later = find_entry (fixture, REVIEWER, id);
  g_assert_cmpint (json_object_get_int_member (later, "review_level"), ==, 0);
}

/* Levels missed while nothing ran ring together, once. */
static void
test_rise_after_downtime (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *audit = NULL;

  put_more_accounts (fixture);
  id = file (fixture, 600);
  central_fixture_stop (fixture);
  fixture->now_usec += 26 * MINUTE_S * G_TIME_SPAN_SECOND;
  central_fixture_start (fixture);
  check_level (fixture, id, 2, "xxx-");
  check_rings (fixture, id, "", "6>2", "6>2", "");
  audit = central_fixture_get_audit (fixture, id);
  g_assert_cmpstr (audit, ==, OFFICER " submit, service rise");
  /* From when it was due, not from when somebody looked. */
  go_on (fixture, 19 * MINUTE_S);
  check_level (fixture, id, 0, "xxxx");
}

/* A report that comes again begins anew, and one that is decided rises no more. */
static void
test_rise_anew (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = NULL;
  g_autoptr (JsonObject) filed = NULL;
  g_autoptr (JsonObject) returned = NULL;
  g_autoptr (JsonObject) again = NULL;
  const char *id;

  put_more_accounts (fixture);
  case_ = central_fixture_new_case (fixture, 600);
  id = reunion_case_get_id (case_);
  filed = central_fixture_file (fixture, 201, OFFICER, case_);
  go_on (fixture, 10 * MINUTE_S);
  check_level (fixture, id, 4, "xx--");
  returned = central_fixture_decide (fixture, 200, COUNTY, id, "return", "Which school?");
  go_on (fixture, HOUR_S);
  check_rings (fixture, id, "", "6>4", "", "");
  again = central_fixture_file (fixture, 201, OFFICER, case_);
  check_level (fixture, id, 6, "x---");
  go_on (fixture, 10 * MINUTE_S);
  check_rings (fixture, id, "", "6>4 6>4", "", "");
}

/* Set back by hours, the clock makes nobody wait longer than one level says. */
static void
test_rise_and_clock (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;

  put_more_accounts (fixture);
  id = file (fixture, 4 * HOUR_S);
  go_on (fixture, -3 * HOUR_S);
  check_level (fixture, id, 6, "x---");
  go_on (fixture, 10 * MINUTE_S);
  check_level (fixture, id, 4, "xx--");
  go_on (fixture, 30 * 24 * HOUR_S);
  check_level (fixture, id, 0, "xxxx");
  check_rings (fixture, id, "", "6>4", "4>0", "4>0");
}

/* How long is the policy's to say; a new one holds for what waits already. */
static void
test_own_levels (CentralFixture *fixture, gconstpointer data)
{
  const ReunionStage stages[] = { { 0, 0, 50 } };
  const ReunionReviewLevel levels[] = { { 6, 30 * G_TIME_SPAN_SECOND }, { 2, 0 } };
  g_autofree char *id = NULL;
  GError *error = NULL;

  put_more_accounts (fixture);
  id = file (fixture, 600);
  central_fixture_stop (fixture);
  fixture->policy = reunion_policy_new_with_levels (stages, 1, levels, 2, &error);
  g_assert_no_error (error);
  central_fixture_start (fixture);
  go_on (fixture, 29);
  check_level (fixture, id, 6, "x---");
  go_on (fixture, 1);
  check_level (fixture, id, 2, "xxx-");
  go_on (fixture, 30 * 24 * HOUR_S);
  check_level (fixture, id, 2, "xxx-");
  check_rings (fixture, id, "", "6>2", "6>2", "");
}

/* The timer sees a clock that jumps while nothing else happens. */
static void
test_rise_by_itself (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  gint64 n_rings = 0;

  put_more_accounts (fixture);
  id = file (fixture, 600);
  fixture->now_usec += 10 * MINUTE_S * G_TIME_SPAN_SECOND;
  CENTRAL_WAIT ((n_rings = central_fixture_count (
                     fixture, "SELECT count(*) FROM changes WHERE level = 4", NULL))
                > 0);
  g_assert_cmpint (n_rings, ==, 1);
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/waiting/order", test_order);
  central_test_add ("/central/waiting/clock-runs", test_clock_runs);
  central_test_add ("/central/waiting/who-asks", test_who_asks);
  central_test_add ("/central/waiting/lock", test_lock);
  central_test_add ("/central/waiting/lock-ends", test_lock_ends);
  central_test_add ("/central/waiting/lock-and-clock", test_lock_and_clock);
  central_test_add ("/central/waiting/lock-refused", test_lock_refused);
  central_test_add ("/central/waiting/rise", test_rise);
  central_test_add ("/central/waiting/empty-levels", test_empty_levels);
  central_test_add ("/central/waiting/rise-after-downtime", test_rise_after_downtime);
  central_test_add ("/central/waiting/rise-anew", test_rise_anew);
  central_test_add ("/central/waiting/rise-and-clock", test_rise_and_clock);
  central_test_add ("/central/waiting/own-levels", test_own_levels);
  central_test_add ("/central/waiting/rise-by-itself", test_rise_by_itself);
  return g_test_run ();
}
