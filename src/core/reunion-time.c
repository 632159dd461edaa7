/* reunion-time.c: times as people type and read them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-time.h"

#include "reunion-policy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A clock read two minutes ahead of this PC's is a difference of clocks. */
#define CLOCK_TOLERANCE_USEC (2 * REUNION_MINUTE_USEC)

typedef struct
{
  const char *word;
  gint64 value;
} Word;

typedef struct
{
  int year, month, day;
  int hour, minute, second;
} Civil;

/* Longer words first, so that none hides another. */
static const Word now_words[] = {
  { "just now", 0 }, { "now", 0 }, { "现在", 0 }, { "刚才", 0 }, { "刚刚", 0 }, { NULL, 0 },
};
static const Word day_words[] = {
  { "day before yesterday", 2 },
  { "yesterday", 1 },
  { "today", 0 },
  { "前天", 2 },
  { "昨天", 1 },
  { "昨日", 1 },
  { "昨", 1 },
  { "今天", 0 },
  { "今日", 0 },
  { "今", 0 },
  { NULL, 0 },
};
static const Word unit_words[] = {
  { "seconds", REUNION_SECOND_USEC }, { "second", REUNION_SECOND_USEC },
  { "sec", REUNION_SECOND_USEC },     { "秒钟", REUNION_SECOND_USEC },
  { "秒", REUNION_SECOND_USEC },      { "minutes", REUNION_MINUTE_USEC },
  { "minute", REUNION_MINUTE_USEC },  { "min", REUNION_MINUTE_USEC },
  { "分钟", REUNION_MINUTE_USEC },    { "分", REUNION_MINUTE_USEC },
  { "hours", REUNION_HOUR_USEC },     { "hour", REUNION_HOUR_USEC },
  { "个小时", REUNION_HOUR_USEC },    { "小时", REUNION_HOUR_USEC },
  { "days", REUNION_DAY_USEC },       { "day", REUNION_DAY_USEC },
  { "天", REUNION_DAY_USEC },         { "s", REUNION_SECOND_USEC },
  { "m", REUNION_MINUTE_USEC },       { "h", REUNION_HOUR_USEC },
  { "d", REUNION_DAY_USEC },          { NULL, 0 },
};
static const Word ago_words[]
    = { { "ago", 0 }, { "以前", 0 }, { "之前", 0 }, { "前", 0 }, { NULL, 0 } };
/* A word for a part of the day, and the hours that it can name. "晚上2点" could
 * be either night's, so it is not guessed. */
typedef struct
{
  const char *word;
  int from_hour, to_hour;
} HalfWord;

static const HalfWord half_words[] = {
  { "凌晨", 0, 6 },   { "早上", 4, 11 },  { "早晨", 4, 11 },  { "上午", 5, 12 },
  { "中午", 11, 14 }, { "下午", 12, 19 }, { "傍晚", 16, 20 }, { "晚上", 17, 23 },
  { "夜里", 17, 23 }, { "晚", 17, 23 },   { "早", 4, 11 },    { "am", 0, 11 },
  { "pm", 12, 23 },   { NULL, 0, 0 },
};

/* Nobody who is looked for was lost before this year. */
#define MIN_YEAR 1900
#define MAX_BACK_USEC (150 * 366 * REUNION_DAY_USEC)
/* A day without a year that lies further ahead than this was last year's. */
#define MAX_AHEAD_USEC (183 * REUNION_DAY_USEC)

G_DEFINE_QUARK (reunion-time-error-quark, reunion_time_error)

static void
skip_space (const char **p)
{
  while (**p == ' ' || **p == ',' || **p == 't')
    {
      if (**p == 't' && !g_ascii_isdigit ((*p)[1]))
        break;
      (*p)++;
    }
}

static gboolean
take_word (const char **p, const Word *words, gint64 *value)
{
  skip_space (p);
  for (gsize i = 0; words[i].word != NULL; i++)
    if (g_str_has_prefix (*p, words[i].word))
      {
        *p += strlen (words[i].word);
        if (value != NULL)
          *value = words[i].value;
        return TRUE;
      }
  return FALSE;
}

static const HalfWord *
take_half_word (const char **p)
{
  skip_space (p);
  for (const HalfWord *half = half_words; half->word != NULL; half++)
    if (g_str_has_prefix (*p, half->word))
      {
        *p += strlen (half->word);
        return half;
      }
  return NULL;
}

