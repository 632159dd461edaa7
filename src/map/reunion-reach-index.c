/* reunion-reach-index.c: what reunion-reach.c asks, in memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-reach-index.h"

#include <math.h>

#include "reunion-mercator.h"

/* Some 30 km. */
#define MOST_OFFSHORE_RAD 0.005

G_DEFINE_FINAL_TYPE (ReunionReachIndex, reunion_reach_index, G_TYPE_OBJECT)

static ReunionNormal *
normal_at (ReunionReachIndex *self, gsize i)
{
  return &g_array_index (self->normals, ReunionNormal, i);
}

static ReunionReachRing *
ring_at (ReunionReachIndex *self, gsize i)
{
  return &g_array_index (self->rings, ReunionReachRing, i);
}

static ReunionReachOutline *
outline_at (ReunionReachIndex *self, gsize i)
{
  return &g_array_index (self->outlines, ReunionReachOutline, i);
}

static ReunionReachProvince *
province_at (ReunionReachIndex *self, gsize i)
{
  return &g_array_index (self->provinces, ReunionReachProvince, i);
}

static double
angle_rad (ReunionNormal a, ReunionNormal b)
{
  double chord
      = sqrt ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) + (a.z - b.z) * (a.z - b.z));

  return 2.0 * asin (MIN (chord / 2.0, 1.0));
}

static void
outline_clear (gpointer data)
{
  ReunionReachOutline *outline = data;

  g_free (outline->zh);
  g_free (outline->latin);
}

static void
province_clear (gpointer data)
{
  ReunionReachProvince *province = data;

  g_free (province->zh);
  g_free (province->latin);
}

static void
town_clear (gpointer data)
{
  ReunionReachTown *town = data;

  reunion_place_unref (town->place);
}

/* --- reading the outlines ----------------------------------------------------- */

static guint
find_province (ReunionReachIndex *self, const ReunionMapArea *area)
{
  ReunionReachProvince province = { NULL, NULL, 0.0 };

  for (guint i = 0; i < self->provinces->len; i++)
    if (g_str_equal (province_at (self, i)->zh, area->province_zh))
      return i;
  province.zh = g_strdup (area->province_zh);
  province.latin = g_strdup (area->province_latin);
  g_array_append_val (self->provinces, province);
  return self->provinces->len - 1;
}

static void
add_ring_cb (const ReunionMapArea *area,
             const gint32 *points,
             gsize n_points,
             gboolean starts,
             gpointer user_data)
{
  ReunionReachIndex *self = user_data;
  ReunionReachRing ring = { self->normals->len, n_points };

  if (starts)
    {
      ReunionReachOutline outline = { .zh = g_strdup (area->zh),
                                      .latin = g_strdup (area->latin),
                                      .province = find_province (self, area),
                                      .first_ring = self->rings->len };

      g_array_append_val (self->outlines, outline);
    }
  for (gsize i = 0; i < n_points; i++)
    {
      ReunionMercator at = { (double) points[2 * i] / REUNION_BASE_MAP_WORLD,
                             (double) points[2 * i + 1] / REUNION_BASE_MAP_WORLD };
      ReunionNormal normal = reunion_disc_normal (reunion_mercator_unproject (at));

      g_array_append_val (self->normals, normal);
    }
  g_array_append_val (self->rings, ring);
  outline_at (self, self->outlines->len - 1)->n_rings++;
}

/* --- making them ready ---------------------------------------------------------- */

static void
find_cap (ReunionReachIndex *self, ReunionReachOutline *outline)
{
  const ReunionReachRing *last = ring_at (self, outline->first_ring + outline->n_rings - 1);
  gsize first = ring_at (self, outline->first_ring)->first;
  gsize end = last->first + last->n_points;
  ReunionNormal sum = { 0.0, 0.0, 0.0 };
  double length;

  for (gsize i = first; i < end; i++)
    {
      sum.x += normal_at (self, i)->x;
      sum.y += normal_at (self, i)->y;
      sum.z += normal_at (self, i)->z;
    }
  length = sqrt (sum.x * sum.x + sum.y * sum.y + sum.z * sum.z);
  outline->middle = (ReunionNormal){ sum.x / length, sum.y / length, sum.z / length };
  for (gsize i = first; i < end; i++)
    outline->cap_rad = MAX (outline->cap_rad, angle_rad (outline->middle, *normal_at (self, i)));
}

