/* reunion-tile-painter.c: one tile of the base map, as pixels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tile-painter.h"

#include <math.h>

#include "reunion-mercator.h"

/* Lines reach this far past their middle, so shapes that lie this far outside
 * the tile still show in it. */
#define BLEED_PX 10.0
#define FAR_PX 4e6

typedef struct
{
  const ReunionTileJob *job;
  cairo_t *cr;
  /* World units to pixels of this tile. */
  double per_unit;
  double origin_x;
  double origin_y;
  /* Recorded once, drawn twice: the coast has a band of shallows under the
   * land and a line over it. */
  cairo_path_t *lines[REUNION_N_SHAPES];
  ReunionShapeKind kind;
} Canvas;

static void
set_colour (cairo_t *cr, ReunionColour colour)
{
  cairo_set_source_rgba (cr, colour.r, colour.g, colour.b, colour.a);
}

static double
graticule_step_deg (guint zoom)
{
  /* From a hundred to three hundred pixels apart. */
  static const double steps[] = { 30, 30, 30, 15, 10, 5, 2, 1, 0.5, 0.5, 0.25, 0.2, 0.1 };

  return steps[MIN (zoom, G_N_ELEMENTS (steps) - 1)];
}

static void
paint_graticule (Canvas *canvas, ReunionColour colour)
{
  const ReunionTileJob *job = canvas->job;
  double n = (double) (1u << job->zoom);
  double step = graticule_step_deg (job->zoom);
  ReunionPoint north_west
      = reunion_mercator_unproject ((ReunionMercator){ job->x / n, job->y / n });
  ReunionPoint south_east
      = reunion_mercator_unproject ((ReunionMercator){ (job->x + 1) / n, (job->y + 1) / n });

  for (double lon = floor (north_west.lon_deg / step) * step; lon <= south_east.lon_deg + step;
       lon += step)
    {
      ReunionMercator at = reunion_mercator_project ((ReunionPoint){ 0.0, lon });
      double x = floor ((at.x * n - job->x) * REUNION_TILE_SIZE) + 0.5;

      cairo_move_to (canvas->cr, x, 0.0);
      cairo_line_to (canvas->cr, x, REUNION_TILE_SIZE);
    }
  for (double lat = floor (south_east.lat_deg / step) * step;
       lat <= north_west.lat_deg + step && lat < 89.0; lat += step)
    {
      ReunionMercator at = reunion_mercator_project ((ReunionPoint){ lat, 0.0 });
      double y = floor ((at.y * n - job->y) * REUNION_TILE_SIZE) + 0.5;

      cairo_move_to (canvas->cr, 0.0, y);
      cairo_line_to (canvas->cr, REUNION_TILE_SIZE, y);
    }
  set_colour (canvas->cr, colour);
  cairo_set_line_width (canvas->cr, 1.0);
  cairo_stroke (canvas->cr);
}

/* Keeps what has been traced of the current kind, and starts the next. */
static void
finish_kind (Canvas *canvas)
{
  canvas->lines[canvas->kind] = cairo_copy_path (canvas->cr);
  cairo_new_path (canvas->cr);
}

static void
trace_shape_cb (ReunionShapeKind kind,
                const gint32 *points,
                gsize n_points,
                gboolean starts,
                gpointer user_data)
{
  Canvas *canvas = user_data;
  double last_x = 0.0;
  double last_y = 0.0;

  while (kind > canvas->kind)
    {
      finish_kind (canvas);
      canvas->kind++;
    }
  cairo_new_sub_path (canvas->cr);
  for (gsize i = 0; i < n_points; i++)
    {
      double x = points[2 * i] * canvas->per_unit - canvas->origin_x;
      double y = points[2 * i + 1] * canvas->per_unit - canvas->origin_y;

      /* Cairo counts to eight million, which a deep zoom exceeds. What is as far
       * away as this doesn't reach the tile. */
      x = CLAMP (x, -FAR_PX, FAR_PX);
      y = CLAMP (y, -FAR_PX, FAR_PX);
      /* Steps of under a third of a pixel cost time and show nothing. */
      if (i > 0 && i + 1 < n_points && fabs (x - last_x) + fabs (y - last_y) < 0.35)
        continue;
      cairo_line_to (canvas->cr, x, y);
      last_x = x;
      last_y = y;
    }
  if (kind == REUNION_SHAPE_LAND || kind == REUNION_SHAPE_WATER)
    cairo_close_path (canvas->cr);
}

