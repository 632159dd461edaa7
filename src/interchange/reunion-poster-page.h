/* reunion-poster-page.h: where on the poster everything stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>

#include "reunion-notice.h"

G_BEGIN_DECLS

/**
 * ReunionPosterContent:
 * @notices: by language; the second NULL on a poster in one language
 * @photos: cairo_surface_t, the lead first; those after the third are left out
 * @url: page of the notice
 * @made: when the poster was made, as it is written
 */
typedef struct
{
  ReunionNotice *notices[REUNION_N_LANGUAGES];
  GPtrArray *photos;
  const char *url;
  const char *made;
} ReunionPosterContent;

/* Draws a sheet of REUNION_POSTER_WIDTH_PT by REUNION_POSTER_HEIGHT_PT. */
void reunion_poster_page_draw_sheet (cairo_t *cr, const ReunionPosterContent *content);

/* Draws on REUNION_POSTER_WIDTH_PX by at most REUNION_POSTER_MAX_HEIGHT_PX, and
 * returns the height that it took. */
double reunion_poster_page_draw_picture (cairo_t *cr, const ReunionPosterContent *content);

G_END_DECLS
