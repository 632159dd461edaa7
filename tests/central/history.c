/* history.c: tests of who changed what in a case, and when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-history.h"
#include "central-receiver.h"
#include "reunion-wire-history.h"
#include "reunion-wire.h"

#include <string.h>

#define REASON PRIVATE_MARK "See the shoes."

static char *
get_history (CentralFixture *fixture, guint status, const char *who, const char *id)
{
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/history", id);
  g_autoptr (CentralAnswer) answer = central_fixture_call (fixture, who, "GET", path, "", NULL);

  central_answer_expect (answer, status, who != NULL ? who : "nobody");
  return g_steal_pointer (&answer->body);
}

static JsonObject *
decide (CentralFixture *fixture, guint status, const char *id, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/decision", id);

  return central_fixture_expect (fixture, status, REVIEWER, "POST", path, body);
}

static void
amend (CentralFixture *fixture, const char *id, ReunionField field, const char *value)
{
  g_autoptr (JsonObject) seen = central_fixture_get_case (fixture, 200, OFFICER, id);
  g_autoptr (ReunionCase) case_ = reunion_wire_case_from_object (seen, NULL);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/amendment", id);
  g_autofree char *body = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (CentralAnswer) answer = NULL;

  reunion_report_set_text (reunion_case_get_report (case_), field, value);
  json_object_set_object_member (object, "case", reunion_wire_case_to_object (case_));
  json_object_set_string_member (object, "reason", PRIVATE_MARK "why");
  body = reunion_json_to_text (object);
  bytes = g_bytes_new (body, strlen (body));
  message = central_fixture_new_message (fixture, OFFICER, "POST", path, NULL, bytes);
  soup_message_headers_replace (soup_message_get_request_headers (message), "If-Match", "*");
  answer = central_fixture_send (fixture, message);
  central_answer_expect (answer, 200, "amendment");
}

/* "who action: key before > after" for each entry. Transfer full. */
static char *
tell (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = reunion_wire_history_from_json (json, -1, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    {
      ReunionHistoryEntry *entry = entries->pdata[i];
      const char *name = reunion_history_entry_get_name (entry);

      g_string_append_printf (
          text, "%s %s", name != NULL ? name : "-",
          reunion_history_action_to_key (reunion_history_entry_get_action (entry)));
      for (guint j = 0; j < reunion_history_entry_get_n_changes (entry); j++)
        {
          const ReunionHistoryChange *change = reunion_history_entry_get_change (entry, j);

          if (change->reason != NULL)
            g_string_append_printf (text, " %s(%s)", change->key, change->reason);
          else
            g_string_append_printf (text, " %s:%s>%s", change->key,
                                    change->before != NULL ? change->before : "",
                                    change->after != NULL ? change->after : "");
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/* A case through its whole course. The id, transfer full. */
static char *
play (CentralFixture *fixture)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, case_);
  g_autoptr (JsonObject) returned = decide (fixture, 200, id,
                                            "{\"decision\":\"return\",\"reason\":\"" REASON
                                            "\",\"fields\":[{\"field\":\"shoes\","
                                            "\"reason\":\"" PRIVATE_MARK "colour?\"}]}");
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) approved = NULL;
  g_autoptr (JsonObject) closed = NULL;

  reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_SHOES, "白色");
  again = central_fixture_file (fixture, 201, OFFICER, case_);
  approved = central_fixture_decide (fixture, 200, REVIEWER, id, "approve", NULL);
  central_fixture_set_clock (fixture, fixture->now_usec + G_TIME_SPAN_HOUR);
  amend (fixture, id, REUNION_FIELD_CLOTHING, "粉色上衣");
  amend (fixture, id, REUNION_FIELD_HOME_ADDRESS, PRIVATE_MARK "moved");
  closed = central_fixture_close (fixture, 200, OFFICER, id, "lost");
  return g_strdup (id);
}

static void
test_whole (CentralFixture *fixture, gconstpointer data)
{
  g_autofree char *id = play (fixture);
  g_autofree char *json = get_history (fixture, 200, OFFICER, id);
  g_autofree char *for_reviewer = get_history (fixture, 200, REVIEWER, id);
  g_autofree char *came = tell (json);
  g_autoptr (GPtrArray) entries = reunion_wire_history_from_json (json, -1, NULL);
  ReunionHistoryEntry *returned = entries->pdata[1];

  g_assert_cmpstr (came, ==,
                   "王军 submit\n"
                   "李敏 return shoes(" PRIVATE_MARK "colour?)\n"
                   "王军 resubmit shoes:>白色\n"
                   "李敏 approve\n"
                   "- escalate stage:1>2\n"
                   "王军 amend clothing:蓝色校服>粉色上衣\n"
                   "王军 amend home_address:" PRIVATE_MARK "home_address>" PRIVATE_MARK "moved\n"
                   "王军 close outcome:>lost\n");
  g_assert_cmpstr (json, ==, for_reviewer);
  g_assert_cmpint (reunion_history_entry_get_at_usec (returned), ==,
                   fixture->now_usec - G_TIME_SPAN_HOUR);
  g_assert_cmpstr (reunion_history_entry_get_account (returned), ==, REVIEWER);
  g_assert_cmpstr (reunion_history_entry_get_station (returned), ==, "520500-00");
  g_assert_cmpstr (reunion_history_entry_get_station_name (returned), ==, "派出所");
  g_assert_cmpstr (reunion_history_entry_get_reason (returned), ==, REASON);
  g_assert_cmpstr (reunion_history_entry_get_reason (entries->pdata[5]), ==, PRIVATE_MARK "why");
  g_assert_cmpstr (reunion_history_entry_get_reason (entries->pdata[7]), ==, PRIVATE_MARK "note");
}

