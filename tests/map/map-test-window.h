/* map-test-window.h: the map in a real window, and what can be seen of it
 *
 * Needs a display without a window manager, so that the window's corner is the
 * screen's, and xdotool to move the pointer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-map-view.h"

G_BEGIN_DECLS

#define MAP_TEST_WIDTH 900
#define MAP_TEST_HEIGHT 640

/* A fixture for g_test_add(): a window with the shipped map, and what the view
 * has told. */
typedef struct
{
  GtkWidget *window;
  ReunionMapView *view;
  guint n_picked;
  ReunionPoint picked;
  char *activated;
} MapTestWindow;

void map_test_window_set_up (MapTestWindow *fixture, gconstpointer data);
void map_test_window_tear_down (MapTestWindow *fixture, gconstpointer data);

/* Until tiles are in and the map stands still: several frames are alike. */
void map_test_settle_view (ReunionMapView *view);
void map_test_window_settle (MapTestWindow *fixture);

/* The view as it is drawn, all zero before the first frame. Transfer full. */
guint32 *map_test_take_pixels (ReunionMapView *view);
gsize map_test_count_differences (const guint32 *a, const guint32 *b);
guint map_test_count_colours (const guint32 *pixels);
/* 0..255. */
double map_test_mean_brightness (const guint32 *pixels);

/* xdotool with the words of @words, to its end, and what comes of it. */
void map_test_window_xdotool (MapTestWindow *fixture, const char *words);
/* Moves the real pointer, presses and lets go, @drag_px further to the right. */
void map_test_window_click (MapTestWindow *fixture, int x, int y, int drag_px);

/* Where a click at @x, @y has to be, on the map's own formulas. */
ReunionPoint map_test_window_point_at (MapTestWindow *fixture, double x, double y);

/* The libshumate map inside @widget, or NULL. */
ShumateMap *map_test_find_map (GtkWidget *widget);

G_END_DECLS
