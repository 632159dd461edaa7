/* test-reach-model.c: what the window says of a circle, and of a tip's journey
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-reach-model.h"
#include "desk-tip-travel.h"

#define LOST_USEC (G_GINT64_CONSTANT (1463270400) * G_USEC_PER_SEC)

static const struct
{
  gint64 n_people;
  const char *text;
} people[] = {
  { 0, "0" },
  { 999, "999" },
  { 1000, "1,000" },
  { 640999, "640,000" },
  { 999999, "999,000" },
  { 1000000, "1.0 million" },
  /* Never more than there are. */
  { 1099999, "1.0 million" },
  { 24199999, "24.1 million" },
};

static void
test_people (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *text = desk_reach_model_format_people (people[i].n_people);

      g_assert_cmpstr (text, ==, people[i].text);
    }
}

static const struct
{
  double share;
  const char *text;
} shares[] = {
  { 0.0, "under 1 %" }, { 0.0099, "under 1 %" }, { 0.01, "1 %" },     { 0.62, "62 %" },
  { 0.999, "99 %" },    { 0.9994, "99 %" },      { 0.9996, "100 %" }, { 1.0, "100 %" },
};

static void
test_shares (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autofree char *text = desk_reach_model_format_share (shares[i].share);

      g_assert_cmpstr (text, ==, shares[i].text);
    }
}

static ReunionReach *
make_reach (void)
{
  static const ReunionReachArea provinces[] = {
    { "贵州", "Guizhou", 0, 176000, 30000, 3, 12, 3600000 },
    { "重庆", "Chongqing", 1, 82000, 500, 1, 0, 0 },
  };
  static const ReunionReachArea areas[] = {
    { "毕节", "Bijie", 0, 26000, 26000, 1, 8, 700000 },
    { "安顺", "Anshun", 0, 9000, 9000, 1, 3, 1200000 },
    { "遵义", "Zunyi", 0, 30000, 9300, 1, 1, 1700000 },
    { "重庆", "Chongqing", 1, 82000, 500, 1, 0, 0 },
  };
  ReunionReach *reach = g_new0 (ReunionReach, 1);

  reach->radius_km = 100;
  reach->circle_km2 = 40000;
  reach->inside_km2 = 30500;
  reach->n_towns = 12;
  reach->n_people = 3600000;
  reach->provinces = g_array_new (FALSE, FALSE, sizeof (ReunionReachArea));
  reach->areas = g_array_new (FALSE, FALSE, sizeof (ReunionReachArea));
  g_array_append_vals (reach->provinces, provinces, G_N_ELEMENTS (provinces));
  g_array_append_vals (reach->areas, areas, G_N_ELEMENTS (areas));
  return reach;
}

static void
assert_text (char *found, const char *expected)
{
  g_assert_cmpstr (found, ==, expected);
  g_free (found);
}

static void
test_reach (void)
{
  g_autoptr (ReunionReach) reach = make_reach ();

  assert_text (desk_reach_model_format_headline (reach), "At least 3.6 million people");
  assert_text (desk_reach_model_format_extent (reach),
               "in 12 cities and towns\n2 provinces, 4 prefectures");
  assert_text (desk_reach_model_format_prefectures (reach, 0),
               "Whole: Bijie, Anshun. In part: Zunyi 31 %.");
  assert_text (desk_reach_model_format_prefectures (reach, 1), NULL);
  assert_text (desk_reach_model_format_outside (reach), "24 % of the circle is sea or abroad.");
  assert_text (desk_reach_model_format_summary (reach),
               "At least 3.6 million people, in 2 provinces: Guizhou, Chongqing");
}

