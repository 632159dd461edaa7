/* reunion-sharpness.h: how sharp a photo is
 *
 * The measure is the variance of the Laplacian, which is found best or near to
 * it wherever measures of focus are compared: J. L. Pech-Pacheco, G. Cristóbal,
 * J. Chamorro-Martínez, J. Fernández-Valdivia, "Diatom autofocusing in
 * brightfield microscopy: a comparative study", ICPR 2000, vol. 3, pp. 314-317.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Photos are compared at one size, the longer side scaled down to this: the
 * measure depends on it. A smaller photo is taken as it is. */
#define REUNION_SHARPNESS_SIDE_PX 500

/**
 * ReunionSharpness:
 * @REUNION_SHARPNESS_BLURRED: hard to recognise a face in
 * @REUNION_SHARPNESS_SOFT: not quite in focus, but of use
 * @REUNION_SHARPNESS_SHARP: good
 */
typedef enum
{
  REUNION_SHARPNESS_BLURRED,
  REUNION_SHARPNESS_SOFT,
  REUNION_SHARPNESS_SHARP,
} ReunionSharpness;

/* The variance of the Laplacian of @grey, one byte a pixel, 0 black and 255
 * white, each row @stride bytes after the one before. 0 for one colour, and for
 * less than 3 x 3 pixels; larger is sharper, up to some 10 000 in a photo. */
double
reunion_sharpness_measure (const guint8 *grey, guint width_px, guint height_px, gsize stride);

/* What @variance means for a photo of REUNION_SHARPNESS_SIDE_PX. */
ReunionSharpness reunion_sharpness_judge (double variance);

G_END_DECLS
