/* reunion-map-view.c: the map with its layers and controls
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-map-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "reunion-edge-layer.h"
#include "reunion-line-layer.h"
#include "reunion-map-aim.h"
#include "reunion-map-click.h"
#include "reunion-map-drag.h"
#include "reunion-map-keys.h"
#include "reunion-map-resources.h"
#include "reunion-map-sheet.h"
#include "reunion-map-tools.h"
#include "reunion-pixels.h"

#define RESOURCE_PREFIX "/org/reunion/map/"
/* The middle of China, whole on most windows. */
#define START_LAT_DEG 35.5
#define START_LON_DEG 104.0
#define START_ZOOM 4.0
/* A pointer that moved further meant to drag. */
#define CLICK_PX 6.0

struct _ReunionMapView
{
  GtkWidget parent_instance;

  ReunionBaseMapSource *source;
  ReunionMapAim *aim;
  ReunionMapDrag *drag;
  ShumateMapLayer *map_layer;
  ReunionMapSheet *sheet;
  ReunionEdgeLayer *edge_layer;
  ReunionRingLayer *ring_layer;
  ReunionEnvelopeLayer *envelope_layer;
  ReunionTipLayer *tip_layer;
  ReunionLineLayer *line_layer;
  ReunionMapTools *tools;

  GtkWidget *overlay;
  GtkBox *zoom_box;
  ShumateMap *map;
  ShumateScale *scale;
  GtkLabel *attribution_label;
  GtkWidget *zoom_in_button;
  GtkWidget *zoom_out_button;

  gboolean dark;
  gboolean pick_mode;
  gboolean centre_draggable;
  gboolean has_centre;
  ReunionPoint centre;
  char *description;
  double press_x;
  double press_y;
};

