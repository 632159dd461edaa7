/* reunion-map-tools.c: what can be done with a map besides moving it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-map-tools.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "reunion-map-words.h"
#include "reunion-ring-shape.h"

#define LOST_ZOOM 10.0
/* A tip that the keyboard goes to comes at least so far into the map. */
#define EDGE_PX 40.0

struct _ReunionMapTools
{
  GtkWidget *view;
  ShumateMap *map;
  ReunionMapAim *aim;
  ReunionTipLayer *tips;
  ReunionLineLayer *lines;
  ReunionMapMeasure *measure;
  ReunionTipHover *hover;
  GSimpleActionGroup *actions;
  GtkWidget *menu;
  GtkEventController *keys;
  GtkGesture *click;

  gboolean has_lost;
  ReunionPoint lost;
  double radius_km;
  gboolean is_picking;
  ReunionPoint asked; /* where the menu was opened */
};

static ReunionPoint
middle (ReunionMapTools *self)
{
  ShumateLocation *location = SHUMATE_LOCATION (shumate_map_get_viewport (self->map));

  return (
      ReunionPoint){ shumate_location_get_latitude (location),
                     reunion_geodesy_wrap_longitude (shumate_location_get_longitude (location)) };
}

/* The selected tip's place, else the middle of the map. */
static ReunionPoint
here (ReunionMapTools *self)
{
  guint tip = reunion_tip_layer_get_selected_index (self->tips);

  return tip != REUNION_TIP_NONE
             ? reunion_tip_set_get (reunion_tip_layer_get_set (self->tips), tip)->point
             : middle (self);
}

static void
set_enabled (ReunionMapTools *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

static gboolean
get_state (ReunionMapTools *self, const char *name)
{
  g_autoptr (GVariant) state
      = g_action_group_get_action_state (G_ACTION_GROUP (self->actions), name);

  return g_variant_get_boolean (state);
}

/* --- actions ---------------------------------------------------------------------- */

static void
go_to_loss_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ReunionMapTools *self = user_data;
  double zoom = floor (shumate_viewport_get_zoom_level (shumate_map_get_viewport (self->map)));

  reunion_map_aim_go_to (self->aim, self->lost, MAX (zoom, LOST_ZOOM));
}

static void
extend (ReunionMercator *min, ReunionMercator *max, gboolean *any, double x, double y)
{
  y = CLAMP (y, 0.0, 1.0);
  if (!*any)
    *min = *max = (ReunionMercator){ x, y };
  *any = TRUE;
  *min = (ReunionMercator){ MIN (min->x, x), MIN (min->y, y) };
  *max = (ReunionMercator){ MAX (max->x, x), MAX (max->y, y) };
}

static void
fit_all_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ReunionMapTools *self = user_data;
  const ReunionTipSet *set = reunion_tip_layer_get_set (self->tips);
  const ReunionMercator *points = reunion_tip_set_get_points (set);
  ReunionMercator min = { 0.0, 0.0 };
  ReunionMercator max = { 0.0, 0.0 };
  gboolean any = FALSE;
  double around = 0.5;

  if (self->has_lost)
    {
      g_autoptr (ReunionRingShape) ring
          = self->radius_km > 0.0 ? reunion_ring_shape_new (self->lost, self->radius_km, 360)
                                  : NULL;
      ReunionMercator at = reunion_mercator_project (self->lost);

      extend (&min, &max, &any, at.x, at.y);
      if (ring != NULL)
        {
          extend (&min, &max, &any, ring->min_x, ring->min_y);
          extend (&min, &max, &any, ring->max_x, ring->max_y);
        }
      around = at.x;
    }
  else if (reunion_tip_set_get_n (set) > 0)
    around = points[0].x;
  for (guint i = 0; i < reunion_tip_set_get_n (set); i++)
    extend (&min, &max, &any, points[i].x - round (points[i].x - around), points[i].y);
  if (any)
    reunion_map_aim_fit (self->aim, min, max);
}

static void
measure_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  ReunionMapTools *self = user_data;

  if (g_variant_get_boolean (value))
    reunion_map_measure_start (self->measure, NULL);
  else
    reunion_map_measure_stop (self->measure);
}

static void
measure_from_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ReunionMapTools *self = user_data;

  reunion_map_measure_start (self->measure, &self->asked);
}

static void
measure_changed_cb (gpointer user_data, gboolean is_active)
{
  ReunionMapTools *self = user_data;
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "measure");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (is_active));
  gtk_widget_set_can_target (GTK_WIDGET (self->tips), !is_active && !self->is_picking);
  reunion_tip_hover_set_paused (self->hover, is_active);
  if (!is_active && self->is_picking)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self->map), "crosshair");
}

