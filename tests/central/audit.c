/* audit.c: tests of the chain: what was altered, removed, moved or cut off is seen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-audit.h"
#include "central-fixture.h"
#include "reunion-central-audit.h"
#include "reunion-central-schema.h"
#include "reunion-central-store-private.h"

#include <glib/gstdio.h>
#include <string.h>

static void
run (ReunionCentralStore *store, const char *sql)
{
  GError *error = NULL;

  reunion_db_run (reunion_central_store_get_db (store), &error, sql, "");
  g_assert_no_error (error);
}

static gint64
number_of (ReunionCentralStore *store, const char *sql)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  GError *error = NULL;

  stmt = reunion_db_query (reunion_central_store_get_db (store), &error, sql, "");
  g_assert_no_error (error);
  return reunion_stmt_next (stmt, &error) ? reunion_stmt_get_int (stmt, 0) : -1;
}

/* What happens in a service: a case from end to end, sign-ins, accounts. */
static void
live (CentralFixture *fixture, const char *station_code)
{
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *body = g_strdup_printf ("{\"code\":\"%s\",\"name\":\"所\"}", station_code);
  g_autoptr (JsonObject) closed = central_fixture_close (fixture, 200, OFFICER, id, "lost");
  g_autoptr (JsonObject) session
      = central_fixture_expect (fixture, 201, NOBODY, "POST", "/v1/sessions",
                                "{\"account\":\"" OFFICER "\",\"password\":\"" OFFICER "\"}");
  g_autoptr (JsonObject) wrong
      = central_fixture_expect (fixture, 401, NOBODY, "POST", "/v1/sessions",
                                "{\"account\":\"" OFFICER "\",\"password\":\"guess\"}");
  g_autoptr (JsonObject) nobody
      = central_fixture_expect (fixture, 401, NOBODY, "POST", "/v1/sessions",
                                "{\"account\":\"my-secret-password\",\"password\":\"x\"}");
  g_autoptr (JsonObject) refused
      = central_fixture_expect (fixture, 403, OFFICER, "GET", "/v1/accounts", NULL);
  g_autoptr (JsonObject) station
      = central_fixture_expect (fixture, 201, ADMINISTRATOR, "POST", "/v1/stations", body);
  g_autoptr (JsonObject) revoked
      = central_fixture_expect (fixture, 200, ADMINISTRATOR, "POST", "/v1/sessions/revoke",
                                "{\"account\":\"" OTHER_OFFICER "\"}");
}

static void
copy (CentralFixture *fixture, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize length;
  GError *error = NULL;

  run (fixture->store, "PRAGMA wal_checkpoint (TRUNCATE)");
  g_file_get_contents (fixture->path, &bytes, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, bytes, (gssize) length, &error);
  g_assert_no_error (error);
}

static void
drop (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
}

