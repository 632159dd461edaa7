/* test-report.c: what the officer entered, and the table of fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-records.h"

/* What the public may see, written down by hand: name, sex, age, build,
 * clothing, marks, time and place, contact; and medical needs that are vital. */
static const ReunionField public_fields[] = {
  REUNION_FIELD_NAME,      REUNION_FIELD_SEX,           REUNION_FIELD_AGE_YEARS,
  REUNION_FIELD_HEIGHT_CM, REUNION_FIELD_BUILD,         REUNION_FIELD_MARKS,
  REUNION_FIELD_CLOTHING,  REUNION_FIELD_SHOES,         REUNION_FIELD_LAST_SEEN,
  REUNION_FIELD_PLACE,     REUNION_FIELD_REGION,        REUNION_FIELD_LATITUDE,
  REUNION_FIELD_LONGITUDE, REUNION_FIELD_CONTACT_PHONE,
};

static gboolean
is_public (ReunionField field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (public_fields); i++)
    if (public_fields[i] == field)
      return TRUE;
  return FALSE;
}

static void
test_field_table (void)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  ReunionField untouched = REUNION_FIELD_FACE;

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      const ReunionFieldInfo *info = reunion_field_get_info (i);
      ReunionField field = REUNION_N_FIELDS;
      ReunionAudience audience = is_public (i) ? REUNION_AUDIENCE_PUBLIC : REUNION_AUDIENCE_POLICE;

      if (i == REUNION_FIELD_MEDICAL)
        audience = REUNION_AUDIENCE_PUBLIC_IF_VITAL;
      test_expect_int (info->key, i, info->field);
      test_expect_int (info->key, audience, info->audience);
      g_assert_true (g_hash_table_add (keys, (gpointer) info->key));
      g_assert_true (reunion_field_from_key (info->key, &field));
      test_expect_int (info->key, i, field);
      g_assert_cmpuint (strspn (info->key, "abcdefghijklmnopqrstuvwxyz_"), ==, strlen (info->key));
      g_assert_cmpuint (strlen (reunion_field_get_label (i)), >, 0);
      test_expect_int (info->key, info->kind == REUNION_FIELD_KIND_CHOICE,
                       reunion_field_get_choices (i) != NULL);
      if (info->kind == REUNION_FIELD_KIND_TEXT || info->kind == REUNION_FIELD_KIND_LONG_TEXT)
        g_assert_cmpint (info->max, >, 0);
    }
  g_assert_false (reunion_field_from_key ("Name", &untouched));
  g_assert_false (reunion_field_from_key ("", &untouched));
  test_expect_int ("left alone", REUNION_FIELD_FACE, untouched);
  test_expect_string ("choice", "Female",
                      reunion_field_get_choice_label (REUNION_FIELD_SEX, "female"));
  test_expect_string ("strange choice", "??",
                      reunion_field_get_choice_label (REUNION_FIELD_SEX, "??"));
  test_expect_string ("no choice", NULL, reunion_field_get_choice_label (REUNION_FIELD_SEX, NULL));
}

static void
test_text (void)
{
  static const struct
  {
    ReunionField field;
    const char *set;
    const char *get;
  } cases[] = {
    { REUNION_FIELD_NAME, "  小明 \n", "小明" },
    { REUNION_FIELD_NAME, "", NULL },
    { REUNION_FIELD_NAME, " \t\n", NULL },
    { REUNION_FIELD_NAME, NULL, NULL },
    { REUNION_FIELD_NAME, "Li\nContact: 555", "Li Contact: 555" },
    { REUNION_FIELD_MARKS, "a\r\nb\vc", "a  b c" },
    { REUNION_FIELD_SEX, "neither", "neither" },
    { REUNION_FIELD_BIRTH_DATE, "soon", "soon" },
    { REUNION_FIELD_CIRCUMSTANCES, "first\nsecond\n", "first\nsecond" },
  };
  g_autoptr (ReunionReport) report = reunion_report_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      reunion_report_set_text (report, cases[i].field, cases[i].set);
      test_expect_string (cases[i].set != NULL ? cases[i].set : "(NULL)", cases[i].get,
                          reunion_report_get_text (report, cases[i].field));
      test_expect_int ("has", cases[i].get != NULL, reunion_report_has (report, cases[i].field));
    }
  /* Its own value, handed back. */
  reunion_report_set_text (report, REUNION_FIELD_NAME, "Wang");
  reunion_report_set_text (report, REUNION_FIELD_NAME,
                           reunion_report_get_text (report, REUNION_FIELD_NAME));
  test_expect_string ("own", "Wang", reunion_report_get_text (report, REUNION_FIELD_NAME));
}

