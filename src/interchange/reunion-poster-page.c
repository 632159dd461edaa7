/* reunion-poster-page.c: where on the poster everything stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-poster-page.h"

#include "reunion-poster-code.h"
#include "reunion-poster-photo.h"
#include "reunion-poster-text.h"
#include "reunion-poster.h"

#include <string.h>

/* The poster's own words. Like those of the notice they stand here: which
 * languages a poster speaks is not the locale's to say. */
typedef const char *Words[REUNION_N_LANGUAGES];

static const Words title_words = { "寻人启事", "MISSING" };
static const Words check_words = { "扫码核实本启事真伪", "Scan to check that this notice is real" };
static const Words made_words = { "制作时间", "Made" };
static const Words tags = { "zh-cn", "en" };

/* From one size of the facts that is tried to the next. */
#define STEP 0.96
/* Letters of a label, and of a value said again in the second language, to those
 * of the value. */
#define LABEL_SCALE 0.68
#define SECOND_SCALE 0.8
#define MAX_LINES 200

/* Lengths in the units of the context. */
typedef struct
{
  double width;
  double margin;
  double gap;
  double band_height;
  double title_size;
  double name_size;
  double name_height;
  double name_min_size;
  double fact_size;
  double fact_good_size; /* the photo gives way until the facts are as large */
  double fact_min_size;
  gboolean is_narrow; /* photos above the facts, and labels beside them */
  double contact_height;
  double contact_size;
  double footer_height;
  double caption_size;
  double small_size;
  double rule;
} Style;

static const Style sheet_style = {
  .width = REUNION_POSTER_WIDTH_PT,
  .margin = 36,
  .gap = 12,
  .band_height = 84,
  .title_size = 64,
  .name_size = 64,
  .name_height = 84,
  .name_min_size = 11,
  .fact_size = 24,
  .fact_good_size = 15,
  .fact_min_size = 6,
  .is_narrow = FALSE,
  .contact_height = 110,
  .contact_size = 84,
  .footer_height = 96,
  .caption_size = 19,
  .small_size = 10,
  .rule = 3,
};

static const Style picture_style = {
  .width = REUNION_POSTER_WIDTH_PX,
  .margin = 48,
  .gap = 24,
  .band_height = 148,
  .title_size = 112,
  .name_size = 108,
  .name_height = 146,
  .name_min_size = 24,
  .fact_size = 46,
  .fact_good_size = 34,
  .fact_min_size = 16,
  .is_narrow = TRUE,
  .contact_height = 204,
  .contact_size = 150,
  .footer_height = 210,
  .caption_size = 38,
  .small_size = 24,
  .rule = 6,
};

typedef struct
{
  cairo_t *cr;
  PangoContext *pango;
  const Style *style;
  const ReunionPosterContent *content;
  double x; /* the column between the margins */
  double width;
} Page;

/* How large the facts are written. */
typedef struct
{
  double size;
  int max_lines; /* of one value */
  double gap;
  double height;
} Facts;

/* --- words ------------------------------------------------------------------ */

static void
set_grey (Page *page, double grey)
{
  cairo_set_source_rgb (page->cr, grey, grey, grey);
}

/* The first language's words and, where there is a second one, its. Transfer full. */
static char *
join (Page *page, const char *first, const char *second, const char *between)
{
  if (page->content->notices[REUNION_LANGUAGE_EN] == NULL || second == NULL)
    return g_strdup (first);
  return g_strconcat (first, between, second, NULL);
}

/* A value that the officer typed is the same in both languages but for a comma
 * that the notice put in. */
static gboolean
says_the_same (const char *first, const char *second)
{
  g_autoptr (GString) a = g_string_new (first);
  g_autoptr (GString) b = g_string_new (second);

  g_string_replace (a, "，", ", ", 0);
  g_string_replace (b, "，", ", ", 0);
  return g_string_equal (a, b);
}

