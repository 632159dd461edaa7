/* reunion-wire-tip.c: tips as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-wire.h"

#define MAX_SIDE_PX 65535

static JsonObject *
photo_to_object (ReunionPhoto *photo)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "sha256", reunion_photo_get_sha256 (photo));
  json_object_set_string_member (object, "media_type", reunion_photo_get_media_type (photo));
  json_object_set_int_member (object, "width", reunion_photo_get_width_px (photo));
  json_object_set_int_member (object, "height", reunion_photo_get_height_px (photo));
  return object;
}

JsonObject *
reunion_wire_tip_to_object (ReunionTip *tip)
{
  JsonObject *object;
  ReunionPoint point;

  g_return_val_if_fail (REUNION_IS_TIP (tip), NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "id", reunion_tip_get_id (tip));
  json_object_set_string_member (object, "case_id", reunion_tip_get_case_id (tip));
  reunion_json_put_string (object, "partner", reunion_tip_get_partner (tip));
  reunion_json_put_string (object, "partner_tip_id", reunion_tip_get_partner_tip_id (tip));
  reunion_json_put_string (object, "text", reunion_tip_get_text (tip));
  reunion_json_put_string (object, "place", reunion_tip_get_place (tip));
  reunion_json_put_string (object, "contact", reunion_tip_get_contact (tip));
  if (reunion_tip_get_point (tip, &point))
    {
      json_object_set_double_member (object, "latitude", point.lat_deg);
      json_object_set_double_member (object, "longitude", point.lon_deg);
    }
  if (reunion_tip_get_photo (tip) != NULL)
    json_object_set_object_member (object, "photo", photo_to_object (reunion_tip_get_photo (tip)));
  reunion_json_put_string (object, "near_station", reunion_tip_get_near_station (tip));
  reunion_json_put_time (object, "seen", reunion_tip_get_seen_usec (tip));
  reunion_json_put_time (object, "received", reunion_tip_get_received_usec (tip));
  json_object_set_string_member (object, "state",
                                 reunion_tip_state_to_key (reunion_tip_get_state (tip)));
  return object;
}

static gboolean
read_point (JsonObject *object, ReunionTip *tip, GError **error)
{
  ReunionPoint point;

  if (!json_object_has_member (object, "latitude") && !json_object_has_member (object, "longitude"))
    return TRUE;
  if (!reunion_json_get_double (object, "latitude", &point.lat_deg, error)
      || !reunion_json_get_double (object, "longitude", &point.lon_deg, error))
    return FALSE;
  if (!reunion_point_is_valid (point))
    {
      g_set_error_literal (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                           "“latitude” must lie between -90 and 90, “longitude” between -180 and "
                           "180 degrees.");
      return FALSE;
    }
  reunion_tip_set_point (tip, point);
  return TRUE;
}

static gboolean
read_photo (JsonObject *object, ReunionTip *tip, GError **error)
{
  g_autoptr (ReunionPhoto) photo = NULL;
  JsonObject *member;
  const char *sha256, *media_type;
  gint64 width_px, height_px;

  if (!json_object_has_member (object, "photo") || json_object_get_null_member (object, "photo"))
    return TRUE;
  if ((member = reunion_json_get_object (object, "photo", error)) == NULL
      || (sha256 = reunion_json_get_string (member, "sha256", error)) == NULL
      || (media_type = reunion_json_get_string (member, "media_type", error)) == NULL
      || !reunion_json_get_int (member, "width", &width_px, error)
      || !reunion_json_get_int (member, "height", &height_px, error))
    return FALSE;
  if (!reunion_photo_is_sha256 (sha256) || width_px < 1 || width_px > MAX_SIDE_PX || height_px < 1
      || height_px > MAX_SIDE_PX)
    {
      g_set_error_literal (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                           "“photo” needs a “sha256”, and sides of 1 to 65535 pixels.");
      return FALSE;
    }
  photo = reunion_photo_new (sha256, media_type, (guint) width_px, (guint) height_px);
  reunion_tip_set_photo (tip, photo);
  return TRUE;
}

ReunionTip *
reunion_wire_tip_from_object (JsonObject *object, GError **error)
{
  g_autoptr (ReunionTip) tip = NULL;
  const char *id, *case_id;
  const char *partner = NULL, *partner_tip_id = NULL;
  const char *text = NULL, *place = NULL, *contact = NULL, *state_key = NULL;
  const char *near_station = NULL;
  gint64 seen_usec = 0, received_usec = 0;
  ReunionTipState state = REUNION_TIP_STATE_NEW;

  g_return_val_if_fail (object != NULL, NULL);

  if ((id = reunion_json_get_string (object, "id", error)) == NULL
      || (case_id = reunion_json_get_string (object, "case_id", error)) == NULL)
    return NULL;
  tip = reunion_tip_new (id, case_id);
  if (!reunion_json_read_string (object, "partner", &partner, error)
      || !reunion_json_read_string (object, "partner_tip_id", &partner_tip_id, error)
      || !reunion_json_read_string (object, "text", &text, error)
      || !reunion_json_read_string (object, "place", &place, error)
      || !reunion_json_read_string (object, "contact", &contact, error)
      || !reunion_json_read_string (object, "state", &state_key, error)
      || !reunion_json_read_time (object, "seen", &seen_usec, error)
      || !reunion_json_read_time (object, "received", &received_usec, error)
      || !reunion_json_read_string (object, "near_station", &near_station, error)
      || !read_point (object, tip, error) || !read_photo (object, tip, error))
    return NULL;
  if (state_key != NULL && !reunion_tip_state_from_key (state_key, &state))
    {
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                   "“%s” is not a state of a tip.", state_key);
      return NULL;
    }
  reunion_tip_set_origin (tip, partner, partner_tip_id);
  reunion_tip_set_text (tip, text);
  reunion_tip_set_place (tip, place);
  reunion_tip_set_contact (tip, contact);
  reunion_tip_set_near_station (tip, near_station);
  reunion_tip_set_seen_usec (tip, seen_usec);
  reunion_tip_set_received_usec (tip, received_usec);
  reunion_tip_set_state (tip, state);
  return g_steal_pointer (&tip);
}

char *
reunion_wire_tip_to_json (ReunionTip *tip)
{
  g_autoptr (JsonObject) object = reunion_wire_tip_to_object (tip);

  return reunion_json_to_text (object);
}

ReunionTip *
reunion_wire_tip_from_json (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonObject) object = reunion_json_parse (text, length, error);

  return object != NULL ? reunion_wire_tip_from_object (object, error) : NULL;
}
