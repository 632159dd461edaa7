/* central-commands.h: what reunion-central does beside serving
 *
 * Each command has a file of its own, central-command-NAME.c. What it did is said
 * on stdout; what went wrong, in one sentence on stderr.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @argv[0] stands for the command. Returns the status of the process: 0,
 * CENTRAL_EXIT_FAILED or CENTRAL_EXIT_USAGE. */
typedef int (*CentralCommand) (int argc, char **argv);

/* NULL when there is none of that name. */
CentralCommand central_commands_find (const char *name);
/* One line each. Transfer full. */
char *central_commands_describe (void);

int central_command_serve (int argc, char **argv);
int central_command_backup (int argc, char **argv);
int central_command_restore (int argc, char **argv);
int central_command_migrate (int argc, char **argv);
int central_command_verify (int argc, char **argv);
int central_command_expire (int argc, char **argv);
int central_command_user (int argc, char **argv);

G_END_DECLS
