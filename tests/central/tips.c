/* tips.c: tests of what the public saw, as partners pass it on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-tips.h"
#include "central-receiver.h"

#include <string.h>

static JsonObject *
send_tip (CentralFixture *fixture, guint status, const CentralReceiver *partner, const char *body)
{
  g_autoptr (CentralAnswer) answer = central_receiver_send_tip (partner, fixture, body);

  central_answer_expect (answer, status, body);
  return g_steal_pointer (&answer->object);
}

/* A tip with @members, a piece of JSON that begins with a comma or is empty. */
static char *
write_tip (const char *tip_id, const char *case_id, const char *members)
{
  return g_strdup_printf ("{\"tip_id\":\"%s\",\"case_id\":\"%s\"%s}", tip_id, case_id, members);
}

static gint64
count_tips (CentralFixture *fixture)
{
  return central_fixture_count (fixture, "SELECT count(*) FROM tips", NULL);
}

/* The only tip in the feed of @who; NULL when there is none. Transfer full. */
static JsonObject *
get_tip (CentralFixture *fixture, const char *who)
{
  g_autoptr (JsonObject) page
      = central_fixture_expect (fixture, 200, who, "GET", "/v1/changes?limit=1000", NULL);
  JsonArray *changes = json_object_get_array_member (page, "changes");
  JsonObject *tip = NULL;

  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);

      if (json_object_has_member (change, "tip"))
        {
          g_assert_null (tip);
          tip = json_object_ref (json_object_get_object_member (change, "tip"));
        }
    }
  return tip;
}

static void
test_taken (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *body
      = write_tip ("t-1", id,
                   ",\"text\":\"在车站看到\",\"place\":\"贵阳站\",\"contact\":\"13900000101\","
                   "\"latitude\":26.56,\"longitude\":106.7,\"seen\":\"2026-05-15T14:25:00+08:00\"");
  g_autoptr (JsonObject) answer = send_tip (fixture, 201, partner, body);
  g_autoptr (JsonObject) tip = get_tip (fixture, OFFICER);
  g_autoptr (JsonObject) for_reviewer = get_tip (fixture, REVIEWER);
  g_autoptr (JsonObject) for_stranger = get_tip (fixture, OTHER_OFFICER);
  g_autofree char *audit = central_fixture_get_audit (fixture, id);

  g_assert_cmpstr (json_object_get_string_member (tip, "id"), ==,
                   json_object_get_string_member (answer, "id"));
  g_assert_cmpstr (json_object_get_string_member (tip, "text"), ==, "在车站看到");
  g_assert_cmpstr (json_object_get_string_member (tip, "contact"), ==, "13900000101");
  g_assert_cmpstr (json_object_get_string_member (tip, "partner"), ==, "map");
  g_assert_cmpstr (json_object_get_string_member (tip, "seen"), ==, "2026-05-15T06:25:00Z");
  g_assert_cmpstr (json_object_get_string_member (tip, "received"), ==, "2026-05-15T06:30:00Z");
  g_assert_cmpstr (json_object_get_string_member (tip, "state"), ==, "new");
  g_assert_nonnull (for_reviewer);
  g_assert_null (for_stranger);
  g_assert_true (g_str_has_suffix (audit, "map tip"));
}

static void
test_signature (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) map
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autoptr (CentralReceiver) news
      = central_receiver_new (fixture, "news", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *body = write_tip ("t-1", id, ",\"text\":\"seen\"");
  gint64 now_s = g_get_real_time () / G_TIME_SPAN_SECOND;
  static const struct
  {
    const char *header;
    const char *value;
  } breaches[] = {
    { "webhook-signature", NULL },
    { "webhook-signature", "" },
    { "webhook-signature", "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" },
    { "webhook-signature", "v1a,nonsense" },
    { "webhook-id", NULL },
    { "webhook-id", "another" },
    { "webhook-timestamp", NULL },
    { "webhook-timestamp", "soon" },
    { "webhook-timestamp", "-1" },
    { "webhook-timestamp", "99999999999999999999" },
  };
  static const gint64 stale_s[] = { -86400, -400, 400, 86400 };

  for (gsize i = 0; i < G_N_ELEMENTS (breaches); i++)
    {
      g_autoptr (SoupMessage) message = central_receiver_sign_tip (map, fixture, body, now_s);
      SoupMessageHeaders *headers = soup_message_get_request_headers (message);
      g_autoptr (CentralAnswer) answer = NULL;

      soup_message_headers_remove (headers, breaches[i].header);
      if (breaches[i].value != NULL)
        soup_message_headers_append (headers, breaches[i].header, breaches[i].value);
      answer = central_fixture_send (fixture, message);
      central_answer_expect (answer, 401, breaches[i].header);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (stale_s); i++)
    {
      g_autoptr (SoupMessage) message
          = central_receiver_sign_tip (map, fixture, body, now_s + stale_s[i]);
      g_autoptr (CentralAnswer) answer = central_fixture_send (fixture, message);

      central_answer_expect (answer, 401, "stale");
    }
  g_assert_cmpint (count_tips (fixture), ==, 0);

  /* One partner's signature is no other's. */
  {
    g_autofree char *name = g_steal_pointer (&map->id);
    g_autoptr (JsonObject) forged = NULL;
    g_autoptr (JsonObject) unknown = NULL;

    map->id = g_strdup ("news");
    forged = send_tip (fixture, 401, map, body);
    g_free (map->id);
    map->id = g_strdup ("nobody");
    unknown = send_tip (fixture, 401, map, body);
    g_free (map->id);
    map->id = g_steal_pointer (&name);
  }
  g_assert_cmpint (count_tips (fixture), ==, 0);
  {
    g_autoptr (JsonObject) taken = send_tip (fixture, 201, map, body);
  }
}

