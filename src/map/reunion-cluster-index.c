/* reunion-cluster-index.c: points gathered where they stand too close to draw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-cluster-index.h"

#include <math.h>

#include "reunion-cluster-grid.h"

/* A leaf is a point, and stands at the point's own index. Clusters follow. */
typedef struct
{
  double x;
  double y;
  guint32 count;
  guint32 first;
  guint32 parent;
  gint8 born;  /* deepest level at which it is seen */
  gint8 taken; /* level at which a cluster took it in; -1 for never */
} Node;

/* What only clusters have. */
typedef struct
{
  float min_x, min_y, max_x, max_y; /* relative to the node */
  guint32 first_child;              /* in children */
  guint32 n_children;
} Inner;

/* What is seen at a level, and whose turn it is to gather: a cluster has its
 * seed's. */
typedef struct
{
  guint32 node;
  guint32 rank;
} Live;

/* Levels for which those that stand alone all along are left out together. */
#define BLOCK 4

struct _ReunionClusterIndex
{
  ReunionClusterRule rule;
  gsize n_points;
  gsize n_valid;
  GArray *nodes;    /* Node */
  GArray *inners;   /* Inner, for the nodes past n_points */
  GArray *children; /* guint32 */
  guint32 *tallies; /* REUNION_CLUSTER_MAX_KINDS for each inner, or NULL */
  guint8 *kinds;    /* of the points, or NULL */
  GArray *roots;    /* guint32: what is seen at the shallowest level */
  gsize counts[REUNION_CLUSTER_DEEPEST_ZOOM + 2];
};

#define NODE(self, i) (&g_array_index ((self)->nodes, Node, (i)))
#define INNER(self, i) (&g_array_index ((self)->inners, Inner, (i) - (self)->n_points))
#define NOBODY G_MAXUINT32

/* --- building --------------------------------------------------------------------- */

static void
add_points (ReunionClusterIndex *self, const ReunionMercator *points, GArray *live)
{
  g_array_set_size (self->nodes, (guint) self->n_points);
  for (gsize i = 0; i < self->n_points; i++)
    {
      Node *node = NODE (self, i);
      Live one = { (guint32) i, (guint32) i };

      *node = (Node){ points[i].x, points[i].y, 1,
                      (guint32) i, NOBODY,      (gint8) (self->rule.max_zoom + 1),
                      -1 };
      if (!isfinite (node->x) || !isfinite (node->y))
        {
          node->count = 0;
          continue;
        }
      if (self->rule.wraps)
        node->x -= floor (node->x);
      if (self->rule.rounds)
        {
          node->x = (float) node->x;
          node->y = (float) node->y;
        }
      g_array_append_val (live, one);
    }
  self->n_valid = live->len;
}

/* Means are taken around the one that gathers, so that 180 E is no edge. */
static guint32
gather (ReunionClusterIndex *self, guint32 seed, const guint32 *others, gsize n_others, guint zoom)
{
  guint32 index = self->nodes->len;
  Inner inner = { .first_child = self->children->len, .n_children = (guint32) n_others + 1 };
  Node made = *NODE (self, seed);
  double sum_x = made.x * made.count;
  double sum_y = made.y * made.count;

  g_array_append_val (self->children, seed);
  g_array_append_vals (self->children, others, (guint) n_others);
  NODE (self, seed)->parent = index;
  NODE (self, seed)->taken = (gint8) zoom;
  for (gsize i = 0; i < n_others; i++)
    {
      Node *other = NODE (self, others[i]);
      double x = self->rule.wraps ? other->x - round (other->x - NODE (self, seed)->x) : other->x;

      sum_x += x * other->count;
      sum_y += other->y * other->count;
      made.count += other->count;
      made.first = MIN (made.first, other->first);
      other->parent = index;
      other->taken = (gint8) zoom;
    }
  made.x = sum_x / made.count;
  made.y = sum_y / made.count;
  if (self->rule.wraps)
    made.x -= floor (made.x);
  made.born = (gint8) zoom;
  made.taken = -1;
  made.parent = NOBODY;
  g_array_append_val (self->nodes, made);
  g_array_append_val (self->inners, inner);
  return index;
}

