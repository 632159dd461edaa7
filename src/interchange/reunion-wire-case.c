/* reunion-wire-case.c: cases as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-wire.h"

#include "reunion-time.h"

#define MAX_PHOTOS 12

static void
put_field (JsonObject *object, ReunionReport *report, const ReunionFieldInfo *info)
{
  g_autofree char *time = NULL;

  if (!reunion_report_has (report, info->field))
    return;
  switch (info->kind)
    {
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_LONG_TEXT:
    case REUNION_FIELD_KIND_CHOICE:
    case REUNION_FIELD_KIND_DATE:
      json_object_set_string_member (object, info->key,
                                     reunion_report_get_text (report, info->field));
      break;
    case REUNION_FIELD_KIND_TIME:
      /* Even at zero: a set time is a time. */
      time = reunion_time_to_rfc3339 (reunion_report_get_int (report, info->field, 0));
      reunion_json_put_string (object, info->key, time);
      break;
    case REUNION_FIELD_KIND_INTEGER:
      json_object_set_int_member (object, info->key,
                                  reunion_report_get_int (report, info->field, 0));
      break;
    case REUNION_FIELD_KIND_FLAG:
      json_object_set_boolean_member (object, info->key,
                                      reunion_report_get_flag (report, info->field));
      break;
    case REUNION_FIELD_KIND_DEGREES:
      json_object_set_double_member (object, info->key,
                                     reunion_report_get_degrees (report, info->field, 0.0));
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
read_flag (JsonObject *object, ReunionReport *report, const ReunionFieldInfo *info, GError **error)
{
  JsonNode *node = json_object_get_member (object, info->key);

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                   "“%s” must be true or false.", info->key);
      return FALSE;
    }
  reunion_report_set_int (report, info->field, json_node_get_boolean (node) ? 1 : 0);
  return TRUE;
}

static gboolean
read_field (JsonObject *object, ReunionReport *report, const ReunionFieldInfo *info, GError **error)
{
  const char *text = NULL;
  gint64 integer = 0;
  double degrees = 0.0;

  if (!json_object_has_member (object, info->key)
      || json_object_get_null_member (object, info->key))
    return TRUE;
  switch (info->kind)
    {
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_LONG_TEXT:
    case REUNION_FIELD_KIND_CHOICE:
    case REUNION_FIELD_KIND_DATE:
      text = reunion_json_get_string (object, info->key, error);
      if (text == NULL)
        return FALSE;
      reunion_report_set_text (report, info->field, text);
      break;
    case REUNION_FIELD_KIND_TIME:
      if (!reunion_json_read_time (object, info->key, &integer, error))
        return FALSE;
      reunion_report_set_int (report, info->field, integer);
      break;
    case REUNION_FIELD_KIND_INTEGER:
      if (!reunion_json_get_int (object, info->key, &integer, error))
        return FALSE;
      reunion_report_set_int (report, info->field, integer);
      break;
    case REUNION_FIELD_KIND_FLAG:
      return read_flag (object, report, info, error);
    case REUNION_FIELD_KIND_DEGREES:
      if (!reunion_json_get_double (object, info->key, &degrees, error))
        return FALSE;
      reunion_report_set_degrees (report, info->field, degrees);
      break;
    default:
      g_assert_not_reached ();
    }
  return TRUE;
}

static JsonObject *
report_to_object (ReunionReport *report)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    put_field (object, report, reunion_field_get_info (i));
  return object;
}

static ReunionReport *
report_from_object (JsonObject *object, GError **error)
{
  g_autoptr (ReunionReport) report = reunion_report_new ();

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (!read_field (object, report, reunion_field_get_info (i), error))
      return NULL;
  return g_steal_pointer (&report);
}

static JsonArray *
photos_to_array (ReunionCase *case_)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < reunion_case_get_n_photos (case_); i++)
    {
      ReunionPhoto *photo = reunion_case_get_photo (case_, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "sha256", reunion_photo_get_sha256 (photo));
      json_object_set_string_member (object, "media_type", reunion_photo_get_media_type (photo));
      json_object_set_int_member (object, "width", reunion_photo_get_width_px (photo));
      json_object_set_int_member (object, "height", reunion_photo_get_height_px (photo));
      json_array_add_object_element (array, object);
    }
  return array;
}

