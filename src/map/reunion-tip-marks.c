/* reunion-tip-marks.c: how tips and their clusters look
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tip-marks.h"

#include <math.h>

#include "reunion-tip.h"

static const GdkRGBA mark_colours[REUNION_N_TIP_MARKS] = {
  [REUNION_TIP_MARK_NEW] = { 0.110f, 0.443f, 0.847f, 1.0f },
  [REUNION_TIP_MARK_CHECKING] = { 0.682f, 0.482f, 0.012f, 1.0f },
  [REUNION_TIP_MARK_CREDIBLE] = { 0.149f, 0.635f, 0.412f, 1.0f },
  [REUNION_TIP_MARK_DISMISSED] = { 0.467f, 0.463f, 0.482f, 1.0f },
  [REUNION_TIP_MARK_FOUND] = { 0.506f, 0.239f, 0.612f, 1.0f },
};

/* Dash and gap along the ring, in pixels; a dash of 0 is a whole line. */
static const double ring_dashes[REUNION_N_TIP_MARKS][2] = {
  [REUNION_TIP_MARK_NEW] = { 0.0, 0.0 },      [REUNION_TIP_MARK_CHECKING] = { 4.0, 1.6 },
  [REUNION_TIP_MARK_CREDIBLE] = { 0.0, 0.0 }, [REUNION_TIP_MARK_DISMISSED] = { 1.4, 1.6 },
  [REUNION_TIP_MARK_FOUND] = { 0.0, 0.0 },
};

/* A ring's part is this wide; what matters most is the widest. */
static const double ring_widths[REUNION_N_TIP_MARKS] = {
  [REUNION_TIP_MARK_NEW] = 3.4,      [REUNION_TIP_MARK_CHECKING] = 3.4,
  [REUNION_TIP_MARK_CREDIBLE] = 5.6, [REUNION_TIP_MARK_DISMISSED] = 3.0,
  [REUNION_TIP_MARK_FOUND] = 5.6,
};

static void
trace_polygon (cairo_t *cr, guint n_corners, double radius, double inner)
{
  for (guint i = 0; i < n_corners * 2; i++)
    {
      double reach = i % 2 == 0 ? radius : inner;
      double angle = G_PI * i / n_corners;

      if (i % 2 == 0 || inner > 0.0)
        cairo_line_to (cr, reach * sin (angle), -reach * cos (angle));
    }
  cairo_close_path (cr);
}

static void
trace_cross (cairo_t *cr, double reach, double half)
{
  cairo_rotate (cr, G_PI / 4.0);
  cairo_rectangle (cr, -reach, -half, 2.0 * reach, 2.0 * half);
  cairo_rectangle (cr, -half, -reach, 2.0 * half, 2.0 * reach);
}

static void
trace_mark (cairo_t *cr, ReunionTipMark mark)
{
  switch (mark)
    {
    case REUNION_TIP_MARK_CHECKING:
      trace_polygon (cr, 4, 8.5, 0.0);
      break;
    case REUNION_TIP_MARK_CREDIBLE:
      cairo_translate (cr, 0.0, 1.5);
      trace_polygon (cr, 3, 9.0, 0.0);
      break;
    case REUNION_TIP_MARK_DISMISSED:
      trace_cross (cr, 7.0, 2.0);
      break;
    case REUNION_TIP_MARK_FOUND:
      trace_polygon (cr, 5, 10.0, 4.6);
      break;
    case REUNION_TIP_MARK_NEW:
    case REUNION_N_TIP_MARKS:
    default:
      cairo_arc (cr, 0.0, 0.0, 6.5, 0.0, 2.0 * G_PI);
      break;
    }
}

static void
paint_mark (cairo_t *cr, ReunionTipMark mark, gboolean contrast)
{
  cairo_save (cr);
  cairo_new_path (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  trace_mark (cr, mark);
  if (contrast)
    {
      cairo_set_source_rgb (cr, 0.0, 0.0, 0.0);
      cairo_set_line_width (cr, 5.2);
      cairo_stroke_preserve (cr);
    }
  cairo_set_source_rgba (cr, 1.0, 1.0, 1.0, 0.95);
  cairo_set_line_width (cr, 3.2);
  cairo_stroke_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &mark_colours[mark]);
  cairo_fill (cr);
  cairo_restore (cr);
}

static cairo_t *
begin (cairo_surface_t **surface, int side_px, int scale)
{
  cairo_t *cr;

  *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, side_px * scale, side_px * scale);
  cr = cairo_create (*surface);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, side_px / 2.0, side_px / 2.0);
  return cr;
}

static void
paint_ring (cairo_t *cr, const guint *counts, guint total, double radius)
{
  double share[REUNION_N_TIP_MARKS];
  double sum = 0.0;
  double from = -G_PI / 2.0;

  /* One among thousands still has to be seen. */
  for (guint i = 0; i < REUNION_N_TIP_MARKS; i++)
    {
      share[i] = counts[i] > 0 ? MAX ((double) counts[i] / total, 0.09) : 0.0;
      sum += share[i];
    }
  for (guint i = 0; i < REUNION_N_TIP_MARKS; i++)
    {
      double to = from + 2.0 * G_PI * share[i] / sum;

      if (counts[i] == 0)
        continue;
      cairo_new_path (cr);
      cairo_arc (cr, 0.0, 0.0, radius, from, counts[i] == total ? to : to - 1.2 / radius);
      gdk_cairo_set_source_rgba (cr, &mark_colours[i]);
      cairo_set_line_width (cr, ring_widths[i]);
      cairo_set_dash (cr, ring_dashes[i], ring_dashes[i][0] > 0.0 ? 2 : 0, 0.0);
      cairo_stroke (cr);
      from = to;
    }
  cairo_set_dash (cr, NULL, 0, 0.0);
}

