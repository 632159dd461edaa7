/* test-base-map-looks.c: what the base map looks like, place by place
 *
 * Paints each place from the world down to its streets, in both scripts, by day
 * and by night, and leaves the pictures as sheets to be looked at. What a
 * program can tell of a picture is checked: that land, sea and names are where
 * they belong, and that a name that lies on several tiles is whole.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "map-test-files.h"
#include "reunion-area-names.h"
#include "reunion-base-map-source.h"
#include "reunion-label-plan.h"
#include "reunion-map-palette.h"
#include "reunion-mercator.h"
#include "reunion-tile-painter.h"

/* Where the sheets go; without it none are written. */
#define FOLDER_ENV "REUNION_LOOKS"
#define FIRST_ZOOM 3
#define LAST_ZOOM 12
#define COLUMNS 5
#define ROWS 2
#define WIDTH 400
#define HEIGHT 320
#define GAP 6

/* What has to be seen from FIRST_ZOOM on, in the order of the zooms: L land,
 * S sea, B both, W land with a river, each with a name; lower case where there
 * is none to see. */
static const struct
{
  const char *name;
  ReunionPoint far;
  ReunionPoint near;
  guint near_from;
  const char *sees;
} looks[] = {
  { "china", { 35.5, 104.0 }, { 34.75, 113.65 }, 7, "BLLLLLLLLL" },
  { "guizhou", { 26.66, 105.77 }, { 26.66, 105.77 }, 13, "BLLLLLLLLL" },
  { "hengshui", { 37.74, 115.69 }, { 37.74, 115.69 }, 13, "BBBLLLLLLL" },
  { "jiujiang", { 29.9, 115.4 }, { 29.74, 115.99 }, 8, "BBWWWWWWWw" },
  { "south-china-sea", { 15.5, 113.5 }, { 16.834, 112.34 }, 8, "BBBSSSSSSS" },
  { "taiwan", { 24.0, 120.6 }, { 24.9, 121.4 }, 9, "BBBBBBBLLl" },
  { "bering-strait", { 66.0, -171.0 }, { 65.78, -169.5 }, 9, "bbbbbbssss" },
  { "chukotka-180", { 67.5, 180.0 }, { 68.98, 180.0 }, 6, "bbbbbbbbbb" },
};

typedef struct
{
  ReunionBaseMapSource *source;
  guint zoom;
  gint64 left;
  gint64 top;
} Spot;

static ReunionPoint
middle_of (gsize place, guint zoom)
{
  return zoom >= looks[place].near_from ? looks[place].near : looks[place].far;
}

static Spot
spot_for (ReunionBaseMapSource *source, gsize place, guint zoom)
{
  ReunionMercator middle = reunion_mercator_project (middle_of (place, zoom));
  double world_px = REUNION_TILE_SIZE * exp2 (zoom);
  Spot spot = { source, zoom, (gint64) round (middle.x * world_px - WIDTH / 2.0),
                (gint64) round (middle.y * world_px - HEIGHT / 2.0) };

  return spot;
}

static gint64
tile_of (gint64 px)
{
  return (gint64) floor ((double) px / REUNION_TILE_SIZE);
}

/* As the view puts them together. */
static cairo_surface_t *
paint_spot (const Spot *spot)
{
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (picture);
  gint64 n = (gint64) 1 << spot->zoom;

  for (gint64 y = tile_of (spot->top); y <= tile_of (spot->top + HEIGHT - 1); y++)
    for (gint64 x = tile_of (spot->left); x <= tile_of (spot->left + WIDTH - 1); x++)
      {
        g_autoptr (GError) error = NULL;
        cairo_surface_t *tile;

        if (y < 0 || y >= n)
          continue;
        tile = reunion_base_map_source_paint (spot->source, spot->zoom, (guint) ((x % n + n) % n),
                                              (guint) y, &error);
        g_assert_no_error (error);
        cairo_set_source_surface (cr, tile, (double) (x * REUNION_TILE_SIZE - spot->left),
                                  (double) (y * REUNION_TILE_SIZE - spot->top));
        cairo_paint (cr);
        cairo_surface_destroy (tile);
      }
  cairo_destroy (cr);
  cairo_surface_flush (picture);
  return picture;
}

static guint32
colour_value (ReunionColour colour)
{
  return (guint32) lround (colour.r * 255.0) << 16 | (guint32) lround (colour.g * 255.0) << 8
         | (guint32) lround (colour.b * 255.0);
}

static guint32
pixel (cairo_surface_t *surface, int x, int y)
{
  guint32 value;

  memcpy (&value,
          cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface)
              + 4 * x,
          sizeof value);
  return value & 0xffffffu;
}

/* Small letters have hardly a pixel of their full colour. */
static gboolean
is_near (guint32 a, guint32 b, int tolerance)
{
  for (guint shift = 0; shift < 24; shift += 8)
    if (ABS ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff)) > tolerance)
      return FALSE;
  return TRUE;
}

