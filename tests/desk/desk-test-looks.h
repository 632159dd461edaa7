/* desk-test-looks.h: what is wrong with how a window looks, and a picture of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a person would call cut off or written over in @window, which is on the
 * screen: one sentence a line; NULL when there is nothing. Checked are texts and
 * icons: that each has the room it needs, stands inside the window or in
 * something that scrolls to it, and covers no other. Transfer full. */
char *desk_test_find_faults (GtkWidget *window);

/* What hangs open below something in @root, such as a list of suggestions; NULL for
 * nothing. Transfer none. */
GtkWidget *desk_test_find_popover (GtkWidget *root);

/* The pixels of @window as they are on the screen, with what hangs open over it, as a PNG at @path.
 */
void desk_test_save_picture (GtkWidget *window, const char *path);

G_END_DECLS
