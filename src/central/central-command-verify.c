/* central-command-verify.c: looks for anything wrong in the store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-commands.h"

#include "central-options.h"
#include "reunion-central-schema.h"
#include "reunion-central-verify.h"
#include "reunion-db-care.h"

#include <stdio.h>

/* Looking must not change what is looked at. */
static gboolean
check_version (const char *path, GError **error)
{
  guint version;

  if (central_options_is_server (path))
    return TRUE;
  if (!reunion_db_check_file (path, &version, error))
    return FALSE;
  if (version >= reunion_n_central_migrations)
    return TRUE;
  g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_FAILED,
               "The store is of version %u, and this program looks at version %u. Run "
               "“reunion-central migrate” first.",
               version, reunion_n_central_migrations);
  return FALSE;
}

int
central_command_verify (int argc, char **argv)
{
  g_autofree char *store = NULL;
  g_autofree char *path = NULL;
  g_autoptr (ReunionCentralStore) opened = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &store, "The SQLite file of the service", "FILE" },
    { NULL },
  };

  if (!central_options_parse_command (
          "verify", NULL, 0,
          "Reads everything in the store: that its pages are whole, that rows refer to what is\n"
          "there, that each record can be read and says what its columns say, that each photo\n"
          "is the one that its hash names. The service may go on meanwhile. The status is 1\n"
          "when anything is wrong.",
          entries, &argc, &argv, &error))
    return central_complain (CENTRAL_EXIT_USAGE, error->message);
  path = central_options_get_store (store);
  if (!check_version (path, &error)
      || (opened = central_options_open_store (store, TRUE, &error)) == NULL
      || (faults = reunion_central_store_verify (opened, &error)) == NULL)
    return central_complain (CENTRAL_EXIT_FAILED, error->message);
  for (guint i = 0; i < faults->len; i++)
    central_complain (CENTRAL_EXIT_FAILED, faults->pdata[i]);
  if (faults->len > 0)
    return CENTRAL_EXIT_FAILED;
  printf ("The store is whole\n");
  return 0;
}
