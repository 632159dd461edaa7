/* central-command-migrate.c: brings the store up to this version
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-commands.h"

#include "central-options.h"
#include "reunion-central-schema.h"
#include "reunion-db-care.h"

#include <stdio.h>

int
central_command_migrate (int argc, char **argv)
{
  g_autofree char *store = NULL;
  g_autofree char *path = NULL;
  g_autoptr (ReunionCentralStore) opened = NULL;
  g_autoptr (GError) error = NULL;
  guint before = 0;
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &store, "The SQLite file of the service", "FILE" },
    { NULL },
  };

  if (!central_options_parse_command (
          "migrate", NULL, 0,
          "Brings the tables of the store up to what this version needs. Starting the service\n"
          "does the same; this is for who wants to see it done first. There is no way back but\n"
          "a backup.",
          entries, &argc, &argv, &error))
    return central_complain (CENTRAL_EXIT_USAGE, error->message);
  path = central_options_get_store (store);
  if (!central_options_is_server (path) && !reunion_db_check_file (path, &before, &error))
    return central_complain (CENTRAL_EXIT_FAILED, error->message);
  opened = central_options_open_store (store, TRUE, &error);
  if (opened == NULL)
    return central_complain (CENTRAL_EXIT_FAILED, error->message);
  if (central_options_is_server (path))
    printf ("The store is of version %u\n", reunion_n_central_migrations);
  else if (before == reunion_n_central_migrations)
    printf ("The store was of version %u already\n", before);
  else
    printf ("Brought the store from version %u to %u\n", before, reunion_n_central_migrations);
  return 0;
}
