/* reunion-datum.c: WGS-84 and the datums of Chinese maps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-datum.h"

#include <math.h>
#include <string.h>

/* Krasovsky 1940, on which the GCJ-02 shift was defined. */
#define KRASOVSKY_AXIS_M 6378245.0
#define KRASOVSKY_ECCENTRICITY2 0.00669342162296594323
#define BD09_ANGLE (G_PI * 3000.0 / 180.0)

static const char *const names[] = {
  [REUNION_DATUM_WGS84] = "wgs84",
  [REUNION_DATUM_GCJ02] = "gcj02",
  [REUNION_DATUM_BD09] = "bd09",
};

static gboolean
is_shifted (ReunionPoint p)
{
  return p.lon_deg >= 72.004 && p.lon_deg <= 137.8347 && p.lat_deg >= 0.8293
         && p.lat_deg <= 55.8271;
}

/* The wave term that both shifts share. */
static double
ripple (double v, double first, double second)
{
  return (20.0 * sin (v * first) + 20.0 * sin (v * second)) * 2.0 / 3.0;
}

static double
shift_lat_m (double x, double y)
{
  return -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt (fabs (x))
         + ripple (x, 6.0 * G_PI, 2.0 * G_PI)
         + (20.0 * sin (y * G_PI) + 40.0 * sin (y / 3.0 * G_PI)) * 2.0 / 3.0
         + (160.0 * sin (y / 12.0 * G_PI) + 320.0 * sin (y * G_PI / 30.0)) * 2.0 / 3.0;
}

static double
shift_lon_m (double x, double y)
{
  return 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt (fabs (x))
         + ripple (x, 6.0 * G_PI, 2.0 * G_PI)
         + (20.0 * sin (x * G_PI) + 40.0 * sin (x / 3.0 * G_PI)) * 2.0 / 3.0
         + (150.0 * sin (x / 12.0 * G_PI) + 300.0 * sin (x / 30.0 * G_PI)) * 2.0 / 3.0;
}

static ReunionPoint
wgs84_to_gcj02 (ReunionPoint p)
{
  double x = p.lon_deg - 105.0;
  double y = p.lat_deg - 35.0;
  double lat_rad = p.lat_deg * G_PI / 180.0;
  double w = 1.0 - KRASOVSKY_ECCENTRICITY2 * sin (lat_rad) * sin (lat_rad);
  double meridian_m = KRASOVSKY_AXIS_M * (1.0 - KRASOVSKY_ECCENTRICITY2) / (w * sqrt (w));
  double parallel_m = KRASOVSKY_AXIS_M / sqrt (w) * cos (lat_rad);

  p.lat_deg += shift_lat_m (x, y) * 180.0 / (meridian_m * G_PI);
  p.lon_deg += shift_lon_m (x, y) * 180.0 / (parallel_m * G_PI);
  return p;
}

/* Fixed-point iteration: the shift changes by under 1e-3 per degree, so each
 * round gains three digits. */
static ReunionPoint
gcj02_to_wgs84 (ReunionPoint p)
{
  ReunionPoint guess = p;

  for (int i = 0; i < 6; i++)
    {
      ReunionPoint forward = wgs84_to_gcj02 (guess);

      guess.lat_deg -= forward.lat_deg - p.lat_deg;
      guess.lon_deg -= forward.lon_deg - p.lon_deg;
    }
  return guess;
}

static ReunionPoint
gcj02_to_bd09 (ReunionPoint p)
{
  double x = p.lon_deg;
  double y = p.lat_deg;
  double r = hypot (x, y) + 0.00002 * sin (y * BD09_ANGLE);
  double theta = atan2 (y, x) + 0.000003 * cos (x * BD09_ANGLE);

  return (ReunionPoint){ .lat_deg = r * sin (theta) + 0.006, .lon_deg = r * cos (theta) + 0.0065 };
}

static ReunionPoint
bd09_to_gcj02 (ReunionPoint p)
{
  ReunionPoint guess = { .lat_deg = p.lat_deg - 0.006, .lon_deg = p.lon_deg - 0.0065 };

  for (int i = 0; i < 10; i++)
    {
      ReunionPoint forward = gcj02_to_bd09 (guess);

      guess.lat_deg -= forward.lat_deg - p.lat_deg;
      guess.lon_deg -= forward.lon_deg - p.lon_deg;
    }
  return guess;
}

ReunionPoint
reunion_datum_convert (ReunionPoint point, ReunionDatum from, ReunionDatum to)
{
  if (from == to || !is_shifted (point))
    return point;

  if (from == REUNION_DATUM_BD09)
    point = bd09_to_gcj02 (point);
  if (to == REUNION_DATUM_WGS84)
    point = gcj02_to_wgs84 (point);
  else if (from == REUNION_DATUM_WGS84)
    point = wgs84_to_gcj02 (point);
  if (to == REUNION_DATUM_BD09)
    point = gcj02_to_bd09 (point);
  return point;
}

const char *
reunion_datum_to_name (ReunionDatum datum)
{
  g_return_val_if_fail (datum < G_N_ELEMENTS (names), NULL);

  return names[datum];
}

gboolean
reunion_datum_from_name (const char *name, ReunionDatum *datum)
{
  g_return_val_if_fail (name != NULL && datum != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      {
        *datum = (ReunionDatum) i;
        return TRUE;
      }
  return FALSE;
}
