/* test-time.c: times as people type and read them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-time.h"
#include "test-helpers.h"

#include <stdio.h>

#define FORMAT REUNION_TIME_ERROR_FORMAT
#define FUTURE REUNION_TIME_ERROR_FUTURE

/* Tuesday afternoon; shortly after a midnight; shortly after a new year; a
 * leap day's morrow. All in China. */
#define AFTERNOON "2026-11-24 14:30:15"
#define SMALL_HOURS "2026-11-24 00:20:00"
#define NEW_YEAR "2026-01-01 00:30:00"
#define MARCH "2024-03-01 09:00:00"

static gint64
china_usec (const char *text)
{
  int year, month, day, hour, minute, second;

  g_assert_cmpint (sscanf (text, "%d-%d-%d %d:%d:%d", &year, &month, &day, &hour, &minute, &second),
                   ==, 6);
  return test_utc_usec (year, month, day, hour, minute, second) - 8LL * 3600 * G_USEC_PER_SEC;
}

static const struct
{
  const char *now;
  const char *text;
  const char *expected; /* NULL: not understood; "": still to come */
} cases[] = {
  /* Now. */
  { AFTERNOON, "now", "2026-11-24 14:30:15" },
  { AFTERNOON, "  Now ", "2026-11-24 14:30:15" },
  { AFTERNOON, "just now", "2026-11-24 14:30:15" },
  { AFTERNOON, "现在", "2026-11-24 14:30:15" },
  { AFTERNOON, "刚才", "2026-11-24 14:30:15" },
  { AFTERNOON, "刚刚", "2026-11-24 14:30:15" },
  /* So long ago. */
  { AFTERNOON, "-40m", "2026-11-24 13:50:15" },
  { AFTERNOON, "-40 min", "2026-11-24 13:50:15" },
  { AFTERNOON, "-1h30m", "2026-11-24 13:00:15" },
  { AFTERNOON, "-1h 30m", "2026-11-24 13:00:15" },
  { AFTERNOON, "- 90 s", "2026-11-24 14:28:45" },
  { AFTERNOON, "-2d", "2026-11-22 14:30:15" },
  { AFTERNOON, "-0m", "2026-11-24 14:30:15" },
  { AFTERNOON, "40 min ago", "2026-11-24 13:50:15" },
  { AFTERNOON, "40 Minutes Ago", "2026-11-24 13:50:15" },
  { AFTERNOON, "1 hour ago", "2026-11-24 13:30:15" },
  { AFTERNOON, "2 hours 5 minutes ago", "2026-11-24 12:25:15" },
  { AFTERNOON, "3 days ago", "2026-11-21 14:30:15" },
  { AFTERNOON, "1 second ago", "2026-11-24 14:30:14" },
  { AFTERNOON, "2小时前", "2026-11-24 12:30:15" },
  { AFTERNOON, "2个小时以前", "2026-11-24 12:30:15" },
  { AFTERNOON, "40分钟前", "2026-11-24 13:50:15" },
  { AFTERNOON, "半小时前", "2026-11-24 14:00:15" },
  { AFTERNOON, "半个小时前", "2026-11-24 14:00:15" },
  { AFTERNOON, "一小时前", "2026-11-24 13:30:15" },
  { AFTERNOON, "一个半小时前", "2026-11-24 13:00:15" },
  { AFTERNOON, "2个半小时之前", "2026-11-24 12:00:15" },
  { AFTERNOON, "两个小时前", "2026-11-24 12:30:15" },
  { AFTERNOON, "两天前", "2026-11-22 14:30:15" },
  { AFTERNOON, "半天前", NULL },
  { AFTERNOON, "一个半前", NULL },
  { AFTERNOON, "半前", NULL },
  { AFTERNOON, "1小时30分前", "2026-11-24 13:00:15" },
  { AFTERNOON, "1小时30分钟之前", "2026-11-24 13:00:15" },
  { AFTERNOON, "15秒前", "2026-11-24 14:30:00" },
  { AFTERNOON, "10天前", "2026-11-14 14:30:15" },
  { AFTERNOON, "４０分钟前", "2026-11-24 13:50:15" },
  /* A clock of today. */
  { AFTERNOON, "14:30", "2026-11-24 14:30:00" },
  { AFTERNOON, "14:30:15", "2026-11-24 14:30:15" },
  { AFTERNOON, "14：30", "2026-11-24 14:30:00" },
  { AFTERNOON, "9:05", "2026-11-24 09:05:00" },
  { AFTERNOON, "00:00", "2026-11-24 00:00:00" },
  { AFTERNOON, "2pm", "2026-11-24 14:00:00" },
  { AFTERNOON, "2 PM", "2026-11-24 14:00:00" },
  { AFTERNOON, "2:15 pm", "2026-11-24 14:15:00" },
  { AFTERNOON, "12pm", "2026-11-24 12:00:00" },
  { AFTERNOON, "12am", "2026-11-24 00:00:00" },
  { AFTERNOON, "12:30 am", "2026-11-24 00:30:00" },
  { AFTERNOON, "8点", "2026-11-24 08:00:00" },
  { AFTERNOON, "8点钟", "2026-11-24 08:00:00" },
  { AFTERNOON, "8时20分", "2026-11-24 08:20:00" },
  { AFTERNOON, "8点半", "2026-11-24 08:30:00" },
  { AFTERNOON, "早上8点", "2026-11-24 08:00:00" },
  { AFTERNOON, "上午10点20", "2026-11-24 10:20:00" },
  { AFTERNOON, "上午12点", "2026-11-24 12:00:00" },
  { AFTERNOON, "中午11点半", "2026-11-24 11:30:00" },
  { AFTERNOON, "中午12点", "2026-11-24 12:00:00" },
  { AFTERNOON, "中午1点", "2026-11-24 13:00:00" },
  { AFTERNOON, "下午2点半", "2026-11-24 14:30:00" },
  { AFTERNOON, "下午14点", "2026-11-24 14:00:00" },
  { AFTERNOON, "下午2:10", "2026-11-24 14:10:00" },
  { AFTERNOON, "凌晨2点", "2026-11-24 02:00:00" },
  { AFTERNOON, "凌晨12点半", "2026-11-24 00:30:00" },
  { AFTERNOON, "今早8点", "2026-11-24 08:00:00" },
  { AFTERNOON, "今天下午2点", "2026-11-24 14:00:00" },
  { AFTERNOON, "today 9:00", "2026-11-24 09:00:00" },
  /* Another day. */
  { AFTERNOON, "yesterday 16:00", "2026-11-23 16:00:00" },
  { AFTERNOON, "Yesterday, 4pm", "2026-11-23 16:00:00" },
  { AFTERNOON, "day before yesterday 23:59:59", "2026-11-22 23:59:59" },
  { AFTERNOON, "昨天16:00", "2026-11-23 16:00:00" },
  { AFTERNOON, "昨天下午4点半", "2026-11-23 16:30:00" },
  { AFTERNOON, "昨日 16时", "2026-11-23 16:00:00" },
  { AFTERNOON, "昨晚10点", "2026-11-23 22:00:00" },
  { AFTERNOON, "昨天夜里11点", "2026-11-23 23:00:00" },
  { AFTERNOON, "前天早晨7点", "2026-11-22 07:00:00" },
  { AFTERNOON, "11-23 16:00", "2026-11-23 16:00:00" },
  { AFTERNOON, "11/23 4pm", "2026-11-23 16:00:00" },
  { AFTERNOON, "11月23日16点", "2026-11-23 16:00:00" },
  { AFTERNOON, "11月23号 下午4点", "2026-11-23 16:00:00" },
  { AFTERNOON, "2026-11-23 16:00", "2026-11-23 16:00:00" },
  { AFTERNOON, "2026/11/23 16:00:01", "2026-11-23 16:00:01" },
  { AFTERNOON, "2026-11-23T16:00", "2026-11-23 16:00:00" },
  { AFTERNOON, "2026年11月23日16时00分", "2026-11-23 16:00:00" },
  { AFTERNOON, "2026年1月2日 8:00", "2026-01-02 08:00:00" },
  { AFTERNOON, "1995-07-01 12:00", "1995-07-01 12:00:00" },
  { AFTERNOON, "1962-03-01 12:00", "1962-03-01 12:00:00" },
  /* Near midnight. */
  { SMALL_HOURS, "now", "2026-11-24 00:20:00" },
  { SMALL_HOURS, "-40m", "2026-11-23 23:40:00" },
  { SMALL_HOURS, "00:10", "2026-11-24 00:10:00" },
  { SMALL_HOURS, "12:10 am", "2026-11-24 00:10:00" },
  { SMALL_HOURS, "23:50", "" },
  { SMALL_HOURS, "yesterday 23:50", "2026-11-23 23:50:00" },
  { SMALL_HOURS, "昨晚11点50", "2026-11-23 23:50:00" },
  { SMALL_HOURS, "前天 0:00", "2026-11-22 00:00:00" },
  /* Two clocks may differ by two minutes. */
  { SMALL_HOURS, "00:22", "2026-11-24 00:22:00" },
  { SMALL_HOURS, "00:22:01", "" },
  /* Near a new year. */
  { NEW_YEAR, "yesterday 23:50", "2025-12-31 23:50:00" },
  { NEW_YEAR, "昨天晚上11点", "2025-12-31 23:00:00" },
  { NEW_YEAR, "-1h", "2025-12-31 23:30:00" },
  { NEW_YEAR, "12-31 23:50", "2025-12-31 23:50:00" },
  { NEW_YEAR, "12月31日晚上11点50分", "2025-12-31 23:50:00" },
  { NEW_YEAR, "1-1 0:10", "2026-01-01 00:10:00" },
  { NEW_YEAR, "2025-12-31 23:50", "2025-12-31 23:50:00" },
  { NEW_YEAR, "day before yesterday 8:00", "2025-12-30 08:00:00" },
  /* Near a leap day. */
  { MARCH, "yesterday 10:00", "2024-02-29 10:00:00" },
  { MARCH, "2-29 10:00", "2024-02-29 10:00:00" },
  { MARCH, "前天10:00", "2024-02-28 10:00:00" },
  { MARCH, "2-30 10:00", NULL },
  { MARCH, "2023-02-29 10:00", NULL },
  /* Still to come. */
  { AFTERNOON, "16:00", "" },
  { AFTERNOON, "4pm", "" },
  { AFTERNOON, "下午4点半", "" },
  { AFTERNOON, "今晚8点", "" },
  { AFTERNOON, "11-25 14:30", "" },
  { AFTERNOON, "11月25日14:30", "" },
  { AFTERNOON, "2026-11-24 14:33", "" },
  { AFTERNOON, "2027-01-01 00:00", "" },
  { AFTERNOON, "9999-12-31 23:59", "" },
  /* Not understood. */
  { AFTERNOON, "", NULL },
  { AFTERNOON, "   ", NULL },
  { AFTERNOON, "soon", NULL },
  { AFTERNOON, "nowhere", NULL },
  { AFTERNOON, "now 14:30", NULL },
  { AFTERNOON, "yesterday", NULL },
  { AFTERNOON, "昨天", NULL },
  { AFTERNOON, "tomorrow 9:00", NULL },
  { AFTERNOON, "明天9点", NULL },
  { AFTERNOON, "4", NULL },
  { AFTERNOON, "1430", NULL },
  { AFTERNOON, "11-23", NULL },
  { AFTERNOON, "2026-11-23", NULL },
  { AFTERNOON, "25:00", NULL },
  { AFTERNOON, "24:00", NULL },
  { AFTERNOON, "14:60", NULL },
  { AFTERNOON, "14:30:60", NULL },
  { AFTERNOON, "14:", NULL },
  { AFTERNOON, "14:300", NULL },
  { AFTERNOON, "14:30 x", NULL },
  { AFTERNOON, "14:30 14:30", NULL },
  { AFTERNOON, "13am", NULL },
  { AFTERNOON, "0pm", NULL },
  { AFTERNOON, "早上2点", NULL },
  { AFTERNOON, "下午11点", NULL },
  { AFTERNOON, "晚上12点", NULL }, /* which night's end? */
  { AFTERNOON, "昨天夜里2点", NULL },
  { AFTERNOON, "13月1日 8:00", NULL },
  { AFTERNOON, "0-1 8:00", NULL },
  { AFTERNOON, "11-31 8:00", NULL },
  { AFTERNOON, "99-11-23 10:00", NULL },
  { AFTERNOON, "0099-11-23 10:00", NULL },
  { AFTERNOON, "12026-11-23 10:00", NULL },
  { AFTERNOON, "40m", NULL },
  { AFTERNOON, "-40", NULL },
  { AFTERNOON, "-1h30", NULL },
  { AFTERNOON, "--1h", NULL },
  { AFTERNOON, "1.5h ago", NULL },
  { AFTERNOON, "-h", NULL },
  { AFTERNOON, "ago", NULL },
  { AFTERNOON, "前", NULL },
  { AFTERNOON, "-1234567m", NULL },
  { AFTERNOON, "-999999d", NULL },
  { AFTERNOON, "2026-11-23T16:00Z", NULL },
  { AFTERNOON, "\xff", NULL },
  { AFTERNOON, "14:30\xe5", NULL },
};

