/* reunion-tip-fan.h: where the tips of one place are drawn when they are taken apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <graphene.h>
#include <glib.h>

G_BEGIN_DECLS

/* More would cover the map; the keyboard and the list reach the others. */
#define REUNION_TIP_FAN_MAX 40

/* Offset in pixels of number @index of @n (at most REUNION_TIP_FAN_MAX) from the
 * place: a circle while they fit in one, else a spiral outward. No two are nearer
 * than a mark is wide. */
graphene_point_t reunion_tip_fan_offset (guint index, guint n);

G_END_DECLS