static guint
get_n_facts (Page *page)
{
  const ReunionNotice *notice = page->content->notices[REUNION_LANGUAGE_ZH];

  /* The contact is the last line, and stands alone. */
  return notice->lines->len - (notice->contact != NULL ? 1 : 0);
}

static const ReunionNoticeLine *
get_line (Page *page, ReunionLanguage language, guint index)
{
  const ReunionNotice *notice = page->content->notices[language];

  return notice != NULL && index < notice->lines->len ? notice->lines->pdata[index] : NULL;
}

/* --- facts ------------------------------------------------------------------ */

/* Sets @text at (@x, @y), or only measures it, and returns its height. */
static double
put_text (Page *page,
          const ReunionPosterText *text,
          double size,
          int max_lines,
          double x,
          double y,
          gboolean is_drawn)
{
  g_autoptr (PangoLayout) layout = reunion_poster_text_layout (page->pango, text, size);

  if (pango_layout_get_line_count (layout) > max_lines)
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_height (layout, -max_lines);
    }
  if (is_drawn)
    reunion_poster_text_draw (page->cr, layout, x, y);
  return reunion_poster_text_get_height (layout);
}

/* @second: the same in the second language, or NULL: on the same line where there
 * is room, else below. */
static double
put_value (Page *page,
           const char *first,
           const char *second,
           const Facts *facts,
           double x,
           double y,
           double width,
           gboolean is_drawn)
{
  gboolean is_same = second == NULL || says_the_same (first, second);
  g_autofree char *both = g_strconcat (first, is_same ? NULL : " / ", second, NULL);
  ReunionPosterText text = {
    .text = both,
    .language = tags[REUNION_LANGUAGE_ZH],
    .weight = PANGO_WEIGHT_BOLD,
    .width = width,
  };
  g_autoptr (PangoLayout) layout = NULL;
  double height;

  set_grey (page, 0);
  layout = reunion_poster_text_layout (page->pango, &text, facts->size);
  if (is_same || pango_layout_get_line_count (layout) == 1)
    return put_text (page, &text, facts->size, facts->max_lines, x, y, is_drawn);
  text.text = first;
  height = put_text (page, &text, facts->size, facts->max_lines, x, y, is_drawn);
  text.text = second;
  text.language = tags[REUNION_LANGUAGE_EN];
  text.weight = PANGO_WEIGHT_NORMAL;
  return height
         + put_text (page, &text, facts->size * SECOND_SCALE, facts->max_lines, x, y + height,
                     is_drawn);
}

/* Label and value, with @label_width beside it or, for 0, above. */
static double
put_fact (Page *page,
          guint index,
          const Facts *facts,
          double x,
          double y,
          double width,
          double label_width,
          gboolean is_drawn)
{
  const ReunionNoticeLine *first = get_line (page, REUNION_LANGUAGE_ZH, index);
  const ReunionNoticeLine *second = get_line (page, REUNION_LANGUAGE_EN, index);
  gboolean is_beside = label_width > 0;
  g_autofree char *label = join (page, first->label, second != NULL ? second->label : NULL, "  ");
  ReunionPosterText text = { .text = label, .language = tags[0], .weight = PANGO_WEIGHT_NORMAL };
  /* A label is smaller: beside a value it stands lower, on the same line. */
  double drop = is_beside ? (1 - LABEL_SCALE) * facts->size : 0;
  double label_height;
  double height = 0;

  text.width = is_beside ? label_width : width;
  set_grey (page, 0.3);
  label_height
      = put_text (page, &text, facts->size * LABEL_SCALE, MAX_LINES, x, y + drop, is_drawn);
  if (is_beside)
    {
      x += label_width + page->style->gap;
      width -= label_width + page->style->gap;
    }
  else
    height = label_height;
  height += put_value (page, first->value, second != NULL ? second->value : NULL, facts, x,
                       y + height, width, is_drawn);
  return is_beside ? MAX (height, label_height + drop) : height;
}

