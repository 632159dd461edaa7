/* test-wire-history.c: the history of a case, and a reviewer's reasons at
 * fields, as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-wire-history.h"
#include "reunion-wire.h"
#include "test-records.h"

static ReunionHistoryEntry *
make_entry (ReunionHistoryAction action)
{
  ReunionHistoryEntry *entry
      = reunion_history_entry_new (test_utc_usec (2016, 5, 20, 4, 5, 0) + 20, action);

  reunion_history_entry_set_account (entry, "wang.jun", "王军");
  reunion_history_entry_set_station (entry, "520524-01", "织金县城关派出所");
  reunion_history_entry_set_reason (entry, "“她”换了\n衣服");
  reunion_history_entry_add_change (entry,
                                    reunion_history_change_new ("clothing", "蓝", "粉", NULL));
  reunion_history_entry_add_change (entry,
                                    reunion_history_change_new ("shoes", NULL, NULL, "颜色？"));
  reunion_history_entry_add_change (entry, reunion_history_change_new ("marks", NULL, "疤", NULL));
  return entry;
}

static void
expect_same_entry (ReunionHistoryEntry *a, ReunionHistoryEntry *b)
{
  test_expect_int ("time", reunion_history_entry_get_at_usec (a),
                   reunion_history_entry_get_at_usec (b));
  test_expect_int ("action", reunion_history_entry_get_action (a),
                   reunion_history_entry_get_action (b));
  test_expect_string ("account", reunion_history_entry_get_account (a),
                      reunion_history_entry_get_account (b));
  test_expect_string ("name", reunion_history_entry_get_name (a),
                      reunion_history_entry_get_name (b));
  test_expect_string ("station", reunion_history_entry_get_station (a),
                      reunion_history_entry_get_station (b));
  test_expect_string ("station's name", reunion_history_entry_get_station_name (a),
                      reunion_history_entry_get_station_name (b));
  test_expect_string ("reason", reunion_history_entry_get_reason (a),
                      reunion_history_entry_get_reason (b));
  g_assert_cmpuint (reunion_history_entry_get_n_changes (a), ==,
                    reunion_history_entry_get_n_changes (b));
  for (guint i = 0; i < reunion_history_entry_get_n_changes (a); i++)
    {
      const ReunionHistoryChange *first = reunion_history_entry_get_change (a, i);
      const ReunionHistoryChange *second = reunion_history_entry_get_change (b, i);

      test_expect_string ("key", first->key, second->key);
      test_expect_string ("before", first->before, second->before);
      test_expect_string ("after", first->after, second->after);
      test_expect_string ("field's reason", first->reason, second->reason);
    }
}

static void
test_round_trip (void)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  for (int action = 0; action < REUNION_N_HISTORY_ACTIONS; action++)
    g_ptr_array_add (entries, make_entry (action));
  /* Nothing but what is always there, at the start of time. */
  g_ptr_array_add (entries, reunion_history_entry_new (0, REUNION_HISTORY_SUBMIT));
  json = reunion_wire_history_to_json (entries);
  again = reunion_wire_history_from_json (json, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, entries->len);
  for (guint i = 0; i < entries->len; i++)
    expect_same_entry (entries->pdata[i], again->pdata[i]);
}

/* A newer service tells of a step that this version has no word for. */
static void
test_unknown_action (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = reunion_wire_history_from_json (
      "{\"entries\":[{\"at\":\"2016-05-20T04:05:00Z\",\"action\":\"merge\"},"
      "{\"at\":\"2016-05-20T04:06:00Z\",\"action\":\"close\",\"of\":\"later\"}],\"next\":1}",
      -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 1);
  test_expect_int ("the other", REUNION_HISTORY_CLOSE,
                   reunion_history_entry_get_action (entries->pdata[0]));
}

#define AT "\"at\":\"2016-05-20T04:05:00Z\""

static void
test_wrong (void)
{
  static const struct
  {
    const char *text;
    const char *names;
  } rows[] = {
    { "{}", "“entries” is missing" },
    { "{\"entries\":{}}", "“entries” must be an array" },
    { "{\"entries\":[7]}", "Element 1 must be an object" },
    { "{\"entries\":[{\"action\":\"close\"}]}", "“at” is missing" },
    { "{\"entries\":[{\"at\":\"noon\",\"action\":\"close\"}]}", "“at” must be a time" },
    { "{\"entries\":[{" AT "}]}", "“action” is missing" },
    { "{\"entries\":[{" AT ",\"action\":7}]}", "“action” must be text" },
    { "{\"entries\":[{" AT ",\"action\":\"close\",\"name\":7}]}", "“name” must be text" },
    { "{\"entries\":[{" AT ",\"action\":\"close\",\"changes\":7}]}", "“changes” must be an array" },
    { "{\"entries\":[{" AT ",\"action\":\"close\",\"changes\":[{}]}]}", "“key” is missing" },
    { "{\"entries\":[{" AT ",\"action\":\"close\",\"changes\":[{\"key\":\"name\",\"after\":1}]}]}",
      "“after” must be text" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) entries = reunion_wire_history_from_json (rows[i].text, -1, &error);

      if (entries != NULL)
        test_fail ("%s: expected a refusal", rows[i].text);
      test_expect_error_names (rows[i].text, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                               rows[i].names, &error);
    }
}

static void
test_field_reasons (void)
{
  static const ReunionFieldReason reasons[]
      = { { REUNION_FIELD_SHOES, "什么颜色？" }, { REUNION_FIELD_PLACE, "哪个出口？" } };
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GArray) none = NULL;
  g_autoptr (GArray) read = NULL;
  g_autoptr (GArray) lenient = NULL;
  g_autoptr (GArray) strict = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *unknown = json_object_new ();

  none = reunion_wire_field_reasons_from_object (object, "fields", TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  json_object_set_array_member (
      object, "fields", reunion_wire_field_reasons_to_array (reasons, G_N_ELEMENTS (reasons)));
  read = reunion_wire_field_reasons_from_object (object, "fields", TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, G_N_ELEMENTS (reasons));
  for (guint i = 0; i < read->len; i++)
    {
      const ReunionFieldReason *reason = &g_array_index (read, ReunionFieldReason, i);

      test_expect_int ("field", reasons[i].field, reason->field);
      test_expect_string ("reason", reasons[i].reason, reason->reason);
    }
  /* A field of a later version: an older desk does without, the service not. */
  json_object_set_string_member (unknown, "field", "aura");
  json_object_set_string_member (unknown, "reason", "Which colour?");
  json_array_add_object_element (json_object_get_array_member (object, "fields"), unknown);
  lenient = reunion_wire_field_reasons_from_object (object, "fields", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lenient->len, ==, G_N_ELEMENTS (reasons));
  strict = reunion_wire_field_reasons_from_object (object, "fields", TRUE, &error);
  g_assert_null (strict);
  test_expect_error_names ("strict", REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER, "aura", &error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire-history/round-trip", test_round_trip);
  g_test_add_func ("/wire-history/unknown-action", test_unknown_action);
  g_test_add_func ("/wire-history/wrong", test_wrong);
  g_test_add_func ("/wire-history/field-reasons", test_field_reasons);
  return g_test_run ();
}
