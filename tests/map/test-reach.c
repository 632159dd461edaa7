/* test-reach.c: what a circle reaches, against counting points one by one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-reach.h"

#include <math.h>
#include <string.h>

#include "map-test-files.h"

static ReunionReachIndex *index_of_shipped;
static ReunionBaseMap *shipped;
static GPtrArray *places;

static const struct
{
  const char *name;
  ReunionPoint centre;
  double radius_km;
} circles[] = {
  { "zhijin-100", { 26.663, 105.769 }, 100.0 },
  { "zhijin-500", { 26.663, 105.769 }, 500.0 },
  { "hengshui-200", { 37.735, 115.694 }, 200.0 },
  { "beijing-300", { 39.9075, 116.397 }, 300.0 },
  /* Half of it sea. */
  { "qingdao-200", { 36.066, 120.382 }, 200.0 },
  /* A coast, two provinces of one prefecture, and a strait. */
  { "hong-kong-100", { 22.285, 114.158 }, 100.0 },
  /* Mostly abroad, and in the far north. */
  { "mohe-300", { 52.97, 122.53 }, 300.0 },
  { "kashgar-500", { 39.47, 75.99 }, 500.0 },
};

/* Where a country is reached from the other side of the map. */
static const struct
{
  const char *name;
  ReunionPoint centre;
  double radius_km;
  gboolean reaches_all;
} extremes[] = {
  { "open-ocean", { 0.0, -140.0 }, 500.0, FALSE },
  { "antimeridian", { 65.0, 179.9 }, 500.0, FALSE },
  { "antimeridian-other-side", { 65.0, -179.9 }, 500.0, FALSE },
  { "north-pole", { 90.0, 0.0 }, 500.0, FALSE },
  { "south-pole", { -90.0, 0.0 }, 500.0, FALSE },
  { "off-london", { 51.5, 0.0 }, 500.0, FALSE },
  { "antimeridian-wide", { 40.0, 180.0 }, 12000.0, TRUE },
  { "north-pole-wide", { 89.9, -75.0 }, 10000.0, TRUE },
  { "widest", { 35.0, 104.0 }, 19000.0, TRUE },
  { "wider-than-widest", { 35.0, 104.0 }, 20000.0, TRUE },
};

static ReunionReach *
reach_of (ReunionPoint centre, double radius_km)
{
  g_autoptr (GPtrArray) all = reunion_reach_index_compute (index_of_shipped, centre, &radius_km, 1);

  g_assert_cmpuint (all->len, ==, 1);
  return g_ptr_array_steal_index (all, 0);
}

static const ReunionReachArea *
find_area (GArray *areas, const char *zh)
{
  for (guint i = 0; i < areas->len; i++)
    if (g_str_equal (g_array_index (areas, ReunionReachArea, i).zh, zh))
      return &g_array_index (areas, ReunionReachArea, i);
  return NULL;
}

/* Counts the points of a grid that the circle holds, prefecture by prefecture,
 * by geodesics and the base map's own test of where a point lies: nothing of
 * what is tested. Returns square kilometres by the prefecture's name. */
