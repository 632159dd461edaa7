/* bench-search.c: how long a question takes among many cases, against looking
 * through all their texts with LIKE, and what the index costs a save
 *
 *   bench-search [CASES [QUERIES [SEED]]]
 *
 * Makes the cases in a file of its own, with the settings of the product, asks,
 * prints a table, and removes the file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bench-cases.h"

#include "reunion-search-text.h"
#include "reunion-station-search.h"
#include "reunion-wire.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* 14 November 2023, 22:13:20 UTC. */
#define NOW_USEC (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC)
#define LIMIT 200
#define BATCH 1000
/* LIKE takes so long that it is asked a part of the questions only. */
#define LIKE_SHARE 20
#define N_SAVES 200

typedef struct
{
  const char *label;
  gboolean is_latin;
  guint n_characters; /* 0 for a question without text */
  guint states;
  gint64 days;      /* 0 for any time */
  double radius_km; /* 0 for any place */
} Kind;

#define SUBMITTED (1u << REUNION_CASE_STATE_SUBMITTED)
#define CLOSED (1u << REUNION_CASE_STATE_CLOSED)

static const Kind kinds[] = {
  { "nothing typed", FALSE, 0, 0, 0, 0 },
  { "1 character", FALSE, 1, 0, 0, 0 },
  { "2 characters", FALSE, 2, 0, 0, 0 },
  { "3 characters", FALSE, 3, 0, 0, 0 },
  { "6 characters", FALSE, 6, 0, 0, 0 },
  { "1 letter or digit", TRUE, 1, 0, 0, 0 },
  { "2 letters or digits", TRUE, 2, 0, 0, 0 },
  { "3 letters or digits", TRUE, 3, 0, 0, 0 },
  { "6 letters or digits", TRUE, 6, 0, 0, 0 },
  { "1 character, waiting", FALSE, 1, SUBMITTED, 0, 0 },
  { "2 characters, closed, 30 days", FALSE, 2, CLOSED, 30, 0 },
  { "waiting", FALSE, 0, SUBMITTED, 0, 0 },
  { "2 characters within 100 km", FALSE, 2, 0, 0, 100 },
  { "within 500 km, 1 year", FALSE, 0, 0, 365, 500 },
};

static char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("reunion-bench-XXXXXX", &error);

  if (folder == NULL)
    g_error ("%s", error->message);
  return folder;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

static double
ms_since (gint64 start_usec)
{
  return (double) (g_get_monotonic_time () - start_usec) / 1000.0;
}

/* Time that the processor gave to this thread: what other programs take at the
 * same moment is not in it. */
static double
get_cpu_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

/* --- figures --------------------------------------------------------------------- */

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static double
at_share (GArray *times, double share)
{
  guint index = (guint) (share * (double) times->len);

  return times->len > 0 ? g_array_index (times, double, MIN (index, times->len - 1)) : 0.0;
}

static double
mean_of (GArray *times)
{
  double sum = 0.0;

  for (guint i = 0; i < times->len; i++)
    sum += g_array_index (times, double, i);
  return times->len > 0 ? sum / times->len : 0.0;
}

static void
print_times (const char *label, GArray *times)
{
  g_array_sort (times, compare_doubles);
  g_print ("| %-31s | %5u | %7.2f | %7.2f | %7.2f | %7.2f |", label, times->len,
           at_share (times, 0.5), at_share (times, 0.95), at_share (times, 0.99),
           at_share (times, 1.0));
}

/* --- cases -------------------------------------------------------------------------- */

static void
feed (ReunionStationStore *store, GPtrArray *changes, gint64 next)
{
  g_autoptr (GError) error = NULL;

  if (!reunion_station_store_apply_changes (store, changes, next, &error))
    g_error ("%s", error->message);
  g_ptr_array_set_size (changes, 0);
}

/* Returns one in fifty of them, to ask for. */
static GPtrArray *
fill (ReunionStationStore *store, GRand *random_state, guint n_cases)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_change_free);

  for (guint i = 1; i <= n_cases; i++)
    {
      ReunionCase *case_ = bench_cases_make (random_state, NOW_USEC);

      if (i % 50 == 1)
        g_ptr_array_add (kept, g_object_ref (case_));
      g_ptr_array_add (changes, reunion_change_new_case (i, case_));
      g_object_unref (case_);
      if (i % BATCH == 0 || i == n_cases)
        feed (store, changes, i);
    }
  return kept;
}

/* --- questions ------------------------------------------------------------------------ */

