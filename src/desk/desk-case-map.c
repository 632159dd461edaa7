/* desk-case-map.c: the map of one case: its circles by the clock, and its tips
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-case-map.h"

#include "desk-case-model.h"
#include "desk-envelope.h"
#include "desk-map-picture.h"
#include "desk-map-words.h"
#include "desk-time-bar.h"
#include "desk-tip-travel.h"
#include "desk-widgets.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

struct _DeskCaseMap
{
  GtkWidget parent_instance;

  DeskSession *session;
  ReunionCase *case_;
  GtkWidget *overlay;
  ReunionMapView *view;
  GtkWidget *envelope_button;
  DeskTimeBar *time_bar;

  double fitted_km;   /* radius that the map was last fitted to */
  char *shown_rings;  /* what the layer was last told, to tell it only what is new */
  guint64 shown_tips; /* a hash of them; 0 for none yet */
  char *shown_envelope;
};

enum
{
  SIGNAL_MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskCaseMap, desk_case_map, GTK_TYPE_WIDGET)

static void
set_rings (DeskCaseMap *self, ReunionPoint point, GPtrArray *rings)
{
  g_autofree ReunionRing *list = g_new0 (ReunionRing, rings != NULL ? rings->len : 1);
  g_autoptr (GString) told = g_string_new (NULL);

  g_string_append_printf (told, "%.9f %.9f", point.lat_deg, point.lon_deg);
  for (guint i = 0; rings != NULL && i < rings->len; i++)
    {
      const DeskRing *ring = rings->pdata[i];

      list[i] = (ReunionRing){ ring->radius_km, ring->label, ring->is_reached };
      g_string_append_printf (told, "|%g %d %s", ring->radius_km, ring->is_reached, ring->label);
    }
  if (g_strcmp0 (self->shown_rings, told->str) == 0)
    return;
  g_free (self->shown_rings);
  self->shown_rings = g_strdup (told->str);
  reunion_map_view_set_centre_and_rings (self->view, point, list, rings != NULL ? rings->len : 0);
}

static void
clear_rings (DeskCaseMap *self)
{
  if (self->shown_rings != NULL)
    reunion_map_view_clear_rings (self->view);
  g_clear_pointer (&self->shown_rings, g_free);
}

/* An ended case has none any more, but had some. */
static GPtrArray *
get_rings (DeskCaseMap *self)
{
  ReunionPolicy *policy = desk_session_get_policy (self->session);
  gint64 moment_usec = desk_time_bar_get_moment_usec (self->time_bar);

  return desk_time_bar_get_is_live (self->time_bar)
             ? desk_case_model_get_rings (self->case_, policy, moment_usec)
             : desk_case_model_get_rings_at (self->case_, policy, moment_usec);
}

static void
update_envelope (DeskCaseMap *self)
{
  gboolean is_wanted = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->envelope_button));
  gint64 moment_usec = desk_time_bar_get_moment_usec (self->time_bar);

  gtk_widget_set_visible (self->envelope_button,
                          desk_envelope_is_sought (self->case_, moment_usec));
  desk_envelope_show (self->view, is_wanted ? self->case_ : NULL, moment_usec,
                      &self->shown_envelope);
}

static void
update_rings (DeskCaseMap *self)
{
  ReunionPoint point;
  g_autoptr (GPtrArray) rings = NULL;

  update_envelope (self);
  if (self->case_ == NULL
      || !reunion_report_get_point (reunion_case_get_report (self->case_), &point))
    {
      clear_rings (self);
      return;
    }
  rings = get_rings (self);
  set_rings (self, point, rings);
}

static ReunionTipMark
mark_of (ReunionTipState state)
{
  switch (state)
    {
    case REUNION_TIP_STATE_CHECKING:
      return REUNION_TIP_MARK_CHECKING;
    case REUNION_TIP_STATE_CREDIBLE:
      return REUNION_TIP_MARK_CREDIBLE;
    case REUNION_TIP_STATE_DISMISSED:
      return REUNION_TIP_MARK_DISMISSED;
    case REUNION_TIP_STATE_LED:
      return REUNION_TIP_MARK_FOUND;
    case REUNION_TIP_STATE_NEW:
    default:
      return REUNION_TIP_MARK_NEW;
    }
}

/* Whether what @tip tells of had happened at the moment that is shown. */
static gboolean
is_seen_by (DeskCaseMap *self, ReunionTip *tip)
{
  return desk_time_bar_get_is_live (self->time_bar)
         || reunion_tip_get_seen_usec (tip) <= desk_time_bar_get_moment_usec (self->time_bar);
}

/* FNV-1a, of 64 bits: enough to tell that anything has changed. */
static void
mix (guint64 *hash, gconstpointer data, gsize length)
{
  const guint8 *bytes = data;

  for (gsize i = 0; i < length; i++)
    *hash = (*hash ^ bytes[i]) * G_GUINT64_CONSTANT (1099511628211);
}

