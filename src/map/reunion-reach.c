/* reunion-reach.c: what a circle reaches
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-reach.h"

#include <math.h>

#include "reunion-reach-index.h"

/* What one prefecture's towns in the circle hold. */
typedef struct
{
  guint n_towns;
  gint64 greatest;
  gint64 all;
} Count;

typedef struct
{
  ReunionReachIndex *index;
  ReunionDisc *disc;
  ReunionReach *reach;
  double *inside_km2;
  Count *counts;
} Job;

static const ReunionReachOutline *
outline_at (const Job *job, gsize i)
{
  return &g_array_index (job->index->outlines, ReunionReachOutline, i);
}

/* Projects the outline's vertices when a circle first cuts it. All circles lie
 * around one point, on one plane. */
static const ReunionPlanePoint *
project (const Job *job, const ReunionReachOutline *outline, GArray *plane)
{
  const ReunionReachRing *rings
      = &g_array_index (job->index->rings, ReunionReachRing, outline->first_ring);
  const ReunionReachRing *last = &rings[outline->n_rings - 1];
  gsize n_points = last->first + last->n_points - rings->first;

  if (plane->len == 0)
    {
      g_array_set_size (plane, (guint) n_points);
      reunion_disc_project (job->disc,
                            &g_array_index (job->index->normals, ReunionNormal, rings->first),
                            (ReunionPlanePoint *) (gpointer) plane->data, n_points);
    }
  return (const ReunionPlanePoint *) (gpointer) plane->data;
}

static double
measure_outline (const Job *job, const ReunionReachOutline *outline, GArray *plane)
{
  const ReunionReachRing *rings
      = &g_array_index (job->index->rings, ReunionReachRing, outline->first_ring);
  double away_rad = reunion_disc_angle_rad (job->disc, outline->middle);
  const ReunionPlanePoint *points;
  double sum_km2 = 0.0;

  if (away_rad - outline->cap_rad > reunion_disc_get_limit_rad (job->disc))
    return 0.0;
  if (away_rad + outline->cap_rad < reunion_disc_get_sure_rad (job->disc))
    return outline->area_km2;
  points = project (job, outline, plane);
  for (gsize i = 0; i < outline->n_rings; i++)
    sum_km2 += reunion_disc_area_inside_km2 (job->disc, points + (rings[i].first - rings->first),
                                             rings[i].n_points);
  return CLAMP (sum_km2, 0.0, outline->area_km2);
}

static void
count_towns (Job *job, ReunionPoint centre)
{
  for (guint i = 0; i < job->index->towns->len; i++)
    {
      const ReunionReachTown *town = &g_array_index (job->index->towns, ReunionReachTown, i);
      Count *count = &job->counts[town->outline];
      double km;

      if (!reunion_disc_holds (job->disc, town->place->point, town->normal))
        continue;
      count->n_towns++;
      count->greatest = MAX (count->greatest, town->place->population);
      count->all += town->place->population;
      /* The sphere tells which is nearest but for two all but equally near. */
      km = reunion_disc_angle_rad (job->disc, town->normal) * reunion_disc_sphere_radius_km ();
      if (job->reach->nearest == NULL || km < job->reach->nearest_km)
        {
          job->reach->nearest = town->place;
          job->reach->nearest_km = km;
        }
    }
  if (job->reach->nearest == NULL)
    return;
  reunion_place_ref (job->reach->nearest);
  job->reach->nearest_km = reunion_geodesy_distance_km (centre, job->reach->nearest->point);
}

static gint64
least_people (const Count *count)
{
  return MAX (count->greatest, count->all - count->greatest);
}

static int
compare_inside (gconstpointer a, gconstpointer b)
{
  const ReunionReachArea *left = a;
  const ReunionReachArea *right = b;

  if (left->inside_km2 != right->inside_km2)
    return left->inside_km2 > right->inside_km2 ? -1 : 1;
  return left->province < right->province ? -1 : left->province > right->province;
}

static int
compare_areas (gconstpointer a, gconstpointer b)
{
  const ReunionReachArea *left = a;
  const ReunionReachArea *right = b;

  if (left->province != right->province)
    return left->province < right->province ? -1 : 1;
  return compare_inside (a, b);
}

/* A sliver counts where a town stands on it, or where it is much of a small
 * area. */
static gboolean
is_touched (const ReunionReachArea *area)
{
  return area->inside_km2 >= MIN (REUNION_REACH_LEAST_KM2, area->area_km2 / 2.0)
         || area->n_towns > 0;
}

