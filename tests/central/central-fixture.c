/* central-fixture.c: a service to test
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-fixture.h"

#include "central-accounts.h"
#include "reunion-central-store-private.h"
#include "reunion-wire.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <sodium.h>
#include <string.h>

static const ReunionCentralAccount accounts[] = {
  { OFFICER, "王军", REUNION_ROLE_OFFICER, "520524-01", NULL, NULL, "520524", NULL },
  { REVIEWER, "李敏", REUNION_ROLE_REVIEWER, "520500-00", NULL, NULL, "52", NULL },
  { OTHER_OFFICER, "赵强", REUNION_ROLE_OFFICER, "131102-03", NULL, NULL, "131102", NULL },
  { OTHER_REVIEWER, "马丽", REUNION_ROLE_REVIEWER, "131100-00", NULL, NULL, "13", NULL },
  { ADMINISTRATOR, "陈芳", REUNION_ROLE_ADMINISTRATOR, NULL, NULL, NULL, "", NULL },
  { COUNTY_ADMINISTRATOR, "何平", REUNION_ROLE_COUNTY_ADMINISTRATOR, NULL, NULL, NULL, "5205",
    NULL },
};

static char *
make_token (const char *account)
{
  return g_strconcat ("token-of-", account, NULL);
}

void
central_fixture_put_account (CentralFixture *self, const ReunionCentralAccount *row)
{
  ReunionCentralAccount account = *row;
  g_autofree char *password_hash = central_accounts_hash_password (row->account, TRUE);
  g_autofree char *token = make_token (row->account);
  g_autofree char *token_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
  GError *error = NULL;

  account.password_hash = password_hash;
  if (account.station != NULL)
    reunion_central_store_put_station (self->store, account.station, "派出所", "0857-7621234",
                                       &error);
  g_assert_no_error (error);
  reunion_central_store_put_account (self->store, &account, &error);
  g_assert_no_error (error);
  reunion_central_store_put_session (self->store, token_hash, account.account,
                                     self->now_usec + 400 * G_TIME_SPAN_DAY, &error);
  g_assert_no_error (error);
}

static gint64
now_usec_cb (gpointer data)
{
  CentralFixture *self = data;

  return self->now_usec;
}

void
central_fixture_start (CentralFixture *self)
{
  const CentralClock clock = { now_usec_cb, self };
  GError *error = NULL;

  self->store = reunion_central_store_new (self->path, &error);
  g_assert_no_error (error);
  self->service = central_service_new (self->store, self->policy, &clock);
  self->server = central_server_new (self->service);
  central_server_listen (self->server, "127.0.0.1", 0, &error);
  g_assert_no_error (error);
  g_free (self->url);
  self->url = central_server_get_url (self->server);
}

void
central_fixture_stop (CentralFixture *self)
{
  soup_session_abort (self->session);
  central_server_stop (self->server);
  /* What was cancelled lets go of the service in the loop. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->server);
  g_assert_finalize_object (self->service);
  g_assert_finalize_object (self->store);
}

void
central_fixture_set_up (CentralFixture *self, gconstpointer data)
{
  g_autoptr (GDateTime) start = g_date_time_new_utc (2026, 5, 15, 6, 30, 0.0);
  GError *error = NULL;

  self->folder = g_dir_make_tmp ("reunion-central-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "central.sqlite", NULL);
  self->now_usec = g_date_time_to_unix (start) * G_TIME_SPAN_SECOND;
  self->session = soup_session_new_with_options ("max-conns", 64, "max-conns-per-host", 64, NULL);
  central_fixture_start (self);
  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++)
    central_fixture_put_account (self, &accounts[i]);
}

void
central_fixture_tear_down (CentralFixture *self, gconstpointer data)
{
  static const char *const names[] = { "", "-wal", "-shm" };

  central_fixture_stop (self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->policy, reunion_policy_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat (self->path, names[i], NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->url);
  g_free (self->path);
  g_free (self->folder);
}

void
central_fixture_set_clock (CentralFixture *self, gint64 now_usec)
{
  self->now_usec = now_usec;
  g_signal_emit_by_name (self->service, "committed");
}

/* --- calls ------------------------------------------------------------------ */

void
central_answer_free (CentralAnswer *self)
{
  g_free (self->media_type);
  g_free (self->body);
  g_bytes_unref (self->bytes);
  g_clear_pointer (&self->object, json_object_unref);
  g_object_unref (self->message);
  g_free (self);
}