static gboolean
take_literal (const char **p, const char *literal)
{
  if (!g_str_has_prefix (*p, literal))
    return FALSE;
  *p += strlen (literal);
  return TRUE;
}

/* At most @max_digits digits; more is no number. */
static gboolean
take_number (const char **p, int max_digits, int *number)
{
  int n = 0;
  int digits = 0;

  skip_space (p);
  while (g_ascii_isdigit ((*p)[digits]))
    {
      if (digits == max_digits)
        return FALSE;
      n = n * 10 + ((*p)[digits] - '0');
      digits++;
    }
  if (digits == 0)
    return FALSE;
  *p += digits;
  *number = n;
  return TRUE;
}

static gboolean
at_end (const char **p)
{
  skip_space (p);
  return **p == '\0';
}

/* What is said rather than counted on: "一个半小时前" is seldom written with digits. */
static const Word count_words[] = {
  { "一", 1 }, { "两", 2 }, { "二", 2 }, { "三", 3 }, { "四", 4 }, { "五", 5 }, { NULL, 0 },
};

/* Halves of what follows: 3 for "一个半", 1 for "半". Half a day is no time to go by, so a
 * half is one of an hour. */
static gboolean
take_halves (const char **p, gint64 *halves)
{
  gint64 word;
  int number;

  skip_space (p);
  if (g_str_has_prefix (*p, "半小时") || g_str_has_prefix (*p, "半个小时"))
    {
      *halves = 1;
      return take_literal (p, "半");
    }
  if (take_number (p, 6, &number))
    *halves = 2 * (gint64) number;
  else if (!g_ascii_isdigit (**p) && take_word (p, count_words, &word))
    *halves = 2 * word;
  else
    return FALSE;
  if (g_str_has_prefix (*p, "个半小时"))
    {
      take_literal (p, "个半");
      (*halves)++;
    }
  return TRUE;
}

/* "-1h30m", "1 h 30 min ago", "40分钟前", "一个半小时前" */
static gboolean
parse_relative (const char *text, gint64 now_usec, gint64 *usec)
{
  const char *p = text;
  gboolean has_minus;
  gint64 total_usec = 0;
  gint64 halves;

  skip_space (&p);
  has_minus = take_literal (&p, "-");
  do
    {
      gint64 unit_usec;

      if (!take_halves (&p, &halves) || !take_word (&p, unit_words, &unit_usec))
        return FALSE;
      total_usec += halves * (unit_usec / 2);
      if (total_usec > MAX_BACK_USEC)
        return FALSE;
      skip_space (&p);
    }
  while (g_ascii_isdigit (*p));
  if (!take_word (&p, ago_words, NULL) && !has_minus)
    return FALSE;
  if (!at_end (&p))
    return FALSE;
  *usec = now_usec - total_usec;
  return TRUE;
}

/* A date written out. FALSE, and @p where it was, when there is none. */
static gboolean
take_date (const char **p, Civil *civil, gboolean *has_year)
{
  const char *q = *p;
  int first, second, third;

  if (!take_number (&q, 4, &first))
    return FALSE;
  if (first >= MIN_YEAR
      && (take_literal (&q, "-") || take_literal (&q, "/") || take_literal (&q, "年"))
      && take_number (&q, 2, &second)
      && (take_literal (&q, "-") || take_literal (&q, "/") || take_literal (&q, "月"))
      && take_number (&q, 2, &third))
    {
      civil->year = first;
      civil->month = second;
      civil->day = third;
      *has_year = TRUE;
    }
  else
    {
      q = *p;
      if (!take_number (&q, 2, &first)
          || !(take_literal (&q, "-") || take_literal (&q, "/") || take_literal (&q, "月"))
          || !take_number (&q, 2, &second))
        return FALSE;
      civil->month = first;
      civil->day = second;
      *has_year = FALSE;
    }
  if (!take_literal (&q, "日"))
    take_literal (&q, "号");
  *p = q;
  return TRUE;
}

/* The hour of the day that "4" is in the afternoon. FALSE when @half has none
 * such. */
