/* reunion-label-plan.c: which names stand where on one zoom of the base map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-label-plan.h"

#include <math.h>
#include <string.h>

#include "reunion-mercator.h"

/* Between two names of one river. */
#define REPEAT_PX 300.0

struct _ReunionLabelPlan
{
  GPtrArray *places;
  guint zoom;
  double world_px;
  GArray *labels;
  /* Tile column and row -> GArray of indices into labels. */
  GHashTable *tiles;
};

typedef struct
{
  double left, top, right, bottom;
} Box;

/* Where a town's name may stand, in order of preference: right of its dot,
 * left, above, below. */
static const struct
{
  double x, y;
  int align;
} sides[] = { { 1, 0, -1 }, { -1, 0, 1 }, { 0, -1, 0 }, { 0, 1, 0 } };

static double
char_width_em (gunichar c)
{
  if (g_unichar_iswide (c))
    return 1.0;
  if (g_unichar_iszerowidth (c))
    return 0.0;
  if (c < 0x80 && strchr ("iIjlt'.,|", (int) c) != NULL)
    return 0.34;
  if (c == ' ' || c == 'f' || c == 'r' || c == '-')
    return 0.4;
  if (c == 'm' || c == 'w' || c == 'M' || c == 'W')
    return 0.9;
  return g_unichar_isupper (c) ? 0.7 : 0.59;
}

static double
text_width_px (const char *text, double size_px, double spacing_px)
{
  double width = 0.0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += char_width_em (g_utf8_get_char (p)) * size_px + spacing_px;
  return width + 2.0;
}

/* Sizes by kind, growing a little as one comes nearer. */
static void
style_label (ReunionLabel *label, guint zoom)
{
  const ReunionPlace *place = label->place;
  gboolean wide = g_unichar_iswide (g_utf8_get_char (label->text));

  switch (place->kind)
    {
    case REUNION_PLACE_COUNTRY:
      label->size_px = zoom <= 3   ? (place->population > 5000000 ? 13.0 : 11.0)
                       : zoom == 4 ? 13.0
                                   : 14.0;
      label->spacing_px = wide ? 3.0 : 0.6;
      break;
    case REUNION_PLACE_PROVINCE:
      label->size_px = zoom <= 5 ? 12.0 : zoom == 6 ? 14.0 : 16.0;
      label->spacing_px = wide ? (zoom <= 5   ? 2.0
                                  : zoom == 6 ? 5.0
                                              : 8.0)
                               : (zoom <= 5 ? 0.5 : 1.5);
      break;
    case REUNION_PLACE_SEA:
    case REUNION_PLACE_ISLANDS:
      label->size_px = zoom <= 3 ? 11.0 : 12.0;
      label->spacing_px = place->kind == REUNION_PLACE_SEA && wide ? 4.0 : 0.5;
      break;
    case REUNION_PLACE_WATERS:
      label->size_px = zoom <= 6 ? 11.5 : zoom <= 8 ? 12.0 : 13.0;
      label->spacing_px = wide ? 2.0 : 0.3;
      break;
    case REUNION_PLACE_AREA:
      label->size_px = 13.0;
      label->spacing_px = wide ? 5.0 : 1.5;
      break;
    case REUNION_PLACE_CAPITAL:
    case REUNION_PLACE_PROVINCE_SEAT:
      label->size_px = zoom <= 4 ? 12.0 : zoom <= 6 ? 13.0 : 14.5;
      label->dot_radius = zoom <= 6 ? 3.0 : 3.5;
      break;
    case REUNION_PLACE_PREFECTURE_SEAT:
      label->size_px = zoom <= 6 ? 11.5 : zoom <= 8 ? 12.5 : 14.0;
      label->dot_radius = zoom <= 6 ? 2.2 : 2.8;
      break;
    case REUNION_PLACE_CITY:
    case REUNION_PLACE_COUNTY_SEAT:
    case REUNION_N_PLACES:
    default:
      label->size_px = zoom >= 10 ? 13.0 : place->population >= 1000000 ? 12.0 : 11.0;
      label->dot_radius = place->population >= 500000 || zoom >= 10 ? 2.2 : 1.7;
      break;
    }
  label->width = text_width_px (label->text, label->size_px, label->spacing_px);
  label->height = ceil (label->size_px * 1.35);
}

