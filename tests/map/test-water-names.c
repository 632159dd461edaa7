/* test-water-names.c: the names of rivers and lakes on the base map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "map-test-files.h"
#include "reunion-label-plan.h"
#include "reunion-map-palette.h"
#include "reunion-mercator.h"
#include "reunion-tile-painter.h"

/* How far a spot is from the water, in world units; 0 in the middle of a lake. */
typedef struct
{
  double x;
  double y;
  double nearest;
  gboolean inside;
} Search;

static ReunionBaseMap *
open_shipped (void)
{
  g_autofree char *path = map_test_shipped ();
  g_autoptr (GError) error = NULL;
  ReunionBaseMap *map = reunion_base_map_open (path, &error);

  g_assert_no_error (error);
  return map;
}

static void
search_cb (ReunionShapeKind kind,
           const gint32 *points,
           gsize n_points,
           gboolean starts,
           gpointer user_data)
{
  Search *search = user_data;
  gboolean is_ring = kind == REUNION_SHAPE_WATER;

  if (kind < REUNION_SHAPE_WATER || kind > REUNION_SHAPE_MINOR_RIVER)
    return;
  for (gsize i = 0; i + (is_ring ? 0 : 1) < n_points; i++)
    {
      gsize next = (i + 1) % n_points;
      double ax = points[2 * i] - search->x;
      double ay = points[2 * i + 1] - search->y;
      double dx = points[2 * next] - points[2 * i];
      double dy = points[2 * next + 1] - points[2 * i + 1];
      double along = CLAMP (-(ax * dx + ay * dy) / (dx * dx + dy * dy), 0.0, 1.0);

      search->nearest = MIN (search->nearest, hypot (ax + along * dx, ay + along * dy));
      if (is_ring && (ay > 0.0) != (ay + dy > 0.0) && ax - dx * ay / dy > 0.0)
        search->inside = !search->inside;
    }
}

/* Every name lies on its water, to a pixel of the nearest zoom that has detail. */
static void
test_on_water (void)
{
  g_autoptr (ReunionBaseMap) map = open_shipped ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) places = reunion_base_map_read_places (map, &error);
  guint n_names = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < places->len; i++)
    {
      const ReunionPlace *place = g_ptr_array_index (places, i);
      ReunionMercator at = reunion_mercator_project (place->point);
      Search search
          = { at.x * REUNION_BASE_MAP_WORLD, at.y * REUNION_BASE_MAP_WORLD, G_MAXDOUBLE, FALSE };

      if (place->kind != REUNION_PLACE_WATERS)
        continue;
      n_names++;
      g_assert_nonnull (place->name_zh);
      g_assert_cmpuint (place->first_zoom, >=, 4);
      g_assert_true (reunion_base_map_foreach_shape (
          map, 12, (gint32) search.x - 1, (gint32) search.y - 1, (gint32) search.x + 1,
          (gint32) search.y + 1, search_cb, &search, &error));
      if (!search.inside && search.nearest > 16.0)
        g_error ("%s at %.3f, %.3f: expected within 16 units of a river, found %.0f",
                 place->name_latin, place->point.lat_deg, place->point.lon_deg, search.nearest);
    }
  g_assert_cmpuint (n_names, >, 80);
}

static ReunionPlace *
nearest_named (GPtrArray *places, const char *zh, ReunionPoint point, double *km)
{
  ReunionPlace *found = NULL;

  *km = G_MAXDOUBLE;
  for (guint i = 0; i < places->len; i++)
    {
      ReunionPlace *place = g_ptr_array_index (places, i);
      double away = reunion_geodesy_distance_km (place->point, point);

      if (place->kind != REUNION_PLACE_WATERS || !g_str_equal (place->name_zh, zh) || away >= *km)
        continue;
      *km = away;
      found = place;
    }
  return found;
}

