/* test-station-amend.c: the amendment of a published case at the desk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

#include "reunion-standard.h"
#include "reunion-wire.h"

#define CHANGED_SENTENCE "Somebody else has changed this case meanwhile."

/* A published case of the service, as the desk knows it. */
static ReunionCase *
add_published (ReunionStationStore *store, gint64 revision)
{
  g_autoptr (ReunionCase) own = store_test_make_case ();
  ReunionCase *theirs = store_test_make_theirs (own, REUNION_CASE_STATE_PUBLISHED, revision);

  store_test_feed_case (store, reunion_station_store_get_cursor (store) + 1, theirs);
  return theirs;
}

/* As a page does: reads the case, changes the clothing and saves it. */
static void
amend (ReunionStationStore *store, const char *id, const char *clothing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionCase) case_ = reunion_station_store_get_case (store, id, &error);

  g_assert_no_error (error);
  reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_CLOTHING, clothing);
  reunion_station_store_amend (store, case_, "A neighbour saw her.", STORE_TEST_NOW, &error);
  g_assert_no_error (error);
}

static void
expect_refused (ReunionStationStore *store, ReunionCase *case_, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (reunion_station_store_amend (store, case_, NULL, STORE_TEST_NOW, &error));
  store_test_assert_sentence (error, domain, code);
}

static void
assert_clothing (ReunionStationStore *store, const char *id, const char *expected)
{
  g_autoptr (ReunionCase) case_ = reunion_station_store_get_case (store, id, NULL);

  g_assert_cmpstr (
      reunion_report_get_text (reunion_case_get_report (case_), REUNION_FIELD_CLOTHING), ==,
      expected);
}

static gint64
get_based_on (ReunionOutboxItem *item)
{
  g_autoptr (JsonObject) object
      = reunion_json_parse (reunion_outbox_item_get_body (item), -1, NULL);

  g_assert_nonnull (object);
  return json_object_get_int_member (json_object_get_object_member (object, "case"), "revision");
}

/* The amendment that is due next, on its way. */
static ReunionOutboxItem *
send (ReunionStationStore *store, const char *id)
{
  ReunionOutboxItem *item = store_test_expect_due (store, id, REUNION_OUTBOX_AMEND);

  g_assert_true (reunion_station_store_mark_sending (store, item, NULL));
  return item;
}

static void
mark_sent (ReunionStationStore *store, ReunionOutboxItem *item, ReunionCase *answer)
{
  g_autoptr (GError) error = NULL;

  reunion_station_store_mark_sent (store, item, answer, STORE_TEST_NOW, &error);
  g_assert_no_error (error);
}

static void
mark_attention (ReunionStationStore *store, ReunionOutboxItem *item)
{
  g_autoptr (GError) error = NULL;

  reunion_station_store_mark_attention (store, item, CHANGED_SENTENCE, &error);
  g_assert_no_error (error);
}

static ReunionCase *
make_answer (ReunionCase *theirs, const char *clothing, gint64 revision)
{
  ReunionCase *answer = store_test_make_theirs (theirs, reunion_case_get_state (theirs), revision);

  reunion_report_set_text (reunion_case_get_report (answer), REUNION_FIELD_CLOTHING, clothing);
  return answer;
}

/* The record and what carries it, together; new photos first. */
static void
test_amend (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) theirs = store_test_make_case_with_photo (store, "old");
  const char *id = reunion_case_get_id (theirs);
  g_autoptr (ReunionCase) case_ = NULL;
  g_autoptr (ReunionCase) answer = NULL;
  g_autoptr (ReunionOutboxItem) photo = NULL;
  g_autoptr (ReunionOutboxItem) item = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);

  reunion_case_set_state (theirs, REUNION_CASE_STATE_PUBLISHED);
  reunion_case_set_revision (theirs, 2);
  store_test_feed_case (store, 1, theirs);
  case_ = reunion_station_store_get_case (store, id, NULL);
  hash = store_test_add_photo (store, case_, "new");
  reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_CLOTHING, "Pink");
  g_assert_true (
      reunion_station_store_amend (store, case_, "As a neighbour said", STORE_TEST_NOW, NULL));
  store_test_assert_outbox (store, id, "photo:waiting amend:waiting");
  store_test_assert_case (store, id, REUNION_CASE_STATE_PUBLISHED, 2);
  assert_clothing (store, id, "Pink");
  g_assert_cmpint (store_test_raw_get_int (raw, "SELECT is_dirty FROM cases"), ==, 1);

  photo = store_test_expect_due (store, id, REUNION_OUTBOX_PHOTO);
  g_assert_cmpstr (reunion_outbox_item_get_body (photo), ==, hash);
  g_assert_true (reunion_station_store_mark_sending (store, photo, NULL));
  mark_sent (store, photo, NULL);
  item = send (store, id);
  g_assert_cmpint (get_based_on (item), ==, 2);
  g_assert_nonnull (strstr (reunion_outbox_item_get_body (item), "As a neighbour said"));
  answer = make_answer (theirs, "Pink", 3);
  mark_sent (store, item, answer);
  store_test_assert_outbox (store, id, "");
  store_test_assert_case (store, id, REUNION_CASE_STATE_PUBLISHED, 3);
  g_assert_cmpint (
      store_test_raw_get_int (raw, "SELECT is_dirty + (theirs IS NOT NULL) FROM cases"), ==, 0);
}

