/* leak-search.c: whether something private stands in what goes out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* memmem */
#define _GNU_SOURCE

#include "leak-search.h"

#include <string.h>

/* Fewer digits than these meet by chance. */
#define MIN_DIGITS 8

void
leak_output_free (LeakOutput *self)
{
  g_free (self->name);
  g_bytes_unref (self->bytes);
  g_free (self);
}

LeakTerm *
leak_term_new (const char *what, const char *text, gboolean is_word)
{
  LeakTerm *self = g_new0 (LeakTerm, 1);

  self->what = g_strdup (what);
  self->text = g_strdup (text);
  self->is_word = is_word;
  return self;
}

void
leak_term_free (LeakTerm *self)
{
  g_free (self->what);
  g_free (self->text);
  g_free (self);
}

static gboolean
holds (GBytes *bytes, const void *pattern, gsize length)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return length > 0 && size >= length && memmem (data, size, pattern, length) != NULL;
}

static gboolean
holds_text (GBytes *bytes, const char *text)
{
  return holds (bytes, text, strlen (text));
}

static gboolean
is_word_byte (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

static gboolean
holds_word (GBytes *bytes, const char *word)
{
  gsize size, length = strlen (word);
  const char *data = g_bytes_get_data (bytes, &size);
  const char *end = data + size;

  for (const char *p = data; p != NULL && (gsize) (end - p) >= length; p++)
    {
      p = memmem (p, (gsize) (end - p), word, length);
      if (p == NULL)
        return FALSE;
      if ((p == data || !is_word_byte (p[-1])) && (p + length == end || !is_word_byte (p[length])))
        return TRUE;
    }
  return FALSE;
}

static gboolean
holds_utf16 (GBytes *bytes, const char *text)
{
  static const char *const sets[] = { "UTF-16LE", "UTF-16BE" };

  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      gsize length;
      g_autofree char *converted = g_convert (text, -1, sets[i], "UTF-8", NULL, &length, NULL);

      g_assert_nonnull (converted);
      if (holds (bytes, converted, length))
        return TRUE;
    }
  return FALSE;
}

/* What stands before it moves where its letters fall: the part that does not
 * depend on its neighbours, for each of the three places. */
static gboolean
holds_base64 (GBytes *bytes, const char *text)
{
  gsize length = strlen (text);

  for (gsize shift = 0; shift < 3; shift++)
    {
      g_autofree char *shifted = g_strnfill (shift, '.');
      g_autofree char *whole = g_strconcat (shifted, text, NULL);
      g_autofree char *encoded = g_base64_encode ((const guchar *) whole, shift + length);
      gsize start = (shift * 8 + 5) / 6;
      gsize end = (shift + length) * 8 / 6;

      if (end < start + 6)
        continue;
      encoded[end] = '\0';
      if (holds_text (bytes, encoded + start))
        return TRUE;
      /* As addresses have it. */
      g_strdelimit (encoded, "+", '-');
      g_strdelimit (encoded, "/", '_');
      if (holds_text (bytes, encoded + start))
        return TRUE;
    }
  return FALSE;
}

/* Each byte, or each that is no plain letter, by @format. */
static gboolean
holds_bytes_as (GBytes *bytes, const char *text, gboolean all, gboolean is_percent, gboolean upper)
{
  static const char *const digits[] = { "0123456789abcdef", "0123456789ABCDEF" };
  g_autoptr (GString) escaped = g_string_new (NULL);

  for (const guint8 *p = (const guint8 *) text; *p != '\0'; p++)
    if (!all && (g_ascii_isalnum (*p) || strchr ("-._~", *p) != NULL))
      g_string_append_c (escaped, (char) *p);
    else
      {
        if (is_percent)
          g_string_append_c (escaped, '%');
        g_string_append_c (escaped, digits[upper][*p >> 4]);
        g_string_append_c (escaped, digits[upper][*p & 15]);
      }
  return holds_text (bytes, escaped->str);
}

/* Each character, or each that is none of ASCII, as a reference of HTML or an
 * escape of JSON. */
static gboolean
holds_characters_as (GBytes *bytes, const char *text, gboolean all)
{
  g_autoptr (GString) decimal = g_string_new (NULL);
  g_autoptr (GString) hex = g_string_new (NULL);
  g_autoptr (GString) upper_hex = g_string_new (NULL);
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GString) upper_json = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GString *forms[] = { decimal, hex, upper_hex, json, upper_json };

      if (c < 0x80 && !all)
        {
          for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
            g_string_append_c (forms[i], (char) c);
          continue;
        }
      g_string_append_printf (decimal, "&#%u;", c);
      g_string_append_printf (hex, "&#x%x;", c);
      g_string_append_printf (upper_hex, "&#x%X;", c);
      g_string_append_printf (json, "\\u%04x", c);
      g_string_append_printf (upper_json, "\\u%04X", c);
    }
  return holds_text (bytes, decimal->str) || holds_text (bytes, hex->str)
         || holds_text (bytes, upper_hex->str) || holds_text (bytes, json->str)
         || holds_text (bytes, upper_json->str);
}

/* Nothing but letters and digits of @text, so that breaks of lines don't matter. */
static GBytes *
squeeze (const char *text, gsize length, gboolean digits_only)
{
  GByteArray *squeezed = g_byte_array_new ();

  for (gsize i = 0; i < length; i++)
    if (digits_only ? g_ascii_isdigit (text[i]) : (guint8) text[i] > ' ')
      g_byte_array_append (squeezed, (const guint8 *) text + i, 1);
  return g_byte_array_free_to_bytes (squeezed);
}

static gboolean
holds_squeezed (const LeakOutput *output, const char *text, gboolean digits_only)
{
  gsize length;
  const char *data = g_bytes_get_data (output->bytes, &length);
  g_autoptr (GBytes) squeezed = squeeze (data, length, digits_only);
  g_autoptr (GBytes) wanted = squeeze (text, strlen (text), digits_only);

  return holds (squeezed, g_bytes_get_data (wanted, NULL), g_bytes_get_size (wanted));
}

static guint
count_digits (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      n++;
    else if ((guint8) *text >= 0x80 || g_ascii_isalpha (*text))
      return 0;
  return n;
}

const char *
leak_find (const LeakOutput *output, const LeakTerm *term)
{
  GBytes *bytes = output->bytes;
  const char *text = term->text;

  if (term->is_word)
    return output->is_text && holds_word (bytes, text) ? "as a word" : NULL;
  if (holds_text (bytes, text))
    return "as it is";
  if (holds_utf16 (bytes, text))
    return "in UTF-16";
  if (holds_base64 (bytes, text))
    return "in base64";
  for (int i = 0; i < 4; i++)
    if (holds_bytes_as (bytes, text, i & 1, TRUE, i >> 1))
      return "escaped for an address";
  if (holds_bytes_as (bytes, text, TRUE, FALSE, FALSE)
      || holds_bytes_as (bytes, text, TRUE, FALSE, TRUE))
    return "in hexadecimal";
  if (holds_characters_as (bytes, text, FALSE) || holds_characters_as (bytes, text, TRUE))
    return "escaped for HTML or JSON";
  if (output->is_text && holds_squeezed (output, text, FALSE))
    return "over the end of a line";
  if (output->is_text && count_digits (text) >= MIN_DIGITS && holds_squeezed (output, text, TRUE))
    return "with something between its digits";
  return NULL;
}