static guint
count (cairo_surface_t *surface, const ReunionColour *colours, gsize n_colours, int tolerance)
{
  guint found = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      for (gsize i = 0; i < n_colours; i++)
        if (is_near (pixel (surface, x, y), colour_value (colours[i]), tolerance))
          {
            found++;
            break;
          }
  return found;
}

static void
check_sees (cairo_surface_t *picture, gsize place, guint zoom, gboolean dark)
{
  const ReunionMapPalette *palette = reunion_map_palette_get (dark);
  const ReunionColour land[] = { palette->land };
  const ReunionColour sea[] = { palette->sea, palette->shallows };
  const ReunionColour names[]
      = { palette->town, palette->town_minor, palette->country_label, palette->sea_label };
  char sees = looks[place].sees[zoom - FIRST_ZOOM];
  guint n_land = count (picture, land, G_N_ELEMENTS (land), 0);
  guint n_sea = count (picture, sea, G_N_ELEMENTS (sea), 0);
  const ReunionColour river[] = { palette->river, palette->water };
  guint n_river = count (picture, river, G_N_ELEMENTS (river), 6);
  guint n_names = count (picture, names, G_N_ELEMENTS (names), 30);
  const guint some = WIDTH * HEIGHT / 50;
  gboolean right = TRUE;

  g_assert_cmpint (cairo_image_surface_get_width (picture), ==, WIDTH);
  g_assert_cmpint (cairo_image_surface_get_height (picture), ==, HEIGHT);
  if (strchr ("LBbWw", sees) != NULL)
    right = right && n_land > some;
  if (strchr ("SBbs", sees) != NULL)
    right = right && n_sea > some;
  if (strchr ("Ww", sees) != NULL)
    right = right && n_river > 60;
  if (strchr ("Ss", sees) != NULL)
    right = right && n_land < some;
  if (g_ascii_isupper (sees))
    right = right && n_names > 20;
  if (!right)
    g_error ("%s at zoom %u%s: expected %c, found %u pixels of land, %u of sea, %u of rivers,"
             " %u of names",
             looks[place].name, zoom, dark ? " by night" : "", sees, n_land, n_sea, n_river,
             n_names);
}

/* The name alone, on one surface as wide as the picture: where its letters cover
 * a pixel whole, the picture of many tiles has to have their colour. */
static guint
check_whole (cairo_surface_t *picture, const Spot *spot, const ReunionLabel *label, gboolean dark)
{
  cairo_surface_t *mask = cairo_image_surface_create (CAIRO_FORMAT_A8, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (mask);
  g_autoptr (PangoLayout) layout = reunion_tile_painter_create_layout (cr);
  guint32 expected = colour_value (
      reunion_tile_painter_get_label_colour (label, reunion_map_palette_get (dark)));
  PangoRectangle extents;
  double slack, left = label->x - (double) spot->left, top = label->y - (double) spot->top;
  guint n_inside = 0;
  guint n_wrong = 0;

  reunion_tile_painter_set_label (layout, label);
  pango_layout_get_extents (layout, NULL, &extents);
  slack = label->width - (double) extents.width / PANGO_SCALE;
  left += label->align == 0 ? slack / 2.0 : label->align > 0 ? slack : 0.0;
  top += (label->height - (double) extents.height / PANGO_SCALE) / 2.0;
  cairo_move_to (cr, floor (left + 0.5), floor (top + 0.5));
  pango_cairo_show_layout (cr, layout);
  cairo_surface_flush (mask);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (cairo_image_surface_get_data (mask)[y * cairo_image_surface_get_stride (mask) + x] == 255)
        {
          n_inside++;
          n_wrong += pixel (picture, x, y) != expected;
        }
  if (n_wrong > 0)
    g_error ("%s at zoom %u: %u of %u pixels of the name are missing", label->text, spot->zoom,
             n_wrong, n_inside);
  cairo_destroy (cr);
  cairo_surface_destroy (mask);
  return n_inside > 0;
}

/* The names as the source has them painted; kept, since they are the same for
 * every place. */
static ReunionLabelPlan *plans[2][LAST_ZOOM + 1];

static ReunionLabelPlan *
get_plan (ReunionBaseMap *map, guint zoom, gboolean latin)
{
  ReunionLabelPlan **plan = &plans[latin ? 1 : 0][zoom];
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) places = NULL;

  if (*plan != NULL)
    return *plan;
  places = reunion_base_map_read_places (map, &error);
  g_assert_no_error (error);
  if (zoom >= REUNION_AREA_NAMES_FIRST_ZOOM)
    reunion_area_names_add (places, map, zoom);
  *plan = reunion_label_plan_new (places, zoom, latin);
  return *plan;
}

static void
free_plans (void)
{
  for (guint zoom = 0; zoom <= LAST_ZOOM; zoom++)
    for (guint i = 0; i < 2; i++)
      g_clear_pointer (&plans[i][zoom], reunion_label_plan_free);
}

