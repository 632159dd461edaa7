/* test-case-model.c: what the window says of a case at a given instant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-case-model.h"
#include "test-records.h"

#define LOST_USEC (G_GINT64_CONSTANT (1463713200) * G_USEC_PER_SEC)
#define CLOCK(days, hours, minutes, seconds)                                                       \
  (((days) *86400LL + (hours) *3600LL + (minutes) *60LL + (seconds)) * G_USEC_PER_SEC)

/* What the desk says so long after the loss. */
typedef struct
{
  gint64 elapsed_usec;
  const char *radius;
  const char *elapsed;
  const char *next_change;
  const char *rings; /* the one reached has a star */
} Instant;

static const Instant instants[] = {
  { 0, "100 km", "0 s", "grows to 200 km in 1 h 00 min",
    "*100 km, 200 km in 1 h 00 min, 300 km in 2 h 00 min, 500 km in 3 h 00 min" },
  { CLOCK (0, 0, 59, 59), "100 km", "59 min", "grows to 200 km in 1 s",
    "*100 km, 200 km in 1 s, 300 km in 1 h 00 min, 500 km in 2 h 00 min" },
  { CLOCK (0, 1, 0, 0), "200 km", "1 h 00 min", "grows to 300 km in 1 h 00 min",
    "*200 km, 300 km in 1 h 00 min, 500 km in 2 h 00 min" },
  { CLOCK (0, 1, 59, 59), "200 km", "1 h 59 min", "grows to 300 km in 1 s",
    "*200 km, 300 km in 1 s, 500 km in 1 h 00 min" },
  { CLOCK (0, 2, 0, 0), "300 km", "2 h 00 min", "grows to 500 km in 1 h 00 min",
    "*300 km, 500 km in 1 h 00 min" },
  { CLOCK (0, 2, 18, 0), "300 km", "2 h 18 min", "grows to 500 km in 42 min",
    "*300 km, 500 km in 42 min" },
  { CLOCK (0, 2, 59, 59), "300 km", "2 h 59 min", "grows to 500 km in 1 s",
    "*300 km, 500 km in 1 s" },
  { CLOCK (0, 3, 0, 0), "500 km", "3 h 00 min", NULL, "*500 km" },
  { CLOCK (30, 0, 0, 0), "500 km", "30 d 0 h", NULL, "*500 km" },
};

static ReunionCase *
make_case (ReunionCaseState state)
{
  ReunionCase *case_ = reunion_case_new (TEST_CASE_ID);
  ReunionReport *report = reunion_case_get_report (case_);

  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, LOST_USEC);
  reunion_report_set_point (report, (ReunionPoint){ 26.668, 105.7723 });
  reunion_case_set_state (case_, state);
  return case_;
}

static char *
list_rings (ReunionCase *case_, ReunionPolicy *policy, gint64 now_usec)
{
  g_autoptr (GPtrArray) rings = desk_case_model_get_rings (case_, policy, now_usec);
  g_autoptr (GString) list = g_string_new (NULL);

  if (rings == NULL)
    return NULL;
  for (guint i = 0; i < rings->len; i++)
    {
      const DeskRing *ring = rings->pdata[i];
      g_autofree char *km = g_strdup_printf ("%.0f km", ring->radius_km);

      if (!g_str_has_prefix (ring->label, km))
        test_fail ("ring %u: expected a label that begins with %s, came “%s”", i, km, ring->label);
      g_string_append_printf (list, "%s%s%s", i > 0 ? ", " : "", ring->is_reached ? "*" : "",
                              ring->label);
    }
  return g_strdup (list->str);
}

static void
expect_instant (const char *what,
                ReunionCase *case_,
                ReunionPolicy *policy,
                const Instant *expected)
{
  gint64 now_usec = LOST_USEC + expected->elapsed_usec;
  g_autofree char *radius = desk_case_model_format_radius (case_, policy, now_usec);
  g_autofree char *elapsed = desk_case_model_format_elapsed (case_, now_usec);
  g_autofree char *next = desk_case_model_format_next_change (case_, policy, now_usec);
  g_autofree char *rings = list_rings (case_, policy, now_usec);
  double radius_km = expected->radius != NULL ? g_ascii_strtod (expected->radius, NULL) : 0.0;

  test_expect_string (what, expected->radius, radius);
  test_expect_string (what, expected->elapsed, elapsed);
  test_expect_string (what, expected->next_change, next);
  test_expect_string (what, expected->rings, rings);
  test_expect_near (what, radius_km, desk_case_model_get_radius_km (case_, policy, now_usec), 0.0);
}

