/* test-label-plan.c: which names stand where on one zoom of the base map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-label-plan.h"

#include <math.h>
#include <string.h>

#include "map-test-files.h"
#include "reunion-mercator.h"
#include "reunion-tile-painter.h"

static GPtrArray *places;

typedef struct
{
  guint zoom;
  gboolean latin;
} PlanCase;

static const PlanCase plan_cases[] = {
  { 2, FALSE }, { 2, TRUE },  { 3, FALSE }, { 4, FALSE }, { 4, TRUE },
  { 5, FALSE }, { 6, FALSE }, { 6, TRUE },  { 8, FALSE }, { 8, TRUE },
};

typedef struct
{
  double left, top, right, bottom;
} Box;

/* Text and dot, without the margin. */
static Box
box_of (const ReunionLabel *label)
{
  Box box = { label->x, label->y, label->x + label->width, label->y + label->height };

  if (label->dot_radius > 0.0)
    {
      box.left = MIN (box.left, label->dot_x - label->dot_radius);
      box.right = MAX (box.right, label->dot_x + label->dot_radius);
      box.top = MIN (box.top, label->dot_y - label->dot_radius);
      box.bottom = MAX (box.bottom, label->dot_y + label->dot_radius);
    }
  return box;
}

static void
check_apart (const ReunionLabel *a, const ReunionLabel *b)
{
  Box p = box_of (a);
  Box q = box_of (b);

  if (p.left < q.right && q.left < p.right && p.top < q.bottom && q.top < p.bottom)
    g_error ("%s and %s overlap", a->text, b->text);
}

static const ReunionLabel *
find_label (GArray *labels, const ReunionPlace *place)
{
  for (guint i = 0; i < labels->len; i++)
    {
      const ReunionLabel *label = &g_array_index (labels, ReunionLabel, i);

      if (label->place == place)
        return label;
    }
  return NULL;
}

static GArray *
labels_at (ReunionLabelPlan *plan, guint zoom, int x, int y)
{
  int n = 1 << zoom;

  return reunion_label_plan_on_tile (plan, (guint) (((x % n) + n) % n), (guint) y);
}

/* What of one tile reaches into the next is there too, at the same pixel of
 * the world. */
static void
check_neighbour (ReunionLabelPlan *plan, guint zoom, int x, int y, int dx, int dy)
{
  double world_px = REUNION_TILE_SIZE * exp2 (zoom);
  g_autoptr (GArray) here = labels_at (plan, zoom, x, y);
  g_autoptr (GArray) there = labels_at (plan, zoom, x + dx, y + dy);
  double left = (x + dx) * (double) REUNION_TILE_SIZE;
  double top = (y + dy) * (double) REUNION_TILE_SIZE;

  for (guint i = 0; i < here->len; i++)
    {
      const ReunionLabel *label = &g_array_index (here, ReunionLabel, i);
      const ReunionLabel *twin;
      Box box = box_of (label);

      if (box.right <= left || box.left >= left + REUNION_TILE_SIZE || box.bottom <= top
          || box.top >= top + REUNION_TILE_SIZE)
        continue;
      twin = find_label (there, label->place);
      if (twin == NULL)
        g_error ("%s is cut at the edge of tile %u/%d/%d", label->text, zoom, x, y);
      g_assert_cmpfloat (remainder (twin->x - label->x, world_px), ==, 0.0);
      g_assert_cmpfloat (twin->y, ==, label->y);
      g_assert_cmpfloat (twin->dot_x - twin->x, ==, label->dot_x - label->x);
      g_assert_cmpfloat (twin->width, ==, label->width);
      g_assert_cmpint (twin->align, ==, label->align);
    }
}

/* Tiles that hold most: all of the world at low zooms, China's middle after. */
static void
tile_range (guint zoom, int *x0, int *x1, int *y0, int *y1)
{
  int n = 1 << zoom;
  ReunionMercator north_west = reunion_mercator_project ((ReunionPoint){ 42.0, 102.0 });
  ReunionMercator south_east = reunion_mercator_project ((ReunionPoint){ 21.0, 123.0 });

  *x0 = *y0 = 0;
  *x1 = *y1 = n - 1;
  if (zoom <= 5)
    return;
  *x0 = (int) (north_west.x * n);
  *x1 = (int) (south_east.x * n);
  *y0 = (int) (north_west.y * n);
  *y1 = (int) (south_east.y * n);
}

static void
test_no_overlaps (gconstpointer data)
{
  const PlanCase *plan_case = data;
  g_autoptr (ReunionLabelPlan) plan
      = reunion_label_plan_new (places, plan_case->zoom, plan_case->latin);
  int x0, x1, y0, y1;
  guint n_seen = 0;

  tile_range (plan_case->zoom, &x0, &x1, &y0, &y1);
  for (int y = y0; y <= y1; y++)
    for (int x = x0; x <= x1; x++)
      {
        g_autoptr (GArray) labels = labels_at (plan, plan_case->zoom, x, y);

        n_seen += labels->len;
        for (guint i = 0; i < labels->len; i++)
          for (guint k = i + 1; k < labels->len; k++)
            {
              g_assert_true (g_array_index (labels, ReunionLabel, i).place
                             != g_array_index (labels, ReunionLabel, k).place);
              check_apart (&g_array_index (labels, ReunionLabel, i),
                           &g_array_index (labels, ReunionLabel, k));
            }
      }
  g_assert_cmpuint (n_seen, >, 10);
}

