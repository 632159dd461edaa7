/* desk-place-filter.c: which part of the country a list of cases is about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-place-filter.h"

#include "desk-place-finder.h"
#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

#define MAX_RESULTS 6

typedef enum
{
  ANYWHERE,
  AROUND_A_PLACE,
  ON_THE_MAP,
} Kind;

struct _DeskPlaceFilter
{
  GtkBox parent_instance;

  DeskSession *session;
  ReunionMapView *map; /* unowned */

  GtkMenuButton *button;
  GtkLabel *button_label;
  GtkWidget *remove_button;
  GtkPopover *popover;
  GtkSearchEntry *entry;
  GtkBox *results_box;
  GtkLabel *hint_label;
  GtkDropDown *radius_drop;
  GtkWidget *map_button;

  Kind kind;
  char *name; /* of the place */
  ReunionPoint centre;
  ReunionPoint south_west, north_east;
  char *label;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskPlaceFilter, desk_place_filter, GTK_TYPE_BOX)

/* What the rows of the drop-down stand for, in their order. */
static const double radii_km[] = { 10.0, 50.0, 100.0, 200.0, 500.0 };

static double
get_radius_km (DeskPlaceFilter *self)
{
  guint selected = gtk_drop_down_get_selected (self->radius_drop);

  return radii_km[MIN (selected, G_N_ELEMENTS (radii_km) - 1)];
}

static void
show (DeskPlaceFilter *self)
{
  g_autofree char *name = NULL;

  g_clear_pointer (&self->label, g_free);
  if (self->kind == AROUND_A_PLACE)
    /* Translators: radius, town */
    self->label = g_strdup_printf (_("Within %.0f km of %s"), get_radius_km (self), self->name);
  else if (self->kind == ON_THE_MAP)
    self->label = g_strdup (_("Within the Map's View"));
  gtk_label_set_label (self->button_label, self->label != NULL ? self->label : _("Any Place"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), self->label);
  gtk_widget_set_visible (self->remove_button, self->label != NULL);
  /* Translators: what is chosen */
  name = g_strdup_printf (_("Place of the cases listed: %s"),
                          gtk_label_get_label (self->button_label));
  /* The button inside is what has the keyboard. */
  desk_widgets_set_name (gtk_widget_get_first_child (GTK_WIDGET (self->button)), name);
}

static void
change (DeskPlaceFilter *self, Kind kind)
{
  self->kind = kind;
  show (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- towns ------------------------------------------------------------------------ */

static void
choose (DeskPlaceFilter *self, const ReunionPlace *place)
{
  g_free (self->name);
  self->name = desk_place_finder_format_place (place);
  self->centre = place->point;
  gtk_popover_popdown (self->popover);
  change (self, AROUND_A_PLACE);
}

static void
result_clicked_cb (DeskPlaceFilter *self, GtkButton *button)
{
  g_autoptr (ReunionPlace) place
      = reunion_place_ref (g_object_get_data (G_OBJECT (button), "place"));

  choose (self, place);
}

static void
add_result (DeskPlaceFilter *self, ReunionPlace *place)
{
  g_autofree char *text = desk_place_finder_format_result (place);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  desk_widgets_set_name (button, text);
  g_object_set_data_full (G_OBJECT (button), "place", reunion_place_ref (place),
                          (GDestroyNotify) reunion_place_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (result_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->results_box, button);
}

static void
search_cb (DeskPlaceFilter *self)
{
  ReunionPlaceIndex *places = desk_session_get_places (self->session);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GPtrArray) found = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->results_box))) != NULL)
    gtk_box_remove (self->results_box, child);
  if (places != NULL && *text != '\0')
    found = reunion_place_index_search (places, text, MAX_RESULTS);
  for (guint i = 0; found != NULL && i < found->len; i++)
    add_result (self, found->pdata[i]);
  gtk_label_set_label (self->hint_label, places == NULL
                                             ? _("No base map is installed, so no towns are known.")
                                             : _("No town has this in its name."));
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label),
                          places == NULL || (found != NULL && found->len == 0));
}

