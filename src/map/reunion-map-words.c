/* reunion-map-words.c: places, distances and directions in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-map-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "reunion-coordinates.h"

static const char *const directions[] = {
  N_ ("north"), N_ ("north-east"), N_ ("east"), N_ ("south-east"),
  N_ ("south"), N_ ("south-west"), N_ ("west"), N_ ("north-west"),
};

char *
reunion_map_words_measure (ReunionPoint from, ReunionPoint to)
{
  double distance_km;
  int bearing_deg;
  const char *direction;

  g_return_val_if_fail (reunion_point_is_valid (from) && reunion_point_is_valid (to), NULL);

  distance_km = reunion_geodesy_distance_km (from, to);
  bearing_deg = (int) round (reunion_geodesy_bearing_deg (from, to)) % 360;
  direction = _ (directions[(int) round (bearing_deg / 45.0) % 8]);
  if (distance_km < 1.0)
    /* Translators: a distance in metres, a bearing in degrees, and its name */
    return g_strdup_printf (_ ("%.0f m, %d° %s"), distance_km * 1000.0, bearing_deg, direction);
  /* Translators: a distance, a bearing in degrees, and its name: "152.3 km, 47° north-east" */
  return g_strdup_printf (_ ("%.1f km, %d° %s"), distance_km, bearing_deg, direction);
}

char *
reunion_map_words_coordinates (ReunionPoint point, ReunionDatum datum)
{
  char lat[G_ASCII_DTOSTR_BUF_SIZE];
  char lon[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = NULL;
  ReunionPoint read;

  g_return_val_if_fail (reunion_point_is_valid (point), NULL);

  point = reunion_datum_convert (point, REUNION_DATUM_WGS84, datum);
  g_ascii_formatd (lat, sizeof lat, "%.6f", point.lat_deg);
  g_ascii_formatd (lon, sizeof lon, "%.6f", point.lon_deg);
  text = g_strdup_printf ("%s, %s", lat, lon);
  if (reunion_coordinates_parse (text, &read, NULL) && fabs (read.lat_deg - point.lat_deg) < 1e-5
      && fabs (read.lon_deg - point.lon_deg) < 1e-5)
    return g_steal_pointer (&text);
  g_ascii_formatd (lat, sizeof lat, "%.6f", fabs (point.lat_deg));
  g_ascii_formatd (lon, sizeof lon, "%.6f", fabs (point.lon_deg));
  return g_strdup_printf ("%s %s, %s %s", lat, point.lat_deg < 0.0 ? "S" : "N", lon,
                          point.lon_deg < 0.0 ? "W" : "E");
}

const char *
reunion_map_words_datum (ReunionDatum datum)
{
  switch (datum)
    {
    case REUNION_DATUM_GCJ02:
      return "GCJ-02";
    case REUNION_DATUM_BD09:
      return "BD-09";
    case REUNION_DATUM_WGS84:
    default:
      return "WGS-84";
    }
}
