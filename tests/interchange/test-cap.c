/* test-cap.c: the notice as an alert of the Common Alerting Protocol
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-cap.h"
#include "reunion-notice.h"
#include "test-records.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#define SENDER "reunion.example"
#define WEB "https://reunion.example/notice/" TEST_CASE_ID
#define PHOTO WEB "/photo/1"
#define DIGEST "0123456789abcdef0123456789abcdef01234567"

static const ReunionStage second_stage = { .id = 2, .after_usec = 0, .radius_km = 200 };

static gint64
sent_usec (void)
{
  return test_utc_usec (2016, 5, 20, 4, 30, 15) + 999999;
}

/* A message with two earlier ones, unless it is the first. Transfer full. */
static ReunionCapAlert *
make (ReunionCapKind kind, ReunionCase *case_)
{
  g_autoptr (GPtrArray) references
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_cap_reference_free);
  g_autoptr (GPtrArray) photos
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_cap_resource_free);
  ReunionCapMessage message = {
    .kind = kind,
    .status = REUNION_CAP_STATUS_EXERCISE,
    .identifier = "3f2504e0.3",
    .sender = SENDER,
    .sent_usec = sent_usec (),
    .expires_usec = sent_usec () + 30 * G_TIME_SPAN_DAY,
    .references = references,
    .web = WEB,
    .photos = photos,
    .stage = kind == REUNION_CAP_KIND_CANCEL ? NULL : &second_stage,
    .told_radius_km = 100,
  };

  if (kind != REUNION_CAP_KIND_ALERT)
    for (int i = 1; i <= 2; i++)
      {
        g_autofree char *identifier = g_strdup_printf ("3f2504e0.%d", i);

        g_ptr_array_add (references,
                         reunion_cap_reference_new (SENDER, identifier,
                                                    test_utc_usec (2016, 5, 20, 3, 30 + i, 0)));
      }
  g_ptr_array_add (photos, reunion_cap_resource_new ("image/jpeg", 4711, PHOTO, DIGEST));
  return reunion_cap_alert_new (&message, case_);
}

static char *
make_xml (ReunionCapKind kind, ReunionCase *case_)
{
  g_autoptr (ReunionCapAlert) alert = make (kind, case_);
  g_autoptr (GError) error = NULL;
  char *xml = reunion_cap_to_xml (alert, &error);

  g_assert_no_error (error);
  return xml;
}

static void
collect_cb (void *data, xmlErrorPtr problem)
{
  g_string_append (data, problem->message);
}

/* By the schema beside this file. */
static void
expect_valid (const char *what, const char *xml)
{
  g_autofree char *path = g_build_filename (g_getenv ("REUNION_SOURCE_ROOT"), "tests",
                                            "interchange", "cap-1.2.xsd", NULL);
  g_autoptr (GString) problems = g_string_new (NULL);
  xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt (path);
  xmlSchema *schema = xmlSchemaParse (parser);
  xmlSchemaValidCtxt *context;
  xmlDoc *document = xmlReadMemory (xml, (int) strlen (xml), NULL, NULL, XML_PARSE_NONET);

  g_assert_nonnull (schema);
  g_assert_nonnull (document);
  context = xmlSchemaNewValidCtxt (schema);
  xmlSchemaSetValidStructuredErrors (context, (xmlStructuredErrorFunc) collect_cb, problems);
  if (xmlSchemaValidateDoc (context, document) != 0)
    test_fail ("%s: expected what the schema has, came %s in %s", what, problems->str, xml);
  xmlSchemaFreeValidCtxt (context);
  xmlSchemaFree (schema);
  xmlSchemaFreeParserCtxt (parser);
  xmlFreeDoc (document);
}

static void
expect_holds (const char *xml, const char *part)
{
  if (strstr (xml, part) == NULL)
    test_fail ("expected “%s” in %s", part, xml);
}

/* --- what it says --------------------------------------------------------------- */

