/* bench-central-start.c: how long the service takes to start on a large store, and
 * what it costs there to ask which circles hold a point, what is due, and for the
 * figures
 *
 *   bench-central-start [CASES [OPEN [QUESTIONS [SEED]]]]
 *
 * Makes the cases in a file of its own, OPEN of them with their notice out and the
 * others ended long ago, starts the service on it, asks, and removes the file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bench-cases.h"
#include "bench-figures.h"

#include "central-escalation.h"
#include "central-server.h"
#include "central-upkeep.h"
#include "reunion-central-circles.h"
#include "reunion-central-facts.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <stdlib.h>

#define BATCH 5000
#define N_STARTS 5
#define YEAR_USEC (365 * G_TIME_SPAN_DAY)

static const double radii_km[] = { 100, 200, 300, 500 };

static double
ms_since (gint64 start_usec)
{
  return (double) (g_get_monotonic_time () - start_usec) / 1000.0;
}

static ReunionPoint
pick_point (GRand *random_state)
{
  return (ReunionPoint){ .lat_deg = g_rand_double_range (random_state, 20, 50),
                         .lon_deg = g_rand_double_range (random_state, 80, 130) };
}

/* Most have been out for long; some are in their first hours, all stages among them. */
static void
put_open_case (CentralService *service, GRand *random_state, gint64 now_usec)
{
  ReunionCentralStore *store = central_service_get_store (service);
  g_autoptr (ReunionCase) case_ = bench_cases_make (random_state, now_usec);
  guint stage = g_rand_int_range (random_state, 0, 100) > 0
                    ? 4
                    : (guint) g_rand_int_range (random_state, 1, 4);
  gint64 elapsed_usec = stage == 4 ? g_rand_int_range (random_state, 4, 10000) * G_TIME_SPAN_HOUR
                                   : (stage - 1) * G_TIME_SPAN_HOUR + G_TIME_SPAN_MINUTE;
  g_autoptr (GError) error = NULL;

  reunion_report_set_point (reunion_case_get_report (case_), pick_point (random_state));
  reunion_report_set_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN,
                          now_usec - elapsed_usec);
  reunion_case_set_state (case_, REUNION_CASE_STATE_ESCALATING);
  reunion_case_set_outcome (case_, REUNION_OUTCOME_NONE);
  reunion_case_set_published_usec (case_, now_usec - elapsed_usec + G_TIME_SPAN_MINUTE / 2);
  reunion_case_set_closed_usec (case_, 0);
  reunion_case_set_stage (case_, stage);
  if (!central_service_plan_case (service, case_, &error)
      || !reunion_central_store_put_circle (store, case_, radii_km[stage - 1], &error))
    g_error ("%s", error->message);
}

/* What remains of a case once it has expired. */
static void
put_ended_case (CentralService *service, GRand *random_state, gint64 now_usec)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *station
      = g_strdup_printf ("%02d0102-00", g_rand_int_range (random_state, 11, 66));
  g_autoptr (ReunionCase) case_ = reunion_case_new (id);
  gint64 published_usec
      = now_usec - (gint64) (g_rand_double (random_state) * 10.0 * (double) YEAR_USEC);
  g_autoptr (GError) error = NULL;

  reunion_case_set_station (case_, station, NULL);
  reunion_case_set_published_usec (case_, published_usec);
  reunion_case_set_closed_usec (case_, published_usec + G_TIME_SPAN_DAY);
  reunion_case_set_outcome (case_, REUNION_OUTCOME_LOST);
  reunion_case_set_state (case_, REUNION_CASE_STATE_EXPIRED);
  if (!central_service_plan_case (service, case_, &error))
    g_error ("%s", error->message);
}

static void
fill (CentralService *service, GRand *random_state, guint n_cases, guint n_open)
{
  ReunionCentralStore *store = central_service_get_store (service);
  gint64 now_usec = g_get_real_time ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_cases; i++)
    {
      if (i % BATCH == 0 && !reunion_central_store_begin (store, &error))
        g_error ("%s", error->message);
      if (i < n_open)
        put_open_case (service, random_state, now_usec);
      else
        put_ended_case (service, random_state, now_usec);
      if ((i % BATCH == BATCH - 1 || i + 1 == n_cases)
          && !reunion_central_store_commit (store, &error))
        g_error ("%s", error->message);
    }
}

static CentralService *
open_service (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionCentralStore) store = reunion_central_store_new (path, &error);

  if (store == NULL)
    g_error ("%s", error->message);
  return central_service_new (store, NULL, NULL);
}

/* Until it listens, its due cases looked at. */
static void
start_once (const char *path)
{
  g_autoptr (CentralService) service = open_service (path);
  g_autoptr (CentralServer) server = central_server_new (service);
  g_autoptr (GError) error = NULL;

  if (!central_server_listen (server, "127.0.0.1", 0, &error))
    g_error ("%s", error->message);
  central_server_stop (server);
}