static void
mix_int (guint64 *hash, gint64 value)
{
  mix (hash, &value, sizeof value);
}

static void
mix_text (guint64 *hash, const char *text)
{
  if (text != NULL)
    mix (hash, text, strlen (text));
  mix_int (hash, text != NULL);
}

static void
mix_tip (guint64 *hash, ReunionTip *tip, const ReunionTipSpot *spot)
{
  mix_text (hash, spot->id);
  mix_text (hash, spot->label);
  mix_text (hash, spot->text);
  mix (hash, &spot->point, sizeof spot->point);
  mix_int (hash, spot->mark);
  mix_int (hash, spot->seen_usec);
  mix_int (hash, reunion_tip_get_received_usec (tip));
}

/* What the notes are worked out from, besides the tips. */
static void
mix_case (guint64 *hash, ReunionCase *case_)
{
  ReunionReport *report = reunion_case_get_report (case_);
  gint64 lost_usec
      = reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN_EARLIEST,
                                reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN, 0));
  ReunionPoint point = { 0.0, 0.0 };

  mix_text (hash, reunion_case_get_id (case_));
  mix_int (hash, reunion_report_get_point (report, &point));
  mix (hash, &point, sizeof point);
  mix_int (hash, lost_usec);
  mix_int (hash, reunion_report_get_age_years (report, lost_usec));
}

/* Whether the person can have come to each. @shown: the ReunionTip of each spot. */
static void
show_tips (DeskCaseMap *self, GArray *spots, GPtrArray *shown)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < spots->len; i++)
    {
      char *note = desk_tip_travel_format (shown->pdata[i], self->case_);

      g_ptr_array_add (notes, note);
      g_array_index (spots, ReunionTipSpot, i).note = note;
    }
  reunion_map_view_set_tips (self->view, (ReunionTipSpot *) spots->data, spots->len);
}

static void
update_tips (DeskCaseMap *self)
{
  g_autoptr (GPtrArray) tips = NULL;
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  g_autoptr (GArray) spots = g_array_new (FALSE, TRUE, sizeof (ReunionTipSpot));
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  if (self->case_ != NULL)
    {
      mix_case (&hash, self->case_);
      tips = reunion_station_store_list_tips (desk_session_get_store (self->session),
                                              reunion_case_get_id (self->case_), NULL);
    }
  for (guint i = 0; tips != NULL && i < tips->len; i++)
    {
      ReunionTip *tip = tips->pdata[i];
      ReunionTipSpot spot = { reunion_tip_get_id (tip),
                              { 0, 0 },
                              mark_of (reunion_tip_get_state (tip)),
                              reunion_tip_get_place (tip),
                              reunion_tip_get_seen_usec (tip),
                              reunion_tip_get_text (tip),
                              NULL };

      if (!reunion_tip_get_point (tip, &spot.point) || !is_seen_by (self, tip))
        continue;
      g_array_append_val (spots, spot);
      g_ptr_array_add (shown, tip);
      mix_tip (&hash, tip, &spot);
    }
  if (self->shown_tips != hash)
    {
      self->shown_tips = hash;
      show_tips (self, spots, shown);
    }
}

static void
update_description (DeskCaseMap *self)
{
  g_autofree char *text = desk_map_words_describe (
      self->case_, desk_session_get_policy (self->session),
      desk_time_bar_get_moment_usec (self->time_bar), reunion_map_view_get_tip_set (self->view));

  reunion_map_view_set_description (self->view, text);
}

/* Many tips are shown a while after they were set. */
static void
tips_changed_cb (DeskCaseMap *self)
{
  update_description (self);
}

static void fit (DeskCaseMap *self);

/* By the second: the circle that has just grown is shown whole. */
static void
tick_cb (DeskCaseMap *self)
{
  double radius_km;

  update_rings (self);
  if (self->case_ == NULL || !desk_time_bar_get_is_live (self->time_bar))
    return;
  radius_km = reunion_case_get_radius_km (self->case_, desk_session_get_policy (self->session),
                                          desk_session_get_now_usec (self->session));
  if (radius_km > self->fitted_km && self->fitted_km > 0.0)
    {
      fit (self);
      update_description (self);
    }
}

static void
update (DeskCaseMap *self)
{
  update_rings (self);
  update_tips (self);
  update_description (self);
}

