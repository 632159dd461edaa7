/* test-place-index.c: finding places by name, and names for places
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-place-index.h"

#include <math.h>
#include <string.h>

#include "map-test-files.h"

static ReunionPlaceIndex *index_of_shipped;

static const struct
{
  const char *name;
  const char *text;
  /* The first answer. */
  const char *latin;
  const char *province;
} searches[] = {
  { "two-characters", "织金", "Zhijin", "Guizhou" },
  { "provincial-capital", "贵阳", "Guiyang", "Guizhou" },
  { "latin-lower-case", "zhijin", "Zhijin", "Guizhou" },
  { "latin", "Guiyang", "Guiyang", "Guizhou" },
  { "capitals", "GUIYANG", "Guiyang", "Guizhou" },
  { "spaces-around", "  衡水 ", "Hengshui", "Hebei" },
  { "with-its-class", "贵阳市", "Guiyang", "Guizhou" },
  { "county-with-its-class", "织金县", "Zhijin", "Guizhou" },
  { "province-before", "贵州 织金", "Zhijin", "Guizhou" },
  { "province-after", "织金 贵州", "Zhijin", "Guizhou" },
  { "latin-province", "guizhou zhijin", "Zhijin", "Guizhou" },
  { "wide-space", "贵州　织金", "Zhijin", "Guizhou" },
  { "beginning", "hengsh", "Hengshui", "Hebei" },
  { "no-apostrophe", "xian", "Xi’an", "Shaanxi" },
  { "straight-apostrophe", "xi'an", "Xi’an", "Shaanxi" },
  { "no-umlaut", "urumqi", "Ürümqi", "Xinjiang" },
  { "umlaut", "Ürümqi", "Ürümqi", "Xinjiang" },
  { "home-before-abroad", "郑州", "Zhengzhou", "Henan" },
  { "abroad", "Singapore", "Singapore", "Singapore" },
};

static void
test_search (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GPtrArray) found = reunion_place_index_search (index_of_shipped, searches[i].text, 10);
  const ReunionPlace *first;

  g_assert_cmpuint (found->len, >, 0);
  g_assert_cmpuint (found->len, <=, 10);
  first = g_ptr_array_index (found, 0);
  g_assert_cmpstr (first->name_latin, ==, searches[i].latin);
  g_assert_cmpstr (first->province_latin, ==, searches[i].province);
}

static void
test_single_character (void)
{
  g_autoptr (GPtrArray) found = reunion_place_index_search (index_of_shipped, "织", 50);

  g_assert_cmpuint (found->len, >, 0);
  for (guint i = 0; i < found->len; i++)
    {
      const ReunionPlace *place = g_ptr_array_index (found, i);

      g_assert_nonnull (strstr (place->name_zh, "织"));
    }
}

static void
test_nothing (void)
{
  static const char *const texts[]
      = { "", "   ", "　", "qqqqzz", "没有这个地方", "%", "_", "'", "\xff\xfe", "贵州 qqqq" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GPtrArray) found = reunion_place_index_search (index_of_shipped, texts[i], 10);

      g_assert_nonnull (found);
      g_assert_cmpuint (found->len, ==, 0);
    }
}

static void
test_max (void)
{
  for (guint max = 0; max < 5; max++)
    {
      g_autoptr (GPtrArray) found = reunion_place_index_search (index_of_shipped, "州", max);

      g_assert_cmpuint (found->len, ==, max);
    }
}

/* Whole names, then beginnings, then other parts. */
static void
test_order (void)
{
  g_autoptr (GPtrArray) found = reunion_place_index_search (index_of_shipped, "朝阳", 100);
  guint grade = 0;

  g_assert_cmpuint (found->len, >, 2);
  for (guint i = 0; i < found->len; i++)
    {
      const ReunionPlace *place = g_ptr_array_index (found, i);
      guint is = g_strcmp0 (place->name_zh, "朝阳") == 0     ? 0
                 : g_str_has_prefix (place->name_zh, "朝阳") ? 1
                                                             : 2;

      g_assert_cmpuint (is, >=, grade);
      grade = is;
    }
}

static const struct
{
  const char *name;
  ReunionPoint point;
  const char *latin;
} nearests[] = {
  { "zhijin", { 26.67, 105.77 }, "Zhijin" },
  { "guiyang", { 26.59, 106.7 }, "Guiyang" },
  { "hengshui-station", { 37.739, 115.698 }, "Hengshui" },
  { "open-sea", { 20.0, -150.0 }, NULL },
  { "desert", { 39.5, 83.5 }, NULL },
  { "north-pole", { 90.0, 0.0 }, NULL },
};

