/* test-person-kind.c: what a report says and asks by who is missing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-person-kind.h"
#include "test-records.h"

#define NOW_USEC (1463715000 * REUNION_SECOND_USEC) /* 2016-05-20T03:30:00Z */

/* Every kind the field offers has a row, under the same key, and shows entries once. */
static void
test_table (void)
{
  const ReunionChoice *choices = reunion_field_get_choices (REUNION_FIELD_PERSON_KIND);

  for (guint kind = 0; kind < REUNION_N_PERSON_KINDS; kind++)
    {
      const ReunionPersonKindInfo *info = reunion_person_kind_get_info (kind);
      gboolean is_seen[REUNION_N_FIELDS] = { FALSE };
      static const ReunionField always[]
          = { REUNION_FIELD_PERSON_KIND, REUNION_FIELD_NAME,  REUNION_FIELD_SEX,
              REUNION_FIELD_AGE_YEARS,   REUNION_FIELD_PLACE, REUNION_FIELD_CONSENT };

      test_expect_string ("key", choices[kind].key, info->key);
      g_assert_cmpint (info->min_age_years, <, info->max_age_years);
      for (gsize i = 0; info->shown[i] != REUNION_PERSON_KIND_END; i++)
        {
          if (is_seen[info->shown[i]])
            test_fail ("%s: %s is shown twice", info->key,
                       reunion_field_get_info (info->shown[i])->key);
          is_seen[info->shown[i]] = TRUE;
        }
      for (gsize i = 0; i < G_N_ELEMENTS (always); i++)
        test_expect_int (reunion_field_get_info (always[i])->key, TRUE, is_seen[always[i]]);
      for (guint field = 0; field < REUNION_N_FIELDS; field++)
        g_assert_nonnull (reunion_person_kind_get_field_label (kind, field));
    }
  test_expect_string ("end", NULL, choices[REUNION_N_PERSON_KINDS].key);
}

static void
test_of (void)
{
  static const struct
  {
    const char *key;
    ReunionPersonKind kind;
  } cases[] = {
    { NULL, REUNION_PERSON_KIND_CHILD },          { "child", REUNION_PERSON_KIND_CHILD },
    { "cat", REUNION_PERSON_KIND_CHILD },         { "older", REUNION_PERSON_KIND_OLDER },
    { "dementia", REUNION_PERSON_KIND_DEMENTIA }, { "family", REUNION_PERSON_KIND_FAMILY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ReunionReport) report = reunion_report_new ();

      reunion_report_set_text (report, REUNION_FIELD_PERSON_KIND, cases[i].key);
      test_expect_int (cases[i].key, cases[i].kind, reunion_person_kind_of (report));
    }
}

/* --- every kind by every item ------------------------------------------------------ */

static ReunionCase *
new_case (const char *key, int age_years, const char *loss)
{
  ReunionCase *case_ = test_case_new_full ();
  ReunionReport *report = reunion_case_get_report (case_);

  reunion_report_set_text (report, REUNION_FIELD_PERSON_KIND, key);
  reunion_report_unset (report, REUNION_FIELD_BIRTH_DATE);
  reunion_report_unset (report, REUNION_FIELD_RESIDENT_ID);
  reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, age_years);
  reunion_report_set_text (report, REUNION_FIELD_KIND, loss);
  return case_;
}

/* One kind of person and one entry taken away: which item falls short. */
static const ReunionField taken[REUNION_N_STANDARD_ITEMS] = {
  [REUNION_STANDARD_NAME] = REUNION_FIELD_NAME,
  [REUNION_STANDARD_SEX] = REUNION_FIELD_SEX,
  [REUNION_STANDARD_AGE] = REUNION_FIELD_AGE_YEARS,
  [REUNION_STANDARD_PHOTO] = REUNION_FIELD_PHOTO_ABSENT_REASON,
  [REUNION_STANDARD_TIME] = REUNION_FIELD_LAST_SEEN,
  [REUNION_STANDARD_PLACE] = REUNION_FIELD_PLACE,
  [REUNION_STANDARD_APPEARANCE] = REUNION_FIELD_CLOTHING,
  [REUNION_STANDARD_CIRCUMSTANCES] = REUNION_FIELD_CIRCUMSTANCES,
  [REUNION_STANDARD_CONTACT] = REUNION_FIELD_CONTACT_PHONE,
  [REUNION_STANDARD_CONSENT] = REUNION_FIELD_CONSENT,
  [REUNION_STANDARD_REASON] = REUNION_FIELD_CONSENT_OVERRIDE,
  [REUNION_STANDARD_SECOND_LOOK] = REUNION_FIELD_SECOND_LOOK,
  [REUNION_STANDARD_VALUES] = REUNION_N_FIELDS,
};

