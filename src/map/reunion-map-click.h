/* reunion-map-click.h: clicks that a busy map would lose
 *
 * Between a press and its release GTK may make up a motion of the pointer, because
 * something was laid out anew, and it asks the display for the buttons of that very
 * moment. Where the button is up by then, as after a tap on a busy machine, a
 * GtkGestureClick takes it that the press came to nothing, and ignores the release.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Has @click, a click of one button, tell such a release with its signal
 * "released" all the same. To be called before handlers are connected. */
void reunion_map_click_mend (GtkGestureClick *click);

G_END_DECLS
