/* sample.c: tests of the store to try things on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-sample.h"
#include "central-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
get_folder (void)
{
  const char *root = g_getenv ("REUNION_SOURCE_ROOT");

  g_assert_nonnull (root);
  return g_build_filename (root, "data", "sample", NULL);
}

static void
load (CentralFixture *fixture, const char *partner_url)
{
  g_autofree char *folder = get_folder ();
  GError *error = NULL;

  central_sample_load (fixture->service, folder, partner_url, &error);
  g_assert_no_error (error);
}

static void
check_tally (JsonObject *tally, guint issued, guint found)
{
  g_assert_cmpint (json_object_get_int_member (tally, "issued"), ==, issued);
  g_assert_cmpint (json_object_get_int_member (tally, "found"), ==, found);
}

/* The published figures of the first year of service. */
static void
test_first_year (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *outcome;
    guint n;
  } outcomes[] = {
    { "left_home", 750 },  { "lost", 192 },   { "drowned", 75 },
    { "schoolmates", 67 }, { "rescued", 40 }, { "killed", 29 },
    { "accident", 7 },     { "other", 114 },  { "none", 43 },
  };
  g_autoptr (JsonObject) statistics = NULL;
  JsonObject *period, *nation, *provinces, *by_outcome;
  g_autoptr (GList) codes = NULL;
  guint issued = 0, found = 0;

  load (fixture, NULL);
  statistics = central_fixture_expect (fixture, 200, ADMINISTRATOR, "GET", "/v1/statistics", NULL);
  period = json_array_get_object_element (json_object_get_array_member (statistics, "periods"), 0);
  g_assert_cmpstr (json_object_get_string_member (period, "from"), ==, "2016-05-14T16:00:00Z");
  g_assert_cmpstr (json_object_get_string_member (period, "to"), ==, "2017-05-14T16:00:00Z");
  nation = json_object_get_object_member (period, "nation");
  check_tally (nation, 1317, 1274);
  g_assert_cmpint ((1274 * 20000 / 1317 + 1) / 2, ==, 9674);
  by_outcome = json_object_get_object_member (nation, "outcomes");
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    g_assert_cmpint (json_object_get_int_member (by_outcome, outcomes[i].outcome), ==,
                     outcomes[i].n);
  provinces = json_object_get_object_member (period, "provinces");
  check_tally (json_object_get_object_member (provinces, "34"), 149, 146);
  codes = json_object_get_members (provinces);
  for (GList *l = codes; l != NULL; l = l->next)
    {
      JsonObject *province = json_object_get_object_member (provinces, l->data);

      issued += (guint) json_object_get_int_member (province, "issued");
      found += (guint) json_object_get_int_member (province, "found");
    }
  g_assert_cmpuint (issued, ==, 1317);
  g_assert_cmpuint (found, ==, 1274);
}

/* The published figures of the first two and three years. */
static void
test_later_years (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    int year;
    guint issued, found;
  } sums[] = { { 2017, 1317, 1274 }, { 2018, 3053, 2980 }, { 2019, 3978, 3901 } };

  load (fixture, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/v1/statistics?to=%d-05-15T00:00:00%%2B08:00", sums[i].year);
      g_autoptr (JsonObject) statistics
          = central_fixture_expect (fixture, 200, ADMINISTRATOR, "GET", path, NULL);
      JsonObject *nation = json_object_get_object_member (
          json_object_get_object_member (statistics, "total"), "nation");

      check_tally (nation, sums[i].issued, sums[i].found);
    }
  {
    g_autoptr (JsonObject) all
        = central_fixture_expect (fixture, 200, ADMINISTRATOR, "GET", "/v1/statistics", NULL);
    JsonArray *periods = json_object_get_array_member (all, "periods");

    /* Three years, and those of the cases that are new each time. */
    g_assert_cmpuint (json_array_get_length (periods), >=, 4);
    check_tally (
        json_object_get_object_member (json_array_get_object_element (periods, 1), "nation"),
        3053 - 1317, 2980 - 1274);
    check_tally (
        json_object_get_object_member (json_array_get_object_element (periods, 2), "nation"),
        3978 - 3053, 3901 - 2980);
  }
}

static void
test_contents (CentralFixture *fixture, gconstpointer data)
{
  load (fixture, NULL);
  g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM partners", NULL), ==, 21);
  g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM cases", NULL), ==,
                   3978 + 4);
  g_assert_cmpint (
      central_fixture_count (fixture, "SELECT count(*) FROM cases WHERE state <> 'expired'", NULL),
      ==, 4);
  g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM tips", NULL), >, 0);
  g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM photos", NULL), >=, 4);
  /* Nothing goes out on load. */
  g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM deliveries", NULL), ==, 0);
  g_assert_cmpint (
      central_fixture_count (fixture, "SELECT count(*) FROM partners WHERE url IS NOT NULL", NULL),
      ==, 0);
}

/* Every account of the file signs in; there are officers, a reviewer and an
 * administrator. */