/* To others the published case, with no name and nothing private. */
static void
test_redacted (CentralFixture *fixture, gconstpointer data)
{
  static const char *const others[] = { OTHER_OFFICER, OTHER_REVIEWER, ADMINISTRATOR };
  g_autofree char *id = play (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *json = get_history (fixture, 200, others[i], id);
      g_autofree char *came = tell (json);

      g_assert_cmpstr (came, ==,
                       "- approve\n- escalate stage:1>2\n- amend clothing:蓝色校服>粉色上衣\n"
                       "- amend\n- close outcome:>lost\n");
      g_assert_null (strstr (json, PRIVATE_MARK));
      g_assert_null (strstr (json, OFFICER));
      g_assert_null (strstr (json, REVIEWER));
      g_assert_null (strstr (json, "王军"));
    }
}

static void
test_who (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, case_);
  g_autofree char *own = get_history (fixture, 200, OFFICER, id);
  g_autofree char *foreign = get_history (fixture, 404, OTHER_OFFICER, id);
  g_autofree char *nation = get_history (fixture, 404, ADMINISTRATOR, id);
  g_autofree char *nobody = get_history (fixture, 401, NOBODY, id);
  g_autofree char *none = get_history (fixture, 404, OFFICER, "nonsense");
  g_autofree char *came = tell (own);

  g_assert_cmpstr (came, ==, "王军 submit\n");
}

/* Reasons at fields come with the case and go when it comes again. */
static void
test_field_reasons (CentralFixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = {
    "{\"decision\":\"return\",\"fields\":[{\"field\":\"shoes\",\"reason\":\"x\"}]}",
    "{\"decision\":\"return\",\"reason\":\"x\",\"fields\":[{\"field\":\"shoes\",\"reason\":\" "
    "\"}]}",
    "{\"decision\":\"reject\",\"reason\":\"x\",\"fields\":[{\"field\":\"shoes\",\"reason\":\"x\"}]"
    "}",
  };
  static const char *const malformed[] = {
    "{\"decision\":\"return\",\"reason\":\"x\",\"fields\":[{\"field\":\"aura\",\"reason\":\"x\"}]}",
    "{\"decision\":\"return\",\"reason\":\"x\",\"fields\":{\"shoes\":\"x\"}}",
    "{\"decision\":\"return\",\"reason\":\"x\",\"fields\":[{\"field\":\"shoes\"}]}",
  };
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  const char *id = reunion_case_get_id (case_);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, case_);
  g_autoptr (JsonObject) returned = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) plain = NULL;
  g_autoptr (ReunionCase) seen = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (JsonObject) refused = decide (fixture, 422, id, wrong[i]);
      g_autoptr (JsonObject) misread = decide (fixture, 400, id, malformed[i]);
    }
  returned = decide (fixture, 200, id,
                     "{\"decision\":\"return\",\"reason\":\"See below.\",\"fields\":["
                     "{\"field\":\"shoes\",\"reason\":\"Which colour?\"},"
                     "{\"field\":\"place\",\"reason\":\"Which exit?\"}]}");
  seen = reunion_wire_case_from_object (returned, NULL);
  g_assert_cmpstr (reunion_case_get_field_reason (seen, REUNION_FIELD_SHOES), ==, "Which colour?");
  g_assert_cmpstr (reunion_case_get_field_reason (seen, REUNION_FIELD_PLACE), ==, "Which exit?");
  g_assert_null (reunion_case_get_field_reason (seen, REUNION_FIELD_NAME));
  /* What the desk says of them is passed over. */
  again = central_fixture_file (fixture, 201, OFFICER, seen);
  g_assert_false (json_object_has_member (again, "field_reasons"));
  plain = central_fixture_decide (fixture, 200, REVIEWER, id, "return", "Still too little.");
  g_assert_false (json_object_has_member (plain, "field_reasons"));
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/history/whole", test_whole);
  central_test_add ("/central/history/redacted", test_redacted);
  central_test_add ("/central/history/who", test_who);
  central_test_add ("/central/history/field-reasons", test_field_reasons);
  return g_test_run ();
}
