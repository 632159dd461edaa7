/* test-central-cases.c: cases, photos and statistics at the service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

#include "reunion-statistics.h"
#include "reunion-wire.h"

static void
put (ReunionCentralStore *store, ReunionCase *case_, gint64 next_change_usec)
{
  g_autoptr (GError) error = NULL;

  reunion_central_store_put_case (store, case_, next_change_usec, &error);
  g_assert_no_error (error);
}

static void
test_case (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionCentralStore) store = store_test_open_central (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  g_autoptr (ReunionCase) none = NULL;
  g_autoptr (ReunionCase) back = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  none = reunion_central_store_find_case (store, reunion_case_get_id (case_), &error);
  g_assert_no_error (error);
  g_assert_null (none);
  put (store, case_, -1);
  reunion_case_set_revision (case_, 2);
  reunion_case_set_state (case_, REUNION_CASE_STATE_PUBLISHED);
  put (store, case_, -1);
  back = reunion_central_store_find_case (store, reunion_case_get_id (case_), &error);
  expected = reunion_wire_case_to_json (case_);
  found = reunion_wire_case_to_json (back);
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpint (reunion_central_store_count_cases (store), ==, 1);
}

static void
test_due (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionCentralStore) store = store_test_open_central (folder);
  g_autoptr (ReunionCase) late = store_test_make_case ();
  g_autoptr (ReunionCase) early = store_test_make_case ();
  g_autoptr (ReunionCase) never = store_test_make_case ();
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) both = NULL;

  g_assert_cmpint (reunion_central_store_get_next_change_usec (store), ==, -1);
  put (store, late, STORE_TEST_NOW + 20);
  put (store, early, STORE_TEST_NOW + 10);
  put (store, never, -1);
  g_assert_cmpint (reunion_central_store_get_next_change_usec (store), ==, STORE_TEST_NOW + 10);
  none = reunion_central_store_list_due_cases (store, STORE_TEST_NOW + 9, 10, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  one = reunion_central_store_list_due_cases (store, STORE_TEST_NOW + 20, 1, NULL);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (reunion_case_get_id (one->pdata[0]), ==, reunion_case_get_id (early));
  both = reunion_central_store_list_due_cases (store, STORE_TEST_NOW + 20, 10, NULL);
  g_assert_cmpuint (both->len, ==, 2);
  put (store, early, -1);
  g_assert_cmpint (reunion_central_store_get_next_change_usec (store), ==, STORE_TEST_NOW + 20);
}

static void
test_photo (void)
{
  static const guint8 data[] = { 0xff, 0xd8, 0x00, 0xff };
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionCentralStore) store = store_test_open_central (folder);
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, sizeof data);
  g_autoptr (GBytes) none = NULL;
  g_autoptr (GBytes) back = NULL;
  g_autofree char *media_type = NULL;
  g_autoptr (GError) error = NULL;

  none = reunion_central_store_find_photo (store, "hash", NULL, &error);
  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_false (reunion_central_store_has_photo (store, "hash"));
  for (guint i = 0; i < 2; i++)
    {
      gboolean is_new = i != 0;

      g_assert_true (
          reunion_central_store_put_photo (store, "hash", "image/png", bytes, &is_new, &error));
      g_assert_cmpint (is_new, ==, i == 0);
    }
  back = reunion_central_store_find_photo (store, "hash", &media_type, &error);
  g_assert_true (g_bytes_equal (back, bytes));
  g_assert_cmpstr (media_type, ==, "image/png");
  g_assert_true (reunion_central_store_has_photo (store, "hash"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/central-cases/case", test_case);
  g_test_add_func ("/central-cases/due", test_due);
  g_test_add_func ("/central-cases/photo", test_photo);
  return g_test_run ();
}
