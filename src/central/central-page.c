/* central-page.c: the pages that the public sees, as HTML
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-page.h"

#include <gio/gio.h>

#include "central-map.h"
#include "central-resources.h"
#include "reunion-phone.h"

#include <string.h>

#define STYLE_PATH "/org/reunion/central/central-page.css"
#define ICON_PATH "/org/reunion/central/central-icon.svg"
#define SCRIPT_PATH "/org/reunion/central/central-page.js"

static const CentralWords official_words = { "公安机关寻人启事", "Official police notice" };
static const CentralWords other_language = { "English", "中文" };
static const CentralWords unknown_title = { "这里没有启事", "There is no notice here" };
static const CentralWords unknown_words = {
  "网址可能抄错了一个字，请再核对一遍，或重新扫描海报上的二维码。如果您有失踪人员的线索，请拨打110"
  "。",
  "A letter of the address may be wrong: compare it again, or scan the code on the poster once "
  "more. If you know something of a missing person, call 110.",
};
static const CentralWords late_words = {
  "如果您仍有线索，请拨打110。",
  "If you still know something that may help, call 110.",
};
static const CentralWords expired_words = {
  "启事的内容已按规定删除。",
  "What stood here has been erased, as the rules demand.",
};

static const char *
get_tag (ReunionLanguage language)
{
  return language == REUNION_LANGUAGE_ZH ? "zh-CN" : "en";
}

/* Transfer none: part of the program. */
static GBytes *
get_resource (const char *path)
{
  static GHashTable *found = NULL;
  GBytes *bytes;

  if (found == NULL)
    found = g_hash_table_new (g_str_hash, g_str_equal);
  bytes = g_hash_table_lookup (found, path);
  if (bytes == NULL)
    {
      bytes = g_resource_lookup_data (central_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                      NULL);
      g_assert (bytes != NULL);
      g_hash_table_insert (found, (char *) path, bytes);
    }
  return bytes;
}

/* --- pieces --------------------------------------------------------------------------- */

void
central_page_add (CentralPage *self, const char *html)
{
  g_string_append (self->html, html);
}

void
central_page_add_format (CentralPage *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (self->html, format, arguments);
  va_end (arguments);
}

void
central_page_add_escaped (CentralPage *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (self->html, escaped);
}

void
central_page_add_words (CentralPage *self, const char *tag, const CentralWords words)
{
  central_page_add_format (self, "<%s>%s</%.*s>\n", tag, words[self->language],
                           (int) strcspn (tag, " "), tag);
}

void
central_page_add_typed (CentralPage *self, const char *tag, const char *text)
{
  central_page_add_format (self, "<%s dir=\"auto\">", tag);
  central_page_add_escaped (self, text);
  central_page_add_format (self, "</%.*s>", (int) strcspn (tag, " "), tag);
}

CentralPage *
central_page_begin (ReunionLanguage language, const char *title, const char *head, gboolean is_wide)
{
  CentralPage *self = g_new0 (CentralPage, 1);
  GBytes *style = get_resource (STYLE_PATH);

  self->language = language;
  self->html = g_string_new (NULL);
  central_page_add_format (self,
                           "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                           "<meta name=\"viewport\" content=\"width=device-width, "
                           "initial-scale=1\">\n"
                           "<meta name=\"color-scheme\" content=\"light dark\">\n"
                           "<meta name=\"format-detection\" content=\"telephone=no\">\n<title>",
                           get_tag (language));
  central_page_add_escaped (self, title);
  central_page_add (self, "</title>\n");
  central_page_add (self, head != NULL ? head : "");
  central_page_add (self, "<style>");
  g_string_append_len (self->html, g_bytes_get_data (style, NULL),
                       (gssize) g_bytes_get_size (style));
  central_page_add (self, "</style>\n</head>\n");
  central_page_add (self, is_wide ? "<body class=\"wide\">\n<header>" : "<body>\n<header>");
  central_page_add_words (self, "p", official_words);
  central_page_add_format (self,
                           "<a class=\"tongue\" hreflang=\"%s\" lang=\"%s\" "
                           "href=\"?lang=%s\">%s</a>\n",
                           get_tag (!language), get_tag (!language),
                           reunion_language_to_tag (!language), other_language[language]);
  central_page_add (self, "</header>\n<main>\n");
  return self;
}

char *
central_page_end (CentralPage *self)
{
  char *html;

  central_page_add (self, "</main>\n</body>\n</html>\n");
  html = g_string_free (self->html, FALSE);
  g_free (self);
  return html;
}

