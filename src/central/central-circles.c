/* central-circles.c: which notices are out where somebody is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-circles.h"

#include "reunion-central-circles.h"

#include <math.h>

#define DEFAULT_LIMIT 20
#define MAX_LIMIT 100

static gboolean
read_degrees (const CentralRequest *request,
              const char *name,
              double limit,
              double *value,
              GError **error)
{
  const char *text = request->query != NULL ? g_hash_table_lookup (request->query, name) : NULL;
  char *end = NULL;

  if (text != NULL && *text != '\0')
    {
      *value = g_ascii_strtod (text, &end);
      if (*end == '\0' && isfinite (*value) && fabs (*value) <= limit)
        return TRUE;
    }
  g_set_error (error, CENTRAL_ERROR, CENTRAL_ERROR_BAD_REQUEST,
               "“%s” is needed, in degrees from %g to %g.", name, -limit, limit);
  return FALSE;
}

/* As it is pushed to a partner that was told nothing before. NULL with @error set. */
static JsonObject *
alert_to_object (CentralRequest *request, const ReunionCircle *alert, GError **error)
{
  ReunionPolicy *policy = central_service_get_policy (request->service);
  g_autoptr (ReunionCase) case_
      = central_service_require_case (request->service, alert->case_id, error);
  ReunionStage circle = { .radius_km = alert->radius_km };
  ReunionPush push = { .kind = REUNION_PUSH_PUBLISHED,
                       .stage = &circle,
                       .datum = REUNION_DATUM_WGS84,
                       .sent_usec = alert->published_usec };
  g_autofree char *text = NULL;
  JsonObject *object;

  if (case_ == NULL)
    return NULL;
  circle.id = MIN (reunion_case_get_stage (case_), (guint) reunion_policy_get_n_stages (policy));
  push.id = alert->case_id;
  text = reunion_push_to_json (&push, case_);
  object = reunion_json_parse (text, -1, error);
  if (object == NULL)
    return NULL;
  /* It is no message: it was not sent, and has no kind. */
  json_object_remove_member (object, "type");
  json_object_remove_member (object, "id");
  json_object_remove_member (object, "sent");
  reunion_json_put_time (object, "published", alert->published_usec);
  json_object_set_double_member (object, "distance_km", alert->distance_km);
  return object;
}

void
central_circles_handle_get (CentralRequest *request)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *entries = json_array_new ();
  g_autoptr (GPtrArray) alerts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  ReunionPoint point;
  gint64 limit;
  guint n_alerts = 0;

  json_object_set_array_member (object, "alerts", entries);
  if (read_degrees (request, "lat", 90.0, &point.lat_deg, &error)
      && read_degrees (request, "lon", 180.0, &point.lon_deg, &error)
      && central_request_get_number (request, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT, &limit, &error))
    alerts = reunion_central_store_list_circles_at (central_service_get_store (request->service),
                                                    point, (guint) limit, &n_alerts, &error);
  for (guint i = 0; alerts != NULL && i < alerts->len; i++)
    {
      JsonObject *entry = alert_to_object (request, alerts->pdata[i], &error);

      if (entry == NULL)
        break;
      json_array_add_object_element (entries, entry);
    }
  if (error != NULL)
    {
      central_request_fail (request->message, error);
      return;
    }
  json_object_set_int_member (object, "n_alerts", n_alerts);
  answer = reunion_json_to_text (object);
  central_request_respond (request->message, SOUP_STATUS_OK, answer);
}
