/* reunion-tip-fan.c: where the tips of one place are drawn when they are taken apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tip-fan.h"

#include <math.h>

#define CIRCLE_MAX 8
#define CIRCLE_PX 38.0
#define STEP_PX 29.0

graphene_point_t
reunion_tip_fan_offset (guint index, guint n)
{
  double radius = CIRCLE_PX;
  double angle = 0.0;

  g_return_val_if_fail (index < n && n <= REUNION_TIP_FAN_MAX, GRAPHENE_POINT_INIT (0, 0));

  if (n <= CIRCLE_MAX)
    return GRAPHENE_POINT_INIT ((float) (radius * sin (2.0 * G_PI * index / n)),
                                (float) (-radius * cos (2.0 * G_PI * index / n)));
  /* Each a step along, while a whole turn leads a step out. */
  for (guint i = 0; i < index; i++)
    {
      double turn = STEP_PX / radius;

      angle += turn;
      radius += STEP_PX * turn / (2.0 * G_PI);
    }
  return GRAPHENE_POINT_INIT ((float) (radius * sin (angle)), (float) (-radius * cos (angle)));
}
