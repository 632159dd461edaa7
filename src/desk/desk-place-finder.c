/* desk-place-finder.c: rows that turn the name of a place into a point
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-place-finder.h"

#include "desk-widgets.h"

#include "reunion-coordinates.h"
#include "reunion-datum.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_RESULTS 5

struct _DeskPlaceFinder
{
  GObject parent_instance;

  DeskSession *session;
  GtkWidget *results_row;
  GtkBox *results_box;
  AdwActionRow *point_row;
  GtkToggleButton *pick_button;
};

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_PICK_TOGGLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskPlaceFinder, desk_place_finder, G_TYPE_OBJECT)

static gboolean
is_chinese (void)
{
  return g_str_has_prefix (g_get_language_names ()[0], "zh");
}

/* As the people of the desk's language write it. Transfer full. */
static char *
format_place (const ReunionPlace *place)
{
  if (is_chinese () && place->name_zh != NULL)
    return g_strconcat (place->province_zh != NULL ? place->province_zh : "", place->name_zh, NULL);
  if (place->province_latin != NULL && *place->province_latin != '\0')
    /* Translators: a town and its province */
    return g_strdup_printf (_("%s, %s"), place->name_latin, place->province_latin);
  return g_strdup (place->name_latin);
}

/* Both scripts, so that who knows only one can tell. Transfer full. */
static char *
format_result (const ReunionPlace *place)
{
  g_autofree char *name = format_place (place);
  const char *other = is_chinese () ? place->name_latin : place->name_zh;

  return other != NULL ? g_strdup_printf ("%s  %s", name, other) : g_steal_pointer (&name);
}

/* --- what was found --------------------------------------------------------- */

static GtkWidget *
add_button (DeskPlaceFinder *self, const char *text, GCallback clicked)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  desk_widgets_set_name (button, text);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (self->results_box, button);
  return button;
}

static void
result_clicked_cb (DeskPlaceFinder *self, GtkButton *button)
{
  g_autoptr (ReunionPlace) place
      = reunion_place_ref (g_object_get_data (G_OBJECT (button), "place"));
  g_autofree char *name = format_place (place);

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, name, place->point.lat_deg, place->point.lon_deg);
}

static void
add_result (DeskPlaceFinder *self, ReunionPlace *place)
{
  g_autofree char *text = format_result (place);
  GtkWidget *button = add_button (self, text, G_CALLBACK (result_clicked_cb));

  g_object_set_data_full (G_OBJECT (button), "place", reunion_place_ref (place),
                          (GDestroyNotify) reunion_place_unref);
}

/* --- coordinates that were pasted ----------------------------------------------- */

static void
point_clicked_cb (DeskPlaceFinder *self, GtkButton *button)
{
  ReunionPoint point = *(ReunionPoint *) g_object_get_data (G_OBJECT (button), "point");
  g_autofree char *name = desk_place_finder_name_point (self->session, point);

  if (name == NULL)
    name = g_strdup_printf ("%.5f, %.5f", point.lat_deg, point.lon_deg);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, name, point.lat_deg, point.lon_deg);
}

/* The same numbers mean three points, hundreds of metres apart: only the person
 * who pastes them knows where they come from. */
static void
add_points (DeskPlaceFinder *self, ReunionPoint pasted)
{
  static const struct
  {
    ReunionDatum datum;
    const char *label;
  } datums[] = {
    { REUNION_DATUM_WGS84, N_("As WGS-84: from a GPS receiver, or this map") },
    { REUNION_DATUM_GCJ02, N_("As GCJ-02: from Amap, Tencent or WeChat") },
    { REUNION_DATUM_BD09, N_("As BD-09: from Baidu") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (datums); i++)
    {
      ReunionPoint point = reunion_datum_convert (pasted, datums[i].datum, REUNION_DATUM_WGS84);
      GtkWidget *button = add_button (self, _(datums[i].label), G_CALLBACK (point_clicked_cb));

      g_object_set_data_full (G_OBJECT (button), "point", g_memdup2 (&point, sizeof point), g_free);
    }
}

static void
pick_toggled_cb (DeskPlaceFinder *self)
{
  g_signal_emit (self, signals[SIGNAL_PICK_TOGGLED], 0,
                 gtk_toggle_button_get_active (self->pick_button));
}

static void
desk_place_finder_finalize (GObject *object)
{
  DeskPlaceFinder *self = DESK_PLACE_FINDER (object);

  g_clear_object (&self->results_row);
  g_clear_object (&self->point_row);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_place_finder_parent_class)->finalize (object);
}

static void
desk_place_finder_class_init (DeskPlaceFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_place_finder_finalize;
  signals[SIGNAL_CHOSEN]
      = g_signal_new ("chosen", DESK_TYPE_PLACE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[SIGNAL_PICK_TOGGLED]
      = g_signal_new ("pick-toggled", DESK_TYPE_PLACE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
make_results_row (DeskPlaceFinder *self)
{
  self->results_row = g_object_ref_sink (adw_preferences_row_new ());
  self->results_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->results_row), GTK_WIDGET (self->results_box));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->results_row), FALSE);
  gtk_widget_set_focusable (self->results_row, FALSE);
  gtk_widget_add_css_class (self->results_row, "desk-results");
  gtk_widget_set_visible (self->results_row, FALSE);
}

