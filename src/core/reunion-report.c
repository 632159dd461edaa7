/* reunion-report.c: what the officer entered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-report.h"

#include "reunion-phone.h"
#include "reunion-policy.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  gboolean is_set;
  char *text;     /* text kinds */
  gint64 integer; /* time, integer, flag */
  double degrees; /* degrees */
} Value;

struct _ReunionReport
{
  GObject parent_instance;

  Value values[REUNION_N_FIELDS];
};

G_DEFINE_FINAL_TYPE (ReunionReport, reunion_report, G_TYPE_OBJECT)
G_DEFINE_QUARK (reunion-report-error-quark, reunion_report_error)

static gboolean
value_equal (const Value *a, const Value *b)
{
  if (!a->is_set || !b->is_set)
    return a->is_set == b->is_set;
  return g_strcmp0 (a->text, b->text) == 0 && a->integer == b->integer
         && fabs (a->degrees - b->degrees) < 1e-9;
}

static gboolean
parse_date (const char *text, GDate *date)
{
  int year, month, day;

  /* sscanf alone takes signs and spaces. */
  if (strlen (text) != 10 || strspn (text, "0123456789-") != 10 || text[4] != '-' || text[7] != '-'
      || sscanf (text, "%4d-%2d-%2d", &year, &month, &day) != 3 || year < 1 || month < 1 || day < 1
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

/* As g_strstrip(), but knows the wide space of Chinese keyboards too. Transfer
 * full. */
static char *
trim (const char *text)
{
  const char *end = text + strlen (text);

  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_strndup (text, (gsize) (end - text));
}

static gboolean
is_choice (ReunionField field, const char *text)
{
  const ReunionChoice *choices = reunion_field_get_choices (field);

  for (gsize i = 0; choices[i].key != NULL; i++)
    if (strcmp (choices[i].key, text) == 0)
      return TRUE;
  return FALSE;
}

static void
reunion_report_finalize (GObject *object)
{
  ReunionReport *self = REUNION_REPORT (object);

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    g_free (self->values[i].text);
  G_OBJECT_CLASS (reunion_report_parent_class)->finalize (object);
}

static void
reunion_report_class_init (ReunionReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reunion_report_finalize;
}

static void
reunion_report_init (ReunionReport *self)
{
}

ReunionReport *
reunion_report_new (void)
{
  return g_object_new (REUNION_TYPE_REPORT, NULL);
}

ReunionReport *
reunion_report_copy (ReunionReport *self)
{
  ReunionReport *copy;

  g_return_val_if_fail (REUNION_IS_REPORT (self), NULL);

  copy = reunion_report_new ();
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      copy->values[i] = self->values[i];
      copy->values[i].text = g_strdup (self->values[i].text);
    }
  return copy;
}

gboolean
reunion_report_equal (ReunionReport *a, ReunionReport *b)
{
  g_return_val_if_fail (REUNION_IS_REPORT (a) && REUNION_IS_REPORT (b), FALSE);

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (!value_equal (&a->values[i], &b->values[i]))
      return FALSE;
  return TRUE;
}

gboolean
reunion_report_equal_field (ReunionReport *a, ReunionReport *b, ReunionField field)
{
  g_return_val_if_fail (REUNION_IS_REPORT (a) && REUNION_IS_REPORT (b), FALSE);
  g_return_val_if_fail (field < REUNION_N_FIELDS, FALSE);

  return value_equal (&a->values[field], &b->values[field]);
}

gboolean
reunion_report_has (ReunionReport *self, ReunionField field)
{
  g_return_val_if_fail (REUNION_IS_REPORT (self) && field < REUNION_N_FIELDS, FALSE);

  return self->values[field].is_set;
}

void
reunion_report_unset (ReunionReport *self, ReunionField field)
{
  g_return_if_fail (REUNION_IS_REPORT (self) && field < REUNION_N_FIELDS);

  g_free (self->values[field].text);
  self->values[field] = (Value){ .is_set = FALSE };
}

const char *
reunion_report_get_text (ReunionReport *self, ReunionField field)
{
  g_return_val_if_fail (REUNION_IS_REPORT (self), NULL);
  g_return_val_if_fail (reunion_field_is_text (field), NULL);

  return self->values[field].text;
}

void
reunion_report_set_text (ReunionReport *self, ReunionField field, const char *text)
{
  g_autofree char *trimmed = NULL;

  g_return_if_fail (REUNION_IS_REPORT (self));
  g_return_if_fail (reunion_field_is_text (field));
  g_return_if_fail (text == NULL || g_utf8_validate (text, -1, NULL));

  trimmed = text != NULL ? trim (text) : NULL;
  /* What is pasted or sent into a field of one line must not add lines to a
   * notice. */
  if (trimmed != NULL && reunion_field_get_info (field)->kind != REUNION_FIELD_KIND_LONG_TEXT)
    g_strdelimit (trimmed, "\r\n\v\f", ' ');
  reunion_report_unset (self, field);
  if (trimmed != NULL && *trimmed != '\0')
    {
      self->values[field].is_set = TRUE;
      self->values[field].text = g_steal_pointer (&trimmed);
    }
}

gint64
reunion_report_get_int (ReunionReport *self, ReunionField field, gint64 fallback)
{
  g_return_val_if_fail (REUNION_IS_REPORT (self), fallback);
  g_return_val_if_fail (!reunion_field_is_text (field), fallback);

  return self->values[field].is_set ? self->values[field].integer : fallback;
}

void
reunion_report_set_int (ReunionReport *self, ReunionField field, gint64 value)
{
  g_return_if_fail (REUNION_IS_REPORT (self));
  g_return_if_fail (!reunion_field_is_text (field));

  self->values[field] = (Value){ .is_set = TRUE, .integer = value };
}

gboolean
reunion_report_get_flag (ReunionReport *self, ReunionField field)
{
  return reunion_report_get_int (self, field, 0) != 0;
}

double
reunion_report_get_degrees (ReunionReport *self, ReunionField field, double fallback)
{
  g_return_val_if_fail (REUNION_IS_REPORT (self), fallback);
  g_return_val_if_fail (reunion_field_get_info (field)->kind == REUNION_FIELD_KIND_DEGREES,
                        fallback);

  return self->values[field].is_set ? self->values[field].degrees : fallback;
}

void
reunion_report_set_degrees (ReunionReport *self, ReunionField field, double value)
{
  g_return_if_fail (REUNION_IS_REPORT (self));
  g_return_if_fail (reunion_field_get_info (field)->kind == REUNION_FIELD_KIND_DEGREES);

  self->values[field] = (Value){ .is_set = TRUE, .degrees = value };
}

gboolean
reunion_report_get_point (ReunionReport *self, ReunionPoint *point)
{
  g_return_val_if_fail (REUNION_IS_REPORT (self) && point != NULL, FALSE);

  if (!reunion_report_has (self, REUNION_FIELD_LATITUDE)
      || !reunion_report_has (self, REUNION_FIELD_LONGITUDE))
    return FALSE;
  point->lat_deg = self->values[REUNION_FIELD_LATITUDE].degrees;
  point->lon_deg = self->values[REUNION_FIELD_LONGITUDE].degrees;
  return reunion_point_is_valid (*point);
}

void
reunion_report_set_point (ReunionReport *self, ReunionPoint point)
{
  g_return_if_fail (REUNION_IS_REPORT (self));
  g_return_if_fail (reunion_point_is_valid (point));

  reunion_report_set_degrees (self, REUNION_FIELD_LATITUDE, point.lat_deg);
  reunion_report_set_degrees (self, REUNION_FIELD_LONGITUDE, point.lon_deg);
}

int
reunion_report_get_age_years (ReunionReport *self, gint64 at_usec)
{
  const char *birth;
  GDate date;

  g_return_val_if_fail (REUNION_IS_REPORT (self), -1);

  birth = self->values[REUNION_FIELD_BIRTH_DATE].text;
  if (birth != NULL && parse_date (birth, &date))
    {
      /* A birthday begins at midnight in China. */
      g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_usec / REUNION_SECOND_USEC);
      g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, china);
      int years = g_date_time_get_year (at) - (int) g_date_get_year (&date);
      int month = (int) g_date_get_month (&date);

      if (g_date_time_get_month (at) < month
          || (g_date_time_get_month (at) == month
              && g_date_time_get_day_of_month (at) < (int) g_date_get_day (&date)))
        years--;
      return MAX (years, 0);
    }
  return (int) reunion_report_get_int (self, REUNION_FIELD_AGE_YEARS, -1);
}

