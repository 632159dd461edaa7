/* central-waiting-routes.c: the queue of reports that wait, as it is asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-waiting.h"

#include "reunion-wire.h"

#define DEFAULT_LIMIT 200
#define MAX_LIMIT 1000

static JsonObject *
lock_to_object (const char *account, const char *name, gint64 until_usec, gboolean is_mine)
{
  JsonObject *lock = json_object_new ();

  json_object_set_string_member (lock, "account", account);
  reunion_json_put_string (lock, "name", name);
  reunion_json_put_time (lock, "until", until_usec);
  json_object_set_boolean_member (lock, "mine", is_mine);
  return lock;
}

/* Where the clock stood when the report came, and stands now; the circle is the one
 * that would be told if it were approved at once. */
static void
put_clock (JsonObject *entry, const CentralRequest *request, ReunionCase *case_, gint64 since_usec)
{
  ReunionPolicy *policy = central_service_get_policy (request->service);
  gint64 now_usec = central_service_get_now_usec (request->service);
  gint64 elapsed_usec = reunion_case_get_elapsed_usec (case_, now_usec);
  const ReunionStage *stage = reunion_policy_stage_at (policy, elapsed_usec);
  gint64 lost_usec = now_usec - elapsed_usec;

  json_object_set_int_member (entry, "elapsed_seconds", elapsed_usec / G_TIME_SPAN_SECOND);
  json_object_set_int_member (entry, "stage", stage->id);
  json_object_set_double_member (entry, "radius_km", stage->radius_km);
  json_object_set_int_member (entry, "stage_when_filed",
                              reunion_policy_stage_at (policy, since_usec - lost_usec)->id);
  reunion_json_put_time (entry, "next_change",
                         MAX (0, reunion_case_get_next_change_usec (case_, policy, now_usec)));
}

static JsonObject *
waiting_to_object (const CentralRequest *request, const ReunionWaiting *waiting, GError **error)
{
  g_autoptr (ReunionCase) case_
      = central_service_require_case (request->service, waiting->case_id, error);
  gint64 now_usec = central_service_get_now_usec (request->service);
  JsonObject *entry;

  if (case_ == NULL)
    return NULL;
  entry = json_object_new ();
  put_clock (entry, request, case_, waiting->since_usec);
  reunion_json_put_time (entry, "waiting_since", waiting->since_usec);
  json_object_set_int_member (entry, "waiting_seconds",
                              MAX (0, now_usec - waiting->since_usec) / G_TIME_SPAN_SECOND);
  json_object_set_int_member (entry, "review_level", waiting->level);
  json_object_set_boolean_member (
      entry, "asked", central_waiting_asks (request->account, waiting->region, waiting->level));
  reunion_json_put_time (entry, "rises", MAX (0, waiting->rises_usec));
  if (reunion_waiting_is_held (waiting, now_usec, CENTRAL_WAITING_LOCK_USEC + G_TIME_SPAN_MINUTE))
    json_object_set_object_member (
        entry, "lock",
        lock_to_object (waiting->holder, waiting->holder_name, waiting->held_until_usec,
                        g_strcmp0 (waiting->holder, request->account->account) == 0));
  json_object_set_object_member (entry, "case", reunion_wire_case_to_object (case_));
  return entry;
}

void
central_waiting_handle_get (CentralRequest *request)
{
  ReunionPolicy *policy = central_service_get_policy (request->service);
  const ReunionStage *last
      = reunion_policy_get_stage (policy, reunion_policy_get_n_stages (policy) - 1);
  gint64 now_usec = central_service_get_now_usec (request->service);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *entries = json_array_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  gint64 limit, n_waiting = 0;

  json_object_set_array_member (object, "waiting", entries);
  if (central_request_get_number (request, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT, &limit, &error))
    rows = reunion_central_store_list_waiting (
        central_service_get_store (request->service), request->account->region,
        now_usec - last->after_usec, (guint) limit, &n_waiting, &error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      JsonObject *entry = waiting_to_object (request, rows->pdata[i], &error);

      if (entry == NULL)
        break;
      json_array_add_object_element (entries, entry);
    }
  if (error != NULL)
    {
      central_request_fail (request->message, error);
      return;
    }
  json_object_set_int_member (object, "n_waiting", n_waiting);
  answer = reunion_json_to_text (object);
  central_request_respond (request->message, SOUP_STATUS_OK, answer);
}

static char *
lock_step (CentralRequest *request, JsonObject *body, GError **error)
{
  gint64 until_usec
      = central_waiting_lock (request->service, request->account, request->parameter, error);
  g_autoptr (JsonObject) lock = NULL;

  if (until_usec < 0)
    return NULL;
  lock = lock_to_object (request->account->account, request->account->name, until_usec, TRUE);
  return reunion_json_to_text (lock);
}

void
central_waiting_handle_lock (CentralRequest *request)
{
  central_request_run_once (request, SOUP_STATUS_OK, lock_step);
}

void
central_waiting_handle_unlock (CentralRequest *request)
{
  g_autoptr (GError) error = NULL;

  if (reunion_central_store_begin (central_service_get_store (request->service), &error)
      && central_service_finish (
          request->service,
          central_waiting_unlock (request->service, request->account, request->parameter, &error),
          &error))
    central_request_respond (request->message, SOUP_STATUS_OK, "{}");
  else
    central_request_fail (request->message, error);
}
