/* central-tips.c: what the public saw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-tips.h"

#include "central-tip-sight.h"
#include "reunion-central-expiry.h"
#include "reunion-wire.h"

#include <string.h>

static gboolean
check_length (const char *member, const char *text, glong max, GError **error)
{
  if (text == NULL || g_utf8_strlen (text, -1) <= max)
    return TRUE;
  g_set_error (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
               "“%s” is longer than %ld characters. Shorten it.", member, max);
  return FALSE;
}

/* Text that says nothing is the same as none. */
static const char *
skip_blank (const char *text)
{
  return text != NULL && text[strspn (text, " \t\r\n")] != '\0' ? text : NULL;
}

static gboolean
is_missing (JsonObject *object, const char *member)
{
  return !json_object_has_member (object, member) || json_object_get_null_member (object, member);
}

/* In the partner's datum; ours inside. */
static gboolean
read_point (JsonObject *object, const ReunionPartner *partner, ReunionTip *tip, GError **error)
{
  ReunionPoint point;

  if (is_missing (object, "latitude") && is_missing (object, "longitude"))
    return TRUE;
  if (!reunion_json_get_double (object, "latitude", &point.lat_deg, error)
      || !reunion_json_get_double (object, "longitude", &point.lon_deg, error))
    return FALSE;
  if (!reunion_point_is_valid (point))
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                           "“latitude” must lie between -90 and 90, “longitude” between -180 and "
                           "180 degrees.");
      return FALSE;
    }
  reunion_tip_set_point (tip, reunion_datum_convert (point, partner->datum, REUNION_DATUM_WGS84));
  return TRUE;
}

/* In base64, for it is signed with the rest. *@photo is transfer full. */
static gboolean
read_photo (JsonObject *object, GBytes **photo, GError **error)
{
  const char *text = NULL;
  guchar *data;
  gsize length;

  *photo = NULL;
  if (!reunion_json_read_string (object, "photo", &text, error))
    return FALSE;
  if (text == NULL || *text == '\0')
    return TRUE;
  data = g_base64_decode (text, &length);
  *photo = g_bytes_new_take (data, length);
  if (length > 0)
    return TRUE;
  g_clear_pointer (photo, g_bytes_unref);
  g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                       "“photo” is no base64. Encode the file of the photo that way.");
  return FALSE;
}

static ReunionTip *
read_tip (CentralService *service,
          const ReunionPartner *partner,
          JsonObject *object,
          gboolean has_photo,
          GError **error)
{
  gint64 now_usec = central_service_get_now_usec (service);
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (ReunionTip) tip = NULL;
  const char *tip_id, *case_id;
  const char *text = NULL, *place = NULL, *contact = NULL;
  gint64 seen_usec = 0;

  if ((tip_id = reunion_json_get_string (object, "tip_id", error)) == NULL
      || (case_id = reunion_json_get_string (object, "case_id", error)) == NULL
      || !reunion_json_read_string (object, "text", &text, error)
      || !reunion_json_read_string (object, "place", &place, error)
      || !reunion_json_read_string (object, "contact", &contact, error)
      || !reunion_json_read_time (object, "seen", &seen_usec, error)
      || !check_length ("tip_id", tip_id, CENTRAL_TIP_MAX_LINE, error)
      || !check_length ("text", text, CENTRAL_TIP_MAX_TEXT, error)
      || !check_length ("place", place, CENTRAL_TIP_MAX_LINE, error)
      || !check_length ("contact", contact, CENTRAL_TIP_MAX_LINE, error))
    return NULL;
  if (*tip_id == '\0')
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                           "“tip_id” is empty. Give each tip an id of its own.");
      return NULL;
    }
  text = skip_blank (text);
  place = skip_blank (place);
  if (seen_usec > now_usec + CENTRAL_TIP_TOLERANCE_USEC)
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                           "“seen” is still to come. Check the time and its zone.");
      return NULL;
    }
  tip = reunion_tip_new (id, case_id);
  reunion_tip_set_origin (tip, partner->id, tip_id);
  reunion_tip_set_text (tip, text);
  reunion_tip_set_place (tip, place);
  reunion_tip_set_contact (tip, contact);
  reunion_tip_set_seen_usec (tip, seen_usec);
  reunion_tip_set_received_usec (tip, now_usec);
  if (!read_point (object, partner, tip, error))
    return NULL;
  if (text == NULL && place == NULL && !has_photo && is_missing (object, "latitude"))
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                           "A tip needs a “text”, a “place”, a point or a “photo”: this one says "
                           "nothing.");
      return NULL;
    }
  return g_steal_pointer (&tip);
}

