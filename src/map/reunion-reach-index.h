/* reunion-reach-index.h: what reunion-reach.c asks, in memory
 *
 * Kept between those two; everybody else includes reunion-reach.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-reach.h"

G_BEGIN_DECLS

/**
 * ReunionReachRing:
 * @first: index of its first vertex among the normals of all
 * @n_points: number of vertices; outer rings run anticlockwise, holes clockwise
 */
typedef struct
{
  gsize first;
  gsize n_points;
} ReunionReachRing;

/**
 * ReunionReachOutline:
 * @zh: Chinese name
 * @latin: Latin name
 * @province: index among the provinces
 * @first_ring: index of its first ring
 * @n_rings: number of rings
 * @middle: middle of a cap of the sphere around the outline
 * @cap_rad: radius of that cap
 * @area_km2: area of the outline
 */
typedef struct
{
  char *zh;
  char *latin;
  guint province;
  gsize first_ring;
  gsize n_rings;
  ReunionNormal middle;
  double cap_rad;
  double area_km2;
} ReunionReachOutline;

/**
 * ReunionReachProvince:
 * @zh: Chinese name
 * @latin: Latin name
 * @area_km2: area of its outlines together
 */
typedef struct
{
  char *zh;
  char *latin;
  double area_km2;
} ReunionReachProvince;

/**
 * ReunionReachTown:
 * @place: the town
 * @normal: where it is
 * @outline: index of the prefecture that it lies in
 */
typedef struct
{
  ReunionPlace *place;
  ReunionNormal normal;
  guint outline;
} ReunionReachTown;

struct _ReunionReachIndex
{
  GObject parent_instance;

  GArray *normals;
  GArray *rings;
  GArray *outlines;
  GArray *provinces;
  GArray *towns;
};

G_END_DECLS
