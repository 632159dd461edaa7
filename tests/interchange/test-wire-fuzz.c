/* test-wire-fuzz.c: damaged records and streams, the same ones every time
 *
 * No reader may crash, and one that gives nothing has to say why. What is
 * taken has to be writable and readable again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-event-parser.h"
#include "reunion-notice.h"
#include "reunion-standard.h"
#include "reunion-wire-history.h"
#include "reunion-wire.h"
#include "test-records.h"

#define SEED 20160515
#define N_ROUNDS 12000

/* What is put in where bytes are replaced: pieces that mean something. */
static const char *const pieces[] = {
  "{",
  "}",
  "[",
  "]",
  "\"",
  ":",
  ",",
  "null",
  "true",
  "-1",
  "0",
  "9223372036854775807",
  "-9223372036854775808",
  "1e308",
  "1e999",
  "\\u0000",
  "\\ud800",
  "\\",
  "\xff",
  "\xe5",
  "团",
  "2016-05-15T06:30:00Z",
  "9999-12-31T23:59:59Z",
  "0001-01-01T00:00:00Z",
  "[[[[[[[[",
  "{\"a\":",
  "/*",
  "'",
  "\n",
  "\r",
  "data:",
  "id:",
  "\xef\xbb\xbf",
};

static GString *
damage (GRand *rand, const char *text)
{
  GString *damaged = g_string_new (text);
  int n_changes = g_rand_int_range (rand, 1, 5);

  for (int i = 0; i < n_changes && damaged->len > 1; i++)
    {
      gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) damaged->len);
      gsize wanted = (gsize) g_rand_int_range (rand, 0, 12);
      gsize n_bytes = MIN (damaged->len - at, wanted);

      switch (g_rand_int_range (rand, 0, 5))
        {
        case 0:
          damaged->str[at] = (char) g_rand_int_range (rand, 0, 256);
          break;
        case 1:
          g_string_erase (damaged, (gssize) at, (gssize) n_bytes);
          break;
        case 2:
          g_string_erase (damaged, (gssize) at, (gssize) n_bytes);
          g_string_insert (damaged, (gssize) at,
                           pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
          break;
        case 3:
          g_string_insert (damaged, (gssize) at,
                           pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
          break;
        default:
          /* A digit for a digit: what is still JSON, and says something else. */
          for (gsize j = at; j < damaged->len; j++)
            if (g_ascii_isdigit (damaged->str[j]))
              {
                damaged->str[j] = (char) g_rand_int_range (rand, '0', '9' + 1);
                break;
              }
          break;
        }
    }
  return damaged;
}

/* Everything that reads a case has to bear one that was taken. */
static void
use_case (ReunionCase *case_)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  const gint64 now_usec = 1463715000000000;
  ReunionPush push = {
    .kind = REUNION_PUSH_PUBLISHED,
    .id = "msg-1",
    .sent_usec = now_usec,
    .stage = reunion_policy_get_stage (reunion_policy_get_national (), 0),
    .datum = REUNION_DATUM_BD09,
  };
  g_autoptr (ReunionCase) redacted = reunion_case_redact (case_);
  g_autoptr (ReunionNotice) notice = reunion_notice_new (case_, REUNION_LANGUAGE_ZH, china);
  g_autofree char *body = reunion_push_to_json (&push, case_);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = reunion_json_parse (body, -1, &error);

  g_assert_no_error (error);
  reunion_standard_check (case_, now_usec, NULL);
  reunion_case_get_radius_km (redacted, reunion_policy_get_national (), now_usec);
}

static gboolean
read_case (const char *text, gsize length, GError **error)
{
  g_autoptr (ReunionCase) case_ = reunion_wire_case_from_json (text, (gssize) length, error);
  g_autoptr (ReunionCase) again = NULL;
  g_autofree char *json = NULL;
  g_autoptr (GError) own_error = NULL;

  if (case_ == NULL)
    return FALSE;
  json = reunion_wire_case_to_json (case_);
  again = reunion_wire_case_from_json (json, -1, &own_error);
  g_assert_no_error (own_error);
  use_case (again);
  return TRUE;
}