static void
test_accounts (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = get_folder ();
  g_autofree char *path = g_build_filename (folder, "accounts.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) object = NULL;
  JsonArray *rows;
  guint n_officers = 0, n_reviewers = 0;

  load (fixture, NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  object = reunion_json_parse (text, -1, NULL);
  rows = json_object_get_array_member (object, "accounts");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      g_autofree char *body = g_strdup_printf ("{\"account\":\"%s\",\"password\":\"%s\"}",
                                               json_object_get_string_member (row, "account"),
                                               json_object_get_string_member (row, "password"));
      g_autoptr (JsonObject) session
          = central_fixture_expect (fixture, 201, NOBODY, "POST", "/v1/sessions", body);
      const char *role = json_object_get_string_member (row, "role");

      g_assert_cmpstr (json_object_get_string_member (
                           json_object_get_object_member (session, "account"), "role"),
                       ==, role);
      n_officers += g_str_equal (role, "officer");
      n_reviewers += g_str_equal (role, "reviewer");
    }
  g_assert_cmpuint (n_officers, >=, 2);
  g_assert_cmpuint (n_reviewers, >=, 1);
}

static void
test_partner_urls (CentralFixture *fixture, gconstpointer data)
{
  load (fixture, "http://127.0.0.1:9/hooks/");
  g_assert_cmpint (central_fixture_count (
                       fixture,
                       "SELECT count(*) FROM partners"
                       " WHERE url = 'http://127.0.0.1:9/hooks/' || id AND secret LIKE 'whsec_%'",
                       NULL),
                   ==, 21);
}

/* The sample goes on living: a case that is out escalates and takes tips. */
static void
test_lives_on (CentralFixture *fixture, gconstpointer data)
{
  gint64 n_before;

  load (fixture, NULL);
  n_before = central_fixture_count (
      fixture, "SELECT count(*) FROM cases WHERE next_change_usec IS NOT NULL", NULL);
  central_fixture_set_clock (fixture, fixture->now_usec + G_TIME_SPAN_DAY);
  g_assert_cmpint (
      central_fixture_count (fixture,
                             "SELECT count(*) FROM cases WHERE next_change_usec IS NOT NULL", NULL),
      ==, 0);
  g_assert_cmpint (
      central_fixture_count (fixture, "SELECT count(*) FROM audit WHERE what = 'escalate'", NULL),
      >=, n_before);
}

static void
test_refused (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = get_folder ();
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) twice = NULL;

  g_assert_false (central_sample_load (fixture->service, "/nowhere/at/all", NULL, &missing));
  g_assert_nonnull (strstr (missing->message, "/nowhere/at/all"));
  g_assert_cmpint (reunion_central_store_count_cases (fixture->store), ==, 0);
  load (fixture, NULL);
  g_assert_false (central_sample_load (fixture->service, folder, NULL, &twice));
  g_assert_error (twice, CENTRAL_ERROR, CENTRAL_ERROR_CONFLICT);
  g_assert_cmpint (reunion_central_store_count_cases (fixture->store), ==, 3978 + 4);
}

/* All or nothing: a folder that is broken at its last file leaves no trace. */
static void
test_broken (CentralFixture *fixture, gconstpointer data)
{
#define HEAD "id,region,last_seen,issued,closed,outcome,sex,age_years,found_through_tip\n"
  static const char *const names[] = { "accounts.json", "partners.json", "cases.json" };
  static const char *const years[] = {
    "id,region\n",
    HEAD "nonsense,130102,x,x,,lost,male,7,1\n",
    HEAD "83e25dfa-e382-403e-a96c-b003996febcc,13\n",
    /* As good as it can be; the later years are missing. */
    HEAD,
  };
  g_autofree char *folder = get_folder ();
  g_autofree char *portraits = g_build_filename (folder, "portraits", NULL);
  g_autofree char *copy = g_dir_make_tmp ("reunion-sample-XXXXXX", NULL);
  g_autofree char *link = g_build_filename (copy, "portraits", NULL);
  g_autofree char *year = g_build_filename (copy, "first-year.csv", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *from = g_build_filename (folder, names[i], NULL);
      g_autofree char *to = g_build_filename (copy, names[i], NULL);
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (from, &text, NULL, NULL));
      g_assert_true (g_file_set_contents (to, text, -1, NULL));
    }
  {
    g_autoptr (GFile) file = g_file_new_for_path (link);

    g_assert_true (g_file_make_symbolic_link (file, portraits, NULL, NULL));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (years); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (year, years[i], -1, NULL));
      g_assert_false (central_sample_load (fixture->service, copy, NULL, &error));
      g_assert_nonnull (error);
      g_assert_cmpint (reunion_central_store_count_cases (fixture->store), ==, 0);
      g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM partners", NULL), ==,
                       0);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (copy, names[i], NULL);

      g_unlink (path);
    }
  g_unlink (link);
  g_unlink (year);
  g_assert_cmpint (g_rmdir (copy), ==, 0);
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/sample/first-year", test_first_year);
  central_test_add ("/central/sample/later-years", test_later_years);
  central_test_add ("/central/sample/contents", test_contents);
  central_test_add ("/central/sample/accounts", test_accounts);
  central_test_add ("/central/sample/partner-urls", test_partner_urls);
  central_test_add ("/central/sample/lives-on", test_lives_on);
  central_test_add ("/central/sample/refused", test_refused);
  central_test_add ("/central/sample/broken", test_broken);
  return g_test_run ();
}