/* A circle in the middle of the outline lends its plane, on which areas are
 * what they are everywhere. */
static ReunionDisc *
plane_of (const ReunionReachOutline *outline)
{
  ReunionPoint middle = { asin (CLAMP (outline->middle.z, -1.0, 1.0)) * 180.0 / G_PI,
                          atan2 (outline->middle.y, outline->middle.x) * 180.0 / G_PI };

  return reunion_disc_new (middle, 1.0);
}

static gboolean
ring_holds (const ReunionPlanePoint *ring, gsize n_points, ReunionPlanePoint p)
{
  gboolean odd = FALSE;

  for (gsize i = 0, j = n_points - 1; i < n_points; j = i++)
    if ((ring[i].y > p.y) != (ring[j].y > p.y)
        && p.x < (ring[j].x - ring[i].x) * (p.y - ring[i].y) / (ring[j].y - ring[i].y) + ring[i].x)
      odd = !odd;
  return odd;
}

static gboolean
outline_holds (ReunionReachIndex *self,
               const ReunionReachOutline *outline,
               const ReunionPlanePoint *plane,
               ReunionPlanePoint p,
               gsize but_ring)
{
  gsize first = ring_at (self, outline->first_ring)->first;
  gboolean odd = FALSE;

  for (gsize i = outline->first_ring; i < outline->first_ring + outline->n_rings; i++)
    if (i != but_ring
        && ring_holds (plane + (ring_at (self, i)->first - first), ring_at (self, i)->n_points, p))
      odd = !odd;
  return odd;
}

static void
reverse (ReunionReachIndex *self, const ReunionReachRing *ring)
{
  for (gsize i = 0, j = ring->n_points - 1; i < j; i++, j--)
    {
      ReunionNormal kept = *normal_at (self, ring->first + i);

      *normal_at (self, ring->first + i) = *normal_at (self, ring->first + j);
      *normal_at (self, ring->first + j) = kept;
    }
}

static ReunionPlanePoint *
project_outline (ReunionReachIndex *self, const ReunionReachOutline *outline, ReunionDisc *disc)
{
  const ReunionReachRing *last = ring_at (self, outline->first_ring + outline->n_rings - 1);
  gsize first = ring_at (self, outline->first_ring)->first;
  gsize n_points = last->first + last->n_points - first;
  ReunionPlanePoint *plane = g_new (ReunionPlanePoint, n_points);

  reunion_disc_project (disc, normal_at (self, first), plane, n_points);
  return plane;
}

/* By the even-odd rule a ring inside another is a hole, whichever way it runs;
 * from here on the way tells. */
static void
turn_rings (ReunionReachIndex *self, ReunionReachOutline *outline)
{
  g_autoptr (ReunionDisc) disc = plane_of (outline);
  g_autofree ReunionPlanePoint *plane = project_outline (self, outline, disc);
  gsize first = ring_at (self, outline->first_ring)->first;

  for (gsize i = outline->first_ring; i < outline->first_ring + outline->n_rings; i++)
    {
      const ReunionReachRing *ring = ring_at (self, i);
      const ReunionPlanePoint *at = plane + (ring->first - first);
      double area_km2 = reunion_disc_ring_area_km2 (at, ring->n_points);
      gboolean is_hole = outline_holds (self, outline, plane, at[0], i);

      if ((area_km2 < 0.0) != is_hole)
        reverse (self, ring);
      outline->area_km2 += is_hole ? -fabs (area_km2) : fabs (area_km2);
    }
  province_at (self, outline->province)->area_km2 += outline->area_km2;
}

/* --- towns ---------------------------------------------------------------------- */

static ReunionReachTown *
town_at (ReunionReachIndex *self, gsize i)
{
  return &g_array_index (self->towns, ReunionReachTown, i);
}

static void
collect_towns (ReunionReachIndex *self, GPtrArray *places)
{
  for (guint i = 0; i < places->len; i++)
    {
      ReunionPlace *place = g_ptr_array_index (places, i);
      ReunionReachTown town = { .place = place, .outline = G_MAXUINT };

      if (!reunion_place_is_town (place) || g_strcmp0 (place->country, "CN") != 0)
        continue;
      town.normal = reunion_disc_normal (place->point);
      reunion_place_ref (place);
      g_array_append_val (self->towns, town);
    }
}

