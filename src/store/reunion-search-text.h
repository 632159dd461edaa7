/* reunion-search-text.h: text as the search of cases compares it
 *
 * Two texts that a person would call the same when looking for a name fold to
 * the same bytes. A folded text is cut into grams, and the index keeps for each
 * gram the cases that hold it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Raised whenever folding or cutting changes, for what was cut by other rules
 * is not found by these; and when reunion_duplicate_list_keys() does, whose keys
 * are made with it. */
#define REUNION_SEARCH_TEXT_VERSION 1

/* Without case, accents, width, invisible characters; each run of white space
 * and control characters as one space, none at the ends; the dots that stand
 * within names as one dot. "" for NULL and for what is no UTF-8. Transfer
 * full. */
char *reunion_search_text_fold (const char *text);

/* The words of a folded text. Transfer full. */
GStrv reunion_search_text_split (const char *folded);

/* Every gram of @folded, each once, parted by spaces, such that SQLite's tokenizer
 * "ascii" leaves them whole: single characters, pairs, and, within Latin letters
 * and digits, whose pairs are too common, triples. No gram reaches over white
 * space, and none has more than three characters. Transfer full. */
char *reunion_search_text_cut (const char *folded);

/* Adds grams to @match, an expression of FTS5, that every text holds that has
 * @word in it; @word is folded and without spaces. At most @max of them, so
 * that a text which fits the expression is still to be looked through. */
void reunion_search_text_add_match (const char *word, guint max, GString *match);

G_END_DECLS