/* Smaller comes first. */
static guint
precedence (const ReunionPlace *place)
{
  static const guint by_kind[REUNION_N_PLACES] = {
    [REUNION_PLACE_COUNTRY] = 1,
    [REUNION_PLACE_PROVINCE] = 3,
    [REUNION_PLACE_CAPITAL] = 0,
    [REUNION_PLACE_PROVINCE_SEAT] = 2,
    [REUNION_PLACE_PREFECTURE_SEAT] = 4,
    [REUNION_PLACE_CITY] = 7,
    [REUNION_PLACE_COUNTY_SEAT] = 7,
    [REUNION_PLACE_SEA] = 6,
    [REUNION_PLACE_ISLANDS] = 5,
    [REUNION_PLACE_WATERS] = 6,
    [REUNION_PLACE_AREA] = 8,
  };

  return by_kind[place->kind];
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const ReunionPlace *left = *(const ReunionPlace *const *) a;
  const ReunionPlace *right = *(const ReunionPlace *const *) b;

  if (precedence (left) != precedence (right))
    return precedence (left) < precedence (right) ? -1 : 1;
  if ((left->name_zh == NULL) != (right->name_zh == NULL) && left->population == right->population)
    return left->name_zh == NULL ? 1 : -1;
  if (left->population != right->population)
    return left->population > right->population ? -1 : 1;
  if (left->first_zoom != right->first_zoom)
    return left->first_zoom < right->first_zoom ? -1 : 1;
  if (left->point.lon_deg != right->point.lon_deg)
    return left->point.lon_deg < right->point.lon_deg ? -1 : 1;
  return left->point.lat_deg < right->point.lat_deg ? -1
                                                    : left->point.lat_deg > right->point.lat_deg;
}

/* What the label takes up, dot and margin included. */
static Box
label_box (const ReunionLabel *label)
{
  Box box = { label->x, label->y, label->x + label->width, label->y + label->height };

  if (label->dot_radius > 0.0)
    {
      box.left = MIN (box.left, label->dot_x - label->dot_radius);
      box.right = MAX (box.right, label->dot_x + label->dot_radius);
      box.top = MIN (box.top, label->dot_y - label->dot_radius);
      box.bottom = MAX (box.bottom, label->dot_y + label->dot_radius);
    }
  box.left -= REUNION_LABEL_MARGIN_PX;
  box.right += REUNION_LABEL_MARGIN_PX;
  box.top -= REUNION_LABEL_MARGIN_PX / 2.0;
  box.bottom += REUNION_LABEL_MARGIN_PX / 2.0;
  return box;
}

static gint64
tile_key (ReunionLabelPlan *self, int column, int row)
{
  int n = 1 << self->zoom;

  column = ((column % n) + n) % n;
  /* Not a shift: rows past the map's edge are negative. */
  return (gint64) row * ((gint64) 1 << 32) + column;
}

static GArray *
tile_labels (ReunionLabelPlan *self, int column, int row)
{
  gint64 key = tile_key (self, column, row);

  return g_hash_table_lookup (self->tiles, &key);
}

/* The labels of one tile may lie on another turn of the world. */
static gboolean
boxes_touch (ReunionLabelPlan *self, const Box *a, const Box *b)
{
  double shift = round ((a->left - b->left) / self->world_px) * self->world_px;

  return a->left < b->right + shift && b->left + shift < a->right && a->top < b->bottom
         && b->top < a->bottom;
}

static gboolean
is_free (ReunionLabelPlan *self, const Box *box)
{
  for (int row = (int) floor (box->top / REUNION_TILE_SIZE);
       row <= (int) floor (box->bottom / REUNION_TILE_SIZE); row++)
    for (int column = (int) floor (box->left / REUNION_TILE_SIZE);
         column <= (int) floor (box->right / REUNION_TILE_SIZE); column++)
      {
        GArray *indices = tile_labels (self, column, row);

        for (guint i = 0; indices != NULL && i < indices->len; i++)
          {
            Box other = label_box (
                &g_array_index (self->labels, ReunionLabel, g_array_index (indices, guint, i)));

            if (boxes_touch (self, box, &other))
              return FALSE;
          }
      }
  return TRUE;
}

static void
keep_label (ReunionLabelPlan *self, const ReunionLabel *label, const Box *box)
{
  guint index = self->labels->len;

  g_array_append_vals (self->labels, label, 1);
  for (int row = (int) floor (box->top / REUNION_TILE_SIZE);
       row <= (int) floor (box->bottom / REUNION_TILE_SIZE); row++)
    for (int column = (int) floor (box->left / REUNION_TILE_SIZE);
         column <= (int) floor (box->right / REUNION_TILE_SIZE); column++)
      {
        GArray *indices = tile_labels (self, column, row);

        if (indices == NULL)
          {
            gint64 key = tile_key (self, column, row);

            indices = g_array_new (FALSE, FALSE, sizeof (guint));
            g_hash_table_insert (self->tiles, g_memdup2 (&key, sizeof key), indices);
          }
        /* A wide name on a small world comes round to the same tile. */
        if (indices->len == 0 || g_array_index (indices, guint, indices->len - 1) != index)
          g_array_append_val (indices, index);
      }
}

static gboolean
try_label (ReunionLabelPlan *self, ReunionLabel *label, double x, double y)
{
  Box box;

  /* Whole pixels, so that the two tiles of an edge rasterize alike. */
  label->x = round (x);
  label->y = round (y);
  box = label_box (label);
  if (!is_free (self, &box))
    return FALSE;
  keep_label (self, label, &box);
  return TRUE;
}

