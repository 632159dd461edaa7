/* test-case-results.c: the list of cases that answer a question keeps up with the
 * store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-case-results.h"
#include "reunion-wire.h"
#include "store-test-utils.h"
#include "test-helpers.h"

typedef struct
{
  StoreTestFolder *folder;
  ReunionStationStore *store;
  DeskSession *session;
  DeskCaseResults *results;
  GPtrArray *told; /* "index -removed +added" */
} Fixture;

static void
items_changed_cb (GListModel *model, guint index, guint removed, guint added, GPtrArray *told)
{
  g_ptr_array_add (told, g_strdup_printf ("%u -%u +%u", index, removed, added));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionClient) client = reunion_client_new ("http://127.0.0.1:9");
  g_autoptr (ReunionSync) sync = NULL;

  fixture->folder = store_test_folder_new ();
  fixture->store = store_test_open_station (fixture->folder);
  sync = reunion_sync_new (fixture->store, client);
  fixture->session = desk_session_new (fixture->store, sync, NULL);
  fixture->results = desk_case_results_new (fixture->session);
  fixture->told = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (fixture->results, "items-changed", G_CALLBACK (items_changed_cb),
                    fixture->told);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->results);
  g_clear_object (&fixture->session);
  g_clear_object (&fixture->store);
  store_test_folder_free (fixture->folder);
  g_ptr_array_unref (fixture->told);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static ReunionCase *
make_case (guint number)
{
  ReunionCase *case_ = store_test_make_case ();
  g_autofree char *name = g_strdup_printf ("%c%u", number % 2 == 0 ? 'e' : 'o', number);

  reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_NAME, name);
  reunion_report_set_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN,
                          STORE_TEST_NOW - number * 3600 * (gint64) G_USEC_PER_SEC);
  reunion_case_set_state (case_, REUNION_CASE_STATE_PUBLISHED);
  reunion_case_set_revision (case_, 1);
  return case_;
}

/* Numbers @first to @first + @n - 1, the smallest the latest. */
static void
fill (Fixture *fixture, guint first, guint n)
{
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_change_free);
  gint64 sequence = reunion_station_store_get_cursor (fixture->store);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ReunionCase) case_ = make_case (first + i);

      g_ptr_array_add (changes, reunion_change_new_case (++sequence, case_));
    }
  g_assert_true (reunion_station_store_apply_changes (fixture->store, changes, sequence, NULL));
}

static void
feed (Fixture *fixture, ReunionCase *case_)
{
  store_test_feed_case (fixture->store, reunion_station_store_get_cursor (fixture->store) + 1,
                        case_);
}

/* The names from @first on, as many as there are up to three, and how many are
 * listed. */
static void
expect_list (Fixture *fixture, const char *label, guint n, guint first, const char *expected)
{
  GListModel *model = G_LIST_MODEL (fixture->results);
  g_autoptr (GString) names = g_string_new (NULL);

  test_expect_int (label, n, g_list_model_get_n_items (model));
  for (guint i = first; i < MIN (first + 3, g_list_model_get_n_items (model)); i++)
    {
      g_autoptr (DeskCaseItem) item = g_list_model_get_item (model, i);
      ReunionReport *report = reunion_case_get_report (desk_case_item_get_case (item));

      g_string_append_printf (names, "%s%s", i > first ? " " : "",
                              reunion_report_get_text (report, REUNION_FIELD_NAME));
    }
  test_expect_string (label, expected, names->str);
}

static void
expect_told (Fixture *fixture, const char *label, const char *expected)
{
  g_autofree char *told = NULL;

  g_ptr_array_add (fixture->told, NULL);
  told = g_strjoinv (", ", (char **) fixture->told->pdata);
  test_expect_string (label, expected, told);
  g_ptr_array_set_size (fixture->told, 0);
}

static void
test_asked (Fixture *fixture, gconstpointer data)
{
  const ReunionCaseQuery all = { 0 };
  char text[] = "e1";
  const ReunionCaseQuery even = { .text = text };

  fill (fixture, 0, 3000);
  settle ();
  expect_list (fixture, "before it is asked", 0, 0, "");
  desk_case_results_set_query (fixture->results, &all);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->results)), >=, 200);
  settle ();
  expect_list (fixture, "all", 3000, 0, "e0 o1 e2");
  expect_list (fixture, "all, at the end", 3000, 2997, "o2997 e2998 o2999");
  desk_case_results_set_query (
      fixture->results,
      &(ReunionCaseQuery){ .text = "e29", .states = 1u << REUNION_CASE_STATE_PUBLISHED });
  settle ();
  expect_list (fixture, "e29", 55, 0, "e290 e292 e294");
  desk_case_results_set_query (fixture->results, &(ReunionCaseQuery){ .text = "nobody" });
  settle ();
  expect_list (fixture, "nobody", 0, 0, "");
  desk_case_results_set_query (fixture->results, &even);
  text[0] = 'o'; /* the question was copied */
  settle ();
  expect_list (fixture, "again", 555, 0, "e10 e12 e14");
}

