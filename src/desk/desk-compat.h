/* desk-compat.h: what newer versions of the platform do otherwise
 *
 * The floor is GTK 4.8 and libadwaita 1.2. GtkFileChooserNative and
 * AdwMessageDialog are deprecated in later versions; they are called here and
 * nowhere else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*DeskFileFunc) (GFile *file, gpointer user_data);
typedef void (*DeskAnswerFunc) (gpointer user_data);

/* Lets the person choose a picture (through the portal inside a sandbox).
 * @chosen is not called when they think better of it. */
void desk_compat_choose_photo (GtkWindow *parent, DeskFileFunc chosen, gpointer user_data);

/* Lets the person choose a map file. @destroy is called always, in the end. */
void desk_compat_choose_map (GtkWindow *parent,
                             DeskFileFunc chosen,
                             gpointer user_data,
                             GDestroyNotify destroy);

/* Lets the person say where to save what is to be called @name. @chosen is not
 * called when they think better of it; @destroy always, in the end. */
void desk_compat_choose_target (GtkWindow *parent,
                                const char *title,
                                const char *name,
                                DeskFileFunc chosen,
                                gpointer user_data,
                                GDestroyNotify destroy);

/* Asks with two buttons, @cancel and @accept. @extra (may be NULL) stands under
 * the text. @accepted is called for @accept; @destroy always, in the end.
 * Transfer none: the dialog, so that @accept can be made insensitive with
 * adw_message_dialog_set_response_enabled() under the name "accept". */
GtkWidget *desk_compat_ask (GtkWindow *parent,
                            const char *heading,
                            const char *body,
                            GtkWidget *extra,
                            const char *cancel,
                            const char *accept,
                            gboolean is_destructive,
                            DeskAnswerFunc accepted,
                            gpointer user_data,
                            GDestroyNotify destroy);
void desk_compat_set_can_accept (GtkWidget *dialog, gboolean can_accept);

/* Enter answers with @cancel, for a question that is easily waved through. */
void desk_compat_prefer_cancel (GtkWidget *dialog);

void desk_compat_show_about (GtkWindow *parent);

G_END_DECLS