static gboolean
read_tip (const char *text, gsize length, GError **error)
{
  g_autoptr (ReunionTip) tip = reunion_wire_tip_from_json (text, (gssize) length, error);
  g_autoptr (ReunionTip) again = NULL;
  g_autofree char *json = NULL;
  g_autoptr (GError) own_error = NULL;

  if (tip == NULL)
    return FALSE;
  json = reunion_wire_tip_to_json (tip);
  again = reunion_wire_tip_from_json (json, -1, &own_error);
  g_assert_no_error (own_error);
  return TRUE;
}

static gboolean
read_changes (const char *text, gsize length, GError **error)
{
  gint64 next;
  g_autoptr (GPtrArray) changes
      = reunion_wire_changes_from_json (text, (gssize) length, &next, error);

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    g_free (reunion_wire_change_to_json (changes->pdata[i]));
  return changes != NULL;
}

static gboolean
read_statistics (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonObject) object = reunion_json_parse (text, (gssize) length, error);
  g_autoptr (GPtrArray) periods
      = object != NULL ? reunion_wire_statistics_from_object (object, error) : NULL;

  return periods != NULL;
}

static gboolean
read_policy (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonObject) object = reunion_json_parse (text, (gssize) length, error);
  g_autoptr (ReunionPolicy) policy
      = object != NULL ? reunion_wire_policy_from_object (object, error) : NULL;

  return policy != NULL;
}

static gboolean
read_history (const char *text, gsize length, GError **error)
{
  g_autoptr (GPtrArray) entries = reunion_wire_history_from_json (text, (gssize) length, error);
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  g_autofree char *json = NULL;
  g_autoptr (GError) own_error = NULL;

  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      ReunionHistoryEntry *entry = entries->pdata[i];
      g_autoptr (ReunionHistoryEntry) redacted = reunion_history_entry_redact (entry);

      for (guint j = 0; j < reunion_history_entry_get_n_changes (entry); j++)
        {
          const ReunionHistoryChange *change = reunion_history_entry_get_change (entry, j);

          g_free (reunion_history_format_value (change->key, change->after, china));
        }
    }
  json = reunion_wire_history_to_json (entries);
  again = reunion_wire_history_from_json (json, -1, &own_error);
  g_assert_no_error (own_error);
  g_assert_cmpuint (again->len, ==, entries->len);
  return TRUE;
}

typedef gboolean (*Read) (const char *text, gsize length, GError **error);

static void
fuzz (const char *what, const char *text, Read read)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  g_autoptr (GError) whole_error = NULL;
  guint n_taken = 0;

  read (text, strlen (text), &whole_error);
  g_assert_no_error (whole_error);
  for (int i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (GString) damaged = damage (rand, text);
      g_autoptr (GError) error = NULL;
      gboolean came = read (damaged->str, damaged->len, &error);

      n_taken += came;
      if (came != (error == NULL))
        test_fail ("%s, round %d: came %d, error “%s”: %s", what, i, came,
                   error != NULL ? error->message : "(none)", damaged->str);
    }
  /* Neither all nor nothing: the damage reaches into the records. */
  g_assert_cmpuint (n_taken, >, 0);
  g_assert_cmpuint (n_taken, <, N_ROUNDS);
}

static void
test_cases (void)
{
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  g_autofree char *json = reunion_wire_case_to_json (case_);

  fuzz ("case", json, read_case);
}

#define TIP                                                                                        \
  "{\"id\":\"tip-1\",\"case_id\":\"" TEST_CASE_ID "\",\"partner\":\"amap\","                       \
  "\"text\":\"在店里\",\"latitude\":26.6477,\"longitude\":106.6302,\"state\":\"new\","          \
  "\"seen\":\"2016-05-29T08:00:00.000001Z\"}"

