/* test-station-crash.c: what is there after the program was killed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_ROUNDS 6

static const char unmatched_cases[]
    = "SELECT count(*) FROM cases c WHERE c.state <> 'queued' OR"
      " (SELECT count(*) FROM outbox o WHERE o.case_id = c.id AND kind = 'submit') <> 1 OR"
      " (SELECT count(*) FROM outbox o WHERE o.case_id = c.id AND kind = 'photo') <> 1";
static const char unmatched_rows[]
    = "SELECT count(*) FROM outbox o WHERE NOT EXISTS"
      " (SELECT 1 FROM cases c WHERE c.id = o.case_id AND c.state = 'queued')";

/* Submits until it is killed; one byte for each submission that was promised. */
static void
submit_for_ever (StoreTestFolder *folder, int fd)
{
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);

  /* Or each child would make up the same ids. */
  g_random_set_seed ((guint32) getpid ());
  for (;;)
    {
      g_autoptr (ReunionCase) case_ = store_test_make_case_with_photo (store, "photo");

      store_test_submit (store, case_);
      if (write (fd, ".", 1) != 1)
        _exit (1);
    }
}

/* Returns how many submissions were promised before the end. */
static gint64
kill_midway (StoreTestFolder *folder, gint64 at_least)
{
  int fds[2];
  pid_t pid;
  gint64 n_promised = 0;
  char byte;
  int status;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      close (fds[0]);
      submit_for_ever (folder, fds[1]);
    }
  close (fds[1]);
  while (n_promised < at_least && read (fds[0], &byte, 1) == 1)
    n_promised++;
  /* Somewhere within the next ones. */
  g_usleep ((gulong) g_test_rand_int_range (0, 3000));
  kill (pid, SIGKILL);
  while (read (fds[0], &byte, 1) == 1)
    n_promised++;
  close (fds[0]);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
  g_assert_cmpint (n_promised, >=, at_least);
  return n_promised;
}

static void
test_killed (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  gint64 n_promised = 0;

  for (int round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (StoreTestRaw) raw = NULL;
      g_autoptr (ReunionStationStore) store = NULL;
      g_autoptr (GPtrArray) cases = NULL;
      g_autofree char *integrity = NULL;

      n_promised += kill_midway (folder, 5 + round);
      store = store_test_open_station (folder);
      raw = store_test_raw_open (folder);
      integrity = store_test_raw_get_text (raw, "PRAGMA integrity_check");
      g_assert_cmpstr (integrity, ==, "ok");
      g_assert_cmpint (store_test_raw_get_int (raw, unmatched_cases), ==, 0);
      g_assert_cmpint (store_test_raw_get_int (raw, unmatched_rows), ==, 0);
      /* One more in each round may have been kept without its promise. */
      cases = reunion_station_store_list_cases (store, NULL);
      g_assert_cmpint (cases->len, >=, n_promised);
      g_assert_cmpint (cases->len, <=, n_promised + round + 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station-crash/killed", test_killed);
  return g_test_run ();
}
