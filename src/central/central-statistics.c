/* central-statistics.c: the figures of the service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-statistics.h"

#include "reunion-central-facts.h"
#include "reunion-csv.h"
#include "reunion-region.h"
#include "reunion-time.h"
#include "reunion-wire.h"

#include <string.h>

/* The service began on 15 May 2016; its years do on that day, in China. */
#define FIRST_YEAR 2016
#define REGION_DIGITS 6

/**
 * Question:
 * @has_period: whether @from_usec and @to_usec were asked for
 * @region: digits, "" for all
 */
typedef struct
{
  gboolean has_period;
  gint64 from_usec;
  gint64 to_usec;
  const char *region;
} Question;

typedef struct
{
  gint64 from_usec;
  gint64 to_usec;
  ReunionMeasures *measures;
} Period;

static void
period_free (Period *period)
{
  reunion_measures_free (period->measures);
  g_free (period);
}

static gint64
start_of_service_year (int year)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GDateTime) start = g_date_time_new (china, year, 5, 15, 0, 0, 0.0);

  return g_date_time_to_unix (start) * G_TIME_SPAN_SECOND;
}

/* --- the question --------------------------------------------------------------- */

static gboolean
read_instant (const CentralRequest *request,
              const char *name,
              gint64 *usec,
              gboolean *is_there,
              GError **error)
{
  const char *text = request->query != NULL ? g_hash_table_lookup (request->query, name) : NULL;

  if (text == NULL)
    return TRUE;
  *is_there = TRUE;
  if (reunion_time_from_rfc3339 (text, usec))
    return TRUE;
  g_set_error (error, CENTRAL_ERROR, CENTRAL_ERROR_BAD_REQUEST,
               "“%s” must be a time such as 2016-05-15T00:00:00+08:00 (with %%2B for the plus).",
               name);
  return FALSE;
}

static gboolean
read_question (const CentralRequest *request, Question *question, GError **error)
{
  const char *region
      = request->query != NULL ? g_hash_table_lookup (request->query, "region") : NULL;

  *question = (Question){
    .from_usec = start_of_service_year (FIRST_YEAR),
    .to_usec = central_service_get_now_usec (request->service) + 1,
    .region = region != NULL ? region : "",
  };
  if (!read_instant (request, "from", &question->from_usec, &question->has_period, error)
      || !read_instant (request, "to", &question->to_usec, &question->has_period, error))
    return FALSE;
  if (strlen (question->region) > REGION_DIGITS
      || question->region[strspn (question->region, "0123456789")] != '\0')
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_BAD_REQUEST,
                           "“region” must be the first digits of a region's code, at most six.");
      return FALSE;
    }
  return TRUE;
}

static Period *
period_new (gint64 from_usec, gint64 to_usec)
{
  Period *period = g_new0 (Period, 1);

  period->from_usec = from_usec;
  period->to_usec = to_usec;
  period->measures = reunion_measures_new ();
  return period;
}

static void
count_cb (const char *group, const char *key, const ReunionMeasure *measure_, gpointer user_data)
{
  guint *n_issued = user_data;

  if (strcmp (group, "nation") == 0)
    *n_issued = reunion_measure_get_tally (measure_)->issued;
}

/* Period; the sum of all goes last. Transfer full. */
static GPtrArray *
list_periods (const CentralRequest *request, const Question *question, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (request->service);
  g_autoptr (GPtrArray) periods = g_ptr_array_new_with_free_func ((GDestroyNotify) period_free);
  Period *sum = period_new (question->from_usec, question->to_usec);

  g_ptr_array_add (periods, sum);
  for (int year = FIRST_YEAR;
       !question->has_period && start_of_service_year (year) < question->to_usec; year++)
    {
      Period *period = period_new (start_of_service_year (year), start_of_service_year (year + 1));
      guint n_issued = 0;

      g_ptr_array_insert (periods, (int) periods->len - 1, period);
      if (!reunion_central_store_measure (store, period->from_usec, period->to_usec,
                                          question->region, period->measures, sum->measures, error))
        return NULL;
      reunion_measures_foreach (period->measures, count_cb, &n_issued);
      if (n_issued == 0)
        g_ptr_array_remove_index (periods, periods->len - 2);
    }
  if (question->has_period)
    {
      Period *period = period_new (question->from_usec, question->to_usec);

      g_ptr_array_insert (periods, 0, period);
      if (!reunion_central_store_measure (store, period->from_usec, period->to_usec,
                                          question->region, period->measures, sum->measures, error))
        return NULL;
    }
  return g_steal_pointer (&periods);
}