/* Towns on the banks, whose places everybody can look up. */
static const struct
{
  const char *zh;
  const char *latin;
  const char *town;
  ReunionPoint point;
} banks[] = {
  { "长江", "Yangtze", "fuling", { 29.71, 107.39 } },
  { "黄河", "Yellow River", "zhengzhou", { 34.91, 113.66 } },
  { "珠江", "Pearl River", "guangzhou", { 23.1, 113.3 } },
  { "黑龙江", "Heilong (Amur)", "sunke", { 49.42, 128.47 } },
  { "松花江", "Songhua River", "jilin", { 43.84, 126.56 } },
  { "辽河", "Liao River", "tieling", { 42.29, 123.84 } },
  { "淮河", "Huai River", "bengbu", { 32.94, 117.36 } },
  { "雅鲁藏布江", "Yarlung Tsangpo", "xigaze", { 29.27, 88.88 } },
  { "澜沧江", "Lancang (Mekong)", "jinghong", { 22.0, 100.8 } },
  { "怒江", "Nu (Salween)", "fugong", { 26.9, 98.87 } },
  { "塔里木河", "Tarim River", "alar", { 40.55, 81.28 } },
  { "汉江", "Han River", "hanzhong", { 33.07, 107.03 } },
  { "嘉陵江", "Jialing River", "nanchong", { 30.8, 106.08 } },
  { "乌江", "Wu River", "sinan", { 27.94, 108.25 } },
  { "青海湖", "Qinghai Lake", "heimahe", { 36.73, 99.78 } },
  { "鄱阳湖", "Poyang Lake", "duchang", { 29.27, 116.2 } },
  { "洞庭湖", "Dongting Lake", "yueyang", { 29.37, 113.1 } },
  { "太湖", "Lake Tai", "huzhou", { 30.89, 120.09 } },
};

static void
test_bank (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ReunionBaseMap) map = open_shipped ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) places = reunion_base_map_read_places (map, &error);
  double km;
  const ReunionPlace *place = nearest_named (places, banks[i].zh, banks[i].point, &km);

  g_assert_no_error (error);
  if (place == NULL || km > 80.0)
    g_error ("%s: expected a name within 80 km of %s, found it %.0f km away", banks[i].latin,
             banks[i].town, km);
  g_assert_cmpstr (place->name_latin, ==, banks[i].latin);
  g_assert_false (reunion_place_is_town (place));
}

static GPtrArray *
read_small (const char *sql)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = map_test_write_small (folder, "map.sqlite");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionBaseMap) map = NULL;
  GPtrArray *places;

  map_test_run_sql (path, sql);
  map = reunion_base_map_open (path, &error);
  g_assert_no_error (error);
  places = reunion_base_map_read_places (map, &error);
  g_assert_no_error (error);
  map_test_remove_folder (folder);
  return places;
}

/* Files were so before rivers had names. */
static void
test_old_file (void)
{
  g_autoptr (GPtrArray) places = read_small ("DELETE FROM place WHERE kind > 8");

  g_assert_cmpuint (places->len, >, 0);
  for (guint i = 0; i < places->len; i++)
    g_assert_cmpint (((ReunionPlace *) g_ptr_array_index (places, i))->kind, <=,
                     REUNION_PLACE_ISLANDS);
}

#define PLACES                                                                                     \
  "DELETE FROM place; INSERT INTO place (id, kind, zh, latin, country, lat, lon, population,"      \
  " first_zoom, last_zoom) VALUES "

/* A river with spots one degree apart: 364 pixels at zoom 9, 182 at zoom 8. */
static void
test_repeats (void)
{
  g_autoptr (GPtrArray) places
      = read_small (PLACES "(1, 9, '江', 'River', NULL, 30, 110, 0, 5, 12),"
                           "(2, 9, '江', 'River', NULL, 30, 111, 0, 5, 12),"
                           "(3, 9, '江', 'River', NULL, 30, 112, 0, 5, 12),"
                           "(4, 9, '河', 'Other', NULL, 30, 111.5, 0, 5, 12)");
  static const guint expected[] = { 0, 0, 0, 0, 0, 2, 2, 2, 3, 4, 4, 4, 4, 0 };

  for (guint zoom = 0; zoom < G_N_ELEMENTS (expected); zoom++)
    {
      g_autoptr (ReunionLabelPlan) plan = reunion_label_plan_new (places, zoom, FALSE);

      if (reunion_label_plan_get_n_labels (plan) != expected[zoom])
        g_error ("zoom %u: expected %u names, found %u", zoom, expected[zoom],
                 reunion_label_plan_get_n_labels (plan));
    }
}