static gboolean
trace_map (Canvas *canvas, ReunionBaseMap *map, GError **error)
{
  double units = REUNION_BASE_MAP_WORLD / (double) (1u << canvas->job->zoom);
  double bleed = BLEED_PX / REUNION_TILE_SIZE * units;
  gboolean sound;

  sound = reunion_base_map_foreach_shape (
      map, canvas->job->zoom, (gint32) floor (canvas->job->x * units - bleed),
      (gint32) floor (canvas->job->y * units - bleed),
      (gint32) ceil ((canvas->job->x + 1) * units + bleed),
      (gint32) ceil ((canvas->job->y + 1) * units + bleed), trace_shape_cb, canvas, error);
  while (canvas->kind < REUNION_N_SHAPES)
    {
      finish_kind (canvas);
      canvas->kind++;
    }
  return sound;
}

static void
stroke_kind (Canvas *canvas, ReunionShapeKind kind, double width_px, ReunionColour colour)
{
  cairo_new_path (canvas->cr);
  cairo_append_path (canvas->cr, canvas->lines[kind]);
  cairo_set_line_width (canvas->cr, width_px);
  set_colour (canvas->cr, colour);
  cairo_stroke (canvas->cr);
}

/* A river is one colour from spring to mouth, whether it is drawn as a line or
 * has banks: on a small map the banks lie closer than a line is wide. */
static void
paint_waters (Canvas *canvas)
{
  const ReunionMapPalette *palette = canvas->job->palette;
  cairo_t *cr = canvas->cr;
  guint zoom = canvas->job->zoom;

  if (zoom >= 8)
    stroke_kind (canvas, REUNION_SHAPE_MINOR_RIVER, zoom <= 9 ? 0.7 : 1.0, palette->river);
  else if (zoom >= 6)
    stroke_kind (canvas, REUNION_SHAPE_MINOR_RIVER, 0.5, palette->river);
  if (zoom >= 4)
    stroke_kind (canvas, REUNION_SHAPE_RIVER,
                 zoom <= 5   ? 0.6
                 : zoom <= 7 ? 0.8
                             : 1.3,
                 palette->river);
  stroke_kind (canvas, REUNION_SHAPE_GREAT_RIVER,
               zoom <= 3   ? 0.8
               : zoom <= 5 ? 1.2
               : zoom <= 7 ? 1.5
                           : 2.2,
               palette->river);
  stroke_kind (canvas, REUNION_SHAPE_WATER, zoom <= 3 ? 0.6 : 1.0, palette->river);
  cairo_append_path (cr, canvas->lines[REUNION_SHAPE_WATER]);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  set_colour (cr, palette->water);
  cairo_fill (cr);
}

static void
paint_borders (Canvas *canvas, ReunionShapeKind kind)
{
  const ReunionMapPalette *palette = canvas->job->palette;
  guint zoom = canvas->job->zoom;

  stroke_kind (canvas, kind, zoom <= 3 ? 2.5 : zoom <= 6 ? 4.5 : 6.5, palette->border_casing);
  stroke_kind (canvas, kind, zoom <= 3 ? 0.7 : zoom <= 6 ? 1.1 : 1.5, palette->border);
}

