/* expiry.c: nothing of a person is left anywhere once a case has expired
 *
 * Every field, photo, reason, note, tip and contact of many cases bears a mark that
 * stands nowhere else. Then every byte of every file of the store, its log and its
 * backups is looked through: all marks are there before, and none after.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define _GNU_SOURCE
#include "central-expiry.h"

#include "central-receiver.h"
#include "reunion-central-expiry.h"
#include "reunion-wire.h"

#include <glib/gstdio.h>
#include <string.h>

#define MARK "Zq7"
#define END "7qZ"
#define N_CASES 24
#define N_OTHERS 12
#define PHOTO_BYTES 60000
#define DAY_USEC G_TIME_SPAN_DAY

static const char *const numbers[] = { "520524201203040012", "19987654035", "105.765123" };

/* --- what is planted ------------------------------------------------------------------ */

static char *
make_mark (const char *what, guint i)
{
  return g_strdup_printf (MARK "%s_%u" END, what, i);
}

/* What is no free text has one of @numbers, or tells nothing by itself. */
static void
fill (ReunionReport *report, const char *round, guint number, GPtrArray *marks)
{
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      const ReunionFieldInfo *info = reunion_field_get_info (i);
      g_autofree char *what = g_strconcat (round, info->key, NULL);
      g_autofree char *mark = make_mark (what, number);

      if ((info->kind != REUNION_FIELD_KIND_TEXT && info->kind != REUNION_FIELD_KIND_LONG_TEXT)
          || i == REUNION_FIELD_RESIDENT_ID || i == REUNION_FIELD_GUARDIAN_PHONE
          || i == REUNION_FIELD_CONTACT_PHONE || i == REUNION_FIELD_REGION)
        continue;
      reunion_report_set_text (report, i, mark);
      g_ptr_array_add (marks, g_steal_pointer (&mark));
    }
  reunion_report_set_text (report, REUNION_FIELD_RESIDENT_ID, numbers[0]);
  reunion_report_set_text (report, REUNION_FIELD_GUARDIAN_PHONE, numbers[1]);
  reunion_report_set_point (report, (ReunionPoint){ .lat_deg = 26.6686, .lon_deg = 105.765123 });
}

static void
put_photo (CentralFixture *fixture, ReunionCase *case_, const char *what, guint i, GPtrArray *marks)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *mark = make_mark (what, i);
  g_autofree char *path = NULL;
  g_autofree char *sha256 = NULL;
  g_autoptr (GBytes) photo_bytes = NULL;
  g_autoptr (ReunionPhoto) photo = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (CentralAnswer) answer = NULL;

  g_byte_array_append (bytes, (const guint8 *) "\xff\xd8\xff\xe0", 4);
  while (bytes->len < PHOTO_BYTES)
    g_byte_array_append (bytes, (const guint8 *) mark, (guint) strlen (mark));
  photo_bytes = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, photo_bytes);
  path = g_strconcat ("/v1/photos/", sha256, NULL);
  message = central_fixture_new_message (fixture, OFFICER, "PUT", path, "", photo_bytes);
  answer = central_fixture_send (fixture, message);
  central_answer_expect (answer, 201, path);
  photo = reunion_photo_new (sha256, "image/jpeg", 600, 800);
  reunion_case_add_photo (case_, photo);
  g_ptr_array_add (marks, g_steal_pointer (&mark));
}

static char *
plant_reason (const char *what, guint i, GPtrArray *marks)
{
  char *mark = make_mark (what, i);

  g_ptr_array_add (marks, g_strdup (mark));
  return mark;
}

static void
post (CentralFixture *fixture, const char *who, const char *id, const char *step, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/%s", id, step);
  g_autoptr (JsonObject) answer = central_fixture_expect (fixture, 200, who, "POST", path, body);
}