static void
test_nothing (void)
{
  g_autoptr (ReunionReach) reach = make_reach ();

  g_array_set_size (reach->provinces, 0);
  g_array_set_size (reach->areas, 0);
  reach->n_towns = 0;
  reach->n_people = 0;
  reach->inside_km2 = 0;
  assert_text (desk_reach_model_format_headline (reach), "No province is reached");
  assert_text (desk_reach_model_format_extent (reach), NULL);
  assert_text (desk_reach_model_format_outside (reach), "All of the circle is sea or abroad.");
  assert_text (desk_reach_model_format_summary (reach), NULL);
}

static const struct
{
  double away_km;
  gint64 after_usec;
  const char *text;
  gboolean is_implausible;
} journeys[] = {
  { 3.0, G_TIME_SPAN_HOUR, "3.0 km in 1 h 00 min: possible on foot", FALSE },
  { 95.0, G_TIME_SPAN_HOUR, "95 km in 1 h 00 min: possible by road", FALSE },
  { 300.0, G_TIME_SPAN_HOUR, "300 km in 1 h 00 min: by fast train only", FALSE },
  { 412.0, 65 * G_TIME_SPAN_MINUTE, "412 km in 1 h 05 min: faster than any train", TRUE },
  { 150.0, 10 * G_TIME_SPAN_DAY, "150 km in 10 d 0 h: there was time enough", FALSE },
  { 1.0, -20 * G_TIME_SPAN_MINUTE, "Seen 20 min before the person was lost", TRUE },
};

static void
test_journeys (void)
{
  const ReunionPoint lost = { 37.735, 115.694 };
  g_autoptr (ReunionCase) case_ = reunion_case_new ("case-1");
  ReunionReport *report = reunion_case_get_report (case_);

  reunion_report_set_point (report, lost);
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, LOST_USEC);
  reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, 13);
  for (gsize i = 0; i < G_N_ELEMENTS (journeys); i++)
    {
      g_autoptr (ReunionTip) tip = reunion_tip_new ("tip-1", "case-1");
      ReunionTravelVerdict verdict;

      reunion_tip_set_point (tip, reunion_geodesy_destination (lost, 200.0, journeys[i].away_km));
      reunion_tip_set_seen_usec (tip, LOST_USEC + journeys[i].after_usec);
      assert_text (desk_tip_travel_format (tip, case_), journeys[i].text);
      g_assert_true (desk_tip_travel_judge (tip, case_, &verdict));
      g_assert_cmpint (reunion_travel_verdict_is_implausible (verdict), ==,
                       journeys[i].is_implausible);
    }
}

/* The earliest that the person can have gone gives the most time. */
static void
test_window (void)
{
  const ReunionPoint lost = { 37.735, 115.694 };
  g_autoptr (ReunionCase) case_ = reunion_case_new ("case-1");
  g_autoptr (ReunionTip) tip = reunion_tip_new ("tip-1", "case-1");
  ReunionReport *report = reunion_case_get_report (case_);

  reunion_report_set_point (report, lost);
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, LOST_USEC);
  reunion_tip_set_point (tip, reunion_geodesy_destination (lost, 200.0, 412.0));
  g_assert_null (desk_tip_travel_format (tip, case_));
  /* Not seen by anybody's clock: when it came in counts. */
  reunion_tip_set_received_usec (tip, LOST_USEC + G_TIME_SPAN_HOUR);
  assert_text (desk_tip_travel_format (tip, case_), "412 km in 1 h 00 min: faster than any train");
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN_EARLIEST,
                          LOST_USEC - 4 * G_TIME_SPAN_HOUR);
  assert_text (desk_tip_travel_format (tip, case_), "412 km in 5 h 00 min: possible by road");
  g_assert_null (desk_tip_travel_format (tip, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/reach-model/people", test_people);
  g_test_add_func ("/desk/reach-model/shares", test_shares);
  g_test_add_func ("/desk/reach-model/reach", test_reach);
  g_test_add_func ("/desk/reach-model/nothing", test_nothing);
  g_test_add_func ("/desk/tip-travel/journeys", test_journeys);
  g_test_add_func ("/desk/tip-travel/window", test_window);
  return g_test_run ();
}
