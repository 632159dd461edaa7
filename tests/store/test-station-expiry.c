/* test-station-expiry.c: the desk keeps nothing of a case that has expired
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define _GNU_SOURCE
#include "store-test-utils.h"

#include "reunion-history.h"
#include "reunion-station-search.h"

#include <string.h>

#define MARK "Zq7"

/* How often the mark stands in the files of the folder. */
static guint
count_marks (StoreTestFolder *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder->folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder->folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      for (const char *at = bytes;
           length > 0
           && (at = memmem (at, length - (gsize) (at - bytes), MARK, strlen (MARK))) != NULL;
           at++)
        n++;
    }
  return n;
}

/* A published case with a mark in all that the desk holds of it. */
static ReunionCase *
plant (ReunionStationStore *store, const char *seed)
{
  g_autofree char *photo_seed = g_strdup_printf (MARK "photo%s", seed);
  g_autofree char *old_seed = g_strdup_printf (MARK "old%s", seed);
  g_autofree char *new_seed = g_strdup_printf (MARK "new%s", seed);
  g_autofree char *sha256 = NULL;
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;
  g_autoptr (ReunionCase) own = store_test_make_case ();
  g_autoptr (ReunionCase) theirs = NULL;
  g_autoptr (ReunionCase) written = NULL;
  g_autoptr (ReunionTip) tip = NULL;
  g_autoptr (GPtrArray) history = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  gint64 cursor = reunion_station_store_get_cursor (store);
  ReunionHistoryEntry *entry = reunion_history_entry_new (STORE_TEST_NOW, REUNION_HISTORY_APPROVE);

  reunion_report_set_text (reunion_case_get_report (own), REUNION_FIELD_NAME, MARK "name");
  reunion_report_set_text (reunion_case_get_report (own), REUNION_FIELD_CLOTHING, MARK "clothing");
  reunion_report_set_text (reunion_case_get_report (own), REUNION_FIELD_INTERNAL_NOTES,
                           MARK "notes");
  sha256 = store_test_add_photo (store, own, photo_seed);
  /* This one is taken out again, by an amendment. */
  theirs = store_test_make_theirs (own, REUNION_CASE_STATE_PUBLISHED, 2);
  old = store_test_add_photo (store, theirs, old_seed);
  store_test_feed_case (store, cursor + 1, theirs);
  reunion_case_remove_photo (theirs, 1);
  reunion_case_set_revision (theirs, 3);
  store_test_feed_case (store, cursor + 2, theirs);
  tip = store_test_make_tip (seed, reunion_case_get_id (own), MARK "tip");
  reunion_tip_set_contact (tip, MARK "contact");
  store_test_feed_tip (store, cursor + 3, tip);
  reunion_station_store_set_tip_state (store, seed, REUNION_TIP_STATE_CREDIBLE, STORE_TEST_NOW,
                                       &error);
  g_assert_no_error (error);
  reunion_history_entry_set_reason (entry, MARK "reason");
  g_ptr_array_add (history, entry);
  reunion_station_store_set_history (store, reunion_case_get_id (own), history, &error);
  g_assert_no_error (error);
  written = reunion_case_copy (theirs);
  new = store_test_add_photo (store, written, new_seed);
  reunion_station_store_save_amending (store, theirs, written, MARK "why", &error);
  g_assert_no_error (error);
  return g_steal_pointer (&theirs);
}

static void
expire (ReunionStationStore *store, ReunionCase *case_)
{
  g_autoptr (ReunionCase) remains = reunion_case_get_remains (case_);

  reunion_case_set_revision (remains, 9);
  store_test_feed_case (store, reunion_station_store_get_cursor (store) + 1, remains);
}

static void
test_every_byte (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) other = store_test_make_case_with_photo (store, "other");
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) left = NULL;

  g_assert_true (reunion_station_store_save_case (store, other, NULL));
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *seed = g_strdup_printf ("%u", i);

      g_ptr_array_add (cases, plant (store, seed));
    }
  g_assert_cmpuint (count_marks (folder), >, 12 * 10);
  for (guint i = 0; i < cases->len; i++)
    expire (store, cases->pdata[i]);
  /* The log and the index are not tidy yet: or what follows would prove nothing. */
  g_assert_cmpuint (count_marks (folder), >, 0);
  g_clear_object (&store);
  store = store_test_open_station (folder);
  for (guint i = 0; reunion_station_store_tidy_search (store); i++)
    g_assert_cmpuint (i, <, 100);
  g_assert_cmpuint (count_marks (folder), ==, 0);
  g_assert_null (reunion_station_store_get_photo (
      store, reunion_photo_get_sha256 (reunion_case_get_photo (cases->pdata[0], 0)), NULL));
  g_assert_nonnull (reunion_station_store_get_photo (
      store, reunion_photo_get_sha256 (reunion_case_get_photo (other, 0)), NULL));
  left = reunion_station_store_list_tips (store, NULL, NULL);
  g_assert_cmpuint (left->len, ==, 0);
}

/* While the desk runs, all but a photo that an amendment had taken out. */
static void
test_at_once (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = plant (store, "one");
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
  g_autoptr (ReunionTip) late = NULL;

  store_test_assert_outbox (store, reunion_case_get_id (case_), "tip_state:waiting");
  expire (store, case_);
  store_test_assert_case (store, reunion_case_get_id (case_), REUNION_CASE_STATE_EXPIRED, 9);
  store_test_assert_outbox (store, NULL, "");
  g_assert_cmpint (store_test_raw_get_int (raw, "SELECT count(*) FROM photos"), ==, 2);
  g_assert_cmpint (store_test_raw_get_int (raw, "SELECT count(*) FROM history"), ==, 0);
  /* A tip of before, told again to a desk that begins anew. */
  late = store_test_make_tip ("late", reunion_case_get_id (case_), NULL);
  store_test_feed_tip (store, reunion_station_store_get_cursor (store) + 1, late);
  g_assert_cmpint (store_test_raw_get_int (raw, "SELECT count(*) FROM tips"), ==, 0);
}

/* A photo that two cases name stays for the one that goes on. */
static void
test_shared_photo (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) first = store_test_make_case_with_photo (store, "shared");
  g_autoptr (ReunionCase) second = store_test_make_case_with_photo (store, "shared");
  g_autoptr (ReunionCase) theirs = store_test_make_theirs (first, REUNION_CASE_STATE_CLOSED, 4);

  g_assert_true (reunion_station_store_save_case (store, second, NULL));
  store_test_feed_case (store, 1, theirs);
  expire (store, theirs);
  g_clear_object (&store);
  store = store_test_open_station (folder);
  g_assert_nonnull (reunion_station_store_get_photo (
      store, reunion_photo_get_sha256 (reunion_case_get_photo (second, 0)), NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/station-expiry/every-byte", test_every_byte);
  g_test_add_func ("/station-expiry/at-once", test_at_once);
  g_test_add_func ("/station-expiry/shared-photo", test_shared_photo);
  return g_test_run ();
}