/* A name of one island stands under it, clear of its shores as it grows. */
static double
lower_px (const ReunionPlace *place, guint zoom)
{
  if (place->kind != REUNION_PLACE_ISLANDS || place->first_zoom < 6 || zoom < 9)
    return 0.0;
  return 10.0 + 4.0 * exp2 (MIN (zoom, 12) - 9.0);
}

/* A river has several spots for its name, so that one of them is free. */
static gboolean
is_repeated (ReunionLabelPlan *self, const ReunionLabel *label, double x, double y)
{
  for (guint i = 0; i < self->labels->len; i++)
    {
      const ReunionLabel *other = &g_array_index (self->labels, ReunionLabel, i);

      if (other->place->kind == REUNION_PLACE_WATERS && g_str_equal (other->text, label->text)
          && hypot (other->x + other->width / 2.0 - x, other->y + other->height / 2.0 - y)
                 < REPEAT_PX)
        return TRUE;
    }
  return FALSE;
}

/* On the water, or else just beside it. */
static void
place_waters (ReunionLabelPlan *self, ReunionLabel *label, double x, double y)
{
  static const double shifts[] = { 0.0, -0.8, 0.8 };

  if (is_repeated (self, label, x, y))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (shifts); i++)
    if (try_label (self, label, x - label->width / 2.0, y + (shifts[i] - 0.5) * label->height))
      return;
}

static void
place_label (ReunionLabelPlan *self, const ReunionPlace *place, gboolean latin)
{
  ReunionMercator at = reunion_mercator_project (place->point);
  double x = round (at.x * self->world_px);
  double y = round (at.y * self->world_px);
  ReunionLabel label = {
    .place = place,
    .text = !latin && place->name_zh != NULL ? place->name_zh : place->name_latin,
  };

  if (*label.text == '\0')
    return;
  style_label (&label, self->zoom);
  if (place->kind == REUNION_PLACE_WATERS)
    {
      place_waters (self, &label, x, y);
      return;
    }
  if (label.dot_radius <= 0.0)
    {
      try_label (self, &label, x - label.width / 2.0,
                 y - label.height / 2.0 + lower_px (place, self->zoom));
      return;
    }
  label.dot_x = x;
  label.dot_y = y;
  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      double reach_x = label.width / 2.0 + label.dot_radius + 2.0;
      double reach_y = label.height / 2.0 + label.dot_radius;

      label.align = sides[i].align;
      if (try_label (self, &label, x + sides[i].x * reach_x - label.width / 2.0,
                     y + sides[i].y * reach_y - label.height / 2.0))
        return;
    }
}

ReunionLabelPlan *
reunion_label_plan_new (GPtrArray *places, guint zoom, gboolean latin)
{
  ReunionLabelPlan *self;
  g_autoptr (GPtrArray) candidates = g_ptr_array_new ();

  g_return_val_if_fail (places != NULL, NULL);
  g_return_val_if_fail (zoom <= 20, NULL);

  self = g_new0 (ReunionLabelPlan, 1);
  self->places = g_ptr_array_ref (places);
  self->zoom = zoom;
  self->world_px = (double) REUNION_TILE_SIZE * (double) (1u << zoom);
  self->labels = g_array_new (FALSE, FALSE, sizeof (ReunionLabel));
  self->tiles
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
  for (guint i = 0; i < places->len; i++)
    {
      ReunionPlace *place = g_ptr_array_index (places, i);

      if (zoom >= place->first_zoom && (zoom <= place->last_zoom || reunion_place_is_town (place)))
        g_ptr_array_add (candidates, place);
    }
  g_ptr_array_sort (candidates, compare_places);
  for (guint i = 0; i < candidates->len; i++)
    place_label (self, g_ptr_array_index (candidates, i), latin);
  return self;
}

void
reunion_label_plan_free (ReunionLabelPlan *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->tiles);
  g_array_unref (self->labels);
  g_ptr_array_unref (self->places);
  g_free (self);
}

GArray *
reunion_label_plan_on_tile (ReunionLabelPlan *self, guint tile_x, guint tile_y)
{
  GArray *found;
  GArray *indices;
  double middle = (tile_x + 0.5) * REUNION_TILE_SIZE;

  g_return_val_if_fail (self != NULL, NULL);

  found = g_array_new (FALSE, FALSE, sizeof (ReunionLabel));
  indices = tile_labels (self, (int) tile_x, (int) tile_y);
  for (guint i = 0; indices != NULL && i < indices->len; i++)
    {
      ReunionLabel label
          = g_array_index (self->labels, ReunionLabel, g_array_index (indices, guint, i));
      double shift
          = round ((middle - label.x - label.width / 2.0) / self->world_px) * self->world_px;

      label.x += shift;
      label.dot_x += shift;
      g_array_append_val (found, label);
    }
  return found;
}

guint
reunion_label_plan_get_n_labels (ReunionLabelPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->labels->len;
}