static void
return_and_approve (CentralFixture *fixture, ReunionCase *case_, guint i, GPtrArray *marks)
{
  const char *id = reunion_case_get_id (case_);
  g_autofree char *why = plant_reason ("return", i, marks);
  g_autofree char *field = plant_reason ("field", i, marks);
  g_autofree char *approval = plant_reason ("approval", i, marks);
  g_autofree char *body
      = g_strdup_printf ("{\"decision\":\"return\",\"reason\":\"%s\",\"fields\":[{\"field\":"
                         "\"clothing\",\"reason\":\"%s\"}]}",
                         why, field);
  g_autofree char *second
      = g_strdup_printf ("{\"decision\":\"approve\",\"reason\":\"%s\"}", approval);
  g_autoptr (JsonObject) filed = NULL;

  post (fixture, REVIEWER, id, "decision", body);
  filed = central_fixture_file (fixture, 201, OFFICER, case_);
  post (fixture, REVIEWER, id, "decision", second);
}

static void
amend (CentralFixture *fixture, const char *id, guint i, GPtrArray *marks)
{
  g_autoptr (JsonObject) object = central_fixture_get_case (fixture, 200, OFFICER, id);
  g_autoptr (ReunionCase) case_ = reunion_wire_case_from_object (object, NULL);
  g_autoptr (JsonObject) amendment = json_object_new ();
  g_autofree char *why = plant_reason ("amend", i, marks);
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/amendment", id);
  g_autofree char *tag
      = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", reunion_case_get_revision (case_));
  g_autofree char *body = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (CentralAnswer) answer = NULL;

  /* The first photo goes; it is in the store all the same. */
  reunion_case_clear_photos (case_);
  put_photo (fixture, case_, "second_photo", i, marks);
  fill (reunion_case_get_report (case_), "new_", i, marks);
  json_object_set_object_member (amendment, "case", reunion_wire_case_to_object (case_));
  json_object_set_string_member (amendment, "reason", why);
  body = reunion_json_to_text (amendment);
  bytes = g_bytes_new (body, strlen (body));
  message = central_fixture_new_message (fixture, OFFICER, "POST", path, NULL, bytes);
  soup_message_headers_replace (soup_message_get_request_headers (message), "If-Match", tag);
  answer = central_fixture_send (fixture, message);
  central_answer_expect (answer, 200, path);
}

static void
tip (CentralFixture *fixture,
     const CentralReceiver *partner,
     const char *id,
     guint i,
     GPtrArray *marks)
{
  g_autofree char *tip_id = plant_reason ("tip_id", i, marks);
  g_autofree char *text = plant_reason ("tip_text", i, marks);
  g_autofree char *place = plant_reason ("tip_place", i, marks);
  g_autofree char *contact = plant_reason ("tip_contact", i, marks);
  g_autofree char *body = g_strdup_printf ("{\"tip_id\":\"%s\",\"case_id\":\"%s\",\"text\":\"%s\","
                                           "\"place\":\"%s\",\"contact\":\"%s\"}",
                                           tip_id, id, text, place, contact);
  g_autoptr (CentralAnswer) answer = central_receiver_send_tip (partner, fixture, body);
  g_autofree char *path = NULL;
  g_autoptr (JsonObject) marked = NULL;

  central_answer_expect (answer, 201, "tip");
  path
      = g_strdup_printf ("/v1/tips/%s/state", json_object_get_string_member (answer->object, "id"));
  marked = central_fixture_expect (fixture, 200, OFFICER, "POST", path, "{\"state\":\"led\"}");
}

/* A case with its whole way behind it. The id, transfer full. */
static char *
plant (CentralFixture *fixture, const CentralReceiver *partner, guint i, GPtrArray *marks)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600 + i);
  const char *id = reunion_case_get_id (case_);
  g_autofree char *note = NULL;
  g_autofree char *closing = NULL;
  g_autoptr (JsonObject) filed = NULL;

  fill (reunion_case_get_report (case_), "", i, marks);
  put_photo (fixture, case_, "photo", i, marks);
  filed = central_fixture_file (fixture, 201, OFFICER, case_);
  return_and_approve (fixture, case_, i, marks);
  amend (fixture, id, i, marks);
  tip (fixture, partner, id, i, marks);
  note = plant_reason ("note", i, marks);
  closing = g_strdup_printf ("{\"outcome\":\"lost\",\"note\":\"%s\"}", note);
  post (fixture, OFFICER, id, "closing", closing);
  return g_strdup (id);
}

