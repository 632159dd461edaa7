/* test-coordinates.c: a point as people paste it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-coordinates.h"
#include "test-helpers.h"

#include <math.h>

static const struct
{
  const char *text;
  double lat_deg;
  double lon_deg;
} valid[] = {
  { "26.6668, 105.7680", 26.6668, 105.768 },
  { "26.6668,105.7680", 26.6668, 105.768 },
  { "26.6668 105.7680", 26.6668, 105.768 },
  { "26.6668，105.7680", 26.6668, 105.768 },
  { "(26.6668, 105.7680)", 26.6668, 105.768 },
  /* Longitude first, as Chinese map services give it. */
  { "105.7680,26.6668", 26.6668, 105.768 },
  { "85.5,44.1", 44.1, 85.5 },
  { "geo:26.6668,105.768", 26.6668, 105.768 },
  { "26.6668N 105.768E", 26.6668, 105.768 },
  { "N26.6668 E105.768", 26.6668, 105.768 },
  { "E105.768, N26.6668", 26.6668, 105.768 },
  { "105.768°E 26.6668°N", 26.6668, 105.768 },
  { "北纬26.6668 东经105.768", 26.6668, 105.768 },
  { "东经105.768度，北纬26.6668度", 26.6668, 105.768 },
  { "26°40'0.48\"N 105°46'4.8\"E", 26.6668, 105.768 },
  { "26°40′0.48″N, 105°46′4.8″E", 26.6668, 105.768 },
  { "北纬26度40分0.48秒 东经105度46分4.8秒", 26.6668, 105.768 },
  { "26° 40.008' N 105° 46.08' E", 26.6668, 105.768 },
  { "26°30' 105°30'", 26.5, 105.5 },
  { "-33.8688, 151.2093", -33.8688, 151.2093 },
  { "33.8688S 151.2093E", -33.8688, 151.2093 },
  { "-0.5, -0.25", -0.5, -0.25 },
  { "51.5S 0.1W", -51.5, -0.1 },
  { "90, 180", 90, 180 },
  { "45, 10", 45, 10 },
};

static const char *const nonsense[] = {
  "",
  "织金",
  "26.6668",
  "26.6668,",
  ",26.6668 105",
  "26.6668, 105.768, 3",
  "26 40 0 105 46 4",
  "26.6668N 105.768",
  "26.6668N 105.768N",
  "N26 S105",
  "-26N 105E",
  "26°70' 105°30'",
  "40' 105°30'",
  "1e2, 3",
  "0x1a, 2",
  "inf, nan",
  "26.6668; DROP TABLE cases, 105",
  "26.6668,,105.768",
  "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
  "\xff\xfe, 3",
};

static const char *const nowhere[] = { "91, 181", "200, 300", "100, 100", "95N 20E", "20N 181E" };

static void
test_valid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      ReunionPoint point = { NAN, NAN };
      g_autoptr (GError) error = NULL;

      if (!reunion_coordinates_parse (valid[i].text, &point, &error))
        test_fail ("%s: expected a point, came “%s”", valid[i].text, error->message);
      else if (fabs (point.lat_deg - valid[i].lat_deg) > 1e-9
               || fabs (point.lon_deg - valid[i].lon_deg) > 1e-9)
        test_fail ("%s: expected %.9f %.9f, came %.9f %.9f", valid[i].text, valid[i].lat_deg,
                   valid[i].lon_deg, point.lat_deg, point.lon_deg);
    }
}

static void
expect_error (const char *text, ReunionCoordinatesError code)
{
  ReunionPoint point = { 1.0, 2.0 };
  g_autoptr (GError) error = NULL;

  if (reunion_coordinates_parse (text, &point, &error))
    test_fail ("“%s”: expected an error, came %f %f", text, point.lat_deg, point.lon_deg);
  else if (!g_error_matches (error, REUNION_COORDINATES_ERROR, (int) code))
    test_fail ("“%s”: expected code %d, came %d", text, code, error->code);
  else if (point.lat_deg != 1.0 || point.lon_deg != 2.0)
    test_fail ("“%s”: the point was touched", text);
}

static void
test_nonsense (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    expect_error (nonsense[i], REUNION_COORDINATES_ERROR_FORMAT);
}

static void
test_nowhere (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (nowhere); i++)
    expect_error (nowhere[i], REUNION_COORDINATES_ERROR_RANGE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/coordinates/valid", test_valid);
  g_test_add_func ("/coordinates/nonsense", test_nonsense);
  g_test_add_func ("/coordinates/nowhere", test_nowhere);
  return g_test_run ();
}
