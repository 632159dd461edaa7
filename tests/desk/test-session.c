/* test-session.c: who is let in, and what the session tells the pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-credentials.h"
#include "desk-test-utils.h"
#include "test-helpers.h"

static void
count_cb (guint *n)
{
  (*n)++;
}

static gboolean
is_offline (DeskTest *desk)
{
  return reunion_sync_get_status (desk->sync) == REUNION_SYNC_OFFLINE;
}

/* --- signing in while the service can't be asked ----------------------------------- */

static void
test_offline_fit (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autofree char *problem = NULL;

  sync_test_server_go_down (desk->base->server);
  desk_credentials_remember (desk->base->store, "zhang", "secret");
  desk_session_sign_in (desk->session, "zhang", "secret");
  /* At once: nothing has been asked yet. */
  g_assert_true (desk_session_get_is_admitted (desk->session));
  test_expect_string ("account", "zhang", desk_session_get_account (desk->session));
  sync_test_wait (is_offline (desk));
  g_assert_true (desk_session_get_is_admitted (desk->session));
  problem = desk_session_get_sign_in_problem (desk->session);
  test_expect_string ("problem", NULL, problem);
}

static void
test_offline_differ (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autofree char *problem = NULL;

  sync_test_server_go_down (desk->base->server);
  desk_credentials_remember (desk->base->store, "zhang", "secret");
  desk_session_sign_in (desk->session, "zhang", "Secret");
  g_assert_false (desk_session_get_is_admitted (desk->session));
  sync_test_wait (is_offline (desk));
  g_assert_false (desk_session_get_is_admitted (desk->session));
  problem = desk_session_get_sign_in_problem (desk->session);
  g_assert_nonnull (problem);
  g_assert_nonnull (strstr (problem, "“zhang”"));
  g_assert_true (g_str_has_suffix (problem, "."));

  /* The password was changed elsewhere: the service knows, once it is back. */
  sync_test_server_come_up (desk->base->server);
  reunion_sync_retry_now (desk->sync);
  sync_test_wait (desk_session_get_is_admitted (desk->session));
  test_expect_int ("the new password", DESK_CREDENTIALS_FIT,
                   desk_credentials_check (desk->base->store, "zhang", "Secret"));
}

static void
test_offline_unknown (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autofree char *problem = NULL;

  sync_test_server_go_down (desk->base->server);
  desk_credentials_remember (desk->base->store, "zhang", "secret");
  desk_session_sign_in (desk->session, "li", "secret");
  sync_test_wait (is_offline (desk));
  g_assert_false (desk_session_get_is_admitted (desk->session));
  problem = desk_session_get_sign_in_problem (desk->session);
  g_assert_nonnull (problem);
  g_assert_nonnull (strstr (problem, "“li”"));
  g_assert_true (g_str_has_suffix (problem, "."));
}

static void
test_offline_fresh (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autofree char *problem = NULL;

  sync_test_server_go_down (desk->base->server);
  desk_session_sign_in (desk->session, "zhang", "secret");
  /* The service comes first: it may be there. */
  g_assert_false (desk_session_get_is_admitted (desk->session));
  sync_test_wait (is_offline (desk));
  g_assert_true (desk_session_get_is_admitted (desk->session));
  problem = desk_session_get_sign_in_problem (desk->session);
  test_expect_string ("problem", NULL, problem);
  /* Nobody has vouched for this password. */
  test_expect_int ("kept", DESK_CREDENTIALS_FRESH,
                   desk_credentials_check (desk->base->store, "zhang", "secret"));
}

/* --- signing in at the service --------------------------------------------------------- */

