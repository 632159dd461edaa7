/* reunion-poster-text.h: words that fit where they stand
 *
 * Sizes and lengths are in units of the cairo context: points on paper, pixels
 * on a screen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/**
 * ReunionPosterText:
 * @text: what is written
 * @language: its language, a tag such as "zh-cn": it chooses between the Chinese
 *   and the Japanese form of a character
 * @weight: of the letters
 * @alignment: within @width
 * @width: to be kept to
 * @height: to be kept to; that of the ink where @is_tight
 * @min_size: smallest letters
 * @max_size: largest letters
 * @is_tight: the room above and below the letters does not count
 */
typedef struct
{
  const char *text;
  const char *language;
  PangoWeight weight;
  PangoAlignment alignment;
  double width;
  double height;
  double min_size;
  double max_size;
  gboolean is_tight;
} ReunionPosterText;

/* For what is drawn with @cr: the same lines on paper, on a screen and in print.
 * Transfer full. */
PangoContext *reunion_poster_text_context_new (cairo_t *cr);

/* @text in letters of @size, in as many lines as it takes. Transfer full. */
PangoLayout *
reunion_poster_text_layout (PangoContext *context, const ReunionPosterText *text, double size);

typedef gboolean (*ReunionPosterFitFunc) (double size, gpointer user_data);

/* The largest size, by steps, at which @fits_at says yes; 0 when it says no to
 * @min_size. */
double reunion_poster_text_find_size (double min_size,
                                      double max_size,
                                      ReunionPosterFitFunc fits_at,
                                      gpointer user_data);

/* @text in the largest letters that fit. A word is broken only where it has to
 * be; what does not fit in the smallest letters either ends in an ellipsis.
 * Transfer full. */
PangoLayout *reunion_poster_text_fit (PangoContext *context, const ReunionPosterText *text);

double reunion_poster_text_get_height (PangoLayout *layout);
/* The widest line. */
double reunion_poster_text_get_line_width (PangoLayout *layout);
/* The box that the letters' ink takes, from the top of the layout. */
void reunion_poster_text_get_ink (PangoLayout *layout, double *top, double *height);

void reunion_poster_text_draw (cairo_t *cr, PangoLayout *layout, double x, double y);
/* A little bolder than its weight. Many Chinese fonts have one weight; what is
 * made bold from it runs together where a character has many strokes. */
void reunion_poster_text_draw_heavy (cairo_t *cr, PangoLayout *layout, double x, double y);

G_END_DECLS
