/* reunion-label-plan.h: which names stand where on one zoom of the base map
 *
 * The plan is made for the whole world at once, the most important names
 * first, and never looks at tiles: two neighbouring tiles that share a name
 * draw it at the same pixel, and neither can drop what the other keeps.
 * Widths are reckoned from the characters, not measured, so that a plan of
 * some twenty thousand places takes milliseconds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-base-map.h"

G_BEGIN_DECLS

/* Names stay this many pixels clear of each other, and marks reach no further
 * past their boxes. */
#define REUNION_LABEL_MARGIN_PX 4

/**
 * ReunionLabel:
 * @place: the place, owned by the plan
 * @text: the name in the plan's language, owned by the place
 * @size_px: size of the letters
 * @spacing_px: extra room between letters
 * @x: left edge of the text's box, in pixels of the world at the plan's zoom
 * @y: its top edge
 * @width: reckoned width, in pixels
 * @height: height of the line
 * @dot_x: middle of the town's dot; unused where @dot_radius is 0
 * @dot_y: the same
 * @dot_radius: 0 for what has no dot
 * @align: where the text touches its box: -1 left, 0 middle, 1 right
 */
typedef struct
{
  const ReunionPlace *place;
  const char *text;
  double size_px;
  double spacing_px;
  double x, y;
  double width, height;
  double dot_x, dot_y;
  double dot_radius;
  int align;
} ReunionLabel;

typedef struct _ReunionLabelPlan ReunionLabelPlan;

/* @places as reunion_base_map_read_places() gives them; a reference is kept.
 * With @latin every name is the Latin one, else the Chinese where it is known. */
ReunionLabelPlan *reunion_label_plan_new (GPtrArray *places, guint zoom, gboolean latin);
void reunion_label_plan_free (ReunionLabelPlan *self);

/* The labels that touch the tile, in the order of their importance: an array
 * of const ReunionLabel, transfer container. Coordinates are those of the
 * copy of the world that @tile_x lies on. */
GArray *reunion_label_plan_on_tile (ReunionLabelPlan *self, guint tile_x, guint tile_y);

guint reunion_label_plan_get_n_labels (ReunionLabelPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionLabelPlan, reunion_label_plan_free)

G_END_DECLS
