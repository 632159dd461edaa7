/* reunion-poster-page.c: where on the poster everything stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-poster-page.h"

#include "reunion-poster-code.h"
#include "reunion-poster-page-private.h"
#include "reunion-poster-photo.h"
#include "reunion-poster.h"

#include <string.h>

/* The poster's own words. Like those of the notice they stand here: which
 * languages a poster speaks is not the locale's to say. */
typedef const char *Words[REUNION_N_LANGUAGES];

static const Words check_words = { "扫码核实本启事真伪", "Scan to check that this notice is real" };
static const Words made_words = { "制作时间", "Made" };

static const ReunionPosterStyle sheet_style = {
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

static const ReunionPosterStyle picture_style = {
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

/* --- photos ----------------------------------------------------------------- */

static void
put_photo (ReunionPosterPage *page, guint index, double x, double y, double width, double height)
{
  const GPtrArray *photos = page->content->photos;

  reunion_poster_photo_draw (page->cr, index < photos->len ? photos->pdata[index] : NULL, x, y,
                             width, height);
  cairo_set_line_width (page->cr, page->style->rule / 6);
  reunion_poster_set_grey (page, 0.4);
  cairo_rectangle (page->cr, x, y, width, height);
  cairo_stroke (page->cr);
}

static void
contain (ReunionPosterPage *page, guint index, double *width, double *height)
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
put_photos (ReunionPosterPage *page,
            double x,
            double y,
            double *width,
            double *height,
            gboolean is_drawn)
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
put_band (ReunionPosterPage *page, double x, double y, double width)
{
  const ReunionPosterStyle *style = page->style;
  ReunionNotice *const *notices = page->content->notices;
  const ReunionNotice *second = notices[REUNION_LANGUAGE_EN];
  g_autofree char *words = reunion_poster_join (page, notices[REUNION_LANGUAGE_ZH]->title,
                                                second != NULL ? second->title : NULL, "  ");
  ReunionPosterText text = {
    .text = words,
    .language = REUNION_POSTER_TAG_ZH,
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
  reunion_poster_set_grey (page, 1);
  reunion_poster_text_get_ink (layout, &top, &height);
  reunion_poster_text_draw_heavy (page->cr, layout, x + style->gap,
                                  y + (style->band_height - height) / 2 - top);
}

static double
put_name (ReunionPosterPage *page, double y)
{
  const ReunionPosterStyle *style = page->style;
  const ReunionNotice *first = page->content->notices[REUNION_LANGUAGE_ZH];
  const ReunionNotice *second = page->content->notices[REUNION_LANGUAGE_EN];
  gboolean is_same = second == NULL || strcmp (first->name, second->name) == 0;
  g_autofree char *name
      = reunion_poster_join (page, first->name, is_same ? NULL : second->name, "  ");
  ReunionPosterText text = {
    .text = name,
    .language = REUNION_POSTER_TAG_ZH,
    .weight = PANGO_WEIGHT_MEDIUM,
    .alignment = PANGO_ALIGN_CENTER,
    .width = page->width,
    .height = style->name_height,
    .min_size = style->name_min_size,
    .max_size = style->name_size,
  };
  g_autoptr (PangoLayout) layout = reunion_poster_text_fit (page->pango, &text);

  reunion_poster_set_grey (page, 0);
  reunion_poster_text_draw_heavy (page->cr, layout, page->x, y);
  return reunion_poster_text_get_height (layout);
}

static double
get_contact_height (ReunionPosterPage *page)
{
  return page->content->notices[REUNION_LANGUAGE_ZH]->contact != NULL
             ? page->style->contact_height + page->style->gap
             : 0;
}

/* The number as large as the width allows, in a frame. */
static void
put_contact (ReunionPosterPage *page, double y)
{
  const ReunionPosterStyle *style = page->style;
  guint last = reunion_poster_get_n_facts (page);
  const ReunionNoticeLine *first = reunion_poster_get_line (page, REUNION_LANGUAGE_ZH, last);
  const ReunionNoticeLine *second = reunion_poster_get_line (page, REUNION_LANGUAGE_EN, last);
  double pad = style->gap * 0.75;
  g_autofree char *label = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  ReunionPosterText text = {
    .language = REUNION_POSTER_TAG_ZH,
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
  reunion_poster_set_grey (page, 0);
  cairo_rectangle (page->cr, page->x + style->rule / 2, y + style->rule / 2,
                   page->width - style->rule, style->contact_height - style->rule);
  cairo_stroke (page->cr);
  label = reunion_poster_join (page, first->label, second != NULL ? second->label : NULL, "  ");
  text.text = label;
  label_height
      = reunion_poster_put_text (page, &text, style->caption_size, 1, page->x + style->rule + pad,
                                 y + style->rule + pad / 2, TRUE);
  text.text = first->value;
  text.height = style->contact_height - 2 * style->rule - label_height - 2 * pad;
  layout = reunion_poster_text_fit (page->pango, &text);
  reunion_poster_text_get_ink (layout, &top, &height);
  reunion_poster_text_draw (page->cr, layout, page->x + style->rule + pad,
                            y + style->rule + label_height + pad + (text.height - height) / 2
                                - top);
}

/* The code, and what it is for. */
static void
put_footer (ReunionPosterPage *page, double y)
{
  const ReunionPosterStyle *style = page->style;
  double side = style->footer_height;
  double x = page->x + side + style->gap;
  double size = style->caption_size;
  g_autofree char *made_label = reunion_poster_join (page, made_words[REUNION_LANGUAGE_ZH],
                                                     made_words[REUNION_LANGUAGE_EN], " ");
  g_autofree char *made = g_strconcat (made_label, "  ", page->content->made, NULL);
  g_autoptr (PangoLayout) url = NULL;
  ReunionPosterText text = {
    .text = check_words[REUNION_LANGUAGE_ZH],
    .language = REUNION_POSTER_TAG_ZH,
    .weight = PANGO_WEIGHT_BOLD,
    .width = page->width - side - style->gap,
  };
  double bottom = y + side;

  reunion_poster_code_draw (page->cr, page->content->url, page->x, y, side);
  reunion_poster_set_grey (page, 0);
  y += 0.06 * side;
  y += reunion_poster_put_text (page, &text, size, 1, x, y, TRUE);
  text.weight = PANGO_WEIGHT_NORMAL;
  if (page->content->notices[REUNION_LANGUAGE_EN] != NULL)
    {
      text.text = check_words[REUNION_LANGUAGE_EN];
      text.language = REUNION_POSTER_TAG_EN;
      y += reunion_poster_put_text (page, &text, size * REUNION_POSTER_SECOND_SCALE, 1, x, y, TRUE);
    }
  reunion_poster_set_grey (page, 0.3);
  text.text = made;
  text.language = REUNION_POSTER_TAG_ZH;
  bottom -= 0.06 * side + reunion_poster_put_text (page, &text, style->small_size, 1, x, 0, FALSE);
  reunion_poster_put_text (page, &text, style->small_size, 1, x, bottom, TRUE);
  text.text = page->content->url;
  text.height = bottom - y;
  text.max_size = style->small_size;
  text.min_size = text.max_size / 3;
  url = reunion_poster_text_fit (page->pango, &text);
  reunion_poster_text_draw (page->cr, url, x, bottom - reunion_poster_text_get_height (url));
}

static void
page_init (ReunionPosterPage *page,
           cairo_t *cr,
           const ReunionPosterStyle *style,
           const ReunionPosterContent *content)
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
put_columns (ReunionPosterPage *page, double y, double height)
{
  static const double shares[] = { 0.58, 0.5, 0.42, 0.34 };
  const ReunionPosterStyle *style = page->style;
  double photo_width = page->width;
  double photo_height = height;
  double best_share = 0;
  ReunionPosterFacts best = { 0 };
  double gap = 1.5 * style->gap;

  if (reunion_poster_get_n_facts (page) == 0)
    {
      put_photos (page, 0, 0, &photo_width, &photo_height, FALSE);
      put_photos (page, page->x + (page->width - photo_width) / 2, y, &photo_width, &photo_height,
                  TRUE);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (shares) && best.size < style->fact_good_size; i++)
    {
      ReunionPosterFacts facts;

      photo_width = shares[i] * page->width;
      photo_height = height;
      put_photos (page, 0, 0, &photo_width, &photo_height, FALSE);
      facts = reunion_poster_fit_facts (page, page->width - photo_width - gap, height);
      if (i == 0 || facts.size > best.size || facts.max_lines > best.max_lines)
        {
          best = facts;
          best_share = shares[i];
        }
    }
  photo_width = best_share * page->width;
  photo_height = height;
  put_photos (page, page->x, y, &photo_width, &photo_height, TRUE);
  reunion_poster_put_facts (page, &best, page->x + photo_width + gap, y,
                            page->width - photo_width - gap, TRUE);
}

void
reunion_poster_page_draw_sheet (cairo_t *cr, const ReunionPosterContent *content)
{
  const ReunionPosterStyle *style = &sheet_style;
  ReunionPosterPage page;
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
  const ReunionPosterStyle *style = &picture_style;
  const double least_photo = 600;
  ReunionPosterPage page;
  ReunionPosterFacts facts;
  double y = 0, x, left, photo_width, photo_height;

  g_return_val_if_fail (cr != NULL && content != NULL, 0);

  page_init (&page, cr, style, content);
  reunion_poster_set_grey (&page, 1);
  cairo_paint (cr);
  put_band (&page, 0, y, style->width);
  y += style->band_height + style->gap / 2;
  y += put_name (&page, y) + style->gap / 2;
  left = REUNION_POSTER_MAX_HEIGHT_PX - y - get_contact_height (&page) - style->footer_height
         - style->margin - 2 * style->gap;
  facts = reunion_poster_fit_facts (&page, page.width, left - least_photo);
  photo_width = page.width;
  photo_height = left - facts.height;
  put_photos (&page, 0, 0, &photo_width, &photo_height, FALSE);
  x = page.x + (page.width - photo_width) / 2;
  photo_width = page.width;
  photo_height = left - facts.height;
  put_photos (&page, x, y, &photo_width, &photo_height, TRUE);
  y += photo_height + style->gap;
  y += reunion_poster_put_facts (&page, &facts, page.x, y, page.width, TRUE) + style->gap;
  put_contact (&page, y);
  y += get_contact_height (&page);
  put_footer (&page, y);
  g_object_unref (page.pango);
  return y + style->footer_height + style->margin / 2;
}
