/* central-page.c: the pages that the public sees, as HTML
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-page.h"

#include "reunion-phone.h"
#include "reunion-time.h"

#include <string.h>

#define CHINA_S (8 * 3600)

/* As in reunion-notice.c: a page speaks both languages at once. */
typedef const char *Words[REUNION_N_LANGUAGES];

static const Words official_words
    = { "公安机关寻人启事", "Notice of a missing person, by the police" };
static const Words seen_words = {
  "见到此人或知道其下落，请立即拨打：",
  "If you see this person or know where they are, call at once:",
};
static const Words zone_words = { "时间均为北京时间。", "All times are China's time (UTC+8)." };
static const Words real_title = { "这条启事是真的吗？", "Is this notice real?" };
static const Words real_words = {
  "是真的，只要浏览器地址栏里的网址是下面这一个。警方不会要您为寻人付款，也不会向您要验证码。"
  "有疑问请拨打110核实。",
  "Yes, if the address in your browser is the one below. The police never ask for money or for a "
  "code to find somebody. When in doubt, ask 110.",
};
static const Words changed_words = { "最后更新", "Last change" };
static const Words photo_words = { "照片", "Photo" };
static const Words unknown_title = { "这里没有启事", "There is no notice here" };
static const Words unknown_words = {
  "网址可能抄错了一个字，请再核对一遍，或重新扫描海报上的二维码。如果您有失踪人员的线索，请拨打110"
  "。",
  "A letter of the address may be wrong: compare it again, or scan the code on the poster once "
  "more. If you know something of a missing person, call 110.",
};

static const char style[]
    = ":root{color-scheme:light dark;--ink:#1d1d20;--dim:#5e5e63;--paper:#fff;--back:#f1f1f3;"
      "--line:#dcdce0;--red:#b3101c;--call:#b3101c}"
      "@media(prefers-color-scheme:dark){:root{--ink:#f2f2f4;--dim:#a9a9b0;--paper:#26262a;"
      "--back:#17171a;--line:#3c3c42;--red:#ff8d85;--call:#c01c28}}"
      "*{box-sizing:border-box}"
      "body{margin:0;background:var(--back);color:var(--ink);line-height:1.5;"
      "font:1.0625rem/1.5 system-ui,'PingFang SC','Noto Sans CJK SC','WenQuanYi Micro Hei',"
      "sans-serif;overflow-wrap:anywhere;-webkit-text-size-adjust:100%}"
      "main{max-width:40rem;margin:0 auto;padding:0 0 2rem;background:var(--paper);"
      "min-height:100vh}"
      "p,h1,h2,dl,dd,dt{margin:0}"
      ".en{color:var(--dim);font-size:.875em}"
      ".top{background:var(--call);color:#fff;padding:.625rem 1rem;font-weight:600}"
      ".top .en{color:#fff;font-weight:400}"
      "h1{padding:1rem 1rem 0;font-size:1.875rem;line-height:1.25}"
      "h1+p{padding:.125rem 1rem 0}"
      ".photos{display:flex;gap:.5rem;overflow-x:auto;padding:1rem 1rem 0}"
      ".photos img{display:block;height:auto;width:100%;max-height:70vh;object-fit:contain;"
      "border-radius:.5rem;background:var(--back)}"
      ".photos a{flex:0 0 100%}.photos a:not(:only-child){flex-basis:86%}"
      ".call{margin:1rem 1rem 0;padding:.875rem 1rem 1rem;border:2px solid var(--red);"
      "border-radius:.75rem}"
      ".call a,.call b{display:block;margin-top:.625rem;padding:.625rem;border-radius:.5rem;"
      "background:var(--call);color:#fff;font-size:1.625rem;font-weight:700;text-align:center;"
      "text-decoration:none}"
      ".call a:focus-visible,.photos a:focus-visible{outline:3px solid var(--ink);"
      "outline-offset:2px}"
      "dl{padding:.5rem 1rem 0}"
      "dl div{padding:.5rem 0;border-bottom:1px solid var(--line)}"
      "dt{color:var(--dim);font-size:.875rem}"
      "dd{display:inline;font-size:1.125rem}"
      "dd.en{margin-left:.5em;font-size:1rem}"
      "section{padding:1rem 1rem 0}section p{padding-top:.25rem}"
      "h2{font-size:1.0625rem}"
      ".host{display:inline-block;margin:.5rem 0 0;padding:.25rem .5rem;border-radius:.375rem;"
      "background:var(--back);font-family:monospace}"
      "footer{padding:1rem 1rem 0;color:var(--dim);font-size:.875rem}"
      ".message{padding:2rem 1rem 0}.message h1,.message h1+p{padding:0}"
      ".message p{padding-top:.75rem}";