static gboolean
apply_half (const HalfWord *half, int *hour)
{
  int other = *hour >= 1 && *hour <= 12 ? (*hour + 12) % 24 : *hour;

  if (*hour >= half->from_hour && *hour <= half->to_hour)
    return TRUE;
  *hour = other;
  return other >= half->from_hour && other <= half->to_hour;
}

static gboolean
take_clock (const char **p, Civil *civil)
{
  const HalfWord *half = take_half_word (p);
  gboolean has_minutes = FALSE;

  if (!take_number (p, 2, &civil->hour))
    return FALSE;
  civil->minute = 0;
  civil->second = 0;
  if (take_literal (p, ":"))
    {
      if (!take_number (p, 2, &civil->minute))
        return FALSE;
      has_minutes = TRUE;
      if (take_literal (p, ":") && !take_number (p, 2, &civil->second))
        return FALSE;
    }
  else if (take_literal (p, "点") || take_literal (p, "时"))
    {
      take_literal (p, "钟");
      has_minutes = TRUE;
      if (take_literal (p, "半"))
        civil->minute = 30;
      else if (take_number (p, 2, &civil->minute))
        take_literal (p, "分");
    }
  if (half == NULL)
    half = take_half_word (p);
  /* A bare number is no clock: "4" could be anything. */
  if (!has_minutes && half == NULL)
    return FALSE;
  if (half != NULL && !apply_half (half, &civil->hour))
    return FALSE;
  return civil->hour <= 23 && civil->minute <= 59 && civil->second <= 59;
}

static gboolean
civil_to_usec (const Civil *civil, GTimeZone *zone, gint64 *usec)
{
  g_autoptr (GDateTime) time = g_date_time_new (zone, civil->year, civil->month, civil->day,
                                                civil->hour, civil->minute, (double) civil->second);

  if (time == NULL)
    return FALSE;
  *usec = g_date_time_to_unix (time) * REUNION_SECOND_USEC;
  return TRUE;
}

static gboolean
parse_absolute (const char *text, gint64 now_usec, GTimeZone *zone, gint64 *usec)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_usec / REUNION_SECOND_USEC);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) day = NULL;
  const char *p = text;
  gboolean has_day, has_year = TRUE;
  gint64 days_back = 0;
  Civil civil = { 0 };

  skip_space (&p);
  has_day = take_word (&p, day_words, &days_back);
  day = g_date_time_add_days (now, (int) -days_back);
  g_date_time_get_ymd (day, &civil.year, &civil.month, &civil.day);
  if (!has_day)
    take_date (&p, &civil, &has_year);
  if (!take_clock (&p, &civil) || !at_end (&p))
    return FALSE;
  if (!has_year)
    {
      gint64 this_year_usec;

      /* On New Year's Day "12-31 23:50" was last night. */
      if (!civil_to_usec (&civil, zone, &this_year_usec)
          || this_year_usec - now_usec > MAX_AHEAD_USEC)
        civil.year--;
    }
  return civil_to_usec (&civil, zone, usec);
}

gboolean
reunion_time_parse_any (const char *text,
                        gint64 now_usec,
                        GTimeZone *zone,
                        gint64 *usec,
                        GError **error)
{
  g_autofree char *normal = NULL;
  g_autofree char *folded = NULL;
  const char *p;

  g_return_val_if_fail (text != NULL && zone != NULL && usec != NULL, FALSE);

  /* Compatibility form: full-width digits and colons become plain ones. */
  normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  folded = normal != NULL ? g_utf8_strdown (normal, -1) : NULL;
  p = folded;
  if (folded == NULL)
    goto not_understood;
  g_strstrip (folded);
  if (take_word (&p, now_words, NULL) && at_end (&p))
    {
      *usec = now_usec;
      return TRUE;
    }
  if (parse_relative (folded, now_usec, usec) || parse_absolute (folded, now_usec, zone, usec))
    return TRUE;

not_understood:
  g_set_error_literal (error, REUNION_TIME_ERROR, REUNION_TIME_ERROR_FORMAT,
                       _("This is not understood as a time. Write it like “now”, “-40m”, “14:30” "
                         "or “yesterday 16:00”."));
  return FALSE;
}