static void
test_words (void)
{
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  g_autoptr (ReunionCapAlert) alert = make (REUNION_CAP_KIND_UPDATE, case_);
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  static const char *const languages[] = { "zh-CN", "en" };
  static const char *const events[] = { "寻人", "Missing person" };

  test_expect_int ("infos", REUNION_N_LANGUAGES, alert->infos->len);
  test_expect_string ("status", "Exercise", alert->status);
  test_expect_string ("kind", "Update", alert->kind);
  test_expect_string ("scope", "Public", alert->scope);
  test_expect_string ("incidents", TEST_CASE_ID, alert->incidents);
  for (guint i = 0; i < REUNION_N_LANGUAGES; i++)
    {
      const ReunionCapInfo *info = alert->infos->pdata[i];
      const ReunionCapCircle *circle;
      g_autoptr (ReunionNotice) notice = reunion_notice_new (case_, i, china);
      g_autofree char *text = reunion_notice_to_text (notice);

      test_expect_string ("language", languages[i], info->language);
      test_expect_string ("event", events[i], info->event);
      test_expect_string ("headline", notice->headline, info->headline);
      test_expect_string ("description", text, info->description);
      test_expect_string ("contact", notice->contact, info->contact);
      test_expect_string ("web", WEB, info->web);
      test_expect_int ("onset", test_utc_usec (2016, 5, 20, 3, 0, 0), info->onset_usec);
      test_expect_int ("resources", 1, info->resources->len);
      circle = ((ReunionCapArea *) info->areas->pdata[0])->circles->pdata[0];
      test_expect_near ("radius", 200, circle->radius_km, 0);
      test_expect_near ("lat", 26.668, circle->lat_deg, 0);
      test_expect_near ("lon", 105.7723, circle->lon_deg, 0);
    }
}

static void
test_xml (void)
{
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  g_autofree char *alert = make_xml (REUNION_CAP_KIND_ALERT, case_);
  g_autofree char *update = make_xml (REUNION_CAP_KIND_UPDATE, case_);

  expect_holds (alert, "<alert xmlns=\"" REUNION_CAP_NAMESPACE "\">");
  expect_holds (alert, "<sent>2016-05-20T12:30:15+08:00</sent>");
  expect_holds (alert, "<onset>2016-05-20T11:00:00+08:00</onset>");
  expect_holds (alert, "<expires>2016-06-19T12:30:15+08:00</expires>");
  expect_holds (alert, "<circle>26.668000,105.772300 200</circle>");
  expect_holds (alert, "<digest>" DIGEST "</digest>");
  expect_holds (alert, "<size>4711</size>");
  expect_holds (alert, "<valueName>reunion:told-radius-km</valueName>\n      <value>100</value>");
  expect_holds (alert, "<valueName>reunion:stage</valueName>\n      <value>2</value>");
  if (strstr (alert, "<references>") != NULL || strstr (alert, "<eventCode>") != NULL)
    test_fail ("expected neither references nor event code in %s", alert);
  expect_holds (update, "<references>reunion.example,3f2504e0.1,2016-05-20T11:31:00+08:00 "
                        "reunion.example,3f2504e0.2,2016-05-20T11:32:00+08:00</references>");
}

/* The code for abductions of children is for those alone. */
static void
test_event_code (void)
{
  const ReunionChoice *kinds = reunion_field_get_choices (REUNION_FIELD_KIND);

  for (gsize i = 0; kinds[i].key != NULL; i++)
    {
      g_autoptr (ReunionCase) case_ = test_case_new_full ();
      g_autofree char *xml = NULL;
      gboolean expected = strcmp (kinds[i].key, "abduction") == 0;

      reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_KIND, kinds[i].key);
      xml = make_xml (REUNION_CAP_KIND_ALERT, case_);
      test_expect_int (kinds[i].key, expected, strstr (xml, "<value>CAE</value>") != NULL);
      test_expect_int (kinds[i].key, expected, strstr (xml, "<category>Security<") != NULL);
    }
}