static void
test_table (void)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const gint64 untouched = 4711;
      gint64 usec = untouched;
      g_autoptr (GError) error = NULL;
      gboolean came
          = reunion_time_parse (cases[i].text, china_usec (cases[i].now), china, &usec, &error);
      gboolean expected = cases[i].expected != NULL && *cases[i].expected != '\0';
      g_autofree char *escaped = g_strescape (cases[i].text, "\"\\");
      g_autofree char *what = g_utf8_validate (cases[i].text, -1, NULL)
                                  ? g_strdup_printf ("“%s” at %s", cases[i].text, cases[i].now)
                                  : g_strdup (escaped);

      if (came)
        {
          g_autofree char *shown = reunion_time_format_exact (usec, china);

          test_expect_string (what, expected ? cases[i].expected : NULL, shown);
        }
      else if (expected)
        test_fail ("%s: expected %s, came “%s”", what, cases[i].expected, error->message);
      else
        {
          test_expect_error (what, REUNION_TIME_ERROR, cases[i].expected == NULL ? FORMAT : FUTURE,
                             &error);
          test_expect_int (what, untouched, usec);
        }
    }
}

/* A row of units without end does not run over. */
static void
test_long_text (void)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GString) text = g_string_new ("-");
  g_autoptr (GError) error = NULL;
  gint64 usec;

  for (int i = 0; i < 1000; i++)
    g_string_append (text, "50000d");
  g_assert_false (reunion_time_parse (text->str, china_usec (AFTERNOON), china, &usec, &error));
  test_expect_error ("a long row", REUNION_TIME_ERROR, FORMAT, &error);
}

