/* reunion-cluster-grid.c: who stands within a radius, and has not been taken yet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-cluster-grid.h"

#include <math.h>

typedef struct
{
  double x;
  double y;
  guint32 index;
} Item;

struct _ReunionClusterGrid
{
  const ReunionMercator *spots;
  double radius;
  double cells_across;
  gboolean wraps;
  gboolean rounds;
  guint32 mask;
  guint32 *starts; /* where each bucket begins in items; one more than buckets */
  Item *items;     /* by bucket */
  guint8 *taken;   /* by index */
  guint8 *crowded; /* by index: whether anybody else stands within reach */
};

/* The next cell of a row is the next bucket, rows are thrown far apart. */
static inline guint32
bucket_of (const ReunionClusterGrid *self, gint64 column, gint64 row)
{
  return (guint32) ((guint64) row * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + (guint64) column)
         & self->mask;
}

static inline gint64
cell_of (const ReunionClusterGrid *self, double at)
{
  /* Past a pole's image there are points, but none of them far. */
  return (gint64) floor (CLAMP (at, -64.0, 64.0) * self->cells_across);
}

static inline double
rounded (const ReunionClusterGrid *self, double value)
{
  return self->rounds ? (float) value : value;
}

static void
fill (ReunionClusterGrid *self, gsize n_spots)
{
  g_autofree guint32 *buckets = g_new (guint32, MAX (n_spots, 1));

  for (gsize i = 0; i < n_spots; i++)
    {
      buckets[i]
          = bucket_of (self, cell_of (self, self->spots[i].x), cell_of (self, self->spots[i].y));
      self->starts[buckets[i] + 1]++;
    }
  for (gsize b = 0; b <= self->mask; b++)
    self->starts[b + 1] += self->starts[b];
  /* From the end, so that each start, counted down, ends at its bucket's. */
  for (gsize i = n_spots; i-- > 0;)
    {
      guint32 to = --self->starts[buckets[i] + 1];

      self->items[to] = (Item){ rounded (self, self->spots[i].x), rounded (self, self->spots[i].y),
                                (guint32) i };
    }
  /* Each is now where its own bucket begins, one place too far on. */
  for (gsize b = 0; b <= self->mask; b++)
    self->starts[b] = self->starts[b + 1];
  self->starts[self->mask + 1] = (guint32) n_spots;
}

/* TRUE as soon as one is found, when @found is NULL. */
static gboolean
look (ReunionClusterGrid *self, double x, double y, guint32 except, GArray *found)
{
  const double reach = self->radius * (1.0 + 1e-6) + (self->rounds ? 1e-7 : 0.0);
  const gint64 first_column = cell_of (self, x - reach);
  const gint64 last_column = cell_of (self, x + reach);
  const gint64 last_row = cell_of (self, y + reach);
  const double limit = self->radius * self->radius;

  for (gint64 row = cell_of (self, y - reach); row <= last_row; row++)
    for (gint64 column = first_column; column <= last_column; column++)
      {
        guint32 bucket = bucket_of (self, column, row);

        for (guint32 i = self->starts[bucket]; i < self->starts[bucket + 1]; i++)
          {
            const Item *item = &self->items[i];
            double dx = item->x - x;
            double dy = item->y - y;

            if (dx * dx + dy * dy > limit || item->index == except)
              continue;
            if (found == NULL)
              return TRUE;
            if (self->taken[item->index])
              continue;
            self->taken[item->index] = TRUE;
            g_array_append_val (found, item->index);
          }
      }
  return FALSE;
}

static gboolean
look_around (ReunionClusterGrid *self, double x, double y, guint32 except, GArray *found)
{
  gboolean any = look (self, x, y, except, found);

  if (self->wraps && !any && x < self->radius)
    any = look (self, x + 1.0, y, except, found);
  if (self->wraps && !any && x > 1.0 - self->radius)
    any = look (self, x - 1.0, y, except, found);
  return any;
}

/* Far in most stand alone. To see that in the order of memory is many times
 * quicker than in the order in which they gather. */
static void
find_crowded (ReunionClusterGrid *self, gsize n_spots)
{
  for (gsize i = 0; i < n_spots; i++)
    {
      guint32 index = self->items[i].index;

      self->crowded[index]
          = look_around (self, self->spots[index].x, self->spots[index].y, index, NULL);
    }
}

ReunionClusterGrid *
reunion_cluster_grid_new (const ReunionMercator *spots,
                          gsize n_spots,
                          double radius,
                          gboolean wraps,
                          gboolean rounds)
{
  ReunionClusterGrid *self;
  gsize n_buckets = 16;

  g_return_val_if_fail (spots != NULL || n_spots == 0, NULL);
  g_return_val_if_fail (radius > 0.0 && n_spots <= G_MAXINT32, NULL);

  while (n_buckets < n_spots)
    n_buckets *= 2;
  self = g_new0 (ReunionClusterGrid, 1);
  self->spots = spots;
  self->radius = radius;
  self->cells_across = 0.5 / radius;
  self->wraps = wraps;
  self->rounds = rounds;
  self->mask = (guint32) (n_buckets - 1);
  self->starts = g_new0 (guint32, n_buckets + 1);
  self->items = g_new (Item, MAX (n_spots, 1));
  self->taken = g_new0 (guint8, MAX (n_spots, 1));
  self->crowded = g_new0 (guint8, MAX (n_spots, 1));
  fill (self, n_spots);
  find_crowded (self, n_spots);
  return self;
}

void
reunion_cluster_grid_free (ReunionClusterGrid *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->starts);
  g_free (self->items);
  g_free (self->taken);
  g_free (self->crowded);
  g_free (self);
}

gboolean
reunion_cluster_grid_is_alone (const ReunionClusterGrid *self, gsize index)
{
  return !self->crowded[index];
}

gboolean
reunion_cluster_grid_is_taken (const ReunionClusterGrid *self, gsize index)
{
  return self->taken[index];
}

void
reunion_cluster_grid_take (ReunionClusterGrid *self, gsize index, GArray *found)
{
  g_return_if_fail (self != NULL && found != NULL);

  self->taken[index] = TRUE;
  if (self->crowded[index])
    look_around (self, self->spots[index].x, self->spots[index].y, (guint32) index, found);
}
