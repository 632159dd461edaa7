/* central-public.c: what everybody may fetch of a notice, without signing in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-public.h"

#include "central-page.h"
#include "reunion-cap.h"
#include "reunion-picture.h"

#include <string.h>

#define CHINA_S (8 * 3600)
#define VALIDITY_USEC (30 * G_TIME_SPAN_DAY)
#define HTML "text/html; charset=utf-8"

/**
 * Finding:
 * @case_: NULL where the public knows of none
 * @told: ReunionTold, what the public was told of it; never empty
 */
typedef struct
{
  ReunionCase *case_;
  GPtrArray *told;
} Finding;

static void
finding_clear (Finding *self)
{
  g_clear_object (&self->case_);
  g_clear_pointer (&self->told, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finding, finding_clear)

/* --- answers --------------------------------------------------------------------- */

static gboolean
is_known_tag (SoupServerMessage *message, const char *etag)
{
  const char *header = soup_message_headers_get_list (
      soup_server_message_get_request_headers (message), "If-None-Match");
  g_auto (GStrv) tags = header != NULL ? g_strsplit (header, ",", -1) : NULL;

  for (gsize i = 0; tags != NULL && tags[i] != NULL; i++)
    {
      const char *tag = g_strstrip (tags[i]);

      /* By weak comparison (RFC 9110, 13.1.2). */
      if (strcmp (tag, "*") == 0
          || strcmp (g_str_has_prefix (tag, "W/") ? tag + 2 : tag, etag) == 0)
        return TRUE;
    }
  return FALSE;
}

/* @body may be of any type. What it answers to HEAD is the same but for the body,
 * which libsoup leaves out. */
static void
answer (CentralRequest *request, guint status, const char *media_type, GBytes *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  g_autofree char *policy = central_page_make_policy ();

  soup_message_headers_replace (headers, "Content-Security-Policy", policy);
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-Robots-Tag", "noindex, noarchive");
  soup_message_headers_replace (headers, "Cache-Control",
                                status == SOUP_STATUS_OK ? "no-cache" : "no-store");
  if (status == SOUP_STATUS_OK)
    {
      g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
      g_autofree char *etag = g_strdup_printf ("\"%.32s\"", hash);

      soup_message_headers_replace (headers, "ETag", etag);
      if (is_known_tag (request->message, etag))
        {
          soup_server_message_set_status (request->message, SOUP_STATUS_NOT_MODIFIED, NULL);
          return;
        }
    }
  soup_server_message_set_status (request->message, status, NULL);
  soup_server_message_set_response (request->message, media_type, SOUP_MEMORY_COPY,
                                    g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

/* Takes @text. */
static void
answer_text (CentralRequest *request, guint status, const char *media_type, char *text)
{
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));

  answer (request, status, media_type, body);
}

static void
answer_unknown (CentralRequest *request)
{
  answer_text (request, SOUP_STATUS_NOT_FOUND, HTML, central_page_new_unknown ());
}

static void
answer_ended (CentralRequest *request)
{
  answer_text (request, SOUP_STATUS_GONE, HTML, central_page_new_ended ());
}

/* --- what the public knows --------------------------------------------------------- */

/* Closed, withdrawn or expired after it was out. */
static gboolean
is_ended (ReunionCase *case_)
{
  return !reunion_case_state_is_public (reunion_case_get_state (case_));
}

static gboolean
is_known (ReunionCase *case_)
{
  if (reunion_case_state_is_public (reunion_case_get_state (case_)))
    return TRUE;
  return reunion_case_get_published_usec (case_) != 0
         && !reunion_case_state_is_open (reunion_case_get_state (case_))
         && reunion_case_get_state (case_) != REUNION_CASE_STATE_REJECTED;
}

static void
insert_told (GPtrArray *told, int index, guint number, ReunionPushKind kind, gint64 sent_usec)
{
  ReunionTold *message = g_new0 (ReunionTold, 1);

  message->number = number;
  message->kind = kind;
  message->sent_usec = sent_usec;
  g_ptr_array_insert (told, index, message);
}

/* The store of a case that did not come through this service lacks its first
 * message, or its last. */
static void
complete_told (GPtrArray *told, ReunionCase *case_)
{
  const ReunionTold *last;

  if (told->len == 0 || ((ReunionTold *) told->pdata[0])->kind != REUNION_PUSH_PUBLISHED)
    insert_told (told, 0, 0, REUNION_PUSH_PUBLISHED, reunion_case_get_published_usec (case_));
  last = told->pdata[told->len - 1];
  if (is_ended (case_) && last->kind != REUNION_PUSH_WITHDRAWN)
    insert_told (told, -1, last->number + 1, REUNION_PUSH_WITHDRAWN,
                 MAX (last->sent_usec, reunion_case_get_closed_usec (case_)));
}

/* FALSE when it was answered already. */
static gboolean
find (CentralRequest *request, Finding *finding)
{
  ReunionCentralStore *store = central_service_get_store (request->service);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionCase) case_
      = reunion_central_store_find_case (store, request->parameter, &error);

  if (case_ != NULL && is_known (case_))
    finding->told = reunion_central_store_list_told (store, request->parameter, &error);
  if (error != NULL)
    central_request_fail (request->message, error);
  else if (finding->told == NULL)
    answer_unknown (request);
  if (finding->told == NULL)
    return FALSE;
  complete_told (finding->told, case_);
  finding->case_ = g_steal_pointer (&case_);
  return TRUE;
}

