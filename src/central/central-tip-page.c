/* central-tip-page.c: the form of the public page, and the thanks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-tip-page.h"

#include "central-tips.h"

#include <string.h>

static const CentralWords title_words = { "提供线索", "Send a tip" };
static const CentralWords urgent_words = {
  "正看着这个人？请先打电话：",
  "Are you looking at the person right now? Call first:",
};
static const CentralWords faults_words = {
  "还没有发送。请改正标出的地方，再发送一次：",
  "Nothing was sent yet. Mend what is marked, and send it again:",
};
static const CentralWords any_words = {
  "知道多少写多少，可以留空。",
  "Write as much as you know. Anything may be left out.",
};
static const CentralWords send_words = { "发送给警方", "Send to the police" };
static const CentralWords privacy_words = {
  "只有警方看得到您写的内容和照片，只用于寻找这个人。照片中的拍摄地点等附加信息会被删除。",
  "Only the police see what you send, and use it for this search alone. Hidden data in the photo, "
  "such as where it was taken, is removed.",
};
static const CentralWords map_words = {
  "点一下地图，标出您看到的地方",
  "Press on the map where you saw them",
};
static const CentralWords where_words = { "在哪里看到的", "Where you saw them" };
static const CentralWords kept_words = {
  "已收到您选的照片，会一起发送；也可以另选一张。",
  "Your photo is kept and will be sent along. You may choose another.",
};
static const CentralWords trap_words = { "请不要填写此栏", "Leave this field empty" };
static const CentralWords back_words = { "返回启事", "Back to the notice" };
static const CentralWords thanks_title
    = { "谢谢，警方已收到您的线索", "Thank you. The police have your tip" };
static const CentralWords receipt_words = { "线索编号", "Number of your tip" };
static const CentralWords note_words = {
  "请记下编号。如果想起了别的，或又见到此人，请再发一次，或打电话报上编号。",
  "Note the number. If you remember more, or see the person again, send another tip, or call and "
  "give the number.",
};
static const CentralWords quiet_words = {
  "请不要在网上公布您看到的情况。",
  "Please do not post what you saw.",
};

/* Of the script. */
static const CentralWords here_words = { "用我现在的位置", "Use where I am now" };
static const CentralWords now_words = { "现在", "Now" };
static const CentralWords nowhere_words = {
  "无法得到您的位置，请点地图或写下地点。",
  "Your position can't be had. Press on the map, or write the place.",
};
static const CentralWords large_words = {
  "这张照片超过15 MB，请缩小后再选。",
  "This photo is over 15 MB. Make it smaller.",
};

typedef struct
{
  CentralWords label;
  CentralWords hint;
} Caption;

static const Caption captions[CENTRAL_TIP_N_SHOWN] = {
  [CENTRAL_TIP_FIELD_TEXT] = {
    { "看到了什么", "What you saw" },
    { "衣着、和谁在一起、往哪里去、车牌……", "Clothes, company, which way they went, a car's number …" },
  },
  [CENTRAL_TIP_FIELD_PLACE] = {
    { "地点", "Place" },
    { "例如：贵阳火车站售票厅", "Such as: ticket hall of Guiyang station" },
  },
  [CENTRAL_TIP_FIELD_POINT] = {
    { "坐标", "Coordinates" },
    { "点地图会自动填写；纬度在前", "Filled in by the map; latitude first" },
  },
  [CENTRAL_TIP_FIELD_SEEN] = {
    { "什么时候（北京时间）", "When (China's time)" },
    { NULL, NULL },
  },
  [CENTRAL_TIP_FIELD_PHOTO] = {
    { "照片", "Photo" },
    { "JPEG、PNG或WebP，不超过15 MB", "JPEG, PNG or WebP, up to 15 MB" },
  },
  [CENTRAL_TIP_FIELD_CONTACT] = {
    { "您的电话（可不填）", "Your phone (if you like)" },
    { "只有警方能看到，用来核实", "Seen by the police alone, to ask back" },
  },
};

