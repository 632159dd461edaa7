/* central-tip-desk.c: where the public hands in what it saw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-tip-desk.h"

#include "central-alert.h"
#include "central-flood.h"
#include "central-form-token.h"
#include "central-notice-page.h"
#include "central-public-private.h"
#include "central-tip-page.h"
#include "central-tips.h"

#include <string.h>

#define CHINA_S (8 * 3600)
#define SCRIPT "text/javascript; charset=utf-8"
/* Nobody fills a form in within this time. */
#define MIN_AGE_USEC (2 * G_TIME_SPAN_SECOND)
#define MAX_AGE_USEC (24 * G_TIME_SPAN_HOUR)
/* Whole quarters may share an address of a telephone network. */
#define BURST 30
#define REFILL_USEC (10 * G_TIME_SPAN_SECOND)
#define MAX_ADDRESSES 100000
#define STATUS_TOO_MANY_REQUESTS 429
#define NUMBER_LETTERS 8

static const CentralWords trap_words = {
  "有一栏是给机器人设的陷阱，里面被填了字。已清空，请再发送一次。",
  "A field that is a trap for machines was filled in. It is empty again: send once more.",
};
static const CentralWords token_words = {
  "这个页面已经打开很久，或不是从这里打开的。请再发送一次，您写的都还在。",
  "This page was open for long, or not opened here. Send once more; all you wrote is still there.",
};
static const CentralWords fast_words = {
  "发送得太快了。请看一遍您写的，再发送一次。",
  "This came too fast. Look over what you wrote, and send once more.",
};
static const CentralWords flood_words = {
  "从您的网络发来的太多了。请过一分钟再发送；急事请打电话。照片要重新选。",
  "Too much comes from your network. Send again in a minute; if it is urgent, call. The photo has "
  "to be chosen again.",
};
static const CentralWords store_words = {
  "现在无法保存您的线索，您写的都还在。请过一会儿再发送；急事请打电话。",
  "Your tip can't be stored just now; all you wrote is still there. Send again soon; if it is "
  "urgent, call.",
};
static const CentralWords form_title = { "没有收到完整的内容", "The form did not arrive whole" };
static const CentralWords form_words = {
  "请返回上一页，再发送一次；急事请打110。",
  "Go back and send it once more. If it is urgent, call 110.",
};
static const CentralWords length_title = { "照片太大", "The photo is too large" };
static const CentralWords length_words = {
  "照片不能超过15 MB。请返回上一页，缩小照片后再发送，或先不带照片发送。",
  "A photo may have 15 MB at most. Go back, make it smaller and send again, or send the tip "
  "without "
  "it.",
};

/**
 * Handing:
 * @request: its own copy: outlives the call, while a photo is made
 *
 * A form that is being taken.
 */
typedef struct
{
  CentralRequest request;
  CentralTipForm *form;
  CentralPhoto *photo;
} Handing;

static void
handing_free (Handing *self)
{
  g_object_unref (self->request.service);
  g_object_unref (self->request.message);
  g_free ((char *) self->request.path);
  g_free (self->request.parameter);
  g_clear_pointer (&self->request.query, g_hash_table_unref);
  g_clear_pointer (&self->form, central_tip_form_free);
  g_clear_pointer (&self->photo, central_photo_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Handing, handing_free)

static Handing *
handing_new (CentralRequest *request, CentralTipForm *form)
{
  Handing *self = g_new0 (Handing, 1);

  self->request.service = g_object_ref (request->service);
  self->request.message = g_object_ref (request->message);
  self->request.path = g_strdup (request->path);
  self->request.parameter = g_strdup (request->parameter);
  self->request.query = request->query != NULL ? g_hash_table_ref (request->query) : NULL;
  self->form = form;
  return self;
}

/* --- floods ------------------------------------------------------------------------------ */

/* One for each service. */
static CentralFlood *
get_flood (CentralService *service)
{
  static GQuark quark = 0;
  CentralFlood *flood;

  if (quark == 0)
    quark = g_quark_from_static_string ("central-tip-desk-flood");
  flood = g_object_get_qdata (G_OBJECT (service), quark);
  if (flood == NULL)
    {
      flood = central_flood_new (BURST, REFILL_USEC, MAX_ADDRESSES);
      g_object_set_qdata_full (G_OBJECT (service), quark, flood,
                               (GDestroyNotify) central_flood_free);
    }
  return flood;
}

static gboolean
is_flood (CentralRequest *request)
{
  gint64 wait_usec = 0;
  g_autofree char *seconds = NULL;

  if (central_flood_take (get_flood (request->service),
                          soup_server_message_get_remote_address (request->message),
                          central_service_get_now_usec (request->service), &wait_usec))
    return FALSE;
  seconds = g_strdup_printf ("%" G_GINT64_FORMAT, wait_usec / G_TIME_SPAN_SECOND + 1);
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                "Retry-After", seconds);
  return TRUE;
}

