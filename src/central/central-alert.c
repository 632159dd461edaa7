/* central-alert.c: the page of a notice, where the code on the poster leads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-alert.h"

#include "central-notice-page.h"
#include "central-public-private.h"
#include "reunion-coordinates.h"

#include <string.h>

#define CHINA_S (8 * 3600)
#define SVG "image/svg+xml"

static gboolean
is_expired (const CentralFinding *finding)
{
  return reunion_case_get_state (finding->case_) == REUNION_CASE_STATE_EXPIRED;
}

gboolean
central_alert_get_map (CentralRequest *request, ReunionCase *case_, CentralMap *map)
{
  const ReunionStage *stage = central_public_get_stage (request, case_);

  *map = (CentralMap){
    .language = central_public_get_language (request->message, request->query),
    .radius_km = stage != NULL ? stage->radius_km : 0,
  };
  return reunion_report_get_point (reunion_case_get_report (case_), &map->centre);
}

/* When the circle grows, and how far. */
static void
find_next (CentralRequest *request, ReunionCase *case_, CentralNoticePage *content)
{
  ReunionPolicy *policy = central_service_get_policy (request->service);
  gint64 lost_usec
      = reunion_report_get_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN, 0);
  gint64 after_usec = reunion_policy_next_change_usec (policy, content->now_usec - lost_usec);

  if (lost_usec == 0 || after_usec < 0)
    return;
  content->next_usec = lost_usec + after_usec;
  content->next_radius_km = reunion_policy_radius_km_at (policy, after_usec);
}

void
central_alert_handle_page (CentralRequest *request)
{
  ReunionLanguage language = central_public_get_language (request->message, request->query);
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (CHINA_S);
  g_autoptr (ReunionCase) redacted = NULL;
  g_autoptr (ReunionNotice) notice = NULL;
  g_autofree char *url = NULL;
  g_autofree char *host = NULL;
  g_auto (CentralFinding) finding = { 0 };
  CentralNoticePage content = { 0 };
  const ReunionStage *stage;

  if (!central_public_find (request, request->parameter, &finding))
    return;
  if (central_public_is_ended (&finding))
    {
      central_public_answer_html (
          request->message, is_expired (&finding) ? SOUP_STATUS_GONE : SOUP_STATUS_OK,
          CENTRAL_PAGE_POLICY_READ, central_page_new_ended (language, is_expired (&finding)));
      return;
    }
  redacted = reunion_case_redact (finding.case_);
  /* The notice redacts by itself, and has to know what is vital. */
  notice = reunion_notice_new (finding.case_, language, china);
  url = central_public_make_url (request);
  host = central_public_make_host (url);
  stage = central_public_get_stage (request, finding.case_);
  content.notice = notice;
  content.case_ = redacted;
  content.host = host;
  content.is_encrypted = g_str_has_prefix (url, "https:");
  content.now_usec = central_service_get_now_usec (request->service);
  content.changed_usec = ((ReunionTold *) finding.told->pdata[finding.told->len - 1])->sent_usec;
  content.radius_km = stage != NULL ? stage->radius_km : 0;
  find_next (request, finding.case_, &content);
  central_public_answer_html (request->message, SOUP_STATUS_OK, CENTRAL_PAGE_POLICY_READ,
                              central_notice_page_to_html (&content));
}

void
central_alert_handle_map (CentralRequest *request)
{
  const char *at = request->query != NULL ? g_hash_table_lookup (request->query, "at") : NULL;
  ReunionLanguage language = central_public_get_language (request->message, request->query);
  g_auto (CentralFinding) finding = { 0 };
  g_autoptr (GBytes) body = NULL;
  ReunionPoint mark;
  CentralMap map;
  char *svg;

  if (!central_public_find (request, request->parameter, &finding))
    return;
  if (central_public_is_ended (&finding) || !central_alert_get_map (request, finding.case_, &map))
    {
      central_public_answer_html (
          request->message,
          central_public_is_ended (&finding) ? SOUP_STATUS_GONE : SOUP_STATUS_NOT_FOUND,
          CENTRAL_PAGE_POLICY_READ,
          central_public_is_ended (&finding) ? central_page_new_ended (language, FALSE)
                                             : central_page_new_unknown (language));
      return;
    }
  if (at != NULL && reunion_coordinates_parse (at, &mark, NULL) && reunion_point_is_valid (mark))
    map.mark = &mark;
  svg = central_map_to_svg (&map);
  body = g_bytes_new_take (svg, strlen (svg));
  central_public_answer (request->message, SOUP_STATUS_OK, CENTRAL_PAGE_POLICY_MAP, SVG, body);
}

void
central_alert_handle_icon (CentralRequest *request)
{
  central_public_answer (request->message, SOUP_STATUS_OK, CENTRAL_PAGE_POLICY_READ, SVG,
                         central_page_get_icon ());
}

void
central_alert_handle_redirect (CentralRequest *request)
{
  g_autofree char *id = g_uri_escape_string (request->parameter, NULL, FALSE);
  /* From here, so that the service may stand under any path. */
  g_autofree char *location = g_strconcat ("../alerts/", id, NULL);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  soup_message_headers_replace (headers, "Location", location);
  central_public_answer_html (request->message, SOUP_STATUS_PERMANENT_REDIRECT,
                              CENTRAL_PAGE_POLICY_READ,
                              g_strdup_printf ("<!DOCTYPE html>\n<title>→</title>\n"
                                               "<a href=\"%s\">%s</a>\n",
                                               location, location));
}
