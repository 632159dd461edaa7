/* leak-case.c: a case in which every value can be told from every other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "leak-case.h"

#include <stdlib.h>
#include <string.h>

/* Topics of the fields begin here; others stand below. */
#define FIELD_TOPIC 20

/* The birthdays lie before the day of loss, so that the age, which is public, is
 * the same. */
static const char *const dates[] = { "1986-03-17", "1986-02-06" };
static const char *const residents[] = { "51010519860317137", "51010519860206263" };
static const char *const phones[] = { "19987654035", "19912873946" };

char *
leak_make_marker (guint topic, guint variant)
{
  g_autoptr (GString) marker = g_string_new (NULL);

  for (guint i = 0; i < 3; i++)
    g_string_append_unichar (marker, 0x6c00 + topic * 8 + variant * 4 + i);
  g_string_append_printf (marker, "-Qz%02uw%c", topic, 'A' + variant);
  return g_strdup (marker->str);
}

static void
add (GPtrArray *terms, const char *what, const char *text, gboolean is_word)
{
  g_ptr_array_add (terms, leak_term_new (what, text, is_word));
}

void
leak_add_marker (GPtrArray *terms, const char *what, guint topic, guint variant)
{
  g_autofree char *marker = leak_make_marker (topic, variant);
  char *hyphen = strchr (marker, '-');

  *hyphen = '\0';
  add (terms, what, marker, FALSE);
  add (terms, what, hyphen + 1, FALSE);
}

/* GB 11643: the weights and the check digits. Transfer full. */
static char *
complete_resident_id (const char *number)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  int sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * (number[i] - '0');
  return g_strdup_printf ("%s%c", number, "10X98765432"[sum % 11]);
}

static void
fill_resident_id (ReunionReport *report, const char *key, guint variant, GPtrArray *secrets)
{
  g_autofree char *number = complete_resident_id (residents[variant]);
  g_autofree char *region = g_strndup (number, 6);
  g_autofree char *start = g_strndup (number, 14);
  g_autofree char *birth = g_strndup (number + 6, 8);

  reunion_report_set_text (report, REUNION_FIELD_RESIDENT_ID, number);
  add (secrets, key, number, FALSE);
  add (secrets, key, start, FALSE);
  add (secrets, key, birth, FALSE);
  add (secrets, key, number + 8, FALSE);
  add (secrets, key, region, TRUE);
}

static void
fill_phone (ReunionReport *report,
            ReunionField field,
            const char *key,
            guint variant,
            GPtrArray *secrets)
{
  reunion_report_set_text (report, field, phones[variant]);
  add (secrets, key, phones[variant], FALSE);
  add (secrets, key, phones[variant] + 3, FALSE);
}

static void
fill_date (ReunionReport *report,
           ReunionField field,
           const char *key,
           guint variant,
           GPtrArray *secrets)
{
  static const char *const formats[]
      = { "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%-m月%-d日", "%Y%m%d", "%-d %B %Y", "%B %-d" };
  g_auto (GStrv) parts = g_strsplit (dates[variant], "-", 3);
  g_autoptr (GDateTime) date
      = g_date_time_new_utc (atoi (parts[0]), atoi (parts[1]), atoi (parts[2]), 0, 0, 0);

  reunion_report_set_text (report, field, dates[variant]);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *text = g_date_time_format (date, formats[i]);

      add (secrets, key, text, FALSE);
    }
}

static void
fill_time (ReunionReport *report,
           ReunionField field,
           const char *key,
           guint variant,
           gint64 now_usec,
           GPtrArray *secrets)
{
  /* At an hour and a minute that nothing else happens. */
  gint64 usec = now_usec - (gint64) (7 * 3600 + (41 + 11 * variant) * 60 + 23) * G_TIME_SPAN_SECOND;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (usec / G_TIME_SPAN_SECOND);
  g_autoptr (GDateTime) china = g_date_time_add_hours (utc, 8);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, usec / G_TIME_SPAN_SECOND);
  g_autofree char *utc_clock = g_date_time_format (utc, "%H:%M");
  g_autofree char *china_clock = g_date_time_format (china, "%H:%M");

  reunion_report_set_int (report, field, usec);
  add (secrets, key, number, FALSE);
  add (secrets, key, utc_clock, TRUE);
  add (secrets, key, china_clock, TRUE);
}

static void
fill_choice (ReunionReport *report, ReunionField field, guint variant, GPtrArray *secrets)
{
  const ReunionChoice *choices = reunion_field_get_choices (field);
  const char *key = reunion_field_get_info (field)->key;
  guint n = 0, index;

  while (choices[n].key != NULL)
    n++;
  g_assert_cmpuint (n, >=, 4);
  /* Neither the first, which is the usual one, nor the last, which may be a word of
   * every day; nor an abduction, which bears an event code of its own in the alert.
   * "Older" is a word of notices, by the age that they tell. */
  index = n - (field == REUNION_FIELD_PERSON_KIND ? 2 : 3) + variant;
  g_assert_cmpstr (choices[index].key, !=, "abduction");
  reunion_report_set_text (report, field, choices[index].key);
  add (secrets, key, choices[index].key, TRUE);
  add (secrets, key, choices[index].label, TRUE);
}