static void
test_which_case (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autoptr (ReunionCase) waiting = central_fixture_new_case (fixture, 600);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, waiting);
  g_autofree char *ended = central_fixture_publish (fixture, 600);
  g_autoptr (JsonObject) closed = central_fixture_close (fixture, 200, OFFICER, ended, "lost");
  const struct
  {
    const char *case_id;
    guint status;
  } rows[] = {
    { "2c1d3f5e-0000-4000-8000-000000000000", 404 },
    { "nonsense", 404 },
    { "", 404 },
    /* Not published, so it does not exist for the public. */
    { reunion_case_get_id (waiting), 404 },
    { ended, 409 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *tip_id = g_strdup_printf ("t-%u", (guint) i);
      g_autofree char *body = write_tip (tip_id, rows[i].case_id, ",\"text\":\"seen\"");
      g_autoptr (JsonObject) problem = send_tip (fixture, rows[i].status, partner, body);
    }
  g_assert_cmpint (count_tips (fixture), ==, 0);
}

/* The same tip again is the same tip, whatever else it now says. */
static void
test_repeated (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) map
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autoptr (CentralReceiver) news
      = central_receiver_new (fixture, "news", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *other = central_fixture_publish (fixture, 600);
  g_autofree char *body = write_tip ("t-1", id, ",\"text\":\"seen\"");
  g_autofree char *elsewhere = write_tip ("t-1", other, ",\"text\":\"seen\"");
  g_autoptr (JsonObject) first = send_tip (fixture, 201, map, body);
  g_autoptr (JsonObject) again = send_tip (fixture, 200, map, body);
  g_autoptr (JsonObject) closed = NULL;
  g_autoptr (JsonObject) after_end = NULL;
  g_autoptr (JsonObject) by_another = NULL;
  g_autoptr (JsonObject) refused = NULL;

  g_assert_cmpstr (json_object_get_string_member (first, "id"), ==,
                   json_object_get_string_member (again, "id"));
  g_assert_cmpint (count_tips (fixture), ==, 1);
  by_another = send_tip (fixture, 201, news, body);
  g_assert_cmpint (count_tips (fixture), ==, 2);
  /* An id that stands for another case's tip would lose this one. */
  refused = send_tip (fixture, 409, map, elsewhere);
  g_assert_cmpint (count_tips (fixture), ==, 2);
  /* The answer that got lost is given again after the end of the case. */
  closed = central_fixture_close (fixture, 200, OFFICER, id, "lost");
  after_end = send_tip (fixture, 200, map, body);
}

static void
test_points (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *members;
    guint status;
  } rows[] = {
    { ",\"text\":\"seen\"", 201 },
    { ",\"place\":\"贵阳站\"", 201 },
    { ",\"latitude\":26.5,\"longitude\":106.7", 201 },
    { ",\"latitude\":26,\"longitude\":106", 201 },
    { ",\"latitude\":-90,\"longitude\":180", 201 },
    { ",\"text\":\"seen\",\"latitude\":null,\"longitude\":null", 201 },
    { ",\"text\":\"seen\",\"latitude\":26.5", 400 },
    { ",\"text\":\"seen\",\"longitude\":106.7", 400 },
    { ",\"text\":\"seen\",\"latitude\":\"26.5\",\"longitude\":\"106.7\"", 400 },
    { ",\"text\":\"seen\",\"latitude\":90.1,\"longitude\":0", 422 },
    { ",\"text\":\"seen\",\"latitude\":26.5,\"longitude\":-180.5", 422 },
    { ",\"text\":\"seen\",\"latitude\":1e400,\"longitude\":0", 400 },
    { ",\"latitude\":null,\"longitude\":null", 422 },
    { "", 422 },
    { ",\"text\":\"\"", 422 },
    { ",\"text\":\" \\n\",\"place\":\"\"", 422 },
  };
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 600);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *tip_id = g_strdup_printf ("t-%u", (guint) i);
      g_autofree char *body = write_tip (tip_id, id, rows[i].members);
      g_autoptr (JsonObject) answer = send_tip (fixture, rows[i].status, partner, body);
    }
}

/* A partner's coordinates are in its datum; inside they are WGS-84. The values
 * are those of the published formulas. */