/* --- as JSON --------------------------------------------------------------------- */

static JsonObject *
span_to_object (ReunionSpan span)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "n", span.n);
  if (span.n > 0)
    {
      json_object_set_int_member (object, "p50_seconds", span.p50_usec / G_TIME_SPAN_SECOND);
      json_object_set_int_member (object, "p90_seconds", span.p90_usec / G_TIME_SPAN_SECOND);
    }
  return object;
}

static JsonObject *
tips_to_object (const ReunionMeasure *measure_)
{
  const ReunionTally *tally = reunion_measure_get_tally (measure_);
  guint n_tips = reunion_measure_get_n_tips (measure_);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "n", n_tips);
  json_object_set_double_member (object, "per_case",
                                 tally->issued > 0 ? (double) n_tips / tally->issued : 0.0);
  return object;
}

static JsonObject *
measure_to_object (const ReunionMeasure *measure_)
{
  const ReunionTally *tally = reunion_measure_get_tally (measure_);
  JsonObject *object = json_object_new ();
  JsonObject *outcomes = json_object_new ();
  JsonObject *by_tip = json_object_new ();
  guint yes, no, unknown;

  json_object_set_int_member (object, "issued", tally->issued);
  json_object_set_int_member (object, "found", reunion_tally_get_found (tally));
  json_object_set_double_member (object, "found_percent", reunion_tally_get_found_percent (tally));
  for (guint i = 0; i < REUNION_N_OUTCOMES; i++)
    json_object_set_int_member (outcomes, reunion_outcome_to_key (i), tally->by_outcome[i]);
  json_object_set_object_member (object, "outcomes", outcomes);
  json_object_set_object_member (object, "approval",
                                 span_to_object (reunion_measure_get_approval (measure_)));
  json_object_set_object_member (object, "finding",
                                 span_to_object (reunion_measure_get_finding (measure_)));
  json_object_set_object_member (object, "tips", tips_to_object (measure_));
  reunion_measure_get_found_by_tip (measure_, &yes, &no, &unknown);
  json_object_set_int_member (by_tip, "yes", yes);
  json_object_set_int_member (by_tip, "no", no);
  json_object_set_int_member (by_tip, "unknown", unknown);
  json_object_set_object_member (object, "found_by_tip", by_tip);
  return object;
}

static void
put_measure_cb (const char *group,
                const char *key,
                const ReunionMeasure *measure_,
                gpointer user_data)
{
  JsonObject *period = user_data;
  static const struct
  {
    const char *group;
    const char *member;
  } members[] = { { "province", "provinces" }, { "age", "ages" }, { "sex", "sexes" } };

  if (strcmp (group, "nation") == 0)
    json_object_set_object_member (period, "nation", measure_to_object (measure_));
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (strcmp (group, members[i].group) == 0)
      json_object_set_object_member (json_object_get_object_member (period, members[i].member), key,
                                     measure_to_object (measure_));
}

static JsonObject *
period_to_object (const Period *period)
{
  static const char *const groups[] = { "provinces", "ages", "sexes" };
  JsonObject *object = json_object_new ();

  reunion_json_put_time (object, "from", period->from_usec);
  reunion_json_put_time (object, "to", period->to_usec);
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    json_object_set_object_member (object, groups[i], json_object_new ());
  reunion_measures_foreach (period->measures, put_measure_cb, object);
  return object;
}

static void
respond_json (CentralRequest *request, GPtrArray *periods)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *answer = NULL;
  JsonArray *array = json_array_new ();

  for (guint i = 0; i + 1 < periods->len; i++)
    json_array_add_object_element (array, period_to_object (periods->pdata[i]));
  json_object_set_array_member (object, "periods", array);
  json_object_set_object_member (object, "total",
                                 period_to_object (periods->pdata[periods->len - 1]));
  answer = reunion_json_to_text (object);
  central_request_respond (request->message, SOUP_STATUS_OK, answer);
}

/* --- as CSV ----------------------------------------------------------------------- */

typedef struct
{
  ReunionCsv *csv;
  const Period *period;
} Sheet;

static void
add_head (ReunionCsv *csv)
{
  static const char *const before[]
      = { "from", "to", "group", "key", "name", "issued", "found", "found_percent" };
  static const char *const after[] = { "approval_n",
                                       "approval_p50_seconds",
                                       "approval_p90_seconds",
                                       "finding_n",
                                       "finding_p50_seconds",
                                       "finding_p90_seconds",
                                       "tips",
                                       "tips_per_case",
                                       "found_by_tip",
                                       "found_not_by_tip",
                                       "found_by_tip_unknown" };

  for (gsize i = 0; i < G_N_ELEMENTS (before); i++)
    reunion_csv_add_text (csv, before[i]);
  for (guint i = 0; i < REUNION_N_OUTCOMES; i++)
    reunion_csv_add_text (csv, reunion_outcome_to_key (i));
  for (gsize i = 0; i < G_N_ELEMENTS (after); i++)
    reunion_csv_add_text (csv, after[i]);
  reunion_csv_end_row (csv);
}