static GHashTable *
count_grid (ReunionPoint centre, double radius_km, double step_km, double *all_km2)
{
  GHashTable *inside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const double earth_km = 6371.0072;
  double reach_deg = radius_km / 110.0;
  double step_lat_deg = step_km / earth_km * 180.0 / G_PI;

  *all_km2 = 0.0;
  for (double lat = centre.lat_deg - reach_deg; lat < centre.lat_deg + reach_deg;
       lat += step_lat_deg)
    {
      double step_lon_deg = step_lat_deg / cos (lat * G_PI / 180.0);
      double reach_lon_deg = reach_deg / cos ((fabs (lat) + 1.0) * G_PI / 180.0);
      /* The ellipsoid's own area of the cell: radii of the meridian and of the
       * prime vertical. */
      double w2 = 1.0 - 0.00669437999014 * pow (sin (lat * G_PI / 180.0), 2.0);
      double cell_km2 = 6378.137 * (1.0 - 0.00669437999014) / pow (w2, 1.5) * step_lat_deg
                        * 6378.137 / sqrt (w2) * cos (lat * G_PI / 180.0) * step_lon_deg
                        * pow (G_PI / 180.0, 2.0);

      for (double lon = centre.lon_deg - reach_lon_deg; lon < centre.lon_deg + reach_lon_deg;
           lon += step_lon_deg)
        {
          ReunionPoint at = { lat, lon };
          g_autofree char *zh = NULL;
          double *sum;

          if (reunion_geodesy_distance_km (centre, at) > radius_km)
            continue;
          *all_km2 += cell_km2;
          if (!reunion_base_map_area_at (shipped, at, &zh, NULL, NULL, NULL, NULL))
            continue;
          sum = g_hash_table_lookup (inside, zh);
          if (sum == NULL)
            {
              sum = g_new0 (double, 1);
              g_hash_table_insert (inside, g_steal_pointer (&zh), sum);
            }
          *sum += cell_km2;
        }
    }
  return inside;
}

static void
test_areas (gconstpointer data)
{
  gsize n = GPOINTER_TO_SIZE (data);
  double step_km = circles[n].radius_km / 80.0;
  double all_km2;
  double found_km2 = 0.0;
  double worst_km2 = 0.0;
  g_autoptr (ReunionReach) reach = reach_of (circles[n].centre, circles[n].radius_km);
  g_autoptr (GHashTable) counted
      = count_grid (circles[n].centre, circles[n].radius_km, step_km, &all_km2);
  GHashTableIter iter;
  gpointer zh, km2;

  g_hash_table_iter_init (&iter, counted);
  while (g_hash_table_iter_next (&iter, &zh, &km2))
    {
      const ReunionReachArea *area = find_area (reach->areas, zh);
      double expected_km2 = *(double *) km2;
      /* A grid is off by the cells that its rim runs through, some of them this
       * way and some of them that. */
      double allowed_km2 = 4.0 * step_km * sqrt (sqrt (expected_km2) * step_km * 8.0) + 4.0;
      double is_km2 = area != NULL ? area->inside_km2 : 0.0;

      found_km2 += expected_km2;
      worst_km2 = MAX (worst_km2, fabs (is_km2 - expected_km2));
      if (fabs (is_km2 - expected_km2) > allowed_km2)
        g_error ("%s: expected %.1f km² (±%.1f), found %.1f", (char *) zh, expected_km2,
                 allowed_km2, is_km2);
    }
  /* And none that the grid knows nothing of, but slivers. */
  for (guint i = 0; i < reach->areas->len; i++)
    {
      const ReunionReachArea *area = &g_array_index (reach->areas, ReunionReachArea, i);

      if (g_hash_table_lookup (counted, area->zh) == NULL && area->inside_km2 > 12.0 * step_km)
        g_error ("%s: expected nothing, found %.1f km²", area->zh, area->inside_km2);
    }
  g_test_message ("%u prefectures, worst %.1f km² with cells of %.1f km²", reach->areas->len,
                  worst_km2, step_km * step_km);
  g_assert_cmpfloat_with_epsilon (reach->circle_km2 / all_km2, 1.0, 0.002);
  g_assert_cmpfloat_with_epsilon (reach->inside_km2 / all_km2, found_km2 / all_km2, 0.003);
}

