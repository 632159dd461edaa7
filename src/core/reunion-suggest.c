/* reunion-suggest.c: how a text that is being typed may go on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-suggest.h"

#include "reunion-word-list.h"

#include <string.h>

/* Heights that are offered: nobody measures a missing person to the centimetre. */
#define MIN_HEIGHT_CM 50
#define MAX_HEIGHT_CM 195
#define HEIGHT_STEP_CM 5

typedef struct
{
  const char *head; /* up to the caret; owned by the caller */
  const char *tail;
  const char *earliest; /* where a word begins that was found; NULL for none */
  GPtrArray *found;
} Search;

static void
suggestion_free (ReunionSuggestion *suggestion)
{
  g_free (suggestion->label);
  g_free (suggestion->text);
  g_free (suggestion);
}

/* @keep bytes of the head stay; @label is what is offered, @insert what takes the place
 * of the rest. */
static void
add (Search *search, gsize keep, const char *label, const char *insert)
{
  ReunionSuggestion *suggestion;
  g_autofree char *kept = g_strndup (search->head, keep);

  for (guint i = 0; i < search->found->len; i++)
    {
      suggestion = search->found->pdata[i];
      if (strcmp (suggestion->label, label) == 0)
        return;
    }
  if (search->found->len >= REUNION_SUGGEST_MAX)
    return;
  suggestion = g_new0 (ReunionSuggestion, 1);
  suggestion->label = g_strdup (label);
  suggestion->text = g_strconcat (kept, insert, search->tail, NULL);
  suggestion->caret = (int) (g_utf8_strlen (kept, -1) + g_utf8_strlen (insert, -1));
  g_ptr_array_add (search->found, suggestion);
}

/* Who has typed three words of one mark does not look for another that begins like the
 * last of them: the longest end of the head counts. */
static gboolean
is_longest (Search *search, const char *begun)
{
  if (search->earliest != NULL && begun > search->earliest)
    return FALSE;
  if (search->earliest != NULL && begun < search->earliest)
    g_ptr_array_set_size (search->found, 0);
  search->earliest = begun;
  return TRUE;
}

/* --- where words begin and end ---------------------------------------------------- */

static gboolean
is_latin (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '\'';
}

/* Chinese words may begin anywhere, English ones not in the middle of another. */
static gboolean
begins_word (const char *head, const char *at)
{
  return at == head || !is_latin (at[-1]) || !is_latin (at[0]);
}

/* The longest end of the head that @word begins with; NULL when there is none, or it is
 * the whole word. */
static const char *
find_begun (const char *head, const char *word)
{
  gsize length = strlen (head);

  for (gsize i = 0; i < length; i++)
    if ((guchar) (head[i] & 0xC0) != 0x80 && begins_word (head, head + i)
        && g_ascii_strncasecmp (word, head + i, length - i) == 0)
      return strlen (word) > length - i ? head + i : NULL;
  return NULL;
}

/* Whether the head ends with @word; @at then is where the word begins. */
static gboolean
ends_with (const char *head, const char *word, const char **at)
{
  gsize length = strlen (head);
  gsize n = strlen (word);

  if (n > length || g_ascii_strcasecmp (head + length - n, word) != 0)
    return FALSE;
  *at = head + length - n;
  return begins_word (head, *at);
}

/* The letters that end the head; its end when there are none. */
static const char *
find_letters (const char *head)
{
  const char *at = head + strlen (head);

  while (at > head && g_ascii_isalpha (at[-1]))
    at--;
  return at;
}

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text >= 0x80)
      return FALSE;
  return TRUE;
}

/* --- one word ----------------------------------------------------------------------- */

static void
search_chinese (Search *search, const ReunionWord *words)
{
  for (; words->zh != NULL; words++)
    {
      const char *begun = find_begun (search->head, words->zh);

      if (begun != NULL && is_longest (search, begun))
        add (search, (gsize) (begun - search->head), words->zh, words->zh);
    }
}

/* A single letter stands for too much, unless pinyin is what is typed. */
static void
search_initials (Search *search, const ReunionWord *words, gboolean prefers_chinese)
{
  const char *letters = find_letters (search->head);
  gsize n = strlen (letters);

  if (n < (prefers_chinese ? 1 : 2))
    return;
  for (; words->zh != NULL; words++)
    if (g_ascii_strncasecmp (words->initials, letters, n) == 0 && is_longest (search, letters))
      add (search, (gsize) (letters - search->head), words->zh, words->zh);
}

/* The letters that were typed stay as they are, small or capital. */
static void
search_english (Search *search, const ReunionWord *words)
{
  for (; words->zh != NULL; words++)
    {
      const char *begun = find_begun (search->head, words->en);

      if (begun != NULL && is_longest (search, begun))
        add (search, strlen (search->head), words->en, words->en + strlen (begun));
    }
}

static void
search_words (Search *search, const ReunionWord *words, gboolean prefers_chinese)
{
  search_chinese (search, words);
  if (prefers_chinese)
    search_initials (search, words, TRUE);
  search_english (search, words);
  if (!prefers_chinese)
    search_initials (search, words, FALSE);
}

/* --- a colour and a thing ------------------------------------------------------------- */

