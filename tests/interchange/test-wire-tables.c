/* test-wire-tables.c: policy, statistics and problem details as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-wire.h"
#include "test-records.h"

static void
test_policy (void)
{
  ReunionPolicy *policy = reunion_policy_get_national ();
  g_autoptr (JsonObject) object = reunion_wire_policy_to_object (policy);
  g_autofree char *text = reunion_json_to_text (object);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionPolicy) again = reunion_wire_policy_from_object (object, &error);

  g_assert_no_error (error);
  g_assert_true (reunion_policy_equal (policy, again));
  test_expect_string ("policy",
                      "{\"stages\":[{\"after_seconds\":0,\"radius_km\":100.0},"
                      "{\"after_seconds\":3600,\"radius_km\":200.0},"
                      "{\"after_seconds\":7200,\"radius_km\":300.0},"
                      "{\"after_seconds\":10800,\"radius_km\":500.0}],"
                      "\"review_levels\":[{\"region_digits\":6,\"wait_seconds\":600},"
                      "{\"region_digits\":4,\"wait_seconds\":900},"
                      "{\"region_digits\":2,\"wait_seconds\":1200},"
                      "{\"region_digits\":0}]}",
                      text);
}

static void
test_wrong_policies (void)
{
  const struct
  {
    const char *text;
    GQuark domain;
    int code;
    const char *names;
  } cases[] = {
    { "{}", REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER, "“stages” is missing" },
    { "{\"stages\":{}}", REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER, "“stages”" },
    { "{\"stages\":[3]}", REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER, "Element 1" },
    { "{\"stages\":[{\"radius_km\":1}]}", REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
      "“after_seconds” is missing" },
    { "{\"stages\":[{\"after_seconds\":0}]}", REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
      "“radius_km” is missing" },
    { "{\"stages\":[{\"after_seconds\":0.5,\"radius_km\":1}]}", REUNION_JSON_ERROR,
      REUNION_JSON_ERROR_MEMBER, "“after_seconds” must be a whole number" },
    { "{\"stages\":[]}", REUNION_POLICY_ERROR, REUNION_POLICY_ERROR_EMPTY, "at least one" },
    { "{\"stages\":[{\"after_seconds\":60,\"radius_km\":1}]}", REUNION_POLICY_ERROR,
      REUNION_POLICY_ERROR_START, "first stage" },
    { "{\"stages\":[{\"after_seconds\":-9223372036854775808,\"radius_km\":1}]}",
      REUNION_POLICY_ERROR, REUNION_POLICY_ERROR_START, "first stage" },
    { "{\"stages\":[{\"after_seconds\":0,\"radius_km\":0}]}", REUNION_POLICY_ERROR,
      REUNION_POLICY_ERROR_RADIUS, "Stage 1" },
    { "{\"stages\":[{\"after_seconds\":0,\"radius_km\":1e308}]}", REUNION_POLICY_ERROR,
      REUNION_POLICY_ERROR_RADIUS, "Stage 1" },
    { "{\"stages\":[{\"after_seconds\":0,\"radius_km\":5},"
      "{\"after_seconds\":9223372036854775807,\"radius_km\":5}]}",
      REUNION_POLICY_ERROR, REUNION_POLICY_ERROR_ORDER, "Stage 2" },
  };
#define STAGES "{\"stages\":[{\"after_seconds\":0,\"radius_km\":5}],"
  static const struct
  {
    const char *text;
    GQuark (*domain) (void);
    int code;
    const char *names;
  } levels[] = {
    { STAGES "\"review_levels\":{}}", reunion_json_error_quark, REUNION_JSON_ERROR_MEMBER,
      "“review_levels”" },
    { STAGES "\"review_levels\":[]}", reunion_json_error_quark, REUNION_JSON_ERROR_SIZE, "1 to 7" },
    { STAGES "\"review_levels\":[{}]}", reunion_json_error_quark, REUNION_JSON_ERROR_MEMBER,
      "“region_digits” is missing" },
    { STAGES "\"review_levels\":[{\"region_digits\":7}]}", reunion_policy_error_quark,
      REUNION_POLICY_ERROR_REVIEW, "Level 1" },
    { STAGES "\"review_levels\":[{\"region_digits\":6},{\"region_digits\":0}]}",
      reunion_policy_error_quark, REUNION_POLICY_ERROR_REVIEW, "Level 1" },
    { STAGES "\"review_levels\":[{\"region_digits\":4,\"wait_seconds\":9},"
             "{\"region_digits\":4}]}",
      reunion_policy_error_quark, REUNION_POLICY_ERROR_REVIEW, "Level 2" },
    { STAGES "\"review_levels\":[{\"region_digits\":4,\"wait_seconds\":-9223372036854775808},"
             "{\"region_digits\":0}]}",
      reunion_policy_error_quark, REUNION_POLICY_ERROR_REVIEW, "Level 1" },
  };
#undef STAGES
  g_autoptr (GString) many = g_string_new ("{\"stages\":[");
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) wrong = reunion_json_parse (cases[i].text, -1, &error);

      g_assert_no_error (error);
      g_assert_null (reunion_wire_policy_from_object (wrong, &error));
      test_expect_error_names (cases[i].text, cases[i].domain, cases[i].code, cases[i].names,
                               &error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      g_autoptr (JsonObject) wrong = reunion_json_parse (levels[i].text, -1, &error);

      g_assert_no_error (error);
      g_assert_null (reunion_wire_policy_from_object (wrong, &error));
      test_expect_error_names (levels[i].text, levels[i].domain (), levels[i].code, levels[i].names,
                               &error);
    }
  for (int i = 0; i < 65; i++)
    g_string_append_printf (many, "%s{\"after_seconds\":%d,\"radius_km\":%d}", i > 0 ? "," : "", i,
                            i + 1);
  g_string_append (many, "]}");
  object = reunion_json_parse (many->str, -1, &error);
  g_assert_no_error (error);
  g_assert_null (reunion_wire_policy_from_object (object, &error));
  test_expect_error_names ("65 stages", REUNION_JSON_ERROR, REUNION_JSON_ERROR_SIZE, "64", &error);
}

static void
expect_same_tally (const char *what, const ReunionTally *expected, const ReunionTally *came)
{
  g_assert_true ((expected == NULL) == (came == NULL));
  if (expected == NULL)
    return;
  test_expect_int (what, expected->issued, came->issued);
  for (guint i = 0; i < REUNION_N_OUTCOMES; i++)
    test_expect_int (what, expected->by_outcome[i], came->by_outcome[i]);
}

static void
test_statistics (void)
{
  static const char *const regions[] = { "34", "52", "11", NULL, "99" };
  g_autoptr (GPtrArray) periods = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;

  for (guint period = 0; period < 3; period++)
    {
      ReunionStatistics *statistics = reunion_statistics_new ();

      for (guint i = 0; i < G_N_ELEMENTS (regions) && period > 0; i++)
        for (guint outcome = 0; outcome < REUNION_N_OUTCOMES; outcome++)
          reunion_statistics_add (statistics, regions[i], outcome, 10 * i + outcome * period);
      reunion_statistics_set_period (statistics, period == 0 ? 0 : 1463241600000000,
                                     period == 2 ? 0 : 1494777600000000);
      g_ptr_array_add (periods, statistics);
    }
  object = reunion_wire_statistics_to_object (periods);
  again = reunion_wire_statistics_from_object (object, &error);
  g_assert_no_error (error);
  test_expect_int ("periods", 3, again->len);
  for (guint i = 0; i < 3; i++)
    {
      test_expect_int ("from", reunion_statistics_get_from_usec (periods->pdata[i]),
                       reunion_statistics_get_from_usec (again->pdata[i]));
      test_expect_int ("to", reunion_statistics_get_to_usec (periods->pdata[i]),
                       reunion_statistics_get_to_usec (again->pdata[i]));
      expect_same_tally ("nation", reunion_statistics_get_total (periods->pdata[i]),
                         reunion_statistics_get_total (again->pdata[i]));
      for (guint j = 0; j < 3; j++)
        expect_same_tally (regions[j],
                           reunion_statistics_get_province (periods->pdata[i], regions[j]),
                           reunion_statistics_get_province (again->pdata[i], regions[j]));
    }
}

#define NATION(outcomes) "{\"periods\":[{\"nation\":{\"outcomes\":" outcomes "},\"provinces\":{}}]}"

static void
test_wrong_statistics (void)
{
  static const struct
  {
    const char *text;
    const char *names;
  } cases[] = {
    { "{}", "“periods” is missing" },
    { "{\"periods\":3}", "“periods” must be" },
    { "{\"periods\":[3]}", "Element 1" },
    { "{\"periods\":[{\"provinces\":{}}]}", "“nation” is missing" },
    { "{\"periods\":[{\"nation\":{}}]}", "“provinces” is missing" },
    { "{\"periods\":[{\"nation\":{},\"provinces\":{}}]}", "“outcomes” is missing" },
    { "{\"periods\":[{\"nation\":{},\"provinces\":{\"34\":7}}]}", "“34” must be" },
    { "{\"periods\":[{\"from\":7}]}", "“from” must be" },
    { NATION ("{\"lost\":\"7\"}"), "“lost” must be a whole number" },
    { NATION ("{\"lost\":-1}"), "“lost” must be from 0" },
    { NATION ("{\"killed\":-9223372036854775808}"), "“killed” must be from 0" },
    { NATION ("{\"none\":10000001}"), "“none” must be from 0" },
    { "{\"periods\":[{\"nation\":{\"outcomes\":{\"lost\":-9223372036854775808}},"
      "\"provinces\":{\"34\":{\"outcomes\":{\"lost\":1}}}}]}",
      "“lost” must be from 0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = reunion_json_parse (cases[i].text, -1, &error);

      g_assert_no_error (error);
      g_assert_null (reunion_wire_statistics_from_object (object, &error));
      test_expect_error_names (cases[i].text, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                               cases[i].names, &error);
    }
}

static void
test_problems (void)
{
  static const struct
  {
    const char *text;
    const char *sentence;
  } cases[] = {
    { "{\"title\":\"Conflict\",\"detail\":\"Somebody was faster.\"}", "Somebody was faster." },
    { "{\"title\":\"Conflict\"}", "Conflict" },
    { "{\"title\":\"Conflict\",\"detail\":null}", "Conflict" },
    { "{\"title\":\"Conflict\",\"detail\":7}", "Conflict" },
    { "{\"title\":7}", NULL },
    { "{}", NULL },
    { "<html>502</html>", NULL },
    { "", NULL },
  };
  g_autofree char *problem = reunion_wire_problem_to_json (409, NULL, "Somebody was faster.");
  g_autofree char *typed = reunion_wire_problem_to_json (404, "/problems/gone", NULL);

  test_expect_string (
      "problem", "{\"type\":\"about:blank\",\"status\":409,\"detail\":\"Somebody was faster.\"}",
      problem);
  test_expect_string ("problem", "{\"type\":\"/problems/gone\",\"status\":404}", typed);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sentence = reunion_wire_problem_get_sentence (cases[i].text, -1);

      test_expect_string (cases[i].text, cases[i].sentence, sentence);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire-tables/policy", test_policy);
  g_test_add_func ("/wire-tables/wrong-policies", test_wrong_policies);
  g_test_add_func ("/wire-tables/statistics", test_statistics);
  g_test_add_func ("/wire-tables/wrong-statistics", test_wrong_statistics);
  g_test_add_func ("/wire-tables/problems", test_problems);
  return g_test_run ();
}