G_DEFINE_FINAL_TYPE (ReunionMapView, reunion_map_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_DARK,
  PROP_PICK_MODE,
  PROP_CENTRE_DRAGGABLE,
  PROP_SELECTED_TIP,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_PLACE_PICKED,
  SIGNAL_TIP_ACTIVATED,
  SIGNAL_CENTRE_MOVING,
  SIGNAL_CENTRE_DRAGGED,
  SIGNAL_PICTURE_REQUESTED,
  SIGNAL_TIPS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static ShumateViewport *
get_viewport (ReunionMapView *self)
{
  return shumate_map_get_viewport (self->map);
}

static void
replace_map_layer (ReunionMapView *self)
{
  ShumateViewport *viewport = get_viewport (self);
  ShumateMapLayer *old = self->map_layer;

  /* A layer keeps its painted tiles to itself, so that a new one is the way
   * to have them painted anew. */
  self->map_layer = shumate_map_layer_new (SHUMATE_MAP_SOURCE (self->source), viewport);
  shumate_map_insert_layer_behind (self->map, SHUMATE_LAYER (self->map_layer),
                                   reunion_map_sheet_get_lowest_layer (self->sheet));
  if (old != NULL)
    shumate_map_remove_layer (self->map, SHUMATE_LAYER (old));
}

static void
update_attribution (ReunionMapView *self)
{
  const char *own = reunion_map_sheet_get_attribution (self->sheet);
  const char *built_in = _ ("No base map is installed");
  g_autofree char *both = NULL;

  if (reunion_base_map_source_has_map (self->source))
    built_in = reunion_base_map_source_get_attribution (self->source);
  else if (reunion_map_sheet_get_base_problem (self->sheet) != NULL)
    /* Which the note tells. */
    built_in = "";
  both = g_strjoin (*own != '\0' && *built_in != '\0' ? " · " : "", *own != '\0' ? own : built_in,
                    *own != '\0' ? built_in : NULL, NULL);
  gtk_label_set_text (self->attribution_label, both);
  gtk_widget_set_visible (GTK_WIDGET (self->attribution_label), *both != '\0');
}

/* @reason: what is wrong with the base map, or NULL */
static void
show_base_problem (ReunionMapView *self, const char *reason)
{
  g_autofree char *text = NULL;

  if (reason != NULL)
    /* Translators: %s is a sentence that says what is wrong with the base map. */
    text = g_strdup_printf (_ ("%s Circles, tips and coordinates are right without it. Have the "
                               "program installed again."),
                            reason);
  reunion_map_sheet_set_base_problem (self->sheet, text);
}

static void
damaged_cb (ReunionMapView *self)
{
  show_base_problem (self, reunion_base_map_source_get_problem (self->source));
}

static void
update_zoom_buttons (ReunionMapView *self)
{
  double zoom = shumate_viewport_get_zoom_level (get_viewport (self));

  gtk_widget_set_sensitive (self->zoom_in_button,
                            zoom < shumate_viewport_get_max_zoom_level (get_viewport (self)));
  gtk_widget_set_sensitive (self->zoom_out_button, zoom > REUNION_BASE_MAP_SOURCE_MIN_ZOOM);
}

static void
zoom_by (ReunionMapView *self, double steps)
{
  ShumateViewport *viewport = get_viewport (self);
  double zoom = round (shumate_viewport_get_zoom_level (viewport) + steps);

  shumate_map_stop_go_to (self->map);
  /* Which keeps to the least and the most. */
  shumate_viewport_set_zoom_level (viewport, zoom);
}

static void
key_zoom_cb (gpointer user_data, double steps)
{
  zoom_by (user_data, steps);
}

static void
zoom_in_clicked_cb (ReunionMapView *self)
{
  zoom_by (self, 1.0);
}

static void
zoom_out_clicked_cb (ReunionMapView *self)
{
  zoom_by (self, -1.0);
}

static void
tip_activated_cb (ReunionMapView *self, const char *id)
{
  g_signal_emit (self, signals[SIGNAL_TIP_ACTIVATED], 0, id);
}

/* Many come a while after they were set. */
static void
tips_changed_cb (ReunionMapView *self)
{
  reunion_map_tools_update (self->tools);
  g_signal_emit (self, signals[SIGNAL_TIPS_CHANGED], 0);
}

static void
cluster_activated_cb (ReunionMapView *self, double lat_deg, double lon_deg)
{
  double zoom = floor (shumate_viewport_get_zoom_level (get_viewport (self)));

  reunion_map_aim_go_to (self->aim, (ReunionPoint){ lat_deg, lon_deg }, zoom + 2.0);
}

static void
pick_pressed_cb (ReunionMapView *self, int n_press, double x, double y)
{
  self->press_x = x;
  self->press_y = y;
}

static void
pick_released_cb (ReunionMapView *self, int n_press, double x, double y)
{
  double lat_deg;
  double lon_deg;

  if (!self->pick_mode || n_press != 1 || hypot (x - self->press_x, y - self->press_y) > CLICK_PX)
    return;
  shumate_viewport_widget_coords_to_location (get_viewport (self), GTK_WIDGET (self->map), x, y,
                                              &lat_deg, &lon_deg);
  lon_deg = reunion_geodesy_wrap_longitude (lon_deg);
  if (isfinite (lat_deg) && fabs (lat_deg) <= 90.0)
    g_signal_emit (self, signals[SIGNAL_PLACE_PICKED], 0, lat_deg, lon_deg);
}

/* What is picked is not dragged. */
static void
update_drag (ReunionMapView *self)
{
  reunion_map_drag_set_pin (
      self->drag,
      self->has_centre && self->centre_draggable && !self->pick_mode ? &self->centre : NULL);
}

static void
centre_moved_cb (gpointer user_data, ReunionPoint point, gboolean is_down)
{
  ReunionMapView *self = user_data;

  reunion_ring_layer_move (self->ring_layer, point);
  if (!is_down)
    {
      g_signal_emit (self, signals[SIGNAL_CENTRE_MOVING], 0, point.lat_deg, point.lon_deg);
      return;
    }
  self->centre = point;
  g_signal_emit (self, signals[SIGNAL_CENTRE_DRAGGED], 0, point.lat_deg, point.lon_deg);
}

/* Animated zooming repaints the whole view sixty times a second, which only a
 * graphics card does without a stutter. */
static void
reunion_map_view_realize (GtkWidget *widget)
{
  ReunionMapView *self = REUNION_MAP_VIEW (widget);
  GskRenderer *renderer;

  GTK_WIDGET_CLASS (reunion_map_view_parent_class)->realize (widget);
  renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  shumate_map_set_animate_zoom (
      self->map,
      renderer != NULL && g_strcmp0 (G_OBJECT_TYPE_NAME (renderer), "GskCairoRenderer") != 0);
}

static void
reunion_map_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ReunionMapView *self = REUNION_MAP_VIEW (widget);

  gtk_widget_allocate (self->overlay, width, height, baseline, NULL);
  if (width > 0 && height > 0)
    reunion_map_aim_sized (self->aim);
}