static void
add_attribute (CentralPage *page, const char *name, const char *value)
{
  central_page_add_format (page, " %s=\"", name);
  central_page_add_escaped (page, value);
  central_page_add (page, "\"");
}

/* Opens the field: what it is, how to fill it in, and what is wrong. */
static void
begin_field (const CentralTipPage *self, CentralPage *page, CentralTipField field)
{
  const char *name = central_tip_field_get_name (field);
  const char *hint = captions[field].hint[page->language];

  central_page_add_format (page, "<div class=\"field\"><label for=\"%s\">%s</label>\n", name,
                           captions[field].label[page->language]);
  if (hint != NULL)
    central_page_add_format (page, "<p class=\"hint\" id=\"%s-hint\">%s</p>\n", name, hint);
  if (self->form->faults[field] != NULL)
    central_page_add_format (page, "<p class=\"fault\" id=\"%s-fault\">%s</p>\n", name,
                             self->form->faults[field]);
}

/* What every control has; the caller closes it. */
static void
begin_control (const CentralTipPage *self,
               CentralPage *page,
               const char *tag,
               CentralTipField field)
{
  const char *name = central_tip_field_get_name (field);
  gboolean is_wrong = self->form->faults[field] != NULL;

  central_page_add_format (page, "<%s id=\"%s\" name=\"%s\"", tag, name, name);
  if (captions[field].hint[0] != NULL || is_wrong)
    central_page_add_format (page, " aria-describedby=\"%s-%s\"", name,
                             is_wrong ? "fault" : "hint");
  if (is_wrong)
    central_page_add (page, " aria-invalid=\"true\"");
}

static void
add_input (const CentralTipPage *self,
           CentralPage *page,
           CentralTipField field,
           const char *attributes)
{
  begin_field (self, page, field);
  begin_control (self, page, "input", field);
  central_page_add_format (page, " %s", attributes);
  add_attribute (page, "value", self->form->texts[field]);
  central_page_add (page, ">\n</div>\n");
}

static void
add_text (const CentralTipPage *self, CentralPage *page)
{
  begin_field (self, page, CENTRAL_TIP_FIELD_TEXT);
  begin_control (self, page, "textarea", CENTRAL_TIP_FIELD_TEXT);
  /* The first line's end would be taken away. */
  central_page_add_format (page, " rows=\"5\" maxlength=\"%d\" dir=\"auto\">\n",
                           CENTRAL_TIP_MAX_TEXT);
  central_page_add_escaped (page, self->form->texts[CENTRAL_TIP_FIELD_TEXT]);
  central_page_add (page, "</textarea>\n</div>\n");
}

/* The corners, for the script to count with. */
static void
add_corners (const CentralTipPage *self, CentralPage *page)
{
  ReunionPoint first = central_map_get_point (self->map, 0, 0);
  ReunionPoint last = central_map_get_point (self->map, 1, 1);
  const double values[] = { first.lat_deg, first.lon_deg, last.lat_deg, last.lon_deg };
  static const char *const sides[] = { "north", "west", "south", "east" };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      central_page_add_format (page, " data-%s=\"%s\"", sides[i],
                               g_ascii_formatd (number, sizeof number, "%.7f", values[i]));
    }
}

static void
add_map (const CentralTipPage *self, CentralPage *page)
{
  const char *tag = reunion_language_to_tag (page->language);
  ReunionPoint point;
  g_autofree char *mark = NULL;

  if (self->map == NULL)
    return;
  if (central_tip_form_get_point (self->form, &point))
    {
      char lat[G_ASCII_DTOSTR_BUF_SIZE], lon[G_ASCII_DTOSTR_BUF_SIZE];

      mark = g_strdup_printf ("&amp;at=%s,%s",
                              g_ascii_formatd (lat, sizeof lat, "%.4f", point.lat_deg),
                              g_ascii_formatd (lon, sizeof lon, "%.4f", point.lon_deg));
    }
  central_page_add_format (page,
                           "<p class=\"hint\">%s</p>\n<input type=\"image\" id=\"map\" "
                           "name=\"map\" src=\"map.svg?lang=%s%s\" width=\"%d\" height=\"%d\" "
                           "alt=\"%s\" formaction=\"tips?lang=%s#where\" formnovalidate",
                           map_words[page->language], tag, mark != NULL ? mark : "",
                           CENTRAL_TIP_MAP_WIDTH, CENTRAL_TIP_MAP_HEIGHT, map_words[page->language],
                           tag);
  add_corners (self, page);
  central_page_add (page, ">\n");
}

