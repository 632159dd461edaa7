/* reunion-policy.c: the escalation rule, as data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-policy.h"

struct _ReunionPolicy
{
  gatomicrefcount refs;
  gsize n_stages;
  ReunionStage *stages;
  gsize n_levels;
  ReunionReviewLevel *levels;
};

/* Half the Earth's circumference: no circle on it is larger. */
#define MAX_RADIUS_KM 20000.0

static const ReunionStage national_stages[] = {
  { .after_usec = 0 * REUNION_HOUR_USEC, .radius_km = 100.0 },
  { .after_usec = 1 * REUNION_HOUR_USEC, .radius_km = 200.0 },
  { .after_usec = 2 * REUNION_HOUR_USEC, .radius_km = 300.0 },
  { .after_usec = 3 * REUNION_HOUR_USEC, .radius_km = 500.0 },
};

static const ReunionReviewLevel national_levels[] = {
  { .region_digits = 6, .wait_usec = 10 * REUNION_MINUTE_USEC },
  { .region_digits = 4, .wait_usec = 15 * REUNION_MINUTE_USEC },
  { .region_digits = 2, .wait_usec = 20 * REUNION_MINUTE_USEC },
  { .region_digits = 0 },
};

G_DEFINE_QUARK (reunion-policy-error-quark, reunion_policy_error)
G_DEFINE_BOXED_TYPE (ReunionPolicy, reunion_policy, reunion_policy_ref, reunion_policy_unref)