static void
reunion_map_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  ReunionMapView *self = REUNION_MAP_VIEW (widget);

  gtk_widget_measure (self->overlay, orientation, for_size, minimum, natural, NULL, NULL);
  *minimum_baseline = *natural_baseline = -1;
}

static void
scale_factor_changed_cb (ReunionMapView *self)
{
  if (self->source != NULL)
    reunion_base_map_source_set_scale (self->source,
                                       (guint) gtk_widget_get_scale_factor (GTK_WIDGET (self)));
}

static void
reunion_map_view_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  ReunionMapView *self = REUNION_MAP_VIEW (object);

  switch (property_id)
    {
    case PROP_DARK:
      g_value_set_boolean (value, self->dark);
      break;
    case PROP_PICK_MODE:
      g_value_set_boolean (value, self->pick_mode);
      break;
    case PROP_CENTRE_DRAGGABLE:
      g_value_set_boolean (value, self->centre_draggable);
      break;
    case PROP_SELECTED_TIP:
      g_value_set_string (value, reunion_map_view_get_selected_tip (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
reunion_map_view_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  ReunionMapView *self = REUNION_MAP_VIEW (object);

  switch (property_id)
    {
    case PROP_DARK:
      reunion_map_view_set_dark (self, g_value_get_boolean (value));
      break;
    case PROP_PICK_MODE:
      reunion_map_view_set_pick_mode (self, g_value_get_boolean (value));
      break;
    case PROP_CENTRE_DRAGGABLE:
      reunion_map_view_set_centre_draggable (self, g_value_get_boolean (value));
      break;
    case PROP_SELECTED_TIP:
      reunion_map_view_set_selected_tip (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
reunion_map_view_dispose (GObject *object)
{
  ReunionMapView *self = REUNION_MAP_VIEW (object);

  g_clear_pointer (&self->tools, reunion_map_tools_free);
  g_clear_pointer (&self->aim, reunion_map_aim_free);
  g_clear_pointer (&self->sheet, reunion_map_sheet_free);
  g_clear_pointer (&self->drag, reunion_map_drag_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  g_clear_object (&self->source);

  G_OBJECT_CLASS (reunion_map_view_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_DARK] = g_param_spec_boolean ("dark", NULL, NULL, FALSE, flags);
  properties[PROP_PICK_MODE] = g_param_spec_boolean ("pick-mode", NULL, NULL, FALSE, flags);
  properties[PROP_CENTRE_DRAGGABLE]
      = g_param_spec_boolean ("centre-draggable", NULL, NULL, FALSE, flags);
  properties[PROP_SELECTED_TIP] = g_param_spec_string ("selected-tip", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_PLACE_PICKED]
      = g_signal_new ("place-picked", REUNION_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[SIGNAL_CENTRE_MOVING]
      = g_signal_new ("centre-moving", REUNION_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[SIGNAL_CENTRE_DRAGGED]
      = g_signal_new ("centre-dragged", REUNION_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[SIGNAL_TIP_ACTIVATED]
      = g_signal_new ("tip-activated", REUNION_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_PICTURE_REQUESTED]
      = g_signal_new ("picture-requested", REUNION_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TIPS_CHANGED]
      = g_signal_new ("tips-changed", REUNION_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 0);
}

static void
reunion_map_view_class_init (ReunionMapViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reunion_map_view_dispose;
  object_class->get_property = reunion_map_view_get_property;
  object_class->set_property = reunion_map_view_set_property;
  widget_class->realize = reunion_map_view_realize;
  widget_class->size_allocate = reunion_map_view_size_allocate;
  widget_class->measure = reunion_map_view_measure;
  install_properties (object_class);

  g_type_ensure (SHUMATE_TYPE_MAP);
  g_type_ensure (SHUMATE_TYPE_SCALE);
  /* Named here, or a linker would leave the resources out of the program. */
  g_resources_register (reunion_map_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "reunion-map-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ReunionMapView, overlay);
  gtk_widget_class_bind_template_child (widget_class, ReunionMapView, zoom_box);
  gtk_widget_class_bind_template_child (widget_class, ReunionMapView, map);
  gtk_widget_class_bind_template_child (widget_class, ReunionMapView, scale);
  gtk_widget_class_bind_template_child (widget_class, ReunionMapView, attribution_label);
  gtk_widget_class_bind_template_child (widget_class, ReunionMapView, zoom_in_button);
  gtk_widget_class_bind_template_child (widget_class, ReunionMapView, zoom_out_button);
  gtk_widget_class_bind_template_callback (widget_class, zoom_in_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_out_clicked_cb);
  gtk_widget_class_set_css_name (widget_class, "map-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_style (GtkWidget *widget)
{
  static gsize added = 0;
  g_autoptr (GtkCssProvider) provider = NULL;

  if (!g_once_init_enter (&added))
    return;
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, RESOURCE_PREFIX "reunion-map-view.css");
  gtk_style_context_add_provider_for_display (gtk_widget_get_display (widget),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (
      gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), RESOURCE_PREFIX "icons");
  g_once_init_leave (&added, 1);
}

static void
add_click (ReunionMapView *self, guint button)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), button);
  reunion_map_click_mend (GTK_GESTURE_CLICK (click));
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pick_pressed_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (pick_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->map), GTK_EVENT_CONTROLLER (click));
}

static void
reunion_map_view_init (ReunionMapView *self)
{
  ShumateViewport *viewport;

  gtk_widget_init_template (GTK_WIDGET (self));
  add_style (GTK_WIDGET (self));

  viewport = get_viewport (self);
  reunion_pixels_watch (GTK_WIDGET (self->map), viewport);
  self->aim = reunion_map_aim_new (self->map);
  self->drag = reunion_map_drag_new (self->map, centre_moved_cb, self);
  self->edge_layer = reunion_edge_layer_new (viewport);
  self->ring_layer = reunion_ring_layer_new (viewport);
  self->envelope_layer = reunion_envelope_layer_new (viewport);
  self->line_layer = reunion_line_layer_new (viewport);
  self->tip_layer = reunion_tip_layer_new (viewport);
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->edge_layer));
  /* The labels of the circles stand above every line. */
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->envelope_layer));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->ring_layer));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->line_layer));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->tip_layer));
  self->sheet = reunion_map_sheet_new (self->map, SHUMATE_LAYER (self->edge_layer),
                                       GTK_OVERLAY (self->overlay));
  shumate_scale_set_viewport (self->scale, viewport);
  reunion_map_keys_add (self->map, key_zoom_cb, self);
  self->tools
      = reunion_map_tools_new (GTK_WIDGET (self), GTK_OVERLAY (self->overlay), self->zoom_box,
                               self->map, self->aim, self->tip_layer, self->line_layer);
  shumate_viewport_set_min_zoom_level (viewport, REUNION_BASE_MAP_SOURCE_MIN_ZOOM);
  shumate_viewport_set_max_zoom_level (viewport, REUNION_BASE_MAP_SOURCE_MAX_ZOOM);
  g_signal_connect_object (viewport, "notify::zoom-level", G_CALLBACK (update_zoom_buttons), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tip_layer, "tip-activated", G_CALLBACK (tip_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tip_layer, "tips-changed", G_CALLBACK (tips_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tip_layer, "cluster-activated", G_CALLBACK (cluster_activated_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (scale_factor_changed_cb), NULL);
  add_click (self, GDK_BUTTON_PRIMARY);
  add_click (self, GDK_BUTTON_SECONDARY);
  reunion_map_view_set_description (self, NULL);
}

char *
reunion_map_view_find_base_map (const char *const *paths)
{
  const char *chosen = g_getenv (REUNION_BASE_MAP_ENV);

  if (chosen != NULL && *chosen != '\0')
    return g_strdup (chosen);
  for (gsize i = 0; paths != NULL && paths[i] != NULL; i++)
    if (g_file_test (paths[i], G_FILE_TEST_IS_REGULAR))
      return g_strdup (paths[i]);
  return NULL;
}

ReunionMapView *
reunion_map_view_new (const char *base_map_path)
{
  ReunionMapView *self = g_object_new (REUNION_TYPE_MAP_VIEW, NULL);
  g_autoptr (GError) error = NULL;

  if (!reunion_map_view_set_base_map (self, base_map_path, &error) && error != NULL)
    g_warning ("%s", error->message);
  return self;
}

gboolean
reunion_map_view_set_base_map (ReunionMapView *self, const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (REUNION_IS_MAP_VIEW (self), FALSE);

  g_clear_object (&self->source);
  self->source = reunion_base_map_source_new (path, &problem);
  show_base_problem (self, problem != NULL ? problem->message : NULL);
  reunion_base_map_source_set_dark (self->source, self->dark);
  scale_factor_changed_cb (self);
  g_signal_connect_object (self->source, "damaged", G_CALLBACK (damaged_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->source, "repaint", G_CALLBACK (replace_map_layer), self,
                           G_CONNECT_SWAPPED);
  /* Without it the layers can't tell how large the world is, and show nothing. */
  shumate_viewport_set_reference_map_source (get_viewport (self),
                                             SHUMATE_MAP_SOURCE (self->source));
  reunion_map_sheet_update_zooms (self->sheet);
  replace_map_layer (self);
  update_attribution (self);
  if (!reunion_map_aim_is_set (self->aim))
    reunion_map_aim_go_to (self->aim, (ReunionPoint){ START_LAT_DEG, START_LON_DEG }, START_ZOOM);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return reunion_base_map_source_has_map (self->source);
}

ReunionBaseMapSource *
reunion_map_view_get_source (ReunionMapView *self)
{
  g_return_val_if_fail (REUNION_IS_MAP_VIEW (self), NULL);

  return self->source;
}

void
reunion_map_view_set_tile_source (ReunionMapView *self,
                                  ReunionTileSource *source,
                                  const char *problem)
{
  g_return_if_fail (REUNION_IS_MAP_VIEW (self));
  g_return_if_fail (source == NULL || REUNION_IS_TILE_SOURCE (source));

  reunion_map_sheet_set (self->sheet, source, problem);
  update_zoom_buttons (self);
  if (self->source != NULL)
    update_attribution (self);
}

void
reunion_map_view_set_dark (ReunionMapView *self, gboolean dark)
{
  g_return_if_fail (REUNION_IS_MAP_VIEW (self));

  dark = !!dark;
  if (self->dark == dark)
    return;
  self->dark = dark;
  if (dark)
    gtk_widget_add_css_class (GTK_WIDGET (self), "map-dark");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "map-dark");
  reunion_map_sheet_set_dark (self->sheet, dark);
  reunion_edge_layer_set_dark (self->edge_layer, dark);
  reunion_ring_layer_set_dark (self->ring_layer, dark);
  reunion_envelope_layer_set_dark (self->envelope_layer, dark);
  reunion_line_layer_set_dark (self->line_layer, dark);
  reunion_tip_layer_set_dark (self->tip_layer, dark);
  if (self->source != NULL)
    reunion_base_map_source_set_dark (self->source, dark);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DARK]);
}