static void
test_check_text (void)
{
  g_autofree char *line = g_strnfill (200, 'x');
  g_autofree char *line_too_long = g_strnfill (201, 'x');
  g_autofree char *text = g_strnfill (4000, 'x');
  g_autofree char *text_too_long = g_strnfill (4001, 'x');
  g_autoptr (GString) chinese = g_string_new (NULL);
  const struct
  {
    ReunionField field;
    const char *text;
    gboolean fits;
  } cases[] = {
    { REUNION_FIELD_NAME, line, TRUE },
    { REUNION_FIELD_NAME, line_too_long, FALSE },
    { REUNION_FIELD_NAME, NULL, TRUE },
    { REUNION_FIELD_CIRCUMSTANCES, text, TRUE },
    { REUNION_FIELD_CIRCUMSTANCES, text_too_long, FALSE },
    { REUNION_FIELD_REGION, "520524197010", TRUE },
    { REUNION_FIELD_REGION, "5205241970101", FALSE },
    { REUNION_FIELD_SEX, "male", TRUE },
    { REUNION_FIELD_SEX, "Male", FALSE },
    { REUNION_FIELD_PERSON_KIND, "dementia", TRUE },
    { REUNION_FIELD_PERSON_KIND, "cat", FALSE },
    { REUNION_FIELD_KIND, "drowning", TRUE },
    { REUNION_FIELD_BIRTH_DATE, "2013-05-09", TRUE },
    { REUNION_FIELD_BIRTH_DATE, "2016-02-29", TRUE },
    { REUNION_FIELD_BIRTH_DATE, "2015-02-29", FALSE },
    { REUNION_FIELD_BIRTH_DATE, "1900-02-29", FALSE },
    { REUNION_FIELD_BIRTH_DATE, "2013-13-01", FALSE },
    { REUNION_FIELD_BIRTH_DATE, "2013-00-01", FALSE },
    { REUNION_FIELD_BIRTH_DATE, "2013-04-31", FALSE },
    { REUNION_FIELD_BIRTH_DATE, "0000-01-01", FALSE },
    { REUNION_FIELD_BIRTH_DATE, "2013-5-9", FALSE },
    { REUNION_FIELD_BIRTH_DATE, "2013-+5-09", FALSE },
    { REUNION_FIELD_BIRTH_DATE, "2013- 5- 9", FALSE },
    { REUNION_FIELD_BIRTH_DATE, "2013--5-09", FALSE },
    { REUNION_FIELD_BIRTH_DATE, "-013-05-09", FALSE },
    { REUNION_FIELD_BIRTH_DATE, "2013-05-09x", FALSE },
    { REUNION_FIELD_BIRTH_DATE, "2013/05/09", FALSE },
    { REUNION_FIELD_BIRTH_DATE, "20130509", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ReunionReport) report = reunion_report_new ();
      g_autoptr (GError) error = NULL;

      reunion_report_set_text (report, cases[i].field, cases[i].text);
      test_expect_int (cases[i].text != NULL ? cases[i].text : "(NULL)", cases[i].fits,
                       reunion_report_check (report, cases[i].field, &error));
      if (!cases[i].fits)
        test_expect_error_names (cases[i].text, REUNION_REPORT_ERROR, REUNION_REPORT_ERROR_VALUE,
                                 reunion_field_get_label (cases[i].field), &error);
    }
  /* Characters count, not bytes. */
  for (int i = 0; i < 200; i++)
    g_string_append (chinese, "团");
  {
    g_autoptr (ReunionReport) report = reunion_report_new ();

    reunion_report_set_text (report, REUNION_FIELD_NAME, chinese->str);
    g_assert_true (reunion_report_check (report, REUNION_FIELD_NAME, NULL));
  }
}