static void
make_point_row (DeskPlaceFinder *self)
{
  self->point_row = g_object_ref_sink (ADW_ACTION_ROW (adw_action_row_new ()));
  self->pick_button = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_("Pick on Map")));
  gtk_widget_set_valign (GTK_WIDGET (self->pick_button), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pick_button),
                               _("Then click where the person was last seen"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->point_row), _("Point on the map"));
  adw_action_row_add_suffix (self->point_row, GTK_WIDGET (self->pick_button));
  gtk_widget_set_focusable (GTK_WIDGET (self->point_row), FALSE);
  g_signal_connect_object (self->pick_button, "toggled", G_CALLBACK (pick_toggled_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
desk_place_finder_init (DeskPlaceFinder *self)
{
  make_results_row (self);
  make_point_row (self);
}

DeskPlaceFinder *
desk_place_finder_new (DeskSession *session)
{
  DeskPlaceFinder *self = g_object_new (DESK_TYPE_PLACE_FINDER, NULL);

  self->session = g_object_ref (session);
  return self;
}

GtkWidget *
desk_place_finder_get_results_row (DeskPlaceFinder *self)
{
  g_return_val_if_fail (DESK_IS_PLACE_FINDER (self), NULL);

  return self->results_row;
}

GtkWidget *
desk_place_finder_get_point_row (DeskPlaceFinder *self)
{
  g_return_val_if_fail (DESK_IS_PLACE_FINDER (self), NULL);

  return GTK_WIDGET (self->point_row);
}

void
desk_place_finder_search (DeskPlaceFinder *self, const char *text)
{
  ReunionPlaceIndex *places = desk_session_get_places (self->session);
  g_autoptr (GPtrArray) found = NULL;
  ReunionPoint pasted;
  GtkWidget *child;

  g_return_if_fail (DESK_IS_PLACE_FINDER (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->results_box))) != NULL)
    gtk_box_remove (self->results_box, child);
  if (text != NULL && reunion_coordinates_parse (text, &pasted, NULL))
    add_points (self, pasted);
  else if (places != NULL && text != NULL && *text != '\0')
    found = reunion_place_index_search (places, text, MAX_RESULTS);
  for (guint i = 0; found != NULL && i < found->len; i++)
    add_result (self, found->pdata[i]);
  gtk_widget_set_visible (self->results_row,
                          gtk_widget_get_first_child (GTK_WIDGET (self->results_box)) != NULL);
}

/* "2 km from Zhijin, Guizhou"; NULL when nothing is near. Transfer full. */
static char *
describe_point (DeskSession *session, ReunionPoint point)
{
  ReunionPlaceIndex *places = desk_session_get_places (session);
  g_autoptr (ReunionPlace) place = NULL;
  g_autofree char *name = NULL;
  double distance_km = 0.0;

  if (places != NULL)
    place = reunion_place_index_nearest (places, point, &distance_km);
  if (place == NULL)
    return NULL;
  name = format_place (place);
  if (distance_km < 1.0)
    return g_steal_pointer (&name);
  /* Translators: distance, town */
  return g_strdup_printf (_("%.0f km from %s"), distance_km, name);
}

char *
desk_place_finder_name_point (DeskSession *session, ReunionPoint point)
{
  ReunionPlaceIndex *places = desk_session_get_places (session);
  g_autoptr (ReunionPlace) place = NULL;

  g_return_val_if_fail (DESK_IS_SESSION (session), NULL);

  if (places != NULL)
    place = reunion_place_index_nearest (places, point, NULL);
  return place != NULL ? format_place (place) : NULL;
}

gboolean
desk_place_finder_choose_first (DeskPlaceFinder *self)
{
  GtkWidget *first;

  g_return_val_if_fail (DESK_IS_PLACE_FINDER (self), FALSE);

  first = gtk_widget_get_first_child (GTK_WIDGET (self->results_box));
  if (first == NULL || !gtk_widget_get_visible (self->results_row))
    return FALSE;
  g_signal_emit_by_name (first, "clicked");
  return TRUE;
}

void
desk_place_finder_show_point (DeskPlaceFinder *self, ReunionReport *report)
{
  ReunionPoint point;
  g_autofree char *near_by = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (DESK_IS_PLACE_FINDER (self) && REUNION_IS_REPORT (report));

  if (!reunion_report_get_point (report, &point))
    {
      adw_action_row_set_subtitle (self->point_row,
                                   _("Not set: choose a place found, or pick it on the map"));
      return;
    }
  near_by = describe_point (self->session, point);
  /* Translators: degrees of latitude, north or south; degrees of longitude, east or west */
  text = g_strdup_printf (_("%.5f° %s, %.5f° %s"), fabs (point.lat_deg),
                          /* Translators: north, south, east, west */
                          point.lat_deg >= 0 ? _("N") : _("S"), fabs (point.lon_deg),
                          point.lon_deg >= 0 ? _("E") : _("W"));
  if (near_by != NULL)
    {
      g_autofree char *both = g_strdup_printf ("%s\n%s", near_by, text);

      adw_action_row_set_subtitle (self->point_row, both);
    }
  else
    adw_action_row_set_subtitle (self->point_row, text);
}

void
desk_place_finder_set_picking (DeskPlaceFinder *self, gboolean is_picking)
{
  g_return_if_fail (DESK_IS_PLACE_FINDER (self));

  gtk_toggle_button_set_active (self->pick_button, is_picking);
}

char *
desk_place_finder_format_place (const ReunionPlace *place)
{
  g_return_val_if_fail (place != NULL, NULL);

  return format_place (place);
}

char *
desk_place_finder_format_result (const ReunionPlace *place)
{
  g_return_val_if_fail (place != NULL, NULL);

  return format_result (place);
}
