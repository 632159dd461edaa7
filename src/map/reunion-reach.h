/* reunion-reach.h: what a circle reaches
 *
 * Provinces and prefectures with the share of each that lies inside, and the
 * cities and towns there with the people known to live in them. Shares are
 * those of src/core/reunion-disc.h on the base map's outlines of prefectures;
 * the outlines, simplified to some 700 m, are by far the larger error: a
 * thousandth or two of a prefecture's area, up to a hundredth of the smallest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "reunion-base-map.h"
#include "reunion-disc.h"

G_BEGIN_DECLS

/* Less than this of a prefecture is what two outlines differ by. */
#define REUNION_REACH_LEAST_KM2 2.0

/**
 * ReunionReachArea:
 * @zh: Chinese name
 * @latin: Latin name
 * @province: index of its province in the reach's provinces; a province has
 *   its own
 * @area_km2: its whole area
 * @inside_km2: the area inside the circle
 * @n_areas: prefectures of a province that the circle touches; 1 for a
 *   prefecture
 * @n_towns: cities and towns inside the circle
 * @n_people: people who live in them at least
 *
 * A prefecture, or a province. The names are the index's.
 */
typedef struct
{
  const char *zh;
  const char *latin;
  guint province;
  double area_km2;
  double inside_km2;
  guint n_areas;
  guint n_towns;
  gint64 n_people;
} ReunionReachArea;

/**
 * ReunionReach:
 * @radius_km: of the circle
 * @circle_km2: area of the whole circle
 * @inside_km2: how much of it lies in the areas; the rest is sea, or abroad
 * @provinces: ReunionReachArea, the largest part inside first
 * @areas: prefectures, the same, by province in the order of @provinces
 * @n_towns: cities and towns in the circle and in China
 * @n_people: people who live in them at least; see below
 * @nearest: town nearest to the middle, or NULL when none is inside
 * @nearest_km: how far off it is
 *
 * Towns of unknown population count as empty. A district may stand in the
 * list along with its city, whose figure holds the district's: in each
 * prefecture the greatest town is taken or all the others together, whichever
 * are more, never both.
 */
typedef struct
{
  double radius_km;
  double circle_km2;
  double inside_km2;
  GArray *provinces;
  GArray *areas;
  guint n_towns;
  gint64 n_people;
  ReunionPlace *nearest;
  double nearest_km;
} ReunionReach;

void reunion_reach_free (ReunionReach *self);

/* Part of the area inside, 0 to 1. */
double reunion_reach_area_get_share (const ReunionReachArea *area);

#define REUNION_TYPE_REACH_INDEX (reunion_reach_index_get_type ())
G_DECLARE_FINAL_TYPE (ReunionReachIndex, reunion_reach_index, REUNION, REACH_INDEX, GObject)

/* From the base map at @path; takes some tenths of a second, best spent in a
 * worker thread. Transfer full, NULL with a ReunionBaseMapError. Never changes
 * once made: any thread may ask. */
ReunionReachIndex *reunion_reach_index_new (const char *path, GError **error);

/* What the circles of @radii_km (0..REUNION_DISC_MAX_KM) around @centre reach,
 * all at once, in their order. Transfer full: an array of ReunionReach. Takes a
 * few milliseconds. */
GPtrArray *reunion_reach_index_compute (ReunionReachIndex *self,
                                        ReunionPoint centre,
                                        const double *radii_km,
                                        gsize n_radii);

/* As reunion_reach_index_new(), in a worker thread. */
void reunion_reach_index_new_async (const char *path,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
ReunionReachIndex *reunion_reach_index_new_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionReach, reunion_reach_free)

G_END_DECLS
