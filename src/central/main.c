/* main.c: reunion-central: which command it was given
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-commands.h"
#include "central-options.h"

#include <locale.h>
#include <sodium.h>

int
main (int argc, char *argv[])
{
  CentralCommand run = NULL;

  setlocale (LC_ALL, "");
  g_set_prgname ("reunion-central");
  if (sodium_init () < 0)
    return central_complain (CENTRAL_EXIT_FAILED, "libsodium could not be started.");
  /* A command comes first; options alone are those of serving. */
  if (argc > 1)
    run = central_commands_find (argv[1]);
  if (run == NULL)
    return central_command_serve (argc, argv);
  return run (argc - 1, argv + 1);
}
