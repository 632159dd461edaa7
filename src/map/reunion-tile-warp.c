/* reunion-tile-warp.c: a tile of the map cut out of the tiles of a source that
 * has another datum, or fewer zoom levels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tile-warp.h"

#include <math.h>

#include "reunion-mercator.h"

/* The mesh: cells of 16 pixels of a tile of 256. */
#define N_CELLS 16

typedef struct
{
  double u, v; /* columns and rows of the source's tiles, from the north-west */
  gboolean is_shifted;
} Node;

typedef struct
{
  guint32 *pixels;
  int width, height;
} Mosaic;

/* Where the source has what lies at @s, @t (0..1) of the tile. */
static Node
look_up (const ReunionTileWarp *self, double s, double t)
{
  double n = exp2 (self->to_zoom);
  ReunionPoint point
      = reunion_mercator_unproject ((ReunionMercator){ (self->x + s) / n, (self->y + t) / n });
  ReunionPoint shifted = reunion_datum_convert (point, REUNION_DATUM_WGS84, self->datum);
  ReunionMercator at = reunion_mercator_project (shifted);

  return (Node){ at.x * exp2 (self->zoom), at.y * exp2 (self->zoom),
                 shifted.lat_deg != point.lat_deg || shifted.lon_deg != point.lon_deg };
}

static gboolean
is_torn (const Node *north_west)
{
  gboolean is_shifted = north_west[0].is_shifted;

  return north_west[1].is_shifted != is_shifted || north_west[N_CELLS + 1].is_shifted != is_shifted
         || north_west[N_CELLS + 2].is_shifted != is_shifted;
}

static Node *
make_mesh (const ReunionTileWarp *self)
{
  Node *mesh = g_new (Node, (N_CELLS + 1) * (N_CELLS + 1));

  for (int row = 0; row <= N_CELLS; row++)
    for (int column = 0; column <= N_CELLS; column++)
      mesh[row * (N_CELLS + 1) + column]
          = look_up (self, (double) column / N_CELLS, (double) row / N_CELLS);
  return mesh;
}

static guint32
mix (guint32 a, guint32 b, guint weight)
{
  guint32 even = ((a & 0xff00ff) * (256 - weight) + (b & 0xff00ff) * weight) >> 8 & 0xff00ff;
  guint32 odd = (a >> 8 & 0xff00ff) * (256 - weight) + (b >> 8 & 0xff00ff) * weight;

  return even | (odd & 0xff00ff00);
}

/* Linear between the four pixels around. */
static guint32
sample (const Mosaic *mosaic, double x, double y)
{
  int left, top;
  const guint32 *above, *below;
  guint weight_x, weight_y;

  x = CLAMP (x - 0.5, 0.0, mosaic->width - 1.001);
  y = CLAMP (y - 0.5, 0.0, mosaic->height - 1.001);
  left = (int) x;
  top = (int) y;
  weight_x = (guint) ((x - left) * 256.0);
  weight_y = (guint) ((y - top) * 256.0);
  above = mosaic->pixels + (gsize) top * (gsize) mosaic->width + left;
  below = above + mosaic->width;
  return mix (mix (above[0], above[1], weight_x), mix (below[0], below[1], weight_x), weight_y);
}

static guint32
dim (guint32 pixel, guint weight)
{
  guint32 even = (pixel & 0xff00ff) * weight >> 8 & 0xff00ff;
  guint32 odd = (pixel >> 8 & 0xff) * weight & 0xff00;

  return (pixel & 0xff000000) | even | odd;
}

static void
paint_cell (const ReunionTileWarp *self,
            const Node *north_west,
            const Mosaic *mosaic,
            guint32 *pixels,
            int side,
            int first_x,
            int first_y)
{
  const Node *south_west = north_west + N_CELLS + 1;
  int cell = side / N_CELLS;
  double scale_x = mosaic->width / (double) self->n_columns;
  double scale_y = mosaic->height / (double) self->n_rows;
  gboolean torn = is_torn (north_west);

  for (int j = 0; j < cell; j++)
    for (int i = 0; i < cell; i++)
      {
        double s = (i + 0.5) / cell;
        double t = (j + 0.5) / cell;
        Node at;

        if (torn)
          at = look_up (self, (first_x + i + 0.5) / side, (first_y + j + 0.5) / side);
        else
          at = (Node){
            (north_west[0].u * (1 - s) + north_west[1].u * s) * (1 - t)
                + (south_west[0].u * (1 - s) + south_west[1].u * s) * t,
            (north_west[0].v * (1 - s) + north_west[1].v * s) * (1 - t)
                + (south_west[0].v * (1 - s) + south_west[1].v * s) * t,
          };
        pixels[(first_y + j) * side + first_x + i]
            = sample (mosaic, (at.u - self->column) * scale_x, (at.v - self->row) * scale_y);
      }
}