/* Where a write fails nothing is written at all. */
static void
test_atomic (void)
{
  static const char *const obstacles[] = {
    "CREATE TRIGGER t BEFORE INSERT ON outbox WHEN new.kind = 'amend'"
    " BEGIN SELECT RAISE (ABORT, 'no'); END",
    "CREATE TRIGGER t BEFORE UPDATE OF record ON cases BEGIN SELECT RAISE (ABORT, 'no'); END",
    "CREATE TRIGGER t BEFORE UPDATE OF theirs ON cases BEGIN SELECT RAISE (ABORT, 'no'); END",
    "CREATE TRIGGER t BEFORE INSERT ON outbox WHEN new.kind = 'photo'"
    " BEGIN SELECT RAISE (ABORT, 'no'); END",
  };
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) theirs = add_published (store, 2);
  const char *id = reunion_case_get_id (theirs);
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);

  for (gsize i = 0; i < G_N_ELEMENTS (obstacles); i++)
    {
      g_autoptr (ReunionCase) case_ = reunion_station_store_get_case (store, id, NULL);
      g_autoptr (GError) error = NULL;

      g_free (store_test_add_photo (store, case_, "new"));
      reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_CLOTHING, "Pink");
      store_test_raw_exec (raw, obstacles[i]);
      g_assert_false (reunion_station_store_amend (store, case_, NULL, STORE_TEST_NOW, &error));
      g_assert_nonnull (error);
      store_test_raw_exec (raw, "DROP TRIGGER t");
      store_test_assert_outbox (store, NULL, "");
      assert_clothing (store, id, "Blue jacket");
      g_assert_cmpint (
          store_test_raw_get_int (raw, "SELECT is_dirty + (theirs IS NOT NULL) FROM cases"), ==, 0);
    }
  amend (store, id, "Pink");
}

static void
test_not_allowed (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) theirs = add_published (store, 2);
  g_autoptr (ReunionCase) unknown = store_test_make_case ();
  g_autoptr (ReunionCase) draft = store_test_make_case ();
  g_autoptr (ReunionCase) short_ = reunion_case_copy (theirs);
  g_autoptr (ReunionCase) changed = make_answer (theirs, "Pink", 2);

  expect_refused (store, unknown, REUNION_STORE_ERROR, REUNION_STORE_ERROR_NOT_FOUND);
  g_assert_true (reunion_station_store_save_case (store, draft, NULL));
  expect_refused (store, draft, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION);
  /* Nothing changed; short of the standard; being closed. */
  expect_refused (store, theirs, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION);
  reunion_report_unset (reunion_case_get_report (short_), REUNION_FIELD_CONTACT_PHONE);
  expect_refused (store, short_, REUNION_STANDARD_ERROR, REUNION_STANDARD_ERROR_SHORT);
  store_test_assert_outbox (store, NULL, "");
  g_assert_true (reunion_station_store_close (store, reunion_case_get_id (theirs),
                                              REUNION_OUTCOME_LOST, NULL, STORE_TEST_NOW, NULL));
  expect_refused (store, changed, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION);
  store_test_assert_outbox (store, NULL, "close:waiting");
}

/* The circle grows while it waits: where the case stands follows, what was
 * written stays, and so does what it was based on. */