/* --- where it stands -------------------------------------------------------------------- */

static void
add_files (const char *folder, GHashTable *files)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char *bytes;
      gsize length;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        add_files (path, files);
      else if (g_file_get_contents (path, &bytes, &length, NULL))
        g_hash_table_insert (files, g_steal_pointer (&path), g_bytes_new_take (bytes, length));
    }
}

/* Every file of the store's folder, its bytes by its path. */
static GHashTable *
read_files (CentralFixture *fixture)
{
  GHashTable *files
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);

  add_files (fixture->folder, files);
  g_assert_cmpuint (g_hash_table_size (files), >=, 2);
  return files;
}

/* The path of a file in which @text stands; NULL when it stands in none. */
static const char *
find (GHashTable *files, const char *text)
{
  GHashTableIter iter;
  gpointer path, bytes;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    {
      gsize length;
      const char *data = g_bytes_get_data (bytes, &length);

      if (length > 0 && memmem (data, length, text, strlen (text)) != NULL)
        return path;
    }
  return NULL;
}

static void
expect_all (GHashTable *files, GPtrArray *marks)
{
  for (guint i = 0; i < marks->len; i++)
    if (find (files, marks->pdata[i]) == NULL)
      g_error ("%s was to be found, or looking for it proves nothing",
               (const char *) marks->pdata[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_nonnull (find (files, numbers[i]));
}

static void
expect_nothing (GHashTable *files)
{
  GHashTableIter iter;
  gpointer path, bytes;
  guint n = 0;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    {
      gsize length;
      const char *data = g_bytes_get_data (bytes, &length);
      const char *at = data;

      while (length > 0 && (at = memmem (at, length - (gsize) (at - data), MARK, strlen (MARK))))
        {
          if (n++ < 10)
            g_test_message ("%s still holds %.40s", (const char *) path, at);
          at++;
        }
    }
  if (n > 0)
    g_error ("%u marks are left", n);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (find (files, numbers[i]) != NULL)
      g_error ("%s still holds %s", find (files, numbers[i]), numbers[i]);
}

/* --- what is played ---------------------------------------------------------------------- */

typedef struct
{
  CentralReceiver *partner;
  CentralBackups *backups;
  GPtrArray *marks;
  GPtrArray *ids;
  char *open_id;
} Stage;

static void
stage_clear (Stage *self)
{
  if (self->backups != NULL)
    central_backups_stop (self->backups);
  g_clear_object (&self->backups);
  g_clear_pointer (&self->partner, central_receiver_free);
  g_clear_pointer (&self->marks, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_free (self->open_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stage, stage_clear)

/* Among cases that stay, so that rows are moved from page to page. */
static void
set_stage (Stage *self, CentralFixture *fixture)
{
  self->partner = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  self->marks = g_ptr_array_new_with_free_func (g_free);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < N_CASES; i++)
    {
      if (i % (N_CASES / N_OTHERS) == 0)
        {
          g_autoptr (ReunionCase) other = central_fixture_new_case (fixture, 300);
          g_autoptr (JsonObject) filed = NULL;

          reunion_report_set_text (reunion_case_get_report (other), REUNION_FIELD_RESIDENT_ID,
                                   NULL);
          reunion_report_set_text (reunion_case_get_report (other), REUNION_FIELD_GUARDIAN_PHONE,
                                   "13900000101");
          filed = central_fixture_file (fixture, 201, OFFICER, other);
          g_free (self->open_id);
          self->open_id = g_strdup (reunion_case_get_id (other));
        }
      g_ptr_array_add (self->ids, plant (fixture, self->partner, i, self->marks));
    }
  central_fixture_settle (fixture);
}

static void
back_up (Stage *self, CentralFixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "backups", NULL);

  if (self->backups == NULL)
    self->backups = central_backups_new (fixture->service, fixture->path, folder, 14 * DAY_USEC);
  central_backups_start (self->backups);
  CENTRAL_WAIT (!central_backups_is_busy (self->backups));
  g_assert_cmpint (central_backups_get_latest_usec (self->backups) / G_TIME_SPAN_SECOND, ==,
                   fixture->now_usec / G_TIME_SPAN_SECOND);
}

static guint
expire (Stage *self, CentralFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint n_erased = 0;

  central_expiry_run (fixture->service, self->backups, &n_erased, &error);
  g_assert_no_error (error);
  if (self->backups != NULL)
    CENTRAL_WAIT (!central_backups_is_busy (self->backups));
  return n_erased;
}

static char *
get_statistics (CentralFixture *fixture)
{
  g_autoptr (JsonObject) object = central_fixture_expect (
      fixture, 200, ADMINISTRATOR, "GET",
      "/v1/statistics?from=2020-01-01T00:00:00Z&to=2030-01-01T00:00:00Z", NULL);

  return reunion_json_to_text (object);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GHashTable) files
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  GHashTableIter iter;
  gpointer path;

  add_files (folder, files);
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_unlink (path);
  g_rmdir (folder);
}

static void
test_every_byte (CentralFixture *fixture, gconstpointer data)
{
  g_auto (Stage) stage = { 0 };
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) almost = NULL;
  g_autoptr (GHashTable) after = NULL;
  g_autofree char *statistics = NULL;
  g_autofree char *statistics_after = NULL;
  g_autofree char *backups = g_build_filename (fixture->folder, "backups", NULL);

  set_stage (&stage, fixture);
  back_up (&stage, fixture);
  before = read_files (fixture);
  expect_all (before, stage.marks);

  /* A second earlier nothing goes. */
  central_fixture_set_clock (fixture, fixture->now_usec + 30 * DAY_USEC - G_TIME_SPAN_SECOND);
  /* The first has grown too old; this one holds everything once more. */
  back_up (&stage, fixture);
  statistics = get_statistics (fixture);
  g_assert_cmpuint (expire (&stage, fixture), ==, 0);
  almost = read_files (fixture);
  expect_all (almost, stage.marks);

  central_fixture_set_clock (fixture, fixture->now_usec + G_TIME_SPAN_SECOND);
  g_assert_cmpuint (expire (&stage, fixture), ==, N_CASES);
  after = read_files (fixture);
  expect_nothing (after);
  /* Of the others all is there, in the store and in the backup. */
  g_assert_nonnull (find (after, stage.open_id));
  g_assert_nonnull (find (after, PRIVATE_MARK "guardian_name"));
  g_clear_pointer (&after, g_hash_table_unref);
  after = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  add_files (backups, after);
  g_assert_cmpuint (g_hash_table_size (after), ==, 1);
  g_assert_nonnull (find (after, PRIVATE_MARK "guardian_name"));
  statistics_after = get_statistics (fixture);
  g_assert_cmpstr (statistics_after, ==, statistics);
  g_assert_cmpuint (expire (&stage, fixture), ==, 0);
  remove_folder (backups);
}