/* The case, if tips on it are taken. Transfer full. */
static ReunionCase *
find_case (CentralService *service, const char *case_id, GError **error)
{
  g_autoptr (ReunionCase) case_ = central_service_require_case (service, case_id, error);

  if (case_ == NULL)
    return NULL;
  if (reunion_case_state_is_public (reunion_case_get_state (case_)))
    return g_steal_pointer (&case_);
  /* A case that was never published does not exist for the public. */
  if (reunion_case_get_published_usec (case_) == 0)
    g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_NOT_FOUND,
                         "There is no case with this id.");
  else
    g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_CONFLICT,
                         "The search has ended and the notice is withdrawn; tips are no longer "
                         "taken.");
  return NULL;
}

ReunionTip *
central_tips_read (CentralService *service,
                   const ReunionPartner *partner,
                   GBytes *body,
                   GBytes **photo,
                   GError **error)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GBytes) found = NULL;
  ReunionTip *tip;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  object = reunion_json_parse (text, (gssize) length, error);
  if (object == NULL || !read_photo (object, &found, error))
    return NULL;
  tip = read_tip (service, partner, object, found != NULL, error);
  if (tip != NULL)
    *photo = g_steal_pointer (&found);
  return tip;
}

static gboolean
record (CentralService *service, ReunionTip *tip, const CentralPhoto *photo, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  const char *sha256;

  if (photo != NULL)
    {
      sha256 = reunion_photo_get_sha256 (photo->photo);
      /* Named with the case, so that it is erased with it. */
      if (!reunion_central_store_put_photo (
              store, sha256, reunion_photo_get_media_type (photo->photo), photo->bytes, NULL, error)
          || !reunion_central_store_note_photo (store, reunion_tip_get_case_id (tip), sha256,
                                                error))
        return FALSE;
    }
  return central_service_record_tip (service, tip, reunion_tip_get_partner (tip), "tip", error);
}

ReunionTip *
central_tips_keep (CentralService *service,
                   ReunionTip *tip,
                   const CentralPhoto *photo,
                   gboolean *is_new,
                   GError **error)
{
  ReunionCentralStore *store;
  g_autoptr (ReunionTip) known = NULL;
  g_autoptr (ReunionCase) case_ = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service) && REUNION_IS_TIP (tip), NULL);

  store = central_service_get_store (service);
  known = reunion_central_store_find_partner_tip (
      store, reunion_tip_get_partner (tip), reunion_tip_get_partner_tip_id (tip), &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  *is_new = known == NULL;
  if (known != NULL && strcmp (reunion_tip_get_case_id (known), reunion_tip_get_case_id (tip)) != 0)
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_CONFLICT,
                           "This “tip_id” stands for a tip on another case. Give each tip an id of "
                           "its own.");
      return NULL;
    }
  if (known != NULL)
    return g_steal_pointer (&known);
  case_ = find_case (service, reunion_tip_get_case_id (tip), error);
  if (case_ == NULL || !central_tip_find_station (service, tip, case_, error))
    return NULL;
  reunion_tip_set_photo (tip, photo != NULL ? photo->photo : NULL);
  if (!reunion_central_store_begin (store, error)
      || !central_service_finish (service, record (service, tip, photo, error), error))
    return NULL;
  return g_object_ref (tip);
}

ReunionTip *
central_tips_set_state (CentralService *service,
                        const ReunionCentralAccount *account,
                        const char *tip_id,
                        ReunionTipState state,
                        GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ReunionTip) tip = NULL;
  g_autoptr (ReunionCase) case_ = NULL;

  tip = reunion_central_store_find_tip (central_service_get_store (service), tip_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (tip != NULL)
    case_ = central_service_require_case (service, reunion_tip_get_case_id (tip), error);
  if (tip == NULL || case_ == NULL || !central_account_sees_tip (account, case_, tip))
    {
      g_clear_error (error);
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_NOT_FOUND,
                           "There is no tip with this id.");
      return NULL;
    }
  reunion_tip_set_state (tip, state);
  if (!central_service_record_tip (service, tip, account->account, "tip state", error))
    return NULL;
  return g_steal_pointer (&tip);
}
