/* reunion-phone.c: telephone numbers as China's numbering plan has them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-phone.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_DIGITS 24
#define MAX_FOREIGN_DIGITS 15

G_DEFINE_QUARK (reunion-phone-error-quark, reunion_phone_error)

typedef struct
{
  char digits[MAX_DIGITS + 1];
  gsize n_digits;
  char extension[8];
  gsize n_extension;
  gboolean is_foreign;
} Number;

static gboolean
fail (GError **error, ReunionPhoneError code, const char *sentence)
{
  g_set_error_literal (error, REUNION_PHONE_ERROR, code, sentence);
  return FALSE;
}

/* 转, "ext", "x", "#": what follows is the extension. */
static gboolean
starts_extension (const char *p)
{
  return g_str_has_prefix (p, "转") || g_ascii_strncasecmp (p, "ext", 3) == 0
         || g_ascii_tolower (*p) == 'x' || *p == '#';
}

static gboolean
is_padding (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION || c == 0x2212
         || c == '(' || c == ')' || c == 0xFF08 || c == 0xFF09 || c == '.' || c == '/';
}

static gboolean
take_digit (Number *number, char digit, gboolean in_extension)
{
  if (in_extension)
    {
      if (number->n_extension >= sizeof number->extension - 1)
        return FALSE;
      number->extension[number->n_extension++] = digit;
      return TRUE;
    }
  if (number->n_digits >= MAX_DIGITS)
    return FALSE;
  number->digits[number->n_digits++] = digit;
  return TRUE;
}

/* Digits of the area code, its 0 included; 0 when there is no such code. */
static gsize
count_area_digits (const char *digits)
{
  if (g_str_has_prefix (digits, "010") || (digits[1] == '2' && g_ascii_isdigit (digits[2])))
    return 3;
  return digits[1] >= '3' && digits[1] <= '9' ? 4 : 0;
}

/* "0857-7621234-801": what comes after the second hyphen is the extension. */
static gboolean
is_whole_landline (const Number *number)
{
  return number->digits[0] == '0' && number->digits[1] != '0'
         && number->n_digits >= count_area_digits (number->digits) + 7;
}

static gboolean
read_digits (const char *text, Number *number, GError **error)
{
  gboolean in_extension = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c))
        {
          if (!take_digit (number, (char) ('0' + g_unichar_digit_value (c)), in_extension))
            return fail (error, REUNION_PHONE_ERROR_LENGTH,
                         _("This telephone number has too many digits. Enter one number only."));
        }
      else if ((c == '+' || c == 0xFF0B) && number->n_digits == 0)
        number->is_foreign = TRUE;
      else if (number->n_digits > 0 && starts_extension (p))
        {
          in_extension = TRUE;
          if (g_ascii_strncasecmp (p, "ext", 3) == 0)
            p += 2;
        }
      else if (c == '-' && is_whole_landline (number))
        in_extension = TRUE;
      else if (!is_padding (c))
        {
          g_set_error (error, REUNION_PHONE_ERROR, REUNION_PHONE_ERROR_CHARACTER,
                       /* Translators: one character, then the whole text */
                       _("“%.*s” does not belong in the telephone number “%s”. Enter digits only."),
                       (int) (g_utf8_next_char (p) - p), p, text);
          return FALSE;
        }
    }
  return TRUE;
}

static void
drop_country_code (Number *number)
{
  gsize drop = 0;

  if (number->is_foreign && g_str_has_prefix (number->digits, "86"))
    drop = 2;
  else if (g_str_has_prefix (number->digits, "0086"))
    drop = 4;
  if (drop == 0)
    return;
  memmove (number->digits, number->digits + drop, number->n_digits - drop + 1);
  number->n_digits -= drop;
  number->is_foreign = FALSE;
  /* "+86 857 …": abroad the 0 of an area code is left out. */
  if (number->n_digits >= 9 && number->n_digits <= 11 && number->digits[0] != '0'
      && (number->digits[0] != '1' || number->digits[1] == '0')
      && !g_str_has_prefix (number->digits, "400") && !g_str_has_prefix (number->digits, "800"))
    {
      memmove (number->digits + 1, number->digits, number->n_digits + 1);
      number->digits[0] = '0';
      number->n_digits++;
    }
}

static char *
finish_landline (const Number *number, GError **error)
{
  gsize area = count_area_digits (number->digits);
  gsize local = number->n_digits - area;

  if (area == 0)
    {
      g_set_error (error, REUNION_PHONE_ERROR, REUNION_PHONE_ERROR_AREA,
                   _("No area code begins with “%.3s”. Compare the number once more."),
                   number->digits);
      return NULL;
    }
  if (local < 7 || local > 8)
    {
      g_set_error (error, REUNION_PHONE_ERROR, REUNION_PHONE_ERROR_LENGTH,
                   /* Translators: an area code; a number of digits */
                   _("After the area code %.*s come 7 or 8 digits, not %u."), (int) area,
                   number->digits, (guint) local);
      return NULL;
    }
  return g_strdup_printf ("%.*s-%s%s%s", (int) area, number->digits, number->digits + area,
                          number->n_extension > 0 ? "-" : "", number->extension);
}

static char *
finish_mobile (const Number *number, GError **error)
{
  if (number->n_digits == 11 && number->digits[1] >= '3')
    return g_strdup (number->digits);
  if (number->n_digits <= 6 && number->n_digits >= 3)
    return g_strdup (number->digits);
  g_set_error (error, REUNION_PHONE_ERROR, REUNION_PHONE_ERROR_LENGTH,
               /* Translators: a number of digits */
               _("A mobile number has 11 digits and begins with 13 to 19; this one has %u."),
               (guint) number->n_digits);
  return NULL;
}

static char *
finish (const Number *number, GError **error)
{
  const char *digits = number->digits;

  if (number->is_foreign)
    {
      if (number->n_digits >= 7 && number->n_digits <= MAX_FOREIGN_DIGITS)
        return g_strconcat ("+", digits, NULL);
      fail (error, REUNION_PHONE_ERROR_LENGTH,
            _("A number of another country has 7 to 15 digits after the plus sign."));
      return NULL;
    }
  if (digits[0] == '0')
    return finish_landline (number, error);
  if (digits[0] == '1')
    return finish_mobile (number, error);
  if (number->n_digits == 10
      && (g_str_has_prefix (digits, "400") || g_str_has_prefix (digits, "800")))
    return g_strdup_printf ("%.3s-%.3s-%s", digits, digits + 3, digits + 6);
  /* Banks, public services. */
  if (number->n_digits == 5 && digits[0] == '9')
    return g_strdup (digits);
  if (number->n_digits == 7 || number->n_digits == 8)
    fail (error, REUNION_PHONE_ERROR_AREA,
          _("The area code is missing. Write it in front, such as 0857-7621234."));
  else
    fail (error, REUNION_PHONE_ERROR_LENGTH,
          _("This is no telephone number. Enter 11 digits for a mobile, or the area code and 7 "
            "or 8 digits."));
  return NULL;
}

char *
reunion_phone_normalise (const char *text, GError **error)
{
  Number number = { 0 };

  g_return_val_if_fail (text != NULL, NULL);

  if (!read_digits (text, &number, error))
    return NULL;
  drop_country_code (&number);
  return finish (&number, error);
}
