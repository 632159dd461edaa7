/* tile-test-files.h: MBTiles files for the tests, drawn here
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TileTestFile TileTestFile;

/* Starts a file at @path, which is written anew. */
TileTestFile *tile_test_file_new (const char *path);
void tile_test_file_set (TileTestFile *self, const char *key, const char *value);
/* @x and @y as XYZ services count: the row is turned over here. */
void tile_test_file_add (TileTestFile *self, guint zoom, guint x, guint y, GBytes *bytes);
/* Done: commits and closes it. */
void tile_test_file_close (TileTestFile *self);

/* A picture as PNG. Transfer full. */
GBytes *tile_test_png (cairo_surface_t *surface);
/* One of one colour, 0xrrggbb. Transfer full. */
GBytes *tile_test_plain_png (guint side_px, guint32 colour);

/* A small sound file: zooms 0..3, whole, each zoom in a colour of its own. */
void tile_test_write_small (const char *path);
guint32 tile_test_zoom_colour (guint zoom);

G_END_DECLS
