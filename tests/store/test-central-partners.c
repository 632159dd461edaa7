/* test-central-partners.c: partners and what is pushed to them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

typedef struct
{
  StoreTestFolder *folder;
  ReunionCentralStore *store;
  ReunionCase *first;
  ReunionCase *second;
} Fixture;

static void
put_partner (Fixture *fixture, const char *id, const char *url)
{
  const ReunionPartner partner = { (char *) id,        (char *) "地图",     (char *) url,
                                   (char *) "whsec_x", REUNION_DATUM_GCJ02, TRUE };
  g_autoptr (GError) error = NULL;

  reunion_central_store_put_partner (fixture->store, &partner, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = store_test_folder_new ();
  fixture->store = store_test_open_central (fixture->folder);
  fixture->first = store_test_make_case ();
  fixture->second = store_test_make_case ();
  g_assert_true (reunion_central_store_put_case (fixture->store, fixture->first, -1, NULL));
  g_assert_true (reunion_central_store_put_case (fixture->store, fixture->second, -1, NULL));
  put_partner (fixture, "amap", "http://127.0.0.1:1/");
  put_partner (fixture, "silent", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->first);
  g_clear_object (&fixture->second);
  g_clear_object (&fixture->store);
  store_test_folder_free (fixture->folder);
}

static void
add (Fixture *fixture, const char *id, ReunionCase *case_, ReunionPushKind kind, guint stage)
{
  const ReunionDelivery delivery = {
    .id = (char *) id,
    .partner = (char *) "amap",
    .case_id = (char *) reunion_case_get_id (case_),
    .kind = kind,
    .stage = stage,
    .body = (char *) "{}",
    .created_usec = STORE_TEST_NOW,
  };
  g_autoptr (GError) error = NULL;

  reunion_central_store_add_delivery (fixture->store, &delivery, &error);
  g_assert_no_error (error);
}

static void
assert_due (Fixture *fixture, gint64 now_usec, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) due
      = reunion_central_store_list_due_deliveries (fixture->store, now_usec, 10, &error);
  g_autoptr (GString) found = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < due->len; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? " " : "",
                            ((ReunionDelivery *) due->pdata[i])->id);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_partners (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionPartner) found = NULL;
  g_autoptr (ReunionPartner) none = NULL;
  g_autoptr (GPtrArray) all = reunion_central_store_list_partners (fixture->store, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (all->len, ==, 1);
  found = reunion_central_store_find_partner (fixture->store, "amap", &error);
  g_assert_cmpstr (found->name, ==, "地图");
  g_assert_cmpint (found->datum, ==, REUNION_DATUM_GCJ02);
  g_assert_true (found->accepts_ring);
  none = reunion_central_store_find_partner (fixture->store, "other", &error);
  g_assert_no_error (error);
  g_assert_null (none);
}

/* Nobody is told the same twice. */
static void
test_once (Fixture *fixture, gconstpointer data)
{
  add (fixture, "a", fixture->first, REUNION_PUSH_PUBLISHED, 1);
  add (fixture, "b", fixture->first, REUNION_PUSH_PUBLISHED, 1);
  assert_due (fixture, STORE_TEST_NOW, "a");
  g_assert_true (
      reunion_central_store_acknowledge_delivery (fixture->store, "a", STORE_TEST_NOW, NULL));
  add (fixture, "c", fixture->first, REUNION_PUSH_PUBLISHED, 1);
  assert_due (fixture, STORE_TEST_NOW, "");
  g_assert_cmpint (reunion_central_store_get_next_delivery_usec (fixture->store), ==, -1);
}

/* One for each partner at a time, the earliest that is due. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) due = NULL;

  add (fixture, "a1", fixture->first, REUNION_PUSH_PUBLISHED, 1);
  add (fixture, "a2", fixture->first, REUNION_PUSH_ESCALATED, 2);
  add (fixture, "b1", fixture->second, REUNION_PUSH_PUBLISHED, 1);
  assert_due (fixture, STORE_TEST_NOW, "a1");
  g_assert_true (
      reunion_central_store_delay_delivery (fixture->store, "a1", "500", STORE_TEST_NOW + 9, NULL));
  assert_due (fixture, STORE_TEST_NOW + 8, "b1");
  assert_due (fixture, STORE_TEST_NOW + 9, "a1");
  due = reunion_central_store_list_due_deliveries (fixture->store, STORE_TEST_NOW + 9, 1, NULL);
  g_assert_cmpuint (((ReunionDelivery *) due->pdata[0])->n_attempts, ==, 1);
  g_assert_true (reunion_central_store_bury_delivery (fixture->store, "a1", "410 Gone", NULL));
  assert_due (fixture, STORE_TEST_NOW, "a2");
  g_assert_true (
      reunion_central_store_acknowledge_delivery (fixture->store, "b1", STORE_TEST_NOW, NULL));
  assert_due (fixture, STORE_TEST_NOW, "a2");
  g_assert_cmpint (reunion_central_store_get_next_delivery_usec (fixture->store), ==,
                   STORE_TEST_NOW);
}

/* A withdrawal makes what waits pointless, and reaches all that may know. */
static void
test_withdrawn (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) told = NULL;
  g_autoptr (GPtrArray) untold = NULL;

  add (fixture, "a1", fixture->first, REUNION_PUSH_PUBLISHED, 1);
  g_assert_true (reunion_central_store_drop_deliveries (
      fixture->store, reunion_case_get_id (fixture->first), NULL));
  assert_due (fixture, STORE_TEST_NOW, "");
  add (fixture, "w", fixture->first, REUNION_PUSH_WITHDRAWN, 0);
  assert_due (fixture, STORE_TEST_NOW, "w");
  told = reunion_central_store_list_told_partners (fixture->store,
                                                   reunion_case_get_id (fixture->first), NULL);
  g_assert_cmpuint (told->len, ==, 1);
  untold = reunion_central_store_list_told_partners (fixture->store,
                                                     reunion_case_get_id (fixture->second), NULL);
  g_assert_cmpuint (untold->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/central-partners/partners", Fixture, NULL, set_up, test_partners, tear_down);
  g_test_add ("/central-partners/once", Fixture, NULL, set_up, test_once, tear_down);
  g_test_add ("/central-partners/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/central-partners/withdrawn", Fixture, NULL, set_up, test_withdrawn, tear_down);
  return g_test_run ();
}