/* --- the form ---------------------------------------------------------------------------- */

/* FALSE when it was answered already: tips are taken as long as people look. */
static gboolean
find_open (CentralRequest *request, CentralFinding *finding)
{
  ReunionLanguage language = central_public_get_language (request->message, request->query);

  if (!central_public_find (request, request->parameter, finding))
    return FALSE;
  if (!central_public_is_ended (finding))
    return TRUE;
  central_public_answer_html (request->message, SOUP_STATUS_GONE, CENTRAL_PAGE_POLICY_READ,
                              central_page_new_ended (language, FALSE));
  return FALSE;
}

/* @kept: a photo to be sent back; may be NULL. @keeps_token: the form may still be taken
 * under the same one. */
static void
show (CentralRequest *request,
      guint status,
      ReunionCase *case_,
      const CentralTipForm *form,
      GBytes *kept,
      gboolean keeps_token)
{
  ReunionLanguage language = central_public_get_language (request->message, request->query);
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (CHINA_S);
  g_autoptr (ReunionNotice) notice = reunion_notice_new (case_, language, china);
  g_autoptr (ReunionCase) redacted = reunion_case_redact (case_);
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  CentralTipPage content = { .notice = notice, .case_ = redacted, .form = form, .kept = kept };
  CentralMap map;

  token = keeps_token
              ? g_strdup (form->texts[CENTRAL_TIP_FIELD_TOKEN])
              : central_form_token_make (request->service, reunion_case_get_id (case_), &error);
  if (token == NULL)
    {
      central_request_fail (request->message, error);
      return;
    }
  content.token = token;
  if (central_alert_get_map (request, case_, &map))
    content.map = &map;
  central_public_answer_html (request->message, status, CENTRAL_PAGE_POLICY_FORM,
                              central_tip_page_to_html (&content));
}

void
central_tip_desk_handle_form (CentralRequest *request)
{
  g_auto (CentralFinding) finding = { 0 };
  g_autoptr (CentralTipForm) form = central_tip_form_new ();

  if (find_open (request, &finding))
    show (request, SOUP_STATUS_OK, finding.case_, form, NULL, FALSE);
}

void
central_tip_desk_handle_script (CentralRequest *request)
{
  central_public_answer (request->message, SOUP_STATUS_OK, CENTRAL_PAGE_POLICY_READ, SCRIPT,
                         central_page_get_script ());
}

/* --- taking it ------------------------------------------------------------------------------ */

/* The id of the form in *@id (transfer full); what is wrong with the whole form is noted
 * in it, and *@keeps_token says whether it may be sent as it is. */
static gboolean
check_whole (Handing *self, ReunionLanguage language, char **id, gboolean *keeps_token)
{
  CentralTipForm *form = self->form;
  g_autoptr (GError) error = NULL;
  gint64 made_usec = 0, age_usec;

  *id = central_form_token_read (self->request.service, self->request.parameter,
                                 form->texts[CENTRAL_TIP_FIELD_TOKEN], &made_usec, &error);
  age_usec = central_service_get_now_usec (self->request.service) - made_usec;
  *keeps_token = *id != NULL && age_usec <= MAX_AGE_USEC;
  if (*form->texts[CENTRAL_TIP_FIELD_TRAP] != '\0')
    form->fault = trap_words[language];
  else if (error != NULL)
    form->fault = store_words[language];
  else if (!*keeps_token)
    form->fault = token_words[language];
  else if (age_usec < MIN_AGE_USEC)
    form->fault = fast_words[language];
  return form->fault == NULL;
}

static void
mark_click (Handing *self, ReunionCase *case_)
{
  CentralMap map;

  if (self->form->click_x >= 0 && central_alert_get_map (&self->request, case_, &map))
    central_tip_form_set_point (
        self->form, central_map_get_point (&map, self->form->click_x, self->form->click_y));
}

/* To an address of its own, so that the page may be loaded again. */
static void
lead_to_thanks (Handing *self, ReunionTip *tip, ReunionLanguage language)
{
  g_autofree char *number = central_notice_page_make_number (reunion_tip_get_id (tip));
  g_autofree char *location
      = g_strdup_printf ("tips/%s?lang=%s", number, reunion_language_to_tag (language));

  soup_message_headers_replace (soup_server_message_get_response_headers (self->request.message),
                                "Location", location);
  central_public_answer_html (self->request.message, SOUP_STATUS_SEE_OTHER,
                              CENTRAL_PAGE_POLICY_READ, g_strdup (""));
}

