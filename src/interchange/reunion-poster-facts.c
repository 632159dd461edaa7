/* reunion-poster-facts.c: the lines of the notice, as large as they fit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-poster-page-private.h"

/* Letters of a label to those of the value. */
#define LABEL_SCALE 0.68
#define MAX_LINES 200

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

guint
reunion_poster_get_n_facts (ReunionPosterPage *page)
{
  const ReunionNotice *notice = page->content->notices[REUNION_LANGUAGE_ZH];

  /* The contact is the last line, and stands alone. */
  return notice->lines->len - (notice->contact != NULL ? 1 : 0);
}

const ReunionNoticeLine *
reunion_poster_get_line (ReunionPosterPage *page, ReunionLanguage language, guint index)
{
  const ReunionNotice *notice = page->content->notices[language];

  return notice != NULL && index < notice->lines->len ? notice->lines->pdata[index] : NULL;
}

/* @second: the same in the second language, or NULL: on the same line where there
 * is room, else below. */
static double
put_value (ReunionPosterPage *page,
           const char *first,
           const char *second,
           const ReunionPosterFacts *facts,
           double x,
           double y,
           double width,
           gboolean is_drawn)
{
  gboolean is_same = second == NULL || says_the_same (first, second);
  g_autofree char *both = g_strconcat (first, is_same ? NULL : " / ", second, NULL);
  ReunionPosterText text = {
    .text = both,
    .language = REUNION_POSTER_TAG_ZH,
    .weight = PANGO_WEIGHT_BOLD,
    .width = width,
  };
  g_autoptr (PangoLayout) layout = NULL;
  double height;

  reunion_poster_set_grey (page, 0);
  layout = reunion_poster_text_layout (page->pango, &text, facts->size);
  if (is_same || pango_layout_get_line_count (layout) == 1)
    return reunion_poster_put_text (page, &text, facts->size, facts->max_lines, x, y, is_drawn);
  text.text = first;
  height = reunion_poster_put_text (page, &text, facts->size, facts->max_lines, x, y, is_drawn);
  text.text = second;
  text.language = REUNION_POSTER_TAG_EN;
  text.weight = PANGO_WEIGHT_NORMAL;
  return height
         + reunion_poster_put_text (page, &text, facts->size * REUNION_POSTER_SECOND_SCALE,
                                    facts->max_lines, x, y + height, is_drawn);
}

/* Label and value, with @label_width beside it or, for 0, above. */
static double
put_fact (ReunionPosterPage *page,
          guint index,
          const ReunionPosterFacts *facts,
          double x,
          double y,
          double width,
          double label_width,
          gboolean is_drawn)
{
  const ReunionNoticeLine *first = reunion_poster_get_line (page, REUNION_LANGUAGE_ZH, index);
  const ReunionNoticeLine *second = reunion_poster_get_line (page, REUNION_LANGUAGE_EN, index);
  gboolean is_beside = label_width > 0;
  g_autofree char *label
      = reunion_poster_join (page, first->label, second != NULL ? second->label : NULL, "  ");
  ReunionPosterText text
      = { .text = label, .language = REUNION_POSTER_TAG_ZH, .weight = PANGO_WEIGHT_NORMAL };
  /* A label is smaller: beside a value it stands lower, on the same line. */
  double drop = is_beside ? (1 - LABEL_SCALE) * facts->size : 0;
  double label_height;
  double height = 0;

  text.width = is_beside ? label_width : width;
  reunion_poster_set_grey (page, 0.3);
  label_height = reunion_poster_put_text (page, &text, facts->size * LABEL_SCALE, MAX_LINES, x,
                                          y + drop, is_drawn);
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
measure_labels (ReunionPosterPage *page, double size)
{
  double widest = 0;

  if (!page->style->is_narrow)
    return 0;
  for (guint i = 0; i < reunion_poster_get_n_facts (page); i++)
    {
      const ReunionNoticeLine *first = reunion_poster_get_line (page, REUNION_LANGUAGE_ZH, i);
      const ReunionNoticeLine *second = reunion_poster_get_line (page, REUNION_LANGUAGE_EN, i);
      g_autofree char *label
          = reunion_poster_join (page, first->label, second != NULL ? second->label : NULL, "  ");
      ReunionPosterText text = {
        .text = label,
        .language = REUNION_POSTER_TAG_ZH,
        .weight = PANGO_WEIGHT_NORMAL,
        .width = page->width,
      };
      g_autoptr (PangoLayout) layout
          = reunion_poster_text_layout (page->pango, &text, size * LABEL_SCALE);

      widest = MAX (widest, reunion_poster_text_get_line_width (layout));
    }
  return MIN (widest + 1, 0.36 * page->width);
}

double
reunion_poster_put_facts (ReunionPosterPage *page,
                          const ReunionPosterFacts *facts,
                          double x,
                          double y,
                          double width,
                          gboolean is_drawn)
{
  double label_width = measure_labels (page, facts->size);
  double height = 0;

  for (guint i = 0; i < reunion_poster_get_n_facts (page); i++)
    height += (i > 0 ? facts->gap : 0)
              + put_fact (page, i, facts, x, y + height + (i > 0 ? facts->gap : 0), width,
                          label_width, is_drawn);
  return height;
}

typedef struct
{
  ReunionPosterPage *page;
  ReunionPosterFacts facts;
  double width;
  double height;
} Trial;

static gboolean
fits_at (double size, gpointer user_data)
{
  Trial *trial = user_data;

  trial->facts.size = size;
  trial->facts.gap = 0.4 * size;
  trial->facts.height
      = reunion_poster_put_facts (trial->page, &trial->facts, 0, 0, trial->width, FALSE);
  return trial->facts.height <= trial->height;
}

ReunionPosterFacts
reunion_poster_fit_facts (ReunionPosterPage *page, double width, double height)
{
  const ReunionPosterStyle *style = page->style;
  Trial trial = { .page = page, .width = width, .height = height };
  guint n_facts = reunion_poster_get_n_facts (page);
  int too_many = MAX_LINES;
  double size;

  trial.facts.max_lines = MAX_LINES;
  size = reunion_poster_text_find_size (style->fact_min_size, style->fact_size, fits_at, &trial);
  if (size > 0)
    {
      fits_at (size, &trial);
      /* What is left over parts them, within reason. */
      if (n_facts > 1 && !style->is_narrow)
        trial.facts.gap += MIN (0.5 * size, (height - trial.facts.height) / (n_facts - 1));
      return trial.facts;
    }
  for (int enough = 1; too_many - enough > 1;)
    {
      trial.facts.max_lines = (enough + too_many) / 2;
      if (fits_at (style->fact_min_size, &trial))
        enough = trial.facts.max_lines;
      else
        too_many = trial.facts.max_lines;
    }
  trial.facts.max_lines = too_many - 1;
  fits_at (style->fact_min_size, &trial);
  return trial.facts;
}