/* The widest label where labels stand beside the values, else 0. */
static double
measure_labels (Page *page, double size)
{
  double widest = 0;

  if (!page->style->is_narrow)
    return 0;
  for (guint i = 0; i < get_n_facts (page); i++)
    {
      const ReunionNoticeLine *first = get_line (page, REUNION_LANGUAGE_ZH, i);
      const ReunionNoticeLine *second = get_line (page, REUNION_LANGUAGE_EN, i);
      g_autofree char *label
          = join (page, first->label, second != NULL ? second->label : NULL, "  ");
      ReunionPosterText text = {
        .text = label,
        .language = tags[REUNION_LANGUAGE_ZH],
        .weight = PANGO_WEIGHT_NORMAL,
        .width = page->width,
      };
      g_autoptr (PangoLayout) layout
          = reunion_poster_text_layout (page->pango, &text, size * LABEL_SCALE);

      widest = MAX (widest, reunion_poster_text_get_line_width (layout));
    }
  return MIN (widest + 1, 0.36 * page->width);
}

static double
put_facts (Page *page, const Facts *facts, double x, double y, double width, gboolean is_drawn)
{
  double label_width = measure_labels (page, facts->size);
  double height = 0;

  for (guint i = 0; i < get_n_facts (page); i++)
    height += (i > 0 ? facts->gap : 0)
              + put_fact (page, i, facts, x, y + height + (i > 0 ? facts->gap : 0), width,
                          label_width, is_drawn);
  return height;
}

/* The largest letters in which all facts fit; values are cut short only where the
 * smallest would not. */
static Facts
fit_facts (Page *page, double width, double height)
{
  const Style *style = page->style;
  Facts facts = { .max_lines = MAX_LINES };
  guint n_facts = get_n_facts (page);

  for (double size = style->fact_size; size > style->fact_min_size * STEP; size *= STEP)
    {
      facts.size = MAX (size, style->fact_min_size);
      facts.gap = 0.4 * facts.size;
      facts.height = put_facts (page, &facts, 0, 0, width, FALSE);
      if (facts.height <= height)
        {
          /* What is left over parts them, within reason. */
          if (n_facts > 1 && !style->is_narrow)
            facts.gap += MIN (0.5 * facts.size, (height - facts.height) / (n_facts - 1));
          return facts;
        }
    }
  while (facts.height > height && facts.max_lines > 1)
    {
      facts.max_lines = facts.max_lines > 8 ? facts.max_lines * 7 / 8 : facts.max_lines - 1;
      facts.height = put_facts (page, &facts, 0, 0, width, FALSE);
    }
  return facts;
}

/* --- photos ----------------------------------------------------------------- */

static void
put_photo (Page *page, guint index, double x, double y, double width, double height)
{
  const GPtrArray *photos = page->content->photos;

  reunion_poster_photo_draw (page->cr, index < photos->len ? photos->pdata[index] : NULL, x, y,
                             width, height);
  cairo_set_line_width (page->cr, page->style->rule / 6);
  set_grey (page, 0.4);
  cairo_rectangle (page->cr, x, y, width, height);
  cairo_stroke (page->cr);
}

static void
contain (Page *page, guint index, double *width, double *height)
{
  const GPtrArray *photos = page->content->photos;
  double aspect
      = reunion_poster_photo_get_aspect (index < photos->len ? photos->pdata[index] : NULL);

  if (*width > *height * aspect)
    *width = *height * aspect;
  else
    *height = *width / aspect;
}

/* The lead whole within the box, never cropped, and up to two small ones below it
 * or, where the page is narrow and the lead too, at its right. The box shrinks to
 * what they take. */
