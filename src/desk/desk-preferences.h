/* desk-preferences.h: the window of Preferences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "desk-map-settings.h"

G_BEGIN_DECLS

#define DESK_TYPE_PREFERENCES (desk_preferences_get_type ())
G_DECLARE_FINAL_TYPE (DeskPreferences, desk_preferences, DESK, PREFERENCES, AdwPreferencesWindow)

/* What is chosen is put to use and kept at once. Takes a reference. Transfer none:
 * it belongs to GTK. */
DeskPreferences *desk_preferences_new (GtkWindow *parent, DeskMapSettings *settings);

G_END_DECLS