void
reunion_map_view_set_contrast (ReunionMapView *self, gboolean contrast)
{
  g_return_if_fail (REUNION_IS_MAP_VIEW (self));

  if (contrast)
    gtk_widget_add_css_class (GTK_WIDGET (self), "map-contrast");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "map-contrast");
  reunion_line_layer_set_contrast (self->line_layer, contrast);
  reunion_tip_layer_set_contrast (self->tip_layer, contrast);
}

gboolean
reunion_map_view_get_dark (ReunionMapView *self)
{
  g_return_val_if_fail (REUNION_IS_MAP_VIEW (self), FALSE);

  return self->dark;
}

/* Of the circles that are reached, or of all where none is. */
static double
furthest_km (const ReunionRing *rings, gsize n_rings)
{
  double reached_km = 0.0;
  double all_km = 0.0;

  for (gsize i = 0; i < n_rings; i++)
    {
      all_km = MAX (all_km, rings[i].radius_km);
      if (rings[i].reached)
        reached_km = MAX (reached_km, rings[i].radius_km);
    }
  return reached_km > 0.0 ? reached_km : all_km;
}

void
reunion_map_view_set_centre_and_rings (ReunionMapView *self,
                                       ReunionPoint centre,
                                       const ReunionRing *rings,
                                       gsize n_rings)
{
  ReunionPoint held = centre;

  g_return_if_fail (REUNION_IS_MAP_VIEW (self));

  self->has_centre = TRUE;
  self->centre = centre;
  update_drag (self);
  /* The clock goes on while the pin is in somebody's hand. */
  reunion_map_drag_get_held (self->drag, &held);
  reunion_ring_layer_set_rings (self->ring_layer, held, rings, n_rings);
  reunion_map_tools_set_lost (self->tools, reunion_point_is_valid (centre) ? &centre : NULL,
                              furthest_km (rings, n_rings));
}