static ReunionCaseQuery
make_query (const Kind *kind, GRand *random_state, ReunionCase *case_, char **text)
{
  ReunionCaseQuery query = { 0 };

  *text = kind->n_characters > 0
              ? bench_cases_make_query (random_state, case_, kind->is_latin, kind->n_characters)
              : NULL;
  query.text = *text;
  query.states = kind->states;
  if (kind->days > 0)
    query.from_usec = NOW_USEC - kind->days * 86400 * G_USEC_PER_SEC;
  query.has_circle = kind->radius_km > 0.0;
  query.radius_km = kind->radius_km;
  reunion_report_get_point (reunion_case_get_report (case_), &query.centre);
  return query;
}

static double
ask (ReunionStationStore *store, const ReunionCaseQuery *query, double *cpu_ms)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 start_usec = g_get_monotonic_time ();
  double start_cpu_ms = get_cpu_ms ();
  double ms;

  rows = reunion_station_store_search (store, query, LIMIT, &error);
  if (rows == NULL)
    g_error ("%s", error->message);
  ms = ms_since (start_usec);
  *cpu_ms = get_cpu_ms () - start_cpu_ms;
  return ms;
}

/* The same text, in the same order, as SQL alone would look for it. */
static double
ask_like (sqlite3 *db, const char *text)
{
  g_autofree char *folded = reunion_search_text_fold (text);
  g_autofree char *pattern = g_strdup_printf ("%%%s%%", folded);
  sqlite3_stmt *stmt = NULL;
  gint64 start_usec = g_get_monotonic_time ();

  if (sqlite3_prepare_v2 (db,
                          "SELECT r.* FROM case_texts t JOIN case_rows r USING (position)"
                          " WHERE t.text LIKE ? ORDER BY position LIMIT 200",
                          -1, &stmt, NULL)
      != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  sqlite3_bind_text (stmt, 1, pattern, -1, SQLITE_STATIC);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    continue;
  sqlite3_finalize (stmt);
  return ms_since (start_usec);
}

typedef struct
{
  GArray *times;
  GArray *cpu_times;
  GArray *like_times;
  GArray *same_times; /* of the questions that LIKE was asked too */
} Answers;

static GArray *
new_times (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

static void
answers_init (Answers *self)
{
  self->times = new_times ();
  self->cpu_times = new_times ();
  self->like_times = new_times ();
  self->same_times = new_times ();
}

static void
answers_clear (Answers *self)
{
  g_array_unref (self->times);
  g_array_unref (self->cpu_times);
  g_array_unref (self->like_times);
  g_array_unref (self->same_times);
}

static void
print_answers (const char *label, Answers *self)
{
  print_times (label, self->times);
  g_array_sort (self->cpu_times, compare_doubles);
  g_print (" %10.2f |", at_share (self->cpu_times, 0.99));
  if (self->like_times->len > 0)
    g_print (" %7.1f | %12.0f |\n", mean_of (self->like_times),
             mean_of (self->like_times) / mean_of (self->same_times));
  else
    g_print (" %7s | %12s |\n", "", "");
}

static void
ask_all (ReunionStationStore *store,
         sqlite3 *like,
         GRand *random_state,
         GPtrArray *cases,
         guint n_queries)
{
  Answers all;

  answers_init (&all);
  g_print ("| %-31s | %5s | %7s | %7s | %7s | %7s | %10s | %7s | %12s |\n", "question", "asked",
           "p50 ms", "p95 ms", "p99 ms", "max ms", "p99 CPU ms", "LIKE ms", "LIKE / index");
  g_print ("|---|---|---|---|---|---|---|---|---|\n");
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      Answers own;

      answers_init (&own);
      for (guint j = 0; j < n_queries / G_N_ELEMENTS (kinds); j++)
        {
          g_autofree char *text = NULL;
          ReunionCase *case_ = cases->pdata[g_rand_int_range (random_state, 0, (int) cases->len)];
          ReunionCaseQuery query = make_query (&kinds[i], random_state, case_, &text);
          double cpu_ms;
          double ms = ask (store, &query, &cpu_ms);

          g_array_append_val (own.times, ms);
          g_array_append_val (own.cpu_times, cpu_ms);
          if (text == NULL || j % LIKE_SHARE != 0)
            continue;
          g_array_append_val (own.same_times, ms);
          ms = ask_like (like, text);
          g_array_append_val (own.like_times, ms);
        }
      print_answers (kinds[i].label, &own);
      g_array_append_vals (all.times, own.times->data, own.times->len);
      g_array_append_vals (all.cpu_times, own.cpu_times->data, own.cpu_times->len);
      answers_clear (&own);
    }
  print_answers ("all", &all);
  answers_clear (&all);
}

/* --- saving ---------------------------------------------------------------------------- */

static void
save_all (ReunionStationStore *store, GRand *random_state, const char *label)
{
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) again = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *first_label = g_strdup_printf ("new, %s", label);
  g_autofree char *again_label = g_strdup_printf ("one word changed, %s", label);

  for (guint i = 0; i < N_SAVES; i++)
    {
      g_autoptr (ReunionCase) case_ = bench_cases_make (random_state, NOW_USEC);
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < 2; j++)
        {
          gint64 start_usec = g_get_monotonic_time ();
          double ms;

          if (!reunion_station_store_save_case (store, case_, &error))
            g_error ("%s", error->message);
          ms = ms_since (start_usec);
          if (j == 0)
            g_array_append_val (first, ms);
          else
            g_array_append_val (again, ms);
          reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_SHOES, "白色");
        }
    }
  print_times (first_label, first);
  g_print ("\n");
  print_times (again_label, again);
  g_print ("\n");
}