char *
central_page_make_tel (const char *contact)
{
  g_autofree char *number = reunion_phone_normalise (contact, NULL);
  g_auto (GStrv) parts = NULL;
  g_autofree char *digits = NULL;

  if (number == NULL)
    return NULL;
  parts = g_strsplit (number, "-", -1);
  digits = g_strjoinv ("", parts);
  /* Area, number, extension. */
  if (*number == '0' && g_strv_length (parts) == 3)
    return g_strdup_printf ("tel:%s%s;ext=%s", parts[0], parts[1], parts[2]);
  return g_strconcat ("tel:", digits, NULL);
}

char *
central_page_format_elapsed (ReunionLanguage language, gint64 elapsed_usec)
{
  gint64 minutes = MAX (1, elapsed_usec / G_TIME_SPAN_MINUTE);
  int days = (int) (minutes / 1440), hours = (int) (minutes / 60 % 24), rest = (int) (minutes % 60);
  gboolean is_zh = language == REUNION_LANGUAGE_ZH;

  if (days > 0)
    return is_zh ? g_strdup_printf ("%d天%d小时", days, hours)
                 : g_strdup_printf ("%d d %d h", days, hours);
  if (hours > 0)
    return is_zh ? g_strdup_printf ("%d小时%d分钟", hours, rest)
                 : g_strdup_printf ("%d h %02d min", hours, rest);
  return is_zh ? g_strdup_printf ("%d分钟", rest) : g_strdup_printf ("%d min", rest);
}

/* --- whole pages of few words ----------------------------------------------------------- */

static CentralPage *
begin_message (ReunionLanguage language, const char *title, const char *text)
{
  CentralPage *self = central_page_begin (language, title, NULL, FALSE);

  central_page_add_format (self, "<div class=\"message\"><h1>%s</h1>\n<p>%s</p>\n", title, text);
  return self;
}

char *
central_page_new_message (ReunionLanguage language,
                          const CentralWords title,
                          const CentralWords text)
{
  CentralPage *self = begin_message (language, title[language], text[language]);

  central_page_add (self, "</div>\n");
  return central_page_end (self);
}

char *
central_page_new_ended (ReunionLanguage language, gboolean is_expired)
{
  CentralPage *self = begin_message (language, reunion_notice_get_ended_headline (language),
                                     reunion_notice_get_ended_text (language));

  if (is_expired)
    central_page_add_words (self, "p", expired_words);
  central_page_add_words (self, "p", late_words);
  central_page_add (self, "</div>\n");
  return central_page_end (self);
}

char *
central_page_new_unknown (ReunionLanguage language)
{
  return central_page_new_message (language, unknown_title, unknown_words);
}

/* --- what a page may do ------------------------------------------------------------------- */

static char *
hash (const char *text, gsize length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize digest_length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) text, (gssize) length);
  g_checksum_get_digest (checksum, digest, &digest_length);
  return g_base64_encode (digest, digest_length);
}

char *
central_page_make_policy (CentralPagePolicy policy)
{
  GBytes *style = get_resource (STYLE_PATH);
  const char *map_style = central_map_get_style ();
  g_autofree char *encoded = policy == CENTRAL_PAGE_POLICY_MAP
                                 ? hash (map_style, strlen (map_style))
                                 : hash (g_bytes_get_data (style, NULL), g_bytes_get_size (style));

  /* The one style, and no other. */
  return g_strdup_printf (
      "default-src 'none'; %sstyle-src 'sha256-%s'; %s; base-uri 'none'; frame-ancestors 'none'",
      policy == CENTRAL_PAGE_POLICY_READ
          ? "img-src 'self'; "
          : (policy == CENTRAL_PAGE_POLICY_FORM ? "img-src 'self' blob:; script-src 'self'; " : ""),
      encoded, policy == CENTRAL_PAGE_POLICY_FORM ? "form-action 'self'" : "form-action 'none'");
}

const char *
central_page_get_permissions (CentralPagePolicy policy)
{
  return policy == CENTRAL_PAGE_POLICY_FORM
             ? "camera=(), geolocation=(self), microphone=(), payment=(), usb=()"
             : "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
}

GBytes *
central_page_get_icon (void)
{
  return get_resource (ICON_PATH);
}

GBytes *
central_page_get_script (void)
{
  return get_resource (SCRIPT_PATH);
}
