/* reunion-search-text.c: text as the search of cases compares it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-search-text.h"

#include <string.h>

#define BITS_PER_CHARACTER 21
#define PRIVATE_USE 0xe000
#define MIDDLE_DOT 0x00b7

/* Accents and the choice of a glyph; vowel signs of other scripts are letters
 * to those who read them and stay. */
static gboolean
is_passed_over (gunichar c)
{
  return (c >= 0x0300 && c <= 0x036f) || (c >= 0x1ab0 && c <= 0x1aff)
         || (c >= 0x1dc0 && c <= 0x1dff) || (c >= 0x20d0 && c <= 0x20ff)
         || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xfe20 && c <= 0xfe2f)
         || (c >= 0xe0100 && c <= 0xe01ef) || g_unichar_type (c) == G_UNICODE_FORMAT;
}

/* 古力娜尔·买买提: every input method has a dot of its own. */
static gunichar
unify (gunichar c)
{
  switch (c)
    {
    case 0x0387:
    case 0x2022:
    case 0x2027:
    case 0x2219:
    case 0x22c5:
    case 0x2e31:
    case 0x30fb:
      return MIDDLE_DOT;
    default:
      return c;
    }
}

char *
reunion_search_text_fold (const char *text)
{
  g_autofree char *normal = NULL;
  g_autofree char *folded = NULL;
  g_autoptr (GString) result = g_string_new (NULL);
  gboolean is_parted = FALSE;

  normal = text != NULL ? g_utf8_normalize (text, -1, G_NORMALIZE_ALL) : NULL;
  if (normal == NULL)
    return g_strdup ("");
  folded = g_utf8_casefold (normal, -1);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          is_parted = TRUE;
          continue;
        }
      if (is_passed_over (c))
        continue;
      if (is_parted && result->len > 0)
        g_string_append_c (result, ' ');
      is_parted = FALSE;
      g_string_append_unichar (result, unify (c));
    }
  return g_string_free (g_steal_pointer (&result), FALSE);
}

GStrv
reunion_search_text_split (const char *folded)
{
  g_return_val_if_fail (folded != NULL, NULL);

  return *folded != '\0' ? g_strsplit (folded, " ", -1) : g_new0 (char *, 1);
}

/* --- grams ------------------------------------------------------------------ */

static gboolean
is_latin (gunichar c)
{
  return c < 0x80 && g_ascii_isalnum ((char) c);
}

static gboolean
is_parting (gunichar c)
{
  return c == ' ' || c == '\n';
}

/* One to three characters as a number. */
static guint64
pack (const gunichar *characters, guint n)
{
  guint64 gram = 0;

  for (guint i = 0; i < n; i++)
    gram = gram << BITS_PER_CHARACTER | characters[i];
  return gram;
}

/* The tokenizer takes ASCII's marks as gaps; they go by other characters. */
static void
append_gram (GString *text, guint64 gram)
{
  for (int i = 2; i >= 0; i--)
    {
      gunichar c = (gunichar) (gram >> (i * BITS_PER_CHARACTER)) & ((1u << BITS_PER_CHARACTER) - 1);

      if (c != 0)
        g_string_append_unichar (text, c < 0x80 && !is_latin (c) ? PRIVATE_USE + c : c);
    }
}

static int
compare_grams (gconstpointer a, gconstpointer b)
{
  guint64 left = *(const guint64 *) a, right = *(const guint64 *) b;

  return left < right ? -1 : left > right;
}

char *
reunion_search_text_cut (const char *folded)
{
  g_autofree gunichar *characters = NULL;
  g_autoptr (GArray) grams = g_array_new (FALSE, FALSE, sizeof (guint64));
  GString *text = g_string_new (NULL);
  glong n = 0;
  guint64 before = 0;

  g_return_val_if_fail (folded != NULL, NULL);

  characters = g_utf8_to_ucs4_fast (folded, -1, &n);
  for (glong i = 0; i < n; i++)
    {
      const gunichar *c = characters + i;

      for (guint length = 1; length <= 3 && i + (glong) length <= n; length++)
        {
          guint64 gram;

          if (is_parting (c[length - 1])
              || (length == 3 && !(is_latin (c[0]) && is_latin (c[1]) && is_latin (c[2]))))
            break;
          gram = pack (c, length);
          g_array_append_val (grams, gram);
        }
    }
  g_array_sort (grams, compare_grams);
  for (guint i = 0; i < grams->len; i++)
    {
      guint64 gram = g_array_index (grams, guint64, i);

      if (gram != before)
        {
          append_gram (text, gram);
          g_string_append_c (text, ' ');
        }
      before = gram;
    }
  return g_string_free (text, FALSE);
}

static void
add_gram (GString *match, guint64 gram)
{
  if (match->len > 0)
    g_string_append (match, " AND ");
  g_string_append_c (match, '"');
  append_gram (match, gram);
  g_string_append_c (match, '"');
}

static gboolean
is_plain_run (const gunichar *c, guint n)
{
  for (guint i = 0; i < n; i++)
    if (is_latin (c[i]))
      return FALSE;
  return TRUE;
}

void
reunion_search_text_add_match (const char *word, guint max, GString *match)
{
  g_autofree gunichar *c = NULL;
  glong n = 0;
  glong covered = 0; /* up to this character a triple has said it already */

  g_return_if_fail (word != NULL && match != NULL);

  c = g_utf8_to_ucs4_fast (word, -1, &n);
  if (n == 1)
    add_gram (match, pack (c, 1));
  for (glong i = 0; i + 1 < n && max > 0; i++)
    {
      if (i + 2 < n && is_latin (c[i]) && is_latin (c[i + 1]) && is_latin (c[i + 2]))
        {
          add_gram (match, pack (c + i, 3));
          covered = i + 3;
          max--;
        }
      /* Two digits amid other characters are in every second case: the pairs that
       * they make with their neighbours say more. */
      else if (i + 2 > covered && (n == 2 || !is_latin (c[i]) || !is_latin (c[i + 1])))
        {
          add_gram (match, pack (c + i, 2));
          max--;
          /* The pair across this one and the next is in nearly every text that has both:
           * to look it up costs as much as they do, and spares nothing. */
          if (i + 3 < n && is_plain_run (c + i, 4))
            i++;
        }
    }
}