static void
line_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  ReunionMapTools *self = user_data;

  g_simple_action_set_state (action, value);
  reunion_line_layer_set_course (
      self->lines, g_variant_get_boolean (value) ? reunion_tip_layer_get_set (self->tips) : NULL);
  if (g_variant_get_boolean (value) && reunion_line_layer_get_n_legs (self->lines) == 0)
    reunion_map_measure_note (self->measure,
                              _ ("Nothing to join yet: fewer than two credible tips have a time"));
}

static void
copy_text (ReunionMapTools *self, ReunionPoint point, ReunionDatum datum)
{
  g_autofree char *text = reunion_map_words_coordinates (point, datum);
  /* Translators: coordinates, and the datum that they are in */
  g_autofree char *note
      = g_strdup_printf (_ ("Copied %s (%s)"), text, reunion_map_words_datum (datum));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->view), text);
  reunion_map_measure_note (self->measure, note);
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ReunionMapTools *self = user_data;
  ReunionDatum datum = REUNION_DATUM_WGS84;

  reunion_datum_from_name (g_variant_get_string (parameter, NULL), &datum);
  copy_text (self, self->asked, datum);
}

static void
picture_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ReunionMapTools *self = user_data;

  g_signal_emit_by_name (self->view, "picture-requested");
}

static const GActionEntry entries[] = {
  { .name = "go-to-loss", .activate = go_to_loss_cb },
  { .name = "fit-all", .activate = fit_all_cb },
  { .name = "measure", .state = "false", .change_state = measure_cb },
  { .name = "measure-from", .activate = measure_from_cb },
  { .name = "line", .state = "false", .change_state = line_cb },
  { .name = "copy", .parameter_type = "s", .activate = copy_cb },
  { .name = "picture", .activate = picture_cb },
};

/* --- the menu --------------------------------------------------------------------- */

static GMenuModel *
make_menu (ReunionMapTools *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) copy = g_menu_new ();
  g_autoptr (GMenu) go = g_menu_new ();
  const ReunionDatum datums[] = { REUNION_DATUM_WGS84, REUNION_DATUM_GCJ02, REUNION_DATUM_BD09 };

  for (gsize i = 0; i < G_N_ELEMENTS (datums); i++)
    {
      g_autofree char *text = reunion_map_words_coordinates (self->asked, datums[i]);
      g_autofree char *label
          /* Translators: menu item; coordinates, and the datum that they are in */
          = g_strdup_printf (_ ("Copy %s (%s)"), text, reunion_map_words_datum (datums[i]));
      g_autofree char *action
          = g_strdup_printf ("map.copy('%s')", reunion_datum_to_name (datums[i]));

      g_menu_append (copy, label, action);
    }
  g_menu_append (go, _ ("Measure from Here"), "map.measure-from");
  g_menu_append (go, _ ("Go to the Place of Loss"), "map.go-to-loss");
  g_menu_append (go, _ ("Show Circle and Tips"), "map.fit-all");
  g_menu_append (go, _ ("Save as Picture…"), "map.picture");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copy));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (go));
  return G_MENU_MODEL (menu);
}