/* Where a town's name is in the way, the river's stands beside its line. */
static void
test_gives_way (void)
{
  g_autoptr (GPtrArray) places
      = read_small (PLACES "(1, 2, '首都', 'Capital', 'CN', 30.08, 109.95, 9, 2, 12),"
                           "(2, 9, '江', 'River', NULL, 30, 110, 0, 5, 12)");
  g_autoptr (ReunionLabelPlan) plan = reunion_label_plan_new (places, 8, TRUE);
  ReunionMercator at = reunion_mercator_project ((ReunionPoint){ 30.0, 110.0 });
  g_autoptr (GArray) labels
      = reunion_label_plan_on_tile (plan, (guint) (at.x * 256), (guint) (at.y * 256));
  double y = at.y * 256 * REUNION_TILE_SIZE;
  const ReunionLabel *river;

  g_assert_cmpuint (labels->len, ==, 2);
  river = &g_array_index (labels, ReunionLabel, 1);
  g_assert_cmpstr (river->text, ==, "River");
  g_assert_cmpfloat (river->y, >, y);
  g_assert_cmpfloat (river->y, <, y + river->height);
}

static double
luminance (ReunionColour colour)
{
  const double parts[] = { colour.r, colour.g, colour.b };
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0.0;

  for (gsize i = 0; i < 3; i++)
    sum += weights[i]
           * (parts[i] <= 0.03928 ? parts[i] / 12.92 : pow ((parts[i] + 0.055) / 1.055, 2.4));
  return sum;
}

/* WCAG 2.1, 1.4.3. */
static double
contrast (ReunionColour a, ReunionColour b)
{
  double la = luminance (a);
  double lb = luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

static ReunionColour
over (ReunionColour top, ReunionColour under)
{
  return (ReunionColour){ top.r * top.a + under.r * (1.0 - top.a),
                          top.g * top.a + under.g * (1.0 - top.a),
                          top.b * top.a + under.b * (1.0 - top.a), 1.0 };
}

static void
test_contrast (void)
{
  const ReunionPlace place = { .kind = REUNION_PLACE_WATERS };
  const ReunionLabel label = { .place = &place };

  for (int dark = 0; dark < 2; dark++)
    {
      const ReunionMapPalette *palette = reunion_map_palette_get (dark == 1);
      ReunionColour name = reunion_tile_painter_get_label_colour (&label, palette);
      /* Letters have their halo around them wherever they stand. */
      const ReunionColour grounds[] = { palette->land,
                                        palette->water,
                                        palette->sea,
                                        over (palette->halo, palette->land),
                                        over (palette->halo, palette->water),
                                        over (palette->halo, palette->river) };

      for (gsize i = 0; i < G_N_ELEMENTS (grounds); i++)
        if (contrast (name, grounds[i]) < 4.5)
          g_error ("%s, ground %zu: expected a contrast of 4.5, found %.2f",
                   dark == 1 ? "by night" : "by day", i, contrast (name, grounds[i]));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/water-names/on-water", test_on_water);
  for (gsize i = 0; i < G_N_ELEMENTS (banks); i++)
    {
      g_autofree char *path = g_strdup_printf ("/water-names/bank/%s", banks[i].town);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bank);
    }
  g_test_add_func ("/water-names/old-file", test_old_file);
  g_test_add_func ("/water-names/repeats", test_repeats);
  g_test_add_func ("/water-names/gives-way", test_gives_way);
  g_test_add_func ("/water-names/contrast", test_contrast);
  return g_test_run ();
}