static gboolean
check_stages (const ReunionStage *stages, gsize n_stages, GError **error)
{
  if (n_stages == 0)
    {
      g_set_error_literal (error, REUNION_POLICY_ERROR, REUNION_POLICY_ERROR_EMPTY,
                           "An escalation policy needs at least one stage.");
      return FALSE;
    }
  if (stages[0].after_usec != 0)
    {
      g_set_error_literal (error, REUNION_POLICY_ERROR, REUNION_POLICY_ERROR_START,
                           "The first stage of an escalation policy must start at zero.");
      return FALSE;
    }
  for (gsize i = 0; i < n_stages; i++)
    {
      if (!(stages[i].radius_km > 0.0 && stages[i].radius_km <= MAX_RADIUS_KM))
        {
          g_set_error (error, REUNION_POLICY_ERROR, REUNION_POLICY_ERROR_RADIUS,
                       "Stage %" G_GSIZE_FORMAT " of the escalation policy has a radius of %g km; "
                       "it must be over 0 and at most %g km.",
                       i + 1, stages[i].radius_km, MAX_RADIUS_KM);
          return FALSE;
        }
      if (i > 0
          && (stages[i].after_usec <= stages[i - 1].after_usec
              || stages[i].radius_km <= stages[i - 1].radius_km))
        {
          g_set_error (error, REUNION_POLICY_ERROR, REUNION_POLICY_ERROR_ORDER,
                       "Stage %" G_GSIZE_FORMAT " of the escalation policy must start later and "
                       "reach further than the one before it.",
                       i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_levels (const ReunionReviewLevel *levels, gsize n_levels, GError **error)
{
  for (gsize i = 0; i < n_levels; i++)
    {
      guint limit = i > 0 ? levels[i - 1].region_digits : REUNION_REVIEW_MAX_DIGITS + 1;

      if (levels[i].region_digits < limit && (i + 1 == n_levels || levels[i].wait_usec > 0))
        continue;
      g_set_error (error, REUNION_POLICY_ERROR, REUNION_POLICY_ERROR_REVIEW,
                   "Level %" G_GSIZE_FORMAT " of the review must ask for fewer digits of the "
                   "region than the one before it, at most %d, and say how long a report waits "
                   "there.",
                   i + 1, REUNION_REVIEW_MAX_DIGITS);
      return FALSE;
    }
  return TRUE;
}

ReunionPolicy *
reunion_policy_new (const ReunionStage *stages, gsize n_stages, GError **error)
{
  return reunion_policy_new_with_levels (stages, n_stages, NULL, 0, error);
}

ReunionPolicy *
reunion_policy_new_with_levels (const ReunionStage *stages,
                                gsize n_stages,
                                const ReunionReviewLevel *levels,
                                gsize n_levels,
                                GError **error)
{
  ReunionPolicy *self;

  g_return_val_if_fail (stages != NULL || n_stages == 0, NULL);
  g_return_val_if_fail (levels != NULL || n_levels == 0, NULL);

  if (n_levels == 0)
    {
      levels = national_levels;
      n_levels = G_N_ELEMENTS (national_levels);
    }
  if (!check_stages (stages, n_stages, error) || !check_levels (levels, n_levels, error))
    return NULL;

  self = g_new0 (ReunionPolicy, 1);
  g_atomic_ref_count_init (&self->refs);
  self->n_stages = n_stages;
  self->stages = g_memdup2 (stages, n_stages * sizeof *stages);
  for (gsize i = 0; i < n_stages; i++)
    self->stages[i].id = (guint) i + 1;
  self->n_levels = n_levels;
  self->levels = g_memdup2 (levels, n_levels * sizeof *levels);
  return self;
}

ReunionPolicy *
reunion_policy_get_national (void)
{
  static gsize national = 0;

  if (g_once_init_enter (&national))
    {
      ReunionPolicy *policy
          = reunion_policy_new (national_stages, G_N_ELEMENTS (national_stages), NULL);

      g_assert (policy != NULL);
      g_once_init_leave (&national, GPOINTER_TO_SIZE (policy));
    }
  return GSIZE_TO_POINTER (national);
}

ReunionPolicy *
reunion_policy_ref (ReunionPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
reunion_policy_unref (ReunionPolicy *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->refs))
    {
      g_free (self->stages);
      g_free (self->levels);
      g_free (self);
    }
}

gboolean
reunion_policy_equal (const ReunionPolicy *a, const ReunionPolicy *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->n_stages != b->n_stages || a->n_levels != b->n_levels)
    return FALSE;
  for (gsize i = 0; i < a->n_levels; i++)
    if (a->levels[i].region_digits != b->levels[i].region_digits
        || a->levels[i].wait_usec != b->levels[i].wait_usec)
      return FALSE;
  for (gsize i = 0; i < a->n_stages; i++)
    if (a->stages[i].after_usec != b->stages[i].after_usec
        || ABS (a->stages[i].radius_km - b->stages[i].radius_km) > 1e-9)
      return FALSE;
  return TRUE;
}

gsize
reunion_policy_get_n_stages (const ReunionPolicy *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_stages;
}

const ReunionStage *
reunion_policy_get_stage (const ReunionPolicy *self, gsize index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->n_stages, NULL);

  return &self->stages[index];
}

const ReunionStage *
reunion_policy_stage_at (const ReunionPolicy *self, gint64 elapsed_usec)
{
  gsize i;

  g_return_val_if_fail (self != NULL, NULL);

  for (i = self->n_stages - 1; i > 0; i--)
    if (elapsed_usec >= self->stages[i].after_usec)
      break;
  return &self->stages[i];
}

double
reunion_policy_radius_km_at (const ReunionPolicy *self, gint64 elapsed_usec)
{
  return reunion_policy_stage_at (self, elapsed_usec)->radius_km;
}

gint64
reunion_policy_next_change_usec (const ReunionPolicy *self, gint64 elapsed_usec)
{
  const ReunionStage *stage;

  g_return_val_if_fail (self != NULL, -1);

  stage = reunion_policy_stage_at (self, elapsed_usec);
  if (stage->id == self->n_stages)
    return -1;
  return self->stages[stage->id].after_usec;
}

gsize
reunion_policy_get_n_levels (const ReunionPolicy *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_levels;
}

const ReunionReviewLevel *
reunion_policy_get_level (const ReunionPolicy *self, gsize index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->n_levels, NULL);

  return &self->levels[index];
}
