/* desk-upgrade-window.h: what is seen while a large file is brought up to date
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DESK_TYPE_UPGRADE_WINDOW (desk_upgrade_window_get_type ())
G_DECLARE_FINAL_TYPE (DeskUpgradeWindow,
                      desk_upgrade_window,
                      DESK,
                      UPGRADE_WINDOW,
                      AdwApplicationWindow)

GtkWidget *desk_upgrade_window_new (GtkApplication *application);
void desk_upgrade_window_set_progress (DeskUpgradeWindow *self, guint n_done, guint n_cases);

G_END_DECLS