/* Enter takes what was found first. */
static void
activate_cb (DeskPlaceFilter *self)
{
  GtkWidget *first;

  search_cb (self);
  first = gtk_widget_get_first_child (GTK_WIDGET (self->results_box));
  if (first != NULL)
    g_signal_emit_by_name (first, "clicked");
}

static void
opened_cb (DeskPlaceFilter *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
radius_cb (DeskPlaceFilter *self)
{
  if (self->kind == AROUND_A_PLACE)
    change (self, AROUND_A_PLACE);
}

static void
map_cb (DeskPlaceFilter *self)
{
  if (self->map == NULL
      || !reunion_map_view_get_box (self->map, &self->south_west, &self->north_east))
    return;
  gtk_popover_popdown (self->popover);
  change (self, ON_THE_MAP);
}

static void
desk_place_filter_finalize (GObject *object)
{
  DeskPlaceFilter *self = DESK_PLACE_FILTER (object);

  g_free (self->name);
  g_free (self->label);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_place_filter_parent_class)->finalize (object);
}

static void
desk_place_filter_class_init (DeskPlaceFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_place_filter_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-place-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPlaceFilter, button);
  gtk_widget_class_bind_template_child (widget_class, DeskPlaceFilter, button_label);
  gtk_widget_class_bind_template_child (widget_class, DeskPlaceFilter, remove_button);
  gtk_widget_class_bind_template_child (widget_class, DeskPlaceFilter, popover);
  gtk_widget_class_bind_template_child (widget_class, DeskPlaceFilter, entry);
  gtk_widget_class_bind_template_child (widget_class, DeskPlaceFilter, results_box);
  gtk_widget_class_bind_template_child (widget_class, DeskPlaceFilter, hint_label);
  gtk_widget_class_bind_template_child (widget_class, DeskPlaceFilter, radius_drop);
  gtk_widget_class_bind_template_child (widget_class, DeskPlaceFilter, map_button);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, map_cb);
  gtk_widget_class_bind_template_callback (widget_class, desk_place_filter_clear);
}

static void
desk_place_filter_init (DeskPlaceFilter *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (radii_km); i++)
    {
      /* Translators: radius */
      g_autofree char *text = g_strdup_printf (_("Within %.0f km"), radii_km[i]);

      gtk_string_list_append (labels, text);
    }
  gtk_drop_down_set_model (self->radius_drop, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->radius_drop, 1);
  g_signal_connect_swapped (self->radius_drop, "notify::selected", G_CALLBACK (radius_cb), self);
  show (self);
}

void
desk_place_filter_set_session (DeskPlaceFilter *self, DeskSession *session)
{
  g_return_if_fail (DESK_IS_PLACE_FILTER (self) && self->session == NULL);

  self->session = g_object_ref (session);
}

void
desk_place_filter_set_map (DeskPlaceFilter *self, ReunionMapView *map)
{
  g_return_if_fail (DESK_IS_PLACE_FILTER (self));

  self->map = map;
  gtk_widget_set_visible (self->map_button, map != NULL);
}

void
desk_place_filter_apply (DeskPlaceFilter *self, ReunionCaseQuery *query)
{
  g_return_if_fail (DESK_IS_PLACE_FILTER (self) && query != NULL);

  if (self->kind == AROUND_A_PLACE)
    {
      query->has_circle = TRUE;
      query->centre = self->centre;
      query->radius_km = get_radius_km (self);
    }
  else if (self->kind == ON_THE_MAP)
    {
      query->has_box = TRUE;
      query->south_deg = self->south_west.lat_deg;
      query->west_deg = self->south_west.lon_deg;
      query->north_deg = self->north_east.lat_deg;
      query->east_deg = self->north_east.lon_deg;
    }
}

const char *
desk_place_filter_get_label (DeskPlaceFilter *self)
{
  g_return_val_if_fail (DESK_IS_PLACE_FILTER (self), NULL);

  return self->label;
}

void
desk_place_filter_clear (DeskPlaceFilter *self)
{
  g_return_if_fail (DESK_IS_PLACE_FILTER (self));

  if (self->kind == ANYWHERE)
    return;
  /* The button that was pressed goes: the keyboard stays here. */
  gtk_widget_grab_focus (GTK_WIDGET (self->button));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  change (self, ANYWHERE);
}