static gboolean
check_phone (ReunionField field, const char *text, GError **error)
{
  g_autofree char *number = NULL;

  if (field != REUNION_FIELD_CONTACT_PHONE && field != REUNION_FIELD_GUARDIAN_PHONE)
    return TRUE;
  number = reunion_phone_normalise (text, error);
  return number != NULL;
}

gboolean
reunion_report_check (ReunionReport *self, ReunionField field, GError **error)
{
  const ReunionFieldInfo *info = reunion_field_get_info (field);
  const Value *value;
  GDate date;

  g_return_val_if_fail (REUNION_IS_REPORT (self), FALSE);

  value = &self->values[field];
  if (!value->is_set)
    return TRUE;

  switch (info->kind)
    {
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_LONG_TEXT:
      if (g_utf8_strlen (value->text, -1) <= info->max)
        return check_phone (field, value->text, error);
      g_set_error (error, REUNION_REPORT_ERROR, REUNION_REPORT_ERROR_VALUE,
                   /* Translators: the name of a field, then a number of characters */
                   _("%s is too long: shorten it to %d characters."), _(info->label),
                   (int) info->max);
      return FALSE;
    case REUNION_FIELD_KIND_CHOICE:
      if (is_choice (field, value->text))
        return TRUE;
      g_set_error (error, REUNION_REPORT_ERROR, REUNION_REPORT_ERROR_VALUE,
                   _("%s: “%s” is not one of the choices. Choose from the list."), _(info->label),
                   value->text);
      return FALSE;
    case REUNION_FIELD_KIND_DATE:
      if (parse_date (value->text, &date))
        return TRUE;
      g_set_error (error, REUNION_REPORT_ERROR, REUNION_REPORT_ERROR_VALUE,
                   _("%s: “%s” is not a date. Write it as year-month-day, such as 2013-05-09."),
                   _(info->label), value->text);
      return FALSE;
    case REUNION_FIELD_KIND_INTEGER:
    case REUNION_FIELD_KIND_FLAG:
      if (value->integer >= 0 && value->integer <= (info->max > 0 ? info->max : 1))
        return TRUE;
      g_set_error (error, REUNION_REPORT_ERROR, REUNION_REPORT_ERROR_VALUE,
                   _("%s must be a number from 0 to %d."), _(info->label),
                   (int) (info->max > 0 ? info->max : 1));
      return FALSE;
    case REUNION_FIELD_KIND_DEGREES:
      if (isfinite (value->degrees) && fabs (value->degrees) <= (double) info->max)
        return TRUE;
      g_set_error (error, REUNION_REPORT_ERROR, REUNION_REPORT_ERROR_VALUE,
                   _("%s must lie between -%d and %d degrees."), _(info->label), (int) info->max,
                   (int) info->max);
      return FALSE;
    case REUNION_FIELD_KIND_TIME:
    default:
      return TRUE;
    }
}