static void
take (Handing *self)
{
  ReunionLanguage language
      = central_public_get_language (self->request.message, self->request.query);
  gint64 now_usec = central_service_get_now_usec (self->request.service);
  GBytes *kept = self->photo != NULL ? self->photo->bytes : NULL;
  g_autofree char *tip_id = g_uuid_string_random ();
  g_autofree char *id = NULL;
  g_autoptr (ReunionTip) tip = NULL;
  g_autoptr (ReunionTip) taken = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (CentralFinding) finding = { 0 };
  gboolean keeps_token, is_new, is_whole, is_right;

  /* It may have ended while the photo was made. */
  if (!find_open (&self->request, &finding))
    return;
  is_whole = check_whole (self, language, &id, &keeps_token);
  if (self->form->is_click)
    {
      self->form->fault = NULL;
      mark_click (self, finding.case_);
      show (&self->request, SOUP_STATUS_OK, finding.case_, self->form, kept, keeps_token);
      return;
    }
  tip = reunion_tip_new (tip_id, self->request.parameter);
  is_right = central_tip_form_check (self->form, language, now_usec, self->photo != NULL, tip);
  if (!is_whole || !is_right)
    {
      /* What is wrong with the fields says more than that it came too fast. */
      if (!is_right && self->form->fault == fast_words[language])
        self->form->fault = NULL;
      show (&self->request, CENTRAL_ERROR_INVALID, finding.case_, self->form, kept, keeps_token);
      return;
    }
  reunion_tip_set_origin (tip, CENTRAL_TIP_WEB, id);
  reunion_tip_set_received_usec (tip, now_usec);
  taken = central_tips_keep (self->request.service, tip, self->photo, &is_new, &error);
  if (taken != NULL)
    {
      lead_to_thanks (self, taken, language);
      return;
    }
  g_warning ("A tip from the public page could not be kept: %s", error->message);
  self->form->fault = store_words[language];
  show (&self->request, SOUP_STATUS_SERVICE_UNAVAILABLE, finding.case_, self->form, kept,
        keeps_token);
}

static void
photo_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Handing) self = user_data;
  g_autoptr (GError) error = NULL;

  self->photo = central_photo_make_finish (result, &error);
  if (self->photo == NULL)
    self->form->faults[CENTRAL_TIP_FIELD_PHOTO] = central_photo_error_get_text (
        error->code, central_public_get_language (self->request.message, self->request.query));
  take (self);
  soup_server_message_unpause (self->request.message);
}

void
central_tip_desk_handle_post (CentralRequest *request)
{
  ReunionLanguage language = central_public_get_language (request->message, request->query);
  g_auto (CentralFinding) finding = { 0 };
  g_autoptr (Handing) handing = NULL;
  g_autoptr (GBytes) photo = NULL;
  CentralTipForm *form;

  if (!find_open (request, &finding))
    return;
  form = central_tip_form_parse (soup_server_message_get_request_headers (request->message),
                                 request->body);
  if (form == NULL)
    {
      central_public_answer_html (request->message, SOUP_STATUS_BAD_REQUEST,
                                  CENTRAL_PAGE_POLICY_READ,
                                  central_page_new_message (language, form_title, form_words));
      return;
    }
  handing = handing_new (request, form);
  if (is_flood (request))
    {
      form->fault = flood_words[language];
      show (request, STATUS_TOO_MANY_REQUESTS, finding.case_, form, NULL, FALSE);
      return;
    }
  /* What was kept is made anew too: it came from outside again. */
  photo = form->upload != NULL ? g_bytes_ref (form->upload) : central_tip_form_get_kept (form);
  if (photo == NULL)
    {
      take (handing);
      return;
    }
  soup_server_message_pause (request->message);
  central_photo_make_async (NULL, photo, photo_made_cb, g_steal_pointer (&handing));
}

/* --- the thanks --------------------------------------------------------------------------------
 */

void
central_tip_desk_handle_thanks (CentralRequest *request)
{
  ReunionLanguage language = central_public_get_language (request->message, request->query);
  const char *number = strrchr (request->path, '/') + 1;
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (CHINA_S);
  g_autoptr (ReunionNotice) notice = NULL;
  g_auto (CentralFinding) finding = { 0 };

  if (!find_open (request, &finding))
    return;
  if (strlen (number) != NUMBER_LETTERS || strspn (number, "0123456789ABCDEF") != NUMBER_LETTERS)
    {
      central_public_answer_html (request->message, SOUP_STATUS_NOT_FOUND, CENTRAL_PAGE_POLICY_READ,
                                  central_page_new_unknown (language));
      return;
    }
  notice = reunion_notice_new (finding.case_, language, china);
  central_public_answer_html (request->message, SOUP_STATUS_OK, CENTRAL_PAGE_POLICY_READ,
                              central_tip_page_new_thanks (language, number, notice->contact));
}

void
central_tip_desk_refuse_length (SoupServerMessage *message, GHashTable *query)
{
  ReunionLanguage language = central_public_get_language (message, query);

  central_public_answer_html (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE,
                              CENTRAL_PAGE_POLICY_READ,
                              central_page_new_message (language, length_title, length_words));
}
