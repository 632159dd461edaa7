/* central-commands.c: what reunion-central does beside serving
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-commands.h"

#include <string.h>

static const struct
{
  const char *name;
  CentralCommand run;
  const char *usage;
  const char *summary;
} commands[] = {
  { "serve", central_command_serve, "serve", "Serve; this is done when no command is given" },
  { "backup", central_command_backup, "backup FILE", "Copy the store while it is in use" },
  { "restore", central_command_restore, "restore FILE", "Put a backup in the place of the store" },
  { "migrate", central_command_migrate, "migrate", "Bring the store up to this version" },
  { "verify", central_command_verify, "verify", "Look for anything wrong in the store" },
  { "expire", central_command_expire, "expire", "Erase what has expired, now" },
  { "user", central_command_user, "user add|lock|unlock|list", "Put accounts in and lock them" },
};

CentralCommand
central_commands_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return commands[i].run;
  return NULL;
}

char *
central_commands_describe (void)
{
  GString *text = g_string_new ("Commands:\n");

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-27s %s\n", commands[i].usage, commands[i].summary);
  g_string_append (text, "\n“reunion-central COMMAND --help” says more of each.\n");
  return g_string_free (text, FALSE);
}
