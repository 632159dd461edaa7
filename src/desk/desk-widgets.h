/* desk-widgets.h: small things that many pages do to widgets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DESK_RESOURCES "/org/reunion/Station/"

/* Gives @widget one of the tones "accent", "success", "warning", "error",
 * "dim" as a style class, in place of the one it had. */
void desk_widgets_set_tone (GtkWidget *widget, const char *tone);

/* What a screen reader calls @widget. */
void desk_widgets_set_name (GtkWidget *widget, const char *name);

/* GTK 4.8 names a button with a mnemonic "_Find Find": says it once, and without
 * the underscore. To be called when its label is set. */
void desk_widgets_name_button (GtkButton *button);

/* Names every such button below @root, and tells assistive technologies which
 * children of stacks are out of sight; GTK 4.8 tells of every child as if it were
 * seen. To be called once, when the tree is whole. */
void desk_widgets_mend_accessibility (GtkWidget *root);

/* Scrolls as far as it takes to see @widget, in the viewport that it is in; nothing when
 * it is not shown, or in none. */
void desk_widgets_scroll_to (GtkWidget *widget);

/* Shows @text at the foot of the window for some seconds, through the window's
 * action "win.toast". */
void desk_widgets_toast (GtkWidget *widget, const char *text);

G_END_DECLS
