/* map.c: tests of the small map of a notice
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-map.h"

#include <math.h>
#include <string.h>

static const ReunionPoint places[] = {
  { 26.6686, 105.7685 }, { 37.7433, 115.7022 },
  { 53.5, 122.3 },       { 18.2, 109.5 },
  { 39.5, 75.9 },        { 0, 0 },
  { -45, 179.9 },        { 60, -179.9 },
  { 89.9, 10 },          { -90, 0 },
};

/* It is XML whatever is shown, and holds no number that is none. */
static void
test_well_formed (void)
{
  static const double radii_km[] = { 0, 1, 100, 500, 5000, 20000 };
  const GMarkupParser parser = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (radii_km); j++)
      {
        const CentralMap map = { .language = j % 2,
                                 .centre = places[i],
                                 .radius_km = radii_km[j],
                                 .mark = &places[(i + 1) % G_N_ELEMENTS (places)] };
        g_autofree char *svg = central_map_to_svg (&map);
        g_autoptr (GMarkupParseContext) context
            = g_markup_parse_context_new (&parser, 0, NULL, NULL);
        GError *error = NULL;

        g_test_message ("%g %g, %g km", places[i].lat_deg, places[i].lon_deg, radii_km[j]);
        g_markup_parse_context_parse (context, svg, -1, &error);
        g_assert_no_error (error);
        g_markup_parse_context_end_parse (context, &error);
        g_assert_no_error (error);
        g_assert_false (g_regex_match_simple ("[\"ML (]-?(nan|inf)[\"ML Z)]", svg, 0, 0));
        /* For telephones on a poor network. */
        if (radii_km[j] <= 500)
          g_assert_cmpuint (strlen (svg), <, 40000);
      }
}

/* Where it was clicked is the place that is seen there. */
static void
test_points (void)
{
  for (gsize i = 0; i < 5; i++)
    {
      const CentralMap map = { .centre = places[i], .radius_km = 300 };

      for (double bearing_deg = 0; bearing_deg < 360; bearing_deg += 30)
        {
          ReunionPoint edge = reunion_geodesy_destination (places[i], bearing_deg, 300);
          ReunionPoint found;
          double x, y;

          g_assert_true (central_map_find_point (&map, edge, &x, &y));
          /* The whole circle is seen, and fills the picture. */
          g_assert_cmpfloat (hypot (x - .5, (y - .5) * CENTRAL_MAP_HEIGHT / CENTRAL_MAP_WIDTH), >,
                             .28);
          found = central_map_get_point (&map, x, y);
          g_assert_cmpfloat (reunion_geodesy_distance_km (edge, found), <, .001);
        }
    }
}

static gboolean
has_name (const CentralMap *map, const char *name)
{
  g_autofree char *svg = central_map_to_svg (map);
  g_autofree char *text = g_strdup_printf (">%s</text>", name);

  return strstr (svg, text) != NULL;
}

/* The large towns around, in the reader's language. */
static void
test_names (void)
{
  static const struct
  {
    ReunionPoint centre;
    double radius_km;
    const char *zh;
    const char *en;
  } rows[] = {
    { { 26.6686, 105.7685 }, 100, "贵阳", "Guiyang" },
    { { 26.6686, 105.7685 }, 500, "昆明", "Kunming" },
    { { 37.7433, 115.7022 }, 100, "石家庄", "Shijiazhuang" },
    { { 37.7433, 115.7022 }, 500, "北京", "Beijing" },
    { { 31.2, 121.4 }, 300, "杭州", "Hangzhou" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      CentralMap map = { .centre = rows[i].centre, .radius_km = rows[i].radius_km };

      g_test_message ("%s", rows[i].en);
      map.language = REUNION_LANGUAGE_ZH;
      g_assert_true (has_name (&map, rows[i].zh));
      g_assert_false (has_name (&map, rows[i].en));
      map.language = REUNION_LANGUAGE_EN;
      g_assert_true (has_name (&map, rows[i].en));
      g_assert_false (has_name (&map, rows[i].zh));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/central/map/well-formed", test_well_formed);
  g_test_add_func ("/central/map/points", test_points);
  g_test_add_func ("/central/map/names", test_names);
  return g_test_run ();
}
