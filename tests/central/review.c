/* review.c: tests of the course of a case: filing, decision, closing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-review.h"
#include "central-receiver.h"
#include "reunion-wire.h"

#include <string.h>

static const char *
get_state (JsonObject *case_)
{
  return json_object_get_string_member (case_, "state");
}

static void
test_approve (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autoptr (JsonObject) case_ = central_fixture_get_case (fixture, 200, OFFICER, id);
  g_autofree char *audit = central_fixture_get_audit (fixture, id);
  g_autoptr (JsonObject) again
      = central_fixture_decide (fixture, 409, REVIEWER, id, "approve", NULL);
  g_autoptr (JsonObject) rejected
      = central_fixture_decide (fixture, 409, REVIEWER, id, "reject", "too late");

  g_assert_cmpstr (get_state (case_), ==, "published");
  g_assert_cmpstr (audit, ==, OFFICER " submit, " REVIEWER " approve");
  g_assert_cmpstr (json_object_get_string_member (case_, "officer"), ==, "王军");
  g_assert_true (json_object_has_member (case_, "published"));
}

/* Who may decide: the reviewer of the region and nobody else. */
static void
test_roles (CentralFixture *fixture, gconstpointer data)
{
  static const char *const strangers[] = { OFFICER, OTHER_OFFICER, OTHER_REVIEWER, ADMINISTRATOR };
  static const char *const decisions[] = { "approve", "return", "reject" };
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, case_);
  g_autoptr (JsonObject) unchanged = NULL;
  g_autofree char *audit = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (decisions); j++)
      {
        g_autoptr (JsonObject) problem
            = central_fixture_decide (fixture, 403, strangers[i], id, decisions[j], "a reason");
      }
  unchanged = central_fixture_get_case (fixture, 200, OFFICER, id);
  audit = central_fixture_get_audit (fixture, id);
  g_assert_cmpstr (get_state (unchanged), ==, "submitted");
  g_assert_cmpstr (audit, ==, OFFICER " submit");
}

static void
test_return (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, case_);
  g_autoptr (JsonObject) no_reason
      = central_fixture_decide (fixture, 422, REVIEWER, id, "return", NULL);
  g_autoptr (JsonObject) empty = central_fixture_decide (fixture, 422, REVIEWER, id, "return", "");
  g_autoptr (JsonObject) blank
      = central_fixture_decide (fixture, 422, REVIEWER, id, "return", " \n ");
  g_autoptr (JsonObject) returned
      = central_fixture_decide (fixture, 200, REVIEWER, id, "return", "The photo is too small.");
  g_autoptr (JsonObject) seen = central_fixture_get_case (fixture, 200, OFFICER, id);
  g_autoptr (JsonObject) too_soon
      = central_fixture_decide (fixture, 409, REVIEWER, id, "approve", NULL);
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) approved = NULL;
  g_autofree char *audit = NULL;

  g_assert_cmpstr (get_state (returned), ==, "returned");
  g_assert_cmpstr (json_object_get_string_member (seen, "review_reason"), ==,
                   "The photo is too small.");

  reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_MARKS, "左眉有疤");
  again = central_fixture_file (fixture, 201, OFFICER, case_);
  g_assert_cmpstr (get_state (again), ==, "submitted");
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (again, "report"), "marks"), ==,
      "左眉有疤");
  approved = central_fixture_decide (fixture, 200, REVIEWER, id, "approve", NULL);
  g_assert_false (json_object_has_member (approved, "review_reason"));
  audit = central_fixture_get_audit (fixture, id);
  g_assert_cmpstr (audit, ==,
                   OFFICER " submit, " REVIEWER " return, " OFFICER " resubmit, " REVIEWER
                           " approve");
}

