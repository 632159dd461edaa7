/* reunion-poster-words.c: how the parts of the poster write
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-poster-page-private.h"

void
reunion_poster_set_grey (ReunionPosterPage *page, double grey)
{
  cairo_set_source_rgb (page->cr, grey, grey, grey);
}

char *
reunion_poster_join (ReunionPosterPage *page,
                     const char *first,
                     const char *second,
                     const char *between)
{
  if (page->content->notices[REUNION_LANGUAGE_EN] == NULL || second == NULL)
    return g_strdup (first);
  return g_strconcat (first, between, second, NULL);
}

double
reunion_poster_put_text (ReunionPosterPage *page,
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
      /* As one paragraph: every paragraph would keep a line of its own. */
      g_autofree char *flat = g_strdup (text->text);

      pango_layout_set_text (layout, g_strdelimit (flat, "\n\r", ' '), -1);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_height (layout, -max_lines);
    }
  if (is_drawn)
    reunion_poster_text_draw (page->cr, layout, x, y);
  return reunion_poster_text_get_height (layout);
}
