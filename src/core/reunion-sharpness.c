/* reunion-sharpness.c: how sharp a photo is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-sharpness.h"

typedef struct
{
  double below; /* variance of the Laplacian */
  ReunionSharpness sharpness;
} Threshold;

/* Pech-Pacheco et al. (2000) compare photos of one thing and set no limit. These
 * limits are for faces at 500 pixels, as measured on portraits and on a group of
 * people: sharp 285 to 380; blurred by a Gauss function of 1 pixel 24 to 42, of 2
 * pixels 4 to 8, of 3 pixels 1 to 3. At 2 pixels the features of a face that takes
 * a third of the photo begin to run together. */
static const Threshold thresholds[] = {
  { 15.0, REUNION_SHARPNESS_BLURRED },
  { 50.0, REUNION_SHARPNESS_SOFT },
};

double
reunion_sharpness_measure (const guint8 *grey, guint width_px, guint height_px, gsize stride)
{
  gint64 sum = 0;
  gint64 sum_of_squares = 0;
  double n, mean;

  g_return_val_if_fail (grey != NULL && stride >= width_px, 0.0);

  if (width_px < 3 || height_px < 3)
    return 0.0;
  for (guint y = 1; y + 1 < height_px; y++)
    {
      const guint8 *row = grey + y * stride;

      for (guint x = 1; x + 1 < width_px; x++)
        {
          int laplacian
              = row[x - 1] + row[x + 1] + *(row + x - stride) + row[x + stride] - 4 * row[x];

          sum += laplacian;
          sum_of_squares += laplacian * laplacian;
        }
    }
  n = (double) (width_px - 2) * (height_px - 2);
  mean = (double) sum / n;
  return (double) sum_of_squares / n - mean * mean;
}

ReunionSharpness
reunion_sharpness_judge (double variance)
{
  for (gsize i = 0; i < G_N_ELEMENTS (thresholds); i++)
    if (variance < thresholds[i].below)
      return thresholds[i].sharpness;
  return REUNION_SHARPNESS_SHARP;
}