/* --- pieces --------------------------------------------------------------------- */

static void
add_escaped (GString *page, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (page, escaped);
}

/* @tag: name and attributes of an element for what was typed, whose own direction
 * it shall keep. */
static void
add_typed (GString *page, const char *tag, const char *name, const char *text)
{
  g_string_append_printf (page, "<%s dir=\"auto\">", tag);
  add_escaped (page, text);
  g_string_append_printf (page, "</%s>", name);
}

static void
add_words (GString *page, const char *name, const Words words)
{
  g_string_append_printf (page, "<%s lang=\"zh-CN\">%s</%s>", name, words[REUNION_LANGUAGE_ZH],
                          name);
  g_string_append_printf (page, "<p lang=\"en\" class=\"en\">%s</p>", words[REUNION_LANGUAGE_EN]);
}

/* "性别 <span class="en">Sex</span>" */
static void
add_label (GString *page, const char *zh, const char *en)
{
  add_escaped (page, zh);
  g_string_append (page, " <span lang=\"en\" class=\"en\">");
  add_escaped (page, en);
  g_string_append (page, "</span>");
}

static GString *
begin (const char *title, const char *head)
{
  GString *page = g_string_new ("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n"
                                "<meta charset=\"utf-8\">\n"
                                "<meta name=\"viewport\" content=\"width=device-width, "
                                "initial-scale=1\">\n"
                                "<meta name=\"color-scheme\" content=\"light dark\">\n"
                                "<meta name=\"format-detection\" content=\"telephone=no\">\n"
                                "<title>");

  add_escaped (page, title);
  g_string_append_printf (page, "</title>\n%s<style>%s</style>\n</head>\n<body>\n<main>\n", head,
                          style);
  g_string_append (page, "<div class=\"top\">");
  add_words (page, "p", official_words);
  g_string_append (page, "</div>\n");
  return page;
}

static char *
end (GString *page)
{
  g_string_append (page, "</main>\n</body>\n</html>\n");
  return g_string_free (page, FALSE);
}

static char *
new_message (const Words title, const Words text)
{
  GString *page = begin (title[REUNION_LANGUAGE_ZH], "");

  g_string_append (page, "<div class=\"message\">");
  add_words (page, "h1", title);
  add_words (page, "p", text);
  g_string_append (page, "</div>\n");
  return end (page);
}

/* --- the notice ------------------------------------------------------------------ */

/* The address of the page without what stands before the id, so that the service
 * may stand under any path. Transfer full. */
static char *
make_base (const CentralPageNotice *content)
{
  return g_uri_escape_string (reunion_case_get_id (content->case_), NULL, FALSE);
}

static void
add_photos (GString *page, const CentralPageNotice *content)
{
  g_autofree char *base = make_base (content);
  guint n_photos = reunion_case_get_n_photos (content->case_);

  if (n_photos == 0)
    return;
  g_string_append (page, "<div class=\"photos\">\n");
  for (guint i = 0; i < n_photos; i++)
    {
      ReunionPhoto *photo = reunion_case_get_photo (content->case_, i);

      /* With its sides, so that the text does not jump when it arrives. */
      g_string_append_printf (page,
                              "<a href=\"%s/photo/%u\"><img src=\"%s/photo/%u\" width=\"%u\" "
                              "height=\"%u\" alt=\"%s %u · %s %u\"></a>\n",
                              base, i + 1, base, i + 1, reunion_photo_get_width_px (photo),
                              reunion_photo_get_height_px (photo), photo_words[REUNION_LANGUAGE_ZH],
                              i + 1, photo_words[REUNION_LANGUAGE_EN], i + 1);
    }
  g_string_append (page, "</div>\n");
}

/* RFC 3966; NULL for what is no number to call. Transfer full. */
static char *
make_tel (const char *contact)
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

static void
add_contact (GString *page, const char *contact)
{
  g_autofree char *tel = NULL;

  if (contact == NULL)
    return;
  tel = make_tel (contact);
  g_string_append (page, "<div class=\"call\">");
  add_words (page, "p", seen_words);
  if (tel != NULL)
    g_string_append_printf (page, "<a href=\"%s\">", tel);
  else
    g_string_append (page, "<b>");
  add_typed (page, "bdi", "bdi", contact);
  g_string_append (page, tel != NULL ? "</a>" : "</b>");
  g_string_append (page, "</div>\n");
}