static void
test_round_trip (void)
{
  for (int kind = 0; kind <= REUNION_CAP_KIND_CANCEL; kind++)
    for (int abduction = 0; abduction <= 1; abduction++)
      {
        g_autofree char *what = g_strdup_printf ("kind %d, abduction %d", kind, abduction);
        g_autoptr (ReunionCase) case_ = test_case_new_full ();
        g_autoptr (ReunionCapAlert) alert = NULL;
        g_autofree char *xml = NULL;
        g_autofree char *again = NULL;
        g_autoptr (GError) error = NULL;

        if (abduction)
          reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_KIND,
                                   "abduction");
        xml = make_xml (kind, case_);
        expect_valid (what, xml);
        alert = reunion_cap_from_xml (xml, -1, &error);
        g_assert_no_error (error);
        again = reunion_cap_to_xml (alert, &error);
        g_assert_no_error (error);
        test_expect_string (what, xml, again);
      }
}

/* Names are what people type, or worse. */
static void
test_hostile_text (void)
{
  static const char *const names[] = { "<script>alert(1)</script>",
                                       "]]>",
                                       "a & b \"c\" 'd'",
                                       "\x01\x02\x1b[31m杨",
                                       "\xef\xbf\xbf杨",
                                       "\xe2\x80\xae"
                                       "gnp.exe",
                                       "杨\n小",
                                       "&#x0;&lt;" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (ReunionCase) case_ = test_case_new_full ();
      g_autoptr (ReunionCapAlert) alert = NULL;
      g_autofree char *xml = NULL;
      g_autoptr (GError) error = NULL;

      reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_NAME, names[i]);
      reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_PLACE, names[i]);
      xml = make_xml (REUNION_CAP_KIND_ALERT, case_);
      expect_valid (names[i], xml);
      alert = reunion_cap_from_xml (xml, -1, &error);
      g_assert_no_error (error);
    }
}

/* --- what it does not say ------------------------------------------------------- */

static void
test_privacy (void)
{
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  g_autoptr (ReunionCase) redacted = NULL;
  g_autofree char *xml = NULL;
  g_autofree char *redacted_xml = NULL;

  reunion_report_set_int (reunion_case_get_report (case_), REUNION_FIELD_MEDICAL_VITAL, 0);
  redacted = reunion_case_redact (case_);
  xml = make_xml (REUNION_CAP_KIND_UPDATE, case_);
  redacted_xml = make_xml (REUNION_CAP_KIND_UPDATE, redacted);
  test_expect_string ("what is private changes nothing", redacted_xml, xml);
}

/* A cancellation is the same whoever was looked for. */
static void
test_cancel (void)
{
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  g_autoptr (ReunionCase) nobody = reunion_case_new (TEST_CASE_ID);
  g_autofree char *xml = make_xml (REUNION_CAP_KIND_CANCEL, case_);
  g_autofree char *nobody_xml = make_xml (REUNION_CAP_KIND_CANCEL, nobody);

  test_expect_string ("cancel", nobody_xml, xml);
  expect_holds (xml, "<msgType>Cancel</msgType>");
  expect_holds (xml, "<references>");
  expect_holds (xml, "<urgency>Past</urgency>");
}

/* --- reading what others might write -------------------------------------------- */

