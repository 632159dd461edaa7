/* reunion-map-sheet.c: the station's own map, as it lies over the built-in one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-map-sheet.h"

#include "reunion-base-map-source.h"

struct _ReunionMapSheet
{
  ShumateMap *map;
  ShumateLayer *above;
  ShumateMapLayer *layer;
  ReunionTileSource *source;
  char *problem;
  char *base_problem;
  gboolean dark;
  GtkWidget *note;
};

static ShumateViewport *
get_viewport (ReunionMapSheet *self)
{
  return shumate_map_get_viewport (self->map);
}

/* A layer keeps its tiles to itself: a new one has them painted anew. */
static void
replace_layer (ReunionMapSheet *self)
{
  ShumateMapLayer *old = self->layer;

  self->layer = NULL;
  if (self->source != NULL)
    {
      self->layer = shumate_map_layer_new (SHUMATE_MAP_SOURCE (self->source), get_viewport (self));
      shumate_map_insert_layer_behind (self->map, SHUMATE_LAYER (self->layer), self->above);
    }
  if (old != NULL)
    shumate_map_remove_layer (self->map, SHUMATE_LAYER (old));
}

static void
show_note (ReunionMapSheet *self)
{
  const char *text = self->problem;

  if (text == NULL && self->source != NULL)
    text = reunion_tile_source_get_problem (self->source);
  if (text == NULL)
    text = self->base_problem;
  gtk_label_set_text (GTK_LABEL (self->note), text != NULL ? text : "");
  gtk_widget_set_visible (self->note, text != NULL);
}

static void
drop_source (ReunionMapSheet *self)
{
  if (self->source == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->source, self);
  g_clear_object (&self->source);
}

ReunionMapSheet *
reunion_map_sheet_new (ShumateMap *map, ShumateLayer *above, GtkOverlay *overlay)
{
  ReunionMapSheet *self = g_new0 (ReunionMapSheet, 1);

  self->map = map;
  self->above = above;
  self->note = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->note, "map-note");
  gtk_widget_set_halign (self->note, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->note, GTK_ALIGN_START);
  gtk_widget_set_can_target (self->note, FALSE);
  gtk_widget_set_visible (self->note, FALSE);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->note), 60);
  gtk_label_set_justify (GTK_LABEL (self->note), GTK_JUSTIFY_CENTER);
  gtk_overlay_add_overlay (overlay, self->note);
  return self;
}

void
reunion_map_sheet_free (ReunionMapSheet *self)
{
  g_return_if_fail (self != NULL);

  drop_source (self);
  g_free (self->problem);
  g_free (self->base_problem);
  g_free (self);
}

void
reunion_map_sheet_set (ReunionMapSheet *self, ReunionTileSource *source, const char *problem)
{
  g_return_if_fail (self != NULL);

  g_free (self->problem);
  self->problem = g_strdup (problem);
  if (source != self->source)
    {
      drop_source (self);
      if (source != NULL)
        {
          self->source = g_object_ref (source);
          reunion_tile_source_set_dark (source, self->dark);
          g_signal_connect_swapped (source, "repaint", G_CALLBACK (replace_layer), self);
          g_signal_connect_swapped (source, "notify::problem", G_CALLBACK (show_note), self);
        }
      replace_layer (self);
      reunion_map_sheet_update_zooms (self);
    }
  show_note (self);
}

void
reunion_map_sheet_set_base_problem (ReunionMapSheet *self, const char *problem)
{
  g_return_if_fail (self != NULL);

  g_free (self->base_problem);
  self->base_problem = g_strdup (problem);
  show_note (self);
}

const char *
reunion_map_sheet_get_base_problem (ReunionMapSheet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->base_problem;
}

void
reunion_map_sheet_set_dark (ReunionMapSheet *self, gboolean dark)
{
  g_return_if_fail (self != NULL);

  self->dark = dark;
  if (self->source != NULL)
    reunion_tile_source_set_dark (self->source, dark);
}

void
reunion_map_sheet_update_zooms (ReunionMapSheet *self)
{
  guint max_zoom = REUNION_BASE_MAP_SOURCE_MAX_ZOOM;

  g_return_if_fail (self != NULL);

  if (self->source != NULL)
    max_zoom = MAX (max_zoom, reunion_tile_source_get_max_zoom (self->source));
  shumate_viewport_set_max_zoom_level (get_viewport (self), max_zoom);
}

ShumateLayer *
reunion_map_sheet_get_lowest_layer (ReunionMapSheet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->layer != NULL ? SHUMATE_LAYER (self->layer) : self->above;
}

const char *
reunion_map_sheet_get_attribution (ReunionMapSheet *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->source != NULL ? reunion_tile_source_get_attribution (self->source) : "";
}
