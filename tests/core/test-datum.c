/* test-datum.c: WGS-84 and the datums of Chinese maps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-datum.h"
#include "test-helpers.h"

/* How far another program's shifts may lie off. */
#define VECTOR_TOLERANCE_KM 0.0001
#define MILLIMETRE_KM 1e-6

static ReunionPoint
read_point (char **columns)
{
  return (ReunionPoint){ g_ascii_strtod (columns[0], NULL), g_ascii_strtod (columns[1], NULL) };
}

static void
expect_point (const char *what, ReunionPoint expected, ReunionPoint came, double tolerance_km)
{
  double apart_km = reunion_geodesy_distance_km (expected, came);

  if (!(apart_km <= tolerance_km))
    test_fail ("%s: expected %.8f, %.8f, came %.8f, %.8f: %g m apart", what, expected.lat_deg,
               expected.lon_deg, came.lat_deg, came.lon_deg, apart_km * 1000.0);
}

static void
test_stored_vectors (void)
{
  g_autoptr (GPtrArray) rows = test_read_rows ("tests/core/vectors/datums.tsv", "\t");
  guint n_inside = 0;

  g_assert_cmpuint (rows->len, ==, 400);
  for (guint i = 0; i < rows->len; i++)
    {
      char **row = rows->pdata[i];
      gboolean is_inside = strcmp (row[0], "inside") == 0;
      ReunionPoint wgs84, gcj02, bd09;
      g_autofree char *what = NULL;

      g_assert_cmpuint (g_strv_length (row), ==, 7);
      wgs84 = read_point (row + 1);
      gcj02 = read_point (row + 3);
      bd09 = read_point (row + 5);
      what = g_strdup_printf ("row %u, %g, %g", i + 1, wgs84.lat_deg, wgs84.lon_deg);
      n_inside += is_inside;
      expect_point (what, gcj02,
                    reunion_datum_convert (wgs84, REUNION_DATUM_WGS84, REUNION_DATUM_GCJ02),
                    VECTOR_TOLERANCE_KM);
      if (!is_inside)
        continue;
      expect_point (what, bd09,
                    reunion_datum_convert (wgs84, REUNION_DATUM_WGS84, REUNION_DATUM_BD09),
                    VECTOR_TOLERANCE_KM);
      expect_point (what, bd09,
                    reunion_datum_convert (gcj02, REUNION_DATUM_GCJ02, REUNION_DATUM_BD09),
                    VECTOR_TOLERANCE_KM);
      expect_point (what, wgs84,
                    reunion_datum_convert (gcj02, REUNION_DATUM_GCJ02, REUNION_DATUM_WGS84),
                    VECTOR_TOLERANCE_KM);
      expect_point (what, wgs84,
                    reunion_datum_convert (bd09, REUNION_DATUM_BD09, REUNION_DATUM_WGS84),
                    VECTOR_TOLERANCE_KM);
      expect_point (what, gcj02,
                    reunion_datum_convert (bd09, REUNION_DATUM_BD09, REUNION_DATUM_GCJ02),
                    VECTOR_TOLERANCE_KM);
    }
  g_assert_cmpuint (n_inside, >, 300);
}

static void
test_round_trips (void)
{
  for (double lon_deg = 72.1; lon_deg < 137.8; lon_deg += 1.37)
    for (double lat_deg = 0.9; lat_deg < 55.8; lat_deg += 1.13)
      for (int from = REUNION_DATUM_WGS84; from <= REUNION_DATUM_BD09; from++)
        for (int to = REUNION_DATUM_WGS84; to <= REUNION_DATUM_BD09; to++)
          {
            ReunionPoint point = { lat_deg, lon_deg };
            ReunionPoint there = reunion_datum_convert (point, from, to);
            ReunionPoint back = reunion_datum_convert (there, to, from);
            double shift_m = reunion_geodesy_distance_km (point, there) * 1000.0;
            g_autofree char *what = g_strdup_printf (
                "%s to %s and back", reunion_datum_to_name (from), reunion_datum_to_name (to));

            expect_point (what, point, back, MILLIMETRE_KM);
            if (from != to && !(shift_m > 10.0 && shift_m < 3000.0))
              test_fail ("%s: %g, %g is shifted by %g m", what, lat_deg, lon_deg, shift_m);
          }
}

static void
test_outside (void)
{
  static const ReunionPoint points[] = {
    { 35.7, 139.7 },  { 37.77, -122.42 }, { -33.86, 151.21 }, { 51.5, -0.12 },
    { 30.0, 72.003 }, { 30.0, 137.8348 }, { 0.8292, 105.0 },  { 55.8272, 105.0 },
    { 90.0, 105.0 },  { -90.0, 105.0 },   { 30.0, 180.0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (points); i++)
    for (int from = REUNION_DATUM_WGS84; from <= REUNION_DATUM_BD09; from++)
      for (int to = REUNION_DATUM_WGS84; to <= REUNION_DATUM_BD09; to++)
        {
          ReunionPoint came = reunion_datum_convert (points[i], from, to);

          test_expect_near ("latitude", points[i].lat_deg, came.lat_deg, 0.0);
          test_expect_near ("longitude", points[i].lon_deg, came.lon_deg, 0.0);
        }
}

/* Hengshui, Guiyang and Beijing: the shift inside China is 89 to 672 m. */
static void
test_shift_inside_china (void)
{
  static const ReunionPoint points[]
      = { { 37.7422, 115.6875 }, { 26.6477, 106.6302 }, { 39.9042, 116.4074 } };

  for (gsize i = 0; i < G_N_ELEMENTS (points); i++)
    {
      ReunionPoint shifted
          = reunion_datum_convert (points[i], REUNION_DATUM_WGS84, REUNION_DATUM_GCJ02);
      double shift_m = reunion_geodesy_distance_km (points[i], shifted) * 1000.0;

      if (!(shift_m >= 89.0 && shift_m <= 672.0))
        test_fail ("%g, %g: expected a shift of 89 to 672 m, came %g", points[i].lat_deg,
                   points[i].lon_deg, shift_m);
    }
}

static void
test_names (void)
{
  static const char *const strange[] = { "", "WGS84", "wgs-84", "gcj02 ", "bd09ll", "cgcs2000" };

  test_expect_string ("name", "wgs84", reunion_datum_to_name (REUNION_DATUM_WGS84));
  test_expect_string ("name", "gcj02", reunion_datum_to_name (REUNION_DATUM_GCJ02));
  test_expect_string ("name", "bd09", reunion_datum_to_name (REUNION_DATUM_BD09));
  for (int i = REUNION_DATUM_WGS84; i <= REUNION_DATUM_BD09; i++)
    {
      ReunionDatum datum = (ReunionDatum) ((i + 1) % 3);

      g_assert_true (reunion_datum_from_name (reunion_datum_to_name (i), &datum));
      g_assert_cmpint (datum, ==, i);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (strange); i++)
    {
      ReunionDatum datum = REUNION_DATUM_GCJ02;

      if (reunion_datum_from_name (strange[i], &datum))
        test_fail ("“%s” was taken for a datum", strange[i]);
      test_expect_int (strange[i], REUNION_DATUM_GCJ02, datum);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/datum/stored-vectors", test_stored_vectors);
  g_test_add_func ("/datum/round-trips", test_round_trips);
  g_test_add_func ("/datum/outside", test_outside);
  g_test_add_func ("/datum/shift-inside-china", test_shift_inside_china);
  g_test_add_func ("/datum/names", test_names);
  return g_test_run ();
}