static double
radius_at (const ReunionClusterIndex *self, int zoom)
{
  return self->rule.radius_px / (self->rule.tile_px * exp2 (zoom));
}

static ReunionMercator *
get_spots (const ReunionClusterIndex *self, GArray *live)
{
  ReunionMercator *spots = g_new (ReunionMercator, MAX (live->len, 1));

  for (guint i = 0; i < live->len; i++)
    {
      const Node *node = NODE (self, g_array_index (live, Live, i).node);

      spots[i] = (ReunionMercator){ node->x, node->y };
    }
  return spots;
}

/* What is left of @live after @zoom is gathered. Transfer full, NULL when
 * cancelled. */
static GArray *
gather_level (ReunionClusterIndex *self, GArray *live, guint zoom, GCancellable *cancellable)
{
  g_autofree ReunionMercator *spots = get_spots (self, live);
  g_autoptr (ReunionClusterGrid) grid = reunion_cluster_grid_new (
      spots, live->len, radius_at (self, (int) zoom), self->rule.wraps, self->rule.rounds);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) next = g_array_sized_new (FALSE, FALSE, sizeof (Live), live->len);

  for (guint i = 0; i < live->len; i++)
    {
      Live seed = g_array_index (live, Live, i);

      if (i % 65536 == 0 && g_cancellable_is_cancelled (cancellable))
        return NULL;
      if (reunion_cluster_grid_is_taken (grid, i))
        continue;
      g_array_set_size (found, 0);
      reunion_cluster_grid_take (grid, i, found);
      for (guint k = 0; k < found->len; k++)
        g_array_index (found, guint32, k)
            = g_array_index (live, Live, g_array_index (found, guint32, k)).node;
      if (found->len > 0)
        seed.node = gather (self, seed.node, (const guint32 *) found->data, found->len, zoom);
      g_array_append_val (next, seed);
    }
  return g_steal_pointer (&next);
}

/* Moves those of @live that nobody comes near to at any level down to @lowest to
 * @lonely. A cluster at some level stands within the sum of the radii of the deeper
 * ones of the seed it began with, which is less than that level's own radius: what
 * has nobody within two of the lowest level's radii stays alone. */
static void
part_lonely (ReunionClusterIndex *self, GArray *live, int lowest, GArray *lonely)
{
  g_autofree ReunionMercator *spots = get_spots (self, live);
  double reach = 2.0 * radius_at (self, lowest) * (1.0 + 1e-9) + (self->rule.rounds ? 1e-6 : 0.0);
  g_autoptr (ReunionClusterGrid) grid
      = reunion_cluster_grid_new (spots, live->len, reach, self->rule.wraps, self->rule.rounds);
  guint n_left = 0;

  for (guint i = 0; i < live->len; i++)
    {
      Live one = { g_array_index (live, Live, i).node, i };

      if (reunion_cluster_grid_is_alone (grid, i))
        g_array_append_val (lonely, one);
      else
        g_array_index (live, Live, n_left++) = one;
    }
  g_array_set_size (live, n_left);
}

/* Both in order of rank. Transfer full. */
static GArray *
join (GArray *lonely, GArray *live)
{
  GArray *all = g_array_sized_new (FALSE, FALSE, sizeof (Live), lonely->len + live->len);
  guint i = 0;
  guint k = 0;

  while (i < lonely->len || k < live->len)
    {
      gboolean is_lonely
          = k == live->len
            || (i < lonely->len
                && g_array_index (lonely, Live, i).rank < g_array_index (live, Live, k).rank);

      g_array_append_val (all,
                          g_array_index (is_lonely ? lonely : live, Live, is_lonely ? i++ : k++));
    }
  return all;
}