static void
open_menu (ReunionMapTools *self, double x, double y, ReunionPoint point)
{
  g_autoptr (GMenuModel) model = NULL;
  const GdkRectangle at = { (int) x, (int) y, 1, 1 };

  self->asked = point;
  model = make_menu (self);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
right_click_cb (ReunionMapTools *self, int n_press, double x, double y)
{
  ReunionPoint point;

  if (self->is_picking)
    return;
  shumate_viewport_widget_coords_to_location (shumate_map_get_viewport (self->map),
                                              GTK_WIDGET (self->map), x, y, &point.lat_deg,
                                              &point.lon_deg);
  point.lon_deg = reunion_geodesy_wrap_longitude (point.lon_deg);
  if (reunion_point_is_valid (point))
    open_menu (self, x, y, point);
}

static void
open_menu_by_key (ReunionMapTools *self)
{
  ReunionTipHit hit = { .x = gtk_widget_get_width (self->view) / 2.0,
                        .y = gtk_widget_get_height (self->view) / 2.0 };

  reunion_tip_layer_locate_selected (self->tips, &hit);
  open_menu (self, hit.x, hit.y, here (self));
}

/* --- from tip to tip -------------------------------------------------------------- */

static void
select_tip (ReunionMapTools *self, guint tip)
{
  const ReunionTipSet *set = reunion_tip_layer_get_set (self->tips);
  g_autofree char *id = NULL;
  ReunionPoint point;
  ReunionTipHit hit;

  if (tip == REUNION_TIP_NONE)
    return;
  /* The signal may bring other tips. */
  id = g_strdup (reunion_tip_set_get (set, tip)->id);
  point = reunion_tip_set_get (set, tip)->point;
  g_object_set (self->view, "selected-tip", id, NULL);
  if (!reunion_tip_layer_locate_selected (self->tips, &hit) || hit.x < EDGE_PX || hit.y < EDGE_PX
      || hit.x > gtk_widget_get_width (self->view) - EDGE_PX
      || hit.y > gtk_widget_get_height (self->view) - EDGE_PX)
    reunion_map_aim_go_to (
        self->aim, point,
        floor (shumate_viewport_get_zoom_level (shumate_map_get_viewport (self->map))));
}

static void
step (ReunionMapTools *self, int by)
{
  select_tip (self, reunion_tip_set_step (reunion_tip_layer_get_set (self->tips),
                                          reunion_tip_layer_get_selected_index (self->tips), by));
}

static void
go_towards (ReunionMapTools *self, int right, int down)
{
  select_tip (self, reunion_tip_set_towards (reunion_tip_layer_get_set (self->tips),
                                             reunion_mercator_project (here (self)), right, down,
                                             reunion_tip_layer_get_selected_index (self->tips)));
}

static gboolean
open_tip (ReunionMapTools *self)
{
  g_autofree char *id = g_strdup (reunion_tip_layer_get_selected (self->tips));

  if (id == NULL || reunion_tip_layer_get_selected_index (self->tips) == REUNION_TIP_NONE)
    return FALSE;
  g_signal_emit_by_name (self->view, "tip-activated", id);
  return TRUE;
}

static gboolean
escape (ReunionMapTools *self)
{
  if (reunion_map_measure_is_active (self->measure))
    reunion_map_measure_stop (self->measure);
  else if (reunion_tip_layer_get_selected (self->tips) != NULL)
    g_object_set (self->view, "selected-tip", NULL, NULL);
  else
    return FALSE;
  return TRUE;
}

static gboolean
run (ReunionMapTools *self, const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->actions), action, NULL);
  return TRUE;
}

static gboolean
ctrl_pressed (ReunionMapTools *self, guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Left:
      go_towards (self, -1, 0);
      return TRUE;
    case GDK_KEY_Right:
      go_towards (self, 1, 0);
      return TRUE;
    case GDK_KEY_Up:
      go_towards (self, 0, -1);
      return TRUE;
    case GDK_KEY_Down:
      go_towards (self, 0, 1);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType modifiers,
                gpointer user_data)
{
  ReunionMapTools *self = user_data;
  gboolean is_measuring = reunion_map_measure_is_active (self->measure);

  if ((modifiers & GDK_ALT_MASK) != 0)
    return FALSE;
  if ((modifiers & GDK_CONTROL_MASK) != 0)
    return ctrl_pressed (self, keyval);
  if (keyval == GDK_KEY_Menu || (keyval == GDK_KEY_F10 && (modifiers & GDK_SHIFT_MASK) != 0))
    {
      open_menu_by_key (self);
      return TRUE;
    }
  switch (gdk_keyval_to_lower (keyval))
    {
    case GDK_KEY_n:
      step (self, 1);
      return TRUE;
    case GDK_KEY_p:
      step (self, -1);
      return TRUE;
    case GDK_KEY_Home:
      return run (self, "go-to-loss");
    case GDK_KEY_End:
      return run (self, "fit-all");
    case GDK_KEY_m:
      return run (self, "measure");
    case GDK_KEY_l:
      return run (self, "line");
    case GDK_KEY_c:
      copy_text (self, here (self), REUNION_DATUM_WGS84);
      return TRUE;
    case GDK_KEY_Escape:
      return escape (self);
    case GDK_KEY_space:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (!is_measuring)
        return keyval != GDK_KEY_space && open_tip (self);
      reunion_map_measure_set_middle (self->measure);
      return TRUE;
    default:
      return FALSE;
    }
}

/* --- building --------------------------------------------------------------------- */

static GtkWidget *
add_button (GtkBox *box,
            GtkWidget *after,
            gboolean is_toggle,
            const char *icon,
            const char *action,
            const char *name,
            const char *key)
{
  GtkWidget *button = is_toggle ? gtk_toggle_button_new () : gtk_button_new ();
  /* Translators: tooltip of a button on the map: what it does, and its key */
  g_autofree char *tooltip = key != NULL ? g_strdup_printf (_ ("%s (%s)"), name, key) : NULL;

  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "osd");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, tooltip != NULL ? tooltip : name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_insert_child_after (box, button, after);
  return button;
}