static void
test_online (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  guint n_changes = 0;

  g_signal_connect_swapped (desk->session, "account-changed", G_CALLBACK (count_cb), &n_changes);
  desk_session_sign_in (desk->session, "zhang", "secret");
  g_assert_false (desk_session_get_is_admitted (desk->session));
  sync_test_wait (desk_session_get_is_admitted (desk->session));
  sync_test_wait (reunion_sync_get_status (desk->sync) == REUNION_SYNC_ONLINE);
  test_expect_string ("officer", "张警官", desk_session_get_officer_name (desk->session));
  test_expect_string ("station", "520524-01", desk_session_get_station (desk->session));
  test_expect_string ("phone", "", desk_session_get_station_phone (desk->session));
  test_expect_int ("role", REUNION_ROLE_OFFICER, desk_session_get_role (desk->session));
  test_expect_int ("kept", DESK_CREDENTIALS_FIT,
                   desk_credentials_check (desk->base->store, "zhang", "secret"));
  /* Once for the name, once for what the service says of it. */
  test_expect_int ("changes of the account", 2, n_changes);
}

static void
test_online_wrong (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autofree char *problem = NULL;

  desk_session_sign_in (desk->session, "zhang", "wrong");
  sync_test_wait ((problem = desk_session_get_sign_in_problem (desk->session)) != NULL);
  g_assert_false (desk_session_get_is_admitted (desk->session));
  g_assert_true (g_str_has_suffix (problem, "."));
  sync_test_iterate_for_a_while ();
  test_expect_int ("kept", DESK_CREDENTIALS_FRESH,
                   desk_credentials_check (desk->base->store, "zhang", "wrong"));
}

/* Who has signed in once is known by name when the network is down. */
static void
test_known_offline (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();

  desk_session_sign_in (desk->session, "zhang", "secret");
  sync_test_wait (reunion_sync_get_status (desk->sync) == REUNION_SYNC_ONLINE);
  sync_test_server_go_down (desk->base->server);
  desk_test_restart (desk);
  test_expect_string ("account", NULL, desk_session_get_account (desk->session));
  test_expect_string ("officer", "", desk_session_get_officer_name (desk->session));

  desk_session_sign_in (desk->session, "zhang", "secret");
  g_assert_true (desk_session_get_is_admitted (desk->session));
  test_expect_string ("officer", "张警官", desk_session_get_officer_name (desk->session));
  test_expect_string ("station", "520524-01", desk_session_get_station (desk->session));
}

static void
test_sign_out (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();

  desk_session_sign_in (desk->session, "zhang", "secret");
  sync_test_wait (desk_session_get_is_admitted (desk->session));
  desk_session_sign_out (desk->session);
  g_assert_false (desk_session_get_is_admitted (desk->session));
  test_expect_string ("account", NULL, desk_session_get_account (desk->session));
  test_expect_string ("officer", "", desk_session_get_officer_name (desk->session));
  sync_test_iterate_for_a_while ();
  g_assert_false (desk_session_get_is_admitted (desk->session));

  /* The next one is not let in on the strength of the one before. */
  sync_test_server_go_down (desk->base->server);
  desk_session_sign_in (desk->session, "li", "secret");
  sync_test_wait (is_offline (desk));
  g_assert_false (desk_session_get_is_admitted (desk->session));
  test_expect_string ("officer", "", desk_session_get_officer_name (desk->session));
}

/* What the service refuses opens the desk no more, with the network or without. */
static void
test_refused_later (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();

  desk_session_sign_in (desk->session, "zhang", "secret");
  sync_test_wait (reunion_sync_get_status (desk->sync) == REUNION_SYNC_ONLINE);
  desk_test_restart (desk);
  sync_test_server_push_problem (desk->base->server, "POST /v1/sessions", 401,
                                 "The account has ended.");
  desk_session_sign_in (desk->session, "zhang", "secret");
  g_assert_true (desk_session_get_is_admitted (desk->session));
  sync_test_wait (reunion_sync_get_problem (desk->sync) != NULL);
  test_expect_int ("status", REUNION_SYNC_SIGNED_OUT, reunion_sync_get_status (desk->sync));

  sync_test_server_go_down (desk->base->server);
  desk_test_restart (desk);
  desk_session_sign_in (desk->session, "zhang", "secret");
  g_assert_false (desk_session_get_is_admitted (desk->session));
  sync_test_wait (is_offline (desk));
  g_assert_false (desk_session_get_is_admitted (desk->session));
}