static void
add_provinces (Job *job)
{
  ReunionReach *reach = job->reach;
  g_autofree guint *ranks = g_new0 (guint, job->index->provinces->len);

  for (guint i = 0; i < job->index->provinces->len; i++)
    {
      const ReunionReachProvince *province
          = &g_array_index (job->index->provinces, ReunionReachProvince, i);
      ReunionReachArea sum = { province->zh, province->latin, i, province->area_km2, 0.0, 0, 0, 0 };

      for (guint j = 0; j < reach->areas->len; j++)
        {
          const ReunionReachArea *area = &g_array_index (reach->areas, ReunionReachArea, j);

          if (area->province != i)
            continue;
          sum.inside_km2 += area->inside_km2;
          sum.n_areas++;
          sum.n_towns += area->n_towns;
          sum.n_people += area->n_people;
        }
      if (sum.n_areas > 0)
        g_array_append_val (reach->provinces, sum);
    }
  g_array_sort (reach->provinces, compare_inside);
  for (guint i = 0; i < reach->provinces->len; i++)
    {
      ReunionReachArea *province = &g_array_index (reach->provinces, ReunionReachArea, i);

      ranks[province->province] = i;
      province->province = i;
    }
  for (guint i = 0; i < reach->areas->len; i++)
    {
      ReunionReachArea *area = &g_array_index (reach->areas, ReunionReachArea, i);

      area->province = ranks[area->province];
    }
  g_array_sort (reach->areas, compare_areas);
}

static void
add_areas (Job *job)
{
  ReunionReach *reach = job->reach;

  for (guint i = 0; i < job->index->outlines->len; i++)
    {
      const ReunionReachOutline *outline = outline_at (job, i);
      ReunionReachArea area = { .zh = outline->zh,
                                .latin = outline->latin,
                                .province = outline->province,
                                .area_km2 = outline->area_km2,
                                .inside_km2 = job->inside_km2[i],
                                .n_areas = 1,
                                .n_towns = job->counts[i].n_towns,
                                .n_people = least_people (&job->counts[i]) };

      if (!is_touched (&area))
        continue;
      reach->inside_km2 += area.inside_km2;
      reach->n_towns += area.n_towns;
      reach->n_people += area.n_people;
      g_array_append_val (reach->areas, area);
    }
  add_provinces (job);
}

static void
job_clear (Job *job)
{
  reunion_disc_free (job->disc);
  g_free (job->inside_km2);
  g_free (job->counts);
}

static void
job_init (Job *job, ReunionReachIndex *index, ReunionPoint centre, double radius_km)
{
  job->index = index;
  job->disc = reunion_disc_new (centre, CLAMP (radius_km, 0.001, REUNION_DISC_MAX_KM));
  job->reach = g_new0 (ReunionReach, 1);
  job->reach->radius_km = radius_km;
  job->reach->circle_km2 = reunion_disc_get_area_km2 (job->disc);
  job->reach->areas = g_array_new (FALSE, FALSE, sizeof (ReunionReachArea));
  job->reach->provinces = g_array_new (FALSE, FALSE, sizeof (ReunionReachArea));
  job->inside_km2 = g_new0 (double, index->outlines->len);
  job->counts = g_new0 (Count, index->outlines->len);
}

void
reunion_reach_free (ReunionReach *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->areas);
  g_array_unref (self->provinces);
  g_clear_pointer (&self->nearest, reunion_place_unref);
  g_free (self);
}

double
reunion_reach_area_get_share (const ReunionReachArea *area)
{
  g_return_val_if_fail (area != NULL, 0.0);

  return area->area_km2 > 0.0 ? CLAMP (area->inside_km2 / area->area_km2, 0.0, 1.0) : 0.0;
}

GPtrArray *
reunion_reach_index_compute (ReunionReachIndex *self,
                             ReunionPoint centre,
                             const double *radii_km,
                             gsize n_radii)
{
  GPtrArray *reaches = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_reach_free);
  g_autofree Job *jobs = g_new0 (Job, n_radii + 1);
  g_autoptr (GArray) plane = g_array_new (FALSE, FALSE, sizeof (ReunionPlanePoint));

  g_return_val_if_fail (REUNION_IS_REACH_INDEX (self), reaches);
  g_return_val_if_fail (reunion_point_is_valid (centre), reaches);
  g_return_val_if_fail (radii_km != NULL || n_radii == 0, reaches);

  for (gsize i = 0; i < n_radii; i++)
    job_init (&jobs[i], self, centre, radii_km[i]);
  for (guint i = 0; i < self->outlines->len; i++)
    {
      g_array_set_size (plane, 0);
      for (gsize j = 0; j < n_radii; j++)
        jobs[j].inside_km2[i] = measure_outline (&jobs[j], outline_at (&jobs[j], i), plane);
    }
  for (gsize i = 0; i < n_radii; i++)
    {
      count_towns (&jobs[i], centre);
      add_areas (&jobs[i]);
      g_ptr_array_add (reaches, jobs[i].reach);
      job_clear (&jobs[i]);
    }
  return reaches;
}