static void
test_escalation (void)
{
  static const ReunionCaseState states[] = {
    REUNION_CASE_STATE_DRAFT,     REUNION_CASE_STATE_QUEUED,   REUNION_CASE_STATE_SUBMITTED,
    REUNION_CASE_STATE_PUBLISHED, REUNION_CASE_STATE_RETURNED, REUNION_CASE_STATE_ESCALATING
  };

  for (gsize s = 0; s < G_N_ELEMENTS (states); s++)
    {
      g_autoptr (ReunionCase) case_ = make_case (states[s]);

      for (gsize i = 0; i < G_N_ELEMENTS (instants); i++)
        {
          g_autofree char *what = g_strdup_printf (
              "%s, %s after", reunion_case_state_to_key (states[s]), instants[i].elapsed);

          expect_instant (what, case_, reunion_policy_get_national (), &instants[i]);
        }
    }
}

/* Every second of the first four hours has the circle that the rule gives. */
static void
test_every_second (void)
{
  g_autoptr (ReunionCase) case_ = make_case (REUNION_CASE_STATE_PUBLISHED);

  for (int second = 0; second < 4 * 3600; second++)
    {
      double expected_km = second < 3600 ? 100 : second < 7200 ? 200 : second < 10800 ? 300 : 500;
      double came_km
          = desk_case_model_get_radius_km (case_, reunion_policy_get_national (),
                                           LOST_USEC + second * (gint64) G_USEC_PER_SEC + 999999);

      if (came_km != expected_km)
        test_fail ("second %d: expected %g km, came %g km", second, expected_km, came_km);
    }
}

static void
test_clock_behind (void)
{
  g_autoptr (ReunionCase) case_ = make_case (REUNION_CASE_STATE_PUBLISHED);
  ReunionPolicy *policy = reunion_policy_get_national ();
  g_autofree char *radius = desk_case_model_format_radius (case_, policy, LOST_USEC - 5000000);
  g_autofree char *elapsed = desk_case_model_format_elapsed (case_, LOST_USEC - 5000000);

  test_expect_string ("radius", "100 km", radius);
  test_expect_string ("elapsed", "0 s", elapsed);
}

static void
test_ended (void)
{
  static const ReunionCaseState states[]
      = { REUNION_CASE_STATE_CLOSED, REUNION_CASE_STATE_EXPIRED, REUNION_CASE_STATE_REJECTED,
          REUNION_CASE_STATE_WITHDRAWN };
  const Instant expected = { CLOCK (9, 0, 0, 0), NULL, "2 h 30 min", NULL, NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (ReunionCase) case_ = make_case (states[i]);

      reunion_case_set_closed_usec (case_, LOST_USEC + CLOCK (0, 2, 30, 0));
      expect_instant (reunion_case_state_to_key (states[i]), case_, reunion_policy_get_national (),
                      &expected);
    }
}

static void
test_no_time (void)
{
  g_autoptr (ReunionCase) case_ = make_case (REUNION_CASE_STATE_DRAFT);
  const Instant expected = { CLOCK (0, 5, 0, 0), NULL, "", NULL, NULL };

  reunion_report_unset (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN);
  expect_instant ("no time of loss", case_, reunion_policy_get_national (), &expected);
}

/* A circle without a middle is none, however long ago the loss. */
static void
test_no_place (void)
{
  g_autoptr (ReunionCase) case_ = reunion_case_new (TEST_CASE_ID);
  g_autofree char *rings = NULL;

  reunion_report_set_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN, LOST_USEC);
  rings = list_rings (case_, reunion_policy_get_national (), LOST_USEC);
  test_expect_string ("rings without a place", NULL, rings);
}

static void
test_own_policy (void)
{
  static const ReunionStage stages[]
      = { { 0, 0, 50.0 }, { 0, CLOCK (0, 0, 30, 0), 750.0 }, { 0, CLOCK (2, 0, 0, 0), 2000.0 } };
  static const Instant own[] = {
    { 0, "50 km", "0 s", "grows to 750 km in 30 min",
      "*50 km, 750 km in 30 min, 2000 km in 2 d 0 h" },
    { CLOCK (0, 0, 30, 0), "750 km", "30 min", "grows to 2000 km in 1 d 23 h",
      "*750 km, 2000 km in 1 d 23 h" },
    { CLOCK (2, 0, 0, 0), "2000 km", "2 d 0 h", NULL, "*2000 km" },
  };
  g_autoptr (ReunionPolicy) policy = reunion_policy_new (stages, G_N_ELEMENTS (stages), NULL);
  g_autoptr (ReunionCase) case_ = make_case (REUNION_CASE_STATE_ESCALATING);

  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    expect_instant (own[i].elapsed, case_, policy, &own[i]);
}