/* What is shown is read back as the same time. */
static void
test_round_trip (void)
{
  static const char *const zones[] = { "Asia/Shanghai", "Asia/Urumqi", "UTC", "+05:45", "-09:30" };
  gint64 now_usec = china_usec (AFTERNOON);

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[i]);

      g_assert_nonnull (zone);
      for (gint64 back_s = 0; back_s < 40LL * 366 * 86400; back_s += 86400 * 3 + 3607)
        {
          gint64 usec = now_usec - back_s * G_USEC_PER_SEC;
          gint64 came = 0, minute = 0;
          g_autofree char *exact = reunion_time_format_exact (usec, zone);
          g_autofree char *shown = reunion_time_format (usec, zone);
          g_autoptr (GError) error = NULL;

          if (!reunion_time_parse (exact, now_usec, zone, &came, &error)
              || !reunion_time_parse (shown, now_usec, zone, &minute, &error))
            test_fail ("%s in %s: %s", exact, zones[i], error->message);
          /* An hour that a change of clocks has twice is either of them. */
          if (came != usec && ABS (came - usec) != 3600LL * G_USEC_PER_SEC)
            test_expect_int (exact, usec, came);
          if (minute != came - came % (60LL * G_USEC_PER_SEC))
            test_fail ("%s in %s: without seconds %" G_GINT64_FORMAT, exact, zones[i], minute);
        }
    }
}