static void
test_feed_meanwhile (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) theirs = add_published (store, 2);
  const char *id = reunion_case_get_id (theirs);
  g_autoptr (ReunionCase) grown = store_test_make_theirs (theirs, REUNION_CASE_STATE_ESCALATING, 3);
  g_autoptr (ReunionCase) back = NULL;
  g_autoptr (ReunionCase) older = make_answer (theirs, "Pink", 3);
  g_autoptr (ReunionCase) newer = NULL;
  g_autoptr (ReunionOutboxItem) item = NULL;

  reunion_case_set_stage (grown, 2);
  amend (store, id, "Pink");
  store_test_feed_case (store, 2, grown);
  back = reunion_station_store_get_case (store, id, NULL);
  g_assert_cmpint (reunion_case_get_state (back), ==, REUNION_CASE_STATE_ESCALATING);
  g_assert_cmpuint (reunion_case_get_stage (back), ==, 2);
  g_assert_cmpint (reunion_case_get_revision (back), ==, 2);
  assert_clothing (store, id, "Pink");
  item = send (store, id);
  g_assert_cmpint (get_based_on (item), ==, 2);
  /* The feed brings the outcome, and more, before the answer comes. */
  newer = make_answer (grown, "Pink, torn", 5);
  store_test_feed_case (store, 3, newer);
  assert_clothing (store, id, "Pink");
  mark_sent (store, item, older);
  store_test_assert_case (store, id, REUNION_CASE_STATE_ESCALATING, 5);
  assert_clothing (store, id, "Pink, torn");
}

/* 412: it needs attention, the case is the service's again, and what was typed
 * is still there to be looked through and sent again. */
static void
test_changed_meanwhile (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) theirs = add_published (store, 2);
  const char *id = reunion_case_get_id (theirs);
  g_autoptr (ReunionCase) others = make_answer (theirs, "Green coat", 3);
  g_autoptr (ReunionCase) none = NULL;
  g_autoptr (ReunionCase) written = NULL;
  g_autoptr (ReunionCase) gone = NULL;
  g_autoptr (ReunionOutboxItem) item = NULL;
  g_autoptr (ReunionOutboxItem) again = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;

  none = reunion_station_store_get_refused_amendment (store, id, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (none);
  amend (store, id, "Pink");
  item = send (store, id);
  store_test_feed_case (store, 2, others);
  mark_attention (store, item);
  store_test_assert_outbox (store, id, "amend:attention");
  store_test_assert_case (store, id, REUNION_CASE_STATE_PUBLISHED, 3);
  assert_clothing (store, id, "Green coat");
  items = reunion_station_store_list_outbox (store, id, NULL);
  g_assert_cmpstr (reunion_outbox_item_get_last_error (items->pdata[0]), ==, CHANGED_SENTENCE);

  /* Over a restart too. */
  g_clear_object (&store);
  store = store_test_open_station (folder);
  written = reunion_station_store_get_refused_amendment (store, id, &reason, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (
      reunion_report_get_text (reunion_case_get_report (written), REUNION_FIELD_CLOTHING), ==,
      "Pink");
  g_assert_cmpint (reunion_case_get_revision (written), ==, 3);
  g_assert_cmpstr (reason, ==, "A neighbour saw her.");
  g_assert_true (reunion_station_store_amend (store, written, reason, STORE_TEST_NOW, &error));
  store_test_assert_outbox (store, id, "amend:waiting");
  again = send (store, id);
  g_assert_cmpint (get_based_on (again), ==, 3);
  mark_attention (store, again);
  g_assert_true (reunion_station_store_drop_refused_amendment (store, id, &error));
  store_test_assert_outbox (store, id, "");
  gone = reunion_station_store_get_refused_amendment (store, id, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (gone);
}

/* A second one on top of a first that is on its way. */
static void
test_several (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) theirs = add_published (store, 2);
  const char *id = reunion_case_get_id (theirs);
  g_autoptr (ReunionCase) first_answer = make_answer (theirs, "Pink", 4);
  g_autoptr (ReunionCase) second_answer = make_answer (theirs, "Pink, a hat", 5);
  g_autoptr (ReunionOutboxItem) first = NULL;
  g_autoptr (ReunionOutboxItem) second = NULL;

  amend (store, id, "Pink");
  first = send (store, id);
  amend (store, id, "Pink, a hat");
  store_test_assert_outbox (store, id, "amend:sending amend:waiting");
  mark_sent (store, first, first_answer);
  assert_clothing (store, id, "Pink, a hat");
  second = send (store, id);
  g_assert_cmpint (get_based_on (second), ==, 4);
  mark_sent (store, second, second_answer);
  store_test_assert_case (store, id, REUNION_CASE_STATE_PUBLISHED, 5);
  assert_clothing (store, id, "Pink, a hat");
}

/* The first of two is refused: the second may still go its way. */
static void
test_first_refused (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) theirs = add_published (store, 2);
  const char *id = reunion_case_get_id (theirs);
  g_autoptr (ReunionOutboxItem) first = NULL;
  g_autoptr (ReunionOutboxItem) second = NULL;

  amend (store, id, "Pink");
  first = send (store, id);
  amend (store, id, "Pink, a hat");
  mark_attention (store, first);
  assert_clothing (store, id, "Pink, a hat");
  second = send (store, id);
  mark_attention (store, second);
  assert_clothing (store, id, "Blue jacket");
}

