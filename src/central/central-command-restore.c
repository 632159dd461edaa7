/* central-command-restore.c: puts a backup in the place of the store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-commands.h"

#include "central-options.h"
#include "reunion-central-schema.h"
#include "reunion-central-verify.h"
#include "reunion-db-care.h"

#include <glib/gstdio.h>
#include <stdio.h>

/* On a copy: the backup stays as it is, of whatever version. */
static gboolean
check_copy (const char *copy, guint *version, GError **error)
{
  g_autoptr (ReunionCentralStore) store = NULL;
  g_autoptr (GPtrArray) faults = NULL;

  if (!reunion_db_check_file (copy, version, error))
    return FALSE;
  if (!reunion_central_store_is_ours (copy))
    {
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CORRUPT,
                   "This file holds no store of the central service. Give the one that "
                   "“backup” made.");
      return FALSE;
    }
  /* Refuses what is newer than this program. */
  store = reunion_central_store_new (copy, error);
  if (store == NULL || (faults = reunion_central_store_verify (store, error)) == NULL)
    return FALSE;
  if (faults->len == 0)
    return TRUE;
  g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CORRUPT,
               "The backup is not whole: %s Take another one.", (const char *) faults->pdata[0]);
  return FALSE;
}

static gboolean
restore (const char *backup, const char *path, gboolean force, guint *version, GError **error)
{
  g_autofree char *copy = g_strconcat (path, ".restored", NULL);

  if (!force && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_OPEN,
                   "There is a store at %s already. Put it aside, or say --force to lose it.",
                   path);
      return FALSE;
    }
  g_unlink (copy);
  if (!reunion_db_check_file (backup, NULL, error) || !reunion_db_copy (backup, copy, error))
    return FALSE;
  if (check_copy (copy, version, error) && reunion_db_replace (path, copy, error))
    return TRUE;
  if (error != NULL && g_error_matches (*error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_BUSY))
    {
      g_clear_error (error);
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_BUSY,
                   "A service holds %s. End it first.", path);
    }
  g_unlink (copy);
  return FALSE;
}

int
central_command_restore (int argc, char **argv)
{
  g_autofree char *store = NULL;
  g_autofree char *path = NULL;
  g_autofree char *backup = NULL;
  gboolean force = FALSE;
  guint version = 0;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &store, "Where the store is to be", "FILE" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, "Even in the place of another one", NULL },
    { NULL },
  };

  if (!central_options_parse_command (
          "restore", "FILE", 1,
          "Puts the backup in FILE, once it has proved to be whole, in the place of the store.\n"
          "No service may hold the store meanwhile. Cases that had ended when the backup was\n"
          "made, and whose time is over, are erased again as soon as the service starts; those\n"
          "that ended later are open again.",
          entries, &argc, &argv, &error))
    return central_complain (CENTRAL_EXIT_USAGE, error->message);
  if (central_options_is_server (store))
    return central_complain (CENTRAL_EXIT_USAGE,
                             "PostgreSQL is restored with its own tool: pg_restore --clean "
                             "--dbname=URL FILE.");
  path = central_options_get_store (store);
  backup = g_canonicalize_filename (argv[1], NULL);
  if (!restore (backup, path, force, &version, &error))
    return central_complain (CENTRAL_EXIT_FAILED, error->message);
  printf ("Restored %s, of version %u\n", path, version);
  return 0;
}