static void
test_tips (void)
{
  fuzz ("tip", TIP, read_tip);
}

static void
test_changes (void)
{
  fuzz ("changes",
        "{\"changes\":[{\"sequence\":41,\"case\":{\"id\":\"" TEST_CASE_ID
        "\",\"state\":\"closed\",\"report\":{\"name\":\"小明\",\"consent\":true,\"age_years\":13,"
        "\"latitude\":26.5,\"last_seen\":\"2016-05-20T03:00:00Z\"},\"photos\":[]}},"
        "{\"sequence\":42,\"tip\":" TIP "}],\"next\":42}",
        read_changes);
}

static void
test_history (void)
{
  fuzz (
      "history",
      "{\"entries\":[{\"at\":\"2016-05-20T04:05:00Z\",\"action\":\"return\",\"account\":\"li.min\","
      "\"name\":\"李敏\",\"station\":\"520500-00\",\"reason\":\"照片太小\",\"changes\":[{\"key\":"
      "\"shoes\",\"reason\":\"什么颜色？\"}]},{\"at\":\"2016-05-20T05:00:00.5Z\",\"action\":"
      "\"amend\",\"changes\":[{\"key\":\"last_seen\",\"before\":\"2016-05-20T03:00:00Z\",\"after\":"
      "\"2016-05-20T02:00:00Z\"},{\"key\":\"photos\",\"after\":\"" TEST_HASH_1 "\"}]}]}",
      read_history);
}

static void
test_tables (void)
{
  g_autoptr (JsonObject) policy = reunion_wire_policy_to_object (reunion_policy_get_national ());
  g_autofree char *policy_text = reunion_json_to_text (policy);

  fuzz ("policy", policy_text, read_policy);
  fuzz ("statistics",
        "{\"periods\":[{\"from\":\"2016-05-14T16:00:00Z\",\"nation\":{\"outcomes\":{\"lost\":192,"
        "\"none\":43}},\"provinces\":{\"34\":{\"outcomes\":{\"lost\":9,\"none\":3}}}}]}",
        read_statistics);
}

static void
check_event (const char *type, const char *data, const char *id, gpointer user_data)
{
  guint *n_events = user_data;

  g_assert_true (g_utf8_validate (type, -1, NULL));
  g_assert_true (g_utf8_validate (data, -1, NULL));
  g_assert_true (id == NULL || g_utf8_validate (id, -1, NULL));
  (*n_events)++;
}

static void
test_event_parser (void)
{
  const char *stream
      = "\xef\xbb\xbfid: 41\nevent: change\ndata: {\"sequence\":41}\n\n: alive\r\n\r\n"
        "data: 团\rdata: 圆\r\rid\ndata\n\n";
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  guint n_events = 0, n_refused = 0;

  for (int i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (GString) damaged = damage (rand, stream);
      g_autoptr (ReunionEventParser) parser = reunion_event_parser_new (check_event, &n_events);
      gsize at = 0;

      while (at < damaged->len)
        {
          gsize wanted = (gsize) g_rand_int_range (rand, 1, 20);
          gsize piece = MIN (damaged->len - at, wanted);

          if (!reunion_event_parser_push (parser, damaged->str + at, piece))
            {
              n_refused++;
              break;
            }
          at += piece;
        }
    }
  g_assert_cmpuint (n_events, >, N_ROUNDS);
  g_assert_cmpuint (n_refused, >, 0);
  g_assert_cmpuint (n_refused, <, N_ROUNDS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire-fuzz/cases", test_cases);
  g_test_add_func ("/wire-fuzz/tips", test_tips);
  g_test_add_func ("/wire-fuzz/changes", test_changes);
  g_test_add_func ("/wire-fuzz/history", test_history);
  g_test_add_func ("/wire-fuzz/tables", test_tables);
  g_test_add_func ("/wire-fuzz/event-parser", test_event_parser);
  return g_test_run ();
}