/* Towns by geodesics alone, and the people by the rule of the header. */
static void
test_towns (gconstpointer data)
{
  gsize n = GPOINTER_TO_SIZE (data);
  g_autoptr (ReunionReach) reach = reach_of (circles[n].centre, circles[n].radius_km);
  guint expected = 0;
  gint64 all_people = 0;
  gint64 most_people = 0;
  gint64 sum_people = 0;
  guint sum_towns = 0;
  double nearest_km = G_MAXDOUBLE;

  for (guint i = 0; i < places->len; i++)
    {
      const ReunionPlace *place = g_ptr_array_index (places, i);
      double km = reunion_geodesy_distance_km (circles[n].centre, place->point);

      if (!reunion_place_is_town (place) || g_strcmp0 (place->country, "CN") != 0
          || km > circles[n].radius_km)
        continue;
      expected++;
      all_people += place->population;
      most_people = MAX (most_people, place->population);
      nearest_km = MIN (nearest_km, km);
    }
  g_assert_cmpuint (reach->n_towns, ==, expected);
  g_assert_cmpint (reach->n_people, <=, all_people);
  g_assert_cmpint (reach->n_people, >=, most_people);
  g_assert_cmpint (reach->n_people, >=, all_people / 2);
  for (guint i = 0; i < reach->provinces->len; i++)
    {
      sum_people += g_array_index (reach->provinces, ReunionReachArea, i).n_people;
      sum_towns += g_array_index (reach->provinces, ReunionReachArea, i).n_towns;
    }
  g_assert_cmpint (reach->n_people, ==, sum_people);
  g_assert_cmpuint (reach->n_towns, ==, sum_towns);
  if (expected > 0)
    g_assert_cmpfloat_with_epsilon (reach->nearest_km, nearest_km, 0.5);
  else
    g_assert_null (reach->nearest);
}

static void
test_order (gconstpointer data)
{
  gsize n = GPOINTER_TO_SIZE (data);
  g_autoptr (ReunionReach) reach = reach_of (circles[n].centre, circles[n].radius_km);
  guint n_areas = 0;

  g_assert_cmpuint (reach->provinces->len, >, 0);
  for (guint i = 0; i < reach->provinces->len; i++)
    {
      const ReunionReachArea *province = &g_array_index (reach->provinces, ReunionReachArea, i);

      g_assert_cmpuint (province->province, ==, i);
      n_areas += province->n_areas;
      if (i > 0)
        g_assert_cmpfloat (province->inside_km2, <=, (province - 1)->inside_km2);
    }
  g_assert_cmpuint (n_areas, ==, reach->areas->len);
  for (guint i = 1; i < reach->areas->len; i++)
    {
      const ReunionReachArea *area = &g_array_index (reach->areas, ReunionReachArea, i);

      g_assert_cmpuint (area->province, >=, (area - 1)->province);
      if (area->province == (area - 1)->province)
        g_assert_cmpfloat (area->inside_km2, <=, (area - 1)->inside_km2);
    }
}

static void
test_extremes (gconstpointer data)
{
  gsize n = GPOINTER_TO_SIZE (data);
  g_autoptr (ReunionReach) reach = reach_of (extremes[n].centre, extremes[n].radius_km);

  g_assert_true (isfinite (reach->circle_km2) && reach->circle_km2 > 0.0);
  if (!extremes[n].reaches_all)
    {
      g_assert_cmpuint (reach->areas->len, ==, 0);
      g_assert_cmpuint (reach->provinces->len, ==, 0);
      g_assert_cmpuint (reach->n_towns, ==, 0);
      g_assert_cmpint (reach->n_people, ==, 0);
      g_assert_null (reach->nearest);
      return;
    }
  g_assert_cmpuint (reach->provinces->len, ==, 34);
  for (guint i = 0; i < reach->areas->len; i++)
    {
      const ReunionReachArea *area = &g_array_index (reach->areas, ReunionReachArea, i);

      g_assert_cmpfloat_with_epsilon (reunion_reach_area_get_share (area), 1.0, 1e-9);
    }
}

/* Known figures of the land: the outlines are good for what they are used for.
 * Areas in km² from the provinces' own yearbooks, to a hundredth. */