static void
paint_count (cairo_t *cr, PangoContext *context, guint total, gboolean dark)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autofree char *text = reunion_tip_marks_format_count (total);
  PangoRectangle box;

  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_extents (layout, NULL, &box);
  cairo_move_to (cr, round (-box.width / 2.0), round (-box.height / 2.0));
  if (dark)
    cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  else
    cairo_set_source_rgb (cr, 0.1, 0.1, 0.12);
  pango_cairo_show_layout (cr, layout);
}

const char *
reunion_tip_mark_get_label (ReunionTipMark mark)
{
  static const ReunionTipState states[REUNION_N_TIP_MARKS] = {
    [REUNION_TIP_MARK_NEW] = REUNION_TIP_STATE_NEW,
    [REUNION_TIP_MARK_CHECKING] = REUNION_TIP_STATE_CHECKING,
    [REUNION_TIP_MARK_CREDIBLE] = REUNION_TIP_STATE_CREDIBLE,
    [REUNION_TIP_MARK_DISMISSED] = REUNION_TIP_STATE_DISMISSED,
    [REUNION_TIP_MARK_FOUND] = REUNION_TIP_STATE_LED,
  };

  g_return_val_if_fail ((guint) mark < REUNION_N_TIP_MARKS, "");

  return reunion_tip_state_get_label (states[mark]);
}

const char *
reunion_tip_mark_get_sign (ReunionTipMark mark)
{
  static const char *const signs[REUNION_N_TIP_MARKS] = { "●", "◆", "▲", "✕", "★" };

  g_return_val_if_fail ((guint) mark < REUNION_N_TIP_MARKS, "");

  return signs[mark];
}

ReunionPixels *
reunion_tip_marks_draw (ReunionTipMark mark, int scale, gboolean contrast)
{
  cairo_surface_t *surface;
  cairo_t *cr;

  g_return_val_if_fail ((guint) mark < REUNION_N_TIP_MARKS && scale > 0, NULL);

  cr = begin (&surface, REUNION_TIP_MARK_PX, scale);
  paint_mark (cr, mark, contrast);
  cairo_destroy (cr);
  return reunion_pixels_new (surface);
}

ReunionPixels *
reunion_tip_marks_draw_cluster (const guint *counts,
                                PangoContext *context,
                                int scale,
                                gboolean dark,
                                gboolean contrast)
{
  cairo_surface_t *surface;
  cairo_t *cr;
  guint total = 0;
  double radius;

  g_return_val_if_fail (counts != NULL && PANGO_IS_CONTEXT (context) && scale > 0, NULL);

  for (guint i = 0; i < REUNION_N_TIP_MARKS; i++)
    total += counts[i];
  radius = total < 10 ? 12.0 : total < 1000 ? 14.5 : 17.0;
  cr = begin (&surface, REUNION_TIP_CLUSTER_PX, scale);
  cairo_arc (cr, 0.0, 0.0, radius + (contrast ? 5.0 : 3.6), 0.0, 2.0 * G_PI);
  if (contrast)
    cairo_set_source_rgb (cr, dark ? 1.0 : 0.0, dark ? 1.0 : 0.0, dark ? 1.0 : 0.0);
  else
    cairo_set_source_rgba (cr, 0.0, 0.0, 0.0, 0.22);
  cairo_fill (cr);
  cairo_arc (cr, 0.0, 0.0, radius + 3.0, 0.0, 2.0 * G_PI);
  if (dark)
    cairo_set_source_rgb (cr, 0.14, 0.14, 0.16);
  else
    cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_fill (cr);
  paint_ring (cr, counts, total, radius);
  paint_count (cr, context, total, dark);
  if (counts[REUNION_TIP_MARK_FOUND] > 0 || counts[REUNION_TIP_MARK_CREDIBLE] > 0)
    {
      cairo_translate (cr, radius * 0.75, -radius * 0.85);
      cairo_scale (cr, 0.8, 0.8);
      paint_mark (cr,
                  counts[REUNION_TIP_MARK_FOUND] > 0 ? REUNION_TIP_MARK_FOUND
                                                     : REUNION_TIP_MARK_CREDIBLE,
                  contrast);
    }
  cairo_destroy (cr);
  return reunion_pixels_new (surface);
}

char *
reunion_tip_marks_format_count (guint count)
{
  /* Four digits and more would outgrow any disc. */
  if (count < 1000)
    return g_strdup_printf ("%u", count);
  if (count < 9950)
    return g_strdup_printf ("%.1fk", count / 1000.0);
  return g_strdup_printf ("%uk", count / 1000);
}