/* Triggers that let nothing in stand for a store without an index. */
static void
drop_index (sqlite3 *db)
{
  static const char *const sql
      = "DROP TABLE case_words; CREATE TABLE case_words (case_words, words);"
        "CREATE TRIGGER no_words BEFORE INSERT ON case_words BEGIN SELECT RAISE (IGNORE); END;"
        "CREATE TRIGGER no_texts BEFORE INSERT ON case_texts BEGIN SELECT RAISE (IGNORE); END;"
        "CREATE TRIGGER no_rows BEFORE INSERT ON case_rows BEGIN SELECT RAISE (IGNORE); END;";
  char *message = NULL;

  sqlite3_exec (db, sql, NULL, NULL, &message);
  if (message != NULL)
    g_error ("%s", message);
}

/* As a list does it that goes on while the window is idle. */
static double
list_all (ReunionStationStore *store, guint *n_listed)
{
  ReunionCaseQuery query = { 0 };
  gint64 start_usec = g_get_monotonic_time ();
  guint n = LIMIT;

  for (*n_listed = 0; n == LIMIT; *n_listed += n)
    {
      g_autoptr (GPtrArray) rows = reunion_station_store_search (store, &query, LIMIT, NULL);

      n = rows != NULL ? rows->len : 0;
      if (n > 0)
        query.after = ((ReunionCaseRow *) rows->pdata[n - 1])->position;
    }
  return ms_since (start_usec);
}

/* What a file of before costs once, when it is opened first. */
static double
index_anew (const char *path, sqlite3 *db)
{
  gint64 start_usec;
  g_autoptr (ReunionStationStore) store = NULL;

  sqlite3_exec (db, "DELETE FROM settings WHERE key = 'search_text_version'", NULL, NULL, NULL);
  start_usec = g_get_monotonic_time ();
  store = reunion_station_store_new (path, NULL);
  return ms_since (start_usec);
}

static void
measure (const char *path, guint n_cases, guint n_queries, guint32 seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionStationStore) store = reunion_station_store_new (path, &error);
  g_autoptr (GRand) random_state = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) kept = NULL;
  gint64 start_usec = g_get_monotonic_time ();
  sqlite3 *db = NULL;
  GStatBuf info;
  guint n_listed = 0;
  double ms;

  if (store == NULL)
    g_error ("%s", error->message);
  kept = fill (store, random_state, n_cases);
  g_print ("%u cases taken in, %.2f ms each", n_cases, ms_since (start_usec) / n_cases);
  g_clear_object (&store);
  start_usec = g_get_monotonic_time ();
  store = reunion_station_store_new (path, &error);
  g_print ("; %.0f MB; opened in %.0f ms\n",
           g_stat (path, &info) == 0 ? (double) info.st_size / 1e6 : 0.0, ms_since (start_usec));
  ms = list_all (store, &n_listed);
  g_print ("All %u rows, %u at a time: %.0f ms\n\n", n_listed, LIMIT, ms);
  if (sqlite3_open (path, &db) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  ask_all (store, db, random_state, kept, n_queries);
  g_print ("\n| %-31s | %5s | %7s | %7s | %7s | %7s |\n", "saving", "saved", "p50 ms", "p95 ms",
           "p99 ms", "max ms");
  g_print ("|---|---|---|---|---|---|\n");
  save_all (store, random_state, "with the index");
  g_clear_object (&store);
  ms = index_anew (path, db);
  store = reunion_station_store_new (path, &error);
  drop_index (db);
  save_all (store, random_state, "without");
  g_print ("\nIndex of %u cases made anew: %.1f s\n", n_cases, ms / 1000.0);
  sqlite3_close (db);
}

int
main (int argc, char *argv[])
{
  guint n_cases = argc > 1 ? (guint) atoi (argv[1]) : 100000;
  guint n_queries = argc > 2 ? (guint) atoi (argv[2]) : 2000;
  guint32 seed = argc > 3 ? (guint32) atoi (argv[3]) : 20160515;
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "station.db", NULL);

  measure (path, MAX (n_cases, 50), n_queries, seed);
  remove_folder (folder);
  return 0;
}