static void
test_neighbours_agree (gconstpointer data)
{
  const PlanCase *plan_case = data;
  g_autoptr (ReunionLabelPlan) plan
      = reunion_label_plan_new (places, plan_case->zoom, plan_case->latin);
  int last = (1 << plan_case->zoom) - 1;
  int x0, x1, y0, y1;

  tile_range (plan_case->zoom, &x0, &x1, &y0, &y1);
  for (int y = y0; y <= y1; y++)
    for (int x = x0; x <= x1; x++)
      for (int dy = -1; dy <= 1; dy++)
        for (int dx = -1; dx <= 1; dx++)
          if ((dx != 0 || dy != 0) && y + dy >= 0 && y + dy <= last)
            check_neighbour (plan, plan_case->zoom, x, y, dx, dy);
}

/* The text as it is drawn stays within the reckoned box and its margin: what
 * went past them would be cut at the edge of a tile, or run into another. */
static void
test_text_fits_its_box (gconstpointer data)
{
  const PlanCase *plan_case = data;
  g_autoptr (ReunionLabelPlan) plan
      = reunion_label_plan_new (places, plan_case->zoom, plan_case->latin);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1, 1);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (PangoLayout) layout = reunion_tile_painter_create_layout (cr);
  int x0, x1, y0, y1;

  tile_range (plan_case->zoom, &x0, &x1, &y0, &y1);
  for (int y = y0; y <= y1; y++)
    for (int x = x0; x <= x1; x++)
      {
        g_autoptr (GArray) labels = labels_at (plan, plan_case->zoom, x, y);

        for (guint i = 0; i < labels->len; i++)
          {
            const ReunionLabel *label = &g_array_index (labels, ReunionLabel, i);
            int width;
            int height;

            reunion_tile_painter_set_label (layout, label);
            pango_layout_get_pixel_size (layout, &width, &height);
            if (width > label->width + REUNION_LABEL_MARGIN_PX)
              g_error ("“%s”: reckoned %.1f px, drawn %d px", label->text, label->width, width);
          }
      }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static GPtrArray *
places_out_of (const char *sql)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = map_test_write_small (folder, "map.sqlite");
  g_autoptr (ReunionBaseMap) map = NULL;
  GPtrArray *read;

  map_test_run_sql (path, "DELETE FROM place");
  map_test_run_sql (path, sql);
  map = reunion_base_map_open (path, NULL);
  read = reunion_base_map_read_places (map, NULL);
  g_assert_nonnull (read);
  map_test_remove_folder (folder);
  return read;
}

#define ADD_PLACE "INSERT INTO place VALUES "

static void
test_across_180 (void)
{
  g_autoptr (GPtrArray) edge = places_out_of (
      ADD_PLACE
      "(1, 0, NULL, 'A very long name of a country', NULL, NULL, 'XX', 10, 180, 1, 0, 12),"
      "(2, 0, NULL, 'Another quite long name', NULL, NULL, 'XY', 10, -179.9, 1, 0, 12)");

  for (guint zoom = 1; zoom <= 8; zoom++)
    {
      g_autoptr (ReunionLabelPlan) plan = reunion_label_plan_new (edge, zoom, TRUE);
      int last = (1 << zoom) - 1;
      int row = (int) (reunion_mercator_project ((ReunionPoint){ 10.0, 0.0 }).y * (last + 1));
      g_autoptr (GArray) west = labels_at (plan, zoom, 0, row);
      g_autoptr (GArray) east = labels_at (plan, zoom, last, row);

      /* The second is in the first one's way, though the world lies between. */
      g_assert_cmpuint (reunion_label_plan_get_n_labels (plan), ==, 1);
      g_assert_cmpuint (west->len, ==, 1);
      g_assert_cmpuint (east->len, ==, 1);
      check_neighbour (plan, zoom, last, row, 1, 0);
      check_neighbour (plan, zoom, 0, row, -1, 0);
    }
}

/* At zoom 0 a tile is its own neighbour. */
static void
test_one_tile_world (void)
{
  g_autoptr (GPtrArray) edge = places_out_of (
      ADD_PLACE "(1, 0, NULL, 'Long name on the very edge', NULL, NULL, 'XX', 10, 179, 1, 0, 12)");
  g_autoptr (ReunionLabelPlan) plan = reunion_label_plan_new (edge, 0, TRUE);
  g_autoptr (GArray) labels = reunion_label_plan_on_tile (plan, 0, 0);

  g_assert_cmpuint (labels->len, ==, 1);
}