void
reunion_map_view_clear_rings (ReunionMapView *self)
{
  g_return_if_fail (REUNION_IS_MAP_VIEW (self));

  self->has_centre = FALSE;
  update_drag (self);
  reunion_ring_layer_clear (self->ring_layer);
  reunion_map_tools_set_lost (self->tools, NULL, 0.0);
}

void
reunion_map_view_set_envelopes (ReunionMapView *self,
                                ReunionPoint centre,
                                const ReunionEnvelope *envelopes,
                                gsize n_envelopes)
{
  g_return_if_fail (REUNION_IS_MAP_VIEW (self));

  reunion_envelope_layer_set_envelopes (self->envelope_layer, centre, envelopes, n_envelopes);
}

void
reunion_map_view_set_tips (ReunionMapView *self, const ReunionTipSpot *tips, gsize n_tips)
{
  g_return_if_fail (REUNION_IS_MAP_VIEW (self));

  reunion_tip_layer_set_tips (self->tip_layer, tips, n_tips);
}

void
reunion_map_view_set_selected_tip (ReunionMapView *self, const char *id)
{
  g_return_if_fail (REUNION_IS_MAP_VIEW (self));

  if (g_strcmp0 (reunion_tip_layer_get_selected (self->tip_layer), id) == 0)
    return;
  reunion_tip_layer_set_selected (self->tip_layer, id);
  reunion_map_tools_update (self->tools);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_TIP]);
}

