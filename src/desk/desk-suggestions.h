/* desk-suggestions.h: words offered below an entry while it is typed into
 *
 * Down goes into the list, Enter or Tab takes a word, Escape closes it; who types on,
 * or presses Enter in the entry, never notices it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "reunion-field.h"

G_BEGIN_DECLS

#define DESK_TYPE_SUGGESTIONS (desk_suggestions_get_type ())
G_DECLARE_FINAL_TYPE (DeskSuggestions, desk_suggestions, DESK, SUGGESTIONS, GObject)

/* For what is typed into @entry, within @row. The list is @row's child until
 * desk_suggestions_detach(). Transfer full. */
DeskSuggestions *desk_suggestions_new (GtkWidget *row, GtkEditable *entry, ReunionField field);
/* To be called before @row goes away. */
void desk_suggestions_detach (DeskSuggestions *self);

/* A person changed the text: offers what fits. */
void desk_suggestions_update (DeskSuggestions *self);

G_END_DECLS