static void
test_past_the_edge (void)
{
  g_autoptr (GPtrArray) polar
      = places_out_of (ADD_PLACE "(1, 2, NULL, 'North', NULL, NULL, 'XX', 90, 0, 1, 0, 12),"
                                 "(2, 2, NULL, 'South', NULL, NULL, 'XX', -90, 180, 1, 0, 12),"
                                 "(3, 2, NULL, 'Edge', NULL, NULL, 'XX', 85.05, -180, 1, 0, 12)");

  for (guint zoom = 0; zoom <= 12; zoom++)
    {
      g_autoptr (ReunionLabelPlan) plan = reunion_label_plan_new (polar, zoom, TRUE);
      g_autoptr (GArray) labels = reunion_label_plan_on_tile (plan, 0, 0);

      g_assert_cmpuint (reunion_label_plan_get_n_labels (plan), ==, 3);
      g_assert_nonnull (find_label (labels, g_ptr_array_index (polar, 2)));
    }
}

static void
test_zoom_range (void)
{
  g_autoptr (GPtrArray) few
      = places_out_of (ADD_PLACE "(1, 1, '贵州', 'Guizhou', NULL, NULL, 'CN', 26, 106, 1, 5, 7),"
                                 "(2, 3, '贵阳', 'Guiyang', NULL, NULL, 'CN', 40, 120, 1, 6, 7)");

  for (guint zoom = 4; zoom <= 9; zoom++)
    {
      g_autoptr (ReunionLabelPlan) plan = reunion_label_plan_new (few, zoom, FALSE);
      /* Provinces go again, towns stay. */
      guint expected = (zoom >= 5 && zoom <= 7 ? 1 : 0) + (zoom >= 6 ? 1 : 0);

      g_assert_cmpuint (reunion_label_plan_get_n_labels (plan), ==, expected);
    }
}

static void
test_language (void)
{
  g_autoptr (GPtrArray) few
      = places_out_of (ADD_PLACE "(1, 3, '贵阳', 'Guiyang', NULL, NULL, 'CN', 26, 106, 9, 5, 12),"
                                 "(2, 5, NULL, 'Nowhere', NULL, NULL, 'XX', 0, 0, 5, 5, 12),"
                                 "(3, 5, '', '', NULL, NULL, 'XX', 10, 10, 1, 5, 12)");
  g_autoptr (ReunionLabelPlan) zh = reunion_label_plan_new (few, 6, FALSE);
  g_autoptr (ReunionLabelPlan) latin = reunion_label_plan_new (few, 6, TRUE);
  ReunionMercator at = reunion_mercator_project ((ReunionPoint){ 26.0, 106.0 });
  g_autoptr (GArray) in_zh
      = reunion_label_plan_on_tile (zh, (guint) (at.x * 64), (guint) (at.y * 64));
  g_autoptr (GArray) in_latin
      = reunion_label_plan_on_tile (latin, (guint) (at.x * 64), (guint) (at.y * 64));

  /* What has no name at all has no label. */
  g_assert_cmpuint (reunion_label_plan_get_n_labels (zh), ==, 2);
  g_assert_cmpstr (g_array_index (in_zh, ReunionLabel, 0).text, ==, "贵阳");
  g_assert_cmpstr (g_array_index (in_latin, ReunionLabel, 0).text, ==, "Guiyang");
}

/* The cases' towns, and every provincial capital, can be read. */
static void
test_seats_are_labelled (void)
{
  g_autoptr (ReunionLabelPlan) plan = reunion_label_plan_new (places, 6, FALSE);

  for (guint i = 0; i < places->len; i++)
    {
      const ReunionPlace *place = g_ptr_array_index (places, i);
      ReunionMercator at = reunion_mercator_project (place->point);
      g_autoptr (GArray) labels = NULL;

      if (place->kind != REUNION_PLACE_PROVINCE_SEAT)
        continue;
      labels = reunion_label_plan_on_tile (plan, (guint) (at.x * 64), (guint) (at.y * 64));
      if (find_label (labels, place) == NULL)
        g_error ("%s has no label", place->name_zh);
    }
}

static void
add_cases (const char *group, GTestDataFunc func)
{
  for (gsize i = 0; i < G_N_ELEMENTS (plan_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/label-plan/%s/%u-%s", group, plan_cases[i].zoom,
                                               plan_cases[i].latin ? "latin" : "zh");

      g_test_add_data_func (path, &plan_cases[i], func);
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *path = NULL;
  g_autoptr (ReunionBaseMap) map = NULL;
  int code;

  g_test_init (&argc, &argv, NULL);
  path = map_test_shipped ();
  map = reunion_base_map_open (path, NULL);
  places = reunion_base_map_read_places (map, NULL);
  add_cases ("no-overlaps", test_no_overlaps);
  add_cases ("neighbours-agree", test_neighbours_agree);
  add_cases ("text-fits-its-box", test_text_fits_its_box);
  g_test_add_func ("/label-plan/across-180", test_across_180);
  g_test_add_func ("/label-plan/one-tile-world", test_one_tile_world);
  g_test_add_func ("/label-plan/past-the-edge", test_past_the_edge);
  g_test_add_func ("/label-plan/zoom-range", test_zoom_range);
  g_test_add_func ("/label-plan/language", test_language);
  g_test_add_func ("/label-plan/seats-are-labelled", test_seats_are_labelled);
  code = g_test_run ();
  g_ptr_array_unref (places);
  return code;
}
