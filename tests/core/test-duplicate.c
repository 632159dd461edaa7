/* test-duplicate.c: whether two reports may be about the same person
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-duplicate.h"
#include "test-helpers.h"

#define NONE REUNION_DUPLICATE_NONE
#define NAME REUNION_DUPLICATE_NAME
#define NUMBER REUNION_DUPLICATE_NUMBER

#define BOY_ID "520524200305170016"
#define HOUR_USEC (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define YEAR_HOURS 8767

typedef struct
{
  const char *name;
  const char *others;
  const char *number;
  const char *birth_date;
  int age_years;  /* -1 for none */
  double lat_deg; /* 0 for no place */
  double lon_deg;
  int hours_ago; /* last seen; 0 for no time */
} Person;

static const struct
{
  const char *what;
  Person a;
  Person b;
  ReunionDuplicateKind expected;
} rows[] = {
  { "nothing known", { .age_years = -1 }, { .age_years = -1 }, NONE },
  /* the number */
  { "same number, nothing else",
    { .number = BOY_ID, .age_years = -1 },
    { .number = BOY_ID, .age_years = -1 },
    NUMBER },
  { "same number, other name, far away",
    { "王小明", NULL, BOY_ID, NULL, 13, 26.6, 105.7, 1 },
    { "李四", NULL, BOY_ID, NULL, 40, 45.7, 126.6, 90 },
    NUMBER },
  { "letter of the number in either case",
    { .number = "11010519491231002X", .age_years = -1 },
    { .number = "11010519491231002x", .age_years = -1 },
    NUMBER },
  { "number with gaps and full-width digits",
    { .number = "110105 19491231 002X", .age_years = -1 },
    { .number = "１１０１０５-19491231-002Ｘ", .age_years = -1 },
    NUMBER },
  { "half a number twice",
    { .number = "5205242003", .age_years = -1 },
    { .number = "5205242003", .age_years = -1 },
    NONE },
  { "another number",
    { .number = BOY_ID, .age_years = -1 },
    { .number = "520524200305170024", .age_years = -1 },
    NONE },
  { "a letter in the middle is no number",
    { .number = "52052420030517x016", .age_years = -1 },
    { .number = "52052420030517x016", .age_years = -1 },
    NONE },
  /* name, age and place */
  { "same name, age and town",
    { "王小明", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    { "王小明", NULL, NULL, NULL, 13, 26.667, 105.768, 30 },
    NAME },
  { "just within 200 km",
    { "王小明", NULL, NULL, NULL, 13, 26.0, 105.0, 1 },
    { "王小明", NULL, NULL, NULL, 13, 27.805, 105.0, 1 },
    NAME },
  { "just beyond 200 km",
    { "王小明", NULL, NULL, NULL, 13, 26.0, 105.0, 1 },
    { "王小明", NULL, NULL, NULL, 13, 27.806, 105.0, 1 },
    NONE },
  { "within 200 km across 180 degrees",
    { "Ana", NULL, NULL, NULL, 13, -17.0, 179.5, 1 },
    { "Ana", NULL, NULL, NULL, 13, -17.0, -179.5, 1 },
    NAME },
  { "one without a place",
    { "王小明", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    { "王小明", NULL, NULL, NULL, 13, 0, 0, 1 },
    NONE },
  { "one without an age",
    { "王小明", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    { "王小明", NULL, NULL, NULL, -1, 26.667, 105.768, 1 },
    NONE },
  { "another name",
    { "王小明", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    { "王小朋", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    NONE },
  { "another number, same name and age: twins are told apart by looking",
    { "王小明", NULL, BOY_ID, NULL, 13, 26.667, 105.768, 1 },
    { "王小明", NULL, "520524200305170024", NULL, 13, 26.667, 105.768, 1 },
    NAME },
  /* ages */
  { "told a year apart",
    { "王小明", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    { "王小明", NULL, NULL, NULL, 14, 26.667, 105.768, 1 },
    NONE },
  { "told 13 two years ago, 15 now",
    { "王小明", NULL, NULL, NULL, 15, 26.667, 105.768, 1 },
    { "王小明", NULL, NULL, NULL, 13, 26.667, 105.768, 2 * YEAR_HOURS + 10 },
    NAME },
  { "told 13 two years ago, 14 now, before the birthday",
    { "王小明", NULL, NULL, NULL, 14, 26.667, 105.768, 1 },
    { "王小明", NULL, NULL, NULL, 13, 26.667, 105.768, 2 * YEAR_HOURS + 10 },
    NAME },
  { "told 13 two years ago, 13 now",
    { "王小明", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    { "王小明", NULL, NULL, NULL, 13, 26.667, 105.768, 2 * YEAR_HOURS + 10 },
    NONE },
  { "born in one year, both had the birthday",
    { "王小明", NULL, NULL, "2003-05-17", -1, 26.667, 105.768, 1 },
    { "王小明", NULL, NULL, "2003-06-20", -1, 26.667, 105.768, 1 },
    NAME },
  { "born in one year, one had the birthday",
    { "王小明", NULL, NULL, "2003-05-17", -1, 26.667, 105.768, 1 },
    { "王小明", NULL, NULL, "2003-12-20", -1, 26.667, 105.768, 1 },
    NONE },
  { "born, and told one more",
    { "王小明", NULL, NULL, "2003-05-17", -1, 26.667, 105.768, 1 },
    { "王小明", NULL, NULL, NULL, 21, 26.667, 105.768, 1 },
    NAME },
  { "born, and told one less",
    { "王小明", NULL, NULL, "2003-05-17", -1, 26.667, 105.768, 1 },
    { "王小明", NULL, NULL, NULL, 19, 26.667, 105.768, 1 },
    NAME },
  { "born, and told two more",
    { "王小明", NULL, NULL, "2003-05-17", -1, 26.667, 105.768, 1 },
    { "王小明", NULL, NULL, NULL, 22, 26.667, 105.768, 1 },
    NONE },
  /* names */
  { "other dots and spaces",
    { "古力娜尔·买买提", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    { "古力娜尔 ・ 买买提", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    NAME },
  { "case, width and accents",
    { "Ｊｏｓé Li", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    { "jose-li", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    NAME },
  { "the name of one is another name of the other",
    { "明明", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    { "王小明", "小虎、明明", NULL, NULL, 13, 26.667, 105.768, 1 },
    NAME },
  { "the same the other way round, parted by a space",
    { "王小明", "小虎 明明", NULL, NULL, 13, 26.667, 105.768, 1 },
    { "明明", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    NAME },
  { "a Latin name keeps its space",
    { "王小明", "Wang Xiaoming (Tom)", NULL, NULL, 13, 26.667, 105.768, 1 },
    { "WANG XIAOMING", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    NAME },
  { "nicknames alone",
    { "王小明", "宝宝", NULL, NULL, 13, 26.667, 105.768, 1 },
    { "李强", "宝宝", NULL, NULL, 13, 26.667, 105.768, 1 },
    NONE },
  { "names of nobody",
    { "不详", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    { "不详", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    NONE },
  { "nothing but dots",
    { "··", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    { "··", NULL, NULL, NULL, 13, 26.667, 105.768, 1 },
    NONE },
};

static gint64
get_now (void)
{
  return test_utc_usec (2023, 11, 14, 22, 13, 20);
}

static ReunionReport *
make_report (const Person *person)
{
  ReunionReport *report = reunion_report_new ();

  reunion_report_set_text (report, REUNION_FIELD_NAME, person->name);
  reunion_report_set_text (report, REUNION_FIELD_OTHER_NAMES, person->others);
  reunion_report_set_text (report, REUNION_FIELD_RESIDENT_ID, person->number);
  reunion_report_set_text (report, REUNION_FIELD_BIRTH_DATE, person->birth_date);
  if (person->age_years >= 0)
    reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, person->age_years);
  if (person->lat_deg != 0)
    reunion_report_set_point (report, (ReunionPoint){ person->lat_deg, person->lon_deg });
  if (person->hours_ago != 0)
    reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN,
                            get_now () - person->hours_ago * HOUR_USEC);
  return report;
}

static gboolean
share_key (ReunionReport *a, ReunionReport *b)
{
  g_auto (GStrv) keys_a = reunion_duplicate_list_keys (a);
  g_auto (GStrv) keys_b = reunion_duplicate_list_keys (b);

  for (guint i = 0; keys_a[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) keys_b, keys_a[i]))
      return TRUE;
  return FALSE;
}

/* The same both ways, and never without a key in common: the store looks for
 * keys only. */
static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ReunionReport) a = make_report (&rows[i].a);
      g_autoptr (ReunionReport) b = make_report (&rows[i].b);
      double distance_km = 0.0;

      test_expect_int (rows[i].what, rows[i].expected,
                       reunion_duplicate_compare (a, b, get_now (), &distance_km));
      test_expect_int (rows[i].what, rows[i].expected,
                       reunion_duplicate_compare (b, a, get_now (), NULL));
      if (rows[i].expected != NONE && !share_key (a, b))
        test_fail ("%s: expected a key in common, came none", rows[i].what);
      if (rows[i].a.lat_deg == 0 || rows[i].b.lat_deg == 0)
        test_expect_near (rows[i].what, -1.0, distance_km, 0.0);
    }
}

static void
test_distance (void)
{
  const Person person = { "王小明", NULL, NULL, NULL, 13, 26.0, 105.0, 1 };
  g_autoptr (ReunionReport) a = make_report (&person);
  g_autoptr (ReunionReport) b = make_report (&person);
  double distance_km = 0.0;

  reunion_report_set_point (
      b, reunion_geodesy_destination ((ReunionPoint){ 26.0, 105.0 }, 70.0, 123.4));
  reunion_duplicate_compare (a, b, get_now (), &distance_km);
  test_expect_near ("distance", 123.4, distance_km, 1e-6);
}

static void
test_states (void)
{
  for (guint i = 0; i < REUNION_N_CASE_STATES; i++)
    test_expect_int (reunion_case_state_to_key (i),
                     i != REUNION_CASE_STATE_CLOSED && i != REUNION_CASE_STATE_EXPIRED
                         && i != REUNION_CASE_STATE_REJECTED && i != REUNION_CASE_STATE_WITHDRAWN,
                     reunion_duplicate_counts (i));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duplicate/table", test_table);
  g_test_add_func ("/duplicate/distance", test_distance);
  g_test_add_func ("/duplicate/states", test_states);
  return g_test_run ();
}