static void
test_one_written (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = make_case (5);
  ReunionReport *report = reunion_case_get_report (case_);
  guint index = 0;

  fill (fixture, 0, 5);
  fill (fixture, 6, 4);
  settle ();
  desk_case_results_set_query (fixture->results, &(ReunionCaseQuery){ .text = "chengguan" });
  expect_told (fixture, "asked", "0 -0 +9");
  feed (fixture, case_);
  settle ();
  expect_told (fixture, "new", "5 -0 +1");
  expect_list (fixture, "new", 10, 4, "e4 o5 e6");
  reunion_report_set_text (report, REUNION_FIELD_NAME, "renamed");
  feed (fixture, case_);
  settle ();
  expect_told (fixture, "renamed", "");
  expect_list (fixture, "renamed", 10, 4, "e4 renamed e6");
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, STORE_TEST_NOW + G_USEC_PER_SEC * 60);
  feed (fixture, case_);
  settle ();
  expect_told (fixture, "moved", "5 -1 +0, 0 -0 +1");
  expect_list (fixture, "moved", 10, 0, "renamed e0 o1");
  reunion_case_set_station (case_, "1", "elsewhere");
  feed (fixture, case_);
  settle ();
  expect_told (fixture, "fits no more", "0 -1 +0");
  g_assert_false (desk_case_results_find (fixture->results, reunion_case_get_id (case_), &index));
}

static void
notified_cb (guint *n_notified)
{
  (*n_notified)++;
}

/* A view that holds a line is told of its own case only, and keeps its item. */
static void
test_items (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = make_case (1);
  g_autoptr (DeskCaseItem) first = NULL;
  g_autoptr (DeskCaseItem) second = NULL;
  g_autoptr (DeskCaseItem) same = NULL;
  guint n_first = 0, n_second = 0;

  fill (fixture, 0, 1);
  feed (fixture, case_);
  settle ();
  desk_case_results_set_query (fixture->results, &(ReunionCaseQuery){ 0 });
  first = g_list_model_get_item (G_LIST_MODEL (fixture->results), 0);
  second = g_list_model_get_item (G_LIST_MODEL (fixture->results), 1);
  g_assert_cmpstr (desk_case_item_get_id (second), ==, reunion_case_get_id (case_));
  g_signal_connect_swapped (first, "notify::case", G_CALLBACK (notified_cb), &n_first);
  g_signal_connect_swapped (second, "notify::case", G_CALLBACK (notified_cb), &n_second);
  reunion_case_set_state (case_, REUNION_CASE_STATE_CLOSED);
  feed (fixture, case_);
  settle ();
  g_assert_cmpuint (n_first, ==, 0);
  g_assert_cmpuint (n_second, ==, 1);
  g_assert_cmpint (reunion_case_get_state (desk_case_item_get_case (second)), ==,
                   REUNION_CASE_STATE_CLOSED);
  same = g_list_model_get_item (G_LIST_MODEL (fixture->results), 1);
  g_assert_true (same == second);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->results), 2));
  /* Many at once: nothing has moved, and all are told. */
  g_ptr_array_set_size (fixture->told, 0);
  fill (fixture, 10, 2);
  settle ();
  expect_told (fixture, "many", "1 -0 +2");
  g_assert_cmpuint (n_first, ==, 1);
  g_assert_cmpuint (n_second, ==, 2);
}

/* What is written while the list is still being filled is there in the end, once. */
static void
test_written_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) early = make_case (0);
  g_autoptr (ReunionCase) late = make_case (9000);

  fill (fixture, 1, 4000);
  settle ();
  desk_case_results_set_query (fixture->results, &(ReunionCaseQuery){ .text = "jacket" });
  feed (fixture, early);
  g_main_context_iteration (NULL, FALSE);
  feed (fixture, late);
  fill (fixture, 5000, 2);
  settle ();
  expect_list (fixture, "the first", 4004, 0, "e0 o1 e2");
  expect_list (fixture, "the last", 4004, 4001, "e5000 o5001 e9000");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                                        \
  g_test_add ("/case-results/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("asked", test_asked);
  ADD ("one-written", test_one_written);
  ADD ("items", test_items);
  ADD ("written-meanwhile", test_written_meanwhile);
  return g_test_run ();
}