SoupMessage *
central_fixture_new_message (CentralFixture *self,
                             const char *who,
                             const char *method,
                             const char *path,
                             const char *key,
                             GBytes *body)
{
  g_autofree char *url = g_strconcat (self->url, path, NULL);
  g_autofree char *new_key = g_uuid_string_random ();
  SoupMessage *message = soup_message_new (method, url);
  SoupMessageHeaders *headers;

  g_assert_nonnull (message);
  headers = soup_message_get_request_headers (message);
  if (who != NULL)
    {
      g_autofree char *token = make_token (who);
      g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
    }
  if (key == NULL || *key != '\0')
    soup_message_headers_replace (headers, "Idempotency-Key", key != NULL ? key : new_key);
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", body);
  return message;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

CentralAnswer *
central_fixture_send (CentralFixture *self, SoupMessage *message)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  CentralAnswer *answer = g_new0 (CentralAnswer, 1);
  GError *error = NULL;

  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, sent_cb,
                                    &result);
  CENTRAL_WAIT (result != NULL);
  bytes = soup_session_send_and_read_finish (self->session, result, &error);
  g_assert_no_error (error);
  answer->message = g_object_ref (message);
  answer->status = soup_message_get_status (message);
  answer->media_type = g_strdup (
      soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL));
  answer->body = g_strndup (g_bytes_get_size (bytes) > 0 ? g_bytes_get_data (bytes, NULL) : "",
                            g_bytes_get_size (bytes));
  answer->bytes = g_bytes_ref (bytes);
  answer->object = reunion_json_parse (answer->body, -1, NULL);
  return answer;
}

CentralAnswer *
central_fixture_call (CentralFixture *self,
                      const char *who,
                      const char *method,
                      const char *path,
                      const char *key,
                      const char *body)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (SoupMessage) message
      = central_fixture_new_message (self, who, method, path, key, bytes);

  return central_fixture_send (self, message);
}

void
central_answer_expect (const CentralAnswer *self, guint status, const char *what)
{
  const char *detail;

  if (self->status != status)
    g_error ("%s: expected %u, got %u: %s", what, status, self->status, self->body);
  if (status < 400)
    return;
  if (g_strcmp0 (self->media_type, "application/problem+json") != 0 || self->object == NULL)
    g_error ("%s: no problem details but %s: %s", what, self->media_type, self->body);
  g_assert_cmpint (json_object_get_int_member (self->object, "status"), ==, status);
  detail = json_object_get_string_member_with_default (self->object, "detail", NULL);
  /* The parser's own words end as they like. */
  if (detail == NULL || strchr (detail, ' ') == NULL
      || !(g_str_has_suffix (detail, ".") || g_str_has_prefix (detail, "This is not JSON: ")))
    g_error ("%s: the refusal has no sentence: %s", what, self->body);
}

JsonObject *
central_fixture_expect (CentralFixture *self,
                        guint status,
                        const char *who,
                        const char *method,
                        const char *path,
                        const char *body)
{
  g_autoptr (CentralAnswer) answer = central_fixture_call (self, who, method, path, NULL, body);
  g_autofree char *what = g_strdup_printf ("%s %s as %s", method, path, who);

  central_answer_expect (answer, status, what);
  g_assert_nonnull (answer->object);
  return g_steal_pointer (&answer->object);
}

/* --- cases ------------------------------------------------------------------ */

ReunionCase *
central_fixture_new_case (CentralFixture *self, gint64 elapsed_s)
{
  g_autofree char *id = g_uuid_string_random ();
  ReunionCase *case_ = reunion_case_new (id);
  ReunionReport *report = reunion_case_get_report (case_);

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      const ReunionFieldInfo *info = reunion_field_get_info (i);
      g_autofree char *mark = g_strconcat (PRIVATE_MARK, info->key, NULL);

      if (info->audience != REUNION_AUDIENCE_PUBLIC
          && (info->kind == REUNION_FIELD_KIND_TEXT || info->kind == REUNION_FIELD_KIND_LONG_TEXT))
        reunion_report_set_text (report, i, mark);
    }
  reunion_report_set_text (report, REUNION_FIELD_GUARDIAN_PHONE, PRIVATE_PHONE);
  reunion_report_set_text (report, REUNION_FIELD_RESIDENT_ID, "520524201203040012");
  reunion_report_set_text (report, REUNION_FIELD_BIRTH_DATE, "2012-03-04");
  reunion_report_set_text (report, REUNION_FIELD_PERSON_KIND, "child");
  reunion_report_set_text (report, REUNION_FIELD_NAME, "杨小军");
  reunion_report_set_text (report, REUNION_FIELD_SEX, "male");
  reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, 14);
  reunion_report_set_text (report, REUNION_FIELD_CLOTHING, "蓝色校服");
  reunion_report_set_text (report, REUNION_FIELD_PLACE, "织金县城关镇");
  reunion_report_set_text (report, REUNION_FIELD_REGION, "520524");
  reunion_report_set_text (report, REUNION_FIELD_KIND, "left_home");
  reunion_report_set_text (report, REUNION_FIELD_CONTACT_PHONE, "0857-7621234");
  reunion_report_set_int (report, REUNION_FIELD_CONSENT, 1);
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN,
                          self->now_usec - elapsed_s * G_TIME_SPAN_SECOND);
  reunion_report_set_point (report, (ReunionPoint){ .lat_deg = 26.6686, .lon_deg = 105.7685 });
  return case_;
}