const char *
reunion_map_view_get_selected_tip (ReunionMapView *self)
{
  g_return_val_if_fail (REUNION_IS_MAP_VIEW (self), NULL);

  return reunion_tip_layer_get_selected (self->tip_layer);
}

void
reunion_map_view_fit_circle (ReunionMapView *self, ReunionPoint centre, double radius_km)
{
  g_return_if_fail (REUNION_IS_MAP_VIEW (self));

  reunion_map_aim_fit_circle (self->aim, centre, radius_km);
}

void
reunion_map_view_fit_points (ReunionMapView *self, const ReunionPoint *points, gsize n_points)
{
  g_return_if_fail (REUNION_IS_MAP_VIEW (self));

  reunion_map_aim_fit_points (self->aim, points, n_points);
}

void
reunion_map_view_go_to (ReunionMapView *self, ReunionPoint point, double zoom)
{
  g_return_if_fail (REUNION_IS_MAP_VIEW (self));
  g_return_if_fail (reunion_point_is_valid (point));

  reunion_map_aim_go_to (self->aim, point, zoom);
}

ReunionPoint
reunion_map_view_get_centre (ReunionMapView *self)
{
  ShumateLocation *location;

  g_return_val_if_fail (REUNION_IS_MAP_VIEW (self), ((ReunionPoint){ 0.0, 0.0 }));

  location = SHUMATE_LOCATION (get_viewport (self));
  return (ReunionPoint){ shumate_location_get_latitude (location),
                         shumate_location_get_longitude (location) };
}

double
reunion_map_view_get_zoom (ReunionMapView *self)
{
  g_return_val_if_fail (REUNION_IS_MAP_VIEW (self), 0.0);

  return shumate_viewport_get_zoom_level (get_viewport (self));
}