/* It ends while an amendment waits: it has ended. */
static void
test_closed_meanwhile (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) theirs = add_published (store, 2);
  const char *id = reunion_case_get_id (theirs);
  g_autoptr (ReunionCase) closed = store_test_make_theirs (theirs, REUNION_CASE_STATE_CLOSED, 3);
  g_autoptr (ReunionOutboxItem) item = NULL;
  g_autoptr (ReunionCase) written = NULL;

  amend (store, id, "Pink");
  store_test_feed_case (store, 2, closed);
  store_test_assert_case (store, id, REUNION_CASE_STATE_CLOSED, 3);
  item = send (store, id);
  mark_attention (store, item);
  store_test_assert_case (store, id, REUNION_CASE_STATE_CLOSED, 3);
  assert_clothing (store, id, "Blue jacket");
  written = reunion_station_store_get_refused_amendment (store, id, NULL, NULL);
  expect_refused (store, written, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION);
}

/* A refused photo must not keep the news that the child is found. */
static void
test_photo_refused (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) theirs = add_published (store, 2);
  const char *id = reunion_case_get_id (theirs);
  g_autoptr (ReunionCase) case_ = reunion_station_store_get_case (store, id, NULL);
  g_autoptr (ReunionCase) written = NULL;
  g_autoptr (ReunionOutboxItem) photo = NULL;
  g_autoptr (ReunionOutboxItem) closing = NULL;

  g_free (store_test_add_photo (store, case_, "new"));
  g_assert_true (reunion_station_store_amend (store, case_, NULL, STORE_TEST_NOW, NULL));
  photo = store_test_expect_due (store, id, REUNION_OUTBOX_PHOTO);
  mark_attention (store, photo);
  store_test_assert_outbox (store, id, "amend:attention");
  written = reunion_station_store_get_refused_amendment (store, id, NULL, NULL);
  g_assert_cmpuint (reunion_case_get_n_photos (written), ==, 1);
  g_assert_true (
      reunion_station_store_close (store, id, REUNION_OUTCOME_LOST, NULL, STORE_TEST_NOW, NULL));
  closing = store_test_expect_due (store, id, REUNION_OUTBOX_CLOSE);
}

/* Reasons at fields go out with the return, come with the feed, stay while the
 * officer mends the report, and go with the service's answer. */
static void
test_field_reasons (void)
{
  static const ReunionFieldReason blank[] = { { REUNION_FIELD_SHOES, " \n" } };
  static const ReunionFieldReason reasons[] = { { REUNION_FIELD_SHOES, "Which colour?" } };
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) own = store_test_make_case ();
  const char *id = reunion_case_get_id (own);
  g_autoptr (ReunionCase) waiting = store_test_make_theirs (own, REUNION_CASE_STATE_SUBMITTED, 1);
  g_autoptr (ReunionCase) returned = store_test_make_theirs (own, REUNION_CASE_STATE_RETURNED, 2);
  g_autoptr (ReunionCase) again = store_test_make_theirs (own, REUNION_CASE_STATE_SUBMITTED, 3);
  g_autoptr (ReunionOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;

  store_test_feed_case (store, 1, waiting);
  g_assert_false (reunion_station_store_return_at_fields (store, id, "See below.", blank, 1,
                                                          STORE_TEST_NOW, &error));
  store_test_assert_sentence (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION);
  g_clear_error (&error);
  g_assert_false (
      reunion_station_store_return_at_fields (store, id, " ", reasons, 1, STORE_TEST_NOW, &error));
  store_test_assert_sentence (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION);
  g_clear_error (&error);
  g_assert_true (reunion_station_store_return_at_fields (store, id, "See below.", reasons, 1,
                                                         STORE_TEST_NOW, &error));
  item = store_test_expect_due (store, id, REUNION_OUTBOX_DECISION);
  g_assert_cmpstr (reunion_outbox_item_get_body (item), ==,
                   "{\"decision\":\"return\",\"reason\":\"See below.\",\"fields\":[{\"field\":"
                   "\"shoes\",\"reason\":\"Which colour?\"}]}");
  reunion_case_set_field_reason (returned, REUNION_FIELD_SHOES, "Which colour?");
  mark_sent (store, item, returned);
  /* A page that read the case before knows nothing of them. */
  g_assert_true (reunion_station_store_save_case (store, own, &error));
  store_test_submit (store, own);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (ReunionCase) back = reunion_station_store_get_case (store, id, NULL);

      g_assert_cmpstr (reunion_case_get_field_reason (back, REUNION_FIELD_SHOES), ==,
                       i == 0 ? "Which colour?" : NULL);
      store_test_feed_case (store, 2, again);
    }
}