static void
add_where (const CentralTipPage *self, CentralPage *page)
{
  central_page_add (page, "<fieldset class=\"field where\" id=\"where\">\n");
  central_page_add_words (page, "legend", where_words);
  add_map (self, page);
  add_input (self, page, CENTRAL_TIP_FIELD_PLACE,
             "type=\"text\" maxlength=\"200\" dir=\"auto\" autocomplete=\"off\"");
  add_input (self, page, CENTRAL_TIP_FIELD_POINT,
             "type=\"text\" maxlength=\"100\" autocomplete=\"off\" dir=\"ltr\"");
  central_page_add (page, "</fieldset>\n");
}

static void
add_photo (const CentralTipPage *self, CentralPage *page)
{
  begin_field (self, page, CENTRAL_TIP_FIELD_PHOTO);
  if (self->kept != NULL)
    {
      g_autofree char *encoded
          = g_base64_encode (g_bytes_get_data (self->kept, NULL), g_bytes_get_size (self->kept));

      central_page_add_words (page, "p class=\"kept\"", kept_words);
      central_page_add_format (page, "<input type=\"hidden\" name=\"%s\" value=\"%s\">\n",
                               central_tip_field_get_name (CENTRAL_TIP_FIELD_KEPT), encoded);
    }
  begin_control (self, page, "input", CENTRAL_TIP_FIELD_PHOTO);
  central_page_add (page, " type=\"file\" accept=\"image/jpeg,image/png,image/webp\">\n</div>\n");
}

static void
add_faults (const CentralTipPage *self, CentralPage *page)
{
  gboolean is_wrong = self->form->fault != NULL;

  for (guint i = 0; i < CENTRAL_TIP_N_SHOWN; i++)
    is_wrong = is_wrong || self->form->faults[i] != NULL;
  if (!is_wrong)
    return;
  central_page_add (page, "<div class=\"faults\" role=\"alert\">\n");
  if (self->form->fault != NULL)
    central_page_add_format (page, "<p>%s</p>\n", self->form->fault);
  else
    central_page_add_words (page, "p", faults_words);
  central_page_add (page, "<ul>\n");
  for (guint i = 0; i < CENTRAL_TIP_N_SHOWN; i++)
    if (self->form->faults[i] != NULL)
      central_page_add_format (page, "<li><a href=\"#%s\">%s</a></li>\n",
                               central_tip_field_get_name (i), captions[i].label[page->language]);
  central_page_add (page, "</ul>\n</div>\n");
}

static void
add_call (CentralPage *page, const char *contact)
{
  g_autofree char *tel = contact != NULL ? central_page_make_tel (contact) : NULL;

  if (contact == NULL)
    return;
  central_page_add_format (page, "<p class=\"urgent\">%s ", urgent_words[page->language]);
  if (tel != NULL)
    central_page_add_format (page, "<a href=\"%s\">", tel);
  central_page_add_typed (page, "bdi", contact);
  central_page_add (page, tel != NULL ? "</a></p>\n" : "</p>\n");
}