static void
check_feed (CentralFixture *fixture, GPtrArray *ids)
{
  g_autoptr (JsonObject) page
      = central_fixture_expect (fixture, 200, OFFICER, "GET", "/v1/changes?limit=1000", NULL);
  g_autofree char *text = reunion_json_to_text (page);
  JsonArray *changes = json_object_get_array_member (page, "changes");
  JsonObject *last = json_array_get_object_element (changes, json_array_get_length (changes) - 1);
  JsonObject *case_ = json_object_get_object_member (last, "case");

  g_assert_null (strstr (text, MARK));
  g_assert_cmpstr (json_object_get_string_member (case_, "state"), ==, "expired");
  g_assert_true (g_ptr_array_find_with_equal_func (ids, json_object_get_string_member (case_, "id"),
                                                   g_str_equal, NULL));
}

static void
test_what_remains (CentralFixture *fixture, gconstpointer data)
{
  g_auto (Stage) stage = { 0 };
  g_autoptr (JsonObject) closed = NULL;
  g_autoptr (JsonObject) remains = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) gone = NULL;
  g_autoptr (CentralAnswer) page = NULL;
  g_autoptr (CentralAnswer) history = NULL;
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *history_path = NULL;
  g_autofree char *audit = NULL;
  JsonObject *report;

  stage.partner = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  stage.marks = g_ptr_array_new_with_free_func (g_free);
  stage.ids = g_ptr_array_new_with_free_func (g_free);
  id = plant (fixture, stage.partner, 0, stage.marks);
  g_ptr_array_add (stage.ids, g_strdup (id));
  central_fixture_settle (fixture);
  closed = central_fixture_get_case (fixture, 200, OFFICER, id);
  g_assert_cmpstr (json_object_get_string_member (closed, "expires"), ==, "2026-06-14T06:30:00Z");

  central_fixture_set_clock (fixture, fixture->now_usec + 30 * DAY_USEC);
  g_assert_cmpuint (expire (&stage, fixture), ==, 1);
  remains = central_fixture_get_case (fixture, 200, OFFICER, id);
  g_assert_cmpstr (json_object_get_string_member (remains, "state"), ==, "expired");
  g_assert_cmpstr (json_object_get_string_member (remains, "outcome"), ==, "lost");
  g_assert_cmpint (json_object_get_int_member (remains, "revision"), ==,
                   json_object_get_int_member (closed, "revision") + 1);
  report = json_object_get_object_member (remains, "report");
  g_assert_cmpint (json_object_get_int_member (report, "age_years"), ==, 14);
  g_assert_cmpstr (json_object_get_string_member (report, "sex"), ==, "male");
  g_assert_false (json_object_has_member (report, "name"));
  g_assert_false (json_object_has_member (report, "birth_date"));
  g_assert_false (json_object_has_member (report, "last_seen"));
  g_assert_false (json_object_has_member (report, "latitude"));
  check_feed (fixture, stage.ids);
  g_assert_cmpint (central_fixture_count (fixture,
                                          "SELECT count(*) FROM tips WHERE case_id = $1"
                                          " AND record LIKE '%\"led\"%'",
                                          id),
                   ==, 1);
  g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM photos", NULL), ==, 0);

  history_path = g_strdup_printf ("/v1/cases/%s/history", id);
  history = central_fixture_call (fixture, OFFICER, "GET", history_path, "", NULL);
  central_answer_expect (history, 200, history_path);
  g_assert_null (strstr (history->body, MARK));
  g_assert_nonnull (strstr (history->body, "approve"));
  audit = central_fixture_get_audit (fixture, id);
  g_assert_true (g_str_has_suffix (audit, OFFICER " close, service expire"));

  path = g_strconcat ("/notice/", id, NULL);
  page = central_fixture_call (fixture, NOBODY, "GET", path, "", NULL);
  g_assert_cmpuint (page->status, ==, 410);
  g_assert_null (strstr (page->body, MARK));
  /* And nothing opens it again. */
  again = central_fixture_close (fixture, 409, OFFICER, id, "lost");
  gone = central_fixture_decide (fixture, 409, REVIEWER, id, "approve", NULL);
}

