/* test-tip.c: what somebody saw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tip.h"
#include "test-helpers.h"

static void
test_values (void)
{
  g_autoptr (ReunionTip) tip = reunion_tip_new ("tip-1", "case-1");
  ReunionPoint point = { 1, 2 };
  g_autofree char *text = g_strdup ("At the shop, in a pink coat.");

  test_expect_string ("id", "tip-1", reunion_tip_get_id (tip));
  test_expect_string ("case", "case-1", reunion_tip_get_case_id (tip));
  test_expect_int ("state", REUNION_TIP_STATE_NEW, reunion_tip_get_state (tip));
  test_expect_int ("seen", 0, reunion_tip_get_seen_usec (tip));
  g_assert_null (reunion_tip_get_partner (tip));
  g_assert_null (reunion_tip_get_text (tip));
  /* No point: what the caller had stays. */
  g_assert_false (reunion_tip_get_point (tip, &point));
  test_expect_near ("latitude left alone", 1, point.lat_deg, 0.0);

  reunion_tip_set_text (tip, text);
  memset (text, 'x', strlen (text));
  test_expect_string ("a copy was taken", "At the shop, in a pink coat.",
                      reunion_tip_get_text (tip));
  reunion_tip_set_text (tip, reunion_tip_get_text (tip));
  test_expect_string ("its own text", "At the shop, in a pink coat.", reunion_tip_get_text (tip));
  reunion_tip_set_origin (tip, "amap", "a-17");
  reunion_tip_set_place (tip, "贵阳南明区");
  reunion_tip_set_contact (tip, "13900000000");
  reunion_tip_set_point (tip, (ReunionPoint){ 0, 0 });
  reunion_tip_set_seen_usec (tip, 17);
  reunion_tip_set_received_usec (tip, 18);
  test_expect_string ("partner", "amap", reunion_tip_get_partner (tip));
  test_expect_string ("partner's id", "a-17", reunion_tip_get_partner_tip_id (tip));
  test_expect_string ("place", "贵阳南明区", reunion_tip_get_place (tip));
  test_expect_string ("contact", "13900000000", reunion_tip_get_contact (tip));
  test_expect_int ("seen", 17, reunion_tip_get_seen_usec (tip));
  test_expect_int ("received", 18, reunion_tip_get_received_usec (tip));
  /* The point at zero is a point. */
  g_assert_true (reunion_tip_get_point (tip, &point));
  test_expect_near ("latitude", 0, point.lat_deg, 0.0);

  reunion_tip_set_contact (tip, "");
  g_assert_null (reunion_tip_get_contact (tip));
}

static void
test_state_keys (void)
{
  static const char *const keys[REUNION_N_TIP_STATES]
      = { "new", "checking", "credible", "dismissed", "led" };
  ReunionTipState state = REUNION_TIP_STATE_LED;

  for (int i = 0; i < REUNION_N_TIP_STATES; i++)
    {
      test_expect_string ("key", keys[i], reunion_tip_state_to_key (i));
      g_assert_true (reunion_tip_state_from_key (keys[i], &state));
      test_expect_int (keys[i], i, state);
      g_assert_cmpuint (strlen (reunion_tip_state_get_label (i)), >, 0);
      for (int j = 0; j < i; j++)
        g_assert_cmpstr (reunion_tip_state_get_label (i), !=, reunion_tip_state_get_label (j));
    }
  g_assert_false (reunion_tip_state_from_key ("", &state));
  g_assert_false (reunion_tip_state_from_key ("New", &state));
  g_assert_false (reunion_tip_state_from_key ("found", &state));
  test_expect_int ("left alone", REUNION_TIP_STATE_LED, state);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tip/values", test_values);
  g_test_add_func ("/tip/state-keys", test_state_keys);
  return g_test_run ();
}