JsonObject *
central_fixture_file (CentralFixture *self, guint status, const char *who, ReunionCase *case_)
{
  g_autofree char *body = reunion_wire_case_to_json (case_);

  return central_fixture_expect (self, status, who, "POST", "/v1/cases", body);
}

JsonObject *
central_fixture_decide (CentralFixture *self,
                        guint status,
                        const char *who,
                        const char *case_id,
                        const char *decision,
                        const char *reason)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/decision", case_id);
  g_autofree char *body = NULL;

  json_object_set_string_member (object, "decision", decision);
  reunion_json_put_string (object, "reason", reason);
  body = reunion_json_to_text (object);
  return central_fixture_expect (self, status, who, "POST", path, body);
}

JsonObject *
central_fixture_close (CentralFixture *self,
                       guint status,
                       const char *who,
                       const char *case_id,
                       const char *outcome)
{
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/closing", case_id);
  g_autofree char *body
      = g_strdup_printf ("{\"outcome\":\"%s\",\"note\":\"" PRIVATE_MARK "note\"}", outcome);

  return central_fixture_expect (self, status, who, "POST", path, body);
}

JsonObject *
central_fixture_get_case (CentralFixture *self, guint status, const char *who, const char *case_id)
{
  g_autofree char *path = g_strconcat ("/v1/cases/", case_id, NULL);

  return central_fixture_expect (self, status, who, "GET", path, NULL);
}

char *
central_fixture_publish (CentralFixture *self, gint64 elapsed_s)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (self, elapsed_s);
  g_autoptr (JsonObject) filed = central_fixture_file (self, 201, OFFICER, case_);
  g_autoptr (JsonObject) approved
      = central_fixture_decide (self, 200, REVIEWER, reunion_case_get_id (case_), "approve", NULL);

  g_assert_cmpstr (json_object_get_string_member (filed, "state"), ==, "submitted");
  g_assert_cmpstr (json_object_get_string_member (approved, "state"), ==, "published");
  return g_strdup (reunion_case_get_id (case_));
}

/* --- the store, looked into --------------------------------------------------- */

gint64
central_fixture_count (CentralFixture *self, const char *sql, const char *value)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  GError *error = NULL;
  gint64 number;

  stmt = reunion_db_query (reunion_central_store_get_db (self->store), &error, sql,
                           value != NULL ? "t" : "", value);
  g_assert_no_error (error);
  g_assert_true (reunion_stmt_next (stmt, &error));
  g_assert_no_error (error);
  number = reunion_stmt_get_int (stmt, 0);
  return number;
}

void
central_fixture_settle (CentralFixture *self)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, self->now_usec);

  CENTRAL_WAIT (central_fixture_count (self,
                                       "SELECT count(*) FROM deliveries WHERE state = 0"
                                       " AND next_try_usec <= CAST ($1 AS INTEGER)",
                                       now)
                == 0);
}

char *
central_fixture_get_audit (CentralFixture *self, const char *case_id)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  GString *text = g_string_new (NULL);
  GError *error = NULL;

  stmt = reunion_db_query (reunion_central_store_get_db (self->store), &error,
                           "SELECT who, what FROM audit WHERE case_id = $1 ORDER BY sequence", "t",
                           case_id);
  g_assert_no_error (error);
  while (reunion_stmt_next (stmt, &error))
    g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "",
                            reunion_stmt_get_text (stmt, 0), reunion_stmt_get_text (stmt, 1));
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

void
central_test_init (int *argc, char ***argv)
{
  setlocale (LC_ALL, "");
  g_test_init (argc, argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
}
