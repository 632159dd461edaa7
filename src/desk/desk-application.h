/* desk-application.h: reunion-station, from its options to its window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DESK_TYPE_APPLICATION (desk_application_get_type ())
G_DECLARE_FINAL_TYPE (DeskApplication, desk_application, DESK, APPLICATION, AdwApplication)

/* Transfer full. */
DeskApplication *desk_application_new (void);

/* Returns what the program ends with: 0, 1 when its files could not be opened,
 * 2 for a command line that makes no sense. */
int desk_application_run (DeskApplication *self, int argc, char *argv[]);

G_END_DECLS