/* Largest of the tiles, as a multiple of the mesh's cells. */
static int
find_side (const ReunionTileWarp *self, GdkTexture *const *tiles)
{
  int side = 0;

  for (int i = 0; i < self->n_columns * self->n_rows; i++)
    if (tiles[i] != NULL)
      side = MAX (side, gdk_texture_get_width (tiles[i]));
  return MAX (side / N_CELLS, 1) * N_CELLS;
}

/* Tiles of another size than the rest are left out. */
static void
lay_out (const ReunionTileWarp *self, GdkTexture *const *tiles, int side, Mosaic *mosaic)
{
  mosaic->width = side * self->n_columns;
  mosaic->height = side * self->n_rows;
  mosaic->pixels = g_new0 (guint32, (gsize) mosaic->width * (gsize) mosaic->height);
  for (int row = 0; row < self->n_rows; row++)
    for (int column = 0; column < self->n_columns; column++)
      {
        GdkTexture *tile = tiles[row * self->n_columns + column];

        if (tile != NULL && gdk_texture_get_width (tile) == side
            && gdk_texture_get_height (tile) == side)
          gdk_texture_download (
              tile, (guchar *) (mosaic->pixels + row * side * mosaic->width + column * side),
              4 * (gsize) mosaic->width);
      }
}

ReunionTileWarp
reunion_tile_warp_plan (ReunionDatum datum, guint zoom, guint x, guint y, guint max_zoom)
{
  ReunionTileWarp self = { .zoom = MIN (zoom, max_zoom), .datum = datum, .to_zoom = zoom };
  g_autofree Node *mesh = NULL;
  double min_u = INFINITY, min_v = INFINITY, max_u = -INFINITY, max_v = -INFINITY;
  double half_px = 0.5 / REUNION_TILE_SIZE;
  int last_row = (1 << self.zoom) - 1;
  int last_column;

  self.x = x;
  self.y = y;
  if (datum == REUNION_DATUM_WGS84)
    {
      guint up = zoom - self.zoom;

      self.column = (int) (x >> up);
      self.row = (int) (y >> up);
      self.n_columns = self.n_rows = 1;
      return self;
    }
  mesh = make_mesh (&self);
  for (int i = 0; i < (N_CELLS + 1) * (N_CELLS + 1); i++)
    {
      min_u = MIN (min_u, mesh[i].u);
      max_u = MAX (max_u, mesh[i].u);
      min_v = MIN (min_v, mesh[i].v);
      max_v = MAX (max_v, mesh[i].v);
    }
  /* From the middles of the outermost pixels, half a pixel each way: so that
   * where nothing is shifted it is the one tile. */
  self.column = (int) floor (min_u + half_px / 2.0);
  last_column = (int) ceil (max_u - half_px / 2.0) - 1;
  self.row = CLAMP ((int) floor (min_v + half_px / 2.0), 0, last_row);
  last_row = CLAMP ((int) ceil (max_v - half_px / 2.0) - 1, self.row, last_row);
  if (last_column - self.column < REUNION_TILE_WARP_MAX_SPAN
      && last_row - self.row < REUNION_TILE_WARP_MAX_SPAN)
    {
      self.n_columns = last_column - self.column + 1;
      self.n_rows = last_row - self.row + 1;
    }
  return self;
}

gboolean
reunion_tile_warp_is_plain (const ReunionTileWarp *self)
{
  return self->datum == REUNION_DATUM_WGS84 && self->zoom == self->to_zoom;
}

GdkTexture *
reunion_tile_warp_paint (const ReunionTileWarp *self, GdkTexture *const *tiles, double brightness)
{
  int side, cell;
  guint weight = (guint) (CLAMP (brightness, 0.0, 1.0) * 256.0);
  Mosaic mosaic;
  guint32 *pixels;
  g_autofree Node *mesh = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (self->n_columns > 0 && self->n_rows > 0, NULL);

  side = find_side (self, tiles);
  cell = side / N_CELLS;
  lay_out (self, tiles, side, &mosaic);
  if (reunion_tile_warp_is_plain (self))
    pixels = g_steal_pointer (&mosaic.pixels);
  else
    {
      mesh = make_mesh (self);
      pixels = g_new (guint32, (gsize) side * (gsize) side);
      for (int row = 0; row < N_CELLS; row++)
        for (int column = 0; column < N_CELLS; column++)
          paint_cell (self, mesh + row * (N_CELLS + 1) + column, &mosaic, pixels, side,
                      column * cell, row * cell);
    }
  for (gsize i = 0; weight < 256 && i < (gsize) side * (gsize) side; i++)
    pixels[i] = dim (pixels[i], weight);
  g_free (mosaic.pixels);
  bytes = g_bytes_new_take (pixels, 4 * (gsize) side * (gsize) side);
  return gdk_memory_texture_new (side, side, GDK_MEMORY_DEFAULT, bytes, 4 * (gsize) side);
}
