/* upkeep.c: tests that a store of before is put where later versions look
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-fixture.h"
#include "central-upkeep.h"
#include "reunion-central-circles.h"
#include "reunion-central-facts.h"
#include "reunion-central-store-private.h"
#include "reunion-central-waiting.h"

static void
run (CentralFixture *fixture, const char *sql)
{
  GError *error = NULL;

  if (!reunion_db_run (reunion_central_store_get_db (fixture->store), &error, sql, ""))
    g_error ("%s: %s", sql, error->message);
}

/* As the migration leaves it: the cases are there, and what is taken from them is
 * not. */
static void
forget (CentralFixture *fixture)
{
  static const char *const statements[] = {
    "DELETE FROM circles",       "DELETE FROM waiting",
    "DELETE FROM case_facts",    "DELETE FROM tip_facts",
    "DELETE FROM service_notes", "INSERT INTO unindexed (case_id) SELECT id FROM cases",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    run (fixture, statements[i]);
}

static void
put_tip (CentralFixture *fixture, const char *case_id, const char *id, ReunionTipState state)
{
  g_autoptr (ReunionTip) tip = reunion_tip_new (id, case_id);
  GError *error = NULL;

  reunion_tip_set_origin (tip, "map", id);
  reunion_tip_set_text (tip, "seen");
  reunion_tip_set_received_usec (tip, fixture->now_usec);
  reunion_tip_set_state (tip, state);
  g_assert_true (reunion_central_store_begin (fixture->store, NULL));
  if (!central_service_finish (
          fixture->service,
          central_service_record_tip (fixture->service, tip, "map", "tip", &error), &error))
    g_error ("%s", error->message);
}

/* One line for each row. Transfer full. */
static char *
dump (CentralFixture *fixture, const char *sql)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  GString *text = g_string_new (NULL);
  GError *error = NULL;

  stmt = reunion_db_query (reunion_central_store_get_db (fixture->store), &error, sql, "");
  while (stmt != NULL && reunion_stmt_next (stmt, &error))
    g_string_append_printf (text, "%s\n", reunion_stmt_get_text (stmt, 0));
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

static const char *const tables[] = {
  "SELECT case_id || ' ' || radius_km || ' ' || band || ' ' || published_usec FROM circles"
  " ORDER BY case_id",
  "SELECT case_id || ' ' || region || ' ' || lost_usec || ' ' || since_usec || ' ' || level || ' '"
  " || rises_usec FROM waiting ORDER BY case_id",
  "SELECT case_id || ' ' || region || ' ' || state || ' ' || outcome || ' ' || sex || ' ' ||"
  " age_band || ' ' || lost_usec || ' ' || reported_usec || ' ' || published_usec || ' ' ||"
  " closed_usec || ' ' || n_tips || ' ' || coalesce (found_by_tip, -1) FROM case_facts"
  " ORDER BY case_id",
  "SELECT tip_id || ' ' || case_id || ' ' || led FROM tip_facts ORDER BY tip_id",
  "SELECT id || ' ' || coalesce (next_change_usec, -1) || ' ' || revision FROM cases ORDER BY id",
};

static void
test_index (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *first = central_fixture_publish (fixture, 600);
  g_autofree char *second = central_fixture_publish (fixture, 2 * 3600 + 60);
  g_autofree char *ended = central_fixture_publish (fixture, 600);
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  g_autoptr (JsonObject) waiting = central_fixture_file (fixture, 201, OFFICER, case_);
  g_autoptr (JsonObject) closed = NULL;
  char *before[G_N_ELEMENTS (tables)];
  gint64 n_messages;

  put_tip (fixture, ended, "1", REUNION_TIP_STATE_LED);
  put_tip (fixture, ended, "2", REUNION_TIP_STATE_NEW);
  put_tip (fixture, first, "3", REUNION_TIP_STATE_DISMISSED);
  closed = central_fixture_close (fixture, 200, OFFICER, ended, "lost");
  n_messages = central_fixture_count (fixture, "SELECT count(*) FROM messages", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    before[i] = dump (fixture, tables[i]);
  forget (fixture);
  central_fixture_stop (fixture);
  central_fixture_start (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *after = dump (fixture, tables[i]);

      g_assert_cmpstr (before[i], !=, "");
      g_assert_cmpstr (before[i], ==, after);
      g_free (before[i]);
    }
  g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM unindexed", NULL), ==, 0);
  g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM messages", NULL), ==,
                   n_messages);
}

/* Interrupted between two batches, it goes on where it was. */
static void
test_interrupted (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *first = central_fixture_publish (fixture, 600);
  g_autofree char *second = central_fixture_publish (fixture, 600);
  GError *error = NULL;

  forget (fixture);
  g_assert_true (reunion_central_store_set_indexed (fixture->store, first, &error));
  g_assert_true (central_upkeep_run (fixture->service, &error));
  g_assert_no_error (error);
  g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM unindexed", NULL), ==, 0);
  g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM circles", NULL), ==, 1);
  g_assert_true (central_upkeep_run (fixture->service, &error));
}

/* A quicker table holds at once for what was planned by a slower one. */
static void
test_quicker_policy (CentralFixture *fixture, gconstpointer data)
{
  const ReunionStage quick[] = { { 0, 0, 100 }, { 0, 5 * G_TIME_SPAN_MINUTE, 150 } };
  g_autofree char *id = central_fixture_publish (fixture, 600);
  GError *error = NULL;

  central_fixture_stop (fixture);
  fixture->policy = reunion_policy_new (quick, 2, &error);
  g_assert_no_error (error);
  central_fixture_start (fixture);
  g_assert_cmpfloat (reunion_central_store_get_circle_radius_km (fixture->store, id, &error), ==,
                     150);
  g_assert_no_error (error);
}

/* One case that can't be escalated holds no other up. */
static void
test_broken_case (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *good = central_fixture_publish (fixture, 0);
  g_autofree char *bad = central_fixture_publish (fixture, 0);
  g_autofree char *other = central_fixture_publish (fixture, 0);
  g_autofree char *sql
      = g_strdup_printf ("CREATE TRIGGER broken BEFORE UPDATE OF record ON cases WHEN old.id = '%s'"
                         " BEGIN SELECT RAISE (ABORT, 'broken'); END",
                         bad);

  run (fixture, sql);
  g_test_expect_message ("reunion", G_LOG_LEVEL_WARNING, "*tried again in a minute*broken*");
  central_fixture_set_clock (fixture, fixture->now_usec + G_TIME_SPAN_HOUR);
  g_test_assert_expected_messages ();
  g_assert_cmpfloat (reunion_central_store_get_circle_radius_km (fixture->store, good, NULL), ==,
                     200);
  g_assert_cmpfloat (reunion_central_store_get_circle_radius_km (fixture->store, other, NULL), ==,
                     200);
  g_assert_cmpfloat (reunion_central_store_get_circle_radius_km (fixture->store, bad, NULL), ==,
                     100);
  run (fixture, "DROP TRIGGER broken");
  central_fixture_set_clock (fixture, fixture->now_usec + G_TIME_SPAN_MINUTE);
  g_assert_cmpfloat (reunion_central_store_get_circle_radius_km (fixture->store, bad, NULL), ==,
                     200);
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/upkeep/index", test_index);
  central_test_add ("/central/upkeep/interrupted", test_interrupted);
  central_test_add ("/central/upkeep/quicker-policy", test_quicker_policy);
  central_test_add ("/central/upkeep/broken-case", test_broken_case);
  return g_test_run ();
}