/* Gathers @live from @deepest up to @lowest, which few of them may take part in.
 * Takes @live. Transfer full, NULL when cancelled. */
static GArray *
gather_levels (ReunionClusterIndex *self,
               GArray *live,
               int deepest,
               int lowest,
               GCancellable *cancellable)
{
  g_autoptr (GArray) lonely = g_array_new (FALSE, FALSE, sizeof (Live));
  GArray *all;

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_array_unref (live);
      return NULL;
    }
  part_lonely (self, live, lowest, lonely);
  for (int zoom = deepest; zoom >= lowest; zoom--)
    {
      GArray *next = gather_level (self, live, (guint) zoom, cancellable);

      g_array_unref (live);
      if (next == NULL)
        return NULL;
      live = next;
      self->counts[zoom] = live->len + lonely->len;
    }
  all = join (lonely, live);
  g_array_unref (live);
  return all;
}

/* Children stand before their parents. */
static void
measure_clusters (ReunionClusterIndex *self)
{
  for (gsize i = self->n_points; i < self->nodes->len; i++)
    {
      const Node *node = NODE (self, i);
      Inner *inner = INNER (self, i);

      for (guint32 k = 0; k < inner->n_children; k++)
        {
          guint32 child = g_array_index (self->children, guint32, inner->first_child + k);
          const Node *below = NODE (self, child);
          double dx = below->x - node->x;
          double dy = below->y - node->y;
          Inner box = child >= self->n_points ? *INNER (self, child) : (Inner){ .min_x = 0.0f };

          if (self->rule.wraps)
            dx -= round (dx);
          inner->min_x = MIN (inner->min_x, (float) dx + box.min_x);
          inner->min_y = MIN (inner->min_y, (float) dy + box.min_y);
          inner->max_x = MAX (inner->max_x, (float) dx + box.max_x);
          inner->max_y = MAX (inner->max_y, (float) dy + box.max_y);
        }
    }
}

static void
tally_clusters (ReunionClusterIndex *self, const guint8 *kinds)
{
  self->kinds = g_memdup2 (kinds, self->n_points);
  self->tallies = g_new0 (guint32, (gsize) MAX (self->inners->len, 1) * REUNION_CLUSTER_MAX_KINDS);
  for (gsize i = 0; i < self->nodes->len; i++)
    {
      const Node *node = NODE (self, i);
      guint32 *above;

      if (node->parent == NOBODY)
        continue;
      above = self->tallies + (node->parent - self->n_points) * REUNION_CLUSTER_MAX_KINDS;
      if (i < self->n_points)
        above[MIN (kinds[i], REUNION_CLUSTER_MAX_KINDS - 1)]++;
      else
        for (guint k = 0; k < REUNION_CLUSTER_MAX_KINDS; k++)
          above[k] += self->tallies[(i - self->n_points) * REUNION_CLUSTER_MAX_KINDS + k];
    }
}

static gboolean
build (ReunionClusterIndex *self, const ReunionMercator *points, GCancellable *cancellable)
{
  GArray *live = g_array_sized_new (FALSE, FALSE, sizeof (Live), (guint) self->n_points);

  add_points (self, points, live);
  self->counts[self->rule.max_zoom + 1] = live->len;
  for (int zoom = (int) self->rule.max_zoom; zoom >= (int) self->rule.min_zoom && live != NULL;
       zoom -= BLOCK)
    live = gather_levels (self, live, zoom, MAX (zoom - BLOCK + 1, (int) self->rule.min_zoom),
                          cancellable);
  if (live == NULL)
    return FALSE;
  self->roots = g_array_sized_new (FALSE, FALSE, sizeof (guint32), live->len);
  for (guint i = 0; i < live->len; i++)
    g_array_append_val (self->roots, g_array_index (live, Live, i).node);
  g_array_unref (live);
  return TRUE;
}

