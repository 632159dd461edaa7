/* test-base-map.c: reader of the base map's file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-base-map.h"

#include <math.h>
#include <string.h>

#include "map-test-files.h"
#include "reunion-mercator.h"

typedef struct
{
  guint n_parts[REUNION_N_SHAPES];
  gsize n_points;
  ReunionShapeKind last;
  gboolean started;
} Tally;

static ReunionBaseMap *
open_shipped (void)
{
  g_autofree char *path = map_test_shipped ();
  g_autoptr (GError) error = NULL;
  ReunionBaseMap *map = reunion_base_map_open (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (map);
  return map;
}

static void
tally_cb (ReunionShapeKind kind,
          const gint32 *points,
          gsize n_points,
          gboolean starts,
          gpointer user_data)
{
  Tally *tally = user_data;

  g_assert_cmpuint (kind, <, REUNION_N_SHAPES);
  g_assert_cmpuint (kind, >=, tally->last);
  g_assert_cmpuint (n_points, >=, 2);
  if (!tally->started)
    g_assert_true (starts);
  for (gsize i = 0; i < n_points; i++)
    {
      /* Cells reach a little past the map's edge. */
      g_assert_cmpint (ABS (points[2 * i] - REUNION_BASE_MAP_WORLD / 2), <, REUNION_BASE_MAP_WORLD);
      g_assert_cmpint (ABS (points[2 * i + 1] - REUNION_BASE_MAP_WORLD / 2), <,
                       REUNION_BASE_MAP_WORLD);
    }
  tally->started = TRUE;
  tally->last = kind;
  tally->n_parts[kind]++;
  tally->n_points += n_points;
}

static void
test_shapes_by_zoom (void)
{
  g_autoptr (ReunionBaseMap) map = open_shipped ();
  gsize before = 0;

  for (guint zoom = 2; zoom <= 13; zoom++)
    {
      g_autoptr (GError) error = NULL;
      Tally tally = { 0 };

      g_assert_true (reunion_base_map_foreach_shape (map, zoom, 0, 0, REUNION_BASE_MAP_WORLD,
                                                     REUNION_BASE_MAP_WORLD, tally_cb, &tally,
                                                     &error));
      g_assert_no_error (error);
      g_assert_cmpuint (tally.n_parts[REUNION_SHAPE_LAND], >, 0);
      g_assert_cmpuint (tally.n_parts[REUNION_SHAPE_BORDER], >, 0);
      g_assert_cmpuint (tally.n_parts[REUNION_SHAPE_PROVINCE_BORDER], >, 0);
      g_assert_cmpuint (tally.n_parts[REUNION_SHAPE_COAST], >, 0);
      if (zoom >= 6)
        g_assert_cmpuint (tally.n_parts[REUNION_SHAPE_PREFECTURE_BORDER], >, 0);
      /* Detail only grows, and past the last zoom it is the last band's. */
      g_assert_cmpuint (tally.n_points, >=, before);
      before = tally.n_points;
    }
}

/* How far a spot is from the nearest shape of a kind. */
typedef struct
{
  ReunionShapeKind kind;
  double x;
  double y;
  double nearest; /* in world units, squared */
} Search;

static void
search_cb (ReunionShapeKind kind,
           const gint32 *points,
           gsize n_points,
           gboolean starts,
           gpointer user_data)
{
  Search *search = user_data;

  if (kind != search->kind)
    return;
  for (gsize i = 0; i + 1 < n_points; i++)
    {
      double ax = points[2 * i] - search->x;
      double ay = points[2 * i + 1] - search->y;
      double dx = points[2 * i + 2] - points[2 * i];
      double dy = points[2 * i + 3] - points[2 * i + 1];
      double along = CLAMP (-(ax * dx + ay * dy) / (dx * dx + dy * dy), 0.0, 1.0);
      double off_x = ax + along * dx;
      double off_y = ay + along * dy;

      /* None jumps from one side of the map to the other. */
      g_assert_cmpfloat (fabs (dx), <, REUNION_BASE_MAP_WORLD / 4.0);
      search->nearest = MIN (search->nearest, off_x * off_x + off_y * off_y);
    }
}