static const ReunionTold *
get_last (const Finding *finding)
{
  return finding->told->pdata[finding->told->len - 1];
}

/* Without a slash at its end. Transfer full. */
static char *
make_public_url (CentralRequest *request)
{
  const char *url = central_service_get_public_url (request->service);
  g_autoptr (GUri) root = NULL;
  g_autofree char *text = NULL;

  if (url != NULL)
    return g_strdup (url);
  root = g_uri_parse_relative (soup_server_message_get_uri (request->message), "/",
                               SOUP_HTTP_URI_FLAGS, NULL);
  text = g_uri_to_string_partial (root,
                                  G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY | G_URI_HIDE_FRAGMENT);
  return g_strndup (text, strlen (text) - 1);
}

/* "reunion.example", or with a port that is not the usual one. Transfer full. */
static char *
make_host (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  int port = uri != NULL ? g_uri_get_port (uri) : -1;

  if (uri == NULL)
    return g_strdup ("reunion");
  if (port <= 0 || port == (strcmp (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80))
    return g_strdup (g_uri_get_host (uri));
  return g_strdup_printf ("%s:%d", g_uri_get_host (uri), port);
}

/* As it may go out; NULL with @error set, or without when it may not. Transfer full. */
static GBytes *
find_photo (CentralRequest *request, ReunionPhoto *photo, GError **error)
{
  g_autoptr (GBytes) bytes = reunion_central_store_find_photo (
      central_service_get_store (request->service), reunion_photo_get_sha256 (photo), NULL, error);

  return bytes != NULL ? reunion_picture_strip (bytes) : NULL;
}

/* --- the page ----------------------------------------------------------------------- */

void
central_public_handle_page (CentralRequest *request)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (CHINA_S);
  g_autoptr (ReunionCase) redacted = NULL;
  g_autoptr (ReunionNotice) zh = NULL;
  g_autoptr (ReunionNotice) en = NULL;
  g_autofree char *url = NULL;
  g_autofree char *host = NULL;
  g_auto (Finding) finding = { 0 };
  CentralPageNotice content = { 0 };

  if (!find (request, &finding))
    return;
  if (is_ended (finding.case_))
    {
      answer_ended (request);
      return;
    }
  redacted = reunion_case_redact (finding.case_);
  /* The notice redacts by itself, and has to know what is vital. */
  zh = reunion_notice_new (finding.case_, REUNION_LANGUAGE_ZH, china);
  en = reunion_notice_new (finding.case_, REUNION_LANGUAGE_EN, china);
  url = make_public_url (request);
  host = make_host (url);
  content.notices[REUNION_LANGUAGE_ZH] = zh;
  content.notices[REUNION_LANGUAGE_EN] = en;
  content.case_ = redacted;
  content.host = host;
  content.changed_usec = get_last (&finding)->sent_usec;
  answer_text (request, SOUP_STATUS_OK, HTML, central_page_new_notice (&content));
}

/* --- the photo ---------------------------------------------------------------------- */

void
central_public_handle_photo (CentralRequest *request)
{
  const char *number = strrchr (request->path, '/') + 1;
  g_auto (Finding) finding = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gint64 index;

  if (!find (request, &finding))
    return;
  if (is_ended (finding.case_))
    answer_ended (request);
  else if (!g_ascii_string_to_signed (number, 10, 1, reunion_case_get_n_photos (finding.case_),
                                      &index, NULL)
           || *number == '+' || *number == '0')
    answer_unknown (request);
  else
    {
      bytes
          = find_photo (request, reunion_case_get_photo (finding.case_, (guint) index - 1), &error);
      if (bytes != NULL)
        answer (request, SOUP_STATUS_OK, reunion_picture_sniff (bytes), bytes);
      else if (error != NULL)
        central_request_fail (request->message, error);
      else
        answer_unknown (request);
    }
}