static void
test_datum (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_GCJ02, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *body
      = write_tip ("t-1", id, ",\"latitude\":26.9965362,\"longitude\":106.0035694");
  g_autoptr (JsonObject) answer = send_tip (fixture, 201, partner, body);
  g_autoptr (JsonObject) tip = get_tip (fixture, OFFICER);

  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (tip, "latitude"), 27.0, 1e-6);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (tip, "longitude"), 106.0, 1e-6);
}

static void
test_limits (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *text_4000 = g_strnfill (4000, 'x');
  g_autofree char *text_4001 = g_strnfill (4001, 'x');
  g_autofree char *line_201 = g_strnfill (201, 'x');
  g_autofree char *huge = g_strnfill (4 * 1024 * 1024, 'x');
  const struct
  {
    char *members;
    guint status;
  } rows[] = {
    { g_strdup_printf (",\"text\":\"%s\"", text_4000), 201 },
    { g_strdup_printf (",\"text\":\"%s\"", text_4001), 422 },
    { g_strdup_printf (",\"text\":\"seen\",\"place\":\"%s\"", line_201), 422 },
    { g_strdup_printf (",\"text\":\"seen\",\"contact\":\"%s\"", line_201), 422 },
    { g_strdup_printf (",\"text\":\"%s\"", huge), 413 },
    { g_strdup (",\"text\":\"seen\",\"seen\":\"2026-05-15T06:40:00Z\""), 422 },
    { g_strdup (",\"text\":\"seen\",\"seen\":\"2026-05-15T06:33:00Z\""), 201 },
    { g_strdup (",\"text\":\"seen\",\"seen\":\"yesterday\""), 400 },
    { g_strdup (",\"text\":5"), 400 },
    { g_strdup (",\"text\":[\"seen\"]"), 400 },
    { g_strdup (",\"text\":\"seen\",\"surprise\":{}"), 201 },
  };
  static const char *const nonsense[] = { "", "{", "[]", "\"tip\"", "\xff\xfe", "{}" };
  g_autofree char *no_id = write_tip ("", id, ",\"text\":\"seen\"");
  g_autofree char *long_id = write_tip (line_201, id, ",\"text\":\"seen\"");
  g_autoptr (JsonObject) problem = NULL;
  g_autoptr (JsonObject) long_problem = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *tip_id = g_strdup_printf ("t-%u", (guint) i);
      g_autofree char *body = write_tip (tip_id, id, rows[i].members);
      g_autoptr (JsonObject) answer = send_tip (fixture, rows[i].status, partner, body);

      g_free (rows[i].members);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autoptr (JsonObject) answer = send_tip (fixture, 400, partner, nonsense[i]);
    }
  /* Every tip without an id would be the same one. */
  problem = send_tip (fixture, 422, partner, no_id);
  long_problem = send_tip (fixture, 422, partner, long_id);
}

static JsonObject *
mark_tip (CentralFixture *fixture, guint status, const char *who, const char *id, const char *state)
{
  g_autofree char *path = g_strdup_printf ("/v1/tips/%s/state", id);
  g_autofree char *body = g_strdup_printf ("{\"state\":\"%s\"}", state);

  return central_fixture_expect (fixture, status, who, "POST", path, body);
}

static void
test_states (CentralFixture *fixture, gconstpointer data)
{
  static const char *const states[] = { "checking", "credible", "dismissed", "led", "new" };
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *body = write_tip ("t-1", id, ",\"text\":\"seen\"");
  g_autoptr (JsonObject) taken = send_tip (fixture, 201, partner, body);
  const char *tip_id = json_object_get_string_member (taken, "id");
  g_autoptr (JsonObject) by_stranger = mark_tip (fixture, 404, OTHER_OFFICER, tip_id, "led");
  g_autoptr (JsonObject) by_nation = mark_tip (fixture, 403, ADMINISTRATOR, tip_id, "led");
  g_autoptr (JsonObject) no_state = mark_tip (fixture, 422, OFFICER, tip_id, "perhaps");
  g_autoptr (JsonObject) no_tip = mark_tip (fixture, 404, OFFICER, "nonsense", "led");
  g_autofree char *audit = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (JsonObject) tip
          = mark_tip (fixture, 200, i % 2 ? REVIEWER : OFFICER, tip_id, states[i]);

      g_assert_cmpstr (json_object_get_string_member (tip, "state"), ==, states[i]);
    }
  audit = central_fixture_get_audit (fixture, id);
  g_assert_true (g_str_has_suffix (audit, "map tip, " OFFICER " tip state, " REVIEWER
                                          " tip state, " OFFICER " tip state, " REVIEWER
                                          " tip state, " OFFICER " tip state"));
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/tips/taken", test_taken);
  central_test_add ("/central/tips/signature", test_signature);
  central_test_add ("/central/tips/which-case", test_which_case);
  central_test_add ("/central/tips/repeated", test_repeated);
  central_test_add ("/central/tips/points", test_points);
  central_test_add ("/central/tips/datum", test_datum);
  central_test_add ("/central/tips/limits", test_limits);
  central_test_add ("/central/tips/states", test_states);
  return g_test_run ();
}