/* --- asking ----------------------------------------------------------------------- */

static guint
clamp_zoom (const ReunionClusterIndex *self, guint zoom)
{
  return CLAMP (zoom, self->rule.min_zoom, self->rule.max_zoom + 1);
}

typedef struct
{
  const ReunionClusterIndex *self;
  double min_x, min_y, max_x, max_y;
  guint zoom;
  GArray *found;
} Query;

/* Whether from..to, or a turn of it, meets the box. */
static gboolean
meets (const Query *query, double min_x, double max_x)
{
  if (max_x >= query->min_x && min_x <= query->max_x)
    return TRUE;
  if (!query->self->rule.wraps)
    return FALSE;
  return (max_x + 1.0 >= query->min_x && min_x + 1.0 <= query->max_x)
         || (max_x - 1.0 >= query->min_x && min_x - 1.0 <= query->max_x);
}

static void
describe (const ReunionClusterIndex *self, guint32 index, ReunionCluster *cluster)
{
  const Node *node = NODE (self, index);

  *cluster = (ReunionCluster){ { node->x, node->y }, node->first, node->count, index };
}

static void
visit (const Query *query, guint32 index)
{
  const ReunionClusterIndex *self = query->self;
  const Node *node = NODE (self, index);
  const Inner *inner;

  if (node->born >= (int) query->zoom)
    {
      ReunionCluster cluster;

      if (node->y < query->min_y || node->y > query->max_y || !meets (query, node->x, node->x))
        return;
      describe (self, index, &cluster);
      g_array_append_val (query->found, cluster);
      return;
    }
  inner = INNER (self, index);
  /* Single precision rounds: the box is taken a little larger. */
  if (node->y + inner->max_y + 1e-7 < query->min_y || node->y + inner->min_y - 1e-7 > query->max_y
      || !meets (query, node->x + inner->min_x - 1e-7, node->x + inner->max_x + 1e-7))
    return;
  for (guint32 k = 0; k < inner->n_children; k++)
    visit (query, g_array_index (self->children, guint32, inner->first_child + k));
}

static int
compare_indexes (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;

  return (left > right) - (left < right);
}

static void
collect_leaves (const ReunionClusterIndex *self, guint32 index, GArray *leaves)
{
  const Inner *inner;

  if (index < self->n_points)
    {
      g_array_append_val (leaves, index);
      return;
    }
  inner = INNER (self, index);
  for (guint32 k = 0; k < inner->n_children; k++)
    collect_leaves (self, g_array_index (self->children, guint32, inner->first_child + k), leaves);
}

/* --- public ----------------------------------------------------------------------- */

ReunionClusterIndex *
reunion_cluster_index_new (const ReunionClusterRule *rule,
                           const ReunionMercator *points,
                           const guint8 *kinds,
                           gsize n_points,
                           GCancellable *cancellable)
{
  ReunionClusterIndex *self;

  g_return_val_if_fail (rule != NULL && rule->radius_px > 0.0 && rule->tile_px > 0.0, NULL);
  g_return_val_if_fail (rule->min_zoom <= rule->max_zoom, NULL);
  g_return_val_if_fail (rule->max_zoom <= REUNION_CLUSTER_DEEPEST_ZOOM, NULL);
  g_return_val_if_fail (points != NULL || n_points == 0, NULL);

  if (n_points > G_MAXINT32)
    return NULL;
  self = g_atomic_rc_box_new0 (ReunionClusterIndex);
  self->rule = *rule;
  self->n_points = n_points;
  self->nodes
      = g_array_sized_new (FALSE, FALSE, sizeof (Node), (guint) (n_points + n_points / 2 + 16));
  self->inners = g_array_new (FALSE, FALSE, sizeof (Inner));
  self->children = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (!build (self, points, cancellable))
    {
      reunion_cluster_index_unref (self);
      return NULL;
    }
  measure_clusters (self);
  if (kinds != NULL)
    tally_clusters (self, kinds);
  return self;
}

