/* reunion-poster-text.c: words that fit where they stand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-poster-text.h"

#include <math.h>

/* Families that have both scripts or go well together; the first that is there. */
#define FAMILIES                                                                                   \
  "Cantarell, Adwaita Sans, Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, "                  \
  "WenQuanYi Micro Hei, sans-serif"
/* From one size to the next smaller. */
#define STEP 0.96

PangoContext *
reunion_poster_text_context_new (cairo_t *cr)
{
  g_autoptr (PangoFontMap) fonts = pango_cairo_font_map_new ();
  PangoContext *context = pango_font_map_create_context (fonts);
  cairo_font_options_t *options = cairo_font_options_create ();

  /* A screen's hinting would break lines elsewhere than the printer does. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_update_context (cr, context);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  return context;
}

PangoLayout *
reunion_poster_text_layout (PangoContext *context, const ReunionPosterText *text, double size)
{
  PangoLayout *layout = pango_layout_new (context);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family_static (font, FAMILIES);
  pango_font_description_set_weight (font, text->weight);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_attr_list_insert (attributes,
                          pango_attr_language_new (pango_language_from_string (text->language)));
  /* Where a long number is broken, no stroke may be added to it. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_alignment (layout, text->alignment);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int) (text->width * PANGO_SCALE));
  pango_layout_set_text (layout, text->text, -1);
  pango_font_description_free (font);
  return layout;
}

static gboolean
fits (PangoLayout *layout, const ReunionPosterText *text)
{
  double top, height = reunion_poster_text_get_height (layout);

  if (text->is_tight)
    reunion_poster_text_get_ink (layout, &top, &height);
  return height <= text->height && reunion_poster_text_get_line_width (layout) <= text->width;
}

double
reunion_poster_text_find_size (double min_size,
                               double max_size,
                               ReunionPosterFitFunc fits_at,
                               gpointer user_data)
{
  guint low = 0;
  guint high = (guint) ceil (log (min_size / max_size) / log (STEP));

  if (!fits_at (min_size, user_data))
    return 0;
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (fits_at (MAX (min_size, max_size * pow (STEP, middle)), user_data))
        high = middle;
      else
        low = middle + 1;
    }
  return MAX (min_size, max_size * pow (STEP, high));
}

typedef struct
{
  PangoContext *context;
  const ReunionPosterText *text;
  PangoWrapMode wrap;
} Trial;

static PangoLayout *
try (const Trial *trial, double size)
{
  PangoLayout *layout = reunion_poster_text_layout (trial->context, trial->text, size);

  pango_layout_set_wrap (layout, trial->wrap);
  return layout;
}

static gboolean
fits_at (double size, gpointer user_data)
{
  const Trial *trial = user_data;
  g_autoptr (PangoLayout) layout = try (trial, size);

  return fits (layout, trial->text);
}

PangoLayout *
reunion_poster_text_fit (PangoContext *context, const ReunionPosterText *text)
{
  static const PangoWrapMode wraps[] = { PANGO_WRAP_WORD, PANGO_WRAP_WORD_CHAR };
  PangoLayout *layout;

  g_return_val_if_fail (PANGO_IS_CONTEXT (context) && text != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (wraps); i++)
    {
      Trial trial = { context, text, wraps[i] };
      double size = reunion_poster_text_find_size (text->min_size, text->max_size, fits_at, &trial);

      if (size > 0)
        return try (&trial, size);
    }
  layout = reunion_poster_text_layout (context, text, text->min_size);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (layout, (int) (text->height * PANGO_SCALE));
  return layout;
}

double
reunion_poster_text_get_height (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.height / PANGO_SCALE;
}

double
reunion_poster_text_get_line_width (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.width / PANGO_SCALE;
}

void
reunion_poster_text_get_ink (PangoLayout *layout, double *top, double *height)
{
  PangoRectangle ink;

  pango_layout_get_extents (layout, &ink, NULL);
  *top = (double) ink.y / PANGO_SCALE;
  *height = (double) ink.height / PANGO_SCALE;
}

void
reunion_poster_text_draw (cairo_t *cr, PangoLayout *layout, double x, double y)
{
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

void
reunion_poster_text_draw_heavy (cairo_t *cr, PangoLayout *layout, double x, double y)
{
  const PangoFontDescription *font = pango_layout_get_font_description (layout);

  reunion_poster_text_draw (cr, layout, x, y);
  cairo_save (cr);
  cairo_set_line_width (cr, 0.022 * pango_font_description_get_size (font) / PANGO_SCALE);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, x, y);
  pango_cairo_layout_path (cr, layout);
  /* Filled too: a viewer may move letters to whole pixels, but never a path. */
  cairo_fill_preserve (cr);
  cairo_stroke (cr);
  cairo_restore (cr);
}
