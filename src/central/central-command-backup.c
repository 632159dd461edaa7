/* central-command-backup.c: copies the store while it is in use
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-commands.h"

#include "central-options.h"
#include "reunion-db-care.h"

#include <glib/gstdio.h>
#include <stdio.h>

int
central_command_backup (int argc, char **argv)
{
  g_autofree char *store = NULL;
  g_autofree char *path = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &store, "The SQLite file of the service", "FILE" },
    { NULL },
  };

  if (!central_options_parse_command (
          "backup", "FILE", 1,
          "Copies the store, as it stands at one moment, to FILE, which must not be there yet.\n"
          "The service may go on meanwhile. Whoever has the copy has everything in it: what\n"
          "expires later is not erased from it, other than from the copies of --backups.",
          entries, &argc, &argv, &error))
    return central_complain (CENTRAL_EXIT_USAGE, error->message);
  if (central_options_is_server (store))
    return central_complain (CENTRAL_EXIT_USAGE,
                             "PostgreSQL is backed up with its own tool: pg_dump --format=custom "
                             "--file=FILE URL.");
  path = central_options_get_store (store);
  copy = g_canonicalize_filename (argv[1], NULL);
  if (!reunion_db_check_file (path, NULL, &error) || !reunion_db_copy (path, copy, &error))
    return central_complain (CENTRAL_EXIT_FAILED, error->message);
  if (!reunion_db_check_file (copy, NULL, &error))
    {
      g_unlink (copy);
      return central_complain (CENTRAL_EXIT_FAILED, error->message);
    }
  printf ("Backed up to %s\n", copy);
  return 0;
}