gboolean
reunion_report_is_public (ReunionReport *self, ReunionField field)
{
  g_return_val_if_fail (REUNION_IS_REPORT (self), FALSE);

  switch (reunion_field_get_info (field)->audience)
    {
    case REUNION_AUDIENCE_PUBLIC:
      return TRUE;
    case REUNION_AUDIENCE_PUBLIC_IF_VITAL:
      return reunion_report_get_flag (self, REUNION_FIELD_MEDICAL_VITAL);
    case REUNION_AUDIENCE_POLICE:
    default:
      return FALSE;
    }
}

ReunionReport *
reunion_report_redact (ReunionReport *self)
{
  ReunionReport *copy;
  int age;

  g_return_val_if_fail (REUNION_IS_REPORT (self), NULL);

  /* Without a time of loss there is no day on which to count the age. */
  age = reunion_report_has (self, REUNION_FIELD_LAST_SEEN)
            ? reunion_report_get_age_years (
                self, reunion_report_get_int (self, REUNION_FIELD_LAST_SEEN, 0))
            : (int) reunion_report_get_int (self, REUNION_FIELD_AGE_YEARS, -1);
  copy = reunion_report_copy (self);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (!reunion_report_is_public (self, i))
      reunion_report_unset (copy, i);
  /* That it is vital is what a told need says, and keeps it told where the copy is
   * made a notice of. */
  if (reunion_report_has (copy, REUNION_FIELD_MEDICAL))
    reunion_report_set_int (copy, REUNION_FIELD_MEDICAL_VITAL, 1);
  /* The date of birth stays inside; the age that it gives does not. */
  if (age >= 0)
    reunion_report_set_int (copy, REUNION_FIELD_AGE_YEARS, age);
  return copy;
}