static void
test_person (void)
{
  g_autoptr (ReunionCase) case_ = make_case (REUNION_CASE_STATE_DRAFT);
  ReunionReport *report = reunion_case_get_report (case_);
  const struct
  {
    const char *name;
    const char *sex;
    int age_years; /* -1: not known */
    const char *expected_name;
    const char *expected_person;
  } people[] = {
    { NULL, NULL, -1, "Name unknown", "" },
    { "王小明", "male", 13, "王小明", "13, male" },
    { "王小明", NULL, 13, "王小明", "13" },
    { "Adil", "female", -1, "Adil", "female" },
    { "A boy in a red coat", "male", 0, "A boy in a red coat", "0, male" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *person = NULL;

      reunion_report_set_text (report, REUNION_FIELD_NAME, people[i].name);
      reunion_report_set_text (report, REUNION_FIELD_SEX, people[i].sex);
      reunion_report_unset (report, REUNION_FIELD_AGE_YEARS);
      if (people[i].age_years >= 0)
        reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, people[i].age_years);
      name = desk_case_model_format_name (case_);
      person = desk_case_model_format_person (case_, LOST_USEC);
      test_expect_string (people[i].expected_name, people[i].expected_name, name);
      g_assert_true (g_ascii_strcasecmp (people[i].expected_person, person) == 0);
    }
}

static void
test_title (void)
{
  const gint64 begun_usec = test_utc_usec (2026, 11, 24, 6, 32, 10); /* 14:32 in China */
  const struct
  {
    ReunionCaseState state;
    const char *name;
    gint64 begun_usec;
    gint64 now_usec;
    const char *expected;
  } titles[] = {
    { REUNION_CASE_STATE_DRAFT, NULL, begun_usec, begun_usec, "Unnamed, begun 14:32" },
    { REUNION_CASE_STATE_DRAFT, NULL, begun_usec, begun_usec + 9 * G_TIME_SPAN_HOUR,
      "Unnamed, begun 14:32" },
    /* Midnight of the zone has passed. */
    { REUNION_CASE_STATE_DRAFT, NULL, begun_usec, begun_usec + 10 * G_TIME_SPAN_HOUR,
      "Unnamed, begun 11-24 14:32" },
    { REUNION_CASE_STATE_DRAFT, "王小明", begun_usec, begun_usec, "王小明" },
    { REUNION_CASE_STATE_DRAFT, NULL, 0, begun_usec, "Name unknown" },
    { REUNION_CASE_STATE_PUBLISHED, NULL, begun_usec, begun_usec, "Name unknown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autoptr (ReunionCase) case_ = make_case (titles[i].state);
      g_autofree char *title = NULL;

      reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_NAME, titles[i].name);
      reunion_case_set_created_usec (case_, titles[i].begun_usec);
      title = desk_case_model_format_title (case_, titles[i].now_usec);
      test_expect_string ("title", titles[i].expected, title);
    }
}

/* Each state has a style, and what is out there looks like nothing else. */
static void
test_style (void)
{
  static const char *const styles[REUNION_N_CASE_STATES] = {
    [REUNION_CASE_STATE_DRAFT] = "dim",        [REUNION_CASE_STATE_QUEUED] = "warning",
    [REUNION_CASE_STATE_SUBMITTED] = "accent", [REUNION_CASE_STATE_RETURNED] = "warning",
    [REUNION_CASE_STATE_PUBLISHED] = "error",  [REUNION_CASE_STATE_ESCALATING] = "error",
    [REUNION_CASE_STATE_CLOSED] = "success",   [REUNION_CASE_STATE_EXPIRED] = "dim",
    [REUNION_CASE_STATE_REJECTED] = "dim",     [REUNION_CASE_STATE_WITHDRAWN] = "dim",
  };

  for (guint i = 0; i < REUNION_N_CASE_STATES; i++)
    test_expect_string (reunion_case_state_to_key (i), styles[i], desk_case_model_get_style (i));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/case-model/escalation", test_escalation);
  g_test_add_func ("/case-model/every-second", test_every_second);
  g_test_add_func ("/case-model/clock-behind", test_clock_behind);
  g_test_add_func ("/case-model/ended", test_ended);
  g_test_add_func ("/case-model/no-time", test_no_time);
  g_test_add_func ("/case-model/no-place", test_no_place);
  g_test_add_func ("/case-model/own-policy", test_own_policy);
  g_test_add_func ("/case-model/person", test_person);
  g_test_add_func ("/case-model/title", test_title);
  g_test_add_func ("/case-model/style", test_style);
  return g_test_run ();
}
