/* reunion-map-view.h: the map with its layers and controls
 *
 * Base map, circles, tips, zoom buttons, scale and attribution in one widget.
 * It follows no style manager itself: whoever owns it sets "dark".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <shumate/shumate.h>

#include "reunion-base-map-source.h"
#include "reunion-envelope-layer.h"
#include "reunion-ring-layer.h"
#include "reunion-tile-source.h"
#include "reunion-tip-layer.h"

G_BEGIN_DECLS

/* Environment variable with the path of a base map to use in place of the
 * program's own. */
#define REUNION_BASE_MAP_ENV "REUNION_BASEMAP"

#define REUNION_TYPE_MAP_VIEW (reunion_map_view_get_type ())
G_DECLARE_FINAL_TYPE (ReunionMapView, reunion_map_view, REUNION, MAP_VIEW, GtkWidget)

/* Properties: "dark" (gboolean), "pick-mode" (gboolean), "centre-draggable"
 * (gboolean), "selected-tip" (string).
 *
 * Signals: ::place-picked (double lat_deg, double lon_deg) when the user
 * points at a place in pick mode; ::centre-moving (double lat_deg, double lon_deg)
 * while the place of loss is dragged, and where it goes back to when that is called
 * off; ::centre-dragged (double lat_deg, double lon_deg) when it has been put down
 * elsewhere, where it is shown already; ::tip-activated (const char *id);
 * ::picture-requested () when the view is to be saved (reunion-map-picture.h);
 * ::tips-changed () when the tips that were set are shown, which for many is later.
 * Keys and buttons: reunion-map-tools.h. "selected-tip" also changes when the
 * keyboard goes from tip to tip. */

/* The file to open: that of REUNION_BASEMAP if set, else the first of the
 * NULL-ended @paths that exists, else NULL. Transfer full. */
char *reunion_map_view_find_base_map (const char *const *paths);

/* @base_map_path as reunion_base_map_source_new() takes it; a map that can't
 * be opened is logged, and shows as empty sea with a note. Transfer floating. */
ReunionMapView *reunion_map_view_new (const char *base_map_path);

/* For a view that came out of a template: shows the base map at @path. FALSE
 * with @error set when it can't be used; the view works on without. */
gboolean reunion_map_view_set_base_map (ReunionMapView *self, const char *path, GError **error);
/* Transfer none, NULL before a base map was set. */
ReunionBaseMapSource *reunion_map_view_get_source (ReunionMapView *self);

/* The station's own map, laid over the built-in one, or NULL for none. @problem
 * says why there is none although one was chosen, NULL for nothing. */
void reunion_map_view_set_tile_source (ReunionMapView *self,
                                       ReunionTileSource *source,
                                       const char *problem);

void reunion_map_view_set_dark (ReunionMapView *self, gboolean dark);
/* Outlines in black and white. */
void reunion_map_view_set_contrast (ReunionMapView *self, gboolean contrast);
gboolean reunion_map_view_get_dark (ReunionMapView *self);

/* Place of loss and circles; see reunion_ring_layer_set_rings(). Doesn't move
 * the map. */
void reunion_map_view_set_centre_and_rings (ReunionMapView *self,
                                            ReunionPoint centre,
                                            const ReunionRing *rings,
                                            gsize n_rings);
void reunion_map_view_clear_rings (ReunionMapView *self);
/* See reunion_envelope_layer_set_envelopes(). */
void reunion_map_view_set_envelopes (ReunionMapView *self,
                                     ReunionPoint centre,
                                     const ReunionEnvelope *envelopes,
                                     gsize n_envelopes);

void reunion_map_view_set_tips (ReunionMapView *self, const ReunionTipSpot *tips, gsize n_tips);
void reunion_map_view_set_selected_tip (ReunionMapView *self, const char *id);
const char *reunion_map_view_get_selected_tip (ReunionMapView *self);

/* Move at once; what is fitted, at a whole zoom level, where names are
 * sharpest. The middle may be half a pixel off, for the tiles' sake. Before
 * the view has a size, the last of these is kept until it has one. */
void reunion_map_view_fit_circle (ReunionMapView *self, ReunionPoint centre, double radius_km);
void reunion_map_view_fit_points (ReunionMapView *self, const ReunionPoint *points, gsize n_points);
void reunion_map_view_go_to (ReunionMapView *self, ReunionPoint point, double zoom);

ReunionPoint reunion_map_view_get_centre (ReunionMapView *self);
double reunion_map_view_get_zoom (ReunionMapView *self);

/* In pick mode a click tells a place, tips or not, and the pointer is a
 * cross-hair. */
void reunion_map_view_set_pick_mode (ReunionMapView *self, gboolean pick_mode);
gboolean reunion_map_view_get_pick_mode (ReunionMapView *self);

/* Whether the place of loss can be dragged, or moved with Alt and the
 * arrow keys while the map has the keyboard; not in pick mode. */
void reunion_map_view_set_centre_draggable (ReunionMapView *self, gboolean draggable);
gboolean reunion_map_view_get_centre_draggable (ReunionMapView *self);

/* What can be seen, longitudes wrapped: the west is the larger where it reaches
 * across 180 degrees. FALSE, and nothing told, before the view has a size. */
gboolean
reunion_map_view_get_box (ReunionMapView *self, ReunionPoint *south_west, ReunionPoint *north_east);

/* For pictures of the map. Transfer none. */
GtkWidget *reunion_map_view_get_attribution_widget (ReunionMapView *self);
/* What the plate at the top says of a measurement or a copy; NULL for nothing.
 * Transfer none. */
const char *reunion_map_view_get_note (ReunionMapView *self);
/* The tips, the newest first. Transfer none. */
const ReunionTipSet *reunion_map_view_get_tip_set (ReunionMapView *self);

/* What the map shows, in a sentence, for who can't see it; NULL for none. */
void reunion_map_view_set_description (ReunionMapView *self, const char *text);

G_END_DECLS
