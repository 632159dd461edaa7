/* central-partner-tip.c: a tip that a partner passes on, as a call
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-partner-tip.h"

#include "central-tips.h"

/* What waits for its photo. */
typedef struct
{
  CentralService *service;
  SoupServerMessage *message;
  ReunionTip *tip;
} Waiting;

static void
waiting_free (Waiting *self)
{
  g_object_unref (self->service);
  g_object_unref (self->message);
  g_object_unref (self->tip);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, waiting_free)

static void
keep (CentralService *service,
      SoupServerMessage *message,
      ReunionTip *tip,
      const CentralPhoto *photo)
{
  g_autoptr (GError) error = NULL;
  gboolean is_new = FALSE;
  g_autoptr (ReunionTip) kept = central_tips_keep (service, tip, photo, &is_new, &error);
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *answer = NULL;

  if (kept == NULL)
    {
      central_request_fail (message, error);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "id", reunion_tip_get_id (kept));
  json_object_set_string_member (object, "case_id", reunion_tip_get_case_id (kept));
  answer = reunion_json_to_text (object);
  central_request_respond (message, is_new ? SOUP_STATUS_CREATED : SOUP_STATUS_OK, answer);
}

static void
photo_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Waiting) waiting = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CentralPhoto) photo = central_photo_make_finish (result, &error);

  if (photo != NULL)
    keep (waiting->service, waiting->message, waiting->tip, photo);
  else
    central_request_refuse (waiting->message,
                            g_error_matches (error, CENTRAL_PHOTO_ERROR, CENTRAL_PHOTO_ERROR_SIZE)
                                ? CENTRAL_ERROR_TOO_LARGE
                                : CENTRAL_ERROR_MEDIA_TYPE,
                            error->message);
  soup_server_message_unpause (waiting->message);
}

void
central_partner_tip_answer (CentralRequest *request, const ReunionPartner *partner)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) photo = NULL;
  g_autoptr (ReunionTip) tip = NULL;
  Waiting *waiting;

  g_return_if_fail (request != NULL && partner != NULL);

  tip = central_tips_read (request->service, partner, request->body, &photo, &error);
  if (tip == NULL)
    {
      central_request_fail (request->message, error);
      return;
    }
  if (photo == NULL)
    {
      keep (request->service, request->message, tip, NULL);
      return;
    }
  waiting = g_new0 (Waiting, 1);
  waiting->service = g_object_ref (request->service);
  waiting->message = g_object_ref (request->message);
  waiting->tip = g_steal_pointer (&tip);
  soup_server_message_pause (request->message);
  central_photo_make_async (NULL, photo, photo_made_cb, waiting);
}