/* All of it is there, in order, and nothing of who is missing. */
static void
test_entries (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *who;
    const char *what;
    const char *about; /* NULL: whatever */
  } expected[] = {
    { "reunion-central", "chain.start", NULL },
    { OFFICER, "submit", NULL },
    { REVIEWER, "approve", NULL },
    { OFFICER, "close", NULL },
    { OFFICER, "sign_in", NULL },
    { OFFICER, "sign_in.refused", NULL },
    { "unknown", "sign_in.refused", NULL },
    { OFFICER, "refused", "GET /v1/accounts" },
    { ADMINISTRATOR, "station.create", "520524-09" },
    { ADMINISTRATOR, "sessions.revoke", OTHER_OFFICER },
  };
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autofree char *head = NULL;
  GError *error = NULL;
  gint64 first_bad = 0;
  gsize n_found = 0;

  live (fixture, "520524-09");
  stmt = reunion_db_query (reunion_central_store_get_db (fixture->store), &error,
                           "SELECT who, what, about, origin, number, hash, case_id FROM audit"
                           " ORDER BY sequence",
                           "");
  g_assert_no_error (error);
  while (reunion_stmt_next (stmt, &error))
    {
      g_assert_cmpuint (n_found, <, G_N_ELEMENTS (expected));
      g_assert_cmpstr (reunion_stmt_get_text (stmt, 0), ==, expected[n_found].who);
      g_assert_cmpstr (reunion_stmt_get_text (stmt, 1), ==, expected[n_found].what);
      if (expected[n_found].about != NULL)
        g_assert_cmpstr (reunion_stmt_get_text (stmt, 2), ==, expected[n_found].about);
      g_assert_cmpint (reunion_stmt_get_int (stmt, 4), ==, (gint64) n_found + 1);
      g_assert_cmpuint (strlen (reunion_stmt_get_text (stmt, 5)), ==, 64);
      n_found++;
    }
  g_assert_no_error (error);
  reunion_stmt_reset (stmt);
  g_assert_cmpuint (n_found, ==, G_N_ELEMENTS (expected));
  g_assert_true (central_audit_verify (fixture->store, &first_bad, &error));
  g_assert_no_error (error);
  g_assert_cmpint (first_bad, ==, -1);
  head = central_audit_get_head (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_true (central_audit_verify_with_head (fixture->store, head, NULL, &error));
  /* A head that was kept earlier is in it too. */
  live (fixture, "520524-10");
  g_assert_true (central_audit_verify_with_head (fixture->store, head, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (
      central_fixture_count (
          fixture, "SELECT count(*) FROM audit WHERE who LIKE $1 OR about LIKE $1", "%secret%"),
      ==, 0);
}

/* Whatever somebody does who can write the file. */
static void
test_tampered (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *what;
    const char *sql;
    gint64 first_bad;    /* number, of the entry in the chain as it was; 0: the next one */
    gboolean needs_head; /* seen only with the head that was kept elsewhere */
  } rows[] = {
    { "who", "UPDATE audit SET who = 'ma.li' WHERE number = 3", 3, FALSE },
    { "what", "UPDATE audit SET what = 'reject' WHERE number = 3", 3, FALSE },
    { "when", "UPDATE audit SET at_usec = at_usec + 1 WHERE number = 3", 3, FALSE },
    { "case", "UPDATE audit SET case_id = NULL WHERE number = 3", 3, FALSE },
    { "about", "UPDATE audit SET about = 'GET /v1/policy' WHERE number = 8", 8, FALSE },
    { "origin", "UPDATE audit SET origin = '10.0.0.1' WHERE number = 6", 6, FALSE },
    { "revision", "UPDATE audit SET revision = 7 WHERE number = 3", 3, FALSE },
    { "record", "UPDATE audit SET record = '{}' WHERE number = 3", 3, FALSE },
    { "record gone", "UPDATE audit SET record = NULL WHERE number = 3", 3, FALSE },
    { "record and its hash gone",
      "UPDATE audit SET record = NULL, record_hash = NULL WHERE number = 3", 3, FALSE },
    { "record put in", "UPDATE audit SET record = '{}' WHERE number = 5", 5, FALSE },
    { "hash", "UPDATE audit SET hash = lower (hex (zeroblob (32))) WHERE number = 3", 3, FALSE },
    { "last hash", "UPDATE audit SET hash = lower (hex (zeroblob (32))) WHERE number = 10", 10,
      FALSE },
    { "one removed", "DELETE FROM audit WHERE number = 6", 7, FALSE },
    { "the first removed", "DELETE FROM audit WHERE number = 1", 2, FALSE },
    { "one removed and numbered anew",
      "DELETE FROM audit WHERE number = 6;"
      "UPDATE audit SET number = number - 1 WHERE number > 6",
      7, FALSE },
    { "two exchanged",
      "UPDATE audit SET sequence = 1000 WHERE number = 5;"
      "UPDATE audit SET sequence = sequence - 1 WHERE number = 6;"
      "UPDATE audit SET sequence = (SELECT sequence + 1 FROM audit WHERE number = 6)"
      "  WHERE number = 5",
      6, FALSE },
    { "two exchanged with their numbers",
      "UPDATE audit SET number = 11 - number WHERE number IN (5, 6)", 5, FALSE },
    { "put in", "INSERT INTO audit (at_usec, who, what) VALUES (0, 'ma.li', 'approve')", 11,
      FALSE },
    { "put in with a number",
      "INSERT INTO audit (at_usec, who, what, number, hash)"
      " VALUES (0, 'ma.li', 'approve', 11, 'abc')",
      11, FALSE },
    { "unchained", "UPDATE audit SET hash = NULL, number = NULL WHERE number = 6", 6, FALSE },
    { "all unchained", "UPDATE audit SET hash = NULL, number = NULL", 11, FALSE },
    { "cut off", "DELETE FROM audit WHERE number > 8", 9, FALSE },
    { "all gone", "DELETE FROM audit", 0, FALSE },
    { "the head gone", "DELETE FROM audit_head", 11, FALSE },
    { "cut off, and the head moved back",
      "DELETE FROM audit WHERE number > 8;"
      "UPDATE audit_head SET number = 8, hash = (SELECT hash FROM audit WHERE number = 8)",
      9, TRUE },
    { "all gone, and the head", "DELETE FROM audit; UPDATE audit_head SET number = 0, hash = ''", 0,
      TRUE },
  };
  g_autofree char *path = g_strconcat (fixture->path, "-copy", NULL);
  g_autofree char *head = NULL;

  live (fixture, "520524-09");
  head = central_audit_get_head (fixture->store, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ReunionCentralStore) store = NULL;
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) statements = g_strsplit (rows[i].sql, ";", -1);
      gint64 first_bad = -1, expected = -1;
      g_autofree char *find = NULL;

      copy (fixture, path);
      store = reunion_central_store_new (path, &error);
      g_assert_no_error (error);
      find = g_strdup_printf ("SELECT sequence FROM audit WHERE number = %" G_GINT64_FORMAT,
                              rows[i].first_bad);
      expected = number_of (store, find);
      for (gsize j = 0; statements[j] != NULL; j++)
        run (store, statements[j]);
      if (rows[i].needs_head && !central_audit_verify (store, &first_bad, &error))
        g_error ("%s: seen without a head: %s", rows[i].what, error->message);
      if (central_audit_verify_with_head (store, rows[i].needs_head ? head : NULL, &first_bad,
                                          &error))
        g_error ("%s: expected to be seen", rows[i].what);
      g_assert_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CORRUPT);
      g_test_message ("%s: %s", rows[i].what, error->message);
      if (expected != -1 && strstr (rows[i].sql, "sequence") == NULL && first_bad != expected)
        g_error ("%s: expected %" G_GINT64_FORMAT ", found %" G_GINT64_FORMAT, rows[i].what,
                 expected, first_bad);
      g_assert_cmpint (first_bad, >, 0);
      g_clear_object (&store);
      drop (path);
    }
}