/* Which were never published have no less in them. */
static void
test_rejected (CentralFixture *fixture, gconstpointer data)
{
  g_auto (Stage) stage = { 0 };
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonObject) filed = NULL;
  g_autoptr (JsonObject) rejected = NULL;
  g_autoptr (GHashTable) files = NULL;

  fill (reunion_case_get_report (case_), "", 0, marks);
  filed = central_fixture_file (fixture, 201, OFFICER, case_);
  rejected = central_fixture_decide (fixture, 200, REVIEWER, reunion_case_get_id (case_), "reject",
                                     MARK "rejection");
  central_service_set_expire_after_usec (fixture->service, DAY_USEC);
  /* What was promised holds; what ends from now on has a day. */
  central_fixture_set_clock (fixture, fixture->now_usec + 30 * DAY_USEC - 1);
  g_assert_cmpuint (expire (&stage, fixture), ==, 0);
  central_fixture_set_clock (fixture, fixture->now_usec + 1);
  g_assert_cmpuint (expire (&stage, fixture), ==, 1);
  files = read_files (fixture);
  expect_nothing (files);
}

static gint64
count_photos (CentralFixture *fixture)
{
  return central_fixture_count (fixture, "SELECT count(*) FROM photos", NULL);
}

/* A photo that came although its report never did, and one that two cases name. */
static void
test_photos (CentralFixture *fixture, gconstpointer data)
{
  g_auto (Stage) stage = { 0 };
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ReunionCase) first = central_fixture_new_case (fixture, 600);
  g_autoptr (ReunionCase) second = central_fixture_new_case (fixture, 600);
  g_autoptr (ReunionCase) never = central_fixture_new_case (fixture, 600);
  g_autoptr (JsonObject) filed = NULL;
  g_autoptr (JsonObject) filed_too = NULL;
  g_autoptr (JsonObject) rejected = NULL;

  put_photo (fixture, first, "shared", 0, marks);
  reunion_case_add_photo (second, reunion_case_get_photo (first, 0));
  put_photo (fixture, never, "stray", 0, marks);
  filed = central_fixture_file (fixture, 201, OFFICER, first);
  filed_too = central_fixture_file (fixture, 201, OFFICER, second);
  rejected = central_fixture_decide (fixture, 200, REVIEWER, reunion_case_get_id (first), "reject",
                                     "no");
  g_assert_cmpuint (expire (&stage, fixture), ==, 0);
  central_fixture_set_clock (fixture, fixture->now_usec + 30 * DAY_USEC - 1);
  g_assert_cmpuint (expire (&stage, fixture), ==, 0);
  g_assert_cmpint (count_photos (fixture), ==, 2);
  central_fixture_set_clock (fixture, fixture->now_usec + 1);
  g_assert_cmpuint (expire (&stage, fixture), ==, 1);
  g_assert_cmpint (count_photos (fixture), ==, 1);
}

/* A store from before there was expiry, in which nothing was noted. */
static void
test_old_store (CentralFixture *fixture, gconstpointer data)
{
  g_auto (Stage) stage = { 0 };
  g_autoptr (GHashTable) files = NULL;

  set_stage (&stage, fixture);
  central_fixture_count (fixture,
                         "UPDATE cases SET is_traced = 0, expires_usec = NULL, record ="
                         " json_remove (record, '$.expires') RETURNING 1",
                         NULL);
  central_fixture_count (fixture, "SELECT count(*) FROM cases WHERE is_traced = 0", NULL);
  g_assert_cmpuint (expire (&stage, fixture), ==, 0);
  central_fixture_set_clock (fixture, fixture->now_usec + 30 * DAY_USEC);
  g_assert_cmpuint (expire (&stage, fixture), ==, N_CASES);
  files = read_files (fixture);
  expect_nothing (files);
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);

  central_test_add ("/central/expiry/every-byte", test_every_byte);
  central_test_add ("/central/expiry/what-remains", test_what_remains);
  central_test_add ("/central/expiry/rejected", test_rejected);
  central_test_add ("/central/expiry/photos", test_photos);
  central_test_add ("/central/expiry/old-store", test_old_store);
  return g_test_run ();
}