/* What was typed is the same in both languages, but for a comma that the notice
 * put in. */
static gboolean
says_the_same (const char *first, const char *second)
{
  g_autoptr (GString) a = g_string_new (first);
  g_autoptr (GString) b = g_string_new (second);

  g_string_replace (a, "，", ", ", 0);
  g_string_replace (b, "，", ", ", 0);
  return g_string_equal (a, b);
}

static void
add_lines (GString *page, const CentralPageNotice *content)
{
  const ReunionNotice *zh = content->notices[REUNION_LANGUAGE_ZH];
  const ReunionNotice *en = content->notices[REUNION_LANGUAGE_EN];
  /* The contact is the last line, and stands in a place of its own. */
  guint n_lines = zh->lines->len - (zh->contact != NULL ? 1 : 0);

  g_string_append (page, "<dl>\n");
  for (guint i = 0; i < n_lines; i++)
    {
      const ReunionNoticeLine *line = zh->lines->pdata[i];
      const ReunionNoticeLine *second = en->lines->pdata[i];

      g_string_append (page, "<div><dt>");
      add_label (page, line->label, second->label);
      g_string_append (page, "</dt>");
      add_typed (page, "dd", "dd", line->value);
      if (!says_the_same (line->value, second->value))
        add_typed (page, "dd lang=\"en\" class=\"en\"", "dd", second->value);
      g_string_append (page, "</div>\n");
    }
  g_string_append (page, "</dl>\n");
}

static void
add_end (GString *page, const CentralPageNotice *content)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (CHINA_S);
  g_autofree char *changed = reunion_time_format (content->changed_usec, china);

  g_string_append (page, "<section>");
  add_words (page, "h2", real_title);
  add_words (page, "p", real_words);
  g_string_append (page, "<p class=\"host\" dir=\"ltr\">");
  add_escaped (page, content->host);
  g_string_append (page, "</p></section>\n<footer><p>");
  add_label (page, changed_words[REUNION_LANGUAGE_ZH], changed_words[REUNION_LANGUAGE_EN]);
  g_string_append_printf (page, " %s</p>", changed);
  add_words (page, "p", zone_words);
  g_string_append (page, "</footer>\n");
}

char *
central_page_new_notice (const CentralPageNotice *content)
{
  const ReunionNotice *zh, *en;
  g_autofree char *base = NULL;
  g_autofree char *head = NULL;
  GString *page;

  g_return_val_if_fail (content != NULL && content->host != NULL, NULL);
  g_return_val_if_fail (REUNION_IS_CASE (content->case_), NULL);

  zh = content->notices[REUNION_LANGUAGE_ZH];
  en = content->notices[REUNION_LANGUAGE_EN];
  base = make_base (content);
  head = g_strdup_printf ("<link rel=\"alternate\" type=\"application/cap+xml\" href=\"%s/cap\">\n",
                          base);
  page = begin (zh->headline, head);
  add_typed (page, "h1", "h1", zh->headline);
  add_typed (page, "p lang=\"en\" class=\"en\"", "p", en->headline);
  g_string_append_c (page, '\n');
  add_photos (page, content);
  add_contact (page, zh->contact);
  add_lines (page, content);
  add_end (page, content);
  return end (page);
}

char *
central_page_new_ended (void)
{
  const Words title = { reunion_notice_get_ended_headline (REUNION_LANGUAGE_ZH),
                        reunion_notice_get_ended_headline (REUNION_LANGUAGE_EN) };
  const Words text = { reunion_notice_get_ended_text (REUNION_LANGUAGE_ZH),
                       reunion_notice_get_ended_text (REUNION_LANGUAGE_EN) };

  return new_message (title, text);
}

char *
central_page_new_unknown (void)
{
  return new_message (unknown_title, unknown_words);
}

char *
central_page_make_policy (void)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *encoded = NULL;

  /* The one style, and no other. */
  g_checksum_update (checksum, (const guchar *) style, -1);
  g_checksum_get_digest (checksum, digest, &length);
  encoded = g_base64_encode (digest, length);
  return g_strdup_printf ("default-src 'none'; img-src 'self'; style-src 'sha256-%s'; "
                          "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                          encoded);
}
