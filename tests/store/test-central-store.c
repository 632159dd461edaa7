/* test-central-store.c: the service's accounts, sessions, answers and audit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

static void
put_account (ReunionCentralStore *store, const char *station)
{
  ReunionCentralAccount account = {
    .account = (char *) "zhang",
    .name = (char *) "张警官",
    .role = REUNION_ROLE_OFFICER,
    .station = (char *) station,
    .region = (char *) "520524",
    .password_hash = (char *) "$argon2id$…",
  };
  g_autoptr (GError) error = NULL;

  reunion_central_store_put_account (store, &account, &error);
  g_assert_no_error (error);
}

static void
test_account (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionCentralStore) store = store_test_open_central (folder);
  g_autoptr (ReunionCentralAccount) none = NULL;
  g_autoptr (ReunionCentralAccount) found = NULL;
  g_autoptr (ReunionCentralAccount) moved = NULL;
  g_autoptr (GError) error = NULL;

  none = reunion_central_store_find_account (store, "zhang", &error);
  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_true (reunion_central_store_put_station (store, "520524-01", "Chengguan", "110", NULL));
  put_account (store, "520524-01");
  found = reunion_central_store_find_account (store, "zhang", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->name, ==, "张警官");
  g_assert_cmpint (found->role, ==, REUNION_ROLE_OFFICER);
  g_assert_cmpstr (found->station_name, ==, "Chengguan");
  g_assert_cmpstr (found->station_phone, ==, "110");
  g_assert_cmpstr (found->password_hash, ==, "$argon2id$…");
  /* An account of no station, such as a superior organ's. */
  put_account (store, NULL);
  moved = reunion_central_store_find_account (store, "zhang", &error);
  g_assert_null (moved->station);
  g_assert_null (moved->station_name);
}

static void
test_account_of_no_known_station (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionCentralStore) store = store_test_open_central (folder);
  ReunionCentralAccount account = {
    .account = (char *) "li",
    .name = (char *) "Li",
    .role = REUNION_ROLE_REVIEWER,
    .station = (char *) "999999-99",
    .region = (char *) "52",
    .password_hash = (char *) "x",
  };
  g_autoptr (GError) error = NULL;

  g_assert_false (reunion_central_store_put_account (store, &account, &error));
  store_test_assert_sentence (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CONSTRAINT);
}

static void
test_session (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionCentralStore) store = store_test_open_central (folder);
  static const struct
  {
    const char *hash;
    gint64 now_usec;
    gboolean is_valid;
  } cases[] = {
    { "hash", STORE_TEST_NOW, TRUE },        { "hash", STORE_TEST_NOW + 99, TRUE },
    { "hash", STORE_TEST_NOW + 100, FALSE }, { "HASH", STORE_TEST_NOW, FALSE },
    { "", STORE_TEST_NOW, FALSE },
  };

  put_account (store, NULL);
  g_assert_true (
      reunion_central_store_put_session (store, "hash", "zhang", STORE_TEST_NOW + 100, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ReunionCentralAccount) account
          = reunion_central_store_find_session (store, cases[i].hash, cases[i].now_usec, &error);

      g_assert_no_error (error);
      g_test_message ("%s at %" G_GINT64_FORMAT, cases[i].hash, cases[i].now_usec);
      g_assert_cmpint (account != NULL, ==, cases[i].is_valid);
    }
}

static void
test_answer (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionCentralStore) store = store_test_open_central (folder);
  const ReunionStoredAnswer answer = { (char *) "hash", 201, (char *) "{\"id\":\"团圆\"}" };
  g_autoptr (ReunionStoredAnswer) none = NULL;
  g_autoptr (ReunionStoredAnswer) found = NULL;
  g_autoptr (ReunionStoredAnswer) other = NULL;
  g_autoptr (GError) error = NULL;

  none = reunion_central_store_find_answer (store, "zhang", "key", &error);
  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_true (
      reunion_central_store_put_answer (store, "zhang", "key", &answer, STORE_TEST_NOW, &error));
  found = reunion_central_store_find_answer (store, "zhang", "key", &error);
  g_assert_cmpstr (found->request_hash, ==, "hash");
  g_assert_cmpuint (found->status, ==, 201);
  g_assert_cmpstr (found->body, ==, answer.body);
  /* A key is its account's own. */
  other = reunion_central_store_find_answer (store, "li", "key", &error);
  g_assert_null (other);
  g_assert_false (
      reunion_central_store_put_answer (store, "zhang", "key", &answer, STORE_TEST_NOW, &error));
  store_test_assert_sentence (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CONSTRAINT);
}

/* The case, its entry in the feed, the answer and the audit: all or none. */
static void
test_transaction (void)
{
  static const char counts[]
      = "SELECT (SELECT count(*) FROM cases) + (SELECT count(*) FROM changes)"
        " + (SELECT count(*) FROM answers) + (SELECT count(*) FROM audit WHERE who = 'zhang')";
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionCentralStore) store = store_test_open_central (folder);
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  const char *id = reunion_case_get_id (case_);
  const ReunionStoredAnswer answer = { (char *) "hash", 201, (char *) "{}" };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (reunion_central_store_begin (store, &error));
      g_assert_true (reunion_central_store_put_case (store, case_, -1, &error));
      g_assert_true (reunion_central_store_add_change (store, id, NULL, STORE_TEST_NOW, &error));
      g_assert_true (reunion_central_store_put_answer (store, "zhang", "key", &answer,
                                                       STORE_TEST_NOW, &error));
      g_assert_true (
          reunion_central_store_add_audit (store, "zhang", "submit", id, STORE_TEST_NOW, &error));
      g_assert_cmpint (store_test_raw_get_int (raw, counts), ==, 0);
      if (i == 0)
        reunion_central_store_rollback (store);
      else
        g_assert_true (reunion_central_store_commit (store, &error));
      g_assert_no_error (error);
      g_assert_cmpint (store_test_raw_get_int (raw, counts), ==, i == 0 ? 0 : 4);
    }
}

static void
test_refused_file (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
  g_autoptr (GError) error = NULL;

  store_test_raw_exec (raw, "PRAGMA user_version = 1000");
  g_assert_null (reunion_central_store_new (folder->path, &error));
  store_test_assert_sentence (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_TOO_NEW);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/central-store/account/found", test_account);
  g_test_add_func ("/central-store/account/of-no-known-station", test_account_of_no_known_station);
  g_test_add_func ("/central-store/session", test_session);
  g_test_add_func ("/central-store/answer", test_answer);
  g_test_add_func ("/central-store/transaction", test_transaction);
  g_test_add_func ("/central-store/refused-file", test_refused_file);
  return g_test_run ();
}