static void
test_refusals (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    int code;
  } rows[] = {
    { "</alert>", "", REUNION_CAP_ERROR_XML },
    { "<alert ", "<!DOCTYPE alert [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><alert ",
      REUNION_CAP_ERROR_XML },
    { "cap:1.2", "cap:1.1", REUNION_CAP_ERROR_STRUCTURE },
    { "<status>Exercise</status>", "", REUNION_CAP_ERROR_STRUCTURE },
    { "<status>Exercise</status>", "<status>Exercise</status><status>Test</status>",
      REUNION_CAP_ERROR_STRUCTURE },
    { "<status>Exercise</status>", "stray<status>Exercise</status>", REUNION_CAP_ERROR_STRUCTURE },
    { "<status>Exercise</status>", "<status><b>Exercise</b></status>", REUNION_CAP_ERROR_VALUE },
    { "<status>Exercise</status>", "<status>exercise</status>", REUNION_CAP_ERROR_VALUE },
    { "<status>Exercise</status>", "<status lang=\"en\">Exercise</status>",
      REUNION_CAP_ERROR_STRUCTURE },
    { "<scope>Public</scope>", "<source>x</source><scope>Public</scope>",
      REUNION_CAP_ERROR_STRUCTURE },
    { "+08:00</sent>", "Z</sent>", REUNION_CAP_ERROR_VALUE },
    { "+08:00</sent>", "+00:00</sent>", REUNION_CAP_ERROR_VALUE },
    { "+08:00</sent>", "</sent>", REUNION_CAP_ERROR_VALUE },
    { "15+08:00</sent>", "15.5+08:00</sent>", REUNION_CAP_ERROR_VALUE },
    { "<sender>reunion.example", "<sender>reunion example", REUNION_CAP_ERROR_VALUE },
    { "<identifier>3f2504e0.3", "<identifier>3f,3", REUNION_CAP_ERROR_VALUE },
    { "<identifier>3f2504e0.3", "<identifier>3f&amp;3", REUNION_CAP_ERROR_VALUE },
    { "<identifier>3f2504e0.3", "<identifier>", REUNION_CAP_ERROR_VALUE },
    { "<msgType>Update", "<msgType>Alert", REUNION_CAP_ERROR_STRUCTURE },
    { "3f2504e0.1,2016-05-20T11:31:00+08:00", "3f2504e0.1", REUNION_CAP_ERROR_VALUE },
    { "3f2504e0.1,2016-05-20T11:31:00+08:00", "3f2504e0.1,2016-05-20T03:31:00Z",
      REUNION_CAP_ERROR_VALUE },
    { "<language>en<", "<language>zh-CN<", REUNION_CAP_ERROR_VALUE },
    { "<circle>26.668000,105.772300 200<", "<circle>26.668000 105.772300 200<",
      REUNION_CAP_ERROR_VALUE },
    { "<circle>26.668000,", "<circle>96.668000,", REUNION_CAP_ERROR_VALUE },
    { "105.772300 200<", "105.772300 -1<", REUNION_CAP_ERROR_VALUE },
    { "105.772300 200<", "105.772300 nan<", REUNION_CAP_ERROR_VALUE },
    { "<size>4711</size>", "<size>4711 bytes</size>", REUNION_CAP_ERROR_VALUE },
    { "<size>4711</size>", "", REUNION_CAP_ERROR_STRUCTURE },
    { "<digest>0123", "<digest>ABCD", REUNION_CAP_ERROR_VALUE },
    { "<expires>2016-06-19", "<expires>2016-05-19", REUNION_CAP_ERROR_VALUE },
  };
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  g_autofree char *xml = make_xml (REUNION_CAP_KIND_UPDATE, case_);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) changed = g_string_new (xml);
      g_autoptr (ReunionCapAlert) alert = NULL;
      g_autofree char *what = g_strdup_printf ("%s to %s", rows[i].from, rows[i].to);
      GError *error = NULL;

      if (g_string_replace (changed, rows[i].from, rows[i].to, 1) != 1)
        test_fail ("%s: expected it in %s", what, xml);
      alert = reunion_cap_from_xml (changed->str, -1, &error);
      test_expect_error (what, REUNION_CAP_ERROR, rows[i].code, &error);
    }
}

/* What can't be read can't be written either. */
static void
test_refusals_to_write (void)
{
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  GError *error = NULL;

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (ReunionCapAlert) alert = make (REUNION_CAP_KIND_UPDATE, case_);

      if (i == 0)
        g_ptr_array_set_size (alert->references, 0);
      else if (i == 1)
        alert->sender[0] = ' ';
      else
        g_clear_pointer (&alert->identifier, g_free);
      g_assert_null (reunion_cap_to_xml (alert, &error));
      test_expect_error ("to_xml", REUNION_CAP_ERROR,
                         i == 1 ? REUNION_CAP_ERROR_VALUE : REUNION_CAP_ERROR_STRUCTURE, &error);
    }
}