static void
begin_form (const CentralTipPage *self, CentralPage *page)
{
  const char *tag = reunion_language_to_tag (page->language);

  central_page_add_format (page,
                           "<form class=\"form\" method=\"post\" action=\"tips?lang=%s\" "
                           "enctype=\"multipart/form-data\"",
                           tag);
  add_attribute (page, "data-here", here_words[page->language]);
  add_attribute (page, "data-now", now_words[page->language]);
  add_attribute (page, "data-nowhere", nowhere_words[page->language]);
  add_attribute (page, "data-large", large_words[page->language]);
  central_page_add (page, ">\n");
  /* Enter in a field presses the first button, which must not be the map. */
  central_page_add_format (page,
                           "<button class=\"first\" tabindex=\"-1\" aria-hidden=\"true\">%s"
                           "</button>\n<input type=\"hidden\" name=\"%s\"",
                           send_words[page->language],
                           central_tip_field_get_name (CENTRAL_TIP_FIELD_TOKEN));
  add_attribute (page, "value", self->token);
  central_page_add_format (page,
                           ">\n<p class=\"trap\" aria-hidden=\"true\"><label>%s <input name=\"%s\" "
                           "tabindex=\"-1\" autocomplete=\"off\"></label></p>\n",
                           trap_words[page->language],
                           central_tip_field_get_name (CENTRAL_TIP_FIELD_TRAP));
}

static char *
make_title (const CentralTipPage *self)
{
  return g_strdup_printf ("%s · %s", title_words[self->notice->language], self->notice->headline);
}

char *
central_tip_page_to_html (const CentralTipPage *self)
{
  g_autofree char *title = NULL;
  g_autofree char *base = NULL;
  CentralPage *page;

  g_return_val_if_fail (self != NULL && self->notice != NULL && self->form != NULL, NULL);
  g_return_val_if_fail (self->token != NULL && REUNION_IS_CASE (self->case_), NULL);

  title = make_title (self);
  base = g_uri_escape_string (reunion_case_get_id (self->case_), NULL, FALSE);
  page = central_page_begin (self->notice->language, title,
                             "<script src=\"tips.js\" defer></script>\n", FALSE);
  central_page_add_words (page, "h1", title_words);
  central_page_add_typed (page, "p", self->notice->headline);
  central_page_add (page, "\n");
  add_call (page, self->notice->contact);
  add_faults (self, page);
  begin_form (self, page);
  central_page_add_words (page, "p class=\"privacy\"", any_words);
  add_text (self, page);
  add_where (self, page);
  add_input (self, page, CENTRAL_TIP_FIELD_SEEN, "type=\"datetime-local\"");
  add_photo (self, page);
  add_input (self, page, CENTRAL_TIP_FIELD_CONTACT,
             "type=\"text\" maxlength=\"200\" dir=\"auto\" autocomplete=\"tel\"");
  central_page_add_words (page, "p class=\"privacy\"", privacy_words);
  central_page_add_words (page, "button class=\"send\" name=\"send\" value=\"1\"", send_words);
  central_page_add (page, "</form>\n");
  central_page_add_format (page, "<p class=\"back\"><a href=\"../%s?lang=%s\">%s</a></p>\n", base,
                           reunion_language_to_tag (page->language), back_words[page->language]);
  return central_page_end (page);
}

char *
central_tip_page_new_thanks (ReunionLanguage language, const char *number, const char *contact)
{
  CentralPage *page;

  g_return_val_if_fail (number != NULL, NULL);

  page = central_page_begin (language, thanks_title[language], NULL, FALSE);
  central_page_add (page, "<div class=\"message\">\n");
  central_page_add_words (page, "h1", thanks_title);
  central_page_add_format (page, "<p class=\"receipt\">%s <b>", receipt_words[language]);
  central_page_add_escaped (page, number);
  central_page_add (page, "</b></p>\n");
  central_page_add_words (page, "p", note_words);
  central_page_add_words (page, "p", quiet_words);
  if (contact != NULL)
    add_call (page, contact);
  central_page_add_format (page, "<p><a href=\"../tips?lang=%s\">%s</a></p>\n</div>\n",
                           reunion_language_to_tag (language), title_words[language]);
  return central_page_end (page);
}
