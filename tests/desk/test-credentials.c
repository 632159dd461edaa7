/* test-credentials.c: who may use this PC while the service can't be asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-credentials.h"
#include "desk-test-utils.h"
#include "test-helpers.h"

#define PASSWORD "QZ-correct horse 电池-QZ"

static void
test_fresh (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  ReunionStationStore *store = desk->base->store;
  g_autofree char *last = desk_credentials_get_last_account (store);

  test_expect_string ("last account", NULL, last);
  test_expect_int ("a new PC", DESK_CREDENTIALS_FRESH,
                   desk_credentials_check (store, "zhang", PASSWORD));
  /* Having asked changes nothing. */
  test_expect_int ("a new PC, asked again", DESK_CREDENTIALS_FRESH,
                   desk_credentials_check (store, "zhang", PASSWORD));
}

static void
test_answers (void)
{
  static const struct
  {
    const char *account;
    const char *password;
    DeskCredentialsAnswer expected;
  } questions[] = {
    { "zhang", PASSWORD, DESK_CREDENTIALS_FIT },
    { "zhang", "", DESK_CREDENTIALS_DIFFER },
    { "zhang", PASSWORD " ", DESK_CREDENTIALS_DIFFER },
    { "zhang", "qz-correct horse 电池-qz", DESK_CREDENTIALS_DIFFER },
    { "li", PASSWORD, DESK_CREDENTIALS_UNKNOWN },
    { "Zhang", PASSWORD, DESK_CREDENTIALS_UNKNOWN },
    { "", PASSWORD, DESK_CREDENTIALS_UNKNOWN },
    { "zhang' OR '1'='1", PASSWORD, DESK_CREDENTIALS_UNKNOWN },
  };
  g_autoptr (DeskTest) desk = desk_test_new ();

  desk_credentials_remember (desk->base->store, "zhang", PASSWORD);
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autofree char *what
          = g_strdup_printf ("“%s” with “%s”", questions[i].account, questions[i].password);

      test_expect_int (
          what, questions[i].expected,
          desk_credentials_check (desk->base->store, questions[i].account, questions[i].password));
    }
}

static void
test_two_accounts (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  ReunionStationStore *store = desk->base->store;
  g_autofree char *last = NULL;

  desk_credentials_remember (store, "zhang", PASSWORD);
  desk_credentials_remember (store, "li", "another one");
  last = desk_credentials_get_last_account (store);
  test_expect_string ("last account", "li", last);
  test_expect_int ("zhang", DESK_CREDENTIALS_FIT,
                   desk_credentials_check (store, "zhang", PASSWORD));
  test_expect_int ("li", DESK_CREDENTIALS_FIT, desk_credentials_check (store, "li", "another one"));
  test_expect_int ("li with zhang's", DESK_CREDENTIALS_DIFFER,
                   desk_credentials_check (store, "li", PASSWORD));
}

static void
test_changed_password (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  ReunionStationStore *store = desk->base->store;

  desk_credentials_remember (store, "zhang", PASSWORD);
  desk_credentials_remember (store, "zhang", "a new one");
  test_expect_int ("the new one", DESK_CREDENTIALS_FIT,
                   desk_credentials_check (store, "zhang", "a new one"));
  test_expect_int ("the old one", DESK_CREDENTIALS_DIFFER,
                   desk_credentials_check (store, "zhang", PASSWORD));
}

/* What is on the disk is an Argon2id hash, with a salt of its own. */
static void
test_on_disk (void)
{
  g_autoptr (DeskTest) desk = desk_test_new ();
  g_autofree char *zhang = NULL;
  g_autofree char *li = NULL;

  desk_credentials_remember (desk->base->store, "zhang", PASSWORD);
  desk_credentials_remember (desk->base->store, "li", PASSWORD);
  zhang = reunion_station_store_get_setting (desk->base->store, "password-hash:zhang");
  li = reunion_station_store_get_setting (desk->base->store, "password-hash:li");
  g_assert_true (g_str_has_prefix (zhang, "$argon2id$"));
  g_assert_true (g_str_has_prefix (li, "$argon2id$"));
  g_assert_cmpstr (zhang, !=, li);
  g_assert_false (desk_test_files_hold (desk, PASSWORD));
  g_assert_true (desk_test_files_hold (desk, "$argon2id$"));

  desk_test_restart (desk);
  test_expect_int ("after a restart", DESK_CREDENTIALS_FIT,
                   desk_credentials_check (desk->base->store, "zhang", PASSWORD));
  g_assert_false (desk_test_files_hold (desk, PASSWORD));
}

/* A hash that somebody has tampered with opens nothing. */
static void
test_damaged_hash (void)
{
  static const char *const hashes[]
      = { "", "$argon2id$", PASSWORD, "$argon2id$v=19$m=0,t=0,p=0$$" };
  g_autoptr (DeskTest) desk = desk_test_new ();
  ReunionStationStore *store = desk->base->store;

  desk_credentials_remember (store, "zhang", PASSWORD);
  for (gsize i = 0; i < G_N_ELEMENTS (hashes); i++)
    {
      g_assert_true (
          reunion_station_store_set_setting (store, "password-hash:zhang", hashes[i], NULL));
      test_expect_int (hashes[i], DESK_CREDENTIALS_DIFFER,
                       desk_credentials_check (store, "zhang", PASSWORD));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/credentials/fresh", test_fresh);
  g_test_add_func ("/credentials/answers", test_answers);
  g_test_add_func ("/credentials/two-accounts", test_two_accounts);
  g_test_add_func ("/credentials/changed-password", test_changed_password);
  g_test_add_func ("/credentials/on-disk", test_on_disk);
  g_test_add_func ("/credentials/damaged-hash", test_damaged_hash);
  return g_test_run ();
}