/* Cut off and changed at every byte: refused, or read as what can be written. */
static void
test_damaged (void)
{
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  g_autofree char *xml = make_xml (REUNION_CAP_KIND_UPDATE, case_);
  gsize length = strlen (xml);

  for (gsize i = 0; i < length; i++)
    for (int way = 0; way < 2; way++)
      {
        g_autofree char *damaged = g_strdup (xml);
        g_autofree char *again = NULL;
        g_autoptr (ReunionCapAlert) alert = NULL;
        g_autoptr (GError) error = NULL;

        if (way == 0)
          damaged[i] ^= (char) (1 << (i % 7));
        alert = reunion_cap_from_xml (damaged, way == 0 ? (gssize) length : (gssize) i, &error);
        if (alert == NULL)
          {
            g_assert_nonnull (error);
            continue;
          }
        again = reunion_cap_to_xml (alert, &error);
        g_assert_no_error (error);
      }
}

static void
test_times (void)
{
  static const struct
  {
    const char *text;
    gint64 seconds;
    int offset_minutes;
  } rows[] = {
    { "1970-01-01T08:00:01+08:00", 1, 480 },
    { "1970-01-01T00:00:00-00:00", 0, 0 },
    { "1969-12-31T23:59:59-00:00", -1, 0 },
    { "2016-05-20T12:30:15+08:00", 1463718615, 480 },
    { "2016-05-19T21:00:15-07:30", 1463718615, -450 },
  };
  static const char *const wrong[] = { "",
                                       "2016-05-20T12:30:15Z",
                                       "2016-05-20T12:30:15+00:00",
                                       "2016-05-20T12:30:15+0800",
                                       "2016-05-20T12:30:15.0+08:00",
                                       "2016-05-20 12:30:15+08:00",
                                       "2016-13-20T12:30:15+08:00",
                                       "2016-05-20T25:30:15+08:00",
                                       "2016-05-20T12:30:15+15:00",
                                       "2016-05-20T12:30:15+08:60",
                                       "2016-05-20T12:30:15+08:00 " };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = reunion_cap_format_time (rows[i].seconds * G_USEC_PER_SEC + 999999,
                                                       rows[i].offset_minutes);
      gint64 usec = -1;
      int offset_minutes = -1;

      test_expect_string ("written", rows[i].text, text);
      test_expect_int (rows[i].text, TRUE,
                       reunion_cap_parse_time (rows[i].text, &usec, &offset_minutes));
      test_expect_int (rows[i].text, rows[i].seconds * G_USEC_PER_SEC, usec);
      test_expect_int (rows[i].text, rows[i].offset_minutes, offset_minutes);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      gint64 usec = -1;
      int offset_minutes = -1;

      test_expect_int (wrong[i], FALSE, reunion_cap_parse_time (wrong[i], &usec, &offset_minutes));
      test_expect_int (wrong[i], -1, usec);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cap/words", test_words);
  g_test_add_func ("/cap/xml", test_xml);
  g_test_add_func ("/cap/event-code", test_event_code);
  g_test_add_func ("/cap/round-trip", test_round_trip);
  g_test_add_func ("/cap/hostile-text", test_hostile_text);
  g_test_add_func ("/cap/privacy", test_privacy);
  g_test_add_func ("/cap/cancel", test_cancel);
  g_test_add_func ("/cap/refusals", test_refusals);
  g_test_add_func ("/cap/refusals-to-write", test_refusals_to_write);
  g_test_add_func ("/cap/damaged", test_damaged);
  g_test_add_func ("/cap/times", test_times);
  return g_test_run ();
}