static void
test_nearest (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  double distance_km = -1.0;
  g_autoptr (ReunionPlace) place
      = reunion_place_index_nearest (index_of_shipped, nearests[i].point, &distance_km);

  if (nearests[i].latin == NULL)
    {
      g_assert_null (place);
      return;
    }
  g_assert_nonnull (place);
  g_assert_cmpstr (place->name_latin, ==, nearests[i].latin);
  g_assert_cmpfloat (distance_km, >=, 0.0);
  g_assert_cmpfloat (distance_km, <=, REUNION_PLACE_NEAR_KM);
  g_assert_cmpfloat_with_epsilon (
      distance_km, reunion_geodesy_distance_km (nearests[i].point, place->point), 1e-9);
}

static void
test_nearest_across_180 (void)
{
  char *folder = map_test_new_folder ();
  g_autofree char *path = map_test_write_small (folder, "map.sqlite");
  g_autoptr (ReunionPlaceIndex) small = NULL;
  g_autoptr (ReunionPlace) place = NULL;
  double distance_km = 0.0;

  map_test_run_sql (path, "UPDATE place SET lat = 0, lon = 179.9 WHERE latin = 'Zhijin'");
  small = reunion_place_index_new (path, NULL);
  place = reunion_place_index_nearest (small, (ReunionPoint){ 0.0, -179.9 }, &distance_km);
  g_assert_nonnull (place);
  g_assert_cmpstr (place->name_latin, ==, "Zhijin");
  g_assert_cmpfloat_with_epsilon (distance_km, 0.2 * 111.3195, 0.01);
  map_test_remove_folder (folder);
}

/* No town lies nearer than the one that is named. */
static void
test_nearest_is_nearest (void)
{
  g_autofree char *path = map_test_shipped ();
  g_autoptr (ReunionBaseMap) map = reunion_base_map_open (path, NULL);
  g_autoptr (GPtrArray) places = reunion_base_map_read_places (map, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (110);

  for (guint i = 0; i < 40; i++)
    {
      ReunionPoint point
          = { g_rand_double_range (rand, 22.0, 42.0), g_rand_double_range (rand, 100.0, 122.0) };
      double distance_km = 0.0;
      g_autoptr (ReunionPlace) nearest
          = reunion_place_index_nearest (index_of_shipped, point, &distance_km);

      for (guint k = 0; k < places->len; k++)
        {
          const ReunionPlace *place = g_ptr_array_index (places, k);
          double km;

          if (!reunion_place_is_town (place) || fabs (place->point.lat_deg - point.lat_deg) > 1.0
              || fabs (place->point.lon_deg - point.lon_deg) > 1.5)
            continue;
          km = reunion_geodesy_distance_km (point, place->point);
          if (nearest != NULL)
            g_assert_cmpfloat (km, >=, distance_km);
          else
            g_assert_cmpfloat (km, >, REUNION_PLACE_NEAR_KM);
        }
    }
}

static void
test_area (void)
{
  g_autofree char *area = NULL;
  g_autofree char *province = NULL;

  g_assert_true (reunion_place_index_area_at (index_of_shipped, (ReunionPoint){ 26.67, 105.77 },
                                              &area, NULL, &province, NULL));
  g_assert_true (g_str_has_prefix (area, "毕节"));
  g_assert_cmpstr (province, ==, "贵州");
  g_assert_false (reunion_place_index_area_at (index_of_shipped, (ReunionPoint){ 0.0, -150.0 },
                                               NULL, NULL, NULL, NULL));
}

static void
test_damage (gconstpointer data)
{
  const MapTestDamage *damage = data;
  char *folder = map_test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "map.sqlite", NULL);
  g_autoptr (GError) error = NULL;

  damage->make (path);
  g_assert_null (reunion_place_index_new (path, &error));
  g_assert_error (error, REUNION_BASE_MAP_ERROR, damage->code);
  map_test_remove_folder (folder);
}

static void
add_case (const char *group, const char *name, gconstpointer data, GTestDataFunc func)
{
  g_autofree char *path = g_strdup_printf ("/place-index/%s/%s", group, name);

  g_test_add_data_func (path, data, func);
}

int
main (int argc, char *argv[])
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int code;

  g_test_init (&argc, &argv, NULL);
  path = map_test_shipped ();
  index_of_shipped = reunion_place_index_new (path, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++)
    add_case ("search", searches[i].name, GSIZE_TO_POINTER (i), test_search);
  g_test_add_func ("/place-index/single-character", test_single_character);
  g_test_add_func ("/place-index/nothing", test_nothing);
  g_test_add_func ("/place-index/max", test_max);
  g_test_add_func ("/place-index/order", test_order);
  for (gsize i = 0; i < G_N_ELEMENTS (nearests); i++)
    add_case ("nearest", nearests[i].name, GSIZE_TO_POINTER (i), test_nearest);
  g_test_add_func ("/place-index/nearest-across-180", test_nearest_across_180);
  g_test_add_func ("/place-index/nearest-is-nearest", test_nearest_is_nearest);
  g_test_add_func ("/place-index/area", test_area);
  for (gsize i = 0; i < map_test_n_damages; i++)
    add_case ("damage", map_test_damages[i].name, &map_test_damages[i], test_damage);
  code = g_test_run ();
  g_clear_object (&index_of_shipped);
  return code;
}