void
reunion_map_view_set_pick_mode (ReunionMapView *self, gboolean pick_mode)
{
  g_return_if_fail (REUNION_IS_MAP_VIEW (self));

  pick_mode = !!pick_mode;
  if (self->pick_mode == pick_mode)
    return;
  self->pick_mode = pick_mode;
  update_drag (self);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->map), pick_mode ? "crosshair" : NULL);
  /* A child may be last seen where somebody saw it since. */
  gtk_widget_set_can_target (GTK_WIDGET (self->tip_layer), !pick_mode);
  reunion_map_tools_set_picking (self->tools, pick_mode);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PICK_MODE]);
}

gboolean
reunion_map_view_get_pick_mode (ReunionMapView *self)
{
  g_return_val_if_fail (REUNION_IS_MAP_VIEW (self), FALSE);

  return self->pick_mode;
}

void
reunion_map_view_set_description (ReunionMapView *self, const char *text)
{
  g_autofree char *whole = NULL;

  g_return_if_fail (REUNION_IS_MAP_VIEW (self));

  if (text != self->description)
    {
      g_free (self->description);
      self->description = g_strdup (text);
    }
  if (self->centre_draggable && self->has_centre)
    /* Translators: what the map shows; how to move its pin */
    whole = g_strdup_printf (_ ("%s. Drag the place of loss to move it, or hold Alt and press the "
                                "arrow keys."),
                             text != NULL ? text : _ ("Map"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  /* Translators: name of the map for screen readers. */
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Map"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  whole != NULL  ? whole
                                  : text != NULL ? text
                                                 : "",
                                  -1);
}

void
reunion_map_view_set_centre_draggable (ReunionMapView *self, gboolean draggable)
{
  g_return_if_fail (REUNION_IS_MAP_VIEW (self));

  draggable = !!draggable;
  if (self->centre_draggable == draggable)
    return;
  self->centre_draggable = draggable;
  update_drag (self);
  reunion_map_view_set_description (self, self->description);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CENTRE_DRAGGABLE]);
}

gboolean
reunion_map_view_get_centre_draggable (ReunionMapView *self)
{
  g_return_val_if_fail (REUNION_IS_MAP_VIEW (self), FALSE);

  return self->centre_draggable;
}

gboolean
reunion_map_view_get_box (ReunionMapView *self, ReunionPoint *south_west, ReunionPoint *north_east)
{
  double width, height, world_px;
  ReunionMercator middle;

  g_return_val_if_fail (REUNION_IS_MAP_VIEW (self), FALSE);
  g_return_val_if_fail (south_west != NULL && north_east != NULL, FALSE);

  width = gtk_widget_get_width (GTK_WIDGET (self->map));
  height = gtk_widget_get_height (GTK_WIDGET (self->map));
  if (width <= 0.0 || height <= 0.0)
    return FALSE;
  world_px = REUNION_TILE_SIZE * exp2 (reunion_map_view_get_zoom (self));
  middle = reunion_mercator_project (reunion_map_view_get_centre (self));
  *south_west = reunion_mercator_unproject ((ReunionMercator){
      middle.x - width / 2.0 / world_px, CLAMP (middle.y + height / 2.0 / world_px, 0.0, 1.0) });
  *north_east = reunion_mercator_unproject ((ReunionMercator){
      middle.x + width / 2.0 / world_px, CLAMP (middle.y - height / 2.0 / world_px, 0.0, 1.0) });
  if (width >= world_px)
    {
      south_west->lon_deg = -180.0;
      north_east->lon_deg = 180.0;
      return TRUE;
    }
  south_west->lon_deg = reunion_geodesy_wrap_longitude (south_west->lon_deg);
  north_east->lon_deg = reunion_geodesy_wrap_longitude (north_east->lon_deg);
  return TRUE;
}

GtkWidget *
reunion_map_view_get_attribution_widget (ReunionMapView *self)
{
  g_return_val_if_fail (REUNION_IS_MAP_VIEW (self), NULL);

  return GTK_WIDGET (self->attribution_label);
}

const char *
reunion_map_view_get_note (ReunionMapView *self)
{
  g_return_val_if_fail (REUNION_IS_MAP_VIEW (self), NULL);

  return reunion_map_measure_get_text (reunion_map_tools_get_measure (self->tools));
}

const ReunionTipSet *
reunion_map_view_get_tip_set (ReunionMapView *self)
{
  g_return_val_if_fail (REUNION_IS_MAP_VIEW (self), NULL);

  return reunion_tip_layer_get_set (self->tip_layer);
}
