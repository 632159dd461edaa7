/* reunion-suggest.h: how a text that is being typed may go on
 *
 * Words are found by how they begin, in Chinese or English, and Chinese ones by the
 * first letters of their pinyin as well ("yrf" for 羽绒服). Only the word at the caret is
 * looked at, so that a longer text completes word by word. A colour is followed by what
 * can have one, and what stands without a colour is offered with one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-field.h"

G_BEGIN_DECLS

#define REUNION_SUGGEST_MAX 6

/**
 * ReunionSuggestion:
 * @label: the word or words that are offered
 * @text: what the entry holds once they are taken
 * @caret: where the caret then stands, in characters
 */
typedef struct
{
  char *label;
  char *text;
  int caret;
} ReunionSuggestion;

gboolean reunion_suggest_knows (ReunionField field);

/* At most REUNION_SUGGEST_MAX, best first; none for an empty text or inside a word.
 * @caret: in characters, -1 for the end. @prefers_chinese: whether letters are rather
 * pinyin than English. Of ReunionSuggestion; transfer full. */
GPtrArray *
reunion_suggest (ReunionField field, const char *text, int caret, gboolean prefers_chinese);

G_END_DECLS
