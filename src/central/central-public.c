/* central-public.c: what everybody may fetch of a notice, without signing in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-public.h"

#include "central-page-language.h"
#include "central-public-private.h"
#include "reunion-cap.h"
#include "reunion-picture.h"

#include <string.h>

#define CHINA_S (8 * 3600)
#define VALIDITY_USEC (30 * G_TIME_SPAN_DAY)
#define HTML "text/html; charset=utf-8"

void
central_finding_clear (CentralFinding *self)
{
  g_clear_object (&self->case_);
  g_clear_pointer (&self->told, g_ptr_array_unref);
}

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

ReunionLanguage
central_public_get_language (SoupServerMessage *message, GHashTable *query)
{
  return central_page_language_choose (
      query != NULL ? g_hash_table_lookup (query, "lang") : NULL,
      soup_message_headers_get_list (soup_server_message_get_request_headers (message),
                                     "Accept-Language"));
}

static void
set_headers (SoupServerMessage *message, CentralPagePolicy policy)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *content = central_page_make_policy (policy);

  soup_message_headers_replace (headers, "Content-Security-Policy", content);
  soup_message_headers_replace (headers, "Permissions-Policy",
                                central_page_get_permissions (policy));
  soup_message_headers_replace (headers, "Cross-Origin-Opener-Policy", "same-origin");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-Robots-Tag", "noindex, noarchive");
  soup_message_headers_replace (headers, "Vary", "Accept-Language");
}

/* What it answers to HEAD is the same but for the body, which libsoup leaves out. */
void
central_public_answer (SoupServerMessage *message,
                       guint status,
                       CentralPagePolicy policy,
                       const char *media_type,
                       GBytes *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  /* A form is made anew each time. */
  gboolean is_kept = status == SOUP_STATUS_OK && policy != CENTRAL_PAGE_POLICY_FORM;

  set_headers (message, policy);
  soup_message_headers_replace (headers, "Cache-Control", is_kept ? "no-cache" : "no-store");
  if (is_kept)
    {
      g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
      g_autofree char *etag = g_strdup_printf ("\"%.32s\"", hash);

      soup_message_headers_replace (headers, "ETag", etag);
      if (is_known_tag (message, etag))
        {
          soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
          return;
        }
    }
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, media_type, SOUP_MEMORY_COPY,
                                    g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

void
central_public_answer_html (SoupServerMessage *message,
                            guint status,
                            CentralPagePolicy policy,
                            char *html)
{
  g_autoptr (GBytes) body = g_bytes_new_take (html, strlen (html));

  central_public_answer (message, status, policy, HTML, body);
}

static void
answer_unknown (CentralRequest *request)
{
  ReunionLanguage language = central_public_get_language (request->message, request->query);

  central_public_answer_html (request->message, SOUP_STATUS_NOT_FOUND, CENTRAL_PAGE_POLICY_READ,
                              central_page_new_unknown (language));
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

gboolean
central_public_find (CentralRequest *request, const char *case_id, CentralFinding *finding)
{
  ReunionCentralStore *store = central_service_get_store (request->service);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionCase) case_ = reunion_central_store_find_case (store, case_id, &error);

  if (case_ != NULL && is_known (case_))
    finding->told = reunion_central_store_list_told (store, case_id, &error);
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

gboolean
central_public_is_ended (const CentralFinding *finding)
{
  return is_ended (finding->case_);
}

static const ReunionTold *
get_last (const CentralFinding *finding)
{
  return finding->told->pdata[finding->told->len - 1];
}

char *
central_public_make_url (CentralRequest *request)
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

char *
central_public_make_host (const char *url)
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

/* --- the photo ---------------------------------------------------------------------- */

void
central_public_handle_photo (CentralRequest *request)
{
  const char *number = strrchr (request->path, '/') + 1;
  g_auto (CentralFinding) finding = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gint64 index;

  if (!central_public_find (request, request->parameter, &finding))
    return;
  if (is_ended (finding.case_))
    central_public_answer_html (
        request->message, SOUP_STATUS_GONE, CENTRAL_PAGE_POLICY_READ,
        central_page_new_ended (central_public_get_language (request->message, request->query),
                                FALSE));
  else if (!g_ascii_string_to_signed (number, 10, 1, reunion_case_get_n_photos (finding.case_),
                                      &index, NULL)
           || *number == '+' || *number == '0')
    answer_unknown (request);
  else
    {
      bytes
          = find_photo (request, reunion_case_get_photo (finding.case_, (guint) index - 1), &error);
      if (bytes != NULL)
        central_public_answer (request->message, SOUP_STATUS_OK, CENTRAL_PAGE_POLICY_READ,
                               reunion_picture_sniff (bytes), bytes);
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
list_references (const CentralFinding *finding, const char *sender)
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
get_kind (const CentralFinding *finding)
{
  if (is_ended (finding->case_))
    return REUNION_CAP_KIND_CANCEL;
  return finding->told->len > 1 ? REUNION_CAP_KIND_UPDATE : REUNION_CAP_KIND_ALERT;
}

const ReunionStage *
central_public_get_stage (CentralRequest *request, ReunionCase *case_)
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
make_cap (CentralRequest *request, const CentralFinding *finding, GError **error)
{
  const ReunionTold *last = get_last (finding);
  g_autofree char *url = central_public_make_url (request);
  g_autofree char *sender = central_public_make_host (url);
  g_autofree char *identifier = make_identifier (finding->case_, last);
  g_autofree char *web = g_strconcat (url, "/alerts/", reunion_case_get_id (finding->case_), NULL);
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
    .stage = central_public_get_stage (request, finding->case_),
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
  g_auto (CentralFinding) finding = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;
  char *xml;

  if (!central_public_find (request, request->parameter, &finding))
    return;
  xml = make_cap (request, &finding, &error);
  if (xml == NULL)
    {
      central_request_fail (request->message, error);
      return;
    }
  body = g_bytes_new_take (xml, strlen (xml));
  central_public_answer (request->message, SOUP_STATUS_OK, CENTRAL_PAGE_POLICY_READ,
                         REUNION_CAP_MEDIA_TYPE, body);
}
