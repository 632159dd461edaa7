/* leak-search.h: whether something private stands in what goes out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LeakOutput:
 * @is_text: read by people or programs as text
 * @tells: says who is missing, so that every search in it must find the name
 * @tells_medical: says what medical need is vital
 * @is_over: from after the end: nothing of the person may be in it
 *
 * Something that goes out, and who it is for.
 */
typedef struct
{
  char *name;
  GBytes *bytes;
  gboolean is_text;
  gboolean tells;
  gboolean tells_medical;
  gboolean is_over;
} LeakOutput;

void leak_output_free (LeakOutput *self);

/**
 * LeakTerm:
 * @what: such as the key of a field
 * @is_word: too short to be looked for anywhere: as a word of a text
 *
 * Something to look for.
 */
typedef struct
{
  char *what;
  char *text;
  gboolean is_word;
} LeakTerm;

LeakTerm *leak_term_new (const char *what, const char *text, gboolean is_word);
void leak_term_free (LeakTerm *self);

/* In which form @term stands in @output: as it is, in UTF-16, base64, hexadecimal,
 * escaped for an address, for HTML or for JSON, or as the same digits with
 * something between. NULL when it does not. Transfer none. */
const char *leak_find (const LeakOutput *output, const LeakTerm *term);

G_END_DECLS