static void
paint_shapes (Canvas *canvas)
{
  const ReunionMapPalette *palette = canvas->job->palette;
  cairo_t *cr = canvas->cr;
  guint zoom = canvas->job->zoom;

  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  stroke_kind (canvas, REUNION_SHAPE_COAST,
               zoom <= 3   ? 4.0
               : zoom <= 6 ? 8.0
                           : 12.0,
               palette->shallows);

  /* Cells overlap a little, which the non-zero rule bears and even-odd
   * wouldn't; holes are traced the other way round. */
  cairo_append_path (cr, canvas->lines[REUNION_SHAPE_LAND]);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  set_colour (cr, palette->land);
  cairo_fill (cr);

  paint_waters (canvas);

  /* So near that a whole view can be bare ground. */
  if (zoom >= 9)
    {
      cairo_new_path (cr);
      paint_graticule (canvas, palette->land_graticule);
    }
  if (zoom >= 6)
    stroke_kind (canvas, REUNION_SHAPE_PREFECTURE_BORDER, zoom <= 7 ? 0.8 : 1.1,
                 palette->prefecture_border);
  if (zoom >= 4)
    stroke_kind (canvas, REUNION_SHAPE_PROVINCE_BORDER,
                 zoom <= 5   ? 0.8
                 : zoom <= 7 ? 1.1
                             : 1.5,
                 palette->province_border);
  stroke_kind (canvas, REUNION_SHAPE_COAST, zoom <= 4 ? 0.7 : 1.0, palette->coast);
  paint_borders (canvas, REUNION_SHAPE_BORDER);
  paint_borders (canvas, REUNION_SHAPE_DASH_LINE);
}

ReunionColour
reunion_tile_painter_get_label_colour (const ReunionLabel *label, const ReunionMapPalette *palette)
{
  switch (label->place->kind)
    {
    case REUNION_PLACE_COUNTRY:
      return palette->country_label;
    case REUNION_PLACE_PROVINCE:
      return palette->province_label;
    case REUNION_PLACE_AREA:
      return palette->area_label;
    case REUNION_PLACE_SEA:
    case REUNION_PLACE_ISLANDS:
      return palette->sea_label;
    case REUNION_PLACE_WATERS:
      return palette->waters_label;
    case REUNION_PLACE_CAPITAL:
    case REUNION_PLACE_PROVINCE_SEAT:
    case REUNION_PLACE_PREFECTURE_SEAT:
      return palette->town;
    case REUNION_PLACE_CITY:
    case REUNION_PLACE_COUNTY_SEAT:
    case REUNION_N_PLACES:
    default:
      return palette->town_minor;
    }
}

static void
paint_dot (Canvas *canvas, const ReunionLabel *label, double x, double y)
{
  const ReunionMapPalette *palette = canvas->job->palette;
  gboolean seat = label->place->kind == REUNION_PLACE_CAPITAL
                  || label->place->kind == REUNION_PLACE_PROVINCE_SEAT;

  cairo_new_path (canvas->cr);
  cairo_arc (canvas->cr, x, y, label->dot_radius, 0.0, 2.0 * G_PI);
  set_colour (canvas->cr,
              seat ? palette->halo : reunion_tile_painter_get_label_colour (label, palette));
  cairo_fill_preserve (canvas->cr);
  set_colour (canvas->cr, seat ? palette->town : palette->halo);
  cairo_set_line_width (canvas->cr, seat ? 1.4 : 0.8);
  cairo_stroke (canvas->cr);
  if (label->place->kind != REUNION_PLACE_CAPITAL)
    return;
  cairo_arc (canvas->cr, x, y, label->dot_radius * 0.45, 0.0, 2.0 * G_PI);
  cairo_fill (canvas->cr);
}

static void
paint_label (Canvas *canvas, PangoLayout *layout, const ReunionLabel *label)
{
  const ReunionMapPalette *palette = canvas->job->palette;
  double left = label->x - canvas->job->x * (double) REUNION_TILE_SIZE;
  double top = label->y - canvas->job->y * (double) REUNION_TILE_SIZE;
  ReunionPlaceKind kind = label->place->kind;
  PangoRectangle extents;
  double slack;

  if (label->dot_radius > 0.0)
    paint_dot (canvas, label, left + label->dot_x - label->x, top + label->dot_y - label->y);
  reunion_tile_painter_set_label (layout, label);
  pango_layout_get_extents (layout, NULL, &extents);
  slack = label->width - (double) extents.width / PANGO_SCALE;
  if (label->align == 0)
    left += slack / 2.0;
  else if (label->align > 0)
    left += slack;
  top += (label->height - (double) extents.height / PANGO_SCALE) / 2.0;
  /* Not round(), which goes the other way left of the tile's edge than right of
   * it: the two halves of a name would be a pixel apart. */
  left = floor (left + 0.5);
  top = floor (top + 0.5);

  cairo_new_path (canvas->cr);
  cairo_move_to (canvas->cr, left, top);
  pango_cairo_layout_path (canvas->cr, layout);
  set_colour (canvas->cr, kind == REUNION_PLACE_SEA || kind == REUNION_PLACE_ISLANDS
                              ? palette->sea_halo
                              : palette->halo);
  cairo_set_line_width (canvas->cr, 2.6);
  cairo_stroke (canvas->cr);
  cairo_move_to (canvas->cr, left, top);
  set_colour (canvas->cr, reunion_tile_painter_get_label_colour (label, palette));
  pango_cairo_show_layout (canvas->cr, layout);
  cairo_new_path (canvas->cr);
}