static double
distance_px (ReunionBaseMap *map, ReunionShapeKind kind, ReunionPoint point, guint zoom)
{
  ReunionMercator at = reunion_mercator_project (point);
  Search search
      = { kind, at.x * REUNION_BASE_MAP_WORLD, at.y * REUNION_BASE_MAP_WORLD, G_MAXDOUBLE };
  g_autoptr (GError) error = NULL;

  g_assert_true (reunion_base_map_foreach_shape (
      map, zoom, 0, 0, REUNION_BASE_MAP_WORLD, REUNION_BASE_MAP_WORLD, search_cb, &search, &error));
  g_assert_no_error (error);
  return sqrt (search.nearest) * 256.0 * exp2 (zoom) / REUNION_BASE_MAP_WORLD;
}

/* Towns on the banks of rivers, whose places everybody can look up: the rivers
 * have to pass within @off_px of them from @zoom on, and not be there before. */
static const struct
{
  const char *name;
  ReunionPoint point;
  ReunionShapeKind kind;
  guint zoom;
  double off_px;
} waters[] = {
  { "chang-jiang-yichang", { 30.69, 111.28 }, REUNION_SHAPE_GREAT_RIVER, 2, 3.0 },
  { "chang-jiang-jiujiang", { 29.74, 115.99 }, REUNION_SHAPE_WATER, 2, 3.0 },
  { "huang-he-lanzhou", { 36.06, 103.83 }, REUNION_SHAPE_GREAT_RIVER, 2, 3.0 },
  { "huang-he-zhengzhou", { 34.91, 113.66 }, REUNION_SHAPE_GREAT_RIVER, 2, 3.0 },
  { "xi-jiang-wuzhou", { 23.47, 111.3 }, REUNION_SHAPE_WATER, 2, 3.0 },
  { "nile-luxor", { 25.69, 32.63 }, REUNION_SHAPE_GREAT_RIVER, 2, 3.0 },
  { "mississippi-memphis", { 35.15, -90.07 }, REUNION_SHAPE_GREAT_RIVER, 2, 6.0 },
  { "han-shui-ankang", { 32.69, 109.03 }, REUNION_SHAPE_RIVER, 4, 3.0 },
  { "qinghai-hu-heimahe", { 36.73, 99.78 }, REUNION_SHAPE_WATER, 4, 6.0 },
  { "fuyang-he-hengshui", { 37.74, 115.69 }, REUNION_SHAPE_MINOR_RIVER, 6, 6.0 },
  /* No river, but looked for alike. */
  { "dash-of-huangyan-dao", { 15.33, 119.02 }, REUNION_SHAPE_DASH_LINE, 2, 3.0 },
  { "dash-of-zengmu-ansha", { 3.51, 112.3 }, REUNION_SHAPE_DASH_LINE, 2, 3.0 },
  { "dash-of-taiwan", { 24.05, 122.65 }, REUNION_SHAPE_DASH_LINE, 2, 3.0 },
};

static void
test_waters (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ReunionBaseMap) map = open_shipped ();

  for (guint zoom = 2; zoom <= 8; zoom++)
    {
      double off_px = distance_px (map, waters[i].kind, waters[i].point, zoom);

      if (zoom >= waters[i].zoom && off_px > waters[i].off_px)
        g_error ("%s at zoom %u: expected within %.1f px, found %.1f px away", waters[i].name, zoom,
                 waters[i].off_px, off_px);
      if (zoom < waters[i].zoom && off_px < waters[i].off_px)
        g_error ("%s at zoom %u: expected none, found %.1f px away", waters[i].name, zoom, off_px);
    }
}

