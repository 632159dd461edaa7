/* reunion-tip-set.c: the tips of a map, their order in time, and who is next to whom
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tip-set.h"

#include <math.h>

struct _ReunionTipSet
{
  GArray *tips; /* ReunionTipSpot, whose strings are in the chunk */
  ReunionMercator *points;
  guint8 *marks;
  GStringChunk *strings;
  GHashTable *by_id; /* const char * to index */
};

static int
compare_spots (gconstpointer a, gconstpointer b)
{
  const ReunionTipSpot *left = *(const ReunionTipSpot *const *) a;
  const ReunionTipSpot *right = *(const ReunionTipSpot *const *) b;

  if (left->seen_usec != right->seen_usec)
    return left->seen_usec < right->seen_usec ? 1 : -1;
  /* As the caller had them. */
  return (left > right) - (left < right);
}

static const char *
keep (ReunionTipSet *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert (self->strings, text) : NULL;
}

static void
set_clear (gpointer data)
{
  ReunionTipSet *self = data;

  g_hash_table_unref (self->by_id);
  g_array_unref (self->tips);
  g_free (self->points);
  g_free (self->marks);
  g_string_chunk_free (self->strings);
}

ReunionTipSet *
reunion_tip_set_new (const ReunionTipSpot *tips, gsize n_tips)
{
  ReunionTipSet *self;
  g_autoptr (GPtrArray) order = g_ptr_array_sized_new ((guint) n_tips);

  g_return_val_if_fail (tips != NULL || n_tips == 0, NULL);

  for (gsize i = 0; i < n_tips; i++)
    if (reunion_point_is_valid (tips[i].point) && (guint) tips[i].mark < REUNION_N_TIP_MARKS)
      g_ptr_array_add (order, (gpointer) &tips[i]);
  g_ptr_array_sort (order, compare_spots);
  self = g_atomic_rc_box_new0 (ReunionTipSet);
  self->tips = g_array_sized_new (FALSE, FALSE, sizeof (ReunionTipSpot), order->len);
  self->points = g_new (ReunionMercator, order->len + 1);
  self->marks = g_new (guint8, order->len + 1);
  self->strings = g_string_chunk_new (4096);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < order->len; i++)
    {
      ReunionTipSpot tip = *(const ReunionTipSpot *) order->pdata[i];

      tip.id = keep (self, tip.id != NULL ? tip.id : "");
      tip.label = keep (self, tip.label);
      tip.text = keep (self, tip.text);
      tip.note = keep (self, tip.note);
      self->points[i] = reunion_mercator_project (tip.point);
      self->marks[i] = (guint8) tip.mark;
      g_array_append_val (self->tips, tip);
      g_hash_table_insert (self->by_id, (gpointer) tip.id, GUINT_TO_POINTER (i));
    }
  return self;
}

ReunionTipSet *
reunion_tip_set_ref (ReunionTipSet *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
reunion_tip_set_unref (ReunionTipSet *self)
{
  g_atomic_rc_box_release_full (self, set_clear);
}

guint
reunion_tip_set_get_n (const ReunionTipSet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->tips->len;
}

const ReunionTipSpot *
reunion_tip_set_get (const ReunionTipSet *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->tips->len, NULL);

  return &g_array_index (self->tips, ReunionTipSpot, index);
}

const ReunionMercator *
reunion_tip_set_get_points (const ReunionTipSet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->points;
}

const guint8 *
reunion_tip_set_get_marks (const ReunionTipSet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->marks;
}

guint
reunion_tip_set_find (const ReunionTipSet *self, const char *id)
{
  gpointer index;

  g_return_val_if_fail (self != NULL, REUNION_TIP_NONE);

  if (id == NULL || !g_hash_table_lookup_extended (self->by_id, id, NULL, &index))
    return REUNION_TIP_NONE;
  return GPOINTER_TO_UINT (index);
}

guint
reunion_tip_set_step (const ReunionTipSet *self, guint from, int step)
{
  g_return_val_if_fail (self != NULL, REUNION_TIP_NONE);

  if (self->tips->len == 0)
    return REUNION_TIP_NONE;
  /* The newest comes first. */
  if (from >= self->tips->len)
    return step > 0 ? self->tips->len - 1 : 0;
  return step > 0 ? (from + self->tips->len - 1) % self->tips->len : (from + 1) % self->tips->len;
}

guint
reunion_tip_set_towards (const ReunionTipSet *self,
                         ReunionMercator from,
                         int right,
                         int down,
                         guint except)
{
  guint best = REUNION_TIP_NONE;
  double best_cost = INFINITY;

  g_return_val_if_fail (self != NULL, REUNION_TIP_NONE);

  for (guint i = 0; i < self->tips->len; i++)
    {
      double dx = remainder (self->points[i].x - from.x, 1.0);
      double dy = self->points[i].y - from.y;
      double along = dx * right + dy * down;
      double aside = fabs (dx * down) + fabs (dy * right);
      double cost = along + 2.0 * aside;

      if (i != except && along > 1e-9 && aside <= along && cost < best_cost)
        {
          best_cost = cost;
          best = i;
        }
    }
  return best;
}