static void
fill_number (ReunionReport *report, const ReunionFieldInfo *info, guint variant, GPtrArray *secrets)
{
  g_autofree char *text = NULL;

  if (info->kind == REUNION_FIELD_KIND_INTEGER)
    {
      gint64 value = info->max - 3 - variant;

      reunion_report_set_int (report, info->field, value);
      text = g_strdup_printf ("%" G_GINT64_FORMAT, value);
      add (secrets, info->key, text, TRUE);
    }
  else
    {
      double value = 17.328461 + 0.01 * variant;

      reunion_report_set_degrees (report, info->field, value);
      text = g_strdup_printf ("%.4f", value);
      add (secrets, info->key, text, FALSE);
    }
}

static void
fill_private (ReunionReport *report,
              const ReunionFieldInfo *info,
              guint variant,
              gint64 now_usec,
              GPtrArray *secrets)
{
  g_autofree char *marker = leak_make_marker (FIELD_TOPIC + info->field, variant);

  switch (info->kind)
    {
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_LONG_TEXT:
      if (info->field == REUNION_FIELD_RESIDENT_ID)
        fill_resident_id (report, info->key, variant, secrets);
      else if (info->field == REUNION_FIELD_GUARDIAN_PHONE)
        fill_phone (report, info->field, info->key, variant, secrets);
      else
        {
          reunion_report_set_text (report, info->field, marker);
          leak_add_marker (secrets, info->key, FIELD_TOPIC + info->field, variant);
        }
      break;
    case REUNION_FIELD_KIND_CHOICE:
      fill_choice (report, info->field, variant, secrets);
      break;
    case REUNION_FIELD_KIND_DATE:
      fill_date (report, info->field, info->key, variant, secrets);
      break;
    case REUNION_FIELD_KIND_TIME:
      fill_time (report, info->field, info->key, variant, now_usec, secrets);
      break;
    case REUNION_FIELD_KIND_INTEGER:
    case REUNION_FIELD_KIND_DEGREES:
      fill_number (report, info, variant, secrets);
      break;
    case REUNION_FIELD_KIND_FLAG:
    default:
      /* Looked for by its key, and by what the other variant says. */
      reunion_report_set_int (report, info->field, variant == 0);
      break;
    }
}

void
leak_fill_report (ReunionReport *report,
                  guint variant,
                  gboolean is_vital,
                  gint64 now_usec,
                  GPtrArray *secrets,
                  GPtrArray *medical)
{
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      const ReunionFieldInfo *info = reunion_field_get_info (i);
      /* What is told may not differ; and who is told of a vital need is told how to
       * speak to such a person. */
      guint told_variant = is_vital
                                   && (info->audience == REUNION_AUDIENCE_PUBLIC_IF_VITAL
                                       || i == REUNION_FIELD_PERSON_KIND)
                               ? 0
                               : variant;

      if (info->audience != REUNION_AUDIENCE_PUBLIC)
        fill_private (report, info, told_variant, now_usec,
                      is_vital && info->audience == REUNION_AUDIENCE_PUBLIC_IF_VITAL ? medical
                                                                                     : secrets);
      else if (info->kind == REUNION_FIELD_KIND_TEXT || info->kind == REUNION_FIELD_KIND_LONG_TEXT)
        {
          g_autofree char *marker = leak_make_marker (FIELD_TOPIC + i, 0);

          reunion_report_set_text (report, i, marker);
        }
    }
  reunion_report_set_int (report, REUNION_FIELD_MEDICAL_VITAL, is_vital);
  reunion_report_set_text (report, REUNION_FIELD_SEX, "male");
  reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, 40);
  reunion_report_set_int (report, REUNION_FIELD_HEIGHT_CM, 158);
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, now_usec - 600 * G_TIME_SPAN_SECOND);
  reunion_report_set_text (report, REUNION_FIELD_REGION, "520524");
  reunion_report_set_text (report, REUNION_FIELD_CONTACT_PHONE, LEAK_STATION_PHONE);
  reunion_report_set_point (report, (ReunionPoint){ .lat_deg = 26.6686, .lon_deg = 105.7685 });
}

void
leak_add_keys (GPtrArray *keys, gboolean is_vital)
{
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      const ReunionFieldInfo *info = reunion_field_get_info (i);
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", info->key);

      /* Told by the very need that is told. */
      if (is_vital && i == REUNION_FIELD_MEDICAL_VITAL)
        continue;
      if (info->audience == REUNION_AUDIENCE_POLICE
          || (info->audience == REUNION_AUDIENCE_PUBLIC_IF_VITAL && !is_vital))
        add (keys, info->key, quoted, FALSE);
    }
}

LeakTerm *
leak_get_name (void)
{
  g_autofree char *marker = leak_make_marker (FIELD_TOPIC + REUNION_FIELD_NAME, 0);

  return leak_term_new ("name", strchr (marker, '-') + 1, FALSE);
}

/* --- the photo -------------------------------------------------------------------- */