static void
put_photos (Page *page, double x, double y, double *width, double *height, gboolean is_drawn)
{
  const GPtrArray *photos = page->content->photos;
  guint n_small = MIN (MAX (photos->len, 1), REUNION_POSTER_MAX_PHOTOS) - 1;
  double gap = page->style->gap / 2;
  gboolean is_beside = page->style->is_narrow && n_small > 0
                       && reunion_poster_photo_get_aspect (photos->pdata[0]) < 1;
  double lead_width = is_beside ? 0.75 * *width : *width;
  double lead_height = n_small > 0 && !is_beside ? 0.75 * *height - gap : *height;
  double strip = is_beside ? *width - lead_width - gap : *height - lead_height - gap;
  double at = 0;
  double used = 0;

  contain (page, 0, &lead_width, &lead_height);
  if (is_drawn)
    put_photo (page, 0, x, y, lead_width, lead_height);
  for (guint i = 1; i <= n_small; i++)
    {
      double small_width = is_beside ? strip : (lead_width - gap) / 2;
      double small_height = is_beside ? (lead_height - gap) / 2 : strip;

      contain (page, i, &small_width, &small_height);
      if (is_drawn)
        put_photo (page, i, x + (is_beside ? lead_width + gap : at),
                   y + (is_beside ? at : lead_height + gap), small_width, small_height);
      at += (is_beside ? small_height : small_width) + gap;
      used = MAX (used, (is_beside ? small_width : small_height) + gap);
    }
  *width = lead_width + (is_beside ? used : 0);
  *height = lead_height + (is_beside ? 0 : used);
}

/* --- what is the same on paper and on a screen ------------------------------- */

static void
put_band (Page *page, double x, double y, double width)
{
  const Style *style = page->style;
  g_autofree char *words
      = join (page, title_words[REUNION_LANGUAGE_ZH], title_words[REUNION_LANGUAGE_EN], "  ");
  ReunionPosterText text = {
    .text = words,
    .language = tags[0],
    .weight = PANGO_WEIGHT_MEDIUM,
    .alignment = PANGO_ALIGN_CENTER,
    .width = width - 2 * style->gap,
    .height = style->band_height - style->gap,
    .min_size = style->title_size / 3,
    .max_size = style->title_size,
    .is_tight = TRUE,
  };
  g_autoptr (PangoLayout) layout = reunion_poster_text_fit (page->pango, &text);
  double top, height;

  /* Red that a black-and-white printer makes dark. */
  cairo_set_source_rgb (page->cr, 0.66, 0.04, 0.09);
  cairo_rectangle (page->cr, x, y, width, style->band_height);
  cairo_fill (page->cr);
  set_grey (page, 1);
  reunion_poster_text_get_ink (layout, &top, &height);
  reunion_poster_text_draw_heavy (page->cr, layout, x + style->gap,
                                  y + (style->band_height - height) / 2 - top);
}

static double
put_name (Page *page, double y)
{
  const Style *style = page->style;
  const ReunionNotice *first = page->content->notices[REUNION_LANGUAGE_ZH];
  const ReunionNotice *second = page->content->notices[REUNION_LANGUAGE_EN];
  gboolean is_same = second == NULL || strcmp (first->name, second->name) == 0;
  g_autofree char *name = join (page, first->name, is_same ? NULL : second->name, "  ");
  ReunionPosterText text = {
    .text = name,
    .language = tags[0],
    .weight = PANGO_WEIGHT_MEDIUM,
    .alignment = PANGO_ALIGN_CENTER,
    .width = page->width,
    .height = style->name_height,
    .min_size = style->name_min_size,
    .max_size = style->name_size,
  };
  g_autoptr (PangoLayout) layout = reunion_poster_text_fit (page->pango, &text);

  set_grey (page, 0);
  reunion_poster_text_draw_heavy (page->cr, layout, page->x, y);
  return reunion_poster_text_get_height (layout);
}

static double
get_contact_height (Page *page)
{
  return page->content->notices[REUNION_LANGUAGE_ZH]->contact != NULL
             ? page->style->contact_height + page->style->gap
             : 0;
}