/* A slip of the finger costs nobody the way in. */
static void
test_wrong_then_offline (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();

  desk_credentials_remember (desk->base->store, "zhang", "secret");
  desk_session_sign_in (desk->session, "zhang", "wrong");
  sync_test_wait (reunion_sync_get_problem (desk->sync) != NULL);
  sync_test_server_go_down (desk->base->server);
  desk_session_sign_in (desk->session, "zhang", "secret");
  g_assert_true (desk_session_get_is_admitted (desk->session));
}

/* --- the list of cases ------------------------------------------------------------------ */

static void
test_cases (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  const guint drafts = 1u << REUNION_CASE_STATE_DRAFT;
  const guint queued = 1u << REUNION_CASE_STATE_QUEUED;
  g_autoptr (ReunionCase) first = store_test_make_case ();
  g_autoptr (ReunionCase) second = store_test_make_case ();
  guint n_changes = 0;

  test_expect_int ("cases", 0, desk_session_count_cases (desk->session, drafts | queued));
  g_signal_connect_swapped (desk->session, "changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_true (reunion_station_store_save_case (desk->base->store, first, NULL));
  sync_test_wait (n_changes == 1);
  test_expect_int ("drafts", 1, desk_session_count_cases (desk->session, drafts));
  g_assert_true (reunion_station_store_save_case (desk->base->store, second, NULL));
  store_test_submit (desk->base->store, second);
  sync_test_wait (n_changes == 2);
  /* One signal for any number of changes in one go. */
  test_expect_int ("changes", 2, n_changes);
  test_expect_int ("queued", 1, desk_session_count_cases (desk->session, queued));
  g_assert_nonnull (desk_session_find_case (desk->session, reunion_case_get_id (second)));
  g_assert_null (desk_session_find_case (desk->session, "no such case"));

  /* What was read before is not what is told after a change. */
  reunion_report_set_text (reunion_case_get_report (first), REUNION_FIELD_NAME, "another");
  g_assert_true (reunion_station_store_save_case (desk->base->store, first, NULL));
  sync_test_wait (n_changes == 3);
  test_expect_string ("name", "another",
                      reunion_report_get_text (reunion_case_get_report (desk_session_find_case (
                                                   desk->session, reunion_case_get_id (first))),
                                               REUNION_FIELD_NAME));
}

/* Tips that were there at the start are no news. */
static void
test_tips (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  g_autoptr (ReunionCase) theirs = store_test_make_theirs (case_, REUNION_CASE_STATE_PUBLISHED, 1);
  g_autoptr (ReunionTip) first
      = store_test_make_tip ("tip-1", reunion_case_get_id (case_), "At the station.");
  g_autoptr (ReunionTip) second
      = store_test_make_tip ("tip-2", reunion_case_get_id (case_), "On the bridge.");
  guint n_tips = 0;

  store_test_feed_case (desk->base->store, 1, theirs);
  store_test_feed_tip (desk->base->store, 2, first);
  desk_test_restart (desk);
  g_signal_connect_swapped (desk->session, "tip-received", G_CALLBACK (count_cb), &n_tips);
  store_test_feed_tip (desk->base->store, 3, second);
  sync_test_wait (n_tips > 0);
  sync_test_iterate_for_a_while ();
  test_expect_int ("tips received", 1, n_tips);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/offline-fit", test_offline_fit);
  g_test_add_func ("/session/offline-differ", test_offline_differ);
  g_test_add_func ("/session/offline-unknown", test_offline_unknown);
  g_test_add_func ("/session/offline-fresh", test_offline_fresh);
  g_test_add_func ("/session/online", test_online);
  g_test_add_func ("/session/online-wrong", test_online_wrong);
  g_test_add_func ("/session/known-offline", test_known_offline);
  g_test_add_func ("/session/sign-out", test_sign_out);
  g_test_add_func ("/session/refused-later", test_refused_later);
  g_test_add_func ("/session/wrong-then-offline", test_wrong_then_offline);
  g_test_add_func ("/session/cases", test_cases);
  g_test_add_func ("/session/tips", test_tips);
  return g_test_run ();
}