static void
test_check_numbers (void)
{
  static const struct
  {
    ReunionField field;
    gint64 integer;
    gboolean fits;
  } integers[] = {
    { REUNION_FIELD_AGE_YEARS, 0, TRUE },
    { REUNION_FIELD_AGE_YEARS, 130, TRUE },
    { REUNION_FIELD_AGE_YEARS, 131, FALSE },
    { REUNION_FIELD_AGE_YEARS, -1, FALSE },
    { REUNION_FIELD_AGE_YEARS, (1LL << 32) + 5, FALSE },
    { REUNION_FIELD_HEIGHT_CM, 260, TRUE },
    { REUNION_FIELD_HEIGHT_CM, 261, FALSE },
    { REUNION_FIELD_WEIGHT_KG, 400, TRUE },
    { REUNION_FIELD_WEIGHT_KG, G_MAXINT64, FALSE },
    { REUNION_FIELD_CONSENT, 0, TRUE },
    { REUNION_FIELD_CONSENT, 1, TRUE },
    { REUNION_FIELD_CONSENT, 2, FALSE },
    { REUNION_FIELD_LAST_SEEN, G_MININT64, TRUE },
  };
  static const struct
  {
    ReunionField field;
    double degrees;
    gboolean fits;
  } reals[] = {
    { REUNION_FIELD_LATITUDE, 90, TRUE },         { REUNION_FIELD_LATITUDE, -90, TRUE },
    { REUNION_FIELD_LATITUDE, 90.01, FALSE },     { REUNION_FIELD_LATITUDE, NAN, FALSE },
    { REUNION_FIELD_LONGITUDE, 180, TRUE },       { REUNION_FIELD_LONGITUDE, -180.01, FALSE },
    { REUNION_FIELD_LONGITUDE, INFINITY, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (integers); i++)
    {
      g_autoptr (ReunionReport) report = reunion_report_new ();
      const char *label = reunion_field_get_label (integers[i].field);
      g_autoptr (GError) error = NULL;

      reunion_report_set_int (report, integers[i].field, integers[i].integer);
      test_expect_int (label, integers[i].fits,
                       reunion_report_check (report, integers[i].field, &error));
      if (!integers[i].fits)
        test_expect_error_names (label, REUNION_REPORT_ERROR, REUNION_REPORT_ERROR_VALUE, label,
                                 &error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (reals); i++)
    {
      g_autoptr (ReunionReport) report = reunion_report_new ();
      const char *label = reunion_field_get_label (reals[i].field);
      g_autoptr (GError) error = NULL;

      reunion_report_set_degrees (report, reals[i].field, reals[i].degrees);
      test_expect_int (label, reals[i].fits, reunion_report_check (report, reals[i].field, &error));
      if (!reals[i].fits)
        test_expect_error_names (label, REUNION_REPORT_ERROR, REUNION_REPORT_ERROR_VALUE, label,
                                 &error);
    }
}

static void
test_age (void)
{
  static const struct
  {
    const char *birth_date;
    int entered;
    int at[6]; /* UTC */
    int years;
  } cases[] = {
    { "2003-05-17", -1, { 2016, 5, 20, 3, 0, 0 }, 13 },
    { "2003-05-20", -1, { 2016, 5, 19, 15, 59, 59 }, 12 },
    /* Midnight in China: the birthday. */
    { "2003-05-20", -1, { 2016, 5, 19, 16, 0, 0 }, 13 },
    { "2003-05-21", -1, { 2016, 5, 20, 3, 0, 0 }, 12 },
    { "2003-12-31", -1, { 2016, 1, 1, 0, 0, 0 }, 12 },
    { "2012-02-29", -1, { 2013, 2, 28, 12, 0, 0 }, 0 },
    { "2012-02-29", -1, { 2013, 3, 1, 12, 0, 0 }, 1 },
    { "2016-05-19", -1, { 2016, 5, 20, 0, 0, 0 }, 0 },
    { "2020-01-01", -1, { 2016, 5, 20, 0, 0, 0 }, 0 }, /* not born yet */
    { "1931-07-01", -1, { 2016, 7, 1, 0, 0, 0 }, 85 },
    { NULL, 7, { 2016, 5, 20, 0, 0, 0 }, 7 },
    { NULL, -1, { 2016, 5, 20, 0, 0, 0 }, -1 },
    { "2003-05-17", 99, { 2016, 5, 20, 0, 0, 0 }, 13 }, /* the date goes first */
    { "no date", 7, { 2016, 5, 20, 0, 0, 0 }, 7 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ReunionReport) report = reunion_report_new ();
      const int *at = cases[i].at;

      reunion_report_set_text (report, REUNION_FIELD_BIRTH_DATE, cases[i].birth_date);
      if (cases[i].entered >= 0)
        reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, cases[i].entered);
      test_expect_int (cases[i].birth_date != NULL ? cases[i].birth_date : "(none)", cases[i].years,
                       reunion_report_get_age_years (
                           report, test_utc_usec (at[0], at[1], at[2], at[3], at[4], at[5])));
    }
}

static void
test_point (void)
{
  g_autoptr (ReunionReport) report = reunion_report_new ();
  ReunionPoint point;

  g_assert_false (reunion_report_get_point (report, &point));
  reunion_report_set_degrees (report, REUNION_FIELD_LATITUDE, 0.0);
  g_assert_false (reunion_report_get_point (report, &point));
  reunion_report_set_degrees (report, REUNION_FIELD_LONGITUDE, 0.0);
  g_assert_true (reunion_report_get_point (report, &point));
  reunion_report_set_degrees (report, REUNION_FIELD_LONGITUDE, 200.0);
  g_assert_false (reunion_report_get_point (report, &point));
  reunion_report_set_point (report, (ReunionPoint){ 26.668, 105.7723 });
  test_expect_near ("latitude", 26.668,
                    reunion_report_get_degrees (report, REUNION_FIELD_LATITUDE, 0.0), 0.0);
  reunion_report_unset (report, REUNION_FIELD_LATITUDE);
  test_expect_near ("fallback", 7, reunion_report_get_degrees (report, REUNION_FIELD_LATITUDE, 7),
                    0.0);
}

static void
test_equal (void)
{
  g_autoptr (ReunionReport) report = reunion_report_new ();
  g_autoptr (ReunionReport) copy = NULL;

  test_fill_report (report);
  copy = reunion_report_copy (report);
  g_assert_true (reunion_report_equal (report, copy));
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      g_autoptr (ReunionReport) other = reunion_report_copy (report);

      reunion_report_unset (other, i);
      if (reunion_report_equal (report, other))
        test_fail ("%s: its absence was not noticed", reunion_field_get_info (i)->key);
      if (reunion_field_is_text (i))
        reunion_report_set_text (other, i, "else");
      else if (reunion_field_get_info (i)->kind == REUNION_FIELD_KIND_DEGREES)
        reunion_report_set_degrees (other, i, 1e-6);
      else
        reunion_report_set_int (other, i, 0);
      if (reunion_report_equal (report, other))
        test_fail ("%s: its change was not noticed", reunion_field_get_info (i)->key);
    }
}