static void
claim_towns (ReunionReachIndex *self, guint number)
{
  const ReunionReachOutline *outline = outline_at (self, number);
  g_autoptr (ReunionDisc) disc = plane_of (outline);
  g_autofree ReunionPlanePoint *plane = project_outline (self, outline, disc);

  for (guint i = 0; i < self->towns->len; i++)
    {
      ReunionReachTown *town = town_at (self, i);
      ReunionPlanePoint p;

      if (town->outline != G_MAXUINT
          || angle_rad (outline->middle, town->normal) > outline->cap_rad)
        continue;
      reunion_disc_project (disc, &town->normal, &p, 1);
      if (outline_holds (self, outline, plane, p, G_MAXSIZE))
        town->outline = number;
    }
}

/* On a simplified coast some harbours lie in the sea: theirs is the outline that
 * comes nearest. */
static void
claim_harbour (ReunionReachIndex *self, ReunionReachTown *town)
{
  double nearest_rad = MOST_OFFSHORE_RAD;

  for (guint i = 0; i < self->outlines->len; i++)
    {
      const ReunionReachOutline *outline = outline_at (self, i);
      const ReunionReachRing *last = ring_at (self, outline->first_ring + outline->n_rings - 1);

      for (gsize j = ring_at (self, outline->first_ring)->first; j < last->first + last->n_points;
           j++)
        if (angle_rad (*normal_at (self, j), town->normal) < nearest_rad)
          {
            nearest_rad = angle_rad (*normal_at (self, j), town->normal);
            town->outline = i;
          }
    }
}

static void
place_towns (ReunionReachIndex *self)
{
  for (guint i = 0; i < self->outlines->len; i++)
    claim_towns (self, i);
  for (guint i = self->towns->len; i > 0; i--)
    {
      ReunionReachTown *town = town_at (self, i - 1);

      if (town->outline == G_MAXUINT)
        claim_harbour (self, town);
      if (town->outline == G_MAXUINT)
        g_array_remove_index_fast (self->towns, i - 1);
    }
}

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  ReunionReachIndex *self = reunion_reach_index_new (task_data, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
reunion_reach_index_finalize (GObject *object)
{
  ReunionReachIndex *self = REUNION_REACH_INDEX (object);

  g_clear_pointer (&self->normals, g_array_unref);
  g_clear_pointer (&self->rings, g_array_unref);
  g_clear_pointer (&self->outlines, g_array_unref);
  g_clear_pointer (&self->provinces, g_array_unref);
  g_clear_pointer (&self->towns, g_array_unref);

  G_OBJECT_CLASS (reunion_reach_index_parent_class)->finalize (object);
}

static void
reunion_reach_index_class_init (ReunionReachIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reunion_reach_index_finalize;
}

static void
reunion_reach_index_init (ReunionReachIndex *self)
{
  self->normals = g_array_new (FALSE, FALSE, sizeof (ReunionNormal));
  self->rings = g_array_new (FALSE, FALSE, sizeof (ReunionReachRing));
  self->outlines = g_array_new (FALSE, FALSE, sizeof (ReunionReachOutline));
  self->provinces = g_array_new (FALSE, FALSE, sizeof (ReunionReachProvince));
  self->towns = g_array_new (FALSE, FALSE, sizeof (ReunionReachTown));
  g_array_set_clear_func (self->outlines, outline_clear);
  g_array_set_clear_func (self->provinces, province_clear);
  g_array_set_clear_func (self->towns, town_clear);
}

ReunionReachIndex *
reunion_reach_index_new (const char *path, GError **error)
{
  g_autoptr (ReunionReachIndex) self = NULL;
  g_autoptr (ReunionBaseMap) map = NULL;
  g_autoptr (GPtrArray) places = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  map = reunion_base_map_open (path, error);
  if (map == NULL)
    return NULL;
  places = reunion_base_map_read_places (map, error);
  if (places == NULL)
    return NULL;
  self = g_object_new (REUNION_TYPE_REACH_INDEX, NULL);
  if (!reunion_base_map_foreach_area (map, add_ring_cb, self, error))
    return NULL;
  for (guint i = 0; i < self->outlines->len; i++)
    {
      find_cap (self, outline_at (self, i));
      turn_rings (self, outline_at (self, i));
    }
  collect_towns (self, places);
  place_towns (self);
  return g_steal_pointer (&self);
}

void
reunion_reach_index_new_async (const char *path,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (path != NULL);

  g_task_set_source_tag (task, reunion_reach_index_new_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, load_thread);
}

ReunionReachIndex *
reunion_reach_index_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
