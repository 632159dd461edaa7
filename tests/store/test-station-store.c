/* test-station-store.c: the station's settings and photos
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

#include <string.h>

static void
test_settings (void)
{
  static const char *const values[] = { "x", "", "团圆 \"'%s", NULL, "again" };
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
      g_autofree char *none = reunion_station_store_get_setting (store, "other");

      g_assert_null (none);
      reunion_station_store_set_setting (store, "key", values[i], &error);
      g_assert_no_error (error);
      g_clear_object (&store);
      store = store_test_open_station (folder);
      {
        g_autofree char *back = reunion_station_store_get_setting (store, "key");

        g_assert_cmpstr (back, ==, values[i]);
      }
    }
}

static void
test_photo (void)
{
  static const guint8 data[] = { 0xff, 0xd8, 0xff, 0x00, 0x01 };
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, sizeof data);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autoptr (ReunionPhoto) photo = reunion_photo_new (hash, "image/jpeg", 600, 800);
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreTestRaw) raw = NULL;

  g_assert_null (reunion_station_store_get_photo (store, hash, &error));
  store_test_assert_sentence (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  for (guint i = 0; i < 2; i++)
    {
      reunion_station_store_put_photo (store, photo, bytes, &error);
      g_assert_no_error (error);
    }
  back = reunion_station_store_get_photo (store, hash, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (back, bytes));
  raw = store_test_raw_open (folder);
  g_assert_cmpint (store_test_raw_get_int (raw, "SELECT count(*) FROM photos"), ==, 1);
}

static void
test_missing_photos (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) first = store_test_make_case_with_photo (store, "here");
  g_autoptr (ReunionCase) second = store_test_make_case ();
  g_autofree char *hash = g_strnfill (64, 'a');
  g_autofree char *other = g_strnfill (64, 'b');
  g_autoptr (ReunionPhoto) photo = reunion_photo_new (hash, "image/jpeg", 600, 800);
  g_autoptr (ReunionPhoto) other_photo = reunion_photo_new (other, "image/jpeg", 600, 800);
  g_autoptr (GPtrArray) none = reunion_station_store_list_missing_photos (store);
  g_autoptr (GPtrArray) missing = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  reunion_case_add_photo (first, photo);
  reunion_case_add_photo (second, photo);
  reunion_case_add_photo (second, other_photo);
  store_test_feed_case (store, 1, first);
  store_test_feed_case (store, 2, second);
  missing = reunion_station_store_list_missing_photos (store);
  g_assert_cmpuint (missing->len, ==, 2);
  g_assert_true (g_ptr_array_find_with_equal_func (missing, hash, g_str_equal, NULL));
  g_assert_true (g_ptr_array_find_with_equal_func (missing, other, g_str_equal, NULL));
}

static void
count_cb (ReunionStationStore *store, const char *case_id, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (case_id != NULL ? case_id : "any"));
}

/* Pages re-read at each signal: one for each change, none where nothing was. */
static void
test_changed (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ReunionCase) theirs = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (store, "changed", G_CALLBACK (count_cb), told);
  g_assert_true (reunion_station_store_save_case (store, case_, &error));
  g_assert_cmpuint (told->len, ==, 1);
  g_assert_cmpstr (told->pdata[0], ==, reunion_case_get_id (case_));
  store_test_submit (store, case_);
  g_assert_cmpuint (told->len, ==, 2);
  g_assert_false (reunion_station_store_save_case (store, case_, &error));
  g_assert_cmpuint (told->len, ==, 2);
  theirs = store_test_make_theirs (case_, REUNION_CASE_STATE_SUBMITTED, 1);
  store_test_feed_case (store, 1, theirs);
  g_assert_cmpuint (told->len, ==, 3);
  store_test_feed_case (store, 1, theirs);
  g_assert_cmpuint (told->len, ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station-store/settings", test_settings);
  g_test_add_func ("/station-store/photo", test_photo);
  g_test_add_func ("/station-store/missing-photos", test_missing_photos);
  g_test_add_func ("/station-store/changed", test_changed);
  return g_test_run ();
}