static void
test_reject (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, case_);
  g_autoptr (JsonObject) no_reason
      = central_fixture_decide (fixture, 422, REVIEWER, id, "reject", NULL);
  g_autoptr (JsonObject) rejected
      = central_fixture_decide (fixture, 200, REVIEWER, id, "reject", "She is at home.");
  g_autoptr (JsonObject) again = central_fixture_file (fixture, 409, OFFICER, case_);
  g_autoptr (JsonObject) closed = central_fixture_close (fixture, 409, OFFICER, id, "lost");
  g_autofree char *audit = central_fixture_get_audit (fixture, id);

  g_assert_cmpstr (get_state (rejected), ==, "rejected");
  g_assert_true (json_object_has_member (rejected, "closed"));
  g_assert_cmpstr (audit, ==, OFFICER " submit, " REVIEWER " reject");
  central_fixture_settle (fixture);
  g_assert_cmpuint (partner->n_attempts, ==, 0);
}

static void
test_no_decision (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, case_);
  g_autoptr (JsonObject) unknown = central_fixture_decide (
      fixture, 422, REVIEWER, reunion_case_get_id (case_), "publish", NULL);
  g_autoptr (JsonObject) no_case = central_fixture_decide (
      fixture, 404, REVIEWER, "2c1d3f5e-0000-4000-8000-000000000000", "approve", NULL);
  g_autoptr (JsonObject) no_id
      = central_fixture_decide (fixture, 404, REVIEWER, "nonsense", "approve", NULL);
}

/* A county's own filing needs no second approval. */
static void
test_own_filing (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 2 * 3600 + 60);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, REVIEWER, case_);
  g_autofree char *audit = central_fixture_get_audit (fixture, reunion_case_get_id (case_));

  g_assert_cmpstr (get_state (filed), ==, "published");
  g_assert_cmpint (json_object_get_int_member (filed, "stage"), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (filed, "station"), ==, "520500-00");
  g_assert_cmpstr (audit, ==, REVIEWER " submit, " REVIEWER " approve");
  central_fixture_settle (fixture);
  g_assert_cmpuint (partner->messages->len, ==, 1);
  g_assert_cmpfloat (
      central_receiver_get_radius_km (central_receiver_get_last (partner, "notice.published")), ==,
      300);
}

/* A reviewer who completes a station's returned report leaves it the
 * station's, or the station would lose sight of its own case. */
static void
test_filing_for_station (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, case_);
  g_autoptr (JsonObject) returned
      = central_fixture_decide (fixture, 200, REVIEWER, id, "return", "Wait, I'll do it.");
  g_autoptr (JsonObject) again = central_fixture_file (fixture, 201, REVIEWER, case_);
  g_autoptr (JsonObject) seen = central_fixture_get_case (fixture, 200, OFFICER, id);

  g_assert_cmpstr (get_state (seen), ==, "published");
  g_assert_cmpstr (json_object_get_string_member (again, "station"), ==, "520524-01");
  g_assert_cmpstr (json_object_get_string_member (seen, "officer"), ==, "王军");
}

