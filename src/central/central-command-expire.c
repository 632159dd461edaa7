/* central-command-expire.c: erases what has expired, now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-commands.h"

#include "central-expiry.h"
#include "central-options.h"
#include "reunion-central-expiry.h"

#include <stdio.h>

static gboolean
expire (CentralService *service,
        const char *path,
        const char *folder,
        gboolean is_thorough,
        guint *n_erased,
        GError **error)
{
  g_autoptr (CentralBackups) backups = NULL;
  gboolean ok;

  if (folder != NULL)
    backups = central_backups_new (service, path, folder, CENTRAL_KEEP_BACKUPS_USEC);
  ok = central_expiry_run (service, backups, n_erased, error)
       && (!is_thorough
           || reunion_central_store_scrub (central_service_get_store (service), TRUE, error));
  while (backups != NULL && central_backups_is_busy (backups))
    g_main_context_iteration (NULL, TRUE);
  return ok;
}

int
central_command_expire (int argc, char **argv)
{
  g_autofree char *store = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr (ReunionCentralStore) opened = NULL;
  g_autoptr (CentralService) service = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_thorough = FALSE;
  guint n_erased = 0;
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &store, "The SQLite file of the service", "FILE" },
    { "backups", 0, 0, G_OPTION_ARG_FILENAME, &folder, "The folder of the service's backups",
      "FOLDER" },
    { "rewrite", 0, 0, G_OPTION_ARG_NONE, &is_thorough,
      "Write the whole file anew, which also gives its free space back", NULL },
    { NULL },
  };

  if (!central_options_parse_command (
          "expire", NULL, 0,
          "Erases what is personal in every case whose time is over, as the service does by\n"
          "itself each hour.",
          entries, &argc, &argv, &error))
    return central_complain (CENTRAL_EXIT_USAGE, error->message);
  path = central_options_get_store (store);
  opened = central_options_open_store (store, TRUE, &error);
  if (opened == NULL)
    return central_complain (CENTRAL_EXIT_FAILED, error->message);
  service = central_service_new (opened, NULL, NULL);
  if (!expire (service, path, folder, is_thorough, &n_erased, &error))
    return central_complain (CENTRAL_EXIT_FAILED, error->message);
  printf (n_erased == 1 ? "%u case has expired\n" : "%u cases have expired\n", n_erased);
  return 0;
}