static void
ask_cb (const char *group, const char *key, const ReunionMeasure *measure_, gpointer user_data)
{
  reunion_measure_get_approval (measure_);
  reunion_measure_get_finding (measure_);
}

static void
measure_questions (CentralService *service, GRand *random_state, guint n_questions)
{
  ReunionCentralStore *store = central_service_get_store (service);
  g_autoptr (BenchFigures) circles = bench_figures_new ();
  g_autoptr (BenchFigures) due = bench_figures_new ();
  g_autoptr (BenchFigures) next = bench_figures_new ();
  g_autoptr (BenchFigures) figures = bench_figures_new ();
  g_autoptr (GError) error = NULL;
  guint64 n_found = 0;

  for (guint i = 0; i < n_questions; i++)
    {
      gint64 start_usec = g_get_monotonic_time ();
      g_autoptr (GPtrArray) cases = NULL;
      g_autoptr (GPtrArray) found = NULL;
      guint n_alerts = 0;

      found = reunion_central_store_list_circles_at (store, pick_point (random_state), 20,
                                                     &n_alerts, &error);
      bench_figures_add (circles, start_usec);
      n_found += n_alerts;
      start_usec = g_get_monotonic_time ();
      cases = reunion_central_store_list_due_cases (store, g_get_real_time (), 256, &error);
      bench_figures_add (due, start_usec);
      start_usec = g_get_monotonic_time ();
      reunion_central_store_get_next_change_usec (store);
      bench_figures_add (next, start_usec);
      if (found == NULL || cases == NULL)
        g_error ("%s", error->message);
    }
  for (guint i = 0; i < 3; i++)
    {
      gint64 start_usec = g_get_monotonic_time ();
      g_autoptr (ReunionMeasures) measures = reunion_measures_new ();

      if (!reunion_central_store_measure (store, 0, G_MAXINT64, "", measures, NULL, &error))
        g_error ("%s", error->message);
      reunion_measures_foreach (measures, ask_cb, NULL);
      bench_figures_add (figures, start_usec);
    }
  bench_figures_print (circles, "which circles hold a point");
  bench_figures_print (due, "which cases are due");
  bench_figures_print (next, "when is the next one");
  bench_figures_print (figures, "figures of all cases");
  g_print ("\nA point lies in %.0f circles on average.\n",
           n_questions > 0 ? (double) n_found / n_questions : 0.0);
}

static void
measure (const char *path, guint n_cases, guint n_open, guint n_questions, guint32 seed)
{
  g_autoptr (GRand) random_state = g_rand_new_with_seed (seed);
  g_autoptr (BenchFigures) starts = bench_figures_new ();
  g_autoptr (CentralService) service = open_service (path);
  gint64 start_usec = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  fill (service, random_state, n_cases, n_open);
  g_print ("%u cases, %u of them open; made in %.0f s", n_cases, n_open,
           ms_since (start_usec) / 1000.0);
  /* As after a change of the policy: all that is out is looked at once. */
  start_usec = g_get_monotonic_time ();
  if (!central_upkeep_run (service, &error) || !central_escalation_run (service, NULL, &error))
    g_error ("%s", error->message);
  g_clear_object (&service);
  g_print (", planned anew in %.1f s; %.0f MB\n\n", ms_since (start_usec) / 1000.0,
           g_stat (path, &info) == 0 ? (double) info.st_size / 1e6 : 0.0);
  for (guint i = 0; i < N_STARTS; i++)
    {
      start_usec = g_get_monotonic_time ();
      start_once (path);
      bench_figures_add (starts, start_usec);
    }
  bench_figures_print_head ("the service");
  bench_figures_print (starts, "start until it listens, and end");
  service = open_service (path);
  measure_questions (service, random_state, n_questions);
}

int
main (int argc, char *argv[])
{
  guint n_cases = argc > 1 ? (guint) atoi (argv[1]) : 1000000;
  guint n_open = argc > 2 ? (guint) atoi (argv[2]) : 100000;
  guint n_questions = argc > 3 ? (guint) atoi (argv[3]) : 1000;
  guint32 seed = argc > 4 ? (guint32) atoi (argv[4]) : 20160515;
  static const char *const names[] = { "", "-wal", "-shm" };
  g_autofree char *folder = g_dir_make_tmp ("reunion-bench-XXXXXX", NULL);
  g_autofree char *path = NULL;

  if (folder == NULL || sodium_init () < 0)
    return 1;
  path = g_build_filename (folder, "central.sqlite", NULL);
  measure (path, n_cases, MIN (n_open, n_cases), n_questions, seed);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strconcat (path, names[i], NULL);

      g_unlink (name);
    }
  g_rmdir (folder);
  return 0;
}