static void
put (GByteArray *to, const char *bytes, gsize length)
{
  g_byte_array_append (to, (const guint8 *) bytes, (guint) length);
}

static void
put_be (GByteArray *to, guint32 number, guint n_bytes)
{
  for (guint i = n_bytes; i-- > 0;)
    g_byte_array_append (to, &(guint8){ (guint8) (number >> (8 * i)) }, 1);
}

static void
put_entry (GByteArray *to, guint tag, guint type, guint count, guint32 value)
{
  put_be (to, tag, 2);
  put_be (to, type, 2);
  put_be (to, count, 4);
  put_be (to, value, 4);
}

/* TIFF 6.0 and EXIF 2.3: a directory, another for the position, and a third for the
 * thumbnail. */
static GByteArray *
make_exif (const char *description, const char *thumbnail)
{
  const guint32 text_at = 8 + 2 + 3 * 12 + 4;
  const guint32 gps_at = text_at + 32;
  const guint32 rationals_at = gps_at + 2 + 4 * 12 + 4;
  const guint32 second_at = rationals_at + 48;
  const guint32 thumbnail_at = second_at + 2 + 2 * 12 + 4;
  GByteArray *exif = g_byte_array_new ();
  char padded[32] = { 0 };

  g_strlcpy (padded, description, sizeof padded);
  put (exif, "Exif\0\0MM\0*\0\0\0\x08", 14);
  put_be (exif, 3, 2);
  put_entry (exif, 0x010e, 2, sizeof padded, text_at);
  put_entry (exif, 0x0112, 3, 1, 6u << 16);
  put_entry (exif, 0x8825, 4, 1, gps_at);
  put_be (exif, second_at, 4);
  put (exif, padded, sizeof padded);
  put_be (exif, 4, 2);
  put_entry (exif, 1, 2, 2, (guint32) 'N' << 24);
  put_entry (exif, 2, 5, 3, rationals_at);
  put_entry (exif, 3, 2, 2, (guint32) 'E' << 24);
  put_entry (exif, 4, 5, 3, rationals_at + 24);
  put_be (exif, 0, 4);
  for (guint i = 0; i < 6; i++)
    {
      put_be (exif, 0x51477a58 + i, 4);
      put_be (exif, 1, 4);
    }
  put_be (exif, 2, 2);
  put_entry (exif, 0x0201, 4, 1, thumbnail_at);
  put_entry (exif, 0x0202, 4, 1, (guint32) strlen (thumbnail));
  put_be (exif, 0, 4);
  put (exif, thumbnail, strlen (thumbnail));
  return exif;
}

static void
put_segment (GByteArray *to, guint8 marker, const char *head, gsize head_length, const char *body)
{
  g_byte_array_append (to, (const guint8[]){ 0xff, marker }, 2);
  put_be (to, (guint32) (2 + head_length + strlen (body)), 2);
  put (to, head, head_length);
  put (to, body, strlen (body));
}

GBytes *
leak_mark_photo (GBytes *photo, guint variant, const char *what, GPtrArray *secrets)
{
  static const struct
  {
    const char *name;
    guint8 marker;
    const char *head;
    gsize head_length;
  } segments[] = {
    { "XMP", 0xe1, "http://ns.adobe.com/xap/1.0/", 29 },
    { "colour profile", 0xe2, "ICC_PROFILE\0\1\1", 14 },
    { "IPTC", 0xed, "Photoshop 3.0\0008BIM\4\4\0\0\0\0\0\4", 26 },
    { "maker's segment", 0xe4, "Maker", 6 },
    { "comment", 0xfe, "", 0 },
  };
  GByteArray *marked = g_byte_array_new ();
  g_autoptr (GByteArray) exif = NULL;
  g_autofree char *description = leak_make_marker (1, variant);
  g_autofree char *thumbnail = leak_make_marker (2, variant);
  g_autofree char *end = leak_make_marker (3, variant);
  gsize length;
  const guint8 *data = g_bytes_get_data (photo, &length);

  exif = make_exif (description, thumbnail);
  g_byte_array_append (marked, data, 2);
  g_byte_array_append (marked, (const guint8[]){ 0xff, 0xe1 }, 2);
  put_be (marked, exif->len + 2, 2);
  g_byte_array_append (marked, exif->data, exif->len);
  leak_add_marker (secrets, "description in EXIF", 1, variant);
  leak_add_marker (secrets, "thumbnail in EXIF", 2, variant);
  leak_add_marker (secrets, "after the end of the photo", 3, variant);
  /* What the position begins with, as bytes. */
  add (secrets, "position in EXIF", "QGzX", FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (segments); i++)
    {
      g_autofree char *body = leak_make_marker (4 + (guint) i, variant);

      put_segment (marked, segments[i].marker, segments[i].head, segments[i].head_length, body);
      leak_add_marker (secrets, segments[i].name, 4 + (guint) i, variant);
    }
  g_byte_array_append (marked, data + 2, (guint) length - 2);
  put (marked, end, strlen (end));
  return g_byte_array_free_to_bytes (marked);
}