/* As files were before there were rivers. */
static void
test_no_waters (void)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = map_test_write_small (folder, "map.sqlite");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionBaseMap) map = NULL;
  Tally tally = { 0 };

  map_test_run_sql (path, "DELETE FROM feature_bounds WHERE id IN (SELECT id FROM feature"
                          " WHERE kind >= 5); DELETE FROM feature WHERE kind >= 5");
  map = reunion_base_map_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (reunion_base_map_foreach_shape (map, 8, 0, 0, REUNION_BASE_MAP_WORLD,
                                                 REUNION_BASE_MAP_WORLD, tally_cb, &tally, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (tally.n_parts[REUNION_SHAPE_LAND], >, 0);
  for (guint kind = REUNION_SHAPE_WATER; kind < REUNION_N_SHAPES; kind++)
    g_assert_cmpuint (tally.n_parts[kind], ==, 0);
  map_test_remove_folder (folder);
}

static void
test_nothing_out_at_sea (void)
{
  g_autoptr (ReunionBaseMap) map = open_shipped ();
  ReunionMercator at = reunion_mercator_project ((ReunionPoint){ 40.0, -150.0 });
  gint32 x = (gint32) (at.x * REUNION_BASE_MAP_WORLD);
  gint32 y = (gint32) (at.y * REUNION_BASE_MAP_WORLD);
  Tally tally = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (
      reunion_base_map_foreach_shape (map, 8, x, y, x + 100, y + 100, tally_cb, &tally, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (tally.n_points, ==, 0);
}

static void
test_attribution (void)
{
  g_autoptr (ReunionBaseMap) map = open_shipped ();
  const char *attribution = reunion_base_map_get_attribution (map);

  g_assert_nonnull (strstr (attribution, "Natural Earth"));
  g_assert_nonnull (strstr (attribution, "ECharts"));
  g_assert_nonnull (strstr (attribution, "GeoNames"));
  g_assert_nonnull (strstr (attribution, "GSHHG"));
}

static void
test_places (void)
{
  g_autoptr (ReunionBaseMap) map = open_shipped ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) places = reunion_base_map_read_places (map, &error);
  guint n_seats = 0;
  guint n_capitals = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (places->len, >, 10000);
  for (guint i = 0; i < places->len; i++)
    {
      const ReunionPlace *place = g_ptr_array_index (places, i);
      const ReunionPlace *before = i > 0 ? g_ptr_array_index (places, i - 1) : place;
      gboolean home = g_strcmp0 (place->country, "CN") == 0;

      g_assert_cmpuint (before->kind, <=, place->kind);
      if (before->kind == place->kind)
        g_assert_cmpint (before->population, >=, place->population);
      g_assert_true (reunion_point_is_valid (place->point));
      g_assert_cmpuint (strlen (place->name_latin), >, 0);
      g_assert_cmpuint (place->first_zoom, <=, place->last_zoom);
      n_seats += home && place->kind == REUNION_PLACE_PROVINCE_SEAT;
      n_capitals += home && place->kind == REUNION_PLACE_CAPITAL;
      /* Who reads Chinese finds all seats named so. */
      if (home && place->kind <= REUNION_PLACE_PREFECTURE_SEAT)
        g_assert_nonnull (place->name_zh);
    }
  g_assert_cmpuint (n_capitals, ==, 1);
  g_assert_cmpuint (n_seats, ==, 33);
}

static const struct
{
  const char *name;
  ReunionPoint point;
  const char *area_zh;
  const char *province_zh;
} areas[] = {
  { "zhijin", { 26.6668, 105.768 }, "毕节", "贵州" },
  { "guiyang", { 26.58, 106.72 }, "贵阳", "贵州" },
  { "hengshui", { 37.74, 115.69 }, "衡水", "河北" },
  { "huixian", { 35.46, 113.8 }, "新乡", "河南" },
  { "chaoyang", { 39.92, 116.44 }, "北京", "北京" },
  { "sea", { 30.0, 126.0 }, NULL, NULL },
  { "tokyo", { 35.68, 139.69 }, NULL, NULL },
  { "pole", { 90.0, 0.0 }, NULL, NULL },
  { "180", { 0.0, 180.0 }, NULL, NULL },
};

static void
test_area_at (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ReunionBaseMap) map = open_shipped ();
  g_autoptr (GError) error = NULL;
  g_autofree char *area = NULL;
  g_autofree char *latin = NULL;
  g_autofree char *province = NULL;
  gboolean found
      = reunion_base_map_area_at (map, areas[i].point, &area, &latin, &province, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (found, ==, areas[i].area_zh != NULL);
  if (!found)
    {
      g_assert_null (area);
      return;
    }
  if (!g_str_has_prefix (area, areas[i].area_zh))
    g_error ("expected %s, got %s", areas[i].area_zh, area);
  g_assert_cmpstr (province, ==, areas[i].province_zh);
  g_assert_cmpuint (strlen (latin), >, 0);
  /* All of the names are optional. */
  g_assert_true (reunion_base_map_area_at (map, areas[i].point, NULL, NULL, NULL, NULL, &error));
}

/* Opening or reading the places fails; both are what a source does at first. */
static void
test_damage (gconstpointer data)
{
  const MapTestDamage *damage = data;
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.sqlite", NULL);
  g_autoptr (ReunionBaseMap) map = NULL;
  g_autoptr (GPtrArray) places = NULL;
  g_autoptr (GError) error = NULL;

  damage->make (path);
  map = reunion_base_map_open (path, &error);
  if (map != NULL)
    places = reunion_base_map_read_places (map, &error);
  g_assert_null (places);
  g_assert_error (error, REUNION_BASE_MAP_ERROR, damage->code);
  /* A sentence that names the file. */
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_nonnull (strstr (error->message, path));
  map_test_remove_folder (folder);
}

static void
test_awkward_names (void)
{
  static const char *const names[]
      = { "a b.sqlite",  "100%.sqlite",  "what?.sqlite",    "no#1.sqlite",
          "地图.sqlite", "a%20b.sqlite", "q&mode=rw.sqlite" };
  char *folder = map_test_new_folder ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = map_test_write_small (folder, names[i]);
      g_autofree char *slashes = g_strconcat ("/", path, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (ReunionBaseMap) map = reunion_base_map_open (path, &error);
      g_autoptr (ReunionBaseMap) again = NULL;

      g_assert_no_error (error);
      g_assert_nonnull (map);
      again = reunion_base_map_open (slashes, &error);
      g_assert_no_error (error);
      g_assert_nonnull (again);
    }
  map_test_remove_folder (folder);
}

static const struct
{
  const char *name;
  const char *sql;
} bad_shapes[] = {
  { "no-blob", "UPDATE feature SET shape = x''" },
  { "ends-in-a-number", "UPDATE feature SET shape = x'0180'" },
  { "number-too-long", "UPDATE feature SET shape = x'01ffffffffffff01'" },
  { "more-points-than-bytes", "UPDATE feature SET shape = x'01ffffff7f0000'" },
  { "more-parts-than-bytes", "UPDATE feature SET shape = x'7f0200000202'" },
  { "negative-kind", "UPDATE feature SET kind = -1" },
};

static void
test_bad_shape (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  char *folder = map_test_new_folder ();
  g_autofree char *path = map_test_write_small (folder, "map.sqlite");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionBaseMap) map = NULL;
  Tally tally = { 0 };

  map_test_run_sql (path, bad_shapes[i].sql);
  map = reunion_base_map_open (path, &error);
  g_assert_no_error (error);
  g_assert_false (reunion_base_map_foreach_shape (
      map, 8, 0, 0, REUNION_BASE_MAP_WORLD, REUNION_BASE_MAP_WORLD, tally_cb, &tally, &error));
  g_assert_error (error, REUNION_BASE_MAP_ERROR, REUNION_BASE_MAP_ERROR_FORMAT);
  map_test_remove_folder (folder);
}

/* What a later file may hold: it is passed over. */
static void
test_unknown_kind (void)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = map_test_write_small (folder, "map.sqlite");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionBaseMap) map = NULL;
  Tally tally = { 0 };

  map_test_run_sql (path, "UPDATE feature SET kind = 40");
  map = reunion_base_map_open (path, &error);
  g_assert_true (reunion_base_map_foreach_shape (map, 8, 0, 0, REUNION_BASE_MAP_WORLD,
                                                 REUNION_BASE_MAP_WORLD, tally_cb, &tally, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (tally.n_points, ==, 0);
  map_test_remove_folder (folder);
}

/* Text out of a damaged file is text all the same. */
static void
test_names_are_utf8 (void)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = map_test_write_small (folder, "map.sqlite");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionBaseMap) map = NULL;
  g_autoptr (GPtrArray) places = NULL;

  map_test_run_sql (path, "UPDATE place SET zh = CAST (x'e7bb87e9' AS TEXT),"
                          " latin = CAST (x'5af0' AS TEXT);"
                          "UPDATE meta SET value = CAST (x'41ff' AS TEXT)");
  map = reunion_base_map_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (reunion_base_map_get_attribution (map), -1, NULL));
  places = reunion_base_map_read_places (map, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < places->len; i++)
    {
      const ReunionPlace *place = g_ptr_array_index (places, i);

      g_assert_true (g_utf8_validate (place->name_zh, -1, NULL));
      g_assert_true (g_utf8_validate (place->name_latin, -1, NULL));
    }
  map_test_remove_folder (folder);
}