/* The number as large as the width allows, in a frame. */
static void
put_contact (Page *page, double y)
{
  const Style *style = page->style;
  guint last = get_n_facts (page);
  const ReunionNoticeLine *first = get_line (page, REUNION_LANGUAGE_ZH, last);
  const ReunionNoticeLine *second = get_line (page, REUNION_LANGUAGE_EN, last);
  double pad = style->gap * 0.75;
  g_autofree char *label = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  ReunionPosterText text = {
    .language = tags[0],
    .weight = PANGO_WEIGHT_BOLD,
    .alignment = PANGO_ALIGN_CENTER,
    .width = page->width - 2 * pad - 2 * style->rule,
    .min_size = style->caption_size * 0.6,
    .max_size = style->contact_size,
    .is_tight = TRUE,
  };
  double top, height, label_height;

  if (first == NULL)
    return;
  cairo_set_line_width (page->cr, style->rule);
  set_grey (page, 0);
  cairo_rectangle (page->cr, page->x + style->rule / 2, y + style->rule / 2,
                   page->width - style->rule, style->contact_height - style->rule);
  cairo_stroke (page->cr);
  label = join (page, first->label, second != NULL ? second->label : NULL, "  ");
  text.text = label;
  label_height = put_text (page, &text, style->caption_size, 1, page->x + style->rule + pad,
                           y + style->rule + pad / 2, TRUE);
  text.text = first->value;
  text.height = style->contact_height - 2 * style->rule - label_height - 2 * pad;
  layout = reunion_poster_text_fit (page->pango, &text);
  reunion_poster_text_get_ink (layout, &top, &height);
  reunion_poster_text_draw (page->cr, layout, page->x + style->rule + pad,
                            y + style->rule + label_height + pad + (text.height - height) / 2
                                - top);
}

static void
begin_link (Page *page)
{
  g_autofree char *attributes = NULL;

  if (strpbrk (page->content->url, "'\\") != NULL)
    return;
  attributes = g_strdup_printf ("uri='%s'", page->content->url);
  cairo_tag_begin (page->cr, CAIRO_TAG_LINK, attributes);
}

static void
end_link (Page *page)
{
  if (strpbrk (page->content->url, "'\\") == NULL)
    cairo_tag_end (page->cr, CAIRO_TAG_LINK);
}

/* The code, and what it is for. */
static void
put_footer (Page *page, double y)
{
  const Style *style = page->style;
  double side = style->footer_height;
  double x = page->x + side + style->gap;
  double size = style->caption_size;
  g_autofree char *made_label
      = join (page, made_words[REUNION_LANGUAGE_ZH], made_words[REUNION_LANGUAGE_EN], " ");
  g_autofree char *made = g_strconcat (made_label, "  ", page->content->made, NULL);
  g_autoptr (PangoLayout) url = NULL;
  ReunionPosterText text = {
    .text = check_words[REUNION_LANGUAGE_ZH],
    .language = tags[REUNION_LANGUAGE_ZH],
    .weight = PANGO_WEIGHT_BOLD,
    .width = page->width - side - style->gap,
  };
  double bottom = y + side;

  reunion_poster_code_draw (page->cr, page->content->url, page->x, y, side);
  set_grey (page, 0);
  y += 0.06 * side;
  y += put_text (page, &text, size, 1, x, y, TRUE);
  text.weight = PANGO_WEIGHT_NORMAL;
  if (page->content->notices[REUNION_LANGUAGE_EN] != NULL)
    {
      text.text = check_words[REUNION_LANGUAGE_EN];
      text.language = tags[REUNION_LANGUAGE_EN];
      y += put_text (page, &text, size * SECOND_SCALE, 1, x, y, TRUE);
    }
  set_grey (page, 0.3);
  text.text = made;
  text.language = tags[REUNION_LANGUAGE_ZH];
  bottom -= 0.06 * side + put_text (page, &text, style->small_size, 1, x, 0, FALSE);
  put_text (page, &text, style->small_size, 1, x, bottom, TRUE);
  text.text = page->content->url;
  text.height = bottom - y;
  text.max_size = style->small_size;
  text.min_size = text.max_size / 3;
  url = reunion_poster_text_fit (page->pango, &text);
  begin_link (page);
  reunion_poster_text_draw (page->cr, url, x, bottom - reunion_poster_text_get_height (url));
  end_link (page);
}

