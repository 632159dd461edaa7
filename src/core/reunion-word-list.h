/* reunion-word-list.h: words that officers type again and again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-field.h"

G_BEGIN_DECLS

/**
 * ReunionWord:
 * @zh: in Chinese
 * @initials: first letters of its pinyin
 * @en: in English
 */
typedef struct
{
  const char *zh;
  const char *initials;
  const char *en;
} ReunionWord;

/* The words for @field, the most usual first, ended by a NULL @zh; NULL when it has
 * none. Transfer none. */
const ReunionWord *reunion_word_list_get (ReunionField field);
/* The colours, ended in the same way. Transfer none. */
const ReunionWord *reunion_word_list_get_colours (void);
/* Whether the words of @field are things that have a colour. */
gboolean reunion_word_list_is_coloured (ReunionField field);

G_END_DECLS