static void
add_buttons (GtkBox *box)
{
  GtkWidget *last;

  last = add_button (box, NULL, FALSE, "mark-location-symbolic", "map.go-to-loss",
                     _ ("Go to the Place of Loss"), "Home");
  last = add_button (box, last, FALSE, "zoom-fit-best-symbolic", "map.fit-all",
                     _ ("Show Circle and Tips"), "End");
  gtk_widget_set_margin_bottom (last, 6);
  last = add_button (box, last, TRUE, "map-measure-symbolic", "map.measure",
                     _ ("Measure Distance and Bearing"), "M");
  last = add_button (box, last, TRUE, "map-line-symbolic", "map.line",
                     _ ("Join Credible Tips in Order of Time"), "L");
  last = add_button (box, last, FALSE, "camera-photo-symbolic", "map.picture",
                     _ ("Save as Picture…"), NULL);
  gtk_widget_set_margin_bottom (last, 6);
}

ReunionMapTools *
reunion_map_tools_new (GtkWidget *view,
                       GtkOverlay *overlay,
                       GtkBox *box,
                       ShumateMap *map,
                       ReunionMapAim *aim,
                       ReunionTipLayer *tips,
                       ReunionLineLayer *lines)
{
  ReunionMapTools *self = g_new0 (ReunionMapTools, 1);

  self->view = view;
  self->map = map;
  self->aim = aim;
  self->tips = tips;
  self->lines = lines;
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (view, "map", G_ACTION_GROUP (self->actions));
  self->hover = reunion_tip_hover_new (overlay, map, tips);
  self->measure = reunion_map_measure_new (overlay, map, lines, measure_changed_cb, self);
  self->menu = gtk_popover_menu_new_from_model (NULL);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (overlay));
  /* Else the keyboard would be left with whatever stands next to the map. */
  g_signal_connect_swapped (self->menu, "closed", G_CALLBACK (gtk_widget_grab_focus), map);
  self->keys = gtk_event_controller_key_new ();
  g_signal_connect (self->keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (map), self->keys);
  self->click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (self->click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (self->click, "pressed", G_CALLBACK (right_click_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (map), GTK_EVENT_CONTROLLER (self->click));
  add_buttons (box);
  reunion_map_tools_set_lost (self, NULL, 0.0);
  reunion_map_tools_update (self);
  return self;
}

void
reunion_map_tools_free (ReunionMapTools *self)
{
  g_return_if_fail (self != NULL);

  gtk_widget_insert_action_group (self->view, "map", NULL);
  gtk_widget_remove_controller (GTK_WIDGET (self->map), self->keys);
  gtk_widget_remove_controller (GTK_WIDGET (self->map), GTK_EVENT_CONTROLLER (self->click));
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->hover, reunion_tip_hover_free);
  g_clear_pointer (&self->measure, reunion_map_measure_free);
  g_clear_object (&self->actions);
  g_free (self);
}

void
reunion_map_tools_set_lost (ReunionMapTools *self, const ReunionPoint *lost, double radius_km)
{
  g_return_if_fail (self != NULL);

  self->has_lost = lost != NULL;
  if (lost != NULL)
    self->lost = *lost;
  self->radius_km = radius_km;
  set_enabled (self, "go-to-loss", self->has_lost);
  reunion_tip_hover_set_lost (self->hover, lost);
  reunion_map_tools_update (self);
}

void
reunion_map_tools_update (ReunionMapTools *self)
{
  const ReunionTipSet *set;
  guint tip;
  g_autofree char *text = NULL;

  g_return_if_fail (self != NULL);

  set = reunion_tip_layer_get_set (self->tips);
  tip = reunion_tip_layer_get_selected_index (self->tips);
  set_enabled (self, "fit-all", self->has_lost || reunion_tip_set_get_n (set) > 0);
  reunion_line_layer_set_course (self->lines, get_state (self, "line") ? set : NULL);
  reunion_tip_hover_update (self->hover);
  if (tip != REUNION_TIP_NONE)
    text = reunion_tip_card_describe (set, tip, self->has_lost ? &self->lost : NULL);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->map), GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : _ ("Map"),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      _ ("N and P go to the next and the previous tip in order of time, Ctrl and an arrow to the "
         "nearest in that direction, Enter opens it. Home: place of loss. End: circle and tips. "
         "M: measure. L: line through the tips. C: copy coordinates. Menu: more."),
      -1);
}

void
reunion_map_tools_set_picking (ReunionMapTools *self, gboolean is_picking)
{
  g_return_if_fail (self != NULL);

  self->is_picking = is_picking;
  reunion_tip_hover_set_paused (self->hover, is_picking);
}

ReunionMapMeasure *
reunion_map_tools_get_measure (ReunionMapTools *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->measure;
}
