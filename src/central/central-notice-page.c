/* central-notice-page.c: the page of a notice
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-notice-page.h"

#include "central-map.h"
#include "reunion-time.h"

#include <string.h>

#define CHINA_S (8 * 3600)
#define NUMBER_LETTERS 8

static const CentralWords seen_words = {
  "见到此人或知道其下落，请立即拨打",
  "If you see this person or know where they are, call at once",
};
static const CentralWords web_words = { "在网上提供线索", "Send a tip online" };
static const CentralWords photo_words = { "照片", "Photo" };
static const CentralWords elapsed_words = { "已失踪", "Missing for" };
static const CentralWords circle_words = { "通知范围", "Notice radius" };
static const CentralWords grows_words = { "范围扩大", "The circle grows" };
static const CentralWords map_title = { "寻找范围", "Where people look" };
static const CentralWords map_note = {
  "圆点是最后见到的地方；圈内的人会收到这条启事。示意图，不作划界依据。",
  "The dot is where they were last seen; people inside the circle get this notice. A sketch: it "
  "says nothing about borders.",
};
static const CentralWords tip_title = { "怎样提供线索", "How to give a tip" };
static const CentralWords tip_steps[] = {
  { "请先打电话：人可能很快离开。", "Call first: the person may soon be gone." },
  { "记住时间、地点、衣着、和谁在一起、往哪里去；能拍照就拍一张。",
    "Note the time, the place, the clothes, who is with them and where they go; take a photo if "
    "you can." },
  { "不要自己上前阻拦，不要在网上公布您看到的情况。",
    "Do not step in yourself, and do not post what you saw." },
};
static const CentralWords real_title = { "这条启事是真的吗？", "Is this notice real?" };
static const CentralWords address_words = {
  "看浏览器地址栏：官方网址是",
  "Look at the address in your browser. The official one begins with",
};
static const CentralWords certificate_words = {
  "点开地址栏里的锁形图标：证书必须是发给这个网址的。",
  "Open the padlock beside it: the certificate must be issued to this address.",
};
static const CentralWords number_words = { "启事编号", "Number of this notice" };
static const CentralWords police_words = {
  "只有公安机关能在这里发布启事。警方不会要您为寻人付款，也不会向您要验证码。",
  "Only the police can publish here. They never ask for money or for a code to find somebody.",
};
static const CentralWords ask_words = {
  "有疑问，请拨打110，或拨打上面的电话，报上启事编号核实。",
  "When in doubt, ask 110 or the number above, and give the number of this notice.",
};
static const CentralWords data_words = {
  "机器可读的启事（CAP 1.2）",
  "The notice for programs (CAP 1.2)",
};
static const CentralWords changed_words = { "最后更新", "Last change" };
static const CentralWords made_words = { "本页生成于", "Page made" };
static const CentralWords zone_words
    = { "时间均为北京时间。", "All times are China's time (UTC+8)." };
static const CentralWords credit_words = {
  "地图数据：Natural Earth、Apache ECharts、GeoNames（CC BY 4.0）、GSHHG",
  "Map data: Natural Earth, Apache ECharts, GeoNames (CC BY 4.0), GSHHG",
};

char *
central_notice_page_make_number (const char *id)
{
  g_autofree char *start = g_strndup (id, NUMBER_LETTERS);

  return g_ascii_strup (start, -1);
}

static char *
make_base (const CentralNoticePage *self)
{
  return g_uri_escape_string (reunion_case_get_id (self->case_), NULL, FALSE);
}

static void
add_photos (const CentralNoticePage *self, CentralPage *page)
{
  g_autofree char *base = make_base (self);
  guint n_photos = reunion_case_get_n_photos (self->case_);

  if (n_photos == 0)
    return;
  central_page_add (page, "<div class=\"photos\">\n");
  for (guint i = 0; i < n_photos; i++)
    {
      ReunionPhoto *photo = reunion_case_get_photo (self->case_, i);

      /* With its sides, so that the text does not jump when it arrives. */
      central_page_add_format (page,
                               "<a href=\"%s/photo/%u\"><img src=\"%s/photo/%u\" width=\"%u\" "
                               "height=\"%u\" alt=\"%s %u\"></a>\n",
                               base, i + 1, base, i + 1, reunion_photo_get_width_px (photo),
                               reunion_photo_get_height_px (photo), photo_words[page->language],
                               i + 1);
    }
  central_page_add (page, "</div>\n");
}