static void
test_known_provinces (void)
{
  static const struct
  {
    const char *zh;
    double area_km2;
  } known[] = {
    { "贵州", 176167.0 }, { "河北", 188800.0 }, { "北京", 16410.0 },
    { "四川", 486000.0 }, { "山西", 156700.0 }, { "重庆", 82400.0 },
  };
  g_autoptr (ReunionReach) reach = reach_of ((ReunionPoint){ 35.0, 104.0 }, 6000.0);

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      const ReunionReachArea *province = find_area (reach->provinces, known[i].zh);

      g_assert_nonnull (province);
      if (fabs (province->area_km2 / known[i].area_km2 - 1.0) > 0.01)
        g_error ("%s: expected %.0f km², found %.0f", known[i].zh, known[i].area_km2,
                 province->area_km2);
      g_assert_cmpfloat_with_epsilon (province->inside_km2, province->area_km2, 1e-6);
    }
}

static void
test_all_at_once (void)
{
  static const double radii_km[] = { 500.0, 100.0, 300.0, 200.0 };
  ReunionPoint zhijin = { 26.663, 105.769 };
  g_autoptr (GPtrArray) all
      = reunion_reach_index_compute (index_of_shipped, zhijin, radii_km, G_N_ELEMENTS (radii_km));

  g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (radii_km));
  for (gsize i = 0; i < G_N_ELEMENTS (radii_km); i++)
    {
      const ReunionReach *one_of_all = g_ptr_array_index (all, i);
      g_autoptr (ReunionReach) alone = reach_of (zhijin, radii_km[i]);

      g_assert_cmpfloat (one_of_all->radius_km, ==, radii_km[i]);
      g_assert_cmpuint (one_of_all->areas->len, ==, alone->areas->len);
      g_assert_cmpuint (one_of_all->n_towns, ==, alone->n_towns);
      g_assert_cmpfloat_with_epsilon (one_of_all->inside_km2, alone->inside_km2, 1e-6);
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static ReunionReachIndex *
load (const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reunion_reach_index_new_async (path, NULL, loaded_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return reunion_reach_index_new_finish (result, error);
}

static void
test_thread (void)
{
  g_autofree char *path = map_test_shipped ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionReachIndex) index = load (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (index);
}

static void
test_absent (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load ("/nonexistent/basemap.sqlite", &error));
  g_assert_error (error, REUNION_BASE_MAP_ERROR, REUNION_BASE_MAP_ERROR_ABSENT);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = map_test_shipped ();
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  index_of_shipped = reunion_reach_index_new (path, &error);
  g_assert_no_error (error);
  shipped = reunion_base_map_open (path, &error);
  g_assert_no_error (error);
  places = reunion_base_map_read_places (shipped, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (circles); i++)
    {
      g_autofree char *areas = g_strdup_printf ("/reach/areas/%s", circles[i].name);
      g_autofree char *towns = g_strdup_printf ("/reach/towns/%s", circles[i].name);
      g_autofree char *order = g_strdup_printf ("/reach/order/%s", circles[i].name);

      g_test_add_data_func (areas, GSIZE_TO_POINTER (i), test_areas);
      g_test_add_data_func (towns, GSIZE_TO_POINTER (i), test_towns);
      g_test_add_data_func (order, GSIZE_TO_POINTER (i), test_order);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (extremes); i++)
    {
      g_autofree char *name = g_strdup_printf ("/reach/extremes/%s", extremes[i].name);

      g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_extremes);
    }
  g_test_add_func ("/reach/known-provinces", test_known_provinces);
  g_test_add_func ("/reach/all-at-once", test_all_at_once);
  g_test_add_func ("/reach/thread", test_thread);
  g_test_add_func ("/reach/absent", test_absent);
  {
    int result = g_test_run ();

    g_clear_pointer (&places, g_ptr_array_unref);
    g_clear_object (&shipped);
    g_clear_object (&index_of_shipped);
    return result;
  }
}
