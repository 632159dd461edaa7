/* central-tips.c: what the public saw, as partners pass it on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-tips.h"

#include "reunion-wire.h"

#include <string.h>

#define MAX_TEXT 4000
#define MAX_LINE 200
#define CLOCK_TOLERANCE_USEC (5 * G_TIME_SPAN_MINUTE)

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

static ReunionTip *
read_tip (CentralService *service,
          const ReunionPartner *partner,
          JsonObject *object,
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
      || !check_length ("tip_id", tip_id, MAX_LINE, error)
      || !check_length ("text", text, MAX_TEXT, error)
      || !check_length ("place", place, MAX_LINE, error)
      || !check_length ("contact", contact, MAX_LINE, error))
    return NULL;
  if (*tip_id == '\0')
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                           "“tip_id” is empty. Give each tip an id of its own.");
      return NULL;
    }
  text = skip_blank (text);
  place = skip_blank (place);
  if (seen_usec > now_usec + CLOCK_TOLERANCE_USEC)
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
  if (text == NULL && place == NULL && is_missing (object, "latitude"))
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                           "A tip needs a “text”, a “place” or a point: this one says nothing.");
      return NULL;
    }
  return g_steal_pointer (&tip);
}

static gboolean
check_case (CentralService *service, const char *case_id, GError **error)
{
  g_autoptr (ReunionCase) case_ = central_service_require_case (service, case_id, error);

  if (case_ == NULL)
    return FALSE;
  if (reunion_case_state_is_public (reunion_case_get_state (case_)))
    return TRUE;
  /* A case that was never published does not exist for the public. */
  if (reunion_case_get_published_usec (case_) == 0)
    g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_NOT_FOUND,
                         "There is no case with this id.");
  else
    g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_CONFLICT,
                         "The search has ended and the notice is withdrawn; tips are no longer "
                         "taken.");
  return FALSE;
}

ReunionTip *
central_tips_take (CentralService *service,
                   const ReunionPartner *partner,
                   GBytes *body,
                   gboolean *is_new,
                   GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (ReunionTip) tip = NULL;
  g_autoptr (ReunionTip) known = NULL;
  g_autoptr (GError) local_error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  object = reunion_json_parse (text, (gssize) length, error);
  if (object == NULL)
    return NULL;
  tip = read_tip (service, partner, object, error);
  if (tip == NULL)
    return NULL;
  known = reunion_central_store_find_partner_tip (
      store, partner->id, reunion_tip_get_partner_tip_id (tip), &local_error);
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
  if (!check_case (service, reunion_tip_get_case_id (tip), error)
      || !reunion_central_store_begin (store, error)
      || !central_service_finish (
          service, central_service_record_tip (service, tip, partner->id, "tip", error), error))
    return NULL;
  return g_steal_pointer (&tip);
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
  if (tip == NULL || case_ == NULL
      || central_account_get_sight (account, case_) != CENTRAL_SIGHT_WHOLE)
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
