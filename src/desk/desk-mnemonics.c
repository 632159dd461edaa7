/* desk-mnemonics.c: the letter that leads to each entry of a form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-mnemonics.h"

#include <string.h>

static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";

struct _DeskMnemonics
{
  gboolean is_dealt[sizeof letters - 1];
  gboolean is_reserved[sizeof letters - 1];
  guint next; /* where to go on when all are dealt out */
};

static int
find_letter (char c)
{
  const char *found = c != '\0' ? strchr (letters, g_ascii_tolower (c)) : NULL;

  return found != NULL ? (int) (found - letters) : -1;
}

static gboolean
take (DeskMnemonics *self, char c)
{
  int which = find_letter (c);

  if (which < 0 || self->is_dealt[which] || self->is_reserved[which])
    return FALSE;
  self->is_dealt[which] = TRUE;
  return TRUE;
}

static gboolean
starts_word (const char *label, gsize at)
{
  return at == 0 || !g_ascii_isalnum (label[at - 1]);
}

/* First letters of words are easiest to see. One dealt before is dealt again rather
 * than a letter that the label does not hold. -1 when it has none to give. */
static int
choose_own (DeskMnemonics *self, const char *label)
{
  for (int pass = 0; pass < 2; pass++)
    for (gsize i = 0; label[i] != '\0'; i++)
      if ((pass == 1 || starts_word (label, i)) && take (self, label[i]))
        return (int) i;
  for (gsize i = 0; label[i] != '\0'; i++)
    {
      int which = find_letter (label[i]);

      if (which >= 0 && !self->is_reserved[which])
        return (int) i;
    }
  return -1;
}

static char
deal (DeskMnemonics *self)
{
  for (gsize i = 0; letters[i] != '\0'; i++)
    if (take (self, letters[i]))
      return letters[i];
  for (gsize i = 0; i < strlen (letters); i++)
    {
      self->next = (self->next + 1) % strlen (letters);
      if (!self->is_reserved[self->next])
        return letters[self->next];
    }
  return '\0';
}

static void
append_escaped (GString *marked, const char *label, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (label[i] == '_')
        g_string_append_c (marked, '_');
      g_string_append_c (marked, label[i]);
    }
}

DeskMnemonics *
desk_mnemonics_new (const char *reserved)
{
  DeskMnemonics *self = g_new0 (DeskMnemonics, 1);

  for (; *reserved != '\0'; reserved++)
    {
      g_return_val_if_fail (find_letter (*reserved) >= 0, self);
      self->is_reserved[find_letter (*reserved)] = TRUE;
    }
  return self;
}

void
desk_mnemonics_free (DeskMnemonics *self)
{
  g_free (self);
}

char *
desk_mnemonics_mark (DeskMnemonics *self, const char *label)
{
  GString *marked = g_string_new (NULL);
  int own;
  char dealt;

  g_return_val_if_fail (self != NULL && label != NULL, NULL);

  own = choose_own (self, label);
  if (own >= 0)
    {
      append_escaped (marked, label, (gsize) own);
      g_string_append_c (marked, '_');
      append_escaped (marked, label + own, strlen (label) - (gsize) own);
      return g_string_free (marked, FALSE);
    }
  append_escaped (marked, label, strlen (label));
  dealt = deal (self);
  if (dealt != '\0')
    g_string_append_printf (marked, "(_%c)", g_ascii_toupper (dealt));
  return g_string_free (marked, FALSE);
}

char
desk_mnemonics_get_letter (const char *marked)
{
  g_return_val_if_fail (marked != NULL, '\0');

  for (; *marked != '\0'; marked++)
    if (marked[0] == '_')
      {
        if (marked[1] != '_')
          return g_ascii_tolower (marked[1]);
        marked++;
      }
  return '\0';
}

char *
desk_mnemonics_mark_with (const char *label, char letter)
{
  GString *marked = g_string_new (NULL);
  gssize found = -1;

  g_return_val_if_fail (label != NULL, NULL);

  for (gsize i = 0; letter != '\0' && label[i] != '\0'; i++)
    if (g_ascii_tolower (label[i]) == letter && (found < 0 || starts_word (label, i)))
      {
        found = (gssize) i;
        if (starts_word (label, i))
          break;
      }
  if (found >= 0)
    {
      append_escaped (marked, label, (gsize) found);
      g_string_append_c (marked, '_');
      append_escaped (marked, label + found, strlen (label) - (gsize) found);
      return g_string_free (marked, FALSE);
    }
  append_escaped (marked, label, strlen (label));
  if (letter != '\0')
    g_string_append_printf (marked, "(_%c)", g_ascii_toupper (letter));
  return g_string_free (marked, FALSE);
}
