/* reunion-date.c: a date as people type it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-date.h"

#include <string.h>

#define MIN_YEAR 1000

/* Exactly @min to @max digits; no more of them may follow. */
static gboolean
take_number (const char **p, int min, int max, int *number)
{
  int n = 0;

  *number = 0;
  for (; n < max && g_ascii_isdigit (**p); n++, (*p)++)
    *number = *number * 10 + (**p - '0');
  return n >= min;
}

static gboolean
take_mark (const char **p, const char *word)
{
  const char *const marks[] = { "-", "/", ".", word };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (*p, marks[i]))
      {
        *p += strlen (marks[i]);
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_parted (const char *p, int *year, int *month, int *day)
{
  if (!take_number (&p, 4, 4, year) || !take_mark (&p, "年") || !take_number (&p, 1, 2, month)
      || !take_mark (&p, "月") || !take_number (&p, 1, 2, day))
    return FALSE;
  return *p == '\0' || g_str_equal (p, "日") || g_str_equal (p, "号");
}

static gboolean
read_run (const char *p, int *year, int *month, int *day)
{
  return take_number (&p, 4, 4, year) && take_number (&p, 2, 2, month)
         && take_number (&p, 2, 2, day) && *p == '\0';
}

char *
reunion_date_read (const char *text)
{
  g_autofree char *normal = NULL;
  int year, month, day;

  g_return_val_if_fail (text != NULL, NULL);

  normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  if (normal == NULL)
    return NULL;
  g_strstrip (normal);
  if (!read_parted (normal, &year, &month, &day) && !read_run (normal, &year, &month, &day))
    return NULL;
  if (year < MIN_YEAR || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return NULL;
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}