ReunionClusterIndex *
reunion_cluster_index_ref (ReunionClusterIndex *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
index_clear (gpointer data)
{
  ReunionClusterIndex *self = data;

  g_clear_pointer (&self->nodes, g_array_unref);
  g_clear_pointer (&self->inners, g_array_unref);
  g_clear_pointer (&self->children, g_array_unref);
  g_clear_pointer (&self->roots, g_array_unref);
  g_clear_pointer (&self->tallies, g_free);
  g_clear_pointer (&self->kinds, g_free);
}

void
reunion_cluster_index_unref (ReunionClusterIndex *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, index_clear);
}

gsize
reunion_cluster_index_get_n_points (const ReunionClusterIndex *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_valid;
}

gsize
reunion_cluster_index_count (const ReunionClusterIndex *self, guint zoom)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->counts[clamp_zoom (self, zoom)];
}

void
reunion_cluster_index_query (const ReunionClusterIndex *self,
                             ReunionMercator min,
                             ReunionMercator max,
                             guint zoom,
                             GArray *found)
{
  Query query = { self, min.x, min.y, max.x, max.y, 0, found };

  g_return_if_fail (self != NULL && found != NULL);

  query.zoom = clamp_zoom (self, zoom);
  if (self->rule.wraps)
    {
      query.min_x -= floor (min.x);
      query.max_x -= floor (min.x);
    }
  for (guint i = 0; i < self->roots->len; i++)
    visit (&query, g_array_index (self->roots, guint32, i));
}

gboolean
reunion_cluster_index_find (const ReunionClusterIndex *self,
                            guint index,
                            guint zoom,
                            ReunionCluster *cluster)
{
  guint32 at = index;

  g_return_val_if_fail (self != NULL && cluster != NULL, FALSE);

  if (index >= self->n_points || NODE (self, index)->count == 0)
    return FALSE;
  zoom = clamp_zoom (self, zoom);
  while (NODE (self, at)->taken >= (int) zoom)
    at = NODE (self, at)->parent;
  describe (self, at, cluster);
  return TRUE;
}

void
reunion_cluster_index_tally (const ReunionClusterIndex *self, guint node, guint *counts)
{
  g_return_if_fail (self != NULL && counts != NULL && node < self->nodes->len);

  for (guint k = 0; k < REUNION_CLUSTER_MAX_KINDS; k++)
    counts[k] = 0;
  if (self->kinds == NULL)
    counts[0] = NODE (self, node)->count;
  else if (node < self->n_points)
    counts[self->kinds[node]] = NODE (self, node)->count;
  else
    for (guint k = 0; k < REUNION_CLUSTER_MAX_KINDS; k++)
      counts[k] = self->tallies[(node - self->n_points) * REUNION_CLUSTER_MAX_KINDS + k];
}

void
reunion_cluster_index_bounds (const ReunionClusterIndex *self,
                              guint node,
                              ReunionMercator *min,
                              ReunionMercator *max)
{
  const Node *at;
  Inner box = { .min_x = 0.0f };

  g_return_if_fail (self != NULL && node < self->nodes->len && min != NULL && max != NULL);

  at = NODE (self, node);
  if (node >= self->n_points)
    box = *INNER (self, node);
  *min = (ReunionMercator){ at->x + box.min_x, at->y + box.min_y };
  *max = (ReunionMercator){ at->x + box.max_x, at->y + box.max_y };
}

void
reunion_cluster_index_leaves (const ReunionClusterIndex *self,
                              guint node,
                              gsize limit,
                              GArray *leaves)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_if_fail (self != NULL && leaves != NULL && node < self->nodes->len);

  collect_leaves (self, node, all);
  g_array_sort (all, compare_indexes);
  g_array_append_vals (leaves, all->data, (guint) MIN (all->len, limit));
}