/* What the desk says of the course of the case is passed over. */
static void
test_filed_course (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  g_autoptr (JsonObject) filed = NULL;

  reunion_case_set_state (case_, REUNION_CASE_STATE_ESCALATING);
  reunion_case_set_stage (case_, 4);
  reunion_case_set_revision (case_, 99);
  reunion_case_set_station (case_, "131102-03", "elsewhere");
  reunion_case_set_officer (case_, "somebody else");
  reunion_case_set_published_usec (case_, fixture->now_usec);
  reunion_case_set_outcome (case_, REUNION_OUTCOME_LOST);
  filed = central_fixture_file (fixture, 201, OFFICER, case_);
  g_assert_cmpstr (get_state (filed), ==, "submitted");
  g_assert_cmpint (json_object_get_int_member (filed, "stage"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (filed, "revision"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (filed, "station"), ==, "520524-01");
  g_assert_cmpstr (json_object_get_string_member (filed, "officer"), ==, "王军");
  g_assert_false (json_object_has_member (filed, "published"));
  g_assert_false (json_object_has_member (filed, "outcome"));
}

/* Another station's id is another station's case. */
static void
test_foreign_case (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, case_);
  g_autoptr (JsonObject) stolen = central_fixture_file (fixture, 403, OTHER_OFFICER, case_);
  g_autoptr (JsonObject) twice = central_fixture_file (fixture, 409, OFFICER, case_);
  g_autoptr (JsonObject) approved
      = central_fixture_decide (fixture, 200, REVIEWER, id, "approve", NULL);
  g_autoptr (JsonObject) ended = central_fixture_close (fixture, 403, OTHER_OFFICER, id, "lost");
  g_autoptr (JsonObject) by_region
      = central_fixture_close (fixture, 403, OTHER_REVIEWER, id, "lost");
  g_autoptr (JsonObject) by_nation
      = central_fixture_close (fixture, 403, ADMINISTRATOR, id, "lost");
  g_autoptr (JsonObject) no_station = central_fixture_file (fixture, 403, ADMINISTRATOR, case_);
}

static void
test_close (CentralFixture *fixture, gconstpointer data)
{
  static const char *const outcomes[]
      = { "left_home", "lost", "schoolmates", "rescued", "drowned", "killed", "accident", "other" };
  static const char *const wrong[] = { "none", "found", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_autofree char *id = central_fixture_publish (fixture, 600);
      g_autoptr (JsonObject) problem
          = central_fixture_close (fixture, 422, OFFICER, id, wrong[i % G_N_ELEMENTS (wrong)]);
      g_autoptr (JsonObject) closed
          = central_fixture_close (fixture, 200, i % 2 ? OFFICER : REVIEWER, id, outcomes[i]);
      g_autoptr (JsonObject) twice = central_fixture_close (fixture, 409, OFFICER, id, outcomes[i]);
      g_autofree char *audit = central_fixture_get_audit (fixture, id);

      g_assert_cmpstr (get_state (closed), ==, "closed");
      g_assert_cmpstr (json_object_get_string_member (closed, "outcome"), ==, outcomes[i]);
      g_assert_cmpstr (json_object_get_string_member (closed, "closing_note"), ==,
                       PRIVATE_MARK "note");
      g_assert_true (g_str_has_suffix (audit, i % 2 ? OFFICER " close" : REVIEWER " close"));
    }
}

static void
test_close_unpublished (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, case_);
  g_autoptr (JsonObject) problem
      = central_fixture_close (fixture, 409, OFFICER, reunion_case_get_id (case_), "lost");
}

/* Each step raises the revision, which is the entity tag. */
static void
test_revision (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *path = g_strconcat ("/v1/cases/", id, NULL);
  g_autoptr (CentralAnswer) before = central_fixture_call (fixture, OFFICER, "GET", path, "", NULL);
  g_autoptr (JsonObject) closed = central_fixture_close (fixture, 200, OFFICER, id, "lost");
  g_autoptr (CentralAnswer) after = central_fixture_call (fixture, OFFICER, "GET", path, "", NULL);

  g_assert_cmpstr (
      soup_message_headers_get_one (soup_message_get_response_headers (before->message), "ETag"),
      ==, "\"2\"");
  g_assert_cmpstr (
      soup_message_headers_get_one (soup_message_get_response_headers (after->message), "ETag"), ==,
      "\"3\"");
}

