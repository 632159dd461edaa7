/* reunion-poster-page-private.h: what the parts of the poster share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-poster-page.h"
#include "reunion-poster-text.h"

G_BEGIN_DECLS

#define REUNION_POSTER_TAG_ZH "zh-cn"
#define REUNION_POSTER_TAG_EN "en"

/* Letters of what is said again in the second language, to those of the first. */
#define REUNION_POSTER_SECOND_SCALE 0.8

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
} ReunionPosterStyle;

typedef struct
{
  cairo_t *cr;
  PangoContext *pango;
  const ReunionPosterStyle *style;
  const ReunionPosterContent *content;
  double x; /* the column between the margins */
  double width;
} ReunionPosterPage;

/* How large the facts are written. */
typedef struct
{
  double size;
  int max_lines; /* of one value */
  double gap;
  double height;
} ReunionPosterFacts;

/* --- reunion-poster-words.c -------------------------------------------------- */

void reunion_poster_set_grey (ReunionPosterPage *page, double grey);
/* The first language's words and, on a poster in two, @between and the second's,
 * which may be NULL. Transfer full. */
char *reunion_poster_join (ReunionPosterPage *page,
                           const char *first,
                           const char *second,
                           const char *between);
/* Sets @text at (@x, @y), or only measures it, and returns its height. */
double reunion_poster_put_text (ReunionPosterPage *page,
                                const ReunionPosterText *text,
                                double size,
                                int max_lines,
                                double x,
                                double y,
                                gboolean is_drawn);

/* --- reunion-poster-facts.c -------------------------------------------------- */

/* The lines of the notice but the contact, which stands alone and is the last. */
guint reunion_poster_get_n_facts (ReunionPosterPage *page);
/* NULL when there is none. Transfer none. */
const ReunionNoticeLine *
reunion_poster_get_line (ReunionPosterPage *page, ReunionLanguage language, guint index);

/* The largest letters in which all facts fit; values are cut short only where the
 * smallest would not. */
ReunionPosterFacts reunion_poster_fit_facts (ReunionPosterPage *page, double width, double height);
/* Draws them, or only measures, and returns their height. */
double reunion_poster_put_facts (ReunionPosterPage *page,
                                 const ReunionPosterFacts *facts,
                                 double x,
                                 double y,
                                 double width,
                                 gboolean is_drawn);

G_END_DECLS
