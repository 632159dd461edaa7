/* reunion-json-syntax.c: whether a text is JSON, and nothing else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-json-syntax.h"

#include <math.h>
#include <string.h>

/* Longer than any number that is meant. */
#define MAX_NUMBER_BYTES 400

typedef struct
{
  const char *text;
  gsize length;
  gsize at;
  guint max_depth;
  ReunionJsonFault fault;
} Reader;

static gboolean
fail (Reader *r, ReunionJsonFault fault)
{
  if (r->fault == REUNION_JSON_FAULT_NONE)
    r->fault = fault;
  return FALSE;
}

/* The next byte, or a zero byte at the end: no JSON holds one. */
static char
peek (const Reader *r)
{
  return r->at < r->length ? r->text[r->at] : '\0';
}

static void
skip_space (Reader *r)
{
  while (peek (r) == ' ' || peek (r) == '\t' || peek (r) == '\n' || peek (r) == '\r')
    r->at++;
}

static gboolean
take (Reader *r, char c)
{
  if (peek (r) != c)
    return FALSE;
  r->at++;
  return TRUE;
}

static gboolean
take_word (Reader *r, const char *word)
{
  gsize n_bytes = strlen (word);

  if (r->length - r->at < n_bytes || memcmp (r->text + r->at, word, n_bytes) != 0)
    return fail (r, REUNION_JSON_FAULT_SYNTAX);
  r->at += n_bytes;
  return TRUE;
}

static gboolean
take_digits (Reader *r)
{
  gsize start = r->at;

  while (g_ascii_isdigit (peek (r)))
    r->at++;
  return r->at > start ? TRUE : fail (r, REUNION_JSON_FAULT_SYNTAX);
}

static gboolean
read_number (Reader *r)
{
  gsize start = r->at;
  gboolean is_whole = TRUE;
  g_autofree char *number = NULL;

  take (r, '-');
  if (!take (r, '0') && !take_digits (r))
    return FALSE;
  if (take (r, '.'))
    {
      is_whole = FALSE;
      if (!take_digits (r))
        return FALSE;
    }
  if (take (r, 'e') || take (r, 'E'))
    {
      is_whole = FALSE;
      if (!take (r, '+'))
        take (r, '-');
      if (!take_digits (r))
        return FALSE;
    }
  if (r->at - start > MAX_NUMBER_BYTES)
    return fail (r, REUNION_JSON_FAULT_NUMBER);
  number = g_strndup (r->text + start, r->at - start);
  if (is_whole ? !g_ascii_string_to_signed (number, 10, G_MININT64, G_MAXINT64, NULL, NULL)
               : !isfinite (g_ascii_strtod (number, NULL)))
    return fail (r, REUNION_JSON_FAULT_NUMBER);
  return TRUE;
}

static gboolean
read_four_digits (Reader *r, gunichar *unit)
{
  *unit = 0;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (peek (r));

      if (digit < 0)
        return fail (r, REUNION_JSON_FAULT_SYNTAX);
      *unit = *unit * 16 + (gunichar) digit;
      r->at++;
    }
  return TRUE;
}

static gboolean
read_escape (Reader *r)
{
  gunichar high, low;

  if (!take (r, 'u'))
    {
      if (peek (r) == '\0' || strchr ("\"\\/bfnrt", peek (r)) == NULL)
        return fail (r, REUNION_JSON_FAULT_SYNTAX);
      r->at++;
      return TRUE;
    }
  if (!read_four_digits (r, &high))
    return FALSE;
  if (high == 0 || (high >= 0xdc00 && high <= 0xdfff))
    return fail (r, REUNION_JSON_FAULT_TEXT);
  if (high < 0xd800 || high > 0xdbff)
    return TRUE;
  if (!take (r, '\\') || !take (r, 'u'))
    return fail (r, REUNION_JSON_FAULT_TEXT);
  if (!read_four_digits (r, &low))
    return FALSE;
  return low >= 0xdc00 && low <= 0xdfff ? TRUE : fail (r, REUNION_JSON_FAULT_TEXT);
}

static gboolean
read_string (Reader *r)
{
  if (!take (r, '"'))
    return fail (r, REUNION_JSON_FAULT_SYNTAX);
  while (!take (r, '"'))
    {
      if (take (r, '\\'))
        {
          if (!read_escape (r))
            return FALSE;
        }
      else if ((guchar) peek (r) < 0x20) /* the end of the text among them */
        return fail (r, REUNION_JSON_FAULT_SYNTAX);
      else
        r->at++;
    }
  return TRUE;
}

static gboolean read_value (Reader *r, guint depth);

/* What stands between the brackets that end with @close. */
static gboolean
read_members (Reader *r, char close, guint depth)
{
  if (depth > r->max_depth)
    return fail (r, REUNION_JSON_FAULT_DEPTH);
  r->at++;
  skip_space (r);
  if (take (r, close))
    return TRUE;
  do
    {
      skip_space (r);
      if (close == '}')
        {
          if (!read_string (r))
            return FALSE;
          skip_space (r);
          if (!take (r, ':'))
            return fail (r, REUNION_JSON_FAULT_SYNTAX);
        }
      if (!read_value (r, depth))
        return FALSE;
      skip_space (r);
    }
  while (take (r, ','));
  return take (r, close) ? TRUE : fail (r, REUNION_JSON_FAULT_SYNTAX);
}

/* Recursion ends at max_depth. */
static gboolean
read_value (Reader *r, guint depth)
{
  skip_space (r);
  switch (peek (r))
    {
    case '{':
      return read_members (r, '}', depth + 1);
    case '[':
      return read_members (r, ']', depth + 1);
    case '"':
      return read_string (r);
    case 't':
      return take_word (r, "true");
    case 'f':
      return take_word (r, "false");
    case 'n':
      return take_word (r, "null");
    default:
      return read_number (r);
    }
}

ReunionJsonFault
reunion_json_find_fault (const char *text, gsize length, guint max_depth, gsize *offset)
{
  Reader r = { .text = text, .length = length, .max_depth = max_depth };

  g_return_val_if_fail (text != NULL && offset != NULL, REUNION_JSON_FAULT_SYNTAX);

  if (read_value (&r, 0))
    {
      skip_space (&r);
      if (r.at < length)
        fail (&r, REUNION_JSON_FAULT_SYNTAX);
    }
  *offset = r.at;
  return r.fault;
}