gboolean
reunion_time_parse (const char *text,
                    gint64 now_usec,
                    GTimeZone *zone,
                    gint64 *usec,
                    GError **error)
{
  gint64 parsed_usec;

  g_return_val_if_fail (usec != NULL, FALSE);

  if (!reunion_time_parse_any (text, now_usec, zone, &parsed_usec, error))
    return FALSE;
  if (parsed_usec > now_usec + CLOCK_TOLERANCE_USEC)
    {
      g_autofree char *shown = reunion_time_format (parsed_usec, zone);

      g_set_error (error, REUNION_TIME_ERROR, REUNION_TIME_ERROR_FUTURE,
                   /* Translators: %s is a date and time of day */
                   _("%s is still to come. If it was the day before, write “yesterday” in front "
                     "of the time."),
                   shown);
      return FALSE;
    }
  *usec = parsed_usec;
  return TRUE;
}

static char *
format_in_zone (gint64 usec, GTimeZone *zone, const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (usec / REUNION_SECOND_USEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, format) : g_strdup ("");
}

char *
reunion_time_format_exact (gint64 usec, GTimeZone *zone)
{
  g_return_val_if_fail (zone != NULL, NULL);
  return format_in_zone (usec, zone, "%Y-%m-%d %H:%M:%S");
}

char *
reunion_time_format (gint64 usec, GTimeZone *zone)
{
  g_return_val_if_fail (zone != NULL, NULL);
  return format_in_zone (usec, zone, "%Y-%m-%d %H:%M");
}

char *
reunion_time_format_elapsed (gint64 elapsed_usec)
{
  gint64 seconds = MAX (0, elapsed_usec) / REUNION_SECOND_USEC;
  int days = (int) MIN (seconds / 86400, G_MAXINT);
  int hours = (int) (seconds / 3600 % 24);
  int minutes = (int) (seconds / 60 % 60);

  if (days > 0)
    /* Translators: elapsed time, days and hours */
    return g_strdup_printf (_("%d d %d h"), days, hours);
  if (hours > 0)
    /* Translators: elapsed time, hours and minutes */
    return g_strdup_printf (_("%d h %02d min"), hours, minutes);
  if (minutes > 0)
    /* Translators: elapsed time, minutes */
    return g_strdup_printf (_("%d min"), minutes);
  /* Translators: elapsed time, seconds */
  return g_strdup_printf (_("%d s"), (int) seconds);
}

char *
reunion_time_to_rfc3339 (gint64 usec)
{
  g_autoptr (GDateTime) whole = NULL;
  g_autoptr (GDateTime) exact = NULL;

  whole = g_date_time_new_from_unix_utc (usec / REUNION_SECOND_USEC);
  exact = whole != NULL ? g_date_time_add (whole, usec % REUNION_SECOND_USEC) : NULL;
  g_return_val_if_fail (exact != NULL, NULL);
  return g_date_time_format_iso8601 (exact);
}

/* GLib reads all of ISO 8601; the wire has one form. In @shape, 0 stands for a
 * digit and any other character for itself. */
static gboolean
take_shape (const char **p, const char *shape)
{
  for (gsize i = 0; shape[i] != '\0'; i++)
    if (shape[i] == '0' ? !g_ascii_isdigit ((*p)[i]) : (*p)[i] != shape[i])
      return FALSE;
  *p += strlen (shape);
  return TRUE;
}

static gboolean
is_rfc3339 (const char *text)
{
  const char *p = text;

  if (!take_shape (&p, "0000-00-00T00:00:00"))
    return FALSE;
  if (*p == '.')
    {
      gsize n_digits = strspn (p + 1, "0123456789");

      if (n_digits == 0 || n_digits > 9)
        return FALSE;
      p += 1 + n_digits;
    }
  return (take_shape (&p, "Z") || take_shape (&p, "+00:00") || take_shape (&p, "-00:00"))
         && *p == '\0';
}

gboolean
reunion_time_from_rfc3339 (const char *text, gint64 *usec)
{
  g_autoptr (GDateTime) time = NULL;

  g_return_val_if_fail (text != NULL && usec != NULL, FALSE);

  if (!is_rfc3339 (text))
    return FALSE;
  time = g_date_time_new_from_iso8601 (text, NULL);
  /* A year from either end, so that it can be shown in every zone. */
  if (time == NULL || g_date_time_get_year (time) < 2 || g_date_time_get_year (time) > 9998)
    return FALSE;
  *usec = g_date_time_to_unix (time) * REUNION_SECOND_USEC + g_date_time_get_microsecond (time);
  return TRUE;
}