/* What falls short of the standard, and what can't be right. */
static void
test_standard (CentralFixture *fixture, gconstpointer data)
{
  static const ReunionField needed[] = {
    REUNION_FIELD_NAME,          REUNION_FIELD_SEX,           REUNION_FIELD_LAST_SEEN,
    REUNION_FIELD_PLACE,         REUNION_FIELD_LATITUDE,      REUNION_FIELD_CLOTHING,
    REUNION_FIELD_CIRCUMSTANCES, REUNION_FIELD_CONTACT_PHONE, REUNION_FIELD_PHOTO_ABSENT_REASON
  };
  static const struct
  {
    ReunionField field;
    const char *value;
  } wrong[] = {
    { REUNION_FIELD_SEX, "both" },
    { REUNION_FIELD_KIND, "alien" },
    { REUNION_FIELD_KIND, "family_dispute" },
    { REUNION_FIELD_BIRTH_DATE, "2012-02-30" },
    { REUNION_FIELD_RESIDENT_ID, "520524201203040013" },
    { REUNION_FIELD_RESIDENT_ID, "520524201213040015" },
    { REUNION_FIELD_RESIDENT_ID, "5205242012030400" },
    { REUNION_FIELD_RESIDENT_ID, "not a number at all" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
      g_autoptr (JsonObject) problem = NULL;

      g_test_message ("Without %s", reunion_field_get_info (needed[i])->key);
      reunion_report_unset (reunion_case_get_report (case_), needed[i]);
      problem = central_fixture_file (fixture, 422, OFFICER, case_);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
      g_autoptr (JsonObject) problem = NULL;

      g_test_message ("With %s %s", reunion_field_get_info (wrong[i].field)->key, wrong[i].value);
      reunion_report_set_text (reunion_case_get_report (case_), wrong[i].field, wrong[i].value);
      problem = central_fixture_file (fixture, 422, OFFICER, case_);
    }
  g_assert_cmpint (reunion_central_store_count_cases (fixture->store), ==, 0);
}

static void
test_future (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) future = central_fixture_new_case (fixture, -3600);
  g_autoptr (ReunionCase) swapped = central_fixture_new_case (fixture, 3600);
  g_autoptr (ReunionCase) window = central_fixture_new_case (fixture, 1800);
  g_autoptr (JsonObject) refused = central_fixture_file (fixture, 422, OFFICER, future);
  g_autoptr (JsonObject) also_refused = NULL;
  g_autoptr (JsonObject) filed = NULL;

  reunion_report_set_int (reunion_case_get_report (swapped), REUNION_FIELD_LAST_SEEN_EARLIEST,
                          fixture->now_usec - G_TIME_SPAN_MINUTE);
  also_refused = central_fixture_file (fixture, 422, OFFICER, swapped);
  /* Of an estimate the latest counts. */
  reunion_report_set_int (reunion_case_get_report (window), REUNION_FIELD_LAST_SEEN_EARLIEST,
                          fixture->now_usec - 5 * G_TIME_SPAN_HOUR);
  filed = central_fixture_file (fixture, 201, REVIEWER, window);
  g_assert_cmpint (json_object_get_int_member (filed, "stage"), ==, 1);
}

static void
test_missing_photo (CentralFixture *fixture, gconstpointer data)
{
  static const char bytes[] = "\xff\xd8\xff\xe0 the rest of a picture";
  g_autoptr (GBytes) photo_bytes = g_bytes_new_static (bytes, sizeof bytes);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, photo_bytes);
  g_autoptr (ReunionPhoto) photo = reunion_photo_new (sha256, "image/jpeg", 600, 800);
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  g_autoptr (JsonObject) refused = NULL;
  g_autoptr (JsonObject) filed = NULL;

  reunion_report_unset (reunion_case_get_report (case_), REUNION_FIELD_PHOTO_ABSENT_REASON);
  reunion_case_add_photo (case_, photo);
  refused = central_fixture_file (fixture, 422, OFFICER, case_);
  g_assert_nonnull (strstr (json_object_get_string_member (refused, "detail"), sha256));
  reunion_central_store_put_photo (fixture->store, sha256, "image/jpeg", photo_bytes, NULL, NULL);
  filed = central_fixture_file (fixture, 201, OFFICER, case_);
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/review/approve", test_approve);
  central_test_add ("/central/review/roles", test_roles);
  central_test_add ("/central/review/return", test_return);
  central_test_add ("/central/review/reject", test_reject);
  central_test_add ("/central/review/no-decision", test_no_decision);
  central_test_add ("/central/review/own-filing", test_own_filing);
  central_test_add ("/central/review/filing-for-station", test_filing_for_station);
  central_test_add ("/central/review/filed-course", test_filed_course);
  central_test_add ("/central/review/foreign-case", test_foreign_case);
  central_test_add ("/central/review/close", test_close);
  central_test_add ("/central/review/close-unpublished", test_close_unpublished);
  central_test_add ("/central/review/revision", test_revision);
  central_test_add ("/central/review/standard", test_standard);
  central_test_add ("/central/review/future", test_future);
  central_test_add ("/central/review/missing-photo", test_missing_photo);
  return g_test_run ();
}
