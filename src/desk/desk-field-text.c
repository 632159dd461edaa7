/* desk-field-text.c: what is typed into an entry, and the report's value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-field-text.h"

#include "reunion-date.h"
#include "reunion-region.h"
#include "reunion-resident-id.h"
#include "reunion-time.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
refuse (ReunionReport *report, ReunionField field, const char *sentence, char **message)
{
  reunion_report_unset (report, field);
  *message = g_strdup (sentence);
  return FALSE;
}

static gboolean
apply_time (ReunionReport *report,
            ReunionField field,
            const char *text,
            gint64 now_usec,
            char **message)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GError) error = NULL;
  gint64 usec;

  if (!reunion_time_parse (text, now_usec, zone, &usec, &error))
    return refuse (report, field, error->message, message);
  reunion_report_set_int (report, field, usec);
  return TRUE;
}

static gboolean
apply_integer (ReunionReport *report, ReunionField field, const char *text, char **message)
{
  gint64 value;
  /* An input method may be left at wide digits. */
  g_autofree char *stripped = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  g_strstrip (stripped);
  if (field == REUNION_FIELD_AGE_YEARS && g_str_has_suffix (stripped, "岁"))
    stripped[strlen (stripped) - strlen ("岁")] = '\0';
  if (!g_ascii_string_to_signed (stripped, 10, 0, reunion_field_get_info (field)->max, &value,
                                 NULL))
    {
      g_autofree char *sentence = g_strdup_printf (
          /* Translators: the name of a field; the largest number it takes */
          _ ("%s: enter a whole number from 0 to %d."), reunion_field_get_label (field),
          (int) reunion_field_get_info (field)->max);

      return refuse (report, field, sentence, message);
    }
  reunion_report_set_int (report, field, value);
  return TRUE;
}

static gboolean
apply_resident_id (ReunionReport *report,
                   ReunionField field,
                   const char *text,
                   gint64 now_usec,
                   char **message)
{
  g_autoptr (GError) error = NULL;
  const ReunionProvince *province;
  ReunionResidentId id;

  if (!reunion_resident_id_parse (text, now_usec, &id, &error))
    return refuse (report, field, error->message, message);
  reunion_report_set_text (report, field, id.number);
  province = reunion_province_find (id.region);
  /* Translators: birth date, sex, province, as a resident ID number has them */
  *message = g_strdup_printf (
      _ ("Born %s · %s · %s"), id.birth_date,
      reunion_field_get_choice_label (REUNION_FIELD_SEX, id.is_male ? "male" : "female"),
      province != NULL ? reunion_province_get_label (province) : id.region);
  return TRUE;
}

static gboolean
apply_text (ReunionReport *report, ReunionField field, const char *text, char **message)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *date = NULL;

  if (reunion_field_get_info (field)->kind == REUNION_FIELD_KIND_DATE)
    date = reunion_date_read (text);
  reunion_report_set_text (report, field, date != NULL ? date : text);
  if (reunion_report_check (report, field, &error))
    return TRUE;
  return refuse (report, field, error->message, message);
}

gboolean
desk_field_text_apply (const char *text,
                       ReunionReport *report,
                       ReunionField field,
                       gint64 now_usec,
                       char **message)
{
  g_autofree char *stripped = NULL;

  g_return_val_if_fail (text != NULL && REUNION_IS_REPORT (report), FALSE);
  g_return_val_if_fail (message != NULL && *message == NULL, FALSE);

  stripped = g_strstrip (g_strdup (text));
  if (*stripped == '\0')
    {
      reunion_report_unset (report, field);
      return TRUE;
    }
  if (field == REUNION_FIELD_RESIDENT_ID)
    return apply_resident_id (report, field, stripped, now_usec, message);
  switch (reunion_field_get_info (field)->kind)
    {
    case REUNION_FIELD_KIND_TIME:
      return apply_time (report, field, stripped, now_usec, message);
    case REUNION_FIELD_KIND_INTEGER:
      return apply_integer (report, field, stripped, message);
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_LONG_TEXT:
    case REUNION_FIELD_KIND_CHOICE:
    case REUNION_FIELD_KIND_DATE:
    case REUNION_FIELD_KIND_FLAG:
    case REUNION_FIELD_KIND_DEGREES:
    default:
      return apply_text (report, field, stripped, message);
    }
}

char *
desk_field_text_format (ReunionReport *report, ReunionField field)
{
  g_autoptr (GTimeZone) zone = NULL;
  const char *text;

  g_return_val_if_fail (REUNION_IS_REPORT (report), NULL);

  switch (reunion_field_get_info (field)->kind)
    {
    case REUNION_FIELD_KIND_TIME:
      zone = g_time_zone_new_local ();
      if (reunion_report_has (report, field))
        return reunion_time_format_exact (reunion_report_get_int (report, field, 0), zone);
      break;
    case REUNION_FIELD_KIND_INTEGER:
      if (reunion_report_has (report, field))
        return g_strdup_printf ("%" G_GINT64_FORMAT, reunion_report_get_int (report, field, 0));
      break;
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_LONG_TEXT:
    case REUNION_FIELD_KIND_CHOICE:
    case REUNION_FIELD_KIND_DATE:
    case REUNION_FIELD_KIND_FLAG:
    case REUNION_FIELD_KIND_DEGREES:
    default:
      text = reunion_report_get_text (report, field);
      if (text != NULL)
        return g_strdup (text);
    }
  return g_strdup ("");
}

char *
desk_field_text_format_ago (gint64 usec, gint64 now_usec)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when = reunion_time_format (usec, zone);
  g_autofree char *elapsed = reunion_time_format_elapsed (MAX (now_usec - usec, 0));

  /* Translators: a time, and how long ago it was */
  return g_strdup_printf (_ ("%s · %s ago"), when, elapsed);
}