static void
add_span (ReunionCsv *csv, ReunionSpan span)
{
  reunion_csv_add_int (csv, span.n);
  if (span.n == 0)
    {
      reunion_csv_add_text (csv, NULL);
      reunion_csv_add_text (csv, NULL);
      return;
    }
  reunion_csv_add_int (csv, span.p50_usec / G_TIME_SPAN_SECOND);
  reunion_csv_add_int (csv, span.p90_usec / G_TIME_SPAN_SECOND);
}

static void
add_row_cb (const char *group, const char *key, const ReunionMeasure *measure_, gpointer user_data)
{
  const Sheet *sheet = user_data;
  const ReunionTally *tally = reunion_measure_get_tally (measure_);
  const ReunionProvince *province
      = strcmp (group, "province") == 0 ? reunion_province_find (key) : NULL;
  g_autofree char *from = reunion_time_to_rfc3339 (sheet->period->from_usec);
  g_autofree char *to = reunion_time_to_rfc3339 (sheet->period->to_usec);
  guint n_tips = reunion_measure_get_n_tips (measure_);
  guint yes, no, unknown;

  reunion_csv_add_text (sheet->csv, from);
  reunion_csv_add_text (sheet->csv, to);
  reunion_csv_add_text (sheet->csv, group);
  reunion_csv_add_text (sheet->csv, key);
  reunion_csv_add_text (sheet->csv, province != NULL ? province->name : NULL);
  reunion_csv_add_int (sheet->csv, tally->issued);
  reunion_csv_add_int (sheet->csv, reunion_tally_get_found (tally));
  reunion_csv_add_double (sheet->csv, reunion_tally_get_found_percent (tally), 2);
  for (guint i = 0; i < REUNION_N_OUTCOMES; i++)
    reunion_csv_add_int (sheet->csv, tally->by_outcome[i]);
  add_span (sheet->csv, reunion_measure_get_approval (measure_));
  add_span (sheet->csv, reunion_measure_get_finding (measure_));
  reunion_csv_add_int (sheet->csv, n_tips);
  reunion_csv_add_double (sheet->csv, tally->issued > 0 ? (double) n_tips / tally->issued : 0.0, 2);
  reunion_measure_get_found_by_tip (measure_, &yes, &no, &unknown);
  reunion_csv_add_int (sheet->csv, yes);
  reunion_csv_add_int (sheet->csv, no);
  reunion_csv_add_int (sheet->csv, unknown);
  reunion_csv_end_row (sheet->csv);
}

static void
respond_csv (CentralRequest *request, const Question *question, GPtrArray *periods)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  ReunionCsv *csv = reunion_csv_new ();
  g_autofree char *text = NULL;

  add_head (csv);
  /* The sum of a single period would stand there twice. */
  for (guint i = 0; i < periods->len - (question->has_period ? 1 : 0); i++)
    {
      Sheet sheet = { .csv = csv, .period = periods->pdata[i] };

      reunion_measures_foreach (sheet.period->measures, add_row_cb, &sheet);
    }
  text = reunion_csv_free_to_text (csv);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Content-Disposition",
                                "attachment; filename=\"reunion-statistics.csv\"");
  soup_server_message_set_status (request->message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (request->message, REUNION_CSV_MEDIA_TYPE, SOUP_MEMORY_COPY,
                                    text, strlen (text));
}

static gboolean
wants_csv (SoupServerMessage *message)
{
  const char *accept
      = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Accept");

  return accept != NULL && strstr (accept, "text/csv") != NULL
         && strstr (accept, "application/json") == NULL;
}

void
central_statistics_handle_get (CentralRequest *request)
{
  g_autoptr (GPtrArray) periods = NULL;
  g_autoptr (GError) error = NULL;
  Question question;

  soup_message_headers_append (soup_server_message_get_response_headers (request->message), "Vary",
                               "Accept");
  if (read_question (request, &question, &error))
    periods = list_periods (request, &question, &error);
  if (periods == NULL)
    central_request_fail (request->message, error);
  else if (wants_csv (request->message))
    respond_csv (request, &question, periods);
  else
    respond_json (request, periods);
}