static void
moved_cb (DeskCaseMap *self)
{
  update (self);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

static void
map_changed_cb (DeskCaseMap *self)
{
  DeskMapSettings *settings = desk_session_get_map_settings (self->session);

  reunion_map_view_set_tile_source (self->view, desk_map_settings_get_source (settings),
                                    desk_map_settings_get_problem (settings));
}

static void
style_cb (DeskCaseMap *self)
{
  reunion_map_view_set_dark (self->view,
                             adw_style_manager_get_dark (adw_style_manager_get_default ()));
  reunion_map_view_set_contrast (
      self->view, adw_style_manager_get_high_contrast (adw_style_manager_get_default ()));
}

static void
picture_cb (DeskCaseMap *self)
{
  desk_map_picture_save (self->view, self->case_, desk_session_get_policy (self->session),
                         desk_session_get_now_usec (self->session));
}

static void
desk_case_map_dispose (GObject *object)
{
  DeskCaseMap *self = DESK_CASE_MAP (object);

  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  self->view = NULL;
  if (self->time_bar != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->time_bar));
  self->time_bar = NULL;
  g_clear_object (&self->case_);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown_rings, g_free);
  g_clear_pointer (&self->shown_envelope, g_free);

  G_OBJECT_CLASS (desk_case_map_parent_class)->dispose (object);
}

static void
desk_case_map_class_init (DeskCaseMapClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_case_map_dispose;
  signals[SIGNAL_MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
desk_case_map_init (DeskCaseMap *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

static void
make_envelope_button (DeskCaseMap *self)
{
  self->envelope_button = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->envelope_button),
                            "power-profile-performance-symbolic");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->envelope_button), TRUE);
  gtk_widget_set_tooltip_text (
      self->envelope_button, _("How Far the Person Can Have Come at Most, on Foot, by Road and by "
                               "Rail"));
  desk_widgets_set_name (self->envelope_button, _("How Far the Person Can Have Come"));
  gtk_widget_add_css_class (self->envelope_button, "osd");
  gtk_widget_add_css_class (self->envelope_button, "circular");
  gtk_widget_add_css_class (self->envelope_button, "desk-envelope");
  gtk_widget_set_halign (self->envelope_button, GTK_ALIGN_END);
  gtk_widget_set_valign (self->envelope_button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->envelope_button, 12);
  gtk_widget_set_margin_end (self->envelope_button, 12);
  g_signal_connect_object (self->envelope_button, "toggled", G_CALLBACK (update_envelope), self,
                           G_CONNECT_SWAPPED);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->envelope_button);
}

void
desk_case_map_set_session (DeskCaseMap *self, DeskSession *session)
{
  g_return_if_fail (DESK_IS_CASE_MAP (self) && self->session == NULL);

  self->session = g_object_ref (session);
  self->view = reunion_map_view_new (desk_session_get_base_map_path (session));
  self->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (self->overlay, TRUE);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
  make_envelope_button (self);
  self->time_bar = g_object_new (DESK_TYPE_TIME_BAR, NULL);
  desk_time_bar_set_session (self->time_bar, session);
  gtk_widget_set_parent (GTK_WIDGET (self->time_bar), GTK_WIDGET (self));
  g_signal_connect_object (self->time_bar, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (style_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk_session_get_map_settings (session), "changed",
                           G_CALLBACK (map_changed_cb), self, G_CONNECT_SWAPPED);
  map_changed_cb (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (style_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "tips-changed", G_CALLBACK (tips_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "picture-requested", G_CALLBACK (picture_cb), self,
                           G_CONNECT_SWAPPED);
  style_cb (self);
  update (self);
}

static void
fit (DeskCaseMap *self)
{
  ReunionPolicy *policy = desk_session_get_policy (self->session);
  ReunionPoint point;
  double radius_km;

  if (!reunion_report_get_point (reunion_case_get_report (self->case_), &point))
    return;
  radius_km
      = reunion_case_get_radius_km (self->case_, policy, desk_session_get_now_usec (self->session));
  /* An ended case has no circle: the last one tells how far it had spread. */
  if (radius_km <= 0.0)
    radius_km
        = reunion_policy_get_stage (policy, reunion_policy_get_n_stages (policy) - 1)->radius_km;
  reunion_map_view_fit_circle (self->view, point, radius_km);
  self->fitted_km = radius_km;
}

void
desk_case_map_set_case (DeskCaseMap *self, ReunionCase *case_, gboolean fit_view)
{
  g_return_if_fail (DESK_IS_CASE_MAP (self) && self->session != NULL);

  if (fit_view)
    self->fitted_km = 0.0;
  g_set_object (&self->case_, case_);
  desk_time_bar_set_case (self->time_bar, case_);
  update (self);
  if (fit_view && case_ != NULL)
    fit (self);
}

void
desk_case_map_refresh (DeskCaseMap *self)
{
  g_return_if_fail (DESK_IS_CASE_MAP (self));

  desk_time_bar_set_case (self->time_bar, self->case_);
  update (self);
}

ReunionMapView *
desk_case_map_get_view (DeskCaseMap *self)
{
  g_return_val_if_fail (DESK_IS_CASE_MAP (self), NULL);

  return self->view;
}

DeskTimeBar *
desk_case_map_get_time_bar (DeskCaseMap *self)
{
  g_return_val_if_fail (DESK_IS_CASE_MAP (self), NULL);

  return self->time_bar;
}