static void
take_away (ReunionCase *case_, ReunionStandardItem item)
{
  ReunionReport *report = reunion_case_get_report (case_);

  if (item == REUNION_STANDARD_PHOTO)
    reunion_case_clear_photos (case_);
  if (item == REUNION_STANDARD_APPEARANCE)
    reunion_report_unset (report, REUNION_FIELD_MARKS);
  /* Where either will do, the other must not stand in. */
  if (item == REUNION_STANDARD_CONSENT && !reunion_person_kind_may_have_left (report))
    reunion_report_unset (report, REUNION_FIELD_CONSENT_OVERRIDE);
  if (taken[item] != REUNION_N_FIELDS)
    reunion_report_unset (report, taken[item]);
  else
    reunion_report_set_int (report, REUNION_FIELD_HEIGHT_CM, 999);
}

/* In a family dispute, where every item is asked for. */
static const struct
{
  const char *key;
  int age_years;
  gboolean needs_reason;
  const char *consent; /* parts of the sentences */
  const char *second_look;
} kinds[] = {
  { "child", 13, FALSE, "guardian", "This is a family dispute: a second" },
  { "older", 77, TRUE, "family has to ask", "may not want to be found" },
  { "dementia", 66, FALSE, "family's consent", "This is a family dispute: a second" },
  { "family", 34, TRUE, "family has to ask", "may not want to be found" },
};

static void
expect_item (gsize i, ReunionStandardItem item)
{
  g_autoptr (ReunionCase) case_ = new_case (kinds[i].key, kinds[i].age_years, "family_dispute");
  g_autofree char *what
      = g_strdup_printf ("%s: %s", kinds[i].key, reunion_standard_item_get_label (item));

  take_away (case_, item);
  for (int other = 0; other < REUNION_N_STANDARD_ITEMS; other++)
    {
      g_autofree char *sentence = NULL;
      gboolean is_asked = (ReunionStandardItem) other == item
                          && (item != REUNION_STANDARD_REASON || kinds[i].needs_reason);

      test_expect_int (what, !is_asked,
                       reunion_standard_check_item (case_, other, NOW_USEC, NULL, &sentence));
      if (is_asked && item == REUNION_STANDARD_CONSENT
          && strstr (sentence, kinds[i].consent) == NULL)
        test_fail ("%s: expected “%s”, came “%s”", what, kinds[i].consent, sentence);
      if (is_asked && item == REUNION_STANDARD_SECOND_LOOK
          && strstr (sentence, kinds[i].second_look) == NULL)
        test_fail ("%s: expected “%s”, came “%s”", what, kinds[i].second_look, sentence);
    }
}

static void
test_standard (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (ReunionCase) case_ = new_case (kinds[i].key, kinds[i].age_years, "family_dispute");
      g_autoptr (GError) error = NULL;

      reunion_standard_check (case_, NOW_USEC, &error);
      g_assert_no_error (error);
      for (int item = 0; item < REUNION_N_STANDARD_ITEMS; item++)
        expect_item (i, item);
    }
}

/* --- an adult's own will ------------------------------------------------------------ */

static const struct
{
  const char *key;
  const char *loss;
  gboolean may_have_left;
} wills[] = {
  { "child", "left_home", FALSE },
  { "child", NULL, FALSE },
  { "dementia", "left_home", FALSE },
  { "dementia", "family_dispute", FALSE },
  { "older", NULL, FALSE },
  { "older", "lost", FALSE },
  { "older", "unknown", FALSE },
  { "older", "left_home", TRUE },
  { "older", "family_dispute", TRUE },
  { "family", NULL, TRUE },
  { "family", "unknown", TRUE },
  { "family", "left_home", TRUE },
  { "family", "family_dispute", TRUE },
  { "family", "lost", FALSE },
  { "family", "abduction", FALSE },
  { "family", "drowning", FALSE },
};