/* How many names that lie on more than one tile were looked at. */
static guint
check_names (cairo_surface_t *picture, const Spot *spot, ReunionBaseMap *map, gboolean dark)
{
  gboolean latin = reunion_base_map_source_get_latin (spot->source);
  ReunionLabelPlan *plan = get_plan (map, spot->zoom, latin);
  gint64 n = (gint64) 1 << spot->zoom;
  guint n_checked = 0;

  for (gint64 y = MAX (tile_of (spot->top), 0); y <= tile_of (spot->top + HEIGHT - 1) && y < n; y++)
    for (gint64 x = tile_of (spot->left); x <= tile_of (spot->left + WIDTH - 1); x++)
      {
        gint64 wrapped = (x % n + n) % n;
        g_autoptr (GArray) labels = reunion_label_plan_on_tile (plan, (guint) wrapped, (guint) y);

        for (guint i = 0; i < labels->len; i++)
          {
            ReunionLabel label = g_array_index (labels, ReunionLabel, i);

            label.x += (double) ((x - wrapped) * REUNION_TILE_SIZE);
            if (tile_of ((gint64) label.x) != tile_of ((gint64) (label.x + label.width))
                || tile_of ((gint64) label.y) != tile_of ((gint64) (label.y + label.height)))
              n_checked += check_whole (picture, spot, &label, dark);
          }
      }
  return n_checked;
}

static cairo_surface_t *
new_sheet (void)
{
  cairo_surface_t *sheet = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, COLUMNS * (WIDTH + GAP) + GAP, ROWS * (HEIGHT + GAP) + GAP);
  cairo_t *cr = cairo_create (sheet);

  cairo_set_source_rgb (cr, 0.45, 0.45, 0.45);
  cairo_paint (cr);
  cairo_destroy (cr);
  return sheet;
}

static void
add_to_sheet (cairo_surface_t *sheet, cairo_surface_t *picture, guint zoom)
{
  guint i = zoom - FIRST_ZOOM;
  double left = GAP + (i % COLUMNS) * (WIDTH + GAP);
  double top = GAP + (i / COLUMNS) * (HEIGHT + GAP);
  g_autofree char *text = g_strdup_printf ("%u", zoom);
  cairo_t *cr = cairo_create (sheet);

  cairo_set_source_surface (cr, picture, left, top);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.8, 0.1, 0.1);
  cairo_set_font_size (cr, 16.0);
  cairo_move_to (cr, left + 5.0, top + 17.0);
  cairo_show_text (cr, text);
  cairo_destroy (cr);
}

static void
save_sheet (cairo_surface_t *sheet, const char *place, gboolean latin, gboolean dark)
{
  const char *folder = g_getenv (FOLDER_ENV);
  g_autofree char *name = g_strdup_printf ("map-look-%s-%s-%s.png", place, latin ? "latin" : "zh",
                                           dark ? "night" : "day");
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  path = g_build_filename (folder, name, NULL);
  g_assert_cmpint (cairo_surface_write_to_png (sheet, path), ==, CAIRO_STATUS_SUCCESS);
}

static void
test_place (gconstpointer data)
{
  gsize place = GPOINTER_TO_SIZE (data);
  g_autofree char *path = map_test_shipped ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionBaseMapSource) source = reunion_base_map_source_new (path, &error);
  g_autoptr (ReunionBaseMap) map = reunion_base_map_open (path, &error);
  guint n_across = 0;

  g_assert_no_error (error);
  for (guint look = 0; look < 4; look++)
    {
      gboolean latin = (look & 1) != 0;
      gboolean dark = (look & 2) != 0;
      cairo_surface_t *sheet = new_sheet ();
      cairo_surface_t *pictures[LAST_ZOOM + 1];

      reunion_base_map_source_set_latin (source, latin);
      reunion_base_map_source_set_dark (source, dark);
      for (guint zoom = FIRST_ZOOM; zoom <= LAST_ZOOM; zoom++)
        {
          Spot spot = spot_for (source, place, zoom);

          pictures[zoom] = paint_spot (&spot);
          add_to_sheet (sheet, pictures[zoom], zoom);
        }
      /* Before anything can fail: then they are wanted most. */
      save_sheet (sheet, looks[place].name, latin, dark);
      cairo_surface_destroy (sheet);
      for (guint zoom = FIRST_ZOOM; zoom <= LAST_ZOOM; zoom++)
        {
          Spot spot = spot_for (source, place, zoom);

          check_sees (pictures[zoom], place, zoom, dark);
          /* By night names stand where they stand by day. */
          if (!dark)
            n_across += check_names (pictures[zoom], &spot, map, dark);
          cairo_surface_destroy (pictures[zoom]);
        }
    }
  g_test_message ("%u names across the edges of tiles", n_across);
  g_assert_true (n_across > 20 || strpbrk (looks[place].sees, "LSBW") == NULL);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *name = g_strdup_printf ("/base-map-looks/%s", looks[i].name);

      g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_place);
    }
  status = g_test_run ();
  free_plans ();
  return status;
}