static void
add_call (const CentralNoticePage *self, CentralPage *page)
{
  const char *contact = self->notice->contact;
  g_autofree char *base = make_base (self);
  g_autofree char *tel = contact != NULL ? central_page_make_tel (contact) : NULL;

  central_page_add (page, "<div class=\"call\">\n");
  if (contact != NULL)
    {
      central_page_add_words (page, "p", seen_words);
      if (tel != NULL)
        central_page_add_format (page, "<a class=\"phone\" href=\"%s\">", tel);
      else
        central_page_add (page, "<b class=\"phone\">");
      central_page_add_typed (page, "bdi", contact);
      central_page_add (page, tel != NULL ? "</a>\n" : "</b>\n");
    }
  central_page_add_format (page, "<a class=\"web\" href=\"%s/tips?lang=%s\">%s</a>\n</div>\n", base,
                           reunion_language_to_tag (page->language), web_words[page->language]);
}

static void
add_fact (CentralPage *page, const CentralWords label, const char *value)
{
  central_page_add_format (page, "<div><dt>%s</dt><dd>%s</dd></div>\n", label[page->language],
                           value);
}

static char *
format_km (const CentralPage *page, double km)
{
  return page->language == REUNION_LANGUAGE_ZH ? g_strdup_printf ("%.0f公里", km)
                                               : g_strdup_printf ("%.0f km", km);
}

static void
add_clock (const CentralNoticePage *self, CentralPage *page)
{
  gint64 lost_usec
      = reunion_report_get_int (reunion_case_get_report (self->case_), REUNION_FIELD_LAST_SEEN, 0);
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (CHINA_S);
  g_autofree char *elapsed
      = central_page_format_elapsed (page->language, self->now_usec - lost_usec);

  central_page_add (page, "<dl class=\"clock\">\n");
  if (lost_usec != 0)
    add_fact (page, elapsed_words, elapsed);
  if (self->radius_km > 0)
    {
      g_autofree char *radius = format_km (page, self->radius_km);

      add_fact (page, circle_words, radius);
    }
  if (self->next_radius_km > 0)
    {
      g_autofree char *when = reunion_time_format (self->next_usec, china);
      g_autofree char *radius = format_km (page, self->next_radius_km);
      /* The day is today's, or plain from the hour. */
      const char *hour = strchr (when, ' ') != NULL ? strchr (when, ' ') + 1 : when;
      g_autofree char *text = page->language == REUNION_LANGUAGE_ZH
                                  ? g_strdup_printf ("%s 起%s", hour, radius)
                                  : g_strdup_printf ("at %s to %s", hour, radius);

      add_fact (page, grows_words, text);
    }
  central_page_add (page, "</dl>\n");
}

static void
add_lines (const CentralNoticePage *self, CentralPage *page)
{
  /* The contact is the last line, and stands in a place of its own. */
  guint n_lines = self->notice->lines->len - (self->notice->contact != NULL ? 1 : 0);

  central_page_add (page, "<dl class=\"lines\">\n");
  for (guint i = 0; i < n_lines; i++)
    {
      const ReunionNoticeLine *line = self->notice->lines->pdata[i];

      central_page_add (page, "<div><dt>");
      central_page_add_escaped (page, line->label);
      central_page_add (page, "</dt>");
      central_page_add_typed (page, "dd", line->value);
      central_page_add (page, "</div>\n");
    }
  central_page_add (page, "</dl>\n");
}