/* The record goes with its case; nothing else may. */
static void
test_erased (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autoptr (JsonObject) closed = central_fixture_close (fixture, 200, OFFICER, id, "lost");
  GError *error = NULL;

  reunion_central_store_erase_audit_records (fixture->store, id, &error);
  g_assert_no_error (error);
  g_assert_false (central_audit_verify (fixture->store, NULL, &error));
  g_clear_error (&error);
  run (fixture->store, "UPDATE cases SET state = 'expired'");
  g_assert_true (central_audit_verify (fixture->store, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (central_fixture_count (fixture,
                                          "SELECT count(*) FROM audit WHERE record IS NOT NULL"
                                          " OR record_salt IS NOT NULL",
                                          NULL),
                   ==, 0);
  run (fixture->store, "UPDATE audit SET who = 'ma.li' WHERE number = 3");
  g_assert_false (central_audit_verify (fixture->store, NULL, &error));
  g_clear_error (&error);
}

/* What is older than the chain is held by its first entry. */
static void
test_older (CentralFixture *fixture, gconstpointer data)
{
  GError *error = NULL;
  gint64 first_bad = -1;

  run (fixture->store, "INSERT INTO audit (at_usec, who, what, case_id, revision)"
                       " VALUES (1, 'wang.jun', 'submit', 'a', NULL),"
                       " (2, 'li.min', 'approve', 'a', 2), (3, 'map', 'tip', 'a', NULL)");
  /* Nothing yet that it could not fit. */
  g_assert_true (central_audit_verify (fixture->store, NULL, &error));
  g_assert_no_error (error);
  live (fixture, "520524-09");
  g_assert_true (central_audit_verify (fixture->store, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (central_fixture_count (fixture,
                                          "SELECT count(*) FROM audit WHERE number = 1"
                                          " AND about LIKE '3 older entries, sha256:%'",
                                          NULL),
                   ==, 1);
  run (fixture->store, "UPDATE audit SET who = 'ma.li' WHERE at_usec = 2");
  g_assert_false (central_audit_verify (fixture->store, &first_bad, &error));
  g_assert_cmpint (first_bad, ==,
                   number_of (fixture->store, "SELECT sequence FROM audit WHERE number = 1"));
  g_clear_error (&error);
}

/* What is rolled back leaves no gap. */
static void
test_rolled_back (CentralFixture *fixture, gconstpointer data)
{
  GError *error = NULL;

  live (fixture, "520524-09");
  for (guint i = 0; i < 3; i++)
    {
      reunion_central_store_begin (fixture->store, &error);
      central_audit_add (fixture->service, "a", "b", NULL, NULL, &error);
      reunion_central_store_rollback (fixture->store);
      g_assert_no_error (error);
    }
  central_audit_note (fixture->service, "a", "b", NULL, NULL);
  g_assert_true (central_audit_verify (fixture->store, NULL, &error));
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/audit/entries", test_entries);
  central_test_add ("/central/audit/tampered", test_tampered);
  central_test_add ("/central/audit/erased", test_erased);
  central_test_add ("/central/audit/older", test_older);
  central_test_add ("/central/audit/rolled-back", test_rolled_back);
  return g_test_run ();
}
