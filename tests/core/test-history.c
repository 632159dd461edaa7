/* test-history.c: who changed what in a case, and when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-history.h"
#include "test-records.h"

/* "key: before > after" for each change. Transfer full. */
static char *
tell (GPtrArray *changes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const ReunionHistoryChange *change = changes->pdata[i];

      g_assert_null (change->reason);
      g_string_append_printf (text, "%s%s: %s > %s", i > 0 ? "; " : "", change->key,
                              change->before != NULL ? change->before : "-",
                              change->after != NULL ? change->after : "-");
    }
  return g_string_free (text, FALSE);
}

static void
expect_diff (const char *what, ReunionReport *before, ReunionReport *after, const char *expected)
{
  g_autoptr (GPtrArray) changes = reunion_history_diff (before, after);
  g_autofree char *came = tell (changes);

  test_expect_string (what, expected, came);
}

static void
test_diff (void)
{
  g_autoptr (ReunionReport) before = reunion_report_new ();
  g_autoptr (ReunionReport) after = NULL;

  test_fill_report (before);
  after = reunion_report_copy (before);
  expect_diff ("nothing", before, after, "");
  reunion_report_set_text (after, REUNION_FIELD_NAME, "小明");
  reunion_report_set_text (after, REUNION_FIELD_SEX, "female");
  reunion_report_set_text (after, REUNION_FIELD_BIRTH_DATE, "2003-05-18");
  reunion_report_set_int (after, REUNION_FIELD_AGE_YEARS, 0);
  reunion_report_set_int (after, REUNION_FIELD_MEDICAL_VITAL, 0);
  reunion_report_unset (after, REUNION_FIELD_LAST_SEEN_EARLIEST);
  reunion_report_set_int (after, REUNION_FIELD_LAST_SEEN, 0);
  reunion_report_set_point (after, (ReunionPoint){ -26.5, 105.7723 });
  /* In the order of the table, each value as text. */
  expect_diff ("each kind", before, after,
               "name: QZ-name-1-QZ > 小明; sex: male > female; birth_date: 2003-05-17 > "
               "2003-05-18; age_years: 13 > 0; medical_vital: true > false; last_seen_earliest: "
               "2016-05-19T22:41:17Z > -; last_seen: 2016-05-20T03:00:00Z > 1970-01-01T00:00:00Z; "
               "latitude: 26.668 > -26.5");
}

/* Unset is another thing than zero or false, and a millimetre is none. */
static void
test_diff_edges (void)
{
  g_autoptr (ReunionReport) empty = reunion_report_new ();
  g_autoptr (ReunionReport) zero = reunion_report_new ();
  g_autoptr (ReunionReport) near = NULL;

  reunion_report_set_int (zero, REUNION_FIELD_CONSENT, 0);
  reunion_report_set_int (zero, REUNION_FIELD_AGE_YEARS, 0);
  reunion_report_set_point (zero, (ReunionPoint){ 0.0, 100.0 });
  expect_diff ("from nothing", empty, zero,
               "age_years: - > 0; latitude: - > 0; longitude: - > 100; consent: - > false");
  expect_diff ("from no report", NULL, zero,
               "age_years: - > 0; latitude: - > 0; longitude: - > 100; consent: - > false");
  expect_diff ("to nothing", zero, empty,
               "age_years: 0 > -; latitude: 0 > -; longitude: 100 > -; consent: false > -");
  near = reunion_report_copy (zero);
  reunion_report_set_point (near, (ReunionPoint){ 1e-11, 100.0 });
  expect_diff ("a hair's breadth", zero, near, "");
}

/* A difference is told exactly where the reports differ. */
static void
test_diff_every_field (void)
{
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      g_autoptr (ReunionReport) before = reunion_report_new ();
      g_autoptr (ReunionReport) after = NULL;
      g_autoptr (GPtrArray) changes = NULL;
      const ReunionHistoryChange *change;

      test_fill_report (before);
      after = reunion_report_copy (before);
      reunion_report_unset (after, i);
      changes = reunion_history_diff (before, after);
      g_assert_cmpuint (changes->len, ==, 1);
      change = changes->pdata[0];
      test_expect_string ("key", reunion_field_get_info (i)->key, change->key);
      g_assert_nonnull (change->before);
      g_assert_null (change->after);
    }
}

static void
test_diff_photos (void)
{
  g_autoptr (ReunionCase) before = test_case_new_full ();
  g_autoptr (ReunionCase) after = reunion_case_copy (before);
  g_autoptr (ReunionPhoto) lead = reunion_photo_ref (reunion_case_get_photo (before, 1));
  g_autoptr (ReunionPhoto) second = reunion_photo_ref (reunion_case_get_photo (before, 0));
  g_autoptr (GPtrArray) same = reunion_history_diff_cases (before, after);
  g_autoptr (GPtrArray) swapped = NULL;
  g_autoptr (GPtrArray) gone = NULL;
  g_autofree char *text = NULL;
  g_autofree char *gone_text = NULL;

  g_assert_cmpuint (same->len, ==, 0);
  reunion_case_clear_photos (after);
  reunion_case_add_photo (after, lead);
  reunion_case_add_photo (after, second);
  swapped = reunion_history_diff_cases (before, after);
  text = tell (swapped);
  test_expect_string ("another lead",
                      "photos: " TEST_HASH_1 " " TEST_HASH_2 " > " TEST_HASH_2 " " TEST_HASH_1,
                      text);
  reunion_case_clear_photos (after);
  gone = reunion_history_diff_cases (before, after);
  gone_text = tell (gone);
  test_expect_string ("none any more", "photos: " TEST_HASH_1 " " TEST_HASH_2 " > -", gone_text);
}

