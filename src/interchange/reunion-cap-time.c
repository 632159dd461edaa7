/* reunion-cap-time.c: times as the Common Alerting Protocol writes them
 *
 * Source: CAP 1.2, 3.3.2: XML's dateTime with seconds and an offset in figures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-cap.h"

#include <string.h>

#define PATTERN "dddd-dd-ddTdd:dd:dd+dd:dd"
#define MAX_OFFSET_MINUTES (14 * 60)

char *
reunion_cap_format_time (gint64 usec, int offset_minutes)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) there = NULL;
  g_autofree char *clock = NULL;

  g_return_val_if_fail (ABS (offset_minutes) <= MAX_OFFSET_MINUTES, NULL);

  zone = g_time_zone_new_offset (offset_minutes * 60);
  /* Towards the past before 1970 too. */
  utc = g_date_time_new_from_unix_utc (
      (usec - (usec % G_USEC_PER_SEC + G_USEC_PER_SEC) % G_USEC_PER_SEC) / G_USEC_PER_SEC);
  there = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  if (there == NULL)
    return NULL;
  clock = g_date_time_format (there, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf ("%s%c%02d:%02d", clock, offset_minutes > 0 ? '+' : '-',
                          ABS (offset_minutes) / 60, ABS (offset_minutes) % 60);
}

static gboolean
fits_pattern (const char *text)
{
  if (strlen (text) != strlen (PATTERN))
    return FALSE;
  for (gsize i = 0; PATTERN[i] != '\0'; i++)
    if (PATTERN[i] == 'd' ? !g_ascii_isdigit (text[i])
                          : text[i] != PATTERN[i] && !(PATTERN[i] == '+' && text[i] == '-'))
      return FALSE;
  return TRUE;
}

gboolean
reunion_cap_parse_time (const char *text, gint64 *usec, int *offset_minutes)
{
  g_autoptr (GDateTime) time = NULL;
  int minutes;

  g_return_val_if_fail (text != NULL && usec != NULL && offset_minutes != NULL, FALSE);

  if (!fits_pattern (text))
    return FALSE;
  minutes = (text[20] - '0') * 600 + (text[21] - '0') * 60 + (text[23] - '0') * 10 + text[24] - '0';
  if (minutes > MAX_OFFSET_MINUTES || text[23] > '5' || (minutes == 0 && text[19] == '+'))
    return FALSE;
  time = g_date_time_new_from_iso8601 (text, NULL);
  if (time == NULL)
    return FALSE;
  *usec = g_date_time_to_unix (time) * G_USEC_PER_SEC;
  *offset_minutes = text[19] == '-' ? -minutes : minutes;
  return TRUE;
}