static void
test_wild_places_are_left_out (void)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = map_test_write_small (folder, "map.sqlite");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionBaseMap) map = NULL;
  g_autoptr (GPtrArray) places = NULL;

  map_test_run_sql (path, "UPDATE place SET lat = 1e300 WHERE id % 2 = 0;"
                          "UPDATE place SET kind = 99, first_zoom = -5, last_zoom = 1000");
  map = reunion_base_map_open (path, &error);
  places = reunion_base_map_read_places (map, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (places->len, >, 0);
  for (guint i = 0; i < places->len; i++)
    {
      const ReunionPlace *place = g_ptr_array_index (places, i);

      g_assert_true (reunion_point_is_valid (place->point));
      g_assert_cmpuint (place->kind, <, REUNION_N_PLACES);
      g_assert_cmpuint (place->last_zoom, <=, 30);
    }
  map_test_remove_folder (folder);
}

static void
add_case (const char *group, const char *name, gconstpointer data, GTestDataFunc func)
{
  g_autofree char *path = g_strdup_printf ("/base-map/%s/%s", group, name);

  g_test_add_data_func (path, data, func);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base-map/shapes-by-zoom", test_shapes_by_zoom);
  for (gsize i = 0; i < G_N_ELEMENTS (waters); i++)
    add_case ("waters", waters[i].name, GSIZE_TO_POINTER (i), test_waters);
  g_test_add_func ("/base-map/no-waters", test_no_waters);
  g_test_add_func ("/base-map/nothing-out-at-sea", test_nothing_out_at_sea);
  g_test_add_func ("/base-map/attribution", test_attribution);
  g_test_add_func ("/base-map/places", test_places);
  for (gsize i = 0; i < G_N_ELEMENTS (areas); i++)
    add_case ("area-at", areas[i].name, GSIZE_TO_POINTER (i), test_area_at);
  for (gsize i = 0; i < map_test_n_damages; i++)
    add_case ("damage", map_test_damages[i].name, &map_test_damages[i], test_damage);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_shapes); i++)
    add_case ("bad-shape", bad_shapes[i].name, GSIZE_TO_POINTER (i), test_bad_shape);
  g_test_add_func ("/base-map/unknown-kind", test_unknown_kind);
  g_test_add_func ("/base-map/awkward-names", test_awkward_names);
  g_test_add_func ("/base-map/names-are-utf8", test_names_are_utf8);
  g_test_add_func ("/base-map/wild-places-are-left-out", test_wild_places_are_left_out);
  return g_test_run ();
}