/* What is being written stands beside the case, and goes with the sending of it. */
static void
test_amending (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) theirs = add_published (store, 2);
  const char *id = reunion_case_get_id (theirs);
  g_autoptr (ReunionCase) base = reunion_station_store_get_case (store, id, NULL);
  g_autoptr (ReunionCase) written = reunion_case_copy (base);
  g_autoptr (ReunionCase) read = NULL;
  g_autoptr (ReunionCase) read_base = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *before
      = g_strdup (reunion_report_get_text (reunion_case_get_report (base), REUNION_FIELD_CLOTHING));

  g_assert_null (reunion_station_store_get_amending (store, id, NULL, NULL, NULL));
  reunion_report_set_text (reunion_case_get_report (written), REUNION_FIELD_CLOTHING, "Pink");
  g_assert_true (reunion_station_store_save_amending (store, base, written, "half a rea", NULL));
  g_assert_true (reunion_station_store_save_amending (store, base, written, "half a reason", NULL));
  assert_clothing (store, id, before);
  store_test_assert_outbox (store, NULL, "");

  /* As after a kill. */
  g_clear_object (&store);
  store = store_test_open_station (folder);
  g_assert_true (reunion_station_store_has_amending (store, id));
  read = reunion_station_store_get_amending (store, id, &read_base, &reason, NULL);
  g_assert_nonnull (read);
  g_assert_cmpstr (reason, ==, "half a reason");
  g_assert_cmpstr (reunion_report_get_text (reunion_case_get_report (read), REUNION_FIELD_CLOTHING),
                   ==, "Pink");
  g_assert_true (
      reunion_report_equal (reunion_case_get_report (read_base), reunion_case_get_report (base)));

  g_assert_true (reunion_station_store_amend (store, read, reason, STORE_TEST_NOW, NULL));
  g_assert_false (reunion_station_store_has_amending (store, id));
  g_assert_true (reunion_station_store_save_amending (store, base, written, NULL, NULL));
  g_assert_true (reunion_station_store_drop_amending (store, id, NULL));
  g_assert_false (reunion_station_store_has_amending (store, id));
}

/* What is erased everywhere is erased here too, written or sent. */
static void
test_amending_expired (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) theirs = add_published (store, 2);
  g_autoptr (ReunionCase) expired = store_test_make_theirs (theirs, REUNION_CASE_STATE_EXPIRED, 9);
  const char *id = reunion_case_get_id (theirs);

  g_assert_true (reunion_station_store_save_amending (store, theirs, theirs, NULL, NULL));
  store_test_feed_case (store, reunion_station_store_get_cursor (store) + 1, expired);
  g_assert_false (reunion_station_store_has_amending (store, id));
}

/* What was refused is known together with what it was written on. */
static void
test_refused_base (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) theirs = add_published (store, 2);
  const char *id = reunion_case_get_id (theirs);
  g_autoptr (ReunionOutboxItem) item = NULL;
  g_autoptr (ReunionCase) base = NULL;

  amend (store, id, "Pink");
  g_assert_null (reunion_station_store_get_refused_base (store, id, NULL));
  item = send (store, id);
  mark_attention (store, item);
  base = reunion_station_store_get_refused_base (store, id, NULL);
  g_assert_nonnull (base);
  g_assert_true (
      reunion_report_equal (reunion_case_get_report (base), reunion_case_get_report (theirs)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station-amend/amend", test_amend);
  g_test_add_func ("/station-amend/atomic", test_atomic);
  g_test_add_func ("/station-amend/not-allowed", test_not_allowed);
  g_test_add_func ("/station-amend/feed-meanwhile", test_feed_meanwhile);
  g_test_add_func ("/station-amend/changed-meanwhile", test_changed_meanwhile);
  g_test_add_func ("/station-amend/several", test_several);
  g_test_add_func ("/station-amend/first-refused", test_first_refused);
  g_test_add_func ("/station-amend/closed-meanwhile", test_closed_meanwhile);
  g_test_add_func ("/station-amend/amending", test_amending);
  g_test_add_func ("/station-amend/amending-expired", test_amending_expired);
  g_test_add_func ("/station-amend/refused-base", test_refused_base);
  g_test_add_func ("/station-amend/photo-refused", test_photo_refused);
  g_test_add_func ("/station-amend/field-reasons", test_field_reasons);
  return g_test_run ();
}
