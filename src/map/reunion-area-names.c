/* reunion-area-names.c: the names of prefectures, spread over their ground
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-area-names.h"

#include <math.h>

#include "reunion-mercator.h"

/* Between two names of one prefecture. */
#define STEP_X_PX 560.0
#define STEP_Y_PX 300.0
/* A name is to lie inside the border, not on it. */
#define MARGIN_PX 56.0
/* Twice what China holds at the last zoom: a damaged file is to cost no more. */
#define MAX_NAMES 60000

typedef struct
{
  GPtrArray *places;
  guint zoom;
  guint n_names;
  /* World units to one pixel of the zoom. */
  double unit_px;
  /* Of the area that is being read: pairs of x and y, and where rings end. */
  GArray *points;
  GArray *ends;
  char *zh;
  char *latin;
} Spread;

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

/* Where the line @y meets the area's border, from west to east. */
static void
cross_rings (const Spread *spread, double y, GArray *crossings)
{
  guint start = 0;

  g_array_set_size (crossings, 0);
  for (guint ring = 0; ring < spread->ends->len; ring++)
    {
      guint end = g_array_index (spread->ends, guint, ring);

      for (guint i = start, j = end - 1; i < end; j = i++)
        {
          double ax = g_array_index (spread->points, gint32, 2 * i);
          double ay = g_array_index (spread->points, gint32, 2 * i + 1);
          double bx = g_array_index (spread->points, gint32, 2 * j);
          double by = g_array_index (spread->points, gint32, 2 * j + 1);
          double x = (bx - ax) * (y - ay) / (by - ay) + ax;

          if ((ay > y) != (by > y))
            g_array_append_val (crossings, x);
        }
      start = end;
    }
  g_array_sort (crossings, compare_doubles);
}

static void
add_name (Spread *spread, double x, double y)
{
  ReunionPlace *place = g_atomic_rc_box_new0 (ReunionPlace);

  place->kind = REUNION_PLACE_AREA;
  place->name_zh = g_strdup (spread->zh);
  place->name_latin = g_strdup (spread->latin);
  place->point = reunion_mercator_unproject (
      (ReunionMercator){ x / REUNION_BASE_MAP_WORLD, y / REUNION_BASE_MAP_WORLD });
  place->first_zoom = place->last_zoom = spread->zoom;
  g_ptr_array_add (spread->places, place);
  spread->n_names++;
}

static void
add_row (Spread *spread, gint64 row, GArray *crossings)
{
  double y = (double) row * STEP_Y_PX * spread->unit_px;
  double step = STEP_X_PX * spread->unit_px;
  double margin = MARGIN_PX * spread->unit_px;
  /* Every other row is set off, as in a wall of bricks. */
  double offset = row % 2 == 0 ? 0.0 : 0.5;

  cross_rings (spread, y, crossings);
  for (guint i = 0; i + 1 < crossings->len; i += 2)
    {
      double west = MAX (g_array_index (crossings, double, i), 0.0) + margin;
      double east = MIN (g_array_index (crossings, double, i + 1), REUNION_BASE_MAP_WORLD) - margin;

      for (double column = ceil (west / step - offset);
           (column + offset) * step <= east && spread->n_names < MAX_NAMES; column++)
        add_name (spread, (column + offset) * step, y);
    }
}

/* With its province, so that it isn't taken for a town. @name alone where both are
 * one, as they are for cities that are provinces. */
static char *
dup_name (const char *first, const char *second, const char *between, const char *name)
{
  if (*first == '\0' || *second == '\0' || g_str_equal (first, second))
    return g_strdup (name);
  return g_strconcat (first, between, second, NULL);
}

static void
finish_area (Spread *spread)
{
  double top = INFINITY;
  double bottom = -INFINITY;
  double step = STEP_Y_PX * spread->unit_px;
  g_autoptr (GArray) crossings = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 1; i < spread->points->len; i += 2)
    {
      top = MIN (top, g_array_index (spread->points, gint32, i));
      bottom = MAX (bottom, g_array_index (spread->points, gint32, i));
    }
  /* What a damaged file puts outside the world has no place on the map. */
  top = MAX (top, 0.0);
  bottom = MIN (bottom, REUNION_BASE_MAP_WORLD);
  if (spread->zh != NULL && *spread->zh != '\0')
    for (double row = ceil (top / step); row * step <= bottom && spread->n_names < MAX_NAMES; row++)
      add_row (spread, (gint64) row, crossings);
  g_array_set_size (spread->points, 0);
  g_array_set_size (spread->ends, 0);
  g_clear_pointer (&spread->zh, g_free);
  g_clear_pointer (&spread->latin, g_free);
}

static void
area_cb (const ReunionMapArea *area,
         const gint32 *points,
         gsize n_points,
         gboolean starts,
         gpointer user_data)
{
  Spread *spread = user_data;
  guint end;

  if (starts)
    {
      finish_area (spread);
      spread->zh = dup_name (area->province_zh, area->zh, " ", area->zh);
      spread->latin = dup_name (area->latin, area->province_latin, ", ", area->latin);
    }
  g_array_append_vals (spread->points, points, (guint) n_points * 2);
  end = spread->points->len / 2;
  g_array_append_val (spread->ends, end);
}

void
reunion_area_names_add (GPtrArray *places, ReunionBaseMap *map, guint zoom)
{
  Spread spread = { .places = places, .zoom = zoom };

  g_return_if_fail (places != NULL);
  g_return_if_fail (REUNION_IS_BASE_MAP (map));
  g_return_if_fail (zoom <= REUNION_AREA_NAMES_LAST_ZOOM);

  spread.unit_px = REUNION_BASE_MAP_WORLD / (REUNION_TILE_SIZE * exp2 (zoom));
  spread.points = g_array_new (FALSE, FALSE, sizeof (gint32));
  spread.ends = g_array_new (FALSE, FALSE, sizeof (guint));
  reunion_base_map_foreach_area (map, area_cb, &spread, NULL);
  finish_area (&spread);
  g_array_unref (spread.points);
  g_array_unref (spread.ends);
}