static void
test_words (void)
{
  static const struct
  {
    const char *key;
    const char *value;
    const char *label;
    const char *text;
  } rows[] = {
    { "name", "小明", "Name", "小明" },
    { "sex", "male", "Sex", "Male" },
    { "sex", "?", "Sex", "?" },
    { "consent", "true", "Guardian agrees to publication", "Yes" },
    { "consent", "false", "Guardian agrees to publication", "No" },
    { "last_seen", "2016-05-20T03:00:00Z", "Last seen", "2016-05-20 11:00:00" },
    { "last_seen", "noon", "Last seen", "noon" },
    { "age_years", "13", "Age", "13" },
    { "latitude", "26.5", "Latitude", "26.5" },
    { "photos", TEST_HASH_1, "Photos", "1 photo" },
    { "photos", TEST_HASH_1 " " TEST_HASH_2, "Photos", "2 photos" },
    { "outcome", "lost", "How it ended", "Had got lost" },
    { "stage", "3", "Stage of the circle", "3" },
    { "review_level", "4", "Digits of the region asked for", "4" },
    { "of a later version", "x", "of a later version", "x" },
    { "name", NULL, "Name", NULL },
  };
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = reunion_history_format_value (rows[i].key, rows[i].value, china);

      test_expect_string (rows[i].key, rows[i].label, reunion_history_get_key_label (rows[i].key));
      test_expect_string (rows[i].key, rows[i].text, text);
    }
}

static void
test_actions (void)
{
  ReunionHistoryAction action = REUNION_HISTORY_CLOSE;

  for (int i = 0; i < REUNION_N_HISTORY_ACTIONS; i++)
    {
      g_assert_true (reunion_history_action_from_key (reunion_history_action_to_key (i), &action));
      test_expect_int ("action", i, action);
      g_assert_cmpuint (strlen (reunion_history_action_get_label (i)), >, 0);
    }
  g_assert_false (reunion_history_action_from_key ("sample", &action));
}

static ReunionHistoryEntry *
make_entry (ReunionHistoryAction action)
{
  ReunionHistoryEntry *entry = reunion_history_entry_new (17, action);

  reunion_history_entry_set_account (entry, "wang.jun", "王军");
  reunion_history_entry_set_station (entry, "520524-01", "城关派出所");
  reunion_history_entry_set_reason (entry, "PRIVATE");
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    reunion_history_entry_add_change (
        entry,
        reunion_history_change_new (reunion_field_get_info (i)->key, "before", "after", "PRIVATE"));
  reunion_history_entry_add_change (entry, reunion_history_change_new ("stage", "1", "2", NULL));
  reunion_history_entry_add_change (
      entry, reunion_history_change_new ("of a later version", "PRIVATE", "PRIVATE", NULL));
  return entry;
}

/* Others are told of the published case alone, of nobody by name, and of no
 * field that is not in the notice. */
static void
test_redact (void)
{
  for (int i = 0; i < REUNION_N_HISTORY_ACTIONS; i++)
    {
      g_autoptr (ReunionHistoryEntry) entry = make_entry (i);
      g_autoptr (ReunionHistoryEntry) redacted = reunion_history_entry_redact (entry);
      gboolean is_public = i == REUNION_HISTORY_APPROVE || i == REUNION_HISTORY_AMEND
                           || i == REUNION_HISTORY_ESCALATE || i == REUNION_HISTORY_CLOSE;
      guint n_stages = 0;

      g_assert_true ((redacted != NULL) == is_public);
      if (redacted == NULL)
        continue;
      test_expect_int ("time", 17, reunion_history_entry_get_at_usec (redacted));
      test_expect_string ("station", "520524-01", reunion_history_entry_get_station (redacted));
      g_assert_null (reunion_history_entry_get_account (redacted));
      g_assert_null (reunion_history_entry_get_name (redacted));
      g_assert_null (reunion_history_entry_get_reason (redacted));
      for (guint j = 0; j < reunion_history_entry_get_n_changes (redacted); j++)
        {
          const ReunionHistoryChange *change = reunion_history_entry_get_change (redacted, j);
          ReunionField field;

          g_assert_null (change->reason);
          if (reunion_field_from_key (change->key, &field))
            g_assert_cmpint (reunion_field_get_info (field)->audience, ==, REUNION_AUDIENCE_PUBLIC);
          else
            n_stages += strcmp (change->key, "stage") == 0;
          g_assert_cmpstr (change->before, !=, "PRIVATE");
        }
      g_assert_cmpuint (n_stages, ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/diff", test_diff);
  g_test_add_func ("/history/diff-edges", test_diff_edges);
  g_test_add_func ("/history/diff-every-field", test_diff_every_field);
  g_test_add_func ("/history/diff-photos", test_diff_photos);
  g_test_add_func ("/history/words", test_words);
  g_test_add_func ("/history/actions", test_actions);
  g_test_add_func ("/history/redact", test_redact);
  return g_test_run ();
}
