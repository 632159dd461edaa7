/* reunion-resident-id.c: the resident identity number of GB 11643
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-resident-id.h"

#include "reunion-region.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define LENGTH 18

static const int weights[LENGTH - 1] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
static const char check_characters[] = "10X98765432";

G_DEFINE_QUARK (reunion-resident-id-error-quark, reunion_resident_id_error)

/* Leaves out what people put between the digits. FALSE on a character that can
 * be no part of a number; *n_characters counts them all. */
static gboolean
normalise (const char *text, char number[LENGTH + 1], gsize *n_characters, gunichar *stranger)
{
  gsize n = 0;

  *stranger = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || c == '-')
        continue;
      if (c >= 0xff10 && c <= 0xff19) /* full-width digits */
        c = c - 0xff10 + '0';
      if (c == 'x' || c == 0xff38 || c == 0xff58) /* full-width X, x */
        c = 'X';
      if (!(c >= '0' && c <= '9') && c != 'X' && *stranger == 0)
        *stranger = c;
      if (n < LENGTH)
        number[n] = c < 0x80 ? (char) c : '?';
      n++;
    }
  number[MIN (n, LENGTH)] = '\0';
  *n_characters = n;
  return *stranger == 0;
}

char
reunion_resident_id_check_character (const char *digits)
{
  int sum = 0;

  g_return_val_if_fail (digits != NULL && strlen (digits) >= LENGTH - 1, '\0');

  for (int i = 0; i < LENGTH - 1; i++)
    sum += weights[i] * (digits[i] - '0');
  return check_characters[sum % 11];
}

static gboolean
check_characters_are_digits (const char *number, gunichar stranger, GError **error)
{
  if (stranger != 0)
    {
      char shown[7] = { 0 };

      g_unichar_to_utf8 (stranger, shown);
      g_set_error (error, REUNION_RESIDENT_ID_ERROR, REUNION_RESIDENT_ID_ERROR_CHARACTER,
                   _("“%s” can't be part of a resident ID number: it has digits only, and "
                     "perhaps an X at the end."),
                   shown);
      return FALSE;
    }
  if (strspn (number, "0123456789") < LENGTH - 1)
    {
      g_set_error_literal (error, REUNION_RESIDENT_ID_ERROR, REUNION_RESIDENT_ID_ERROR_CHARACTER,
                           _("An X can stand only at the end of a resident ID number."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_date (const char *number, gint64 today_usec, char birth_date[11], GError **error)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (today_usec / G_USEC_PER_SEC);
  g_autoptr (GDateTime) today = g_date_time_to_timezone (utc, china);
  int year, month, day, today_number;

  sscanf (number + 6, "%4d%2d%2d", &year, &month, &day);
  if (year < 1850 || month < 1 || day < 1
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    {
      g_set_error (error, REUNION_RESIDENT_ID_ERROR, REUNION_RESIDENT_ID_ERROR_DATE,
                   _("Digits 7 to 14 (%.8s) are the date of birth, but there is no such day."),
                   number + 6);
      return FALSE;
    }
  today_number = g_date_time_get_year (today) * 10000 + g_date_time_get_month (today) * 100
                 + g_date_time_get_day_of_month (today);
  if (year * 10000 + month * 100 + day > today_number)
    {
      g_set_error (error, REUNION_RESIDENT_ID_ERROR, REUNION_RESIDENT_ID_ERROR_DATE,
                   _("Digits 7 to 14 (%.8s) are the date of birth, but that day is still to come."),
                   number + 6);
      return FALSE;
    }
  g_snprintf (birth_date, 11, "%04d-%02d-%02d", year, month, day);
  return TRUE;
}

gboolean
reunion_resident_id_parse (const char *text,
                           gint64 today_usec,
                           ReunionResidentId *id,
                           GError **error)
{
  char number[LENGTH + 1];
  gsize n_characters;
  gunichar stranger;
  char expected;

  g_return_val_if_fail (text != NULL && id != NULL, FALSE);

  normalise (text, number, &n_characters, &stranger);
  if (n_characters != LENGTH)
    {
      g_set_error (
          error, REUNION_RESIDENT_ID_ERROR, REUNION_RESIDENT_ID_ERROR_LENGTH,
          g_dngettext (GETTEXT_PACKAGE, "A resident ID number has 18 characters; this has %d.",
                       "A resident ID number has 18 characters; this has %d.", n_characters),
          (int) n_characters);
      return FALSE;
    }
  if (!check_characters_are_digits (number, stranger, error))
    return FALSE;
  /* 83 is borne by residence permits for people from Taiwan. */
  if (reunion_province_find (number) == NULL && strncmp (number, "83", 2) != 0)
    {
      g_set_error (error, REUNION_RESIDENT_ID_ERROR, REUNION_RESIDENT_ID_ERROR_REGION,
                   _("No province has the code %.2s, with which this number begins."), number);
      return FALSE;
    }
  if (!check_date (number, today_usec, id->birth_date, error))
    return FALSE;
  expected = reunion_resident_id_check_character (number);
  if (number[LENGTH - 1] != expected)
    {
      g_set_error (error, REUNION_RESIDENT_ID_ERROR, REUNION_RESIDENT_ID_ERROR_CHECK,
                   _("The last character should be %c, not %c: one of the digits is wrong. "
                     "Compare the number with the card."),
                   expected, number[LENGTH - 1]);
      return FALSE;
    }
  memcpy (id->number, number, sizeof number);
  memcpy (id->region, number, 6);
  id->region[6] = '\0';
  id->is_male = (number[16] - '0') % 2 == 1;
  return TRUE;
}