static void
test_elapsed (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } elapsed[] = {
    { -5, "0 s" },          { 0, "0 s" },
    { 59, "59 s" },         { 60, "1 min" },
    { 3599, "59 min" },     { 3600, "1 h 00 min" },
    { 7500, "2 h 05 min" }, { 86399, "23 h 59 min" },
    { 86400, "1 d 0 h" },   { 10 * 86400 + 3 * 3600 + 59, "10 d 3 h" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (elapsed); i++)
    {
      g_autofree char *text = reunion_time_format_elapsed (elapsed[i].seconds * G_USEC_PER_SEC);

      test_expect_string ("elapsed", elapsed[i].text, text);
    }
}

static const struct
{
  const char *text;
  gint64 usec;
  gboolean is_valid;
} rfc3339[] = {
  { "1970-01-01T00:00:00Z", 0, TRUE },
  { "2016-05-15T06:30:00Z", 1463293800000000, TRUE },
  { "2016-05-15T14:30:00+08:00", 1463293800000000, TRUE },
  { "2016-05-14T20:30:00-10:00", 1463293800000000, TRUE },
  { "2016-05-15T06:30:00+00:00", 1463293800000000, TRUE },
  { "2016-05-15T06:30:00-00:00", 1463293800000000, TRUE },
  { "2016-05-15T06:30:00.5Z", 1463293800500000, TRUE },
  { "2016-05-15T06:30:00.000001Z", 1463293800000001, TRUE },
  { "2016-05-15T06:30:00.999999Z", 1463293800999999, TRUE },
  { "2016-05-15T06:30:00.123456789Z", 1463293800123456, TRUE },
  { "1969-12-31T23:59:59.25Z", -750000, TRUE },
  { "1962-03-01T00:00:00Z", -247363200000000, TRUE },
  { "2016-02-29T00:00:00Z", 1456704000000000, TRUE },
  { "2015-02-29T00:00:00Z", 0, FALSE },
  { "2016-05-15T06:30:00", 0, FALSE },
  { "2016-05-15T06:30Z", 0, FALSE },
  { "2016-05-15", 0, FALSE },
  { "2016-05-15 06:30:00Z", 0, FALSE },
  { "20160515T063000Z", 0, FALSE },
  { "2016-W20-7T06:30:00Z", 0, FALSE },
  { "2016-136T06:30:00Z", 0, FALSE },
  { "2016-05-15T06:30:00+08", 0, FALSE },
  { "2016-05-15T06:30:00+0800", 0, FALSE },
  { "2016-05-15T06:30:00,5Z", 0, FALSE },
  { "2016-05-15T06:30:00.Z", 0, FALSE },
  { "2016-05-15T06:30:00.1234567890Z", 0, FALSE },
  { "2016-05-15T24:00:00Z", 0, FALSE },
  { "2016-05-15T06:60:00Z", 0, FALSE },
  { "2016-13-15T06:30:00Z", 0, FALSE },
  { "2016-05-15T06:30:00+99:99", 0, FALSE },
  { "2016-05-15T06:30:00ZZ", 0, FALSE },
  { " 2016-05-15T06:30:00Z", 0, FALSE },
  { "0000-01-01T00:00:00Z", 0, FALSE },
  { "0001-01-01T00:00:00+14:00", 0, FALSE },
  { "9999-12-31T23:59:59-14:00", 0, FALSE },
  { "", 0, FALSE },
  { "now", 0, FALSE },
};