/* --- the alert ---------------------------------------------------------------------- */

/* ReunionCapResource; NULL with @error set. Transfer full. */
static GPtrArray *
list_photos (CentralRequest *request, ReunionCase *case_, const char *web, GError **error)
{
  g_autoptr (GPtrArray) photos
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_cap_resource_free);
  g_autoptr (GError) local_error = NULL;

  for (guint i = 0; i < reunion_case_get_n_photos (case_); i++)
    {
      g_autoptr (GBytes) bytes
          = find_photo (request, reunion_case_get_photo (case_, i), &local_error);
      g_autofree char *uri = g_strdup_printf ("%s/photo/%u", web, i + 1);
      g_autofree char *digest = NULL;

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      if (bytes == NULL)
        continue;
      digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, bytes);
      g_ptr_array_add (photos,
                       reunion_cap_resource_new (reunion_picture_sniff (bytes),
                                                 (gint64) g_bytes_get_size (bytes), uri, digest));
    }
  return g_steal_pointer (&photos);
}

static char *
make_identifier (ReunionCase *case_, const ReunionTold *message)
{
  return g_strdup_printf ("%s.%u", reunion_case_get_id (case_), message->number);
}

/* ReunionCapReference for all but the last. Transfer full. */
static GPtrArray *
list_references (const Finding *finding, const char *sender)
{
  GPtrArray *references
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_cap_reference_free);

  for (guint i = 0; i + 1 < finding->told->len; i++)
    {
      const ReunionTold *message = finding->told->pdata[i];
      g_autofree char *identifier = make_identifier (finding->case_, message);

      g_ptr_array_add (references,
                       reunion_cap_reference_new (sender, identifier, message->sent_usec));
    }
  return references;
}

static ReunionCapKind
get_kind (const Finding *finding)
{
  if (is_ended (finding->case_))
    return REUNION_CAP_KIND_CANCEL;
  return finding->told->len > 1 ? REUNION_CAP_KIND_UPDATE : REUNION_CAP_KIND_ALERT;
}

/* The stage whose circle is told now; NULL where the policy lacks it. */
static const ReunionStage *
get_stage (CentralRequest *request, ReunionCase *case_)
{
  ReunionPolicy *policy = central_service_get_policy (request->service);
  guint stage = reunion_case_get_stage (case_);

  if (is_ended (case_) || stage < 1 || stage > reunion_policy_get_n_stages (policy))
    return NULL;
  return reunion_policy_get_stage (policy, stage - 1);
}

/* A case that is looked for longer than a copy holds goes on for as long again. */
static gint64
get_expiry_usec (gint64 sent_usec, gint64 now_usec)
{
  gint64 n_over = MAX (0, now_usec - sent_usec) / VALIDITY_USEC;

  return sent_usec + (n_over + 1) * VALIDITY_USEC;
}

static char *
make_cap (CentralRequest *request, const Finding *finding, GError **error)
{
  const ReunionTold *last = get_last (finding);
  g_autofree char *url = make_public_url (request);
  g_autofree char *sender = make_host (url);
  g_autofree char *identifier = make_identifier (finding->case_, last);
  g_autofree char *web = g_strconcat (url, "/notice/", reunion_case_get_id (finding->case_), NULL);
  g_autoptr (GPtrArray) references = list_references (finding, sender);
  g_autoptr (GPtrArray) photos = NULL;
  g_autoptr (ReunionCapAlert) alert = NULL;
  ReunionCapMessage message = {
    .kind = get_kind (finding),
    .status = REUNION_CAP_STATUS_ACTUAL,
    .identifier = identifier,
    .sender = sender,
    .sent_usec = last->sent_usec,
    .expires_usec
    = get_expiry_usec (last->sent_usec, central_service_get_now_usec (request->service)),
    .references = references,
    .web = web,
    .stage = get_stage (request, finding->case_),
    .told_radius_km = last->told_radius_km,
  };

  if (message.kind != REUNION_CAP_KIND_CANCEL)
    {
      photos = list_photos (request, finding->case_, web, error);
      if (photos == NULL)
        return NULL;
      message.photos = photos;
    }
  alert = reunion_cap_alert_new (&message, finding->case_);
  return reunion_cap_to_xml (alert, error);
}

void
central_public_handle_cap (CentralRequest *request)
{
  g_auto (Finding) finding = { 0 };
  g_autoptr (GError) error = NULL;
  char *xml;

  if (!find (request, &finding))
    return;
  xml = make_cap (request, &finding, &error);
  if (xml != NULL)
    answer_text (request, SOUP_STATUS_OK, REUNION_CAP_MEDIA_TYPE, xml);
  else
    central_request_fail (request->message, error);
}
