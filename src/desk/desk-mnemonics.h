/* desk-mnemonics.h: the letter that leads to each entry of a form
 *
 * Letters are dealt out, in the order of asking, from those of the label itself;
 * a label of another script gets one in brackets, as is usual there: "姓名(_A)".
 * Where two entries share a letter, the key goes from one to the next.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DeskMnemonics DeskMnemonics;

/* @reserved: letters and digits that something else in the window answers to. */
DeskMnemonics *desk_mnemonics_new (const char *reserved);
void desk_mnemonics_free (DeskMnemonics *self);

/* @label with an underscore before its letter, for widgets that use underlines.
 * Transfer full. */
char *desk_mnemonics_mark (DeskMnemonics *self, const char *label);

/* The letter that an underscore marks, in lower case; '\0' when none is. */
char desk_mnemonics_get_letter (const char *marked);
/* @label with @letter for its own, which nobody deals out anew: a key stays the same
 * where only the word for a thing changes. Transfer full. */
char *desk_mnemonics_mark_with (const char *label, char letter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskMnemonics, desk_mnemonics_free)

G_END_DECLS