static void
test_rfc3339 (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rfc3339); i++)
    {
      const gint64 untouched = 4711;
      gint64 usec = untouched;

      test_expect_int (rfc3339[i].text, rfc3339[i].is_valid,
                       reunion_time_from_rfc3339 (rfc3339[i].text, &usec));
      test_expect_int (rfc3339[i].text, rfc3339[i].is_valid ? rfc3339[i].usec : untouched, usec);
    }
}

static void
test_rfc3339_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20160515);

  for (int i = 0; i < 20000; i++)
    {
      /* Some 130 years around the epoch. */
      gint64 usec = (gint64) g_rand_int_range (rand, G_MININT32 + 1, G_MAXINT32) * 1000003
                    + g_rand_int_range (rand, 0, 1000000);
      gint64 came = 0;
      g_autofree char *text = reunion_time_to_rfc3339 (usec);

      if (!reunion_time_from_rfc3339 (text, &came) || came != usec)
        test_fail ("%s: expected %" G_GINT64_FORMAT ", came %" G_GINT64_FORMAT, text, usec, came);
      if (!g_str_has_suffix (text, "Z") || (strlen (text) != 20 && strlen (text) != 27))
        test_fail ("%s is not of the form that the header states", text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/table", test_table);
  g_test_add_func ("/time/long-text", test_long_text);
  g_test_add_func ("/time/round-trip", test_round_trip);
  g_test_add_func ("/time/elapsed", test_elapsed);
  g_test_add_func ("/time/rfc3339", test_rfc3339);
  g_test_add_func ("/time/rfc3339-round-trip", test_rfc3339_round_trip);
  return g_test_run ();
}