static void
page_init (Page *page, cairo_t *cr, const Style *style, const ReunionPosterContent *content)
{
  page->cr = cr;
  page->pango = reunion_poster_text_context_new (cr);
  page->style = style;
  page->content = content;
  page->x = style->margin;
  page->width = style->width - 2 * style->margin;
}

/* --- the two arrangements ----------------------------------------------------- */

/* Photos left and facts right: of the shares that the photos may take, the first
 * that leaves the facts large enough to be read while passing by. */
static void
put_columns (Page *page, double y, double height)
{
  static const double shares[] = { 0.58, 0.5, 0.42, 0.34 };
  const Style *style = page->style;
  double photo_width = page->width;
  double photo_height = height;
  double best_share = 0;
  Facts best = { 0 };
  double gap = 1.5 * style->gap;

  if (get_n_facts (page) == 0)
    {
      put_photos (page, 0, 0, &photo_width, &photo_height, FALSE);
      put_photos (page, page->x + (page->width - photo_width) / 2, y, &photo_width, &photo_height,
                  TRUE);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (shares) && best.size < style->fact_good_size; i++)
    {
      Facts facts;

      photo_width = shares[i] * page->width;
      photo_height = height;
      put_photos (page, 0, 0, &photo_width, &photo_height, FALSE);
      facts = fit_facts (page, page->width - photo_width - gap, height);
      if (i == 0 || facts.size > best.size || facts.max_lines > best.max_lines)
        {
          best = facts;
          best_share = shares[i];
        }
    }
  photo_width = best_share * page->width;
  photo_height = height;
  put_photos (page, page->x, y, &photo_width, &photo_height, TRUE);
  put_facts (page, &best, page->x + photo_width + gap, y, page->width - photo_width - gap, TRUE);
}

void
reunion_poster_page_draw_sheet (cairo_t *cr, const ReunionPosterContent *content)
{
  const Style *style = &sheet_style;
  Page page;
  double y = style->margin;
  double bottom = REUNION_POSTER_HEIGHT_PT - style->margin;

  g_return_if_fail (cr != NULL && content != NULL);

  page_init (&page, cr, style, content);
  put_band (&page, page.x, y, page.width);
  y += style->band_height + style->gap / 2;
  y += put_name (&page, y) + style->gap / 2;
  bottom -= style->footer_height;
  put_footer (&page, bottom);
  bottom -= get_contact_height (&page);
  put_contact (&page, bottom);
  put_columns (&page, y, bottom - style->gap - y);
  g_object_unref (page.pango);
}

double
reunion_poster_page_draw_picture (cairo_t *cr, const ReunionPosterContent *content)
{
  const Style *style = &picture_style;
  const double least_photo = 600;
  Page page;
  Facts facts;
  double y = 0, x, left, photo_width, photo_height;

  g_return_val_if_fail (cr != NULL && content != NULL, 0);

  page_init (&page, cr, style, content);
  set_grey (&page, 1);
  cairo_paint (cr);
  put_band (&page, 0, y, style->width);
  y += style->band_height + style->gap / 2;
  y += put_name (&page, y) + style->gap / 2;
  left = REUNION_POSTER_MAX_HEIGHT_PX - y - get_contact_height (&page) - style->footer_height
         - style->margin - 2 * style->gap;
  facts = fit_facts (&page, page.width, left - least_photo);
  photo_width = page.width;
  photo_height = left - facts.height;
  put_photos (&page, 0, 0, &photo_width, &photo_height, FALSE);
  x = page.x + (page.width - photo_width) / 2;
  photo_width = page.width;
  photo_height = left - facts.height;
  put_photos (&page, x, y, &photo_width, &photo_height, TRUE);
  y += photo_height + style->gap;
  y += put_facts (&page, &facts, page.x, y, page.width, TRUE) + style->gap;
  put_contact (&page, y);
  y += get_contact_height (&page);
  put_footer (&page, y);
  g_object_unref (page.pango);
  return y + style->footer_height + style->margin / 2;
}