static void
test_redact (void)
{
  for (int vital = 0; vital <= 1; vital++)
    {
      g_autoptr (ReunionReport) report = reunion_report_new ();
      g_autoptr (ReunionReport) redacted = NULL;
      g_autoptr (ReunionReport) again = NULL;

      test_fill_report (report);
      reunion_report_set_int (report, REUNION_FIELD_MEDICAL_VITAL, vital);
      redacted = reunion_report_redact (report);
      for (guint i = 0; i < REUNION_N_FIELDS; i++)
        test_expect_int (
            reunion_field_get_info (i)->key,
            is_public (i)
                || ((i == REUNION_FIELD_MEDICAL || i == REUNION_FIELD_MEDICAL_VITAL) && vital == 1),
            reunion_report_has (redacted, i));
      again = reunion_report_redact (redacted);
      test_expect_int ("redacted again", TRUE, reunion_report_equal (redacted, again));
      g_assert_true (reunion_report_has (report, REUNION_FIELD_RESIDENT_ID));
    }
}

/* The date of birth stays inside; the age on the day of loss goes out. */
static void
test_redact_age (void)
{
  g_autoptr (ReunionReport) report = reunion_report_new ();
  g_autoptr (ReunionReport) with_time = NULL, without_time = NULL, with_entry = NULL;

  reunion_report_set_text (report, REUNION_FIELD_BIRTH_DATE, "2003-05-17");
  without_time = reunion_report_redact (report);
  g_assert_false (reunion_report_has (without_time, REUNION_FIELD_AGE_YEARS));

  reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, 11);
  with_entry = reunion_report_redact (report);
  test_expect_int ("as entered", 11,
                   reunion_report_get_int (with_entry, REUNION_FIELD_AGE_YEARS, -1));

  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, test_utc_usec (2016, 5, 20, 3, 0, 0));
  with_time = reunion_report_redact (report);
  test_expect_int ("on the day of loss", 13,
                   reunion_report_get_int (with_time, REUNION_FIELD_AGE_YEARS, -1));
  g_assert_false (reunion_report_has (with_time, REUNION_FIELD_BIRTH_DATE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/field-table", test_field_table);
  g_test_add_func ("/report/text", test_text);
  g_test_add_func ("/report/check-text", test_check_text);
  g_test_add_func ("/report/check-numbers", test_check_numbers);
  g_test_add_func ("/report/age", test_age);
  g_test_add_func ("/report/point", test_point);
  g_test_add_func ("/report/equal", test_equal);
  g_test_add_func ("/report/redact", test_redact);
  g_test_add_func ("/report/redact-age", test_redact_age);
  return g_test_run ();
}