static void
add_map (const CentralNoticePage *self, CentralPage *page)
{
  g_autofree char *base = make_base (self);
  g_autofree char *radius = format_km (page, self->radius_km);
  ReunionPoint point;

  if (!reunion_report_get_point (reunion_case_get_report (self->case_), &point))
    return;
  central_page_add (page, "<figure class=\"map\">\n");
  central_page_add_words (page, "h2", map_title);
  central_page_add_format (
      page, "<img src=\"%s/map.svg?lang=%s\" width=\"%d\" height=\"%d\" alt=\"", base,
      reunion_language_to_tag (page->language), CENTRAL_MAP_WIDTH, CENTRAL_MAP_HEIGHT);
  if (self->radius_km > 0)
    central_page_add_format (page, "%s %s", circle_words[page->language], radius);
  else
    central_page_add (page, map_title[page->language]);
  central_page_add (page, "\">\n");
  central_page_add_words (page, "figcaption", map_note);
  central_page_add (page, "</figure>\n");
}

static void
add_steps (const CentralNoticePage *self, CentralPage *page)
{
  central_page_add (page, "<section class=\"how\">\n");
  central_page_add_words (page, "h2", tip_title);
  central_page_add (page, "<ul>\n");
  for (gsize i = 0; i < G_N_ELEMENTS (tip_steps); i++)
    central_page_add_words (page, "li", tip_steps[i]);
  central_page_add (page, "</ul></section>\n");
}

static void
add_proof (const CentralNoticePage *self, CentralPage *page)
{
  g_autofree char *base = make_base (self);
  g_autofree char *number = central_notice_page_make_number (reunion_case_get_id (self->case_));
  g_autofree char *escaped = g_markup_escape_text (number, -1);

  central_page_add (page, "<section class=\"real\">\n");
  central_page_add_words (page, "h2", real_title);
  central_page_add_format (page, "<ul>\n<li>%s <span class=\"host\" dir=\"ltr\">%s",
                           address_words[page->language], self->is_encrypted ? "https://" : "");
  central_page_add_escaped (page, self->host);
  central_page_add (page, "</span></li>\n");
  if (self->is_encrypted)
    central_page_add_words (page, "li", certificate_words);
  central_page_add_format (page, "<li>%s <b class=\"number\">%s</b></li>\n",
                           number_words[page->language], escaped);
  central_page_add_words (page, "li", police_words);
  central_page_add_words (page, "li", ask_words);
  central_page_add_format (page,
                           "<li class=\"data\"><a href=\"%s/cap\">%s</a></li>\n</ul></section>\n",
                           base, data_words[page->language]);
}

static void
add_foot (const CentralNoticePage *self, CentralPage *page)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (CHINA_S);
  g_autofree char *changed = reunion_time_format (self->changed_usec, china);
  g_autofree char *made = reunion_time_format (self->now_usec, china);

  central_page_add_format (page, "<footer>\n<p>%s %s · %s %s</p>\n", changed_words[page->language],
                           changed, made_words[page->language], made);
  central_page_add_words (page, "p", zone_words);
  central_page_add_words (page, "p class=\"credit\"", credit_words);
  central_page_add (page, "</footer>\n");
}

char *
central_notice_page_to_html (const CentralNoticePage *self)
{
  g_autofree char *base = NULL;
  g_autofree char *head = NULL;
  CentralPage *page;

  g_return_val_if_fail (self != NULL && self->notice != NULL && self->host != NULL, NULL);
  g_return_val_if_fail (REUNION_IS_CASE (self->case_), NULL);

  base = make_base (self);
  head = g_strdup_printf ("<link rel=\"alternate\" type=\"application/cap+xml\" href=\"%s/cap\">\n",
                          base);
  page = central_page_begin (self->notice->language, self->notice->headline, head, TRUE);
  central_page_add (page, "<article class=\"notice\">\n");
  central_page_add_typed (page, "h1", self->notice->headline);
  central_page_add (page, "\n<div class=\"side\">\n");
  add_photos (self, page);
  add_map (self, page);
  central_page_add (page, "</div>\n<div class=\"rest\">\n");
  add_call (self, page);
  add_clock (self, page);
  add_lines (self, page);
  add_steps (self, page);
  add_proof (self, page);
  central_page_add (page, "</div>\n</article>\n");
  add_foot (self, page);
  return central_page_end (page);
}