static void
add_things (Search *search, const char *colour, const ReunionWord *things, gboolean is_english)
{
  gsize length = strlen (search->head);
  const char *between = !is_english || (length > 0 && search->head[length - 1] == ' ') ? "" : " ";

  for (; things->zh != NULL; things++)
    {
      const char *thing = is_english ? things->en : things->zh;
      g_autofree char *label = g_strconcat (colour, is_english ? " " : "", thing, NULL);
      g_autofree char *insert = g_strconcat (between, thing, NULL);

      add (search, length, label, insert);
    }
}

/* The colour at the end of @head, the longest that stands there: dark blue is not blue.
 * NULL for none. */
static const ReunionWord *
find_colour (const char *head, gboolean *is_english)
{
  g_autofree char *bare = g_strchomp (g_strdup (head));
  const ReunionWord *longest = NULL;
  gsize length = 0;
  const char *at;

  for (const ReunionWord *colour = reunion_word_list_get_colours (); colour->zh != NULL; colour++)
    for (int english = 0; english <= 1; english++)
      {
        const char *word = english ? colour->en : colour->zh;

        if (strlen (word) > length && ends_with (english ? bare : head, word, &at))
          {
            longest = colour;
            length = strlen (word);
            *is_english = english;
          }
      }
  return longest;
}

static void
search_after_colour (Search *search, const ReunionWord *things)
{
  gboolean is_english = FALSE;
  const ReunionWord *colour = find_colour (search->head, &is_english);

  if (colour != NULL)
    add_things (search, is_english ? colour->en : colour->zh, things, is_english);
}

static gboolean
follows_colour (const char *head, const char *at)
{
  g_autofree char *before = g_strndup (head, (gsize) (at - head));
  gboolean is_english;

  return find_colour (before, &is_english) != NULL;
}

static void
add_coloured (Search *search, const char *at, const ReunionWord *thing, gboolean is_english)
{
  for (const ReunionWord *colour = reunion_word_list_get_colours (); colour->zh != NULL; colour++)
    {
      g_autofree char *both = is_english ? g_strconcat (colour->en, " ", thing->en, NULL)
                                         : g_strconcat (colour->zh, thing->zh, NULL);

      add (search, (gsize) (at - search->head), both, both);
    }
}

/* The longest thing that stands there counts: a down jacket is no jacket. */
static void
search_before_thing (Search *search, const ReunionWord *things)
{
  const ReunionWord *longest = NULL;
  const char *longest_at = NULL;
  gboolean is_english = FALSE;
  const char *at;

  for (; things->zh != NULL; things++)
    for (int english = 0; english <= 1; english++)
      if (ends_with (search->head, english ? things->en : things->zh, &at)
          && (longest_at == NULL || at < longest_at))
        {
          longest = things;
          longest_at = at;
          is_english = english;
        }
  if (longest != NULL && !follows_colour (search->head, longest_at))
    add_coloured (search, longest_at, longest, is_english);
}

/* --- heights ------------------------------------------------------------------------ */

static void
search_height (Search *search)
{
  gsize length = strlen (search->head);

  if (strspn (search->head, "0123456789") != length || *search->tail != '\0')
    return;
  /* Whole tens first. */
  for (int step = 2; step >= 1; step--)
    for (int height_cm = MIN_HEIGHT_CM; height_cm <= MAX_HEIGHT_CM;
         height_cm += step * HEIGHT_STEP_CM)
      {
        g_autofree char *number = g_strdup_printf ("%d", height_cm);

        if (strlen (number) > length && g_str_has_prefix (number, search->head))
          add (search, 0, number, number);
      }
}

gboolean
reunion_suggest_knows (ReunionField field)
{
  return field == REUNION_FIELD_HEIGHT_CM || reunion_word_list_get (field) != NULL;
}

GPtrArray *
reunion_suggest (ReunionField field, const char *text, int caret, gboolean prefers_chinese)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) suggestion_free);
  g_autofree char *head = NULL;
  const ReunionWord *words = reunion_word_list_get (field);
  gboolean is_coloured = reunion_word_list_is_coloured (field);
  Search search;

  g_return_val_if_fail (text != NULL && g_utf8_validate (text, -1, NULL), NULL);

  if (caret < 0 || caret > g_utf8_strlen (text, -1))
    caret = (int) g_utf8_strlen (text, -1);
  search.tail = g_utf8_offset_to_pointer (text, caret);
  search.head = head = g_strndup (text, (gsize) (search.tail - text));
  search.earliest = NULL;
  search.found = found;
  if (*head == '\0' || is_latin (*search.tail))
    return g_steal_pointer (&found);
  if (field == REUNION_FIELD_HEIGHT_CM)
    search_height (&search);
  if (words == NULL)
    return g_steal_pointer (&found);
  /* Who has begun in Chinese goes on in pinyin. */
  prefers_chinese = prefers_chinese || !is_ascii (head);
  if (is_coloured)
    search_words (&search, reunion_word_list_get_colours (), prefers_chinese);
  search_words (&search, words, prefers_chinese);
  if (is_coloured && found->len == 0)
    search_after_colour (&search, words);
  if (is_coloured && found->len == 0)
    search_before_thing (&search, words);
  return g_steal_pointer (&found);
}