static gboolean
read_photos (JsonObject *object, ReunionCase *case_, GError **error)
{
  JsonArray *array;

  if (!json_object_has_member (object, "photos"))
    return TRUE;
  array = reunion_json_get_array (object, "photos", error);
  if (array == NULL)
    return FALSE;
  if (json_array_get_length (array) > MAX_PHOTOS)
    {
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_SIZE,
                   "A case has at most %d photos.", MAX_PHOTOS);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *element = reunion_json_array_get_object (array, i, error);
      g_autoptr (ReunionPhoto) photo = NULL;
      const char *sha256, *media_type;
      gint64 width_px, height_px;

      if (element == NULL || (sha256 = reunion_json_get_string (element, "sha256", error)) == NULL
          || (media_type = reunion_json_get_string (element, "media_type", error)) == NULL
          || !reunion_json_get_int (element, "width", &width_px, error)
          || !reunion_json_get_int (element, "height", &height_px, error))
        return FALSE;
      if (!reunion_photo_is_sha256 (sha256) || width_px < 1 || width_px > 65535 || height_px < 1
          || height_px > 65535)
        {
          g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                       "Photo %u has no valid hash or size.", i + 1);
          return FALSE;
        }
      photo = reunion_photo_new (sha256, media_type, (guint) width_px, (guint) height_px);
      reunion_case_add_photo (case_, photo);
    }
  return TRUE;
}

JsonArray *
reunion_wire_field_reasons_to_array (const ReunionFieldReason *reasons, gsize n_reasons)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; i < n_reasons; i++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "field",
                                     reunion_field_get_info (reasons[i].field)->key);
      json_object_set_string_member (object, "reason", reasons[i].reason);
      json_array_add_object_element (array, object);
    }
  return array;
}

GArray *
reunion_wire_field_reasons_from_object (JsonObject *object,
                                        const char *member,
                                        gboolean is_strict,
                                        GError **error)
{
  g_autoptr (GArray) reasons = g_array_new (FALSE, FALSE, sizeof (ReunionFieldReason));
  JsonArray *array;

  if (!json_object_has_member (object, member))
    return g_steal_pointer (&reasons);
  array = reunion_json_get_array (object, member, error);
  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *element = reunion_json_array_get_object (array, i, error);
      ReunionFieldReason reason;
      const char *key;

      if (element == NULL || (key = reunion_json_get_string (element, "field", error)) == NULL
          || (reason.reason = reunion_json_get_string (element, "reason", error)) == NULL)
        return NULL;
      if (reunion_field_from_key (key, &reason.field))
        g_array_append_val (reasons, reason);
      else if (is_strict)
        {
          g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                       "“%s” is not a field of a report.", key);
          return NULL;
        }
    }
  return g_steal_pointer (&reasons);
}

static void
put_field_reasons (JsonObject *object, ReunionCase *case_)
{
  ReunionFieldReason reasons[REUNION_N_FIELDS];
  gsize n_reasons = 0;

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (reunion_case_get_field_reason (case_, i) != NULL)
      reasons[n_reasons++] = (ReunionFieldReason){ i, reunion_case_get_field_reason (case_, i) };
  if (n_reasons > 0)
    json_object_set_array_member (object, "field_reasons",
                                  reunion_wire_field_reasons_to_array (reasons, n_reasons));
}

static gboolean
read_field_reasons (JsonObject *object, ReunionCase *case_, GError **error)
{
  g_autoptr (GArray) reasons
      = reunion_wire_field_reasons_from_object (object, "field_reasons", FALSE, error);

  for (guint i = 0; reasons != NULL && i < reasons->len; i++)
    {
      const ReunionFieldReason *reason = &g_array_index (reasons, ReunionFieldReason, i);

      reunion_case_set_field_reason (case_, reason->field, reason->reason);
    }
  return reasons != NULL;
}

JsonObject *
reunion_wire_case_to_object (ReunionCase *case_)
{
  JsonObject *object;

  g_return_val_if_fail (REUNION_IS_CASE (case_), NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "id", reunion_case_get_id (case_));
  json_object_set_int_member (object, "revision", reunion_case_get_revision (case_));
  json_object_set_string_member (object, "state",
                                 reunion_case_state_to_key (reunion_case_get_state (case_)));
  json_object_set_int_member (object, "stage", reunion_case_get_stage (case_));
  reunion_json_put_string (object, "station", reunion_case_get_station (case_));
  reunion_json_put_string (object, "station_name", reunion_case_get_station_name (case_));
  reunion_json_put_string (object, "officer", reunion_case_get_officer (case_));
  reunion_json_put_time (object, "created", reunion_case_get_created_usec (case_));
  reunion_json_put_time (object, "submitted", reunion_case_get_submitted_usec (case_));
  reunion_json_put_time (object, "published", reunion_case_get_published_usec (case_));
  reunion_json_put_time (object, "closed", reunion_case_get_closed_usec (case_));
  reunion_json_put_time (object, "expires", reunion_case_get_expires_usec (case_));
  reunion_json_put_string (object, "review_reason", reunion_case_get_review_reason (case_));
  put_field_reasons (object, case_);
  if (reunion_case_get_outcome (case_) != REUNION_OUTCOME_NONE)
    json_object_set_string_member (object, "outcome",
                                   reunion_outcome_to_key (reunion_case_get_outcome (case_)));
  reunion_json_put_string (object, "closing_note", reunion_case_get_closing_note (case_));
  json_object_set_object_member (object, "report",
                                 report_to_object (reunion_case_get_report (case_)));
  json_object_set_array_member (object, "photos", photos_to_array (case_));
  return object;
}