/* Whether what the family asks for and the reason that is given will do. */
static gboolean
may_publish (gsize i, gboolean asks, gboolean has_reason)
{
  g_autoptr (ReunionCase) case_ = new_case (wills[i].key, 60, wills[i].loss);
  ReunionReport *report = reunion_case_get_report (case_);

  if (g_strcmp0 (wills[i].key, "child") == 0)
    reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, 9);
  reunion_report_set_int (report, REUNION_FIELD_CONSENT, asks);
  if (!has_reason)
    reunion_report_unset (report, REUNION_FIELD_CONSENT_OVERRIDE);
  return reunion_standard_check (case_, NOW_USEC, NULL);
}

static void
test_own_will (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wills); i++)
    for (int asks = 0; asks <= 1; asks++)
      for (int has_reason = 0; has_reason <= 1; has_reason++)
        {
          g_autofree char *what = g_strdup_printf ("%s, %s, asked for: %d, reason: %d",
                                                   wills[i].key, wills[i].loss, asks, has_reason);

          test_expect_int (what, wills[i].may_have_left ? asks && has_reason : asks || has_reason,
                           may_publish (i, asks, has_reason));
        }
}

/* --- ages ---------------------------------------------------------------------------- */

static void
test_ages (void)
{
  static const struct
  {
    ReunionPersonKind kind;
    int age_years;
    const char *says; /* NULL: nothing */
  } cases[] = {
    { REUNION_PERSON_KIND_CHILD, -1, NULL },
    { REUNION_PERSON_KIND_CHILD, 0, NULL },
    { REUNION_PERSON_KIND_CHILD, 17, NULL },
    { REUNION_PERSON_KIND_CHILD, 18, "no child" },
    { REUNION_PERSON_KIND_CHILD, 45, "At 45 years this is no child" },
    { REUNION_PERSON_KIND_OLDER, 49, "no older person" },
    { REUNION_PERSON_KIND_OLDER, 50, NULL },
    { REUNION_PERSON_KIND_OLDER, 130, NULL },
    { REUNION_PERSON_KIND_OLDER, 131, NULL },
    { REUNION_PERSON_KIND_DEMENTIA, 17, "choose “Child”" },
    { REUNION_PERSON_KIND_DEMENTIA, 18, NULL },
    { REUNION_PERSON_KIND_FAMILY, 17, "this is a child" },
    { REUNION_PERSON_KIND_FAMILY, 18, NULL },
    { REUNION_PERSON_KIND_FAMILY, -1, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *key = reunion_person_kind_get_info (cases[i].kind)->key;
      g_autofree char *what = g_strdup_printf ("%s of %d", key, cases[i].age_years);
      g_autofree char *found = reunion_person_kind_check_age (cases[i].kind, cases[i].age_years);

      if (cases[i].says == NULL)
        test_expect_string (what, NULL, found);
      else if (found == NULL || strstr (found, cases[i].says) == NULL)
        test_fail ("%s: expected “%s”, came “%s”", what, cases[i].says, found);
    }
}

/* A child that has been missing for thirty years is looked for as a child; the faulty
 * age leads to where the kind is chosen. */
static void
test_age_on_the_day_of_loss (void)
{
  g_autoptr (ReunionCase) case_ = new_case ("child", 45, "lost");
  ReunionReport *report = reunion_case_get_report (case_);
  ReunionField field = REUNION_N_FIELDS;

  g_assert_false (
      reunion_standard_check_item (case_, REUNION_STANDARD_AGE, NOW_USEC, &field, NULL));
  test_expect_int ("where to go", REUNION_FIELD_PERSON_KIND, field);
  reunion_report_set_text (report, REUNION_FIELD_BIRTH_DATE, "1980-02-01");
  g_assert_false (reunion_standard_check_item (case_, REUNION_STANDARD_AGE, NOW_USEC, NULL, NULL));
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, test_utc_usec (1986, 5, 1, 0, 0, 0));
  g_assert_true (reunion_standard_check_item (case_, REUNION_STANDARD_AGE, NOW_USEC, NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/person-kind/table", test_table);
  g_test_add_func ("/person-kind/of", test_of);
  g_test_add_func ("/person-kind/standard", test_standard);
  g_test_add_func ("/person-kind/own-will", test_own_will);
  g_test_add_func ("/person-kind/ages", test_ages);
  g_test_add_func ("/person-kind/age-on-the-day-of-loss", test_age_on_the_day_of_loss);
  return g_test_run ();
}