static void
paint_labels (Canvas *canvas, ReunionLabelPlan *plan)
{
  g_autoptr (GArray) labels = reunion_label_plan_on_tile (plan, canvas->job->x, canvas->job->y);
  g_autoptr (PangoLayout) layout = reunion_tile_painter_create_layout (canvas->cr);

  for (guint i = labels->len; i > 0; i--)
    paint_label (canvas, layout, &g_array_index (labels, ReunionLabel, i - 1));
}

PangoLayout *
reunion_tile_painter_create_layout (cairo_t *cr)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  cairo_font_options_t *options = cairo_font_options_create ();

  /* Subpixel colours would be wrong once the tile is scaled or moved. */
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (pango_layout_get_context (layout), options);
  cairo_font_options_destroy (options);
  return layout;
}

void
reunion_tile_painter_set_label (PangoLayout *layout, const ReunionLabel *label)
{
  ReunionPlaceKind kind = label->place->kind;
  PangoFontDescription *font = pango_font_description_from_string ("Cantarell,Noto Sans,Sans");
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_absolute_size (font, label->size_px * PANGO_SCALE);
  if (kind == REUNION_PLACE_CAPITAL || kind == REUNION_PLACE_PROVINCE_SEAT
      || kind == REUNION_PLACE_COUNTRY)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  if (kind == REUNION_PLACE_SEA || kind == REUNION_PLACE_WATERS)
    pango_font_description_set_style (font, PANGO_STYLE_ITALIC);
  pango_layout_set_font_description (layout, font);
  pango_attr_list_insert (attributes,
                          pango_attr_letter_spacing_new ((int) (label->spacing_px * PANGO_SCALE)));
  /* Han characters differ in form from country to country. */
  pango_attr_list_insert (attributes,
                          pango_attr_language_new (pango_language_from_string ("zh-cn")));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_font_description_free (font);
  pango_layout_set_text (layout, label->text, -1);
}

cairo_surface_t *
reunion_tile_painter_paint (const ReunionTileJob *job,
                            ReunionBaseMap *map,
                            ReunionLabelPlan *plan,
                            GError **error)
{
  cairo_surface_t *surface;
  Canvas canvas = { .job = job };
  int side;

  g_return_val_if_fail (job != NULL && job->palette != NULL, NULL);
  g_return_val_if_fail (job->zoom <= 20 && job->scale >= 1, NULL);

  side = (int) (REUNION_TILE_SIZE * job->scale);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, side, side);
  canvas.cr = cairo_create (surface);
  cairo_scale (canvas.cr, job->scale, job->scale);
  canvas.per_unit
      = (double) REUNION_TILE_SIZE * (double) (1u << job->zoom) / REUNION_BASE_MAP_WORLD;
  canvas.origin_x = (double) job->x * REUNION_TILE_SIZE;
  canvas.origin_y = (double) job->y * REUNION_TILE_SIZE;

  set_colour (canvas.cr, job->palette->sea);
  cairo_paint (canvas.cr);
  paint_graticule (&canvas, job->palette->graticule);
  if (map != NULL)
    {
      cairo_new_path (canvas.cr);
      trace_map (&canvas, map, error);
      paint_shapes (&canvas);
    }
  if (plan != NULL)
    paint_labels (&canvas, plan);

  for (gsize i = 0; i < G_N_ELEMENTS (canvas.lines); i++)
    g_clear_pointer (&canvas.lines[i], cairo_path_destroy);
  cairo_destroy (canvas.cr);
  cairo_surface_flush (surface);
  return surface;
}