static gboolean
read_course (JsonObject *object, ReunionCase *case_, GError **error)
{
  const char *state_key = NULL;
  const char *outcome_key = NULL;
  const char *station = NULL, *station_name = NULL, *officer = NULL;
  const char *reason = NULL, *note = NULL;
  gint64 revision = 0, stage = 0;
  gint64 created_usec = 0, submitted_usec = 0, published_usec = 0, closed_usec = 0;
  gint64 expires_usec = 0;
  ReunionCaseState state = REUNION_CASE_STATE_DRAFT;
  ReunionOutcome outcome = REUNION_OUTCOME_NONE;

  if (!reunion_json_read_int (object, "revision", &revision, error)
      || !reunion_json_read_int (object, "stage", &stage, error)
      || !reunion_json_read_string (object, "state", &state_key, error)
      || !reunion_json_read_string (object, "outcome", &outcome_key, error)
      || !reunion_json_read_string (object, "station", &station, error)
      || !reunion_json_read_string (object, "station_name", &station_name, error)
      || !reunion_json_read_string (object, "officer", &officer, error)
      || !reunion_json_read_string (object, "review_reason", &reason, error)
      || !reunion_json_read_string (object, "closing_note", &note, error)
      || !reunion_json_read_time (object, "created", &created_usec, error)
      || !reunion_json_read_time (object, "submitted", &submitted_usec, error)
      || !reunion_json_read_time (object, "published", &published_usec, error)
      || !reunion_json_read_time (object, "closed", &closed_usec, error)
      || !reunion_json_read_time (object, "expires", &expires_usec, error))
    return FALSE;
  if (state_key != NULL && !reunion_case_state_from_key (state_key, &state))
    {
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                   "“%s” is not a state of a case.", state_key);
      return FALSE;
    }
  if (outcome_key != NULL && !reunion_outcome_from_key (outcome_key, &outcome))
    {
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                   "“%s” is not an outcome of a case.", outcome_key);
      return FALSE;
    }
  reunion_case_set_state (case_, state);
  reunion_case_set_outcome (case_, outcome);
  reunion_case_set_revision (case_, revision);
  reunion_case_set_stage (case_, (guint) CLAMP (stage, 0, G_MAXINT));
  reunion_case_set_station (case_, station, station_name);
  reunion_case_set_officer (case_, officer);
  reunion_case_set_review_reason (case_, reason);
  reunion_case_set_closing_note (case_, note);
  reunion_case_set_created_usec (case_, created_usec);
  reunion_case_set_submitted_usec (case_, submitted_usec);
  reunion_case_set_published_usec (case_, published_usec);
  reunion_case_set_closed_usec (case_, closed_usec);
  reunion_case_set_expires_usec (case_, expires_usec);
  return TRUE;
}

ReunionCase *
reunion_wire_case_from_object (JsonObject *object, GError **error)
{
  g_autoptr (ReunionCase) case_ = NULL;
  g_autoptr (ReunionReport) report = NULL;
  JsonObject *report_object;
  const char *id;

  g_return_val_if_fail (object != NULL, NULL);

  id = reunion_json_get_string (object, "id", error);
  if (id == NULL)
    return NULL;
  if (!g_uuid_string_is_valid (id))
    {
      g_set_error_literal (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                           "“id” must be a UUID.");
      return NULL;
    }
  case_ = reunion_case_new (id);
  report_object = reunion_json_get_object (object, "report", error);
  if (report_object == NULL || !read_course (object, case_, error)
      || !read_field_reasons (object, case_, error) || !read_photos (object, case_, error))
    return NULL;
  report = report_from_object (report_object, error);
  if (report == NULL)
    return NULL;
  reunion_case_set_report (case_, report);
  return g_steal_pointer (&case_);
}

char *
reunion_wire_case_to_json (ReunionCase *case_)
{
  g_autoptr (JsonObject) object = reunion_wire_case_to_object (case_);

  return reunion_json_to_text (object);
}

ReunionCase *
reunion_wire_case_from_json (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonObject) object = reunion_json_parse (text, length, error);

  return object != NULL ? reunion_wire_case_from_object (object, error) : NULL;
}
